//! What a folder or a booklet holds, so that the set can be opened again.

use super::text::one_line;
use crate::model::{ArticleId, StoredArticle};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The list of a set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `"baoku-set"`.
    pub format: String,
    /// Version of this form.
    pub version: u32,
    /// The set's title.
    pub title: String,
    /// The day it was made.
    pub made_on: Option<Date>,
    /// The articles in their order.
    pub articles: Vec<ManifestEntry>,
}

/// One article of a set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Its id in the archive it came from.
    pub id: ArticleId,
    /// Its file in the folder; none in a booklet.
    pub file: Option<String>,
    /// Headline.
    pub title: String,
    /// Publication date.
    pub date: Option<Date>,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Page label (版次).
    pub page_label: Option<String>,
    /// The dump it came from.
    pub source: String,
}

impl Manifest {
    /// Version of the form.
    pub const VERSION: u32 = 1;
    /// Name in a folder and inside a booklet.
    pub const FILE_NAME: &'static str = "manifest.json";

    /// An empty set.
    pub fn new(title: &str, made_on: Option<Date>) -> Self {
        Self {
            format: "baoku-set".to_owned(),
            version: Self::VERSION,
            title: title.to_owned(),
            made_on,
            articles: Vec::new(),
        }
    }
}

impl ManifestEntry {
    /// The entry of an article.
    pub fn new(stored: &StoredArticle, file: Option<String>) -> Self {
        Self {
            id: stored.id,
            file,
            title: one_line(&stored.article.title).into_owned(),
            date: stored.date.best,
            newspaper: stored.newspaper.clone(),
            page_label: stored.page_label.clone(),
            source: stored.source.display(),
        }
    }
}
