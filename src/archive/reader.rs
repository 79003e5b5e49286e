//! A connection that only reads: searching, counting, fetching.

use super::rows::{self, PageFacts};
use super::{ArchiveError, SCHEMA_VERSION, Stats, record, schema};
use crate::model::{
    Article, ArticleId, Facets, Filter, ImportId, ImportReport, ImportSummary, PageId, PageSummary, SearchRequest,
    Snippet, Sort, StoredArticle, StoredPage, Summary, YearMonth,
};
use crate::search::{self, Facts, Field, FoldedDoc, Query};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Characters of a result row's snippet.
const SNIPPET_CHARS: usize = 90;

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
}

struct Candidate {
    summary: Summary,
    doc: FoldedDoc,
    facts: Facts,
    article: Article,
    position: i64,
}

impl Reader {
    /// Opens the archive at `path` for reading.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        Ok(Self { db: schema::open_for_reading(path)? })
    }

    /// A handle that stops this reader from another thread.
    pub fn interrupt_handle(&self) -> Interrupter {
        Interrupter { handle: Arc::new(self.db.get_interrupt_handle()) }
    }

    /// Rows `offset..offset + limit` of a result.
    pub fn search(&self, request: &SearchRequest, offset: u64, limit: u32) -> Result<Vec<Summary>, ArchiveError> {
        let query = Query::parse(&request.query);
        let mut found = self.scan(&query, &request.filter)?;
        found.sort_by_key(|c| (c.summary.date, c.summary.page_id, c.position));
        if request.sort != Sort::Oldest {
            found.sort_by_key(|c| std::cmp::Reverse(c.summary.date));
        } else {
            found.sort_by_key(|c| (c.summary.date.is_none(), c.summary.date));
        }
        let rows = found.into_iter().skip(offset as usize).take(limit as usize);
        Ok(rows.map(|c| Self::with_marks(c, &query)).collect())
    }

    /// How many articles pass, exactly.
    pub fn count(&self, request: &SearchRequest) -> Result<u64, ArchiveError> {
        Ok(self.scan(&Query::parse(&request.query), &request.filter)?.len() as u64)
    }

    /// Counts beside each filter.
    pub fn facets(&self, request: &SearchRequest) -> Result<Facets, ArchiveError> {
        let all = self.scan(&Query::parse(&request.query), &Filter::default())?;
        let own = |f: Filter| all.iter().filter(move |c| passes(&f, c)).collect::<Vec<_>>();
        let filter = &request.filter;
        let mut facets = Facets { total: own(filter.clone()).len() as u64, ..Facets::default() };
        let dated = own(Filter { from: None, to: None, undated: false, ..filter.clone() });
        facets.undated = dated.iter().filter(|c| c.summary.date.is_none()).count() as u64;
        facets.months = tally(dated.iter().filter_map(|c| c.summary.date.map(YearMonth::of)));
        facets.months.sort_by_key(|(m, _)| std::cmp::Reverse((m.year, m.month)));
        let found = own(Filter { sections: Vec::new(), ..filter.clone() });
        facets.sections = tally(found.iter().flat_map(|c| c.article.sections.clone()));
        let found = own(Filter { towns: Vec::new(), ..filter.clone() });
        facets.towns = tally(found.iter().flat_map(|c| c.article.towns.clone()));
        let found = own(Filter { newspapers: Vec::new(), ..filter.clone() });
        facets.newspapers = tally(found.iter().filter_map(|c| c.summary.newspaper.clone()));
        let found = own(Filter { pages: Vec::new(), ..filter.clone() });
        facets.pages = tally(found.iter().filter_map(|c| c.summary.page_label.clone()));
        let found = own(Filter { kinds: Vec::new(), ..filter.clone() });
        facets.kinds = tally(found.iter().map(|c| c.summary.kind));
        let found = own(Filter { bylines: Vec::new(), ..filter.clone() });
        facets.bylines = tally(found.iter().flat_map(|c| c.article.bylines.iter().map(|b| b.name.clone())));
        facets.bylines.truncate(200);
        let found = own(Filter { unsure: false, ..filter.clone() });
        facets.unsure = found.iter().filter(|c| !c.article.is_sure()).count() as u64;
        Ok(facets)
    }

    fn with_marks(candidate: Candidate, query: &Query) -> Summary {
        let Candidate { mut summary, article, .. } = candidate;
        summary.title.marks = query.highlight_in(Field::Title, &article.title);
        let mut terms = query.root.positive_terms();
        terms.retain(|t| matches!(t.field, Field::Any | Field::Body));
        summary.snippet = search::snippet(&terms, &article.paragraphs().collect::<Vec<_>>(), SNIPPET_CHARS);
        summary
    }

    fn scan(&self, query: &Query, filter: &Filter) -> Result<Vec<Candidate>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT a.id, a.page_id, a.position, a.record, p.newspaper, p.page_label, p.date
             FROM articles a JOIN pages p ON p.id = a.page_id",
        )?;
        let mut found = statement.query([])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            let article = record::unpack_article(&row.get::<_, Vec<u8>>(3)?)?;
            let date = rows::date(row.get(6)?);
            let candidate = candidate(row.get(0)?, row.get(1)?, row.get(2)?, article, date, (row.get(4)?, row.get(5)?));
            if passes(filter, &candidate) && search::matches(&query.root, &candidate.doc, &candidate.facts) {
                out.push(candidate);
            }
        }
        Ok(out)
    }

    /// One article.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT a.page_id, a.position, a.record, p.newspaper, p.page_label, p.facts, p.path, p.member, p.part
             FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.id = ?1",
        )?;
        let mut found = statement.query([id.0])?;
        let Some(row) = found.next()? else { return Ok(None) };
        let facts: PageFacts = serde_json::from_str(&row.get::<_, String>(5)?)?;
        Ok(Some(StoredArticle {
            id,
            page_id: PageId(row.get(0)?),
            position: row.get(1)?,
            newspaper: row.get(3)?,
            page_label: row.get(4)?,
            date: facts.date,
            source: rows::source(row, 6)?,
            article: record::unpack_article(&row.get::<_, Vec<u8>>(2)?)?,
        }))
    }

    /// One page with its whole text.
    pub fn page(&self, id: PageId) -> Result<Option<StoredPage>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT import_id, newspaper, page_label, facts, path, member, part, encoding, engine_version, text
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
            text: record::unpack_text(&row.get::<_, Vec<u8>>(9)?)?,
            articles: self.page_articles(id)?,
            furniture: facts.furniture,
            warnings: facts.warnings,
        }))
    }

    fn page_articles(&self, page: PageId) -> Result<Vec<PageSummary>, ArchiveError> {
        let mut statement =
            self.db.prepare_cached("SELECT id, record FROM articles WHERE page_id = ?1 ORDER BY position")?;
        let mut found = statement.query([page.0])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            let article = record::unpack_article(&row.get::<_, Vec<u8>>(1)?)?;
            out.push(PageSummary { id: ArticleId(row.get(0)?), title: article.title, spans: article.spans });
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

    /// The report of an import, if it ran to its end or was cancelled in order.
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
        let count = |sql: &str| -> Result<u64, ArchiveError> {
            let value: i64 = self.db.query_row(sql, params![], |r| r.get(0))?;
            rows::to_u64(value, "count")
        };
        let engine_versions = self
            .db
            .prepare("SELECT engine_version, count(*) FROM pages GROUP BY 1 ORDER BY 1")?
            .query_map([], |r| Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs())))?
            .collect::<Result<_, _>>()?;
        let facets = self.facets(&SearchRequest::default())?;
        let (first, last) =
            self.db.query_row("SELECT min(date), max(date) FROM pages", [], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(Stats {
            pages: count("SELECT count(*) FROM pages")?,
            articles: facets.total,
            imports: count("SELECT count(*) FROM imports")?,
            text_bytes: count("SELECT coalesce(sum(text_bytes), 0) FROM pages")?,
            file_bytes: count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
            first: rows::date(first),
            last: rows::date(last),
            undated: facets.undated,
            unsure: facets.unsure,
            engine_versions,
            schema_version: SCHEMA_VERSION,
        })
    }
}

