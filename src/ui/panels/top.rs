//! The bar on top: search box, order, import, views, help.

use crate::model::{SearchRequest, Sort};
use crate::ui::command::{Action, Command};
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{action_button, icon_button};
use crate::worker::{Shelf, Suggestion};
use egui::text::{CCursor, CCursorRange};
use egui::{Align, Context, Id, Layout, RichText, TextEdit, Ui};
use egui_material_icons::icons::{ICON_MORE_VERT, ICON_SEARCH};

/// What the bar shows.
pub struct TopView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The search as it stands.
    pub search: &'a SearchRequest,
    /// How the query was read, where that is not plain.
    pub reading: Option<String>,
    /// Whether the archive answers.
    pub is_open: bool,
    /// Whether the filter panel is shown.
    pub shows_filters: bool,
    /// Whether the list is shown.
    pub shows_list: bool,
    /// Whether the reader is shown.
    pub shows_reader: bool,
    /// Basket, saved and recent searches.
    pub shelf: &'a Shelf,
    /// Suggestions and the text they are for.
    pub suggestions: &'a (String, Vec<Suggestion>),
}

/// What the bar keeps between frames.
#[derive(Debug, Default)]
pub struct TopState {
    /// Edit buffer of the search box.
    text: String,
    /// The query the buffer was last set from or sent as.
    seen: String,
    /// The search box wants the focus at the next frame.
    wants_focus: bool,
    /// Something was typed, and nothing was done since that puts the suggestions away.
    suggests: bool,
    /// The suggestions stand below the field.
    shows_suggestions: bool,
}

impl TopState {
    /// Puts the suggestions away until something is typed again.
    pub fn hush(&mut self) {
        self.suggests = false;
    }

    /// Puts the cursor into the search box at the next frame.
    pub fn focus_search(&mut self) {
        self.wants_focus = true;
    }
}

/// Puts the cursor into the search box and selects what stands there, so that typing begins anew.
pub fn focus_search_box(ctx: &Context, state: &TopState) {
    let id = search_box_id();
    ctx.memory_mut(|memory| memory.request_focus(id));
    let mut edit = TextEdit::load_state(ctx, id).unwrap_or_default();
    let end = CCursor::new(state.text.chars().count());
    edit.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    edit.store(ctx, id);
}

/// Id of the search box.
pub fn search_box_id() -> Id {
    Id::unique("search-box")
}

/// Draws the bar.
pub fn top_ui(ui: &mut Ui, view: &TopView<'_>, state: &mut TopState, commands: &mut Vec<Command>) {
    let tr = view.tr;
    if state.seen != view.search.query {
        state.text.clone_from(&view.search.query);
        state.seen.clone_from(&view.search.query);
    }
    // All of one height, so that the row is centred.
    ui.spacing_mut().interact_size.y = 34.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        icon_button(ui, Action::ToggleFilters, tr, true, view.shows_filters, commands);
        icon_button(ui, Action::ToggleList, tr, true, view.shows_list, commands);
        icon_button(ui, Action::ToggleReader, tr, true, view.shows_reader, commands);
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            menu_ui(ui, tr, commands);
            action_button(ui, Action::ImportFolder, tr, view.is_open, commands);
            action_button(ui, Action::ImportFiles, tr, view.is_open, commands);
            basket_button_ui(ui, tr, view.shelf.basket.len(), commands);
            sort_ui(ui, view, commands);
            super::searches::searches_ui(ui, tr, view.search, view.shelf, commands);
            search_box_ui(ui, view, state, commands);
        });
    });
    if let Some(reading) = &view.reading {
        ui.label(RichText::new(reading).size(size::SMALL).color(Palette::of(ui).weak));
    }
}

fn search_box_ui(ui: &mut Ui, view: &TopView<'_>, state: &mut TopState, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let palette = Palette::of(ui);
    let has_text = !state.text.is_empty();
    if has_text {
        let clear = egui::Button::new(Action::ClearAll.icon().rich_text().color(palette.weak)).frame(false);
        let response = ui.add(clear).on_hover_text(tr.t("search.clear")).accessible_name(tr.t("search.clear"));
        if response.clicked() {
            commands.push(Command::SetQuery(String::new()));
            state.wants_focus = true;
        }
    }
    let width = ui.available_width().max(120.0);
    let edit = TextEdit::singleline(&mut state.text)
        .id(search_box_id())
        .hint_text(tr.t("search.hint").into_owned())
        .prefix(ICON_SEARCH.rich_text().size(17.0).color(palette.weak))
        .desired_width(width)
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(edit).accessible_name(tr.t("search.name"));
    if std::mem::take(&mut state.wants_focus) {
        response.request_focus();
    }
    state.suggests |= response.changed();
    if state.shows_suggestions && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        // The first Escape puts the suggestions away, the next one leaves the field.
        state.suggests = false;
        response.request_focus();
    }
    state.shows_suggestions =
        state.suggests && super::suggestions::suggestions_ui(&response, tr, &state.text, view.suggestions, commands);
    state.suggests &= response.has_focus();
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        commands.push(Command::FocusList);
    }
    if response.changed() && state.text != state.seen {
        state.seen.clone_from(&state.text);
        commands.push(Command::SetQuery(state.text.clone()));
    }
}

fn basket_button_ui(ui: &mut Ui, tr: Tr, count: usize, commands: &mut Vec<Command>) {
    let action = Action::ShowBasket;
    let number = if count > 0 { format!(" {count}") } else { String::new() };
    let text = RichText::new(format!("{}{number}", action.icon().codepoint)).size(17.0);
    let response = ui.button(text).on_hover_text(action.tip(tr)).accessible_name(action.text(tr));
    if response.clicked() {
        commands.push(Command::Do(action));
    }
}

fn sort_ui(ui: &mut Ui, view: &TopView<'_>, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let name = |sort| match sort {
        Sort::Newest => tr.t("sort.newest"),
        Sort::Oldest => tr.t("sort.oldest"),
        Sort::Relevance => tr.t("sort.relevance"),
    };
    let mut chosen = view.search.sort;
    let response = egui::ComboBox::from_id_salt("sort").selected_text(name(chosen)).width(96.0).show_ui(ui, |ui| {
        for sort in [Sort::Newest, Sort::Oldest, Sort::Relevance] {
            ui.selectable_value(&mut chosen, sort, name(sort));
        }
    });
    response.response.on_hover_text(tr.t("sort.tip")).accessible_name(tr.t("sort.tip"));
    if chosen != view.search.sort {
        commands.push(Command::SetSort(chosen));
    }
}

fn menu_ui(ui: &mut Ui, tr: Tr, commands: &mut Vec<Command>) {
    let response = ui.menu_button(ICON_MORE_VERT.rich_text().size(18.0), |ui| {
        let actions = [
            Action::Export,
            Action::Print,
            Action::OpenSet,
            Action::ShowImports,
            Action::WatchFolder,
            Action::ShowRepairs,
            Action::ShowSettings,
            Action::ShowShortcuts,
            Action::ShowAbout,
        ];
        for action in actions {
            let text = format!("{}  {}", action.icon().codepoint, action.text(tr));
            let shortcut = action.shortcut().map(crate::ui::command::shortcut_text).unwrap_or_default();
            if ui.add(egui::Button::new(text).shortcut_text(shortcut)).clicked() {
                commands.push(Command::Do(action));
                ui.close();
            }
        }
    });
    response.response.on_hover_text(tr.t("menu.more")).accessible_name(tr.t("menu.more"));
}
