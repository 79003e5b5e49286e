//! The page's own vocabulary: pairs of ideographs and how telling each is on this page. Cheap enough to compare every
//! text with every other one; knows no dictionary.

use super::chars::is_han;
use super::lines::Line;

const BITS: u32 = 15;
const SIZE: usize = 1 << BITS;
/// Characters of a line that are looked at; no printed line is longer.
const MOST: usize = 60_000;

/// A pair of ideographs, folded to a small number; two pairs seldom share one.
pub(crate) type Pair = u16;

/// How telling the pairs of a page's lines are.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    lines: &'a [Line],
    used_by: Vec<u16>,
    /// Weight by the number of texts that use a pair.
    weights: Vec<f32>,
}

/// Room to compare in, made once for many comparisons.
#[derive(Clone, Debug)]
pub(crate) struct Scratch(Vec<u8>);

impl Default for Scratch {
    fn default() -> Self {
        Self(vec![0; SIZE])
    }
}

/// The pairs of a line's text.
pub(crate) fn pairs(chars: &[char]) -> Vec<Pair> {
    let chars = &chars[..chars.len().min(MOST)];
    chars.windows(2).filter(|w| is_han(w[0]) && is_han(w[1])).map(|w| fold(w[0], w[1])).collect()
}

impl<'a> Words<'a> {
    /// Weighs the pairs of `lines`. Every item of `texts` is one text's lines: a pair that many of them use says little.
    pub fn of(lines: &'a [Line], texts: impl Iterator<Item = impl IntoIterator<Item = usize>>) -> Self {
        let mut used_by = vec![0u16; SIZE];
        let mut seen_in = vec![0u32; SIZE];
        let mut count = 0;
        for text in texts {
            count += 1;
            for pair in text.into_iter().flat_map(|at| &lines[at].pairs) {
                let pair = usize::from(*pair);
                if seen_in[pair] != count {
                    seen_in[pair] = count;
                    used_by[pair] = used_by[pair].saturating_add(1);
                }
            }
        }
        let most = u16::try_from(count).unwrap_or(u16::MAX);
        let weights =
            (0..=most).map(|n| if n == 0 { 0.0 } else { ((count as f32 + 1.0) / f32::from(n)).ln() }).collect();
        Self { lines, used_by, weights }
    }

    /// Pairs of line `at`.
    pub fn line(&self, at: usize) -> &'a [Pair] {
        &self.lines[at].pairs
    }

    /// How telling a pair is.
    pub fn weight(&self, pair: Pair) -> f32 {
        self.weights[usize::from(self.used_by[usize::from(pair)])]
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

fn fold(a: char, b: char) -> Pair {
    (mixed(a, b) >> (32 - BITS)) as Pair
}

/// Two characters as a number whose high bits are spread well.
pub(crate) fn mixed(a: char, b: char) -> u32 {
    (a as u32).wrapping_mul(0x9E37_79B1).wrapping_add((b as u32).wrapping_mul(0x85EB_CA6B))
}
