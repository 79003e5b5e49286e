//! The one connection that writes: imports, rebuilding, undoing.

use super::attributes::{AttributeWriter, Attributes, Facet, day_number, kind_number};
use super::index::{self, Grams, Segments};
use super::loose::PagePlace;
use super::ready::{Indexed, PackedArticle, PackedPage, ReadyPage};
use super::rows::{self, PageFacts};
use super::snapshot::Shared;
use super::{ArchiveError, Notice, Reader, drive, mending, old_edits, record, repairs, schema};
use crate::model::{Article, ArticleId, Dump, FileReport, FiledPage, ImportId, ImportReport, Page, PageId, Source};
use crate::repair::Describe;
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    pub(super) db: Connection,
    pub(super) notices: Vec<Notice>,
    shared: Shared,
    pub(super) memory: Memory,
    /// The folder of the copy that is open, where the file itself cannot be written to.
    copy: Option<Arc<tempfile::TempDir>>,
    /// Says what an article is about that a repair cuts out of a page.
    pub(super) describe: Option<Arc<dyn Describe>>,
}

/// What the writer remembers between transactions; forgotten when one fails.
#[derive(Default)]
pub(super) struct Memory {
    names: HashMap<(Facet, String), u32>,
    segments: Option<Segments>,
}

impl Archive {
    /// Opens the archive at `path`; makes it if there is none, brings it to the newest format if it is older. Of a file that
    /// cannot be written to a copy is opened, and a notice says so.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        if drive::is_read_only(path) {
            let (folder, copy) = drive::copy(path)?;
            let mut archive = Self::open_file(&copy)?;
            archive.copy = Some(Arc::new(folder));
            archive.notices.push(Notice::Copied);
            return Ok(archive);
        }
        Self::open_file(path)
    }

    fn open_file(path: &Path) -> Result<Self, ArchiveError> {
        let network = drive::network_file_system(path);
        let (db, notices) = schema::open_for_writing(path, network.is_some())?;
        let (shared, memory) = (Shared::default(), Memory::default());
        let mut archive = Self { path: path.to_owned(), db, notices, shared, memory, copy: None, describe: None };
        archive.notices.extend(network.map(|file_system| Notice::NetworkDrive { file_system }));
        old_edits::convert(&mut archive)?;
        if !archive.is_in_step()? {
            let articles = archive.repair()?;
            archive.notices.push(Notice::IndexRebuilt { articles });
        }
        archive.backfill_loose()?;
        let unfinished: i64 =
            archive.db.query_row("SELECT count(*) FROM imports WHERE finished_at IS NULL", [], |r| r.get(0))?;
        if unfinished > 0 {
            archive.notices.push(Notice::UnfinishedImports { count: unfinished.unsigned_abs() });
        }
        Ok(archive)
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
        Reader::sharing(&self.path, self.shared.clone(), self.copy.clone())
    }

    /// Whether a copy is open, so that what is written is lost.
    pub fn is_copy(&self) -> bool {
        self.copy.is_some()
    }

    /// Where the content with this hash came from, if it is stored.
    pub fn known_content(&self, content_hash: &str) -> Result<Option<Source>, ArchiveError> {
        Ok(find_content(&self.db, content_hash)?)
    }

    /// Runs `work` in one transaction: all of it or nothing.
    pub(super) fn change<T>(
        &mut self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        let tx = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = Change::new(&tx, &mut self.memory).and_then(|mut change| {
            let out = work(&mut change)?;
            change.finish()?;
            Ok(out)
        });
        let done = done.and_then(|out| Ok(tx.commit().map(|()| out)?));
        if done.is_err() {
            self.memory = Memory::default();
        }
        done
    }

    /// Begins an import.
    pub fn begin_import(&mut self) -> Result<ImportId, ArchiveError> {
        self.db.execute("INSERT INTO imports (started_at) VALUES (?1)", [rows::now()])?;
        Ok(ImportId(self.db.last_insert_rowid()))
    }

    /// Stores pages in one transaction: all of them or, on an error, none. Two or three hundred pages a call are fast;
    /// the work of packing and indexing is shared by all cores. Whoever has time while the archive is writing makes the
    /// pages ready there and calls [`Self::add_ready`].
    pub fn add_pages(&mut self, import: ImportId, pages: &[FiledPage]) -> Result<Vec<Added>, ArchiveError> {
        let mut known = Vec::with_capacity(pages.len());
        for page in pages {
            known.push(find_content(&self.db, &page.dump.content_hash)?);
        }
        let packed: Vec<Option<PackedPage>> =
            pages.par_iter().zip(&known).map(|(page, known)| known.is_none().then(|| PackedPage::of(page))).collect();
        self.store(import, pages.iter().zip(packed.iter().map(Option::as_ref)))
    }

    /// Stores pages that were made ready elsewhere, in one transaction: all of them or, on an error, none.
    pub fn add_ready(&mut self, import: ImportId, pages: &[ReadyPage]) -> Result<Vec<Added>, ArchiveError> {
        self.store(import, pages.iter().map(|page| (page.filed(), Some(page.packed()))))
    }

    fn store<'p>(
        &mut self,
        import: ImportId,
        pages: impl ExactSizeIterator<Item = (&'p FiledPage, Option<&'p PackedPage>)>,
    ) -> Result<Vec<Added>, ArchiveError> {
        let describe = self.describe.clone();
        self.change(|change| {
            let has_repairs = repairs::any(change)?;
            let mut added = Vec::with_capacity(pages.len());
            let (mut new_pages, mut new_articles) = (0, 0);
            for (filed, packed) in pages {
                // Asked again: the same content can stand in this batch twice.
                let known = find_content(change.tx, &filed.dump.content_hash)?;
                let (Some(packed), None) = (packed, &known) else {
                    added.push(Added::Known { of: known.unwrap_or_default() });
                    continue;
                };
                let page = insert_page(change.tx, import, filed, &packed.text)?;
                let mut articles = Vec::with_capacity(packed.articles.len());
                if has_repairs && mending::is_mended(change, &filed.dump.content_hash)? {
                    // It was here before, and somebody has put it right.
                    articles = mending::file(change, page, filed, describe.as_deref())?;
                } else {
                    for (position, (article, ready)) in filed.page.articles.iter().zip(&packed.articles).enumerate() {
                        articles.push(change.insert_article(Place::on(page, &filed.page, position), article, ready)?);
                    }
                    if let Some(loose) = &packed.loose {
                        change.insert_loose(Place::on(page, &filed.page, 0).of_page(), loose)?;
                    }
                }
                new_pages += 1;
                new_articles += articles.len() as i64;
                added.push(Added::New { page, articles });
            }
            change
                .tx
                .prepare_cached("UPDATE imports SET pages = pages + ?2, articles = articles + ?3 WHERE id = ?1")?
                .execute(params![import.0, new_pages, new_articles])?;
            Ok(added)
        })
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
        self.tidy_up()
    }

    /// Merges index segments and gives free space back.
    pub(super) fn tidy_up(&mut self) -> Result<(), ArchiveError> {
        while self.change(|change| change.merge_more())? {}
        let mut vacuum = self.db.prepare("PRAGMA incremental_vacuum")?;
        let mut steps = vacuum.query([])?;
        while steps.next()?.is_some() {}
        Ok(())
    }

    /// Removes what an import brought: its pages, their articles, its report. Returns how many articles went.
    pub fn undo_import(&mut self, import: ImportId) -> Result<u64, ArchiveError> {
        self.change(|change| {
            let slots: Vec<u32> = change
                .tx
                .prepare("SELECT slot FROM articles JOIN pages ON pages.id = page_id WHERE import_id = ?1")?
                .query_map([import.0], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            change.tx.execute(
                "DELETE FROM absent WHERE content_hash IN (SELECT content_hash FROM pages WHERE import_id = ?1)",
                [import.0],
            )?;
            let loose = change.loose_slots(import.0)?;
            if change.tx.execute("DELETE FROM imports WHERE id = ?1", [import.0])? == 0 {
                return Err(ArchiveError::Missing { what: "import", id: import.0 });
            }
            change.attributes.kill(&slots)?;
            change.attributes.kill(&loose)?;
            Ok(slots.len() as u64)
        })
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
}

/// Articles whose grams are gathered before they are written: what bounds the memory of a rebuild.
const FLUSH_SLOTS: u32 = 4_096;

/// Where an article stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub page: PageId,
    pub position: u32,
    pub newspaper: Option<&'a str>,
    pub page_label: Option<&'a str>,
    pub day: i32,
}

