//! Text with hits marked, and text set like print.

use crate::ui::soft_break::SOFT_BREAK;
use crate::ui::theme::Palette;
use crate::ui::typeset::{Line, break_lines};
use egui::Ui;
use egui::text::{LayoutJob, TextFormat};
use std::ops::Range;
use std::sync::Arc;

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

/// A paragraph ready to be shown.
#[derive(Clone, Debug)]
pub struct PrintJob {
    /// The text with its line breaks and hits.
    pub job: Arc<LayoutJob>,
    /// Where each hit begins, in characters of the job's text.
    pub hits: Vec<usize>,
}

/// A paragraph set like print: broken by [`break_lines`], both edges straight, hits marked. `indent` stands before the
/// text and is no part of it.
pub fn print_job(
    ui: &Ui,
    text: &str,
    marks: &[Range<usize>],
    indent: &str,
    format: &TextFormat,
    palette: &Palette,
    measure: f32,
) -> PrintJob {
    let font = &format.font_id;
    let lines = ui.fonts_mut(|fonts| {
        let indent = indent.chars().map(|c| fonts.glyph_width(font, c)).sum();
        break_lines(text, measure, indent, |c| fonts.glyph_width(font, c))
    });
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    job.append(indent, 0.0, format.clone());
    let hits = marks.iter().map(|mark| char_index(text, &lines, mark.start) + indent.chars().count()).collect();
    for (i, line) in lines.iter().enumerate() {
        let is_last = i + 1 == lines.len();
        let piece = &text[line.range.clone()];
        let gaps = piece.trim_end().chars().count().saturating_sub(1);
        let mut format = format.clone();
        // More than three ems are left only where a long word would not fit; stretching that would look worse.
        if !is_last && gaps > 0 && line.slack < 3.0 * font.size {
            format.extra_letter_spacing = line.slack / gaps as f32;
        }
        with_marks(&mut job, piece, &shifted(marks, &line.range), &format, palette);
        if !is_last {
            job.append(SOFT_BREAK, 0.0, format);
        }
    }
    PrintJob { job: Arc::new(job), hits }
}

/// The character at which byte `at` of `text` stands once soft breaks are set between `lines`.
fn char_index(text: &str, lines: &[Line], at: usize) -> usize {
    let breaks = lines.iter().skip(1).filter(|line| line.range.start <= at).count();
    text.get(..at).unwrap_or(text).chars().count() + breaks * SOFT_BREAK.chars().count()
}

/// The parts of `marks` inside `range`, counted from its start.
fn shifted(marks: &[Range<usize>], range: &Range<usize>) -> Vec<Range<usize>> {
    let inside = marks.iter().filter(|mark| mark.start < range.end && mark.end > range.start);
    inside.map(|m| m.start.max(range.start) - range.start..m.end.min(range.end) - range.start).collect()
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of one mark")]
mod tests {
    use super::*;

    #[test]
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

    #[test]
    fn hits_are_found_again_behind_soft_breaks() {
        let text = "甲乙丙丁";
        let lines = break_lines(text, 2.0, 0.0, |_| 1.0);
        assert_eq!(lines.len(), 2);
        assert_eq!(char_index(text, &lines, 3), 1);
        assert_eq!(char_index(text, &lines, 6), 2 + 2, "after the zero-width space and the line feed");
    }

    #[test]
    fn a_hit_over_a_line_end_is_marked_on_both_lines() {
        assert_eq!(shifted(&[3..12], &(0..6)), [3..6]);
        assert_eq!(shifted(&[3..12], &(6..15)), [0..6]);
        assert!(shifted(&[3..12], &(12..15)).is_empty());
    }
}
