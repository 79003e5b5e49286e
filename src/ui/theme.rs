//! All colours and sizes of the window, light and dark. No widget names a colour of its own.
//!
//! The look is a printed page on a desk: paper-white reader, quiet grey panels, one red accent as on a masthead.
#![allow(clippy::disallowed_methods, reason = "this is the theme: the one place where colours are made")]

use crate::model::Role;
use egui::{Color32, CornerRadius, Stroke, Visuals};
use serde::{Deserialize, Serialize};

/// Which theme the user wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// Follow the desktop.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What egui calls it.
    pub fn preference(self) -> egui::ThemePreference {
        match self {
            Self::System => egui::ThemePreference::System,
            Self::Light => egui::ThemePreference::Light,
            Self::Dark => egui::ThemePreference::Dark,
        }
    }
}

/// Colours by what they are for. Text on its ground has a contrast of at least 4.5 (a test computes it).
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Ground of the filter panel and bars.
    pub panel: Color32,
    /// Ground of the result list.
    pub list: Color32,
    /// Ground of the reader.
    pub paper: Color32,
    /// Ground of text fields.
    pub field: Color32,
    /// Lines between panes and around fields.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Secondary text: dates, counts, notes.
    pub weak: Color32,
    /// Headlines.
    pub strong: Color32,
    /// The accent: links, checks, focus, the mark of the open row.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Ground of a row under the pointer.
    pub hover: Color32,
    /// Ground of the open row.
    pub selected: Color32,
    /// Bars behind counts.
    pub bar: Color32,
    /// Ground of a hit.
    pub mark: Color32,
    /// Text of a hit.
    pub on_mark: Color32,
    /// Warnings.
    pub warning: Color32,
    /// Errors.
    pub error: Color32,
    /// Things that went well.
    pub good: Color32,
    /// A page of a preview before it is drawn: paper is white in the dark too.
    pub sheet: Color32,
    /// Text on it.
    pub on_sheet: Color32,
    /// What leaves a picture's colours as they are.
    pub untinted: Color32,
    /// Veil over the window while files hover.
    pub veil: Color32,
    is_dark: bool,
}

/// The light palette.
pub fn light() -> Palette {
    Palette {
        panel: Color32::from_rgb(0xf3, 0xf2, 0xef),
        list: Color32::from_rgb(0xfa, 0xf9, 0xf7),
        paper: Color32::from_rgb(0xff, 0xfe, 0xfc),
        field: Color32::from_rgb(0xff, 0xff, 0xff),
        line: Color32::from_rgb(0xd9, 0xd6, 0xd0),
        text: Color32::from_rgb(0x2b, 0x2a, 0x28),
        weak: Color32::from_rgb(0x66, 0x63, 0x5d),
        strong: Color32::from_rgb(0x12, 0x11, 0x10),
        accent: Color32::from_rgb(0xa8, 0x28, 0x20),
        on_accent: Color32::from_rgb(0xff, 0xff, 0xff),
        hover: Color32::from_rgb(0xee, 0xec, 0xe7),
        selected: Color32::from_rgb(0xf6, 0xe3, 0xdf),
        bar: Color32::from_rgb(0xe7, 0xe4, 0xde),
        mark: Color32::from_rgb(0xff, 0xe4, 0x8a),
        on_mark: Color32::from_rgb(0x2b, 0x1e, 0x00),
        warning: Color32::from_rgb(0x8f, 0x52, 0x00),
        error: Color32::from_rgb(0xb0, 0x1c, 0x14),
        good: Color32::from_rgb(0x1d, 0x6b, 0x38),
        sheet: Color32::WHITE,
        on_sheet: Color32::from_gray(0x70),
        untinted: Color32::WHITE,
        veil: Color32::from_rgba_premultiplied(0xe8, 0xe5, 0xde, 0xf0),
        is_dark: false,
    }
}

