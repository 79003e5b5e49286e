//! Repairs as they are kept: by the page's content, so that they outlive imports and engines. What is shown, searched and
//! exported is the engine's page with the repairs that stand, made in the same transaction ([`super::mending`]).

use super::reader::Reader;
use super::writer::{Archive, Change};
use super::{ArchiveError, mending, rows};
use crate::model::{Anchor, ArticleId, Field, PageId, Repair, Trouble};
use crate::repair::{Describe, RepairId};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;
use std::sync::Arc;

/// A repair that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadeRepair {
    /// Its id.
    pub id: RepairId,
    /// Repairs that were made at once share this number, and are taken back at once.
    pub action: i64,
    /// What was done.
    pub repair: Repair,
    /// Headline of the article it was made on.
    pub about: String,
    /// When, UTC, RFC 3339.
    pub made_at: String,
    /// It was taken back (and can be done again).
    pub is_undone: bool,
    /// Why it could not be applied to the page as it is now.
    pub trouble: Option<Trouble>,
    /// The page, if it is in the archive.
    pub page: Option<PageId>,
}

/// Which repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairsOf {
    /// All of them, also those of pages that are not here at present.
    All,
    /// Those of a page.
    Page(PageId),
    /// Those that touch an article.
    Article(ArticleId),
}

const COLUMNS: &str = "r.id, r.action, r.op, r.about, r.made_at, r.undone IS NOT NULL, r.trouble, p.id";

impl Archive {
    /// Says from now on what articles are about that a repair cuts out.
    pub fn set_describer(&mut self, describe: Arc<dyn Describe>) {
        self.describe = Some(describe);
    }

