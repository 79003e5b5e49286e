//! Which lines make which article: a page without its texts.

use super::RepairId;
use super::blocks::Rewording;
use crate::model::{Anchor, Article, Field, Furniture, FurnitureKind, LineRange, Page, Place, Role};
use crate::reconstruct::{GivenLine, Part};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A page taken apart.
pub(super) struct Layout<'a> {
    /// The dump's lines, from line 1 on.
    pub(super) lines: Vec<&'a str>,
    /// The articles.
    pub(super) pieces: Vec<Piece>,
    /// Lines of no article.
    pub(super) rest: BTreeMap<u32, FurnitureKind>,
    /// Lines have been moved.
    pub(super) is_recut: bool,
    /// What is said about paragraphs and single characters.
    pub(super) rewordings: Vec<(RepairId, Rewording)>,
}

/// An article as far as lines go.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// Which of the engine's articles it was, or was cut from.
    pub(super) origin: Option<usize>,
    /// Which of the engine's articles it goes on as.
    pub(super) heir: Option<usize>,
    /// Its lines in reading order.
    pub(super) lines: Vec<GivenLine>,
    /// It is no longer the engine's.
    pub(super) is_recut: bool,
    /// Corrected fields, in the order they were corrected.
    pub(super) fields: Vec<Field>,
    /// The repairs that touch it.
    pub(super) touched: BTreeSet<RepairId>,
    title: String,
}

/// Whether lines of this role are read as the article's text, in their order.
pub(super) fn is_text(role: Role) -> bool {
    matches!(role, Role::Body | Role::Subhead | Role::Caption | Role::Jump | Role::Ednote)
}

impl<'a> Layout<'a> {
    /// Takes `page`, made of `text`, apart.
    pub(super) fn of(text: &'a str, page: &Page) -> Self {
        let lines: Vec<&str> = text.split('\n').collect();
        let mut taken = HashSet::new();
        let mut fresh = |line: u32| is_inked(&lines, line) && taken.insert(line);
        let mut pieces = Vec::with_capacity(page.articles.len());
        for (at, article) in page.articles.iter().enumerate() {
            let mut lines = lines_of(article);
            lines.retain(|given| fresh(given.line));
            pieces.push(Piece {
                origin: Some(at),
                heir: Some(at),
                lines,
                title: article.title.clone(),
                ..Piece::default()
            });
        }
        let mut rest = BTreeMap::new();
        for furniture in &page.furniture {
            let last = furniture.to.min(lines.len() as u32);
            rest.extend((furniture.from..=last).filter(|&n| fresh(n)).map(|n| (n, furniture.what)));
        }
        Self { lines, pieces, rest, is_recut: false, rewordings: Vec::new() }
    }

