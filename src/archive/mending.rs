//! A page with its repairs is put into the tables: shown articles, index, attributes and facts change in one transaction.
//!
//! An article keeps its number through everything that is done to its page: the numbers of the engine's articles are kept
//! with the engine's page, and an article that a repair takes away leaves its number, and what the user had added to it,
//! in `absent` until it comes back.

use super::attributes::day_number;
use super::ready::PackedArticle;
use super::record::{self, Lines};
use super::rows::{self, PageFacts};
use super::writer::{Change, Place};
use super::{ArchiveError, rebuild, repairs};
use crate::model::{Anchor, Article, ArticleId, FiledPage, Hints, Page, PageId, Trouble};
use crate::repair::{Describe, Mended, RepairId, mend};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// How much of their lines two articles must share for one to take the other's number.
const SAME: f32 = 0.5;

/// The engine's page and the numbers of its articles.
#[derive(Serialize, Deserialize)]
struct Held {
    page: Page,
    ids: Vec<Option<ArticleId>>,
}

/// A stored page as its row has it.
struct PageRow {
    hash: Vec<u8>,
    text: String,
    facts: PageFacts,
    newspaper: Option<String>,
    page_label: Option<String>,
}

/// An article as its row has it.
struct Shown {
    id: ArticleId,
    slot: u32,
    position: u32,
    title: String,
    record: Vec<u8>,
    original: Option<Vec<u8>>,
    repairs: Option<String>,
}

/// Makes a stored page anew from the engine's page and the repairs that stand; tells those that cannot be applied.
pub(super) fn refresh(
    change: &mut Change<'_>,
    page: PageId,
    describe: Option<&dyn Describe>,
) -> Result<Vec<(RepairId, Trouble)>, ArchiveError> {
    let row = page_row(change, page)?;
    let held = match held(change, page)? {
        Some(held) => held,
        None => shown_as_held(change, page, &row)?,
    };
    settle(change, page, &row, held, describe, false)
}

/// Whether a page of this content needs more than storing what the engine made.
pub(super) fn is_mended(change: &Change<'_>, content_hash: &str) -> Result<bool, ArchiveError> {
    Ok(!repairs::standing(change, &rows::hash_key(content_hash))?.is_empty())
}

/// Puts the engine's articles of a page that has just been stored, or is made anew, into the tables, with its repairs.
pub(super) fn file(
    change: &mut Change<'_>,
    page: PageId,
    filed: &FiledPage,
    describe: Option<&dyn Describe>,
) -> Result<Vec<ArticleId>, ArchiveError> {
    let row = page_row(change, page)?;
    let old = match held(change, page)? {
        Some(held) => held,
        None => shown_as_held(change, page, &row)?,
    };
    let mut ids = vec![None; filed.page.articles.len()];
    let old_articles: Vec<(ArticleId, &Article)> =
        old.ids.iter().zip(&old.page.articles).filter_map(|(id, a)| Some(((*id)?, a))).collect();
    for (position, id) in rebuild::pair(&old_articles, &filed.page.articles) {
        ids[position] = Some(id);
    }
    // The row has the new facts already, the articles' attributes may not.
    settle(change, page, &row, Held { page: filed.page.clone(), ids }, describe, true)?;
    let mut statement = change.tx.prepare_cached("SELECT id FROM articles WHERE page_id = ?1 ORDER BY position, id")?;
    Ok(statement.query_map([page.0], |r| r.get(0).map(ArticleId))?.collect::<Result<_, _>>()?)
}