    /// Repairs a page; `about` is the headline of the article it is done on. Returns the number of the action. All of it
    /// or, when one cannot be applied, nothing.
    pub fn repair_page(&mut self, page: PageId, about: &str, repairs: &[Repair]) -> Result<i64, ArchiveError> {
        let describe = self.describe.clone();
        self.change(|change| {
            let hash = hash_of(change, page)?;
            // What was taken back before cannot be done again over something else.
            change.tx.execute("UPDATE repairs SET undone = 0 WHERE undone > 0", [])?;
            let mut action = 0;
            let mut ids = Vec::with_capacity(repairs.len());
            for repair in repairs {
                change
                    .tx
                    .prepare_cached(
                        "INSERT INTO repairs (action, content_hash, about, op, made_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![action, hash, about, serde_json::to_string(repair)?, rows::now()])?;
                let id = change.tx.last_insert_rowid();
                if action == 0 {
                    action = id;
                    change.tx.execute("UPDATE repairs SET action = ?1 WHERE id = ?1", [id])?;
                }
                ids.push(id);
            }
            let troubles = mending::refresh(change, page, describe.as_deref())?;
            match troubles.iter().find(|(id, _)| ids.contains(id)) {
                Some((_, trouble)) => Err(ArchiveError::Inapplicable { trouble: *trouble }),
                None => Ok(action),
            }
        })
    }

    /// Corrects fields of an article.
    pub fn correct(&mut self, article: ArticleId, fields: &[Field]) -> Result<i64, ArchiveError> {
        let stored = self.reader()?.article(article)?;
        let stored = stored.ok_or(ArchiveError::Missing { what: "article", id: article.0 })?;
        let of = Anchor::of(&stored.article);
        let repairs: Vec<Repair> =
            fields.iter().map(|field| Repair::Set { of: of.clone(), field: field.clone() }).collect();
        self.repair_page(stored.page_id, &stored.article.title, &repairs)
    }

    /// Takes repairs back, or does them again. Others that rest on them may then not be applicable: they are kept.
    pub fn set_repairs_undone(&mut self, ids: &[RepairId], is_undone: bool) -> Result<(), ArchiveError> {
        let describe = self.describe.clone();
        self.change(|change| {
            let mut hashes: Vec<Vec<u8>> = Vec::new();
            let last: i64 = change.tx.query_row("SELECT coalesce(max(undone), 0) FROM repairs", [], |r| r.get(0))?;
            for &id in ids {
                let undone = is_undone.then_some(last + 1);
                let hash: Option<Vec<u8>> = change
                    .tx
                    .prepare_cached(
                        "UPDATE repairs SET undone = ?2, trouble = NULL WHERE id = ?1 RETURNING content_hash",
                    )?
                    .query_row(params![id, undone], |r| r.get(0))
                    .optional()?;
                let hash = hash.ok_or(ArchiveError::Missing { what: "repair", id })?;
                if !hashes.contains(&hash) {
                    hashes.push(hash);
                }
            }
            for hash in hashes {
                let page: Option<i64> = change
                    .tx
                    .prepare_cached("SELECT id FROM pages WHERE content_hash = ?1")?
                    .query_row([&hash], |r| r.get(0))
                    .optional()?;
                if let Some(page) = page {
                    mending::refresh(change, PageId(page), describe.as_deref())?;
                }
            }
            Ok(())
        })
    }

    /// Takes the last action back that stands; tells what it was.
    pub fn undo_repair(&mut self) -> Result<Vec<MadeRepair>, ArchiveError> {
        self.step("r.undone IS NULL ORDER BY r.id DESC", true)
    }

    /// Does the action again that was taken back last; tells what it was.
    pub fn redo_repair(&mut self) -> Result<Vec<MadeRepair>, ArchiveError> {
        self.step("r.undone > 0 ORDER BY r.undone DESC, r.id", false)
    }

    fn step(&mut self, which: &str, is_undone: bool) -> Result<Vec<MadeRepair>, ArchiveError> {
        let action: Option<i64> =
            self.db.query_row(&format!("SELECT r.action FROM repairs r WHERE {which}"), [], |r| r.get(0)).optional()?;
        let Some(action) = action else { return Ok(Vec::new()) };
        let reader = self.reader()?;
        let all = reader.repairs_where("r.action = ?1", Some(action))?;
        // One repair of an action may have been taken back by itself before.
        let ids: Vec<RepairId> = all.iter().filter(|r| r.is_undone != is_undone).map(|r| r.id).collect();
        self.set_repairs_undone(&ids, is_undone)?;
        Ok(all)
    }

    /// Takes back all repairs that touch an article.
    pub fn revert(&mut self, article: ArticleId) -> Result<(), ArchiveError> {
        let standing = self.reader()?.repairs(RepairsOf::Article(article))?;
        let ids: Vec<RepairId> = standing.iter().filter(|r| !r.is_undone).map(|r| r.id).collect();
        self.set_repairs_undone(&ids, true)
    }
}

fn hash_of(change: &Change<'_>, page: PageId) -> Result<Vec<u8>, ArchiveError> {
    let hash = change
        .tx
        .prepare_cached("SELECT content_hash FROM pages WHERE id = ?1")?
        .query_row([page.0], |r| r.get(0))
        .optional()?;
    hash.ok_or(ArchiveError::Missing { what: "page", id: page.0 })
}

/// The repairs that stand for a page of this content, in their order.
pub(super) fn standing(change: &Change<'_>, hash: &[u8]) -> Result<Vec<(RepairId, Repair)>, ArchiveError> {
    let mut statement = change
        .tx
        .prepare_cached("SELECT id, op FROM repairs WHERE content_hash = ?1 AND undone IS NULL ORDER BY id")?;
    let mut found = statement.query([hash])?;
    let mut out = Vec::new();
    while let Some(row) = found.next()? {
        let op = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        out.push((row.get(0)?, serde_json::from_str(op)?));
    }
    Ok(out)
}

/// Whether any repair stands, for any page.
pub(super) fn any(change: &Change<'_>) -> Result<bool, ArchiveError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM repairs WHERE undone IS NULL)";
    Ok(change.tx.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

/// Notes which of a page's repairs could not be applied.
pub(super) fn note_troubles(
    change: &Change<'_>,
    hash: &[u8],
    troubles: &[(RepairId, Trouble)],
) -> Result<(), ArchiveError> {
    change.tx.prepare_cached("UPDATE repairs SET trouble = NULL WHERE content_hash = ?1")?.execute([hash])?;
    for (id, trouble) in troubles {
        let word = serde_json::to_string(trouble)?;
        change.tx.prepare_cached("UPDATE repairs SET trouble = ?2 WHERE id = ?1")?.execute(params![id, word])?;
    }
    Ok(())
}

impl Reader {
    /// Repairs in the order they were made, those taken back among them.
    pub fn repairs(&self, of: RepairsOf) -> Result<Vec<MadeRepair>, ArchiveError> {
        match of {
            RepairsOf::All => self.repairs_where("?1 IS NULL", None),
            RepairsOf::Page(page) => self.repairs_where("p.id = ?1", Some(page.0)),
            RepairsOf::Article(article) => {
                let of: Option<(i64, Option<String>)> = self
                    .db()
                    .prepare_cached("SELECT page_id, repairs FROM articles WHERE id = ?1")?
                    .query_row([article.0], |r| Ok((r.get(0)?, r.get(1)?)))
                    .optional()?;
                let Some((page, touching)) = of else { return Ok(Vec::new()) };
                let touching: Vec<RepairId> = touching.map_or(Ok(Vec::new()), |t| serde_json::from_str(&t))?;
                let mut all = self.repairs(RepairsOf::Page(PageId(page)))?;
                let lines = self.article(article)?.map(|a| Anchor::of(&a.article)).unwrap_or_default();
                // What was taken back touches nothing; it belongs where it was made.
                all.retain(|made| {
                    if made.is_undone || made.trouble.is_some() {
                        is_about(&made.repair, &lines)
                    } else {
                        touching.contains(&made.id)
                    }
                });
                Ok(all)
            }
        }
    }

    fn repairs_where(&self, condition: &str, value: Option<i64>) -> Result<Vec<MadeRepair>, ArchiveError> {
        let mut statement = self.db().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM repairs r LEFT JOIN pages p ON p.content_hash = r.content_hash
             WHERE {condition} ORDER BY r.id"
        ))?;
        let mut found = statement.query([value])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            out.push(made(row)?);
        }
        Ok(out)
    }
}

