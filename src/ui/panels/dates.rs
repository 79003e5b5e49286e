//! The date filter: two fields, quick ranges, bars of years and months, a calendar.

use super::calendar::{CalendarState, CalendarView, calendar_ui};
use crate::model::{Facets, Filter, MonthDays, YearMonth};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{Bar, check_row, histogram};
use egui::{Align, Button, ComboBox, Layout, Response, RichText, TextEdit, Ui};
use egui_material_icons::icons::{ICON_CALENDAR_MONTH, ICON_CHEVRON_RIGHT, ICON_NAVIGATE_BEFORE};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

/// Years with a bar each, at most; the newest.
const MOST_YEARS: i16 = 150;

/// What the date filter keeps between frames.
#[derive(Debug, Default)]
pub struct DatesState {
    from_text: String,
    to_text: String,
    seen: (Option<Date>, Option<Date>),
    /// The year whose months are shown, once one was chosen.
    year: Option<i16>,
    calendar: CalendarState,
    pub(super) wants_focus: bool,
}

/// What the date filter shows.
pub(super) struct DatesView<'a> {
    pub tr: Tr,
    pub facets: &'a Facets,
    pub today: Date,
    pub days: Option<&'a MonthDays>,
}

/// Draws the filter.
pub(super) fn dates_ui(
    ui: &mut Ui,
    view: &DatesView<'_>,
    filter: &mut Filter,
    state: &mut DatesState,
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    if state.seen != (filter.from, filter.to) {
        state.seen = (filter.from, filter.to);
        let text = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
        (state.from_text, state.to_text) = (text(filter.from), text(filter.to));
        if let (Some(from), Some(to)) = (filter.from, filter.to)
            && from.year() == to.year()
        {
            state.year = Some(from.year());
        }
    }
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 24.0) / 2.0;
        let from = day_ui(ui, &tr.t("filter.from"), width, &mut state.from_text, &mut filter.from, false);
        if std::mem::take(&mut state.wants_focus) {
            from.request_focus();
        }
        ui.label("–");
        day_ui(ui, &tr.t("filter.to"), width, &mut state.to_text, &mut filter.to, true);
    });
    if filter.from != state.seen.0 || filter.to != state.seen.1 {
        filter.undated = false;
        state.seen = (filter.from, filter.to);
    }
    ui.horizontal(|ui| {
        quick_ui(ui, tr, view.today, filter);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let palette = Palette::of(ui);
            let is_open = state.calendar.is_open;
            let color = if is_open { palette.accent } else { palette.text };
            let icon = ICON_CALENDAR_MONTH.rich_text().size(18.0).color(color);
            let button = ui.add(Button::new(icon).frame_when_inactive(is_open)).on_hover_text(tr.t("date.calendar"));
            button.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, true, is_open, tr.t("date.calendar").as_ref())
            });
            if button.clicked() {
                state.calendar.is_open = !is_open;
            }
        });
    });
    bars_ui(ui, view, filter, state);
    if state.calendar.is_open {
        // The newest month of what is chosen that holds anything.
        let is_in = |month: &YearMonth| {
            filter.from.is_none_or(|from| from <= month.last_day())
                && filter.to.is_none_or(|to| to >= month.first_day())
        };
        let newest = view.facets.months.iter().map(|(month, _)| *month).find(is_in);
        let start = newest.or(filter.from.map(YearMonth::of)).unwrap_or(YearMonth::of(view.today));
        let view = CalendarView { tr, days: view.days, start };
        calendar_ui(ui, &view, filter, &mut state.calendar, commands);
    }
    let undated = view.facets.undated;
    if (undated > 0 || filter.undated)
        && check_row(ui, &tr.t("filter.undated"), undated, filter.undated, 0.0, 0.0).clicked()
    {
        filter.undated = !filter.undated;
        (filter.from, filter.to) = (None, None);
    }
}

