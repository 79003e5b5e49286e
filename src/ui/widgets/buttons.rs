//! Buttons of actions, and small tags.

use crate::ui::command::{Action, Command};
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use egui::{Button, Response, RichText, Role, Sense, Ui, WidgetInfo};
use egui_material_icons::MaterialIcon;

/// A button with icon and text that pushes its action.
pub fn action_button(ui: &mut Ui, action: Action, tr: Tr, is_enabled: bool, commands: &mut Vec<Command>) -> Response {
    let text = action.text(tr);
    let label = format!("{} {text}", action.icon().codepoint);
    let response = ui.add_enabled(is_enabled, Button::new(label)).on_hover_text(action.tip(tr));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &text));
    if response.clicked() {
        commands.push(Command::Do(action));
    }
    response
}

/// A frameless icon that pushes its action; `is_on` shows it as switched on.
pub fn icon_button(
    ui: &mut Ui,
    action: Action,
    tr: Tr,
    is_enabled: bool,
    is_on: bool,
    commands: &mut Vec<Command>,
) -> Response {
    let response = icon_only(ui, action.icon(), &action.text(tr), is_enabled, is_on).on_hover_text(action.tip(tr));
    if response.clicked() {
        commands.push(Command::Do(action));
    }
    response
}

fn icon_only(ui: &mut Ui, icon: MaterialIcon, name: &str, is_enabled: bool, is_on: bool) -> Response {
    let palette = Palette::of(ui);
    let color = if is_on { palette.accent } else { palette.text };
    let button = Button::new(icon.rich_text().size(18.0).color(color)).frame_when_inactive(is_on);
    let response = ui.add_enabled(is_enabled, button);
    response.widget_info(|| WidgetInfo::selected(Role::Button, is_enabled, is_on, name));
    response
}

/// A small word in a rounded box: town, section, kind, "to check".
pub fn tag(ui: &mut Ui, text: &str, color: egui::Color32) -> Response {
    let text = RichText::new(text).size(size::SMALL).color(color);
    let frame = egui::Frame::new()
        .stroke(egui::Stroke::new(1.0, color.gamma_multiply(0.45)))
        .corner_radius(4)
        .inner_margin(egui::Margin::symmetric(6, 1));
    frame.show(ui, |ui| ui.add(egui::Label::new(text).selectable(false).sense(Sense::hover()))).inner
}