fn made(row: &Row<'_>) -> Result<MadeRepair, ArchiveError> {
    let trouble: Option<String> = row.get(6)?;
    Ok(MadeRepair {
        id: row.get(0)?,
        action: row.get(1)?,
        repair: serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
        about: row.get(3)?,
        made_at: row.get(4)?,
        is_undone: row.get(5)?,
        trouble: trouble.map(|t| serde_json::from_str(&t)).transpose()?,
        page: row.get::<_, Option<i64>>(7)?.map(PageId),
    })
}

/// Whether a repair names a line of `lines`, or the whole page.
fn is_about(repair: &Repair, lines: &Anchor) -> bool {
    let meets = |other: &Anchor| other.lines.iter().any(|range| range.lines().any(|line| lines.has(line)));
    match repair {
        Repair::Set { of, .. } => meets(of) || (of.lines.is_empty() && of.title == lines.title),
        Repair::Paragraph { at, .. } | Repair::Replace { at, .. } => lines.has(at.line),
        Repair::Split { line, .. } => lines.has(*line) || lines.has(line.saturating_sub(1)),
        Repair::Merge { first, second } => meets(first) || meets(second),
        Repair::Move { lines: moved, to, .. } => {
            moved.iter().any(|range| range.lines().any(|line| lines.has(line)))
                || matches!(to, crate::model::Target::Article(anchor) if meets(anchor))
        }
        _ => true,
    }
}
