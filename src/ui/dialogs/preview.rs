//! Preview and print: the pages as they come out, and the printer's choices beside them.

use super::export::{columns_choice, paper_choice, scope_box};
use crate::model::Selection;
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::press::{Choices, PressCommand, Scope, ScopeChoice, Sheets};
use crate::ui::theme::{Palette, size};
use crate::worker::print::{CAN_CHOOSE_SIDES, Duplex, Printer};
use egui::{Button, ComboBox, Context, DragValue, Rect, RichText, ScrollArea, TextEdit, Ui, pos2, vec2};
use std::ops::RangeInclusive;

/// Width of the column with the choices.
const SIDE: f32 = 232.0;
/// White around a page on the desk.
const GAP: f32 = 14.0;
/// Sizes of the pages, as parts of the room there is.
const ZOOMS: [f32; 4] = [0.5, 0.75, 1.0, 1.5];

/// What is chosen in the dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewState {
    /// Which articles.
    pub scope: Scope,
    scopes: Vec<ScopeChoice>,
    /// Paper, columns, printer.
    pub choices: Choices,
    /// Title of the set.
    pub title: String,
    /// How many copies.
    pub copies: u32,
    /// Pages as they are typed: empty for all, `3`, `2-5`.
    pub range: String,
    /// The title as it was laid out.
    shown_title: String,
    /// Which of the sizes.
    zoom: usize,
}

/// What is typed names no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRange;

impl PreviewState {
    /// A dialog for these articles.
    pub fn new(scope: Scope, scopes: Vec<ScopeChoice>, choices: Choices, title: String) -> Self {
        let is_there = scopes.iter().any(|choice| choice.scope == scope);
        let scope = if is_there { scope } else { scopes.first().map(|first| first.scope.clone()).unwrap_or_default() };
        let shown_title = title.clone();
        Self { scope, scopes, choices, title, copies: 1, range: String::new(), shown_title, zoom: 2 }
    }

    /// The articles that are chosen.
    pub fn selection(&self) -> Option<Selection> {
        self.scopes.iter().find(|choice| choice.scope == self.scope).map(|choice| choice.selection.clone())
    }

    fn is_set(&self) -> bool {
        self.scopes.iter().any(|choice| choice.scope == self.scope && choice.count != Some(1))
    }

    /// The pages that are to be printed, of so many; none for all of them. An error when what is typed is no range.
    pub fn pages(&self, count: usize) -> Result<Option<RangeInclusive<usize>>, NoRange> {
        let typed: String = self
            .range
            .chars()
            .map(|c| if matches!(c, '－' | '—' | '–' | '~' | '～' | '至') { '-' } else { c })
            .collect();
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
        let number = |text: &str, missing: usize| match text.trim() {
            "" => Ok(missing),
            text => text.parse::<usize>().map_err(|_| NoRange),
        };
        let (first, last) = (number(first, 1)?, number(last, count)?);
        if first >= 1 && first <= last && first <= count { Ok(Some(first..=last.min(count))) } else { Err(NoRange) }
    }
}

/// What the dialog shows besides its own state.
pub struct PreviewView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The pages, or what is there of them.
    pub sheets: Option<&'a Sheets>,
    /// The printers, once they are known.
    pub printers: Option<&'a Result<Vec<Printer>, String>>,
}

/// Draws the dialog.
pub fn preview_ui(
    ctx: &Context,
    view: &PreviewView<'_>,
    state: &mut PreviewState,
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    let room = ctx.content_rect().shrink(24.0);
    egui::Window::new(tr.t("press.preview-title"))
        .open(is_open)
        .collapsible(false)
        .resizable(false)
        .fixed_size(room.size() - vec2(24.0, 56.0))
        .pivot(egui::Align2::CENTER_CENTER)
        .fixed_pos(room.center())
        .show(ctx, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(SIDE);
                    side_ui(ui, view, state, commands);
                });
                ui.separator();
                pages_ui(ui, view, state.zoom, commands);
            });
        });
}