/// Bars of all years, and of the months of one year.
fn bars_ui(ui: &mut Ui, view: &DatesView<'_>, filter: &mut Filter, state: &mut DatesState) {
    let tr = view.tr;
    let months = &view.facets.months;
    let (Some(first), Some(last)) = (months.iter().map(|m| m.0.year).min(), months.iter().map(|m| m.0.year).max())
    else {
        return;
    };
    let first = first.max(last.saturating_sub(MOST_YEARS));
    let count = |year: i16, month: Option<i8>| {
        let is_of = |m: &YearMonth| m.year == year && month.is_none_or(|month| m.month == month);
        months.iter().filter(|(m, _)| is_of(m)).map(|(_, n)| n).sum::<u64>()
    };
    let overlaps = |a: YearMonth, b: YearMonth| {
        let is_set = filter.from.is_some() || filter.to.is_some();
        is_set && filter.from.is_none_or(|from| from <= b.last_day()) && filter.to.is_none_or(|to| to >= a.first_day())
    };
    let january = |year| YearMonth { year, month: 1 };
    let december = |year| YearMonth { year, month: 12 };
    let mut range = None;
    if first < last {
        let years: Vec<i16> = (first..=last).collect();
        let bars: Vec<Bar> = years
            .iter()
            .map(|&year| Bar {
                name: tr.f("date.year", &[("y", year.to_string())]),
                count: count(year, None),
                is_chosen: overlaps(january(year), december(year)),
            })
            .collect();
        if let Some((from, to)) = histogram(ui, "years", &bars, 46.0) {
            state.year = Some(years[to]);
            range = Some((january(years[from]).first_day(), december(years[to]).last_day()));
        }
        ends_ui(ui, &first.to_string(), &last.to_string());
    }
    let year = state.year.unwrap_or(last).clamp(first, last);
    let bars: Vec<Bar> = (1..=12)
        .map(|month| YearMonth { year, month })
        .map(|month| Bar {
            name: tr.f("date.year-month", &[("y", year.to_string()), ("m", month.month.to_string())]),
            count: count(year, Some(month.month)),
            is_chosen: overlaps(month, month),
        })
        .collect();
    year_ui(ui, tr, year, first..=last, state);
    if let Some((from, to)) = histogram(ui, "months", &bars, 40.0) {
        let month = |index: usize| YearMonth { year, month: i8::try_from(index + 1).unwrap_or(12) };
        range = Some((month(from).first_day(), month(to).last_day()));
    }
    numbers_ui(ui);
    if let Some((from, to)) = range {
        // The same again takes it back.
        let is_same = (filter.from, filter.to) == (Some(from), Some(to));
        (filter.from, filter.to) = if is_same { (None, None) } else { (Some(from), Some(to)) };
        filter.undated = false;
    }
}

fn ends_ui(ui: &mut Ui, first: &str, last: &str) {
    let text = |text: &str, ui: &Ui| RichText::new(text).size(11.0).color(Palette::of(ui).weak);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 14.0;
        let first = text(first, ui);
        ui.label(first);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let last = text(last, ui);
            ui.label(last);
        });
    });
}

/// The months' numbers below their bars.
fn numbers_ui(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let (area, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 12.0), egui::Sense::hover());
    let color = Palette::of(ui).weak;
    let font = egui::FontId::proportional(10.5);
    for month in 1..=12u8 {
        let x = area.left() + area.width() / 12.0 * (f32::from(month) - 0.5);
        let place = egui::pos2(x, area.center().y);
        ui.painter().text(place, egui::Align2::CENTER_CENTER, month.to_string(), font.clone(), color);
    }
}

/// Which year's months are shown, between arrows to the years before and after.
fn year_ui(ui: &mut Ui, tr: Tr, year: i16, years: std::ops::RangeInclusive<i16>, state: &mut DatesState) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().button_padding = egui::vec2(2.0, 0.0);
        let name = tr.f("date.year", &[("y", year.to_string())]);
        let mut step = |ui: &mut Ui, icon: egui_material_icons::MaterialIcon, to: i16, name: String| {
            let icon = icon.rich_text().size(15.0);
            let button = ui.add_enabled(years.contains(&to), Button::new(icon).frame_when_inactive(false));
            if button.accessible_name(name).clicked() {
                state.year = Some(to);
            }
        };
        step(ui, ICON_NAVIGATE_BEFORE, year - 1, tr.f("date.months-of", &[("y", (year - 1).to_string())]));
        ui.label(RichText::new(name).size(size::SMALL).color(Palette::of(ui).weak));
        step(ui, ICON_CHEVRON_RIGHT, year + 1, tr.f("date.months-of", &[("y", (year + 1).to_string())]));
    });
}

/// Ranges that are asked for often, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quick {
    Week,
    Month,
    ThisYear,
    LastYear,
    Days30,
    Days365,
}

impl Quick {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Week, "week"),
        (Self::Month, "month"),
        (Self::Days30, "days-30"),
        (Self::Days365, "days-365"),
        (Self::ThisYear, "this-year"),
        (Self::LastYear, "last-year"),
    ];

    /// First and last day, or nothing at the end of the calendar.
    fn range(self, today: Date) -> Option<(Date, Date)> {
        let back = |span: Span| today.checked_sub(span).ok();
        let year = |year| Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
        Some(match self {
            Self::Week => {
                let days = today.weekday().since(Weekday::Monday);
                (back(i64::from(days).days())?, today)
            }
            Self::Month => (today.first_of_month(), today),
            Self::ThisYear => (today.first_of_year(), today),
            Self::LastYear => year(today.year() - 1)?,
            Self::Days30 => (back(29.days())?, today),
            Self::Days365 => (back(1.year())?, today),
        })
    }
}

