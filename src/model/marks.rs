//! What a newsroom adds to an article.

use serde::{Deserialize, Serialize};

/// What the user has added to one article. Exported JSON holds it in this form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// It was opened.
    pub is_read: bool,
    /// It carries a flag.
    pub is_flagged: bool,
    /// It lies in the basket.
    pub is_in_basket: bool,
    /// How far it was read, 0 to 1.
    pub read_position: f64,
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// The note.
    pub note: Option<String>,
    /// It was repaired by hand. Not kept outside the archive: the repairs themselves tell it.
    #[serde(skip)]
    pub is_edited: bool,
}
