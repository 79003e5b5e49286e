//! How well headlines and texts go together by their words: dictionary words, names and figures of the headline that
//! the text uses too, weighted by how rare they are in general and on this page.

use super::blocks::At;
use super::chars::is_han;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::neighbours::Neighbours;

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

    /// The words in general.
    pub fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// How readily line `after` follows line `before` (see [`Neighbours::follows`]).
    pub fn follows(&self, before: At, after: At) -> f32 {
        self.lexicon.follows(&self.lines[before], &self.lines[after])
    }

    /// How readily the text runs on over the break before a line (see [`Neighbours::level`]).
    pub fn flow_before(&self, at: At) -> usize {
        let before = at.checked_sub(1).map(|before| self.follows(before, at));
        Neighbours::level(before.unwrap_or(0.0))
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
                self.of_line[at] = Some(self.read(self.lines[at].text()));
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

    /// Tells `see` of every term in `text`, as often as it stands there.
    fn each_use(&self, text: &[char], mut see: impl FnMut(usize)) {
        for (at, pair) in text.windows(2).enumerate() {
            let mut id = self.buckets[Self::bucket(pair[0], pair[1])];
            while id != Self::NONE {
                let slot = usize::from(id);
                if text[at..].starts_with(&self.all[slot].text) {
                    see(slot);
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
    /// How often each term is used by each text, term after term.
    counts: Vec<u16>,
    /// Headline after headline, of every text.
    scores: Vec<f32>,
    evidence: Vec<f32>,
}

impl Cohesion {
    /// Compares `heads`, each given by its lines, with `texts` (white space should be out of them).
    pub fn new(heads: &[&[At]], texts: &[&[char]], terms: &mut Terms<'_>) -> Self {
        let of_head: Vec<Vec<Id>> = heads.iter().map(|head| terms.of(head)).collect();
        if texts.is_empty() {
            return Self { of_head, ..Self::default() };
        }
        let mut counts = vec![0u16; terms.all.len() * texts.len()];
        for (at, text) in texts.iter().enumerate() {
            terms.each_use(text, |term| {
                let count = &mut counts[term * texts.len() + at];
                *count = count.saturating_add(1);
            });
        }
        let weight = |(term, counts): (&Term, &[u16])| match counts.iter().filter(|count| **count > 0).count() {
            0 => 0.25 * term.rarity,
            used_by => term.rarity * ((texts.len() as f32 + 1.0) / used_by as f32).ln().max(0.05),
        };
        let weights: Vec<f32> = terms.all.iter().zip(counts.chunks_exact(texts.len())).map(weight).collect();
        let mut scores = vec![0.0; heads.len() * texts.len()];
        let mut evidence = scores.clone();
        let rows = scores.chunks_exact_mut(texts.len()).zip(evidence.chunks_exact_mut(texts.len()));
        for (ids, (scores, evidence)) in of_head.iter().zip(rows) {
            let total = ids.iter().map(|&id| weights[usize::from(id)]).sum::<f32>().max(1e-6);
            for &id in ids {
                let weight = weights[usize::from(id)];
                let counts = &counts[usize::from(id) * texts.len()..][..texts.len()];
                for ((&count, score), evidence) in counts.iter().zip(scores.iter_mut()).zip(evidence.iter_mut()) {
                    if count > 0 {
                        *score += weight * (1.0 + 0.15 * (f32::from(count.min(6)) - 1.0)) / total;
                        *evidence += weight;
                    }
                }
            }
        }
        Self { texts: texts.len(), of_head, weights, counts, scores, evidence }
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
        let is_shared = |id: &Id| self.counts[usize::from(*id) * self.texts + text] > 0;
        let mut ids: Vec<Id> = self.of_head[head].iter().copied().filter(is_shared).collect();
        ids.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        let words = ids.iter().take(4).map(|&id| terms.all[usize::from(id)].text.iter().collect::<String>());
        words.collect::<Vec<_>>().join(" ")
    }
}

/// What every headline, each given by its lines, shares with every text: weight of words, and of single ideographs times
/// `letters`.
pub(crate) fn profiles(heads: &[&[At]], texts: &[&[char]], terms: &mut Terms<'_>, letters: f32) -> Vec<Vec<f32>> {
    let cohesion = Cohesion::new(heads, texts, terms);
    let of_letters = Letters::of(heads, texts, terms.lines);
    let profile = |head: usize| {
        let own = (0..).zip(of_letters.evidence(head));
        own.map(|(text, own)| cohesion.evidence(head, text) + letters * own).collect()
    };
    (0..heads.len()).map(profile).collect()
}

/// Single ideographs of headlines in texts: short headlines often share no whole word with their text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Letters {
    /// Numbers of each headline's ideographs.
    of_head: Vec<Vec<usize>>,
    /// Of every number: how telling its ideograph is.
    weights: Vec<f32>,
    texts: usize,
    /// Which texts use each ideograph, as bits, number after number; 0 stands for all that no headline has.
    users: Vec<u64>,
}

impl Letters {
    const SIZE: usize = 1 << 12;

    fn slot(c: char) -> usize {
        (c as u32).wrapping_mul(0x9E37_79B1) as usize >> 20
    }

    /// Reads headlines, each given by its lines, and texts.
    pub fn of(heads: &[&[At]], texts: &[&[char]], lines: &[Line]) -> Self {
        let mut numbers = [0u16; Self::SIZE];
        let mut count = 0;
        let mut of_head: Vec<Vec<usize>> = Vec::with_capacity(heads.len());
        for head in heads {
            let chars = head.iter().flat_map(|&at| &lines[at].chars);
            let mut slots: Vec<usize> = chars.filter(|c| is_han(**c)).map(|&c| Self::slot(c)).collect();
            slots.sort_unstable();
            slots.dedup();
            let number = |slot: usize| {
                if numbers[slot] == 0 {
                    count += 1;
                    numbers[slot] = count;
                }
                usize::from(numbers[slot])
            };
            of_head.push(slots.into_iter().map(number).collect());
        }
        let words = words_for(texts.len());
        let mut users = vec![0u64; (usize::from(count) + 1) * words];
        for (at, text) in texts.iter().enumerate() {
            for &c in text.iter().filter(|c| is_han(**c)) {
                users[usize::from(numbers[Self::slot(c)]) * words + at / 64] |= 1 << (at % 64);
            }
        }
        let weight = |used_by: usize| ((texts.len() as f32 + 1.0) / (used_by as f32 + 0.5)).ln().max(0.0);
        // Many are used by as many texts as others: logarithms are taken once.
        let by_use: Vec<f32> = (0..=texts.len()).map(weight).collect();
        let used_by =
            |number: usize| users[number * words..][..words].iter().map(|bits| bits.count_ones()).sum::<u32>();
        let weights = (0..=usize::from(count)).map(|number| by_use[used_by(number) as usize]).collect();
        Self { of_head, weights, texts: texts.len(), users }
    }

    /// Share of the headline's ideographs, by weight, that each text uses.
    pub fn scores(&self, head: usize) -> Vec<f32> {
        let all: f32 = self.of_head[head].iter().map(|&number| self.weights[number]).sum();
        let shared = self.shared(head, |weight| weight);
        shared.into_iter().map(|shared| if all > 0.0 { shared / all } else { 0.0 }).collect()
    }

    /// Weight of the ideographs that the headline and each text both use, not set against the headline's whole; common ones
    /// count for nothing.
    fn evidence(&self, head: usize) -> Vec<f32> {
        self.shared(head, |weight| (weight - 0.4).max(0.0))
    }

    fn shared(&self, head: usize, worth: impl Fn(f32) -> f32) -> Vec<f32> {
        let words = words_for(self.texts);
        let mut out = vec![0.0; self.texts];
        for &number in &self.of_head[head] {
            let worth = worth(self.weights[number]);
            for (word, &bits) in self.users[number * words..][..words].iter().enumerate() {
                let mut rest = bits;
                while rest != 0 {
                    out[word * 64 + rest.trailing_zeros() as usize] += worth;
                    rest &= rest - 1;
                }
            }
        }
        out
    }
}

/// Words of 64 bits that so many bits need.
fn words_for(bits: usize) -> usize {
    bits.div_ceil(64)
}