fn quick_ui(ui: &mut Ui, tr: Tr, today: Date, filter: &mut Filter) {
    let is_now = |(from, to): (Date, Date)| (filter.from, filter.to) == (Some(from), Some(to));
    let chosen = Quick::ALL.into_iter().find(|(quick, _)| quick.range(today).is_some_and(is_now));
    let text = chosen.map_or_else(|| tr.t("date.quick").into_owned(), |(_, name)| tr.join("quick", name));
    let mut picked = None;
    let response = ComboBox::from_id_salt("quick-range").selected_text(text).width(120.0).show_ui(ui, |ui| {
        for (quick, name) in Quick::ALL {
            if ui.selectable_label(chosen.is_some_and(|(c, _)| c == quick), tr.join("quick", name)).clicked() {
                picked = quick.range(today);
            }
        }
    });
    response.response.accessible_name(tr.t("date.quick"));
    if let Some((from, to)) = picked {
        (filter.from, filter.to, filter.undated) = (Some(from), Some(to), false);
    }
}

/// A field for a day. What is typed counts as soon as it is a date; `2023`, `2023-5` and `20230509` are dates too.
fn day_ui(ui: &mut Ui, name: &str, width: f32, text: &mut String, date: &mut Option<Date>, is_end: bool) -> Response {
    let parsed = parse_day(text, is_end);
    let color = (!text.trim().is_empty() && parsed.is_none()).then(|| Palette::of(ui).error);
    let edit = TextEdit::singleline(text).hint_text(name.to_owned()).desired_width(width).text_color_opt(color);
    let response = ui.add(edit).on_hover_text(name).accessible_name(name);
    if response.changed() {
        if text.trim().is_empty() {
            *date = None;
        } else if let Some(parsed) = parse_day(text, is_end) {
            *date = Some(parsed);
        }
    }
    response
}

/// A day as people type it. A year or month alone means its first day, or its last if `is_end`.
fn parse_day(text: &str, is_end: bool) -> Option<Date> {
    let digits: String = text.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let mut parts: Vec<&str> = digits.split_whitespace().collect();
    let compact = parts.first().copied().unwrap_or_default();
    if parts.len() == 1 && (compact.len() == 6 || compact.len() == 8) {
        parts = vec![&compact[..4], &compact[4..6]];
        if compact.len() == 8 {
            parts.push(&compact[6..]);
        }
    }
    if parts.first()?.len() != 4 || parts.len() > 3 {
        return None;
    }
    let year: i16 = parts[0].parse().ok()?;
    let month = parts.get(1).map_or(Some(if is_end { 12 } else { 1 }), |p| p.parse().ok())?;
    let first = Date::new(year, month, 1).ok()?;
    match parts.get(2) {
        Some(day) => Date::new(year, month, day.parse().ok()?).ok(),
        None if is_end => Some(first.last_of_month()),
        None => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(text: &str, is_end: bool, expected: Option<&str>) {
        assert_eq!(parse_day(text, is_end).map(|d| d.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        check("2023-05-09", false, Some("2023-05-09"));
        check("2023年5月9日", false, Some("2023-05-09"));
        check("20230509", true, Some("2023-05-09"));
        check("2023/5", false, Some("2023-05-01"));
        check("202302", true, Some("2023-02-28"));
        check("2023", true, Some("2023-12-31"));
        check("2023", false, Some("2023-01-01"));
        check("2023-13-01", false, None);
        check("23-5", false, None);
        check("明天", false, None);
    }

    #[test]
    fn quick_ranges_are_seen_from_today() {
        // A Wednesday; weeks begin on Monday.
        let today = date(2024, 3, 20);
        let range = |quick: Quick| quick.range(today).unwrap();
        assert_eq!(range(Quick::Week), (date(2024, 3, 18), today));
        assert_eq!(range(Quick::Month), (date(2024, 3, 1), today));
        assert_eq!(range(Quick::ThisYear), (date(2024, 1, 1), today));
        assert_eq!(range(Quick::LastYear), (date(2023, 1, 1), date(2023, 12, 31)));
        assert_eq!(range(Quick::Days30), (date(2024, 2, 20), today));
    }
}
