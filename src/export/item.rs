//! What a format is given: one article, and its page where the format wants it.

use super::Extras;
use crate::model::{StoredArticle, StoredPage};

/// One article to be exported.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The article.
    pub article: &'a StoredArticle,
    /// Its page; see [`super::Format::uses_page`].
    pub page: Option<&'a StoredPage>,
    /// What was added to it, for formats that can be taken back; see [`super::Format::uses_page`].
    pub extras: Option<&'a Extras>,
}

impl<'a> Item<'a> {
    /// An article without its page.
    pub fn new(article: &'a StoredArticle) -> Self {
        Self { article, page: None, extras: None }
    }
}