/// The dark palette.
pub fn dark() -> Palette {
    Palette {
        panel: Color32::from_rgb(0x1e, 0x1e, 0x20),
        list: Color32::from_rgb(0x23, 0x23, 0x26),
        paper: Color32::from_rgb(0x29, 0x29, 0x2c),
        field: Color32::from_rgb(0x17, 0x17, 0x19),
        line: Color32::from_rgb(0x3d, 0x3d, 0x42),
        text: Color32::from_rgb(0xd9, 0xd7, 0xd2),
        weak: Color32::from_rgb(0xa3, 0xa0, 0x99),
        strong: Color32::from_rgb(0xf4, 0xf2, 0xed),
        accent: Color32::from_rgb(0xf0, 0x8a, 0x7e),
        on_accent: Color32::from_rgb(0x2a, 0x0a, 0x06),
        hover: Color32::from_rgb(0x30, 0x30, 0x34),
        selected: Color32::from_rgb(0x48, 0x2d, 0x2a),
        bar: Color32::from_rgb(0x2d, 0x2d, 0x31),
        mark: Color32::from_rgb(0x6b, 0x53, 0x10),
        on_mark: Color32::from_rgb(0xff, 0xf3, 0xcf),
        warning: Color32::from_rgb(0xe9, 0xb3, 0x5c),
        error: Color32::from_rgb(0xff, 0x9b, 0x8f),
        good: Color32::from_rgb(0x82, 0xcf, 0x98),
        sheet: Color32::WHITE,
        on_sheet: Color32::from_gray(0x70),
        untinted: Color32::WHITE,
        veil: Color32::from_rgba_premultiplied(0x17, 0x17, 0x19, 0xec),
        is_dark: true,
    }
}

impl Palette {
    /// The palette of the theme `ui` is drawn in.
    pub fn of(ui: &egui::Ui) -> Self {
        if ui.visuals().dark_mode { dark() } else { light() }
    }

    /// Tint behind a dump's line of this role; furniture and unplaced lines have none.
    pub fn role_tint(&self, role: Role) -> Color32 {
        let (light, dark) = match role {
            Role::Kicker | Role::Title | Role::Subtitle => ([0xf6, 0xdc, 0xd8], [0x4a, 0x2c, 0x29]),
            Role::Column => ([0xec, 0xdf, 0xf2], [0x3d, 0x2f, 0x45]),
            Role::Byline => ([0xdc, 0xe9, 0xf4], [0x25, 0x38, 0x48]),
            Role::Subhead => ([0xf6, 0xe9, 0xcd], [0x46, 0x3a, 0x20]),
            Role::Body | Role::Ednote => ([0xe9, 0xee, 0xe2], [0x2c, 0x36, 0x28]),
            Role::Caption => ([0xdd, 0xee, 0xeb], [0x24, 0x3b, 0x38]),
            Role::Jump => ([0xe7, 0xe5, 0xe1], [0x3a, 0x39, 0x37]),
        };
        let [r, g, b] = if self.is_dark { dark } else { light };
        Color32::from_rgb(r, g, b)
    }
}

impl Palette {
    /// Colours of tags, by their number; they go round.
    pub const TAG_COLOURS: u32 = 8;

    /// The colour of a tag.
    pub fn tag(&self, number: u32) -> Color32 {
        let (light, dark) = match number % Self::TAG_COLOURS {
            0 => ([0x5f, 0x5b, 0x55], [0xb4, 0xb0, 0xa8]),
            1 => ([0xb0, 0x2a, 0x22], [0xf2, 0x8b, 0x80]),
            2 => ([0x9a, 0x55, 0x00], [0xea, 0xb1, 0x5a]),
            3 => ([0x6d, 0x69, 0x00], [0xd5, 0xcf, 0x62]),
            4 => ([0x1d, 0x70, 0x3c], [0x84, 0xd2, 0x9b]),
            5 => ([0x00, 0x6a, 0x78], [0x71, 0xcd, 0xdb]),
            6 => ([0x25, 0x57, 0xa7], [0x8f, 0xb8, 0xf5]),
            _ => ([0x7a, 0x3a, 0x94], [0xcf, 0xa2, 0xe6]),
        };
        let [r, g, b] = if self.is_dark { dark } else { light };
        Color32::from_rgb(r, g, b)
    }
}

