//! How the app carries out reading and repairing: views of the page, merging, taking repairs back, and what is shown then.

use super::app::App;
use super::command::Action;
use super::dialogs::paragraph::ParagraphState;
use super::page_lines::anchor_of;
use super::repair_words::describe;
use super::saved::Face;
use crate::model::{Anchor, PageId, Place, Repair, StoredPage};
use crate::worker::{MadeRepair, Note, Request};
use std::sync::Arc;

impl App {
    /// Carries out what concerns the reader and repairs.
    pub(super) fn carry_out_reading(&mut self, action: Action) {
        match action {
            Action::ToggleSource => {
                self.saved.shows_source = !self.saved.shows_source;
                self.saved.shows_beside = false;
            }
            Action::SourceBeside => {
                self.saved.shows_beside = !self.saved.shows_beside;
                self.saved.shows_source = false;
            }
            Action::ShowOverview => self.session.shows_overview = !self.session.shows_overview,
            Action::ToggleFace => {
                self.saved.face = match self.saved.face {
                    Face::Serif => Face::Sans,
                    Face::Sans => Face::Serif,
                };
            }
            Action::MergeNext => self.merge_next(),
            Action::UndoRepair => {
                self.backend.send(Request::Write(Note::UndoRepair));
            }
            Action::RedoRepair => {
                self.backend.send(Request::Write(Note::RedoRepair));
            }
            Action::ShowRepairs => {
                self.dialogs.repairs = !self.dialogs.repairs;
                self.backend.send(Request::Repairs);
            }
            _ => {}
        }
    }

    /// Opens the dialog of a paragraph's text.
    pub(super) fn edit_paragraph(&mut self, index: usize) {
        self.dialogs.paragraph = self.session.article.as_ref().and_then(|stored| ParagraphState::new(stored, index));
    }

    /// Shows a line of the open article's page beside the article.
    pub(super) fn show_line(&mut self, line: u32) {
        self.saved.shows_beside = true;
        self.saved.shows_source = false;
        self.panels.reader.show_source_line(line);
    }

    /// The next article of the page goes on from the open one.
    fn merge_next(&mut self) {
        let (Some(stored), Some(page)) = (&self.session.article, &self.session.page) else { return };
        let at = page.articles.iter().position(|article| article.id == stored.id);
        let Some(next) = at.and_then(|at| page.articles.get(at + 1)) else {
            self.session.tell(self.tr().t("news.no-next").into_owned());
            return;
        };
        let repair = Repair::Merge { first: Anchor::of(&stored.article), second: anchor_of(next) };
        let note = Note::Repair(stored.page_id, stored.article.title.clone(), vec![repair]);
        self.backend.send(Request::Write(note));
    }

    /// Repairs were made or taken back: what is on the screen of them is asked for again.
    pub(super) fn repairs_changed(&mut self) {
        self.panels.reader.forget_choice();
        self.archive_changed();
        self.fetch_marks();
        self.backend.send(Request::Shelf);
        if self.dialogs.repairs {
            self.backend.send(Request::Repairs);
        }
    }

    /// The last action was taken back, or done again: says what it was and shows its page.
    pub(super) fn repair_stepped(&mut self, made: &[MadeRepair], is_undone: bool) {
        let tr = self.tr();
        let Some(last) = made.last() else {
            let text = if is_undone { tr.t("news.nothing-to-undo") } else { tr.t("news.nothing-to-redo") };
            self.session.tell(text.into_owned());
            return;
        };
        let what = made.iter().map(|made| describe(tr, &made.repair)).collect::<Vec<_>>().join("; ");
        let values = [("what", what), ("t", last.about.clone())];
        let text = if is_undone { tr.f("news.repair-undone", &values) } else { tr.f("news.repair-redone", &values) };
        self.session.tell(text);
        let is_elsewhere = |page: &PageId| self.session.page.as_ref().is_none_or(|open| open.id != *page);
        if let Some(page) = last.page.filter(is_elsewhere) {
            self.open_at(page, place_of(&last.repair));
        }
        self.repairs_changed();
    }

    /// Opens the article of a page that has a character, as soon as the page is there.
    pub(super) fn open_at(&mut self, page: PageId, place: Place) {
        self.session.wanted_place = Some((page, place));
        self.session.page_ticket = self.backend.send(Request::Page(page));
    }

    /// The open article is gone: what holds its first line now is opened, if its page is still there.
    pub(super) fn open_what_holds_it_now(&mut self) -> bool {
        let Some(old) = self.session.article.take() else { return false };
        let Some(span) = old.article.spans.first() else { return false };
        let line_start = Place { line: span.from, column: 0 };
        self.open_at(old.page_id, old.article.begin().unwrap_or(line_start));
        true
    }

    /// A page has come in.
    pub(super) fn take_page(&mut self, page: Option<Arc<StoredPage>>) {
        if let Some((id, place)) = self.session.wanted_place.take() {
            let found = page.as_ref().filter(|page| page.id == id);
            match found.and_then(|page| page.article_of(place).or(page.articles.first())) {
                Some(article) => self.open_article(article.id),
                None => self.saved.open = None,
            }
        }
        self.session.page = page;
    }

    /// Tells the archive how far the open article is read.
    pub(super) fn keep_position(&mut self) {
        if let Some((id, share)) = self.panels.reader.unsaved_position() {
            self.backend.send(Request::Write(Note::Position(id, share)));
        }
    }
}

/// A character that a repair is about; the first of the page where it is about the page.
pub(super) fn place_of(repair: &Repair) -> Place {
    let start = |line: u32| Place { line, column: 0 };
    let of = |anchor: &Anchor| anchor.begin.or_else(|| anchor.lines.first().map(|range| start(range.from)));
    let place = match repair {
        Repair::Set { of: anchor, .. } => of(anchor),
        Repair::Paragraph { at, .. } | Repair::Replace { at, .. } => Some(*at),
        Repair::Split { line, column } => Some(Place { line: *line, column: *column }),
        Repair::Merge { first: anchor, .. } => of(anchor),
        Repair::Move { lines, .. } => lines.first().map(|range| start(range.from)),
        _ => None,
    };
    place.unwrap_or(start(1))
}