impl<'a> Place<'a> {
    pub(super) fn on(id: PageId, page: &'a Page, position: usize) -> Self {
        Self {
            page: id,
            position: position as u32,
            newspaper: page.newspaper.as_deref(),
            page_label: page.page_label.as_deref(),
            day: day_number(page.date.best),
        }
    }

    fn of_page(self) -> PagePlace<'a> {
        let Self { page, newspaper, page_label, day, .. } = self;
        PagePlace { page, newspaper, page_label, day }
    }
}

/// One transaction that changes articles: rows, attributes and index go together.
pub(super) struct Change<'a> {
    pub tx: &'a Transaction<'a>,
    pub attributes: AttributeWriter<'a>,
    segments: &'a mut Option<Segments>,
    grams: Grams,
    first_slot: u32,
    next_slot: u32,
}

impl<'a> Change<'a> {
    fn new(tx: &'a Transaction<'a>, memory: &'a mut Memory) -> Result<Self, ArchiveError> {
        let meta = |key: &str| -> rusqlite::Result<i64> {
            tx.prepare_cached("SELECT value FROM meta WHERE key = ?1")?.query_row([key], |r| r.get(0))
        };
        let generation = meta("generation")? + 1;
        tx.prepare_cached("UPDATE meta SET value = ?1 WHERE key = 'generation'")?.execute([generation])?;
        let next_slot = u32::try_from(meta("next_slot")?).map_err(|_| ArchiveError::corrupt("slot numbers"))?;
        Ok(Self {
            tx,
            attributes: AttributeWriter::new(tx, generation, &mut memory.names),
            segments: &mut memory.segments,
            grams: Grams::default(),
            first_slot: next_slot,
            next_slot,
        })
    }

