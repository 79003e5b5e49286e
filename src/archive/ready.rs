//! Pages made ready for storing: packed and cut into grams, on any thread and outside of the transaction.

use super::index::Grams;
use super::loose;
use super::record::{self, Lines};
use crate::model::{Article, FiledPage};
use crate::search::{self, FoldedDoc};
use rayon::prelude::*;

/// A page with everything that storing it needs. Making it is most of the work of an import and needs no archive:
/// [`super::Archive::add_ready`] then only writes.
pub struct ReadyPage {
    filed: FiledPage,
    packed: PackedPage,
}

impl ReadyPage {
    /// Packs a page and cuts its articles into grams.
    pub fn of(filed: FiledPage) -> Self {
        let packed = PackedPage::of(&filed);
        Self { filed, packed }
    }

    /// The page.
    pub fn filed(&self) -> &FiledPage {
        &self.filed
    }

    pub(super) fn packed(&self) -> &PackedPage {
        &self.packed
    }
}

/// A page's text and articles in the form in which they are stored.
pub(super) struct PackedPage {
    pub text: Vec<u8>,
    /// Grams of the lines that stand in no article.
    pub loose: Option<Grams>,
    pub articles: Vec<PackedArticle>,
}

impl PackedPage {
    pub(super) fn of(filed: &FiledPage) -> Self {
        let lines = Lines::of(&filed.dump.text);
        let articles = filed.page.articles.par_iter().map(|article| PackedArticle::of(article, &lines)).collect();
        let loose = loose::grams(&filed.dump.text, &filed.page.furniture);
        Self { text: record::pack_text(&filed.dump.text), loose, articles }
    }
}

/// An article in the form in which it is stored and indexed.
pub(super) struct PackedArticle {
    pub record: Vec<u8>,
    pub indexed: Indexed,
}

impl PackedArticle {
    pub(super) fn of(article: &Article, lines: &Lines<'_>) -> Self {
        Self { record: record::pack_article(article, lines), indexed: Indexed::of(article) }
    }
}

/// What the index and the attributes take from an article's text.
pub(super) struct Indexed {
    pub grams: Grams,
    pub fingerprint: u64,
}

impl Indexed {
    pub(super) fn of(article: &Article) -> Self {
        let doc = FoldedDoc::of(article);
        Self { grams: Grams::of(&doc), fingerprint: search::fingerprint(&doc) }
    }
}
