//! A connection that only reads: searching, counting, fetching.

use super::evaluate::{Evaluator, Found, Scope};
use super::record::Lines;
use super::rows::{self, PageFacts};
use super::snapshot::{Shared, Snapshot};
use super::{ArchiveError, SCHEMA_VERSION, Stats, order, record, schema};
use crate::model::{
    Article, ArticleId, Facets, Filter, ImportId, ImportReport, ImportSummary, PageId, PageSummary, SearchRequest,
    Snippet, Sort, StoredArticle, StoredPage, Summary,
};
use crate::search::{self, Field, Query};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// Characters of a result row's snippet.
const SNIPPET_CHARS: usize = 90;
/// Results that are kept: list, counts and total of one request are asked for one after the other.
const KEPT_RESULTS: usize = 6;
/// Page texts that are kept: what is typed next often finds articles of the same
/// pages (3 MB).
const KEPT_PAGES: usize = 256;

/// Stops what a [`Reader`] is doing, from another thread.
#[derive(Clone)]
pub struct Interrupter {
    handle: Arc<rusqlite::InterruptHandle>,
}

impl Interrupter {
    /// Makes the reader's running call end with an error for which [`ArchiveError::is_interrupted`] is true. It can hit
    /// the next call instead, when the running one is just ending.
    pub fn interrupt(&self) {
        self.handle.interrupt();
    }
}

/// The archive, open for reading.
pub struct Reader {
    db: Connection,
    shared: Shared,
    results: RefCell<VecDeque<KeptResult>>,
    pages: RefCell<VecDeque<(i64, Arc<str>)>>,
    /// Kept as long as it is read from.
    _copy: Option<Arc<tempfile::TempDir>>,
}

struct KeptResult {
    generation: i64,
    query: String,
    filter: Filter,
    found: Arc<Found>,
}

