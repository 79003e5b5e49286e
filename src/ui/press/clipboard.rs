//! The clipboard with formatting: headlines and paragraphs for Word, WPS and mail, plain text for everything else.

/// Holds the clipboard of the system while the window is open; on X11 what was copied lives only as long.
#[derive(Default)]
pub struct Clipboard {
    is_rich: bool,
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// The clipboard of a real desktop. On Wayland egui's own is better: it speaks to the compositor.
    pub fn of_desktop() -> Self {
        let is_rich = cfg!(any(windows, target_os = "macos")) || crate::ui::ime::is_x11();
        Self { is_rich, system: None }
    }

    /// Puts text in both forms; false when only egui can put plain text.
    pub fn put(&mut self, html: &str, plain: &str) -> bool {
        if !self.is_rich {
            return false;
        }
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().map_err(|error| log::warn!("no rich clipboard: {error}")).ok();
        }
        let Some(system) = &mut self.system else { return false };
        match system.set_html(html, Some(plain)) {
            Ok(()) => true,
            Err(error) => {
                log::warn!("rich text cannot be copied: {error}");
                false
            }
        }
    }
}
