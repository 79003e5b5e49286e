//! Which piece of text goes on where: a piece that stops in the middle of a sentence against one that begins so. Learned by
//! `examples/train_continuations.rs` from running text cut anywhere: what stands around the cut, each character in its place,
//! is laid out in a space in which what belongs together lies together.

use super::chars::{closes_first, is_han, leaves_open};
use super::neighbours::class;
use super::words::mixed;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// Dimensions of that space.
pub const DIMENSIONS: usize = 32;
/// Places that characters have: so many nearest to the cut have one of their own, all farther ones the last.
pub const PLACES: usize = 6;
/// Characters that are looked at on each side of a cut.
pub const REACH: usize = 24;
/// Numbers of one character on one side.
const ROW: usize = PLACES * DIMENSIONS;
/// Stands for all characters that are too rare to be known.
const RARE: char = '\u{FFFD}';
/// A number is stored as a mark: steps of so much up and down from the middle one.
const STEP: f32 = 0.03;
const MIDDLE: i32 = '!' as i32 + STEPS;
const STEPS: i32 = 46;

/// What is weighed of a pair of pieces, by name, in the order of [`Seam`].
pub const NAMES: [&str; WEIGHTS] = [
    "characters",
    "context",
    "word",
    "quote-goes-on",
    "quote-unopened",
    "quote-unclosed",
    "repeated",
    "repeated-pairs",
];
/// How much that is.
pub const WEIGHTS: usize = 8;
/// Which of them says whether a word runs over the cut.
const WORD: usize = 2;
/// What is seen where two pieces would meet.
pub type Seam = [f32; WEIGHTS];

/// The end or the beginning of a piece.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Its place in the space.
    at: [f32; DIMENSIONS],
    /// Its characters, the nearest to the cut last or first.
    near: Vec<char>,
    /// Which characters and pairs of them are among those.
    has: Marks,
    has_pair: Marks,
    /// Of an end: whether a quote or bracket stays open; of a beginning: whether one closes that it does not open.
    has_half_quote: bool,
}

/// A bit for each of many characters or pairs: most that are not there are told out without a look.
#[derive(Clone, Copy, Debug, Default)]
struct Marks(u128);

impl Marks {
    fn of(all: impl Iterator<Item = u32>) -> Self {
        Self(all.fold(0, |marks, one| marks | Self::bit(one)))
    }

    fn bit(one: u32) -> u128 {
        1 << (one.wrapping_mul(0x9E37_79B1) >> 25)
    }

    fn may_have(self, one: u32) -> bool {
        self.0 & Self::bit(one) != 0
    }
}

/// How readily pieces go on with one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continuations {
    numbers: FxHashMap<char, usize>,
    /// In steps: for each character where it stands on this side of a cut, place after place.
    ends: Vec<i8>,
    beginnings: Vec<i8>,
    /// What each part of a seam says.
    pub weights: Seam,
}

impl Edge {
    fn new(at: [f32; DIMENSIONS], near: &[char], has_half_quote: bool) -> Self {
        let has = Marks::of(near.iter().map(|&c| c as u32));
        let has_pair = Marks::of(near.windows(2).map(|pair| mixed(pair[0], pair[1])));
        Self { at, near: near.to_vec(), has, has_pair, has_half_quote }
    }
}

impl Continuations {
    /// From the numbers of every character before and behind a cut (see [`ROW`]), the rare ones' first.
    pub fn new(characters: &[char], ends: &[f32], beginnings: &[f32], weights: Seam) -> Self {
        let steps = |values: &[f32]| {
            let step = |value: &f32| (value / STEP).round().clamp(-STEPS as f32, STEPS as f32) as i8;
            values.iter().map(step).collect()
        };
        Self {
            numbers: characters.iter().copied().zip(1..).collect(),
            ends: steps(ends),
            beginnings: steps(beginnings),
            weights,
        }
    }

