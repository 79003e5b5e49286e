//! What can go wrong while working for the window.

use super::import::ImportError;
use super::print::PrintError;
use crate::archive::ArchiveError;
use crate::export::ExportError;
use crate::ingest::IngestError;

/// An error of a request; the window shows it once and goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// The archive refused or failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// An import ended early.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A place list could not be read.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// An export could not be done.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A page could not be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// The watched folder cannot be read.
    #[error("the watched folder {} cannot be read", folder.display())]
    Watch {
        /// The folder.
        folder: std::path::PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// The operating system gave no thread.
    #[error("could not start a worker thread")]
    Thread(#[source] std::io::Error),
    /// A worker thread ended; the program has to be started again.
    #[error("a worker thread has ended; please restart Baoku")]
    Gone,
}

impl WorkerError {
    /// Whether a file that was to be opened as a set holds none.
    pub fn is_not_a_set(&self) -> bool {
        matches!(self, Self::Export(ExportError::NotASet { .. }))
    }

    /// Whether somebody asked to stop, which is no failure.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Export(error) if error.is_cancelled())
    }
}

/// An error with its causes in one line.
pub(super) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
