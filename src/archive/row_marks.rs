//! What a result row shows of what the user has added: marks, tags with their colours.

use super::ArchiveError;
use super::reader::Reader;
use crate::model::ArticleId;
use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize};

/// The user's marks of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowMarks {
    /// It was opened.
    pub is_read: bool,
    /// It carries a flag.
    pub is_flagged: bool,
    /// It lies in the basket.
    pub is_in_basket: bool,
    /// It has a note.
    pub has_note: bool,
    /// It was repaired by hand.
    pub is_edited: bool,
    /// Its tags by name, each with the number of its colour.
    pub tags: Vec<(String, u32)>,
}

impl Reader {
    /// The marks of articles, one for each id.
    pub fn row_marks(&self, ids: &[ArticleId]) -> Result<Vec<RowMarks>, ArchiveError> {
        ids.iter().map(|id| self.marks_of_row(*id)).collect()
    }

    fn marks_of_row(&self, id: ArticleId) -> Result<RowMarks, ArchiveError> {
        let db = self.db();
        let mut statement = db.prepare_cached(
            "SELECT coalesce(m.is_read, 0), coalesce(m.is_flagged, 0), b.article_id IS NOT NULL,
                    n.article_id IS NOT NULL, a.repairs IS NOT NULL,
                    EXISTS (SELECT 1 FROM article_tags t WHERE t.article_id = a.id)
             FROM articles a LEFT JOIN marks m ON m.article_id = a.id LEFT JOIN basket b ON b.article_id = a.id
                  LEFT JOIN notes n ON n.article_id = a.id
             WHERE a.id = ?1",
        )?;
        let found = statement.query_row([id.0], |r| {
            let marks = RowMarks {
                is_read: r.get::<_, f64>(0)? != 0.0,
                is_flagged: r.get::<_, f64>(1)? != 0.0,
                is_in_basket: r.get(2)?,
                has_note: r.get(3)?,
                is_edited: r.get(4)?,
                tags: Vec::new(),
            };
            Ok((marks, r.get::<_, bool>(5)?))
        });
        let Some((mut marks, has_tags)) = found.optional()? else { return Ok(RowMarks::default()) };
        if has_tags {
            let mut statement = db.prepare_cached(
                "SELECT name, colour FROM tags JOIN article_tags ON id = tag_id WHERE article_id = ?1 ORDER BY name",
            )?;
            marks.tags = statement.query_map([id.0], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
        }
        Ok(marks)
    }
}
