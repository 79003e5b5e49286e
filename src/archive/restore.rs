//! Pages that come back from an export: with their ids where these are free, and with repairs, tags and notes. Nothing is
//! reconstructed here.

use super::attributes::Facet;
use super::reader::Reader;
use super::ready::{Indexed, PackedArticle};
use super::record::{self, Lines};
use super::rows::{self, PageFacts};
use super::shelf::slot_of;
use super::writer::{Archive, Change, Place, find_content, insert_page};
use super::{ArchiveError, mending};
use crate::model::{Article, ArticleId, FiledPage, Hints, ImportId, Marks, PageId, Repair, Source};
use crate::repair::Describe;
use rusqlite::{OptionalExtension as _, params};
use std::collections::HashMap;

/// A page that comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnedPage {
    /// The id it had; it gets another one when that is taken.
    pub id: PageId,
    /// Its text and what is known of it, with the repairs. Its articles stand in `articles`.
    pub filed: FiledPage,
    /// Its articles as they were shown.
    pub articles: Vec<ReturnedArticle>,
    /// Its repairs, in their order.
    pub repairs: Vec<ReturnedRepair>,
    /// The engine's page as the archive it came from held it, while repairs stood over it.
    pub original: Option<serde_json::Value>,
}

/// An article that comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnedArticle {
    /// The id it had, if it had one; it gets another one when that is taken.
    pub id: Option<ArticleId>,
    /// Position on the page, from 0.
    pub position: u32,
    /// The article as it was shown.
    pub article: Article,
    /// What the user had added to it.
    pub marks: Marks,
}

/// A repair that comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReturnedRepair {
    /// What was done.
    pub repair: Repair,
    /// Repairs of one group are taken back together.
    pub group: u32,
    /// Headline of the article it was made on.
    pub about: String,
    /// When, UTC, RFC 3339.
    pub made_at: String,
    /// It was taken back.
    pub is_undone: bool,
}

/// What became of a page that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakenBack {
    /// It is stored.
    New,
    /// The same text is there already; it got the repairs, tags and notes that it lacked.
    Known {
        /// Where that text came from.
        of: Source,
        /// Articles that got something.
        changed: u64,
    },
}

impl Archive {
    /// Stores pages that come back, in one transaction.
    pub fn take_back(&mut self, import: ImportId, pages: &[ReturnedPage]) -> Result<Vec<TakenBack>, ArchiveError> {
        let describe = self.describe.clone();
        self.change(|change| {
            let mut out = Vec::with_capacity(pages.len());
            let (mut new_pages, mut new_articles) = (0_i64, 0_i64);
            for page in pages {
                if let Some(of) = find_content(change.tx, &page.filed.dump.content_hash)? {
                    let changed = add_what_lacks(change, page, describe.as_deref())?;
                    out.push(TakenBack::Known { of, changed });
                    continue;
                }
                store_page(change, import, page, describe.as_deref())?;
                new_pages += 1;
                new_articles += page.articles.len() as i64;
                out.push(TakenBack::New);
            }
            change.tx.execute(
                "UPDATE imports SET pages = pages + ?2, articles = articles + ?3 WHERE id = ?1",
                params![import.0, new_pages, new_articles],
            )?;
            Ok(out)
        })
    }
}

fn store_page(
    change: &mut Change<'_>,
    import: ImportId,
    page: &ReturnedPage,
    describe: Option<&dyn Describe>,
) -> Result<(), ArchiveError> {
    let dump = &page.filed.dump;
    let mut id = insert_page(change.tx, import, &page.filed, &record::pack_text(&dump.text))?;
    if is_free(change, "pages", page.id.0)? {
        change.tx.execute("UPDATE pages SET id = ?2 WHERE id = ?1", params![id.0, page.id.0])?;
        id = page.id;
    }
    change.refresh_loose(id)?;
    let lines = Lines::of(&dump.text);
    let mut ids = HashMap::new();
    for returned in &page.articles {
        let stored = store_article(change, id, page, returned, &lines)?;
        ids.extend(returned.id.map(|old| (old.0, stored.0)));
    }
    store_repairs(change, page)?;
    if let Some(original) = &page.original {
        let blob = record::pack_text(&renumbered(change, original, &ids)?.to_string());
        change.tx.execute("INSERT INTO originals (page_id, page) VALUES (?1, ?2)", params![id.0, blob])?;
    }
    if page.repairs.iter().any(|made| !made.is_undone) {
        // Says which repairs touch which article, and brings the page's articles that were not exported.
        mending::refresh(change, id, describe)?;
    }
    Ok(())
}

