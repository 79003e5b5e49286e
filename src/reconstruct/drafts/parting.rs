//! An article that is two: a headline without a text speaks of a part of another article's text of which that one's headline
//! says nothing.

use super::super::blocks::At;
use super::super::cohesion::Cohesion;
use super::super::labels::Label;
use super::Desk;
use super::lone::MOST_SURE;
use std::ops::Range;

/// What the words say at least that the headline shares with its part, see [`Cohesion::evidence`].
const LEAST: f32 = 30.0;
/// What is said at most for the other headline in that part, and for the headline outside of it, against that.
const MOST_OTHER: f32 = 0.3;
const MOST_OUTSIDE: f32 = 0.3;
/// Probability of the first line beginning an article from which on it may.
const MAY_OPEN: f32 = 0.3;

/// A part of an article's text.
struct Part {
    article: usize,
    /// The text in pieces that nothing parts, and which of them.
    pieces: Vec<Vec<At>>,
    own: Range<usize>,
    /// What speaks for it.
    worth: f32,
}

impl Desk<'_> {
    /// Parts the article that has the text of a lone headline, if one plainly does; says whether.
    pub(super) fn part_for(&mut self, headline: usize) -> bool {
        let mut best: Option<Part> = None;
        for article in (0..self.articles.len()).filter(|&article| article != headline) {
            let part = self.part_of(article, headline);
            if part.as_ref().is_some_and(|part| best.as_ref().is_none_or(|best| part.worth > best.worth)) {
                best = part;
            }
        }
        let Some(Part { article, pieces, own, .. }) = best else { return false };
        let text = |pieces: &[Vec<At>]| Some(pieces.concat()).filter(|text| !text.is_empty());
        self.articles[headline].texts = text(&pieces[own.clone()]).into_iter().collect();
        let rest = [text(&pieces[..own.start]), text(&pieces[own.end..])];
        self.articles[article].texts = rest.into_iter().flatten().collect();
        for parted in [article, headline] {
            let certainty = &mut self.articles[parted].join_certainty;
            *certainty = certainty.min(MOST_SURE);
        }
        true
    }

    /// The part of an article's text that the headline of another one speaks of, and its own does not.
    fn part_of(&mut self, article: usize, headline: usize) -> Option<Part> {
        let pieces = self.pieces(article);
        if pieces.len() < 2 || self.articles[article].heading.is_empty() {
            return None;
        }
        let solid = |piece: &Vec<At>| {
            let mut out = Vec::new();
            piece.iter().for_each(|&at| self.lines[at].add_solid(&mut out));
            out
        };
        let solid: Vec<Vec<char>> = pieces.iter().map(solid).collect();
        let solid: Vec<&[char]> = solid.iter().map(Vec::as_slice).collect();
        let heads = [&self.articles[headline].heading[..], &self.articles[article].heading];
        let cohesion = Cohesion::new(&heads, &solid, &mut self.terms);
        let gain = |piece: usize| cohesion.evidence(0, piece) - cohesion.evidence(1, piece);
        let gains: Vec<f32> = (0..pieces.len()).map(gain).collect();
        let own = self.widen(dearest(&gains)?, &gains, &pieces);
        let sum = |head: usize, is_own: bool| -> f32 {
            let counted = (0..pieces.len()).filter(|piece| own.contains(piece) == is_own);
            counted.map(|piece| cohesion.evidence(head, piece)).sum()
        };
        let worth = sum(0, true);
        let is_plain = self.leaves_a_beginning(&pieces, &own)
            && self.may_open(&pieces[own.start])
            && worth >= LEAST
            && sum(1, true) <= MOST_OTHER * worth
            && sum(0, false) <= MOST_OUTSIDE * worth;
        is_plain.then_some(Part { article, pieces, own, worth })
    }

    /// Whether what is left without some pieces of an article has a beginning too: the article's own, or one behind them; an
    /// editor's note (编者按) stands before a text that may begin in any way.
    fn leaves_a_beginning(&self, pieces: &[Vec<At>], own: &Range<usize>) -> bool {
        let is_note = self.labelling.labels[pieces[own.start][0]] == Label::Note;
        own.start > 0 || pieces.get(own.end).is_some_and(|left| is_note || self.may_open(left))
    }

    /// An article's text in pieces that begin where other lines or blank ones stand in between, or where the labelling has
    /// something begin.
    pub(super) fn pieces(&self, article: usize) -> Vec<Vec<At>> {
        let mut out: Vec<Vec<At>> = Vec::new();
        for text in &self.articles[article].texts {
            let mut before = None;
            for &at in text {
                let begins = before.is_none_or(|before: At| before + 1 != at)
                    || self.lines[at].blanks_before > 0
                    || matches!(self.labelling.labels[at], Label::Opening | Label::Note | Label::Caption);
                match out.last_mut() {
                    Some(piece) if !begins => piece.push(at),
                    _ => out.push(vec![at]),
                }
                before = Some(at);
            }
        }
        out
    }

    /// Pieces with those around them that speak for neither headline, as far back as to where an article may open and as far
    /// ahead as to where the next one may or a sentence goes on from before them.
    fn widen(&self, part: Range<usize>, gains: &[f32], pieces: &[Vec<At>]) -> Range<usize> {
        let Range { mut start, mut end } = part;
        while start > 0 && !self.may_open(&pieces[start]) && gains[start - 1] >= 0.0 {
            start -= 1;
        }
        let goes_on = |piece: &Vec<At>| !self.may_open(piece) && self.labelling.labels[piece[0]] != Label::Running;
        while end < pieces.len() && gains[end] >= 0.0 && goes_on(&pieces[end]) {
            end += 1;
        }
        start..end
    }

    fn may_open(&self, piece: &[At]) -> bool {
        let chance = |label: Label| self.labelling.probability(piece[0], label);
        [Label::Opening, Label::Note, Label::Caption].into_iter().map(chance).sum::<f32>() >= MAY_OPEN
    }
}

/// The numbers in a row whose sum is greatest, if there is one above 0.
fn dearest(gains: &[f32]) -> Option<Range<usize>> {
    let (mut best, mut most) = (None, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (at, gain) in gains.iter().enumerate() {
        if sum <= 0.0 {
            (start, sum) = (at, 0.0);
        }
        sum += gain;
        if sum > most {
            (best, most) = (Some(start..at + 1), sum);
        }
    }
    best
}
