//! The one connection that writes: imports, rebuilding, undoing.

use super::rows::{self, PageFacts};
use super::{ArchiveError, Notice, Reader, record, schema};
use crate::model::{ArticleId, Dump, FileReport, FiledPage, ImportId, ImportReport, PageId, Source};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use std::path::{Path, PathBuf};

/// What became of one page handed to [`Archive::add_pages`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is stored.
    New {
        /// Its id.
        page: PageId,
        /// Its articles' ids, in the page's order.
        articles: Vec<ArticleId>,
    },
    /// The same content is there already.
    Known {
        /// Where that came from.
        of: Source,
    },
}

/// The archive, open for writing.
pub struct Archive {
    path: PathBuf,
    db: Connection,
    notices: Vec<Notice>,
}

impl Archive {
    /// Opens the archive at `path`; makes it if there is none, brings it to the newest format if it is older.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let (db, notices) = schema::open_for_writing(path, false)?;
        Ok(Self { path: path.to_owned(), db, notices })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the user should know about the file.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// A connection for reading; as many as wanted.
    pub fn reader(&self) -> Result<Reader, ArchiveError> {
        Reader::open(&self.path)
    }

    /// Where the content with this hash came from, if it is stored.
    pub fn known_content(&self, content_hash: &str) -> Result<Option<Source>, ArchiveError> {
        Ok(find_content(&self.db, content_hash)?)
    }

    /// Begins an import.
    pub fn begin_import(&mut self) -> Result<ImportId, ArchiveError> {
        self.db.execute("INSERT INTO imports (started_at) VALUES (?1)", [rows::now()])?;
        Ok(ImportId(self.db.last_insert_rowid()))
    }

    /// Stores pages in one transaction: all of them or, on an error, none.
    pub fn add_pages(&mut self, import: ImportId, pages: &[FiledPage]) -> Result<Vec<Added>, ArchiveError> {
        let tx = self.db.transaction()?;
        let mut added = Vec::with_capacity(pages.len());
        let (mut new_pages, mut new_articles) = (0, 0);
        for page in pages {
            if let Some(of) = find_content(&tx, &page.dump.content_hash)? {
                added.push(Added::Known { of });
                continue;
            }
            let id = insert_page(&tx, import, page)?;
            let mut articles = Vec::with_capacity(page.page.articles.len());
            for (position, article) in page.page.articles.iter().enumerate() {
                let record = record::pack_article(article)?;
                tx.prepare_cached(
                    "INSERT INTO articles (page_id, position, slot, title, record) VALUES (?1, ?2, 0, ?3, ?4)",
                )?
                .execute(params![id.0, position as i64, article.title, record])?;
                articles.push(ArticleId(tx.last_insert_rowid()));
            }
            new_pages += 1;
            new_articles += articles.len() as i64;
            added.push(Added::New { page: id, articles });
        }
        tx.execute(
            "UPDATE imports SET pages = pages + ?2, articles = articles + ?3 WHERE id = ?1",
            params![import.0, new_pages, new_articles],
        )?;
        tx.commit()?;
        Ok(added)
    }

    /// Ends an import and keeps its report.
    pub fn finish_import(&mut self, import: ImportId, report: &ImportReport) -> Result<(), ArchiveError> {
        let tx = self.db.transaction()?;
        let changed = tx.execute(
            "UPDATE imports SET finished_at = ?2, duplicates = ?3, problems = ?4, is_cancelled = ?5, seconds = ?6
             WHERE id = ?1",
            params![
                import.0,
                rows::now(),
                report.duplicates as i64,
                report.problems as i64,
                report.cancelled,
                report.seconds
            ],
        )?;
        if changed == 0 {
            return Err(ArchiveError::Missing { what: "import", id: import.0 });
        }
        tx.execute("DELETE FROM files WHERE import_id = ?1", [import.0])?;
        for (position, file) in report.files.iter().enumerate() {
            insert_file(&tx, import, position, file)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Removes what an import brought: its pages, their articles, its report. Returns how many articles went.
    pub fn undo_import(&mut self, import: ImportId) -> Result<u64, ArchiveError> {
        let tx = self.db.transaction()?;
        let articles: i64 = tx.query_row(
            "SELECT count(*) FROM articles JOIN pages ON pages.id = page_id WHERE import_id = ?1",
            [import.0],
            |r| r.get(0),
        )?;
        if tx.execute("DELETE FROM imports WHERE id = ?1", [import.0])? == 0 {
            return Err(ArchiveError::Missing { what: "import", id: import.0 });
        }
        tx.commit()?;
        rows::to_u64(articles, "article count")
    }

    /// Pages that an older engine made, with the text to make them anew, by ascending id after `after`.
    pub fn stale_pages(
        &self,
        engine_version: u32,
        after: Option<PageId>,
        limit: u32,
    ) -> Result<Vec<(PageId, Dump)>, ArchiveError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, path, member, part, encoding, content_hash, text, facts FROM pages
             WHERE engine_version < ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let mut found = statement.query(params![engine_version, after.map_or(0, |p| p.0), limit])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            let facts: PageFacts = serde_json::from_str(row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?)?;
            let dump = Dump {
                source: rows::source(row, 1)?,
                encoding: row.get(4)?,
                content_hash: rows::hash_text(&row.get::<_, Vec<u8>>(5)?),
                text: record::unpack_text(&row.get::<_, Vec<u8>>(6)?)?,
                hints: facts.hints,
            };
            out.push((PageId(row.get(0)?), dump));
        }
        Ok(out)
    }

