//! The reader: one article set like a printed page. Everything can be selected and copied.

use super::article_text::ReaderState;
use super::credits::{byline, source_line};
use crate::model::{Anchor, Article, ArticleId, Repair, StoredArticle, StoredPage, Summary};
use crate::search::Query;
use crate::ui::command::{Action, Command, shortcut_text};
use crate::ui::i18n::{Tr, headline};
use crate::ui::page_lines::anchor_of;
use crate::ui::saved::Face;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{icon_button, split_ui, tag};
use crate::worker::{Marks, Note, Tag};
use egui::{CentralPanel, Label, Panel, RichText, ScrollArea, Ui};
use egui_material_icons::icons::ICON_MORE_VERT;
use std::sync::Arc;

/// What the reader shows.
pub struct ReaderView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The article, once it is there.
    pub article: Option<&'a Arc<StoredArticle>>,
    /// Its page, once it is there.
    pub page: Option<&'a Arc<StoredPage>>,
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
    /// Articles of the same day in other years, and of which article.
    pub same_day: Option<&'a (ArticleId, Vec<Summary>)>,
    /// Type face of the text.
    pub face: Face,
    /// Whether the page's original lines are shown instead.
    pub shows_source: bool,
    /// Whether they are shown beside the article.
    pub shows_beside: bool,
    /// Whether the page's overview is shown instead.
    pub shows_overview: bool,
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
    if let Some((id, share)) = state.position.unsaved(Some(stored.id)) {
        commands.push(Command::Write(Note::Position(id, share)));
    }
    let page = view.page.filter(|page| page.id == stored.page_id);
    if view.shows_overview {
        if let Some(page) = page {
            super::overview::overview_ui(ui, view.tr, page, stored.id, commands);
        }
        return;
    }
    let lit = state.lit_lines(&stored.article);
    if view.shows_source && !view.shows_beside {
        if let Some(page) = page {
            super::source::source_ui(ui, view.tr, page, stored.id, &lit, &mut state.source, commands);
        }
        return;
    }
    if let Some(page) = page.filter(|_| view.shows_beside) {
        let width = ui.available_width();
        let panel = Panel::right("source-beside")
            .frame(egui::Frame::new().fill(palette.list))
            .default_size(width * 0.48)
            .size_range(200.0..=(width - 260.0).max(220.0));
        split_ui(ui, panel, |ui| {
            super::source::source_ui(ui, view.tr, page, stored.id, &lit, &mut state.source, commands);
        });
        let frame = egui::Frame::new().fill(palette.paper);
        CentralPanel::default().frame(frame).show(ui, |ui| column_ui(ui, view, stored, state, &palette, commands));
    } else {
        column_ui(ui, view, stored, state, &palette, commands);
    }
}

/// The article in its column.
fn column_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &Arc<StoredArticle>,
    state: &mut ReaderState,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    if let Some(line) = state.source.clicked.take() {
        state.reveal_line(stored.page_id, line);
    }
    // The id keeps a reading position for each article and starts a new one at its top.
    let mut area = ScrollArea::vertical().id_salt(("reader", stored.id.0)).auto_shrink(false);
    // Where there are hits, they are what is looked for.
    let has_hits = state.hits().0 > 0;
    let kept = view.marks.map(|marks| marks.read_position as f32);
    if let Some(offset) = state.position.restore(stored.id, kept, has_hits) {
        area = area.vertical_scroll_offset(offset);
    }
    let shown = area.show(ui, |ui| {
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
                article_ui(ui, view, stored, state, palette, commands);
                ui.add_space(18.0);
            });
        });
    });
    state.position.note(stored.id, shown.state.clamped_offset().y, shown.content_size.y, shown.inner_rect.height());
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
                more_ui(ui, tr, commands);
                icon_button(ui, Action::Repair, tr, true, false, commands);
                let has = |mark: fn(&Marks) -> bool| view.marks.is_some_and(mark);
                icon_button(ui, Action::ToggleFlag, tr, true, has(|m| m.is_flagged), commands);
                icon_button(ui, Action::ToggleBasket, tr, true, has(|m| m.is_in_basket), commands);
                icon_button(ui, Action::CopyArticle, tr, true, false, commands);
                icon_button(ui, Action::SourceBeside, tr, true, view.shows_beside, commands);
                icon_button(ui, Action::Print, tr, true, false, commands);
                icon_button(ui, Action::Export, tr, true, false, commands);
                icon_button(ui, Action::ToggleSource, tr, true, view.shows_source, commands);
            });
        });
    });
    ui.separator();
}

