//! Characters in the form that word lists and learned weights know (通用规范字): a page in traditional characters (繁体字)
//! is read as if it were printed in simplified ones, and so are the look-alikes that PDF extraction puts in the place of
//! ideographs. Every character has one plain form of one character, so that places in the text stay what they are. What is
//! filed has the characters that were printed. Knows nothing of lines or articles.

use hanconv::Dictionary;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// Characters that have another plain form.
struct Forms {
    /// A bit for each character of the first plane that has one: most characters are out with that.
    first_plane: Vec<u64>,
    of: FxHashMap<char, char>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut of = FxHashMap::default();
    for (printed, plain) in look_alikes().chain(MARKS).chain(simplified()) {
        if printed != plain {
            of.insert(printed, plain);
        }
    }
    // The simplified form of a look-alike.
    let again: Vec<(char, char)> = of.iter().filter_map(|(&from, to)| Some((from, *of.get(to)?))).collect();
    of.extend(again);
    let mut first_plane = vec![0; 0x1_0000 / 64];
    for &printed in of.keys() {
        if let Some(word) = first_plane.get_mut(printed as usize / 64) {
            *word |= 1 << (printed as usize % 64);
        }
    }
    Forms { first_plane, of }
});

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

/// Quotation marks of traditional and vertical setting (竖排), and other marks of the latter, with those of simplified and
/// horizontal setting.
const MARKS: [(char, char); 29] = [
    ('「', '“'),
    ('」', '”'),
    ('『', '‘'),
    ('』', '’'),
    ('︐', '，'),
    ('︑', '、'),
    ('︒', '。'),
    ('︓', '：'),
    ('︔', '；'),
    ('︕', '！'),
    ('︖', '？'),
    ('︙', '…'),
    ('︱', '—'),
    ('︵', '（'),
    ('︶', '）'),
    ('︹', '〔'),
    ('︺', '〕'),
    ('︻', '【'),
    ('︼', '】'),
    ('︽', '《'),
    ('︾', '》'),
    ('︿', '〈'),
    ('﹀', '〉'),
    ('﹁', '“'),
    ('﹂', '”'),
    ('﹃', '‘'),
    ('﹄', '’'),
    ('﹇', '［'),
    ('﹈', '］'),
];

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The plain form of a character: nearly always itself.
pub(crate) fn plain(c: char) -> char {
    if has_another(c) { FORMS.of.get(&c).copied().unwrap_or(c) } else { c }
}

/// Whether the plain form may be another character.
fn has_another(c: char) -> bool {
    // ASCII and general punctuation never have one.
    c >= '\u{2E80}' && FORMS.first_plane.get(c as usize / 64).is_none_or(|word| word >> (c as usize % 64) & 1 == 1)
}

/// A text in plain form, character by character; borrowed where it is plain already.
pub(crate) fn plain_text(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| plain(c) != c) { text.chars().map(plain).collect::<String>().into() } else { text.into() }
}

/// Printed text in which strings of plain form are looked up.
#[derive(Default)]
pub(crate) struct Printed {
    printed: Vec<char>,
    plain: Vec<char>,
}

impl Printed {
    /// Adds a text.
    pub fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            self.printed.push(c);
            self.plain.push(plain(c));
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
    fn plain_forms_are_final_and_keep_white_space_and_line_ends() {
        for (&printed, &form) in &FORMS.of {
            assert_eq!(plain(form), form, "{printed} {form}");
            assert!(!printed.is_whitespace() && !form.is_whitespace() && !printed.is_ascii() && !form.is_ascii());
        }
    }

    #[test]
    fn strings_get_back_the_characters_that_were_printed() {
        let mut printed = Printed::default();
        printed.add("皇后號 渡船\n三日後啟航");
        assert_eq!(printed.restore("三日后启航"), "三日後啟航");
        assert_eq!(printed.restore("皇后号 渡船 启航"), "皇后號 渡船 啟航");
        assert_eq!(printed.restore("后 号 启 湖"), "后 號 啟 湖");
        assert_eq!(printed.piece("渡船三日"), Some("渡船三日".to_owned()));
        assert_eq!(printed.piece("渡船启航"), None);
        assert_eq!(printed.piece(" "), None);
    }
}
