//! Windows over the window: reports, settings, the shortcut sheet, about.

pub mod about;
pub mod basket;
pub mod export;
pub mod import_preview;
pub mod imports;
pub mod page_text;
pub mod palette;
pub mod paragraph;
pub mod preview;
pub mod quit;
pub mod repair;
pub mod repairs;
pub mod settings;
pub mod shortcuts;

/// Which dialogs are open.
#[derive(Debug, Default)]
pub struct Dialogs {
    /// The list of imports.
    pub imports: bool,
    /// The settings.
    pub settings: bool,
    /// The shortcut sheet.
    pub shortcuts: bool,
    /// The about box.
    pub about: bool,
    /// The basket.
    pub basket: bool,
    /// The text of a page that was looked at for a hit outside of its articles.
    pub page_text: Option<page_text::PageText>,
    /// The repair of an article.
    pub repair: Option<repair::RepairState>,
    /// The text of a paragraph.
    pub paragraph: Option<paragraph::ParagraphState>,
    /// The list of all repairs.
    pub repairs: bool,
    /// The command palette, with what has been typed.
    pub palette: Option<palette::PaletteState>,
    /// The export of articles.
    pub export: Option<export::ExportState>,
    /// Articles as pages, and the printer.
    pub preview: Option<preview::PreviewState>,
    /// The question whether to stop an import and quit.
    pub quit: bool,
}

impl Dialogs {
    /// Whether one is open.
    pub fn is_any_open(&self) -> bool {
        self.imports
            || self.settings
            || self.shortcuts
            || self.about
            || self.quit
            || self.basket
            || self.palette.is_some()
            || self.repair.is_some()
            || self.repairs
            || self.paragraph.is_some()
            || self.page_text.is_some()
            || self.export.is_some()
            || self.preview.is_some()
    }
}

/// A dialog's frame: a movable window in the middle with a close button.
fn window_ui(ctx: &egui::Context, title: &str, is_open: &mut bool, contents: impl FnOnce(&mut egui::Ui)) {
    egui::Window::new(title.to_owned())
        .open(is_open)
        .frame(egui::Frame::window(&ctx.global_style()).inner_margin(14))
        .collapsible(false)
        .default_width(560.0)
        .pivot(egui::Align2::CENTER_CENTER)
        .default_pos(ctx.content_rect().center())
        .show(ctx, contents);
}
