//! Breaks Chinese text into lines the way print does. Pure: knows widths, no egui.
//!
//! egui breaks before closing marks correctly, but leaves an opening quote or bracket at the end of a line and tears
//! numbers apart. The rules here are those of the W3C's *Requirements for Chinese Text Layout* (clreq), 3.1.3: no closing
//! mark at the start of a line, no opening mark at its end, numbers and Latin words whole, dashes and ellipses whole.

use std::ops::Range;

/// One line: the bytes of the text that stand in it, and what is left of the measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Byte range of the text; spaces at its end are left out of the width but not of the range.
    pub range: Range<usize>,
    /// Points left over at the right; negative never.
    pub slack: f32,
}

/// Breaks `text` into lines of at most `measure` points. The first line is `indent` points shorter. `advance` gives the
/// width of a character in points. A piece that fits no line (a long web address) is cut where the line ends.
pub fn break_lines(text: &str, measure: f32, indent: f32, mut advance: impl FnMut(char) -> f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0; // of the line
    let mut room = (measure - indent).max(0.0);
    let mut width = 0.0; // from `start` to the character looked at
    let mut inked = 0.0; // the same without spaces at the end
    let mut legal: Option<(usize, f32, f32)> = None; // last place for a break, width and inked width up to it
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = before
            && at > start
            && may_break(before, c)
        {
            legal = Some((at, width, inked));
        }
        let w = advance(c);
        let is_space = c == ' ' || c == '\u{3000}';
        // Twice where what is left behind the legal place is still too long: then it is cut right here.
        while !is_space && width + w > room + 0.01 && at > start {
            let (cut, used, used_inked) = legal.unwrap_or((at, width, inked));
            lines.push(Line { range: start..cut, slack: (room - used_inked).max(0.0) });
            start = cut;
            room = measure;
            width -= used;
            inked = (inked - used).max(0.0);
            legal = None;
        }
        width += w;
        if !is_space {
            inked = width;
        }
        before = Some(c);
    }
    lines.push(Line { range: start..text.len(), slack: (room - inked).max(0.0) });
    lines
}

/// Whether a line may end after `a` when `b` follows.
fn may_break(a: char, b: char) -> bool {
    if a == ' ' && b != ' ' {
        return !is_closing(b);
    }
    if b == ' ' || is_closing(b) || is_opening(a) {
        return false;
    }
    if matches!((a, b), ('—', '—') | ('…', '…') | ('⸺', _)) {
        return false;
    }
    // A Latin word, a number with its marks, a number with its sign or unit.
    !(is_word(a) && is_word(b))
}

/// Letters and digits of alphabets, and the marks inside numbers, addresses and words.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '.' | ',' | '%' | '‰' | '℃' | '°' | '+' | '-' | '_' | '/' | '@' | '&' | '#' | ':' | '\'' | '$')
        || ('０'..='９').contains(&c)
        || ('Ａ'..='Ｚ').contains(&c)
        || ('ａ'..='ｚ').contains(&c)
        || matches!(c, '．' | '％')
        || (c.is_alphabetic() && c < '\u{2E80}')
}

/// Marks that must not begin a line.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '…'
            | '—'
            | '·'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '〕'
            | '〗'
            | '”'
            | '’'
            | '％'
            | '‰'
            | '℃'
            | '｝'
            | '］'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
            | '々'
            | '～'
    )
}

/// Marks that must not end a line.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '（' | '【'
            | '《'
            | '〈'
            | '「'
            | '『'
            | '〔'
            | '〖'
            | '“'
            | '‘'
            | '｛'
            | '［'
            | '('
            | '['
            | '{'
            | '￥'
            | '¥'
            | '＄'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Han and full-width marks are one em wide, the rest half.
    fn em(c: char) -> f32 {
        if c < '\u{2000}' { 0.5 } else { 1.0 }
    }

    #[track_caller]
    fn check(text: &str, measure: f32, expected: &[&str]) {
        let lines = break_lines(text, measure, 0.0, em);
        let got: Vec<&str> = lines.iter().map(|line| &text[line.range.clone()]).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn marks_stand_where_print_sets_them() {
        check("甲乙丙丁，戊己", 4.0, &["甲乙丙", "丁，戊己"]);
        check("甲乙丙“丁戊”己", 4.0, &["甲乙丙", "“丁戊”", "己"]);
        check("甲乙丙丁”。戊己", 4.0, &["甲乙丙", "丁”。戊", "己"]);
        check("甲乙丙——丁戊", 4.0, &["甲乙", "丙——丁", "戊"]);
    }

    #[test]
    fn numbers_and_words_stay_whole() {
        check("产值12345吨", 4.0, &["产值", "12345吨"]);
        check("增长8.6%以上", 4.0, &["增长8.6%", "以上"]);
        check("看look out吧", 4.0, &["看look ", "out吧"]);
        check("１０月１０日起", 3.0, &["１０月", "１０日", "起"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        check("abcdefghij", 3.0, &["abcdef", "ghij"]);
    }

    #[test]
    fn the_first_line_is_shorter_by_its_indent() {
        let lines = break_lines("甲乙丙丁戊己", 4.0, 2.0, em);
        assert_eq!(lines.iter().map(|l| l.range.len() / 3).collect::<Vec<_>>(), [2, 4]);
        assert!(lines[0].slack < 0.01 && lines[1].slack < 0.01);
        assert_eq!(break_lines("", 4.0, 2.0, em).len(), 1);
    }

    proptest! {
        #[test]
        fn lines_cover_the_text_and_fit(text in "[甲乙丙，。“”（）12a .…—]{0,60}", measure in 2.0f32..12.0) {
            let lines = break_lines(&text, measure, 0.0, em);
            let joined: String = lines.iter().map(|line| &text[line.range.clone()]).collect();
            prop_assert_eq!(&joined, &text);
            for line in &lines {
                let shown = text[line.range.clone()].trim_end_matches(' ');
                prop_assert!(shown.chars().map(em).sum::<f32>() <= measure + 0.5 || shown.chars().count() <= 1, "{shown}");
            }
        }
    }
}
