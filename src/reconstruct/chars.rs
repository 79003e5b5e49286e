//! What single characters are to a compositor: widths and classes. Knows nothing of lines or articles.

/// A Chinese character (ideographs of all planes, the iteration mark and the ideographic zero).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}'
        | '々' | '〇' | '○')
}

/// Width in half ems: 1 for Latin letters, digits and half-width marks, 2 for everything a Chinese font sets on a full
/// square, 0 for white space (a dump's spaces are mostly artefacts of justification).
pub(crate) fn half_ems(c: char) -> u32 {
    if c.is_whitespace() || c.is_control() {
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

/// A character that ends the names of places and bodies.
pub(crate) fn ends_place(c: char) -> bool {
    matches!(
        c,
        '镇' | '村'
            | '县'
            | '市'
            | '区'
            | '街'
            | '乡'
            | '州'
            | '省'
            | '局'
            | '院'
            | '校'
            | '厂'
            | '站'
            | '社'
            | '馆'
    )
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
pub(crate) fn is_finished(text: &[char]) -> bool {
    let mut tail = text.iter().rev().copied().filter(|c| !c.is_whitespace());
    match tail.next() {
        Some(c) if ends_sentence(c) || c == '…' => true,
        Some(c) if closes(c) || c == '"' => tail.next().is_some_and(|c| ends_sentence(c) || c == '…' || closes(c)),
        _ => false,
    }
}
