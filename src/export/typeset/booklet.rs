//! A document that was laid out: shown page by page, made a PDF.

use super::press::{Job, Press};
use crate::export::ExportError;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;
use typst::comemo;
use typst::foundations::Smart;
use typst::layout::PageRanges;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;

/// The engine recurses deeper than a thread's usual two megabytes allow.
const STACK_BYTES: usize = 32 << 20;
/// How often a running layout looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(40);

/// A laid out document.
pub struct Booklet {
    press: Press,
    document: PagedDocument,
}

/// One page as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePicture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue, alpha, row by row from the top; opaque.
    pub rgba: Vec<u8>,
}

impl Booklet {
    /// Lays out in a thread of its own, because the engine cannot be told to stop: a layout that is no longer wanted runs to
    /// its end unseen.
    pub(super) fn lay_out(job: Job, keep_going: &dyn Fn() -> bool) -> Result<Self, ExportError> {
        let (sender, receiver) = sync_channel(1);
        let work = move || {
            let press = Press::new(job);
            let made = typst::compile::<PagedDocument>(&press).output;
            // What the engine remembers for the next run of the same document is several times its size.
            comemo::evict(0);
            // Nobody listens after a cancellation.
            let _ = sender.send(match made {
                Ok(document) => Ok(Self { press, document }),
                Err(errors) => Err(press.complaint(&errors)),
            });
        };
        std::thread::Builder::new().name("typesetting".to_owned()).stack_size(STACK_BYTES).spawn(work)?;
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok(made) => return made,
                Err(RecvTimeoutError::Timeout) if keep_going() => {}
                Err(RecvTimeoutError::Timeout) => return Err(ExportError::Cancelled),
                Err(RecvTimeoutError::Disconnected) => return Err(ExportError::TypesettingStopped),
            }
        }
    }

    /// Number of pages.
    pub fn page_count(&self) -> usize {
        self.document.pages().len()
    }

    /// Width and height of a page in points; none behind the last.
    pub fn page_size(&self, index: usize) -> Option<(f64, f64)> {
        let size = self.document.pages().get(index)?.frame.size();
        Some((size.x.to_pt(), size.y.to_pt()))
    }

    /// A page, from 0, at so many pixels per point; none behind the last.
    pub fn picture(&self, index: usize, pixels_per_point: f64) -> Option<PagePicture> {
        self.document.pages().get(index).map(|page| picture(page, pixels_per_point))
    }

    /// The PDF of all pages, or of those from one number to another (from 1, as they are printed).
    pub fn pdf(&self, pages: Option<RangeInclusive<usize>>) -> Result<Vec<u8>, ExportError> {
        let range = |pages: RangeInclusive<usize>| {
            PageRanges::new(vec![NonZeroUsize::new(*pages.start())..=NonZeroUsize::new(*pages.end())])
        };
        let options = PdfOptions {
            creator: Smart::Custom(Some(concat!("Baoku ", env!("CARGO_PKG_VERSION")).to_owned())),
            // A part of a tagged document has loose ends; a part is for the printer, who reads no tags.
            tagged: pages.is_none(),
            page_ranges: pages.map(range),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| self.press.complaint(&errors))
    }

    pub(super) fn pages(&self) -> &[Page] {
        self.document.pages()
    }
}

pub(super) fn picture(page: &Page, pixels_per_point: f64) -> PagePicture {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixels_per_point), render_bleed: false };
    let pixels = typst_render::render(page, &options);
    PagePicture { width: pixels.width(), height: pixels.height(), rgba: pixels.take() }
}
