//! One reconstructed page: articles, furniture, date, warnings.

use super::{Article, DateEvidence, Dump, LineRange};
use serde::{Deserialize, Serialize};

/// What a line is that belongs to no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FurnitureKind {
    /// Newspaper name, date, weekday, issue number, page label (报头, 报眉).
    Masthead,
    /// Slogans, weather, section labels, credits of the page's makers.
    Slogan,
    /// Text that could not be placed in an article.
    Unplaced,
    /// Rubbish of extraction: lone marks, control characters.
    Noise,
}

/// Lines that belong to no article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// First line, 1-based.
    pub from: u32,
    /// Last line, inclusive.
    pub to: u32,
    /// What they are.
    pub what: FurnitureKind,
}

impl Furniture {
    /// The lines.
    pub fn range(&self) -> LineRange {
        LineRange { from: self.from, to: self.to }
    }
}

/// Something a person may want to look at; never a reason to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WarningKind {
    /// The dump holds NUL or other control characters.
    ControlCharacters,
    /// A line is so long that it was not looked at closely.
    LongLine,
    /// Lines could be placed in no article.
    UnplacedLines,
    /// A headline found no body, or a body no headline.
    LonelyPiece,
    /// The dump ends in mid-sentence.
    Truncated,
    /// No publication date could be found.
    NoDate,
    /// The printed date and the one of the file name differ.
    DateConflict,
    /// The page holds no text.
    EmptyPage,
    /// Not sure that the encoding was guessed right.
    UnsureEncoding,
}

/// A warning with the lines it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What is the matter.
    pub kind: WarningKind,
    /// The lines it is about, if it is about some.
    pub lines: Option<LineRange>,
    /// Details: the characters, the two dates; may be empty.
    pub detail: String,
}

/// One reconstructed and catalogued page.
///
/// **Invariant**: every non-blank line of the dump stands in exactly one article span or in furniture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Newspaper (报名) printed on the page, else from hints.
    pub newspaper: Option<String>,
    /// Page label (版次) printed on the page, else from hints.
    pub page_label: Option<String>,
    /// Publication date and its evidence.
    pub date: DateEvidence,
    /// Articles in the order a reader would meet them.
    pub articles: Vec<Article>,
    /// Lines of no article.
    pub furniture: Vec<Furniture>,
    /// Things to look at.
    pub warnings: Vec<Warning>,
}

/// A dump with what was made of it: what the archive stores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FiledPage {
    /// The untouched text and its source.
    pub dump: Dump,
    /// The reconstruction.
    pub page: Page,
    /// Version of the engine that made `page`.
    pub engine_version: u32,
}
