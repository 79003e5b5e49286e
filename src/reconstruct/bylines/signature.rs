//! Role words and names in any order, word by word.

use super::super::chars::is_han;
use super::names::{is_name, unglued};
use super::words::{Trailing, is_bar, is_body, leading_role, next_role, trailing_role};
use super::{Reading, Shape, is_staff, is_town, sent};
use crate::model::{Byline, BylineRole};
use std::borrow::Cow;

/// Role words and names, and nothing else.
pub(super) fn signed(words: &[Cow<'_, str>], bulleted: bool) -> Option<Reading> {
    let mut signature = Signature { bulleted, ..Signature::default() };
    for (at, word) in words.iter().enumerate() {
        signature.word(word, words.get(at + 1).map(AsRef::as_ref))?;
    }
    signature.reading()
}

/// Names and nothing else.
pub(super) fn bare_names(words: &[Cow<'_, str>], bulleted: bool) -> Option<Reading> {
    if let [town, _, ..] = words
        && is_town(town)
        && is_name(town)
    {
        return sent(town, words);
    }
    let mut signature = Signature { bulleted, ..Signature::default() };
    for name in words {
        is_name(name).then(|| signature.push(name))?;
    }
    signature.reading()
}

/// A signature while it is read.
#[derive(Default)]
struct Signature {
    /// A bullet stands before it.
    bulleted: bool,
    names: Vec<Byline>,
    /// What those are called whose names follow.
    role: Option<BylineRole>,
    any_role: bool,
    /// The first name behind the last role word.
    since: usize,
    /// Names before any role word.
    uncalled: usize,
}

impl Signature {
    /// Takes one word, which may hold roles and names in any number; nothing if it is no word of a signature.
    fn word(&mut self, word: &str, next: Option<&str>) -> Option<()> {
        let mut rest = word;
        let mut begins = true;
        while !rest.is_empty() {
            let (behind, is_behind_name) = (rest, self.names.len() > self.since);
            if let Some((length, trailing)) = trailing_role(behind).filter(|_| is_behind_name) {
                let tail = behind[length..].trim_start_matches(is_bar);
                let ends = if tail.is_empty() {
                    next.is_none_or(|next| leading_role(next).is_some())
                } else {
                    leading_role(tail).is_some()
                };
                if self.role.is_none() || ends {
                    self.trail(trailing);
                    rest = tail;
                    continue;
                }
            }
            if let Some((length, role)) = leading_role(rest) {
                let called = &rest[..length];
                rest = rest[length..].trim_start_matches(is_bar);
                self.any_role = true;
                self.since = self.names.len();
                self.role = Some(role);
                // Who writes for the house alone signs by the house.
                if role == BylineRole::Author && rest.is_empty() && next.is_none() && is_staff(called) {
                    self.push(called);
                }
                begins = false;
                continue;
            }
            let end = next_role(rest);
            self.people(rest[..end].trim_end_matches(is_bar), begins)?;
            let behind = rest[end..].trim_start_matches(is_bar);
            // A word that only follows names stands before them.
            if behind.len() == rest.len() {
                return None;
            }
            rest = behind;
        }
        Some(())
    }

    /// A role word behind the names it belongs to.
    fn trail(&mut self, trailing: Trailing) {
        for name in &mut self.names[self.since..] {
            name.role = match (trailing, self.role) {
                (Trailing::Took, _) => BylineRole::Photographer,
                (_, Some(role)) => role,
                (Trailing::Wrote, None) => BylineRole::Reporter,
                (Trailing::Sent, None) => BylineRole::Correspondent,
                (Trailing::Told, None) => BylineRole::Author,
            };
        }
        self.any_role = true;
        self.since = self.names.len();
        self.role = None;
    }

    /// One name, or several without anything between them; `begins` says that it stands apart from its role.
    fn people(&mut self, text: &str, begins: bool) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        let count = text.chars().count();
        let is_long = count > 3 && !text.contains(['·', '•']);
        let several = if self.role.is_some() && is_long { unglued(text) } else { Vec::new() };
        if is_name(text) {
            self.push(text);
        } else if !several.is_empty() {
            several.into_iter().for_each(|name| self.push(name));
        } else {
            // Rare family names and pen names, where nothing else can stand.
            let may_be_rare = self.role.is_some() && begins && (2..=4).contains(&count);
            let is_rare = may_be_rare && text.chars().all(|c| is_han(c) || c == '·');
            let may_send =
                begins && matches!(self.role, None | Some(BylineRole::Correspondent | BylineRole::Photographer));
            let is_sender = may_send && is_body(text);
            (is_rare || is_sender).then(|| self.push(text))?;
        }
        Some(())
    }

    fn push(&mut self, name: &str) {
        self.uncalled += usize::from(!self.any_role);
        let role = self.role.unwrap_or(BylineRole::Author);
        self.names.push(Byline { role, name: name.to_owned(), position: None });
    }

    fn reading(self) -> Option<Reading> {
        let mut names = self.names;
        // "陆小满 记者": the only role word, behind all names.
        if let Some(role) = self.role.filter(|_| self.since == names.len() && self.uncalled == names.len()) {
            names.iter_mut().for_each(|name| name.role = role);
        }
        // A body that does not send in is in any headline.
        let sends = |role| matches!(role, BylineRole::Correspondent | BylineRole::Photographer);
        let is_anybody = names.iter().any(|n| !is_name(&n.name) && is_body(&n.name) && !sends(n.role));
        let shape = match (names.is_empty(), self.any_role) {
            (true, true) => Shape::RoleOnly,
            (true, false) => return None,
            _ if is_anybody => return None,
            (false, true) if names.iter().all(|n| n.role == BylineRole::Photographer) => Shape::Credit,
            (false, true) => Shape::Signed,
            (false, false) if self.bulleted => Shape::Bulleted,
            // A foreigner's name and a section of two words ("文化·生活") look alike.
            (false, false) if names.iter().any(|n| n.name.contains('·')) => return None,
            (false, false) if names.len() <= 3 => Shape::Names,
            (false, false) => return Some(Reading { shape: Shape::Roll, names: Vec::new() }),
        };
        Some(Reading { shape, names })
    }
}
