//! Page labels (版次) in names: A1, 第02版, 02版, P3, and a bare number only right behind a date.
//!
//! Labels come out as an archivist files them: the letter in upper case, no leading zeros ("A01" and "a1" are "A1").

use super::date::{self, Dated, digits_end, word_end, word_start};

/// The highest page number that is believed.
const MOST_PAGES: u32 = 64;

/// The label of the file's own name, else of a folder that is a label and nothing else.
pub(super) fn find(stem: &str, dated: Option<&Dated>, folders: &[&str]) -> Option<String> {
    let date_range = dated.and_then(|dated| dated.in_stem.clone());
    if date_range.as_ref().is_none_or(|range| range.len() < stem.len()) {
        let label = before_ban(stem).or_else(|| lettered(stem)).or_else(|| behind_date(stem, dated));
        if label.is_some() {
            return label;
        }
    }
    // Deeper folders say more; one that holds the date is the day's, not the page's.
    folders.iter().rev().take(2).find_map(|folder| {
        let folder = folder.trim();
        before_ban(folder).or_else(|| if date::whole(folder).is_none() { whole_label(folder) } else { None })
    })
}

/// "第02版", "02版", "A01版", "第二版".
fn before_ban(name: &str) -> Option<String> {
    name.match_indices('版').find_map(|(at, _)| {
        let head = &name[..at];
        let digits_from = head.len() - head.bytes().rev().take_while(u8::is_ascii_digit).count();
        if digits_from == head.len() {
            return chinese_ordinal(head).map(|n| n.to_string());
        }
        let letter = head[..digits_from].chars().next_back().filter(char::is_ascii_alphabetic);
        let from = digits_from - usize::from(letter.is_some());
        let is_own_word = word_start(name.as_bytes(), digits_from) == from;
        let label = if is_own_word { make(letter, &head[digits_from..]) } else { None };
        // "2023版" is an edition, and make() refuses its number.
        label.filter(|_| !name[at + '版'.len_utf8()..].starts_with('本'))
    })
}

/// The number of "第二版", "第十一版".
fn chinese_ordinal(head: &str) -> Option<u32> {
    let (_, digits) = head.rsplit_once('第')?;
    let value = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as u32 + 1);
    let chars: Vec<char> = digits.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        [one] => value(*one),
        ['十', ones] => Some(10 + value(*ones)?),
        [tens, '十'] => Some(10 * value(*tens)?),
        [tens, '十', ones] => Some(10 * value(*tens)? + value(*ones)?),
        _ => None,
    }
}

/// A Latin word that is a label and nothing else: "A1", "b02", "P3", also glued behind a date ("20230109A01").
fn lettered(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let end = word_end(bytes, at);
        let mut word = &name[at..end];
        if let Some((_, range)) = date::whole(word) {
            word = &word[range.end..];
        }
        if let Some(label) = whole_label(word) {
            return Some(label);
        }
        at = end;
    }
    None
}

/// A name that is a label: one letter A to H with one or two digits, or "P3"/"page 3" for the third page.
fn whole_label(word: &str) -> Option<String> {
    let digits_from = word.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = word.split_at(digits_from);
    if digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match letters {
        "P" | "p" | "page" | "Page" => make(None, digits),
        _ => {
            let mut chars = letters.chars();
            let letter = chars.next().filter(|c| matches!(c.to_ascii_uppercase(), 'A'..='H'))?;
            if chars.next().is_none() { make(Some(letter), digits) } else { None }
        }
    }
}

/// A two-digit number right behind the date ("20230109_03_标题", "2023-01-09-03", "2023010903"), or the whole name of a
/// file in a dated folder ("2023-01-09/03.txt").
fn behind_date(stem: &str, dated: Option<&Dated>) -> Option<String> {
    let rest = match &dated?.in_stem {
        Some(range) => stem[range.end..].trim_start_matches(['_', '-', ' ', '.']),
        None => stem.trim(),
    };
    let end = digits_end(rest.as_bytes(), 0);
    let is_whole = dated?.in_stem.is_some() || end == rest.len();
    let is_own_word = word_end(rest.as_bytes(), 0) == end;
    if end == 2 && is_whole && is_own_word { make(None, &rest[..end]) } else { None }
}

fn make(letter: Option<char>, digits: &str) -> Option<String> {
    let number: u32 = digits.parse().ok().filter(|n| (1..=MOST_PAGES).contains(n))?;
    Some(letter.map_or_else(|| number.to_string(), |letter| format!("{}{number}", letter.to_ascii_uppercase())))
}
