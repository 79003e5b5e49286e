//! Which lines make which article: a page without its texts.

use super::RepairId;
use super::blocks::Rewording;
use crate::model::{Anchor, Article, Field, Furniture, FurnitureKind, LineRange, Page, Role};
use crate::reconstruct::GivenLine;
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

    /// The article that holds most of the anchor's lines, if it is at least half of those that still exist.
    pub(super) fn find(&self, anchor: &Anchor) -> Option<usize> {
        if anchor.lines.is_empty() {
            return self.pieces.iter().position(|p| p.lines.is_empty() && p.title == anchor.title);
        }
        let shared = |lines: &[GivenLine]| lines.iter().filter(|given| anchor.has(given.line)).count();
        let in_rest = self.rest.keys().filter(|&&line| anchor.has(line)).count();
        let counts: Vec<usize> = self.pieces.iter().map(|p| shared(&p.lines)).collect();
        let all = counts.iter().sum::<usize>() + in_rest;
        let most = *counts.iter().max()?;
        let at = counts.iter().position(|&count| count == most)?;
        (most > 0 && most * 2 >= all).then_some(at)
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
                text.push(GivenLine { line: run.line, role, opens });
                opens = false;
            }
        }
    }
    let mut before: Option<u32> = None;
    for span in &article.spans {
        for line in span.range().lines() {
            if !is_text(span.role) {
                out.push(GivenLine { line, role: span.role, opens: false });
                continue;
            }
            // A line that left no character in the text (a jump note, a copy) follows the one before it.
            if seen.insert(line) {
                let at = before.and_then(|b| text.iter().position(|given| given.line == b)).map_or(0, |at| at + 1);
                text.insert(at, GivenLine { line, role: span.role, opens: false });
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
