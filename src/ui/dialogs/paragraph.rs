//! Putting a paragraph's text right: other characters, and where paragraphs begin. A line break is a new paragraph.

use super::window_ui;
use crate::model::{ArticleId, PageId, Place, Repair, StoredArticle};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::worker::Note;
use egui::{Button, Context, RichText, TextEdit};

/// The paragraph and what is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ParagraphState {
    /// The article.
    pub id: ArticleId,
    page: PageId,
    about: String,
    before: String,
    places: Vec<Option<Place>>,
    text: String,
    has_focus: bool,
}

impl ParagraphState {
    /// Begins with paragraph `index` of an article as it is shown.
    pub fn new(stored: &StoredArticle, index: usize) -> Option<Self> {
        let block = stored.article.blocks.get(index)?;
        Some(Self {
            id: stored.id,
            page: stored.page_id,
            about: stored.article.title.clone(),
            before: block.text.clone(),
            places: block.places(),
            text: block.text.clone(),
            has_focus: false,
        })
    }

    /// The repairs that lead to what was typed.
    fn repairs(&self) -> Vec<Repair> {
        let mut parts = self.text.split('\n').map(str::trim).filter(|part| !part.is_empty());
        let mut whole = parts.next().unwrap_or_default().to_owned();
        let mut begins = Vec::new();
        for part in parts {
            begins.push(whole.chars().count());
            whole.push_str(part);
        }
        let (old, new): (Vec<char>, Vec<char>) = (self.before.chars().collect(), whole.chars().collect());
        let same_front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        // Paragraphs first: what is replaced may stand before their beginnings, which keep their place.
        let mut out = Vec::new();
        for at in begins {
            let was = if at <= same_front { at } else { (at + old.len()).saturating_sub(new.len()) };
            let place = self.places.iter().skip(was).flatten().next();
            out.extend(place.map(|&at| Repair::Paragraph { at, begins: true }));
        }
        out.extend(Repair::rewording(&self.before, &whole, &self.places));
        out
    }
}

/// Draws the dialog.
pub fn paragraph_ui(
    ctx: &Context,
    tr: Tr,
    state: &mut ParagraphState,
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    let mut is_saved = false;
    window_ui(ctx, &tr.t("paragraph.title"), is_open, |ui| {
        ui.label(RichText::new(tr.t("paragraph.hint")).size(size::SMALL).color(Palette::of(ui).weak));
        let edit = TextEdit::multiline(&mut state.text).desired_rows(8).desired_width(620.0);
        let response = ui.add(edit).accessible_name(tr.t("paragraph.text"));
        if !std::mem::replace(&mut state.has_focus, true) {
            response.request_focus();
        }
        let repairs = state.repairs();
        if ui.add_enabled(!repairs.is_empty(), Button::new(tr.t("repair.save"))).clicked() {
            commands.push(Command::Write(Note::Repair(state.page, state.about.clone(), repairs)));
            is_saved = true;
        }
    });
    if is_saved {
        *is_open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(before: &str, text: &str) -> Vec<Repair> {
        let places = (0..before.chars().count() as u32).map(|column| Some(Place { line: 4, column })).collect();
        let state = ParagraphState {
            id: ArticleId(1),
            page: PageId(1),
            about: String::new(),
            before: before.to_owned(),
            places,
            text: text.to_owned(),
            has_focus: true,
        };
        state.repairs()
    }

    #[test]
    fn a_line_break_begins_a_paragraph() {
        let begins = |column| Repair::Paragraph { at: Place { line: 4, column }, begins: true };
        assert_eq!(typed("一早下田。午后收工。", "一早下田。\n午后收工。"), [begins(5)]);
        let both = typed("一早下田。午后收工。", "一大早下田。\n 午后收工。\n");
        let word = Repair::Replace { at: Place { line: 4, column: 1 }, was: String::new(), by: "大".into() };
        assert_eq!(both, [begins(5), word]);
        assert!(typed("一早下田。", " 一早下田。\n").is_empty());
    }
}
