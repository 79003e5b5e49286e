//! The query as a tree: what must be found where. [`Query::parse`] reads text (see [`super::syntax`] for the grammar),
//! `Display` writes a form that parses to the same tree.

use super::explain::{Explanation, Note};
use super::{Field, fold, highlight, syntax};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt;
use std::ops::Range;

/// Words that must stand in an article's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Term {
    /// Where they must stand.
    pub field: Field,
    /// The words as typed.
    pub text: String,
    /// Only at the beginning of a Latin word or number (`cov*`).
    pub prefix: bool,
    /// The folded characters that are looked for; never empty.
    #[serde(skip)]
    pub folded: Vec<char>,
}

impl Term {
    /// A term, unless nothing of `text` is left after folding.
    pub fn new(field: Field, text: &str, prefix: bool) -> Option<Self> {
        let folded = fold(text);
        (!folded.is_empty()).then(|| Self { field, text: text.to_owned(), prefix, folded })
    }
}

/// A fact about an article that the query can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetField {
    /// 镇: a town the story is about; part of the name suffices.
    Town,
    /// 版: page label; "2", "02" and "第2版" are the same.
    Page,
    /// 栏目: section or standing column; part of the name suffices.
    Section,
    /// 报: newspaper; part of the name suffices.
    Newspaper,
    /// 体裁: kind, by its word ("news").
    Kind,
    /// 标签: a tag; part of the name suffices.
    Tag,
}

/// Days from `from` to `to`, both inclusive; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DateSpan {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// One node of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Node {
    /// Every article.
    All,
    /// Text that must stand in the article.
    Term(Term),
    /// Two terms of one field with at most `distance` folded characters between them, in any order.
    Near {
        /// One term.
        left: Term,
        /// The other.
        right: Term,
        /// Most characters between them.
        distance: u32,
    },
    /// A fact about the article.
    Facet {
        /// Which fact.
        field: FacetField,
        /// The value.
        value: String,
    },
    /// A publication date.
    Date(DateSpan),
    /// Not this.
    Not(Box<Node>),
    /// All of these.
    And(Vec<Node>),
    /// Any of these.
    Or(Vec<Node>),
}

impl Node {
    /// The terms that a hit contains (those under a `Not` are left out), in reading order.
    pub fn positive_terms(&self) -> Vec<&Term> {
        let mut out = Vec::new();
        self.collect_terms(&mut out);
        out
    }

    fn collect_terms<'a>(&'a self, out: &mut Vec<&'a Term>) {
        match self {
            Self::All | Self::Facet { .. } | Self::Date(_) | Self::Not(_) => {}
            Self::Term(term) => out.push(term),
            Self::Near { left, right, .. } => out.extend([left, right]),
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|n| n.collect_terms(out)),
        }
    }
}

/// A search text and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The tree.
    pub root: Node,
    /// What had to be read in another way than it looks.
    pub notes: Vec<Note>,
}

impl Query {
    /// Reads a search text. Never fails: what is not syntax is text.
    pub fn parse(text: &str) -> Self {
        syntax::parse(text)
    }

    /// A query for one literal text, whatever characters it holds.
    pub fn literal(text: &str) -> Self {
        let root = Term::new(Field::Any, text, false).map_or(Node::All, Node::Term);
        Self { root, notes: Vec::new() }
    }

    /// Whether it asks for every article.
    pub fn is_everything(&self) -> bool {
        self.root == Node::All
    }

    /// Byte ranges of the hits in `text`, ascending and not overlapping. For a text whose field is known, use
    /// [`Self::highlight_in`].
    pub fn highlight(&self, text: &str) -> Vec<Range<usize>> {
        highlight::find_all(&self.root.positive_terms(), text)
    }

    /// Byte ranges of the hits in a text of `field`.
    pub fn highlight_in(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        let mut terms = self.root.positive_terms();
        terms.retain(|t| t.field == Field::Any || t.field == field);
        highlight::find_all(&terms, text)
    }

    /// How it was read, for people.
    pub fn explain(&self) -> Explanation {
        Explanation::of(self)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.root, f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Term(term) => fmt::Display::fmt(term, f),
            Self::Near { left, right, distance } => write!(f, "{left} NEAR/{distance} {right}"),
            Self::Facet { field, value } => write!(f, "{}:{}", field.name(), Quoted(value)),
            Self::Date(span) => fmt::Display::fmt(span, f),
            Self::Not(node) => match **node {
                Self::Term(_) | Self::Facet { .. } | Self::Date(_) => write!(f, "-{node}"),
                _ => write!(f, "-({node})"),
            },
            Self::And(nodes) => join(f, nodes, " ", |n| matches!(n, Self::Or(_))),
            Self::Or(nodes) => join(f, nodes, " OR ", |n| matches!(n, Self::And(_))),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str, needs_parens: fn(&Node) -> bool) -> fmt::Result {
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        if needs_parens(node) {
            write!(f, "({node})")?;
        } else {
            fmt::Display::fmt(node, f)?;
        }
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.field.name() {
            write!(f, "{name}:")?;
        }
        if self.prefix { write!(f, "{}*", self.text) } else { write!(f, "{}", Quoted(&self.text)) }
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("日期:")?;
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(to) = self.to {
            write!(f, "{to}")?;
        }
        Ok(())
    }
}

impl FacetField {
    /// The name that queries are written with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Town => "镇",
            Self::Page => "版",
            Self::Section => "栏目",
            Self::Newspaper => "报",
            Self::Kind => "体裁",
            Self::Tag => "标签",
        }
    }
}

/// Writes a text so that it is read back as one word: bare where that is safe, else in quotes with quotes doubled.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if syntax::is_bare_word(self.0) {
            f.write_str(self.0)
        } else {
            write!(f, "\"{}\"", self.0.replace('"', "\"\""))
        }
    }
}