    /// The text of a line.
    pub(super) fn line(&self, line: u32) -> &'a str {
        (line as usize).checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or_default()
    }

    /// The article that holds a line, and where among its lines.
    pub(super) fn holder(&self, line: u32) -> Option<(usize, usize)> {
        let find = |piece: &Piece| piece.lines.iter().position(|given| given.line == line);
        self.pieces.iter().enumerate().find_map(|(at, piece)| Some((at, find(piece)?)))
    }

    /// The article that holds this character of a line, and where among its lines.
    pub(super) fn holder_of(&self, place: Place) -> Option<(usize, usize)> {
        let is_it = |given: &GivenLine| given.line == place.line && given.part.has(place.column);
        let find = |piece: &Piece| piece.lines.iter().position(is_it);
        self.pieces.iter().enumerate().find_map(|(at, piece)| Some((at, find(piece)?)))
    }

    /// The text of as much of a line as an article has.
    pub(super) fn text(&self, given: GivenLine) -> String {
        let chars = (0..).zip(self.line(given.line).chars()).filter(|(column, _)| given.part.has(*column));
        chars.map(|(_, c)| c).collect()
    }

    /// Whether something is printed in a part of a line.
    pub(super) fn is_inked(&self, line: u32, part: Part) -> bool {
        (0..).zip(self.line(line).chars()).any(|(column, c)| part.has(column) && !c.is_whitespace())
    }

    /// A line that articles share is whole again: in article `to` if that has a part of it, else in the first.
    pub(super) fn make_whole(&mut self, id: RepairId, line: u32, to: Option<usize>) {
        let has = |piece: &Piece| piece.lines.iter().any(|given| given.line == line);
        let Some((first, index)) = self.holder(line) else { return };
        if self.pieces[first].lines[index].part == Part::WHOLE {
            return;
        }
        let keeper = to.filter(|&to| self.pieces.get(to).is_some_and(has)).unwrap_or(first);
        for (at, piece) in self.pieces.iter_mut().enumerate().filter(|(_, piece)| has(piece)) {
            let mut is_kept = at != keeper;
            piece.lines.retain_mut(|given| {
                if given.line != line {
                    return true;
                }
                given.part = Part::WHOLE;
                !std::mem::replace(&mut is_kept, true)
            });
            piece.is_recut = true;
            piece.touched.insert(id);
        }
    }

    /// The article that holds most of the anchor's lines, if it is at least half of those that still exist.
    pub(super) fn find(&self, anchor: &Anchor) -> Option<usize> {
        if anchor.lines.is_empty() {
            return self.pieces.iter().position(|p| p.lines.is_empty() && p.title == anchor.title);
        }
        let given = self.pieces.iter().flat_map(|piece| &piece.lines).map(|given| given.line);
        let known: BTreeSet<u32> = given.chain(self.rest.keys().copied()).filter(|&line| anchor.has(line)).collect();
        let shared = |piece: &Piece| {
            let lines: BTreeSet<u32> = piece.lines.iter().map(|given| given.line).collect();
            lines.intersection(&known).count()
        };
        // Of articles that share its lines evenly the one where its text begins.
        let begin = anchor.begin.and_then(|place| self.holder_of(place)).map(|(at, _)| at);
        let counts = self.pieces.iter().map(shared).enumerate();
        let (at, most) = counts.max_by_key(|&(at, count)| (count, begin == Some(at), std::cmp::Reverse(at)))?;
        (most > 0 && most * 2 >= known.len()).then_some(at)
    }

    /// Known lines within ranges, ascending.
    pub(super) fn known(&self, ranges: &[LineRange]) -> Vec<u32> {
        let mut out: Vec<u32> = Vec::new();
        let last = self.lines.len() as u32;
        for range in ranges {
            out.extend((range.from.max(1)..=range.to.min(last)).filter(|&n| is_inked(&self.lines, n)));
        }
        out.sort_unstable();
        out.dedup();
        out.retain(|&n| self.rest.contains_key(&n) || self.holder(n).is_some());
        out
    }

    /// A repair touches every article.
    pub(super) fn touch_all(&mut self, id: RepairId) {
        for piece in &mut self.pieces {
            piece.touched.insert(id);
        }
    }

    /// Lines of no article, as ranges.
    pub(super) fn furniture(&self) -> Vec<Furniture> {
        let mut out: Vec<Furniture> = Vec::new();
        for (&line, &what) in &self.rest {
            let adjoins = |last: &Furniture| (last.to + 1..line).all(|n| !is_inked(&self.lines, n));
            match out.last_mut() {
                Some(last) if last.what == what && adjoins(last) => last.to = line,
                _ => out.push(Furniture { from: line, to: line, what }),
            }
        }
        out
    }
}

fn is_inked(lines: &[&str], line: u32) -> bool {
    (line as usize).checked_sub(1).and_then(|i| lines.get(i)).is_some_and(|text| !text.trim().is_empty())
}

/// An article's lines in reading order: text lines as its blocks have them, with those that open a block.
fn lines_of(article: &Article) -> Vec<GivenLine> {
    let mut out: Vec<GivenLine> = Vec::new();
    let mut text: Vec<GivenLine> = Vec::new();
    let roles: BTreeMap<u32, Role> =
        article.spans.iter().flat_map(|s| s.range().lines().map(|line| (line, s.role))).collect();
    let mut seen = HashSet::new();
    for block in &article.blocks {
        let mut opens = true;
        for run in &block.runs {
            let role = roles.get(&run.line).copied().filter(|&role| is_text(role));
            if let Some(role) = role.filter(|_| seen.insert(run.line)) {
                text.push(GivenLine { line: run.line, role, opens, part: Part::WHOLE });
                opens = false;
            }
        }
    }
    let mut before: Option<u32> = None;
    for span in &article.spans {
        for line in span.range().lines() {
            if !is_text(span.role) {
                out.push(GivenLine { line, role: span.role, opens: false, part: Part::WHOLE });
                continue;
            }
            // A line that left no character in the text (a jump note, a copy) follows the one before it.
            if seen.insert(line) {
                let at = before.and_then(|b| text.iter().position(|given| given.line == b)).map_or(0, |at| at + 1);
                text.insert(at, GivenLine { line, role: span.role, opens: false, part: Part::WHOLE });
            }
            before = Some(line);
        }
    }
    out.extend(text);
    out
}

impl Piece {
    /// An article of these lines.
    pub(super) fn new(origin: Option<usize>, lines: Vec<GivenLine>, id: RepairId) -> Self {
        Self { origin, lines, is_recut: true, touched: BTreeSet::from([id]), ..Self::default() }
    }

    /// Its lines.
    pub(super) fn given(&self) -> Vec<GivenLine> {
        self.lines.clone()
    }

    /// Whether it has a main headline.
    pub(super) fn has_title(&self) -> bool {
        self.lines.iter().any(|given| given.role == Role::Title)
    }
}
