//! Text with hits marked.

use crate::ui::theme::Palette;
use egui::text::{LayoutJob, TextFormat};
use std::ops::Range;

/// Appends `text` to `job`, with the byte ranges of `marks` on the ground of hits. Marks that do not fall on characters
/// are ignored, so that a stale mark can never panic.
pub fn with_marks(job: &mut LayoutJob, text: &str, marks: &[Range<usize>], format: &TextFormat, palette: &Palette) {
    let mut at = 0;
    for mark in marks {
        if mark.start < at || mark.is_empty() || text.get(mark.clone()).is_none() {
            continue;
        }
        job.append(&text[at..mark.start], 0.0, format.clone());
        let hit = TextFormat { background: palette.mark, color: palette.on_mark, ..format.clone() };
        job.append(&text[mark.clone()], 0.0, hit);
        at = mark.end;
    }
    job.append(&text[at..], 0.0, format.clone());
}

/// A job of `text` with hits, cut after `rows` rows of `width` points with "…".
pub fn marked_job(
    text: &str,
    marks: &[Range<usize>],
    format: TextFormat,
    palette: &Palette,
    width: f32,
    rows: usize,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    with_marks(&mut job, text, marks, &format, palette);
    job.wrap =
        egui::text::TextWrapping { max_width: width, max_rows: rows, break_anywhere: rows == 1, ..Default::default() };
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "a list of one mark")]
    fn sections_cover_the_text_without_gaps() {
        let palette = crate::ui::theme::light();
        let mut job = LayoutJob::default();
        with_marks(&mut job, "圩堤连守九天", &[3..6], &TextFormat::default(), &palette);
        assert_eq!(job.text, "圩堤连守九天");
        assert_eq!(job.sections.len(), 3);
        let mut stale = LayoutJob::default();
        with_marks(&mut stale, "圩堤", &[1..2, 0..90, 3..6], &TextFormat::default(), &palette);
        assert_eq!(stale.text, "圩堤");
    }
}
