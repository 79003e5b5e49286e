//! Blocks become articles: pieces of running text are chained, headlines and bylines are given to texts. Every decision
//! is a learned score; headlines are given out by one assignment over the whole page.

mod contributions;
mod dashed;
#[cfg(test)]
mod given;
mod headings;
mod homes;
mod lone;
mod parting;
mod pictures;
mod second;
mod tails;

use super::blocks::{At, Block, What};
use super::chars::{closes, closes_first, is_finished, is_pause, leaves_open};
use super::cohesion::Terms;
use super::features::Look;
use super::joins::{BylineCase, HeadCase, TEXT, TextCase};
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::openers::{self, Opener};
use super::sequence::Labelling;
use super::weights::softmax;
use super::words::{Scratch, Words};
use dashed::is_dashed;
use second::Decision;
use std::rc::Rc;

/// An article as far as lines go.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Headline lines.
    pub heading: Vec<At>,
    /// Byline lines.
    pub bylines: Vec<At>,
    /// Texts: runs of lines in reading order.
    pub texts: Vec<Vec<At>>,
    /// The text is a picture's.
    pub is_caption: bool,
    /// Probability of the headline, 0 to 1.
    pub heading_certainty: f32,
    /// Why the headline was given to it.
    pub heading_why: String,
    /// The weakest join between its pieces, 0 to 1.
    pub join_certainty: f32,
    /// How sure the least sure byline is that is its own, or that another one is not; 0 to 1.
    pub byline_certainty: f32,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            heading: Vec::new(),
            bylines: Vec::new(),
            texts: Vec::new(),
            is_caption: false,
            heading_certainty: 0.0,
            heading_why: String::new(),
            join_certainty: 1.0,
            byline_certainty: 1.0,
        }
    }
}

/// What a page consists of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts {
    /// The articles.
    pub articles: Vec<Draft>,
    /// Furniture lines.
    pub furniture: Vec<At>,
    /// Lines that are something else than they were read as.
    relabelled: Vec<(At, Label)>,
}

impl Drafts {
    /// The labels of all lines where texts are read in order: a line that was taken for the first of a paragraph goes on with a
    /// sentence that was broken off where other texts stand between.
    pub fn labels(&self, lines: &[Line], labels: &[Label]) -> Vec<Label> {
        let mut out = labels.to_vec();
        self.relabelled.iter().for_each(|&(at, label)| out[at] = label);
        for draft in &self.articles {
            dashed::label(&draft.heading, lines, &mut out);
            let mut before: Option<At> = None;
            for &at in draft.texts.iter().flatten() {
                let is_broken = |last: At| last + 1 != at && labels[last].is_body() && !is_finished(&lines[last].chars);
                if labels[at].is_body() && before.is_some_and(is_broken) {
                    out[at] = Label::Running;
                }
                before = Some(at);
            }
        }
        out
    }
}

/// A decision with everything that could have been decided; for training.
#[derive(Clone, Debug)]
pub(crate) enum Choice<'a> {
    /// The piece `subject` goes on with one of the texts, or, at `options[0]`, with none.
    Text {
        /// Lines of the piece.
        subject: &'a [At],
        /// Lines of each text and what speaks for it.
        options: &'a [(Vec<At>, TextCase)],
    },
    /// The headline `subject` stands over one of the texts.
    Head {
        /// Lines of the headline.
        subject: &'a [At],
        /// Lines of each text and what speaks for it.
        options: &'a [(Vec<At>, HeadCase)],
    },
    /// The byline `subject` belongs to one of these headlines and texts.
    Byline {
        /// Lines of the byline.
        subject: &'a [At],
        /// Lines of each headline or text and what speaks for it.
        options: &'a [(Vec<At>, BylineCase)],
    },
    /// Which of some lines the piece `subject` is of, before all is known that speaks for them.
    Right {
        /// Lines of the piece.
        subject: &'a [At],
        /// Lines of each option.
        options: &'a [Vec<At>],
    },
}

/// Whoever knows better than the weights; for training.
pub(crate) type Teacher<'a> = &'a mut dyn FnMut(Choice<'_>) -> Option<usize>;

/// Headlines are assigned among at most this many texts at once: the assignment is cubic, a page never has more, and a
/// dump of two hundred pages is worked off in windows.
const WINDOW: usize = 64;
/// Lines of a text without headline that may be a piece of another one.
const LONGEST_PIECE: usize = 16;
/// How much a word over the line end, and lines of one measure, say for a piece being of a text, beside the words they share
/// and the walk over the paragraphs, which says 1.
const GOES_ON: f32 = 1.5;
const EVEN: f32 = 0.3;
/// What must speak for a piece being of a text at least, how much more where it surely opens an article, and how many times
/// as much as speaks for any other text.
const LEAST_BELONGING: f32 = 0.6;
const OPENING_BELONGING: f32 = 0.5;
const CLEAR_LEAD: f32 = 1.2;
/// How sure such a join is at most.
const MOST_CERTAIN: f32 = 0.9;
/// Texts that a piece may go on with.
const OPEN: usize = 10;
/// From this probability on a label is beyond doubt; odds are told no higher.
const CERTAIN: f32 = 0.999;

/// The page while it is put together.
struct Desk<'a> {
    lines: &'a [Line],
    looks: &'a [Look],
    labelling: &'a Labelling,
    lexicon: &'a Lexicon,
    blocks: Rc<[Block]>,
    words: Words<'a>,
    terms: Terms<'a>,
    scratch: Scratch,
    /// Article of each text block.
    article_of: Vec<Option<usize>>,
    articles: Vec<Draft>,
    /// First and last block of each article's text.
    ends: Vec<(usize, usize)>,
    /// What was decided of pieces of text, and what is settled in advance.
    decisions: Vec<Decision>,
    settled: Vec<Decision>,
    /// ln of the probability of everything that was decided.
    worth: f32,
    teacher: Option<Teacher<'a>>,
}

