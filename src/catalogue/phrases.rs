//! Many phrases looked for in one text at once. Knows nothing of what the phrases mean.

use crate::reconstruct::plain::plain_text;

/// A set of phrases, each with what it stands for.
///
/// Phrases are found from the left, the longest first, and do not overlap. The first character is looked up in a table, so
/// that a text without any phrase is passed over at the speed of reading it.
#[derive(Clone, Debug)]
pub(super) struct Phrases<T> {
    /// For each UTF-16 unit the number of a bucket, from 1; 0 is no phrase. Phrases that begin outside the basic plane are
    /// found under their low bits, where the comparison of all characters sorts them out.
    first: Vec<u16>,
    /// Phrases by first character.
    buckets: Vec<Bucket<T>>,
}

/// Different initials that are told apart: the basic plane.
const INITIALS: usize = 1 << 16;

/// Phrases that begin with the same character.
#[derive(Clone, Debug)]
struct Bucket<T> {
    /// Their second characters, each as one of 64 bits; all bits where one has no second character. Most places of a text
    /// are out with that.
    seconds: u64,
    /// Longest first.
    phrases: Vec<(Box<[char]>, T)>,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'a, T> {
    /// First character.
    pub(super) start: usize,
    /// Character after the last one.
    pub(super) end: usize,
    /// What the phrase stands for.
    pub(super) value: &'a T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { first: vec![0; INITIALS], buckets: Vec::new() }
    }
}

impl<T> Phrases<T> {
    /// A set of these phrases, to be looked for in texts of plain form; empty ones are left out. Of two equal phrases the
    /// first one counts.
    pub(super) fn new(items: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut set = Self::default();
        for (phrase, value) in items {
            let chars: Box<[char]> = plain_text(&phrase).chars().collect();
            let Some(&initial) = chars.first() else { continue };
            let slot = &mut set.first[slot(initial)];
            if *slot == 0 {
                // More than 65,535 different first characters do not exist in the basic plane.
                set.buckets.push(Bucket { seconds: 0, phrases: Vec::new() });
                *slot = set.buckets.len().try_into().unwrap_or(u16::MAX);
            }
            let bucket = &mut set.buckets[usize::from(*slot) - 1];
            bucket.seconds |= chars.get(1).map_or(u64::MAX, |&second| bit(second));
            bucket.phrases.push((chars, value));
        }
        for bucket in &mut set.buckets {
            bucket.phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        set
    }

    /// The longest phrase that begins at character `at`.
    pub(super) fn longest_at(&self, text: &[char], at: usize) -> Option<Hit<'_, T>> {
        let bucket = self.first[slot(text[at])];
        let bucket = self.buckets.get(usize::from(bucket).checked_sub(1)?)?;
        if bucket.seconds != u64::MAX && text.get(at + 1).is_none_or(|&second| bucket.seconds & bit(second) == 0) {
            return None;
        }
        let (phrase, value) = bucket.phrases.iter().find(|(phrase, _)| text[at..].starts_with(phrase))?;
        Some(Hit { start: at, end: at + phrase.len(), value })
    }

    /// All phrases of the text.
    pub(super) fn find<'a, 't>(&'a self, text: &'t [char]) -> impl Iterator<Item = Hit<'a, T>> + use<'a, 't, T> {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                at += text[at..].iter().position(|&c| self.first[slot(c)] != 0)?;
                if let Some(hit) = self.longest_at(text, at) {
                    at = hit.end;
                    return Some(hit);
                }
                at += 1;
            }
        })
    }
}

fn slot(initial: char) -> usize {
    initial as usize % INITIALS
}

fn bit(second: char) -> u64 {
    1 << (second as u32 % u64::BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let set = Phrases::new(["青石", "青石镇", "石镇", "港区"].map(|p| (p.to_owned(), p)));
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<_> = set.find(&chars).map(|hit| (hit.start, *hit.value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_phrase_from_the_left_is_found() {
        check("到青石镇、青石去", &[(1, "青石镇"), (5, "青石")]);
        check("石镇港区", &[(0, "石镇"), (2, "港区")]);
        check("青", &[]);
        check("", &[]);
        // U+1F9F1 shares its low bits with another character.
        check("\u{1F9F1}石镇", &[(1, "石镇")]);
    }
}
