//! The question before closing while an import is under way.

use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use egui::{Context, Id, Modal};

/// Draws the question.
pub fn quit_ui(ctx: &Context, tr: Tr, is_open: &mut bool, commands: &mut Vec<Command>) {
    let response = Modal::new(Id::unique("quit")).show(ctx, |ui| {
        ui.set_max_width(380.0);
        ui.label(tr.t("quit.question"));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button(tr.t("quit.stay")).clicked() {
                *is_open = false;
            }
            if ui.button(tr.t("quit.quit")).clicked() {
                commands.push(Command::QuitAnyway);
                *is_open = false;
            }
        });
    });
    if response.should_close() {
        *is_open = false;
    }
}
