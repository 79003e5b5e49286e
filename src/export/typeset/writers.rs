//! Booklet and long picture as formats.

use super::{Typesetter, picture};
use crate::export::output::PendingFile;
use crate::export::writer::ArticleWriter;
use crate::export::{ExportError, Item, Options};
use std::io::Write as _;

/// A booklet for paper.
pub(in crate::export) struct Pdf {
    out: PendingFile,
    typesetter: Typesetter,
}

impl Pdf {
    pub(in crate::export) fn new(out: PendingFile, options: &Options, is_set: bool) -> Result<Self, ExportError> {
        Ok(Self { out, typesetter: Typesetter::for_booklet(options, is_set)? })
    }
}

impl ArticleWriter for Pdf {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        self.typesetter.add(item.article)
    }

    fn finish(self: Box<Self>, keep_going: &dyn Fn() -> bool) -> Result<PendingFile, ExportError> {
        let Self { mut out, typesetter } = *self;
        let booklet = typesetter.lay_out(keep_going)?;
        if !keep_going() {
            return Err(ExportError::Cancelled);
        }
        out.write_all(&booklet.pdf(None)?)?;
        Ok(out)
    }
}

/// A long picture.
pub(in crate::export) struct Png {
    out: PendingFile,
    typesetter: Typesetter,
    width: u32,
}

impl Png {
    pub(in crate::export) fn new(out: PendingFile, options: &Options) -> Result<Self, ExportError> {
        Ok(Self { out, typesetter: Typesetter::for_picture(options)?, width: options.width_px.clamp(200, 8000) })
    }
}

impl ArticleWriter for Png {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        self.typesetter.add(item.article)
    }

    fn finish(self: Box<Self>, keep_going: &dyn Fn() -> bool) -> Result<PendingFile, ExportError> {
        let Self { mut out, typesetter, width } = *self;
        let booklet = typesetter.lay_out(keep_going)?;
        picture::write(&booklet, width, &mut out, keep_going)?;
        Ok(out)
    }
}
