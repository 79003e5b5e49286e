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

#[cfg(test)]
pub(super) mod tests {
    use crate::model::{
        Article, ArticleId, Block, BlockKind, Byline, BylineRole, DateEvidence, Kind, PageId, Source, StoredArticle,
    };
    use jiff::civil::date;

    /// An article of an invented county.
    pub(in crate::export) fn article(title: &str) -> StoredArticle {
        let block = |kind, text: &str| Block { kind, text: text.into(), runs: vec![] };
        let day = Some(date(2024, 3, 18));
        StoredArticle {
            id: ArticleId(7),
            page_id: PageId(3),
            position: 0,
            newspaper: Some("青岚日报".into()),
            page_label: Some("A1".into()),
            date: DateEvidence { printed: day, best: day, ..DateEvidence::default() },
            source: Source { path: "青岚日报/2024-03-18_A1.txt".into(), member: None, part: 1 },
            article: Article {
                kind: Kind::Feature,
                kicker: Some("一片叶子的春天".into()),
                title: title.into(),
                title_printed: true,
                subtitle: Some("——青石镇茶园见闻".into()),
                column: Some("乡村行".into()),
                bylines: vec![Byline { role: BylineRole::Reporter, name: "林小溪".into(), position: None }],
                blocks: vec![
                    block(BlockKind::Paragraph, "天刚亮，茶农们就上了山。"),
                    block(BlockKind::Subhead, "手工炒青"),
                    block(BlockKind::Paragraph, "锅里的温度全凭一双手掂量。"),
                ],
                towns: vec!["青石镇".into()],
                sections: vec!["三农".into()],
                confidence: 0.93,
                ..Article::default()
            },
        }
    }
}
