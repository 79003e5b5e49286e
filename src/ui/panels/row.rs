//! One row of the result list: headline with hits, source line, snippet, and the user's marks.

use crate::model::Summary;
use crate::ui::command::{Action, Command};
use crate::ui::density::Density;
use crate::ui::fonts;
use crate::ui::i18n::{Tr, headline};
use crate::ui::selection::Pick;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{VirtualListState, marked_job, tags_menu};
use crate::worker::{Note, RowMarks, Tag};
use egui::text::TextFormat;
use egui::{
    Align2, Color32, Event, FontId, InputState, Key, Modifiers, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};
use egui_material_icons::icons::{ICON_EDIT_NOTE, ICON_FLAG, ICON_SHOPPING_BASKET, ICON_STICKY_NOTE_2};
use std::ops::Range;

/// Margin left and right.
const MARGIN: f32 = 12.0;
/// Room of a mark beside the headline.
const MARK_WIDTH: f32 = 18.0;
/// Room of a tag's dot.
const DOT_WIDTH: f32 = 12.0;
/// Tags that are shown as dots.
const DOTS: usize = 4;

/// What a row shows.
pub(super) struct RowView<'a> {
    pub tr: Tr,
    pub index: u64,
    pub row: &'a Summary,
    pub marks: Option<&'a RowMarks>,
    pub density: Density,
    pub is_open: bool,
    pub is_selected: bool,
    /// Whether it is one of several selected rows: its menu is then about all of them.
    pub is_part_of_many: bool,
    pub tags: &'a [Tag],
}

/// Draws the row in the whole of `ui`.
pub(super) fn row_ui(
    ui: &mut Ui,
    view: &RowView<'_>,
    palette: &Palette,
    list: &mut VirtualListState,
    commands: &mut Vec<Command>,
) {
    let rect = ui.max_rect();
    let response = ui.interact(rect, ui.scope_id().with("row"), Sense::click());
    let title = &*headline(view.tr, &view.row.title.text);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, view.is_open || view.is_selected, title));
    if response.clicked() {
        // From here on the arrow keys go through the list.
        response.request_focus();
        commands.push(Command::PickRow(view.index, pick(ui.input(|i| i.modifiers))));
    }
    if list.take_focus(view.index) {
        response.request_focus();
    }
    if response.has_focus() {
        keys(ui, &response, view.index, list.page(), commands);
    }
    menu_ui(&response, view, commands);
    ground_ui(ui, rect, &response, view, palette);
    let inner = rect.shrink2(vec2(MARGIN, 0.0));
    let right = marks_ui(ui, inner, view, palette);
    match view.density {
        Density::Comfortable => text_ui(ui, inner, right, view, palette, 8.0, 2),
        Density::Snug => text_ui(ui, inner, right, view, palette, 6.0, 0),
        Density::Compact => line_ui(ui, inner, right, view, palette),
    }
}

/// Ctrl adds or takes out, Shift reaches from the last row picked, a plain click is about the row alone.
fn pick(modifiers: Modifiers) -> Pick {
    if modifiers.shift {
        Pick::Through
    } else if modifiers.command {
        Pick::Toggle
    } else {
        Pick::Only
    }
}

/// Arrows, Page Up and Down, Home and End go from row to row; with Shift they select what lies between.
fn keys(ui: &Ui, row: &Response, index: u64, page: u64, commands: &mut Vec<Command>) {
    // Else the arrows would go to whatever lies above or below, and not beyond the rows in view.
    let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, filter));
    let targets = [
        (Key::ArrowUp, index.saturating_sub(1)),
        (Key::ArrowDown, index.saturating_add(1)),
        (Key::PageUp, index.saturating_sub(page)),
        (Key::PageDown, index.saturating_add(page)),
        (Key::Home, 0),
        (Key::End, u64::MAX),
    ];
    for (key, target) in targets {
        for (modifiers, pick) in [(Modifiers::SHIFT, Pick::Through), (Modifiers::NONE, Pick::Only)] {
            if ui.input_mut(|input| was_pressed(input, key, modifiers) && input.consume_key(modifiers, key)) {
                commands.push(Command::MoveToRow(target, pick));
            }
        }
    }
}

