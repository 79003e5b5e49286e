//! Drop shadows print a headline or a run of body text twice; dumps then hold every character two times. This file
//! finds which characters of a line are second copies. It knows one line at a time and the verdict of its neighbours.
//!
//! Real reduplication (渐渐, 高高兴兴, 研究研究) survives: a doubled stretch counts only with a long run or with doubled
//! punctuation in it.

use super::chars::{ends_sentence, is_han, is_pause};

/// Longest run looked for inside a line.
const LONGEST_RUN: usize = 60;
/// Longer lines are looked at only for being doubled as a whole.
const LONGEST_LINE: usize = 4000;

/// A stretch of a line in which every piece stands twice.
#[derive(Clone, Debug)]
struct Stretch {
    /// First character.
    from: usize,
    /// One past the last character.
    to: usize,
    /// Indices of the characters that are second copies.
    copies: Vec<usize>,
    /// The doubling is beyond doubt.
    certain: bool,
}

/// What was found in one line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubling {
    stretches: Vec<Stretch>,
    length: usize,
    /// The line is one text twice (or more).
    pub whole: bool,
}

impl Doubling {
    /// Looks for doubled text in `text`.
    pub fn of(text: &[char]) -> Self {
        let mut out = Self { stretches: Vec::new(), length: text.len(), whole: false };
        if let Some(copies) = whole(text) {
            out.stretches.push(Stretch { from: 0, to: text.len(), copies, certain: true });
            out.whole = true;
        } else if text.len() <= LONGEST_LINE {
            // How often each character, by its low bits, comes from here on: most do not come again.
            let mut left = [0u16; SLOTS];
            text.iter().for_each(|&c| left[slot(c)] += 1);
            let mut at = 0;
            while at + 1 < text.len() {
                let ahead = &text[at + 1..(at + 1 + LONGEST_RUN).min(text.len())];
                let may_double = left[slot(text[at])] > 1 && ahead.contains(&text[at]);
                let found = if may_double { stretch(text, at) } else { None };
                let next = found.as_ref().map_or(at + 1, |found| found.to);
                text[at..next].iter().for_each(|&c| left[slot(c)] -= 1);
                out.stretches.extend(found);
                at = next;
            }
            // A quote that opens twice closes twice.
            if out.stretches.iter().any(|s| s.certain && s.copies.iter().any(|&i| text[i] == '“')) {
                out.stretches.iter_mut().filter(|s| text[s.from] == '”').for_each(|s| s.certain = true);
            }
        }
        out
    }

    /// A certain stretch reaches the line's first or last character.
    fn certain_at_start(&self) -> bool {
        self.stretches.first().is_some_and(|s| s.certain && s.from == 0)
    }

    fn certain_at_end(&self) -> bool {
        self.stretches.last().is_some_and(|s| s.certain && s.to == self.length)
    }

    /// An uncertain stretch at a line's edge is believed when the shadow goes on in the neighbour.
    pub fn settle(&mut self, previous: Option<&Self>, next: Option<&Self>) {
        let length = self.length;
        let (previous, next) = (previous.filter(|d| !d.whole), next.filter(|d| !d.whole));
        if previous.is_some_and(Self::certain_at_end)
            && let Some(first) = self.stretches.first_mut()
            && first.from == 0
        {
            first.certain = true;
        }
        if next.is_some_and(Self::certain_at_start)
            && let Some(last) = self.stretches.last_mut()
            && last.to == length
        {
            last.certain = true;
        }
    }

    /// Whether any doubling is believed.
    pub fn any(&self) -> bool {
        self.stretches.iter().any(|s| s.certain)
    }

    /// Indices of the second copies, ascending.
    pub fn copies(&self) -> impl Iterator<Item = usize> + '_ {
        self.stretches.iter().filter(|s| s.certain).flat_map(|s| s.copies.iter().copied())
    }
}

/// Classes of characters by their low bits.
const SLOTS: usize = 128;

fn slot(c: char) -> usize {
    c as usize % SLOTS
}

