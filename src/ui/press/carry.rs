//! How the app exports, lays out and prints.

use super::scope::{ScopeChoice, title_of};
use super::{Arrived, Finished, PressCommand, RunningExport, Scope, Sheets};
use crate::model::Selection;
use crate::ui::app::App;
use crate::ui::dialogs::export::ExportState;
use crate::ui::dialogs::preview::PreviewState;
use crate::ui::files::Picked;
use crate::worker::export::{ExportPlan, ExportReport, Format, file_name, safe_name};
use crate::worker::print::{Outcome, PrintError, PrintJob};
use crate::worker::sets::OpenedSet;
use crate::worker::{Copying, LaidOut, Note, Progress, Request, Ticket, Words, WorkerError};
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often the figures of a running export are drawn.
const FIGURES: Duration = Duration::from_millis(150);

impl App {
    pub(in crate::ui) fn press(&mut self, command: PressCommand, ctx: &Context) {
        match command {
            PressCommand::ShowExport(scope) => self.show_export(scope),
            PressCommand::ShowPreview(scope) => self.show_preview(scope),
            PressCommand::Export => self.export(false),
            PressCommand::Replace => self.export(true),
            PressCommand::CancelExport => {
                if let Some(export) = &self.session.press.export {
                    export.progress.cancel();
                }
            }
            PressCommand::ChoosePlace => self.choose_place(ctx),
            PressCommand::ChooseTemplate => {
                let asked = self.files.template(ctx, self.tr());
                self.tell_if_failed(asked);
            }
            PressCommand::LayOut => self.lay_out(),
            PressCommand::DrawPage(page, pixels_per_point) => {
                if let Some(sheets) = &mut self.session.press.sheets {
                    sheets.ask(page, pixels_per_point);
                    let of = sheets.ticket;
                    self.backend.send(Request::DrawPage { of, page, pixels_per_point });
                }
            }
            PressCommand::Print => self.print(),
            PressCommand::SaveAsPdf => self.save_as_pdf(),
            PressCommand::FindPrinters => {
                self.session.press.printers = None;
                self.backend.send(Request::Printers);
            }
            PressCommand::Open(path) => {
                let asked = self.files.open(ctx, path);
                self.tell_if_failed(asked);
            }
            PressCommand::ShowInFolder(path) => {
                let asked = self.files.reveal(ctx, path);
                self.tell_if_failed(asked);
            }
            PressCommand::OpenSet(path) => {
                self.backend.send(Request::OpenSet(path));
            }
            PressCommand::CopyCitations(scope) => {
                let choice = self.scopes().into_iter().find(|choice| choice.scope == scope);
                if let Some(ScopeChoice { selection, .. }) = choice {
                    self.backend.send(Request::Words { selection, what: Copying::Citations });
                }
            }
            PressCommand::Dismiss => self.session.press.finished = None,
        }
    }

    /// What can be taken away now.
    fn scopes(&self) -> Vec<ScopeChoice> {
        ScopeChoice::all(
            self.article_id(),
            self.selected_ids(),
            self.session.shelf.basket.len() as u64,
            (self.session.results.len(), &self.saved.search),
            self.session.shelf.searches.iter().map(|search| search.name.clone()),
        )
    }

    /// The scope that is meant when nobody says: the selected rows when there are several, else the open article, else all.
    pub(in crate::ui) fn likely_scope(&self) -> Scope {
        if self.selected_ids().len() > 1 {
            Scope::Selected
        } else if self.article_id().is_some() {
            Scope::Open
        } else {
            Scope::Result
        }
    }

    fn title_for(&self, scope: &Scope) -> String {
        let title = match scope {
            Scope::Open => None,
            Scope::Saved(name) => Some(name.clone()),
            Scope::Basket => None,
            Scope::Selected | Scope::Result => title_of(&self.saved.search),
        };
        title.unwrap_or_else(|| self.tr().t("press.booklet").into_owned())
    }

