//! The imports so far, and the report of each: what became of every file. Reports stay in the archive.

use super::window_ui;
use crate::model::{FileOutcome, FileReport, ImportId, ImportReport, ImportSummary};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::panels::status;
use crate::ui::theme::{Palette, size};
use egui::{Context, RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_CHECK_CIRCLE, ICON_ERROR, ICON_INFO, ICON_WARNING};
use std::path::PathBuf;

/// What the dialog shows.
pub struct ImportsView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The imports, newest first.
    pub imports: &'a [ImportSummary],
    /// The report that is open.
    pub report: Option<&'a ImportReport>,
    /// Whether an import is under way (then none can be undone).
    pub is_importing: bool,
}

/// What the dialog keeps between frames.
#[derive(Debug, Default)]
pub struct ImportsState {
    /// Show only files with a problem.
    only_problems: bool,
    /// The import whose undoing waits for a second click.
    undo: Option<ImportId>,
}

/// Draws the dialog.
pub fn imports_ui(
    ctx: &Context,
    view: &ImportsView<'_>,
    state: &mut ImportsState,
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    window_ui(ctx, &view.tr.t("imports.title"), is_open, |ui| {
        if view.imports.is_empty() {
            ui.label(view.tr.t("imports.none"));
            return;
        }
        ScrollArea::vertical().id_salt("imports").max_height(150.0).show(ui, |ui| {
            for import in view.imports {
                import_ui(ui, view, import, state, commands);
            }
        });
        if let Some(report) = view.report {
            ui.separator();
            report_ui(ui, view.tr, report, state, commands);
        }
    });
}

fn import_ui(
    ui: &mut Ui,
    view: &ImportsView<'_>,
    import: &ImportSummary,
    state: &mut ImportsState,
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    ui.horizontal(|ui| {
        let when = local_time(&import.started_at);
        let text = tr.f(
            "imports.line",
            &[("when", when), ("pages", number(import.pages)), ("articles", number(import.articles))],
        );
        let is_shown = view.report.is_some_and(|r| r.id == Some(import.id));
        if ui.selectable_label(is_shown, text).clicked() {
            commands.push(Command::ShowReport(import.id));
        }
        if !import.is_finished {
            ui.label(RichText::new(tr.t("imports.unfinished")).size(size::SMALL).color(Palette::of(ui).warning));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let is_asked = state.undo == Some(import.id);
            let text = if is_asked { tr.t("imports.undo-sure") } else { tr.t("imports.undo") };
            let button = egui::Button::new(RichText::new(text).size(size::SMALL)).small();
            let response = ui.add_enabled(!view.is_importing, button).on_hover_text(tr.t("imports.undo-tip"));
            if response.clicked() {
                if is_asked {
                    commands.push(Command::UndoImport(import.id));
                    state.undo = None;
                } else {
                    state.undo = Some(import.id);
                }
            }
        });
    });
}

/// "2023-01-09 14:05" in the machine's time zone; the text as it is where it is no time.
fn local_time(rfc3339: &str) -> String {
    match rfc3339.parse::<jiff::Timestamp>() {
        Ok(time) => time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => rfc3339.to_owned(),
    }
}

fn report_ui(ui: &mut Ui, tr: Tr, report: &ImportReport, state: &mut ImportsState, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(status::summary(tr, report));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let again = problem_paths(report);
            if !again.is_empty()
                && ui.small_button(tr.t("report.again")).on_hover_text(tr.t("report.again-tip")).clicked()
            {
                commands.push(Command::PreviewFiles(again));
            }
            if ui.small_button(tr.t("report.copy")).clicked() {
                let lines: Vec<String> = report.files.iter().map(|file| line(tr, file)).collect();
                commands.push(Command::Copy(lines.join("\n")));
            }
        });
    });
    ui.checkbox(&mut state.only_problems, tr.t("report.only-problems"));
    let files: Vec<&FileReport> =
        report.files.iter().filter(|f| !state.only_problems || f.outcome.is_problem()).collect();
    if files.is_empty() {
        ui.label(tr.t("report.nothing"));
    }
    let palette = Palette::of(ui);
    ScrollArea::vertical().id_salt("report").max_height(320.0).auto_shrink([false, true]).show_rows(
        ui,
        40.0,
        files.len(),
        |ui, range| {
            for file in &files[range] {
                file_ui(ui, tr, file, &palette);
            }
        },
    );
}

