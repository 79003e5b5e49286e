//! What can be done with lines chosen in the source view: they get another role, another article, or none.

use super::source::SourceState;
use crate::model::{ArticleId, FurnitureKind, LineRange, PageSummary, Repair, Role, Target};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, headline};
use crate::ui::page_lines::{PageLines, Standing, anchor_of};
use crate::ui::repair_words::lines_text;
use crate::ui::theme::{Palette, size};
use crate::worker::Note;
use egui::{RichText, Ui};

/// Draws the bar over the lines, while some are chosen.
pub(super) fn choice_ui(
    ui: &mut Ui,
    tr: Tr,
    lines: &PageLines,
    open: ArticleId,
    state: &mut SourceState,
    commands: &mut Vec<Command>,
) {
    let chosen = state.choice.inked(lines);
    let palette = Palette::of(ui);
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 4));
    if chosen.is_empty() {
        frame.show(ui, |ui| {
            ui.label(RichText::new(tr.t("source.choose")).size(size::SMALL).color(palette.weak));
        });
        return;
    }
    let article = lines.page.articles.iter().find(|article| article.id == open);
    let chosen_ranges = LineRange::gather(chosen.iter().copied());
    let text = tr.f("source.chosen", &[("n", lines_text(&chosen_ranges))]);
    let move_to = |to: Target, role: Option<Role>| {
        let repair = Repair::Move { lines: chosen_ranges.clone(), to, role, after: None };
        repaired(lines, article, repair)
    };
    let mut done = false;
    frame.fill(palette.panel).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(text).size(size::SMALL).color(palette.text));
            let shared: Vec<u32> = chosen.iter().copied().filter(|&line| lines.is_shared(line)).collect();
            if !shared.is_empty() {
                let text = tr.f("source.shared-stays", &[("n", lines_text(&LineRange::gather(shared)))]);
                ui.label(RichText::new(text).size(size::SMALL).color(palette.warning));
                done = ui.button(tr.t("source.forget")).clicked();
                return;
            }
            let mut push = |command| {
                commands.push(command);
                done = true;
            };
            if let Some(article) = article {
                let menu = ui.menu_button(tr.t("source.into-article"), |ui| {
                    ui.label(RichText::new(headline(tr, &article.title)).size(size::SMALL).color(palette.weak));
                    for role in Role::ALL {
                        if ui.button(tr.join("role", role.as_str())).clicked() {
                            push(move_to(Target::Article(anchor_of(article)), Some(role)));
                            ui.close();
                        }
                    }
                });
                menu.response.on_hover_text(tr.t("source.into-article-tip"));
            }
            let others = lines.page.articles.iter().filter(|other| other.id != open);
            let menu = ui.menu_button(tr.t("source.into-other"), |ui| {
                for other in others {
                    if ui.button(headline(tr, &other.title)).clicked() {
                        push(move_to(Target::Article(anchor_of(other)), None));
                        ui.close();
                    }
                }
            });
            menu.response.on_hover_text(tr.t("source.into-other-tip"));
            if ui.button(tr.t("source.new-article")).on_hover_text(tr.t("source.new-article-tip")).clicked() {
                push(move_to(Target::New, None));
            }
            let is_text = |line: u32| {
                matches!(
                    lines.standing(line),
                    Standing::Of(_, Role::Body | Role::Subhead | Role::Caption | Role::Ednote)
                )
            };
            let first = chosen[0];
            let split = ui.add_enabled(is_text(first), egui::Button::new(tr.t("source.split")));
            if split.on_hover_text(tr.t("source.split-tip")).clicked() {
                push(repaired(lines, lines.article(first), Repair::Split { line: first, column: 0 }));
            }
            let away = ui.button(tr.t("source.furniture")).on_hover_text(tr.t("source.furniture-tip"));
            if away.clicked() {
                push(move_to(Target::Furniture(FurnitureKind::Slogan), None));
            }
            if ui.button(tr.t("source.forget")).clicked() {
                done = true;
            }
        });
    });
    if done {
        state.forget_choice();
    }
}

/// The command that makes a repair, on an article of the page where there is one.
fn repaired(lines: &PageLines, article: Option<&PageSummary>, repair: Repair) -> Command {
    let about = article.map(|article| article.title.clone()).unwrap_or_default();
    Command::Write(Note::Repair(lines.page.id, about, vec![repair]))
}
