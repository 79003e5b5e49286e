//! The open article's text, broken into lines and ready to be drawn, with its hits.

use super::marks::MarksState;
use super::paragraph;
use super::reader::ReaderView;
use super::source::SourceState;
use crate::model::{Article, ArticleId, BlockKind, LineRange, PageId, StoredArticle};
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::saved::Face;
use crate::ui::theme::Palette;
use crate::ui::widgets::{PrintJob, print_job};
use egui::text::{CCursor, TextFormat};
use egui::{FontId, Label, Rect, Response, Ui, Widget as _};
use std::sync::Arc;

/// What the reader keeps between frames.
///
/// Breaking 30,000 characters takes some milliseconds; it is done again only when the article, the measure, the type,
/// the theme or the hits change.
#[derive(Default)]
pub struct ReaderState {
    key: Option<JobKey>,
    jobs: Vec<PrintJob>,
    /// The hit that was gone to last.
    hit: Option<usize>,
    /// Bring `hit` into view at the next frame.
    wants_reveal: bool,
    /// Edit buffers of tags and note.
    pub(super) marks: MarksState,
    /// The page's original lines.
    pub(super) source: SourceState,
    /// How far articles are read.
    pub(super) position: super::position::ReadPosition,
    /// The paragraph under the pointer.
    pointed: Option<usize>,
    /// The paragraph that was clicked.
    pinned: Option<usize>,
    /// Bring the paragraph with this line of this page into view.
    reveal_line: Option<(PageId, u32)>,
}

struct JobKey {
    article: Arc<StoredArticle>,
    measure: f32,
    type_size: f32,
    face: Face,
    is_dark: bool,
    query: String,
}

impl JobKey {
    fn is_same_text(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.article, &other.article) && self.query == other.query
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_same_text(other)
            && (self.measure, self.type_size, self.face, self.is_dark)
                == (other.measure, other.type_size, other.face, other.is_dark)
    }
}

/// A type face at a size.
type Typeface = fn(f32) -> FontId;

/// The parts of a headline.
#[derive(Clone, Copy, PartialEq)]
enum Head {
    Column,
    Kicker,
    Title,
    Subtitle,
}

/// The lines of the headline, from top to bottom.
fn head_texts(article: &Article) -> impl Iterator<Item = (Head, &str)> {
    let all = [
        (Head::Column, article.column.as_deref()),
        (Head::Kicker, article.kicker.as_deref()),
        (Head::Title, Some(article.title.as_str())),
        (Head::Subtitle, article.subtitle.as_deref()),
    ];
    all.into_iter().filter_map(|(head, text)| Some((head, text?)))
}

impl ReaderState {
    /// Number of hits in the article, and the one gone to last (from 0).
    pub fn hits(&self) -> (usize, Option<usize>) {
        (self.jobs.iter().map(|job| job.hits.len()).sum(), self.hit)
    }

    /// Goes to the next hit or the one before, around the ends.
    pub fn step_hit(&mut self, is_forward: bool) {
        let (count, at) = self.hits();
        if count > 0 {
            self.hit = Some(match (at, is_forward) {
                (None, true) => 0,
                (None, false) => count - 1,
                (Some(at), true) => (at + 1) % count,
                (Some(at), false) => (at + count - 1) % count,
            });
            self.wants_reveal = true;
        }
    }

    /// Makes the jobs anew where something changed.
    pub(super) fn refresh(&mut self, ui: &Ui, view: &ReaderView<'_>, stored: &Arc<StoredArticle>, palette: &Palette) {
        let measure = ui.available_width();
        let key = JobKey {
            article: stored.clone(),
            measure,
            type_size: view.type_size,
            face: view.face,
            is_dark: ui.visuals().dark_mode,
            query: view.query.to_string(),
        };
        if self.key.as_ref().is_some_and(|old| old.is_same(&key)) {
            return;
        }
        if !self.key.as_ref().is_some_and(|old| old.is_same_text(&key)) {
            self.hit = None;
            (self.pointed, self.pinned) = (None, None);
        }
        self.key = Some(key);
        let base = view.type_size;
        let article = &stored.article;
        let (regular, bold): (Typeface, Typeface) = match view.face {
            Face::Serif => (fonts::serif, fonts::serif_bold),
            Face::Sans => (FontId::proportional, fonts::sans_bold),
        };
        let job = |text: &str, indent, font: FontId, color, leading: f32| {
            let line_height = Some(font.size * leading);
            let format = TextFormat { font_id: font, color, line_height, ..Default::default() };
            print_job(ui, text, &view.query.highlight(text), indent, &format, palette, measure)
        };
        let title_color = if article.title_printed { palette.strong } else { palette.weak };
        let heads = head_texts(article).map(|(head, text)| match head {
            Head::Column => job(text, "", fonts::sans_bold(base * 0.85), palette.accent, 1.4),
            Head::Kicker | Head::Subtitle => job(text, "", regular(base * 1.05), palette.weak, 1.4),
            Head::Title => job(text, "", bold(base * 1.65), title_color, 1.4),
        });
        let blocks = article.blocks.iter().map(|block| match block.kind {
            BlockKind::Paragraph => job(&block.text, "　　", regular(base), palette.text, 1.75),
            BlockKind::Subhead => job(&block.text, "", bold(base * 1.08), palette.strong, 1.6),
        });
        self.jobs = heads.chain(blocks).collect();
    }

