//! What an import did, file by file: the report that stays.

use super::{ImportId, Source, Warning};
use serde::{Deserialize, Serialize};

/// What became of one file (or archive member).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
#[non_exhaustive]
pub enum FileOutcome {
    /// Its pages are in the archive.
    Imported {
        /// Pages (form-feed parts) stored.
        pages: u32,
        /// Articles stored.
        articles: u32,
        /// Pages of this file that were there already.
        known_pages: u32,
        /// Warnings of all its pages, with the page number from 1.
        warnings: Vec<(u32, Warning)>,
    },
    /// The same content is in the archive already.
    Duplicate {
        /// Where that content came from, for people.
        of: String,
    },
    /// Nothing but white space.
    Empty,
    /// Not text: the first bytes are those of a known other format, or it is binary.
    NotText {
        /// What it looks like ("JPEG", "PDF", "binary").
        looks_like: String,
    },
    /// Text in an encoding that no strict decoder accepts.
    Undecodable {
        /// The best guess.
        guess: String,
        /// Byte offset of the first bytes that do not fit it.
        offset: u64,
    },
    /// Larger than the limit.
    TooLarge {
        /// Its size in bytes.
        size_bytes: u64,
        /// The limit in bytes.
        limit_bytes: u64,
    },
    /// An archive member that is not safe to unpack (path escape, encrypted, compression ratio).
    Refused {
        /// Why.
        why: String,
    },
    /// The file could not be read.
    Unreadable {
        /// The system's words.
        error: String,
    },
    /// The engine failed on it; the text is kept as one unplaced page.
    EngineFailed {
        /// What the engine said.
        error: String,
    },
}

impl FileOutcome {
    /// Whether somebody should look at it.
    pub fn is_problem(&self) -> bool {
        !matches!(self, Self::Imported { .. } | Self::Duplicate { .. })
    }
}

/// One file of an import report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file.
    pub source: Source,
    /// Encoding it was read in, if it was.
    pub encoding: Option<String>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: FileOutcome,
}

/// What one import did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Its id, once it is in the archive.
    pub id: Option<ImportId>,
    /// Every file, in the order they were met.
    pub files: Vec<FileReport>,
    /// Pages stored.
    pub pages: u64,
    /// Articles stored.
    pub articles: u64,
    /// Files whose content was there already.
    pub duplicates: u64,
    /// Files with a problem.
    pub problems: u64,
    /// The user stopped it; files not listed were not looked at.
    pub cancelled: bool,
    /// Time it took, in seconds.
    pub seconds: f64,
}

/// One line of the list of imports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// The import.
    pub id: ImportId,
    /// When it began, UTC, RFC 3339.
    pub started_at: String,
    /// Pages it stored.
    pub pages: u64,
    /// Articles it stored.
    pub articles: u64,
    /// Whether it ran to its end.
    pub is_finished: bool,
}
