//! What can go wrong while files are made.

use super::Format;
use std::path::PathBuf;

/// An export that could not be done. Nothing of it stands at its place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A file could not be made or written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A temporary file could not be used.
    #[error("cannot use a temporary file")]
    Io(#[from] std::io::Error),
    /// The table could not be made.
    #[error("cannot make the table")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A Word document could not be packed.
    #[error("cannot pack the document")]
    Zip(#[from] zip::result::ZipError),
    /// A template cannot be read.
    #[error("cannot read the template {}", path.display())]
    TemplateUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A template has a mistake.
    #[error("the template {file}{}: {message}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Template {
        /// Its name.
        file: String,
        /// Line from 1, where it is known.
        line: Option<usize>,
        /// What the engine says.
        message: String,
    },
    /// The typesetting engine broke.
    #[error("typesetting broke off")]
    TypesettingStopped,
    /// The parts of a booklet could not be bound.
    #[error("cannot put the PDF together: {message}")]
    Bind {
        /// What the engine says.
        message: String,
    },
    /// A picture would have more rows than the format can count.
    #[error("the picture would be too high; make one for each article")]
    PictureTooHigh,
    /// A picture could not be written.
    #[error("cannot write the picture")]
    Png(#[from] png::EncodingError),
    /// JSON could not be written or read.
    #[error("not JSON of exported articles")]
    Json(#[from] serde_json::Error),
    /// A JSON file is of another kind.
    #[error("the JSON is not of exported articles, but of {found:?}")]
    NotArticles {
        /// What its `format` says.
        found: String,
    },
    /// The list of a set cannot be read.
    #[error("cannot read {}", path.display())]
    SetUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds no list of a set.
    #[error("no list of exported articles in it (found {found:?})")]
    NotASet {
        /// What it is instead.
        found: String,
    },
    /// A JSON file is of a newer version than this program knows.
    #[error("the JSON is of version {found}; this program reads up to {known}")]
    TooNew {
        /// Its version.
        found: u32,
        /// The newest known version.
        known: u32,
    },
    /// The format needs the page of each article.
    #[error("the format {} needs the page of article {article}", format.word())]
    PageMissing {
        /// The format.
        format: Format,
        /// The article without a page.
        article: i64,
    },
    /// Somebody asked to stop.
    #[error("the export was cancelled")]
    Cancelled,
}

impl ExportError {
    pub(super) fn bind(message: String) -> Self {
        Self::Bind { message }
    }

    /// Whether somebody asked to stop, which is no failure.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled)
    }
}
