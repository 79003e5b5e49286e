//! The look before an import: a row for each file, fields to correct one or many, the beginning of the file in view.

use super::imports::outcome_text;
use crate::ui::command::Command;
use crate::ui::fonts;
use crate::ui::i18n::{Tr, number};
use crate::ui::import_preview::{Fields, ImportPreview, PreviewRow};
use crate::ui::theme::{Palette, size};
use crate::worker::Evidence;
use egui::{
    Align, Button, Checkbox, ComboBox, Context, Id, Key, Label, Layout, Modal, Rect, RichText, Role, ScrollArea, Sense,
    TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

/// Height of a row.
const ROW: f32 = 34.0;
/// Widths of the columns after the file's name: encoding, newspaper, date, page, what it is.
const COLUMNS: [f32; 5] = [112.0, 128.0, 112.0, 64.0, 132.0];
const CHECK: f32 = 30.0;
const GAP: f32 = 8.0;
/// Room for the scroll bar beside the rows, so that they stand below their headings whether it is there or not.
const BAR: f32 = 16.0;

/// Draws the dialog.
pub fn import_preview_ui(ctx: &Context, tr: Tr, preview: &mut ImportPreview, commands: &mut Vec<Command>) {
    let room = ctx.content_rect().size();
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(18);
    let response = Modal::new(Id::unique("import-preview")).frame(frame).show(ctx, |ui| {
        ui.set_width((room.x - 80.0).clamp(560.0, 1040.0));
        head_ui(ui, tr, preview);
        ui.add_space(6.0);
        bulk_ui(ui, tr, preview, commands);
        ui.add_space(6.0);
        columns_ui(ui, tr);
        let opening_height = 118.0;
        rows_ui(ui, tr, preview, (room.y - 330.0 - opening_height).clamp(120.0, 420.0), commands);
        ui.add_space(4.0);
        opening_ui(ui, tr, preview, opening_height);
        ui.add_space(8.0);
        foot_ui(ui, tr, preview, commands);
    });
    if response.should_close() {
        commands.push(Command::ClosePreview);
    }
}

fn head_ui(ui: &mut Ui, tr: Tr, preview: &ImportPreview) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(tr.t("preview.title")).font(fonts::sans_bold(17.0)).color(palette.strong));
        if !preview.is_done {
            let figures = preview.progress.snapshot();
            let values = [("done", number(figures.files_done)), ("total", number(figures.files_total))];
            ui.label(RichText::new(tr.f("preview.looking", &values)).size(size::SMALL).color(palette.weak));
        } else if preview.rows.len() >= crate::worker::MOST_FILES {
            let text = tr.f("preview.most", &[("n", number(preview.rows.len() as u64))]);
            ui.label(RichText::new(text).size(size::SMALL).color(palette.weak));
        }
    });
    ui.label(RichText::new(tr.t("preview.how")).size(size::SMALL).color(palette.weak));
}

/// The fields above the rows: what is typed here goes into all rows, or into those picked.
fn bulk_ui(ui: &mut Ui, tr: Tr, preview: &mut ImportPreview, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let about = match preview.picked.len() {
            0 => tr.t("preview.for-all").into_owned(),
            n => tr.f("preview.for-picked", &[("n", number(n as u64))]),
        };
        ui.label(about);
        let mut is_entered = false;
        let bulk = &mut preview.bulk;
        let fields = [
            (tr.t("filter.newspaper"), &mut bulk.newspaper, 130.0),
            (tr.t("filter.date"), &mut bulk.date, 110.0),
            (tr.t("filter.page"), &mut bulk.page, 60.0),
        ];
        for (name, text, width) in fields {
            let edit = TextEdit::singleline(text).hint_text(name.as_ref()).desired_width(width);
            let name = tr.f("preview.all-field", &[("f", name.into_owned())]);
            let response = ui.add(edit).accessible_name(name);
            is_entered |= response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        }
        let can_apply = preview.bulk != Fields::default() && preview.bulk.has_good_date();
        if ui.add_enabled(can_apply, Button::new(tr.t("preview.apply"))).clicked() || (is_entered && can_apply) {
            preview.apply_bulk();
        }
        ui.separator();
        let name = tr.t("preview.all-encoding");
        if let Some(encoding) = encoding_ui(ui, tr, "all", &name, &name, None) {
            commands.push(Command::PreviewEncoding(preview.aimed_at(), encoding));
        }
    });
}

