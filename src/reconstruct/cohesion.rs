//! How well headlines and texts go together by their words: dictionary words, names and figures of the headline that
//! the text uses too, weighted by how rare they are in general and on this page.

use super::chars::is_han;
use super::lexicon::Lexicon;
use std::collections::HashMap;

/// Scores of every headline with every text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cohesion {
    scores: Vec<Vec<f32>>,
    evidence: Vec<Vec<f32>>,
    shared: Vec<Vec<Vec<(f32, usize)>>>,
    terms: Vec<Term>,
}

/// A term of some headline.
#[derive(Clone, Debug)]
struct Term {
    text: Vec<char>,
    rarity: f32,
}

/// Terms by their first two characters, to find all of them in one walk over a text.
struct Finder {
    buckets: Vec<Vec<u16>>,
}

impl Finder {
    const BUCKETS: usize = 2048;

    fn new(terms: &[Term]) -> Self {
        let mut buckets = vec![Vec::new(); Self::BUCKETS];
        for (id, term) in terms.iter().enumerate() {
            buckets[Self::bucket(term.text[0], term.text[1])].push(id as u16);
        }
        Self { buckets }
    }

    fn bucket(a: char, b: char) -> usize {
        ((a as u32).wrapping_mul(31).wrapping_add(b as u32).wrapping_mul(0x9E37_79B1) >> 21) as usize % Self::BUCKETS
    }

    /// How often each term stands in `text`.
    fn count(&self, terms: &[Term], text: &[char]) -> Vec<u16> {
        let mut out = vec![0u16; terms.len()];
        for at in 0..text.len().saturating_sub(1) {
            for &id in &self.buckets[Self::bucket(text[at], text[at + 1])] {
                if text[at..].starts_with(&terms[usize::from(id)].text) {
                    out[usize::from(id)] = out[usize::from(id)].saturating_add(1);
                }
            }
        }
        out
    }
}

impl Cohesion {
    /// Compares `heads` with `texts` (white space should be out of them).
    pub fn new(heads: &[String], texts: &[Vec<char>], lexicon: &Lexicon) -> Self {
        let mut out = Self::default();
        let mut of_head: Vec<Vec<usize>> = Vec::new();
        let mut known: HashMap<Vec<char>, usize> = HashMap::new();
        for head in heads {
            let mut ids = Vec::new();
            for (text, rarity) in terms(head, lexicon) {
                let id = *known.entry(text).or_insert_with_key(|text| {
                    out.terms.push(Term { text: text.clone(), rarity });
                    out.terms.len() - 1
                });
                ids.push(id);
            }
            of_head.push(ids);
        }
        let finder = Finder::new(&out.terms);
        let counts: Vec<Vec<u16>> = texts.iter().map(|t| finder.count(&out.terms, t)).collect();
        let weights: Vec<(f32, bool)> = (0..out.terms.len())
            .map(|id| {
                let used_by = counts.iter().filter(|c| c[id] > 0).count();
                if used_by == 0 {
                    return (0.25 * out.terms[id].rarity, false);
                }
                let spread = ((texts.len() as f32 + 1.0) / used_by as f32).ln().max(0.05);
                (out.terms[id].rarity * spread, true)
            })
            .collect();
        for ids in &of_head {
            let total: f32 = ids.iter().map(|&id| weights[id].0).sum();
            let mut row = vec![0.0; texts.len()];
            let mut evidence = vec![0.0; texts.len()];
            let mut shared = vec![Vec::new(); texts.len()];
            for (text, count) in counts.iter().enumerate() {
                for &id in ids.iter().filter(|&&id| count[id] > 0) {
                    row[text] += weights[id].0 * (1.0 + 0.15 * (f32::from(count[id].min(6)) - 1.0)) / total.max(1e-6);
                    evidence[text] += weights[id].0;
                    shared[text].push((weights[id].0, id));
                }
            }
            out.scores.push(row);
            out.evidence.push(evidence);
            out.shared.push(shared);
        }
        out
    }

