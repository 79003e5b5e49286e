//! How well headlines and texts go together by their words: dictionary words, names and figures of the headline that
//! the text uses too, weighted by how rare they are in general and on this page.

use super::chars::is_han;
use super::lexicon::Lexicon;

/// Scores of every headline with every text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cohesion {
    scores: Vec<Vec<f32>>,
    shared: Vec<Vec<Vec<(f32, String)>>>,
}

impl Cohesion {
    /// Compares `heads` with `texts`.
    pub fn new(heads: &[String], texts: &[String], lexicon: &Lexicon) -> Self {
        let mut out = Self::default();
        for head in heads {
            let terms = terms(head, lexicon);
            let mut row = vec![0.0; texts.len()];
            let mut shared = vec![Vec::new(); texts.len()];
            let mut total = 0.0;
            for (term, rarity) in terms {
                let counts: Vec<usize> = texts.iter().map(|t| t.matches(term.as_str()).take(6).count()).collect();
                let used_by = counts.iter().filter(|&&c| c > 0).count();
                if used_by == 0 {
                    total += 0.25 * rarity;
                    continue;
                }
                let spread = ((texts.len() as f32 + 1.0) / used_by as f32).ln().max(0.05);
                let weight = rarity * spread;
                total += weight;
                for (a, &count) in counts.iter().enumerate() {
                    if count > 0 {
                        row[a] += weight * (1.0 + 0.15 * (count as f32 - 1.0));
                        shared[a].push((weight, term.clone()));
                    }
                }
            }
            if total > 0.0 {
                row.iter_mut().for_each(|s| *s /= total);
            }
            out.scores.push(row);
            out.shared.push(shared);
        }
        out
    }

    /// Score of headline `head` with text `text`; about 0 to 1.
    pub fn score(&self, head: usize, text: usize) -> f32 {
        self.scores[head][text]
    }

    /// The words that speak for a pair.
    pub fn why(&self, head: usize, text: usize) -> String {
        let mut words = self.shared[head][text].clone();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        words.into_iter().take(4).map(|(_, w)| w).collect::<Vec<_>>().join(" ")
    }
}

/// The terms of a headline with their rarity. Single characters in a row, mostly unknown names, count as pairs.
fn terms(head: &str, lexicon: &Lexicon) -> Vec<(String, f32)> {
    let mut out: Vec<(String, f32)> = Vec::new();
    let mut push = |term: String, rarity: f32| {
        if !out.iter().any(|(t, _)| *t == term) {
            out.push((term, rarity));
        }
    };
    let mut single: Option<char> = None;
    for word in lexicon.words(head) {
        let mut chars = word.chars();
        let (first, second) = (chars.next(), chars.next());
        match (first, second) {
            (Some(c), None) if is_han(c) => {
                if let Some(before) = single {
                    push([before, c].iter().collect(), 8.0);
                }
                single = Some(c);
            }
            (Some(c), Some(_)) => {
                if let Some(before) = single.filter(|_| is_han(c)) {
                    push([before, c].iter().collect(), 5.0);
                }
                single = None;
                let is_figure = c.is_ascii_digit();
                push(word.to_owned(), if is_figure { 7.0 } else { lexicon.rarity(word) });
                if word.chars().count() > 3 {
                    let letters: Vec<char> = word.chars().collect();
                    for pair in letters.windows(2).filter(|p| is_han(p[0]) && is_han(p[1])) {
                        push(pair.iter().collect(), 3.0);
                    }
                }
            }
            _ => single = None,
        }
    }
    out
}
