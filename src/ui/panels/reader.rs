//! The reader: one article set like a printed page. Everything can be selected and copied.

use super::article_text::ReaderState;
use super::cite::{byline, source_line};
use crate::model::{Article, ArticleId, StoredArticle, StoredPage, Summary};
use crate::search::Query;
use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Tr, headline};
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{icon_button, tag};
use crate::worker::{Marks, Tag};
use egui::{Label, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// What the reader shows.
pub struct ReaderView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The article, once it is there.
    pub article: Option<&'a Arc<StoredArticle>>,
    /// Its page, once it is there.
    pub page: Option<&'a StoredPage>,
    /// What the user has added to it, once it is there.
    pub marks: Option<&'a Marks>,
    /// Every tag there is, for its colour.
    pub tags: &'a [Tag],
    /// Articles about the same things, and of which article.
    pub related: Option<&'a (ArticleId, Vec<Summary>)>,
    /// The search text, for its hits.
    pub query: &'a Query,
    /// Type size in points.
    pub type_size: f32,
    /// Whether the page's original lines are shown instead.
    pub shows_source: bool,
    /// Whether there is a row after and before the open one.
    pub has_next: bool,
    /// Whether there is a row before the open one.
    pub has_previous: bool,
}

/// Draws the reader.
pub fn reader_ui(ui: &mut Ui, view: &ReaderView<'_>, state: &mut ReaderState, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let Some(stored) = view.article else {
        nothing_open_ui(ui, view.tr, &palette);
        return;
    };
    bar_ui(ui, view, stored, state.hits(), commands);
    if view.shows_source {
        if let Some(page) = view.page {
            super::source::source_ui(ui, view.tr, page, stored.id, commands);
        }
        return;
    }
    // The id keeps a reading position for each article and starts a new one at its top.
    ScrollArea::vertical().id_salt(("reader", stored.id.0)).auto_shrink(false).show(ui, |ui| {
        let measure = (view.type_size * size::MEASURE_CHARS).min(ui.available_width() - 48.0).max(200.0);
        let margin = ((ui.available_width() - measure) / 2.0).max(24.0);
        // Not a frame's margin: that ends at 127 points, and a wide window has more.
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.horizontal_top(|ui| {
            ui.add_space(margin);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                ui.set_max_width(measure);
                ui.add_space(18.0);
                article_ui(ui, view, stored, state, &palette, commands);
                ui.add_space(18.0);
            });
        });
    });
}

fn nothing_open_ui(ui: &mut Ui, tr: Tr, palette: &Palette) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.4);
        let icon = egui_material_icons::icons::ICON_NEWSPAPER.rich_text().size(44.0);
        ui.label(icon.color(palette.weak.gamma_multiply(0.6)));
        ui.label(RichText::new(tr.t("reader.nothing-open")).size(15.0).color(palette.text));
        ui.label(RichText::new(tr.t("reader.nothing-open-keys")).size(size::SMALL).color(palette.weak));
    });
}

fn bar_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &StoredArticle,
    hits: (usize, Option<usize>),
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 4)).show(ui, |ui| {
        // Close together: at 1280 points the bar has room for all of them and the hits.
        ui.spacing_mut().button_padding.x = 5.0;
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.horizontal(|ui| {
            icon_button(ui, Action::PreviousResult, tr, view.has_previous, false, commands);
            icon_button(ui, Action::NextResult, tr, view.has_next, false, commands);
            ui.separator();
            let (at, count) = position_on_page(view.page, stored.id);
            icon_button(ui, Action::PreviousOnPage, tr, at > 0, false, commands);
            let place = tr.f("reader.on-page", &[("i", (at + 1).to_string()), ("n", count.to_string())]);
            ui.label(RichText::new(place).size(size::SMALL).color(Palette::of(ui).weak));
            icon_button(ui, Action::NextOnPage, tr, at + 1 < count, false, commands);
            if hits.0 > 0 && !view.shows_source {
                ui.separator();
                hits_ui(ui, tr, hits, commands);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                icon_button(ui, Action::Repair, tr, true, false, commands);
                let has = |mark: fn(&Marks) -> bool| view.marks.is_some_and(mark);
                icon_button(ui, Action::ToggleFlag, tr, true, has(|m| m.is_flagged), commands);
                icon_button(ui, Action::ToggleBasket, tr, true, has(|m| m.is_in_basket), commands);
                icon_button(ui, Action::CopyArticle, tr, true, false, commands);
                icon_button(ui, Action::CopyCitation, tr, true, false, commands);
                icon_button(ui, Action::ToggleSource, tr, true, view.shows_source, commands);
                icon_button(ui, Action::LargerType, tr, true, false, commands);
                icon_button(ui, Action::SmallerType, tr, true, false, commands);
            });
        });
    });
    ui.separator();
}

