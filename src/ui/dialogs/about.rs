//! The about box: version, what it is, licences.

use super::window_ui;
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use egui::{Context, RichText};

/// Draws the box.
pub fn about_ui(ctx: &Context, tr: Tr, archive: &str, is_open: &mut bool, commands: &mut Vec<Command>) {
    window_ui(ctx, &tr.t("about.title"), is_open, |ui| {
        ui.label(RichText::new("Baoku 报库").heading());
        ui.label(tr.f("about.version", &[("v", env!("CARGO_PKG_VERSION").to_owned())]));
        ui.label(tr.t("about.what"));
        ui.add_space(8.0);
        ui.label(tr.t("about.licence"));
        ui.label(tr.t("about.fonts"));
        ui.add_space(8.0);
        if ui.button(tr.t("about.copy")).clicked() {
            let engine = crate::worker::ENGINE_VERSION;
            let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
            let version = env!("CARGO_PKG_VERSION");
            commands.push(Command::Copy(format!(
                "Baoku {version}\nengine {engine}\n{os} {arch}\narchive {archive}\npixels per point {}\n",
                ctx.pixels_per_point()
            )));
        }
    });
}
