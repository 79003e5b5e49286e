//! Hits in lines of pages that belong to no article: a line below the count of the list, and the places when it is opened.

use crate::model::{LooseHit, LooseHits};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::marked_job;
use egui::text::TextFormat;
use egui::{FontId, RichText, ScrollArea, Ui};

/// Height of the opened list.
const HEIGHT: f32 = 220.0;

/// Draws the line and, when it is opened, the places. `pages` is how many pages there are.
pub fn loose_ui(ui: &mut Ui, tr: Tr, loose: &LooseHits, is_open: bool, commands: &mut Vec<Command>) {
    if loose.pages == 0 {
        return;
    }
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 0, bottom: 4 }).show(ui, |ui| {
        let text = tr.f("loose.count", &[("n", number(loose.pages))]);
        let link = ui.link(RichText::new(text).size(size::SMALL)).on_hover_text(tr.t("loose.tip"));
        if link.clicked() {
            commands.push(Command::ShowLoose(!is_open));
        }
        if !is_open {
            return;
        }
        ScrollArea::vertical().id_salt("loose").max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            for hit in &loose.hits {
                hit_ui(ui, tr, hit, commands);
            }
            if loose.pages > loose.hits.len() as u64 {
                let text = tr.f("loose.first", &[("n", number(loose.hits.len() as u64))]);
                ui.label(RichText::new(text).size(size::SMALL).color(Palette::of(ui).weak));
            }
        });
    });
}

fn hit_ui(ui: &mut Ui, tr: Tr, hit: &LooseHit, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let mut parts = vec![hit.date.map_or_else(|| tr.t("date.unknown").into_owned(), |date| date.to_string())];
    parts.extend(hit.newspaper.clone());
    parts.extend(hit.page_label.clone());
    parts.push(tr.f("loose.line", &[("n", hit.line.to_string())]));
    if ui.link(RichText::new(parts.join(" · ")).size(size::SMALL)).clicked() {
        commands.push(Command::OpenPageText(hit.page, hit.line));
    }
    let format = TextFormat { font_id: FontId::proportional(13.0), color: palette.text, ..Default::default() };
    let text = &hit.snippet;
    let job = marked_job(&text.text, &text.marks, format, &palette, ui.available_width(), 2);
    ui.label(job);
    ui.add_space(4.0);
}
