//! The filter panel: dates as range and year/month tree, sections, towns and more, each with its count.

use crate::model::{Facets, Filter, Kind, YearMonth};
use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::check_row;
use egui::{RichText, ScrollArea, TextEdit, Ui};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Names shown before "more".
const SHORT_LIST: usize = 12;

/// What the panel shows.
pub struct FiltersView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The filters as they stand.
    pub filter: &'a Filter,
    /// The counts, once they are there.
    pub facets: Option<&'a Facets>,
}

/// What the panel keeps between frames.
#[derive(Debug, Default)]
pub struct FiltersState {
    from_text: String,
    to_text: String,
    seen: (Option<Date>, Option<Date>),
    open_years: BTreeSet<i16>,
    seen_years: BTreeSet<i16>,
    long_lists: BTreeSet<&'static str>,
}

/// Draws the panel.
pub fn filters_ui(ui: &mut Ui, view: &FiltersView<'_>, state: &mut FiltersState, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let mut filter = view.filter.clone();
    ui.horizontal(|ui| {
        ui.label(RichText::new(tr.t("filter.title")).font(crate::ui::fonts::sans_bold(size::TEXT)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let clear = egui::Button::new(RichText::new(tr.t("filter.clear")).size(size::SMALL)).small();
            if ui.add_enabled(!view.filter.is_empty(), clear).on_hover_text(Action::ClearAll.tip(tr)).clicked() {
                filter = Filter::default();
            }
        });
    });
    let empty = Facets::default();
    let facets = view.facets.unwrap_or(&empty);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        date_ui(ui, tr, facets, &mut filter, state);
        names_ui(ui, tr, "section", &facets.sections, &mut filter.sections, state);
        names_ui(ui, tr, "town", &facets.towns, &mut filter.towns, state);
        kinds_ui(ui, tr, &facets.kinds, &mut filter.kinds);
        names_ui(ui, tr, "page", &facets.pages, &mut filter.pages, state);
        names_ui(ui, tr, "newspaper", &facets.newspapers, &mut filter.newspapers, state);
        names_ui(ui, tr, "byline", &facets.bylines, &mut filter.bylines, state);
        if facets.unsure > 0 || filter.unsure {
            heading_ui(ui, &tr.t("filter.state"), |ui| {
                if check_row(ui, &tr.t("filter.unsure"), facets.unsure, filter.unsure, 0.0, 0.0)
                    .on_hover_text(tr.t("filter.unsure-tip"))
                    .clicked()
                {
                    filter.unsure = !filter.unsure;
                }
            });
        }
    });
    if filter != *view.filter {
        commands.push(Command::SetFilter(filter));
    }
}

fn heading_ui(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) {
    let title = RichText::new(title).font(crate::ui::fonts::sans_bold(size::TEXT));
    egui::CollapsingHeader::new(title).default_open(true).show_unindented(ui, contents);
    ui.add_space(4.0);
}

fn share(count: u64, most: u64) -> f32 {
    count as f32 / most.max(1) as f32
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, value: T) {
    match list.iter().position(|v| *v == value) {
        Some(i) => {
            list.remove(i);
        }
        None => list.push(value),
    }
}

fn names_ui(
    ui: &mut Ui,
    tr: Tr,
    group: &'static str,
    counted: &[(String, u64)],
    chosen: &mut Vec<String>,
    state: &mut FiltersState,
) {
    // A chosen name that no article has any more must stay visible, or it could not be taken back.
    let gone: Vec<(String, u64)> = chosen
        .iter()
        .filter(|name| !counted.iter().any(|(counted, _)| counted == *name))
        .map(|name| (name.clone(), 0))
        .collect();
    if counted.is_empty() && gone.is_empty() {
        return;
    }
    let is_long = state.long_lists.contains(group);
    let most = counted.iter().map(|(_, n)| *n).max().unwrap_or(0);
    heading_ui(ui, &tr.join("filter", group), |ui| {
        let all = gone.iter().chain(counted);
        let shown = if is_long { usize::MAX } else { SHORT_LIST + gone.len() };
        for (name, count) in all.take(shown) {
            let is_chosen = chosen.iter().any(|c| c == name);
            if check_row(ui, name, *count, is_chosen, 0.0, share(*count, most)).clicked() {
                toggle(chosen, name.clone());
            }
        }
        if counted.len() > SHORT_LIST {
            let text = if is_long {
                tr.t("filter.fewer").into_owned()
            } else {
                tr.f("filter.more", &[("n", number((counted.len() - SHORT_LIST) as u64))])
            };
            if ui.link(RichText::new(text).size(size::SMALL)).clicked() && !state.long_lists.remove(group) {
                state.long_lists.insert(group);
            }
        }
    });
}

