//! Pinyin, for suggestions only: what is typed in Latin letters may mean Chinese names. It never decides a hit.

use pinyin::ToPinyin as _;

/// Whether `typed` (Latin letters) spells the beginning of `name`: in full pinyin, in initials, or mixed ("pinghu", "ph",
/// "pingh" all spell 平湖).
pub fn spells(typed: &str, name: &str) -> bool {
    let letters: Vec<u8> =
        typed.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'\'').map(|b| b.to_ascii_lowercase()).collect();
    if letters.is_empty() || !letters.iter().all(u8::is_ascii_lowercase) {
        return false;
    }
    let syllables: Option<Vec<&str>> = name.chars().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect();
    syllables.is_some_and(|syllables| fits(&letters, &syllables))
}

/// Each syllable takes some of its letters, at least the first, until none is left.
fn fits(letters: &[u8], syllables: &[&str]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((first, rest)) = syllables.split_first() else { return false };
    let shared = first.bytes().zip(letters).take_while(|(a, b)| a == *b).count();
    (1..=shared).rev().any(|taken| fits(&letters[taken..], rest))
}

/// Whether two characters are read alike, tones aside: what a Pinyin keyboard mistakes for each other.
pub fn sounds_alike(one: char, other: char) -> bool {
    let plain = |c: char| c.to_pinyin().map(pinyin::Pinyin::plain);
    plain(one).is_some_and(|reading| plain(other) == Some(reading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, name: &str, expected: bool) {
        assert_eq!(spells(typed, name), expected, "{typed} {name}");
    }

    #[test]
    fn a_slip_of_the_keyboard_sounds_alike() {
        assert!(sounds_alike('胡', '湖') && !sounds_alike('胡', '平') && !sounds_alike('a', 'a'));
    }

    #[test]
    fn full_initial_and_mixed_spellings_meet() {
        check("pinghu", "平湖", true);
        check("ph", "平湖", true);
        check("pingh", "平湖市", true);
        check("phs", "平湖市", true);
        check("hu", "平湖", false);
        check("pinghushi", "平湖", false);
        check("平", "平湖", false);
        check("", "平湖", false);
    }
}
