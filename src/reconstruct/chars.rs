//! What single characters are to a compositor: widths and classes. Knows nothing of lines or articles.

/// A Chinese character (ideographs of all planes, the iteration mark and the ideographic zero).
pub(crate) fn is_han(c: char) -> bool {
    // Nearly all of them are in the first range.
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
        || matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '々' | '〇' | '○')
}

/// Width in half ems: 1 for Latin letters, digits and half-width marks, 2 for everything a Chinese font sets on a full
/// square, 0 for white space (a dump's spaces are mostly artefacts of justification).
pub(crate) fn half_ems(c: char) -> u32 {
    if is_han(c) {
        2
    } else if c.is_whitespace() || c.is_control() {
        0
    } else if c.is_ascii() || matches!(c, '\u{FF61}'..='\u{FF9F}' | '\u{A1}'..='\u{2AF}') {
        1
    } else {
        2
    }
}

/// A mark that ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '．')
}

/// A closing quote or bracket.
pub(crate) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '］' | ')' | ']')
}

/// An opening quote or bracket.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '［' | '(' | '[')
}

/// Whether a quote or bracket stays open at the end of a text.
pub(crate) fn leaves_open(text: impl Iterator<Item = char>) -> bool {
    text.fold(0i32, |depth, c| (depth + i32::from(opens(c)) - i32::from(closes(c))).max(0)) > 0
}

/// Whether a text closes a quote or bracket before it opens any.
pub(crate) fn closes_first(mut text: impl Iterator<Item = char>) -> bool {
    text.find(|&c| opens(c) || closes(c)).is_some_and(closes)
}

/// A mark inside a sentence, in Chinese or half-width form.
pub(crate) fn is_pause(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':')
}

/// Punctuation of any kind.
pub(crate) fn is_mark(c: char) -> bool {
    ends_sentence(c)
        || closes(c)
        || opens(c)
        || is_pause(c)
        || matches!(c, '—' | '…' | '·' | '-' | '.' | '～' | '~' | '"')
}

/// Characters that end the names of places and bodies.
const PLACE_ENDS: [char; 16] =
    ['镇', '村', '县', '市', '区', '街', '乡', '州', '省', '局', '院', '校', '厂', '站', '社', '馆'];
/// The last seven bits of each of them as one bit: most characters are out with that.
const PLACE_BITS: u128 = {
    let (mut bits, mut at) = (0, 0);
    while at < PLACE_ENDS.len() {
        bits |= 1 << (PLACE_ENDS[at] as u32 % u128::BITS);
        at += 1;
    }
    bits
};

/// A character that ends the names of places and bodies.
pub(crate) fn ends_place(c: char) -> bool {
    PLACE_BITS >> (c as u32 % u128::BITS) & 1 == 1 && PLACE_ENDS.contains(&c)
}

/// A letter of any script but the Chinese.
pub(crate) fn is_foreign_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        // Marks, and there are many; Unicode's tables say the same and take longer.
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{FF00}'..='\u{FF20}' => false,
        c => !is_han(c) && c.is_alphabetic(),
    }
}

/// Three characters whose middle one is a space between phrases: not beside Latin letters or figures.
pub(crate) fn parts_phrases(three: &[char]) -> bool {
    matches!(three, [before, space, after] if space.is_whitespace() && !before.is_ascii() && !after.is_ascii())
}

/// A figure of a small number in words.
pub(crate) fn is_ordinal(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// An ornament that newspapers set before a byline or an item.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '■' | '□'
            | '●'
            | '◎'
            | '○'
            | '◆'
            | '◇'
            | '▲'
            | '△'
            | '▼'
            | '▽'
            | '★'
            | '☆'
            | '►'
            | '▶'
            | '▷'
            | '◀'
            | '◤'
            | '◢'
            | '◣'
            | '◥'
            | '※'
            | '♦'
            | '•'
            | '◉'
            | '◯'
            | '▪'
            | '▌'
            | '▍'
            | '█'
            | '\u{25AA}'..='\u{25AB}'
    )
}

/// Whether the text stops where a sentence may stop: a full stop, or one inside a closing quote.
pub fn is_finished(text: &[char]) -> bool {
    let mut tail = text.iter().rev().copied().filter(|c| !c.is_whitespace());
    match tail.next() {
        Some(c) if ends_sentence(c) || c == '…' => true,
        Some(c) if closes(c) || c == '"' => tail.next().is_some_and(|c| ends_sentence(c) || c == '…' || closes(c)),
        _ => false,
    }
}

/// Whether a line stands within another one; nobody asks of lines that are too long for headlines.
pub(crate) fn contains(line: &[char], part: &[char]) -> bool {
    const LONGEST_PART: usize = 60;
    const LONGEST: usize = 120;
    (1..=LONGEST_PART).contains(&part.len())
        && line.len() <= LONGEST
        && line.windows(part.len()).any(|here| here == part)
}

/// First characters of the words of some lists, to be found fast: most texts begin with none of them.
#[derive(Clone, Debug)]
pub(crate) struct Initials(Vec<char>);

impl Initials {
    /// Of every word of `words`.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::from_iter(words.into_iter().filter_map(|word| word.chars().next()))
    }

    pub fn contain(&self, c: char) -> bool {
        self.0.binary_search(&c).is_ok()
    }

    /// Whether `text` begins with one of them.
    pub fn begin(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|first| self.contain(first))
    }
}

impl FromIterator<char> for Initials {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut out: Vec<char> = characters.into_iter().collect();
        out.sort_unstable();
        Self(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_letters_are_those_of_unicode_without_the_chinese() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_foreign_letter(c), !is_han(c) && c.is_alphabetic(), "{c:?}");
        }
    }
}