fn kinds_ui(ui: &mut Ui, tr: Tr, counted: &[(Kind, u64)], chosen: &mut Vec<Kind>) {
    if counted.is_empty() && chosen.is_empty() {
        return;
    }
    let most = counted.iter().map(|(_, n)| *n).max().unwrap_or(0);
    heading_ui(ui, &tr.t("filter.kind"), |ui| {
        for kind in Kind::ALL {
            let count = counted.iter().find(|(k, _)| *k == kind).map_or(0, |(_, n)| *n);
            let is_chosen = chosen.contains(&kind);
            let name = tr.join("kind", kind.as_str());
            if (count > 0 || is_chosen) && check_row(ui, &name, count, is_chosen, 0.0, share(count, most)).clicked() {
                toggle(chosen, kind);
            }
        }
    });
}

fn date_ui(ui: &mut Ui, tr: Tr, facets: &Facets, filter: &mut Filter, state: &mut FiltersState) {
    if state.seen != (filter.from, filter.to) {
        state.seen = (filter.from, filter.to);
        let text = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
        (state.from_text, state.to_text) = (text(filter.from), text(filter.to));
    }
    heading_ui(ui, &tr.t("filter.date"), |ui| {
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 24.0) / 2.0;
            day_ui(ui, &tr.t("filter.from"), width, &mut state.from_text, &mut filter.from, "01-01");
            ui.label("–");
            day_ui(ui, &tr.t("filter.to"), width, &mut state.to_text, &mut filter.to, "12-31");
        });
        if filter.from != state.seen.0 || filter.to != state.seen.1 {
            filter.undated = false;
            state.seen = (filter.from, filter.to);
        }
        tree_ui(ui, tr, facets, filter, state);
        if (facets.undated > 0 || filter.undated)
            && check_row(ui, &tr.t("filter.undated"), facets.undated, filter.undated, 0.0, 0.0).clicked()
        {
            filter.undated = !filter.undated;
            (filter.from, filter.to) = (None, None);
        }
    });
}

/// A field for a day. What is typed counts as soon as it is a date; `2023`, `2023-5` and `20230509` are dates too.
fn day_ui(ui: &mut Ui, name: &str, width: f32, text: &mut String, date: &mut Option<Date>, rest_of_year: &str) {
    let parsed = parse_day(text, rest_of_year == "12-31");
    let color = (!text.trim().is_empty() && parsed.is_none()).then(|| Palette::of(ui).error);
    let edit = TextEdit::singleline(text).hint_text(name.to_owned()).desired_width(width).text_color_opt(color);
    let response = ui.add(edit).on_hover_text(name).accessible_name(name);
    if response.changed() {
        if text.trim().is_empty() {
            *date = None;
        } else if let Some(parsed) = parse_day(text, rest_of_year == "12-31") {
            *date = Some(parsed);
        }
    }
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

/// Years with their months. A click on a year or month takes it as the range, a second click drops it.
fn tree_ui(ui: &mut Ui, tr: Tr, facets: &Facets, filter: &mut Filter, state: &mut FiltersState) {
    let most = facets.months.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let years: BTreeSet<i16> = facets.months.iter().map(|(m, _)| m.year).collect();
    for year in years.iter().rev() {
        // A year is open when it is new and there are few, or when the range lies in it.
        if state.seen_years.insert(*year) && years.len() <= 2 {
            state.open_years.insert(*year);
        }
        let months: Vec<_> = facets.months.iter().filter(|(m, _)| m.year == *year).collect();
        let count = months.iter().map(|(_, n)| n).sum();
        let first = YearMonth { year: *year, month: 1 };
        let last = YearMonth { year: *year, month: 12 };
        let is_open = state.open_years.contains(year);
        let range = (Some(first.first_day()), Some(last.last_day()));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            if expander_ui(ui, tr, *year, is_open) && !state.open_years.remove(year) {
                state.open_years.insert(*year);
            }
            let name = tr.f("date.year", &[("y", year.to_string())]);
            range_row_ui(ui, &name, (count, 0.0), range, 0.0, filter);
        });
        if is_open {
            for (month, count) in months {
                let name = tr.f("date.month", &[("y", year.to_string()), ("m", month.month.to_string())]);
                let range = (Some(month.first_day()), Some(month.last_day()));
                range_row_ui(ui, &name, (*count, share(*count, most)), range, 30.0, filter);
            }
        }
    }
}

fn expander_ui(ui: &mut Ui, tr: Tr, year: i16, is_open: bool) -> bool {
    use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE};
    let icon = if is_open { ICON_EXPAND_MORE } else { ICON_CHEVRON_RIGHT };
    let text = icon.rich_text().size(16.0).color(Palette::of(ui).weak);
    let name = tr.f(if is_open { "date.close" } else { "date.open" }, &[("y", year.to_string())]);
    let button = egui::Button::new(text).frame(false).min_size(egui::vec2(20.0, size::CHECK_HEIGHT));
    ui.spacing_mut().button_padding.x = 1.0;
    ui.add(button).accessible_name(name).clicked()
}

fn range_row_ui(
    ui: &mut Ui,
    name: &str,
    (count, share): (u64, f32),
    range: (Option<Date>, Option<Date>),
    indent: f32,
    filter: &mut Filter,
) {
    let is_chosen = (filter.from, filter.to) == range;
    if check_row(ui, name, count, is_chosen, indent, share).clicked() {
        (filter.from, filter.to) = if is_chosen { (None, None) } else { range };
        filter.undated = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
