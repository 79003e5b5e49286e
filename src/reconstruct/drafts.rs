//! Blocks become articles: pieces of running text are chained, headlines and bylines are given to texts. Every decision
//! is a learned score; headlines are given out by one assignment over the whole page.

use super::blocks::{At, Block, What};
use super::bylines::{self, Shape};
use super::chars::{closes, is_finished, is_pause, opens};
use super::cohesion::{Cohesion, Letters};
use super::joins::{BYLINE, BylineCase, HEAD, HeadCase, TEXT, TextCase, softmax};
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::openers::{self, Opener};
use super::sequence::Labelling;
use super::words::{Scratch, Words};
use pathfinding::matrix::Matrix;
use pathfinding::prelude::kuhn_munkres;

/// An article as far as lines go.
#[derive(Clone, Debug, Default)]
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
}

/// What a page consists of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts {
    /// The articles.
    pub articles: Vec<Draft>,
    /// Furniture lines.
    pub furniture: Vec<At>,
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
}

/// Whoever knows better than the weights; for training.
pub(crate) type Teacher<'a> = &'a mut dyn FnMut(Choice<'_>) -> Option<usize>;

/// Headlines are assigned among at most this many texts at once: the assignment is cubic, a page never has more, and a
/// dump of two hundred pages is worked off in windows.
const WINDOW: usize = 64;
/// Lines of a text without headline that may be a piece of another one.
const LONGEST_PIECE: usize = 40;
/// Texts that a piece may go on with.
const OPEN: usize = 10;

/// The page while it is put together.
struct Desk<'a> {
    lines: &'a [Line],
    labelling: &'a Labelling,
    lexicon: &'a Lexicon,
    blocks: &'a [Block],
    words: Words,
    scratch: Scratch,
    /// Article of each text block.
    article_of: Vec<Option<usize>>,
    articles: Vec<Draft>,
    /// First and last block of each article's text.
    ends: Vec<(usize, usize)>,
    teacher: Option<Teacher<'a>>,
}

/// Puts the blocks of a page together.
pub(crate) fn draft<'a>(
    lines: &'a [Line],
    labelling: &'a Labelling,
    blocks: &'a [Block],
    lexicon: &'a Lexicon,
    teacher: Option<Teacher<'a>>,
) -> Drafts {
    let texts = blocks.iter().filter(|b| b.is_text()).map(|b| b.lines.iter().copied());
    let mut desk = Desk {
        lines,
        labelling,
        lexicon,
        blocks,
        words: Words::of(lines, texts),
        scratch: Scratch::default(),
        article_of: vec![None; blocks.len()],
        articles: Vec::new(),
        ends: Vec::new(),
        teacher,
    };
    desk.chain_texts();
    let homes = desk.homes_of_bylines();
    desk.give_headings(&homes);
    let furniture = blocks.iter().filter(|b| b.what == What::Furniture).flat_map(|b| b.lines.iter().copied()).collect();
    let empty = |d: &Draft| d.heading.is_empty() && d.bylines.is_empty() && d.texts.is_empty();
    desk.articles.retain(|d| !empty(d));
    Drafts { articles: desk.articles, furniture }
}

/// `articles` in `parts` about equal pieces.
fn windows(articles: &[usize], parts: usize) -> impl Iterator<Item = &[usize]> {
    articles.chunks(articles.len().div_ceil(parts.max(1)).max(1))
}

/// Where a byline belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    Heading(usize),
    Text(usize),
    Nobody,
}

/// A side of a byline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Where bylines stand on this page, as shares of those that leave no doubt.
struct BylineHabit {
    text_before: f32,
    text_behind: f32,
    head_before: f32,
}