    fn show_export(&mut self, scope: Scope) {
        let scopes = self.scopes();
        if scopes.is_empty() {
            self.session.tell(self.tr().t("press.nothing").into_owned());
            return;
        }
        let title = self.title_for(&scope);
        let mut state = ExportState::new(scope, scopes, self.saved.press.clone(), title);
        state.suggest(&self.suggested_path(&state));
        self.dialogs.export = Some(state);
    }

    /// Where to an export goes unless somebody says otherwise.
    fn suggested_path(&self, state: &ExportState) -> PathBuf {
        let folder = self.saved.press.folder.clone().or_else(|| {
            let folders = directories::UserDirs::new()?;
            Some(folders.document_dir().unwrap_or(folders.home_dir()).to_owned())
        });
        let day = jiff::Zoned::now().date();
        let extension = state.choices.format.extension();
        let name = match (&state.scope, &self.session.article) {
            (Scope::Open, Some(article)) => file_name(article, extension),
            _ => safe_name(&format!("{} {day}", state.title.trim()), extension),
        };
        folder.unwrap_or_default().join(name)
    }

    /// Keeps the suggested place in step with what is chosen in the dialog.
    fn follow_export_dialog(&mut self) {
        let Some(state) = &self.dialogs.export else { return };
        if state.wants_suggestion() {
            let title = state.is_another_scope().then(|| self.title_for(&state.scope));
            let mut state = state.clone();
            if let Some(title) = title {
                state.set_title(title);
            }
            state.suggest(&self.suggested_path(&state));
            self.dialogs.export = Some(state);
        }
    }

    fn choose_place(&mut self, ctx: &Context) {
        let Some(state) = &self.dialogs.export else { return };
        let path = PathBuf::from(state.path.trim());
        let asked = if state.is_folder() {
            self.files.export_folder(ctx, self.tr(), path.parent())
        } else {
            self.files.export_file(ctx, self.tr(), &path, state.choices.format)
        };
        self.tell_if_failed(asked);
    }

    fn tell_if_failed(&mut self, asked: std::io::Result<()>) {
        if let Err(error) = asked {
            self.session.tell_error(error.to_string());
        }
    }

    /// Takes what was chosen in a system dialog.
    pub(in crate::ui) fn take_picked_for_press(&mut self, picked: Picked) {
        match picked {
            Picked::Place(path) => {
                if let Some(state) = &mut self.dialogs.export {
                    state.choose(&path);
                }
            }
            Picked::Template(path) => {
                self.saved.press.template = Some(path.clone());
                if let Some(state) = &mut self.dialogs.export {
                    state.choices.template = Some(path);
                }
            }
            Picked::Set(path) => {
                self.backend.send(Request::OpenSet(path));
            }
            Picked::NotShown(path) => {
                let words = self.tr().f("press.not-shown", &[("f", path.display().to_string())]);
                self.session.tell_error(words);
            }
            Picked::NoDialog => self.session.tell_error(self.tr().t("dialog.none").into_owned()),
            Picked::Import(_) | Picked::Places(_) | Picked::Watch(_) => {}
        }
    }

    fn export(&mut self, replaces: bool) {
        if self.session.press.export.is_some() {
            self.session.tell_error(self.tr().t("press.busy").into_owned());
            return;
        }
        let Some(state) = &mut self.dialogs.export else { return };
        let Some(selection) = state.selection() else { return };
        let output = absolute(state.path.trim());
        // The system's dialog has asked already; a typed name has not been looked at by anybody.
        if !state.is_folder() && !replaces && !state.is_chosen() && output.exists() {
            state.asks_to_replace = true;
            return;
        }
        let plan = ExportPlan {
            selection,
            format: state.choices.format,
            options: state.choices.options(&state.title),
            is_one_file_each: state.is_folder(),
            output,
        };
        self.saved.press = state.choices.clone();
        self.saved.press.folder = plan.output.parent().map(Path::to_owned);
        self.dialogs.export = None;
        let progress: Arc<Progress> = Arc::default();
        self.session.press.finished = None;
        let ticket = self.backend.send(Request::Export { plan: Box::new(plan), progress: progress.clone() });
        let figures = progress.snapshot();
        self.session.press.export = Some(RunningExport { ticket, progress, figures });
    }

