//! The lines of a dump as the later steps see them: in plain form, trimmed, shadows and letter spacing removed, measured; every
//! remaining character still knows its place in the dump. Knows nothing of roles.

use super::chars::{half_ems, is_finished, is_han};
use super::plain::{is_wide, plain_text};
use super::undouble::{self, Candidate};
use super::words::{Pair, Vocabulary};
use crate::search::is_invisible;

/// Lines with more characters are taken as they are; nothing printed is that long.
pub(crate) const LONG_LINE: usize = 20_000;
/// From this width (half ems) on a line was never set in a newspaper column: the dump has whole paragraphs as lines.
pub(crate) const UNWRAPPED: u32 = 84;

/// A character and its 0-based place in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The character.
    pub c: char,
    /// 1-based line of the dump.
    pub line: u32,
    /// 0-based character column.
    pub column: u32,
}

/// One non-blank line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// 1-based number in the dump.
    pub number: u32,
    /// The text after trimming, undoubling and closing up letter spacing.
    pub chars: Vec<char>,
    /// The same as a string; empty while a line is changed.
    text: String,
    /// Column of each of `chars` in the dump's line.
    pub columns: Vec<u32>,
    /// The dump's line of each of `chars` where it was set vertically (竖排), a character a line; else empty.
    pub rows: Vec<u32>,
    /// Columns of letters and figures that were set as wide as ideographs.
    set_wide: Vec<u32>,
    /// Columns of marks that may have been set half as wide as in plain form, or only read so by an OCR.
    set_narrow: Vec<u32>,
    /// Its pairs of ideographs.
    pub pairs: Vec<Pair>,
    /// Different pairs in the dump up to its end.
    pub vocabulary: usize,
    /// Width in half ems, white space not counted.
    pub width: u32,
    /// Width of full lines hereabouts (half ems) looking back; 0 when lines are whole paragraphs.
    pub measure_before: u32,
    /// The same looking ahead, this line included.
    pub measure_after: u32,
    /// Blank lines right before.
    pub blanks_before: u32,
    /// Shadow text was removed from it.
    pub was_doubled: bool,
    /// All of it was doubled.
    pub was_doubled_whole: bool,
    /// It repeats the line before.
    pub repeats_previous: bool,
    /// It was set with spaces between its characters.
    pub was_spaced: bool,
    /// There is no white space in it.
    pub is_solid: bool,
    /// Began with white space (an indent that survived).
    pub was_indented: bool,
}

