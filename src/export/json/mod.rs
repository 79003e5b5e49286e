//! Everything that is known of the articles, and their pages' original text. `assets/schema/articles.schema.json` describes it.

mod reading;

pub use reading::{ReturnedSet, read};

use super::output::{PendingFile, Spool};
use super::writer::ArticleWriter;
use super::{ExportError, Extras, Item, KeptRepair, Watch};
use crate::model::{DateEvidence, Furniture, Hints, Marks, PageId, Source, StoredArticle, StoredPage, Warning};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::io::Write as _;

/// What `format` says in every such file.
pub const FORMAT: &str = "baoku-articles";
/// Version of the form. Additional fields do not change it; a changed meaning does.
pub const VERSION: u32 = 1;

/// A page with its untouched text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageRecord {
    /// The page's id in the archive it came from.
    pub id: PageId,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Page label (版次).
    pub page_label: Option<String>,
    /// Publication date and its evidence.
    pub date: DateEvidence,
    /// Where the dump came from.
    pub source: Source,
    /// Encoding of the file.
    pub encoding: String,
    /// Version of the engine that made the articles.
    pub engine_version: u32,
    /// The whole original text.
    pub text: String,
    /// Lines of no article.
    pub furniture: Vec<Furniture>,
    /// Things to look at.
    pub warnings: Vec<Warning>,
    /// What names and the user said about the page before its text was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hints: Option<Hints>,
    /// Its repairs, in the order they were made; the articles are with those that were not taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<KeptRepair>,
    /// The page before the repairs, in the archive's own form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<serde_json::Value>,
}

/// An article with what the user has added to it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TakenArticle {
    /// The article.
    #[serde(flatten)]
    pub stored: StoredArticle,
    /// What the user has added.
    #[serde(default)]
    pub added: Option<Marks>,
}

/// An article as it is written.
#[derive(Serialize)]
struct WrittenArticle<'a> {
    #[serde(flatten)]
    stored: &'a StoredArticle,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'a Marks>,
}

/// What such a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Articles {
    /// The articles in their order.
    pub articles: Vec<TakenArticle>,
    /// Their pages; a page may be missing.
    pub pages: Vec<PageRecord>,
}

pub(super) struct Json {
    out: PendingFile,
    is_first: bool,
    seen: HashSet<PageId>,
    pages: Spool,
}

impl Json {
    pub(super) fn new(mut out: PendingFile) -> Result<Self, ExportError> {
        let program = concat!("Baoku ", env!("CARGO_PKG_VERSION"));
        write!(out, "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"program\":\"{program}\",\n\"articles\":[")?;
        Ok(Self { out, is_first: true, seen: HashSet::new(), pages: Spool::new() })
    }
}

impl ArticleWriter for Json {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        self.out.write_all(if std::mem::take(&mut self.is_first) { b"\n" } else { b",\n" })?;
        let added = item.extras.map(|extras| &extras.added).filter(|added| **added != Marks::default());
        serde_json::to_writer(&mut self.out, &WrittenArticle { stored: item.article, added })?;
        if let Some(page) = item.page
            && self.seen.insert(page.id)
        {
            self.pages.write_all(if self.seen.len() == 1 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut self.pages, &record(page, item.extras))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        let Self { mut out, pages, .. } = *self;
        out.write_all(b"\n],\n\"pages\":[")?;
        pages.copy_to(&mut out)?;
        out.write_all(b"\n]}\n")?;
        Ok(out)
    }
}

fn record(page: &StoredPage, extras: Option<&Extras>) -> PageRecord {
    PageRecord {
        id: page.id,
        newspaper: page.newspaper.clone(),
        page_label: page.page_label.clone(),
        date: page.date.clone(),
        source: page.source.clone(),
        encoding: page.encoding.clone(),
        engine_version: page.engine_version,
        text: page.text.clone(),
        furniture: page.furniture.clone(),
        warnings: page.warnings.clone(),
        hints: extras.map(|extras| extras.hints.clone()),
        repairs: extras.map(|extras| extras.repairs.clone()).unwrap_or_default(),
        original: extras.and_then(|extras| extras.original.clone()),
    }
}
