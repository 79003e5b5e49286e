//! How close the rows of the list stand.

use serde::{Deserialize, Serialize};

/// How much of an article its row shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Density {
    /// Headline, source line, two lines of text.
    #[default]
    Comfortable,
    /// Headline and source line.
    Snug,
    /// One line.
    Compact,
}

impl Density {
    /// Every density, from wide to close.
    pub const ALL: [Self; 3] = [Self::Comfortable, Self::Snug, Self::Compact];

    /// Name of its text: `density.NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Snug => "snug",
            Self::Compact => "compact",
        }
    }

    /// Height of a row in points.
    pub fn row_height(self) -> f32 {
        use super::theme::size;
        match self {
            Self::Comfortable => size::ROW_HEIGHT,
            Self::Snug => size::SNUG_ROW_HEIGHT,
            Self::Compact => size::COMPACT_ROW_HEIGHT,
        }
    }
}
