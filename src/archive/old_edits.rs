//! Repairs of archives of the first format, which hung on an article's number, become repairs of the page.

use super::record::{self, Lines};
use super::writer::{Archive, Change};
use super::{ArchiveError, mending};
use crate::model::{
    Anchor, Article, BlockKind, Field, FurnitureKind, LineRange, PageId, Place, Repair, Role, SourceRun, Target,
};
use rusqlite::params;
use serde::Deserialize;

/// What an edit of the first format could do to a block, by its number.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "set", content = "to")]
enum BlockEdit {
    BlockText { block: usize, text: String },
    BlockIs { block: usize, kind: BlockKind },
    JoinBlocks { block: usize },
    SplitBlock { block: usize, at: usize },
    RemoveBlock { block: usize },
}

struct OldEdit {
    article: i64,
    page: i64,
    op: String,
    made_at: String,
    is_undone: bool,
}

/// Converts what there is; cheap when there is nothing.
pub(super) fn convert(archive: &mut Archive) -> Result<(), ArchiveError> {
    let is_needed: bool = archive.db.query_row("SELECT EXISTS (SELECT 1 FROM edits)", [], |r| r.get(0))?;
    if !is_needed {
        return Ok(());
    }
    archive.change(|change| {
        let old: Vec<OldEdit> = change
            .tx
            .prepare(
                "SELECT e.article_id, a.page_id, e.op, e.made_at, e.is_undone
                 FROM edits e JOIN articles a ON a.id = e.article_id ORDER BY e.article_id, e.id",
            )?
            .query_map([], |r| {
                Ok(OldEdit {
                    article: r.get(0)?,
                    page: r.get(1)?,
                    op: r.get(2)?,
                    made_at: r.get(3)?,
                    is_undone: r.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        for of_article in old.chunk_by(|a, b| a.article == b.article) {
            let mut article = original(change, of_article[0].article, of_article[0].page)?;
            let anchor = Anchor::of(&article);
            for edit in of_article {
                let Some(repair) = repair(&edit.op, &anchor, &mut article, edit.is_undone)? else { continue };
                change.tx.execute(
                    "INSERT INTO repairs (action, content_hash, about, op, made_at, undone)
                     SELECT 0, content_hash, ?2, ?3, ?4, ?5 FROM pages WHERE id = ?1",
                    params![
                        edit.page,
                        anchor.title,
                        serde_json::to_string(&repair)?,
                        edit.made_at,
                        edit.is_undone.then_some(0)
                    ],
                )?;
            }
        }
        change.tx.execute_batch("UPDATE repairs SET action = id WHERE action = 0; DELETE FROM edits;")?;
        let mut pages: Vec<i64> = old.iter().map(|edit| edit.page).collect();
        pages.sort_unstable();
        pages.dedup();
        pages.into_iter().try_for_each(|page| mending::refresh(change, PageId(page), None).map(drop))
    })
}

/// The engine's article.
fn original(change: &Change<'_>, article: i64, page: i64) -> Result<Article, ArchiveError> {
    let text: Vec<u8> = change.tx.query_row("SELECT text FROM pages WHERE id = ?1", [page], |r| r.get(0))?;
    let text = record::unpack_text(&text)?;
    let lines = Lines::of(&text);
    let sql = "SELECT title, record, original FROM articles WHERE id = ?1";
    let (title, shown, original): (String, Vec<u8>, Option<Vec<u8>>) =
        change.tx.query_row(sql, [article], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    match original {
        Some(original) => record::unpack_original(&original, &lines),
        None => record::unpack_article(&shown, title, &lines),
    }
}

/// The repair that an edit was. `article` follows those that stand, because they count blocks.
fn repair(op: &str, anchor: &Anchor, article: &mut Article, is_undone: bool) -> Result<Option<Repair>, ArchiveError> {
    if let Ok(field) = serde_json::from_str::<Field>(op) {
        return Ok(Some(Repair::Set { of: anchor.clone(), field }));
    }
    let edit: BlockEdit = serde_json::from_str(op)?;
    let repair = of_block(&edit, anchor, article);
    if !is_undone {
        follow(&edit, article);
    }
    Ok(repair)
}

fn of_block(edit: &BlockEdit, anchor: &Anchor, article: &Article) -> Option<Repair> {
    let block = |at: usize| article.blocks.get(at);
    let begin = |at: usize| block(at)?.runs.first().map(|run| Place { line: run.line, column: run.column });
    let lines = |at: usize| Some(LineRange::gather(block(at)?.lines().into_iter().flat_map(|range| range.lines())));
    match edit {
        BlockEdit::BlockText { block: at, text } => Repair::rewording(&block(*at)?.text, text, &block(*at)?.places()),
        BlockEdit::BlockIs { block: at, kind } => {
            let role = if *kind == BlockKind::Subhead { Role::Subhead } else { Role::Body };
            let to = Target::Article(anchor.clone());
            Some(Repair::Move { lines: lines(*at)?, to, role: Some(role), after: None })
        }
        BlockEdit::JoinBlocks { block: at } => Some(Repair::Paragraph { at: begin(at + 1)?, begins: false }),
        BlockEdit::SplitBlock { block: at, at: character } => {
            let place = block(*at)?.places().into_iter().skip(*character).flatten().next()?;
            Some(Repair::Paragraph { at: place, begins: true })
        }
        BlockEdit::RemoveBlock { block: at } => {
            let to = Target::Furniture(FurnitureKind::Noise);
            Some(Repair::Move { lines: lines(*at)?, to, role: None, after: None })
        }
    }
}

/// Keeps the numbers of blocks in step.
fn follow(edit: &BlockEdit, article: &mut Article) {
    match edit {
        BlockEdit::JoinBlocks { block } if block + 1 < article.blocks.len() => {
            let next = article.blocks.remove(block + 1);
            let first = &mut article.blocks[*block];
            let shift = first.text.chars().count() as u32;
            first.text.push_str(&next.text);
            first.runs.extend(next.runs.into_iter().map(|r| SourceRun { start: r.start + shift, ..r }));
        }
        BlockEdit::SplitBlock { block, at } if *block < article.blocks.len() => {
            let mut second = article.blocks[*block].clone();
            second.text = second.text.chars().skip(*at).collect();
            let at = *at as u32;
            second.runs.retain(|run| run.start >= at);
            second.runs.iter_mut().for_each(|run| run.start -= at);
            article.blocks.insert(block + 1, second);
        }
        BlockEdit::RemoveBlock { block } if *block < article.blocks.len() => {
            article.blocks.remove(*block);
        }
        _ => {}
    }
}
