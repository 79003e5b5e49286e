//! What the user adds to articles: basket (选稿篮), tags, notes, read and flag marks; saved searches and history.

use super::ArchiveError;
use super::attributes::Facet;
use super::reader::Reader;
use super::rows;
use super::writer::{Archive, Change};
use crate::model::{ArticleId, Marks, SearchRequest};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

/// History entries that are kept.
const KEPT_HISTORY: u32 = 500;

/// A tag and its use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Name.
    pub name: String,
    /// Number of a colour of the theme.
    pub colour: u32,
    /// Articles that carry it.
    pub articles: u64,
}

/// A search that was given a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What is searched.
    pub request: SearchRequest,
}

impl Archive {
    /// Marks articles as read or unread.
    pub fn set_read(&mut self, ids: &[ArticleId], is_read: bool) -> Result<(), ArchiveError> {
        self.mark(ids, "is_read", f64::from(u8::from(is_read)))
    }

    /// Flags articles or takes the flag away.
    pub fn set_flagged(&mut self, ids: &[ArticleId], is_flagged: bool) -> Result<(), ArchiveError> {
        self.mark(ids, "is_flagged", f64::from(u8::from(is_flagged)))
    }

    /// Remembers how far an article was read, 0 to 1.
    pub fn set_read_position(&mut self, id: ArticleId, position: f64) -> Result<(), ArchiveError> {
        self.mark(&[id], "read_position", position)
    }

    fn mark(&mut self, ids: &[ArticleId], column: &str, value: f64) -> Result<(), ArchiveError> {
        let tx = self.db.transaction()?;
        for id in ids {
            tx.prepare_cached(&format!(
                "INSERT INTO marks (article_id, {column}) VALUES (?1, ?2)
                 ON CONFLICT (article_id) DO UPDATE SET {column} = excluded.{column}"
            ))?
            .execute(params![id.0, value])?;
        }
        Ok(tx.commit()?)
    }