fn candidate(
    id: i64,
    page: i64,
    position: i64,
    article: Article,
    date: Option<Date>,
    (newspaper, page_label): (Option<String>, Option<String>),
) -> Candidate {
    let facts = Facts {
        towns: article.towns.clone(),
        sections: article.sections.iter().chain(&article.column).cloned().collect(),
        page: page_label.clone(),
        newspaper: newspaper.clone(),
        date,
        kind: article.kind,
        tags: Vec::new(),
    };
    let summary = Summary {
        id: ArticleId(id),
        page_id: PageId(page),
        title: Snippet { text: article.title.clone(), marks: Vec::new() },
        title_printed: article.title_printed,
        date,
        page_label,
        newspaper,
        section: article.sections.first().cloned(),
        towns: article.towns.clone(),
        kind: article.kind,
        byline: article.bylines.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join(" "),
        snippet: Snippet::default(),
        confidence: article.confidence,
    };
    Candidate { summary, doc: FoldedDoc::of(&article), facts, article, position }
}

fn passes(filter: &Filter, c: &Candidate) -> bool {
    let any = |wanted: &[String], has: &[String]| wanted.is_empty() || wanted.iter().any(|w| has.contains(w));
    let date = c.summary.date;
    let in_time = if filter.undated {
        date.is_none()
    } else {
        filter.from.is_none_or(|f| date.is_some_and(|d| d >= f))
            && filter.to.is_none_or(|t| date.is_some_and(|d| d <= t))
    };
    let names: Vec<String> = c.article.bylines.iter().map(|b| b.name.clone()).collect();
    in_time
        && any(&filter.sections, &c.article.sections)
        && any(&filter.towns, &c.article.towns)
        && any(&filter.newspapers, c.summary.newspaper.as_slice())
        && any(&filter.pages, c.summary.page_label.as_slice())
        && (filter.kinds.is_empty() || filter.kinds.contains(&c.summary.kind))
        && any(&filter.bylines, &names)
        && any(&filter.tags, &c.facts.tags)
        && !(filter.unsure && c.article.is_sure())
}

fn tally<T: std::hash::Hash + Eq + Ord + Clone>(values: impl Iterator<Item = T>) -> Vec<(T, u64)> {
    let mut counts: HashMap<T, u64> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut out: Vec<(T, u64)> = counts.into_iter().collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}
