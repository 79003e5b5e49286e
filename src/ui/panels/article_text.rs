//! The open article's text, broken into lines and ready to be drawn, with its hits.

use super::marks::MarksState;
use super::reader::ReaderView;
use crate::model::{Article, BlockKind, StoredArticle};
use crate::ui::fonts;
use crate::ui::theme::Palette;
use crate::ui::widgets::{PrintJob, print_job};
use egui::text::{CCursor, TextFormat};
use egui::{FontId, Label, Rect, Ui, Widget as _};
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
}

struct JobKey {
    article: Arc<StoredArticle>,
    measure: f32,
    type_size: f32,
    is_dark: bool,
    query: String,
}

impl JobKey {
    fn is_same_text(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.article, &other.article) && self.query == other.query
    }

    fn is_same(&self, other: &Self) -> bool {
        self.is_same_text(other)
            && (self.measure, self.type_size, self.is_dark) == (other.measure, other.type_size, other.is_dark)
    }
}

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
            is_dark: ui.visuals().dark_mode,
            query: view.query.to_string(),
        };
        if self.key.as_ref().is_some_and(|old| old.is_same(&key)) {
            return;
        }
        if !self.key.as_ref().is_some_and(|old| old.is_same_text(&key)) {
            self.hit = None;
        }
        self.key = Some(key);
        let base = view.type_size;
        let article = &stored.article;
        let job = |text: &str, indent, font: FontId, color, leading: f32| {
            let line_height = Some(font.size * leading);
            let format = TextFormat { font_id: font, color, line_height, ..Default::default() };
            print_job(ui, text, &view.query.highlight(text), indent, &format, palette, measure)
        };
        let title_color = if article.title_printed { palette.strong } else { palette.weak };
        let heads = head_texts(article).map(|(head, text)| match head {
            Head::Column => job(text, "", fonts::sans_bold(base * 0.85), palette.accent, 1.4),
            Head::Kicker | Head::Subtitle => job(text, "", fonts::serif(base * 1.05), palette.weak, 1.4),
            Head::Title => job(text, "", fonts::serif_bold(base * 1.65), title_color, 1.4),
        });
        let blocks = article.blocks.iter().map(|block| match block.kind {
            BlockKind::Paragraph => job(&block.text, "　　", fonts::serif(base), palette.text, 1.75),
            BlockKind::Subhead => job(&block.text, "", fonts::serif_bold(base * 1.08), palette.strong, 1.6),
        });
        self.jobs = heads.chain(blocks).collect();
    }

    /// Draws the headline.
    pub(super) fn head_ui(&mut self, ui: &mut Ui, article: &Article, palette: &Palette) {
        for index in 0..head_texts(article).count() {
            self.job_ui(ui, index, palette);
        }
    }

    /// Draws the paragraphs and subheads.
    pub(super) fn body_ui(&mut self, ui: &mut Ui, article: &Article, type_size: f32, palette: &Palette) {
        let first = head_texts(article).count();
        for (i, block) in article.blocks.iter().enumerate() {
            if block.kind == BlockKind::Subhead {
                ui.add_space(type_size * 0.45);
            }
            self.job_ui(ui, first + i, palette);
            ui.add_space(type_size * 0.35);
        }
    }

    fn job_ui(&mut self, ui: &mut Ui, index: usize, palette: &Palette) {
        let Some(PrintJob { job, hits }) = self.jobs.get(index).cloned() else { return };
        let before: usize = self.jobs[..index].iter().map(|job| job.hits.len()).sum();
        let current = self.hit.and_then(|hit| hits.get(hit.checked_sub(before)?).copied());
        let Some(at) = current else {
            Label::new(job).selectable(true).extend().ui(ui);
            return;
        };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job.as_ref().clone()));
        let place = galley.pos_from_cursor(CCursor::new(at));
        let top = ui.cursor().min;
        Label::new(job).selectable(true).extend().ui(ui);
        let place = Rect::from_min_max(place.min, place.max).translate(top.to_vec2());
        let mark = Rect::from_x_y_ranges(place.left() - 7.0..=place.left() - 4.0, place.y_range());
        ui.painter().rect_filled(mark, 1.0, palette.accent);
        if std::mem::take(&mut self.wants_reveal) {
            ui.scroll_to_rect(place, Some(egui::Align::Center));
        }
    }
}
