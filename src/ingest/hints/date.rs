//! Dates in names: 20230109, 2023-01-09, 2023.1.9, 2023年1月9日, and folders such as 2023/01/09.

use jiff::civil::Date;
use std::ops::Range;

/// A date and where it stands in the file's own name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) date: Date,
    /// Bytes of the stem that the date takes, if it stands in the stem.
    pub(super) in_stem: Option<Range<usize>>,
}

/// The nearest date: in the file's stem, else in a folder, else spread over folders.
pub(super) fn find(stem: &str, folders: &[&str]) -> Option<Dated> {
    if let Some((date, range)) = whole(stem) {
        return Some(Dated { date, in_stem: Some(range) });
    }
    let mut below = vec![stem];
    for (depth, folder) in folders.iter().enumerate().rev() {
        if let Some((date, _)) = whole(folder) {
            return Some(Dated { date, in_stem: None });
        }
        if let Some(date) = spread(folder, &below) {
            let took_stem = below.len() <= parts_used(folder);
            return Some(Dated { date, in_stem: took_stem.then_some(0..stem.len()) });
        }
        below.insert(0, folders[depth]);
    }
    None
}

/// A whole date within one name.
pub(super) fn whole(name: &str) -> Option<(Date, Range<usize>)> {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = digits_end(bytes, at);
        let found = match end - at {
            4 => separated(name, at, end),
            // A day, or a day with the page's number behind it.
            8 | 10 => compact(name, at, end),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at = end;
    }
    None
}

/// "20230109", "PHRB20230109", "20230109A01", "2023010902".
fn compact(name: &str, at: usize, end: usize) -> Option<(Date, Range<usize>)> {
    let bytes = name.as_bytes();
    // The Latin word around it must be nothing but letters, the date, and a short label: hashes and serial numbers mix.
    let start = word_start(bytes, at);
    let stop = word_end(bytes, end);
    if !bytes[start..at].iter().all(u8::is_ascii_alphabetic) || !is_label_or_empty(&bytes[end..stop]) {
        return None;
    }
    if end - at == 10 && !matches!(number(&name[at + 8..end]), Some(1..=64)) {
        return None;
    }
    let date = valid(number(&name[at..at + 4])?, number(&name[at + 4..at + 6])?, number(&name[at + 6..at + 8])?)?;
    Some((date, at..at + 8))
}

/// "2023-01-09", "2023_1_9", "2023.1.9", "2023 1 9", "2023年1月9日".
fn separated(name: &str, at: usize, end: usize) -> Option<(Date, Range<usize>)> {
    let is_part_of_word = at > 0 && name.as_bytes()[at - 1].is_ascii_alphabetic() && !word_is_letters(name, at);
    if is_part_of_word || name[..at].ends_with('.') {
        return None;
    }
    let year = number(&name[at..end])?;
    let (first, rest) = split_first(&name[end..])?;
    let (month, rest) = short_number(rest.trim_start_matches(' '))?;
    let (second, rest) = split_first(rest)?;
    let is_chinese = first == '年' && second == '月';
    if !is_chinese && (first != second || !matches!(first, '-' | '_' | '.' | ' ' | '/')) {
        return None;
    }
    let (day, rest) = short_number(rest.trim_start_matches(' '))?;
    // "2023-01-09" must not be the head of "2023-01-0912" (short_number saw to that) or of "2023.1.9.4".
    if first == '.' && rest.strip_prefix('.').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let rest = if is_chinese { rest.strip_prefix(['日', '号']).unwrap_or(rest) } else { rest };
    Some((valid(year, month, day)?, at..name.len() - rest.len()))
}

/// A date whose year (and month) stand in `folder` and the rest in the names below it.
fn spread(folder: &str, below: &[&str]) -> Option<Date> {
    let folder = folder.trim();
    if let Some((year, month)) = year_and_month(folder) {
        return valid(year, month, only_number(below.first()?, &['日', '号'])?);
    }
    let year = only_year(folder)?;
    let next = below.first()?.trim();
    if let Some((month, day)) = month_and_day(next) {
        return valid(year, month, day);
    }
    if let Some((also, month)) = year_and_month(next) {
        return if also == year { valid(year, month, only_number(below.get(1)?, &['日', '号'])?) } else { None };
    }
    valid(year, only_number(next, &['月'])?, only_number(below.get(1)?, &['日', '号'])?)
}

/// How many names below `folder` a spread date took.
fn parts_used(folder: &str) -> usize {
    if year_and_month(folder.trim()).is_some() { 1 } else { 2 }
}

/// "202301", "2023-01", "2023年1月".
fn year_and_month(name: &str) -> Option<(u32, u32)> {
    if name.len() == 6 && name.bytes().all(|b| b.is_ascii_digit()) {
        return Some((plausible_year(number(&name[..4])?)?, number(&name[4..])?));
    }
    let (year, rest) = name.split_at_checked(4)?;
    let year = plausible_year(number(year)?)?;
    let (mark, rest) = split_first(rest)?;
    match mark {
        '年' => Some((year, only_number(rest.strip_suffix('月')?, &[])?)),
        '-' | '_' | '.' => Some((year, only_number(rest, &[])?)),
        _ => None,
    }
}

/// "0109", "1月9日", "01-09".
fn month_and_day(name: &str) -> Option<(u32, u32)> {
    if name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit()) {
        return Some((number(&name[..2])?, number(&name[2..])?));
    }
    let (month, rest) = short_number(name)?;
    let (mark, rest) = split_first(rest)?;
    match mark {
        '月' => Some((month, only_number(rest, &['日', '号'])?)),
        '-' | '_' | '.' => Some((month, only_number(rest, &[])?)),
        _ => None,
    }
}

fn only_year(name: &str) -> Option<u32> {
    let digits = name.strip_suffix('年').unwrap_or(name);
    if digits.len() == 4 { plausible_year(number(digits)?) } else { None }
}

/// A name that is one or two digits and nothing else but an optional unit.
fn only_number(name: &str, units: &[char]) -> Option<u32> {
    let name = name.trim();
    let digits = name.strip_suffix(units).unwrap_or(name);
    if (1..=2).contains(&digits.len()) { number(digits) } else { None }
}

/// The one- or two-digit number at the start, not the head of a longer one.
fn short_number(text: &str) -> Option<(u32, &str)> {
    let end = digits_end(text.as_bytes(), 0);
    if (1..=2).contains(&end) { Some((number(&text[..end])?, &text[end..])) } else { None }
}

fn number(digits: &str) -> Option<u32> {
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn valid(year: u32, month: u32, day: u32) -> Option<Date> {
    plausible_year(year)?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Modern newspapers, and not the far future.
fn plausible_year(year: u32) -> Option<u32> {
    (1900..=2099).contains(&year).then_some(year)
}

fn split_first(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    Some((chars.next()?, chars.as_str()))
}

pub(super) fn digits_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count()
}

pub(super) fn word_start(bytes: &[u8], at: usize) -> usize {
    at - bytes[..at].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count()
}

pub(super) fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

fn word_is_letters(name: &str, at: usize) -> bool {
    name.as_bytes()[word_start(name.as_bytes(), at)..at].iter().all(u8::is_ascii_alphabetic)
}

/// Nothing, or a letter with at most two digits ("A01", "b2").
fn is_label_or_empty(word: &[u8]) -> bool {
    match word {
        [] => true,
        [letter, digits @ ..] => {
            letter.is_ascii_alphabetic() && (1..=2).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        }
    }
}
