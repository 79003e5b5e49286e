//! An article as the catalogue reads it: its fields as characters in [plain form](crate::reconstruct), quotations and
//! speakers marked. Made once for each article, so that towns, section, kind, dates and people do not each take the text apart
//! again.

use crate::model::{Article, BylineRole};
use crate::reconstruct::plain::{Printed, plain_text};
use std::borrow::Cow;

/// One article, ready to be looked through.
#[derive(Debug)]
pub(super) struct Story {
    /// Kicker, title (where printed) and subtitle.
    pub(super) headline: Vec<char>,
    /// Printed column name.
    pub(super) column: Vec<char>,
    /// Offices of those who signed.
    pub(super) offices: Vec<char>,
    /// Names of those who signed.
    pub(super) signatures: Vec<Vec<char>>,
    /// Paragraphs in reading order.
    pub(super) paragraphs: Vec<Vec<char>>,
    /// Subheads in reading order.
    pub(super) subheads: Vec<Vec<char>>,
    /// Number of characters of the paragraphs.
    pub(super) length: usize,
    /// It was printed in plain form.
    pub(super) is_plain: bool,
}

impl Story {
    /// Reads `article`.
    pub(super) fn new(article: &Article) -> Self {
        let mut is_plain = true;
        let mut plain_chars = |text: &str| -> Vec<char> {
            let plain = plain_text(text);
            is_plain &= matches!(plain, Cow::Borrowed(_));
            plain.chars().collect()
        };
        let mut headline: Vec<char> = Vec::new();
        let title = article.title_printed.then_some(&article.title);
        for field in article.kicker.iter().chain(title).chain(&article.subtitle) {
            headline.extend(plain_chars(field));
            headline.push('\n');
        }
        let mut offices = Vec::new();
        for byline in article.bylines.iter().filter(|b| b.role == BylineRole::Author) {
            offices.extend(byline.position.iter().flat_map(|p| plain_chars(p)));
            offices.push('\n');
        }
        let paragraphs: Vec<Vec<char>> = article.paragraphs().map(&mut plain_chars).collect();
        Self {
            headline,
            column: article.column.iter().flat_map(|c| plain_chars(c)).collect(),
            offices,
            signatures: article.bylines.iter().map(|b| plain_chars(&b.name)).collect(),
            length: paragraphs.iter().map(Vec::len).sum(),
            paragraphs,
            subheads: article.subheads().map(&mut plain_chars).collect(),
            is_plain,
        }
    }

    /// Number of the paragraph that opens the story itself: an editor's note in front of it does not.
    pub(super) fn lead(&self) -> usize {
        usize::from(self.paragraphs.len() > 1 && self.paragraphs.first().is_some_and(|p| is_editors_note(p)))
    }
}

/// The texts and headlines of articles, to find in them how words were printed that a story has in plain form.
pub(super) fn as_printed<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Printed {
    let mut printed = Printed::default();
    for article in articles {
        let headline = article.kicker.iter().chain([&article.title]).chain(&article.subtitle).map(String::as_str);
        article.paragraphs().chain(headline).for_each(|text| printed.add(text, &plain_text(text)));
    }
    printed
}

/// Whether a paragraph is an editor's note (编者按).
pub(super) fn is_editors_note(paragraph: &[char]) -> bool {
    const OPENINGS: [&str; 7] = ["编者按", "编者的话", "编者语", "编前语", "编后语", "【编者按", "[编者按"];
    OPENINGS.iter().any(|opening| starts_with(paragraph, opening))
}

/// Whether `chars` begins with `text`.
pub(super) fn starts_with(chars: &[char], text: &str) -> bool {
    let mut rest = chars.iter();
    text.chars().all(|c| rest.next() == Some(&c))
}

/// Whether `chars` ends with `text`.
pub(super) fn ends_with(chars: &[char], text: &str) -> bool {
    let mut rest = chars.iter().rev();
    text.chars().rev().all(|c| rest.next() == Some(&c))
}

/// Whether `chars` holds `text`.
pub(super) fn contains(chars: &[char], text: &str) -> bool {
    let mut rest = text.chars();
    let Some(first) = rest.next() else { return true };
    chars.iter().enumerate().any(|(at, &c)| c == first && starts_with(&chars[at + 1..], rest.as_str()))
}
