//! Texts that are nearly the same: a fingerprint that changes little when the text does, and what differs.

use super::{Field, FoldedDoc};
use serde::Serialize;

/// Fingerprints that differ in at most so many bits are worth comparing.
pub const NEAR_BITS: u32 = 7;
/// Beyond so many edits two texts are shown as wholly different.
const MAX_EDITS: usize = 1_500;

/// SimHash over the character pairs of the body (of the headline when there is no body); 0 for a text without pairs.
pub fn fingerprint(doc: &FoldedDoc) -> u64 {
    let text = if doc.body.len() > 1 { doc.part(Field::Body) } else { doc.part(Field::Title) };
    if text.len() < 2 {
        return 0;
    }
    let mut ones = [0u32; 64];
    // Eight counters of one byte stand in each word, and a byte of the hash adds to eight of them at once; they are
    // emptied before they can overflow.
    let mut lanes = [0u64; 8];
    for from in (0..text.len() - 1).step_by(255) {
        for pair in text[from..(from + 256).min(text.len())].windows(2) {
            let hash = mix(u64::from(pair[0] as u32) << 32 | u64::from(pair[1] as u32));
            lanes.iter_mut().zip(hash.to_le_bytes()).for_each(|(lane, byte)| *lane += SPREAD[usize::from(byte)]);
        }
        for (bit, count) in ones.iter_mut().enumerate() {
            *count += u32::from(lanes[bit / 8].to_le_bytes()[bit % 8]);
        }
        lanes = [0; 8];
    }
    let half = (text.len() - 1) as u32;
    ones.iter().enumerate().fold(0, |print, (bit, &count)| print | u64::from(count * 2 > half) << bit)
}

