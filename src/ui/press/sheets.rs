//! The pages of a booklet that is being looked at: their sizes, and the pictures of those in view.

use crate::worker::export::PagePicture;
use crate::worker::{Progress, Ticket};
use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use std::collections::HashMap;
use std::sync::Arc;

/// Pictures that are kept; a view shows two or three pages, and scrolling back should not flicker.
const KEPT: usize = 10;
/// Pages that may be asked for at a time: what has been scrolled past must not be drawn first.
const ASKED: usize = 3;

/// The pages.
pub struct Sheets {
    /// The request that lays them out.
    pub ticket: Ticket,
    /// Where it is told to stop.
    pub progress: Arc<Progress>,
    /// Width and height of each page in points; none before they are laid out.
    pub pages: Option<Vec<(f64, f64)>>,
    /// Why they could not be laid out.
    pub error: Option<String>,
    pictures: HashMap<usize, Picture>,
    asked: Vec<(usize, f64)>,
}

/// A page that was drawn.
struct Picture {
    pixels_per_point: f64,
    texture: TextureHandle,
}

impl std::fmt::Debug for Sheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheets").field("ticket", &self.ticket).field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl Sheets {
    /// Pages that are being laid out.
    pub fn new(ticket: Ticket, progress: Arc<Progress>) -> Self {
        Self { ticket, progress, pages: None, error: None, pictures: HashMap::new(), asked: Vec::new() }
    }

    /// The picture of a page, perhaps a coarse one, if there is one.
    pub fn picture(&self, page: usize) -> Option<&TextureHandle> {
        self.pictures.get(&page).map(|picture| &picture.texture)
    }

    /// Whether a page should be drawn: there is no picture of this fineness, and it was not asked for.
    pub fn wants(&self, page: usize, pixels_per_point: f64) -> bool {
        let is_fine = self.pictures.get(&page).is_some_and(|p| p.pixels_per_point == pixels_per_point);
        !is_fine && self.asked.len() < ASKED && !self.asked.contains(&(page, pixels_per_point))
    }

    /// The page is asked for.
    pub fn ask(&mut self, page: usize, pixels_per_point: f64) {
        self.asked.push((page, pixels_per_point));
    }

    /// A picture came in; it goes to the graphics card.
    pub fn put(&mut self, ctx: &Context, page: usize, picture: Option<&PagePicture>) {
        let asked = self.asked.iter().position(|(asked, _)| *asked == page).map(|at| self.asked.remove(at));
        let (Some((_, pixels_per_point)), Some(picture)) = (asked, picture) else { return };
        let size = [picture.width as usize, picture.height as usize];
        let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
        let texture = ctx.load_texture(format!("page {page}"), image, TextureOptions::LINEAR);
        self.pictures.insert(page, Picture { pixels_per_point, texture });
        // What is farthest from where the reader is goes first.
        while self.pictures.len() > KEPT {
            let Some(farthest) = self.pictures.keys().copied().max_by_key(|other| other.abs_diff(page)) else { break };
            self.pictures.remove(&farthest);
        }
    }

    /// Something went wrong while drawing; pages can be asked for again.
    pub fn give_up(&mut self) {
        self.asked.clear();
    }
}