/// Puts the blocks of a page together.
pub(crate) fn draft<'a>(
    lines: &'a [Line],
    looks: &'a [Look],
    labelling: &'a Labelling,
    blocks: &[Block],
    lexicon: &'a Lexicon,
    terms: Terms<'a>,
    teacher: Option<Teacher<'a>>,
) -> Drafts {
    let texts = blocks.iter().filter(|b| b.is_text()).map(|b| b.lines.iter().copied());
    let mut desk = Desk {
        lines,
        looks,
        labelling,
        lexicon,
        blocks: blocks.into(),
        words: Words::of(lines, texts),
        terms,
        scratch: Scratch::default(),
        article_of: vec![None; blocks.len()],
        articles: Vec::new(),
        ends: Vec::new(),
        decisions: Vec::new(),
        settled: Vec::new(),
        worth: 0.0,
        teacher,
    };
    desk.put_together();
    desk.think_again();
    desk.mend_sentences();
    let mut relabelled: Vec<(At, Label)> =
        desk.house_lone_headlines().into_iter().map(|at| (at, Label::Subhead)).collect();
    relabelled.extend(desk.name_pictures().into_iter().map(|at| (at, Label::Title)));
    contributions::part(&mut desk.articles, lines, looks);
    let furniture = blocks.iter().filter(|b| b.what == What::Furniture).flat_map(|b| b.lines.iter().copied()).collect();
    let empty = |d: &Draft| d.heading.is_empty() && d.bylines.is_empty() && d.texts.is_empty();
    desk.articles.retain(|d| !empty(d));
    Drafts { articles: desk.articles, furniture, relabelled }
}

