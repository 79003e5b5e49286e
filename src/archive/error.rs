//! What can go wrong with the archive's file.

use std::path::PathBuf;

/// An error of the archive.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// The file cannot be opened.
    #[error("cannot open the archive {path}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// Its folder cannot be made.
    #[error("cannot make the folder {path}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// It lies where nothing can be written, and something was to be.
    #[error("the archive {path} cannot be written to")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// No copy can be made of an archive that cannot be written to.
    #[error("the archive {path} cannot be written to, and no copy of it can be made")]
    Copy {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A SQLite file of another program.
    #[error("{path} is not a Baoku archive")]
    NotAnArchive {
        /// The file.
        path: PathBuf,
    },
    /// Made by a newer Baoku.
    #[error("the archive has format {found}, this program knows formats up to {known}")]
    TooNew {
        /// Its format.
        found: u32,
        /// The newest known format.
        known: u32,
    },
    /// Stored data that cannot be read.
    #[error("damaged data in the archive: {what}")]
    Corrupt {
        /// Which data.
        what: String,
    },
    /// No such row.
    #[error("there is no {what} {id}")]
    Missing {
        /// What was asked for ("import", "article").
        what: &'static str,
        /// Its id.
        id: i64,
    },
    /// No search was saved under this name.
    #[error("there is no saved search {name:?}")]
    NoSavedSearch {
        /// The name.
        name: String,
    },
    /// A repair does not fit the page.
    #[error("the repair does not fit the page: {}", trouble.as_str())]
    Inapplicable {
        /// Why.
        trouble: crate::model::Trouble,
    },
    /// SQLite refused.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// Stored JSON that cannot be read or written.
    #[error("stored facts cannot be read")]
    Json(#[from] serde_json::Error),
}

impl ArchiveError {
    /// Whether the work was stopped by [`super::Interrupter::interrupt`].
    pub fn is_interrupted(&self) -> bool {
        matches!(self, Self::Sqlite(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted))
    }

    pub(super) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }
}
