//! The shortcut sheet, made from the command table.

use super::window_ui;
use crate::ui::command::{Action, shortcut_text};
use crate::ui::i18n::Tr;
use egui::{Context, RichText};

/// Draws the sheet.
pub fn shortcuts_ui(ctx: &Context, tr: Tr, is_open: &mut bool) {
    window_ui(ctx, &tr.t("shortcuts.title"), is_open, |ui| {
        egui::Grid::new("shortcuts").num_columns(2).spacing([32.0, 8.0]).striped(true).show(ui, |ui| {
            for action in Action::ALL {
                if let Some(shortcut) = action.shortcut() {
                    ui.label(action.text(tr));
                    ui.label(RichText::new(shortcut_text(shortcut)).monospace());
                    ui.end_row();
                }
            }
        });
    });
}