    /// Draws the headline.
    pub(super) fn head_ui(&mut self, ui: &mut Ui, article: &Article, palette: &Palette) {
        for index in 0..head_texts(article).count() {
            self.job_ui(ui, index, palette);
        }
    }

    /// Draws the paragraphs and subheads, each with its tools and its tie to the source.
    pub(super) fn body_ui(
        &mut self,
        ui: &mut Ui,
        view: &ReaderView<'_>,
        stored: &StoredArticle,
        palette: &Palette,
        commands: &mut Vec<Command>,
    ) {
        let article = &stored.article;
        let first = head_texts(article).count();
        let from_source = self.source.hovered.and_then(|line| block_at(article, line));
        let wanted = self.wanted_block(ui, stored);
        let mut pointed = None;
        for (i, block) in article.blocks.iter().enumerate() {
            if block.kind == BlockKind::Subhead {
                ui.add_space(view.type_size * 0.45);
            }
            let Some(response) = self.job_ui(ui, first + i, palette) else { continue };
            let response = response.on_hover_cursor(egui::CursorIcon::Text);
            if response.hovered() {
                pointed = Some(i);
            }
            if response.clicked() {
                self.pinned = Some(i);
                if let Some(place) = paragraph::first_place(block) {
                    self.source.reveal(place.line);
                }
            }
            let is_tied = view.shows_beside && (self.pinned == Some(i) || pointed == Some(i));
            if is_tied || from_source == Some(i) {
                let rect = response.rect;
                let bar = Rect::from_x_y_ranges(rect.left() - 3.0..=rect.left() - 1.0, rect.y_range());
                ui.painter().rect_filled(bar, 1.0, palette.accent);
            }
            if wanted == Some(i) {
                response.scroll_to_me(Some(egui::Align::Center));
                self.pinned = Some(i);
            }
            if ui.is_rect_visible(response.rect) {
                paragraph::tools_ui(ui, view, stored, i, &response, commands);
            }
            ui.add_space(view.type_size * 0.35);
        }
        if pointed != self.pointed {
            // The source beside it was drawn before.
            self.pointed = pointed;
            ui.ctx().request_repaint();
        }
    }

    /// The lines to be marked in the source: of the paragraph under the pointer, else of the one clicked last.
    pub(super) fn lit_lines(&self, article: &Article) -> Vec<LineRange> {
        let block = self.pointed.or(self.pinned).and_then(|i| article.blocks.get(i));
        block.map(paragraph::lines_of).unwrap_or_default()
    }

    /// Brings the paragraph with this line into view, once its article is there.
    pub(super) fn reveal_line(&mut self, page: PageId, line: u32) {
        self.reveal_line = Some((page, line));
    }

    /// The paragraph to be brought into view in this frame.
    fn wanted_block(&mut self, ui: &Ui, stored: &StoredArticle) -> Option<usize> {
        let (page, line) = self.reveal_line?;
        let block = block_at(&stored.article, line).filter(|_| page == stored.page_id);
        let is_mine = stored.article.spans.iter().any(|span| span.range().contains(line));
        if block.is_some() || is_mine || page != stored.page_id {
            self.reveal_line = None;
        }
        if block.is_none() && is_mine && page == stored.page_id {
            // A line of the headline or a signature.
            ui.scroll_to_rect(Rect::from_min_size(ui.min_rect().min, egui::Vec2::ZERO), Some(egui::Align::TOP));
        }
        block
    }

    /// How far the open article is read, where the archive does not know it yet.
    pub fn unsaved_position(&mut self) -> Option<(ArticleId, f64)> {
        self.position.unsaved(None)
    }

    /// Shows a line in the source view.
    pub fn show_source_line(&mut self, line: u32) {
        self.source.reveal(line);
    }

    /// Chooses no source line any more.
    pub fn forget_choice(&mut self) {
        self.source.forget_choice();
    }

    fn job_ui(&mut self, ui: &mut Ui, index: usize, palette: &Palette) -> Option<Response> {
        let PrintJob { job, hits } = self.jobs.get(index).cloned()?;
        let before: usize = self.jobs[..index].iter().map(|job| job.hits.len()).sum();
        let current = self.hit.and_then(|hit| hits.get(hit.checked_sub(before)?).copied());
        let Some(at) = current else {
            return Some(Label::new(job).selectable(true).extend().ui(ui));
        };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job.as_ref().clone()));
        let place = galley.pos_from_cursor(CCursor::new(at));
        let top = ui.cursor().min;
        let response = Label::new(job).selectable(true).extend().ui(ui);
        let place = Rect::from_min_max(place.min, place.max).translate(top.to_vec2());
        let mark = Rect::from_x_y_ranges(place.left() - 7.0..=place.left() - 4.0, place.y_range());
        ui.painter().rect_filled(mark, 1.0, palette.accent);
        if std::mem::take(&mut self.wants_reveal) {
            ui.scroll_to_rect(place, Some(egui::Align::Center));
        }
        Some(response)
    }
}

/// The block that holds characters of a line; the first of them.
fn block_at(article: &Article, line: u32) -> Option<usize> {
    article.blocks.iter().position(|block| block.runs.iter().any(|run| run.line == line))
}