impl BylineHabit {
    fn of(blocks: &[Block]) -> Self {
        let (mut text_before, mut text_behind, mut head_before, mut all) = (0.0, 0.0, 0.0, 0.5);
        for (index, _) in blocks.iter().enumerate().filter(|(_, b)| b.what == What::Byline) {
            let before = blocks[..index].iter().rev().find(|b| b.what != What::Furniture).map(|b| b.what);
            let behind = blocks[index + 1..].iter().find(|b| b.what != What::Furniture).map(|b| b.what);
            let is_text = |what: Option<What>| matches!(what, Some(What::Body | What::Caption | What::Note));
            match (is_text(before), is_text(behind)) {
                (true, false) => text_before += 1.0,
                (false, true) if before != Some(What::Heading) => text_behind += 1.0,
                _ if before == Some(What::Heading) => head_before += 1.0,
                _ => continue,
            }
            all += 1.0;
        }
        Self { text_before: text_before / all, text_behind: text_behind / all, head_before: head_before / all }
    }
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

impl Desk<'_> {
    /// Gives every text block to an article, chaining the pieces that were torn apart.
    fn chain_texts(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut pending_note: Option<usize> = None;
        let count = |wanted: fn(&Block) -> bool| self.blocks.iter().filter(|b| wanted(b)).count();
        let is_package = count(|b| b.what == What::Heading) * 4 <= count(|b| b.what == What::Byline);
        for (index, block) in self.blocks.iter().enumerate() {
            if !block.is_text() {
                continue;
            }
            let before = match block.what {
                What::Body => self.predecessor(index, &open).or(pending_note.take().map(|article| (article, 0.8))),
                _ => None,
            };
            let article = match before {
                Some((article, certainty)) => {
                    self.articles[article].join_certainty = self.articles[article].join_certainty.min(certainty);
                    self.ends[article].1 = index;
                    article
                }
                None => {
                    self.articles.push(Draft {
                        is_caption: block.what == What::Caption,
                        join_certainty: 1.0,
                        ..Draft::default()
                    });
                    self.ends.push((index, index));
                    self.articles.len() - 1
                }
            };
            self.articles[article].texts.push(block.lines.clone());
            self.article_of[index] = Some(article);
            // A note over a whole package of texts stands for itself.
            pending_note = (block.what == What::Note && !is_package).then_some(article);
            if block.what == What::Body {
                open.retain(|&a| a != article);
                open.push(article);
                if open.len() > OPEN {
                    open.remove(0);
                }
            }
        }
    }

