//! How the app imports: a look first, then the import itself, one after the other; and the watched folder.

use super::app::App;
use super::command::{Action, Command};
use super::files::Picked;
use super::i18n::number;
use super::import_preview::ImportPreview;
use super::session::{RunningImport, Stage};
use crate::ingest::{FileOverride, Overrides};
use crate::model::ImportReport;
use crate::worker::import::{ImportPlan, Trace};
use crate::worker::{PreviewFile, Progress, Request, Ticket};
use egui::Context;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the list follows a running import.
const REFRESH: Duration = Duration::from_millis(1500);
/// How often the figures of a running import are drawn.
const FIGURES: Duration = Duration::from_millis(200);

impl App {
    pub(super) fn ask_for_files(&mut self, action: Action, ctx: &Context) {
        if self.session.stage != Stage::Open {
            return;
        }
        let asked = match action {
            Action::ImportFolder => self.files.import_folder(ctx, self.tr()),
            Action::WatchFolder => self.files.watch_folder(ctx, self.tr()),
            _ => self.files.import_files(ctx, self.tr()),
        };
        if let Err(err) = asked {
            self.session.tell_error(err.to_string());
        }
    }

    pub(super) fn take_picked(&mut self) {
        while let Some(picked) = self.files.poll() {
            match picked {
                Picked::Import(paths) => self.commands.push(Command::Import(paths)),
                Picked::Places(file) => self.set_places(Some(file)),
                picked @ (Picked::Place(_)
                | Picked::Template(_)
                | Picked::Set(_)
                | Picked::NotShown(_)
                | Picked::NoDialog) => self.take_picked_for_press(picked),
                Picked::Watch(folder) => self.commands.push(Command::Watch(Some(folder))),
            }
        }
    }

    /// Files were dropped or chosen: they are looked at first, unless the user wants it otherwise.
    pub(super) fn import(&mut self, paths: Vec<PathBuf>) {
        if self.session.stage != Stage::Open {
            self.first_import.extend(paths);
        } else if self.saved.previews_imports {
            self.preview(paths);
        } else {
            self.import_at_once(paths);
        }
    }

    /// Imports without a look: files of the command line, the sample pages.
    pub(super) fn import_at_once(&mut self, paths: Vec<PathBuf>) {
        self.start_import(ImportPlan { paths, overrides: self.overrides.clone().into(), ..ImportPlan::default() });
    }

    /// Imports the sample pages that come with the program.
    pub(super) fn import_samples(&mut self) {
        if self.session.stage == Stage::Open {
            self.start_import(ImportPlan { is_sample: true, ..ImportPlan::default() });
        }
    }

    /// Starts an import, or lets it wait for the one under way.
    fn start_import(&mut self, plan: ImportPlan) {
        if self.session.import.is_some() {
            if plan.trace == Trace::Always {
                self.session.tell(self.tr().t("news.import-queued").into_owned());
            }
            self.session.waiting_imports.push_back(plan);
            return;
        }
        let progress: Arc<Progress> = Arc::default();
        let is_watched = plan.trace != Trace::Always;
        let ticket = self.backend.send(Request::Import { plan, progress: progress.clone() });
        let now = Instant::now();
        if !is_watched {
            self.session.report = None;
        }
        let figures = progress.snapshot();
        self.session.import = Some(RunningImport { ticket, figures, progress, refreshed: (now, 0), is_watched });
    }

    pub(super) fn stop_import(&mut self) {
        self.session.waiting_imports.clear();
        if let Some(import) = &self.session.import {
            import.progress.cancel();
        }
    }

    pub(super) fn import_ended(&mut self, report: Arc<ImportReport>) {
        let is_watched = self.session.import.take().is_some_and(|import| import.is_watched);
        // A look through the watched folder that found nothing new is no news.
        if report.id.is_some() || !is_watched {
            self.session.shown_report = Some(report.clone());
            // Problems are shown at once; the report stays under "imports".
            if report.problems > 0 && !is_watched {
                self.dialogs.imports = true;
            }
            if is_watched && report.pages > 0 {
                let values = [("pages", number(report.pages)), ("articles", number(report.articles))];
                self.session.tell(self.tr().f("news.watched", &values));
            }
            self.session.report = Some(report.clone());
            self.backend.send(Request::Imports);
        }
        if report.pages > 0 || !is_watched {
            self.archive_changed();
        }
        self.next_import();
    }

    /// Starts the import that has waited longest.
    pub(super) fn next_import(&mut self) {
        if let Some(plan) = self.session.waiting_imports.pop_front() {
            self.start_import(plan);
        }
    }

