//! "Why not found?": what an empty result could have meant.

use crate::model::{Filter, SearchRequest};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use crate::worker::Why;
use egui::{RichText, Ui};

/// Unplaced lines that are shown.
const LINES: usize = 4;

/// Draws what can be said, with a way on from each.
pub fn why_ui(ui: &mut Ui, tr: Tr, search: &SearchRequest, why: &Why, commands: &mut Vec<Command>) {
    let weak = Palette::of(ui).weak;
    let say = |ui: &mut Ui, text: String| {
        ui.label(RichText::new(text).size(size::SMALL).color(weak));
    };
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 8)).show(ui, |ui| {
        if why.without_filters > 0 && !search.filter.is_empty() {
            let text = tr.f("why.without-filters", &[("n", number(why.without_filters))]);
            if ui.link(text).clicked() {
                commands.push(Command::SetFilter(Filter::default()));
            }
        }
        if why.terms.len() > 1 {
            for term in &why.terms {
                say(ui, tr.f("why.term", &[("t", term.text.clone()), ("n", number(term.count))]));
            }
        }
        for variant in &why.variants {
            let values = [("t", variant.text.clone()), ("n", number(variant.count))];
            if ui.link(tr.f("why.variant", &values)).clicked() {
                commands.push(Command::SetQuery(search.query.replace(&variant.of, &variant.text)));
            }
        }
        // Lines that answer the whole search stand above; these hold some of its words.
        if why.terms.len() > 1 && !why.unplaced.is_empty() {
            say(ui, tr.t("why.unplaced").into_owned());
            for line in why.unplaced.iter().take(LINES) {
                say(ui, format!("　{}", line.text.trim()));
            }
        }
        if !why.missing_days.is_empty() {
            say(ui, tr.f("why.missing-days", &[("n", number(why.missing_days.len() as u64))]));
        }
    });
}
