//! The result list: headline with hits, source line, snippet; virtual, so that its length does not matter.

use crate::model::{ArticleId, LooseHits, SearchRequest, Summary};
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::i18n::{Tr, headline, number};
use crate::ui::results::ResultList;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{VirtualListState, marked_job, virtual_list};
use crate::worker::Why;
use egui::text::TextFormat;
use egui::{FontId, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::ops::Range;

/// What the list shows.
pub struct ResultsView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The result.
    pub list: &'a ResultList,
    /// The open article.
    pub open: Option<ArticleId>,
    /// Whether something is searched or filtered for.
    pub is_narrowed: bool,
    /// The search as it stands; its filters are shown as chips.
    pub search: &'a SearchRequest,
    /// Why nothing was found, once that is known.
    pub why: Option<&'a Why>,
    /// Where the search is found outside of articles.
    pub loose: &'a LooseHits,
    /// Whether those places are listed.
    pub shows_loose: bool,
}

/// Draws the list and returns the rows in view.
pub fn results_ui(
    ui: &mut Ui,
    view: &ResultsView<'_>,
    state: &mut VirtualListState,
    commands: &mut Vec<Command>,
) -> Range<u64> {
    let tr = view.tr;
    let palette = Palette::of(ui);
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 6, bottom: 4 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            let key = if view.is_narrowed { "list.hits" } else { "list.count" };
            let text = tr.f(key, &[("n", number(view.list.len()))]);
            ui.label(RichText::new(text).size(size::SMALL).color(palette.weak));
            if view.list.is_waiting() {
                ui.label(RichText::new(tr.t("list.waiting")).size(size::SMALL).color(palette.weak));
            }
        });
    });
    super::loose::loose_ui(ui, tr, view.loose, view.shows_loose, commands);
    super::chips::chips_ui(ui, tr, &view.search.filter, commands);
    if view.list.is_empty() && !view.list.is_waiting() {
        nothing_ui(ui, view, commands);
        return 0..0;
    }
    virtual_list(ui, "results", state, size::ROW_HEIGHT, view.list.len(), |ui, index| {
        match view.list.row(index) {
            Some(row) => row_ui(ui, tr, &palette, row, view.open == Some(row.id), index, commands),
            // The block is on its way; a quiet line keeps the place.
            None => {
                ui.label(RichText::new("…").color(palette.weak));
            }
        }
    })
}

fn nothing_ui(ui: &mut Ui, view: &ResultsView<'_>, commands: &mut Vec<Command>) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(view.tr.t("list.nothing")).color(Palette::of(ui).weak));
        if view.is_narrowed {
            ui.label(RichText::new(view.tr.t("list.nothing-hint")).size(size::SMALL).color(Palette::of(ui).weak));
            if ui.button(view.tr.t("list.clear-all")).clicked() {
                commands.push(Command::Do(crate::ui::command::Action::ClearAll));
            }
        }
    });
    if let Some(why) = view.why {
        super::why::why_ui(ui, view.tr, view.search, why, commands);
    }
}

fn row_ui(
    ui: &mut Ui,
    tr: Tr,
    palette: &Palette,
    row: &Summary,
    is_open: bool,
    index: u64,
    commands: &mut Vec<Command>,
) {
    let title = &*headline(tr, &row.title.text);
    let rect = ui.max_rect();
    let response = ui.interact(rect, ui.scope_id().with("row"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_open, title));
    let ground = if is_open {
        palette.selected
    } else if response.hovered() {
        palette.hover
    } else {
        palette.list
    };
    ui.painter().rect_filled(rect, 0.0, ground);
    if is_open {
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, palette.accent);
    }
    let line = Stroke::new(1.0, palette.line);
    ui.painter().hline(rect.x_range().shrink(12.0), rect.bottom() - 0.5, line);
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
    }
    if response.clicked() {
        commands.push(Command::OpenRow(index));
    }
    let inner = rect.shrink2(vec2(12.0, 8.0));
    let width = inner.width();
    let mut y = inner.top();
    let mut paint = |text: &str, marks: &[Range<usize>], font: FontId, color, rows: usize, gap: f32| {
        let format = TextFormat { font_id: font, color, ..Default::default() };
        let job = marked_job(text, marks, format, palette, width, rows);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let height = galley.size().y;
        ui.painter().galley(pos2(inner.left(), y), galley, color);
        y += height + gap;
    };
    let title_color = if row.title_printed { palette.strong } else { palette.text };
    paint(title, &row.title.marks, fonts::sans_bold(size::ROW_TITLE), title_color, 1, 2.0);
    paint(&source_line(tr, row), &[], FontId::proportional(size::SMALL), palette.weak, 1, 3.0);
    let snippet = &row.snippet;
    paint(&snippet.text, &snippet.marks, FontId::proportional(13.0), palette.text, 2, 0.0);
}

/// Date, page, section, towns and kind in one line.
fn source_line(tr: Tr, row: &Summary) -> String {
    let mut parts: Vec<String> = vec![match row.date {
        Some(date) => date.to_string(),
        None => tr.t("date.unknown").into_owned(),
    }];
    parts.extend(row.page_label.clone());
    parts.extend(row.section.clone());
    if !row.towns.is_empty() {
        parts.push(row.towns.join(" "));
    }
    if row.kind != crate::model::Kind::News {
        parts.push(tr.join("kind", row.kind.as_str()));
    }
    if row.confidence < crate::model::Article::SURE {
        parts.push(tr.t("article.unsure").into_owned());
    }
    parts.join(" · ")
}
