//! What people and names said about an article and its page: not printed anywhere, but needed to take an export back.

use crate::model::{Hints, Marks};
use serde::{Deserialize, Serialize};

/// A repair of a page. What exactly was done is the archive's word; here it only passes through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRepair {
    /// What was done.
    pub repair: serde_json::Value,
    /// Repairs of one group were made at once, and are taken back at once.
    #[serde(default)]
    pub group: u32,
    /// Headline of the article it was made on.
    #[serde(default)]
    pub about: String,
    /// When, UTC, RFC 3339.
    pub made_at: String,
    /// It was taken back.
    #[serde(default)]
    pub is_undone: bool,
}

/// What goes into JSON besides the article and its page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// What the user has added to the article.
    pub added: Marks,
    /// What was said about its page before the text was read.
    pub hints: Hints,
    /// The page's repairs, in the order they were made.
    pub repairs: Vec<KeptRepair>,
    /// The page before the repairs, in the archive's own form, where repairs stand over it.
    pub original: Option<serde_json::Value>,
}
