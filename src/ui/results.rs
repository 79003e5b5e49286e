//! The result list as the window knows it: a total and the rows seen so far, fetched block by block.

use crate::model::{ArticleId, SearchRequest, Summary};
use crate::worker::{RowMarks, Ticket};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// Rows fetched at once.
pub const BLOCK: u64 = 100;
/// Blocks kept; the farthest from the ones in view go first.
const KEPT_BLOCKS: usize = 60;

/// Rows that came in together, with the user's marks of each.
#[derive(Debug, Default)]
struct Block {
    rows: Vec<Summary>,
    marks: Vec<RowMarks>,
}

/// A result: the search, its total, and the blocks of rows that have come in.
///
/// While the rows of a new search are on their way the old ones stay on the screen, so that the list does not flicker.
#[derive(Debug, Default)]
pub struct ResultList {
    search: SearchRequest,
    total: Option<u64>,
    /// A total that was counted before the first rows came.
    early_total: Option<u64>,
    blocks: BTreeMap<u64, Block>,
    asked: Option<(Ticket, u64)>,
    is_stale: bool,
}

impl ResultList {
    /// Begins a new search; its first block has been asked for with `ticket`.
    pub fn begin(&mut self, search: SearchRequest, ticket: Ticket) {
        self.search = search;
        self.asked = Some((ticket, 0));
        self.is_stale = true;
        self.early_total = None;
    }

    /// Notes that block number `block` has been asked for.
    pub fn ask(&mut self, block: u64, ticket: Ticket) {
        self.asked = Some((ticket, block));
    }

    /// Takes rows in, if they are the ones last asked for; says whether they are the first of a new search.
    pub fn put(&mut self, ticket: Ticket, offset: u64, rows: Vec<Summary>, marks: Vec<RowMarks>) -> bool {
        if self.asked.is_none_or(|(asked, _)| asked != ticket) {
            return false;
        }
        self.asked = None;
        let is_first = std::mem::take(&mut self.is_stale);
        if is_first {
            self.blocks.clear();
            self.total = self.early_total.take();
        }
        if (rows.len() as u64) < BLOCK {
            self.total = Some(offset + rows.len() as u64);
        }
        let block = offset / BLOCK;
        self.blocks.insert(block, Block { rows, marks });
        while self.blocks.len() > KEPT_BLOCKS {
            let farthest = self.blocks.keys().copied().max_by_key(|b| b.abs_diff(block));
            farthest.map(|b| self.blocks.remove(&b));
        }
        is_first
    }

    /// The request failed: it may be asked again.
    pub fn give_up(&mut self, ticket: Ticket) {
        if self.asked.is_some_and(|(asked, _)| asked == ticket) {
            self.asked = None;
            self.is_stale = false;
        }
    }

    /// Takes the exact total in.
    pub fn set_total(&mut self, total: u64) {
        // The rows on the screen may still be those of the search before.
        let place = if self.is_stale { &mut self.early_total } else { &mut self.total };
        *place = Some(total);
    }

    /// The search whose rows these are (or will be).
    pub fn search(&self) -> &SearchRequest {
        &self.search
    }

