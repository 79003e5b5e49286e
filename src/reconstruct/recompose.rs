//! Articles from lines whose roles are known: what a person has put right is composed by the same code as what the engine
//! decides. Knows nothing of repairs.

use super::blocks::At;
use super::chars::is_finished;
use super::compose;
use super::drafts::Draft;
use super::labels::Label;
use super::lines::{self, Line};
use super::plain::plain_text;
use super::printed::{Lines, restore_articles};
use crate::model::{Article, Role};
use std::borrow::Cow;
use std::collections::HashMap;

/// Which characters of a line are meant, by their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The first, 0-based.
    pub from: u32,
    /// Behind the last.
    pub to: u32,
}

impl Part {
    /// The whole line.
    pub const WHOLE: Self = Self { from: 0, to: u32::MAX };

    /// Whether the character at `column` is one of them.
    pub fn has(self, column: u32) -> bool {
        self.from <= column && column < self.to
    }
}

/// A line with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenLine {
    /// Its number, 1-based.
    pub line: u32,
    /// What it is.
    pub role: Role,
    /// Running text, captions, subheads: whether a paragraph or heading begins with it.
    pub opens: bool,
    /// What of the line it is; another article may have the rest.
    pub part: Part,
}

/// Composes articles of `text`, each from its lines in reading order. Lines that are blank or not there are left out.
pub fn recompose(text: &str, articles: &[Vec<GivenLine>]) -> Vec<Article> {
    let plain = plain_text(text);
    let mut lines = lines::read_apart(&plain, text);
    let at: HashMap<u32, At> = lines.iter().enumerate().map(|(at, line)| (line.number, at)).collect();
    // Parts of lines stand behind the page's lines, each by itself so that none seems to go on from another.
    let mut parts: HashMap<(u32, u32), At> = HashMap::new();
    for given in articles.iter().flatten().filter(|given| given.part != Part::WHOLE) {
        if let Some(&whole) = at.get(&given.line) {
            let part = lines[whole].cut(given.part.from, given.part.to);
            lines.push(Line::default());
            parts.insert((given.line, given.part.from), lines.len());
            lines.push(part);
        }
    }
    let find = |given: &GivenLine| match given.part {
        Part::WHOLE => at.get(&given.line).copied(),
        part => parts.get(&(given.line, part.from)).copied(),
    };
    let mut articles: Vec<Article> = articles.iter().map(|given| one(given, &lines, find)).collect();
    if let Cow::Owned(_) = plain {
        restore_articles(&mut articles, &Lines::new(text, &plain));
    }
    articles
}

fn one(given: &[GivenLine], lines: &[Line], find: impl Fn(&GivenLine) -> Option<At>) -> Article {
    let mut labels = vec![Label::Furniture; lines.len()];
    let mut draft = Draft { join_certainty: 1.0, ..Draft::default() };
    let mut text: Vec<At> = Vec::new();
    let mut seen: Vec<Role> = Vec::new();
    let mut last_byline = None;
    for given in given {
        let Some(at) = find(given) else { continue };
        let is_first = !seen.contains(&given.role);
        labels[at] = match given.role {
            Role::Byline => {
                let goes_on = last_byline.replace(at).is_some_and(|before: At| before + 1 == at);
                if goes_on { Label::BylineMore } else { Label::Byline }
            }
            role => label(role, is_first, given.opens),
        };
        seen.push(given.role);
        match given.role {
            Role::Column | Role::Kicker | Role::Title | Role::Subtitle => draft.heading.push(at),
            Role::Byline => draft.bylines.push(at),
            Role::Subhead | Role::Body | Role::Caption | Role::Jump | Role::Ednote => text.push(at),
        }
    }
    draft.is_caption = seen.contains(&Role::Caption)
        && !seen.iter().any(|role| matches!(role, Role::Body | Role::Subhead | Role::Ednote | Role::Jump));
    if !text.is_empty() {
        draft.texts.push(text);
    }
    compose::article(&draft, lines, &labels)
}

fn label(role: Role, is_first: bool, opens: bool) -> Label {
    match (role, is_first) {
        (Role::Column, _) => Label::Column,
        (Role::Kicker, true) => Label::Kicker,
        (Role::Kicker, false) => Label::KickerMore,
        (Role::Title, true) => Label::Title,
        (Role::Title, false) => Label::TitleMore,
        (Role::Subtitle, true) => Label::Subtitle,
        (Role::Subtitle, false) => Label::SubtitleMore,
        (Role::Byline, _) => Label::Byline,
        (Role::Subhead, _) => {
            if opens {
                Label::Subhead
            } else {
                Label::SubheadMore
            }
        }
        (Role::Body, true) if opens => Label::Opening,
        (Role::Body, _) => {
            if opens {
                Label::Paragraph
            } else {
                Label::Running
            }
        }
        (Role::Caption, _) => {
            if opens {
                Label::Caption
            } else {
                Label::CaptionMore
            }
        }
        (Role::Jump, _) => Label::Jump,
        (Role::Ednote, _) => {
            if opens {
                Label::Note
            } else {
                Label::NoteMore
            }
        }
    }
}

/// Whether a line of running text ends a sentence, so that what follows may be a paragraph of its own.
pub fn ends_sentence(line: &str) -> bool {
    is_finished(&line.trim().chars().collect::<Vec<char>>())
}
