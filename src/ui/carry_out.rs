//! How the app carries out commands and takes in the worker's events.

use super::app::App;
use super::carry_repairs::place_of;
use super::command::{Action, Command};
use super::dialogs::page_text::PageText;
use super::dialogs::palette::PaletteState;
use super::dialogs::repair::RepairState;
use super::i18n::Tr;
use super::panels::reader::position_on_page;
use super::press::{Arrived, PressCommand};
use super::results::BLOCK;
use super::session::Stage;
use super::theme::size;
use crate::model::{ArticleId, MonthDays, SearchRequest, StoredArticle, Summary};
use crate::search::Query;
use crate::worker::{Copying, Event, Note, Notice, Reply, Request, RowMarks, Ticket, WorkerError};
use egui::{Context, ViewportCommand};
use std::path::PathBuf;
use std::sync::Arc;

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
            Command::CountDays(month) => self.count_days(month),
            Command::SetSort(sort) => self.search(SearchRequest { sort, ..self.saved.search.clone() }),
            Command::OpenRow(row) => self.open_row(row),
            Command::PickRow(row, pick) => self.pick_row(row, pick),
            Command::MoveToRow(row, pick) => self.move_to_row(row, pick),
            Command::FocusList => {
                self.panels.top.hush();
                self.panels.list.focus(self.session.open_row.unwrap_or(0));
            }
            Command::SetDensity(density) => {
                self.saved.density = density;
                self.reveal_open();
            }
            Command::OpenArticle(id) => self.open_article(id),
            Command::Import(paths) => self.import(paths),
            Command::PreviewEncoding(rows, encoding) => self.preview_again(rows, encoding),
            Command::PreviewFiles(paths) => self.preview_problems(paths),
            Command::ImportPreviewed => self.import_previewed(),
            Command::ClosePreview => self.close_preview(),
            Command::Watch(folder) => self.set_watched(folder),
            Command::SetPreviews(is_on) => self.saved.previews_imports = is_on,
            Command::UndoImport(id) => {
                self.backend.send(Request::UndoImport(id));
            }
            Command::ShowReport(id) => {
                self.dialogs.imports = true;
                self.backend.send(Request::Imports);
                self.backend.send(Request::ImportReport(id));
            }
            Command::TagTargets(name) => self.write(Note::Tag(self.targets(), name)),
            Command::Write(note) => self.write(note),
            Command::EditParagraph(index) => self.edit_paragraph(index),
            Command::OpenRepaired(page, repair) => self.open_at(page, place_of(&repair)),
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
            Command::OpenPageText(page, line) => {
                self.session.page_text_wanted = (self.backend.send(Request::Page(page)), line);
            }
            Command::BuiltinPlaces => self.set_places(None),
            Command::Rebuild => {
                self.session.tell(self.tr().t("news.rebuilding").into_owned());
                self.backend.send(Request::Rebuild(Arc::default()));
            }
            Command::Press(command) => self.press(command, ctx),
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
            Action::ImportFiles | Action::ImportFolder | Action::WatchFolder => self.ask_for_files(action, ctx),
            Action::ImportSamples => self.import_samples(),
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
            Action::FocusDates => {
                self.saved.shows_filters = true;
                self.panels.filters.focus_dates();
            }
            Action::ToggleFilters | Action::ToggleList | Action::ToggleReader => self.toggle_pane(action),
            Action::SelectAll => self.select_all(),
            Action::SelectNone => self.session.selection.clear(),
            Action::NextResult => self.step_result(true),
            Action::PreviousResult => self.step_result(false),
            Action::NextOnPage => self.step_on_page(true),
            Action::PreviousOnPage => self.step_on_page(false),
            Action::CopyArticle => {
                self.copy(Copying::Articles);
            }
            Action::ToggleBasket | Action::ToggleFlag => self.toggle_marks(action),
            Action::Repair => self.repair_open(),
            Action::ShowBasket => self.dialogs.basket = !self.dialogs.basket,
            Action::CopyCitation => self.copy(Copying::Citations),
            Action::Export => self.press(PressCommand::ShowExport(self.likely_scope()), ctx),
            Action::Print => self.press(PressCommand::ShowPreview(self.likely_scope()), ctx),
            Action::OpenSet => {
                if let Err(err) = self.files.set(ctx, self.tr()) {
                    self.session.tell_error(err.to_string());
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

    fn repair_open(&mut self) {
        if let Some(stored) = &self.session.article {
            self.dialogs.repair = Some(RepairState::new(self.tr(), stored));
        }
    }

    pub(super) fn write(&mut self, note: Note) {
        self.backend.send(Request::Write(note));
    }

    /// A change is written: what is on the screen of it is asked for again.
    fn note_written(&mut self, note: &Note) {
        self.show_in_rows(note);
        match note {
            Note::Read(..) | Note::Text(..) | Note::Position(..) => {}
            Note::Flag(..) => {
                self.fetch_marks();
                self.count_again();
            }
            Note::BasketAdd(_) | Note::BasketRemove(_) | Note::BasketClear => {
                self.backend.send(Request::Shelf);
                self.fetch_marks();
            }
            Note::SaveSearch(..) | Note::DeleteSearch(_) | Note::Remember(_) => {
                self.backend.send(Request::Shelf);
            }
            Note::Tag(..) | Note::Untag(..) | Note::TagColour(..) | Note::DeleteTag(_) => {
                self.backend.send(Request::Shelf);
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

    pub(super) fn set_places(&mut self, file: Option<PathBuf>) {
        self.saved.places.clone_from(&file);
        self.backend.send(Request::SetPlaces(file));
    }

    /// Searches anew and goes to the list's top.
    fn search(&mut self, search: SearchRequest) {
        self.session.query = Query::parse(&search.query);
        // A hidden list would hide what was searched for.
        self.saved.shows_list |= search != self.saved.search;
        self.saved.search = search;
        self.session.why = None;
        self.session.shows_loose = false;
        self.session.resets_scroll = true;
        self.session.open_row = None;
        self.session.selection.clear();
        self.session.awaited_ids = None;
        self.refresh();
    }

    /// Asks the newest search again: rows and counts.
    pub(super) fn refresh(&mut self) {
        let search = self.saved.search.clone();
        let ticket = self.backend.send(Request::Rows { search: search.clone(), offset: 0, limit: BLOCK as u32 });
        self.session.results.begin(search.clone(), ticket);
        self.session.counts_ticket = self.backend.send(Request::Counts(search));
        self.session.days_asked = None;
        self.session.days = None;
        self.follow_selection();
    }

    /// Brings the open row back into view after the rows changed their height.
    fn reveal_open(&mut self) {
        if let Some(row) = self.session.open_row {
            self.panels.list.reveal(row);
        }
    }

    pub(super) fn ask_rows(&mut self, block: u64) {
        let search = self.session.results.search().clone();
        let ticket = self.backend.send(Request::Rows { search, offset: block * BLOCK, limit: BLOCK as u32 });
        self.session.results.ask(block, ticket);
    }

    pub(super) fn open_row(&mut self, row: u64) {
        self.saved.shows_reader = true;
        self.panels.top.hush();
        self.panels.list.reveal(row);
        match self.session.results.row(row).map(|row| row.id) {
            Some(id) => {
                self.session.wanted_row = None;
                self.session.open_row = Some(row);
                // A selection of several rows survives reading through the list by keyboard.
                if !self.session.selection.is_many() {
                    self.session.selection.set_one(row, id);
                }
                self.fetch_article(id);
            }
            // Asked for where the list does not do it: it may be hidden.
            None => self.session.wanted_row = Some(row),
        }
    }

    pub(super) fn open_article(&mut self, id: ArticleId) {
        self.saved.shows_reader = true;
        self.panels.top.hush();
        self.session.open_row = self.session.results.position(id);
        // The row that is selected alone is the open one; an article from elsewhere has none.
        if !self.session.selection.is_many() {
            self.session.selection.clear();
        }
        if let Some(row) = self.session.open_row {
            self.panels.list.reveal(row);
            if self.session.selection.is_empty() {
                self.session.selection.set_one(row, id);
            }
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
                Event::Watched { paths, is_first } if !paths.is_empty() => self.take_watched(paths, is_first),
                Event::Watched { .. } => {}
                Event::WatchFailed(err) => self.session.tell_error(error_text(&err)),
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
            self.session.is_copy |= *notice == Notice::Copied;
        }
        self.search(self.saved.search.clone());
        self.backend.send(Request::Shelf);
        if let Some(id) = self.saved.open {
            self.fetch_article(id);
        }
        let paths = std::mem::take(&mut self.first_import);
        if !paths.is_empty() {
            self.import_at_once(paths);
        }
        if let Some(folder) = self.saved.watched.clone() {
            self.backend.send(Request::Watch(Some(folder)));
        }
    }

    fn take_reply(&mut self, ticket: Ticket, reply: Reply) {
        match reply {
            Reply::Rows { offset, rows, marks } => self.take_rows(ticket, offset, rows, marks),
            Reply::Days(days) => self.take_days(ticket, *days),
            Reply::Ids { offset, ids } => self.take_ids(ticket, offset, ids),
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
            Reply::Page(page) if ticket == self.session.page_text_wanted.0 => {
                let line = Some(self.session.page_text_wanted.1);
                self.dialogs.page_text = page.map(|page| PageText { page, line });
            }
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
            Reply::Preview { files, is_last } => self.take_preview(ticket, files, is_last),
            Reply::Imported(report) => self.import_ended(report),
            Reply::Undone(articles) => {
                let articles = super::i18n::number(articles);
                self.session.tell(self.tr().f("news.undone", &[("n", articles)]));
                self.session.report = None;
                self.session.shown_report = None;
                self.backend.send(Request::Imports);
                self.archive_changed();
            }
            Reply::Imports(imports) => self.session.imports = imports,
            Reply::ImportReport(report) => self.session.shown_report = report,
            Reply::PlacesSet { city, towns } => self.session.places = (city, towns),
            Reply::Exported(_, report) => self.export_ended(&report),
            Reply::LaidOut(made) => self.laid_out(ticket, *made),
            Reply::PageDrawn { of, page, picture } => {
                self.session.press.arrived.push(Arrived::Page(of, page, picture));
            }
            Reply::Printed { outcome, pages } => self.printed(outcome, pages),
            Reply::Printers(printers) => self.session.press.printers = Some(Ok(printers)),
            Reply::SetOpened(set) => self.set_opened(*set),
            Reply::Words(_, words) => self.session.press.arrived.push(Arrived::Words(words)),
            Reply::Rebuilt(report) => {
                let [pages, changed] = [report.pages, report.changes.pages].map(super::i18n::number);
                self.session.tell(self.tr().f("news.rebuilt", &[("n", pages), ("c", changed)]));
                self.archive_changed();
            }
        }
    }

    fn take_rows(&mut self, ticket: Ticket, offset: u64, rows: Vec<Summary>, marks: Vec<RowMarks>) {
        let is_first = self.session.results.put(ticket, offset, rows, marks);
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
        if self.press_failed(ticket, err) {
            return;
        }
        self.session.results.give_up(ticket);
        if let Some((_, month)) = self.session.days_asked.filter(|(asked, _)| *asked == ticket) {
            self.take_days(ticket, MonthDays::unknown(month));
        }
        if self.session.import.as_ref().is_some_and(|import| import.ticket == ticket) {
            self.session.import = None;
            self.archive_changed();
            self.next_import();
        }
        if self.session.preview.as_ref().is_some_and(|preview| preview.ticket == ticket) {
            self.session.preview = None;
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
}

fn notice_text(tr: Tr, notice: &Notice) -> String {
    match notice {
        Notice::NetworkDrive { file_system } => tr.f("notice.network-drive", &[("fs", file_system.clone())]),
        Notice::Copied => tr.t("notice.copied").into_owned(),
        Notice::Migrated { from, to } => tr.f("notice.migrated", &[("from", from.to_string()), ("to", to.to_string())]),
        Notice::IndexRebuilt { articles } => tr.f("notice.index-rebuilt", &[("n", super::i18n::number(*articles))]),
        Notice::UnfinishedImports { count } => tr.f("notice.unfinished-imports", &[("n", count.to_string())]),
    }
}

/// An error with its causes, for a person.
pub(super) fn error_text(err: &WorkerError) -> String {
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
