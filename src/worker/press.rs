//! Makes files and pages for the window: exports on one thread, preview and print on another, each with its own reader.

use super::export::{ExportPlan, run_export};
use super::print::{self, PrintError, PrintJob};
use super::{Progress, Reply, Request, Ticket, WorkerError};
use crate::archive::Reader;
use crate::export::{self, Booklet, ExportError, Options, PagePicture, Typesetter};
use crate::model::Selection;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A booklet that was laid out to be looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaidOut {
    /// Width and height of every page in points.
    pub pages: Vec<(f64, f64)>,
    /// Its articles.
    pub articles: u64,
}

/// Words of a selection for the clipboard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// As plain text.
    pub plain: String,
    /// With headlines and paragraphs, where it has some.
    pub html: Option<String>,
    /// How many articles.
    pub articles: u64,
}

/// One thread's tools.
pub(super) struct Press {
    reader: Reader,
    /// The booklet that is being looked at, and the request that asked for it.
    booklet: Option<(Ticket, Booklet)>,
}

impl Press {
    pub(super) fn new(reader: Reader) -> Self {
        Self { reader, booklet: None }
    }

    pub(super) fn answer(&mut self, ticket: Ticket, request: Request) -> Result<Reply, WorkerError> {
        match request {
            Request::Export { plan, progress } => self.export(*plan, &progress),
            Request::LayOut { selection, options, progress } => self.preview(ticket, &selection, &options, &progress),
            Request::DrawPage { of, page, pixels_per_point } => self.picture(of, page, pixels_per_point),
            Request::CloseBooklet => {
                self.booklet = None;
                Ok(Reply::LaidOut(Box::default()))
            }
            Request::Print { of, pages, job } => self.print(of, pages, &job),
            Request::Printers => Ok(Reply::Printers(print::printers()?)),
            other => super::handle::answer_read(&self.reader, other),
        }
    }

    fn export(&self, plan: ExportPlan, progress: &Progress) -> Result<Reply, WorkerError> {
        let report = run_export(&self.reader, &plan, progress)?;
        Ok(Reply::Exported(Box::new(plan), Box::new(report)))
    }

    fn preview(
        &mut self,
        ticket: Ticket,
        selection: &Selection,
        options: &Options,
        progress: &Progress,
    ) -> Result<Reply, WorkerError> {
        // The old one goes first: two would take twice the memory.
        self.booklet = None;
        let ids = self.reader.selected(selection)?;
        progress.set_total(ids.len() as u64, 0);
        let mut typesetter = Typesetter::for_booklet(options, ids.len() > 1)?;
        let mut articles = 0;
        for id in ids {
            if !progress.keep_going() {
                return Err(ExportError::Cancelled.into());
            }
            if let Some(article) = self.reader.article(id)? {
                typesetter.add(&article)?;
                articles += 1;
            }
            progress.add_file(0);
        }
        if articles == 0 {
            return Ok(Reply::LaidOut(Box::default()));
        }
        let booklet = typesetter.lay_out(&|| progress.keep_going())?;
        let preview = LaidOut { pages: booklet.page_sizes(), articles };
        self.booklet = Some((ticket, booklet));
        Ok(Reply::LaidOut(Box::new(preview)))
    }

    fn booklet(&mut self, of: Ticket) -> Option<&mut Booklet> {
        self.booklet.as_mut().filter(|(ticket, _)| *ticket == of).map(|(_, booklet)| booklet)
    }

    fn picture(&mut self, of: Ticket, page: usize, pixels_per_point: f64) -> Result<Reply, WorkerError> {
        let picture = match self.booklet(of) {
            Some(booklet) => booklet.picture(page, pixels_per_point, &|| true)?,
            None => None,
        };
        Ok(Reply::PageDrawn { of, page, picture: picture.map(Arc::<PagePicture>::new) })
    }

    fn print(
        &mut self,
        of: Ticket,
        pages: Option<RangeInclusive<usize>>,
        job: &PrintJob,
    ) -> Result<Reply, WorkerError> {
        let booklet = self.booklet(of).ok_or(PrintError::NoPages)?;
        let last = booklet.page_count();
        let pages = pages.unwrap_or(1..=last);
        let pages = (*pages.start()).max(1)..=(*pages.end()).min(last);
        if pages.is_empty() {
            return Err(PrintError::NoPages.into());
        }
        let count = pages.clone().count() as u64;
        let pdf = booklet.pdf(pages, &|| true)?;
        Ok(Reply::Printed { outcome: print::print(&pdf, job)?, pages: count })
    }
}

/// What is copied of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copying {
    /// The articles with their source lines.
    Articles,
    /// The references after GB/T 7714.
    Citations,
}

/// Articles that are copied at most: what is larger belongs into a file.
const COPIED: usize = 500;

/// Words of a selection for the clipboard.
pub(super) fn words(reader: &Reader, selection: &Selection, what: Copying) -> Result<Words, WorkerError> {
    let mut words = Words::default();
    let mut html = String::new();
    for id in reader.selected(selection)?.into_iter().take(COPIED) {
        let Some(article) = reader.article(id)? else { continue };
        words.articles += 1;
        match what {
            Copying::Citations => {
                words.plain.push_str(&export::citation::gb_t_7714(&article));
                words.plain.push('\n');
            }
            Copying::Articles => {
                if !words.plain.is_empty() {
                    words.plain.push('\n');
                    html.push_str("<hr>");
                }
                words.plain.push_str(&export::plain_text(&article));
                html.push_str(&export::html_fragment(&article));
            }
        }
    }
    words.html = Some(html).filter(|html| !html.is_empty());
    Ok(words)
}

impl Request {
    /// Whether it is an export, which has a thread to itself.
    pub(super) fn is_export(&self) -> bool {
        matches!(self, Self::Export { .. })
    }

    /// Whether it is about pages for paper.
    pub(super) fn is_press(&self) -> bool {
        matches!(
            self,
            Self::LayOut { .. } | Self::DrawPage { .. } | Self::CloseBooklet | Self::Print { .. } | Self::Printers
        )
    }

    /// Where it says how far it is, if it does.
    pub(super) fn progress(&self) -> Option<&Arc<Progress>> {
        match self {
            Self::Import { progress, .. }
            | Self::Rebuild(progress)
            | Self::Preview { progress, .. }
            | Self::Export { progress, .. }
            | Self::LayOut { progress, .. } => Some(progress),
            _ => None,
        }
    }
}