/// The files with a problem, to be tried again; of a zip the whole of it.
fn problem_paths(report: &ImportReport) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        report.files.iter().filter(|file| file.outcome.is_problem()).map(|file| file.source.path.clone()).collect();
    paths.dedup();
    paths
}

fn file_ui(ui: &mut Ui, tr: Tr, file: &FileReport, palette: &Palette) {
    let (icon, color) = match &file.outcome {
        FileOutcome::Imported { warnings, .. } if !warnings.is_empty() => (ICON_WARNING, palette.warning),
        FileOutcome::Imported { .. } => (ICON_CHECK_CIRCLE, palette.good),
        FileOutcome::Duplicate { .. } | FileOutcome::Empty => (ICON_INFO, palette.weak),
        _ => (ICON_ERROR, palette.error),
    };
    ui.horizontal(|ui| {
        ui.set_height(34.0);
        ui.label(icon.rich_text().color(color).size(17.0));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let source = file.source.display();
            ui.add(egui::Label::new(RichText::new(file.source.file_name()).size(size::TEXT)).truncate())
                .on_hover_text(source);
            let text = outcome_text(tr, &file.outcome, file.encoding.as_deref());
            ui.add(egui::Label::new(RichText::new(&text).size(size::SMALL).color(color)).truncate())
                .on_hover_text(&text);
        });
    });
}

fn line(tr: Tr, file: &FileReport) -> String {
    format!("{}\t{}", file.source.display(), outcome_text(tr, &file.outcome, file.encoding.as_deref()))
}

/// What became of a file, in words that say what to do.
pub(super) fn outcome_text(tr: Tr, outcome: &FileOutcome, encoding: Option<&str>) -> String {
    match outcome {
        FileOutcome::Imported { pages, articles, known_pages, warnings } => {
            let encoding = encoding.unwrap_or_default().to_owned();
            let values =
                [("pages", number((*pages).into())), ("articles", number((*articles).into())), ("encoding", encoding)];
            let mut text = tr.f("outcome.imported", &values);
            if *known_pages > 0 {
                text.push_str(&tr.f("outcome.known-pages", &[("n", number((*known_pages).into()))]));
            }
            for (_, warning) in warnings {
                let kind = serde_json::to_value(warning.kind).ok();
                let name = kind.as_ref().and_then(|v| v.as_str()).unwrap_or_default();
                text.push_str(" · ");
                text.push_str(&tr.join("warning", name));
                if let Some(lines) = warning.lines {
                    text.push_str(
                        &tr.f("warning.lines", &[("a", lines.from.to_string()), ("b", lines.to.to_string())]),
                    );
                }
            }
            text
        }
        FileOutcome::Duplicate { of } => tr.f("outcome.duplicate", &[("of", of.clone())]),
        FileOutcome::Empty => tr.t("outcome.empty").into_owned(),
        FileOutcome::NotText { looks_like } => tr.f("outcome.not-text", &[("what", looks_like.clone())]),
        FileOutcome::Undecodable { guess, offset } => {
            tr.f("outcome.undecodable", &[("guess", guess.clone()), ("at", number(*offset))])
        }
        FileOutcome::TooLarge { size_bytes, limit_bytes } => {
            let mib = |bytes: u64| format!("{:.0}", bytes as f64 / 1048576.0);
            tr.f("outcome.too-large", &[("size", mib(*size_bytes)), ("limit", mib(*limit_bytes))])
        }
        FileOutcome::Refused { why } => tr.f("outcome.refused", &[("why", why.clone())]),
        FileOutcome::Unreadable { error } => tr.f("outcome.unreadable", &[("error", error.clone())]),
        FileOutcome::EngineFailed { error } => tr.f("outcome.engine-failed", &[("error", error.clone())]),
    }
}