impl Reader {
    /// Opens the archive at `path` for reading.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        Self::sharing(path, Shared::default(), None)
    }

    /// A reader that shares what is held in memory with others of the same archive.
    pub(super) fn sharing(
        path: &Path,
        shared: Shared,
        copy: Option<Arc<tempfile::TempDir>>,
    ) -> Result<Self, ArchiveError> {
        let db = schema::open_for_reading(path)?;
        Ok(Self { db, shared, results: RefCell::default(), pages: RefCell::default(), _copy: copy })
    }

    /// A handle that stops this reader from another thread.
    pub fn interrupt_handle(&self) -> Interrupter {
        Interrupter { handle: Arc::new(self.db.get_interrupt_handle()) }
    }

    pub(super) fn db(&self) -> &Connection {
        &self.db
    }

    /// Runs `work` over one consistent state of the archive.
    pub(super) fn view<T>(
        &self,
        work: impl FnOnce(&Evaluator<'_>) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        let tx = self.db.unchecked_transaction()?;
        let snapshot: Arc<Snapshot> = self.shared.current(&tx)?;
        let out = work(&Evaluator { db: &tx, snapshot: &snapshot, scope: Scope::Articles })?;
        tx.finish()?;
        Ok(out)
    }

    /// What a request finds, from memory if it was just asked for.
    fn found(
        &self,
        evaluator: &Evaluator<'_>,
        query: &Query,
        request: &SearchRequest,
    ) -> Result<Arc<Found>, ArchiveError> {
        let generation = evaluator.snapshot.generation;
        let is_same =
            |k: &KeptResult| k.generation == generation && k.query == request.query && k.filter == request.filter;
        // Flags change without a new generation.
        if request.filter.flagged {
            return Ok(Arc::new(evaluator.find(query, &request.filter)?));
        }
        if let Some(kept) = self.results.borrow().iter().find(|k| is_same(k)) {
            return Ok(kept.found.clone());
        }
        let found = Arc::new(evaluator.find(query, &request.filter)?);
        let mut results = self.results.borrow_mut();
        results.truncate(KEPT_RESULTS - 1);
        results.push_front(KeptResult {
            generation,
            query: request.query.clone(),
            filter: request.filter.clone(),
            found: found.clone(),
        });
        Ok(found)
    }

    /// Forgets the results that are kept for asking again; benchmarks measure the whole work.
    pub fn forget_results(&self) {
        self.results.borrow_mut().clear();
    }

    /// Forgets all that makes a question that was asked before cheaper.
    pub fn forget_everything(&self) -> Result<(), ArchiveError> {
        self.forget_results();
        self.pages.borrow_mut().clear();
        self.view(|evaluator| {
            evaluator.snapshot.memo.forget();
            Ok(())
        })
    }

    /// Rows `offset..offset + limit` of a result.
    pub fn search(&self, request: &SearchRequest, offset: u64, limit: u32) -> Result<Vec<Summary>, ArchiveError> {
        let query = Query::parse(&request.query);
        self.view(|evaluator| {
            let found = self.found(evaluator, &query, request)?;
            let slots = self.slots(evaluator, &found, &query, request.sort, offset, limit)?;
            let mut out = Vec::with_capacity(slots.len());
            for slot in slots {
                out.extend(self.summary(ArticleId(evaluator.snapshot.id(slot)), &query)?);
            }
            Ok(out)
        })
    }

    fn slots(
        &self,
        evaluator: &Evaluator<'_>,
        found: &Found,
        query: &Query,
        sort: Sort,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<u32>, ArchiveError> {
        let terms = query.root.positive_terms();
        if sort == Sort::Relevance && !terms.is_empty() {
            if found.by_relevance.get().is_none() {
                let order = order::by_relevance(evaluator, found, &terms, &|id| self.stored(ArticleId(id)))?;
                let _ = found.by_relevance.set(order);
            }
            let all = found.by_relevance.get().map_or(&[][..], Vec::as_slice);
            let from = usize::try_from(offset).unwrap_or(usize::MAX).min(all.len());
            return Ok(all[from..].iter().copied().take(limit as usize).collect());
        }
        Ok(order::page(evaluator, found, sort, offset, limit))
    }

    /// An article alone, without its page's facts.
    pub(super) fn stored(&self, id: ArticleId) -> Result<Option<Article>, ArchiveError> {
        let mut statement = self.db.prepare_cached("SELECT page_id, title, record FROM articles WHERE id = ?1")?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        self.unpack(row.get(0)?, row.get(1)?, row.get_ref(2)?).map(Some)
    }

    /// How many articles pass, exactly.
    pub fn count(&self, request: &SearchRequest) -> Result<u64, ArchiveError> {
        let query = Query::parse(&request.query);
        self.view(|evaluator| Ok(self.found(evaluator, &query, request)?.total))
    }

    /// Counts beside each filter.
    pub fn facets(&self, request: &SearchRequest) -> Result<Facets, ArchiveError> {
        let query = Query::parse(&request.query);
        self.view(|evaluator| {
            let found = self.found(evaluator, &query, request)?;
            evaluator.facets(&found)
        })
    }

    /// The ids of a whole result in its order, for exports.
    pub fn ids(&self, request: &SearchRequest) -> Result<Vec<ArticleId>, ArchiveError> {
        let query = Query::parse(&request.query);
        self.view(|evaluator| {
            let found = self.found(evaluator, &query, request)?;
            let slots = self.slots(evaluator, &found, &query, request.sort, 0, u32::MAX)?;
            Ok(slots.into_iter().map(|s| ArticleId(evaluator.snapshot.id(s))).collect())
        })
    }

    /// The ids of rows `offset..offset + limit` of a result.
    pub fn ids_between(
        &self,
        request: &SearchRequest,
        offset: u64,
        limit: u32,
    ) -> Result<Vec<ArticleId>, ArchiveError> {
        let query = Query::parse(&request.query);
        self.view(|evaluator| {
            let found = self.found(evaluator, &query, request)?;
            let slots = self.slots(evaluator, &found, &query, request.sort, offset, limit)?;
            Ok(slots.into_iter().map(|s| ArticleId(evaluator.snapshot.id(s))).collect())
        })
    }

    /// Whether a page of this content is in the archive.
    pub fn knows_content(&self, content_hash: &str) -> Result<bool, ArchiveError> {
        Ok(super::writer::find_content(&self.db, content_hash)?.is_some())
    }

    /// Rows for articles named by id, in that order; ids that are gone are left out.
    pub fn summaries(&self, ids: &[ArticleId], query: &Query) -> Result<Vec<Summary>, ArchiveError> {
        let mut out = Vec::with_capacity(ids.len());
        for &id in ids {
            out.extend(self.summary(id, query)?);
        }
        Ok(out)
    }

    fn summary(&self, id: ArticleId, query: &Query) -> Result<Option<Summary>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT a.page_id, a.title, a.record, p.newspaper, p.page_label, p.date
             FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.id = ?1",
        )?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let page: i64 = row.get(0)?;
        let text = self.page_text(page)?;
        let blob = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let article = record::unpack_article(blob, row.get(1)?, &Lines::of(&text))?;
        let mut terms = query.root.positive_terms();
        let marks = query.highlight_in(Field::Title, &article.title);
        terms.retain(|t| matches!(t.field, Field::Any | Field::Body));
        let texts: Vec<&str> = article.paragraphs().collect();
        Ok(Some(Summary {
            id,
            page_id: PageId(page),
            snippet: search::snippet(&terms, &texts, SNIPPET_CHARS),
            title_printed: article.title_printed,
            date: rows::date(row.get(5)?),
            page_label: row.get(4)?,
            newspaper: row.get(3)?,
            section: article.sections.first().cloned(),
            kind: article.kind,
            byline: article.bylines.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join(" "),
            confidence: article.confidence,
            title: Snippet { text: article.title, marks },
            towns: article.towns,
        }))
    }

    /// A page's original text; it never changes while the page exists.
    pub(super) fn page_text(&self, page: i64) -> Result<Arc<str>, ArchiveError> {
        let mut pages = self.pages.borrow_mut();
        if let Some(at) = pages.iter().position(|(id, _)| *id == page)
            && let Some(kept) = pages.remove(at)
        {
            pages.push_front(kept.clone());
            return Ok(kept.1);
        }
        let mut statement = self.db.prepare_cached("SELECT text FROM pages WHERE id = ?1")?;
        let mut found = statement.query([page])?;
        let row = found.next()?.ok_or(ArchiveError::Missing { what: "page", id: page })?;
        let text: Arc<str> = record::unpack_text(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?.into();
        pages.truncate(KEPT_PAGES - 1);
        pages.push_front((page, text.clone()));
        Ok(text)
    }

    /// One article.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT a.page_id, a.position, a.title, a.record, p.newspaper, p.page_label, p.facts, p.path, p.member,
                    p.part
             FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.id = ?1",
        )?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let facts: PageFacts = serde_json::from_str(&row.get::<_, String>(6)?)?;
        let page: i64 = row.get(0)?;
        Ok(Some(StoredArticle {
            id,
            page_id: PageId(page),
            position: row.get(1)?,
            newspaper: row.get(4)?,
            page_label: row.get(5)?,
            date: facts.date,
            source: rows::source(row, 7)?,
            article: self.unpack(page, row.get(2)?, row.get_ref(3)?)?,
        }))
    }

    fn unpack(&self, page: i64, title: String, record: rusqlite::types::ValueRef<'_>) -> Result<Article, ArchiveError> {
        let text = self.page_text(page)?;
        record::unpack_article(record.as_blob().map_err(rusqlite::Error::from)?, title, &Lines::of(&text))
    }

    /// One page with its whole text.
    pub fn page(&self, id: PageId) -> Result<Option<StoredPage>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT import_id, newspaper, page_label, facts, path, member, part, encoding, engine_version
             FROM pages WHERE id = ?1",
        )?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let facts: PageFacts = serde_json::from_str(&row.get::<_, String>(3)?)?;
        Ok(Some(StoredPage {
            id,
            import_id: ImportId(row.get(0)?),
            newspaper: row.get(1)?,
            page_label: row.get(2)?,
            date: facts.date,
            source: rows::source(row, 4)?,
            encoding: row.get(7)?,
            engine_version: row.get(8)?,
            text: self.page_text(id.0)?.to_string(),
            articles: self.page_articles(id)?,
            furniture: facts.furniture,
            warnings: facts.warnings,
        }))
    }

    fn page_articles(&self, page: PageId) -> Result<Vec<PageSummary>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, title, record, repairs IS NOT NULL FROM articles WHERE page_id = ?1 ORDER BY position, id",
        )?;
        let mut found = statement.query([page.0])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            let article = self.unpack(page.0, row.get(1)?, row.get_ref(2)?)?;
            out.push(PageSummary {
                id: ArticleId(row.get(0)?),
                begin: article.begin(),
                title: article.title,
                spans: article.spans,
                confidence: article.confidence,
                is_repaired: row.get(3)?,
            });
        }
        Ok(out)
    }

    /// Every import, newest first.
    pub fn imports(&self) -> Result<Vec<ImportSummary>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, started_at, pages, articles, finished_at IS NOT NULL AND NOT is_cancelled
             FROM imports ORDER BY id DESC",
        )?;
        let rows = statement.query_map([], |r| {
            Ok(ImportSummary {
                id: ImportId(r.get(0)?),
                started_at: r.get(1)?,
                pages: r.get::<_, i64>(2)?.unsigned_abs(),
                articles: r.get::<_, i64>(3)?.unsigned_abs(),
                is_finished: r.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The report of an import; one that was broken off lists no files.
    pub fn import_report(&self, id: ImportId) -> Result<Option<ImportReport>, ArchiveError> {
        let report = self
            .db
            .prepare_cached(
                "SELECT pages, articles, duplicates, problems, is_cancelled, seconds FROM imports WHERE id = ?1",
            )?
            .query_row([id.0], |r| {
                Ok(ImportReport {
                    id: Some(id),
                    files: Vec::new(),
                    pages: r.get::<_, i64>(0)?.unsigned_abs(),
                    articles: r.get::<_, i64>(1)?.unsigned_abs(),
                    duplicates: r.get::<_, i64>(2)?.unsigned_abs(),
                    problems: r.get::<_, i64>(3)?.unsigned_abs(),
                    cancelled: r.get(4)?,
                    seconds: r.get(5)?,
                })
            })
            .optional()?;
        let Some(mut report) = report else { return Ok(None) };
        let mut statement =
            self.db.prepare_cached("SELECT report FROM files WHERE import_id = ?1 ORDER BY position")?;
        let mut found = statement.query([id.0])?;
        while let Some(row) = found.next()? {
            report.files.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
        }
        Ok(Some(report))
    }

    /// The archive in numbers.
    pub fn stats(&self) -> Result<Stats, ArchiveError> {
        self.view(|evaluator| {
            let count = |sql: &str| -> Result<u64, ArchiveError> {
                let value: i64 = evaluator.db.query_row(sql, params![], |r| r.get(0))?;
                rows::to_u64(value, "count")
            };
            let engine_versions = evaluator
                .db
                .prepare("SELECT engine_version, count(*) FROM pages GROUP BY 1 ORDER BY 1")?
                .query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs())))?
                .collect::<Result<_, _>>()?;
            let everything = evaluator.find(&Query::parse(""), &Filter::default())?;
            let facets = evaluator.facets(&everything)?;
            let days = evaluator.day_range(&everything.hits);
            Ok(Stats {
                pages: count("SELECT count(*) FROM pages")?,
                articles: facets.total,
                imports: count("SELECT count(*) FROM imports")?,
                text_bytes: count("SELECT coalesce(sum(text_bytes), 0) FROM pages")?,
                file_bytes: count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
                first: days.map(|d| d.0),
                last: days.map(|d| d.1),
                undated: facets.undated,
                unsure: facets.unsure,
                engine_versions,
                schema_version: SCHEMA_VERSION,
            })
        })
    }
}
