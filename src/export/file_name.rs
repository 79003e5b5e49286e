//! Names of files that every system takes: `2023-01-09 A1 标题.txt`.

use super::text::calling;
use crate::model::StoredArticle;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Longest name in bytes, with its ending. Linux takes 255; the rest is room for what others hang on (a number, `.part`).
pub const MAX_NAME_BYTES: usize = 200;

/// `日期 版次 标题.ext`, as far as they are known.
pub fn file_name(stored: &StoredArticle, extension: &str) -> String {
    let parts = [
        stored.date.best.map(|date| date.to_string()),
        stored.page_label.clone(),
        Some(calling(&stored.article).into_owned()),
    ];
    let stem: Vec<String> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    safe_name(&stem.join(" "), extension)
}

/// `stem.extension` without what Windows forbids, at most [`MAX_NAME_BYTES`] long.
pub fn safe_name(stem: &str, extension: &str) -> String {
    let room = MAX_NAME_BYTES.saturating_sub(extension.len() + 1);
    format!("{}.{extension}", safe_stem(stem, room))
}

fn safe_stem(stem: &str, max_bytes: usize) -> String {
    let mut out = String::with_capacity(stem.len());
    for c in stem.chars().filter(|c| !is_hidden(*c)) {
        out.push(if c.is_control() { ' ' } else { replacement(c) });
    }
    let mut out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = out.floor_char_boundary(max_bytes);
    out.truncate(cut);
    // Windows drops dots and spaces at the end; a dot at the beginning hides the file elsewhere.
    let mut out = out.trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ']).to_owned();
    if out.is_empty() {
        out.push_str("无题");
    }
    if is_reserved(&out) {
        out.insert(0, '_');
    }
    out
}

/// The full-width form of a character that Windows or a shell forbids: it reads the same.
fn replacement(c: char) -> char {
    match c {
        '<' => '＜',
        '>' => '＞',
        ':' => '：',
        '"' => '＂',
        '/' => '／',
        '\\' => '＼',
        '|' => '｜',
        '?' => '？',
        '*' => '＊',
        c => c,
    }
}

/// Marks that turn the direction of a name or cannot be seen in it: a name must be what it looks like.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{61C}' | '\u{FEFF}')
}

/// Names of devices, which Windows reserves whatever their ending.
fn is_reserved(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&base.as_str()) {
        return true;
    }
    let Some(number) = base.strip_prefix("COM").or_else(|| base.strip_prefix("LPT")) else { return false };
    let mut chars = number.chars();
    matches!((chars.next(), chars.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

/// The names that are taken in one folder; compares without upper and lower case, as Windows and macOS do.
#[derive(Debug, Default)]
pub struct NameBook {
    taken: HashSet<String>,
    /// The number to try next for a name that was taken: many articles can have one headline.
    next: HashMap<String, u64>,
}

impl NameBook {
    /// A book of the names in `folder`, none if it is not there.
    pub fn of_folder(folder: &Path) -> Self {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let taken = entries.map(|entry| key(&entry.file_name().to_string_lossy())).collect();
        Self { taken, next: HashMap::new() }
    }

    /// `name`, or `name (2)` and so on when that is taken.
    pub fn take(&mut self, name: &str) -> String {
        if self.taken.insert(key(name)) {
            return name.to_owned();
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let next = self.next.entry(key(name)).or_insert(2);
        loop {
            let number = *next;
            *next += 1;
            let tail = if extension.is_empty() { format!(" ({number})") } else { format!(" ({number}).{extension}") };
            let cut = stem.floor_char_boundary(MAX_NAME_BYTES.saturating_sub(tail.len()));
            let candidate = format!("{}{tail}", stem[..cut].trim_end());
            if self.taken.insert(key(&candidate)) {
                return candidate;
            }
        }
    }
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stem: &str, expected: &str) {
        assert_eq!(safe_name(stem, "txt"), expected);
    }

    #[test]
    fn an_articles_file_is_called_by_date_page_and_headline() {
        let stored = crate::export::fixture::article("春茶\n开采");
        assert_eq!(file_name(&stored, "docx"), "2024-03-18 A1 春茶 开采.docx");
    }

    #[test]
    fn names_hold_nothing_that_windows_forbids() {
        check("问:答? <a/b\\c|d*\"e\">", "问：答？ ＜a／b＼c｜d＊＂e＂＞.txt");
        check("a\0\tb\u{202E}txt.exe\u{200B}", "a btxt.exe.txt");
        check("句点... ", "句点.txt");
        check("..隐藏", "隐藏.txt");
        check(" . ", "无题.txt");
        for name in ["con", "NUL", "aux.tar", "com1", "LPT9", "COM²"] {
            check(name, &format!("_{name}.txt"));
        }
        check("com10", "com10.txt");
        check("contest", "contest.txt");
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let name = safe_name(&"水𬭎".repeat(100), "md");
        assert!(name.len() <= MAX_NAME_BYTES && name.len() > MAX_NAME_BYTES - 5, "{}", name.len());
        assert!(name.ends_with(".md"));
    }

    #[test]
    fn equal_names_are_numbered() {
        let mut book = NameBook::default();
        assert_eq!(book.take("A.txt"), "A.txt");
        assert_eq!(book.take("a.txt"), "a (2).txt");
        assert_eq!(book.take("A.txt"), "A (3).txt");
        let long = safe_name(&"长".repeat(100), "txt");
        book.take(&long);
        let second = book.take(&long);
        assert!(second.len() <= MAX_NAME_BYTES && second.ends_with(" (2).txt"), "{second}");
    }
}
