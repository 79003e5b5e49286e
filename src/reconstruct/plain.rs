//! Characters in the form that word lists and learned weights know (通用规范字): a page in traditional characters (繁体字)
//! is read as if it were printed in simplified ones, and so are half-width marks in Chinese text and what PDF extraction and
//! fonts' tables have in the place of ideographs and marks. Every character has one plain form of one character, so that places in
//! the text stay what they are. What is filed has the characters that were printed. Knows nothing of articles.

use super::chars::{ends_sentence, is_han, is_mark, is_pause};
use hanconv::Dictionary;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Characters that have another plain form.
struct Forms {
    /// A bit for each character of the first plane whose form is to be looked for: nearly all are out with that.
    looked_for: Vec<u64>,
    of: FxHashMap<char, char>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut of = FxHashMap::default();
    for (printed, plain) in look_alikes().chain(marks()).chain(simplified()) {
        if printed != plain {
            of.insert(printed, plain);
        }
    }
    // The simplified form of a look-alike.
    let again: Vec<(char, char)> = of.iter().filter_map(|(&from, to)| Some((from, *of.get(to)?))).collect();
    of.extend(again);
    let mut looked_for = vec![0; 0x1_0000 / 64];
    let by_what_surrounds_them = BY_PLACE.chars().chain(('０'..='ｚ').filter(|&c| is_wide(c)));
    for c in by_what_surrounds_them.chain(of.keys().copied()) {
        if let Some(word) = looked_for.get_mut(c as usize / 64) {
            *word |= 1 << (c as usize % 64);
        }
    }
    Forms { looked_for, of }
});

impl Forms {
    /// Whether a character is the same whatever stands around it.
    fn are_settled(&self, c: char) -> bool {
        self.looked_for.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 0)
    }
}

/// Traditional characters with their simplified forms, as OpenCC's tables have them; where there are several the commonest.
fn simplified() -> impl Iterator<Item = (char, char)> {
    Dictionary::TSCharacters.iter().filter_map(|(from, to)| Some((only(from)?, only(to)?)))
}

/// The radicals (U+2E80 to U+2FDF) and compatibility ideographs (U+F900 to U+FAFF) that fonts' tables give for ideographs,
/// with their compatibility decompositions (Unicode, UAX 15).
fn look_alikes() -> impl Iterator<Item = (char, char)> {
    ('\u{2E80}'..='\u{2FDF}').chain('\u{F900}'..='\u{FAFF}').filter_map(|c| {
        let mut plain = std::iter::once(c).nfkc();
        plain.next().filter(|_| plain.next().is_none()).map(|plain| (c, plain))
    })
}

/// Marks with the form that simplified, horizontal setting has for them: quotation marks of traditional setting, marks of
/// vertical setting (竖排), small and half-width ones, what fonts' tables give for dashes, colons and middle dots, and other
/// spaces.
const MARKS: [(&str, char); 23] = [
    ("「﹁｢〝", '“'),
    ("」﹂｣〞〟", '”'),
    ("『﹃", '‘'),
    ("』﹄", '’'),
    ("︐﹐", '，'),
    ("︑﹑､", '、'),
    ("︒｡", '。'),
    ("︓﹕∶︰", '：'),
    ("︔﹔", '；'),
    ("︕﹗", '！'),
    ("︖﹖", '？'),
    ("︙", '…'),
    ("︱―─", '—'),
    ("︵﹙", '（'),
    ("︶﹚", '）'),
    ("︻", '【'),
    ("︼", '】'),
    ("︽", '《'),
    ("︾", '》'),
    ("﹇", '［'),
    ("•・‧", '·'),
    ("\u{A0}\u{2000}\u{2002}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200A}\u{202F}\u{205F}", ' '),
    ("\u{2001}\u{2003}", '\u{3000}'),
];

/// The private characters under which symbol fonts have their bullets, arrows and boxes (Wingdings, Symbol).
const SYMBOLS: std::ops::RangeInclusive<char> = '\u{F020}'..='\u{F0FF}';

