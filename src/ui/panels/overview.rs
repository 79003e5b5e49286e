//! The page at a glance: its articles in their order, how sure each is, and what was left over.

use crate::model::{ArticleId, PageSummary, StoredPage};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, headline};
use crate::ui::page_lines::PageLines;
use crate::ui::theme::{Palette, size};
use egui::{Button, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// Draws the overview; a click on an article opens it.
pub fn overview_ui(ui: &mut Ui, tr: Tr, page: &Arc<StoredPage>, open: ArticleId, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    ScrollArea::vertical().id_salt(("overview", page.id.0)).auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(28, 18)).show(ui, |ui| {
            let facts = [page.newspaper.clone(), page.date.best.map(|d| d.to_string()), page.page_label.clone()];
            let facts: Vec<String> = facts.into_iter().flatten().collect();
            ui.label(RichText::new(facts.join(" · ")).heading().color(palette.strong));
            // Made anew in each frame: an overview is looked at for a moment.
            let account = PageLines::new(page.clone()).account(tr);
            ui.label(RichText::new(account).size(size::SMALL).color(palette.weak));
            ui.add_space(12.0);
            for (at, article) in page.articles.iter().enumerate() {
                row_ui(ui, tr, &palette, at + 1, article, article.id == open, commands);
            }
        });
    });
}

fn row_ui(
    ui: &mut Ui,
    tr: Tr,
    palette: &Palette,
    number: usize,
    article: &PageSummary,
    is_open: bool,
    commands: &mut Vec<Command>,
) {
    let lines: u32 = article.spans.iter().map(|span| span.to + 1 - span.from).sum();
    let (sure, color) = if article.is_repaired {
        (tr.t("marks.edited").into_owned(), palette.good)
    } else {
        let percent = tr.f("source.sure", &[("p", format!("{:.0}", article.confidence * 100.0))]);
        (percent, if article.is_sure() { palette.weak } else { palette.warning })
    };
    let number = format!("{number}　");
    let font = egui::FontId::proportional(size::ROW_TITLE);
    // What is said of an article stands below its headline, not below its number.
    let indent = ui.painter().layout_no_wrap(number.clone(), font, palette.text).size().x;
    let title = RichText::new(format!("{number}{}", headline(tr, &article.title))).size(size::ROW_TITLE);
    let title = if is_open { title.color(palette.accent) } else { title.color(palette.strong) };
    if ui.add(Button::new(title).frame(false).wrap()).clicked() {
        commands.push(Command::OpenArticle(article.id));
    }
    ui.horizontal(|ui| {
        ui.add_space(indent);
        let text = tr.f("overview.lines", &[("n", lines.to_string())]);
        ui.label(RichText::new(text).size(size::SMALL).color(palette.weak));
        ui.label(RichText::new(sure).size(size::SMALL).color(color));
    });
    ui.add_space(8.0);
}
