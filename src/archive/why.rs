//! "Why not found?": what a search with no or few hits could have meant, and what is not in the archive.

use super::ArchiveError;
use super::attributes::{UNDATED, date_of, day_number};
use super::evaluate::Evaluator;
use super::order;
use super::reader::Reader;
use crate::model::{Filter, PageId, SearchRequest, Sort};
use crate::search::{Field, FoldedDoc, Node, Query, Term, is_east_asian, sounds_alike, words};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Articles read to find variants of one piece of a term.
const READ: u32 = 60;
/// Variants shown.
const MAX_VARIANTS: usize = 8;
/// Unplaced lines shown.
const MAX_LINES: usize = 20;
/// Longest range of days that is checked for gaps.
const MAX_DAYS: i32 = 366;

/// Why a search finds what it finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    /// Articles that pass.
    pub total: u64,
    /// Articles that the same words find without the filters.
    pub without_filters: u64,
    /// Each term alone, without the filters.
    pub terms: Vec<TermCount>,
    /// Words that differ from a term in one character and do exist.
    pub variants: Vec<Variant>,
    /// Lines of pages that belong to no article and hold a term.
    pub unplaced: Vec<UnplacedLine>,
    /// Days of the searched range on which the archive has no page.
    pub missing_days: Vec<Date>,
}

/// A term and how many articles hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermCount {
    /// The term as typed.
    pub text: String,
    /// Articles that hold it.
    pub count: u64,
}

/// A word near to what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// The term as typed.
    pub of: String,
    /// The word that exists.
    pub text: String,
    /// Articles that hold it.
    pub count: u64,
}

/// A line that could not be placed in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnplacedLine {
    /// Its page.
    pub page: PageId,
    /// Line number, from 1.
    pub line: u32,
    /// The line, or a piece of a long one around the hit.
    pub text: String,
}

impl Reader {
    /// Explains what a request finds and does not find.
    pub fn why(&self, request: &SearchRequest) -> Result<Why, ArchiveError> {
        let query = Query::parse(&request.query);
        let terms = query.root.positive_terms();
        let mut why = self.view(|evaluator| {
            let mut why = Why {
                total: evaluator.find(&query, &request.filter)?.total,
                without_filters: evaluator.node(&query.root)?.count(),
                missing_days: missing_days(evaluator, &query.root, request),
                ..Why::default()
            };
            for term in &terms {
                let count = evaluator.node(&Node::Term((*term).clone()))?.count();
                why.terms.push(TermCount { text: term.text.clone(), count });
                if count <= 3 {
                    why.variants.extend(self.variants(evaluator, term)?);
                }
            }
            Ok(why)
        })?;
        why.unplaced = self.unplaced_lines(&terms, &Filter::default())?;
        Ok(why)
    }

    /// Words that differ from `term` in one character, found by looking at articles that hold the rest of it.
    fn variants(&self, evaluator: &Evaluator<'_>, term: &Term) -> Result<Vec<Variant>, ArchiveError> {
        let text = &term.folded;
        if term.prefix || !(2..=8).contains(&text.len()) || !text.iter().all(|&c| is_east_asian(c)) {
            return Ok(Vec::new());
        }
        let mut candidates: HashSet<Vec<char>> = HashSet::new();
        for wrong in 0..text.len() {
            let (before, after) = (&text[..wrong], &text[wrong + 1..]);
            let part = |chars: &[char]| Term::new(term.field, &chars.iter().collect::<String>(), false);
            let node = match (part(before), part(after)) {
                (Some(left), Some(right)) => Node::Near { left, right, distance: 1 },
                (Some(one), None) | (None, Some(one)) => Node::Term(one),
                (None, None) => continue,
            };
            let found = evaluator.find(&Query { root: node, notes: Vec::new() }, &Default::default())?;
            for slot in order::page(evaluator, &found, Sort::Newest, 0, READ) {
                let Some(article) = self.stored(crate::model::ArticleId(evaluator.snapshot.id(slot)))? else {
                    continue;
                };
                let doc = FoldedDoc::of(&article);
                for &field in term.field.parts() {
                    let near = doc
                        .part(field)
                        .windows(text.len())
                        .filter(|w| w[..wrong] == *before && w[wrong + 1..] == *after && is_han(w[wrong]));
                    candidates.extend(near.map(<[char]>::to_vec));
                }
            }
        }
        candidates.remove(text);
        let mut out = Vec::new();
        for chars in candidates {
            let word: String = chars.iter().collect();
            // What sounds alike was mistyped. Of the rest, two characters must be a word: 茶园 has neighbours like 业园.
            let sounds_alike = text.iter().zip(&chars).all(|(&a, &b)| a == b || sounds_alike(a, b));
            if !sounds_alike && chars.len() == 2 && words(&word).len() > 1 {
                continue;
            }
            let Some(exact) = Term::new(term.field, &word, false) else { continue };
            let count = evaluator.node(&Node::Term(exact))?.count();
            out.push((sounds_alike, Variant { of: term.text.clone(), text: word, count }));
        }
        out.sort_by(|(a_alike, a), (b_alike, b)| {
            b_alike.cmp(a_alike).then(b.count.cmp(&a.count)).then_with(|| a.text.cmp(&b.text))
        });
        out.truncate(MAX_VARIANTS);
        Ok(out.into_iter().map(|(_, variant)| variant).collect())
    }

