//! What the user asks for: words, filters, order.

use super::Kind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Filters next to the search text. Several values in one list mean "any of them"; different lists mean "and".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// First day, inclusive.
    pub from: Option<Date>,
    /// Last day, inclusive.
    pub to: Option<Date>,
    /// Only articles whose date is unknown; `from` and `to` are then ignored.
    pub undated: bool,
    /// Sections (版面).
    pub sections: Vec<String>,
    /// Towns (镇街道) the story is about.
    pub towns: Vec<String>,
    /// Newspapers (报名).
    pub newspapers: Vec<String>,
    /// Page labels (版次).
    pub pages: Vec<String>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Names in bylines (作者).
    pub bylines: Vec<String>,
    /// The user's tags.
    pub tags: Vec<String>,
    /// Only articles the engine is not sure of.
    pub unsure: bool,
    /// Only articles that carry a flag.
    pub flagged: bool,
}

impl Filter {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Order of a result. Ties are broken by page and position, so that every order is stable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Newest first; undated articles last.
    #[default]
    Newest,
    /// Oldest first; undated articles last.
    Oldest,
    /// Most fitting first (newest first while there is no search text).
    Relevance,
}

/// One search: text, filters and order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchRequest {
    /// What was typed; empty means everything.
    pub query: String,
    /// The filters.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
}
