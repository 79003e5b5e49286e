//! How well headlines and texts go together by their words: dictionary words, names and figures of the headline that
//! the text uses too, weighted by how rare they are in general and on this page.

use super::blocks::At;
use super::chars::is_han;
use super::lexicon::Lexicon;
use super::lines::Line;

/// Number of a term within its [`Terms`].
type Id = u16;

/// Terms of the headline lines of a sheet: cut into words once, compared with texts several times.
pub(crate) struct Terms<'a> {
    lines: &'a [Line],
    lexicon: &'a Lexicon,
    all: Vec<Term>,
    of_line: Vec<Option<Vec<Id>>>,
    /// Of every line: whether a word runs over the break before it, once somebody has asked.
    spans: Vec<Option<bool>>,
    /// Terms by their first two characters, to find all of them in one walk over a text: the first of each bucket, and
    /// for each term the next one of its bucket.
    buckets: Vec<Id>,
    next: Vec<Id>,
}

#[derive(Clone, Debug)]
struct Term {
    text: Vec<char>,
    rarity: f32,
}

impl<'a> Terms<'a> {
    const BUCKETS: usize = 2048;
    const NONE: Id = Id::MAX;

    /// None are known yet.
    pub fn new(lines: &'a [Line], lexicon: &'a Lexicon) -> Self {
        Self {
            lines,
            lexicon,
            all: Vec::new(),
            of_line: vec![None; lines.len()],
            spans: vec![None; lines.len()],
            buckets: vec![Self::NONE; Self::BUCKETS],
            next: Vec::new(),
        }
    }

    /// Whether a dictionary word runs over the break before line `at`.
    pub fn spans_break_before(&mut self, at: At) -> bool {
        *self.spans[at].get_or_insert_with(|| at > 0 && self.lexicon.spans_break(&self.lines[at - 1], &self.lines[at]))
    }

    /// Different terms of some lines together.
    fn of(&mut self, lines: &[At]) -> Vec<Id> {
        let mut out: Vec<Id> = Vec::new();
        for &at in lines {
            if self.of_line[at].is_none() {
                self.of_line[at] = Some(self.read(&self.lines[at].text()));
            }
            for &id in self.of_line[at].iter().flatten() {
                if !out.contains(&id) {
                    out.push(id);
                }
            }
        }
        out
    }

    /// The terms of a headline. Single characters in a row, mostly unknown names, count as pairs.
    fn read(&mut self, head: &str) -> Vec<Id> {
        let lexicon = self.lexicon;
        let mut out: Vec<Id> = Vec::new();
        let mut letters: Vec<char> = Vec::new();
        let mut single: Option<char> = None;
        for word in lexicon.words(head) {
            letters.clear();
            letters.extend(word.chars());
            match letters[..] {
                [c] if is_han(c) => {
                    if let Some(before) = single {
                        out.extend(self.add(&[before, c], || 8.0));
                    }
                    single = Some(c);
                }
                [c, _, ..] if !letters.iter().any(|c| c.is_whitespace()) => {
                    if let Some(before) = single.filter(|_| is_han(c)) {
                        out.extend(self.add(&[before, c], || 5.0));
                    }
                    single = None;
                    if letters.len() > 3 {
                        for pair in letters.windows(2).filter(|p| is_han(p[0]) && is_han(p[1])) {
                            out.extend(self.add(pair, || 3.0));
                        }
                    }
                    let rarity = || if c.is_ascii_digit() { 7.0 } else { lexicon.rarity(word) };
                    out.extend(self.add(&letters, rarity));
                }
                _ => single = None,
            }
        }
        out
    }

    /// The number of a term; none if there are too many: a dump that is all headlines.
    fn add(&mut self, text: &[char], rarity: impl FnOnce() -> f32) -> Option<Id> {
        let bucket = Self::bucket(text[0], text[1]);
        let mut known = self.buckets[bucket];
        while known != Self::NONE {
            if self.all[usize::from(known)].text == text {
                return Some(known);
            }
            known = self.next[usize::from(known)];
        }
        let id = Id::try_from(self.all.len()).ok().filter(|&id| id != Self::NONE)?;
        self.next.push(std::mem::replace(&mut self.buckets[bucket], id));
        self.all.push(Term { text: text.to_vec(), rarity: rarity() });
        Some(id)
    }

    fn bucket(a: char, b: char) -> usize {
        ((a as u32).wrapping_mul(31).wrapping_add(b as u32).wrapping_mul(0x9E37_79B1) >> 21) as usize % Self::BUCKETS
    }

    /// Counts how often each term stands in `text`.
    fn count(&self, text: &[char], counts: &mut [u16]) {
        for at in 0..text.len().saturating_sub(1) {
            let mut id = self.buckets[Self::bucket(text[at], text[at + 1])];
            while id != Self::NONE {
                let slot = usize::from(id);
                if text[at..].starts_with(&self.all[slot].text) {
                    counts[slot] = counts[slot].saturating_add(1);
                }
                id = self.next[slot];
            }
        }
    }
}

/// Scores of every headline with every text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cohesion {
    texts: usize,
    of_head: Vec<Vec<Id>>,
    /// Of every term: how telling it is on this page.
    weights: Vec<f32>,
    /// How often each text uses each term, text after text.
    counts: Vec<u16>,
    /// Headline after headline, of every text.
    scores: Vec<f32>,
    evidence: Vec<f32>,
}

