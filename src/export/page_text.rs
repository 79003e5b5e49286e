//! The original text of the articles' pages, untouched, each page once; form feeds stand between pages, as `baoku import`
//! reads them.

use super::output::PendingFile;
use super::txt::EncodedText;
use super::writer::ArticleWriter;
use super::{ExportError, Format, Item, Options, Watch};
use crate::model::PageId;
use std::collections::HashSet;

pub(super) struct PageText {
    out: EncodedText,
    seen: HashSet<PageId>,
}

impl PageText {
    pub(super) fn new(out: PendingFile, options: &Options) -> Result<Self, ExportError> {
        Ok(Self { out: EncodedText::begin(out, options.encoding)?, seen: HashSet::new() })
    }
}

impl ArticleWriter for PageText {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        let missing = || ExportError::PageMissing { format: Format::PageText, article: item.article.id.0 };
        let page = item.page.ok_or_else(missing)?;
        if !self.seen.insert(page.id) {
            return Ok(());
        }
        if self.seen.len() > 1 {
            self.out.write("\u{C}")?;
        }
        self.out.write(&page.text)
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        Ok(self.out.finish())
    }
}
