//! One run of the engine: a template and its data become pages.

use super::press::{Job, Press};
use crate::export::{ExportError, Watch};
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;
use typst::comemo;
use typst::foundations::{Label, Smart};
use typst::introspection::PagedPosition;
use typst::layout::{Frame, FrameItem, PageRanges, Point, Transform};
use typst::model::Destination;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

/// The engine recurses deeper than a thread's usual two megabytes allow.
const STACK_BYTES: usize = 32 << 20;
/// How often a running layout looks whether it is still wanted.
const PATIENCE: Duration = Duration::from_millis(40);

/// Pages that were laid out in one run.
pub(super) struct Sheets {
    press: Press,
    document: PagedDocument,
}

/// Where an article begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beginning {
    /// Page from 0.
    pub(super) page: usize,
    /// Points from the left and from the top.
    pub(super) at: (f64, f64),
}

/// A link on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    /// Page from 0.
    pub(super) page: usize,
    /// Left, top, right, bottom in points.
    pub(super) area: [f64; 4],
    pub(super) leads: Leads,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Leads {
    /// To an address.
    Away(String),
    /// To a place in these sheets.
    To(Beginning),
}

impl Sheets {
    /// Lays out in a thread of its own, because the engine cannot be told to stop: a layout that is no longer wanted runs to
    /// its end unseen.
    pub(super) fn lay_out(job: Job, watch: &dyn Watch) -> Result<Self, ExportError> {
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
                Err(RecvTimeoutError::Timeout) if watch.keep_going() => {}
                Err(RecvTimeoutError::Timeout) => return Err(ExportError::Cancelled),
                Err(RecvTimeoutError::Disconnected) => return Err(ExportError::TypesettingStopped),
            }
        }
    }

    pub(super) fn pages(&self) -> &[Page] {
        self.document.pages()
    }

    /// Width and height of each page in points.
    pub(super) fn sizes(&self) -> Vec<(f64, f64)> {
        let size = |page: &Page| (page.frame.width().to_pt(), page.frame.height().to_pt());
        self.pages().iter().map(size).collect()
    }

    /// Where the article with this number begins, if the template labelled its headline.
    pub(super) fn beginning(&self, number: usize) -> Option<Beginning> {
        let label = Label::new(PicoStr::intern(&format!("article-{number}")))?;
        let introspector = self.document.introspector();
        let location = introspector.elements().query_label(label).ok()?.location()?;
        let position = introspector.position(location)?;
        Some(Beginning { page: position.page.get() - 1, at: (position.point.x.to_pt(), position.point.y.to_pt()) })
    }

    /// The links on all pages.
    pub(super) fn links(&self) -> Vec<Link> {
        let mut out = Vec::new();
        for (number, page) in self.pages().iter().enumerate() {
            self.find_links(&page.frame, Transform::identity(), number, &mut out);
        }
        out
    }

    fn find_links(&self, frame: &Frame, transform: Transform, page: usize, out: &mut Vec<Link>) {
        for (at, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.find_links(&group.frame, here.pre_concat(group.transform), page, out),
                FrameItem::Link(destination, size) => {
                    let place = |position: PagedPosition| {
                        let point = (position.point.x.to_pt(), position.point.y.to_pt());
                        Leads::To(Beginning { page: position.page.get() - 1, at: point })
                    };
                    let leads = match destination {
                        Destination::Url(address) => Some(Leads::Away(address.as_str().to_owned())),
                        Destination::Position(position) => Some(place(*position)),
                        Destination::Location(location) => self.document.introspector().position(*location).map(place),
                    };
                    let (one, other) = (Point::zero().transform(here), size.to_point().transform(here));
                    let area = [
                        one.x.min(other.x).to_pt(),
                        one.y.min(other.y).to_pt(),
                        one.x.max(other.x).to_pt(),
                        one.y.max(other.y).to_pt(),
                    ];
                    out.extend(leads.map(|leads| Link { page, area, leads }));
                }
                _ => {}
            }
        }
    }

    /// The PDF of all pages, or of those from one to another (from 1). Only a whole document is tagged: a part has loose ends.
    pub(super) fn pdf(&self, pages: Option<RangeInclusive<usize>>, is_tagged: bool) -> Result<Vec<u8>, ExportError> {
        let range = |pages: RangeInclusive<usize>| {
            PageRanges::new(vec![NonZeroUsize::new(*pages.start())..=NonZeroUsize::new(*pages.end())])
        };
        let options = PdfOptions {
            creator: Smart::Custom(Some(concat!("Baoku ", env!("CARGO_PKG_VERSION")).to_owned())),
            tagged: is_tagged && pages.is_none(),
            page_ranges: pages.map(range),
            ..PdfOptions::default()
        };
        let made = typst_pdf::pdf(&self.document, &options).map_err(|errors| self.press.complaint(&errors));
        comemo::evict(0);
        made
    }
}
