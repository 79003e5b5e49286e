//! The page's original lines, tinted by role, and what became of each. A click on a line leads to its paragraph; chosen
//! lines can be put where they belong.

use crate::model::{ArticleId, FurnitureKind, LineRange, PageSummary, StoredPage};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, headline};
use crate::ui::page_lines::{Choice, PageLines, Standing};
use crate::ui::theme::{Palette, size};
use egui::{Align2, FontId, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

const LINE_HEIGHT: f32 = 22.0;
/// Characters of a line that are laid out; a dump may be one line of many megabytes.
const LONGEST_LINE: usize = 400;
/// Where the text of a line begins.
const TEXT_LEFT: f32 = 122.0;

/// What the view keeps between frames.
#[derive(Debug, Default)]
pub struct SourceState {
    lines: Option<PageLines>,
    /// The chosen lines.
    pub(super) choice: Choice,
    /// Bring this line into view at the next frame.
    reveal: Option<u32>,
    /// The line under the pointer or with the focus.
    pub(super) hovered: Option<u32>,
    /// The line that was clicked last, until somebody has taken note.
    pub(super) clicked: Option<u32>,
    last_unplaced: u32,
    /// The open article, when the lines were drawn last.
    open: Option<ArticleId>,
}

impl SourceState {
    /// Brings a line into view.
    pub fn reveal(&mut self, line: u32) {
        self.reveal = Some(line);
    }

    /// Chooses no line any more.
    pub fn forget_choice(&mut self) {
        self.choice.clear();
    }

    fn refresh(&mut self, page: &Arc<StoredPage>) {
        let is_known = self.lines.as_ref().is_some_and(|lines| Arc::ptr_eq(&lines.page, page));
        if !is_known {
            let is_another = self.lines.as_ref().is_none_or(|lines| lines.page.id != page.id);
            self.lines = Some(PageLines::new(page.clone()));
            self.hovered = None;
            self.choice.clear();
            if is_another {
                self.last_unplaced = 0;
            }
        }
    }
}

/// Draws the lines of `page`, with those of article `open` in full colour and `lit` ones marked.
pub fn source_ui(
    ui: &mut Ui,
    tr: Tr,
    page: &Arc<StoredPage>,
    open: ArticleId,
    lit: &[LineRange],
    state: &mut SourceState,
    commands: &mut Vec<Command>,
) {
    state.refresh(page);
    let Some(lines) = state.lines.take() else { return };
    if state.open.replace(open) != Some(open) && state.clicked.is_none() && state.reveal.is_none() {
        state.reveal = lines.first_line(open);
    }
    let palette = Palette::of(ui);
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 4)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(lines.account(tr)).size(size::SMALL).color(palette.weak));
            if lines.unplaced() > 0 {
                let text = RichText::new(tr.t("source.next-unplaced")).size(size::SMALL);
                if ui.small_button(text).on_hover_text(tr.t("source.next-unplaced-tip")).clicked()
                    && let Some(line) = lines.next_unplaced(state.last_unplaced)
                {
                    state.last_unplaced = line;
                    state.choice.click(line, false, false);
                    state.reveal = Some(line);
                }
            }
        });
        let source = page.source.display();
        ui.label(RichText::new(format!("{source} ({})", page.encoding)).size(size::SMALL).color(palette.weak));
    });
    super::source_repair::choice_ui(ui, tr, &lines, open, state, commands);
    let mut area = ScrollArea::both().id_salt(("source", page.id.0)).auto_shrink(false);
    if let Some(line) = state.reveal.take() {
        let middle = (ui.available_height() / 3.0 - LINE_HEIGHT).max(0.0);
        area = area.vertical_scroll_offset(((line.saturating_sub(1)) as f32 * LINE_HEIGHT - middle).max(0.0));
    }
    state.hovered = None;
    // Rows follow each other without a gap; the scroll area reckons with the spacing set here.
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, LINE_HEIGHT, lines.count(), |ui, range| {
        for i in range {
            let number = i as u32 + 1;
            let row = Row {
                lines: &lines,
                number,
                open,
                is_lit: lit.iter().any(|range| range.contains(number)),
                is_chosen: state.choice.has(number),
            };
            row_ui(ui, tr, &palette, &row, state, commands);
        }
    });
    state.lines = Some(lines);
}

/// A line and how it is shown.
struct Row<'a> {
    lines: &'a PageLines,
    number: u32,
    open: ArticleId,
    is_lit: bool,
    is_chosen: bool,
}

impl Row<'_> {
    fn role(&self, tr: Tr) -> String {
        match self.lines.standing(self.number) {
            Standing::Of(..) if self.lines.is_shared(self.number) => tr.t("role.shared").into_owned(),
            Standing::Of(_, role) => tr.join("role", role.as_str()),
            Standing::Furniture(FurnitureKind::Unplaced) => tr.t("role.unplaced").into_owned(),
            Standing::Furniture(_) => tr.t("role.furniture").into_owned(),
            Standing::Blank => String::new(),
        }
    }
}

