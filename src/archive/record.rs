//! How texts and articles are packed into blobs.

use super::ArchiveError;
use crate::model::Article;

/// Packs a page's original text.
pub(super) fn pack_text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// Unpacks a page's original text.
pub(super) fn unpack_text(blob: &[u8]) -> Result<String, ArchiveError> {
    String::from_utf8(blob.to_vec()).map_err(|_| ArchiveError::corrupt("page text"))
}

/// Packs an article.
pub(super) fn pack_article(article: &Article) -> Result<Vec<u8>, ArchiveError> {
    Ok(serde_json::to_vec(article)?)
}

/// Unpacks an article.
pub(super) fn unpack_article(blob: &[u8]) -> Result<Article, ArchiveError> {
    Ok(serde_json::from_slice(blob)?)
}