    pub(in crate::ui) fn export_ended(&mut self, report: &ExportReport) {
        self.session.press.export = None;
        match &report.written {
            Some(written) => {
                self.session.press.finished = Some(Finished {
                    path: written.path.clone(),
                    articles: written.articles,
                    missing: report.missing.len(),
                });
            }
            None => self.session.tell(self.tr().t("press.nothing").into_owned()),
        }
    }

    fn show_preview(&mut self, scope: Scope) {
        let scopes = self.scopes();
        if scopes.is_empty() {
            self.session.tell(self.tr().t("press.nothing").into_owned());
            return;
        }
        let title = self.title_for(&scope);
        self.dialogs.export = None;
        self.dialogs.preview = Some(PreviewState::new(scope, scopes, self.saved.press.clone(), title));
        self.backend.send(Request::Printers);
        self.lay_out();
    }

    fn lay_out(&mut self) {
        let Some(state) = &self.dialogs.preview else { return };
        let Some(selection) = state.selection() else { return };
        if let Some(old) = &self.session.press.sheets {
            old.progress.cancel();
        }
        self.saved.press = state.choices.clone();
        let progress: Arc<Progress> = Arc::default();
        let options = Box::new(state.choices.options(&state.title));
        let ticket = self.backend.send(Request::LayOut { selection, options, progress: progress.clone() });
        self.session.press.sheets = Some(Sheets::new(ticket, progress));
    }

    pub(in crate::ui) fn laid_out(&mut self, ticket: Ticket, made: LaidOut) {
        if let Some(sheets) = self.session.press.sheets.as_mut().filter(|sheets| sheets.ticket == ticket) {
            sheets.pages = Some(made.pages);
        }
    }

    fn print(&mut self) {
        let Some(state) = &self.dialogs.preview else { return };
        let Some(sheets) = self.session.press.sheets.as_ref() else { return };
        let count = sheets.pages.as_ref().map_or(0, Vec::len);
        let Ok(pages) = state.pages(count) else { return };
        let job = PrintJob {
            printer: state.choices.printer.clone(),
            copies: state.copies,
            duplex: state.choices.duplex,
            paper: state.choices.paper,
            title: state.title.clone(),
        };
        self.saved.press = state.choices.clone();
        let of = sheets.ticket;
        self.backend.send(Request::Print { of, pages, job });
        self.session.tell(self.tr().t("press.printing").into_owned());
    }

    pub(in crate::ui) fn printed(&mut self, outcome: Outcome, pages: u64) {
        let n = ("n", crate::ui::i18n::number(pages));
        let text = match outcome {
            Outcome::Queued(Some(job)) => self.tr().f("press.printed-as", &[n, ("job", job)]),
            Outcome::Queued(None) => self.tr().f("press.printed", &[n]),
            Outcome::Opened => self.tr().t("press.opened-to-print").into_owned(),
        };
        self.session.tell(text);
    }

    fn save_as_pdf(&mut self) {
        let Some(preview) = self.dialogs.preview.take() else { return };
        self.saved.press = preview.choices.clone();
        self.saved.press.format = Format::Pdf;
        self.saved.press.is_one_file_each = false;
        self.show_export(preview.scope.clone());
        if let Some(state) = &mut self.dialogs.export {
            state.set_title(preview.title.clone());
        }
    }

