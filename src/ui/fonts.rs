//! The bundled typefaces in the window: the same text looks the same on every machine, and Han shapes are those of the
//! mainland.

use crate::fonts as files;
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// Family of bold sans text.
pub const SANS_BOLD: &str = "sans-bold";
/// Family of the reading face.
pub const SERIF: &str = "serif";
/// Family of headlines in the reader.
pub const SERIF_BOLD: &str = "serif-bold";

/// Gives `ctx` the bundled fonts. Call once, before the first frame (egui compares all bytes at every call).
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

/// The bundled fonts and the families made of them.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let icons = egui_material_icons::font_insert();
    let faces = [
        ("noto-sans", files::SANS_REGULAR),
        ("noto-sans-bold", files::SANS_BOLD),
        ("noto-serif", files::SERIF_REGULAR),
        ("noto-serif-bold", files::SERIF_BOLD),
    ];
    for (name, file) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(file)));
    }
    fonts.font_data.insert(icons.name.clone(), Arc::new(icons.data));
    let family = |first: &str| vec![first.to_owned(), icons.name.clone()];
    fonts.families.insert(FontFamily::Proportional, family("noto-sans"));
    fonts.families.insert(FontFamily::Monospace, family("noto-sans"));
    fonts.families.insert(FontFamily::Name(SANS_BOLD.into()), family("noto-sans-bold"));
    fonts.families.insert(FontFamily::Name(SERIF.into()), family("noto-serif"));
    fonts.families.insert(FontFamily::Name(SERIF_BOLD.into()), family("noto-serif-bold"));
    // The icon crate sets its glyphs in families of its own.
    for name in [egui_material_icons::FONT_FAMILY, egui_material_icons::FONT_FAMILY_OUTLINED] {
        fonts.families.insert(FontFamily::Name(name.into()), vec![icons.name.clone()]);
    }
    fonts
}

/// Bold sans text of `size` points.
pub fn sans_bold(size: f32) -> egui::FontId {
    egui::FontId::new(size, FontFamily::Name(SANS_BOLD.into()))
}

/// Reading face of `size` points.
pub fn serif(size: f32) -> egui::FontId {
    egui::FontId::new(size, FontFamily::Name(SERIF.into()))
}

/// Headline face of `size` points.
pub fn serif_bold(size: f32) -> egui::FontId {
    egui::FontId::new(size, FontFamily::Name(SERIF_BOLD.into()))
}