impl Line {
    /// The characters with their places.
    pub fn placed(&self) -> impl Iterator<Item = Placed> + '_ {
        let row = |at: usize| self.rows.get(at).copied().unwrap_or(self.number);
        self.chars.iter().zip(&self.columns).enumerate().map(move |(at, (&c, &column))| Placed {
            c,
            line: row(at),
            column,
        })
    }

    /// 1-based number of the dump's line in which it ends.
    pub fn last(&self) -> u32 {
        self.rows.last().copied().unwrap_or(self.number)
    }

    /// The repaired text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters from column `from` on and before column `to` as a line of their own.
    pub fn cut(&self, from: u32, to: u32) -> Self {
        let mut line = self.clone();
        let kept = self.chars.iter().zip(&self.columns).filter(|(_, column)| (from..to).contains(*column));
        (line.chars, line.columns) = kept.map(|(&c, &column)| (c, column)).unzip();
        line.trim();
        line.text = line.chars.iter().collect();
        // Nobody compares the words of parts.
        line.pairs.clear();
        line.is_solid = line.is_solid || line.spaces() == 0;
        line.width = line.half_ems();
        line.repeats_previous = false;
        line.was_indented &= from == 0;
        line
    }

    fn half_ems(&self) -> u32 {
        self.chars.iter().map(|&c| half_ems(c)).sum::<u32>() + self.kept(&self.set_wide)
    }

    /// How many of some of the dump's columns still have a character here.
    fn kept(&self, columns: &[u32]) -> u32 {
        columns.iter().filter(|column| self.columns.binary_search(column).is_ok()).count() as u32
    }

    fn spaces(&self) -> usize {
        self.chars.iter().filter(|c| c.is_whitespace()).count()
    }

    /// Adds its text without white space to `out`.
    pub fn add_solid(&self, out: &mut Vec<char>) {
        if self.is_solid {
            out.extend_from_slice(&self.chars);
        } else {
            out.extend(self.chars.iter().filter(|c| !c.is_whitespace()));
        }
    }

    /// What has neither ink nor width goes, unless there is nothing else.
    fn drop_invisible(&mut self) {
        let seen = self.chars.iter().zip(&self.columns).filter(|(c, _)| !is_invisible(**c));
        let (chars, columns): (Vec<char>, Vec<u32>) = seen.map(|(&c, &column)| (c, column)).unzip();
        if chars.iter().any(|c| !c.is_whitespace()) {
            (self.chars, self.columns) = (chars, columns);
            self.text.clear();
        }
    }

    fn trim(&mut self) {
        let blank = self.chars.iter().take_while(|c| c.is_whitespace()).count();
        self.chars.drain(..blank);
        self.columns.drain(..blank);
        while self.chars.last().is_some_and(|c| c.is_whitespace()) {
            self.chars.pop();
            self.columns.pop();
        }
    }

    /// Width of the full lines of its column (half ems), looking back where there are too few ahead; 0 where lines are whole
    /// paragraphs.
    fn measure(&self) -> u32 {
        if self.measure_after > 0 { self.measure_after } else { self.measure_before }
    }

    /// How much narrower than a full line of its column (half ems); `None` where lines are whole paragraphs.
    pub fn shortfall(&self) -> Option<i32> {
        let measure = self.measure();
        (measure > 0).then(|| if self.was_spaced { 0 } else { measure as i32 - self.width as i32 })
    }
}

/// Reads the non-blank lines of `text`; what was set vertically becomes one line.
pub(crate) fn read(text: &str) -> Vec<Line> {
    read_plain(&plain_text(text), text)
}

/// The same of a text whose plain form is at hand.
pub(crate) fn read_plain(plain: &str, printed: &str) -> Vec<Line> {
    let mut lines = apart(plain, printed);
    lay_down(&mut lines);
    looked_at(lines)
}

/// The same with every line of the dump by itself.
pub(crate) fn read_apart(plain: &str, printed: &str) -> Vec<Line> {
    looked_at(apart(plain, printed))
}

fn apart(plain: &str, printed: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut indents = Vec::new();
    let mut blanks = 0;
    for (index, (raw, printed)) in plain.split('\n').zip(printed.split('\n')).enumerate() {
        if raw.trim().is_empty() {
            blanks += 1;
            continue;
        }
        let mut line = trimmed(raw);
        line.number = index as u32 + 1;
        line.blanks_before = blanks;
        if raw != printed {
            for (at, (printed, plain)) in (0..).zip(printed.chars().zip(raw.chars())) {
                if is_wide(printed) {
                    line.set_wide.push(at);
                } else if printed.is_ascii() && printed != plain {
                    line.set_narrow.push(at);
                }
            }
        }
        indents.push(indent(raw));
        blanks = 0;
        lines.push(line);
    }
    let is_few = lines.len() < FEW;
    let margin = if is_few { 0 } else { usual_least(&indents) };
    for (line, indent) in lines.iter_mut().zip(indents) {
        line.was_indented = indent > margin;
    }
    if !is_few {
        close_up(&mut lines);
    }
    lines
}

/// White space that a line begins with, in half ems.
fn indent(raw: &str) -> u32 {
    let width = |c| match c {
        '\u{3000}' => 2,
        '\t' => 4,
        _ => 1,
    };
    raw.chars().take_while(|&c| c.is_whitespace() || is_invisible(c)).filter(|&c| !is_invisible(c)).map(width).sum()
}

