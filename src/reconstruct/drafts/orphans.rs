//! Texts without a headline are given to articles whose words they share.

use super::super::blocks::At;
use super::super::chars::is_finished;
use super::{Desk, WINDOW, flag};

/// Lines of a text without headline that may be a piece of another one.
const LONGEST_PIECE: usize = 16;
/// How much a word over the line end, and lines of one measure, say for a piece being of a text, beside the words they share
/// and the walk over the paragraphs, which says from 1, its own choice, to -1, far worse than that.
const GOES_ON: f32 = 1.5;
const EVEN: f32 = 0.3;
/// What must speak for a piece being of a text at least, and how much more than for any other text: what belongs nearly as well
/// elsewhere is mostly an article whose headline was not found.
const LEAST_BELONGING: f32 = 1.0;
const CLEAR_LEAD: f32 = 1.2;
/// How sure such a join is at most.
const MOST_CERTAIN: f32 = 0.9;

impl Desk<'_> {
    /// A short text that got no headline on a page where texts have headlines is mostly a piece of one that did: its
    /// last paragraph that a column's head was set before, say. It goes where its words belong.
    pub(super) fn adopt_orphans(&mut self, article_of_heading: &[Option<usize>]) {
        let mut has_heading = vec![false; self.articles.len()];
        article_of_heading.iter().flatten().for_each(|&a| has_heading[a] = true);
        let with = has_heading.iter().filter(|h| **h).count();
        let is_orphan = |a: usize, desk: &Self| {
            let draft = &desk.articles[a];
            !has_heading[a] && !draft.is_caption && !draft.texts.is_empty()
        };
        let orphans: Vec<usize> = (0..self.articles.len()).filter(|&a| is_orphan(a, self)).take(WINDOW).collect();
        if with < 2 || orphans.len() * 2 > with {
            return;
        }
        for orphan in orphans {
            let lines: Vec<At> = self.articles[orphan].texts.iter().flatten().copied().collect();
            if lines.len() > LONGEST_PIECE {
                continue;
            }
            let candidates: Vec<usize> = (orphan.saturating_sub(WINDOW / 2)
                ..(orphan + WINDOW / 2).min(has_heading.len()))
                .filter(|&a| has_heading[a] && !self.articles[a].is_caption && !self.articles[a].texts.is_empty())
                .collect();
            let mut scored: Vec<(f32, usize)> =
                candidates.into_iter().map(|article| (self.belonging(&lines, article), article)).collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some(&(best, article)) = scored.first() else { continue };
            let next = scored.get(1).map_or(0.0, |s| s.0);
            if best < LEAST_BELONGING || best - next < CLEAR_LEAD {
                continue;
            }
            let texts = std::mem::take(&mut self.articles[orphan].texts);
            texts.into_iter().for_each(|text| self.add_text(article, text));
            let target = &mut self.articles[article];
            target.join_certainty = target.join_certainty.min((best / (best + next)).min(MOST_CERTAIN));
            if self.ends[article].1 < self.ends[orphan].0 {
                self.ends[article].1 = self.ends[orphan].1;
            }
            self.article_of.iter_mut().filter(|a| **a == Some(orphan)).for_each(|a| *a = Some(article));
        }
    }

    /// What speaks for a piece of text being of `article`: the words they share, and whether it goes on where the article's
    /// last line stops, in its measure, and was walked to the same headline.
    fn belonging(&mut self, piece: &[At], article: usize) -> f32 {
        let text: Vec<At> = self.articles[article].texts.iter().flatten().copied().collect();
        let tie = self.words.tie(&mut self.scratch, piece, &text);
        let (first, last) = (piece[0], self.last_text(self.ends[article].1));
        let (after, before) = (&self.lines[first], &self.lines[last]);
        let goes_on = !is_finished(&before.chars) && self.lexicon.spans_break(before, after);
        let is_even = before.measure_before.max(before.measure_after).abs_diff(after.measure_after) <= 1;
        let walked = self.labelling.head_of(last).map_or(0.0, |head| 1.0 - 2.0 * self.walk_worse(first, head));
        tie + GOES_ON * flag(goes_on) + EVEN * flag(is_even) + walked
    }
}
