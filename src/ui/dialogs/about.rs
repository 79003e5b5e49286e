//! The about box: version, what it is, licences, diagnostics to copy.

use super::window_ui;
use crate::ui::command::Command;
use crate::ui::i18n::{Lang, Tr, number};
use crate::ui::theme::{Palette, size};
use egui::{CollapsingHeader, Context, RichText, ScrollArea};

/// The packages that the program is made of, with their licences: `scripts/licences.sh` makes the list.
const PACKAGES: &str = include_str!("../../../assets/licences.tsv");

/// What the box shows.
pub struct AboutView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The archive's file.
    pub archive: &'a str,
    /// Articles in it, as far as is known.
    pub articles: u64,
    /// Time from the program's start to the first frame, in milliseconds.
    pub first_frame_ms: Option<u128>,
}

/// Draws the box.
pub fn about_ui(ctx: &Context, view: &AboutView<'_>, is_open: &mut bool, commands: &mut Vec<Command>) {
    let tr = view.tr;
    window_ui(ctx, &tr.t("about.title"), is_open, |ui| {
        let palette = Palette::of(ui);
        ui.label(RichText::new("报库 Baoku").font(crate::ui::fonts::serif_bold(26.0)).color(palette.accent));
        let values = [("v", env!("CARGO_PKG_VERSION").to_owned()), ("e", crate::worker::ENGINE_VERSION.to_string())];
        ui.label(tr.f("about.version", &values));
        ui.label(tr.t("about.what"));
        ui.add_space(8.0);
        ui.label(tr.t("about.licence"));
        ui.label(tr.t("about.fonts"));
        let packages: Vec<(&str, &str)> = PACKAGES.lines().filter_map(|line| line.split_once('\t')).collect();
        let title = tr.f("about.packages", &[("n", number(packages.len() as u64))]);
        CollapsingHeader::new(title).show(ui, |ui| {
            ScrollArea::vertical().max_height(220.0).auto_shrink([false, true]).show_rows(
                ui,
                18.0,
                packages.len(),
                |ui, range| {
                    for (name, licence) in &packages[range] {
                        ui.horizontal(|ui| {
                            ui.label(RichText::new(*name).size(size::SMALL));
                            ui.label(RichText::new(*licence).size(size::SMALL).color(palette.weak));
                        });
                    }
                },
            );
        });
        ui.add_space(8.0);
        ui.label(RichText::new(diagnostics(ctx, view)).size(size::SMALL).color(palette.weak));
        ui.add_space(4.0);
        if ui.button(tr.t("about.copy")).clicked() {
            commands.push(Command::Copy(diagnostics(ctx, view)));
        }
    });
}

/// What somebody who helps wants to know. Nothing of it is about the articles' contents.
fn diagnostics(ctx: &Context, view: &AboutView<'_>) -> String {
    let lang = match view.tr.lang {
        Lang::Chinese => "zh-CN",
        Lang::English => "en",
    };
    let screen = ctx.content_rect().size();
    let mut out = format!(
        "Baoku {} · engine {} · {} {}\n{} · {} articles\n{:.0} × {:.0} pt · {} px/pt · {} · {lang}",
        env!("CARGO_PKG_VERSION"),
        crate::worker::ENGINE_VERSION,
        std::env::consts::OS,
        std::env::consts::ARCH,
        view.archive,
        number(view.articles),
        screen.x,
        screen.y,
        ctx.pixels_per_point(),
        if ctx.theme() == egui::Theme::Dark { "dark" } else { "light" },
    );
    if let Some(ms) = view.first_frame_ms {
        out.push_str(&format!(" · first frame {ms} ms"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_of_the_list_is_one_of_the_program_and_has_a_licence() {
        let lock = include_str!("../../../Cargo.lock");
        let mut count = 0;
        for line in PACKAGES.lines() {
            let (name, licence) = line.split_once('\t').expect("name, tab, licence");
            assert!(!licence.trim().is_empty(), "{name} has no licence");
            assert!(lock.contains(&format!("name = \"{name}\"\n")), "{name} is gone: run scripts/licences.sh");
            count += 1;
        }
        assert!(count > 100);
    }
}
