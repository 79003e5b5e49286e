//! The article that tests of exports write: used by the tests of the library too, so that it says `super::model`.

use super::model::{
    Article, ArticleId, Block, BlockKind, Byline, BylineRole, DateEvidence, Kind, PageId, Source, StoredArticle,
};
use jiff::civil::date;

/// An article of an invented county.
pub fn article(title: &str) -> StoredArticle {
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
