//! What is searched: an article's texts in folded form, and the literal scan that defines what a hit is.

use super::query::{DateSpan, FacetField, Node, Term};
use super::{fold, fold_onto, is_word};
use crate::model::{Article, Kind};
use jiff::civil::Date;
use serde::Serialize;

/// A searched part of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Any of the others.
    #[default]
    Any,
    /// 标题: kicker, title, subtitle, column.
    Title,
    /// 作者: names and offices of the bylines.
    Byline,
    /// 正文: paragraphs and subheads.
    Body,
}

impl Field {
    /// The three parts.
    pub const PARTS: [Self; 3] = [Self::Title, Self::Byline, Self::Body];

    /// The name that queries are written with; none for "any".
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Any => None,
            Self::Title => Some("标题"),
            Self::Byline => Some("作者"),
            Self::Body => Some("正文"),
        }
    }

    /// The parts it stands for.
    pub fn parts(self) -> &'static [Self] {
        match self {
            Self::Any => &Self::PARTS,
            Self::Title => &[Self::Title],
            Self::Byline => &[Self::Byline],
            Self::Body => &[Self::Body],
        }
    }
}

/// An article's searched texts, folded. The units of a part (paragraphs, names) are kept apart by [`FoldedDoc::BREAK`],
/// which no query can contain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedDoc {
    /// Headline.
    pub title: Vec<char>,
    /// Bylines.
    pub byline: Vec<char>,
    /// Body.
    pub body: Vec<char>,
}

impl FoldedDoc {
    /// Stands between two units.
    pub const BREAK: char = '\0';

    /// The folded texts of an article.
    pub fn of(article: &Article) -> Self {
        let mut doc = Self::default();
        for text in [article.kicker.as_deref(), Some(&article.title), article.subtitle.as_deref()] {
            push_unit(&mut doc.title, text);
        }
        push_unit(&mut doc.title, article.column.as_deref());
        for byline in &article.bylines {
            push_unit(&mut doc.byline, Some(&byline.name));
            push_unit(&mut doc.byline, byline.position.as_deref());
        }
        for block in &article.blocks {
            push_unit(&mut doc.body, Some(&block.text));
        }
        doc
    }

    /// Texts that have neither headline nor byline.
    pub fn of_body<'t>(units: impl IntoIterator<Item = &'t str>) -> Self {
        let mut doc = Self::default();
        units.into_iter().for_each(|unit| push_unit(&mut doc.body, Some(unit)));
        doc
    }

    /// The folded text of one part; empty for [`Field::Any`].
    pub fn part(&self, field: Field) -> &[char] {
        match field {
            Field::Any => &[],
            Field::Title => &self.title,
            Field::Byline => &self.byline,
            Field::Body => &self.body,
        }
    }
}

fn push_unit(out: &mut Vec<char>, text: Option<&str>) {
    let Some(text) = text else { return };
    let before = out.len();
    if before > 0 {
        out.push(FoldedDoc::BREAK);
    }
    fold_onto(text, out);
    if out.len() == before + 1 && before > 0 {
        out.pop();
    }
}

/// What is known of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Towns it is about.
    pub towns: Vec<String>,
    /// Sections and the standing column.
    pub sections: Vec<String>,
    /// Page label.
    pub page: Option<String>,
    /// Newspaper.
    pub newspaper: Option<String>,
    /// Date.
    pub date: Option<Date>,
    /// Kind.
    pub kind: Kind,
    /// Tags.
    pub tags: Vec<String>,
}

