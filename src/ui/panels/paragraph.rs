//! What belongs to a paragraph of the open article: its lines in the source, and what can be put right about it.

use super::reader::ReaderView;
use crate::model::{
    Anchor, Article, Block, BlockKind, FurnitureKind, LineRange, Place, Repair, Role, StoredArticle, StoredPage, Target,
};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::Palette;
use crate::worker::Note;
use egui::{Button, Popup, Rect, Response, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::icons::ICON_MORE_HORIZ;

/// Size of the button beside a paragraph.
const BUTTON: f32 = 18.0;

/// The place of a block's first character that stands in the dump.
pub fn first_place(block: &Block) -> Option<Place> {
    block.runs.first().map(|run| Place { line: run.line, column: run.column })
}

/// Whether a block begins a line: an article can be parted there.
fn begins_line(article: &Article, index: usize) -> bool {
    let Some(place) = article.blocks.get(index).and_then(first_place) else { return false };
    !article.blocks[..index].iter().flat_map(|block| &block.runs).any(|run| run.line == place.line)
}

/// The lines a block was made of, ascending.
pub fn lines_of(block: &Block) -> Vec<LineRange> {
    let mut lines: Vec<u32> = block.lines().iter().flat_map(|range| range.lines()).collect();
    lines.sort_unstable();
    LineRange::gather(lines)
}

/// Draws the button beside paragraph `index`, shown while the pointer is on the paragraph or the button has the focus.
pub(super) fn tools_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &StoredArticle,
    index: usize,
    paragraph: &Response,
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    let palette = Palette::of(ui);
    let at = pos2(paragraph.rect.left() - BUTTON - 3.0, paragraph.rect.top());
    let rect = Rect::from_min_size(at, vec2(BUTTON, BUTTON));
    let mut beside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("paragraph", index)));
    let is_near = ui.rect_contains_pointer(paragraph.rect.union(rect));
    let color = if is_near { palette.weak } else { palette.paper.gamma_multiply(0.0) };
    let button = Button::new(ICON_MORE_HORIZ.rich_text().size(16.0).color(color)).frame(false).min_size(rect.size());
    let name = tr.f("paragraph.tools", &[("n", (index + 1).to_string())]);
    let response = beside.put(rect, button).on_hover_text(&name).accessible_name(name);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, palette.accent), StrokeKind::Inside);
        let dots = ICON_MORE_HORIZ.codepoint;
        let font = egui::FontId::proportional(16.0);
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, dots, font, palette.weak);
    }
    let page = view.page.filter(|page| page.id == stored.page_id).map(|page| &**page);
    Popup::menu(&response).show(|ui| menu_ui(ui, tr, stored, page, index, commands));
    Popup::context_menu(paragraph).show(|ui| menu_ui(ui, tr, stored, page, index, commands));
}

fn menu_ui(
    ui: &mut Ui,
    tr: Tr,
    stored: &StoredArticle,
    page: Option<&StoredPage>,
    index: usize,
    commands: &mut Vec<Command>,
) {
    let article = &stored.article;
    let Some(block) = article.blocks.get(index) else { return };
    let place = first_place(block);
    let item = |ui: &mut Ui, text: &str, is_enabled: bool| {
        let clicked = ui.add_enabled(is_enabled, Button::new(text)).clicked();
        if clicked {
            ui.close();
        }
        clicked
    };
    let mut repairs = Vec::new();
    let line = place.map_or(0, |place| place.line);
    if item(ui, &tr.t("paragraph.split"), index > 0 && begins_line(article, index)) {
        repairs.push(Repair::Split { line, column: 0 });
    }
    if let (true, Some(at)) = (item(ui, &tr.t("paragraph.join"), index > 0 && place.is_some()), place) {
        repairs.push(Repair::Paragraph { at, begins: false });
    }
    let is_edited = item(ui, &tr.t("paragraph.edit"), place.is_some());
    if is_edited || item(ui, &tr.t("paragraph.split-inside"), place.is_some()) {
        commands.push(Command::EditParagraph(index));
    }
    ui.separator();
    let here = || Target::Article(Anchor::of(article));
    let lines = lines_of(block);
    let moved = |to: Target, role: Option<Role>| Repair::Move { lines: lines.clone(), to, role, after: None };
    // Lines move as a whole: not where another article has a part of them.
    let is_shared = |line: u32| page.is_some_and(|page| page.sharers(line).count() > 1);
    let is_own = !lines.iter().any(|range| range.lines().any(is_shared));
    let is_whole = is_own && begins_line(article, index) && begins_line_after(article, index);
    match block.kind {
        BlockKind::Paragraph => {
            if item(ui, &tr.t("paragraph.to-subhead"), is_whole) {
                repairs.push(moved(here(), Some(Role::Subhead)));
            }
        }
        BlockKind::Subhead => {
            if item(ui, &tr.t("paragraph.to-body"), is_whole) {
                repairs.push(moved(here(), Some(Role::Body)));
            }
        }
    }
    if item(ui, &tr.t("paragraph.to-title"), is_whole) {
        repairs.push(moved(here(), Some(Role::Title)));
    }
    if item(ui, &tr.t("paragraph.to-new"), is_whole) {
        repairs.push(moved(Target::New, None));
    }
    if item(ui, &tr.t("paragraph.away"), is_whole) {
        repairs.push(moved(Target::Furniture(FurnitureKind::Slogan), None));
    }
    ui.separator();
    if item(ui, &tr.t("paragraph.show-lines"), place.is_some()) {
        commands.push(Command::ShowLine(line));
    }
    if !repairs.is_empty() {
        commands.push(Command::Write(Note::Repair(stored.page_id, article.title.clone(), repairs)));
    }
}

/// Whether the block behind begins a line too, so that a block's lines are its own.
fn begins_line_after(article: &Article, index: usize) -> bool {
    index + 1 >= article.blocks.len() || begins_line(article, index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceRun;

    #[test]
    fn an_article_is_parted_only_between_lines() {
        let block = |line, column| Block {
            kind: BlockKind::Paragraph,
            text: "甲".into(),
            runs: vec![SourceRun { start: 0, len: 1, line, column }],
        };
        let article = Article { blocks: vec![block(3, 0), block(3, 5), block(4, 0)], ..Article::default() };
        assert!(!begins_line(&article, 1) && begins_line(&article, 2));
        assert!(!begins_line_after(&article, 0) && begins_line_after(&article, 1) && begins_line_after(&article, 2));
        assert_eq!(lines_of(&article.blocks[0]), [LineRange { from: 3, to: 3 }]);
    }
}
