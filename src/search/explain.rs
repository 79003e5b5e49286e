//! How a query was read, in data and in words: the window and `--explain` show it.

use super::Field;
use super::query::{FacetField, Node, Query, Term};
use serde::Serialize;

/// Something that was read in another way than it may look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "note", content = "text")]
#[non_exhaustive]
pub enum Note {
    /// A quote was not closed; it reaches to the end.
    OpenQuote(String),
    /// This looks like syntax, but nothing fits beside it: it is looked for as text.
    ReadAsText(String),
    /// Not a date: looked for as text.
    BadDate(String),
    /// A star after Chinese text does nothing: parts of words are found anyway.
    StarNotNeeded(String),
    /// Quotes around nothing.
    NothingToFind,
    /// Too long for operators: every word is looked for.
    TooLong,
}

impl Note {
    /// The note as a sentence.
    pub fn sentence(&self, chinese: bool) -> String {
        match (self, chinese) {
            (Self::OpenQuote(t), true) => format!("引号未闭合，按词组“{t}”查找"),
            (Self::OpenQuote(t), false) => format!("the quote is open; read as the phrase “{t}”"),
            (Self::ReadAsText(t), true) => format!("“{t}”在这里不是语法，按文字查找"),
            (Self::ReadAsText(t), false) => format!("“{t}” is not syntax here; looked for as text"),
            (Self::BadDate(t), true) => format!("“{t}”不是日期，按文字查找"),
            (Self::BadDate(t), false) => format!("“{t}” is no date; looked for as text"),
            (Self::StarNotNeeded(t), true) => format!("“{t}”的星号可省略：中文按字面包含查找"),
            (Self::StarNotNeeded(t), false) => format!("the star of “{t}” is not needed: parts are found anyway"),
            (Self::NothingToFind, true) => "引号里没有文字，已忽略".to_owned(),
            (Self::NothingToFind, false) => "nothing inside the quotes; ignored".to_owned(),
            (Self::TooLong, true) => "查询过长，逐词按文字查找".to_owned(),
            (Self::TooLong, false) => "too long for operators; every word is looked for".to_owned(),
        }
    }
}

/// How a query was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The query in its canonical form; typing it gives the same result.
    pub canonical: String,
    /// The tree.
    pub reading: Node,
    /// What was read in another way than it may look.
    pub notes: Vec<Note>,
}

impl Explanation {
    pub(super) fn of(query: &Query) -> Self {
        Self { canonical: query.to_string(), reading: query.root.clone(), notes: query.notes.clone() }
    }

    /// The reading as one sentence.
    pub fn sentence(&self, chinese: bool) -> String {
        describe(&self.reading, chinese)
    }

    /// The reading and the notes, a line each.
    pub fn lines(&self, chinese: bool) -> Vec<String> {
        std::iter::once(self.sentence(chinese)).chain(self.notes.iter().map(|n| n.sentence(chinese))).collect()
    }
}

fn describe(node: &Node, chinese: bool) -> String {
    match (node, chinese) {
        (Node::All, true) => "全部文章".to_owned(),
        (Node::All, false) => "every article".to_owned(),
        (Node::Term(term), _) => describe_term(term, chinese),
        (Node::Near { left, right, distance }, true) => {
            format!("{}，与“{}”相距不超过{distance}字", describe_term(left, true), right.text)
        }
        (Node::Near { left, right, distance }, false) => {
            format!("{} within {distance} characters of “{}”", describe_term(left, false), right.text)
        }
        (Node::Facet { field, value }, true) => format!("{}是“{value}”", facet_name(*field, true)),
        (Node::Facet { field, value }, false) => format!("{} is “{value}”", facet_name(*field, false)),
        (Node::Date(span), true) => match (span.from, span.to) {
            (Some(a), Some(b)) if a == b => format!("日期为{a}"),
            (a, b) => format!("日期从{}到{}", day(a, "最早"), day(b, "最近")),
        },
        (Node::Date(span), false) => match (span.from, span.to) {
            (Some(a), Some(b)) if a == b => format!("dated {a}"),
            (a, b) => format!("dated {} to {}", day(a, "the first"), day(b, "the last")),
        },
        (Node::Not(inner), true) => format!("不要〔{}〕", describe(inner, true)),
        (Node::Not(inner), false) => format!("not [{}]", describe(inner, false)),
        (Node::And(nodes), true) => list(nodes, "，并且", true),
        (Node::And(nodes), false) => list(nodes, " and ", false),
        (Node::Or(nodes), true) => format!("〔{}〕", list(nodes, "，或者", true)),
        (Node::Or(nodes), false) => format!("[{}]", list(nodes, " or ", false)),
    }
}

fn day(date: Option<jiff::civil::Date>, open: &str) -> String {
    date.map_or_else(|| open.to_owned(), |d| d.to_string())
}

fn list(nodes: &[Node], between: &str, chinese: bool) -> String {
    nodes.iter().map(|n| describe(n, chinese)).collect::<Vec<_>>().join(between)
}

fn describe_term(term: &Term, chinese: bool) -> String {
    let place = match (term.field, chinese) {
        (Field::Any, true) => "",
        (Field::Title, true) => "标题",
        (Field::Byline, true) => "作者",
        (Field::Body, true) => "正文",
        (Field::Any, false) => "",
        (Field::Title, false) => "headline ",
        (Field::Byline, false) => "byline ",
        (Field::Body, false) => "body ",
    };
    match (term.prefix, chinese) {
        (false, true) => format!("{place}含“{}”", term.text),
        (false, false) => format!("{place}contains “{}”", term.text),
        (true, true) => format!("{place}有以“{}”开头的词", term.text),
        (true, false) => format!("{place}has a word beginning with “{}”", term.text),
    }
}

fn facet_name(field: FacetField, chinese: bool) -> &'static str {
    match (field, chinese) {
        (FacetField::Town, true) => "镇街道",
        (FacetField::Page, true) => "版次",
        (FacetField::Section, true) => "栏目",
        (FacetField::Newspaper, true) => "报纸",
        (FacetField::Kind, true) => "体裁",
        (FacetField::Tag, true) => "标签",
        (FacetField::Town, false) => "town",
        (FacetField::Page, false) => "page",
        (FacetField::Section, false) => "section",
        (FacetField::Newspaper, false) => "newspaper",
        (FacetField::Kind, false) => "kind",
        (FacetField::Tag, false) => "tag",
    }
}