    /// The article that the piece `index` goes on with, and how sure that is.
    fn predecessor(&mut self, index: usize, open: &[usize]) -> Option<(usize, f32)> {
        let piece = &self.blocks[index].lines;
        // An opening that nothing speaks against needs no second thought.
        if self.labelling.probability(piece[0], Label::Opening) > 0.995 && self.teacher.is_none() {
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
            let last = self.blocks[self.ends[a].1].last();
            !is_finished(&self.lines[last].chars) && !self.is_jumped(a)
        };
        let unfinished = open.iter().filter(|&&a| is_open(a)).count();
        let mut options: Vec<(Option<usize>, (Vec<At>, TextCase))> = vec![(None, (Vec::new(), self.new_case(index)))];
        for (age, (&article, &tie)) in open.iter().zip(&ties).rev().enumerate() {
            let mut case = self.text_case(index, article, age);
            case[24] = (tie / 3.0).min(2.0);
            case[25] = flag(tie > 0.0 && tie >= best_tie);
            case[27] = flag(unfinished == 1 && is_open(article));
            let lines = self.articles[article].texts.iter().flatten().copied().collect();
            options.push((Some(article), (lines, case)));
        }
        let (articles, options): (Vec<_>, Vec<_>) = options.into_iter().unzip();
        let scores: Vec<f32> = options.iter().map(|(_, case)| self.lexicon.joins.of_text(case)).collect();
        let chances = softmax(&scores);
        let taught = self.teacher.as_mut().and_then(|teach| teach(Choice::Text { subject: piece, options: &options }));
        let best = taught
            .or_else(|| (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b]).then(b.cmp(&a))))
            .unwrap_or(0);
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
        case[2] = flag(openers::class(&self.lines[first].chars) == Opener::Dateline);
        case[3] = flag(before.is_none_or(|b| is_finished(&self.lines[self.blocks[b].last()].chars)));
        case[4] = flag(block.lines.len() <= 2);
        case[5] = flag(self.is_subhead(first));
        case
    }

    fn log_odds(&self, at: At, label: Label) -> f32 {
        let p = self.labelling.probability(at, label).clamp(0.001, 0.999);
        (p / (1.0 - p)).ln() / 4.0
    }

    fn is_subhead(&self, at: At) -> bool {
        matches!(self.labelling.labels[at], Label::Subhead | Label::SubheadMore)
    }

    fn is_jumped(&self, article: usize) -> bool {
        let last = self.blocks[self.ends[article].1].last();
        self.labelling.labels[last] == Label::Jump || openers::jump(&self.lines[last].chars).is_some()
    }

    /// What speaks for the block `index` going on with `article`.
    fn text_case(&self, index: usize, article: usize, age: usize) -> TextCase {
        let mut case = [0.0; TEXT];
        let block = &self.blocks[index];
        let (first, end) = (block.first(), self.ends[article].1);
        let line = &self.lines[first];
        let last = &self.lines[self.blocks[end].last()];
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
        case
    }

    /// Whether the last piece of an article opens a quote or bracket that it does not close.
    fn quote_stays_open(&self, article: usize) -> bool {
        let lines = &self.blocks[self.ends[article].1].lines;
        let tail = lines[lines.len().saturating_sub(8)..].iter().flat_map(|&at| &self.lines[at].chars);
        tail.fold(0i32, |depth, &c| (depth + i32::from(opens(c)) - i32::from(closes(c))).max(0)) > 0
    }

    /// Whether a piece begins with the rest of a quote.
    fn quote_closes(&self, block: &Block) -> bool {
        let head = block.lines.iter().take(8).flat_map(|&at| &self.lines[at].chars);
        head.copied().find(|&c| opens(c) || closes(c)).is_some_and(closes)
    }

    /// Decides for every byline block whether it belongs to a headline or to a text.
    fn homes_of_bylines(&mut self) -> Vec<Home> {
        let mut homes = vec![Home::Nobody; self.blocks.len()];
        let habit = BylineHabit::of(self.blocks);
        for index in 0..self.blocks.len() {
            if self.blocks[index].what != What::Byline {
                continue;
            }
            let mut options: Vec<(Home, (Vec<At>, BylineCase))> = Vec::new();
            if let Some(before) = (0..index).rev().find(|&i| self.blocks[i].what != What::Furniture) {
                let home = match self.blocks[before].what {
                    What::Heading => Home::Heading(before),
                    What::Byline => homes[before],
                    _ => Home::Text(before),
                };
                let is_chained = self.blocks[before].what == What::Byline;
                self.add_home(home, index, Side::Before, is_chained, &habit, &homes, &mut options);
            }
            let behind = (index + 1..self.blocks.len())
                .find(|&i| !matches!(self.blocks[i].what, What::Furniture | What::Byline));
            if let Some(behind) = behind {
                let home = match self.blocks[behind].what {
                    What::Heading => Home::Heading(behind),
                    _ => Home::Text(behind),
                };
                self.add_home(home, index, Side::Behind, false, &habit, &homes, &mut options);
            }
            // The signature of an essay stands behind its text, even where a headline got in between.
            let shape = bylines::read(&self.lines[self.blocks[index].first()].text()).shape;
            let text = (0..index).rev().find(|&i| self.blocks[i].what == What::Body);
            if let Some(text) = text.filter(|&t| {
                matches!(shape, Shape::Office | Shape::OfficeOpen) && options.iter().all(|o| o.0 != Home::Text(t))
            }) {
                self.add_home(Home::Text(text), index, Side::Before, false, &habit, &homes, &mut options);
            }
            let (places, options): (Vec<_>, Vec<_>) = options.into_iter().unzip();
            let subject = &self.blocks[index].lines;
            let taught = self.teacher.as_mut().and_then(|teach| teach(Choice::Byline { subject, options: &options }));
            let scores: Vec<f32> = options.iter().map(|(_, case)| self.lexicon.joins.of_byline(case)).collect();
            let best =
                taught.or_else(|| (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))));
            homes[index] = best.map_or(Home::Nobody, |best| places[best]);
        }
        homes
    }

    #[allow(clippy::too_many_arguments, reason = "one call for each side of a byline")]
    fn add_home(
        &self,
        home: Home,
        index: usize,
        side: Side,
        is_chained: bool,
        habit: &BylineHabit,
        homes: &[Home],
        options: &mut Vec<(Home, (Vec<At>, BylineCase))>,
    ) {
        let other = match home {
            Home::Heading(i) | Home::Text(i) => i,
            Home::Nobody => return,
        };
        let block = &self.blocks[index];
        let blank = match side {
            Side::Before => self.lines[block.first()].blanks_before > 0,
            Side::Behind => self.lines[self.blocks[other].first()].blanks_before > 0,
        };
        let is_head = matches!(home, Home::Heading(_));
        let kind = match (side, is_head) {
            _ if is_chained => 4,
            (Side::Before, true) => 0,
            (Side::Before, false) => 1,
            (Side::Behind, true) => 2,
            (Side::Behind, false) => 3,
        };
        let article = |home: &Home| match home {
            Home::Text(i) => self.article_of[*i],
            _ => None,
        };
        let own = article(&home);
        let signed = !is_chained && homes[..index].iter().any(|h| *h == home || (own.is_some() && article(h) == own));
        let shape = bylines::read(&self.lines[block.first()].text()).shape;
        let is_caption = self.blocks[other].what == What::Caption;
        let untitled = is_head && !self.blocks[other].has_title(&self.labelling.labels);
        let mut case: BylineCase = [0.0; BYLINE];
        case[kind] = 1.0;
        case[5 + kind] = flag(blank);
        case[10] = flag(signed);
        case[11] = flag(shape == Shape::Credit && is_caption);
        case[12] = flag(shape == Shape::Credit && !is_caption);
        let is_lone = matches!(shape, Shape::Bulleted | Shape::Names);
        case[13] = flag(is_lone && kind == 1);
        case[14] = flag(is_lone && kind == 3);
        case[15] = flag(matches!(shape, Shape::Office | Shape::OfficeOpen) && kind == 1);
        case[16] = flag(kind == 1 && !is_finished(&self.lines[self.blocks[other].last()].chars));
        let starts = own.is_some_and(|a| self.ends[a].0 == other);
        case[17] = flag(kind == 3 && starts);
        case[18] = flag(kind == 3 && !starts);
        case[19] = flag(kind == 1) * habit.text_before;
        case[20] = flag(kind == 3) * habit.text_behind;
        case[21] = flag(kind == 0) * habit.head_before;
        case[22] = flag(kind == 2 && untitled);
        case[23] = flag(kind == 0 && untitled);
        let gap = |at: At| self.lines.get(at).map_or(3, |l| l.blanks_before.min(3));
        let (before, behind) = (gap(block.first()), gap(block.last() + 1));
        let (here, there) = if side == Side::Before { (before, behind) } else { (behind, before) };
        case[24] = flag(here < there);
        case[25] = flag(here > there);
        options.push((home, (self.blocks[other].lines.clone(), case)));
    }

    /// Gives headlines (with their bylines) to articles.
    fn give_headings(&mut self, homes: &[Home]) {
        let headings: Vec<usize> = (0..self.blocks.len()).filter(|&i| self.blocks[i].what == What::Heading).collect();
        let mut article_of_heading = vec![None; self.blocks.len()];
        let articles: Vec<usize> = (0..self.articles.len()).collect();
        for (part, articles) in headings.chunks(WINDOW).zip(windows(&articles, headings.len().div_ceil(WINDOW))) {
            self.assign(part, articles, &mut article_of_heading);
        }
        self.adopt_orphans(&article_of_heading);
        for &heading in &headings {
            let lines = self.blocks[heading].lines.clone();
            let article = article_of_heading[heading].unwrap_or_else(|| {
                self.articles.push(Draft { join_certainty: 1.0, ..Draft::default() });
                self.ends.push((heading, heading));
                self.articles.len() - 1
            });
            article_of_heading[heading] = Some(article);
            self.articles[article].heading.extend(lines);
        }
        for (index, home) in homes.iter().enumerate() {
            if self.blocks[index].what != What::Byline {
                continue;
            }
            let article = match *home {
                Home::Heading(i) => article_of_heading[i],
                Home::Text(i) => self.article_of[i],
                Home::Nobody => None,
            };
            let article = article.unwrap_or_else(|| {
                self.articles.push(Draft { join_certainty: 1.0, ..Draft::default() });
                self.ends.push((index, index));
                self.articles.len() - 1
            });
            self.articles[article].bylines.extend(&self.blocks[index].lines);
        }
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
            let mut scored: Vec<(f32, usize)> = candidates
                .into_iter()
                .map(|a| {
                    let text: Vec<At> = self.articles[a].texts.iter().flatten().copied().collect();
                    let tie = self.words.tie(&mut self.scratch, &lines, &text);
                    let last = &self.lines[self.blocks[self.ends[a].1].last()];
                    let goes_on = !is_finished(&last.chars) && self.lexicon.spans_break(last, &self.lines[lines[0]]);
                    let same =
                        last.measure_before.max(last.measure_after).abs_diff(self.lines[lines[0]].measure_after) <= 1;
                    (tie + if goes_on { 1.5 } else { 0.0 } + if same { 0.3 } else { 0.0 }, a)
                })
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some(&(best, article)) = scored.first() else { continue };
            let next = scored.get(1).map_or(0.0, |s| s.0);
            let opens = self.labelling.probability(lines[0], Label::Opening);
            if best < 1.3 + 2.0 * opens || best < next * 1.5 {
                continue;
            }
            let texts = std::mem::take(&mut self.articles[orphan].texts);
            let target = &mut self.articles[article];
            target.texts.extend(texts);
            target.join_certainty = target.join_certainty.min((best / (best + next)).min(0.9));
            if self.ends[article].1 < self.ends[orphan].0 {
                self.ends[article].1 = self.ends[orphan].1;
            }
            self.article_of.iter_mut().filter(|a| **a == Some(orphan)).for_each(|a| *a = Some(article));
        }
    }

    /// One-to-one assignment of `headings` to `articles`.
    fn assign(&mut self, headings: &[usize], articles: &[usize], out: &mut [Option<usize>]) {
        if headings.is_empty() || articles.is_empty() {
            return;
        }
        let texts: Vec<Vec<char>> = articles.iter().map(|&a| self.text_of(&self.articles[a])).collect();
        let heads: Vec<String> = headings.iter().map(|&h| self.joined(&self.blocks[h].lines)).collect();
        let cohesion = Cohesion::new(&heads, &texts, self.lexicon);
        let cases = self.head_cases(headings, articles, &texts, &heads, &cohesion);
        let scores: Vec<Vec<f32>> =
            cases.iter().map(|row| row.iter().map(|case| self.lexicon.joins.of_head(case)).collect()).collect();
        for (h, row) in cases.into_iter().enumerate() {
            let Some(teach) = self.teacher.as_mut() else { break };
            let lines = |a: usize| self.articles[articles[a]].texts.iter().flatten().copied().collect();
            let options: Vec<(Vec<At>, HeadCase)> =
                row.into_iter().enumerate().map(|(a, case)| (lines(a), case)).collect();
            teach(Choice::Head { subject: &self.blocks[headings[h]].lines, options: &options });
        }
        let columns = articles.len() + headings.len();
        let weights = Matrix::from_fn(headings.len(), columns, |(h, a)| {
            if a < articles.len() { (scores[h][a] * 1000.0) as i64 } else { 0 }
        });
        let (_, chosen) = kuhn_munkres(&weights);
        for (h, &a) in chosen.iter().enumerate() {
            if a >= articles.len() {
                continue;
            }
            let of_head = softmax(&[scores[h].as_slice(), &[0.0]].concat())[a];
            let column: Vec<f32> = scores.iter().map(|row| row[a]).collect();
            let of_text = softmax(&column)[h];
            let article = &mut self.articles[articles[a]];
            article.heading_certainty = of_head.min(of_text);
            article.heading_why = cohesion.why(h, a);
            out[headings[h]] = Some(articles[a]);
        }
    }

    /// What speaks for each pair of headline and text.
    fn head_cases(
        &self,
        headings: &[usize],
        articles: &[usize],
        texts: &[Vec<char>],
        heads: &[String],
        cohesion: &Cohesion,
    ) -> Vec<Vec<HeadCase>> {
        let (before, behind) = self.neighbours(headings, articles);
        let share = Self::habit(&before, &behind, cohesion);
        let letters = Letters::of(heads, texts);
        let facts: Vec<TextFacts> = articles.iter().zip(texts).map(|(&a, text)| self.text_facts(a, text)).collect();
        let top = |values: &mut dyn Iterator<Item = f32>| values.fold(0.02, f32::max);
        let best_of_text: Vec<f32> =
            (0..texts.len()).map(|a| top(&mut (0..heads.len()).map(|h| cohesion.score(h, a)))).collect();
        let is_package = headings.len() * 4 <= articles.len();
        let mut out = Vec::with_capacity(headings.len());
        for (h, &heading) in headings.iter().enumerate() {
            let fact = self.head_facts(heading);
            let best_of_head = top(&mut (0..texts.len()).map(|a| cohesion.score(h, a)));
            let row = articles.iter().enumerate().map(|(a, &article)| {
                let text = &facts[a];
                let mut case: HeadCase = [0.0; HEAD];
                let score = cohesion.score(h, a);
                let evidence = cohesion.evidence(h, a);
                case[0] = 1.0;
                case[1] = score.min(2.0);
                case[2] = (evidence / 50.0).min(2.0);
                case[3] = evidence / (evidence + 50.0);
                case[4] = letters.score(h, a);
                case[5] = flag(score >= best_of_head);
                case[6] = flag(score >= best_of_text[a]);
                case[7] = flag(before[h] == Some(a));
                case[8] = flag(behind[h] == Some(a));
                case[9] = case[7] * share;
                case[10] = case[8] * (1.0 - share);
                let rank = |i: usize, n: usize| i as f32 / n.max(2) as f32;
                case[11] = (rank(h, headings.len()) - rank(a, articles.len())).abs();
                let near = self.ends[article].0.abs_diff(heading).min(self.ends[article].1.abs_diff(heading));
                case[12] = (near as f32).ln_1p() / 3.0;
                case[13] = flag(text.is_caption && fact.is_short);
                case[14] = flag(text.is_caption && fact.is_long);
                case[15] = flag(!text.is_caption && fact.is_short);
                case[16] = flag(fact.is_talk && text.is_talk);
                case[17] = flag(fact.is_talk && !text.is_talk);
                case[18] = flag(fact.is_signed && text.is_signed);
                case[19] = flag(fact.has_column && text.is_dated);
                case[20] = flag(fact.has_column && text.is_lone);
                case[21] = flag(!fact.has_column && text.is_lone);
                case[22] = (texts[a].len() as f32 / 60.0).ln_1p() / 3.0;
                case[23] = case[22] * fact.parts as f32 / 3.0;
                case[24] = flag(is_package && text.is_note);
                case[25] = flag(!fact.is_signed && !text.is_signed);
                case
            });
            out.push(row.collect());
        }
        out
    }

    fn head_facts(&self, heading: usize) -> HeadFacts {
        let block = &self.blocks[heading];
        let labels = &self.labelling.labels;
        let has = |wanted: Label| block.lines.iter().any(|&at| labels[at] == wanted);
        let longest = block.lines.iter().map(|&at| self.lines[at].chars.len()).max().unwrap_or(0);
        let text = self.joined(&block.lines);
        HeadFacts {
            parts: [Label::Column, Label::Kicker, Label::Title, Label::Subtitle].iter().filter(|&&l| has(l)).count(),
            has_column: has(Label::Column),
            is_short: longest <= 9 && !has(Label::Kicker) && !has(Label::Subtitle),
            is_long: longest > 12 || has(Label::Kicker) || has(Label::Subtitle),
            is_talk: text.contains("——访") || text.contains("对话") || text.contains("专访") || text.contains("访谈"),
            is_signed: self.blocks.get(heading + 1).is_some_and(|b| b.what == What::Byline),
        }
    }

    fn text_facts(&self, article: usize, text: &[char]) -> TextFacts {
        let draft = &self.articles[article];
        let lines = draft.texts.iter().flatten();
        let speakers = lines.filter(|&&at| openers::class(&self.lines[at].chars) == Opener::Speaker).take(2).count();
        let opener = openers::class(text);
        let signature = self.blocks.get(self.ends[article].1 + 1).filter(|b| b.what == What::Byline);
        let shape = signature.map(|b| bylines::read(&self.lines[b.first()].text()).shape);
        TextFacts {
            is_caption: draft.is_caption,
            is_talk: speakers >= 2,
            is_signed: signature.is_some(),
            is_dated: opener == Opener::Dateline,
            is_lone: matches!(shape, Some(Shape::Bulleted | Shape::Names | Shape::Office | Shape::OfficeOpen)),
            is_note: opener == Opener::Note,
        }
    }

    /// For every headline the text right behind it and the one right before it, as indices into `articles`.
    fn neighbours(&self, headings: &[usize], articles: &[usize]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
        let column = |article: Option<usize>| article.and_then(|a| articles.iter().position(|&x| x == a));
        let mut before = Vec::new();
        let mut behind = Vec::new();
        for &h in headings {
            // A text right behind, or right before, with nothing but bylines and furniture in between.
            let next = (h + 1..self.blocks.len())
                .find(|&i| self.blocks[i].is_text() || self.blocks[i].what == What::Heading)
                .filter(|&i| self.blocks[i].is_text())
                .filter(|&i| self.article_of[i].is_some_and(|a| self.ends[a].0 == i));
            let previous = (0..h)
                .rev()
                .find(|&i| self.blocks[i].is_text() || self.blocks[i].what == What::Heading)
                .filter(|&i| self.blocks[i].is_text());
            before.push(column(next.and_then(|i| self.article_of[i])));
            behind.push(column(previous.and_then(|i| self.article_of[i])));
        }
        (before, behind)
    }

    /// How far this page sets headlines before their texts (1) rather than behind them (0), learned from the pairs in
    /// which position and words agree.
    fn habit(before: &[Option<usize>], behind: &[Option<usize>], cohesion: &Cohesion) -> f32 {
        let agreement = |places: &[Option<usize>]| -> f32 {
            places.iter().enumerate().filter_map(|(h, a)| a.map(|a| cohesion.score(h, a))).sum::<f32>()
                + 0.3 * places.iter().flatten().count() as f32
        };
        let (b, a) = (agreement(before), agreement(behind));
        if a + b > 0.0 { b / (a + b) } else { 0.5 }
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
            out.extend(self.lines[at].chars.iter().filter(|c| !c.is_whitespace()));
        }
        out
    }
}

/// What a headline looks like.
struct HeadFacts {
    parts: usize,
    has_column: bool,
    is_short: bool,
    is_long: bool,
    is_talk: bool,
    is_signed: bool,
}

/// What a text looks like.
struct TextFacts {
    is_caption: bool,
    is_talk: bool,
    is_signed: bool,
    is_dated: bool,
    is_lone: bool,
    is_note: bool,
}
