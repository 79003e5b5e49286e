//! Articles set for paper and as a long picture, with the typst engine and a template that a newsroom can change.
//!
//! Articles reach the template as a JSON file in memory, never as markup, so that no text can be read as a command. The
//! engine lays out a whole document at once, so long booklets are set in parts and bound: [`Typesetter`] collects what is
//! needed, [`Booklet`] is what came out and can be shown page by page, made a PDF or a picture.

mod binder;
mod booklet;
mod data;
mod picture;
mod press;
mod sheets;
mod writers;

pub use booklet::{Booklet, PagePicture};
pub use data::Typesetter;
pub(super) use writers::{Pdf, Png};
