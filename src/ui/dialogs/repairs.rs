//! All repairs, newest first: which stand, which were taken back, which fit their page no longer.

use super::repair::made_row_ui;
use super::window_ui;
use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Tr, headline};
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::action_button;
use crate::worker::MadeRepair;
use egui::{Context, RichText, ScrollArea};

/// Draws the list.
pub fn repairs_ui(ctx: &Context, tr: Tr, made: &[MadeRepair], is_open: &mut bool, commands: &mut Vec<Command>) {
    let count = tr.f("repairs.title", &[("n", made.len().to_string())]);
    window_ui(ctx, &count, is_open, |ui| {
        let palette = Palette::of(ui);
        if made.is_empty() {
            ui.label(RichText::new(tr.t("repairs.none")).color(palette.weak));
            return;
        }
        ui.horizontal(|ui| {
            let can_undo = made.iter().any(|made| !made.is_undone);
            action_button(ui, Action::UndoRepair, tr, can_undo, commands);
            action_button(ui, Action::RedoRepair, tr, made.iter().any(|made| made.is_undone), commands);
        });
        ui.label(RichText::new(tr.t("repairs.hint")).size(size::SMALL).color(palette.weak));
        ScrollArea::vertical().max_height(440.0).auto_shrink([false, true]).show(ui, |ui| {
            for made in made.iter().rev() {
                let about = format!("《{}》", headline(tr, &made.about));
                let about = match made.page {
                    Some(_) => about,
                    None => format!("{about}  {}", tr.t("repairs.away")),
                };
                let text = RichText::new(about).size(size::SMALL);
                match made.page {
                    Some(page) => {
                        if ui.link(text).on_hover_text(tr.t("repairs.open")).clicked() {
                            commands.push(Command::OpenRepaired(page, made.repair.clone()));
                        }
                    }
                    None => {
                        ui.label(text.color(palette.strong));
                    }
                }
                made_row_ui(ui, tr, made, commands);
                ui.add_space(4.0);
            }
        });
    });
}
