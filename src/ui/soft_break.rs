//! Line breaks that the reader sets itself, and that vanish again when text is copied.
//!
//! egui copies the characters of the laid-out text. A line break of [`super::typeset`] is therefore written as a
//! zero-width space before the line feed, and this plugin takes the pair out of everything that is copied.

use egui::{Context, FullOutput, OutputCommand, Plugin};

/// A break that is not part of the text.
pub const SOFT_BREAK: &str = "\u{200B}\n";

/// The plugin; register it before the first frame.
pub struct SoftBreaks;

impl Plugin for SoftBreaks {
    fn debug_name(&self) -> &'static str {
        "soft-breaks"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        for command in &mut output.platform_output.commands {
            if let OutputCommand::CopyText(text) | OutputCommand::TextSelectionSettled(text) = command
                && text.contains('\u{200B}')
            {
                *text = text.replace(SOFT_BREAK, "").replace('\u{200B}', "");
            }
        }
    }
}
