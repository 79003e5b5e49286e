//! Which rows of the list are selected: by click, Ctrl and Shift, or all of them.
//!
//! A selection belongs to one search. It knows the rows by their place in the list, so that whatever is done with it
//! (basket, tags, export, print) happens in the order in which the list shows them.

use crate::model::ArticleId;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// How a row joins the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// It alone: a plain click.
    Only,
    /// It is added or taken out: Ctrl and click.
    Toggle,
    /// All rows from the last one picked to it: Shift and click.
    Through,
}

/// The selected rows.
#[derive(Debug, Default)]
pub struct Selection {
    rows: BTreeMap<u64, ArticleId>,
    ids: HashSet<ArticleId>,
    /// The row picked last without Shift.
    anchor: Option<u64>,
}

impl Selection {
    /// The selected articles in the order of the list.
    pub fn ids(&self) -> Vec<ArticleId> {
        self.rows.values().copied().collect()
    }

    /// Number of selected rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether more than one row is selected, so that commands are about them rather than about the open article.
    pub fn is_many(&self) -> bool {
        self.rows.len() > 1
    }

    /// Whether the article is selected.
    pub fn contains(&self, id: ArticleId) -> bool {
        self.ids.contains(&id)
    }

    /// Selects nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Selects one row alone.
    pub fn set_one(&mut self, row: u64, id: ArticleId) {
        self.clear();
        self.insert(row, id);
        self.anchor = Some(row);
    }

    /// Adds a row, or takes it out.
    pub fn toggle(&mut self, row: u64, id: ArticleId) {
        self.anchor = Some(row);
        if self.ids.remove(&id) {
            self.rows.retain(|_, selected| *selected != id);
        } else {
            self.insert(row, id);
        }
    }

    /// The rows that Shift and a click on `row` select.
    pub fn range_to(&self, row: u64) -> Range<u64> {
        let anchor = self.anchor.unwrap_or(row);
        anchor.min(row)..anchor.max(row) + 1
    }

    /// Selects the rows from `first` on and no others; where Shift begins stays.
    pub fn set_range(&mut self, first: u64, ids: impl IntoIterator<Item = ArticleId>) {
        self.rows.clear();
        self.ids.clear();
        for (row, id) in (first..).zip(ids) {
            self.insert(row, id);
        }
    }

    /// The list was asked for again: `all` are its articles now. What is gone from it is no longer selected, and the rest
    /// stands where the list has it.
    pub fn follow(&mut self, all: &[ArticleId]) {
        let kept = std::mem::take(&mut self.ids);
        self.rows.clear();
        for (row, id) in (0..).zip(all).filter(|(_, id)| kept.contains(id)) {
            self.insert(row, *id);
        }
        self.anchor = self.rows.keys().next_back().copied();
    }

    fn insert(&mut self, row: u64, id: ArticleId) {
        self.ids.insert(id);
        self.rows.insert(row, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[i64]) -> Vec<ArticleId> {
        numbers.iter().copied().map(ArticleId).collect()
    }

    #[test]
    fn what_is_picked_in_any_order_comes_in_the_order_of_the_list() {
        let mut selection = Selection::default();
        selection.set_one(5, ArticleId(50));
        selection.toggle(1, ArticleId(10));
        selection.toggle(3, ArticleId(30));
        assert_eq!(selection.ids(), ids(&[10, 30, 50]));
        selection.toggle(3, ArticleId(30));
        assert_eq!(selection.ids(), ids(&[10, 50]));
        assert!(selection.is_many() && selection.contains(ArticleId(50)) && !selection.contains(ArticleId(30)));
    }

    #[test]
    fn shift_reaches_from_the_row_picked_last_and_can_turn_round() {
        let mut selection = Selection::default();
        assert_eq!(selection.range_to(4), 4..5, "nothing was picked before");
        selection.set_one(5, ArticleId(50));
        assert_eq!(selection.range_to(8), 5..9);
        selection.set_range(5, ids(&[50, 60, 70, 80]));
        assert_eq!(selection.range_to(2), 2..6);
        selection.set_range(2, ids(&[20, 30, 40, 50]));
        assert_eq!(selection.ids(), ids(&[20, 30, 40, 50]));
    }

    #[test]
    fn a_list_that_changed_keeps_what_is_still_in_it() {
        let mut selection = Selection::default();
        selection.set_range(0, ids(&[10, 20, 30]));
        selection.follow(&ids(&[5, 30, 8, 10]));
        assert_eq!(selection.ids(), ids(&[30, 10]), "in the new order");
        assert_eq!(selection.range_to(1), 1..4);
    }
}