/// Whether an article is a hit, by scanning its text: the definition that the index is held to.
pub fn matches(node: &Node, doc: &FoldedDoc, facts: &Facts) -> bool {
    match node {
        Node::All => true,
        Node::Term(term) => term.field.parts().iter().any(|&f| positions(doc.part(f), term).next().is_some()),
        Node::Near { left, right, distance } => {
            left.field.parts().iter().any(|&f| is_near(doc.part(f), left, right, *distance))
        }
        Node::Facet { field, value } => match field {
            FacetField::Town => facts.towns.iter().any(|t| value_matches(*field, t, value)),
            FacetField::Section => facts.sections.iter().any(|s| value_matches(*field, s, value)),
            FacetField::Page => facts.page.iter().any(|p| value_matches(*field, p, value)),
            FacetField::Newspaper => facts.newspaper.iter().any(|n| value_matches(*field, n, value)),
            FacetField::Kind => value_matches(*field, facts.kind.as_str(), value),
            FacetField::Tag => facts.tags.iter().any(|t| value_matches(*field, t, value)),
        },
        Node::Date(span) => facts.date.is_some_and(|d| span.contains(d)),
        Node::Not(inner) => !matches(inner, doc, facts),
        Node::And(nodes) => nodes.iter().all(|n| matches(n, doc, facts)),
        Node::Or(nodes) => nodes.iter().any(|n| matches(n, doc, facts)),
    }
}

impl DateSpan {
    /// Whether `date` lies in it.
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|f| f <= date) && self.to.is_none_or(|t| date <= t)
    }
}

/// Whether a stored value answers a typed one.
pub fn value_matches(field: FacetField, stored: &str, typed: &str) -> bool {
    match field {
        FacetField::Page => page_label(stored) == page_label(typed),
        FacetField::Kind => {
            let typed: String = fold(typed).into_iter().collect();
            stored == typed || Kind::from_word(stored).is_some_and(|k| kind_names(k).contains(&typed.as_str()))
        }
        FacetField::Town | FacetField::Section | FacetField::Newspaper | FacetField::Tag => {
            let (stored, typed) = (fold(stored), fold(typed));
            stored.windows(typed.len().max(1)).any(|w| w == typed)
        }
    }
}

fn kind_names(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::News => &["消息", "新闻"],
        Kind::Feature => &["通讯", "特写", "综述"],
        Kind::Interview => &["访谈", "专访"],
        Kind::Commentary => &["评论", "言论"],
        Kind::Photo => &["图片", "图片新闻", "照片"],
        Kind::Essay => &["署名文章", "文章", "副刊"],
        Kind::Notice => &["公告", "启事", "通知"],
    }
}

/// "第02版", "02", "2" and "a1", "A01" meet.
fn page_label(label: &str) -> String {
    let folded: String = fold(label).into_iter().filter(|c| !matches!(c, '第' | '版')).collect();
    let letters: String = folded.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let rest = &folded[letters.len()..];
    let digits = rest.trim_start_matches('0');
    format!("{letters}{}", if digits.is_empty() && !rest.is_empty() { "0" } else { digits })
}

/// Where `term` begins in a folded text.
pub fn positions<'a>(text: &'a [char], term: &'a Term) -> impl Iterator<Item = usize> + 'a {
    let needle = &term.folded;
    text.windows(needle.len().max(1)).enumerate().filter_map(move |(at, window)| {
        let is_hit = window == &needle[..] && (!term.prefix || at == 0 || !is_word(text[at - 1]));
        is_hit.then_some(at)
    })
}

/// Whether the two terms stand in `text` without overlap and with at most `distance` characters between them.
fn is_near(text: &[char], left: &Term, right: &Term, distance: u32) -> bool {
    let lefts: Vec<usize> = positions(text, left).collect();
    let rights: Vec<usize> = positions(text, right).collect();
    near_positions(&lefts, left.folded.len(), &rights, right.folded.len(), distance)
}

/// The same over positions alone; both ascending.
pub fn near_positions(lefts: &[usize], left_len: usize, rights: &[usize], right_len: usize, distance: u32) -> bool {
    let distance = distance as usize;
    lefts.iter().any(|&l| {
        // The first right-hand hit that does not overlap, and the last one that ends before.
        let after = rights.partition_point(|&r| r < l + left_len);
        let before = rights.partition_point(|&r| r + right_len <= l);
        rights.get(after).is_some_and(|&r| r - (l + left_len) <= distance)
            || before.checked_sub(1).is_some_and(|b| l - (rights[b] + right_len) <= distance)
    })
}
