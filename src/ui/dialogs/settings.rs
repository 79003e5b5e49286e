//! Settings: language, theme, type size, place list.

use super::window_ui;
use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Lang, Tr};
use crate::ui::saved::Saved;
use crate::ui::theme::{Palette, ThemeChoice, size};
use crate::ui::widgets::icon_button;
use egui::{Context, RichText};

/// What the dialog shows.
pub struct SettingsView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The settings as they stand.
    pub saved: &'a Saved,
    /// City and number of towns of the place list in use.
    pub places: &'a (Option<String>, usize),
    /// Whether the writer is busy.
    pub is_importing: bool,
}

/// Draws the dialog.
pub fn settings_ui(ctx: &Context, view: &SettingsView<'_>, is_open: &mut bool, commands: &mut Vec<Command>) {
    let tr = view.tr;
    window_ui(ctx, &tr.t("settings.title"), is_open, |ui| {
        egui::Grid::new("settings").num_columns(2).spacing([24.0, 12.0]).show(ui, |ui| {
            ui.label(tr.t("settings.language"));
            ui.horizontal(|ui| {
                for (lang, name) in Lang::ALL {
                    if ui.selectable_label(view.saved.lang == lang, name).clicked() {
                        commands.push(Command::SetLanguage(lang));
                    }
                }
            });
            ui.end_row();
            ui.label(tr.t("settings.theme"));
            ui.horizontal(|ui| {
                for theme in ThemeChoice::ALL {
                    let name = match theme {
                        ThemeChoice::System => tr.t("settings.theme-system"),
                        ThemeChoice::Light => tr.t("settings.theme-light"),
                        ThemeChoice::Dark => tr.t("settings.theme-dark"),
                    };
                    if ui.selectable_label(view.saved.theme == theme, name).clicked() {
                        commands.push(Command::SetTheme(theme));
                    }
                }
            });
            ui.end_row();
            ui.label(tr.t("settings.type-size"));
            ui.horizontal(|ui| {
                icon_button(ui, Action::SmallerType, tr, true, false, commands);
                ui.label(format!("{:.0}", view.saved.reader_size));
                icon_button(ui, Action::LargerType, tr, true, false, commands);
            });
            ui.end_row();
            ui.label(tr.t("settings.import"));
            ui.vertical(|ui| import_ui(ui, view, commands));
            ui.end_row();
            ui.label(tr.t("settings.places"));
            ui.vertical(|ui| places_ui(ui, view, commands));
            ui.end_row();
        });
    });
}

fn import_ui(ui: &mut egui::Ui, view: &SettingsView<'_>, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let mut previews = view.saved.previews_imports;
    if ui.checkbox(&mut previews, tr.t("settings.previews")).changed() {
        commands.push(Command::SetPreviews(previews));
    }
    ui.add_space(4.0);
    let folder = view.saved.watched.as_ref().map(|folder| folder.display().to_string());
    ui.label(folder.unwrap_or_else(|| tr.t("settings.no-watch").into_owned()));
    ui.label(RichText::new(tr.t("settings.watch-tip")).size(size::SMALL).color(Palette::of(ui).weak));
    ui.horizontal(|ui| {
        if ui.button(tr.t("settings.watch-choose")).clicked() {
            commands.push(Command::Do(Action::WatchFolder));
        }
        if ui.add_enabled(view.saved.watched.is_some(), egui::Button::new(tr.t("settings.watch-stop"))).clicked() {
            commands.push(Command::Watch(None));
        }
    });
}

fn places_ui(ui: &mut egui::Ui, view: &SettingsView<'_>, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let file = view.saved.places.as_ref().map(|path| path.display().to_string());
    ui.label(file.unwrap_or_else(|| tr.t("settings.places-builtin").into_owned()));
    let (city, towns) = view.places;
    let city = city.clone().unwrap_or_else(|| "–".to_owned());
    let about = tr.f("settings.places-about", &[("city", city), ("n", towns.to_string())]);
    ui.label(RichText::new(about).size(size::SMALL).color(Palette::of(ui).weak));
    ui.horizontal(|ui| {
        if ui.button(tr.t("settings.places-choose")).clicked() {
            commands.push(Command::ChoosePlaces);
        }
        if ui.add_enabled(view.saved.places.is_some(), egui::Button::new(tr.t("settings.places-reset"))).clicked() {
            commands.push(Command::BuiltinPlaces);
        }
        let rebuild = egui::Button::new(tr.t("settings.rebuild"));
        if ui.add_enabled(!view.is_importing, rebuild).on_hover_text(tr.t("settings.rebuild-tip")).clicked() {
            commands.push(Command::Rebuild);
        }
    });
}