fn page_row(change: &Change<'_>, page: PageId) -> Result<PageRow, ArchiveError> {
    let mut statement =
        change.tx.prepare_cached("SELECT content_hash, text, facts, newspaper, page_label FROM pages WHERE id = ?1")?;
    let mut found = statement.query([page.0])?;
    let row = found.next()?.ok_or(ArchiveError::Missing { what: "page", id: page.0 })?;
    Ok(PageRow {
        hash: row.get(0)?,
        text: record::unpack_text(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?,
        facts: serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
        newspaper: row.get(3)?,
        page_label: row.get(4)?,
    })
}

fn held(change: &Change<'_>, page: PageId) -> Result<Option<Held>, ArchiveError> {
    let blob: Option<Vec<u8>> = change
        .tx
        .prepare_cached("SELECT page FROM originals WHERE page_id = ?1")?
        .query_row([page.0], |r| r.get(0))
        .optional()?;
    blob.map(|blob| Ok(serde_json::from_str(&record::unpack_text(&blob)?)?)).transpose()
}

/// The stored page as the engine's: no repair stands over it.
fn shown_as_held(change: &Change<'_>, page: PageId, row: &PageRow) -> Result<Held, ArchiveError> {
    let lines = Lines::of(&row.text);
    let (mut articles, mut ids) = (Vec::new(), Vec::new());
    for shown in shown(change, page)? {
        articles.push(match &shown.original {
            // An archive of the first format kept the engine's article beside a repaired one.
            Some(original) => record::unpack_original(original, &lines)?,
            None => record::unpack_article(&shown.record, shown.title, &lines)?,
        });
        ids.push(Some(shown.id));
    }
    let facts = row.facts.clone();
    let page = Page {
        newspaper: row.newspaper.clone(),
        page_label: row.page_label.clone(),
        date: facts.date,
        articles,
        furniture: facts.furniture,
        warnings: facts.warnings,
    };
    Ok(Held { page, ids })
}

fn shown(change: &Change<'_>, page: PageId) -> Result<Vec<Shown>, ArchiveError> {
    let mut statement = change.tx.prepare_cached(
        "SELECT id, slot, position, title, record, original, repairs FROM articles WHERE page_id = ?1
         ORDER BY position, id",
    )?;
    let rows = statement.query_map([page.0], |r| {
        Ok(Shown {
            id: ArticleId(r.get(0)?),
            slot: r.get(1)?,
            position: r.get(2)?,
            title: r.get(3)?,
            record: r.get(4)?,
            original: r.get(5)?,
            repairs: r.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Applies the repairs that stand to the engine's page and stores what comes out.
fn settle(
    change: &mut Change<'_>,
    page: PageId,
    row: &PageRow,
    mut held: Held,
    describe: Option<&dyn Describe>,
    has_new_facts: bool,
) -> Result<Vec<(RepairId, Trouble)>, ArchiveError> {
    let standing = repairs::standing(change, &row.hash)?;
    let mended = mend(&row.text, &held.page, &standing, describe);
    repairs::note_troubles(change, &row.hash, &mended.troubles)?;
    store_facts(change, page, &mended.page, &row.facts.hints)?;
    let has_moved = has_new_facts
        || row.newspaper != mended.page.newspaper
        || row.page_label != mended.page.page_label
        || day_number(row.facts.date.best) != day_number(mended.page.date.best);
    if has_moved || row.facts.furniture != mended.page.furniture {
        change.refresh_loose(page)?;
    }
    let ids = store_articles(change, page, row, &held, &mended, has_moved)?;
    for (id, heir) in ids.iter().zip(&mended.heirs) {
        if let Some(slot) = heir.and_then(|at| held.ids.get_mut(at)) {
            *slot = Some(*id);
        }
    }
    if standing.is_empty() {
        change.tx.prepare_cached("DELETE FROM originals WHERE page_id = ?1")?.execute([page.0])?;
    } else {
        let blob = record::pack_text(&serde_json::to_string(&held)?);
        change
            .tx
            .prepare_cached("INSERT OR REPLACE INTO originals (page_id, page) VALUES (?1, ?2)")?
            .execute(params![page.0, blob])?;
    }
    Ok(mended.troubles)
}

fn store_facts(change: &Change<'_>, id: PageId, page: &Page, hints: &Hints) -> Result<(), ArchiveError> {
    change
        .tx
        .prepare_cached("UPDATE pages SET newspaper = ?2, page_label = ?3, date = ?4, facts = ?5 WHERE id = ?1")?
        .execute(params![
            id.0,
            page.newspaper,
            page.page_label,
            page.date.best.map(|d| d.to_string()),
            serde_json::to_string(&PageFacts::of(page, hints))?
        ])?;
    Ok(())
}

/// Puts the articles as they are to be shown into the tables; gives back their numbers.
fn store_articles(
    change: &mut Change<'_>,
    id: PageId,
    row: &PageRow,
    held: &Held,
    mended: &Mended,
    has_moved: bool,
) -> Result<Vec<ArticleId>, ArchiveError> {
    let lines = Lines::of(&row.text);
    let page = &mended.page;
    let old = shown(change, id)?;
    let wanted = numbers(change, &row.hash, &lines, held, mended, &old)?;
    for gone in old.iter().filter(|o| !wanted.contains(&Some(o.id))) {
        take_away(change, &row.hash, gone, &lines)?;
    }
    let mut ids = Vec::with_capacity(page.articles.len());
    for (position, article) in page.articles.iter().enumerate() {
        let place = Place::on(id, page, position);
        let ready = PackedArticle::of(article, &lines);
        let touched = &mended.touched[position];
        let touched = (!touched.is_empty()).then(|| serde_json::to_string(touched)).transpose()?;
        let stored = old.iter().find(|o| Some(o.id) == wanted[position]);
        let article_id = match (stored, wanted[position]) {
            (Some(o), _) => {
                let is_same = o.title == article.title && ready.record == o.record && o.original.is_none();
                if !is_same || has_moved {
                    change.attributes.kill(&[o.slot])?;
                    change.update_article(o.id, place, article, &ready)?;
                } else if o.position != place.position {
                    change.attributes.change(o.slot, |a| a.position = place.position)?;
                    change
                        .tx
                        .prepare_cached("UPDATE articles SET position = ?2 WHERE id = ?1")?
                        .execute(params![o.id.0, place.position])?;
                }
                o.id
            }
            (None, Some(back)) => {
                change.insert_article_as(back, place, article, &ready, |change| bring_back(change, back))?;
                back
            }
            (None, None) => change.insert_article(place, article, &ready)?,
        };
        if stored.is_none_or(|o| o.repairs != touched) {
            change
                .tx
                .prepare_cached("UPDATE articles SET repairs = ?2 WHERE id = ?1")?
                .execute(params![article_id.0, touched])?;
        }
        ids.push(article_id);
    }
    Ok(ids)
}

/// The number each article shall have: the engine's own; for others that of a shown or an absent one with its lines.
fn numbers(
    change: &Change<'_>,
    hash: &[u8],
    lines: &Lines<'_>,
    held: &Held,
    mended: &Mended,
    old: &[Shown],
) -> Result<Vec<Option<ArticleId>>, ArchiveError> {
    let own = |heir: &Option<usize>| heir.and_then(|at| held.ids.get(at).copied().flatten());
    let mut out: Vec<Option<ArticleId>> = mended.heirs.iter().map(own).collect();
    let engines: HashSet<ArticleId> = held.ids.iter().flatten().copied().collect();
    let mut free: Vec<(ArticleId, Anchor)> = Vec::new();
    for stored in old.iter().filter(|o| !engines.contains(&o.id)) {
        let article = record::unpack_article(&stored.record, stored.title.clone(), lines)?;
        free.push((stored.id, Anchor::of(&article)));
    }
    let mut statement = change.tx.prepare_cached("SELECT id, spans FROM absent WHERE content_hash = ?1 ORDER BY id")?;
    let mut rows = statement.query([hash])?;
    while let Some(row) = rows.next()? {
        let id = ArticleId(row.get(0)?);
        if !engines.contains(&id) {
            free.push((id, serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?));
        }
    }
    for (slot, article) in out.iter_mut().zip(&mended.page.articles).filter(|(slot, _)| slot.is_none()) {
        let mine = Anchor::of(article);
        let likest = free.iter().map(|(_, anchor)| likeness(anchor, &mine)).enumerate();
        let best = likest.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((at, likeness)) = best
            && likeness >= SAME
        {
            *slot = Some(free.remove(at).0);
        }
    }
    Ok(out)
}

/// Share of their lines that two articles have in common; more where their texts begin at the same character.
fn likeness(a: &Anchor, b: &Anchor) -> f32 {
    let lines = |anchor: &Anchor| anchor.lines.iter().flat_map(|r| r.lines()).collect::<HashSet<u32>>();
    let begin = if a.begin.is_some() && a.begin == b.begin { 0.25 } else { 0.0 };
    let (a, b) = (lines(a), lines(b));
    let shared = a.intersection(&b).count() as f32;
    if shared == 0.0 { 0.0 } else { shared / ((a.len() + b.len()) as f32 - shared) + begin }
}

/// Takes an article out of the tables and keeps its number and what the user had added.
fn take_away(change: &mut Change<'_>, hash: &[u8], gone: &Shown, lines: &Lines<'_>) -> Result<(), ArchiveError> {
    let article = record::unpack_article(&gone.record, gone.title.clone(), lines)?;
    let added: String = change
        .tx
        .prepare_cached(
            "SELECT json_object(
                'marks', json((SELECT json_array(is_read, is_flagged, read_position) FROM marks WHERE article_id = ?1)),
                'basket', json((SELECT json_array(position, added_at) FROM basket WHERE article_id = ?1)),
                'tags', json((SELECT json_group_array(tag_id) FROM article_tags WHERE article_id = ?1)),
                'note', json((SELECT json_array(text, changed_at) FROM notes WHERE article_id = ?1)))",
        )?
        .query_row([gone.id.0], |r| r.get(0))?;
    change
        .tx
        .prepare_cached("INSERT OR REPLACE INTO absent (id, content_hash, spans, added) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![gone.id.0, hash, serde_json::to_string(&Anchor::of(&article))?, added])?;
    change.attributes.kill(&[gone.slot])?;
    change.tx.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([gone.id.0])?;
    Ok(())
}

/// Gives an article that is there again what the user had added to it.
fn bring_back(change: &Change<'_>, id: ArticleId) -> Result<(), ArchiveError> {
    let added = "(SELECT added FROM absent WHERE id = ?1)";
    for sql in [
        format!(
            "INSERT INTO marks (article_id, is_read, is_flagged, read_position)
             SELECT ?1, a ->> '$.marks[0]', a ->> '$.marks[1]', a ->> '$.marks[2]' FROM (SELECT {added} AS a)
             WHERE a -> '$.marks' <> 'null'"
        ),
        format!(
            "INSERT INTO basket (article_id, position, added_at)
             SELECT ?1, a ->> '$.basket[0]', a ->> '$.basket[1]' FROM (SELECT {added} AS a)
             WHERE a -> '$.basket' <> 'null'"
        ),
        format!(
            "INSERT OR IGNORE INTO article_tags (article_id, tag_id)
             SELECT ?1, tags.id FROM json_each({added}, '$.tags') JOIN tags ON tags.id = value"
        ),
        format!(
            "INSERT INTO notes (article_id, text, changed_at)
             SELECT ?1, a ->> '$.note[0]', a ->> '$.note[1]' FROM (SELECT {added} AS a)
             WHERE a -> '$.note' <> 'null'"
        ),
        "DELETE FROM absent WHERE id = ?1".to_owned(),
    ] {
        change.tx.prepare_cached(&sql)?.execute([id.0])?;
    }
    Ok(())
}