impl Cohesion {
    /// Compares `heads`, each given by its lines, with `texts` (white space should be out of them).
    pub fn new(heads: &[&[At]], texts: &[&[char]], terms: &mut Terms<'_>) -> Self {
        let of_head: Vec<Vec<Id>> = heads.iter().map(|head| terms.of(head)).collect();
        let size = terms.all.len();
        let mut counts = vec![0; size * texts.len()];
        let mut used_by = vec![0u32; size];
        for (text, counts) in texts.iter().zip(counts.chunks_mut(size.max(1))) {
            terms.count(text, counts);
            counts.iter().zip(&mut used_by).for_each(|(&count, used)| *used += u32::from(count > 0));
        }
        let weights: Vec<f32> = terms
            .all
            .iter()
            .zip(&used_by)
            .map(|(term, &used_by)| match used_by {
                0 => 0.25 * term.rarity,
                _ => term.rarity * ((texts.len() as f32 + 1.0) / used_by as f32).ln().max(0.05),
            })
            .collect();
        let mut out = Self { texts: texts.len(), weights, counts, ..Self::default() };
        out.scores.reserve(heads.len() * texts.len());
        out.evidence.reserve(heads.len() * texts.len());
        for ids in &of_head {
            let total: f32 = ids.iter().map(|&id| out.weights[usize::from(id)]).sum();
            for text in 0..texts.len() {
                let (mut score, mut evidence) = (0.0, 0.0);
                for (id, count) in out.shared(ids, text) {
                    let weight = out.weights[usize::from(id)];
                    score += weight * (1.0 + 0.15 * (f32::from(count.min(6)) - 1.0)) / total.max(1e-6);
                    evidence += weight;
                }
                out.scores.push(score);
                out.evidence.push(evidence);
            }
        }
        out.of_head = of_head;
        out
    }

    /// The terms that a text uses out of `ids`, and how often.
    fn shared<'a>(&'a self, ids: &'a [Id], text: usize) -> impl Iterator<Item = (Id, u16)> + 'a {
        let size = self.weights.len();
        let counts = &self.counts[text * size..(text + 1) * size];
        ids.iter().map(|&id| (id, counts[usize::from(id)])).filter(|(_, count)| *count > 0)
    }

    /// Score of headline `head` with text `text`; about 0 to 1.
    pub fn score(&self, head: usize, text: usize) -> f32 {
        self.scores[head * self.texts + text]
    }

    /// Weight of what the two share, not set against the headline's whole.
    pub fn evidence(&self, head: usize, text: usize) -> f32 {
        self.evidence[head * self.texts + text]
    }

    /// The words that speak for a pair.
    pub fn why(&self, head: usize, text: usize, terms: &Terms<'_>) -> String {
        let weight = |id: Id| self.weights[usize::from(id)];
        let mut ids: Vec<Id> = self.shared(&self.of_head[head], text).map(|(id, _)| id).collect();
        ids.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        let words = ids.iter().take(4).map(|&id| terms.all[usize::from(id)].text.iter().collect::<String>());
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Single ideographs of headlines in texts: short headlines often share no whole word with their text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters {
    of_head: Vec<Vec<(usize, f32)>>,
    /// Which slots each text uses, as bits.
    texts: Vec<[u64; Letters::SIZE / 64]>,
}

impl Letters {
    const SIZE: usize = 1 << 12;

    fn slot(c: char) -> usize {
        (c as u32).wrapping_mul(0x9E37_79B1) as usize >> 20
    }

    /// Reads headlines, each given by its lines, and texts.
    pub fn of(heads: &[&[At]], texts: &[&[char]], lines: &[Line]) -> Self {
        let mut used_by = [0u16; Self::SIZE];
        let texts: Vec<[u64; Self::SIZE / 64]> = texts
            .iter()
            .map(|text| {
                let mut set = [0; Self::SIZE / 64];
                for &c in text.iter().filter(|c| is_han(**c)) {
                    let slot = Self::slot(c);
                    if !has(&set, slot) {
                        set[slot / 64] |= 1 << (slot % 64);
                        used_by[slot] = used_by[slot].saturating_add(1);
                    }
                }
                set
            })
            .collect();
        let weight = |slot: usize| ((texts.len() as f32 + 1.0) / (f32::from(used_by[slot]) + 0.5)).ln().max(0.0);
        let of_head = heads
            .iter()
            .map(|head| {
                let chars = head.iter().flat_map(|&at| &lines[at].chars);
                let mut slots: Vec<usize> = chars.filter(|c| is_han(**c)).map(|&c| Self::slot(c)).collect();
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
            shared += if has(&self.texts[text], slot) { weight } else { 0.0 };
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }

    /// Weight of the ideographs that both use, not set against the headline's whole; common ones count for nothing.
    pub fn evidence(&self, head: usize, text: usize) -> f32 {
        self.of_head[head]
            .iter()
            .filter(|(slot, _)| has(&self.texts[text], *slot))
            .map(|(_, weight)| (weight - 0.4).max(0.0))
            .sum()
    }
}

/// Whether a bit is set.
fn has(set: &[u64], slot: usize) -> bool {
    set[slot / 64] >> (slot % 64) & 1 == 1
}