/// What is done with an article less often.
const MORE: [Action; 10] = [
    Action::CopyCitation,
    Action::ShowOverview,
    Action::FullScreen,
    Action::LargerType,
    Action::SmallerType,
    Action::ToggleFace,
    Action::MergeNext,
    Action::UndoRepair,
    Action::RedoRepair,
    Action::ShowRepairs,
];

fn more_ui(ui: &mut Ui, tr: Tr, commands: &mut Vec<Command>) {
    let response = ui.menu_button(ICON_MORE_VERT.rich_text().size(18.0), |ui| {
        for action in MORE {
            let text = format!("{}  {}", action.icon().codepoint, action.text(tr));
            let shortcut = action.shortcut().map(shortcut_text).unwrap_or_default();
            if ui.add(egui::Button::new(text).shortcut_text(shortcut)).clicked() {
                commands.push(Command::Do(action));
                ui.close();
            }
        }
    });
    response.response.on_hover_text(tr.t("reader.more")).accessible_name(tr.t("reader.more"));
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
pub fn position_on_page(page: Option<&Arc<StoredPage>>, id: ArticleId) -> (usize, usize) {
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
    state.body_ui(ui, view, stored, palette, commands);
    end_ui(ui, tr, article, palette);
    if let Some(marks) = view.marks {
        super::marks::marks_ui(ui, tr, stored.id, (marks, view.tags), &mut state.marks, commands);
    }
    siblings_ui(ui, view, stored, palette, commands);
    for (title, rows) in [("reader.related", view.related), ("reader.same-day", view.same_day)] {
        others_ui(ui, view, stored, title, rows, palette, commands);
    }
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
        ui.horizontal_wrapped(|ui| {
            if ui.link(RichText::new(headline(view.tr, &other.title)).size(size::TEXT)).clicked() {
                commands.push(Command::OpenArticle(other.id));
            }
            let text = view.tr.t("reader.merge-here");
            let name = format!("{text} {}", headline(view.tr, &other.title));
            let tip = Action::MergeNext.tip(view.tr);
            let button = ui.small_button(RichText::new(text).size(size::SMALL).color(palette.weak));
            if button.on_hover_text(tip).accessible_name(name).clicked() {
                let (first, second) = (Anchor::of(&stored.article), anchor_of(other));
                let repair = Repair::Merge { first, second };
                commands.push(Command::Write(Note::Repair(stored.page_id, stored.article.title.clone(), vec![repair])));
            }
        });
    }
}

/// Headlines with their dates under a title.
fn others_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &StoredArticle,
    title: &'static str,
    rows: Option<&(ArticleId, Vec<Summary>)>,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let Some((_, rows)) = rows.filter(|(of, rows)| *of == stored.id && !rows.is_empty()) else { return };
    ui.add_space(10.0);
    ui.label(RichText::new(view.tr.t(title)).size(size::TEXT).color(palette.weak));
    for row in rows {
        let date = row.date.map(|date| format!("  {date}")).unwrap_or_default();
        let text = format!("{}{date}", headline(view.tr, &row.title.text));
        if ui.link(RichText::new(text).size(size::TEXT)).clicked() {
            commands.push(Command::OpenArticle(row.id));
        }
    }
}
