//! A page's lines as the source view shows them: what became of each, which were chosen, which belong together. Knows no
//! widgets.

use super::i18n::{Tr, number};
use crate::model::{Anchor, ArticleId, FurnitureKind, LineRange, PageSummary, Role, StoredPage};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// What a line is, for its tint and its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Of an article (by its place on the page), in a role.
    Of(usize, Role),
    /// Of no article.
    Furniture(FurnitureKind),
    /// Nothing is printed there.
    Blank,
}

/// The lines of one page. Made once for each page that is looked at.
#[derive(Clone, Debug)]
pub struct PageLines {
    /// The page.
    pub page: Arc<StoredPage>,
    ranges: Vec<Range<usize>>,
    standings: Vec<Standing>,
    /// Lines at which an article begins on the page.
    openings: Vec<(u32, usize)>,
    /// Lines that were cut between articles, with the articles in the page's order.
    shared: BTreeMap<u32, Vec<usize>>,
}

impl PageLines {
    /// Reads a page.
    pub fn new(page: Arc<StoredPage>) -> Self {
        let mut ranges = Vec::new();
        let mut at = 0;
        for line in page.text.split('\n') {
            ranges.push(at..at + line.len());
            at += line.len() + 1;
        }
        let mut standings = vec![Standing::Blank; ranges.len()];
        let mut set = |from: u32, to: u32, standing| {
            for n in from..=to.min(ranges.len() as u32) {
                if let Some(slot) = (n as usize).checked_sub(1).and_then(|i| standings.get_mut(i)) {
                    *slot = standing;
                }
            }
        };
        for (at, article) in page.articles.iter().enumerate() {
            article.spans.iter().for_each(|span| set(span.from, span.to, Standing::Of(at, span.role)));
        }
        page.furniture.iter().for_each(|f| set(f.from, f.to, Standing::Furniture(f.what)));
        for (standing, range) in standings.iter_mut().zip(&ranges) {
            if page.text[range.clone()].trim().is_empty() {
                *standing = Standing::Blank;
            }
        }
        let first = |(at, article): (usize, &PageSummary)| Some((article.spans.iter().map(|s| s.from).min()?, at));
        let openings = page.articles.iter().enumerate().filter_map(first).collect();
        let shared = shared_lines(&page.articles, ranges.len() as u32);
        Self { page, ranges, standings, openings, shared }
    }

    /// Number of lines.
    pub fn count(&self) -> usize {
        self.ranges.len()
    }

    /// The text of a line, from 1.
    pub fn text(&self, line: u32) -> &str {
        let range = (line as usize).checked_sub(1).and_then(|i| self.ranges.get(i));
        range.map_or("", |range| &self.page.text[range.clone()])
    }

    /// What became of a line.
    pub fn standing(&self, line: u32) -> Standing {
        (line as usize).checked_sub(1).and_then(|i| self.standings.get(i)).copied().unwrap_or(Standing::Blank)
    }

    /// The article a line belongs to.
    pub fn article(&self, line: u32) -> Option<&PageSummary> {
        match self.standing(line) {
            Standing::Of(at, _) => self.page.articles.get(at),
            _ => None,
        }
    }

    /// The articles between which a line was cut; none when it is of one article or of none.
    pub fn sharers(&self, line: u32) -> impl Iterator<Item = &PageSummary> {
        self.shared.get(&line).into_iter().flatten().filter_map(|&at| self.page.articles.get(at))
    }

    /// Whether a line was cut between articles. Moving it would take its part away from each of them.
    pub fn is_shared(&self, line: u32) -> bool {
        self.shared.contains_key(&line)
    }

    /// The article that begins with this line.
    pub fn opening(&self, line: u32) -> Option<&PageSummary> {
        self.openings.iter().find(|(at, _)| *at == line).and_then(|(_, at)| self.page.articles.get(*at))
    }

