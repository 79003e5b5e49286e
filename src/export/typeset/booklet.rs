//! A booklet that was laid out: shown page by page, made a PDF.
//!
//! A short booklet is set in one run. A long one is set in parts, so that memory does not grow with it: first the front
//! matter with made-up page numbers, which tells how many pages it takes, then part after part with the numbers running on,
//! then the front matter again with the real numbers. Only the parts looked at last are kept laid out; another is set anew
//! when somebody asks for one of its pages.

use super::binder::{Binder, Facts};
use super::press::Job;
use super::sheets::{Beginning, Sheets};
use crate::export::{ExportError, Watch};
use std::collections::VecDeque;
use std::ops::RangeInclusive;
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

/// Parts that are kept laid out: two, because a view can show the end of one and the beginning of the next.
const KEPT: usize = 2;
/// How often the front matter may change its length before its numbers are taken as they are.
const ROUNDS: usize = 3;

/// Gets every part of several: its number from 1, its sheets, and where its articles begin.
type Each<'a> = dyn FnMut(usize, &Sheets, &[Option<Beginning>]) -> Result<(), ExportError> + 'a;

/// What is set part by part: made into jobs as page numbers become known.
pub(super) trait Copy: Send {
    /// The parts with articles; 1 when everything is set in one run.
    fn part_count(&self) -> usize;
    /// Articles in a part.
    fn articles(&self, part: usize) -> std::ops::Range<usize>;
    /// Headline of an article, for the bookmarks.
    fn title(&self, article: usize) -> &str;
    /// What is told of the whole.
    fn facts(&self) -> Facts<'_>;
    /// The job of a part whose first page has this number (from 1).
    fn part(&self, part: usize, first_page: usize) -> Result<Job, ExportError>;
    /// The job of the front matter; the page number of each article, where it is known.
    fn front(&self, numbers: &[usize]) -> Result<Job, ExportError>;
}

/// A laid out booklet.
pub struct Booklet {
    copy: Box<dyn Copy>,
    /// Page sizes of each piece: the front matter, when there are parts, and the parts.
    pieces: Vec<Vec<(f64, f64)>>,
    /// Number of each article's first page, from 1.
    numbers: Vec<usize>,
    open: VecDeque<(usize, Sheets)>,
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
    pub(super) fn lay_out(copy: Box<dyn Copy>, watch: &dyn Watch) -> Result<Self, ExportError> {
        Self::run(copy, watch, &mut |_, _, _| Ok(()))
    }

    /// Lays out and makes the PDF of every page on the way, so that no part is set twice.
    pub(super) fn write(
        copy: Box<dyn Copy>,
        out: &mut dyn std::io::Write,
        watch: &dyn Watch,
    ) -> Result<(), ExportError> {
        if copy.part_count() == 1 {
            let sheets = Sheets::lay_out(copy.part(0, 1)?, watch)?;
            if !watch.keep_going() {
                return Err(ExportError::Cancelled);
            }
            let pdf = sheets.pdf(None, true)?;
            watch.typeset(copy.articles(0).len() as u64);
            return Ok(out.write_all(&pdf)?);
        }
        let mut binder = Binder::default();
        let mut booklet = Self::run(copy, watch, &mut |piece, sheets, begun| {
            if piece == 1 {
                // The first part again: the front matter had changed its length.
                binder = Binder::default();
            }
            binder.append(sheets, 0..sheets.pages().len(), begun)
        })?;
        let front = booklet.sheets(0, watch)?;
        binder.append(front, 0..front.pages().len(), &[])?;
        binder.move_last_to_front();
        let copy = &booklet.copy;
        let titles = (0..booklet.numbers.len()).map(|article| copy.title(article));
        let pdf = binder.finish(Some(copy.facts()), titles)?;
        if !watch.keep_going() {
            return Err(ExportError::Cancelled);
        }
        Ok(out.write_all(&pdf)?)
    }

    /// Sets everything once; `each` gets every part of several with its number from 1 and where its articles begin.
    fn run(copy: Box<dyn Copy>, watch: &dyn Watch, each: &mut Each<'_>) -> Result<Self, ExportError> {
        let mut booklet = Self { copy, pieces: Vec::new(), numbers: Vec::new(), open: VecDeque::new() };
        if booklet.copy.part_count() == 1 {
            let sheets = Sheets::lay_out(booklet.copy.part(0, 1)?, watch)?;
            watch.typeset(booklet.copy.articles(0).len() as u64);
            booklet.pieces.push(sheets.sizes());
            booklet.open.push_front((0, sheets));
            return Ok(booklet);
        }
        let mut front = Sheets::lay_out(booklet.copy.front(&[])?, watch)?;
        for round in 1..=ROUNDS {
            let front_pages = front.pages().len();
            booklet.set_parts(front, watch, round == 1, each)?;
            front = Sheets::lay_out(booklet.copy.front(&booklet.numbers)?, watch)?;
            if front.pages().len() == front_pages {
                break;
            }
            log::info!("the front matter grew from {front_pages} to {} pages", front.pages().len());
        }
        booklet.pieces[0] = front.sizes();
        booklet.keep(0, front);
        Ok(booklet)
    }

