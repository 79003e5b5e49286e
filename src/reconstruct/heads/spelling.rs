//! What a headline line begins and ends with.

use super::super::chars::is_bullet;
use super::super::dates::is_numeral;
use super::super::words::mixed;
use super::SPELT;

/// What a line begins with: see [`super::Seen`].
pub(super) fn begins(chars: &[char]) -> usize {
    match chars[0] {
        c if is_bullet(c) => 1,
        '【' | '〔' | '［' | '[' | '《' | '〈' => 2,
        '①'..='⑳' | '(' | '（' => 3,
        c if (is_numeral(c) || c.is_ascii_digit()) && chars.get(1).is_some_and(|c| matches!(c, '、' | '.' | '．')) => {
            3
        }
        _ => 0,
    }
}

/// Quotes of a line: none, whole ones, only an opening or a closing one, begins with one.
pub(super) fn quotes(head: &[char]) -> usize {
    match (head.contains(&'“'), head.contains(&'”'), head[0] == '“') {
        (false, false, _) => 0,
        (true, true, false) => 1,
        (.., false) => 2,
        (.., true) => 3,
    }
}

pub(super) fn spelt(chars: &[char]) -> [usize; 3] {
    let slot = |a: char, b: char| (mixed(a, b) >> 12) as usize % SPELT;
    let (first, last) = (chars[0], chars[chars.len() - 1]);
    let second = chars.get(1).copied().unwrap_or(' ');
    let last_but_one = chars.len().checked_sub(2).map_or(' ', |at| chars[at]);
    [slot(last, ' '), slot(last_but_one, last), slot(first, second)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_brackets_and_numbers_begin_a_line() {
        let of = |text: &str| begins(&text.chars().collect::<Vec<_>>());
        assert_eq!(["●渡口复航", "【田间课堂】", "①先修桥", "一、先修桥", "2.再修路"].map(of), [1, 2, 3, 3, 3]);
        assert_eq!(["渡口复航", "一村一桥", "“渡口”复航"].map(of), [0, 0, 0]);
    }
}
