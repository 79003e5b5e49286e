//! Tags and note of the open article, below its text.

use crate::model::ArticleId;
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::tags_menu;
use crate::worker::{Marks, Note, Tag};
use egui::{Button, RichText, TextEdit, Ui};
use egui_material_icons::icons::{ICON_CIRCLE, ICON_CLOSE, ICON_LABEL};

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
    (marks, tags): (&Marks, &[Tag]),
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
            colour_ui(ui, tr, tag, tags, commands);
            let text = RichText::new(format!("{tag} {}", ICON_CLOSE.codepoint)).size(size::SMALL);
            let name = tr.f("marks.remove-tag", &[("t", tag.clone())]);
            let button = ui.add(Button::new(text).corner_radius(9)).on_hover_text(&name).accessible_name(name);
            if button.clicked() {
                commands.push(Command::Write(Note::Untag(vec![id], tag.clone())));
            }
        }
        let others: Vec<Tag> = tags.iter().filter(|tag| !marks.tags.contains(&tag.name)).cloned().collect();
        if !others.is_empty() {
            let menu = ui.menu_button(ICON_LABEL.rich_text().size(16.0), |ui| {
                if let Some(name) = tags_menu(ui, tr, &others) {
                    commands.push(Command::Write(Note::Tag(vec![id], name)));
                    ui.close();
                }
            });
            menu.response.on_hover_text(tr.t("marks.choose-tag")).accessible_name(tr.t("marks.choose-tag"));
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

/// The dot in front of a tag: a click chooses its colour, or takes the tag off everything.
fn colour_ui(ui: &mut Ui, tr: Tr, name: &str, tags: &[Tag], commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let colour = tags.iter().find(|tag| tag.name == name).map_or(0, |tag| tag.colour);
    let dot = |colour: u32| RichText::new(ICON_CIRCLE.codepoint).size(14.0).color(palette.tag(colour));
    let menu = ui.menu_button(dot(colour), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().button_padding = egui::vec2(4.0, 2.0);
            for other in 0..Palette::TAG_COLOURS {
                let label = tr.f("marks.colour", &[("n", (other + 1).to_string())]);
                let button = ui.add(Button::new(dot(other)).selected(other == colour)).accessible_name(label);
                if button.clicked() {
                    commands.push(Command::Write(Note::TagColour(name.to_owned(), other)));
                    ui.close();
                }
            }
        });
        ui.separator();
        if ui.button(tr.f("marks.delete-tag", &[("t", name.to_owned())])).clicked() {
            commands.push(Command::Write(Note::DeleteTag(name.to_owned())));
            ui.close();
        }
    });
    let label = tr.f("marks.colour-of", &[("t", name.to_owned())]);
    menu.response.on_hover_text(&label).accessible_name(label);
}