/// Sizes in points.
pub mod size {
    /// Text of panels.
    pub const TEXT: f32 = 14.0;
    /// Secondary text.
    pub const SMALL: f32 = 12.5;
    /// Headline of a result row.
    pub const ROW_TITLE: f32 = 15.5;
    /// Height of a result row: headline, source line, two lines of snippet.
    pub const ROW_HEIGHT: f32 = 96.0;
    /// Height of a row with headline and source line.
    pub const SNUG_ROW_HEIGHT: f32 = 54.0;
    /// Height of a row of one line.
    pub const COMPACT_ROW_HEIGHT: f32 = 32.0;
    /// Height of a line in a check list.
    pub const CHECK_HEIGHT: f32 = 26.0;
    /// Type of the reader to begin with.
    pub const READER: f32 = 17.0;
    /// Smallest and largest type of the reader.
    pub const READER_RANGE: std::ops::RangeInclusive<f32> = 12.0..=32.0;
    /// Characters in a line of the reader (a comfortable measure for Chinese print).
    pub const MEASURE_CHARS: f32 = 38.0;
    /// Width of the filter panel to begin with.
    pub const FILTER_WIDTH: f32 = 236.0;
    /// Width of the result list to begin with.
    pub const LIST_WIDTH: f32 = 400.0;
}

/// Sets both styles of `ctx`. Call once at start.
pub fn apply(ctx: &egui::Context) {
    ctx.style_mut_of(egui::Theme::Light, |style| set_style(style, &light()));
    ctx.style_mut_of(egui::Theme::Dark, |style| set_style(style, &dark()));
}

fn set_style(style: &mut egui::Style, palette: &Palette) {
    use egui::{FontFamily, FontId, TextStyle};
    style.text_styles = [
        (TextStyle::Heading, FontId::new(20.0, FontFamily::Name(super::fonts::SANS_BOLD.into()))),
        (TextStyle::Body, FontId::proportional(size::TEXT)),
        (TextStyle::Button, FontId::proportional(size::TEXT)),
        (TextStyle::Small, FontId::proportional(size::SMALL)),
        (TextStyle::Monospace, FontId::monospace(size::TEXT)),
    ]
    .into();
    style.spacing.item_spacing = egui::vec2(8.0, 6.0);
    style.spacing.button_padding = egui::vec2(10.0, 5.0);
    style.spacing.interact_size.y = 28.0;
    style.spacing.scroll = egui::style::ScrollStyle::solid();
    style.interaction.tooltip_delay = 0.4;
    style.url_in_tooltip = true;
    style.visuals = visuals(palette);
}

fn visuals(palette: &Palette) -> Visuals {
    let mut v = if palette.is_dark { Visuals::dark() } else { Visuals::light() };
    v.panel_fill = palette.panel;
    v.window_fill = palette.list;
    v.window_stroke = Stroke::new(1.0, palette.line);
    v.extreme_bg_color = palette.field;
    v.faint_bg_color = palette.hover;
    v.hyperlink_color = palette.accent;
    v.warn_fg_color = palette.warning;
    v.error_fg_color = palette.error;
    v.selection.bg_fill = palette.selected;
    v.selection.stroke = Stroke::new(1.5, palette.accent);
    let radius = CornerRadius::same(5);
    let w = &mut v.widgets;
    for (state, fill, line, text) in [
        (&mut w.noninteractive, palette.panel, palette.line, palette.text),
        (&mut w.inactive, palette.field, palette.line, palette.text),
        (&mut w.hovered, palette.hover, palette.weak, palette.strong),
        (&mut w.active, palette.selected, palette.accent, palette.strong),
        (&mut w.open, palette.hover, palette.weak, palette.strong),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = radius;
        state.expansion = 0.0;
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast ratio of WCAG 2.1, 1.4.3.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let channel = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_ground() {
        for (name, p) in [("light", light()), ("dark", dark())] {
            for ground in [p.panel, p.list, p.paper, p.field, p.hover, p.selected, p.bar] {
                for text in [p.text, p.weak, p.strong, p.accent, p.warning, p.error] {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.5, "{name}: {text:?} on {ground:?} has only {ratio:.2}");
                }
            }
            assert!(contrast(p.on_accent, p.accent) >= 4.5, "{name}: text on the accent");
            assert!(contrast(p.on_mark, p.mark) >= 4.5, "{name}: text of a hit");
            for number in 0..Palette::TAG_COLOURS {
                for ground in [p.list, p.paper, p.hover, p.selected] {
                    assert!(contrast(p.tag(number), ground) >= 4.5, "{name}: tag {number} on {ground:?}");
                }
            }
            for role in Role::ALL {
                assert!(contrast(p.text, p.role_tint(role)) >= 4.5, "{name}: text on {role:?}");
            }
        }
    }
}
