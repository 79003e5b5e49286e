//! Repairs: a layer over the untouched article. What the engine made is kept; what is shown, searched and exported is the
//! engine's article with the repairs applied in their order. Each can be undone, and they are applied again when the page
//! is made anew.

use super::ArchiveError;
use super::attributes::day_number;
use super::reader::Reader;
use super::ready::PackedArticle;
use super::record::{self, Lines};
use super::rows;
use super::shelf::slot_of;
use super::writer::{Archive, Change, Place};
use crate::model::{Article, ArticleId, Block, BlockKind, Byline, Kind, PageId, Person, SourceRun};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

/// One repair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "set", content = "to")]
#[non_exhaustive]
pub enum Edit {
    /// The line above the headline.
    Kicker(Option<String>),
    /// The headline.
    Title(String),
    /// The line under the headline.
    Subtitle(Option<String>),
    /// The standing column.
    Column(Option<String>),
    /// Who signed.
    Bylines(Vec<Byline>),
    /// Towns it is about.
    Towns(Vec<String>),
    /// Sections.
    Sections(Vec<String>),
    /// People named.
    People(Vec<Person>),
    /// Kind.
    Kind(Kind),
    /// A block's text; it has no source lines then.
    BlockText {
        /// Which block, from 0.
        block: usize,
        /// The new text.
        text: String,
    },
    /// A block becomes a paragraph or a subhead.
    BlockIs {
        /// Which block, from 0.
        block: usize,
        /// What it is.
        kind: BlockKind,
    },
    /// A block and the next one become one.
    JoinBlocks {
        /// Which block, from 0.
        block: usize,
    },
    /// A block becomes two.
    SplitBlock {
        /// Which block, from 0.
        block: usize,
        /// How many characters stay in it.
        at: usize,
    },
    /// A block goes.
    RemoveBlock {
        /// Which block, from 0.
        block: usize,
    },
}

impl Edit {
    /// Applies it; false when the article has no such block, and then nothing changes.
    pub fn apply(&self, article: &mut Article) -> bool {
        match self.clone() {
            Self::Kicker(text) => article.kicker = text,
            Self::Title(text) => (article.title, article.title_printed) = (text, true),
            Self::Subtitle(text) => article.subtitle = text,
            Self::Column(text) => article.column = text,
            Self::Bylines(bylines) => article.bylines = bylines,
            Self::Towns(towns) => article.towns = towns,
            Self::Sections(sections) => article.sections = sections,
            Self::People(people) => article.people = people,
            Self::Kind(kind) => article.kind = kind,
            Self::BlockText { block, text } => {
                let Some(block) = article.blocks.get_mut(block) else { return false };
                if block.text != text {
                    *block = Block { kind: block.kind, text, runs: Vec::new() };
                }
            }
            Self::BlockIs { block, kind } => {
                let Some(block) = article.blocks.get_mut(block) else { return false };
                block.kind = kind;
            }
            Self::JoinBlocks { block } => {
                if block + 1 >= article.blocks.len() {
                    return false;
                }
                let next = article.blocks.remove(block + 1);
                let first = &mut article.blocks[block];
                let shift = first.text.chars().count() as u32;
                first.text.push_str(&next.text);
                first.runs.extend(next.runs.into_iter().map(|r| SourceRun { start: r.start + shift, ..r }));
            }
            Self::SplitBlock { block, at } => {
                let Some(whole) = article.blocks.get(block) else { return false };
                let Some((first, second)) = split(whole, at) else { return false };
                article.blocks[block] = first;
                article.blocks.insert(block + 1, second);
            }
            Self::RemoveBlock { block } => {
                if block >= article.blocks.len() {
                    return false;
                }
                article.blocks.remove(block);
            }
        }
        true
    }
}

/// Cuts a block after `at` characters; its source runs with it.
fn split(block: &Block, at: usize) -> Option<(Block, Block)> {
    let (byte, _) = block.text.char_indices().nth(at).filter(|_| at > 0)?;
    let at = at as u32;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for run in &block.runs {
        let end = run.start + run.len;
        if run.start < at {
            before.push(SourceRun { len: end.min(at) - run.start, ..*run });
        }
        if end > at {
            let skipped = at.saturating_sub(run.start);
            after.push(SourceRun {
                start: run.start.max(at) - at,
                len: run.len - skipped,
                line: run.line,
                column: run.column + skipped,
            });
        }
    }
    let part = |text: &str, runs| Block { kind: block.kind, text: text.to_owned(), runs };
    Some((part(&block.text[..byte], before), part(&block.text[byte..], after)))
}