    /// Puts newly made articles in place of a page's old ones. An article that is recognisably the same keeps its id,
    /// and with it its marks, tags and notes.
    pub fn replace_pages(&mut self, pages: &[(PageId, FiledPage)]) -> Result<(), ArchiveError> {
        let tx = self.db.transaction()?;
        for (id, page) in pages {
            let facts = serde_json::to_string(&PageFacts::of(&page.page, &page.dump.hints))?;
            tx.execute(
                "UPDATE pages SET newspaper = ?2, page_label = ?3, date = ?4, engine_version = ?5, facts = ?6
                 WHERE id = ?1",
                params![
                    id.0,
                    page.page.newspaper,
                    page.page.page_label,
                    page.page.date.best.map(|d| d.to_string()),
                    page.engine_version,
                    facts
                ],
            )?;
            let old: Vec<i64> = tx
                .prepare_cached("SELECT id FROM articles WHERE page_id = ?1 ORDER BY position")?
                .query_map([id.0], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            for (position, article) in page.page.articles.iter().enumerate() {
                let record = record::pack_article(article)?;
                match old.get(position) {
                    Some(keep) => tx.execute(
                        "UPDATE articles SET title = ?2, record = ?3 WHERE id = ?1",
                        params![keep, article.title, record],
                    )?,
                    None => tx.execute(
                        "INSERT INTO articles (page_id, position, slot, title, record) VALUES (?1, ?2, 0, ?3, ?4)",
                        params![id.0, position as i64, article.title, record],
                    )?,
                };
            }
            for gone in old.iter().skip(page.page.articles.len()) {
                tx.execute("DELETE FROM articles WHERE id = ?1", [gone])?;
            }
        }
        tx.commit()?;
        Ok(())
    }
}

fn find_content(db: &Connection, content_hash: &str) -> rusqlite::Result<Option<Source>> {
    db.prepare_cached("SELECT path, member, part FROM pages WHERE content_hash = ?1")?
        .query_row([rows::hash_key(content_hash)], |r| rows::source(r, 0))
        .optional()
}

fn insert_page(tx: &Transaction<'_>, import: ImportId, filed: &FiledPage) -> Result<PageId, ArchiveError> {
    let FiledPage { dump, page, engine_version } = filed;
    let facts = serde_json::to_string(&PageFacts::of(page, &dump.hints))?;
    tx.prepare_cached(
        "INSERT INTO pages (import_id, content_hash, path, member, part, encoding, newspaper, page_label, date,
                            engine_version, facts, text_bytes, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        import.0,
        rows::hash_key(&dump.content_hash),
        dump.source.path.to_string_lossy(),
        dump.source.member,
        dump.source.part,
        dump.encoding,
        page.newspaper,
        page.page_label,
        page.date.best.map(|d| d.to_string()),
        engine_version,
        facts,
        dump.text.len() as i64,
        record::pack_text(&dump.text)
    ])?;
    Ok(PageId(tx.last_insert_rowid()))
}

fn insert_file(tx: &Transaction<'_>, import: ImportId, position: usize, file: &FileReport) -> Result<(), ArchiveError> {
    tx.prepare_cached("INSERT INTO files (import_id, position, is_problem, report) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![import.0, position as i64, file.outcome.is_problem(), serde_json::to_string(file)?])?;
    Ok(())
}
