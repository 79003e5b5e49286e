//! The page's own vocabulary: pairs of ideographs and how telling each is on this page. Cheap enough to compare every
//! text with every other one; knows no dictionary.

use super::chars::is_han;
use super::lines::Line;
use std::ops::Range;

const BITS: u32 = 16;
/// Characters of a line that are looked at; no printed line is longer.
const MOST: usize = 60_000;

/// A pair of ideographs: a small number that means the same pair everywhere on a page, save that two pairs of hundreds
/// share one.
pub(crate) type Pair = u16;

/// Numbers the pairs of a page's lines from 0, so that tables about them are small.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    numbers: Vec<Pair>,
    count: Pair,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { numbers: vec![Pair::MAX; 1 << BITS], count: 0 }
    }
}

impl Vocabulary {
    /// How many different pairs there have been.
    pub fn size(&self) -> usize {
        usize::from(self.count)
    }

    /// The pairs of a line's text.
    pub fn pairs(&mut self, chars: &[char]) -> Vec<Pair> {
        let chars = &chars[..chars.len().min(MOST)];
        let mut out = Vec::with_capacity(chars.len());
        let mut before = None;
        for &c in chars {
            let ideograph = Some(c).filter(|&c| is_han(c));
            if let Some((a, b)) = before.zip(ideograph) {
                out.push(self.number(a, b));
            }
            before = ideograph;
        }
        out
    }

    fn number(&mut self, a: char, b: char) -> Pair {
        let number = &mut self.numbers[(mixed(a, b) >> (32 - BITS)) as usize];
        if *number == Pair::MAX {
            *number = self.count.min(Pair::MAX - 1);
            self.count = self.count.saturating_add(1);
        }
        *number
    }
}

/// More than the highest number of the pairs of `lines`.
fn vocabulary_size(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.vocabulary).max().unwrap_or_default()
}

/// Tells `each` of every pair out of `size` that a text uses, once for each text: the text's number and the pair. Gives the
/// number of texts; every item of `texts` is one text's lines.
fn each_use(
    lines: &[Line],
    size: usize,
    texts: impl Iterator<Item = impl IntoIterator<Item = usize>>,
    mut each: impl FnMut(u32, Pair),
) -> u32 {
    // The text that used a pair last, from 1.
    let mut seen_in = vec![0; size];
    let mut count = 0;
    for text in texts {
        for &pair in text.into_iter().flat_map(|at| &lines[at].pairs) {
            if seen_in[usize::from(pair)] <= count {
                seen_in[usize::from(pair)] = count + 1;
                each(count, pair);
            }
        }
        count += 1;
    }
    count
}

/// How telling the pairs of a page's lines are.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    lines: &'a [Line],
    weights: Vec<f32>,
}

/// Room to compare in, made once for many comparisons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch(Vec<u8>);

impl<'a> Words<'a> {
    /// Weighs the pairs of `lines`. Every item of `texts` is one text's lines: a pair that many of them use says little.
    pub fn of(lines: &'a [Line], texts: impl Iterator<Item = impl IntoIterator<Item = usize>>) -> Self {
        let size = vocabulary_size(lines);
        let mut used_by = vec![0u32; size];
        let count = each_use(lines, size, texts, |_, pair| used_by[usize::from(pair)] += 1);
        let weight = |n: u32| if n == 0 { 0.0 } else { ((count as f32 + 1.0) / n as f32).ln() };
        // Most pairs are used by few texts: the logarithms of small numbers are taken once.
        let small: Vec<f32> = (0..16).map(weight).collect();
        let weights =
            used_by.into_iter().map(|n| small.get(n as usize).copied().unwrap_or_else(|| weight(n))).collect();
        Self { lines, weights }
    }

    /// Pairs of line `at`.
    pub fn line(&self, at: usize) -> &'a [Pair] {
        &self.lines[at].pairs
    }

    /// The different pairs of line `at` with their weights.
    pub fn weighed(&self, at: usize) -> Vec<(Pair, f32)> {
        let mut pairs = self.line(at).to_vec();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.into_iter().map(|pair| (pair, self.weight(pair))).collect()
    }

    fn weight(&self, pair: Pair) -> f32 {
        self.weights[usize::from(pair)]
    }

    /// Weight of the pairs that two runs of lines share, set against the size of the smaller.
    pub fn tie(&self, scratch: &mut Scratch, one: &[usize], other: &[usize]) -> f32 {
        let size = |lines: &[usize]| lines.iter().map(|&at| self.lines[at].pairs.len()).sum::<usize>();
        let smaller = size(one).min(size(other));
        if smaller == 0 {
            return 0.0;
        }
        self.shared(scratch, one.iter().copied(), other.iter().copied()) / (smaller as f32).sqrt()
    }

    /// Weight of the pairs that two runs of lines share.
    pub fn shared(
        &self,
        scratch: &mut Scratch,
        one: impl Iterator<Item = usize> + Clone,
        other: impl Iterator<Item = usize>,
    ) -> f32 {
        let marks = &mut scratch.0;
        marks.resize(self.weights.len().max(marks.len()), 0);
        for pair in one.clone().flat_map(|at| &self.lines[at].pairs) {
            marks[usize::from(*pair)] = 1;
        }
        let mut shared = 0.0;
        for pair in other.flat_map(|at| &self.lines[at].pairs) {
            let mark = &mut marks[usize::from(*pair)];
            if *mark == 1 {
                *mark = 2;
                shared += self.weight(*pair);
            }
        }
        for pair in one.flat_map(|at| &self.lines[at].pairs) {
            marks[usize::from(*pair)] = 0;
        }
        shared
    }
}

