//! A list of any length with rows of one height: only rows in view are laid out.
//!
//! egui's scroll areas keep positions as `f32`, which loses whole points past 2²⁴ (about 170,000 rows of this list).
//! This list keeps its position as `f64` and draws its own scroll bar.

use crate::ui::theme::Palette;
use egui::{Id, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::ops::Range;

const BAR_WIDTH: f32 = 12.0;
const LEAST_THUMB: f32 = 28.0;

/// Where the list stands.
#[derive(Clone, Debug, Default)]
pub struct VirtualListState {
    /// Distance of the view's top from the list's top, in points.
    top: f64,
    /// Row to bring into view at the next frame.
    reveal: Option<u64>,
    /// Row that takes the keyboard's focus as soon as it is drawn.
    focus: Option<u64>,
    /// Rows that fit into the view.
    page: u64,
    /// Distance between pointer and thumb's top while the thumb is dragged.
    grip: Option<f32>,
}

impl VirtualListState {
    /// Goes back to the first row.
    pub fn to_top(&mut self) {
        self.top = 0.0;
    }

    /// Gives row `index` the focus as soon as it is drawn.
    pub fn focus(&mut self, index: u64) {
        self.focus = Some(index);
    }

    /// Whether row `index`, which is being drawn, takes the focus now.
    pub fn take_focus(&mut self, index: u64) -> bool {
        self.focus.take_if(|row| *row == index).is_some()
    }

    /// Rows that fit into the view, at least one.
    pub fn page(&self) -> u64 {
        self.page.max(1)
    }

    /// Scrolls as little as needed to show row `index` at the next frame.
    pub fn reveal(&mut self, index: u64) {
        self.reveal = Some(index);
    }
}

/// Draws the rows in view with `row_ui(ui, state, index)` and returns their range.
pub fn virtual_list(
    ui: &mut Ui,
    name: &str,
    state: &mut VirtualListState,
    row_height: f32,
    count: u64,
    mut row_ui: impl FnMut(&mut Ui, &mut VirtualListState, u64),
) -> Range<u64> {
    let area = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(area);
    let id = ui.scope_id().with(("virtual_list", name.len()));
    let view = f64::from(area.height());
    let furthest = (count as f64 * f64::from(row_height) - view).max(0.0);
    if let Some(index) = state.reveal.take() {
        let row_top = index as f64 * f64::from(row_height);
        // In a view lower than a row the row's top wins.
        state.top = state.top.max(row_top + f64::from(row_height) - view).min(row_top);
    }
    if ui.rect_contains_pointer(area) {
        state.top -= f64::from(ui.input(|i| i.smooth_scroll_delta().y));
    }
    state.top = state.top.clamp(0.0, furthest);
    let body = if furthest > 0.0 {
        let bar = Rect::from_min_max(pos2(area.right() - BAR_WIDTH, area.top()), area.max);
        scroll_bar(ui, id, bar, state, view, furthest);
        area.with_max_x(bar.left())
    } else {
        area
    };
    let first = (state.top / f64::from(row_height)) as u64;
    let shift = (state.top - first as f64 * f64::from(row_height)) as f32;
    state.page = (area.height() / row_height) as u64;
    let rows_in_view = (area.height() / row_height).ceil() as u64 + 1;
    let end = (first + rows_in_view).min(count);
    let mut list = ui.new_child(UiBuilder::new().max_rect(body).id_salt(id));
    list.set_clip_rect(body.intersect(ui.clip_rect()));
    for index in first..end {
        let y = body.top() + (index - first) as f32 * row_height - shift;
        let rect = Rect::from_min_size(pos2(body.left(), y), vec2(body.width(), row_height));
        let mut row = list.new_child(UiBuilder::new().max_rect(rect).id_salt(index));
        row_ui(&mut row, state, index);
    }
    first..end
}

fn scroll_bar(ui: &mut Ui, id: Id, bar: Rect, state: &mut VirtualListState, view: f64, furthest: f64) {
    let response = ui.interact(bar, id.with("bar"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, state.top, "scroll"));
    let share = (view / (view + furthest)) as f32;
    let thumb_height = (bar.height() * share).max(LEAST_THUMB).min(bar.height());
    let travel = (bar.height() - thumb_height).max(1.0);
    let thumb_at = |top: f64| bar.top() + travel * (top / furthest) as f32;
    if let Some(pointer) = response.interact_pointer_pos() {
        // A press beside the thumb takes it by its middle; a press on it keeps the point under the pointer.
        let thumb_top = thumb_at(state.top);
        let is_on_thumb = (thumb_top..=thumb_top + thumb_height).contains(&pointer.y);
        let grip = *state.grip.get_or_insert(if is_on_thumb { pointer.y - thumb_top } else { thumb_height / 2.0 });
        let share = f64::from((pointer.y - grip - bar.top()) / travel);
        state.top = (share * furthest).clamp(0.0, furthest);
    } else {
        state.grip = None;
    }
    let palette = Palette::of(ui);
    let is_held = response.hovered() || response.dragged();
    let color = if is_held { palette.weak } else { palette.weak.gamma_multiply(0.5) };
    let thumb = Rect::from_min_size(pos2(bar.left() + 3.0, thumb_at(state.top)), vec2(BAR_WIDTH - 6.0, thumb_height));
    ui.painter().rect_filled(thumb, 3.0, color);
}
