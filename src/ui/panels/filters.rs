//! The filter panel: dates, sections, towns and more, each with its count.

use super::dates::{DatesState, DatesView, dates_ui};
use crate::model::{Facets, Filter, Kind, MonthDays};
use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::check_row;
use crate::worker::Tag;
use egui::{RichText, ScrollArea, TextEdit, Ui};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Names shown before "more".
const SHORT_LIST: usize = 12;
/// Names shown of those that are looked for.
const FOUND_LIST: usize = 60;

/// What the panel shows.
pub struct FiltersView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The filters as they stand.
    pub filter: &'a Filter,
    /// The counts, once they are there.
    pub facets: Option<&'a Facets>,
    /// Today, for ranges like "this year".
    pub today: Date,
    /// The days of the calendar's month, once they are there.
    pub days: Option<&'a MonthDays>,
    /// Every tag, for its colour.
    pub tags: &'a [Tag],
}

/// What the panel keeps between frames.
#[derive(Debug, Default)]
pub struct FiltersState {
    dates: DatesState,
    long_lists: BTreeSet<&'static str>,
    /// What is looked for in each list.
    looked_for: BTreeMap<&'static str, String>,
}

impl FiltersState {
    /// Puts the cursor into the first date at the next frame.
    pub fn focus_dates(&mut self) {
        self.dates.wants_focus = true;
    }
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
        heading_ui(ui, &tr.t("filter.date"), |ui| {
            let dates = DatesView { tr, facets, today: view.today, days: view.days };
            dates_ui(ui, &dates, &mut filter, &mut state.dates, commands);
        });
        names_ui(ui, tr, "section", &facets.sections, &mut filter.sections, state);
        names_ui(ui, tr, "town", &facets.towns, &mut filter.towns, state);
        kinds_ui(ui, tr, &facets.kinds, &mut filter.kinds);
        names_ui(ui, tr, "page", &facets.pages, &mut filter.pages, state);
        names_ui(ui, tr, "newspaper", &facets.newspapers, &mut filter.newspapers, state);
        names_ui(ui, tr, "byline", &facets.bylines, &mut filter.bylines, state);
        tags_ui(ui, view, facets, &mut filter);
        if facets.unsure > 0 || filter.unsure || facets.flagged > 0 || filter.flagged {
            heading_ui(ui, &tr.t("filter.state"), |ui| {
                if (facets.flagged > 0 || filter.flagged)
                    && check_row(ui, &tr.t("filter.flagged"), facets.flagged, filter.flagged, 0.0, 0.0).clicked()
                {
                    filter.flagged = !filter.flagged;
                }
                if (facets.unsure > 0 || filter.unsure)
                    && check_row(ui, &tr.t("filter.unsure"), facets.unsure, filter.unsure, 0.0, 0.0)
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
        let looked_for = match counted.len() > SHORT_LIST {
            true => look_ui(ui, tr, group, state),
            false => String::new(),
        };
        let is_looking = !looked_for.is_empty();
        let all = gone.iter().chain(counted).filter(|(name, _)| is_meant(&looked_for, name));
        let shown = match (is_looking, is_long) {
            (true, _) => FOUND_LIST,
            (false, true) => usize::MAX,
            (false, false) => SHORT_LIST + gone.len(),
        };
        for (name, count) in all.take(shown) {
            let is_chosen = chosen.iter().any(|c| c == name);
            if check_row(ui, name, *count, is_chosen, 0.0, share(*count, most)).clicked() {
                toggle(chosen, name.clone());
            }
        }
        if counted.len() > SHORT_LIST && !is_looking {
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

/// The search box of a long list; returns what is looked for.
fn look_ui(ui: &mut Ui, tr: Tr, group: &'static str, state: &mut FiltersState) -> String {
    let text = state.looked_for.entry(group).or_default();
    let name = tr.f("filter.look", &[("f", tr.join("filter", group))]);
    let edit = TextEdit::singleline(text).hint_text(name.clone()).desired_width(f32::INFINITY);
    ui.add(edit.margin(egui::Margin::symmetric(6, 3))).accessible_name(name);
    text.trim().to_owned()
}

/// Whether `name` is one that is looked for: it holds the text, or begins with what its letters spell.
fn is_meant(looked_for: &str, name: &str) -> bool {
    looked_for.is_empty()
        || name.to_lowercase().contains(&looked_for.to_lowercase())
        || crate::search::spells(looked_for, name)
}

/// Tags with their colours.
fn tags_ui(ui: &mut Ui, view: &FiltersView<'_>, facets: &Facets, filter: &mut Filter) {
    let gone: Vec<(String, u64)> = filter
        .tags
        .iter()
        .filter(|name| !facets.tags.iter().any(|(counted, _)| counted == *name))
        .map(|name| (name.clone(), 0))
        .collect();
    if facets.tags.is_empty() && gone.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    heading_ui(ui, &view.tr.t("marks.tags"), |ui| {
        for (name, count) in gone.iter().chain(&facets.tags) {
            let is_chosen = filter.tags.contains(name);
            let response = check_row(ui, name, *count, is_chosen, 14.0, 0.0);
            let colour = view.tags.iter().find(|tag| tag.name == *name).map_or(0, |tag| tag.colour);
            let dot = egui::pos2(response.rect.left() + 8.0, response.rect.center().y);
            ui.painter().circle_filled(dot, 4.5, palette.tag(colour));
            if response.clicked() {
                toggle(&mut filter.tags, name.clone());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_a_piece_of_it_and_by_its_pinyin() {
        assert!(is_meant("", "新埭镇") && is_meant("埭", "新埭镇") && is_meant("xdz", "新埭镇"));
        assert!(!is_meant("乍浦", "新埭镇") && !is_meant("zp", "新埭镇"));
    }
}