    fn set_parts(
        &mut self,
        front: Sheets,
        watch: &dyn Watch,
        is_first: bool,
        each: &mut Each<'_>,
    ) -> Result<(), ExportError> {
        self.pieces = vec![front.sizes()];
        drop(front);
        self.numbers.clear();
        self.open.clear();
        for part in 0..self.copy.part_count() {
            let before = self.page_count();
            let sheets = Sheets::lay_out(self.copy.part(part, before + 1)?, watch)?;
            let articles = self.copy.articles(part);
            let count = articles.len() as u64;
            let begun: Vec<Option<Beginning>> = articles.map(|number| sheets.beginning(number)).collect();
            self.numbers.extend(begun.iter().map(|begun| before + 1 + begun.map_or(0, |begun| begun.page)));
            each(part + 1, &sheets, &begun)?;
            self.pieces.push(sheets.sizes());
            self.keep(part + 1, sheets);
            if is_first {
                watch.typeset(count);
            }
        }
        Ok(())
    }

    fn keep(&mut self, piece: usize, sheets: Sheets) {
        self.open.retain(|(kept, _)| *kept != piece);
        self.open.truncate(KEPT - 1);
        self.open.push_front((piece, sheets));
    }

    /// A piece, set anew unless it is still there.
    fn sheets(&mut self, piece: usize, watch: &dyn Watch) -> Result<&Sheets, ExportError> {
        if let Some(at) = self.open.iter().position(|(kept, _)| *kept == piece) {
            self.open.swap(0, at);
        } else {
            // Room first: two parts and the one being set are more than is needed.
            self.open.truncate(KEPT - 1);
            let first_page = 1 + self.pieces[..piece].iter().map(Vec::len).sum::<usize>();
            let job = match piece {
                0 => self.copy.front(&self.numbers)?,
                _ => self.copy.part(piece - 1, first_page)?,
            };
            let sheets = Sheets::lay_out(job, watch)?;
            self.keep(piece, sheets);
        }
        self.open.front().map(|(_, sheets)| sheets).ok_or(ExportError::TypesettingStopped)
    }

    /// Number of pages.
    pub fn page_count(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    /// Width and height of every page in points.
    pub fn page_sizes(&self) -> Vec<(f64, f64)> {
        self.pieces.iter().flatten().copied().collect()
    }

    /// The piece of a page, and the page's place in it; from 0.
    fn place(&self, index: usize) -> Option<(usize, usize)> {
        let mut rest = index;
        for (piece, pages) in self.pieces.iter().enumerate() {
            if rest < pages.len() {
                return Some((piece, rest));
            }
            rest -= pages.len();
        }
        None
    }

    /// A page, from 0, at so many pixels per point; none behind the last. A page of a part that was put away takes as long
    /// as setting that part.
    pub fn picture(
        &mut self,
        index: usize,
        pixels_per_point: f64,
        watch: &dyn Watch,
    ) -> Result<Option<PagePicture>, ExportError> {
        let Some((piece, page)) = self.place(index) else { return Ok(None) };
        let sheets = self.sheets(piece, watch)?;
        Ok(sheets.pages().get(page).map(|page| picture(page, pixels_per_point)))
    }

    /// The PDF of the pages from one number to another (from 1, as they are printed), for a printer.
    pub fn pdf(&mut self, pages: RangeInclusive<usize>, watch: &dyn Watch) -> Result<Vec<u8>, ExportError> {
        let mut binder = Binder::default();
        let mut before = 0;
        for piece in 0..self.pieces.len() {
            let count = self.pieces[piece].len();
            let from = (*pages.start()).max(before + 1);
            let to = (*pages.end()).min(before + count);
            if from <= to {
                let sheets = self.sheets(piece, watch)?;
                if from == *pages.start() && to == *pages.end() {
                    return sheets.pdf(Some(from - before..=to - before), false);
                }
                binder.append(sheets, from - before - 1..to - before, &[])?;
            }
            before += count;
        }
        binder.finish(None, std::iter::empty())
    }

    /// The pages of a picture, which is set in one run.
    pub(super) fn only_pages(&self) -> &[Page] {
        self.open.front().map(|(_, sheets)| sheets.pages()).unwrap_or_default()
    }
}

pub(super) fn picture(page: &Page, pixels_per_point: f64) -> PagePicture {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixels_per_point), render_bleed: false };
    let pixels = typst_render::render(page, &options);
    PagePicture { width: pixels.width(), height: pixels.height(), rgba: pixels.take() }
}