/// So few lines say nothing of how the whole dump was typed.
const FEW: usize = 12;

/// What all of some numbers are at least, but for one in fifty.
fn usual_least(of: &[u32]) -> u32 {
    let mut sorted = of.to_vec();
    sorted.sort_unstable();
    sorted.get(of.len() / 50).copied().unwrap_or_default()
}

/// Lines of which nearly each has a blank line before it are typed with double spacing: the blank lines between all lines say
/// nothing, those beyond them do. Where lines are whole paragraphs that is as it should be.
fn close_up(lines: &mut [Line]) {
    let Some((_, rest)) = lines.split_first_mut() else { return };
    let blanks: Vec<u32> = rest.iter().map(|line| line.blanks_before).collect();
    let between_all = usual_least(&blanks);
    let unwrapped = |line: &&Line| line.chars.len() as u32 * 2 >= UNWRAPPED;
    let spacing = if rest.iter().filter(unwrapped).count() * 10 > rest.len() { 0 } else { between_all };
    let beyond: Vec<u32> = blanks.iter().map(|&b| b.saturating_sub(spacing)).filter(|&b| b > 0).collect();
    let step = usual_least(&beyond).max(1);
    for line in rest {
        line.blanks_before = line.blanks_before.saturating_sub(spacing).div_ceil(step);
    }
}

/// Lines with blank lines before their quotation marks at least, that are no chance.
const LEAST_QUOTED: usize = 2;
/// For each such line without one, those with one at least.
const MOSTLY: usize = 8;
/// Half ems that a full line is of its measure, or beyond it, at most; and those of the narrowest column.
const NEARLY: u32 = 3;
const NARROWEST: u32 = 20;

/// An opening quotation mark is set to the right of where lines begin, and some programs take that for a region's border: each
/// line that begins with one has a blank line before it. On a page where they all have, these blank lines say nothing in the
/// middle of a sentence.
fn close_up_quotes(lines: &mut [Line]) {
    let goes_on = |at: &usize| {
        let (before, line) = (&lines[*at - 1], &lines[*at]);
        matches!(line.chars.first(), Some('“' | '‘'))
            && !line.was_indented
            && before.width >= NARROWEST
            && before.width.abs_diff(line.measure()) <= NEARLY
            && !is_finished(&before.chars)
    };
    let is_apart = |at: &usize| lines[*at].blanks_before > 0;
    let (apart, close): (Vec<usize>, Vec<usize>) = (1..lines.len()).filter(goes_on).partition(is_apart);
    if apart.len() >= LEAST_QUOTED.max(close.len() * MOSTLY) {
        apart.into_iter().for_each(|at| lines[at].blanks_before = 0);
    }
}

/// Characters of the shortest and of the longest headline that is set vertically.
const VERTICAL: std::ops::RangeInclusive<usize> = 3..=24;

/// A headline that is set vertically comes out as lines of one ideograph each: they become one line. Cells of a table, which
/// mostly say the same few things, do not.
fn lay_down(lines: &mut Vec<Line>) {
    if !lines.windows(*VERTICAL.start()).any(|few| few.iter().all(is_single)) {
        return;
    }
    let apart = std::mem::take(lines);
    let mut from = 0;
    while from < apart.len() {
        let to = from + vertical_run(&apart[from..]);
        let run = &apart[from..to];
        let mut different: Vec<char> = run.iter().filter_map(|line| line.chars.first().copied()).collect();
        different.sort_unstable();
        different.dedup();
        if VERTICAL.contains(&run.len()) && different.len() * 10 >= run.len() * 7 {
            lines.push(laid_down(run));
        } else {
            lines.extend_from_slice(run);
        }
        from = to;
    }
}

fn is_single(line: &Line) -> bool {
    line.chars.len() == 1 && is_han(line.chars[0])
}

