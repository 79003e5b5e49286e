//! How readily one character follows another in running text: which of a page's pieces goes on where a column stops in the
//! middle of a sentence, and whether a line does with the one before it. Counted from running text by
//! `examples/train_neighbours.rs`.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Levels of [`Neighbours::level`].
pub(crate) const LEVELS: usize = 7;
/// Steps of the logarithm of a count in the text form.
const STEPS: f32 = 4.0;
/// The mark of a count of one.
const FIRST_MARK: u32 = '!' as u32;
/// Pairs that are seen besides those that were counted: what is rare says little.
const UNSEEN: f32 = 0.5;

/// Counts of characters and of pairs of them, while they are learned.
#[derive(Clone, Debug, Default)]
pub struct NeighbourCounts {
    single: BTreeMap<char, f32>,
    pairs: BTreeMap<(char, char), f32>,
}

/// Digits are one character, Latin letters another.
pub fn class(c: char) -> char {
    if c.is_ascii_digit() {
        '9'
    } else if c.is_ascii_alphabetic() {
        'a'
    } else {
        c
    }
}

impl NeighbourCounts {
    /// Counts the pairs of a paragraph.
    pub fn count(&mut self, paragraph: &str) {
        let mut before = None;
        for c in paragraph.chars().filter(|c| !c.is_whitespace()).map(class) {
            *self.single.entry(c).or_default() += 1.0;
            if let Some(before) = before.replace(c) {
                *self.pairs.entry((before, c)).or_default() += 1.0;
            }
        }
    }

    /// A line for each character: itself, how often it was seen, and what was seen behind it at least `least` times and how often.
    /// Counts are marks: steps of a quarter of their logarithm.
    pub fn to_text(&self, least: f32) -> String {
        let mark = |count: f32| char::from_u32(FIRST_MARK + (count.ln() * STEPS).round() as u32).unwrap_or('!');
        let mut pairs = self.pairs.iter().filter(|(_, count)| **count >= least).peekable();
        let mut out = String::new();
        for (&before, &count) in self.single.iter().filter(|(_, count)| **count >= least) {
            out.extend([before, mark(count)]);
            while let Some(((_, after), count)) = pairs.next_if(|((first, _), _)| *first <= before) {
                out.extend([*after, mark(*count)]);
            }
            out.push('\n');
        }
        out
    }
}

/// How readily characters follow one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neighbours {
    total: f32,
    /// How often a character was seen.
    single: FxHashMap<char, f32>,
    /// [`Neighbours::follows`] of the pairs that were seen: asked for nearly every line.
    pairs: FxHashMap<(char, char), f32>,
}

impl Neighbours {
    /// Reads the text form that [`NeighbourCounts::to_text`] writes; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        let number = |mark: char| ((mark as u32).saturating_sub(FIRST_MARK) as f32 / STEPS).exp();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let mut chars = line.chars();
            let (Some(before), Some(mark)) = (chars.next(), chars.next()) else { continue };
            let count = number(mark);
            out.single.insert(before, count);
            out.total += count;
            while let (Some(after), Some(mark)) = (chars.next(), chars.next()) {
                out.pairs.insert((before, after), number(mark));
            }
        }
        let (single, total) = (&out.single, out.total);
        out.pairs.retain(|(before, after), seen| {
            let counts = single.get(before).zip(single.get(after));
            counts.is_some_and(|(one, other)| {
                *seen = readiness(*seen, one * other / total);
                true
            })
        });
        out
    }

    /// ln of how much more often `after` was seen behind `before` than if characters stood anywhere (pointwise mutual
    /// information); 0 where one of the two is not known.
    pub fn follows(&self, before: char, after: char) -> f32 {
        let (before, after) = (class(before), class(after));
        if let Some(&known) = self.pairs.get(&(before, after)) {
            return known;
        }
        let (Some(one), Some(other)) = (self.single.get(&before), self.single.get(&after)) else { return 0.0 };
        readiness(0.0, one * other / self.total)
    }

    /// How rare a character is in running text: ln of how much less often than every fiftieth it stands there.
    pub fn rarity(&self, c: char) -> f32 {
        let count = self.single.get(&class(c)).copied().unwrap_or(0.0);
        (self.total / 50.0 / (count + 1.0)).ln().max(0.0)
    }

    /// [`Neighbours::follows`] as a level: 0 where nothing is known, 6 for what nearly always belongs together.
    pub fn level(follows: f32) -> usize {
        match follows {
            0.0 => 0,
            f if f < -2.0 => 1,
            f if f < -0.7 => 2,
            f if f < 0.5 => 3,
            f if f < 1.8 => 4,
            f if f < 3.5 => 5,
            _ => 6,
        }
    }
}

/// ln of how much more often a pair was `seen` than by `chance`.
fn readiness(seen: f32, chance: f32) -> f32 {
    ((seen + UNSEEN) / (chance + UNSEEN)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(times: usize) -> Neighbours {
        let mut out = NeighbourCounts::default();
        (0..times).for_each(|_| out.count("渡口的灯亮了一夜，船在12点靠岸，船在渡口。"));
        Neighbours::from_text(&format!("# note\n{}", out.to_text(2.0)))
    }

    #[test]
    fn what_was_seen_together_follows() {
        let neighbours = counted(40);
        assert!(neighbours.follows('渡', '口') > 1.0);
        assert!(neighbours.follows('口', '渡') < -0.5);
        assert_eq!(neighbours.follows('渡', '鹿'), 0.0, "nobody has seen one of them");
        assert!(neighbours.follows('在', '3') > 0.5, "one digit is like another");
    }

    /// Forty times 22 characters, twice 渡口 in each: ln of (80.5 / (80 · 80 / 880 + 0.5)).
    #[test]
    fn the_text_form_keeps_counts_nearly() {
        assert!((counted(40).follows('渡', '口') - 2.334).abs() < 0.3);
        assert_eq!(counted(1).follows('船', '靠'), 0.0, "what is too rare is left out");
    }
}