fn row_ui(ui: &mut Ui, tr: Tr, palette: &Palette, row: &Row<'_>, state: &mut SourceState, commands: &mut Vec<Command>) {
    let line = row.lines.text(row.number);
    let shown: String = line.chars().take(LONGEST_LINE).map(|c| if c.is_control() { '·' } else { c }).collect();
    let galley = ui.painter().layout_no_wrap(shown, FontId::proportional(size::TEXT), palette.text);
    let width = (galley.size().x + TEXT_LEFT + 28.0).max(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, LINE_HEIGHT), Sense::click());
    let role = row.role(tr);
    let name = format!("{} {line} {role}", row.number);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, row.is_chosen, &name));
    let ground = rect.with_min_x(rect.left() + TEXT_LEFT - 6.0);
    let standing = row.lines.standing(row.number);
    // Of a line cut between articles, the open one is meant.
    let mut sharers = row.lines.sharers(row.number);
    let article = sharers.find(|a| a.id == row.open).or_else(|| row.lines.article(row.number));
    if let (Standing::Of(_, role), Some(article)) = (standing, article) {
        let tint = palette.role_tint(role);
        let tint = if article.id == row.open { tint } else { tint.gamma_multiply(0.35) };
        ui.painter().rect_filled(ground, 2.0, tint);
    }
    if row.is_chosen {
        ui.painter().rect_filled(ground, 2.0, palette.selected);
    }
    if row.is_lit {
        let bar = rect.with_min_x(ground.left() - 5.0).with_max_x(ground.left() - 1.0);
        ui.painter().rect_filled(bar, 1.0, palette.accent);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(ground, 2.0, Stroke::new(1.5, palette.accent), StrokeKind::Inside);
    }
    if response.hovered() || response.has_focus() {
        state.hovered = Some(row.number);
    }
    if response.clicked() {
        let (extends, toggles) = ui.input(|i| (i.modifiers.shift, i.modifiers.command));
        state.choice.click(row.number, extends, toggles);
        if !extends && !toggles {
            state.clicked = Some(row.number);
            if let Some(article) = article.filter(|a| a.id != row.open) {
                commands.push(Command::OpenArticle(article.id));
            }
        }
    }
    let middle = rect.center().y;
    let small = FontId::proportional(11.5);
    let number_at = pos2(rect.left() + 44.0, middle);
    ui.painter().text(number_at, Align2::RIGHT_CENTER, row.number.to_string(), small.clone(), palette.weak);
    let role_color = match standing {
        Standing::Furniture(FurnitureKind::Unplaced) => palette.warning,
        _ => palette.weak,
    };
    ui.painter().text(pos2(rect.left() + 54.0, middle), Align2::LEFT_CENTER, role, small.clone(), role_color);
    let text_at = pos2(rect.left() + TEXT_LEFT, middle - galley.size().y / 2.0);
    let text_right = text_at.x + galley.size().x;
    ui.painter().galley(text_at, galley, palette.text);
    if let Some(article) = row.lines.opening(row.number) {
        mark_ui(ui, tr, palette, article, pos2(text_right + 16.0, middle), rect.right());
    }
    if let Some(article) = article {
        response.on_hover_text(hover_text(tr, row, article));
    }
}

/// How sure an article is, at its first line, where there is room.
fn mark_ui(ui: &Ui, tr: Tr, palette: &Palette, article: &PageSummary, at: egui::Pos2, right: f32) {
    let (text, color) = if article.is_repaired {
        (tr.t("marks.edited").into_owned(), palette.good)
    } else {
        let percent = tr.f("source.sure", &[("p", format!("{:.0}", article.confidence * 100.0))]);
        (percent, if article.is_sure() { palette.weak } else { palette.warning })
    };
    let galley = ui.painter().layout_no_wrap(text, FontId::proportional(11.5), color);
    if at.x + galley.size().x < right {
        ui.painter().galley(pos2(at.x, at.y - galley.size().y / 2.0), galley, color);
    }
}

fn hover_text(tr: Tr, row: &Row<'_>, article: &PageSummary) -> String {
    if row.lines.is_shared(row.number) {
        let titles: Vec<_> = row.lines.sharers(row.number).map(|a| headline(tr, &a.title)).collect();
        return tr.f("source.shared", &[("a", titles.join("\n"))]);
    }
    let percent = tr.f("source.sure", &[("p", format!("{:.0}", article.confidence * 100.0))]);
    format!("{}  {percent}", headline(tr, &article.title))
}
