//! How the app selects rows, and carries out what is done with the selected ones.

use super::app::App;
use super::command::Action;
use super::selection::Pick;
use super::session::Stage;
use crate::model::{ArticleId, MonthDays, YearMonth};
use crate::worker::{Note, Request, Ticket};

/// Ids of the list that are being waited for, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// They become the selection.
    Range(Ticket),
    /// The selection finds its rows again in them.
    Follow(Ticket),
}

impl App {
    /// A click on a row of the list.
    pub(super) fn pick_row(&mut self, row: u64, pick: Pick) {
        let id = self.session.results.row(row).map(|row| row.id);
        match (pick, id) {
            (Pick::Only, _) => {
                if let Some(id) = id {
                    self.session.selection.set_one(row, id);
                }
                self.open_row(row);
            }
            (Pick::Toggle, Some(id)) => self.session.selection.toggle(row, id),
            (Pick::Toggle, None) => {}
            (Pick::Through, _) => self.select_between(self.session.selection.range_to(row)),
        }
    }

    /// An arrow key in the list: the row has the focus, and is opened if it is selected alone and the reader is there.
    pub(super) fn move_to_row(&mut self, row: u64, pick: Pick) {
        let row = row.min(self.session.results.len().saturating_sub(1));
        self.panels.top.hush();
        self.panels.list.focus(row);
        let id = self.session.results.row(row).map(|row| row.id);
        match (pick, id) {
            (Pick::Only, Some(id)) if !self.saved.shows_reader => {
                self.session.selection.set_one(row, id);
                self.panels.list.reveal(row);
            }
            (Pick::Only, None) if !self.saved.shows_reader => self.panels.list.reveal(row),
            _ => {
                self.panels.list.reveal(row);
                self.pick_row(row, pick);
            }
        }
    }

    /// Shows or hides a pane. The list or the reader always stays.
    pub(super) fn toggle_pane(&mut self, action: Action) {
        let saved = &mut self.saved;
        match action {
            Action::ToggleList => {
                saved.shows_list = !saved.shows_list;
                saved.shows_reader |= !saved.shows_list;
            }
            Action::ToggleReader => {
                saved.shows_reader = !saved.shows_reader;
                saved.shows_list |= !saved.shows_reader;
            }
            _ => saved.shows_filters = !saved.shows_filters,
        }
    }

    /// A row that is to be opened may lie where no list is drawn that would ask for it.
    pub(super) fn fetch_wanted_row(&mut self) {
        if let Some(row) = self.session.wanted_row
            && let Some(block) = self.session.results.missing_block(row..row + 1)
        {
            self.ask_rows(block);
        }
    }

    /// Selects every row of the result.
    pub(super) fn select_all(&mut self) {
        if self.session.stage == Stage::Open {
            self.select_between(0..self.session.results.len());
        }
    }

    fn select_between(&mut self, rows: std::ops::Range<u64>) {
        self.session.awaited_ids = None;
        match self.session.results.ids(rows.clone()) {
            Some(ids) => self.session.selection.set_range(rows.start, ids),
            // Rows that were never in view: only their ids are fetched.
            None => {
                let limit = u32::try_from(rows.end - rows.start).unwrap_or(u32::MAX);
                self.session.awaited_ids = Some(Awaited::Range(self.ask_ids(rows.start, limit)));
            }
        }
    }

    /// The list is asked for again with the same search: its rows may stand elsewhere.
    pub(super) fn follow_selection(&mut self) {
        if !self.session.selection.is_empty() {
            self.session.awaited_ids = Some(Awaited::Follow(self.ask_ids(0, u32::MAX)));
        }
    }

    fn ask_ids(&mut self, offset: u64, limit: u32) -> Ticket {
        let search = self.saved.search.clone();
        self.backend.send(Request::Ids { search, offset, limit })
    }

    pub(super) fn take_ids(&mut self, ticket: Ticket, offset: u64, ids: Vec<ArticleId>) {
        match self.session.awaited_ids {
            Some(Awaited::Range(awaited)) if awaited == ticket => self.session.selection.set_range(offset, ids),
            Some(Awaited::Follow(awaited)) if awaited == ticket => self.session.selection.follow(&ids),
            _ => return,
        }
        self.session.awaited_ids = None;
    }

    /// The articles a command is about: the selected ones if there are several, else the open one.
    pub(super) fn targets(&self) -> Vec<ArticleId> {
        if self.session.selection.is_many() {
            return self.session.selection.ids();
        }
        self.session.article.iter().map(|stored| stored.id).collect()
    }

    /// Puts the articles into the basket or takes them out; flags them or takes the flags off.
    pub(super) fn toggle_marks(&mut self, action: Action) {
        let ids = self.targets();
        if ids.is_empty() {
            return;
        }
        let has = |id: &ArticleId| -> Option<bool> {
            let open = self.session.marks_of(Some(*id)).map(|m| (m.is_in_basket, m.is_flagged));
            let row = || {
                let row = self.session.results.position(*id)?;
                self.session.results.marks(row).map(|m| (m.is_in_basket, m.is_flagged))
            };
            let (is_in_basket, is_flagged) = open.or_else(row)?;
            Some(if action == Action::ToggleFlag { is_flagged } else { is_in_basket })
        };
        // Of a long selection the rows that have been seen speak for the rest.
        let all_have =
            ids.iter().take(2000).all(|id| has(id).unwrap_or(true)) && ids.iter().any(|id| has(id).is_some());
        let note = match action {
            Action::ToggleFlag => Note::Flag(ids, !all_have),
            _ if all_have => Note::BasketRemove(ids),
            _ => Note::BasketAdd(ids),
        };
        self.write(note);
    }

    /// Counts the days of a month, unless that is being done.
    pub(super) fn count_days(&mut self, month: YearMonth) {
        if self.session.days_asked.is_none_or(|(_, asked)| asked != month) {
            let ticket = self.backend.send(Request::Days(self.saved.search.clone(), month));
            self.session.days_asked = Some((ticket, month));
        }
    }

    pub(super) fn take_days(&mut self, ticket: Ticket, days: MonthDays) {
        if self.session.days_asked.is_some_and(|(asked, _)| asked == ticket) {
            self.session.days = Some(days);
        }
    }

    /// Flags changed: their count does, and the list if it shows flagged articles alone.
    pub(super) fn count_again(&mut self) {
        if self.saved.search.filter.flagged {
            self.refresh();
        } else {
            self.session.counts_ticket = self.backend.send(Request::Counts(self.saved.search.clone()));
        }
    }

    /// A change is written: the rows in view show it without being fetched again.
    pub(super) fn show_in_rows(&mut self, note: &Note) {
        let list = &mut self.session.results;
        match note {
            Note::Read(ids, is_read) => list.change_marks(Some(ids), |m| m.is_read = *is_read),
            Note::Flag(ids, is_flagged) => list.change_marks(Some(ids), |m| m.is_flagged = *is_flagged),
            Note::BasketAdd(ids) => list.change_marks(Some(ids), |m| m.is_in_basket = true),
            Note::BasketRemove(ids) => list.change_marks(Some(ids), |m| m.is_in_basket = false),
            Note::BasketClear => list.change_marks(None, |m| m.is_in_basket = false),
            Note::Text(id, text) => {
                let has_note = !text.trim().is_empty();
                list.change_marks(Some(&[*id]), |m| m.has_note = has_note);
            }
            _ => {}
        }
    }
}
