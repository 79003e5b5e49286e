//! Blocks become articles: pieces of running text are chained, headlines and bylines are given to texts. Every decision
//! is a score; headlines are given out by one assignment over the whole page.

use super::blocks::{At, Block, What};
use super::bylines::Shape;
use super::chars::{closes, is_finished, is_pause};
use super::cohesion::Cohesion;
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::openers;
use super::sequence::Labelling;
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
    /// How much better the headline fits than the next best, 0 to 1.
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

/// Headlines are assigned among at most this many texts at once: the assignment is cubic, a page never has more, and a
/// dump of two hundred pages is worked off in windows.
const WINDOW: usize = 64;

/// The page while it is put together.
struct Desk<'a> {
    lines: &'a [Line],
    labelling: &'a Labelling,
    lexicon: &'a Lexicon,
    blocks: &'a [Block],
    /// Article of each text block.
    article_of: Vec<Option<usize>>,
    articles: Vec<Draft>,
    /// First and last block of each article's text.
    ends: Vec<(usize, usize)>,
}

/// Puts the blocks of a page together.
pub(crate) fn draft(lines: &[Line], labelling: &Labelling, blocks: &[Block], lexicon: &Lexicon) -> Drafts {
    let mut desk = Desk {
        lines,
        labelling,
        lexicon,
        blocks,
        article_of: vec![None; blocks.len()],
        articles: Vec::new(),
        ends: Vec::new(),
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

impl Desk<'_> {
    /// Gives every text block to an article, chaining the pieces that were torn apart.
    fn chain_texts(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut pending_note: Option<usize> = None;
        for (index, block) in self.blocks.iter().enumerate() {
            if !block.is_text() {
                continue;
            }
            let label = self.labelling.labels[block.first()];
            let before = match block.what {
                What::Body
                    if matches!(
                        label,
                        Label::Running | Label::Paragraph | Label::Subhead | Label::SubheadMore | Label::Jump
                    ) =>
                {
                    self.predecessor(index, &open)
                }
                What::Body => pending_note.take().map(|article| (article, 0.8)),
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
            pending_note = if block.what == What::Note { Some(article) } else { None };
            if block.what == What::Body {
                open.retain(|&a| a != article);
                open.push(article);
                if open.len() > 8 {
                    open.remove(0);
                }
            }
        }
    }

    /// The article that the piece `index` goes on with, and how sure that is.
    fn predecessor(&self, index: usize, open: &[usize]) -> Option<(usize, f32)> {
        let first = self.blocks[index].first();
        let line = &self.lines[first];
        let (running, paragraph) =
            (self.labelling.probability(first, Label::Running), self.labelling.probability(first, Label::Paragraph));
        let mut scored: Vec<(f32, usize)> = Vec::new();
        for (age, &article) in open.iter().rev().enumerate() {
            let last_at = self.blocks[self.ends[article].1].last();
            let last = &self.lines[last_at];
            if self.labelling.labels[last_at] == Label::Jump || openers::jump(&last.chars).is_some() {
                continue;
            }
            let finished = is_finished(&last.chars);
            let mut score = if finished { 2.0 * paragraph - 0.5 } else { 1.5 + running };
            if !finished && self.lexicon.spans_break(last, line) {
                score += 3.0;
            }
            if !finished && line.chars.first().is_some_and(|&c| closes(c) || is_pause(c)) {
                score += 2.0;
            }
            let (a, b) = (last.measure_before.max(last.measure_after), line.measure_after);
            score += match a.abs_diff(b) {
                _ if a == 0 || b == 0 => 0.0,
                0..=1 => 1.0,
                2..=3 => 0.0,
                _ => -1.5,
            };
            // Nothing stands between: the text simply goes on.
            if self.ends[article].1 + 1 == index {
                score += 3.0;
            }
            score -= age as f32 * 0.4;
            scored.push((score, article));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = scored.first()?;
        let next = scored.get(1).map_or(-3.0, |s| s.0);
        let certainty = 1.0 / (1.0 + (-(best.0 - next.max(0.0))).exp());
        (best.0 > -2.5).then_some((best.1, certainty))
    }

    /// Decides for every byline block whether it belongs to a headline or to a text.
    fn homes_of_bylines(&self) -> Vec<Home> {
        let mut homes = vec![Home::Nobody; self.blocks.len()];
        for (index, block) in self.blocks.iter().enumerate() {
            if block.what != What::Byline {
                continue;
            }
            let before = (0..index).rev().find(|&i| self.blocks[i].what != What::Furniture);
            let after = (index + 1..self.blocks.len())
                .find(|&i| !matches!(self.blocks[i].what, What::Furniture | What::Byline));
            let home = |i: usize| match self.blocks[i].what {
                What::Heading => Home::Heading(i),
                What::Byline => homes[i],
                _ => Home::Text(i),
            };
            // The signature of an essay stands behind its text, even where a headline got in between.
            let reading = super::bylines::read(&self.lines[block.first()].text());
            let is_essay = matches!(reading.shape, Shape::Office | Shape::OfficeOpen);
            if is_essay && before.is_some_and(|b| self.blocks[b].what == What::Heading) {
                let text = (0..index).rev().find(|&i| self.blocks[i].what == What::Body);
                if let Some(text) = text.filter(|&t| !homes.contains(&Home::Text(t))) {
                    homes[index] = Home::Text(text);
                    continue;
                }
            }
            homes[index] = before.map(home).filter(|h| *h != Home::Nobody).or(after.map(home)).unwrap_or(Home::Nobody);
        }
        homes
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

    /// A text that got no headline on a page where texts have headlines is mostly the rest of one that did: a piece
    /// that was taken for an opening. It goes to the text before it whose headline speaks of it, if one does.
    fn adopt_orphans(&mut self, article_of_heading: &[Option<usize>]) {
        let mut heading_of = vec![None; self.articles.len()];
        for (heading, article) in article_of_heading.iter().enumerate() {
            if let Some(article) = article {
                heading_of[*article] = Some(heading);
            }
        }
        let with = heading_of.iter().flatten().count();
        let mut orphans: Vec<usize> = (0..self.articles.len())
            .filter(|&a| heading_of[a].is_none() && !self.articles[a].is_caption && !self.articles[a].texts.is_empty())
            .collect();
        if with < 2 || orphans.len() * 3 > with {
            return;
        }
        orphans.truncate(WINDOW);
        for orphan in orphans {
            let at = self.ends[orphan].0;
            let first = self.blocks[at].first();
            let doubt = 1.0 - self.labelling.probability(first, Label::Opening);
            let candidates: Vec<usize> = (orphan.saturating_sub(8)..orphan)
                .filter(|&a| heading_of[a].is_some() && !self.articles[a].is_caption && self.ends[a].1 < at)
                .collect();
            let heads: Vec<String> =
                candidates.iter().filter_map(|&a| heading_of[a]).map(|h| self.joined(&self.blocks[h].lines)).collect();
            let mut texts = vec![self.text_of(&self.articles[orphan])];
            texts.extend(candidates.iter().map(|&a| self.text_of(&self.articles[a])));
            let cohesion = Cohesion::new(&heads, &texts, self.lexicon);
            let measure = self.lines[first].measure_after;
            let best = candidates
                .iter()
                .enumerate()
                .map(|(i, &a)| {
                    let last = &self.lines[self.blocks[self.ends[a].1].last()];
                    let same = last.measure_before.max(last.measure_after).abs_diff(measure) <= 1;
                    let near = if a + 1 == orphan { 0.15 } else { 0.0 };
                    (cohesion.score(i, 0) + 0.6 * doubt + if same { 0.25 } else { -0.1 } + near, a)
                })
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((score, article)) = best.filter(|(score, _)| *score > 0.95) {
                let texts = std::mem::take(&mut self.articles[orphan].texts);
                self.articles[article].texts.extend(texts);
                self.articles[article].join_certainty = self.articles[article].join_certainty.min(score.min(0.8));
                self.ends[article].1 = self.ends[orphan].1;
                self.article_of.iter_mut().filter(|a| **a == Some(orphan)).for_each(|a| *a = Some(article));
            }
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
        let near = self.nearness(headings, articles, &cohesion);
        let columns = articles.len().max(headings.len());
        // One headline over many texts is the package's: it stands with the editor's note, if there is one.
        let is_package = headings.len() * 4 <= articles.len();
        let is_note = |a: usize| openers::class(&texts[a]) == openers::Opener::Note;
        let package = |a: usize| if is_package && is_note(a) { 1.5 } else { 0.0 };
        let score = |h: usize, a: usize| cohesion.score(h, a) + near[h][a] + package(a);
        let weights = Matrix::from_fn(headings.len(), columns, |(h, a)| {
            if a < articles.len() { (score(h, a) * 1000.0) as i64 } else { 0 }
        });
        let (_, chosen) = kuhn_munkres(&weights);
        for (h, &a) in chosen.iter().enumerate() {
            if a >= articles.len() || score(h, a) < 0.05 {
                continue;
            }
            let rival = (0..articles.len()).filter(|&o| o != a).map(|o| score(h, o)).fold(0.0, f32::max);
            let article = &mut self.articles[articles[a]];
            article.heading_certainty = 1.0 / (1.0 + (-4.0 * (score(h, a) - rival)).exp());
            article.heading_why = cohesion.why(h, a);
            out[headings[h]] = Some(articles[a]);
        }
    }

    /// How much position speaks for each pair: the page's own habit (headlines before or after their texts) is learned
    /// from the pairs in which position and words agree.
    fn nearness(&self, headings: &[usize], articles: &[usize], cohesion: &Cohesion) -> Vec<Vec<f32>> {
        let column = |article: Option<usize>| article.and_then(|a| articles.iter().position(|&x| x == a));
        let mut before = Vec::new();
        let mut after = Vec::new();
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
            after.push(column(previous.and_then(|i| self.article_of[i])));
        }
        let agreement = |places: &[Option<usize>]| -> f32 {
            places.iter().enumerate().filter_map(|(h, a)| a.map(|a| cohesion.score(h, a))).sum::<f32>()
                + 0.3 * places.iter().flatten().count() as f32
        };
        let (b, a) = (agreement(&before), agreement(&after));
        let share = if a + b > 0.0 { b / (a + b) } else { 0.5 };
        (0..headings.len())
            .map(|h| {
                let mut row = vec![0.0; articles.len()];
                if let Some(i) = before[h] {
                    row[i] += 0.9 * share;
                }
                if let Some(i) = after[h] {
                    row[i] += 0.9 * (1.0 - share);
                }
                row
            })
            .collect()
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