    /// Lines outside of articles that hold a term: those of the newest pages.
    fn unplaced_lines(&self, terms: &[&Term], filter: &Filter) -> Result<Vec<UnplacedLine>, ArchiveError> {
        let any: Vec<Node> = terms.iter().map(|&term| Node::Term(term.clone())).collect();
        let query = Query { root: Node::Or(any), notes: Vec::new() };
        let (_, pages) = self.loose_pages(&query, filter, MAX_LINES)?;
        let mut out = Vec::new();
        for page in pages {
            self.loose_lines(page, terms, &mut out)?;
            if out.len() >= MAX_LINES {
                out.truncate(MAX_LINES);
                break;
            }
        }
        Ok(out)
    }

    /// How many pages the archive holds of each day: for a calendar of gaps.
    pub fn pages_by_day(&self) -> Result<Vec<(Date, u64)>, ArchiveError> {
        let mut statement = self
            .db()
            .prepare_cached("SELECT date, count(*) FROM pages WHERE date IS NOT NULL GROUP BY date ORDER BY date")?;
        let mut rows = statement.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.extend(super::rows::date(row.get(0)?).zip(row.get::<_, i64>(1).map(i64::unsigned_abs).ok()));
        }
        Ok(out)
    }

    /// Articles of one day in other years: "this day in past years".
    pub fn same_day(
        &self,
        month: i8,
        day: i8,
        limit: u32,
    ) -> Result<BTreeMap<i16, Vec<crate::model::ArticleId>>, ArchiveError> {
        self.view(|evaluator| {
            let mut out: BTreeMap<i16, Vec<crate::model::ArticleId>> = BTreeMap::new();
            let mut known: HashMap<i32, Option<Date>> = HashMap::new();
            for &slot in evaluator.snapshot.order.iter() {
                let number = evaluator.snapshot.day(slot);
                let date = *known.entry(number).or_insert_with(|| date_of(number));
                if let Some(date) = date.filter(|d| d.month() == month && d.day() == day) {
                    let year = out.entry(date.year()).or_default();
                    if year.len() < limit as usize {
                        year.push(crate::model::ArticleId(evaluator.snapshot.id(slot)));
                    }
                }
            }
            Ok(out)
        })
    }
}

/// Whether `c` can stand in a Chinese word.
fn is_han(c: char) -> bool {
    is_east_asian(c) && c.is_alphanumeric()
}

/// Days without any page in the range that the filter or the query names.
fn missing_days(evaluator: &Evaluator<'_>, root: &Node, request: &SearchRequest) -> Vec<Date> {
    let (mut from, mut to) = (request.filter.from, request.filter.to);
    let parts: &[Node] = match root {
        Node::And(nodes) => nodes,
        node => std::slice::from_ref(node),
    };
    for node in parts {
        if let Node::Date(span) = node {
            from = from.max(span.from);
            to = match (to, span.to) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
    let (from, to) = (day_number(Some(from)), day_number(Some(to)));
    if from == UNDATED || to < from || to - from > MAX_DAYS {
        return Vec::new();
    }
    let present: HashSet<i32> = evaluator.snapshot.chunks.iter().flat_map(|c| c.days.iter().copied()).collect();
    (from..=to).filter(|day| !present.contains(day)).filter_map(date_of).collect()
}

impl Reader {
    /// How many articles hold a text in a field, for hints beside what is typed.
    pub fn count_text(&self, field: Field, text: &str) -> Result<u64, ArchiveError> {
        let Some(term) = Term::new(field, text, false) else { return Ok(0) };
        self.view(|evaluator| Ok(evaluator.node(&Node::Term(term))?.count()))
    }
}
