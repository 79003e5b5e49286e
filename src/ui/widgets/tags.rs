//! Choosing a tag from those there are, or a new one.

use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::worker::Tag;
use egui::{Button, Id, Key, RichText, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons::ICON_CIRCLE;

/// The contents of a menu of tags; returns the name that was chosen or typed.
pub fn tags_menu(ui: &mut Ui, tr: Tr, tags: &[Tag]) -> Option<String> {
    let palette = Palette::of(ui);
    ui.label(RichText::new(tr.t("marks.add-tag")).size(size::SMALL).color(palette.weak));
    let mut chosen = None;
    ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for tag in tags {
            let dot = RichText::new(ICON_CIRCLE.codepoint).size(12.0).color(palette.tag(tag.colour));
            ui.horizontal(|ui| {
                ui.label(dot);
                if ui.add(Button::new(&tag.name).frame_when_inactive(false)).clicked() {
                    chosen = Some(tag.name.clone());
                }
            });
        }
    });
    // The text belongs to the menu that is open; it goes when a tag was made of it.
    let id = Id::unique("new-tag-text");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text).hint_text(tr.t("marks.new-tag").into_owned()).desired_width(150.0);
    let response = ui.add(edit).accessible_name(tr.t("marks.new-tag"));
    if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) && !text.trim().is_empty() {
        chosen = Some(text.trim().to_owned());
        text.clear();
    }
    ui.data_mut(|data| data.insert_temp(id, text));
    chosen
}
