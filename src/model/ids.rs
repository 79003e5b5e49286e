//! Newtype ids: rows of the archive that must not be confused with one another.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// One article of the archive. Stable for as long as the article exists, whatever its date becomes.
    ArticleId
);
id!(
    /// One newspaper page of the archive (one dump, or one form-feed part of it).
    PageId
);
id!(
    /// One run of an import.
    ImportId
);
