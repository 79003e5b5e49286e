//! Names of egui's own controls, for screen readers, in the window's language.
//!
//! egui names the close button and the edges of a window and the handle of a panel in English and offers no way to say it otherwise.
//! This plugin renames them in what is handed to the desktop.

use super::i18n::{Lang, Tr};
use egui::{Context, FullOutput, Plugin};

/// egui's names and the texts that replace them.
const NAMES: [(&str, &str); 10] = [
    ("Close window", "egui.close-window"),
    ("Resize panel", "egui.resize-panel"),
    ("Resize window right edge", "egui.resize-right"),
    ("Resize window left edge", "egui.resize-left"),
    ("Resize window bottom edge", "egui.resize-bottom"),
    ("Resize window top edge", "egui.resize-top"),
    ("Resize window bottom-right corner", "egui.resize-bottom-right"),
    ("Resize window top-right corner", "egui.resize-top-right"),
    ("Resize window bottom-left corner", "egui.resize-bottom-left"),
    ("Resize window top-left corner", "egui.resize-top-left"),
];

/// The plugin; register it before the first frame.
#[derive(Debug, Default)]
pub struct OwnNames {
    /// Language of the window.
    pub lang: Lang,
}

impl Plugin for OwnNames {
    fn debug_name(&self) -> &'static str {
        "own-names"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let tr = Tr { lang: self.lang };
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (_, node) in &mut update.nodes {
            if let Some((_, key)) = NAMES.iter().find(|(name, _)| node.label() == Some(*name)) {
                node.set_label(tr.t(key).into_owned());
            }
        }
    }
}