fn marks() -> impl Iterator<Item = (char, char)> {
    let each = MARKS.into_iter().flat_map(|(printed, plain)| printed.chars().map(move |c| (c, plain)));
    each.chain(SYMBOLS.map(|c| (c, '■')))
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The plain form of a character that has the same one everywhere.
fn plain(c: char) -> char {
    let forms = &*FORMS;
    if forms.are_settled(c) { c } else { forms.of.get(&c).copied().unwrap_or(c) }
}

/// A text in plain form, character by character; borrowed where it is plain already.
pub(crate) fn plain_text(text: &str) -> Cow<'_, str> {
    let forms = &*FORMS;
    let mut out: Option<String> = None;
    let mut is_quoting = false;
    let mut done = 0;
    for line in text.split_inclusive('\n') {
        // Most lines have nothing to look at.
        let form = if line.chars().all(|c| forms.are_settled(c)) {
            Cow::Borrowed(line)
        } else {
            plain_line(line, &mut is_quoting)
        };
        if let (Cow::Owned(_), None) = (&form, &out) {
            let mut begun = String::with_capacity(text.len() + text.len() / 8);
            begun.push_str(&text[..done]);
            out = Some(begun);
        }
        if let Some(out) = &mut out {
            out.push_str(&form);
        }
        // What was left open in one text is not closed in another.
        is_quoting = is_quoting && !line.trim().is_empty();
        done += line.len();
    }
    out.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Characters whose form depends on what stands around them: half-width marks (OCR's) that Chinese text has full-width ones for,
/// the full-width full stop, dots that are bullets at a line's beginning, and brackets that are those of years in some texts
/// and round ones in others.
const BY_PLACE: &str = ",;:!?().\"．•‧・〔〕︹︺";

/// A full-width letter or figure.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// A line in plain form; `is_quoting` says whether a straight quotation mark is open.
fn plain_line<'a>(line: &'a str, is_quoting: &mut bool) -> Cow<'a, str> {
    let mut out = String::with_capacity(line.len() + 8);
    // The last character that is no white space, and whether there were none but Chinese numerals.
    let (mut before, mut is_number) = (None, true);
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next().filter(|&next| next != '\n');
        let form = match c {
            _ if is_wide(c) => char::from_u32(c as u32 - WIDE).unwrap_or(c),
            '"' => {
                *is_quoting = opens_quote(before, next, *is_quoting);
                if *is_quoting { '“' } else { '”' }
            }
            '.' | '．' if is_chinese(before) && !next.is_some_and(|c| c.is_ascii_alphanumeric() || is_wide(c)) => {
                if is_number {
                    '、'
                } else {
                    '。'
                }
            }
            ',' | ';' | ':' | '!' | '?' | '(' | ')' if is_chinese(before) || is_chinese(next) => {
                char::from_u32(c as u32 + WIDE).unwrap_or(c)
            }
            '•' | '‧' | '・' if before.is_none() && line.matches(c).count() == 1 => '●',
            '〔' | '︹' if next.is_some_and(|c| c.is_numeric()) => '〔',
            '〔' | '︹' => '（',
            '〕' | '︺' if before.is_some_and(char::is_numeric) => '〕',
            '〕' | '︺' => '）',
            _ => plain(c),
        };
        if !form.is_whitespace() {
            before = Some(form);
            is_number &= matches!(form, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
        }
        out.push(form);
    }
    if out == line { Cow::Borrowed(line) } else { Cow::Owned(out) }
}

/// An ideograph or one of the marks that stand with them.
fn is_chinese(c: Option<char>) -> bool {
    c.is_some_and(|c| is_han(plain(c)) || (!c.is_ascii() && is_mark(c)))
}

/// Straight quotation marks open and close in turn, unless what stands beside them says which it is.
fn opens_quote(before: Option<char>, next: Option<char>, is_quoting: bool) -> bool {
    match (before, next) {
        (Some(':' | '：'), _) => true,
        (_, Some(next)) if ends_sentence(next) || is_pause(next) => false,
        _ => !is_quoting,
    }
}

/// From a half-width character to the full-width one.
const WIDE: u32 = '！' as u32 - '!' as u32;

/// Printed text in which strings of plain form are looked up.
#[derive(Default)]
pub(crate) struct Printed {
    printed: Vec<char>,
    plain: Vec<char>,
}

