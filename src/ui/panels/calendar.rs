//! A month of days: how much each holds, which are missing from the archive, and a click for one of them.

use crate::model::{DayCount, Filter, MonthDays, YearMonth};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use egui::{Align2, Button, FontId, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_NAVIGATE_BEFORE};

/// Height of a day.
const CELL: f32 = 28.0;

/// What the calendar keeps between frames.
#[derive(Debug, Default)]
pub struct CalendarState {
    pub(super) is_open: bool,
    /// The month in view, once one was turned to.
    month: Option<YearMonth>,
    /// The month it began with; another one (a year was clicked) turns it again.
    start: Option<YearMonth>,
}

/// What the calendar shows.
pub(super) struct CalendarView<'a> {
    pub tr: Tr,
    /// The counts that have come in.
    pub days: Option<&'a MonthDays>,
    /// The month to begin with.
    pub start: YearMonth,
}

/// Draws the calendar.
pub(super) fn calendar_ui(
    ui: &mut Ui,
    view: &CalendarView<'_>,
    filter: &mut Filter,
    state: &mut CalendarState,
    commands: &mut Vec<Command>,
) {
    if state.start != Some(view.start) {
        (state.start, state.month) = (Some(view.start), None);
    }
    let month = state.month.unwrap_or(view.start);
    let days = view.days.filter(|days| days.month == month);
    if view.days.is_none_or(|days| days.month != month) {
        commands.push(Command::CountDays(month));
    }
    turn_ui(ui, view.tr, month, state);
    weekdays_ui(ui, view.tr);
    let palette = Palette::of(ui);
    let lead = usize::try_from(month.first_day().weekday().to_monday_zero_offset()).unwrap_or(0);
    let length = usize::try_from(month.last_day().day()).unwrap_or(28);
    let weeks = (lead + length).div_ceil(7);
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), CELL * weeks as f32), Sense::hover());
    let width = area.width() / 7.0;
    let most = days.map_or(0, |days| days.days.iter().map(|day| day.hits).max().unwrap_or(0)).max(1);
    for index in 0..length {
        let place = lead + index;
        let corner = pos2(area.left() + width * (place % 7) as f32, area.top() + CELL * (place / 7) as f32);
        let rect = Rect::from_min_size(corner, vec2(width, CELL)).shrink(1.0);
        let Ok(date) = jiff::civil::Date::new(month.year, month.month, index as i8 + 1) else { continue };
        let count = days.and_then(|days| days.days.get(index));
        let is_gap = days.is_some_and(|days| days.is_gap(index));
        let is_chosen = filter.from.is_some_and(|from| from <= date) && filter.to.is_some_and(|to| date <= to);
        let day = Day { date, count, is_gap, is_chosen, most };
        if day_ui(ui, view.tr, rect, &day, &palette) {
            let is_same = (filter.from, filter.to) == (Some(date), Some(date));
            (filter.from, filter.to) = match (is_same, filter.from) {
                (true, _) => (None, None),
                // Shift reaches from the day that was chosen before.
                (false, Some(from)) if ui.input(|i| i.modifiers.shift) => (Some(from.min(date)), Some(from.max(date))),
                _ => (Some(date), Some(date)),
            };
            filter.undated = false;
            // The choice is in view already: the calendar stays where it is.
            state.start = filter.from.map(YearMonth::of).or(Some(view.start));
            state.month = Some(month);
        }
    }
    if let Some((days, gaps)) = days.map(|days| (days, days.gaps())).filter(|(_, gaps)| *gaps > 0) {
        let key = if days.is_all_missing() { "calendar.all-missing" } else { "calendar.gaps" };
        let text = view.tr.f(key, &[("n", number(gaps as u64))]);
        ui.label(RichText::new(text).size(11.5).color(palette.weak));
        ui.add_space(4.0);
    }
}

fn turn_ui(ui: &mut Ui, tr: Tr, month: YearMonth, state: &mut CalendarState) {
    let step = |by: i32| {
        let number = i32::from(month.year) * 12 + i32::from(month.month) - 1 + by;
        let year = i16::try_from(number.div_euclid(12)).unwrap_or(month.year);
        YearMonth { year, month: i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1) }
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding = vec2(3.0, 1.0);
        ui.spacing_mut().interact_size.y = 22.0;
        let mut turn = |ui: &mut Ui, icon: egui_material_icons::MaterialIcon, by: i32, name: String| {
            let button = ui.add(Button::new(icon.rich_text().size(16.0)).frame_when_inactive(false));
            if button.on_hover_text(&name).accessible_name(name).clicked() {
                state.month = Some(step(by));
            }
        };
        turn(ui, ICON_NAVIGATE_BEFORE, -1, tr.t("calendar.before").into_owned());
        let values = [("y", month.year.to_string()), ("m", month.month.to_string())];
        ui.label(RichText::new(tr.f("date.year-month", &values)).size(size::SMALL));
        turn(ui, ICON_CHEVRON_RIGHT, 1, tr.t("calendar.after").into_owned());
    });
}

fn weekdays_ui(ui: &mut Ui, tr: Tr) {
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let color = Palette::of(ui).weak;
    let names = tr.t("calendar.weekdays");
    for (index, name) in names.split(' ').enumerate() {
        let x = area.left() + area.width() / 7.0 * (index as f32 + 0.5);
        ui.painter().text(pos2(x, area.center().y), Align2::CENTER_CENTER, name, FontId::proportional(11.5), color);
    }
}

struct Day<'a> {
    date: jiff::civil::Date,
    count: Option<&'a DayCount>,
    is_gap: bool,
    is_chosen: bool,
    most: u64,
}

/// One day; returns whether it was clicked.
fn day_ui(ui: &mut Ui, tr: Tr, rect: Rect, day: &Day<'_>, palette: &Palette) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(("day", day.date.to_string())), Sense::click());
    let hits = day.count.map_or(0, |count| count.hits);
    let text = match (day.is_gap, day.count) {
        (true, _) => tr.f("calendar.gap", &[("d", day.date.to_string())]),
        (false, Some(_)) => tr.f("calendar.day", &[("d", day.date.to_string()), ("n", number(hits))]),
        (false, None) => day.date.to_string(),
    };
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, day.is_chosen, &text));
    let painter = ui.painter();
    if day.is_chosen {
        painter.rect_filled(rect, 4.0, palette.selected);
    }
    if hits > 0 {
        let share = (hits as f32 / day.most as f32).sqrt();
        painter.rect_filled(rect, 4.0, palette.accent.gamma_multiply(0.08 + 0.22 * share));
    }
    if day.is_chosen && hits > 0 {
        painter.rect_stroke(rect, 4.0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    } else if response.hovered() || response.has_focus() {
        painter.rect_stroke(rect, 4.0, Stroke::new(1.0, palette.weak), StrokeKind::Inside);
    }
    let color = if hits > 0 { palette.strong } else { palette.weak };
    let number = day.date.day().to_string();
    painter.text(rect.center(), Align2::CENTER_CENTER, number, FontId::proportional(size::SMALL), color);
    if day.is_gap {
        // A day on which a newspaper should have appeared and none is here.
        let y = rect.bottom() - 5.0;
        painter.hline(rect.center().x - 5.0..=rect.center().x + 5.0, y, Stroke::new(1.5, palette.warning));
    }
    response.on_hover_text(text).clicked()
}
