//! Loose text: lines of a page that could be placed in no article. Nobody who looks for a name cares whether the engine
//! understood the page, so these lines are indexed like an article's, one slot a page, and found beside the articles. They
//! are no articles: lists, counts and exports leave them alone.
//!
//! In the attributes a page's loose text has the page's number, negated, where an article has its own.

use super::attributes::{Attributes, Facet, NO_KIND, day_number};
use super::evaluate::{Evaluator, Scope};
use super::index::Grams;
use super::reader::Reader;
use super::rows::PageFacts;
use super::writer::{Archive, Change};
use super::{ArchiveError, UnplacedLine, record, rows};
use crate::model::{Filter, Furniture, FurnitureKind, LooseHit, LooseHits, PageId, SearchRequest};
use crate::search::{self, Field, FoldedDoc, Query, Term};
use rusqlite::params;

/// Characters of a hit's snippet.
const SNIPPET_CHARS: usize = 90;
/// Loose text of one page that is indexed: several thousand articles' worth. A larger lump in one line is no newspaper
/// page, and its grams would not fit the memory of an office machine.
const MAX_BYTES: usize = 16 << 20;
/// Pages of an older archive that are looked through in one transaction.
const BACKFILL: usize = 500;

/// The loose text of a page: runs of lines with the number of their first.
fn loose_runs<'a>(text: &'a str, furniture: &[Furniture]) -> Vec<(u32, &'a str)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for piece in furniture.iter().filter(|f| f.what == FurnitureKind::Unplaced) {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == piece.from => *to = piece.to,
            _ => runs.push((piece.from, piece.to)),
        }
    }
    if runs.is_empty() {
        return Vec::new();
    }
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let slice = |(from, to): (u32, u32)| {
        let begin = *starts.get((from as usize).checked_sub(1)?)?;
        let end = starts.get(to as usize).map_or(text.len(), |next| next - 1);
        Some((from, text.get(begin..end)?))
    };
    runs.into_iter().filter_map(slice).collect()
}

/// The grams of a page's loose text, if it has any.
pub(super) fn grams(text: &str, furniture: &[Furniture]) -> Option<Grams> {
    let mut left = MAX_BYTES;
    let runs = loose_runs(text, furniture).into_iter().map(|(_, run)| {
        let piece = &run[..run.floor_char_boundary(left)];
        left -= piece.len();
        piece
    });
    let doc = FoldedDoc::of_body(runs);
    (!doc.body.is_empty()).then(|| Grams::of(&doc))
}

/// What filters know of a page.
#[derive(Clone, Copy)]
pub(super) struct PagePlace<'a> {
    pub page: PageId,
    pub newspaper: Option<&'a str>,
    pub page_label: Option<&'a str>,
    pub day: i32,
}