/// How many lines of one ideograph stand at the beginning, with blank lines between all of them or between none; 1 if the
/// first is no such line.
fn vertical_run(lines: &[Line]) -> usize {
    if !is_single(&lines[0]) {
        return 1;
    }
    let blank = lines.get(1).map(|line| line.blanks_before > 0);
    1 + lines[1..].iter().take_while(|line| is_single(line) && Some(line.blanks_before > 0) == blank).count()
}

fn laid_down(run: &[Line]) -> Line {
    Line {
        chars: run.iter().flat_map(|line| line.chars.iter().copied()).collect(),
        text: String::new(),
        columns: run.iter().flat_map(|line| line.columns.iter().copied()).collect(),
        rows: run.iter().map(|line| line.number).collect(),
        was_spaced: true,
        ..run[0].clone()
    }
}

fn looked_at(mut lines: Vec<Line>) -> Vec<Line> {
    undouble(&mut lines);
    let mut vocabulary = Vocabulary::default();
    for line in &mut lines {
        let spaces = line.spaces();
        if spaces + 1 >= LEAST_SPACED {
            close_letter_spacing(line);
        }
        if line.text.is_empty() {
            line.text = line.chars.iter().collect();
        }
        line.is_solid = spaces == 0 || line.was_spaced;
        line.pairs = vocabulary.pairs(&line.chars);
        line.vocabulary = vocabulary.size();
        line.width = line.half_ems();
    }
    set_narrow(&mut lines);
    measure(&mut lines);
    close_up_quotes(&mut lines);
    lines
}

/// Half-width marks count as half as wide if that makes the lines more even: they were set so.
fn set_narrow(lines: &mut [Line]) {
    let narrow: Vec<u32> = lines.iter().map(|line| line.kept(&line.set_narrow)).collect();
    let with_marks = || lines.iter().zip(&narrow).filter(|(_, narrow)| **narrow > 0);
    let even = |widths: Vec<u32>| {
        let measure = mode(&widths);
        widths.into_iter().filter(|width| width.abs_diff(measure) <= 1).count()
    };
    let as_read = even(with_marks().map(|(line, narrow)| line.width.saturating_sub(*narrow)).collect());
    let in_full = even(with_marks().map(|(line, _)| line.width).collect());
    if as_read > in_full {
        for (line, narrow) in lines.iter_mut().zip(narrow) {
            line.width = line.width.saturating_sub(narrow);
        }
    }
}

fn trimmed(raw: &str) -> Line {
    let mut line = Line { chars: Vec::with_capacity(raw.len() / 2), text: raw.trim().to_owned(), ..Line::default() };
    line.chars.extend(raw.chars());
    line.columns = (0..line.chars.len() as u32).collect();
    if line.chars.iter().any(|&c| is_invisible(c)) {
        line.drop_invisible();
    }
    line.trim();
    line
}

fn undouble(lines: &mut [Line]) {
    let candidates: Vec<Candidate<'_>> = lines
        .iter()
        .map(|line| Candidate {
            chars: &line.chars,
            is_left: line.chars.len() > LONG_LINE || !line.rows.is_empty(),
            follows: line.blanks_before == 0,
        })
        .collect();
    let found = undouble::find(&candidates);
    for (line, doubling) in lines.iter_mut().zip(&found) {
        if !doubling.any() {
            continue;
        }
        line.was_doubled = true;
        line.was_doubled_whole = doubling.whole;
        let mut dropped = doubling.copies().peekable();
        let mut kept = (Vec::new(), Vec::new());
        for (i, (&c, &column)) in line.chars.iter().zip(&line.columns).enumerate() {
            if dropped.peek() == Some(&i) {
                dropped.next();
            } else {
                kept.0.push(c);
                kept.1.push(column);
            }
        }
        (line.chars, line.columns) = kept;
        line.text.clear();
    }
    for i in 1..lines.len() {
        lines[i].repeats_previous = lines[i].chars.len() >= 3 && lines[i].chars == lines[i - 1].chars;
    }
}