    pub(super) fn watch_import(&mut self, ctx: &Context) {
        let is_looking = self.session.preview.as_ref().is_some_and(|preview| !preview.is_done);
        if is_looking {
            ctx.request_repaint_after(FIGURES);
        }
        let Some(import) = &mut self.session.import else { return };
        import.figures = import.progress.snapshot();
        let (since, pages) = import.refreshed;
        let is_due = import.figures.pages != pages && since.elapsed() > REFRESH;
        if is_due {
            import.refreshed = (Instant::now(), import.figures.pages);
        }
        ctx.request_repaint_after(FIGURES);
        if is_due {
            self.refresh();
        }
    }

    /// Files that could not be used are looked at again, perhaps in another encoding.
    pub(super) fn preview_problems(&mut self, paths: Vec<PathBuf>) {
        self.dialogs.imports = false;
        self.preview(paths);
    }

    /// Looks at files before they are imported; files that are dropped meanwhile join them.
    fn preview(&mut self, mut paths: Vec<PathBuf>) {
        if let Some(open) = self.session.preview.take() {
            open.progress.cancel();
            let mut all = open.paths;
            paths.retain(|path| !all.contains(path));
            all.extend(paths);
            paths = all;
        }
        let progress: Arc<Progress> = Arc::default();
        let plan =
            ImportPlan { paths: paths.clone(), overrides: self.overrides.clone().into(), ..ImportPlan::default() };
        let ticket = self.backend.send(Request::Preview { plan, progress: progress.clone() });
        self.session.preview = Some(ImportPreview::new(paths, ticket, progress, self.saved.folders.clone()));
    }

    pub(super) fn take_preview(&mut self, ticket: Ticket, files: Vec<PreviewFile>, is_last: bool) {
        let Some(preview) = &mut self.session.preview else { return };
        for (row, encoding) in preview.take(ticket, files, is_last) {
            self.preview_again(vec![row], Some(encoding));
        }
    }

    /// Reads files of the preview again, in another encoding or in the guessed one.
    pub(super) fn preview_again(&mut self, rows: Vec<usize>, encoding: Option<String>) {
        let Some(preview) = &mut self.session.preview else { return };
        let mut paths = Vec::new();
        let mut overrides = Overrides::from(self.overrides.clone());
        for index in rows {
            let Some(row) = preview.rows.get_mut(index) else { continue };
            row.encoding.clone_from(&encoding);
            let source = &row.file.source;
            if paths.last() != Some(&source.path) {
                paths.push(source.path.clone());
            }
        }
        // What was chosen before counts on: a zip is read with all its members.
        for row in &preview.rows {
            let source = &row.file.source;
            let own = FileOverride { encoding: row.encoding.clone(), ..FileOverride::default() };
            if own.encoding.is_some() {
                overrides.files.insert((source.path.clone(), source.member.clone()), own);
            }
        }
        let progress = preview.progress.clone();
        let plan = ImportPlan { paths, overrides, ..ImportPlan::default() };
        let ticket = self.backend.send(Request::Preview { plan, progress });
        if let Some(preview) = &mut self.session.preview {
            preview.again.insert(ticket);
        }
    }

    pub(super) fn close_preview(&mut self) {
        if let Some(preview) = self.session.preview.take() {
            preview.progress.cancel();
        }
    }

    /// Imports what the preview shows, as it was corrected.
    pub(super) fn import_previewed(&mut self) {
        let Some(preview) = self.session.preview.take() else { return };
        preview.progress.cancel();
        self.saved.remember_folders(preview.folders());
        let mut overrides = preview.overrides();
        overrides.all = overrides.all.or(&self.overrides);
        self.start_import(ImportPlan { paths: preview.paths, overrides, ..ImportPlan::default() });
    }

    /// Watches a folder from now on, or none.
    pub(super) fn set_watched(&mut self, folder: Option<PathBuf>) {
        self.saved.watched.clone_from(&folder);
        self.backend.send(Request::Watch(folder));
    }

    /// New files in the watched folder.
    pub(super) fn take_watched(&mut self, paths: Vec<PathBuf>, is_first: bool) {
        // What cannot be used was told when it came; it is not told again at every start.
        let trace = if is_first { Trace::OnlyIfNew } else { Trace::UnlessKnown };
        let folder = self.saved.watched.as_ref();
        let memory = folder.and_then(|folder| self.saved.folders.get(folder)).cloned().unwrap_or_default();
        let mut overrides = Overrides::default();
        overrides.all.newspaper = memory.newspaper;
        self.start_import(ImportPlan { paths, overrides, trace, ..ImportPlan::default() });
    }
}