/// A choice of encodings; `Some(None)` is going back to the guess.
fn encoding_ui(
    ui: &mut Ui,
    tr: Tr,
    salt: impl std::hash::Hash + std::fmt::Debug,
    name: &str,
    text: &str,
    chosen: Option<&str>,
) -> Option<Option<String>> {
    let mut out = None;
    let text = RichText::new(text).size(size::SMALL);
    let width = COLUMNS[0] - 12.0;
    let response = ComboBox::from_id_salt(salt).selected_text(text).width(width).show_ui(ui, |ui| {
        if ui.selectable_label(chosen.is_none(), tr.t("preview.guess")).clicked() {
            out = Some(None);
        }
        for encoding in crate::ingest::ENCODINGS {
            if ui.selectable_label(chosen == Some(encoding), encoding).clicked() {
                out = Some(Some(encoding.to_owned()));
            }
        }
    });
    response.response.accessible_name(name);
    out
}

/// Where each column begins and how wide it is, in a row of `rect`.
fn cells(rect: Rect) -> [Rect; 7] {
    let fixed: f32 = COLUMNS.iter().sum::<f32>() + CHECK + GAP * COLUMNS.len() as f32;
    let name = (rect.width() - fixed).max(120.0);
    let mut x = rect.left();
    let mut next = |width: f32, gap: f32| {
        let cell = Rect::from_min_max(pos2(x, rect.top()), pos2(x + width, rect.bottom()));
        x += width + gap;
        cell
    };
    [
        next(CHECK, 0.0),
        next(name, GAP),
        next(COLUMNS[0], GAP),
        next(COLUMNS[1], GAP),
        next(COLUMNS[2], GAP),
        next(COLUMNS[3], GAP),
        next(COLUMNS[4], 0.0),
    ]
}

fn in_cell<R>(ui: &mut Ui, rect: Rect, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, contents).inner
}

fn columns_ui(ui: &mut Ui, tr: Tr) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - BAR, 22.0), Sense::hover());
    let palette = Palette::of(ui);
    let [_, name, encoding, newspaper, date, page, state] = cells(rect);
    let names = [
        (name, tr.t("preview.file")),
        (encoding, tr.t("preview.encoding")),
        (newspaper, tr.t("filter.newspaper")),
        (date, tr.t("filter.date")),
        (page, tr.t("filter.page")),
        (state, tr.t("preview.holds")),
    ];
    for (cell, name) in names {
        in_cell(ui, cell, |ui| ui.label(RichText::new(name).size(size::SMALL).color(palette.weak)));
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, palette.line));
}

fn rows_ui(ui: &mut Ui, tr: Tr, preview: &mut ImportPreview, height: f32, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let width = ui.available_width() - BAR;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("preview-rows").max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        preview.rows.len(),
        |ui, range| {
            for index in range {
                row_ui(ui, tr, preview, index, width, &palette, commands);
            }
        },
    );
    ui.spacing_mut().item_spacing.y = 6.0;
}

