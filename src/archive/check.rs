//! Is the archive sound? SQLite's own checks, the index against a literal scan, the attributes against the articles.

use super::ArchiveError;
use super::evaluate::Evaluator;
use super::index;
use super::reader::Reader;
use super::writer::Archive;
use crate::model::{ArticleId, SearchRequest};
use crate::search::{Field, FoldedDoc, Node, Term};
use rusqlite::Connection;
use serde::Serialize;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What SQLite says of the file; empty when it is sound.
    pub file: Vec<String>,
    /// Articles whose text was compared with the index.
    pub articles_read: u64,
    /// Pieces of text that were looked up.
    pub pieces: u64,
    /// Pieces that the index did not find where they stand.
    pub missed: Vec<(ArticleId, String)>,
    /// Articles that the index knows and the tables do not, or the other way round.
    pub miscounted: u64,
    /// Articles that cannot be read.
    pub unreadable: Vec<ArticleId>,
}

impl Check {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.file.is_empty() && self.missed.is_empty() && self.miscounted == 0 && self.unreadable.is_empty()
    }

    /// Whether [`Archive::repair`] can help: the index is wrong, the data are not.
    pub fn is_repairable(&self) -> bool {
        self.file.is_empty() && self.unreadable.is_empty() && !self.is_sound()
    }
}

impl Reader {
    /// Checks the file, and the index by `samples` articles spread over the archive: pieces of their text must be found
    /// in them, and everything the index says to hold them must.
    pub fn check(&self, samples: u32) -> Result<Check, ArchiveError> {
        self.view(|evaluator| {
            let mut check = Check { file: file_errors(evaluator.db)?, ..Check::default() };
            let articles: i64 = evaluator.db.query_row("SELECT count(*) FROM articles", [], |r| r.get(0))?;
            check.miscounted = articles.unsigned_abs().abs_diff(evaluator.snapshot.live.count());
            let loose: i64 =
                evaluator.db.query_row("SELECT count(*) FROM pages WHERE loose_slot IS NOT NULL", [], |r| r.get(0))?;
            check.miscounted += loose.unsigned_abs().abs_diff(evaluator.snapshot.loose.count());
            if !evaluator.snapshot.segments.cover(evaluator.snapshot.limit) {
                check.miscounted += 1;
            }
            let order = &evaluator.snapshot.order;
            let step = (order.len() / samples.max(1) as usize).max(1);
            for (i, &slot) in order.iter().enumerate().step_by(step) {
                let id = ArticleId(evaluator.snapshot.id(slot));
                match self.stored(id) {
                    Ok(Some(article)) => {
                        check.articles_read += 1;
                        compare(evaluator, slot, id, &FoldedDoc::of(&article), i, &mut check)?;
                    }
                    Ok(None) => check.miscounted += 1,
                    Err(e) if e.is_interrupted() => return Err(e),
                    Err(_) => check.unreadable.push(id),
                }
            }
            Ok(check)
        })
    }
}

/// Looks pieces of an article up: of one to eight characters, at places that vary with `seed`.
fn compare(
    evaluator: &Evaluator<'_>,
    slot: u32,
    id: ArticleId,
    doc: &FoldedDoc,
    seed: usize,
    check: &mut Check,
) -> Result<(), ArchiveError> {
    for field in Field::PARTS {
        let text = doc.part(field);
        let len = 1 + seed % 8;
        let from = seed.wrapping_mul(7919) % text.len().max(1);
        let piece = &text[from..(from + len).min(text.len())];
        let piece: String = piece.iter().take_while(|&&c| c != FoldedDoc::BREAK).collect();
        let Some(term) = Term::new(field, &piece, false) else { continue };
        check.pieces += 1;
        if !evaluator.node(&Node::Term(term))?.contains(slot) {
            check.missed.push((id, piece));
        }
    }
    Ok(())
}

fn file_errors(db: &Connection) -> Result<Vec<String>, ArchiveError> {
    let mut out: Vec<String> = db
        .prepare("PRAGMA quick_check(20)")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<Vec<String>, _>>()?
        .into_iter()
        .filter(|line| line != "ok")
        .collect();
    let strays = db.prepare("PRAGMA foreign_key_check")?.query_map([], |r| r.get::<_, String>(0))?.count();
    if strays > 0 {
        out.push(format!("{strays} rows without the row they belong to"));
    }
    Ok(out)
}

impl Archive {
    /// Whether the index is that of the articles, as far as numbers tell: cheap enough for every start.
    pub(super) fn is_in_step(&self) -> Result<bool, ArchiveError> {
        let meta = |key: &str| -> rusqlite::Result<i64> {
            self.db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |r| r.get(0))
        };
        if meta("index_format")? != index::FORMAT {
            return Ok(false);
        }
        let slots = u32::try_from(meta("next_slot")?).map_err(|_| ArchiveError::corrupt("slot numbers"))?;
        let Ok(segments) = index::Segments::load(&self.db, None) else { return Ok(false) };
        if !segments.cover(slots) {
            return Ok(false);
        }
        let reader = self.reader()?;
        let Ok(known) = reader.count(&SearchRequest::default()) else { return Ok(false) };
        let articles: i64 = self.db.query_row("SELECT count(*) FROM articles", [], |r| r.get(0))?;
        Ok(known == articles.unsigned_abs())
    }
}
