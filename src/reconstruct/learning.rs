//! What the training program needs to see: observations and labels of a page. Not used when the program runs.

pub use super::features::{FEATURES, Observations};
pub use super::labels::Label;
pub use super::sequence::{GAPS, Labelling, Weights};

use super::lexicon::Lexicon;
use super::{features, lines};

/// A page as the sequence model sees it.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// 1-based numbers of the non-blank lines.
    pub numbers: Vec<u32>,
    /// Their repaired texts.
    pub texts: Vec<String>,
    /// Their observations.
    pub observations: Observations,
}

/// Reads a dump.
pub fn see(text: &str, lexicon: &Lexicon) -> Seen {
    let lines = lines::read(text);
    let looks = features::look(&lines);
    let observations = features::observe(&lines, &looks, &|a, b| lexicon.spans_break(a, b));
    Seen {
        numbers: lines.iter().map(|l| l.number).collect(),
        texts: lines.iter().map(lines::Line::text).collect(),
        observations,
    }
}
