//! The screen of an empty archive: what Baoku is for and how to begin.

use super::command::{Action, Command};
use super::fonts;
use super::i18n::Tr;
use super::theme::{Palette, size};
use super::widgets::action_button;
use egui::{Align, Align2, FontId, Label, Layout, RichText, Sense, Shape, Stroke, Ui, UiBuilder, vec2};
use egui_material_icons::icons::ICON_UPLOAD_FILE;
use std::borrow::Cow;

/// Size of the field that files are dropped on.
const FIELD: egui::Vec2 = vec2(560.0, 196.0);

/// Draws the screen.
pub fn welcome_ui(ui: &mut Ui, tr: Tr, is_importing: bool, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(((ui.available_height() - 470.0) * 0.42).max(12.0));
        ui.label(RichText::new("报库").font(fonts::serif_bold(44.0)).color(palette.accent));
        ui.label(RichText::new(tr.t("welcome.what")).size(16.0).color(palette.text));
        ui.add_space(20.0);
        field_ui(ui, tr, is_importing, &palette, commands);
        ui.add_space(14.0);
        let steps = [tr.t("welcome.step-1"), tr.t("welcome.step-2"), tr.t("welcome.step-3")];
        steps_ui(ui, &steps, &palette);
        ui.add_space(14.0);
        let samples = RichText::new(tr.t("welcome.samples")).size(size::TEXT);
        let link = ui.add_enabled(!is_importing, egui::Link::new(samples));
        if link.on_hover_text(Action::ImportSamples.tip(tr)).clicked() {
            commands.push(Command::Do(Action::ImportSamples));
        }
        ui.add_space(12.0);
        for line in [tr.t("welcome.formats"), tr.t("welcome.safe")] {
            ui.add(Label::new(RichText::new(line).size(size::SMALL).color(palette.weak)).wrap());
        }
    });
}

/// The steps below each other, their numbers in one column, the widest in the middle.
fn steps_ui(ui: &mut Ui, steps: &[Cow<'_, str>], palette: &Palette) {
    let font = FontId::proportional(size::TEXT);
    let width = |step: &Cow<'_, str>| {
        ui.painter().layout_no_wrap(step.clone().into_owned(), font.clone(), palette.text).size().x
    };
    let width = steps.iter().map(width).fold(0.0, f32::max).ceil().min(ui.available_width());
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        for step in steps {
            ui.add(Label::new(RichText::new(&**step).size(size::TEXT).color(palette.text)).wrap());
        }
    });
}

/// The dashed field that files are dropped on, with the buttons for those who do not drag.
fn field_ui(ui: &mut Ui, tr: Tr, is_importing: bool, palette: &Palette, commands: &mut Vec<Command>) {
    let width = FIELD.x.min(ui.available_width() - 32.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, FIELD.y), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, 10.0, palette.list);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, Stroke::new(1.5, palette.weak.gamma_multiply(0.7)), 7.0, 5.0));
    let middle = rect.center_top();
    let icon = egui::FontId::proportional(42.0);
    painter.text(middle + vec2(0.0, 44.0), Align2::CENTER_CENTER, ICON_UPLOAD_FILE.codepoint, icon, palette.accent);
    let text = tr.t("welcome.drop");
    painter.text(middle + vec2(0.0, 90.0), Align2::CENTER_CENTER, text, fonts::sans_bold(16.0), palette.text);
    let row = egui::Rect::from_center_size(middle + vec2(0.0, 146.0), vec2(width - 32.0, 44.0));
    let builder = UiBuilder::new().max_rect(row).layout(egui::Layout::left_to_right(egui::Align::Center));
    // A child beside the flow: the field's place is taken already.
    let mut ui = ui.new_child(builder);
    // The width of the last frame centres the row; the first frame is drawn once more.
    let id = ui.scope_id().with("buttons");
    let before: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(330.0);
    ui.add_space(((row.width() - before) / 2.0).max(0.0));
    let start = ui.cursor().left();
    for action in [Action::ImportFiles, Action::ImportFolder, Action::WatchFolder] {
        action_button(&mut ui, action, tr, !is_importing, commands);
    }
    let now = ui.min_rect().right() - start;
    if (now - before).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_repaint();
    }
}
