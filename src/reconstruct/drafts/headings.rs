//! Which text a headline stands over.

use super::super::blocks::{At, What};
use super::super::bylines::Shape;
use super::super::cohesion::{Cohesion, Letters};
use super::super::joins::{HEAD, HeadCase};
use super::super::labels::Label;
use super::super::openers::{self, Opener};
use super::super::weights::softmax;
use super::{Choice, Desk, flag};
use pathfinding::matrix::Matrix;
use pathfinding::prelude::kuhn_munkres;
use std::rc::Rc;

/// Score below which a headline and a text are not paired although both are left over.
const LEAST: f32 = -2.5;

impl Desk<'_> {
    /// One-to-one assignment of `headings` to `articles`.
    pub(super) fn assign(&mut self, headings: &[usize], articles: &[usize], out: &mut [Option<usize>]) {
        if headings.is_empty() || articles.is_empty() {
            return;
        }
        let texts: Vec<Vec<char>> = articles.iter().map(|&a| self.text_of(&self.articles[a])).collect();
        let texts: Vec<&[char]> = texts.iter().map(Vec::as_slice).collect();
        let blocks = Rc::clone(&self.blocks);
        let heads: Vec<&[At]> = headings.iter().map(|&h| blocks[h].lines.as_slice()).collect();
        let cohesion = Cohesion::new(&heads, &texts, &mut self.terms);
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
        let (_, mut chosen) = kuhn_munkres(&weights);
        Self::pair_what_is_left(&mut chosen, &scores, articles.len());
        for (h, &a) in chosen.iter().enumerate() {
            let of_head = softmax(&[scores[h].as_slice(), &[0.0]].concat())[a.min(articles.len())];
            self.worth += of_head.max(1e-6).ln();
            if a >= articles.len() {
                continue;
            }
            let column: Vec<f32> = scores.iter().map(|row| row[a]).collect();
            let of_text = softmax(&column)[h];
            let article = &mut self.articles[articles[a]];
            article.heading_certainty = of_head.min(of_text);
            article.heading_why = cohesion.why(h, a, &self.terms);
            out[headings[h]] = Some(articles[a]);
        }
    }

    /// Headlines are printed over texts: a headline and a text that both found nobody are given to one another, unless
    /// much speaks against it.
    fn pair_what_is_left(chosen: &mut [usize], scores: &[Vec<f32>], texts: usize) {
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (h, row) in scores.iter().enumerate().filter(|(h, _)| chosen[*h] >= texts) {
            let free = row.iter().enumerate().filter(|(a, _)| !chosen.contains(a));
            pairs.extend(free.filter(|(_, score)| **score > LEAST).map(|(a, &score)| (score, h, a)));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, h, a) in pairs {
            if chosen[h] >= texts && !chosen.contains(&a) {
                chosen[h] = a;
            }
        }
    }

    /// What speaks for each pair of headline and text.
    fn head_cases(
        &self,
        headings: &[usize],
        articles: &[usize],
        texts: &[&[char]],
        heads: &[&[At]],
        cohesion: &Cohesion,
    ) -> Vec<Vec<HeadCase>> {
        let (before, behind) = self.neighbours(headings, articles);
        let share = Self::habit(&before, &behind, cohesion);
        let letters = Letters::of(heads, texts, self.lines);
        let facts: Vec<TextFacts> = articles.iter().zip(texts).map(|(&a, text)| self.text_facts(a, text)).collect();
        let top = |values: &mut dyn Iterator<Item = f32>| values.fold(0.02, f32::max);
        let best_of_text: Vec<f32> =
            (0..texts.len()).map(|a| top(&mut (0..heads.len()).map(|h| cohesion.score(h, a)))).collect();
        let is_package = headings.len() * 4 <= articles.len();
        let mut out = Vec::with_capacity(headings.len());
        for (h, &heading) in headings.iter().enumerate() {
            let fact = self.head_facts(heading);
            let best_of_head = top(&mut (0..texts.len()).map(|a| cohesion.score(h, a)));
            let letters = letters.scores(h);
            let row = articles.iter().enumerate().map(|(a, &article)| {
                let text = &facts[a];
                let mut case: HeadCase = [0.0; HEAD];
                let score = cohesion.score(h, a);
                let evidence = cohesion.evidence(h, a);
                case[0] = 1.0;
                case[1] = score.min(2.0);
                case[2] = (evidence / 50.0).min(2.0);
                case[3] = evidence / (evidence + 50.0);
                case[4] = letters[a];
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
                [case[26], case[27], case[28]] = self.walked(heading, article);
                case
            });
            out.push(row.collect());
        }
        out
    }

    /// Share of an article's lines that the walk over the paragraphs gave to a head, and to others, and how much worse the walk
    /// gets on the mean if their paragraphs are the head's.
    fn walked(&self, heading: usize, article: usize) -> [f32; 3] {
        let own = self.labelling.head_of(self.blocks[heading].first());
        let (mut of_own, mut of_others, mut worse, mut all) = (0.0, 0.0, 0.0, 0.0);
        for &at in self.articles[article].texts.iter().flatten() {
            let head = self.labelling.head_of(at);
            all += 1.0;
            of_own += flag(head.is_some() && head == own);
            of_others += flag(head.is_some() && head != own);
            worse += own.map_or(0.0, |own| self.walk_worse(at, own));
        }
        let all = f32::max(all, 1.0);
        [of_own, of_others, worse].map(|part| part / all)
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
        let speakers = lines.filter(|&&at| self.looks[at].opener() == Opener::Speaker as u8).take(2).count();
        let opener = openers::class(text);
        let signature = self.blocks.get(self.ends[article].1 + 1).filter(|b| b.what == What::Byline);
        let shape = signature.map(|b| self.looks[b.first()].byline);
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
