//! What every format is to a session.

use super::output::PendingFile;
use super::{ExportError, Format, Item, Options, Watch};

/// One file of one format, being written.
pub(super) trait ArticleWriter {
    /// Writes one article.
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError>;

    /// Writes what is still missing; gives back the file, whole. `watch` is asked now and then where that takes long.
    fn finish(self: Box<Self>, watch: &dyn Watch) -> Result<PendingFile, ExportError>;
}

/// A writer of `format` into `out`; `is_set` tells that the file may hold several articles.
pub(super) fn begin(
    format: Format,
    options: &Options,
    is_set: bool,
    out: PendingFile,
) -> Result<Box<dyn ArticleWriter>, ExportError> {
    use super::typeset::{Pdf, Png};
    use super::{
        csv::Csv, docx::Docx, html::Html, json::Json, markdown::Markdown, page_text::PageText, txt::Txt, xlsx::Xlsx,
    };
    Ok(match format {
        Format::Pdf => Box::new(Pdf::new(out, options, is_set)?),
        Format::Docx => Box::new(Docx::new(out, options, is_set)),
        Format::Png => Box::new(Png::new(out, options)?),
        Format::Txt => Box::new(Txt::new(out, options)?),
        Format::Markdown => Box::new(Markdown::new(out, options, is_set)?),
        Format::Html => Box::new(Html::new(out, options, is_set)),
        Format::Csv => Box::new(Csv::new(out)?),
        Format::Xlsx => Box::new(Xlsx::new(out)?),
        Format::Json => Box::new(Json::new(out)?),
        Format::PageText => Box::new(PageText::new(out, options)?),
    })
}
