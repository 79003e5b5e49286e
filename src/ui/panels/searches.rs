//! The menu of saved and recent searches.

use crate::model::SearchRequest;
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::worker::{Note, Shelf};
use egui::{Button, RichText, Ui};
use egui_material_icons::icons::{ICON_BOOKMARK, ICON_DELETE};

/// Recent searches that are listed.
const RECENT: usize = 10;

/// Draws the menu.
pub fn searches_ui(ui: &mut Ui, tr: Tr, search: &SearchRequest, shelf: &Shelf, commands: &mut Vec<Command>) {
    let response = ui.menu_button(ICON_BOOKMARK.rich_text().size(18.0), |ui| {
        ui.set_min_width(220.0);
        let is_narrowed = *search != SearchRequest { sort: search.sort, ..SearchRequest::default() };
        if ui.add_enabled(is_narrowed, Button::new(tr.t("searches.save"))).clicked() {
            commands.push(Command::Write(Note::SaveSearch(name(tr, search), search.clone())));
            ui.close();
        }
        ui.separator();
        heading(ui, &tr.t("searches.saved"));
        if shelf.searches.is_empty() {
            heading(ui, &tr.t("searches.none"));
        }
        for saved in &shelf.searches {
            ui.horizontal(|ui| {
                if ui.add(Button::new(&saved.name).frame(false)).clicked() {
                    commands.push(Command::SetSearch(saved.request.clone()));
                    ui.close();
                }
                let delete = tr.f("searches.delete", &[("s", saved.name.clone())]);
                let button = ui.add(Button::new(ICON_DELETE.rich_text()).frame(false)).on_hover_text(&delete);
                if button.accessible_name(delete).clicked() {
                    commands.push(Command::Write(Note::DeleteSearch(saved.id)));
                }
            });
        }
        if !shelf.history.is_empty() {
            ui.separator();
            heading(ui, &tr.t("searches.recent"));
        }
        for query in shelf.history.iter().take(RECENT) {
            if ui.add(Button::new(query).frame(false)).clicked() {
                commands.push(Command::SetQuery(query.clone()));
                ui.close();
            }
        }
    });
    response.response.on_hover_text(tr.t("searches.menu")).accessible_name(tr.t("searches.menu"));
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(size::SMALL).color(Palette::of(ui).weak));
}

/// A name for a search: its words and filters.
fn name(tr: Tr, search: &SearchRequest) -> String {
    let filters = super::chips::chips(tr, &search.filter).into_iter().map(|(text, _)| text);
    let query = Some(search.query.trim().to_owned()).filter(|q| !q.is_empty());
    let parts: Vec<String> = query.into_iter().chain(filters).collect();
    if parts.is_empty() { tr.t("searches.everything").into_owned() } else { parts.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Filter;

    #[test]
    fn a_search_is_named_after_its_words_and_filters() {
        let filter = Filter { towns: vec!["甲镇".into()], ..Filter::default() };
        let search = SearchRequest { query: " 路灯 ".into(), filter, ..SearchRequest::default() };
        assert_eq!(name(Tr::default(), &search), "路灯 · 甲镇");
        assert_eq!(name(Tr::default(), &SearchRequest::default()), "全部稿件");
    }
}
