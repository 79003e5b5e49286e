//! Putting a paragraph's text right: other characters, and where paragraphs begin. A line break is a new paragraph. Where the
//! cursor stands the article can be parted.

use super::window_ui;
use crate::model::{ArticleId, PageId, Place, Repair, StoredArticle};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::worker::Note;
use egui::{Button, Context, Id, RichText, TextEdit};

/// Characters shown on either side of the cursor.
const SHOWN: usize = 8;

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

    /// The repair that makes another article of what stands behind `cursor` characters, and the words on both sides; nothing
    /// at the ends, or while something is typed: then characters would not be where they are shown.
    fn split(&self, cursor: usize) -> Option<(Repair, String)> {
        if self.text != self.before {
            return None;
        }
        let chars: Vec<char> = self.before.chars().collect();
        let (before, behind) = chars.split_at_checked(cursor)?;
        let is_blank = |part: &[char]| part.iter().all(|c| c.is_whitespace());
        if is_blank(before) || is_blank(behind) {
            return None;
        }
        let at = self.places.iter().skip(cursor).flatten().next()?;
        let text = |part: &[char]| part.iter().collect::<String>();
        let from = before.len().saturating_sub(SHOWN);
        let words = format!("…{}｜{}…", text(&before[from..]), text(&behind[..SHOWN.min(behind.len())]));
        Some((Repair::Split { line: at.line, column: at.column }, words))
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
        let id = Id::unique("paragraph-text");
        let edit = TextEdit::multiline(&mut state.text).id(id).desired_rows(8).desired_width(620.0);
        let response = ui.add(edit).accessible_name(tr.t("paragraph.text"));
        if !std::mem::replace(&mut state.has_focus, true) {
            response.request_focus();
        }
        let repairs = state.repairs();
        let cursor = TextEdit::load_state(ui.ctx(), id).and_then(|edit| edit.cursor.char_range());
        let split = cursor.and_then(|cursor| state.split(cursor.primary.index.0));
        let mut made = None;
        ui.horizontal(|ui| {
            if ui.add_enabled(!repairs.is_empty(), Button::new(tr.t("repair.save"))).clicked() {
                made = Some(repairs);
            }
            ui.add_space(12.0);
            let button = ui.add_enabled(split.is_some(), Button::new(tr.t("paragraph.split-here")));
            if button.on_hover_text(tr.t("paragraph.split-here-tip")).clicked() {
                made = split.as_ref().map(|(repair, _)| vec![repair.clone()]);
            }
            if let Some((_, words)) = &split {
                ui.label(RichText::new(words).size(size::SMALL).color(Palette::of(ui).weak));
            }
        });
        if let Some(repairs) = made {
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
        state(before, text).repairs()
    }

    fn state(before: &str, text: &str) -> ParagraphState {
        let places = (0..before.chars().count() as u32).map(|column| Some(Place { line: 4, column })).collect();
        ParagraphState {
            id: ArticleId(1),
            page: PageId(1),
            about: String::new(),
            before: before.to_owned(),
            places,
            text: text.to_owned(),
            has_focus: true,
        }
    }

    #[test]
    fn an_article_is_parted_at_the_cursor_and_not_while_something_is_typed() {
        let text = "一早下田。午后收工。";
        let (repair, words) = state(text, text).split(5).unwrap();
        assert_eq!(repair, Repair::Split { line: 4, column: 5 });
        assert_eq!(words, "…一早下田。｜午后收工。…");
        assert!(state(text, text).split(0).is_none() && state(text, text).split(10).is_none());
        assert!(state(text, "一早下田。午后").split(5).is_none());
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
