//! Drop shadows print a headline or a run of body text twice; dumps then hold every character two times. This file
//! finds which characters of a line are second copies: by the line itself, then by what its neighbours show.
//!
//! Real reduplication (渐渐, 高高兴兴, 研究研究) survives: a doubled stretch counts only with a long run or with doubled
//! punctuation in it. So do one after the other (一根竹竿一根竹竿地量) and what somebody says twice (“来了，来了，”): a shadow
//! doubles the words and their mark each for itself.

use super::chars::{ends_sentence, is_han, is_pause};
use std::ops::Range;

/// Longest run looked for inside a line.
const LONGEST_RUN: usize = 60;
/// Longer lines are looked at only for being doubled as a whole.
const LONGEST_LINE: usize = 4000;
/// Characters of the longest words that somebody says twice, and of the longest thing that is counted one after the other.
const LONGEST_SAID: usize = 8;
/// Characters of the shortest run that stands twice over the end of a line.
const SHORTEST_ACROSS: usize = 4;
/// Lines around a shadow in which doubled marks and short runs are believed to be shadows too.
const NEAR: usize = 12;
/// Characters of a short run.
const SHORT_RUN: usize = 3;

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
    /// It is where another shadow is near by.
    likely: bool,
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
    fn of(text: &[char]) -> Self {
        let mut out = Self { stretches: Vec::new(), length: text.len(), whole: false };
        if are_different(text) {
            return out;
        }
        if let Some(copies) = whole(text) {
            out.stretches.push(Stretch { from: 0, to: text.len(), copies, certain: true, likely: true });
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

    /// Where the stretches of a part of the line stand among all.
    fn within(&self, from: usize, to: usize) -> Range<usize> {
        let at = self.stretches.partition_point(|s| s.to <= from);
        at..at + self.stretches[at..].partition_point(|s| s.from < to)
    }

    /// Nothing in a part of the line is certain.
    fn is_free(&self, from: usize, to: usize) -> bool {
        !self.whole && !self.stretches[self.within(from, to)].iter().any(|s| s.certain)
    }

    /// Puts in what was found over an end of the line.
    fn put(&mut self, from: usize, to: usize, copies: Range<usize>) {
        let found = Stretch { from, to, copies: copies.collect(), certain: true, likely: true };
        let instead = self.within(from, to);
        self.stretches.splice(instead, [found]);
    }

    /// A part of the line is a shadow, not the whole.
    fn is_in_part(&self) -> bool {
        !self.whole && self.any()
    }

    /// An uncertain stretch at a line's edge is believed when the shadow goes on in the neighbour.
    fn settle(&mut self, previous: Option<&Self>, next: Option<&Self>) {
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

/// A line to look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    pub chars: &'a [char],
    /// It is left alone.
    pub is_left: bool,
    /// No blank line before it.
    pub follows: bool,
}

/// What is doubled in the lines of a dump.
pub(crate) fn find(lines: &[Candidate<'_>]) -> Vec<Doubling> {
    let of = |line: &Candidate<'_>| if line.is_left { Doubling::default() } else { Doubling::of(line.chars) };
    let mut found: Vec<Doubling> = lines.iter().map(of).collect();
    for i in 0..found.len() {
        let mut one = std::mem::take(&mut found[i]);
        one.settle(i.checked_sub(1).map(|p| &found[p]), found.get(i + 1));
        found[i] = one;
    }
    let shadowed: Vec<bool> = found.iter().map(Doubling::is_in_part).collect();
    let around = |at: usize| at.saturating_sub(NEAR)..(at + NEAR + 1).min(lines.len());
    for at in 1..lines.len() {
        let (line, before) = (&lines[at], &lines[at - 1]);
        if !line.follows || line.is_left || before.is_left {
            continue;
        }
        let Some((from, run)) = across(before.chars, line.chars) else { continue };
        let end = before.chars.len();
        let (middle, to) = (from + run, from + 2 * run - end);
        // Without a shadow near by it may be a subhead and the word that its text begins with.
        let is_likely = is_doubled_mark(&line.chars[to..]) || shadowed[around(at)].contains(&true);
        if is_likely && found[at - 1].is_free(from, end) && found[at].is_free(0, to) {
            found[at - 1].put(from, end, middle.min(end)..end);
            found[at].put(0, to, middle.saturating_sub(end)..to);
        }
    }
    let shadowed: Vec<usize> = (0..found.len()).filter(|&at| found[at].is_in_part()).collect();
    for at in shadowed {
        for near in &mut found[around(at)] {
            near.stretches.iter_mut().filter(|s| s.likely).for_each(|s| s.certain = true);
        }
    }
    found
}

/// Where a run that stands twice over the end of a line begins, counted from the beginning of that line, and how long it is. The
/// end of the line is inside one of the two: else the two lines may say the same in different places.
fn across(before: &[char], after: &[char]) -> Option<(usize, usize)> {
    let end = before.len();
    let at = |place: usize| before.get(place).or_else(|| after.get(place - end)).copied();
    let is_same = |place: usize, run: usize| at(place).is_some() && at(place) == at(place + run);
    let most = (LONGEST_RUN / 2).min((end + after.len()) / 2);
    (SHORTEST_ACROSS..=most).rev().find_map(|run| {
        // One of the two places is in the first copy, whichever copy the line ends in.
        let may_be = (end >= run && is_same(end - run, run)) || (end > 0 && is_same(end - 1, run));
        let first = (end + 1).saturating_sub(2 * run);
        may_be
            .then(|| {
                (first..end).find(|&from| from + run != end && (from..from + run).all(|place| is_same(place, run)))
            })?
            .map(|from| (from, run))
            .filter(|&(from, run)| {
                let piece: Vec<char> = (from..from + run).filter_map(at).collect();
                piece.iter().filter(|&&c| is_han(c)).count() >= SHORT_RUN && !is_said_twice(&piece)
            })
    })
}

/// Whether a mark stands twice at the beginning of a text.
fn is_doubled_mark(text: &[char]) -> bool {
    matches!(text, [one, other, ..] if one == other && telling_mark(*one))
}

/// Whether words that stand twice may well have been meant so.
fn is_said_twice(piece: &[char]) -> bool {
    let (Some(&first), Some(&last)) = (piece.first(), piece.last()) else { return false };
    let parts = |c: char| is_pause(c) || ends_sentence(c) || matches!(c, '—' | '…');
    let has_word = piece.iter().any(|&c| is_han(c));
    let is_periodic = piece.len() > 2 && piece.len().is_multiple_of(2) && {
        let (one, other) = piece.split_at(piece.len() / 2);
        one == other
    };
    piece.len() <= LONGEST_SAID && has_word && (first == '一' || parts(first) || parts(last) || is_periodic)
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
    let mut out = Stretch { from, to: from, copies: Vec::new(), certain: false, likely: false };
    let (mut pieces, mut singles, mut longest, mut has_mark) = (0, 0, 0, false);
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
        pieces += 1;
        out.copies.extend(out.to + run..out.to + 2 * run);
        out.to += 2 * run;
    }
    if singles == 0 {
        return None;
    }
    // Nobody opens the same quote twice in a row.
    let opens_twice = out.copies.iter().any(|&i| matches!(text[i], '“' | '‘' | '《'));
    // "竹竿一根竹竿一根竹竿": what goes on begins a third time.
    let goes_on = singles <= LONGEST_SAID && text.get(out.to) == Some(&text[from]);
    let is_said_twice = pieces == 1 && (goes_on || is_said_twice(&text[from..from + singles]));
    out.certain =
        !is_said_twice && (longest >= 4 || (longest >= 3 && singles >= 4) || (has_mark && singles >= 2) || opens_twice);
    out.likely = !is_said_twice && (longest >= SHORT_RUN || has_mark);
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

    /// What is left of lines that stand together.
    fn left(lines: &[&str]) -> Vec<String> {
        let lines: Vec<Vec<char>> = lines.iter().map(|line| line.chars().collect()).collect();
        let candidates = |chars| Candidate { chars, is_left: false, follows: true };
        let found = find(&lines.iter().map(|line| candidates(line.as_slice())).collect::<Vec<_>>());
        let kept = lines.iter().zip(&found).map(|(line, doubling)| {
            let copies: Vec<usize> = doubling.copies().collect();
            line.iter().enumerate().filter(|(at, _)| !copies.contains(at)).map(|(_, c)| c).collect()
        });
        kept.collect()
    }

    #[test]
    fn a_shadow_goes_on_over_the_line_end() {
        assert_eq!(left(&["打响品牌，往前推推", "进治理进治理。。"]), ["打响品牌，往前推", "进治理。"]);
        // The line ends in the copy, or in what is copied.
        assert_eq!(left(&["她说，船闸不是闸船闸不是", "闸，，是门，"]), ["她说，船闸不是闸", "，是门，"]);
        assert_eq!(left(&["她说，船闸不", "是闸船闸不是闸，，是门，"]), ["她说，船闸不", "是闸，是门，"]);
        // Two lines may say the same in different places.
        for lines in [["渡口归望湖水利局", "望湖水利局添灯"], ["渡口停渡之后望湖水利", "局望湖水利局添了灯"]]
        {
            assert_eq!(left(&lines), lines);
        }
    }

    #[test]
    fn short_runs_and_marks_are_shadows_beside_others() {
        let beside = left(&["推选船长，陆小满陆小满得票", "最多，，大家研究研究添灯，", "他说““老井老井””还有水。"]);
        assert_eq!(beside, ["推选船长，陆小满得票", "最多，大家研究研究添灯，", "他说“老井”还有水。"]);
        let alone = ["推选船长，陆小满陆小满得票", "最多，，渡口添了灯，"];
        assert_eq!(left(&alone), alone);
    }

    #[test]
    fn what_is_meant_twice_survives() {
        for text in [
            "手里的竹竿一根竹竿一根竹竿地量",
            "她喊：来了，来了，船靠岸",
            "船头那边喊，靠左，靠左！",
            "铜铃响了——当，——当，停了",
            "锣叮当叮当叮当叮当地响",
        ] {
            check(text, text);
        }
        assert_eq!(left(&["他喊一声，慢慢走，慢慢", "走，等船停稳"]), ["他喊一声，慢慢走，慢慢", "走，等船停稳"]);
    }
}
