//! What can be chosen about a file.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Encoding of plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8 with a byte-order mark, by which Windows knows it.
    #[default]
    Utf8,
    /// GB18030, for old software.
    Gb18030,
}

/// Paper of a booklet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 148 × 210 mm.
    A5,
    /// 16开, 184 × 260 mm.
    K16,
    /// As wide as a column of a newspaper, for strips.
    Column,
}

/// Measures of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageMeasures {
    /// Width of the paper.
    pub width_mm: f64,
    /// Height of the paper.
    pub height_mm: f64,
    /// White at the sides.
    pub margin_mm: f64,
    /// Size of running text.
    pub text_pt: f64,
}

impl Paper {
    /// Every paper.
    pub const ALL: [Self; 4] = [Self::A4, Self::A5, Self::K16, Self::Column];

    /// The word for it in texts and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::K16 => "16k",
            Self::Column => "column",
        }
    }

    /// The page for so many columns.
    pub fn page(self, columns: u8) -> PageMeasures {
        let [width_mm, height_mm, margin_mm, text_pt] = match self {
            Self::A4 => [210., 297., 22., 10.5],
            Self::A5 => [148., 210., 16., 10.],
            Self::K16 => [184., 260., 19., 10.5],
            Self::Column => [74., 297., 5., 9.],
        };
        // Short lines want smaller letters.
        let text_pt = if columns > 1 { text_pt - 0.5 } else { text_pt };
        PageMeasures { width_mm, height_mm, margin_mm, text_pt }
    }
}

/// What can be chosen about a file; each format takes what concerns it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Title of a file with several articles.
    pub title: Option<String>,
    /// The day the file is made, where the file tells.
    pub made_on: Option<Date>,
    /// Encoding of plain text.
    pub encoding: Encoding,
    /// Template of booklets and pictures instead of the one that ships.
    pub template: Option<PathBuf>,
    /// Paper of a booklet.
    pub paper: Paper,
    /// Columns of a booklet's pages, 1 or 2.
    pub columns: u8,
    /// Width of a picture.
    pub width_px: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            title: None,
            made_on: None,
            encoding: Encoding::default(),
            template: None,
            paper: Paper::default(),
            columns: 1,
            width_px: 1080,
        }
    }
}

impl Options {
    /// The title, or the word that stands for it.
    pub fn title(&self) -> &str {
        self.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or("剪报")
    }
}
