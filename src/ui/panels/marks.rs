//! Tags and note of the open article, below its text.

use crate::model::ArticleId;
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::worker::{Marks, Note};
use egui::{Button, RichText, TextEdit, Ui};
use egui_material_icons::icons::ICON_CLOSE;

/// What the fields keep between frames.
#[derive(Debug, Default)]
pub struct MarksState {
    article: Option<ArticleId>,
    tag: String,
    note: String,
}

/// Draws tags and note.
pub fn marks_ui(
    ui: &mut Ui,
    tr: Tr,
    id: ArticleId,
    marks: &Marks,
    state: &mut MarksState,
    commands: &mut Vec<Command>,
) {
    if state.article != Some(id) {
        *state = MarksState { article: Some(id), tag: String::new(), note: marks.note.clone().unwrap_or_default() };
    }
    let palette = Palette::of(ui);
    ui.add_space(14.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(tr.t("marks.tags")).size(size::SMALL).color(palette.weak));
        for tag in &marks.tags {
            let text = RichText::new(format!("{tag} {}", ICON_CLOSE.codepoint)).size(size::SMALL);
            let name = tr.f("marks.remove-tag", &[("t", tag.clone())]);
            let button = ui.add(Button::new(text).corner_radius(9)).on_hover_text(&name).accessible_name(name);
            if button.clicked() {
                commands.push(Command::Write(Note::Untag(vec![id], tag.clone())));
            }
        }
        let edit = TextEdit::singleline(&mut state.tag).hint_text(tr.t("marks.add-tag").into_owned());
        let response = ui.add(edit.desired_width(110.0)).accessible_name(tr.t("marks.add-tag"));
        let is_entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        if is_entered && !state.tag.trim().is_empty() {
            commands.push(Command::Write(Note::Tag(vec![id], state.tag.trim().to_owned())));
            state.tag.clear();
        }
    });
    let edit = TextEdit::multiline(&mut state.note).hint_text(tr.t("marks.note-hint").into_owned()).desired_rows(2);
    let response = ui.add(edit.desired_width(f32::INFINITY)).accessible_name(tr.t("marks.note"));
    if response.lost_focus() && state.note != marks.note.clone().unwrap_or_default() {
        commands.push(Command::Write(Note::Text(id, state.note.clone())));
    }
}
