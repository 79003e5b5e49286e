//! Place and section lists: data that a newsroom can edit, not code.

use serde::{Deserialize, Serialize};

/// A newspaper's own county: its towns and streets (镇街道) with all the names that mean them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceList {
    /// Newspaper (报名) of the list.
    #[serde(default)]
    pub newspaper: Option<String>,
    /// The county or city the towns belong to.
    #[serde(default)]
    pub city: Option<String>,
    /// The towns.
    #[serde(default, rename = "town")]
    pub towns: Vec<Town>,
}

/// One town or street (镇, 街道).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Town {
    /// Official name, e.g. "望湖街道".
    pub name: String,
    /// Other names of the town itself, e.g. "望湖".
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Economic and other zones that count for the town.
    #[serde(default)]
    pub zones: Vec<String>,
    /// Villages and communities (村, 社区).
    #[serde(default)]
    pub villages: Vec<String>,
}

/// The sections (版面) articles are filed under.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionList {
    /// The sections, in the order filters list them.
    #[serde(default, rename = "section")]
    pub sections: Vec<Section>,
}

/// One section and the words that speak for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Name, e.g. "三农".
    pub name: String,
    /// Printed section and column names that mean this section.
    #[serde(default)]
    pub printed: Vec<String>,
    /// Words that speak for it, with weights.
    #[serde(default)]
    pub words: std::collections::BTreeMap<String, f32>,
}

impl Eq for Section {}
