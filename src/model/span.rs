//! Where text stands in its dump: line ranges with roles, and the source of every restored character.

use serde::{Deserialize, Serialize};

/// What a line of a dump is to its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The small line above the headline (引题, 肩题, 眉题).
    Kicker,
    /// The main headline (主题).
    Title,
    /// The line under the headline (副题), often opened by a dash.
    Subtitle,
    /// The printed name of a standing column or package (栏目, 专栏).
    Column,
    /// Who wrote or photographed it (署名).
    Byline,
    /// A heading inside the body (小标题).
    Subhead,
    /// Running text.
    Body,
    /// The text under a picture (图片说明).
    Caption,
    /// A note that the article goes on elsewhere (下转第2版).
    Jump,
    /// An editor's note that belongs to this one article (编者按).
    Ednote,
}

impl Role {
    /// Every role, in headline-to-end order.
    pub const ALL: [Self; 10] = [
        Self::Kicker,
        Self::Title,
        Self::Subtitle,
        Self::Column,
        Self::Byline,
        Self::Subhead,
        Self::Body,
        Self::Caption,
        Self::Jump,
        Self::Ednote,
    ];

    /// The word of the exchange format (`"kicker"`, `"body"`, …).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kicker => "kicker",
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Column => "column",
            Self::Byline => "byline",
            Self::Subhead => "subhead",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Jump => "jump",
            Self::Ednote => "ednote",
        }
    }

    /// The role of an exchange-format word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// Lines `from..=to` of a dump, counted from 1 as an editor shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LineRange {
    /// First line, 1-based.
    pub from: u32,
    /// Last line, inclusive.
    pub to: u32,
}

impl LineRange {
    /// Ascending line numbers as ranges: `3, 4, 5, 9` is `3-5, 9`.
    pub fn gather(lines: impl IntoIterator<Item = u32>) -> Vec<Self> {
        let mut out: Vec<Self> = Vec::new();
        for line in lines {
            match out.last_mut() {
                Some(last) if last.to + 1 == line || last.to == line => last.to = line,
                _ => out.push(Self { from: line, to: line }),
            }
        }
        out
    }

    /// Whether the range holds line number `line`.
    pub fn contains(self, line: u32) -> bool {
        self.from <= line && line <= self.to
    }

    /// The line numbers of the range.
    pub fn lines(self) -> impl Iterator<Item = u32> {
        self.from..=self.to
    }
}

/// A run of lines that play one role in one article. Blank lines may lie inside.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// First line, 1-based.
    pub from: u32,
    /// Last line, inclusive.
    pub to: u32,
    /// What the lines are.
    pub role: Role,
}

impl Span {
    /// The lines without their role.
    pub fn range(self) -> LineRange {
        LineRange { from: self.from, to: self.to }
    }
}

/// `len` characters of a restored text, from character `start` on, stand in line `line` of the dump from character
/// `column` on. Restored characters that no run covers were added by joining (a space between headline phrases).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceRun {
    /// First character in the restored text (0-based, characters, not bytes).
    pub start: u32,
    /// Number of characters.
    pub len: u32,
    /// Line of the dump, 1-based.
    pub line: u32,
    /// First character in that line (0-based, characters, not bytes).
    pub column: u32,
}
