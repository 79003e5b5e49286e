//! What the archive wants the user to know after opening; never a reason to stop.

use serde::Serialize;

/// News about the archive's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "notice")]
#[non_exhaustive]
pub enum Notice {
    /// The file lies on a network drive: slower, safe journal; only one program may write.
    NetworkDrive {
        /// The file system's name ("cifs", "nfs4").
        file_system: String,
    },
    /// The file cannot be written to: a copy is open that goes with the program, and with it whatever is changed.
    Copied,
    /// The file was brought to a newer format.
    Migrated {
        /// Format before.
        from: u32,
        /// Format now.
        to: u32,
    },
    /// The index disagreed with the articles and was rebuilt.
    IndexRebuilt {
        /// Articles in it now.
        articles: u64,
    },
    /// Imports that did not run to their end (cancelled, or the program stopped).
    UnfinishedImports {
        /// How many.
        count: u64,
    },
}