impl Printed {
    /// Adds a text with its plain form.
    pub fn add(&mut self, printed: &str, plain: &str) {
        for (printed, plain) in printed.chars().zip(plain.chars()).filter(|(_, plain)| !plain.is_whitespace()) {
            self.printed.push(printed);
            self.plain.push(plain);
        }
    }

    /// `part` with the characters that were printed, if it stands here in one piece (white space not counted).
    pub fn piece(&self, part: &str) -> Option<String> {
        let wanted: Vec<char> = part.chars().filter(|c| !c.is_whitespace()).collect();
        if wanted.is_empty() {
            return None;
        }
        let at = self.plain.windows(wanted.len()).position(|here| here == wanted)?;
        let mut printed = self.printed[at..].iter();
        Some(part.chars().map(|c| if c.is_whitespace() { c } else { *printed.next().unwrap_or(&c) }).collect())
    }

    /// `part` with the characters that were printed: in one piece, else each where it comes next. What is not here at all
    /// stays as it is.
    pub fn restore(&self, part: &str) -> String {
        if let Some(piece) = self.piece(part) {
            return piece;
        }
        let mut from = 0;
        let mut next = |c: char| {
            let ahead = self.plain[from..].iter().position(|&here| here == c).map(|at| from + at);
            let Some(at) = ahead.or_else(|| self.plain.iter().position(|&here| here == c)) else { return c };
            from = at + 1;
            self.printed[at]
        };
        part.chars().map(|c| if c.is_whitespace() { c } else { next(c) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_another_form_is_read_in_plain_form() {
        assert_eq!(plain_text("記者 陸小滿 攝於望湖縣︵石橋鎮︶"), "记者 陆小满 摄于望湖县（石桥镇）");
        // A radical and a compatibility ideograph in the place of ideographs; the plain form of the latter is simplified.
        assert_eq!(plain_text("\u{2F08}\u{F90A}\u{F902}"), "人金车");
        assert!(matches!(plain_text("记者 陆小满：“2024年” Baoku"), Cow::Borrowed(_)));
    }

    #[test]
    fn half_width_marks_in_chinese_text_are_full_width_ones() {
        check("渡口通了,(记者 陆小满)他说:\"好!\"", "渡口通了，（记者 陆小满）他说：“好！”");
        check("一.修桥.", "一、修桥。");
        check("\"桥\"和\"路\",都通了.", "“桥”和“路”，都通了。");
        check("他说\"通了\n\n\"路\"", "他说“通了\n\n“路”");
        check("〔记者 陆小满〕按望政发〔2024〕5号", "（记者 陆小满）按望政发〔2024〕5号");
        check("  •修桥", "  ●修桥");
        check("阿卜•杜拉", "阿卜·杜拉");
        check("•要闻•", "·要闻·");
        check("水位３．５米，比去年低２％", "水位3．5米，比去年低2％");
        for plain in ["12:30到2.5米", "1.修桥", "A.5(b)", "3,500元", "Baoku: 2.0, \u{201C}x\u{201D}"] {
            check(plain, plain);
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain_text(text), expected);
        assert_eq!(plain_text(expected), expected);
    }

    #[test]
    fn plain_forms_are_final_and_keep_white_space_and_line_ends() {
        for (&printed, &form) in &FORMS.of {
            assert_eq!(plain(form), form, "{printed} {form}");
            assert_eq!(printed.is_whitespace(), form.is_whitespace(), "{printed:?}");
            assert!(!printed.is_ascii() && (!form.is_ascii() || form == ' '), "{printed:?}");
        }
    }

    #[test]
    fn strings_get_back_the_characters_that_were_printed() {
        let mut printed = Printed::default();
        let text = "皇后號 渡船\n三日後啟航";
        printed.add(text, &plain_text(text));
        assert_eq!(printed.restore("三日后启航"), "三日後啟航");
        assert_eq!(printed.restore("皇后号 渡船 启航"), "皇后號 渡船 啟航");
        assert_eq!(printed.restore("后 号 启 湖"), "后 號 啟 湖");
        assert_eq!(printed.piece("渡船三日"), Some("渡船三日".to_owned()));
        assert_eq!(printed.piece("渡船启航"), None);
        assert_eq!(printed.piece(" "), None);
    }
}
