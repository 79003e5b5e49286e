//! One line of a filter's check list: box, name, count at the right edge. The whole line is the target.

use crate::ui::i18n::number;
use crate::ui::theme::{Palette, size};
use egui::{Align2, FontId, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CHECK_BOX, ICON_CHECK_BOX_OUTLINE_BLANK};

/// Draws the line; `clicked()` of the response means that the box should change. `indent` is in points; `share` is the
/// part of the list's largest count, drawn as a bar behind the line.
pub fn check_row(ui: &mut Ui, name: &str, count: u64, is_checked: bool, indent: f32, share: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::CHECK_HEIGHT), Sense::click());
    let accessible = format!("{name} {}", number(count));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_checked, &accessible));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = Palette::of(ui);
    if share > 0.0 {
        let bar = rect.shrink2(vec2(0.0, 4.0));
        let bar = bar.with_min_x(bar.right() - (bar.width() - indent - 24.0) * share.min(1.0));
        ui.painter().rect_filled(bar, 3.0, palette.bar);
    }
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, palette.hover);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.5, palette.accent);
        ui.painter().rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Inside);
    }
    let (icon, icon_color) =
        if is_checked { (ICON_CHECK_BOX, palette.accent) } else { (ICON_CHECK_BOX_OUTLINE_BLANK, palette.weak) };
    let x = rect.left() + 4.0 + indent;
    let middle = rect.center().y;
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.text(pos2(x, middle), Align2::LEFT_CENTER, icon.codepoint, FontId::proportional(17.0), icon_color);
    let count_color = if count == 0 { palette.weak.gamma_multiply(0.7) } else { palette.weak };
    let font = FontId::proportional(size::SMALL);
    let count = painter.text(pos2(rect.right() - 6.0, middle), Align2::RIGHT_CENTER, number(count), font, count_color);
    let room = (count.left() - x - 30.0).max(10.0);
    let color = if is_checked { palette.strong } else { palette.text };
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), FontId::proportional(size::TEXT), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    painter.galley(pos2(x + 24.0, middle - galley.size().y / 2.0), galley, color);
    response
}
