//! The shortcut sheet, made from the command table.

use super::window_ui;
use crate::ui::command::{Action, shortcut_text};
use crate::ui::i18n::Tr;
use egui::{Context, RichText, ScrollArea, Ui};

/// What keys do while a row of the list has the focus.
const LIST_KEYS: [(&str, &str); 4] = [
    ("shortcuts.list-into", "Enter"),
    ("shortcuts.list-walk", "↑ ↓ PgUp PgDn Home End"),
    ("shortcuts.list-select", "Shift+↑ Shift+↓"),
    ("shortcuts.list-open", "Enter"),
];

/// Draws the sheet.
pub fn shortcuts_ui(ctx: &Context, tr: Tr, is_open: &mut bool) {
    window_ui(ctx, &tr.t("shortcuts.title"), is_open, |ui| {
        let height = (ctx.content_rect().height() - 140.0).max(200.0);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| sheet_ui(ui, tr));
    });
}

fn sheet_ui(ui: &mut Ui, tr: Tr) {
    egui::Grid::new("shortcuts").num_columns(4).spacing([28.0, 8.0]).striped(true).show(ui, |ui| {
        let keyed: Vec<_> = Action::ALL.into_iter().filter_map(|a| Some((a, a.shortcut()?))).collect();
        for pair in keyed.chunks(2) {
            for (action, shortcut) in pair {
                ui.label(action.text(tr));
                ui.label(RichText::new(shortcut_text(*shortcut)).monospace());
            }
            ui.end_row();
        }
        // Keys of the list: no commands, but nobody would find them.
        for pair in LIST_KEYS.chunks(2) {
            for (name, keys) in pair {
                ui.label(tr.t(name));
                ui.label(RichText::new(*keys).monospace());
            }
            ui.end_row();
        }
    });
}