    /// Score of headline `head` with text `text`; about 0 to 1.
    pub fn score(&self, head: usize, text: usize) -> f32 {
        self.scores[head][text]
    }

    /// Weight of what the two share, not set against the headline's whole.
    pub fn evidence(&self, head: usize, text: usize) -> f32 {
        self.evidence[head][text]
    }

    /// The words that speak for a pair.
    pub fn why(&self, head: usize, text: usize) -> String {
        let mut words = self.shared[head][text].clone();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        words
            .into_iter()
            .take(4)
            .map(|(_, id)| self.terms[id].text.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The terms of a headline with their rarity. Single characters in a row, mostly unknown names, count as pairs.
fn terms(head: &str, lexicon: &Lexicon) -> Vec<(Vec<char>, f32)> {
    let mut out: Vec<(Vec<char>, f32)> = Vec::new();
    let mut push = |term: Vec<char>, rarity: f32| {
        if !out.iter().any(|(t, _)| *t == term) {
            out.push((term, rarity));
        }
    };
    let mut single: Option<char> = None;
    for word in lexicon.words(head) {
        let letters: Vec<char> = word.chars().collect();
        match letters[..] {
            [c] if is_han(c) => {
                if let Some(before) = single {
                    push(vec![before, c], 8.0);
                }
                single = Some(c);
            }
            [c, _, ..] if !word.chars().any(char::is_whitespace) => {
                if let Some(before) = single.filter(|_| is_han(c)) {
                    push(vec![before, c], 5.0);
                }
                single = None;
                let rarity = if c.is_ascii_digit() { 7.0 } else { lexicon.rarity(word) };
                if letters.len() > 3 {
                    for pair in letters.windows(2).filter(|p| is_han(p[0]) && is_han(p[1])) {
                        push(pair.to_vec(), 3.0);
                    }
                }
                push(letters, rarity);
            }
            _ => single = None,
        }
    }
    out
}

/// Single ideographs of headlines in texts: short headlines often share no whole word with their text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters {
    of_head: Vec<Vec<(usize, f32)>>,
    texts: Vec<Vec<bool>>,
}

impl Letters {
    const SIZE: usize = 1 << 12;

    fn slot(c: char) -> usize {
        (c as u32).wrapping_mul(0x9E37_79B1) as usize >> 20
    }

    /// Reads headlines and texts.
    pub fn of(heads: &[String], texts: &[Vec<char>]) -> Self {
        let texts: Vec<Vec<bool>> = texts
            .iter()
            .map(|text| {
                let mut set = vec![false; Self::SIZE];
                text.iter().filter(|c| is_han(**c)).for_each(|&c| set[Self::slot(c)] = true);
                set
            })
            .collect();
        let weight = |slot: usize| {
            let used_by = texts.iter().filter(|t| t[slot]).count();
            ((texts.len() as f32 + 1.0) / (used_by as f32 + 0.5)).ln().max(0.0)
        };
        let of_head = heads
            .iter()
            .map(|head| {
                let mut slots: Vec<usize> = head.chars().filter(|c| is_han(*c)).map(Self::slot).collect();
                slots.sort_unstable();
                slots.dedup();
                slots.into_iter().map(|slot| (slot, weight(slot))).collect()
            })
            .collect();
        Self { of_head, texts }
    }

    /// Share of the headline's ideographs, by weight, that the text uses.
    pub fn score(&self, head: usize, text: usize) -> f32 {
        let (mut shared, mut all) = (0.0, 0.0);
        for &(slot, weight) in &self.of_head[head] {
            all += weight;
            shared += if self.texts[text][slot] { weight } else { 0.0 };
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }

    /// Weight of the ideographs that both use, not set against the headline's whole; common ones count for nothing.
    pub fn evidence(&self, head: usize, text: usize) -> f32 {
        self.of_head[head]
            .iter()
            .filter(|(slot, _)| self.texts[text][*slot])
            .map(|(_, weight)| (weight - 0.4).max(0.0))
            .sum()
    }
}