/// The second copies when the whole line is one text two to four times, white space aside.
fn whole(text: &[char]) -> Option<Vec<usize>> {
    let begin = text.iter().position(|c| !c.is_whitespace())?;
    let first = &text[begin];
    if !text[begin + 1..].contains(first) {
        return None;
    }
    let n = text.iter().filter(|c| !c.is_whitespace()).count();
    let solid = |from: usize| text.iter().copied().filter(|c| !c.is_whitespace()).skip(from);
    for times in [2, 3, 4] {
        let len = n / times;
        // Most lines are out with the first character of what would be the copy.
        if !n.is_multiple_of(times) || len < 3 || solid(len).next() != Some(*first) {
            continue;
        }
        if solid(0).take(len).filter(|&c| is_han(c)).count() < 2 || uniform(solid(0).take(len)) {
            continue;
        }
        if solid(len).zip(solid(0)).all(|(copy, c)| copy == c) {
            let first_copy = (0..text.len()).filter(|&i| !text[i].is_whitespace()).nth(len)?;
            return Some((first_copy..text.len()).collect());
        }
    }
    None
}

/// The doubled stretch that begins at `from`, if one does.
fn stretch(text: &[char], from: usize) -> Option<Stretch> {
    let mut out = Stretch { from, to: from, copies: Vec::new(), certain: false };
    let (mut singles, mut longest, mut has_mark) = (0, 0, false);
    while out.to < text.len() {
        let rest = &text[out.to..];
        let Some(run) =
            (1..=LONGEST_RUN.min(rest.len() / 2)).rev().find(|&k| rest[k] == rest[0] && rest[..k] == rest[k..2 * k])
        else {
            break;
        };
        let piece = &rest[..run];
        if run > 1 && uniform(piece.iter().copied()) {
            break;
        }
        if run > 1 && piece.iter().all(|c| !is_han(*c)) && piece.iter().any(|c| c.is_ascii_digit()) {
            break;
        }
        has_mark |= piece.iter().any(|&c| telling_mark(c));
        longest = longest.max(run);
        singles += run;
        out.copies.extend(out.to + run..out.to + 2 * run);
        out.to += 2 * run;
    }
    if singles == 0 {
        return None;
    }
    // Nobody opens the same quote twice in a row.
    let opens_twice = out.copies.iter().any(|&i| matches!(text[i], '“' | '‘' | '《'));
    out.certain = longest >= 4 || (longest >= 3 && singles >= 4) || (has_mark && singles >= 2) || opens_twice;
    Some(out)
}

/// One character over and over.
fn uniform(mut chars: impl Iterator<Item = char>) -> bool {
    let first = chars.next();
    chars.all(|c| Some(c) == first)
}

/// Marks that nobody writes twice on purpose.
fn telling_mark(c: char) -> bool {
    (is_pause(c) || matches!(c, '“' | '”' | '‘' | '’' | '《' | '》') || (ends_sentence(c) && c == '。'))
        && !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let text: Vec<char> = line.chars().collect();
        let copies: Vec<usize> = Doubling::of(&text).copies().collect();
        let kept: String = text.iter().enumerate().filter(|(i, _)| !copies.contains(i)).map(|(_, c)| c).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn whole_lines_and_runs_lose_their_shadow() {
        check("春水过堤春水过堤", "春水过堤");
        check("春水 过堤春水 过堤", "春水 过堤");
        check("要学会““加减加减””，，下沉人员下沉人员", "要学会“加减”，下沉人员");
        check("样板。提前谋划提前谋划，，接上接上", "样板。提前谋划，接上");
        check("““老井老井””", "“老井”");
    }

    #[test]
    fn real_reduplication_survives() {
        for text in [
            "渐渐地走远",
            "高高兴兴、平平安安",
            "一项项做，研究研究再说",
            "哈哈哈哈哈哈",
            "20002000元",
            "等等……",
            "——它说",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_shadow_goes_on_over_the_line_end() {
        let lines = ["打响品牌，往前推推", "进治理进治理。。"].map(|l| l.chars().collect::<Vec<_>>());
        let next = Doubling::of(&lines[1]);
        let mut first = Doubling::of(&lines[0]);
        assert!(!first.any());
        first.settle(None, Some(&next));
        assert_eq!(first.copies().count(), 1);
    }
}
