//! Pieces of running text are chained: each goes on with a text before it or begins one.

use super::super::blocks::{At, Block, What};
use super::super::chars::{closes, closes_first, is_finished, is_pause, leaves_open};
use super::super::joins::{TEXT, TextCase};
use super::super::labels::Label;
use super::super::openers::{self, Opener};
use super::super::weights::softmax;
use super::{Choice, Desk, Draft, flag};
use std::rc::Rc;

/// Texts that a piece may go on with.
const OPEN: usize = 10;
/// What a walk loses where that counts half as much as the worst.
const HALF_WORSE: f32 = 4.0;
/// From this probability on a label is beyond doubt; odds are told no higher.
const CERTAIN: f32 = 0.999;

impl Desk<'_> {
    /// Gives every text block to an article, chaining the pieces that were torn apart.
    pub(super) fn chain_texts(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        // The article of a note that waits for its text, and whether the note has a headline of its own.
        let mut pending_note: Option<(usize, bool)> = None;
        let blocks = Rc::clone(&self.blocks);
        for (index, block) in blocks.iter().enumerate() {
            // A note under a headline of its own is none of the next headline's text.
            if block.has_title(&self.labelling.labels) {
                pending_note = pending_note.filter(|&(_, has_head)| !has_head);
            }
            if !block.is_text() {
                continue;
            }
            let before = match block.what {
                What::Body => self.predecessor(index, &open).or(pending_note.take().map(|(article, _)| (article, 0.8))),
                _ => None,
            };
            let article = match before {
                Some((article, certainty)) => {
                    self.articles[article].join_certainty = self.articles[article].join_certainty.min(certainty);
                    if self.begins(&block.lines, article) {
                        self.ends[article].0 = index;
                    } else {
                        self.ends[article].1 = index;
                    }
                    article
                }
                None => {
                    self.articles.push(Draft { is_caption: block.what == What::Caption, ..Draft::default() });
                    self.ends.push((index, index));
                    self.articles.len() - 1
                }
            };
            self.add_text(article, block.lines.clone());
            self.article_of[index] = Some(article);
            pending_note = (block.what == What::Note).then(|| {
                let has_head = index > 0 && self.blocks[index - 1].has_title(&self.labelling.labels);
                (article, has_head)
            });
            if block.what == What::Body {
                open.retain(|&a| a != article);
                open.push(article);
                if open.len() > OPEN {
                    open.remove(0);
                }
            }
        }
    }

    /// Whether a piece is the beginning of an article whose later piece was met first: before its headline, say.
    fn begins(&self, piece: &[At], article: usize) -> bool {
        let opens = |at: At| self.labelling.probability(at, Label::Opening);
        let first = self.articles[article].texts.first().and_then(|text| text.first());
        piece.first().zip(first).is_some_and(|(&piece, &first)| {
            self.labelling.labels[first] != Label::Note && opens(piece) > opens(first) + 0.5
        })
    }

    pub(super) fn add_text(&mut self, article: usize, piece: Vec<At>) {
        let at = if self.begins(&piece, article) { 0 } else { self.articles[article].texts.len() };
        self.articles[article].texts.insert(at, piece);
    }

    /// The article that the piece `index` goes on with, and how sure that is.
    fn predecessor(&mut self, index: usize, open: &[usize]) -> Option<(usize, f32)> {
        let piece = &self.blocks[index].lines;
        // An opening that nothing speaks against needs no second thought.
        if self.labelling.probability(piece[0], Label::Opening) > CERTAIN && self.teacher.is_none() {
            return None;
        }
        let ties: Vec<f32> = open
            .iter()
            .map(|&a| {
                let text: Vec<At> = self.articles[a].texts.iter().flatten().copied().collect();
                self.words.tie(&mut self.scratch, piece, &text)
            })
            .collect();
        let best_tie = ties.iter().copied().fold(0.0, f32::max);
        let is_open = |a: usize| {
            let last = self.last_text(self.ends[a].1);
            !is_finished(&self.lines[last].chars) && !self.is_jumped(a)
        };
        let unfinished = open.iter().filter(|&&a| is_open(a)).count();
        let mut articles = vec![None];
        let mut options = vec![(Vec::new(), self.new_case(index))];
        for (age, (&article, &tie)) in open.iter().zip(&ties).rev().enumerate() {
            let mut case = self.text_case(index, article, age);
            case[24] = (tie / 3.0).min(2.0);
            case[25] = flag(tie > 0.0 && tie >= best_tie);
            case[27] = flag(unfinished == 1 && is_open(article));
            let lines = self.articles[article].texts.iter().flatten().copied().collect();
            articles.push(Some(article));
            options.push((lines, case));
        }
        let mut scores: Vec<f32> = options.iter().map(|(_, case)| self.lexicon.joins.of_text(case)).collect();
        // Subheads without any text are no article of their own.
        if options.len() > 1 && piece.iter().all(|&at| self.is_subhead(at)) {
            scores[0] = f32::NEG_INFINITY;
        }
        let chances = softmax(&scores);
        let taught = self.teacher.as_mut().and_then(|teach| teach(Choice::Text { subject: piece, options: &options }));
        let settled = self.settled.iter().find(|settled| settled.block == index).map(|settled| {
            let is_end = |article: &Option<usize>| article.map(|a| self.ends[a].1) == settled.other;
            articles.iter().position(is_end).unwrap_or(0)
        });
        let best = taught
            .or(settled)
            .or_else(|| (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b]).then(b.cmp(&a))))
            .unwrap_or(0);
        self.decide(index, best, &articles, &chances);
        articles[best].map(|article| (article, chances[best]))
    }

    /// What speaks for a new article at the block `index`.
    fn new_case(&self, index: usize) -> TextCase {
        let mut case = [0.0; TEXT];
        let block = &self.blocks[index];
        let first = block.first();
        let before = (0..index).rev().find(|&i| self.blocks[i].what == What::Body);
        case[0] = 1.0;
        case[1] = self.log_odds(first, Label::Opening);
        case[2] = flag(self.looks[first].opener() == Opener::Dateline as u8);
        case[3] = flag(before.is_none_or(|b| is_finished(&self.lines[self.last_text(b)].chars)));
        case[4] = flag(block.lines.len() <= 2);
        case[5] = flag(self.is_subhead(first));
        // The walk over the paragraphs thought so too.
        case[32] = flag(self.labelling.labels[first] == Label::Opening);
        case
    }

    fn log_odds(&self, at: At, label: Label) -> f32 {
        let p = self.labelling.probability(at, label).clamp(1.0 - CERTAIN, CERTAIN);
        (p / (1.0 - p)).ln() / 4.0
    }

    pub(super) fn is_jumped(&self, article: usize) -> bool {
        let last = self.last_text(self.ends[article].1);
        self.labelling.labels[last] == Label::Jump || openers::jump(&self.lines[last].chars).is_some()
    }

    /// What speaks for the block `index` going on with `article`.
    fn text_case(&self, index: usize, article: usize, age: usize) -> TextCase {
        let mut case = [0.0; TEXT];
        let block = &self.blocks[index];
        let (first, end) = (block.first(), self.ends[article].1);
        let line = &self.lines[first];
        let last = &self.lines[self.last_text(end)];
        let finished = is_finished(&last.chars);
        let spans = !finished && self.lexicon.spans_break(last, line);
        let closing = line.chars.first().is_some_and(|&c| closes(c) || is_pause(c));
        let flush = !line.was_indented && line.shortfall().is_some_and(|s| s <= 2);
        let (a, b) = (last.measure_before.max(last.measure_after), line.measure_after);
        let adjacent = end + 1 == index;
        let between = &self.blocks[end + 1..index];
        case[6] = self.log_odds(first, Label::Opening);
        case[7] = self.labelling.probability(first, Label::Running);
        case[8] = flag(finished);
        case[9] = flag(spans);
        case[10] = flag(!finished && !spans);
        case[11] = flag(finished && flush);
        case[12] = flag(!finished && flush);
        case[13] = flag(!finished && closing);
        case[14] = flag(finished && closing);
        case[15] = flag(a > 0 && b > 0 && a.abs_diff(b) <= 1);
        case[16] = flag(a > 0 && b > 0 && a.abs_diff(b) > 3);
        case[17] = flag(a == 0 || b == 0);
        case[18] = flag(adjacent);
        case[19] = flag(adjacent && finished);
        case[20] = flag(!adjacent && between.iter().all(|b| matches!(b.what, What::Heading | What::Furniture)));
        case[21] = flag(between.first().is_some_and(|b| b.what == What::Byline));
        case[22] = flag(self.is_jumped(article));
        case[23] = age.min(4) as f32 / 4.0;
        case[26] = flag(self.quote_stays_open(article) && self.quote_closes(block));
        case[28] = flag(self.is_subhead(first));
        case[29] = flag(self.is_subhead(first) && adjacent);
        case[30] = flag(adjacent && line.blanks_before > 0);
        case[31] = flag(adjacent && line.blanks_before == 0);
        let end = self.last_text(end);
        let heads = self.labelling.head_of(first).zip(self.labelling.head_of(end));
        case[33] = flag(heads.is_some_and(|(a, b)| a == b));
        case[34] = flag(heads.is_some_and(|(a, b)| a != b));
        let worse = |at: At, beside: At| self.labelling.head_of(beside).map_or(0.0, |head| self.walk_worse(at, head));
        (case[35], case[36]) = (worse(first, end), worse(end, first));
        case
    }

    /// How much worse the walk over the paragraphs gets if that of a line goes to the text of a head: 0 is no worse, 1 far worse.
    pub(super) fn walk_worse(&self, at: At, head: u32) -> f32 {
        let loss = self.labelling.loss(at, head).map_or(0.0, |loss| loss.max(0.0));
        loss / (loss + HALF_WORSE)
    }

    /// Whether the last piece of an article opens a quote or bracket that it does not close.
    fn quote_stays_open(&self, article: usize) -> bool {
        let lines = &self.blocks[self.ends[article].1].lines;
        leaves_open(lines[lines.len().saturating_sub(8)..].iter().flat_map(|&at| self.lines[at].chars.iter().copied()))
    }

    /// Whether a piece begins with the rest of a quote.
    fn quote_closes(&self, block: &Block) -> bool {
        closes_first(block.lines.iter().take(8).flat_map(|&at| self.lines[at].chars.iter().copied()))
    }
}
