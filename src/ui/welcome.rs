//! The screen of an empty archive: what Baoku is for and how to begin.

use super::command::{Action, Command};
use super::i18n::Tr;
use super::theme::{Palette, size};
use super::widgets::action_button;
use egui::{RichText, Ui};

/// Draws the screen.
pub fn welcome_ui(ui: &mut Ui, tr: Tr, is_importing: bool, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.22).max(20.0));
        ui.label(RichText::new("报库").font(super::fonts::serif_bold(46.0)).color(palette.accent));
        ui.add_space(4.0);
        ui.label(RichText::new(tr.t("welcome.what")).size(16.0).color(palette.text));
        ui.add_space(18.0);
        ui.label(RichText::new(tr.t("welcome.how")).size(size::TEXT).color(palette.text));
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let room = ui.available_width();
            ui.add_space(((room - 300.0) / 2.0).max(0.0));
            action_button(ui, Action::ImportFiles, tr, !is_importing, commands);
            action_button(ui, Action::ImportFolder, tr, !is_importing, commands);
        });
        ui.add_space(18.0);
        ui.label(RichText::new(tr.t("welcome.formats")).size(size::SMALL).color(palette.weak));
        ui.label(RichText::new(tr.t("welcome.safe")).size(size::SMALL).color(palette.weak));
    });
}
