//! People named with their offices: "镇卫生院院长某某介绍". Those who signed are not among them.

use super::phrases::Phrases;
use super::story::{Story, starts_with};
use crate::model::{Article, Person};
use serde::Deserialize;
use std::sync::LazyLock;

/// Words around names (`assets/names.toml`).
#[derive(Debug)]
struct Words {
    offices: Phrases<()>,
    followers: Phrases<()>,
    surnames: Vec<bool>,
    double_surnames: Vec<[char; 2]>,
    stops: Vec<char>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    surnames: String,
    double_surnames: Vec<String>,
    offices: Vec<String>,
    followers: Vec<String>,
    never: String,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test holds the file to be sound.
    let file: File = toml::from_str(include_str!("../../assets/names.toml")).unwrap_or_default();
    let mut surnames = vec![false; 0x1_0000];
    for c in file.surnames.chars().filter(|c| !c.is_whitespace()) {
        surnames[(c as usize) & 0xFFFF] = true;
    }
    let pair = |s: &String| {
        let mut chars = s.chars();
        Some([chars.next()?, chars.next()?])
    };
    Words {
        offices: Phrases::new(file.offices.into_iter().map(|w| (w, ()))),
        followers: Phrases::new(file.followers.into_iter().map(|w| (w, ()))),
        surnames,
        double_surnames: file.double_surnames.iter().filter_map(pair).collect(),
        stops: file.never.chars().filter(|c| !c.is_whitespace()).collect(),
    }
});

/// People per article; a list of winners is no catalogue entry.
const MOST: usize = 40;
/// Characters of an office, counted back from the name.
const LONGEST_OFFICE: usize = 40;

/// Whether `c` is a common surname of one character.
pub(super) fn is_surname(c: char) -> bool {
    WORDS.surnames.get(c as usize).copied().unwrap_or(false)
}

/// Whether `c` is an ideograph.
pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

/// Fills in the people of `article`.
pub(super) fn name(article: &mut Article, story: &Story) {
    let words = &*WORDS;
    for text in story.paragraphs.iter().chain([&story.headline]) {
        for office in words.offices.find(text) {
            let Some(end) = name_end(text, office.end, words) else { continue };
            let name = &text[office.end..end];
            let position: String = text[office_start(text, office.start)..office.end].iter().collect();
            if story.signatures.iter().any(|signature| signature == name) {
                continue;
            }
            let name: String = name.iter().collect();
            let is_full = article.people.len() >= MOST;
            match article.people.iter_mut().find(|person| person.name == name) {
                // The fullest wording of an office is kept: "镇卫生院院长" rather than "院长".
                Some(person) => {
                    let shorter = person.position.as_ref().is_none_or(|p| p.chars().count() < position.chars().count());
                    if shorter {
                        person.position = Some(position);
                    }
                }
                None if is_full => return,
                None => article.people.push(Person { name, position: Some(position) }),
            }
        }
    }
}

/// Where the name ends that begins at `start`, if one does.
fn name_end(text: &[char], start: usize, words: &Words) -> Option<usize> {
    let first = *text.get(start)?;
    let is_double = text.get(start + 1).is_some_and(|second| words.double_surnames.contains(&[first, *second]));
    if !is_double && !is_surname(first) {
        return None;
    }
    let lengths: &[usize] = if is_double { &[4, 3] } else { &[3, 2] };
    lengths.iter().copied().map(|length| start + length).find(|&end| {
        let Some(name) = text.get(start..end) else { return false };
        let given_is_fine = name.iter().all(|c| is_han(*c) && !words.stops.contains(c));
        let follower = match text.get(end) {
            None => true,
            Some(c) if !is_han(*c) && !c.is_alphanumeric() => true,
            _ => words.followers.longest_at(text, end).is_some(),
        };
        given_is_fine && follower
    })
}

/// Where the office begins whose last word begins at `at`: after the last mark or verb.
fn office_start(text: &[char], at: usize) -> usize {
    let least = at.saturating_sub(LONGEST_OFFICE);
    let mut start = at;
    while start > least {
        let c = text[start - 1];
        let joins = is_han(c) || c.is_ascii_digit() || matches!(c, '、' | '·' | '（' | '）' | '“' | '”');
        if !joins || is_break(text, start) {
            break;
        }
        start -= 1;
    }
    while start < at && matches!(text[start], '、' | '”' | '）' | '·') {
        start += 1;
    }
    start
}

/// Whether a word that cannot belong to an office ends right before `at`.
fn is_break(text: &[char], at: usize) -> bool {
    const BREAKS: [&str; 26] = [
        "的", "了", "在", "是", "和", "与", "向", "对", "被", "由", "从", "把", "让", "请", "到", "说", "据", "给",
        "跟", "叫", "岁", "访", "有", "找", "来", "以来",
    ];
    BREAKS.iter().any(|word| {
        let length = word.chars().count();
        at >= length && starts_with(&text[at - length..at], word)
    })
}
