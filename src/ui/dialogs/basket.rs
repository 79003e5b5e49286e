//! The basket (选稿篮): articles put aside, in the order they were put in.

use super::window_ui;
use crate::model::Summary;
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, headline, number};
use crate::ui::press::{PressCommand, Scope};
use crate::ui::theme::{Palette, size};
use crate::worker::Note;
use egui::{Button, Context, RichText, ScrollArea};
use egui_material_icons::icons::ICON_CLOSE;

/// Draws the basket.
pub fn basket_ui(ctx: &Context, tr: Tr, basket: &[Summary], is_open: &mut bool, commands: &mut Vec<Command>) {
    let title = tr.f("basket.title", &[("n", number(basket.len() as u64))]);
    window_ui(ctx, &title, is_open, |ui| {
        if basket.is_empty() {
            ui.label(tr.t("basket.empty"));
            return;
        }
        ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show_rows(
            ui,
            30.0,
            basket.len(),
            |ui, range| {
                for row in &basket[range] {
                    ui.horizontal(|ui| {
                        let remove = Button::new(ICON_CLOSE.rich_text().color(Palette::of(ui).weak)).frame(false);
                        let response = ui.add(remove).on_hover_text(tr.t("basket.remove"));
                        if response.accessible_name(tr.t("basket.remove")).clicked() {
                            commands.push(Command::Write(Note::BasketRemove(vec![row.id])));
                        }
                        if ui.link(headline(tr, &row.title.text)).clicked() {
                            commands.push(Command::OpenArticle(row.id));
                        }
                        let date = row.date.map(|date| date.to_string()).unwrap_or_default();
                        let source = format!("{date} {}", row.page_label.clone().unwrap_or_default());
                        ui.label(RichText::new(source).size(size::SMALL).color(Palette::of(ui).weak));
                    });
                }
            },
        );
        ui.separator();
        ui.horizontal(|ui| {
            if ui.button(tr.t("basket.export")).clicked() {
                commands.push(Command::Press(PressCommand::ShowExport(Scope::Basket)));
            }
            if ui.button(tr.t("basket.print")).clicked() {
                commands.push(Command::Press(PressCommand::ShowPreview(Scope::Basket)));
            }
            if ui.button(tr.t("basket.copy")).clicked() {
                commands.push(Command::Press(PressCommand::CopyCitations(Scope::Basket)));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(tr.t("basket.clear")).clicked() {
                    commands.push(Command::Write(Note::BasketClear));
                }
            });
        });
    });
}