    /// Once a frame: figures of a running export, pages nobody looks at any more.
    pub(in crate::ui) fn watch_press(&mut self, ctx: &Context) {
        if let Some(export) = &mut self.session.press.export {
            export.figures = export.progress.snapshot();
            ctx.request_repaint_after(FIGURES);
        }
        if self.dialogs.preview.is_none()
            && let Some(sheets) = self.session.press.sheets.take()
        {
            sheets.progress.cancel();
            self.backend.send(Request::CloseBooklet);
        }
        for arrived in std::mem::take(&mut self.session.press.arrived) {
            match arrived {
                Arrived::Words(words) => self.words_came(*words, ctx),
                Arrived::Page(of, page, picture) => {
                    if let Some(sheets) = self.session.press.sheets.as_mut().filter(|sheets| sheets.ticket == of) {
                        sheets.put(ctx, page, picture.as_deref());
                    }
                }
            }
        }
        self.follow_export_dialog();
    }

    /// Takes a failure that is about exports or pages; false when it is not.
    pub(in crate::ui) fn press_failed(&mut self, ticket: Ticket, error: &WorkerError) -> bool {
        let press = &mut self.session.press;
        if press.export.as_ref().is_some_and(|export| export.ticket == ticket) {
            press.export = None;
            if error.is_cancelled() {
                self.session.tell(self.tr().t("press.cancelled").into_owned());
                return true;
            }
            return false;
        }
        if error.is_not_a_set() {
            self.session.tell_error(self.tr().t("press.not-a-set").into_owned());
            return true;
        }
        if let WorkerError::Print(error) = error {
            let words = match error {
                PrintError::NoPrinter => self.tr().t("press.no-printer").into_owned(),
                PrintError::NoService { command } => self.tr().f("press.no-service", &[("c", (*command).to_owned())]),
                other => self.tr().f("press.not-printed", &[("e", other.to_string())]),
            };
            // Without a service there is no list either; the dialog says so where the printers would stand.
            if self.session.press.printers.is_none() {
                self.session.press.printers = Some(Err(words));
            } else {
                self.session.tell_error(words);
            }
            return true;
        }
        let Some(sheets) = &mut press.sheets else { return false };
        sheets.give_up();
        if sheets.ticket == ticket && !error.is_cancelled() {
            sheets.error = Some(crate::ui::carry_out::error_text(error));
        }
        error.is_cancelled() || sheets.ticket == ticket
    }

    pub(in crate::ui) fn set_opened(&mut self, set: OpenedSet) {
        let n = crate::ui::i18n::number(set.found.len() as u64);
        let mut text = self.tr().f("press.set-opened", &[("n", n), ("t", set.title.clone())]);
        if !set.missing.is_empty() {
            text.push_str(&self.tr().f("press.set-missing", &[("n", set.missing.len().to_string())]));
            log::warn!("not in this archive: {:?}", set.missing);
        }
        self.session.tell(text);
        if !set.found.is_empty() {
            self.backend.send(Request::Write(Note::BasketAdd(set.found)));
            self.dialogs.basket = true;
        }
    }

    /// Copies articles or their references.
    pub(in crate::ui) fn copy(&mut self, what: Copying) {
        let ids = self.targets();
        if !ids.is_empty() {
            self.backend.send(Request::Words { selection: Selection::Articles(ids), what });
        }
    }

    fn words_came(&mut self, words: Words, ctx: &Context) {
        let Words { plain, html, articles } = words;
        let is_rich = html.is_some_and(|html| self.clipboard.put(&html, &plain));
        if !is_rich {
            ctx.copy_text(plain);
        }
        let text = match articles {
            1 => self.tr().t("news.copied").into_owned(),
            n => self.tr().f("press.copied", &[("n", crate::ui::i18n::number(n))]),
        };
        self.session.tell(text);
    }
}

/// A typed path; `~` is the user's own folder, as people write it.
fn absolute(typed: &str) -> PathBuf {
    let home = typed.strip_prefix("~/").or_else(|| typed.strip_prefix("~\\"));
    match (home, directories::UserDirs::new()) {
        (Some(rest), Some(folders)) => folders.home_dir().join(rest),
        _ => std::path::absolute(typed).unwrap_or_else(|_| PathBuf::from(typed)),
    }
}
