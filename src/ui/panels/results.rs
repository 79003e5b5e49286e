//! The result list: headline with hits, source line, snippet; virtual, so that its length does not matter.

use super::row::{RowView, row_ui};
use crate::model::{ArticleId, LooseHits, SearchRequest};
use crate::ui::command::Command;
use crate::ui::density::Density;
use crate::ui::i18n::{Tr, number};
use crate::ui::press::{PressCommand, Scope};
use crate::ui::results::ResultList;
use crate::ui::selection::Selection;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{VirtualListState, virtual_list};
use crate::worker::{Tag, Why};
use egui::{Align, Layout, RichText, Ui};
use egui_material_icons::icons::{
    ICON_DENSITY_LARGE, ICON_DENSITY_MEDIUM, ICON_DENSITY_SMALL, ICON_FILE_SAVE, ICON_PRINT,
};
use std::ops::Range;

/// What the list shows.
pub struct ResultsView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The result.
    pub list: &'a ResultList,
    /// The selected rows.
    pub selection: &'a Selection,
    /// How close the rows stand.
    pub density: Density,
    /// Every tag there is.
    pub tags: &'a [Tag],
    /// The open article.
    pub open: Option<ArticleId>,
    /// Whether something is searched or filtered for.
    pub is_narrowed: bool,
    /// The search as it stands; its filters are shown as chips.
    pub search: &'a SearchRequest,
    /// Why nothing was found, once that is known.
    pub why: Option<&'a Why>,
    /// Where the search is found outside of articles.
    pub loose: &'a LooseHits,
    /// Whether those places are listed.
    pub shows_loose: bool,
}

/// Draws the list and returns the rows in view.
pub fn results_ui(
    ui: &mut Ui,
    view: &ResultsView<'_>,
    state: &mut VirtualListState,
    commands: &mut Vec<Command>,
) -> Range<u64> {
    let tr = view.tr;
    let palette = Palette::of(ui);
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 6, bottom: 4 }).show(ui, |ui| {
        // Of one height with and without a selection, so that the rows do not jump.
        ui.spacing_mut().interact_size.y = 28.0;
        if view.selection.is_many() {
            super::selected::selected_ui(ui, tr, view.selection, view.tags, commands);
            return;
        }
        ui.horizontal(|ui| {
            let key = if view.is_narrowed { "list.hits" } else { "list.count" };
            let text = tr.f(key, &[("n", number(view.list.len()))]);
            ui.label(RichText::new(text).size(size::SMALL).color(palette.weak));
            if view.list.is_waiting() {
                ui.label(RichText::new(tr.t("list.waiting")).size(size::SMALL).color(palette.weak));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                density_ui(ui, view, commands);
                ui.add_space(8.0);
                take_away_ui(ui, view, commands);
            });
        });
    });
    // Where no article is found, these places are all there is.
    let shows_loose = view.shows_loose || (view.list.is_empty() && !view.list.is_waiting());
    super::loose::loose_ui(ui, tr, view.loose, shows_loose, commands);
    super::chips::chips_ui(ui, tr, &view.search.filter, commands);
    if view.list.is_empty() && !view.list.is_waiting() {
        nothing_ui(ui, view, commands);
        return 0..0;
    }
    virtual_list(ui, "results", state, view.density.row_height(), view.list.len(), |ui, state, index| {
        match view.list.row(index) {
            Some(row) => {
                let row = RowView {
                    tr,
                    index,
                    row,
                    marks: view.list.marks(index),
                    density: view.density,
                    is_open: view.open == Some(row.id),
                    is_selected: view.selection.contains(row.id),
                    is_part_of_many: view.selection.is_many() && view.selection.contains(row.id),
                    tags: view.tags,
                };
                row_ui(ui, &row, &palette, state, commands);
            }
            // The block is on its way; a quiet line keeps the place.
            None => {
                ui.label(RichText::new("…").color(palette.weak));
            }
        }
    })
}

/// Export and print of what is listed.
fn take_away_ui(ui: &mut Ui, view: &ResultsView<'_>, commands: &mut Vec<Command>) {
    if view.list.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.x = 4.0;
    ui.spacing_mut().button_padding = egui::vec2(3.0, 1.0);
    let scope = Scope::Result;
    let buttons = [
        (ICON_PRINT, view.tr.t("list.print"), PressCommand::ShowPreview(scope.clone())),
        (ICON_FILE_SAVE, view.tr.t("list.export"), PressCommand::ShowExport(scope)),
    ];
    for (icon, name, command) in buttons {
        let button =
            egui::Button::new(icon.rich_text().size(16.0).color(Palette::of(ui).weak)).frame_when_inactive(false);
        if ui.add(button).on_hover_text(&*name).accessible_name(&*name).clicked() {
            commands.push(Command::Press(command));
        }
    }
}

fn nothing_ui(ui: &mut Ui, view: &ResultsView<'_>, commands: &mut Vec<Command>) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(view.tr.t("list.nothing")).color(Palette::of(ui).weak));
        if view.is_narrowed {
            ui.label(RichText::new(view.tr.t("list.nothing-hint")).size(size::SMALL).color(Palette::of(ui).weak));
            if ui.button(view.tr.t("list.clear-all")).clicked() {
                commands.push(Command::Do(crate::ui::command::Action::ClearAll));
            }
        }
    });
    if let Some(why) = view.why {
        super::why::why_ui(ui, view.tr, view.search, why, commands);
    }
}

/// Three buttons for how close the rows stand.
fn density_ui(ui: &mut Ui, view: &ResultsView<'_>, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    ui.spacing_mut().button_padding = egui::vec2(3.0, 1.0);
    let palette = Palette::of(ui);
    for density in Density::ALL.into_iter().rev() {
        let is_on = density == view.density;
        let icon = match density {
            Density::Comfortable => ICON_DENSITY_LARGE,
            Density::Snug => ICON_DENSITY_MEDIUM,
            Density::Compact => ICON_DENSITY_SMALL,
        };
        let icon = icon.rich_text().size(16.0).color(if is_on { palette.accent } else { palette.weak });
        let name = view.tr.join("density", density.name());
        let response = ui.add(egui::Button::new(icon).frame_when_inactive(false)).on_hover_text(&name);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name));
        if response.clicked() {
            commands.push(Command::SetDensity(density));
        }
    }
}
