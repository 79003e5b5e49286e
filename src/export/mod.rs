//! Articles become files for other programs. Knows neither the archive nor the window.
//!
//! [`Session`] is the way in: begin it with a [`Format`], [`Options`] and a place, give it articles one by one, finish it.
//! Until it is finished nothing stands at that place, so an export that is interrupted leaves no half file; dropping the
//! session is cancelling it. Formats write as articles arrive and hold at most the headlines for a table of contents;
//! only those that are typeset ([`Format::Pdf`], [`Format::Png`]) need all articles at once.
//!
//! **Invariant**: an article's text is data in every format. Whatever markup, formula or control character it holds, the
//! reader of the file sees those characters. Characters that a format cannot hold are shown by their pictures
//! ([`text::visible`]); JSON and the pages' original text hold everything.

pub mod citation;
mod csv;
mod docx;
mod error;
mod extras;
mod file_name;
mod format;
mod html;
mod item;
pub mod json;
mod manifest;
mod markdown;
mod options;
mod output;
mod page_text;
pub mod record;
mod session;
pub mod text;
mod txt;
mod typeset;
mod watch;
mod writer;
mod xlsx;

pub use error::ExportError;
pub use extras::{Extras, KeptRepair};
pub use file_name::{MAX_NAME_BYTES, NameBook, file_name, safe_name};
pub use format::Format;
pub use html::fragment as html_fragment;
pub use item::Item;
pub use manifest::{Manifest, ManifestEntry};
pub use options::{Encoding, Options, PageMeasures, Paper};
pub use session::{Report, Session};
pub use txt::plain_text;
pub use typeset::{Booklet, PagePicture, Typesetter};
pub use watch::Watch;

/// The article that tests write.
#[cfg(test)]
#[path = "../../tests/support/article.rs"]
mod fixture;
#[cfg(test)]
use crate::model;
