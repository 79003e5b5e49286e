//! Suggestions below the search box while something is typed.

use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use crate::worker::{Suggestion, SuggestionKind};
use egui::{Button, Popup, PopupCloseBehavior, Response, RichText};

/// Draws the suggestions for `text` below the search box while it has the focus; whether there are any to draw.
pub fn suggestions_ui(
    field: &Response,
    tr: Tr,
    text: &str,
    suggestions: &(String, Vec<Suggestion>),
    commands: &mut Vec<Command>,
) -> bool {
    let (of, found) = suggestions;
    let is_open = field.has_focus() && of == text && found.iter().any(|s| s.text != text);
    Popup::from_response(field)
        .open(is_open)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .width(field.rect.width().min(460.0))
        .accessible_name(tr.t("suggest.name"))
        .show(|ui| {
            for suggestion in found.iter().filter(|s| s.text != text) {
                let weak = Palette::of(ui).weak;
                let note = RichText::new(note(tr, suggestion)).size(size::SMALL).color(weak);
                // A typed text that was read as pinyin is named, so that nobody wonders where the word comes from.
                let label = match suggestion.by_pinyin {
                    true => format!("{text} → {}", suggestion.text),
                    false => suggestion.text.clone(),
                };
                let button = Button::new(label).frame(false).right_text(note).truncate();
                let response = ui.add_sized([ui.available_width(), 26.0], button);
                // The press, not the click: the field loses the focus first and the popup would be gone.
                if response.is_pointer_button_down_on() || response.clicked() {
                    commands.push(Command::SetQuery(suggestion.text.clone()));
                }
            }
        });
    is_open
}

/// What a suggestion is, and how many articles stand behind it.
fn note(tr: Tr, suggestion: &Suggestion) -> String {
    let kind = match suggestion.kind {
        SuggestionKind::History => tr.t("suggest.history"),
        SuggestionKind::Saved => tr.t("suggest.saved"),
        SuggestionKind::Town => tr.t("filter.town"),
        SuggestionKind::Section => tr.t("filter.section"),
        SuggestionKind::Name => tr.t("filter.byline"),
        SuggestionKind::Tag => tr.t("marks.tags"),
        SuggestionKind::Headline => tr.t("repair.headline"),
    };
    match suggestion.count {
        Some(count) => format!("{kind} {}", number(count)),
        None => kind.into_owned(),
    }
}
