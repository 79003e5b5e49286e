//! The active filters as chips that can be taken off one by one.

use crate::model::Filter;
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use egui::{Button, RichText, Ui};
use egui_material_icons::icons::ICON_CLOSE;

/// Draws a chip for every value of `filter`; a click drops it.
pub fn chips_ui(ui: &mut Ui, tr: Tr, filter: &Filter, commands: &mut Vec<Command>) {
    let chips = chips(tr, filter);
    if chips.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 0, bottom: 6 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
            ui.spacing_mut().button_padding = egui::vec2(7.0, 2.0);
            for (text, without) in chips {
                let label = format!("{text} {}", ICON_CLOSE.codepoint);
                let label = RichText::new(label).size(size::SMALL).color(palette.accent);
                let button = Button::new(label).fill(palette.selected).corner_radius(9);
                let name = tr.f("chip.remove", &[("f", text)]);
                if ui.add(button).on_hover_text(&name).accessible_name(name).clicked() {
                    commands.push(Command::SetFilter(without));
                }
            }
        });
    });
}

/// Each active value with the filter that is left without it.
pub(super) fn chips(tr: Tr, filter: &Filter) -> Vec<(String, Filter)> {
    let mut out = Vec::new();
    let mut push = |text: String, change: &dyn Fn(&mut Filter)| {
        let mut without = filter.clone();
        change(&mut without);
        out.push((text, without));
    };
    if filter.from.is_some() || filter.to.is_some() {
        let day = |date: Option<jiff::civil::Date>| date.map(|d| d.to_string()).unwrap_or_default();
        push(format!("{} – {}", day(filter.from), day(filter.to)), &|f| (f.from, f.to) = (None, None));
    }
    if filter.undated {
        push(tr.t("filter.undated").into_owned(), &|f| f.undated = false);
    }
    for name in &filter.sections {
        push(name.clone(), &|f| f.sections.retain(|n| n != name));
    }
    for name in &filter.towns {
        push(name.clone(), &|f| f.towns.retain(|n| n != name));
    }
    for kind in &filter.kinds {
        push(tr.join("kind", kind.as_str()), &|f| f.kinds.retain(|k| k != kind));
    }
    for name in &filter.pages {
        push(tr.f("reader.page", &[("p", name.clone())]), &|f| f.pages.retain(|n| n != name));
    }
    for name in &filter.newspapers {
        push(name.clone(), &|f| f.newspapers.retain(|n| n != name));
    }
    for name in &filter.bylines {
        push(name.clone(), &|f| f.bylines.retain(|n| n != name));
    }
    for name in &filter.tags {
        push(name.clone(), &|f| f.tags.retain(|n| n != name));
    }
    if filter.unsure {
        push(tr.t("filter.unsure").into_owned(), &|f| f.unsure = false);
    }
    if filter.flagged {
        push(tr.t("filter.flagged").into_owned(), &|f| f.flagged = false);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    #[test]
    fn taking_every_chip_off_leaves_no_filter() {
        let mut filter = Filter {
            from: Some(jiff::civil::date(2024, 3, 1)),
            undated: true,
            sections: vec!["三农".into()],
            towns: vec!["甲镇".into(), "乙镇".into()],
            kinds: vec![Kind::Photo],
            pages: vec!["A1".into()],
            newspapers: vec!["报".into()],
            bylines: vec!["丙".into()],
            tags: vec!["存".into()],
            unsure: true,
            flagged: true,
            ..Filter::default()
        };
        let mut taken = 0;
        while let Some((_, without)) = chips(Tr::default(), &filter).into_iter().next() {
            filter = without;
            taken += 1;
        }
        assert_eq!((taken, filter.is_empty()), (12, true));
    }
}