    /// Stores and indexes a new article.
    pub(super) fn insert_article(
        &mut self,
        place: Place<'_>,
        article: &Article,
        ready: &PackedArticle,
    ) -> Result<ArticleId, ArchiveError> {
        self.tx
            .prepare_cached(
                "INSERT INTO articles (page_id, position, slot, title, record) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![place.page.0, place.position, self.next_slot, article.title, ready.record])?;
        let id = ArticleId(self.tx.last_insert_rowid());
        self.index(id, place, article, &ready.indexed, &[])?;
        Ok(id)
    }

    /// Stores and indexes an article under a number it had before; `bring_back` gives it what belongs to that number.
    pub(super) fn insert_article_as(
        &mut self,
        id: ArticleId,
        place: Place<'_>,
        article: &Article,
        ready: &PackedArticle,
        bring_back: impl FnOnce(&Self) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        self.tx
            .prepare_cached(
                "INSERT INTO articles (id, page_id, position, slot, title, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![id.0, place.page.0, place.position, self.next_slot, article.title, ready.record])?;
        bring_back(self)?;
        self.reindex(id, place, article, &ready.indexed)
    }

    /// Puts another text under an article's id. Its old slot must be given up by the caller.
    pub(super) fn update_article(
        &mut self,
        id: ArticleId,
        place: Place<'_>,
        article: &Article,
        ready: &PackedArticle,
    ) -> Result<(), ArchiveError> {
        self.tx
            .prepare_cached(
                "UPDATE articles SET position = ?2, title = ?3, record = ?4, original = NULL WHERE id = ?1",
            )?
            .execute(params![id.0, place.position, article.title, ready.record])?;
        self.reindex(id, place, article, &ready.indexed)
    }

    /// Gives a stored article a new slot.
    pub(super) fn reindex(
        &mut self,
        id: ArticleId,
        place: Place<'_>,
        article: &Article,
        indexed: &Indexed,
    ) -> Result<(), ArchiveError> {
        self.tx
            .prepare_cached("UPDATE articles SET slot = ?2 WHERE id = ?1")?
            .execute(params![id.0, self.next_slot])?;
        let tags: Vec<String> = self
            .tx
            .prepare_cached("SELECT name FROM tags JOIN article_tags ON tags.id = tag_id WHERE article_id = ?1")?
            .query_map([id.0], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        self.index(id, place, article, indexed, &tags)
    }

    fn index(
        &mut self,
        id: ArticleId,
        place: Place<'_>,
        article: &Article,
        indexed: &Indexed,
        tags: &[String],
    ) -> Result<(), ArchiveError> {
        let mut names = self.attributes.names_of(article, place.newspaper, place.page_label)?;
        for tag in tags {
            names.push(self.attributes.name_id(Facet::Tag, tag)?);
        }
        let attributes = Attributes {
            id: id.0,
            page: place.page.0,
            position: place.position,
            day: place.day,
            kind: kind_number(article.kind),
            is_unsure: !article.is_sure(),
            fingerprint: indexed.fingerprint,
            names,
        };
        self.add_slot(&attributes, &indexed.grams)?;
        Ok(())
    }

    /// Gives the next slot to a text.
    pub(super) fn add_slot(&mut self, attributes: &Attributes, grams: &Grams) -> Result<u32, ArchiveError> {
        let slot = self.next_slot;
        self.attributes.push(slot, attributes)?;
        self.grams.append(slot, grams);
        self.next_slot += 1;
        if self.next_slot - self.first_slot >= FLUSH_SLOTS {
            self.flush()?;
        }
        Ok(slot)
    }

    /// Throws the index and the attributes away, to be filled again in the same transaction.
    pub(super) fn start_over(&mut self) -> Result<(), ArchiveError> {
        index::clear(self.tx)?;
        self.tx.execute("DELETE FROM attributes", [])?;
        self.attributes.clear();
        *self.segments = None;
        (self.first_slot, self.next_slot) = (0, 0);
        Ok(())
    }

    fn segments(&mut self) -> Result<&Segments, ArchiveError> {
        if self.segments.is_none() {
            *self.segments = Some(Segments::load(self.tx, None)?);
        }
        self.segments.as_ref().ok_or_else(|| ArchiveError::corrupt("segments"))
    }

    /// Merges one group of segments; false when there is nothing to merge.
    fn merge_more(&mut self) -> Result<bool, ArchiveError> {
        let tx = self.tx;
        let merged = index::merge_all(tx, self.segments()?)?;
        *self.segments = Some(Segments::load(tx, self.segments.as_ref())?);
        Ok(merged)
    }

    /// Writes the grams gathered so far as a segment.
    fn flush(&mut self) -> Result<(), ArchiveError> {
        if self.next_slot == self.first_slot {
            return Ok(());
        }
        let tx = self.tx;
        self.segments()?;
        index::write_segment(tx, self.first_slot, self.next_slot, std::mem::take(&mut self.grams))?;
        self.first_slot = self.next_slot;
        loop {
            let segments = Segments::load(tx, self.segments.as_ref())?;
            let merged = index::merge_tail(tx, &segments)?;
            *self.segments = Some(segments);
            if !merged {
                return Ok(());
            }
        }
    }

    fn finish(mut self) -> Result<(), ArchiveError> {
        self.flush()?;
        self.tx.prepare_cached("UPDATE meta SET value = ?1 WHERE key = 'next_slot'")?.execute([self.next_slot])?;
        self.attributes.finish()
    }
}

pub(super) fn find_content(db: &Connection, content_hash: &str) -> rusqlite::Result<Option<Source>> {
    db.prepare_cached("SELECT path, member, part FROM pages WHERE content_hash = ?1")?
        .query_row([rows::hash_key(content_hash)], |r| rows::source(r, 0))
        .optional()
}

pub(super) fn insert_page(
    tx: &Transaction<'_>,
    import: ImportId,
    filed: &FiledPage,
    text: &[u8],
) -> Result<PageId, ArchiveError> {
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
        text
    ])?;
    Ok(PageId(tx.last_insert_rowid()))
}

fn insert_file(tx: &Transaction<'_>, import: ImportId, position: usize, file: &FileReport) -> Result<(), ArchiveError> {
    tx.prepare_cached("INSERT INTO files (import_id, position, is_problem, report) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![import.0, position as i64, file.outcome.is_problem(), serde_json::to_string(file)?])?;
    Ok(())
}