/// Whether a key was pressed with just these others held. What is held at the end of the frame is something else: who lets go
/// quickly, or works on a slow screen, has let go by then.
fn was_pressed(input: &InputState, key: Key, held: Modifiers) -> bool {
    input.events.iter().any(|event| {
        matches!(event, Event::Key { key: pressed, pressed: true, modifiers, .. }
            if *pressed == key && modifiers.matches_exact(held))
    })
}

fn ground_ui(ui: &Ui, rect: Rect, response: &Response, view: &RowView<'_>, palette: &Palette) {
    let painter = ui.painter();
    // The pane's own ground shows through all others: what is painted twice costs twice without a graphics card.
    if view.is_selected || view.is_open {
        painter.rect_filled(rect, 0.0, palette.selected);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, palette.hover);
    }
    if view.is_open {
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, palette.accent);
    }
    painter.hline(rect.x_range().shrink(MARGIN), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.accent);
        painter.rect_stroke(rect.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
    }
}

/// The marks at the right end of the headline's line; returns where they begin.
fn marks_ui(ui: &Ui, inner: Rect, view: &RowView<'_>, palette: &Palette) -> f32 {
    let Some(marks) = view.marks else { return inner.right() };
    let middle = match view.density {
        Density::Comfortable => inner.top() + 19.0,
        Density::Snug => inner.top() + 17.0,
        Density::Compact => inner.center().y,
    };
    let icons = [
        (marks.is_flagged, ICON_FLAG, palette.accent),
        (marks.is_in_basket, ICON_SHOPPING_BASKET, palette.good),
        (marks.has_note, ICON_STICKY_NOTE_2, palette.warning),
        (marks.is_edited, ICON_EDIT_NOTE, palette.weak),
    ];
    let mut x = inner.right();
    let painter = ui.painter();
    for (_, icon, color) in icons.into_iter().filter(|(is_set, ..)| *is_set) {
        painter.text(pos2(x, middle), Align2::RIGHT_CENTER, icon.codepoint, FontId::proportional(15.0), color);
        x -= MARK_WIDTH;
    }
    for (_, colour) in marks.tags.iter().take(DOTS) {
        painter.circle_filled(pos2(x - 5.0, middle), 4.0, palette.tag(*colour));
        x -= DOT_WIDTH;
    }
    if x < inner.right() { x - 4.0 } else { x }
}

/// Lays out one piece of text and paints it; returns its height.
struct Pen<'a> {
    ui: &'a Ui,
    palette: &'a Palette,
}

impl Pen<'_> {
    fn put(&self, at: egui::Pos2, width: f32, text: &str, marks: &[Range<usize>], font: FontId, ink: Color32) -> f32 {
        self.rows(at, width, text, marks, font, ink, 1)
    }

    #[expect(clippy::too_many_arguments, reason = "a pen stroke is all of these")]
    fn rows(
        &self,
        at: egui::Pos2,
        width: f32,
        text: &str,
        marks: &[Range<usize>],
        font: FontId,
        ink: Color32,
        rows: usize,
    ) -> f32 {
        let format = TextFormat { font_id: font, color: ink, ..Default::default() };
        let job = marked_job(text, marks, format, self.palette, width.max(20.0), rows);
        let galley = self.ui.fonts_mut(|fonts| fonts.layout_job(job));
        let height = galley.size().y;
        self.ui.painter().galley(at, galley, ink);
        height
    }
}

/// An article that was read steps back: its headline is no longer bold.
fn title_style(view: &RowView<'_>, palette: &Palette, points: f32) -> (FontId, Color32) {
    let is_read = view.marks.is_some_and(|marks| marks.is_read);
    let font = if is_read { FontId::proportional(points) } else { fonts::sans_bold(points) };
    (font, if view.row.title_printed && !is_read { palette.strong } else { palette.text })
}

