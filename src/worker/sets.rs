//! A set that was exported is opened again: its manifest names articles, and here they are found in the archive, in the one
//! they came from or in another that holds the same pages.

use super::WorkerError;
use crate::archive::{ArchiveError, Reader};
use crate::export::{Manifest, ManifestEntry, text::calling};
use crate::model::{ArticleId, Filter, SearchRequest, StoredArticle};
use std::path::Path;

/// A set that was opened again.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedSet {
    /// Its title.
    pub title: String,
    /// Its articles in their order.
    pub found: Vec<ArticleId>,
    /// Those that this archive does not hold.
    pub missing: Vec<ManifestEntry>,
}

/// Opens the set of a manifest, of a folder with one, or of a booklet.
pub fn open_set(reader: &Reader, path: &Path) -> Result<OpenedSet, WorkerError> {
    let manifest = Manifest::open(path)?;
    let mut set = OpenedSet { title: manifest.title, found: Vec::new(), missing: Vec::new() };
    for entry in manifest.articles {
        match find(reader, &entry)? {
            Some(id) => set.found.push(id),
            None => set.missing.push(entry),
        }
    }
    Ok(set)
}

fn find(reader: &Reader, entry: &ManifestEntry) -> Result<Option<ArticleId>, ArchiveError> {
    // The number alone proves nothing: in another archive it is another article.
    if let Some(article) = reader.article(entry.id)?
        && (is_same(&article, entry) || article.source.display() == entry.source && article.date.best == entry.date)
    {
        return Ok(Some(entry.id));
    }
    let filter = Filter {
        from: entry.date,
        to: entry.date,
        undated: entry.date.is_none(),
        newspapers: entry.newspaper.iter().cloned().collect(),
        pages: entry.page_label.iter().cloned().collect(),
        ..Filter::default()
    };
    // Without a date there may be many: the headline narrows them. Its quotation marks would end the phrase.
    let words = match entry.date {
        Some(_) => String::new(),
        None => format!("\"{}\"", entry.title.trim_end_matches('…').replace(['"', '“', '”'], " ")),
    };
    let request = SearchRequest { query: words, filter, ..SearchRequest::default() };
    for id in reader.ids(&request)? {
        if let Some(article) = reader.article(id)?
            && is_same(&article, entry)
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn is_same(article: &StoredArticle, entry: &ManifestEntry) -> bool {
    calling(&article.article) == entry.title
        && article.date.best == entry.date
        && article.page_label == entry.page_label
        && article.newspaper == entry.newspaper
}