fn hits_ui(ui: &mut Ui, tr: Tr, (count, at): (usize, Option<usize>), commands: &mut Vec<Command>) {
    let text = match at {
        Some(at) => tr.f("hits.place", &[("i", (at + 1).to_string()), ("n", count.to_string())]),
        None => tr.f("hits.count", &[("n", count.to_string())]),
    };
    icon_button(ui, Action::PreviousHit, tr, true, false, commands);
    ui.label(RichText::new(text).size(size::SMALL).color(Palette::of(ui).weak));
    icon_button(ui, Action::NextHit, tr, true, false, commands);
}

/// Where the article stands among those of its page, and how many there are.
pub fn position_on_page(page: Option<&StoredPage>, id: ArticleId) -> (usize, usize) {
    let articles = page.map(|p| p.articles.as_slice()).unwrap_or_default();
    (articles.iter().position(|a| a.id == id).unwrap_or(0), articles.len().max(1))
}

fn article_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &Arc<StoredArticle>,
    state: &mut ReaderState,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    let article = &stored.article;
    let base = view.type_size;
    state.refresh(ui, view, stored, palette);
    state.head_ui(ui, article, palette);
    ui.add_space(6.0);
    source_line_ui(ui, tr, stored, palette);
    tags_ui(ui, tr, article, view.marks.is_some_and(|marks| marks.is_edited), palette);
    ui.add_space(base * 0.7);
    state.body_ui(ui, article, base, palette);
    end_ui(ui, tr, article, palette);
    if let Some(marks) = view.marks {
        super::marks::marks_ui(ui, tr, stored.id, (marks, view.tags), &mut state.marks, commands);
    }
    siblings_ui(ui, view, stored, palette, commands);
    related_ui(ui, view, stored, palette, commands);
}

fn source_line_ui(ui: &mut Ui, tr: Tr, stored: &StoredArticle, palette: &Palette) {
    let line = RichText::new(source_line(tr, stored)).size(size::TEXT).color(palette.weak);
    let why = stored.date.why.clone();
    let response = ui.add(Label::new(line).selectable(true).wrap());
    if !why.is_empty() {
        response.on_hover_text(why);
    }
    let bylines = byline(tr, &stored.article);
    if !bylines.is_empty() {
        ui.add(Label::new(RichText::new(bylines).size(size::TEXT).color(palette.text)).selectable(true).wrap());
    }
}

fn tags_ui(ui: &mut Ui, tr: Tr, article: &Article, is_edited: bool, palette: &Palette) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
        if let Some(section) = article.sections.first() {
            tag(ui, section, palette.accent).on_hover_text(tr.t("filter.section"));
        }
        for town in &article.towns {
            tag(ui, town, palette.good).on_hover_text(tr.t("filter.town"));
        }
        tag(ui, &tr.join("kind", article.kind.as_str()), palette.weak).on_hover_text(tr.t("filter.kind"));
        if !article.title_printed {
            tag(ui, &tr.t("article.no-headline"), palette.weak).on_hover_text(tr.t("article.no-headline-tip"));
        }
        if is_edited {
            tag(ui, &tr.t("marks.edited"), palette.good);
        } else if !article.is_sure() {
            let percent = tr.f("article.unsure-tip", &[("p", format!("{:.0}", article.confidence * 100.0))]);
            tag(ui, &tr.t("article.unsure"), palette.warning).on_hover_text(percent);
        }
    });
}

fn end_ui(ui: &mut Ui, tr: Tr, article: &Article, palette: &Palette) {
    let note = match &article.jump_to {
        Some(page) => Some(tr.f("reader.jump", &[("p", page.clone())])),
        None if article.truncated => Some(tr.t("reader.truncated").into_owned()),
        None => None,
    };
    if let Some(note) = note {
        ui.label(RichText::new(note).size(size::TEXT).color(palette.warning));
    }
}

fn siblings_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &StoredArticle,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let others: Vec<_> = view.page.iter().flat_map(|p| &p.articles).filter(|a| a.id != stored.id).collect();
    if others.is_empty() {
        return;
    }
    ui.add_space(18.0);
    ui.separator();
    ui.label(RichText::new(view.tr.t("reader.same-page")).size(size::TEXT).color(palette.weak));
    for other in others {
        if ui.link(RichText::new(headline(view.tr, &other.title)).size(size::TEXT)).clicked() {
            commands.push(Command::OpenArticle(other.id));
        }
    }
}

fn related_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &StoredArticle,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let Some((_, rows)) = view.related.filter(|(of, rows)| *of == stored.id && !rows.is_empty()) else { return };
    ui.add_space(10.0);
    ui.label(RichText::new(view.tr.t("reader.related")).size(size::TEXT).color(palette.weak));
    for row in rows {
        let date = row.date.map(|date| format!("  {date}")).unwrap_or_default();
        let text = format!("{}{date}", headline(view.tr, &row.title.text));
        if ui.link(RichText::new(text).size(size::TEXT)).clicked() {
            commands.push(Command::OpenArticle(row.id));
        }
    }
}
