//! The bar at the bottom: how an import goes, what it did, and short news.

use crate::model::ImportReport;
use crate::ui::command::{Action, Command};
use crate::ui::i18n::{Tr, number};
use crate::ui::press::{PressCommand, PressSession};
use crate::ui::theme::{Palette, size};
use crate::worker::ProgressSnapshot;
use egui::{ProgressBar, RichText, Ui};
use egui_material_icons::icons::ICON_CLOSE;

/// A short message with its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// The message.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
}

/// What the bar shows.
pub struct StatusView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The import under way.
    pub import: Option<&'a ProgressSnapshot>,
    /// The report of the last import of this session.
    pub report: Option<&'a ImportReport>,
    /// The latest news.
    pub news: Option<&'a News>,
    /// The archive's file.
    pub archive: &'a str,
    /// Whether that cannot be written to and a copy is open.
    pub is_copy: bool,
    /// Exports.
    pub press: &'a PressSession,
}

/// Draws the bar.
pub fn status_ui(ui: &mut Ui, view: &StatusView<'_>, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        if let Some(figures) = view.import {
            import_ui(ui, tr, figures, commands);
        } else if let Some(report) = view.report {
            report_line_ui(ui, tr, report, &palette, commands);
        }
        export_ui(ui, tr, view.press, commands);
        if let Some(news) = view.news {
            let color = if news.is_error { palette.error } else { palette.text };
            ui.label(RichText::new(&news.text).size(size::SMALL).color(color));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if view.is_copy {
                let note = RichText::new(tr.t("notice.copied-short")).size(size::SMALL).color(palette.warning);
                ui.label(note).on_hover_text(tr.t("notice.copied"));
            }
            let archive = RichText::new(view.archive).size(size::SMALL).color(palette.weak);
            ui.add(egui::Label::new(archive).truncate()).on_hover_text(tr.t("status.archive"));
        });
    });
}

/// How an export goes, and what it left behind.
fn export_ui(ui: &mut Ui, tr: Tr, press: &PressSession, commands: &mut Vec<Command>) {
    let mut push = |command| commands.push(Command::Press(command));
    if let Some(export) = &press.export {
        let figures = &export.figures;
        let bar = ProgressBar::new(figures.fraction().unwrap_or(0.0)).desired_width(140.0).desired_height(12.0);
        ui.add(bar).accessible_name(tr.t("press.exporting"));
        let counts = [("done", number(figures.files_done)), ("total", number(figures.files_total))];
        ui.label(RichText::new(tr.f("press.progress", &counts)).size(size::SMALL));
        if ui.small_button(tr.t("press.cancel")).clicked() {
            push(PressCommand::CancelExport);
        }
    } else if let Some(finished) = &press.finished {
        let name = finished.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut text = tr.f("press.done", &[("n", number(finished.articles)), ("f", name)]);
        if finished.missing > 0 {
            text.push_str(&tr.f("press.gone", &[("n", finished.missing.to_string())]));
        }
        let label = egui::Label::new(RichText::new(text).size(size::SMALL).color(Palette::of(ui).good)).truncate();
        ui.scope(|ui| {
            ui.set_max_width(420.0);
            ui.add(label).on_hover_text(finished.path.display().to_string());
        });
        if ui.small_button(tr.t("press.open")).clicked() {
            push(PressCommand::Open(finished.path.clone()));
        }
        if ui.small_button(tr.t("press.show-in-folder")).clicked() {
            push(PressCommand::ShowInFolder(finished.path.clone()));
        }
        let close = egui::Button::new(ICON_CLOSE.rich_text().size(size::SMALL)).frame(false);
        if ui.add(close).on_hover_text(tr.t("press.dismiss")).accessible_name(tr.t("press.dismiss")).clicked() {
            push(PressCommand::Dismiss);
        }
    }
}

fn import_ui(ui: &mut Ui, tr: Tr, figures: &ProgressSnapshot, commands: &mut Vec<Command>) {
    let bar = ProgressBar::new(figures.fraction().unwrap_or(0.0)).desired_width(180.0).desired_height(12.0);
    ui.add(bar).accessible_name(tr.t("status.importing"));
    let mut text = if figures.files_total == 0 {
        tr.t("status.counting").into_owned()
    } else {
        tr.f(
            "status.progress",
            &[
                ("done", number(figures.files_done)),
                ("total", number(figures.files_total)),
                ("articles", number(figures.articles)),
                ("rate", format!("{:.0}", figures.pages as f64 / figures.elapsed.as_secs_f64().max(0.001))),
            ],
        )
    };
    if let Some(left) = figures.time_left() {
        text.push_str(" · ");
        text.push_str(&tr.f("status.left", &[("t", duration(tr, left.as_secs() + 1))]));
    }
    if figures.problems > 0 {
        text.push_str(" · ");
        text.push_str(&tr.f("status.problems", &[("n", number(figures.problems))]));
    }
    ui.label(RichText::new(text).size(size::SMALL)).on_hover_text(&figures.current);
    let pause = if figures.is_paused { tr.t("status.resume") } else { tr.t("status.pause") };
    if ui.small_button(pause).on_hover_text(Action::PauseImport.tip(tr)).clicked() {
        commands.push(Command::Do(Action::PauseImport));
    }
    if ui.small_button(tr.t("status.cancel")).on_hover_text(Action::CancelImport.tip(tr)).clicked() {
        commands.push(Command::Do(Action::CancelImport));
    }
}

fn report_line_ui(ui: &mut Ui, tr: Tr, report: &ImportReport, palette: &Palette, commands: &mut Vec<Command>) {
    let color = if report.problems > 0 { palette.warning } else { palette.good };
    ui.label(RichText::new(summary(tr, report)).size(size::SMALL).color(color));
    if let Some(id) = report.id
        && ui.small_button(tr.t("status.report")).clicked()
    {
        commands.push(Command::ShowReport(id));
    }
}

/// What an import did, in one line.
pub fn summary(tr: Tr, report: &ImportReport) -> String {
    let mut parts = vec![tr.f(
        if report.cancelled { "report.cancelled" } else { "report.done" },
        &[("pages", number(report.pages)), ("articles", number(report.articles))],
    )];
    if report.duplicates > 0 {
        parts.push(tr.f("report.duplicates", &[("n", number(report.duplicates))]));
    }
    if report.problems > 0 {
        parts.push(tr.f("report.problems", &[("n", number(report.problems))]));
    }
    parts.join(&*tr.t("report.join"))
}

/// A time span in minutes and seconds.
fn duration(tr: Tr, seconds: u64) -> String {
    if seconds < 60 {
        tr.f("status.seconds", &[("s", seconds.to_string())])
    } else {
        tr.f("status.minutes", &[("m", (seconds / 60).to_string()), ("s", (seconds % 60).to_string())])
    }
}
