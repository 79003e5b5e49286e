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
        if are_different(text) {
            return out;
        }
        if let Some(copies) = whole(text) {
            out.stretches.push(Stretch { from: 0, to: text.len(), copies, certain: true });
            out.whole = true;
        } else if text.len() <= LONGEST_LINE {
            let alike = Alike::of(text);
            let mut at = 0;
            while at + 1 < text.len() {
                let found = if alike.may_double(at) { stretch(text, at, &alike) } else { None };
                at = found.as_ref().map_or(at + 1, |found| found.to);
                out.stretches.extend(found);
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

/// Whether no two characters are the same, as in many a line; of two with the same low bits nobody asks.
fn are_different(text: &[char]) -> bool {
    let mut seen = [0u64; 16];
    text.len() <= LONGEST_RUN
        && text.iter().all(|&c| {
            let (word, bit) = (c as usize / 64 % seen.len(), 1 << (c as usize % 64));
            let is_new = seen[word] & bit == 0;
            seen[word] |= bit;
            is_new
        })
}

/// Classes of characters by their low bits.
const SLOTS: usize = 128;

/// Of every character of a line where the next one with the same low bits stands, or the line's length.
struct Alike(Vec<u16>);

impl Alike {
    /// Links the characters of a line of at most [`LONGEST_LINE`] ones.
    fn of(text: &[char]) -> Self {
        let mut first = [text.len() as u16; SLOTS];
        let mut next = vec![0; text.len()];
        for (at, &c) in text.iter().enumerate().rev() {
            next[at] = std::mem::replace(&mut first[c as usize % SLOTS], at as u16);
        }
        Self(next)
    }

    /// Whether a run that begins at `from` can stand twice.
    fn may_double(&self, from: usize) -> bool {
        usize::from(self.0[from]) - from <= LONGEST_RUN.min((self.0.len() - from) / 2)
    }

    /// Characters of the longest run that begins at `from` and stands twice there.
    fn longest_run(&self, text: &[char], from: usize) -> Option<usize> {
        let most = LONGEST_RUN.min((text.len() - from) / 2);
        let next = |at: usize| usize::from(self.0[at]);
        let (mut found, mut at) = (None, next(from));
        while at - from <= most {
            if text[at] == text[from] && text[from..at] == text[at..2 * at - from] {
                found = Some(at - from);
            }
            at = next(at);
        }
        found
    }
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
fn stretch(text: &[char], from: usize, alike: &Alike) -> Option<Stretch> {
    let mut out = Stretch { from, to: from, copies: Vec::new(), certain: false };
    let (mut singles, mut longest, mut has_mark) = (0, 0, false);
    while out.to < text.len() {
        let Some(run) = alike.longest_run(text, out.to) else { break };
        let piece = &text[out.to..out.to + run];
        // "咚——咚——" is a sound.
        if run > 1 && uniform(piece.iter().copied().filter(|c| !matches!(c, '—' | '…' | '～'))) {
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
            "“咚——咚——咚咚咚！”",
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