fn row_ui(
    ui: &mut Ui,
    tr: Tr,
    preview: &mut ImportPreview,
    index: usize,
    width: f32,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let [check, name, encoding, newspaper, date, page, state] = cells(rect);
    let is_picked = preview.picked.contains(&index);
    if is_picked || preview.shown == index {
        let fill = if is_picked { palette.selected } else { palette.hover };
        ui.painter().rect_filled(rect, 3.0, fill);
    }
    name_ui(ui, preview, index, name, palette);
    let row = &mut preview.rows[index];
    let file = row.file.source.file_name();
    in_cell(ui, check, |ui| {
        let name = tr.f("preview.take", &[("f", file.clone())]);
        ui.add_enabled(row.is_usable(), Checkbox::without_text(&mut row.is_taken)).accessible_name(name);
    });
    let Ok(glimpse) = &row.file.found else {
        error_ui(ui, tr, row, index, encoding, state.with_min_x(newspaper.left()), palette, commands);
        return;
    };
    let guess = format!("{}{}", glimpse.encoding, if glimpse.is_encoding_sure { "" } else { " ?" });
    let (is_one_page, date_from) = (row.is_one_page(), glimpse.date.map(|(_, evidence)| evidence));
    in_cell(ui, encoding, |ui| {
        let name = tr.f("preview.field", &[("f", file.clone()), ("c", tr.t("preview.encoding").into_owned())]);
        if let Some(encoding) = encoding_ui(ui, tr, index, &name, &guess, row.encoding.as_deref()) {
            commands.push(Command::PreviewEncoding(vec![index], encoding));
        }
    });
    let is_date_good = row.fields.has_good_date();
    let is_inferred = row.is_newspaper_inferred();
    let is_argued = date_from == Some(Evidence::Argued);
    let fields = [
        (
            newspaper,
            tr.t("filter.newspaper"),
            &mut row.fields.newspaper,
            true,
            if is_inferred { palette.warning } else { palette.text },
        ),
        (
            date,
            tr.t("filter.date"),
            &mut row.fields.date,
            true,
            match (is_date_good, is_argued) {
                (false, _) => palette.error,
                (true, true) => palette.warning,
                _ => palette.text,
            },
        ),
        (page, tr.t("filter.page"), &mut row.fields.page, is_one_page, palette.text),
    ];
    for (column, (cell, name, text, is_enabled, color)) in fields.into_iter().enumerate() {
        let label = tr.f("preview.field", &[("f", file.clone()), ("c", name.into_owned())]);
        let response = in_cell(ui, cell, |ui| {
            let edit = TextEdit::singleline(text).desired_width(cell.width() - 14.0).text_color(color);
            ui.add_enabled(is_enabled, edit).accessible_name(label)
        });
        match (column, date_from) {
            (0, _) if is_inferred => drop(response.on_hover_text(tr.t("evidence.sibling"))),
            (1, Some(evidence)) => drop(response.on_hover_text(evidence_text(tr, evidence))),
            _ => {}
        }
    }
    in_cell(ui, state, |ui| state_ui(ui, tr, row, palette));
}

/// The file's name: a click picks the row for the fields above and shows its beginning.
fn name_ui(ui: &mut Ui, preview: &mut ImportPreview, index: usize, cell: Rect, palette: &Palette) {
    let row = &preview.rows[index];
    let (file, whole) = (row.file.source.file_name(), row.file.source.display());
    let is_picked = preview.picked.contains(&index);
    let response = ui.interact(cell, ui.scope_id().with(("file", index)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_picked, &file));
    let color = if row.is_taken && row.is_usable() { palette.text } else { palette.weak };
    in_cell(ui, cell, |ui| ui.add(Label::new(RichText::new(&file).color(color)).selectable(false).truncate()));
    let response = response.on_hover_text(whole);
    if !response.clicked() {
        return;
    }
    let modifiers = ui.input(|i| i.modifiers);
    if modifiers.shift {
        let (from, to) = (preview.shown.min(index), preview.shown.max(index));
        preview.picked.extend(from..=to);
    } else if modifiers.command {
        if !preview.picked.remove(&index) {
            preview.picked.insert(index);
        }
        preview.shown = index;
    } else {
        let was_alone = is_picked && preview.picked.len() == 1;
        preview.picked.clear();
        if !was_alone {
            preview.picked.insert(index);
        }
        preview.shown = index;
    }
}

