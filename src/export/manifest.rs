//! What a folder or a booklet holds, so that the set can be opened again.

use super::ExportError;
use super::text::calling;
use crate::model::{ArticleId, StoredArticle};
use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Dict, Object, Stream};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::Path;

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
    /// Headline, or the words that stand for it.
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
    /// What `format` says.
    pub const FORMAT: &'static str = "baoku-set";
    /// Version of the form.
    pub const VERSION: u32 = 1;
    /// Name in a folder and inside a booklet.
    pub const FILE_NAME: &'static str = "manifest.json";

    /// An empty set.
    pub fn new(title: &str, made_on: Option<Date>) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION,
            title: title.to_owned(),
            made_on,
            articles: Vec::new(),
        }
    }

    /// The list in a JSON file, in a folder that was exported, or inside a booklet.
    pub fn open(path: &Path) -> Result<Self, ExportError> {
        let file = if path.is_dir() { path.join(Self::FILE_NAME) } else { path.to_owned() };
        let bytes = std::fs::read(&file).map_err(|source| ExportError::SetUnreadable { path: file.clone(), source })?;
        let json = if bytes.starts_with(b"%PDF-") { attached(bytes)? } else { bytes };
        let head: serde_json::Value = serde_json::from_slice(&json)?;
        let format = head.get("format").and_then(serde_json::Value::as_str).unwrap_or_default();
        if format != Self::FORMAT {
            return Err(ExportError::NotASet { found: format.to_owned() });
        }
        let manifest: Self = serde_json::from_value(head)?;
        if manifest.version > Self::VERSION {
            return Err(ExportError::TooNew { found: manifest.version, known: Self::VERSION });
        }
        Ok(manifest)
    }
}

/// The list that is attached to a booklet.
fn attached(pdf: Vec<u8>) -> Result<Vec<u8>, ExportError> {
    let no_set = || ExportError::NotASet { found: "PDF".to_owned() };
    let pdf = Pdf::new(pdf).map_err(|_| no_set())?;
    for object in pdf.objects() {
        let Object::Dict(file) = object else { continue };
        let is_ours = [b"UF".as_slice(), b"F"]
            .iter()
            .filter_map(|key| file.get::<object::String<'_>>(key))
            .any(|name| name.as_bytes() == Manifest::FILE_NAME.as_bytes());
        let stream = file.get::<Dict<'_>>(b"EF").and_then(|embedded| embedded.get::<Stream<'_>>(b"F"));
        if let (true, Some(stream)) = (is_ours, stream) {
            return stream.decoded().map(Cow::into_owned).map_err(|_| no_set());
        }
    }
    Err(no_set())
}

impl ManifestEntry {
    /// The entry of an article.
    pub fn new(stored: &StoredArticle, file: Option<String>) -> Self {
        Self {
            id: stored.id,
            file,
            title: calling(&stored.article).into_owned(),
            date: stored.date.best,
            newspaper: stored.newspaper.clone(),
            page_label: stored.page_label.clone(),
            source: stored.source.display(),
        }
    }
}
