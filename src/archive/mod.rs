//! The SQLite archive: the only room that knows rusqlite.
//!
//! One file holds everything: the untouched text of every page, what was made of it, the search index and what the user
//! added. The truth is stored once: a page's text is kept whole, an article is kept as pieces of it ([`record`]), and the
//! index can be thrown away and rebuilt. [`Archive`] is the only connection that writes; [`Reader`]s never wait for it.
//!
//! This room knows no files but its own, no window and no threads.

mod attributes;
mod bits;
mod check;
mod codec;
mod days;
mod drive;
mod error;
mod evaluate;
mod index;
mod loose;
mod mending;
mod notice;
mod old_edits;
mod order;
mod reader;
mod ready;
mod rebuild;
mod record;
mod repairs;
mod restore;
mod row_marks;
mod rows;
mod schema;
mod selection;
mod shelf;
mod snapshot;
mod stats;
mod suggest;
mod twins;
mod why;
mod writer;

pub use check::Check;
pub use error::ArchiveError;
pub use notice::Notice;
pub use reader::{Interrupter, Reader};
pub use ready::ReadyPage;
pub use rebuild::Replaced;
pub use repairs::{MadeRepair, RepairsOf};
pub use restore::{ReturnedArticle, ReturnedPage, ReturnedRepair, TakenBack};
pub use row_marks::RowMarks;
pub use schema::SCHEMA_VERSION;
pub use shelf::{SavedSearch, Tag};
pub use stats::Stats;
pub use suggest::{Related, Suggestion, SuggestionKind};
pub use why::{TermCount, UnplacedLine, Variant, Why};
pub use writer::{Added, Archive};