/// The engine's page with the numbers that its articles have here. Articles that were not exported keep theirs where they
/// are free.
fn renumbered(
    change: &Change<'_>,
    original: &serde_json::Value,
    ids: &HashMap<i64, i64>,
) -> Result<serde_json::Value, ArchiveError> {
    let mut original = original.clone();
    for id in original.get_mut("ids").and_then(serde_json::Value::as_array_mut).into_iter().flatten() {
        let Some(old) = id.as_i64() else { continue };
        let is_kept = ids.get(&old) == Some(&old)
            || (!ids.contains_key(&old) && is_free(change, "articles", old)? && is_free(change, "absent", old)?);
        if !is_kept {
            *id = ids.get(&old).map_or(serde_json::Value::Null, |new| (*new).into());
        }
    }
    Ok(original)
}

/// Whether no row has this id.
fn is_free(change: &Change<'_>, table: &'static str, id: i64) -> Result<bool, ArchiveError> {
    let exists = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE id = ?1)");
    Ok(id > 0 && !change.tx.prepare_cached(&exists)?.query_row([id], |r| r.get::<_, bool>(0))?)
}

fn store_article(
    change: &mut Change<'_>,
    page_id: PageId,
    page: &ReturnedPage,
    returned: &ReturnedArticle,
    lines: &Lines<'_>,
) -> Result<ArticleId, ArchiveError> {
    let article = &returned.article;
    let ready = PackedArticle { record: record::pack_article(article, lines), indexed: Indexed::of(article) };
    let filed = &page.filed.page;
    let place = Place { position: returned.position, ..Place::on(page_id, filed, 0) };
    let id = match returned.id {
        Some(id) if is_free(change, "articles", id.0)? && is_free(change, "absent", id.0)? => id,
        _ => next_id(change)?,
    };
    change.insert_article_as(id, place, article, &ready, |change| store_marks(change, id, &returned.marks))?;
    Ok(id)
}

/// A number for an article that has none: behind all that were ever given.
fn next_id(change: &Change<'_>) -> Result<ArticleId, ArchiveError> {
    let sql = "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'articles'), 0),
                          coalesce((SELECT max(id) FROM articles), 0), coalesce((SELECT max(id) FROM absent), 0)) + 1";
    Ok(ArticleId(change.tx.prepare_cached(sql)?.query_row([], |r| r.get(0))?))
}

fn store_marks(change: &Change<'_>, id: ArticleId, marks: &Marks) -> Result<(), ArchiveError> {
    let tx = change.tx;
    if marks.is_read || marks.is_flagged || marks.read_position != 0.0 {
        tx.prepare_cached(
            "INSERT INTO marks (article_id, is_read, is_flagged, read_position) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id.0, marks.is_read, marks.is_flagged, marks.read_position])?;
    }
    if marks.is_in_basket {
        tx.prepare_cached(
            "INSERT OR IGNORE INTO basket (article_id, position, added_at)
             VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM basket), ?2)",
        )?
        .execute(params![id.0, rows::now()])?;
    }
    store_note(change, id, marks.note.as_deref())?;
    for tag in &marks.tags {
        store_tag(change, id, tag)?;
    }
    Ok(())
}

/// Tells whether the article did not have the tag.
fn store_tag(change: &Change<'_>, id: ArticleId, tag: &str) -> Result<bool, ArchiveError> {
    change.tx.prepare_cached("INSERT OR IGNORE INTO tags (name) VALUES (?1)")?.execute([tag])?;
    let sql = "INSERT OR IGNORE INTO article_tags (article_id, tag_id) SELECT ?1, id FROM tags WHERE name = ?2";
    Ok(change.tx.prepare_cached(sql)?.execute(params![id.0, tag])? > 0)
}

fn store_note(change: &Change<'_>, id: ArticleId, note: Option<&str>) -> Result<bool, ArchiveError> {
    let Some(note) = note.filter(|note| !note.trim().is_empty()) else { return Ok(false) };
    let sql = "INSERT OR IGNORE INTO notes (article_id, text, changed_at) VALUES (?1, ?2, ?3)";
    Ok(change.tx.prepare_cached(sql)?.execute(params![id.0, note, rows::now()])? > 0)
}

