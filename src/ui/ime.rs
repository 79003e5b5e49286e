//! Keeps the input method alive on X11, so that Chinese can be typed.
//!
//! On X11 winit destroys and makes anew the input context at every `set_ime_allowed`, without giving the new one the
//! focus, and egui's winit layer toggles it whenever a text field gains or loses the focus: Pinyin then never starts
//! (Alacritty met the same and keeps the input method always on under X11). This plugin reports an input area in every
//! frame, so that the context is made once, before the window is mapped, and gets the focus together with the window.
//! What is being composed goes with the cursor: when another field is clicked in mid-composition, it is finished there, and
//! the field that was left keeps only what was committed. Escape drops it and closes no dialog.
//!
//! X11 tells an input method one point, the place of the base line: egui's upper corner of the cursor would put the list of
//! candidates over the text that is being typed.
//!
//! On Wayland, Windows and macOS the toggling is right and the plugin is not installed.

use egui::output::IMEOutput;
use egui::{Context, FullOutput, IMEPurpose, Plugin, Rect, pos2, vec2};

/// The plugin; register it before the first frame.
pub struct KeepImeAlive;

impl Plugin for KeepImeAlive {
    fn debug_name(&self) -> &'static str {
        "keep-ime-alive"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let nowhere = Rect::from_min_size(pos2(0.0, 0.0), vec2(1.0, 1.0));
        let ime = output.platform_output.ime.get_or_insert(IMEOutput {
            purpose: IMEPurpose::default(),
            rect: nowhere,
            cursor_rect: nowhere,
            should_interrupt_composition: false,
        });
        ime.should_interrupt_composition = false;
        ime.cursor_rect = ime.cursor_rect.translate(vec2(0.0, ime.cursor_rect.height()));
    }
}

/// Whether the window will be one of an X server.
pub fn is_x11() -> bool {
    cfg!(all(unix, not(target_os = "macos")))
        && std::env::var_os("WAYLAND_DISPLAY").is_none_or(|v| v.is_empty())
        && std::env::var_os("DISPLAY").is_some_and(|v| !v.is_empty())
}
