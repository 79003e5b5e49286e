//! Side panels whose edge can be dragged.

use crate::ui::theme::Palette;
use egui::{InnerResponse, Panel, Stroke, Ui};

/// Shows `panel` with an edge in the theme's colours: egui draws a touched edge in the colour of text, a hard black line
/// beside the lists.
pub fn split_ui<R>(ui: &mut Ui, panel: Panel, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = Palette::of(ui);
    let style = ui.style().clone();
    let widgets = &mut ui.visuals_mut().widgets;
    // Opaque: nothing is painted below the edge.
    widgets.hovered.fg_stroke = Stroke::new(2.0, palette.line.lerp_to_gamma(palette.weak, 0.4));
    widgets.active.fg_stroke = Stroke::new(2.0, palette.accent);
    let inside = style.clone();
    let response = panel.show(ui, |ui| {
        ui.set_style(inside);
        contents(ui)
    });
    ui.set_style(style);
    response
}
