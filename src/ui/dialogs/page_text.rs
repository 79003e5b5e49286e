//! The original text of a page, opened at a line that lies in no article.

use super::window_ui;
use crate::model::{FurnitureKind, LineRange, StoredPage};
use crate::search::Query;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::marked_job;
use egui::text::TextFormat;
use egui::{Context, FontId, RichText, ScrollArea, Ui};
use std::sync::Arc;

const LINE_HEIGHT: f32 = 22.0;
/// Characters of a line that are laid out; a dump may be one line of many megabytes.
const LONGEST_LINE: usize = 400;
/// Lines that stay in view above the one that was looked for.
const ABOVE: f32 = 4.0;

/// An open page.
#[derive(Debug)]
pub struct PageText {
    /// The page.
    pub page: Arc<StoredPage>,
    /// The line to begin at, from 1; none once it was shown.
    pub line: Option<u32>,
}

/// Draws the dialog.
pub fn page_text_ui(ctx: &Context, tr: Tr, text: &mut PageText, query: &Query, is_open: &mut bool) {
    let page = text.page.clone();
    let mut title = vec![tr.t("page-text.title").into_owned()];
    title.extend(page.date.best.map(|date| date.to_string()));
    title.extend(page.newspaper.clone());
    title.extend(page.page_label.clone());
    window_ui(ctx, &title.join(" · "), is_open, |ui| {
        let palette = Palette::of(ui);
        let source = format!("{} ({})", page.source.display(), page.encoding);
        ui.label(RichText::new(source).size(size::SMALL).color(palette.weak));
        ui.set_min_height(360.0);
        // Rows follow each other without a gap and none is higher than the scroll area reckons with.
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = LINE_HEIGHT;
        let lines: Vec<&str> = page.text.split('\n').collect();
        let mut area = ScrollArea::both().id_salt(("page-text", page.id.0)).auto_shrink(false);
        if let Some(line) = text.line.take() {
            area = area.vertical_scroll_offset((line as f32 - 1.0 - ABOVE).max(0.0) * LINE_HEIGHT);
        }
        area.show_rows(ui, LINE_HEIGHT, lines.len(), |ui, range| {
            for i in range {
                let number = i as u32 + 1;
                let mut loose = page.furniture.iter().filter(|f| f.what == FurnitureKind::Unplaced);
                line_ui(ui, &palette, number, lines[i], loose.any(|f| LineRange::contains(f.range(), number)), query);
            }
        });
    });
}

/// A line with its number; what stands in no article in full colour, the rest pale.
fn line_ui(ui: &mut Ui, palette: &Palette, number: u32, line: &str, is_loose: bool, query: &Query) {
    let marks = if is_loose { query.highlight(line) } else { Vec::new() };
    // A long line is shown from shortly before its first hit.
    let first = marks.first().map_or(0, |mark| mark.start);
    let from = match line[..first].char_indices().rev().nth(LONGEST_LINE / 4) {
        Some((at, _)) => at,
        None => 0,
    };
    let shown: String = line[from..].chars().take(LONGEST_LINE).map(|c| if c == '\t' { ' ' } else { c }).collect();
    let marks: Vec<_> = marks.into_iter().map(|m| m.start.saturating_sub(from)..m.end.saturating_sub(from)).collect();
    ui.horizontal(|ui| {
        let label = RichText::new(format!("{number:>4}")).size(size::SMALL).color(palette.weak);
        ui.add_sized([44.0, LINE_HEIGHT], egui::Label::new(label));
        let color = if is_loose { palette.text } else { palette.weak };
        let format = TextFormat { font_id: FontId::proportional(size::TEXT), color, ..Default::default() };
        ui.label(marked_job(&shown, &marks, format, palette, f32::INFINITY, 1));
    });
}