fn store_repairs(change: &Change<'_>, page: &ReturnedPage) -> Result<(), ArchiveError> {
    let hash = rows::hash_key(&page.filed.dump.content_hash);
    let mut actions: HashMap<u32, i64> = HashMap::new();
    for made in &page.repairs {
        change
            .tx
            .prepare_cached(
                "INSERT INTO repairs (action, content_hash, about, op, made_at, undone) VALUES (0, ?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                hash,
                made.about,
                serde_json::to_string(&made.repair)?,
                made.made_at,
                made.is_undone.then_some(0)
            ])?;
        let id = change.tx.last_insert_rowid();
        let action = *actions.entry(made.group).or_insert(id);
        change.tx.prepare_cached("UPDATE repairs SET action = ?2 WHERE id = ?1")?.execute([id, action])?;
    }
    Ok(())
}

/// Gives a known page what it lacks of one that comes back: repairs where nobody repaired, tags, a note where there is
/// none. What is there is left alone.
fn add_what_lacks(
    change: &mut Change<'_>,
    page: &ReturnedPage,
    describe: Option<&dyn Describe>,
) -> Result<u64, ArchiveError> {
    let hash = rows::hash_key(&page.filed.dump.content_hash);
    let id = PageId(
        change.tx.prepare_cached("SELECT id FROM pages WHERE content_hash = ?1")?.query_row([&hash], |r| r.get(0))?,
    );
    let has_repairs: bool = change
        .tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM repairs WHERE content_hash = ?1)")?
        .query_row([&hash], |r| r.get(0))?;
    let mut changed = 0;
    if !has_repairs && page.repairs.iter().any(|made| !made.is_undone) {
        store_repairs(change, page)?;
        mending::refresh(change, id, describe)?;
        changed += 1;
    }
    for returned in page.articles.iter().filter(|returned| has_marks(&returned.marks)) {
        let Some(article) = find_article(change, id, &returned.article)? else { continue };
        let mut is_changed = store_note(change, article, returned.marks.note.as_deref())?;
        for tag in &returned.marks.tags {
            is_changed |= add_tag(change, article, tag)?;
        }
        changed += u64::from(is_changed);
    }
    Ok(changed)
}

fn has_marks(marks: &Marks) -> bool {
    !marks.tags.is_empty() || marks.note.is_some()
}

fn add_tag(change: &mut Change<'_>, id: ArticleId, tag: &str) -> Result<bool, ArchiveError> {
    if !store_tag(change, id, tag)? {
        return Ok(false);
    }
    let number = change.attributes.name_id(Facet::Tag, tag)?;
    let slot = slot_of(change, id)?;
    change.attributes.change(slot, |a| {
        if !a.names.contains(&number) {
            a.names.push(number);
        }
    })?;
    Ok(true)
}

/// The stored article that one that comes back is: the same lines of the same text, whatever it was called since.
fn find_article(change: &Change<'_>, page: PageId, returned: &Article) -> Result<Option<ArticleId>, ArchiveError> {
    let text: Vec<u8> =
        change.tx.prepare_cached("SELECT text FROM pages WHERE id = ?1")?.query_row([page.0], |r| r.get(0))?;
    let text = record::unpack_text(&text)?;
    let lines = Lines::of(&text);
    let mut statement =
        change.tx.prepare_cached("SELECT id, title, record FROM articles WHERE page_id = ?1 ORDER BY position, id")?;
    let mut found = statement.query([page.0])?;
    while let Some(row) = found.next()? {
        let blob = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let stored = record::unpack_article(blob, row.get(1)?, &lines)?;
        // Two articles may share a line, but not where they begin.
        let is_it = stored.spans == returned.spans && stored.begin() == returned.begin();
        if !stored.spans.is_empty() && is_it {
            return Ok(Some(ArticleId(row.get(0)?)));
        }
    }
    Ok(None)
}

impl Reader {
    /// The engine's page as it is held while repairs stand over it: for an archive that takes the page back.
    pub fn held_page(&self, id: PageId) -> Result<Option<serde_json::Value>, ArchiveError> {
        let blob: Option<Vec<u8>> = self
            .db()
            .prepare_cached("SELECT page FROM originals WHERE page_id = ?1")?
            .query_row([id.0], |r| r.get(0))
            .optional()?;
        blob.map(|blob| Ok(serde_json::from_str(&record::unpack_text(&blob)?)?)).transpose()
    }

    /// What names and the user said about a page before its text was read.
    pub fn page_hints(&self, id: PageId) -> Result<Option<Hints>, ArchiveError> {
        let facts: Option<String> = self
            .db()
            .prepare_cached("SELECT facts FROM pages WHERE id = ?1")?
            .query_row([id.0], |r| r.get(0))
            .optional()?;
        let facts = facts.map(|facts| serde_json::from_str::<PageFacts>(&facts)).transpose()?;
        Ok(facts.map(|facts| facts.hints))
    }
}