    /// The first line of an article.
    pub fn first_line(&self, id: ArticleId) -> Option<u32> {
        self.openings.iter().find(|(_, at)| self.page.articles.get(*at).is_some_and(|a| a.id == id)).map(|(n, _)| *n)
    }

    /// "n lines: in articles, furniture, unplaced".
    pub fn account(&self, tr: Tr) -> String {
        let count = |f: fn(&Standing) -> bool| number(self.standings.iter().filter(|s| f(s)).count() as u64);
        let unplaced = |s: &Standing| *s == Standing::Furniture(FurnitureKind::Unplaced);
        tr.f(
            "source.account",
            &[
                ("n", count(|s| *s != Standing::Blank)),
                ("a", count(|s| matches!(s, Standing::Of(..)))),
                ("f", count(|s| matches!(s, Standing::Furniture(k) if *k != FurnitureKind::Unplaced))),
                ("u", count(unplaced)),
            ],
        )
    }

    /// Lines that stand in no article though they may be text.
    pub fn unplaced(&self) -> usize {
        self.standings.iter().filter(|s| **s == Standing::Furniture(FurnitureKind::Unplaced)).count()
    }

    /// The next line after `line` that has no place, around the end.
    pub fn next_unplaced(&self, line: u32) -> Option<u32> {
        let is_unplaced = |&n: &u32| self.standing(n) == Standing::Furniture(FurnitureKind::Unplaced);
        let count = self.count() as u32;
        (line + 1..=count).find(is_unplaced).or_else(|| (1..=line.min(count)).find(is_unplaced))
    }
}

/// Lines that more than one article holds a part of.
fn shared_lines(articles: &[PageSummary], count: u32) -> BTreeMap<u32, Vec<usize>> {
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        for line in article.spans.iter().flat_map(|span| span.from..=span.to.min(count)) {
            let of = holders.entry(line).or_default();
            if of.last() != Some(&at) {
                of.push(at);
            }
        }
    }
    holders.retain(|_, of| of.len() > 1);
    holders
}

/// The anchor of an article on a page's overview.
pub fn anchor_of(article: &PageSummary) -> Anchor {
    let mut lines: Vec<LineRange> = article.spans.iter().map(|s| s.range()).collect();
    lines.sort_by_key(|range| range.from);
    Anchor { lines, title: article.title.clone(), begin: article.begin }
}

/// Chosen lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    lines: BTreeSet<u32>,
    anchor: Option<u32>,
}

impl Choice {
    /// A click on a line: alone, with Shift up to it, with Ctrl in or out.
    pub fn click(&mut self, line: u32, extends: bool, toggles: bool) {
        match self.anchor.filter(|_| extends) {
            Some(anchor) => {
                if !toggles {
                    self.lines.clear();
                }
                self.lines.extend(anchor.min(line)..=anchor.max(line));
            }
            None if toggles => {
                if !self.lines.remove(&line) {
                    self.lines.insert(line);
                }
                self.anchor = Some(line);
            }
            None => {
                self.lines = BTreeSet::from([line]);
                self.anchor = Some(line);
            }
        }
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether a line is chosen.
    pub fn has(&self, line: u32) -> bool {
        self.lines.contains(&line)
    }

    /// The chosen lines that are printed, ascending.
    pub fn inked(&self, lines: &PageLines) -> Vec<u32> {
        self.lines.iter().copied().filter(|&n| lines.standing(n) != Standing::Blank).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_chosen_like_files() {
        let mut choice = Choice::default();
        choice.click(3, false, false);
        choice.click(5, true, false);
        assert_eq!(choice.lines, BTreeSet::from([3, 4, 5]));
        choice.click(4, false, true);
        choice.click(9, false, true);
        assert_eq!(choice.lines, BTreeSet::from([3, 5, 9]));
        choice.click(7, false, false);
        assert_eq!(choice.lines, BTreeSet::from([7]));
        choice.click(6, true, false);
        assert_eq!(LineRange::gather(choice.lines.iter().copied()), [LineRange { from: 6, to: 7 }]);
    }
}