impl Change<'_> {
    /// Indexes a page's loose text; its old slot must be given up before.
    pub(super) fn insert_loose(&mut self, place: PagePlace<'_>, grams: &Grams) -> Result<(), ArchiveError> {
        let mut names = Vec::with_capacity(2);
        for (facet, name) in [(Facet::Newspaper, place.newspaper), (Facet::Page, place.page_label)] {
            if let Some(name) = name {
                names.push(self.attributes.name_id(facet, name)?);
            }
        }
        let attributes = Attributes {
            id: -place.page.0,
            page: place.page.0,
            position: u32::from(u16::MAX),
            day: place.day,
            kind: NO_KIND,
            is_unsure: false,
            fingerprint: 0,
            names,
        };
        let slot = self.add_slot(&attributes, grams)?;
        self.tx
            .prepare_cached("UPDATE pages SET loose_slot = ?2 WHERE id = ?1")?
            .execute(params![place.page.0, slot])?;
        Ok(())
    }

    /// Indexes a stored page's loose text anew: after its furniture, date or label changed.
    pub(super) fn refresh_loose(&mut self, page: PageId) -> Result<(), ArchiveError> {
        let (old, newspaper, page_label, date, facts, text): Row = self
            .tx
            .prepare_cached("SELECT loose_slot, newspaper, page_label, date, facts, text FROM pages WHERE id = ?1")?
            .query_row([page.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))?;
        if let Some(slot) = old {
            self.attributes.kill(&[slot])?;
            self.tx.prepare_cached("UPDATE pages SET loose_slot = NULL WHERE id = ?1")?.execute([page.0])?;
        }
        if !facts.contains(UNPLACED) {
            return Ok(());
        }
        let facts: PageFacts = serde_json::from_str(&facts)?;
        let place = PagePlace {
            page,
            newspaper: newspaper.as_deref(),
            page_label: page_label.as_deref(),
            day: day_number(rows::date(date)),
        };
        match grams(&record::unpack_text(&text)?, &facts.furniture) {
            Some(grams) => self.insert_loose(place, &grams),
            None => Ok(()),
        }
    }

    /// Indexes the loose text of every page; for an index that is made anew.
    pub(super) fn index_all_loose(&mut self) -> Result<(), ArchiveError> {
        self.tx.execute("UPDATE pages SET loose_slot = NULL WHERE loose_slot IS NOT NULL", [])?;
        for page in self.pages_with_loose_lines()? {
            self.refresh_loose(page)?;
        }
        Ok(())
    }

    fn pages_with_loose_lines(&self) -> Result<Vec<PageId>, ArchiveError> {
        let mut statement = self.tx.prepare("SELECT id FROM pages WHERE facts LIKE ?1 ORDER BY date, id")?;
        let pages = statement.query_map([format!("%{UNPLACED}%")], |r| r.get(0).map(PageId))?;
        Ok(pages.collect::<Result<_, _>>()?)
    }

    /// Slots of the loose text that an import brought.
    pub(super) fn loose_slots(&self, import: i64) -> Result<Vec<u32>, ArchiveError> {
        let mut statement =
            self.tx.prepare("SELECT loose_slot FROM pages WHERE import_id = ?1 AND loose_slot IS NOT NULL")?;
        Ok(statement.query_map([import], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }
}

/// Slot, newspaper, label, date, facts, text.
type Row = (Option<u32>, Option<String>, Option<String>, Option<String>, String, Vec<u8>);

/// How the facts of a page say that it has loose lines.
const UNPLACED: &str = "\"unplaced\"";

impl Archive {
    /// Indexes the loose text of an archive that was made before it was indexed. A page at a time stays whole; when the
    /// program stops in between, the rest is done at the next start.
    pub(super) fn backfill_loose(&mut self) -> Result<(), ArchiveError> {
        let is_done: bool =
            self.db
                .query_row("SELECT coalesce((SELECT value FROM meta WHERE key = 'loose_text'), 0)", [], |r| r.get(0))?;
        if is_done {
            return Ok(());
        }
        let pages = self.change(|change| change.pages_with_loose_lines())?;
        for some in pages.chunks(BACKFILL) {
            self.change(|change| some.iter().try_for_each(|&page| change.refresh_loose(page)))?;
        }
        self.change(|change| {
            change.tx.execute("INSERT OR REPLACE INTO meta VALUES ('loose_text', 1)", [])?;
            Ok(())
        })
    }
}

impl Reader {
    /// Where a request is found outside of articles: the newest `limit` pages. Filters by what only articles have (town,
    /// section, kind, byline, tag) find nothing here.
    pub fn loose(&self, request: &SearchRequest, limit: usize) -> Result<LooseHits, ArchiveError> {
        let query = Query::parse(&request.query);
        let mut terms = query.root.positive_terms();
        terms.retain(|term| matches!(term.field, Field::Any | Field::Body));
        if terms.is_empty() {
            return Ok(LooseHits::default());
        }
        let (total, pages) = self.loose_pages(&query, &request.filter, limit)?;
        let mut out = LooseHits { pages: total, hits: Vec::with_capacity(pages.len()) };
        for page in pages {
            out.hits.extend(self.loose_hit(page, &terms)?);
        }
        Ok(out)
    }

    /// How many pages' loose text a query finds, and the newest of them.
    pub(super) fn loose_pages(
        &self,
        query: &Query,
        filter: &Filter,
        limit: usize,
    ) -> Result<(u64, Vec<i64>), ArchiveError> {
        self.view(|evaluator| {
            let evaluator = Evaluator { scope: Scope::Loose, ..*evaluator };
            let hits = evaluator.find(query, filter)?.hits;
            let mut slots: Vec<u32> = hits.iter().collect();
            slots.sort_by_cached_key(|&slot| evaluator.snapshot.key(slot));
            let pages = slots.into_iter().take(limit).map(|slot| -evaluator.snapshot.id(slot)).collect();
            Ok((hits.count(), pages))
        })
    }

    /// The lines of a page's loose text in which one of the terms begins.
    pub(super) fn loose_lines(
        &self,
        page: i64,
        terms: &[&Term],
        out: &mut Vec<UnplacedLine>,
    ) -> Result<(), ArchiveError> {
        let text = self.page_text(page)?;
        let facts: String =
            self.db().prepare_cached("SELECT facts FROM pages WHERE id = ?1")?.query_row([page], |r| r.get(0))?;
        let facts: PageFacts = serde_json::from_str(&facts)?;
        for (first, run) in loose_runs(&text, &facts.furniture) {
            let mut last = 0;
            for hit in search::find_all(terms, run) {
                let line = first + run[..hit.start].matches('\n').count() as u32;
                if std::mem::replace(&mut last, line) == line {
                    continue;
                }
                let begin = run[..hit.start].rfind('\n').map_or(0, |at| at + 1);
                let end = run[hit.start..].find('\n').map_or(run.len(), |at| hit.start + at);
                let text = search::snippet(terms, &[&run[begin..end]], SNIPPET_CHARS).text;
                out.push(UnplacedLine { page: PageId(page), line, text });
            }
        }
        Ok(())
    }

    /// The first place of a page's loose text that holds one of the terms.
    fn loose_hit(&self, page: i64, terms: &[&Term]) -> Result<Option<LooseHit>, ArchiveError> {
        let text = self.page_text(page)?;
        let mut statement =
            self.db().prepare_cached("SELECT newspaper, page_label, date, facts FROM pages WHERE id = ?1")?;
        let mut found = statement.query([page])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let facts: PageFacts = serde_json::from_str(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?;
        for (line, run) in loose_runs(&text, &facts.furniture) {
            let Some(first) = search::find_all(terms, run).into_iter().next() else { continue };
            let line = line + run[..first.start].matches('\n').count() as u32;
            return Ok(Some(LooseHit {
                page: PageId(page),
                newspaper: row.get(0)?,
                page_label: row.get(1)?,
                date: rows::date(row.get(2)?),
                line,
                snippet: search::snippet(terms, &[run], SNIPPET_CHARS),
            }));
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_pieces_are_one_run_and_bad_numbers_are_none() {
        let piece = |from, to, what| Furniture { from, to, what };
        let furniture = [
            piece(1, 1, FurnitureKind::Masthead),
            piece(2, 2, FurnitureKind::Unplaced),
            piece(3, 4, FurnitureKind::Unplaced),
            piece(6, 6, FurnitureKind::Unplaced),
            piece(9, 12, FurnitureKind::Unplaced),
        ];
        assert_eq!(loose_runs("甲\n乙\n丙\n丁\n戊\n己", &furniture), [(2, "乙\n丙\n丁"), (6, "己")]);
    }
}
