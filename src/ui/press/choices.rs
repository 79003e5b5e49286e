//! What was chosen about exports and prints, remembered between runs.

use crate::worker::export::{Encoding, Format, Options, Paper};
use crate::worker::print::Duplex;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// What is written.
    pub format: Format,
    /// Paper of a booklet.
    pub paper: Paper,
    /// Columns on a page.
    pub columns: u8,
    /// Encoding of plain text.
    pub encoding: Encoding,
    /// Width of a long picture.
    pub width_px: u32,
    /// A file for each article.
    pub is_one_file_each: bool,
    /// Template instead of the one that ships.
    pub template: Option<PathBuf>,
    /// The folder that was written to last.
    pub folder: Option<PathBuf>,
    /// The printer that was used last.
    pub printer: Option<String>,
    /// Both sides or one.
    pub duplex: Duplex,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            format: Format::Pdf,
            paper: Paper::default(),
            columns: 1,
            encoding: Encoding::default(),
            width_px: 1080,
            is_one_file_each: false,
            template: None,
            folder: None,
            printer: None,
            duplex: Duplex::default(),
        }
    }
}

impl Choices {
    /// The widths that are offered for a long picture.
    pub const WIDTHS: [u32; 4] = [750, 1080, 1440, 2160];

    /// Options for the worker.
    pub fn options(&self, title: &str) -> Options {
        Options {
            title: Some(title.trim().to_owned()).filter(|title| !title.is_empty()),
            made_on: Some(jiff::Zoned::now().date()),
            encoding: self.encoding,
            template: self.template.clone(),
            paper: self.paper,
            columns: self.columns,
            width_px: self.width_px,
        }
    }
}