    /// Puts articles into the basket, after those that are in it.
    pub fn basket_add(&mut self, ids: &[ArticleId]) -> Result<(), ArchiveError> {
        let tx = self.db.transaction()?;
        for id in ids {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO basket (article_id, position, added_at)
                 VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM basket), ?2)",
            )?
            .execute(params![id.0, rows::now()])?;
        }
        Ok(tx.commit()?)
    }

    /// Takes articles out of the basket.
    pub fn basket_remove(&mut self, ids: &[ArticleId]) -> Result<(), ArchiveError> {
        let tx = self.db.transaction()?;
        for id in ids {
            tx.prepare_cached("DELETE FROM basket WHERE article_id = ?1")?.execute([id.0])?;
        }
        Ok(tx.commit()?)
    }

    /// Empties the basket.
    pub fn basket_clear(&mut self) -> Result<(), ArchiveError> {
        self.db.execute("DELETE FROM basket", [])?;
        Ok(())
    }

    /// Gives articles a tag; makes it if there is none of that name.
    pub fn tag(&mut self, ids: &[ArticleId], name: &str) -> Result<(), ArchiveError> {
        self.change(|change| {
            change.tx.execute("INSERT OR IGNORE INTO tags (name) VALUES (?1)", [name])?;
            let tag: i64 = change.tx.query_row("SELECT id FROM tags WHERE name = ?1", [name], |r| r.get(0))?;
            let number = change.attributes.name_id(Facet::Tag, name)?;
            for id in ids {
                change
                    .tx
                    .prepare_cached("INSERT OR IGNORE INTO article_tags (article_id, tag_id) VALUES (?1, ?2)")?
                    .execute([id.0, tag])?;
                let slot = slot_of(change, *id)?;
                change.attributes.change(slot, |a| {
                    if !a.names.contains(&number) {
                        a.names.push(number);
                    }
                })?;
            }
            Ok(())
        })
    }

    /// Takes a tag away from articles.
    pub fn untag(&mut self, ids: &[ArticleId], name: &str) -> Result<(), ArchiveError> {
        self.change(|change| {
            let number = change.attributes.name_id(Facet::Tag, name)?;
            for id in ids {
                change
                    .tx
                    .prepare_cached(
                        "DELETE FROM article_tags
                         WHERE article_id = ?1 AND tag_id = (SELECT id FROM tags WHERE name = ?2)",
                    )?
                    .execute(params![id.0, name])?;
                let slot = slot_of(change, *id)?;
                change.attributes.change(slot, |a| a.names.retain(|n| *n != number))?;
            }
            Ok(())
        })
    }

    /// Chooses a tag's colour (a number of the theme).
    pub fn set_tag_colour(&mut self, name: &str, colour: u32) -> Result<(), ArchiveError> {
        self.db.execute(
            "INSERT INTO tags (name, colour) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET colour = excluded.colour",
            params![name, colour],
        )?;
        Ok(())
    }

    /// Removes a tag from all its articles and from the list.
    pub fn delete_tag(&mut self, name: &str) -> Result<(), ArchiveError> {
        let ids: Vec<ArticleId> = self
            .db
            .prepare("SELECT article_id FROM article_tags JOIN tags ON tags.id = tag_id WHERE name = ?1")?
            .query_map([name], |r| r.get(0).map(ArticleId))?
            .collect::<Result<_, _>>()?;
        self.untag(&ids, name)?;
        self.db.execute("DELETE FROM tags WHERE name = ?1", [name])?;
        Ok(())
    }

    /// Writes an article's note; an empty one removes it.
    pub fn set_note(&mut self, id: ArticleId, text: &str) -> Result<(), ArchiveError> {
        if text.trim().is_empty() {
            self.db.execute("DELETE FROM notes WHERE article_id = ?1", [id.0])?;
        } else {
            self.db.execute(
                "INSERT INTO notes (article_id, text, changed_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (article_id) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at",
                params![id.0, text, rows::now()],
            )?;
        }
        Ok(())
    }

    /// Saves a search under a name, in place of one of the same name.
    pub fn save_search(&mut self, name: &str, request: &SearchRequest) -> Result<i64, ArchiveError> {
        Ok(self.db.query_row(
            "INSERT INTO saved_searches (name, request, position)
             VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM saved_searches))
             ON CONFLICT (name) DO UPDATE SET request = excluded.request RETURNING id",
            params![name, serde_json::to_string(request)?],
            |r| r.get(0),
        )?)
    }

    /// Removes a saved search.
    pub fn delete_saved_search(&mut self, id: i64) -> Result<(), ArchiveError> {
        self.db.execute("DELETE FROM saved_searches WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Remembers that this was searched.
    pub fn remember_query(&mut self, query: &str) -> Result<(), ArchiveError> {
        let query = query.trim();
        if query.is_empty() {
            return Ok(());
        }
        self.db.execute(
            "INSERT INTO history (query, used_at) VALUES (?1, ?2)
             ON CONFLICT (query) DO UPDATE SET used_at = excluded.used_at, times = times + 1",
            params![query, jiff::Timestamp::now().to_string()],
        )?;
        self.db.execute(
            "DELETE FROM history WHERE query IN (SELECT query FROM history ORDER BY used_at DESC LIMIT -1 OFFSET ?1)",
            [KEPT_HISTORY],
        )?;
        Ok(())
    }

    /// Forgets the history.
    pub fn clear_history(&mut self) -> Result<(), ArchiveError> {
        self.db.execute("DELETE FROM history", [])?;
        Ok(())
    }
}

pub(super) fn slot_of(change: &Change<'_>, id: ArticleId) -> Result<u32, ArchiveError> {
    let slot = change.tx.prepare_cached("SELECT slot FROM articles WHERE id = ?1")?.query_row([id.0], |r| r.get(0));
    slot.optional()?.ok_or(ArchiveError::Missing { what: "article", id: id.0 })
}

impl Reader {
    /// What the user has added to an article.
    pub fn marks(&self, id: ArticleId) -> Result<Marks, ArchiveError> {
        let db = self.db();
        let mut marks = db
            .prepare_cached("SELECT is_read, is_flagged, read_position FROM marks WHERE article_id = ?1")?
            .query_row([id.0], |r| {
                Ok(Marks {
                    is_read: r.get::<_, f64>(0)? != 0.0,
                    is_flagged: r.get::<_, f64>(1)? != 0.0,
                    read_position: r.get(2)?,
                    ..Marks::default()
                })
            })
            .optional()?
            .unwrap_or_default();
        marks.is_in_basket = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM basket WHERE article_id = ?1)")?
            .query_row([id.0], |r| r.get(0))?;
        marks.tags = db
            .prepare_cached(
                "SELECT name FROM tags JOIN article_tags ON id = tag_id WHERE article_id = ?1 ORDER BY name",
            )?
            .query_map([id.0], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        marks.note = db
            .prepare_cached("SELECT text FROM notes WHERE article_id = ?1")?
            .query_row([id.0], |r| r.get(0))
            .optional()?;
        marks.is_edited = db
            .prepare_cached("SELECT repairs IS NOT NULL FROM articles WHERE id = ?1")?
            .query_row([id.0], |r| r.get(0))
            .optional()?
            .unwrap_or(false);
        Ok(marks)
    }

    /// The basket, in its order.
    pub fn basket(&self) -> Result<Vec<ArticleId>, ArchiveError> {
        let mut statement = self.db().prepare_cached("SELECT article_id FROM basket ORDER BY position")?;
        Ok(statement.query_map([], |r| r.get(0).map(ArticleId))?.collect::<Result<_, _>>()?)
    }

    /// Every tag, by name.
    pub fn tags(&self) -> Result<Vec<Tag>, ArchiveError> {
        let mut statement = self.db().prepare_cached(
            "SELECT name, colour, (SELECT count(*) FROM article_tags WHERE tag_id = id) FROM tags ORDER BY name",
        )?;
        let rows = statement.query_map([], |r| {
            Ok(Tag { name: r.get(0)?, colour: r.get(1)?, articles: r.get::<_, i64>(2)?.unsigned_abs() })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The saved searches, in their order.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, ArchiveError> {
        let mut statement =
            self.db().prepare_cached("SELECT id, name, request FROM saved_searches ORDER BY position, id")?;
        let mut found = statement.query([])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            let request = serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
            out.push(SavedSearch { id: row.get(0)?, name: row.get(1)?, request });
        }
        Ok(out)
    }

    /// What was searched, latest first.
    pub fn history(&self, limit: u32) -> Result<Vec<String>, ArchiveError> {
        let mut statement = self.db().prepare_cached("SELECT query FROM history ORDER BY used_at DESC LIMIT ?1")?;
        Ok(statement.query_map([limit], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }
}
