//! A row of bars to click on, or to brush over for a range.

use crate::ui::i18n::number;
use crate::ui::theme::Palette;
use egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// One bar.
pub struct Bar {
    /// Its name, for the tooltip and for screen readers.
    pub name: String,
    /// Its height.
    pub count: u64,
    /// Whether it lies in the chosen range.
    pub is_chosen: bool,
}

/// Draws the bars `height` points high; returns the first and the last bar of a range that was just clicked or brushed.
pub fn histogram(ui: &mut Ui, name: &str, bars: &[Bar], height: f32) -> Option<(usize, usize)> {
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    if bars.is_empty() {
        return None;
    }
    let palette = Palette::of(ui);
    let id = ui.scope_id().with(("histogram", name));
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let step = area.width() / bars.len() as f32;
    let column = |index: usize| {
        let left = area.left() + step * index as f32;
        Rect::from_min_max(pos2(left, area.top()), pos2(left + step, area.bottom()))
    };
    let at = |x: f32| (((x - area.left()) / step).floor().max(0.0) as usize).min(bars.len() - 1);
    // The brush begins at the bar that is pressed and ends at the one under the pointer.
    let mut brush: Option<(usize, usize)> = ui.data(|data| data.get_temp(id));
    if let (Some((_, to)), Some(pointer)) = (&mut brush, ui.input(|i| i.pointer.interact_pos())) {
        *to = at(pointer.x);
    }
    let mut brushed = brush.map(|(from, to)| (from.min(to), from.max(to)));
    let mut picked = None;
    let is_any_chosen = bars.iter().any(|bar| bar.is_chosen);
    for (index, bar) in bars.iter().enumerate() {
        let rect = column(index);
        let response = ui.interact(rect, id.with(index), Sense::click_and_drag());
        let text = format!("{} {}", bar.name, number(bar.count));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, bar.is_chosen, &text));
        if response.drag_started() {
            brush = Some((index, index));
        }
        if response.drag_stopped() {
            picked = brushed.take();
            brush = None;
        } else if response.clicked() {
            picked = Some((index, index));
        }
        let is_in = match brushed {
            Some((from, to)) => (from..=to).contains(&index),
            None => bar.is_chosen || !is_any_chosen,
        };
        let is_near = response.hovered() || response.has_focus();
        let color = match (is_in, is_near) {
            (_, true) => palette.strong,
            (true, false) if brushed.is_some() || is_any_chosen => palette.accent,
            (true, false) => palette.accent.gamma_multiply(0.55),
            (false, false) => palette.weak.gamma_multiply(0.35),
        };
        let gap = if step > 5.0 { 1.0 } else { 0.0 };
        let room = area.height() - 2.0;
        // What is there at all is at least a point high.
        let tall = if bar.count == 0 { 0.0 } else { (room * (bar.count as f32 / most as f32).sqrt()).max(2.0) };
        let body = Rect::from_min_max(pos2(rect.left() + gap, area.bottom() - 1.0 - tall), rect.max - vec2(gap, 1.0));
        ui.painter().rect_filled(body, 1.0, color);
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 2.0, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
        }
        response.on_hover_text(text);
    }
    ui.data_mut(|data| {
        if let Some(brush) = brush {
            data.insert_temp(id, brush);
        } else {
            data.remove::<(usize, usize)>(id);
        }
    });
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, Stroke::new(1.0, palette.line));
    picked
}