    /// Number of rows: the total, or as many as are known while it is being counted.
    pub fn len(&self) -> u64 {
        self.total.unwrap_or_else(|| {
            self.blocks.last_key_value().map_or(0, |(number, block)| number * BLOCK + block.rows.len() as u64)
        })
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether rows of the newest search are still on their way.
    pub fn is_waiting(&self) -> bool {
        self.is_stale
    }

    /// The row at `index`, if it has come in.
    pub fn row(&self, index: u64) -> Option<&Summary> {
        self.blocks.get(&(index / BLOCK))?.rows.get((index % BLOCK) as usize)
    }

    /// Where the article stands among the rows that have come in.
    pub fn position(&self, id: ArticleId) -> Option<u64> {
        self.blocks.iter().find_map(|(number, block)| {
            block.rows.iter().position(|row| row.id == id).map(|i| number * BLOCK + i as u64)
        })
    }

    /// The user's marks of the row at `index`, if it has come in.
    pub fn marks(&self, index: u64) -> Option<&RowMarks> {
        self.blocks.get(&(index / BLOCK))?.marks.get((index % BLOCK) as usize)
    }

    /// Changes the marks of some articles' rows that have come in; `None` means all of them.
    pub fn change_marks(&mut self, ids: Option<&[ArticleId]>, change: impl Fn(&mut RowMarks)) {
        let ids: Option<HashSet<ArticleId>> = ids.map(|ids| ids.iter().copied().collect());
        for block in self.blocks.values_mut() {
            for (row, marks) in block.rows.iter().zip(&mut block.marks) {
                if ids.as_ref().is_none_or(|ids| ids.contains(&row.id)) {
                    change(marks);
                }
            }
        }
    }

    /// The ids of `rows`, if all of them have come in.
    pub fn ids(&self, rows: Range<u64>) -> Option<Vec<ArticleId>> {
        rows.map(|row| self.row(row).map(|row| row.id)).collect()
    }

    /// The block to ask for next so that the rows of `view` can be shown; `None` while an answer is on its way.
    pub fn missing_block(&self, view: Range<u64>) -> Option<u64> {
        if self.asked.is_some() || self.is_empty() {
            return None;
        }
        let last = view.end.min(self.len()).saturating_sub(1);
        (view.start / BLOCK..=last / BLOCK).find(|block| !self.blocks.contains_key(block))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{Kind, PageId, Snippet};

    pub(crate) fn row(id: i64) -> Summary {
        Summary {
            id: ArticleId(id),
            page_id: PageId(1),
            title: Snippet { text: format!("第{id}篇"), marks: Vec::new() },
            title_printed: true,
            date: None,
            page_label: None,
            newspaper: None,
            section: None,
            towns: Vec::new(),
            kind: Kind::News,
            byline: String::new(),
            snippet: Snippet::default(),
            confidence: 1.0,
        }
    }

    fn rows(from: i64, n: i64) -> Vec<Summary> {
        (from..from + n).map(row).collect()
    }

    #[test]
    fn an_answer_to_an_older_question_is_dropped() {
        let mut list = ResultList::default();
        list.begin(SearchRequest::default(), Ticket(1));
        list.begin(SearchRequest { query: "圩".into(), ..Default::default() }, Ticket(2));
        assert!(!list.put(Ticket(1), 0, rows(1, 5), Vec::new()));
        assert!(list.is_empty() && list.is_waiting());
        assert!(list.put(Ticket(2), 0, rows(7, 2), Vec::new()));
        assert_eq!((list.len(), list.row(1).unwrap().id), (2, ArticleId(8)));
    }

    #[test]
    fn a_total_that_is_quicker_than_the_rows_is_not_lost() {
        let mut list = ResultList::default();
        list.begin(SearchRequest::default(), Ticket(1));
        list.set_total(4321);
        assert_eq!(list.len(), 0, "the rows of the search before stay what they are");
        list.put(Ticket(1), 0, rows(0, 100), Vec::new());
        assert_eq!(list.len(), 4321);
        list.begin(SearchRequest::default(), Ticket(2));
        list.put(Ticket(2), 0, rows(0, 100), Vec::new());
        assert_eq!(list.len(), 100, "the total of another search does not count");
    }

    #[test]
    fn old_rows_stay_until_new_ones_come() {
        let mut list = ResultList::default();
        list.begin(SearchRequest::default(), Ticket(1));
        list.put(Ticket(1), 0, rows(1, 3), Vec::new());
        list.begin(SearchRequest::default(), Ticket(2));
        assert_eq!(list.len(), 3);
        list.put(Ticket(2), 0, Vec::new(), Vec::new());
        assert!(list.is_empty() && !list.is_waiting());
    }

    #[test]
    fn rows_out_of_sight_are_asked_for_block_by_block() {
        let mut list = ResultList::default();
        list.begin(SearchRequest::default(), Ticket(1));
        list.put(Ticket(1), 0, rows(0, 100), Vec::new());
        list.set_total(1000);
        assert_eq!(list.missing_block(0..20), None);
        assert_eq!(list.missing_block(95..115), Some(1));
        list.ask(1, Ticket(2));
        assert_eq!(list.missing_block(95..115), None, "one question at a time");
        list.put(Ticket(2), 100, rows(100, 100), Vec::new());
        assert_eq!(list.missing_block(950..1200), Some(9));
        assert_eq!(list.position(ArticleId(150)), Some(150));
    }

    #[test]
    fn a_long_scroll_does_not_keep_every_row() {
        let mut list = ResultList::default();
        list.begin(SearchRequest::default(), Ticket(1));
        list.put(Ticket(1), 0, rows(0, 100), Vec::new());
        list.set_total(1_000_000);
        for block in 1..200 {
            list.ask(block, Ticket(block + 1));
            list.put(Ticket(block + 1), block * BLOCK, rows(0, 100), Vec::new());
        }
        assert!(list.blocks.len() <= KEPT_BLOCKS);
        assert!(list.row(199 * BLOCK).is_some());
    }
}
