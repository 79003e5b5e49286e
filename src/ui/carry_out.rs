//! How the app carries out commands and takes in the worker's events.

use super::app::App;
use super::command::{Action, Command};
use super::dialogs::palette::PaletteState;
use super::dialogs::repair::RepairState;
use super::files::Picked;
use super::i18n::Tr;
use super::panels::cite::{citation, plain_text};
use super::panels::reader::position_on_page;
use super::results::BLOCK;
use super::session::{RunningImport, Stage};
use super::theme::size;
use crate::model::{ArticleId, SearchRequest, StoredArticle};
use crate::search::Query;
use crate::worker::import::ImportPlan;
use crate::worker::{Event, Note, Notice, Progress, Reply, Request, Ticket, WorkerError};
use egui::{Context, ViewportCommand};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the list follows a running import.
const REFRESH: Duration = Duration::from_millis(1500);
/// How often the figures of a running import are drawn.
const FIGURES: Duration = Duration::from_millis(200);

impl App {
    pub(super) fn carry_out(&mut self, command: Command, ctx: &Context) {
        match command {
            Command::Do(action) => self.act(action, ctx),
            Command::SetQuery(query) => {
                if !query.trim().is_empty() {
                    self.backend.send(Request::Suggest(query.clone()));
                }
                self.search(SearchRequest { query, ..self.saved.search.clone() });
            }
            Command::SetFilter(filter) => self.search(SearchRequest { filter, ..self.saved.search.clone() }),
            Command::SetSort(sort) => self.search(SearchRequest { sort, ..self.saved.search.clone() }),
            Command::OpenRow(row) => self.open_row(row),
            Command::OpenArticle(id) => self.open_article(id),
            Command::Import(paths) => self.import(paths),
            Command::UndoImport(id) => {
                self.backend.send(Request::UndoImport(id));
            }
            Command::ShowReport(id) => {
                self.dialogs.imports = true;
                self.backend.send(Request::Imports);
                self.backend.send(Request::ImportReport(id));
            }
            Command::Write(note) => self.write(note),
            Command::EditParagraph(index) => self.edit_paragraph(index),
            Command::ShowLine(line) => self.show_line(line),
            Command::SetSearch(search) => self.search(search),
            Command::Copy(text) => {
                ctx.copy_text(text);
                self.session.tell(self.tr().t("news.copied").into_owned());
            }
            Command::SetTheme(theme) => self.saved.theme = theme,
            Command::SetLanguage(lang) => self.saved.lang = lang,
            Command::ChoosePlaces => {
                if let Err(err) = self.files.places(ctx, self.tr()) {
                    self.session.tell_error(err.to_string());
                }
            }
            Command::ShowLoose(shows) => self.session.shows_loose = shows,
            Command::OpenPageText(page) => self.session.page_text_ticket = self.backend.send(Request::Page(page)),
            Command::BuiltinPlaces => self.set_places(None),
            Command::Rebuild => {
                self.session.tell(self.tr().t("news.rebuilding").into_owned());
                self.backend.send(Request::Rebuild(Arc::default()));
            }
            Command::ClosePalette => self.dialogs.palette = None,
            Command::QuitAnyway => {
                self.quits_anyway = true;
                self.stop_import();
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    fn act(&mut self, action: Action, ctx: &Context) {
        match action {
            Action::FocusSearch => {
                if self.session.is_full_screen {
                    self.act(Action::FullScreen, ctx);
                }
                self.panels.top.focus_search();
            }
            Action::ClearAll => self.search(SearchRequest { sort: self.saved.search.sort, ..Default::default() }),
            Action::ImportFiles | Action::ImportFolder => self.ask_for_files(action, ctx),
            Action::PauseImport => {
                if let Some(import) = &self.session.import {
                    import.progress.set_paused(!import.progress.is_paused());
                }
            }
            Action::CancelImport => self.stop_import(),
            Action::ShowImports => {
                self.dialogs.imports = !self.dialogs.imports;
                self.backend.send(Request::Imports);
            }
            Action::ToggleFilters => self.saved.shows_filters = !self.saved.shows_filters,
            Action::NextResult => self.step_result(true),
            Action::PreviousResult => self.step_result(false),
            Action::NextOnPage => self.step_on_page(true),
            Action::PreviousOnPage => self.step_on_page(false),
            Action::CopyArticle => {
                if let Some(stored) = &self.session.article {
                    let text = plain_text(self.tr(), stored);
                    self.commands.push(Command::Copy(text));
                }
            }
            Action::ToggleBasket | Action::ToggleFlag | Action::Repair => self.mark_open(action),
            Action::ShowBasket => self.dialogs.basket = !self.dialogs.basket,
            Action::CopyCitation => {
                if let Some(stored) = &self.session.article {
                    self.commands.push(Command::Copy(citation(stored)));
                }
            }
            Action::NextHit => self.panels.reader.step_hit(true),
            Action::PreviousHit => self.panels.reader.step_hit(false),
            Action::Back => self.step_history(false),
            Action::Forward => self.step_history(true),
            Action::LargerType => self.set_type_size(1.0),
            Action::SmallerType => self.set_type_size(-1.0),
            Action::ShowSettings => self.dialogs.settings = !self.dialogs.settings,
            Action::ShowPalette => self.dialogs.palette = Some(PaletteState::default()),
            Action::ShowShortcuts => self.dialogs.shortcuts = !self.dialogs.shortcuts,
            Action::ShowAbout => self.dialogs.about = !self.dialogs.about,
            Action::FullScreen => {
                self.session.is_full_screen = !self.session.is_full_screen && self.session.article.is_some();
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(self.session.is_full_screen));
            }
            action => self.carry_out_reading(action),
        }
    }

    /// Flags, baskets or repairs the open article.
    fn mark_open(&mut self, action: Action) {
        let Some(stored) = self.session.article.clone() else { return };
        let marks = self.session.marks_of(Some(stored.id));
        let note = match action {
            Action::Repair => {
                self.dialogs.repair = Some(RepairState::new(self.tr(), &stored));
                return;
            }
            Action::ToggleFlag => Note::Flag(vec![stored.id], !marks.is_some_and(|m| m.is_flagged)),
            _ if marks.is_some_and(|m| m.is_in_basket) => Note::BasketRemove(vec![stored.id]),
            _ => Note::BasketAdd(vec![stored.id]),
        };
        self.write(note);
    }

    fn write(&mut self, note: Note) {
        self.backend.send(Request::Write(note));
    }

    /// A change is written: what is on the screen of it is asked for again.
    fn note_written(&mut self, note: &Note) {
        match note {
            Note::Read(..) | Note::Text(..) | Note::Position(..) => {}
            Note::Flag(..) => self.fetch_marks(),
            Note::BasketAdd(_) | Note::BasketRemove(_) | Note::BasketClear => {
                self.backend.send(Request::Shelf);
                self.fetch_marks();
            }
            Note::SaveSearch(..) | Note::DeleteSearch(_) | Note::Remember(_) => {
                self.backend.send(Request::Shelf);
            }
            Note::Tag(..) | Note::Untag(..) => {
                self.fetch_marks();
                self.refresh();
            }
            Note::Repair(..) | Note::SetUndone(..) | Note::Revert(_) | Note::UndoRepair | Note::RedoRepair => {
                self.repairs_changed();
            }
        }
    }

    pub(super) fn fetch_marks(&mut self) {
        if let Some(id) = self.saved.open {
            self.backend.send(Request::Marks(id));
        }
    }

    fn set_type_size(&mut self, step: f32) {
        let range = size::READER_RANGE;
        self.saved.reader_size = (self.saved.reader_size + step).clamp(*range.start(), *range.end());
    }

    fn ask_for_files(&mut self, action: Action, ctx: &Context) {
        if self.session.import.is_some() || self.session.stage != Stage::Open {
            return;
        }
        let asked = match action {
            Action::ImportFolder => self.files.import_folder(ctx, self.tr()),
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
            }
        }
    }

    fn set_places(&mut self, file: Option<PathBuf>) {
        self.saved.places.clone_from(&file);
        self.backend.send(Request::SetPlaces(file));
    }

    fn import(&mut self, paths: Vec<PathBuf>) {
        if self.session.stage != Stage::Open {
            self.first_import.extend(paths);
            return;
        }
        if self.session.import.is_some() {
            self.session.tell_error(self.tr().t("news.import-busy").into_owned());
            return;
        }
        let plan = ImportPlan { paths, overrides: self.overrides.clone(), ..ImportPlan::default() };
        let progress: Arc<Progress> = Arc::default();
        let ticket = self.backend.send(Request::Import { plan, progress: progress.clone() });
        let now = Instant::now();
        self.session.report = None;
        self.session.import =
            Some(RunningImport { ticket, figures: progress.snapshot(), progress, refreshed: (now, 0) });
    }

    fn stop_import(&self) {
        if let Some(import) = &self.session.import {
            import.progress.cancel();
        }
    }

    /// Searches anew and goes to the list's top.
    fn search(&mut self, search: SearchRequest) {
        self.session.query = Query::parse(&search.query);
        self.saved.search = search;
        self.session.why = None;
        self.session.shows_loose = false;
        self.session.resets_scroll = true;
        self.session.open_row = None;
        self.refresh();
    }

    /// Asks the newest search again: rows and counts.
    fn refresh(&mut self) {
        let search = self.saved.search.clone();
        let ticket = self.backend.send(Request::Rows { search: search.clone(), offset: 0, limit: BLOCK as u32 });
        self.session.results.begin(search.clone(), ticket);
        self.session.counts_ticket = self.backend.send(Request::Counts(search));
    }

    pub(super) fn ask_rows(&mut self, block: u64) {
        let search = self.session.results.search().clone();
        let ticket = self.backend.send(Request::Rows { search, offset: block * BLOCK, limit: BLOCK as u32 });
        self.session.results.ask(block, ticket);
    }

    fn open_row(&mut self, row: u64) {
        self.panels.list.reveal(row);
        match self.session.results.row(row).map(|row| row.id) {
            Some(id) => {
                self.session.wanted_row = None;
                self.session.open_row = Some(row);
                self.fetch_article(id);
            }
            // Its block is on the way: the list asks for it once the row is in view.
            None => self.session.wanted_row = Some(row),
        }
    }

    pub(super) fn open_article(&mut self, id: ArticleId) {
        self.session.open_row = self.session.results.position(id);
        if let Some(row) = self.session.open_row {
            self.panels.list.reveal(row);
        }
        self.fetch_article(id);
    }

    fn step_history(&mut self, is_forward: bool) {
        if let Some(id) = self.session.history.step(is_forward) {
            self.open_article(id);
        }
    }

    fn fetch_article(&mut self, id: ArticleId) {
        self.session.history.visit(id);
        self.session.shows_overview = false;
        self.saved.open = Some(id);
        self.session.article_ticket = self.backend.send(Request::Article(id));
    }

    fn step_result(&mut self, is_forward: bool) {
        let next = match (self.session.open_row, is_forward) {
            (Some(row), true) => row + 1,
            (Some(row), false) => row.saturating_sub(1),
            (None, _) => 0,
        };
        if next < self.session.results.len() {
            self.open_row(next);
        }
    }

    fn step_on_page(&mut self, is_forward: bool) {
        let (Some(page), Some(open)) = (&self.session.page, self.saved.open) else { return };
        let (at, count) = position_on_page(Some(page), open);
        let next = if is_forward { at + 1 } else { at.wrapping_sub(1) };
        if next < count
            && let Some(article) = page.articles.get(next)
        {
            self.open_article(article.id);
        }
    }

    pub(super) fn drain_worker(&mut self) {
        while let Some(event) = self.backend.poll() {
            match event {
                Event::Opened(notices) => self.archive_opened(&notices),
                Event::OpenFailed(err) => self.session.stage = Stage::Failed(error_text(&err)),
                Event::Reply(ticket, reply) => self.take_reply(ticket, reply),
                Event::Failed(ticket, err) => self.take_failure(ticket, &err),
            }
        }
    }

    fn archive_opened(&mut self, notices: &[Notice]) {
        self.session.stage = Stage::Open;
        for notice in notices {
            let text = notice_text(self.tr(), notice);
            self.session.tell(text);
        }
        self.search(self.saved.search.clone());
        self.backend.send(Request::Shelf);
        if let Some(id) = self.saved.open {
            self.fetch_article(id);
        }
        let paths = std::mem::take(&mut self.first_import);
        if !paths.is_empty() {
            self.import(paths);
        }
    }

    fn take_reply(&mut self, ticket: Ticket, reply: Reply) {
        match reply {
            Reply::Rows { offset, rows } => self.take_rows(ticket, offset, rows),
            Reply::Counts(facets) if ticket == self.session.counts_ticket => {
                self.session.results.set_total(facets.total);
                if facets.total == 0 && !self.saved.search.query.trim().is_empty() {
                    self.backend.send(Request::Why(self.saved.search.clone()));
                }
                if self.saved.search.query.trim().is_empty() {
                    self.session.loose = Default::default();
                } else {
                    self.session.loose_ticket = self.backend.send(Request::Loose(self.saved.search.clone()));
                }
                self.session.facets = Some(*facets);
            }
            Reply::Article(article) if ticket == self.session.article_ticket => self.take_article(article),
            Reply::Page(page) if ticket == self.session.page_ticket => self.take_page(page),
            Reply::Page(page) if ticket == self.session.page_text_ticket => self.dialogs.page_text = page,
            Reply::Loose(loose) if ticket == self.session.loose_ticket => self.session.loose = *loose,
            Reply::Counts(_) | Reply::Article(_) | Reply::Page(_) | Reply::Loose(_) => {}
            Reply::Marks(id, marks, repairs) => self.session.marks = Some((id, marks, repairs)),
            Reply::Stepped(made, is_undone) => self.repair_stepped(&made, is_undone),
            Reply::SameDay(id, rows) => self.session.same_day = Some((id, rows)),
            Reply::Repairs(made) => self.session.repairs = made,
            Reply::Shelf(shelf) => self.session.shelf = *shelf,
            Reply::Why(why) => self.session.why = Some(why),
            Reply::Suggestions(text, found) => self.session.suggestions = (text, found),
            Reply::Related(id, rows) => self.session.related = Some((id, rows)),
            Reply::Written(note) => self.note_written(&note),
            Reply::Imported(report) => self.import_ended(report),
            Reply::Undone(pages) => {
                let pages = super::i18n::number(pages);
                self.session.tell(self.tr().f("news.undone", &[("n", pages)]));
                self.session.report = None;
                self.session.shown_report = None;
                self.backend.send(Request::Imports);
                self.archive_changed();
            }
            Reply::Imports(imports) => self.session.imports = imports,
            Reply::ImportReport(report) => self.session.shown_report = report,
            Reply::PlacesSet { city, towns } => self.session.places = (city, towns),
            Reply::Rebuilt(pages) => {
                let pages = super::i18n::number(pages);
                self.session.tell(self.tr().f("news.rebuilt", &[("n", pages)]));
                self.archive_changed();
            }
        }
    }

    fn take_rows(&mut self, ticket: Ticket, offset: u64, rows: Vec<crate::model::Summary>) {
        let is_first = self.session.results.put(ticket, offset, rows);
        if is_first {
            if std::mem::take(&mut self.session.resets_scroll) {
                self.panels.list.to_top();
            }
            self.session.open_row = self.saved.open.and_then(|id| self.session.results.position(id));
        }
        if let Some(row) = self.session.wanted_row
            && self.session.results.row(row).is_some()
        {
            self.open_row(row);
        }
    }

    fn take_article(&mut self, article: Option<Arc<StoredArticle>>) {
        let Some(article) = article else {
            // Undone, rebuilt or repaired away since it was opened.
            if self.open_what_holds_it_now() {
                return;
            }
            self.saved.open = None;
            self.session.article = None;
            self.session.page = None;
            return;
        };
        let is_stale = std::mem::take(&mut self.session.is_page_stale);
        let is_other = self.session.page.as_ref().is_none_or(|page| page.id != article.page_id);
        if is_other {
            self.session.page = None;
        }
        if is_other || is_stale {
            self.session.page_ticket = self.backend.send(Request::Page(article.page_id));
        }
        let is_another = self.session.article.as_ref().is_none_or(|open| open.id != article.id);
        if is_another {
            self.write(Note::Read(vec![article.id], true));
            // A query that led to an article was worth typing.
            let query = self.saved.search.query.trim().to_owned();
            if !query.is_empty() {
                self.write(Note::Remember(query));
            }
            self.backend.send(Request::Marks(article.id));
            self.backend.send(Request::Related(article.id));
            self.backend.send(Request::SameDay(article.id));
        }
        self.session.article = Some(article);
    }

    fn take_failure(&mut self, ticket: Ticket, err: &WorkerError) {
        self.session.results.give_up(ticket);
        if self.session.import.as_ref().is_some_and(|import| import.ticket == ticket) {
            self.session.import = None;
            self.archive_changed();
        }
        self.session.tell_error(error_text(err));
    }

    /// What is on the screen may be out of date.
    pub(super) fn archive_changed(&mut self) {
        self.session.is_page_stale = true;
        self.refresh();
        if let Some(id) = self.saved.open {
            self.fetch_article(id);
        }
    }

    fn import_ended(&mut self, report: Arc<crate::model::ImportReport>) {
        self.session.import = None;
        self.session.shown_report = Some(report.clone());
        // Problems are shown at once; the report stays under "imports".
        if report.problems > 0 {
            self.dialogs.imports = true;
        }
        self.session.report = Some(report);
        self.backend.send(Request::Imports);
        self.archive_changed();
    }

    pub(super) fn watch_import(&mut self, ctx: &Context) {
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
}

fn notice_text(tr: Tr, notice: &Notice) -> String {
    match notice {
        Notice::NetworkDrive { file_system } => tr.f("notice.network-drive", &[("fs", file_system.clone())]),
        Notice::Migrated { from, to } => tr.f("notice.migrated", &[("from", from.to_string()), ("to", to.to_string())]),
        Notice::IndexRebuilt { articles } => tr.f("notice.index-rebuilt", &[("n", super::i18n::number(*articles))]),
        Notice::UnfinishedImports { count } => tr.f("notice.unfinished-imports", &[("n", count.to_string())]),
    }
}

/// An error with its causes, for a person.
fn error_text(err: &WorkerError) -> String {
    let mut text = err.to_string();
    let mut source = std::error::Error::source(err);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
