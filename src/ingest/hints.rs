//! What file and folder names say about a page: date, page label, newspaper.
//!
//! Names are guesses of people and programs, so the rules are cautious: a hash, a time stamp or a running number must
//! give no hint, and a wrong hint is worse than none. The nearest name wins: the file's own, then its folder's, and up.

mod date;
mod label;
mod newspaper;

use crate::model::Hints;

/// Folders above the file that are looked at.
const FOLDERS: usize = 5;

/// The hints in a path with `/` or `\` between folders.
pub fn hints_from_path(path: &str) -> Hints {
    let path = path.replace('\\', "/");
    let mut names: Vec<String> = path.split('/').filter(|name| !name.is_empty()).map(fold_width).collect();
    let keep = names.len().saturating_sub(FOLDERS + 1);
    names.drain(..keep);
    let Some(file) = names.pop() else { return Hints::default() };
    let stem = stem(&file);
    let folders: Vec<&str> = names.iter().map(|name| stem_of_folder(name)).collect();
    let dated = date::find(stem, &folders);
    Hints {
        page_label: label::find(stem, dated.as_ref(), &folders),
        newspaper: newspaper::find(stem, &folders),
        date: dated.map(|dated| dated.date),
        ..Hints::default()
    }
}

/// A date as people write it and nothing else: 2023-01-09, 20230109, 2023.1.9, 2023/1/9, 2023年1月9日.
pub fn parse_date(text: &str) -> Option<jiff::civil::Date> {
    let text = fold_width(text.trim());
    let (date, range) = date::whole(&text)?;
    (range == (0..text.len())).then_some(date)
}

/// Full-width digits, letters and marks as their ASCII twins.
fn fold_width(name: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    name.chars().map(narrow).collect()
}

/// The file's name without its ending; an ending has letters only, so that "2023.1.9" keeps its day.
fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && !ending.is_empty()
                && ending.len() <= 5
                && ending.bytes().all(|b| b.is_ascii_alphanumeric())
                && ending.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            stem
        }
        _ => file,
    }
}

/// A zip counts as the folder of its members.
fn stem_of_folder(name: &str) -> &str {
    if crate::ingest::scan::is_zip_name(name) { stem(name) } else { name }
}

#[cfg(test)]
mod tests;