fn side_ui(ui: &mut Ui, view: &PreviewView<'_>, state: &mut PreviewState, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let weak = Palette::of(ui).weak;
    let head = |ui: &mut Ui, key: &'static str| {
        ui.add_space(6.0);
        ui.label(RichText::new(tr.t(key)).size(size::SMALL).color(weak));
    };
    ui.spacing_mut().item_spacing.y = 5.0;
    head(ui, "press.scope");
    let mut is_changed = scope_box(ui, tr, &mut state.scope, &state.scopes, SIDE - 8.0);
    if state.is_set() {
        head(ui, "press.title");
        let edit = TextEdit::singleline(&mut state.title).desired_width(SIDE - 16.0);
        let title = ui.add(edit).accessible_name(tr.t("press.title"));
        // Not at every key: a layout takes its time.
        if title.lost_focus() && state.title != state.shown_title {
            state.shown_title.clone_from(&state.title);
            is_changed = true;
        }
    }
    head(ui, "press.paper");
    ui.horizontal_wrapped(|ui| is_changed |= paper_choice(ui, tr, &mut state.choices));
    ui.horizontal_wrapped(|ui| is_changed |= columns_choice(ui, tr, &mut state.choices));
    if is_changed {
        commands.push(Command::Press(PressCommand::LayOut));
    }
    head(ui, "press.size");
    ui.horizontal(|ui| {
        for (zoom, share) in ZOOMS.iter().enumerate() {
            ui.selectable_value(&mut state.zoom, zoom, format!("{:.0}%", share * 100.0));
        }
    });
    ui.separator();
    print_ui(ui, view, state, commands);
    ui.separator();
    if ui.button(tr.t("press.save-pdf")).on_hover_text(tr.t("press.save-pdf-tip")).clicked() {
        commands.push(Command::Press(PressCommand::SaveAsPdf));
    }
}

fn print_ui(ui: &mut Ui, view: &PreviewView<'_>, state: &mut PreviewState, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let palette = Palette::of(ui);
    let printers = match view.printers {
        None => {
            ui.label(RichText::new(tr.t("press.finding-printers")).color(palette.weak));
            return;
        }
        Some(Ok(printers)) if !printers.is_empty() => printers,
        found => {
            let words = match found {
                Some(Err(words)) => words.clone(),
                _ => tr.t("press.no-printer").into_owned(),
            };
            ui.add(egui::Label::new(RichText::new(words).color(palette.warning)).wrap());
            ui.add(egui::Label::new(RichText::new(tr.t("press.no-printer-hint")).size(size::SMALL)).wrap());
            if ui.button(tr.t("press.find-again")).clicked() {
                commands.push(Command::Press(PressCommand::FindPrinters));
            }
            return;
        }
    };
    printer_box(ui, tr, &mut state.choices.printer, printers);
    ui.horizontal(|ui| {
        let label = ui.label(tr.t("press.copies"));
        ui.add(DragValue::new(&mut state.copies).range(1..=99)).labelled_by(label.id);
    });
    let count = view.sheets.and_then(|sheets| sheets.pages.as_ref()).map_or(0, Vec::len);
    let pages = state.pages(count);
    ui.horizontal(|ui| {
        ui.label(tr.t("press.range"));
        let hint = tr.t("press.range-hint").into_owned();
        ui.add(TextEdit::singleline(&mut state.range).hint_text(hint).desired_width(110.0))
            .accessible_name(tr.t("press.range"));
    });
    if pages.is_err() {
        ui.label(RichText::new(tr.t("press.bad-range")).size(size::SMALL).color(palette.error));
    }
    if CAN_CHOOSE_SIDES {
        let name = |duplex: Duplex| tr.join("duplex", duplex.word());
        let list = ComboBox::from_id_salt("duplex").selected_text(name(state.choices.duplex)).width(SIDE - 8.0);
        let list = list.show_ui(ui, |ui| {
            for duplex in Duplex::ALL {
                ui.selectable_value(&mut state.choices.duplex, duplex, name(duplex));
            }
        });
        list.response.accessible_name(tr.t("press.sides"));
    } else {
        ui.add(egui::Label::new(RichText::new(tr.t("press.sides-elsewhere")).size(size::SMALL)).wrap());
    }
    let can_print = pages.is_ok() && count > 0;
    let text = RichText::new(tr.t("press.print")).strong();
    if ui.add_enabled(can_print, Button::new(text)).clicked() {
        commands.push(Command::Press(PressCommand::Print));
    }
}

fn printer_box(ui: &mut Ui, tr: Tr, chosen: &mut Option<String>, printers: &[Printer]) {
    // A printer that is gone gives way to the default one.
    let known = |name: &String| printers.iter().any(|printer| printer.name == *name);
    if !chosen.as_ref().is_some_and(known) {
        *chosen = printers.first().map(|printer| printer.name.clone());
    }
    let shown = chosen.clone().unwrap_or_default();
    let list = ComboBox::from_id_salt("printer").selected_text(shown).width(SIDE - 8.0).show_ui(ui, |ui| {
        for printer in printers {
            ui.selectable_value(chosen, Some(printer.name.clone()), &printer.name);
        }
    });
    list.response.on_hover_text(tr.t("press.printer")).accessible_name(tr.t("press.printer"));
}

