//! Folding: the one definition of "the same characters", shared by the index, the literal scan and the highlights.
//!
//! Text is folded cluster by cluster (a character and the combining marks after it): NFKC, then lower case. White space
//! and control characters vanish, except that one space stays between two characters that are both not East Asian
//! ("Baoku 2" keeps its space, "王　强" and "2023 年" do not). Invisible joiners vanish always. Since every decision looks
//! at a cluster and its neighbours only, the folded form of a substring is a substring of the folded form, which is what
//! makes an exact index of the folded text an exact index of the text.

use unicode_normalization::{UnicodeNormalization as _, char::canonical_combining_class};

/// Folded text whose characters know which bytes of the original they came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded characters.
    pub chars: Vec<char>,
    /// For each folded character the byte range of its cluster in the original; always on character boundaries.
    pub bytes: Vec<(u32, u32)>,
}

/// Folds `text` without keeping positions.
pub fn fold(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len() / 2);
    fold_into(text, |c, _, _| out.push(c));
    out
}

/// Appends the folded form of `text` to `out`.
pub fn fold_onto(text: &str, out: &mut Vec<char>) {
    fold_into(text, |c, _, _| out.push(c));
}

/// Folds `text` into a string.
pub fn fold_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, |c, _, _| out.push(c));
    out
}

/// Folds `text` and remembers where every folded character came from.
pub fn fold_mapped(text: &str) -> Folded {
    let mut out = Folded::default();
    fold_into(text, |c, from, to| {
        out.chars.push(c);
        out.bytes.push((u32::try_from(from).unwrap_or(u32::MAX), u32::try_from(to).unwrap_or(u32::MAX)));
    });
    out
}

/// Whether white space next to `c` carries no meaning: Han, kana, Hangul, East Asian punctuation.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether `c` is part of a Latin word or a number.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_east_asian(c) && c.is_alphanumeric())
}

/// Marks without ink or width: joiners, marks of direction, soft hyphens, byte order marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Selectors of a variant of the character before them.
fn selects_variant(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}')
}

/// Characters that stay as they are and never join the one before: the fast path for nearly all Chinese text.
fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3001}'..='\u{301B}')
}

/// Whether `c` belongs to the cluster of the character before it.
fn joins_previous(c: char) -> bool {
    if c < '\u{300}' || is_plain_han(c) {
        return false;
    }
    // Half-width voiced sound marks become combining marks; conjoining vowels and finals compose with their initial.
    matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{1160}'..='\u{11FF}' | '\u{FFA0}'..='\u{FFDC}')
        || canonical_combining_class(c) != 0
}

fn fold_into(text: &str, emit: impl FnMut(char, usize, usize)) {
    let mut out = Spacer { emit, last: None, gap: None };
    let mut chars = text.char_indices().peekable();
    let mut cluster = String::new();
    while let Some((from, c)) = chars.next() {
        let mut to = from + c.len_utf8();
        if c.is_whitespace() || c.is_control() {
            out.space(from, to);
            continue;
        }
        if is_invisible(c) || selects_variant(c) {
            continue;
        }
        let single = chars.peek().is_none_or(|&(_, next)| !joins_previous(next));
        if single {
            if is_plain_han(c) {
                out.push(c, from, to);
                continue;
            }
            if c.is_ascii() {
                out.push(c.to_ascii_lowercase(), from, to);
                continue;
            }
            // Full-width forms of ASCII.
            if let '\u{FF01}'..='\u{FF5E}' = c {
                let ascii = char::from_u32(c as u32 - 0xFEE0).unwrap_or(c);
                out.push(ascii.to_ascii_lowercase(), from, to);
                continue;
            }
        }
        cluster.clear();
        cluster.push(c);
        while let Some(&(at, next)) = chars.peek() {
            if !joins_previous(next) {
                break;
            }
            cluster.push(next);
            to = at + next.len_utf8();
            chars.next();
        }
        for folded in cluster.nfkc().flat_map(char::to_lowercase) {
            out.push(folded, from, to);
        }
    }
}

/// Decides which white space stays.
struct Spacer<F> {
    emit: F,
    last: Option<char>,
    gap: Option<(usize, usize)>,
}

impl<F: FnMut(char, usize, usize)> Spacer<F> {
    fn space(&mut self, from: usize, to: usize) {
        self.gap = Some((self.gap.map_or(from, |(start, _)| start), to));
    }

    #[inline]
    fn push(&mut self, c: char, from: usize, to: usize) {
        if let (Some((gap_from, gap_to)), Some(last)) = (self.gap.take(), self.last)
            && !is_east_asian(last)
            && !is_east_asian(c)
        {
            (self.emit)(' ', gap_from, gap_to);
        }
        self.last = Some(c);
        (self.emit)(c, from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold_string(text), expected);
    }

    #[test]
    fn widths_and_cases_are_the_same() {
        check("ＡＢＣ１２３", "abc123");
        check("Ｇ６０科创走廊", "g60科创走廊");
        check("（记者　王　强）", "(记者王强)");
        check("①㎡…", "1m2...");
    }

    #[test]
    fn space_stays_only_between_words_that_need_it() {
        check("  Open   Source  ", "open source");
        check("2023 年 1 月", "2023年1月");
        check("王\u{3000}强\n说", "王强说");
        check("a\u{200B}b", "ab");
    }

    #[test]
    fn marks_join_their_letter() {
        check("Cafe\u{301}", "café");
        check("ｶﾞ", "ガ");
    }

    #[test]
    fn bytes_point_at_the_original() {
        let text = "约５㎡ 地";
        let folded = fold_mapped(text);
        let at = folded.chars.iter().position(|&c| c == 'm').unwrap();
        let (from, to) = folded.bytes[at];
        assert_eq!(&text[from as usize..to as usize], "㎡");
        assert_eq!(folded.chars.len(), folded.bytes.len());
    }
}