/// Which of some runs of lines use a pair, to compare many single lines with the runs about them.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// The runs that use each pair, in ascending order, pair after pair.
    runs: Vec<u32>,
    /// Where each pair's runs begin in `runs`, and where the last pair's end.
    starts: Vec<usize>,
}

impl Held {
    /// Reads the lines of every run.
    pub fn of(words: &Words<'_>, runs: impl Iterator<Item = Range<usize>>) -> Self {
        let size = words.weights.len();
        let mut starts = vec![0; size + 1];
        let mut uses: Vec<(Pair, u32)> = Vec::new();
        each_use(words.lines, size, runs, |run, pair| {
            // Each pair's number of runs comes one place behind where the pair stands, so that sums are beginnings.
            starts[usize::from(pair) + 1] += 1;
            uses.push((pair, run));
        });
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut filled = starts.clone();
        let mut held = vec![0; uses.len()];
        for (pair, run) in uses {
            let next = &mut filled[usize::from(pair)];
            held[*next] = run;
            *next += 1;
        }
        Self { runs: held, starts }
    }

    /// Weight of the pairs out of `line`, each of them given once, that every run of `range` uses too.
    pub fn shared(&self, line: &[(Pair, f32)], range: Range<usize>) -> Vec<f32> {
        let mut out = vec![0.0; range.len()];
        for &(pair, weight) in line {
            let users = &self.runs[self.starts[usize::from(pair)]..self.starts[usize::from(pair) + 1]];
            let first = users.partition_point(|&run| (run as usize) < range.start);
            for &run in users[first..].iter().take_while(|&&run| (run as usize) < range.end) {
                out[run as usize - range.start] += weight;
            }
        }
        out
    }
}

/// What the lines before and behind a place share, while the place moves on through a page: [`Words::tie`] of
/// neighbours, without counting them anew at every step.
#[derive(Clone, Debug)]
pub(crate) struct MovingTie<'a> {
    words: &'a Words<'a>,
    /// How often each pair stands before and behind.
    uses: [Vec<u32>; 2],
    sizes: [usize; 2],
    shared: f64,
}

/// A side of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before = 0,
    Behind = 1,
}

impl<'a> MovingTie<'a> {
    /// Nothing on either side yet.
    pub fn new(words: &'a Words<'a>) -> Self {
        let none = || vec![0; words.weights.len()];
        Self { words, uses: [none(), none()], sizes: [0, 0], shared: 0.0 }
    }

    /// Line `at` is on that side now.
    pub fn add(&mut self, side: Side, at: usize) {
        let (own, other) = (side as usize, 1 - side as usize);
        for &pair in self.words.line(at) {
            let uses = &mut self.uses[own][usize::from(pair)];
            *uses += 1;
            if *uses == 1 && self.uses[other][usize::from(pair)] > 0 {
                self.shared += f64::from(self.words.weight(pair));
            }
        }
        self.sizes[own] += self.words.line(at).len();
    }

    /// Line `at` is not on that side any more.
    pub fn take(&mut self, side: Side, at: usize) {
        let (own, other) = (side as usize, 1 - side as usize);
        for &pair in self.words.line(at) {
            let uses = &mut self.uses[own][usize::from(pair)];
            *uses -= 1;
            if *uses == 0 && self.uses[other][usize::from(pair)] > 0 {
                self.shared -= f64::from(self.words.weight(pair));
            }
        }
        self.sizes[own] -= self.words.line(at).len();
    }

    /// Weight of what both sides share, set against the size of the smaller.
    pub fn value(&self) -> f32 {
        let smaller = self.sizes[0].min(self.sizes[1]);
        if smaller == 0 { 0.0 } else { self.shared.max(0.0) as f32 / (smaller as f32).sqrt() }
    }
}

/// Two characters as a number whose high bits are spread well.
pub(crate) fn mixed(a: char, b: char) -> u32 {
    (a as u32).wrapping_mul(0x9E37_79B1).wrapping_add((b as u32).wrapping_mul(0x85EB_CA6B))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconstruct::lines::read;

    /// The index of many runs says what comparing two runs says, for whichever runs are asked about.
    #[test]
    fn held_pairs_weigh_what_two_runs_share() {
        let lines = read("新桥通车\n新桥昨天通车\n渡口停航\n新桥桥头的渡口，渡口停航\n没有的事\n");
        let runs = [1..2, 2..4, 4..5, 1..4];
        let words = Words::of(&lines, runs.iter().cloned());
        let held = Held::of(&words, runs.iter().cloned());
        let mut scratch = Scratch::default();
        for (from, to) in [(0, 4), (1, 3), (3, 4), (2, 2)] {
            let expected: Vec<f32> =
                runs[from..to].iter().map(|run| words.shared(&mut scratch, 0..1, run.clone())).collect();
            assert_eq!(held.shared(&words.weighed(0), from..to), expected);
        }
        assert!(held.shared(&words.weighed(0), 0..1)[0] > 0.0);
    }
}
