//! Booklet and long picture as formats.

use super::{Typesetter, picture};
use crate::export::output::PendingFile;
use crate::export::writer::ArticleWriter;
use crate::export::{ExportError, Item, Options, Watch};

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

    fn finish(self: Box<Self>, watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        let Self { mut out, typesetter } = *self;
        typesetter.write_pdf(&mut out, watch)?;
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

    fn finish(self: Box<Self>, watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        let Self { mut out, typesetter, width } = *self;
        let booklet = typesetter.lay_out(watch)?;
        picture::write(&booklet, width, &mut out, watch)?;
        Ok(out)
    }
}