fn text_ui(ui: &Ui, inner: Rect, right: f32, view: &RowView<'_>, palette: &Palette, top: f32, snippet_rows: usize) {
    let row = view.row;
    let pen = Pen { ui, palette };
    let mut at = pos2(inner.left(), inner.top() + top);
    let (font, color) = title_style(view, palette, size::ROW_TITLE);
    let title = headline(view.tr, &row.title.text);
    at.y += pen.put(at, right - inner.left(), &title, &row.title.marks, font, color) + 2.0;
    let source = source_line(view.tr, row);
    at.y += pen.put(at, inner.width(), &source, &[], FontId::proportional(size::SMALL), palette.weak) + 3.0;
    if snippet_rows > 0 {
        let snippet = &row.snippet;
        let font = FontId::proportional(13.0);
        pen.rows(at, inner.width(), &snippet.text, &snippet.marks, font, palette.text, snippet_rows);
    }
}

/// Everything on one line: the headline, and the date at its end.
fn line_ui(ui: &Ui, inner: Rect, right: f32, view: &RowView<'_>, palette: &Palette) {
    let row = view.row;
    let date = row.date.map_or_else(|| view.tr.t("date.unknown").into_owned(), |date| date.to_string());
    let place = row.page_label.clone().map(|label| format!(" {label}")).unwrap_or_default();
    let small = FontId::proportional(size::SMALL);
    let text = format!("{date}{place}");
    let source = ui.painter().text(pos2(right, inner.center().y), Align2::RIGHT_CENTER, text, small, palette.weak);
    let (font, color) = title_style(view, palette, size::TEXT);
    let pen = Pen { ui, palette };
    let at = pos2(inner.left(), inner.center().y - font.size * 0.72);
    let title = headline(view.tr, &row.title.text);
    pen.put(at, source.left() - 10.0 - inner.left(), &title, &row.title.marks, font, color);
}

/// What can be done with the row, or with all that are selected if it is one of them.
fn menu_ui(response: &Response, view: &RowView<'_>, commands: &mut Vec<Command>) {
    if response.secondary_clicked() && !view.is_part_of_many {
        commands.push(Command::PickRow(view.index, Pick::Only));
    }
    let tr = view.tr;
    response.context_menu(|ui| {
        for action in [Action::ToggleBasket, Action::ToggleFlag] {
            let text = format!("{}  {}", action.icon().codepoint, action.text(tr));
            let shortcut = action.shortcut().map(crate::ui::command::shortcut_text).unwrap_or_default();
            if ui.add(egui::Button::new(text).shortcut_text(shortcut)).clicked() {
                commands.push(Command::Do(action));
                ui.close();
            }
        }
        let is_read = view.marks.is_some_and(|marks| marks.is_read);
        if !view.is_part_of_many && ui.button(tr.t(if is_read { "row.unread" } else { "row.read" })).clicked() {
            commands.push(Command::Write(Note::Read(vec![view.row.id], !is_read)));
            ui.close();
        }
        ui.separator();
        if let Some(name) = tags_menu(ui, tr, view.tags) {
            commands.push(Command::TagTargets(name));
            ui.close();
        }
        ui.separator();
        if ui.button(Action::SelectAll.text(tr)).clicked() {
            commands.push(Command::Do(Action::SelectAll));
            ui.close();
        }
    });
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
    let kind = tr.join("kind", row.kind.as_str());
    // A page of pictures is called like its kind: said once is enough.
    if row.kind != crate::model::Kind::News && row.section.as_ref() != Some(&kind) {
        parts.push(kind);
    }
    if row.confidence < crate::model::Article::SURE {
        parts.push(tr.t("article.unsure").into_owned());
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ctrl_adds_shift_reaches_and_shift_wins() {
        assert_eq!(pick(Modifiers::NONE), Pick::Only);
        assert_eq!(pick(Modifiers::COMMAND), Pick::Toggle);
        assert_eq!(pick(Modifiers::SHIFT), Pick::Through);
        assert_eq!(pick(Modifiers::COMMAND | Modifiers::SHIFT), Pick::Through);
    }
}
