//! What can go wrong while working for the window.

use super::import::ImportError;
use crate::archive::ArchiveError;
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