    /// Reads the text form that [`Continuations::to_text`] writes; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            if let Some((name, weight)) = line.split_once(' ') {
                if let Some(at) = NAMES.iter().position(|known| *known == name) {
                    out.weights[at] = weight.parse().unwrap_or_default();
                }
                continue;
            }
            let mut chars = line.chars();
            let Some(character) = chars.next() else { continue };
            let row: Vec<i8> = chars.map(|mark| (mark as i32 - MIDDLE).clamp(-STEPS, STEPS) as i8).collect();
            let Some((ends, beginnings)) = row.split_at_checked(ROW).filter(|(_, rest)| rest.len() == ROW) else {
                continue;
            };
            if character == RARE && !out.ends.is_empty() {
                continue;
            }
            if character != RARE {
                out.numbers.insert(character, out.ends.len() / ROW);
            }
            out.ends.extend(ends);
            out.beginnings.extend(beginnings);
        }
        out
    }

    /// A line for each weight, then one for each character: itself, and a mark for each of its numbers.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (name, weight) in NAMES.iter().zip(self.weights) {
            let _ = writeln!(out, "{name} {weight:.3}");
        }
        let mut characters: Vec<(usize, char)> = self.numbers.iter().map(|(&c, &number)| (number, c)).collect();
        characters.push((0, RARE));
        characters.sort_unstable();
        let mark = |step: &i8| char::from_u32((i32::from(*step) + MIDDLE) as u32).unwrap_or('!');
        for (number, character) in characters {
            let row = number * ROW..(number + 1) * ROW;
            let [ends, beginnings] = [&self.ends, &self.beginnings].map(|side| side.get(row.clone()).unwrap_or(&[]));
            out.push(character);
            out.extend(ends.iter().chain(beginnings).map(mark));
            out.push('\n');
        }
        out
    }

    /// Where the rows of some characters lie, the nearest to the cut first.
    fn place(&self, side: &[i8], characters: impl Iterator<Item = char>) -> [f32; DIMENSIONS] {
        let mut sums = [0i32; DIMENSIONS];
        if !side.is_empty() {
            for (n, c) in characters.take(REACH).enumerate() {
                let number = self.numbers.get(&class(c)).copied().unwrap_or(0);
                let from = number * ROW + n.min(PLACES - 1) * DIMENSIONS;
                sums.iter_mut().zip(&side[from..from + DIMENSIONS]).for_each(|(sum, &step)| *sum += i32::from(step));
            }
        }
        sums.map(|sum| sum as f32 * STEP)
    }

    /// The end of a piece without white space.
    pub fn end(&self, text: &[char]) -> Edge {
        let at = self.place(&self.ends, text.iter().rev().copied());
        Edge::new(at, &text[text.len().saturating_sub(REACH)..], leaves_open(text.iter().copied()))
    }

    /// The beginning of a piece without white space.
    pub fn beginning(&self, text: &[char]) -> Edge {
        let at = self.place(&self.beginnings, text.iter().copied());
        Edge::new(at, &text[..text.len().min(REACH)], closes_first(text.iter().copied()))
    }

    /// What is seen where an end and a beginning meet if no word runs over the cut: `characters` says how readily the two at the cut
    /// follow one another.
    pub fn seam(end: &Edge, beginning: &Edge, characters: f32, rarity: impl Fn(char) -> f32) -> Seam {
        let flag = |yes: bool| f32::from(u8::from(yes));
        let context = end.at.iter().zip(&beginning.at).map(|(a, b)| a * b).sum();
        let [open, closing] = [end.has_half_quote, beginning.has_half_quote];
        let repeated = beginning.near.iter().enumerate().filter(|(n, c)| {
            let may_be = end.has.may_have(**c as u32) && is_han(**c);
            may_be && !beginning.near[..*n].contains(c) && end.near.contains(c)
        });
        let repeated: f32 = repeated.map(|(_, &c)| rarity(c)).sum();
        let pairs = beginning.near.windows(2).filter(|pair| {
            let may_be = end.has_pair.may_have(mixed(pair[0], pair[1])) && pair.iter().all(|&c| is_han(c));
            may_be && end.near.windows(2).any(|other| other == *pair)
        });
        let pairs: f32 = pairs.map(|pair| rarity(pair[0]) + rarity(pair[1])).sum();
        let quotes = [flag(open && closing), flag(!open && closing), flag(open && !closing)];
        [characters, context, 0.0, quotes[0], quotes[1], quotes[2], repeated, pairs]
    }

    /// The same where a word runs over the cut.
    pub fn with_word(mut seam: Seam) -> Seam {
        seam[WORD] = 1.0;
        seam
    }

    /// How readily what is seen so is one text: odds against any other beginning, as a natural logarithm.
    pub fn readiness(&self, seam: &Seam) -> f32 {
        self.weights.iter().zip(seam).map(|(weight, seen)| weight * seen).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn readiness(before: &str, after: &str) -> f32 {
        let lexicon = Lexicon::shared();
        let (before, after) = (chars(before), chars(after));
        let (end, beginning) = (lexicon.continuations.end(&before), lexicon.continuations.beginning(&after));
        lexicon.continuations.readiness(&lexicon.seam((&end, &before), (&beginning, &after)))
    }

    #[test]
    fn a_sentence_goes_on_where_its_words_and_its_matter_do() {
        let oil = "县里引进油脂企业，种茶油的农户每亩平均增";
        let canal = "这条渠他守了三十年，哪里渗水，哪里塌方，本子";
        let rests = ["收四千二百元，茶籽也由合作社统一收购。", "上都记得清清楚楚。巡渠的日记写满了十一本。"];
        assert!(readiness(oil, rests[0]) > readiness(oil, rests[1]) + 1.0);
        assert!(readiness(canal, rests[1]) > readiness(canal, rests[0]) + 1.0);
    }

    #[test]
    fn a_quote_that_stays_open_wants_its_other_half() {
        let open = "老摆渡人摇着头说，“水退了我再";
        assert!(readiness(open, "开船。”他把绳子拴紧。") > readiness(open, "开船。他把绳子拴紧。") + 3.0);
        let whole = "老摆渡人摇着头说，水退了他再";
        assert!(readiness(whole, "开船。他把绳子拴紧。") > readiness(whole, "开船。”他把绳子拴紧。") + 3.0);
    }

    #[test]
    fn what_is_known_comes_back_from_its_text() {
        let row = |by: f32| (0..3 * ROW).map(|i| (i % 7) as f32 * by).collect::<Vec<f32>>();
        let weights = [1.0, 0.5, -2.25, 0.0, 0.125, -0.5, 3.0, 0.25];
        let known = Continuations::new(&['渡', '口'], &row(0.03), &row(-0.06), weights);
        assert_eq!(Continuations::from_text(&format!("# note\n{}", known.to_text())), known);
        let far = Continuations::new(&['渡'], &row(9.0)[..2 * ROW], &row(0.0)[..2 * ROW], weights);
        assert!(far.ends.iter().all(|&step| i32::from(step) <= STEPS), "a mark for each number");
    }

    #[test]
    fn nothing_is_known_without_a_text() {
        let nothing = Continuations::from_text("渡太短的一行\n");
        let (end, beginning) = (nothing.end(&chars("渡口")), nothing.beginning(&chars("停渡")));
        assert_eq!(nothing.readiness(&Continuations::seam(&end, &beginning, 2.0, |_| 1.0)), 0.0);
    }
}