/// Single characters that a letter-spaced line has at least.
const LEAST_SPACED: usize = 4;

/// "是 一 场 双 向 奔 赴" is a line that was justified by letter spacing: its spaces go.
fn close_letter_spacing(line: &mut Line) {
    if line.chars.len() > LONG_LINE {
        return;
    }
    let words: Vec<&[char]> = line.chars.split(|c| c.is_whitespace()).filter(|w| !w.is_empty()).collect();
    let single = words.iter().filter(|w| w.iter().filter(|&&c| is_han(c)).count() == 1 && w.len() <= 3).count();
    if single < LEAST_SPACED || single * 10 < words.len() * 7 {
        return;
    }
    line.was_spaced = true;
    let kept = line.chars.iter().zip(&line.columns).filter(|(c, _)| !c.is_whitespace());
    (line.chars, line.columns) = kept.map(|(&c, &column)| (c, column)).unzip();
    line.text.clear();
}

/// Finds the column measure around each line.
fn measure(lines: &mut [Line]) {
    const WINDOW: usize = 10;
    let widths: Vec<u32> = lines.iter().map(|l| if l.was_spaced { 0 } else { l.width }).collect();
    for i in 0..lines.len() {
        let measure = mode(&widths[i..(i + WINDOW).min(widths.len())]);
        lines[i].measure_after = measure;
        if let Some(line) = lines.get_mut(i + WINDOW) {
            line.measure_before = measure;
        }
        if i < WINDOW {
            lines[i].measure_before = mode(&widths[..i]);
        }
    }
}

/// The width that most lines have, ±1 half em; 0 if lines are whole paragraphs or there are too few.
pub(crate) fn mode(widths: &[u32]) -> u32 {
    if widths.iter().any(|&w| w >= UNWRAPPED) {
        return 0;
    }
    // Lines of each width, the first place being that of width -1.
    let mut of_width = [0u32; UNWRAPPED as usize + 2];
    widths.iter().for_each(|&w| of_width[w as usize + 1] += 1);
    let near = |w: u32| of_width[w as usize..w as usize + 3].iter().sum::<u32>();
    let best = widths.iter().filter(|&&w| w >= 12).map(|&w| (near(w), w)).max().unwrap_or_default();
    if best.0 >= 2 { best.1 } else { 0 }
}

/// Whether lines that follow one another stand over what follows: a blank line before the first and none behind the last.
pub(crate) fn stand_over(lines: &[Line], first: usize, last: usize) -> bool {
    lines[first].blanks_before > 0 && lines.get(last + 1).is_some_and(|next| next.blanks_before == 0)
}

