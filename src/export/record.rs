//! The exchange form: one JSON object for a page, one for an article. Field names and words are those of the gold pages
//! that reconstruction is measured with; additional fields may follow.

use crate::model::{Article, Byline, FurnitureKind, Page, Span};
use serde::{Deserialize, Serialize};

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageRecord {
    /// File name of the dump.
    pub dump: String,
    /// What is known of the page.
    pub page: PageFacts,
    /// Its articles.
    pub articles: Vec<ArticleRecord>,
    /// Lines of no article.
    pub furniture: Vec<FurnitureRecord>,
}

/// Facts of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageFacts {
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Page label (版次).
    pub page_label: Option<String>,
    /// Printed date, `YYYY-MM-DD`.
    pub date_printed: Option<String>,
    /// Earliest possible date.
    pub date_earliest: Option<String>,
    /// Latest possible date.
    pub date_latest: Option<String>,
    /// Best guess.
    pub date_best: Option<String>,
    /// Evidence.
    pub date_why: String,
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleRecord {
    /// Position on the page from 1, or the archive's id.
    pub id: i64,
    /// Kind (`"news"`, …).
    pub kind: String,
    /// Kicker (引题).
    pub kicker: Option<String>,
    /// Whether the headline was printed.
    pub title_printed: bool,
    /// Headline.
    pub title: String,
    /// Subtitle (副题).
    pub subtitle: Option<String>,
    /// Column (栏目).
    pub column: Option<String>,
    /// Bylines.
    pub bylines: Vec<Byline>,
    /// Subheads in reading order.
    pub subheads: Vec<String>,
    /// Paragraphs in reading order.
    pub paragraphs: Vec<String>,
    /// Towns it is about.
    pub towns: Vec<String>,
    /// Other towns it mentions.
    pub towns_mentioned: Vec<String>,
    /// Sections, most fitting first.
    pub sections: Vec<String>,
    /// People with their offices.
    pub people: Vec<crate::model::Person>,
    /// Page of the continuation.
    pub jump_to: Option<String>,
    /// Text stops in mid-article.
    pub truncated: bool,
    /// Lines of the dump with roles.
    pub lines: Vec<Span>,
    /// Paragraphs and subheads together, in reading order: `[kind, text]` with kind `"paragraph"` or `"subhead"`.
    pub blocks: Vec<BlockRecord>,
    /// Probability that all of it is right.
    pub confidence: f32,
}

/// A paragraph or subhead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockRecord {
    /// Which of the two.
    pub kind: crate::model::BlockKind,
    /// Its text.
    pub text: String,
}

/// Lines that belong to no article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FurnitureRecord {
    /// First line.
    pub from: u32,
    /// Last line.
    pub to: u32,
    /// What they are.
    pub what: FurnitureKind,
}

/// The record of a page. `dump` is the file's name.
pub fn page(page: &Page, dump: &str) -> PageRecord {
    let day = |date: Option<jiff::civil::Date>| date.map(|d| d.to_string());
    PageRecord {
        dump: dump.to_owned(),
        page: PageFacts {
            newspaper: page.newspaper.clone(),
            page_label: page.page_label.clone(),
            date_printed: day(page.date.printed),
            date_earliest: day(page.date.earliest),
            date_latest: day(page.date.latest),
            date_best: day(page.date.best),
            date_why: page.date.why.clone(),
        },
        articles: page.articles.iter().zip(1..).map(|(a, id)| article(a, id)).collect(),
        furniture: page.furniture.iter().map(|f| FurnitureRecord { from: f.from, to: f.to, what: f.what }).collect(),
    }
}

/// The record of an article.
pub fn article(article: &Article, id: i64) -> ArticleRecord {
    ArticleRecord {
        id,
        kind: article.kind.as_str().to_owned(),
        kicker: article.kicker.clone(),
        title_printed: article.title_printed,
        title: article.title.clone(),
        subtitle: article.subtitle.clone(),
        column: article.column.clone(),
        bylines: article.bylines.clone(),
        subheads: article.subheads().map(str::to_owned).collect(),
        paragraphs: article.paragraphs().map(str::to_owned).collect(),
        towns: article.towns.clone(),
        towns_mentioned: article.towns_mentioned.clone(),
        sections: article.sections.clone(),
        people: article.people.clone(),
        jump_to: article.jump_to.clone(),
        truncated: article.truncated,
        lines: article.spans.clone(),
        blocks: article.blocks.iter().map(|b| BlockRecord { kind: b.kind, text: b.text.clone() }).collect(),
        confidence: article.confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_exchange_form_are_stable() {
        let made = Article {
            kind: crate::model::Kind::Photo,
            title: "水退了".into(),
            spans: vec![Span { from: 2, to: 3, role: crate::model::Role::Ednote }],
            ..Article::default()
        };
        let json = serde_json::to_value(article(&made, 7)).expect("plain data");
        assert_eq!(json["kind"], "photo");
        assert_eq!(json["lines"][0]["role"], "ednote");
        assert_eq!(json["kicker"], serde_json::Value::Null);
        assert_eq!(json["id"], 7);
    }
}