/// `articles` in `parts` about equal pieces.
fn windows(articles: &[usize], parts: usize) -> impl Iterator<Item = &[usize]> {
    articles.chunks(articles.len().div_ceil(parts.max(1)).max(1))
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

impl Desk<'_> {
    /// Gives every text block to an article, chaining the pieces that were torn apart.
    fn chain_texts(&mut self) {
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

    fn add_text(&mut self, article: usize, piece: Vec<At>) {
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

    fn is_subhead(&self, at: At) -> bool {
        self.labelling.labels[at].is_subhead()
    }

    /// The last line of a block's running text: subheads that were read apart may stand behind it.
    fn last_text(&self, block: usize) -> At {
        let block = &self.blocks[block];
        block.lines.iter().rev().copied().find(|&at| !self.is_subhead(at)).unwrap_or_else(|| block.last())
    }

    fn is_jumped(&self, article: usize) -> bool {
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
        let heads = self.labelling.head_of(first).zip(self.labelling.head_of(self.last_text(end)));
        case[33] = flag(heads.is_some_and(|(a, b)| a == b));
        case[34] = flag(heads.is_some_and(|(a, b)| a != b));
        case
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

    /// Gives headlines, then bylines, to articles.
    fn give_headings(&mut self) {
        let mut article_of_heading: Vec<Option<usize>> = (0..self.blocks.len()).map(|i| self.under_column(i)).collect();
        let is_free = |i: &usize| self.blocks[*i].what == What::Heading && article_of_heading[*i].is_none();
        let (dashed, headings): (Vec<usize>, Vec<usize>) = (0..self.blocks.len())
            .filter(is_free)
            .partition(|&i| is_dashed(&self.blocks[i], self.lines, &self.labelling.labels));
        let articles: Vec<usize> = (0..self.articles.len()).collect();
        for (part, articles) in headings.chunks(WINDOW).zip(windows(&articles, headings.len().div_ceil(WINDOW))) {
            self.assign(part, articles, &mut article_of_heading);
        }
        self.give_dashed(&dashed, &mut article_of_heading);
        self.adopt_orphans(&article_of_heading);
        for heading in (0..self.blocks.len()).filter(|&i| self.blocks[i].what == What::Heading) {
            let lines = self.blocks[heading].lines.clone();
            let article = article_of_heading[heading].unwrap_or_else(|| {
                self.articles.push(Draft::default());
                self.ends.push((heading, heading));
                self.articles.len() - 1
            });
            article_of_heading[heading] = Some(article);
            self.articles[article].heading.extend(lines);
        }
        self.sign(&article_of_heading);
    }

    /// The article whose text begins right under the name of a column, wherever its headline stands.
    fn under_column(&self, heading: usize) -> Option<usize> {
        let is_column = |block: &Block| block.what == What::Heading && block.is_column(&self.labelling.labels);
        let is_passed = |i: &usize| matches!(self.blocks[*i].what, What::Byline | What::Furniture);
        if !is_column(&self.blocks[heading]) {
            return None;
        }
        let text = (heading + 1..self.blocks.len()).find(|i| !is_passed(i))?;
        self.article_of[text].filter(|&article| self.ends[article].0 == text)
    }

    /// A short text that got no headline on a page where texts have headlines is mostly a piece of one that did: its
    /// last paragraph that a column's head was set before, say. It goes where its words belong.
    fn adopt_orphans(&mut self, article_of_heading: &[Option<usize>]) {
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
            let opens = self.labelling.probability(lines[0], Label::Opening);
            if best < LEAST_BELONGING + OPENING_BELONGING * opens || best < next * CLEAR_LEAD {
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
        let heads = self.labelling.head_of(first).zip(self.labelling.head_of(last));
        let is_walked = heads.is_some_and(|(one, other)| one == other);
        tie + GOES_ON * flag(goes_on) + EVEN * flag(is_even) + flag(is_walked)
    }

    fn joined(&self, lines: &[At]) -> String {
        let mut out = String::new();
        for &at in lines {
            out.extend(self.lines[at].chars.iter());
            out.push('\n');
        }
        out
    }

    fn text_of(&self, draft: &Draft) -> Vec<char> {
        let mut out = Vec::new();
        for &at in draft.texts.iter().flatten().chain(&draft.bylines) {
            self.lines[at].add_solid(&mut out);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, features, lines};
    use super::*;

    /// The articles that lines with these labels become.
    pub(super) fn drafts(text: &str, labels: &[Label]) -> Vec<Draft> {
        let lexicon = Lexicon::shared();
        let lines = lines::read(text);
        let looks = features::look(&lines, &lexicon.wording);
        let chances = labels.iter().map(|&own| std::array::from_fn(|label| flag(label == own as usize))).collect();
        let labelling = Labelling { labels: labels.to_vec(), marginals: chances, ..Labelling::default() };
        let blocks = blocks::cut(&lines, &labelling);
        let terms = Terms::new(&lines, lexicon);
        draft(&lines, &looks, &labelling, &blocks, lexicon, terms, None).articles
    }

    fn texts(text: &str, labels: &[Label]) -> Vec<Vec<Vec<At>>> {
        drafts(text, labels).into_iter().map(|article| article.texts).filter(|texts| !texts.is_empty()).collect()
    }

    #[test]
    fn the_name_of_a_column_is_that_of_the_text_under_it_wherever_its_headline_stands() {
        let text = "堤边闲话\n　　粮站的秤换了新的，农户看得见，老秤工也放心。\n\n渡口停渡三天\n　　渡口停渡三天，摆渡人把船拴在柳树下。\n\n粮站换了新秤";
        let labels = [Label::Column, Label::Opening, Label::Title, Label::Opening, Label::Title];
        let found = drafts(text, &labels);
        let headings: Vec<_> = found.iter().map(|draft| (draft.texts.concat(), draft.heading.clone())).collect();
        assert_eq!(headings, [(vec![1], vec![0, 4]), (vec![3], vec![2])]);
    }

    #[test]
    fn a_torn_sentence_is_one_paragraph() {
        let lines = lines::read("渡口添了两盏灯，夜\n粮站换了新秤。\n里过河的人多了。\n堤上也亮了。");
        let text = |texts: &[At]| Draft { texts: vec![texts.to_vec()], ..Draft::default() };
        let drafts = Drafts { articles: vec![text(&[0, 2, 3]), text(&[1])], ..Drafts::default() };
        let labels = [Label::Opening, Label::Opening, Label::Paragraph, Label::Paragraph];
        let read = drafts.labels(&lines, &labels);
        assert_eq!(read, [Label::Opening, Label::Opening, Label::Running, Label::Paragraph]);
    }

    #[test]
    fn a_note_goes_with_the_text_behind_it() {
        let labels = [Label::Title, Label::Note, Label::Opening];
        assert_eq!(texts("种树\n编者按：三个村说种树。\n河滩插了柳条。", &labels), [[[1], [2]]]);
    }

    #[test]
    fn a_note_under_its_own_headline_is_none_of_the_next_ones_text() {
        let labels = [Label::Title, Label::Note, Label::Title, Label::Opening];
        let text = "种树\n编者按：三个村说种树。\n河滩换了新颜\n河滩插了柳条。";
        assert_eq!(texts(text, &labels), [[[1]], [[3]]]);
    }
}