/// Whether there are blank lines around a line, or nothing.
pub(crate) fn stands_apart(lines: &[Line], at: usize) -> bool {
    (at == 0 || lines[at].blanks_before > 0) && lines.get(at + 1).is_none_or(|next| next.blanks_before > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_vertically_is_one_line() {
        let lines = read("渡口的灯\n\n晚\n稻\n田\n里\n\n记者 陆小满");
        let texts: Vec<&str> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["渡口的灯", "晚稻田里", "记者 陆小满"]);
        assert_eq!((lines[1].number, lines[1].last(), lines[1].blanks_before), (3, 6, 1));
        let places: Vec<(u32, u32)> = lines[1].placed().map(|placed| (placed.line, placed.column)).collect();
        assert_eq!(places, [(3, 0), (4, 0), (5, 0), (6, 0)]);
        assert_eq!(read("晚\n\n稻\n\n田").len(), 1);
        // Users give lines by their numbers.
        let text = "晚\n稻\n田\n里";
        assert_eq!(read_apart(text, text).len(), 4);
    }

    #[test]
    fn cells_of_a_table_stay_lines() {
        assert_eq!(read("优\n良\n优\n良\n优\n优").len(), 6);
        assert_eq!(read("晚\n稻").len(), 2);
        assert_eq!(read("晚\n稻\n\n田\n里").len(), 4);
    }

    #[test]
    fn blank_lines_before_quotation_marks_say_nothing_inside_a_sentence_where_all_have_one() {
        let text = [
            "渡口今天停渡，船工把缆绳拴好，又挂起",
            "“夜航灯”和“早渡铃”两样东西，等到水",
            "退了三尺，摆渡人才在堤上立起一块写着",
            "“水深勿近”的木牌，过路的人都停下来念",
            "一遍，念完了才肯往回走，回头又看见写",
            "“缓行”二字的牌子，就放慢了脚步，把船",
            "桨扛在肩上，一步一步走回家去。",
        ];
        let blanks = |apart: &[usize]| -> Vec<usize> {
            let line = |(at, line): (usize, &&str)| format!("{}{line}\n", if apart.contains(&at) { "\n" } else { "" });
            let lines = read(&text.iter().enumerate().map(line).collect::<String>());
            (0..lines.len()).filter(|&at| lines[at].blanks_before > 0).collect()
        };
        assert!(blanks(&[1, 3, 5]).is_empty());
        assert_eq!(blanks(&[1, 2, 3, 5]), [2], "another blank line");
        assert_eq!(blanks(&[1, 3]), [1, 3], "a mark without one");
    }

    /// Blank lines before each line, and whether it is set in.
    fn gaps(text: &str) -> Vec<(u32, bool)> {
        read(text).iter().map(|line| (line.blanks_before, line.was_indented)).collect()
    }

    /// Twelve lines, the third and the ninth set in, a blank line before the sixth.
    fn page(margin: &str, spacing: usize, apart: usize) -> String {
        let line = |at: usize| {
            let blanks = spacing * usize::from(at > 0) + apart * usize::from(at == 5);
            let indent = if matches!(at, 2 | 8) { "　　" } else { "" };
            format!("{}{margin}{indent}渡口在第{at}道弯\n", "\n".repeat(blanks))
        };
        (0..12).map(line).collect()
    }

    #[test]
    fn margins_and_double_spacing_of_the_whole_dump_say_nothing() {
        let expected: Vec<_> = (0..12).map(|at| (u32::from(at == 5), matches!(at, 2 | 8))).collect();
        assert_eq!(gaps(&page("", 0, 1)), expected);
        assert_eq!(gaps(&page("        ", 0, 1)), expected, "a margin");
        assert_eq!(gaps(&page("\u{A0}", 0, 1)), expected, "a margin of other spaces");
        assert_eq!(gaps(&page("", 1, 1)), expected, "double spacing");
        assert_eq!(gaps(&page("", 0, 2)), expected, "two blank lines wherever there is one");
        assert_eq!(gaps(&page("", 2, 3)), expected, "both");
    }

    #[test]
    fn a_few_lines_are_taken_as_they_are() {
        assert_eq!(gaps("  渡口的灯\n\n  晚稻田里"), [(0, true), (1, true)]);
    }

    #[test]
    fn blank_lines_between_whole_paragraphs_are_as_they_should_be() {
        let paragraph = "渡口的灯照着晚稻田里的水。".repeat(4);
        let text = vec![paragraph; 12].join("\n\n");
        assert!(gaps(&text)[1..].iter().all(|gap| *gap == (1, false)));
    }

    #[test]
    fn what_has_neither_ink_nor_width_is_not_read() {
        let lines = read("\u{FEFF}渡口\u{200B}的灯\u{200B}\n\u{200B}");
        assert_eq!(lines[0].text(), "渡口的灯");
        assert_eq!(lines[0].columns, [1, 2, 4, 5]);
        assert_eq!(lines[1].text(), "\u{200B}");
    }

    #[test]
    fn full_width_figures_are_as_wide_as_they_were_set() {
        let lines = read("水位３．５米");
        assert_eq!((lines[0].text(), lines[0].width), ("水位3．5米", 12));
    }
}
