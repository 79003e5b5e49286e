//! Binds a booklet's parts into one document: pages in their order, links, bookmarks, the list of the set.
//!
//! Each part is a PDF of its own by then; its pages are drawn whole into the new document. What hangs on pages and not in
//! them (links, bookmarks) is made anew. The front matter cannot know the places of articles that are in other parts, so its
//! template links to `baoku:article-N`.

use super::sheets::{Beginning, Leads, Link, Sheets};
use crate::export::{ExportError, Manifest};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Point, Rect, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::pdf::{Pdf, PdfDocument};
use std::ops::Range;
use std::sync::Arc;

/// What the address of a link to an article begins with.
pub(super) const ARTICLE_LINK: &str = "baoku:article-";

/// What is told of the whole document.
pub(super) struct Facts<'a> {
    pub(super) title: &'a str,
    /// `manifest.json`.
    pub(super) manifest: Vec<u8>,
}

/// One part, made a PDF.
struct Piece {
    pdf: PdfDocument,
    /// Its pages that are taken.
    taken: Range<usize>,
    sizes: Vec<(f64, f64)>,
    links: Vec<Link>,
    /// Where its articles begin, in their order.
    begun: Vec<Option<Beginning>>,
}

/// The parts so far.
#[derive(Default)]
pub(super) struct Binder {
    pieces: Vec<Piece>,
}

impl Binder {
    /// Adds some pages (from 0) of a part. It may be put away afterwards.
    pub(super) fn append(
        &mut self,
        sheets: &Sheets,
        taken: Range<usize>,
        begun: &[Option<Beginning>],
    ) -> Result<(), ExportError> {
        let pdf = Pdf::new(sheets.pdf(None, false)?).map_err(|error| ExportError::bind(format!("{error:?}")))?;
        self.pieces.push(Piece {
            pdf: PdfDocument::new(Arc::new(pdf)),
            taken,
            sizes: sheets.sizes(),
            links: sheets.links(),
            begun: begun.to_vec(),
        });
        Ok(())
    }

    /// Puts what was added last before everything else: the front matter.
    pub(super) fn move_last_to_front(&mut self) {
        self.pieces.rotate_right(1);
    }

    /// The document. Headlines are the bookmarks of the articles that the parts begin, in their order.
    pub(super) fn finish<'a>(
        self,
        facts: Option<Facts<'_>>,
        titles: impl Iterator<Item = &'a str>,
    ) -> Result<Vec<u8>, ExportError> {
        let settings = SerializeSettings { enable_tagging: false, ..SerializeSettings::default() };
        let mut document = Document::new_with(settings);
        let places = self.places();
        let mut before = 0;
        for piece in &self.pieces {
            for page in piece.taken.clone() {
                self.draw(&mut document, piece, page, before, &places);
            }
            before += piece.taken.len();
        }
        let mut outline = Outline::new();
        for (title, place) in titles.zip(&places) {
            if let Some(place) = place {
                outline.push_child(OutlineNode::new(title.to_owned(), place.clone()));
            }
        }
        document.set_outline(outline);
        let creator = concat!("Baoku ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut metadata = Metadata::new().language("zh-CN".to_owned()).creator(creator);
        if let Some(facts) = facts {
            metadata = metadata.title(facts.title.to_owned());
            // Refused only when a file of that name is there already.
            let _ = document.embed_file(list(facts.manifest));
        }
        document.set_metadata(metadata);
        document.finish().map_err(|error| ExportError::bind(format!("{error:?}")))
    }

    fn draw(
        &self,
        document: &mut Document,
        piece: &Piece,
        page: usize,
        before: usize,
        places: &[Option<XyzDestination>],
    ) {
        let Some((width, height)) = piece.sizes.get(page).map(|size| (size.0 as f32, size.1 as f32)) else { return };
        let (Some(settings), Some(size)) = (PageSettings::from_wh(width, height), Size::from_wh(width, height)) else {
            return;
        };
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        surface.draw_pdf_page(&piece.pdf, size, page);
        surface.finish();
        for link in piece.links.iter().filter(|link| link.page == page) {
            let [left, top, right, bottom] = link.area.map(|value| value as f32);
            let target = match &link.leads {
                Leads::Away(address) => article_number(address).map_or_else(
                    || Some(Target::Action(Action::Link(LinkAction::new(address.clone())))),
                    |number| places.get(number).cloned().flatten().map(to_place),
                ),
                Leads::To(begun) => piece.destination(*begun, before).map(to_place),
            };
            if let (Some(area), Some(target)) = (Rect::from_ltrb(left, top, right, bottom), target) {
                sheet.add_annotation(LinkAnnotation::new(area, target).into());
            }
        }
        sheet.finish();
    }

    /// The place of every article in the document.
    fn places(&self) -> Vec<Option<XyzDestination>> {
        let mut before = 0;
        let mut out = Vec::new();
        for piece in &self.pieces {
            out.extend(piece.begun.iter().map(|begun| begun.and_then(|begun| piece.destination(begun, before))));
            before += piece.taken.len();
        }
        out
    }
}

impl Piece {
    /// A place of this piece, whose pages begin behind so many others.
    fn destination(&self, begun: Beginning, before: usize) -> Option<XyzDestination> {
        let page = begun.page.checked_sub(self.taken.start).filter(|_| self.taken.contains(&begun.page))?;
        let point = Point::from_xy(begun.at.0 as f32, begun.at.1 as f32);
        Some(XyzDestination::new(before + page, point))
    }
}

fn to_place(place: XyzDestination) -> Target {
    Target::Destination(place.into())
}

fn article_number(address: &str) -> Option<usize> {
    address.strip_prefix(ARTICLE_LINK)?.parse().ok()
}

fn list(manifest: Vec<u8>) -> EmbeddedFile {
    EmbeddedFile {
        path: Manifest::FILE_NAME.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("Baoku".to_owned()),
        association_kind: AssociationKind::Data,
        data: manifest.into(),
        modification_date: None,
        compress: Some(true),
        location: None,
    }
}
