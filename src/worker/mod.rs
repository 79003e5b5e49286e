//! Work off the window's thread: requests go in, events come out, progress is shared atomics.
//!
//! One named writer thread owns the only read-write connection and runs imports; three reader threads answer the result
//! list, the counts and the reader pane, so that none of them waits for another; one thread makes exports, one lays out pages
//! for preview and print. The list and the counts are one-slot mailboxes (the newest request wins and interrupts the one
//! under way); everything else is a bounded queue.
//!
//! This room knows no egui: it wakes the window through a plain [`std::task::Waker`].

pub mod export;
pub mod import;
pub mod print;
pub mod rebuild;
pub mod sets;

mod error;
mod handle;
mod inline;
mod mailbox;
mod message;
mod notes;
mod press;
mod preview;
mod progress;
mod take_back;
mod tally;
mod threads;
mod watch;

// What the window shows of rooms it must not know.
pub use crate::archive::{MadeRepair, Notice, RowMarks, SavedSearch, Suggestion, SuggestionKind, Tag, Why};
pub use crate::model::Marks;
pub use crate::reconstruct::ENGINE_VERSION;
pub use error::WorkerError;
pub use inline::InlineBackend;
pub use message::{Event, Note, Reply, Request, Shelf, Ticket};
pub use press::{Copying, LaidOut, Words};
pub use preview::{Evidence, Glimpse, MOST_FILES, PreviewFile};
pub use progress::{Progress, ProgressSnapshot};
pub use threads::{Setup, ThreadBackend};

/// Something that answers requests: threads in the window, at once in tests.
pub trait Backend {
    /// Sends a request; its answer is an [`Event::Reply`] or [`Event::Failed`] with the returned ticket.
    ///
    /// A newer request of the same kind may replace an older one that nobody has begun; the older one is then never
    /// answered.
    fn send(&mut self, request: Request) -> Ticket;

    /// The next event, if one has come in. Never blocks.
    fn poll(&mut self) -> Option<Event>;
}
