//! The question before closing while an import or an export is under way.

use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use egui::{Context, Id, Modal};

/// Draws the question.
pub fn quit_ui(ctx: &Context, tr: Tr, is_importing: bool, is_open: &mut bool, commands: &mut Vec<Command>) {
    let response = Modal::new(Id::unique("quit")).show(ctx, |ui| {
        ui.set_max_width(380.0);
        let (question, stay) = match is_importing {
            true => (tr.t("quit.question"), tr.t("quit.stay")),
            false => (tr.t("quit.question-export"), tr.t("quit.stay-export")),
        };
        ui.label(question);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button(stay).clicked() {
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
