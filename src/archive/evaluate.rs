//! What a request finds: the query and the filters as sets of slots, and the counts over them.

use super::ArchiveError;
use super::attributes::{CHUNK, Facet, NO_KIND, UNDATED, date_of, day_number, kind_number, kind_of, month_of};
use super::bits::Bits;
use super::index::Finder;
use super::snapshot::{Asked, Snapshot};
use crate::model::{Facets, Filter};
use crate::search::{FacetField, Node, Query, Term, value_matches};
use rusqlite::Connection;
use std::sync::{Arc, OnceLock};

/// Most names that a byline list shows.
const MAX_BYLINES: usize = 200;
/// A term found in more than one slot in so many is worth remembering.
const FREQUENT: u64 = 100;

/// Evaluates queries over one state of the archive.
pub(super) struct Evaluator<'a> {
    pub db: &'a Connection,
    pub snapshot: &'a Snapshot,
    pub scope: Scope,
}

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Articles.
    Articles,
    /// Lines of pages that stand in no article.
    Loose,
}

/// A filter list next to the query; its own choice does not narrow its own counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Time,
    Section,
    Town,
    Newspaper,
    Page,
    Kind,
    Byline,
    Tag,
    Unsure,
    Flagged,
}

/// What a request finds.
pub(super) struct Found {
    /// What the query finds, filters aside.
    base: Bits,
    /// What each filter that is set lets through.
    filters: Vec<(Dimension, Bits)>,
    /// What passes everything.
    pub hits: Bits,
    pub total: u64,
    /// The hits by relevance, once that was asked for.
    pub by_relevance: OnceLock<Vec<u32>>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn finder(&self) -> Finder<'a> {
        Finder { db: self.db, segments: &self.snapshot.segments, limit: self.snapshot.limit }
    }

    /// The slots that can be found at all.
    fn all(&self) -> &Bits {
        match self.scope {
            Scope::Articles => &self.snapshot.live,
            Scope::Loose => &self.snapshot.loose,
        }
    }

    pub(super) fn find(&self, query: &Query, filter: &Filter) -> Result<Found, ArchiveError> {
        let base = self.node(&query.root)?;
        let mut filters = self.filters(filter);
        if filter.flagged {
            filters.push((Dimension::Flagged, self.flagged()?));
        }
        let mut hits = base.clone();
        filters.iter().for_each(|(_, set)| hits.and(set));
        let total = hits.count();
        Ok(Found { base, filters, hits, total, by_relevance: OnceLock::new() })
    }

    /// The slots of the scope that a node finds.
    pub(super) fn node(&self, node: &Node) -> Result<Bits, ArchiveError> {
        let mut out = match node {
            Node::All => return Ok(self.all().clone()),
            Node::Term(term) => return self.term(term),
            Node::Near { left, right, distance } => self.finder().near(left, right, *distance)?,
            Node::Facet { field, value } => self.facet(*field, value),
            Node::Date(span) => {
                let from = span.from.map_or(UNDATED + 1, |d| day_number(Some(d)));
                let to = span.to.map_or(i32::MAX, |d| day_number(Some(d)));
                self.days(from, to)
            }
            Node::Not(inner) => {
                let mut out = self.all().clone();
                out.and_not(&self.node(inner)?);
                return Ok(out);
            }
            Node::And(nodes) => {
                let mut out = self.all().clone();
                for node in nodes {
                    if out.is_empty() {
                        break;
                    }
                    out.and(&self.node(node)?);
                }
                return Ok(out);
            }
            Node::Or(nodes) => {
                let mut out = Bits::none(self.snapshot.limit);
                for node in nodes {
                    out.or(&self.node(node)?);
                }
                return Ok(out);
            }
        };
        // The index still knows articles that are gone.
        out.and(self.all());
        Ok(out)
    }

    /// The slots of the scope that hold a term; those of a frequent term are remembered.
    fn term(&self, term: &Term) -> Result<Bits, ArchiveError> {
        if self.scope == Scope::Loose {
            let mut out = self.finder().term(term)?;
            out.and(self.all());
            return Ok(out);
        }
        let asked = Asked::Term(term.clone());
        if let Some(known) = self.snapshot.memo.get(&asked) {
            return Ok((*known).clone());
        }
        let mut out = self.finder().term(term)?;
        // The index still knows articles that are gone.
        out.and(self.all());
        if out.count() * FREQUENT > u64::from(self.snapshot.limit) {
            self.snapshot.memo.keep(asked, Arc::new(out.clone()));
        }
        Ok(out)
    }

    fn facet(&self, field: FacetField, value: &str) -> Bits {
        let facets: &[Facet] = match field {
            FacetField::Town => &[Facet::Town],
            FacetField::Page => &[Facet::Page],
            FacetField::Section => &[Facet::Section, Facet::Column],
            FacetField::Newspaper => &[Facet::Newspaper],
            FacetField::Tag => &[Facet::Tag],
            FacetField::Kind => {
                return self.where_kind(|kind| value_matches(field, kind_of(kind).as_str(), value));
            }
        };
        let names = &self.snapshot.names;
        let ids: Vec<u32> = facets
            .iter()
            .flat_map(|&f| names.of(f))
            .filter(|(_, name)| value_matches(field, name, value))
            .map(|(id, _)| id)
            .collect();
        self.with_names(&ids)
    }

    fn where_kind(&self, test: impl Fn(u8) -> bool) -> Bits {
        let mut out = Bits::none(self.snapshot.limit);
        let wanted: Vec<bool> = (0..=u8::MAX).map(|kind| kind != NO_KIND && test(kind)).collect();
        for (number, chunk) in self.snapshot.chunks.iter().enumerate() {
            for (at, &kind) in chunk.kinds.iter().enumerate() {
                if wanted[usize::from(kind)] {
                    out.insert(number as u32 * CHUNK + at as u32);
                }
            }
        }
        out
    }

    /// Slots that carry any of the names.
    fn with_names(&self, ids: &[u32]) -> Bits {
        let mut out = Bits::none(self.snapshot.limit);
        if ids.is_empty() {
            return out;
        }
        let asked = Asked::Names(ids.to_vec());
        if let Some(known) = self.snapshot.memo.get(&asked) {
            return (*known).clone();
        }
        let mut wanted = vec![false; self.snapshot.names.limit()];
        ids.iter().for_each(|&id| wanted[id as usize] = true);
        let is_wanted = |id: &u32| wanted.get(*id as usize).copied().unwrap_or(false);
        for (number, chunk) in self.snapshot.chunks.iter().enumerate() {
            for at in 0..chunk.len() {
                if chunk.names_of(at).iter().any(is_wanted) {
                    out.insert(number as u32 * CHUNK + at as u32);
                }
            }
        }
        self.snapshot.memo.keep(asked, Arc::new(out.clone()));
        out
    }

    fn days(&self, from: i32, to: i32) -> Bits {
        let mut out = Bits::none(self.snapshot.limit);
        for (number, chunk) in self.snapshot.chunks.iter().enumerate() {
            for (at, day) in chunk.days.iter().enumerate() {
                if (from..=to).contains(day) {
                    out.insert(number as u32 * CHUNK + at as u32);
                }
            }
        }
        out
    }

    fn filters(&self, filter: &Filter) -> Vec<(Dimension, Bits)> {
        let mut out = Vec::new();
        if filter.undated {
            out.push((Dimension::Time, self.days(UNDATED, UNDATED)));
        } else if filter.from.is_some() || filter.to.is_some() {
            let from = filter.from.map_or(UNDATED + 1, |d| day_number(Some(d)));
            let to = filter.to.map_or(i32::MAX, |d| day_number(Some(d)));
            out.push((Dimension::Time, self.days(from, to)));
        }
        let lists = [
            (Dimension::Section, Facet::Section, &filter.sections),
            (Dimension::Town, Facet::Town, &filter.towns),
            (Dimension::Newspaper, Facet::Newspaper, &filter.newspapers),
            (Dimension::Page, Facet::Page, &filter.pages),
            (Dimension::Byline, Facet::Byline, &filter.bylines),
            (Dimension::Tag, Facet::Tag, &filter.tags),
        ];
        for (dimension, facet, wanted) in lists {
            if !wanted.is_empty() {
                let names = self.snapshot.names.of(facet);
                let ids: Vec<u32> = names.filter(|(_, n)| wanted.iter().any(|w| w == n)).map(|(id, _)| id).collect();
                out.push((dimension, self.with_names(&ids)));
            }
        }
        if !filter.kinds.is_empty() {
            let wanted: Vec<u8> = filter.kinds.iter().map(|&k| kind_number(k)).collect();
            out.push((Dimension::Kind, self.where_kind(|k| wanted.contains(&k))));
        }
        if filter.unsure {
            let mut set = Bits::none(self.snapshot.limit);
            for (number, chunk) in self.snapshot.chunks.iter().enumerate() {
                for (at, _) in chunk.unsure.iter().enumerate().filter(|(_, u)| **u) {
                    set.insert(number as u32 * CHUNK + at as u32);
                }
            }
            out.push((Dimension::Unsure, set));
        }
        out
    }

    /// Slots of articles that carry a flag. Flags are few and change often: they stand in a table, not in the chunks.
    fn flagged(&self) -> Result<Bits, ArchiveError> {
        let mut out = Bits::none(self.snapshot.limit);
        let mut statement = self
            .db
            .prepare_cached("SELECT slot FROM marks JOIN articles ON articles.id = article_id WHERE is_flagged <> 0")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let slot: u32 = row.get(0)?;
            if slot < self.snapshot.limit {
                out.insert(slot);
            }
        }
        Ok(out)
    }

    /// Counts beside each filter: one pass over the hits, and one more for each filter that is set.
    pub(super) fn facets(&self, found: &Found) -> Result<Facets, ArchiveError> {
        let mut flagged = self.flagged()?;
        flagged.and(&found.base);
        let others = found.filters.iter().filter(|(dimension, _)| *dimension != Dimension::Flagged);
        others.for_each(|(_, filter)| flagged.and(filter));
        let all = self.tally(&found.hits);
        let own: Vec<(Dimension, Tally)> = found
            .filters
            .iter()
            .map(|(dimension, _)| {
                let mut set = found.base.clone();
                let others = found.filters.iter().filter(|(d, _)| d != dimension);
                others.for_each(|(_, filter)| set.and(filter));
                (*dimension, self.tally(&set))
            })
            .collect();
        let of = |dimension| own.iter().find(|(d, _)| *d == dimension).map_or(&all, |(_, tally)| tally);
        let names = |dimension, facet| self.name_counts(of(dimension), facet);
        let mut bylines = names(Dimension::Byline, Facet::Byline);
        bylines.truncate(MAX_BYLINES);
        let time = of(Dimension::Time);
        Ok(Facets {
            total: found.total,
            months: counted(&time.months, |number| Some(month_of(number as u16))).into_iter().rev().collect(),
            undated: time.undated,
            sections: names(Dimension::Section, Facet::Section),
            towns: names(Dimension::Town, Facet::Town),
            newspapers: names(Dimension::Newspaper, Facet::Newspaper),
            pages: names(Dimension::Page, Facet::Page),
            kinds: {
                let mut kinds = counted(&of(Dimension::Kind).kinds, |number| Some(kind_of(number as u8)));
                kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
                kinds
            },
            bylines,
            tags: names(Dimension::Tag, Facet::Tag),
            unsure: of(Dimension::Unsure).unsure,
            flagged: flagged.count(),
        })
    }

    /// How many of the hits carry each name, by the name's id.
    pub(super) fn name_totals(&self, found: &Found) -> Vec<u64> {
        self.tally(&found.hits).names
    }

    fn name_counts(&self, tally: &Tally, facet: Facet) -> Vec<(String, u64)> {
        let mut out = counted(&tally.names, |id| match self.snapshot.names.get(id as u32) {
            Some((f, name)) if f == facet => Some(name.to_owned()),
            _ => None,
        });
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out
    }

    fn tally(&self, set: &Bits) -> Tally {
        let mut tally = Tally {
            months: Vec::new(),
            undated: 0,
            kinds: vec![0; 256],
            names: vec![0; self.snapshot.names.limit()],
            unsure: 0,
        };
        for (number, words) in set.chunks(CHUNK).enumerate() {
            let Some(chunk) = self.snapshot.chunks.get(number) else { break };
            for at in words {
                match chunk.days[at] {
                    UNDATED => tally.undated += 1,
                    _ => {
                        let month = usize::from(chunk.months[at]);
                        if month >= tally.months.len() {
                            tally.months.resize(month + 1, 0);
                        }
                        tally.months[month] += 1;
                    }
                }
                tally.kinds[usize::from(chunk.kinds[at])] += 1;
                tally.unsure += u64::from(chunk.unsure[at]);
                for &name in chunk.names_of(at) {
                    if let Some(count) = tally.names.get_mut(name as usize) {
                        *count += 1;
                    }
                }
            }
        }
        tally
    }

    /// First and last day of a set.
    pub(super) fn day_range(&self, set: &Bits) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        let days = || set.iter().map(|s| self.snapshot.day(s)).filter(|&d| d != UNDATED);
        Some((date_of(days().min()?)?, date_of(days().max()?)?))
    }
}

struct Tally {
    months: Vec<u64>,
    undated: u64,
    kinds: Vec<u64>,
    names: Vec<u64>,
    unsure: u64,
}

fn counted<T>(counts: &[u64], name: impl Fn(usize) -> Option<T>) -> Vec<(T, u64)> {
    let present = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    present.filter_map(|(i, &count)| Some((name(i)?, count))).collect()
}
