//! How well an article's text answers a query: how often and how early its terms stand there, how close together, and
//! whether they stand as words ("南屏" in 云南|屏边 is a hit, but hardly a wanted one).

use super::query::Term;
use super::{Field, FoldedDoc, is_east_asian, positions};
use crate::model::Article;
use jieba_rs::Jieba;
use std::sync::LazyLock;

/// The dictionary takes a third of a second to load: nothing but ranking, related articles and suggestions may ask for it.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Characters looked at on each side of a hit to see whether it is a word.
const AROUND: usize = 10;
/// Hits of a term whose words are looked at.
const LOOKED_AT: usize = 3;

/// The words of a text, as the ranking sees them.
pub fn words(text: &str) -> Vec<&str> {
    JIEBA.cut(text, false).into_iter().map(|token| token.word).collect()
}

/// A query's terms with their weights (rare terms weigh more).
pub struct Scorer<'a> {
    terms: Vec<(&'a Term, f32)>,
}

impl<'a> Scorer<'a> {
    /// A scorer for terms with the number of articles each is found in, of `total`.
    pub fn new(terms: impl IntoIterator<Item = (&'a Term, u64)>, total: u64) -> Self {
        Self { terms: terms.into_iter().map(|(term, count)| (term, weight(count, total))).collect() }
    }

    /// The score of an article's text; 0 without any hit.
    pub fn score(&self, article: &Article) -> f32 {
        let doc = FoldedDoc::of(article);
        let mut score = 0.0;
        for (term, weight) in &self.terms {
            let mut best = 0.0f32;
            for &field in term.field.parts() {
                let text = doc.part(field);
                let found: Vec<usize> = positions(text, term).take(50).collect();
                if found.is_empty() {
                    continue;
                }
                let often = found.len() as f32 / (found.len() as f32 + 1.5);
                let early = if field == Field::Body { 0.3 / (1.0 + found[0] as f32 / 80.0) } else { 0.3 };
                best += (often + early) * field_weight(field) * standing_as_word(text, term, &found);
            }
            score += weight * best;
        }
        score + self.closeness(&doc.body).max(self.closeness(&doc.title) * 1.5)
    }

    /// How close together the terms stand: 1 for side by side, falling with the length of the shortest piece of text
    /// that holds them all; times the mean weight.
    fn closeness(&self, text: &[char]) -> f32 {
        if self.terms.len() < 2 {
            return 0.0;
        }
        let mut hits: Vec<(usize, usize)> = Vec::new();
        for (i, (term, _)) in self.terms.iter().enumerate() {
            hits.extend(positions(text, term).take(200).map(|at| (at, i)));
        }
        hits.sort_unstable();
        let mut counts = vec![0usize; self.terms.len()];
        let (mut from, mut missing, mut shortest) = (0, self.terms.len(), usize::MAX);
        for &(at, term) in &hits {
            missing -= usize::from(counts[term] == 0);
            counts[term] += 1;
            while missing == 0 {
                let (start, first) = hits[from];
                shortest = shortest.min(at - start);
                counts[first] -= 1;
                missing += usize::from(counts[first] == 0);
                from += 1;
            }
        }
        if shortest == usize::MAX {
            return 0.0;
        }
        let mean = self.terms.iter().map(|(_, w)| w).sum::<f32>() / self.terms.len() as f32;
        mean / (1.0 + shortest as f32 / 15.0)
    }
}

/// Weight of a term found in `count` of `total` articles.
pub fn weight(count: u64, total: u64) -> f32 {
    (1.0 + total as f32 / (count as f32 + 1.0)).ln()
}

/// Weight of a hit in a field.
pub fn field_weight(field: Field) -> f32 {
    match field {
        Field::Title => 2.5,
        Field::Byline => 1.2,
        Field::Any | Field::Body => 1.0,
    }
}

/// 1 when the hits begin and end at the boundaries of words, down to 0.6 when none does.
fn standing_as_word(text: &[char], term: &Term, found: &[usize]) -> f32 {
    let len = term.folded.len();
    if len < 2 || !term.folded.iter().all(|&c| is_east_asian(c)) {
        return 1.0;
    }
    let looked_at = &found[..found.len().min(LOOKED_AT)];
    let as_words = looked_at.iter().filter(|&&at| {
        let from = at.saturating_sub(AROUND);
        let to = (at + len + AROUND).min(text.len());
        let around: String = text[from..to].iter().collect();
        let mut boundary = from;
        let (mut begins, mut ends) = (false, false);
        for word in words(&around) {
            begins |= boundary == at;
            boundary += word.chars().count();
            ends |= boundary == at + len;
        }
        begins && ends
    });
    0.6 + 0.4 * as_words.count() as f32 / looked_at.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::super::Query;
    use super::*;
    use crate::model::{Block, BlockKind};

    fn article(title: &str, body: &str) -> Article {
        let block = Block { kind: BlockKind::Paragraph, text: body.to_owned(), runs: Vec::new() };
        Article { title: title.to_owned(), blocks: vec![block], ..Article::default() }
    }

    #[track_caller]
    fn better(query: &str, good: &Article, bad: &Article) {
        let query = Query::parse(query);
        let scorer = Scorer::new(query.root.positive_terms().into_iter().map(|t| (t, 10)), 100);
        assert!(scorer.score(good) > scorer.score(bad), "{} <= {}", scorer.score(good), scorer.score(bad));
    }

    #[test]
    fn headlines_weigh_more_than_text() {
        better("春耕", &article("春耕开始", "农户下田。"), &article("农户下田", "春耕开始。"));
    }

    #[test]
    fn words_side_by_side_beat_words_far_apart() {
        let far = format!("图书馆开放。{}延长时间。", "天气晴好。".repeat(30));
        better("图书馆 延长", &article("通知", "图书馆延长开放。"), &article("通知", &far));
    }

    #[test]
    fn a_word_beats_a_cut_across_two() {
        better("南屏", &article("消息", "记者在南屏采访。"), &article("消息", "记者在云南屏边采访。"));
    }
}