/// The pages below each other; only those in view are asked for.
fn pages_ui(ui: &mut Ui, view: &PreviewView<'_>, zoom: usize, commands: &mut Vec<Command>) {
    let tr = view.tr;
    let palette = Palette::of(ui);
    let middle = |ui: &mut Ui, text: String, color| {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
        });
    };
    let Some(sheets) = view.sheets else { return };
    if let Some(error) = &sheets.error {
        return middle(ui, error.clone(), palette.error);
    }
    let Some(pages) = &sheets.pages else {
        return middle(ui, tr.t("press.laying-out").into_owned(), palette.weak);
    };
    if pages.is_empty() {
        return middle(ui, tr.t("press.nothing").into_owned(), palette.weak);
    }
    ui.vertical(|ui| {
        let count = tr.f("press.page-count", &[("n", number(pages.len() as u64))]);
        ui.label(RichText::new(count).size(size::SMALL).color(palette.weak));
        let widest = pages.iter().fold(1.0_f64, |widest, page| widest.max(page.0)) as f32;
        // At full size a page is as wide as the room, but no larger than one likes to read.
        let full = ((ui.available_width() - 4.0 * GAP) / widest).clamp(0.2, 1.6);
        let scale = full * ZOOMS.get(zoom).copied().unwrap_or(1.0);
        ScrollArea::both().auto_shrink(false).show_viewport(ui, |ui, seen| {
            sheets_ui(ui, tr, sheets, pages, scale, seen, commands);
        });
    });
}

fn sheets_ui(
    ui: &mut Ui,
    tr: Tr,
    sheets: &Sheets,
    pages: &[(f64, f64)],
    scale: f32,
    seen: Rect,
    commands: &mut Vec<Command>,
) {
    let palette = Palette::of(ui);
    let tops: Vec<f32> = pages
        .iter()
        .scan(GAP, |top, page| {
            let own = *top;
            *top += page.1 as f32 * scale + GAP;
            Some(own)
        })
        .collect();
    let height = tops.last().zip(pages.last()).map_or(0.0, |(top, page)| top + page.1 as f32 * scale + GAP);
    let widest = pages.iter().fold(0.0_f32, |widest, page| widest.max(page.0 as f32 * scale)) + 2.0 * GAP;
    let width = widest.max(ui.available_width());
    ui.set_min_size(vec2(width, height));
    let origin = ui.min_rect().min;
    // As finely as the screen shows it, in steps, so that a page is not drawn anew for every pixel.
    let pixels_per_point = f64::from((scale * ui.pixels_per_point() * 8.0).ceil() / 8.0);
    let first = tops.partition_point(|top| *top < seen.top()).saturating_sub(1);
    for (page, (&top, size)) in tops.iter().zip(pages).enumerate().skip(first) {
        if top > seen.bottom() {
            break;
        }
        let size = vec2(size.0 as f32 * scale, size.1 as f32 * scale);
        let rect = Rect::from_min_size(pos2(origin.x + (width - size.x) / 2.0, origin.y + top), size);
        ui.painter().rect_filled(rect, 1.0, palette.sheet);
        match sheets.picture(page) {
            Some(texture) => {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(texture.id(), rect, whole, palette.untinted);
            }
            None => {
                let font = egui::FontId::proportional(size::SMALL);
                let text = (page + 1).to_string();
                ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, text, font, palette.on_sheet);
            }
        }
        let line = egui::Stroke::new(1.0, palette.line);
        ui.painter().rect_stroke(rect, 1.0, line, egui::StrokeKind::Outside);
        let response = ui.interact(rect, ui.scope_id().with(("page", page)), egui::Sense::hover());
        let name = tr.f("press.page", &[("n", (page + 1).to_string())]);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
        if sheets.wants(page, pixels_per_point) {
            commands.push(Command::Press(PressCommand::DrawPage(page, pixels_per_point)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Result<Option<RangeInclusive<usize>>, NoRange>) {
        let mut state = PreviewState::new(Scope::Open, Vec::new(), Choices::default(), String::new());
        state.range = typed.to_owned();
        assert_eq!(state.pages(10), expected, "{typed}");
    }

    #[test]
    fn page_ranges_are_read_as_people_type_them() {
        check("", Ok(None));
        check(" 3 ", Ok(Some(3..=3)));
        check("2-5", Ok(Some(2..=5)));
        check("2－5", Ok(Some(2..=5)));
        check("2至5", Ok(Some(2..=5)));
        check("8-", Ok(Some(8..=10)));
        check("-3", Ok(Some(1..=3)));
        check("8-99", Ok(Some(8..=10)));
        check("5-2", Err(NoRange));
        check("0", Err(NoRange));
        check("11", Err(NoRange));
        check("封面", Err(NoRange));
    }
}
