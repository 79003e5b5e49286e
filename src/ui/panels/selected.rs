//! The bar above the list while several rows are selected: how many, and what can be done with them.

use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Tr, number};
use crate::ui::selection::Selection;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{icon_button, tags_menu};
use crate::worker::Tag;
use egui::containers::menu::MenuButton;
use egui::{Align, Button, Layout, RichText, Ui};
use egui_material_icons::icons::ICON_LABEL;

/// Draws the bar.
pub(super) fn selected_ui(ui: &mut Ui, tr: Tr, selection: &Selection, tags: &[Tag], commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let text = tr.f("selected.count", &[("n", number(selection.len() as u64))]);
        ui.label(RichText::new(text).size(size::SMALL).color(palette.accent));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            icon_button(ui, Action::SelectNone, tr, true, false, commands);
            let label = Button::new(ICON_LABEL.rich_text().size(18.0)).frame_when_inactive(false);
            let (response, _) = MenuButton::from_button(label).ui(ui, |ui| {
                if let Some(name) = tags_menu(ui, tr, tags) {
                    commands.push(Command::TagTargets(name));
                    ui.close();
                }
            });
            response.on_hover_text(tr.t("selected.tag")).accessible_name(tr.t("selected.tag"));
            icon_button(ui, Action::CopyCitation, tr, true, false, commands);
            icon_button(ui, Action::Print, tr, true, false, commands);
            icon_button(ui, Action::Export, tr, true, false, commands);
            icon_button(ui, Action::ToggleFlag, tr, true, false, commands);
            icon_button(ui, Action::ToggleBasket, tr, true, false, commands);
        });
    });
}