/// A repair that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MadeEdit {
    /// Its id.
    pub id: i64,
    /// The article.
    pub article: ArticleId,
    /// What was done.
    pub edit: Edit,
    /// When, UTC, RFC 3339.
    pub made_at: String,
    /// It was taken back (and can be done again).
    pub is_undone: bool,
}

impl Archive {
    /// Repairs an article. Returns the repair's id for undoing it.
    pub fn apply_edit(&mut self, id: ArticleId, edit: &Edit) -> Result<i64, ArchiveError> {
        let op = serde_json::to_string(edit)?;
        self.change(|change| {
            slot_of(change, id)?;
            // What was undone before cannot be redone over something else.
            change.tx.execute("DELETE FROM edits WHERE article_id = ?1 AND is_undone", [id.0])?;
            change.tx.execute(
                "INSERT INTO edits (article_id, op, made_at) VALUES (?1, ?2, ?3)",
                params![id.0, op, rows::now()],
            )?;
            let edit = change.tx.last_insert_rowid();
            refresh(change, id)?;
            Ok(edit)
        })
    }

    /// Takes a repair back, or does it again.
    pub fn set_edit_undone(&mut self, edit: i64, is_undone: bool) -> Result<(), ArchiveError> {
        self.change(|change| {
            let article: Option<i64> = change
                .tx
                .query_row(
                    "UPDATE edits SET is_undone = ?2 WHERE id = ?1 RETURNING article_id",
                    params![edit, is_undone],
                    |r| r.get(0),
                )
                .optional()?;
            let article = article.ok_or(ArchiveError::Missing { what: "edit", id: edit })?;
            refresh(change, ArticleId(article))
        })
    }

    /// Takes all repairs of an article back: it is the engine's again.
    pub fn revert(&mut self, id: ArticleId) -> Result<(), ArchiveError> {
        self.change(|change| {
            change.tx.execute("UPDATE edits SET is_undone = 1 WHERE article_id = ?1", [id.0])?;
            refresh(change, id)
        })
    }
}

/// Makes an article's shown form anew: the engine's with the repairs that stand.
pub(super) fn refresh(change: &mut Change<'_>, id: ArticleId) -> Result<(), ArchiveError> {
    let slot = slot_of(change, id)?;
    let (page, position, title, record, original): (i64, u32, String, Vec<u8>, Option<Vec<u8>>) = change
        .tx
        .prepare_cached("SELECT page_id, position, title, record, original FROM articles WHERE id = ?1")?
        .query_row([id.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?;
    let text: Vec<u8> =
        change.tx.prepare_cached("SELECT text FROM pages WHERE id = ?1")?.query_row([page], |r| r.get(0))?;
    let (newspaper, page_label, date): (Option<String>, Option<String>, Option<String>) = change
        .tx
        .prepare_cached("SELECT newspaper, page_label, date FROM pages WHERE id = ?1")?
        .query_row([page], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let text = record::unpack_text(&text)?;
    let lines = Lines::of(&text);
    let engine = match &original {
        Some(original) => record::unpack_original(original, &lines)?,
        None => record::unpack_article(&record, title, &lines)?,
    };
    let edits: Vec<String> = change
        .tx
        .prepare_cached("SELECT op FROM edits WHERE article_id = ?1 AND NOT is_undone ORDER BY id")?
        .query_map([id.0], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let mut shown = engine.clone();
    for op in &edits {
        // A repair of an older engine's article may find no block any more; it stays listed and does nothing.
        serde_json::from_str::<Edit>(op)?.apply(&mut shown);
    }
    let original = (!edits.is_empty()).then(|| record::pack_original(&engine, &lines));
    let ready = PackedArticle::of(&shown, &lines);
    let place = Place {
        page: PageId(page),
        position,
        newspaper: newspaper.as_deref(),
        page_label: page_label.as_deref(),
        day: day_number(rows::date(date)),
    };
    change.attributes.kill(&[slot])?;
    change.update_article(id, place, &shown, &ready)?;
    change.tx.prepare_cached("UPDATE articles SET original = ?2 WHERE id = ?1")?.execute(params![id.0, original])?;
    Ok(())
}

impl Reader {
    /// The repairs of one article, or of all, in the order they were made.
    pub fn edits(&self, article: Option<ArticleId>) -> Result<Vec<MadeEdit>, ArchiveError> {
        let mut statement = self.db().prepare_cached(
            "SELECT id, article_id, op, made_at, is_undone FROM edits WHERE ?1 IS NULL OR article_id = ?1 ORDER BY id",
        )?;
        let mut found = statement.query([article.map(|a| a.0)])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            out.push(MadeEdit {
                id: row.get(0)?,
                article: ArticleId(row.get(1)?),
                edit: serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
                made_at: row.get(3)?,
                is_undone: row.get(4)?,
            });
        }
        Ok(out)
    }
}