#[expect(clippy::too_many_arguments, reason = "cells of one row")]
fn error_ui(
    ui: &mut Ui,
    tr: Tr,
    row: &PreviewRow,
    index: usize,
    encoding: Rect,
    rest: Rect,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let Err(outcome) = &row.file.found else { return };
    // What no encoding fits may be rescued by naming one.
    if matches!(outcome, crate::model::FileOutcome::Undecodable { .. }) {
        in_cell(ui, encoding, |ui| {
            let file = row.file.source.file_name();
            let name = tr.f("preview.field", &[("f", file), ("c", tr.t("preview.encoding").into_owned())]);
            let text = row.encoding.clone().unwrap_or_else(|| "?".to_owned());
            if let Some(encoding) = encoding_ui(ui, tr, index, &name, &text, row.encoding.as_deref()) {
                commands.push(Command::PreviewEncoding(vec![index], encoding));
            }
        });
    }
    let text = outcome_text(tr, outcome, None);
    in_cell(ui, rest, |ui| {
        let label = RichText::new(&text).size(size::SMALL).color(palette.error);
        ui.add(Label::new(label).truncate()).on_hover_text(&text);
    });
}

fn state_ui(ui: &mut Ui, tr: Tr, row: &PreviewRow, palette: &Palette) {
    let Ok(glimpse) = &row.file.found else { return };
    let (text, color) = if row.is_known() {
        (tr.t("preview.known").into_owned(), palette.weak)
    } else if glimpse.pages > 1 {
        (tr.f("preview.pages", &[("n", number(glimpse.pages.into()))]), palette.text)
    } else {
        (tr.f("preview.articles", &[("n", number(glimpse.articles.into()))]), palette.text)
    };
    ui.label(RichText::new(text).size(size::SMALL).color(color));
}

fn evidence_text(tr: Tr, evidence: Evidence) -> String {
    let name = match evidence {
        Evidence::Said => "said",
        Evidence::Printed => "printed",
        Evidence::Name => "name",
        Evidence::Argued => "argued",
    };
    tr.join("evidence", name)
}

/// How the file in view begins: what an encoding makes of it is seen at once.
fn opening_ui(ui: &mut Ui, tr: Tr, preview: &ImportPreview, height: f32) {
    let palette = Palette::of(ui);
    let row = preview.rows.get(preview.shown);
    let text = row.and_then(|row| row.file.found.as_ref().ok()).map(|glimpse| glimpse.opening.as_str());
    egui::Frame::new().fill(palette.paper).inner_margin(10.0).corner_radius(4).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.set_height(height - 20.0);
        ScrollArea::vertical().id_salt("preview-opening").auto_shrink(false).show(ui, |ui| {
            let text = text.map_or_else(|| tr.t("preview.nothing-shown").into_owned(), str::to_owned);
            let font = fonts::serif(size::TEXT);
            ui.add(Label::new(RichText::new(text).font(font).color(palette.text)).selectable(false).wrap());
        });
    });
}

fn foot_ui(ui: &mut Ui, tr: Tr, preview: &ImportPreview, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let (taken, bad_dates) = preview.counts();
    let new = preview.new_files();
    ui.horizontal(|ui| {
        if bad_dates > 0 {
            let text = tr.f("preview.bad-dates", &[("n", number(bad_dates as u64))]);
            ui.label(RichText::new(text).size(size::SMALL).color(palette.error));
        } else {
            let note =
                if preview.is_done && taken > 0 && new == 0 { "preview.all-known" } else { "preview.remembered" };
            ui.label(RichText::new(tr.t(note)).size(size::SMALL).color(palette.weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = match preview.is_done {
                true => {
                    let key = match new {
                        0 if taken > 0 => "preview.import-known",
                        n if n == taken => "preview.import",
                        _ => "preview.import-new",
                    };
                    tr.f(key, &[("n", number(new as u64))])
                }
                false => tr.t("preview.import-all").into_owned(),
            };
            let can_import = bad_dates == 0 && (taken > 0 || !preview.is_done);
            let button = Button::new(RichText::new(text).color(palette.on_accent)).fill(palette.accent);
            let is_entered = !ui.text_edit_focused() && ui.input(|i| i.key_pressed(Key::Enter));
            if ui.add_enabled(can_import, button).clicked() || (is_entered && can_import) {
                commands.push(Command::ImportPreviewed);
            }
            if ui.button(tr.t("preview.cancel")).clicked() {
                commands.push(Command::ClosePreview);
            }
        });
    });
}