/// For every byte a word whose eight bytes are its eight bits, lowest first.
const SPREAD: [u64; 256] = {
    let mut table = [0u64; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            table[byte] |= (byte as u64 >> bit & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    table
};

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ z >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    z ^ z >> 32
}

/// A piece of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "part", content = "text")]
pub enum Difference {
    /// In both texts.
    Same(String),
    /// Only in the first.
    Removed(String),
    /// Only in the second.
    Added(String),
}

/// What differs between two texts, character by character (Myers' algorithm).
pub fn differences(old: &str, new: &str) -> Vec<Difference> {
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (middle_a, middle_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut out = Vec::new();
    push(&mut out, Difference::Same, &a[..head]);
    match script(middle_a, middle_b) {
        Some(steps) => steps.into_iter().for_each(|step| match step {
            Step::Same(i) => push(&mut out, Difference::Same, &middle_a[i..=i]),
            Step::Removed(i) => push(&mut out, Difference::Removed, &middle_a[i..=i]),
            Step::Added(i) => push(&mut out, Difference::Added, &middle_b[i..=i]),
        }),
        None => {
            push(&mut out, Difference::Removed, middle_a);
            push(&mut out, Difference::Added, middle_b);
        }
    }
    push(&mut out, Difference::Same, &a[a.len() - tail..]);
    out
}

enum Step {
    Same(usize),
    Removed(usize),
    Added(usize),
}

fn push(out: &mut Vec<Difference>, kind: fn(String) -> Difference, chars: &[char]) {
    if chars.is_empty() {
        return;
    }
    let text: String = chars.iter().collect();
    match (out.last_mut(), kind(String::new())) {
        (Some(Difference::Same(last)), Difference::Same(_))
        | (Some(Difference::Removed(last)), Difference::Removed(_))
        | (Some(Difference::Added(last)), Difference::Added(_)) => last.push_str(&text),
        _ => out.push(kind(text)),
    }
}

/// The shortest edit script, or `None` when it is longer than [`MAX_EDITS`].
fn script(a: &[char], b: &[char]) -> Option<Vec<Step>> {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let limit = MAX_EDITS.min(a.len() + b.len()) as isize;
    let offset = limit + 1;
    let mut furthest = vec![0isize; 2 * offset as usize + 1];
    let mut history: Vec<Vec<isize>> = Vec::new();
    for edits in 0..=limit {
        history.push(furthest[(offset - edits - 1).max(0) as usize..=(offset + edits + 1) as usize].to_vec());
        let mut k = -edits;
        while k <= edits {
            let (left, right) = (furthest[(offset + k - 1) as usize], furthest[(offset + k + 1) as usize]);
            let mut x = if k == -edits || (k != edits && left < right) { right } else { left + 1 };
            let mut y = x - k;
            while x < n && y < m && a[x as usize] == b[y as usize] {
                x += 1;
                y += 1;
            }
            furthest[(offset + k) as usize] = x;
            if x >= n && y >= m {
                return Some(backtrack(&history, n, m));
            }
            k += 2;
        }
    }
    None
}

fn backtrack(history: &[Vec<isize>], n: isize, m: isize) -> Vec<Step> {
    let (mut x, mut y) = (n, m);
    let mut steps = Vec::new();
    for (edits, before) in history.iter().enumerate().rev() {
        let edits = edits as isize;
        let at = |k: isize| before[(k + edits + 1) as usize];
        let k = x - y;
        let down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
        let (from_x, from_y) = match (edits, down) {
            (0, _) => (0, 0),
            (_, true) => (at(k + 1), at(k + 1) - k - 1),
            (_, false) => (at(k - 1), at(k - 1) - k + 1),
        };
        let (start_x, start_y) = match (edits, down) {
            (0, _) => (0, 0),
            (_, true) => (from_x, from_y + 1),
            (_, false) => (from_x + 1, from_y),
        };
        while x > start_x && y > start_y {
            x -= 1;
            y -= 1;
            steps.push(Step::Same(x as usize));
        }
        if edits > 0 {
            steps.push(if down { Step::Added(from_y as usize) } else { Step::Removed(from_x as usize) });
        }
        (x, y) = (from_x, from_y);
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn doc(text: &str) -> FoldedDoc {
        FoldedDoc { body: text.chars().collect(), ..FoldedDoc::default() }
    }

    #[test]
    fn a_changed_word_changes_few_bits() {
        let text = "本报讯，望湖街道的农户昨天在田里忙碌，种子公司送来了三千斤稻种，预计月底前全部插完，今年的产量有望超过去年。";
        let changed = text.replace("三千斤", "五千斤");
        let other = "市图书馆新馆开放以来，周末接待读者两千余人，少儿阅览区最受欢迎，志愿者每天轮班整理书架，借还都可以自助完成。";
        let near = (fingerprint(&doc(text)) ^ fingerprint(&doc(&changed))).count_ones();
        let far = (fingerprint(&doc(text)) ^ fingerprint(&doc(other))).count_ones();
        assert!(near <= NEAR_BITS && far > 2 * NEAR_BITS, "{near} {far}");
    }

    #[test]
    fn each_bit_is_the_majority_of_the_pairs_bits() {
        let text: Vec<char> = "春耕早，望湖街道的农户下田了。".repeat(60).chars().collect();
        let mut balance = [0i32; 64];
        for pair in text.windows(2) {
            let hash = mix(u64::from(pair[0] as u32) << 32 | u64::from(pair[1] as u32));
            balance.iter_mut().enumerate().for_each(|(bit, sum)| *sum += if hash >> bit & 1 == 1 { 1 } else { -1 });
        }
        let expected = (0..64).fold(0, |print, bit| print | u64::from(balance[bit] > 0) << bit);
        assert_eq!(fingerprint(&FoldedDoc { body: text, ..FoldedDoc::default() }), expected);
    }

    #[test]
    fn differences_are_shown_by_character() {
        use Difference::{Added, Removed, Same};
        let text = |s: &str| s.to_owned();
        assert_eq!(
            differences("昨天上午降雪", "昨天下午大雪"),
            [
                Same(text("昨天")),
                Removed(text("上")),
                Added(text("下")),
                Same(text("午")),
                Removed(text("降")),
                Added(text("大")),
                Same(text("雪"))
            ]
        );
        assert_eq!(differences("", ""), []);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_out_of_the_differences(a in "[甲乙丙]{0,30}", b in "[甲乙丙]{0,30}") {
            let (mut old, mut new) = (String::new(), String::new());
            for part in differences(&a, &b) {
                match part {
                    Difference::Same(t) => { old.push_str(&t); new.push_str(&t); }
                    Difference::Removed(t) => old.push_str(&t),
                    Difference::Added(t) => new.push_str(&t),
                }
            }
            prop_assert_eq!((old, new), (a, b));
        }
    }
}
