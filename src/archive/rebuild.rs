//! New articles in place of old ones, from the stored text: after an engine upgrade or new hints.

use super::attributes::day_number;
use super::ready::{Indexed, PackedArticle};
use super::record::Lines;
use super::rows::PageFacts;
use super::writer::{Archive, Change, Place};
use super::{ArchiveError, mending, record, rows};
use crate::model::{Article, ArticleId, FiledPage, PageId};
use rayon::prelude::*;
use rusqlite::params;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How much of their lines two articles must share to be the same one.
const SAME: f32 = 0.3;

/// An article that is stored.
struct Stored {
    id: ArticleId,
    slot: u32,
    article: Article,
}

/// What new articles in place of old ones changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// Pages on which something is different now.
    pub pages: u64,
    /// Articles that were not there.
    pub new: u64,
    /// Articles that are there as before, with something different.
    pub different: u64,
    /// Articles that are there no longer.
    pub gone: u64,
}

impl Replaced {
    /// Adds what changed elsewhere.
    pub fn add(&mut self, other: Self) {
        self.pages += other.pages;
        self.new += other.new;
        self.different += other.different;
        self.gone += other.gone;
    }

    /// What changed on one page.
    fn between(old: &[Stored], now: &[Stored]) -> Self {
        let find = |among: &[Stored], id: ArticleId| among.iter().position(|stored| stored.id == id);
        let count =
            |among: &[Stored], is_it: &dyn Fn(&Stored) -> bool| among.iter().filter(|s| is_it(s)).count() as u64;
        let new = count(now, &|stored| find(old, stored.id).is_none());
        let gone = count(old, &|stored| find(now, stored.id).is_none());
        let different = count(now, &|stored| find(old, stored.id).is_some_and(|at| old[at].article != stored.article));
        Self { pages: u64::from(new + gone + different > 0), new, different, gone }
    }
}

impl Archive {
    /// Puts newly made articles in place of a page's old ones. An article that is recognisably the same (its lines, its
    /// headline) keeps its id, and with it its marks, tags and notes. The page's text stays what it is.
    pub fn replace_pages(&mut self, pages: &[(PageId, FiledPage)]) -> Result<Replaced, ArchiveError> {
        let prepared: Vec<Vec<PackedArticle>> = pages
            .par_iter()
            .map(|(_, filed)| {
                let lines = Lines::of(&filed.dump.text);
                filed.page.articles.iter().map(|a| PackedArticle::of(a, &lines)).collect()
            })
            .collect();
        let describe = self.describe.clone();
        self.change(|change| {
            let mut replaced = Replaced::default();
            for ((id, filed), prepared) in pages.iter().zip(&prepared) {
                let old = stored_articles(change, *id)?;
                replace_facts(change, *id, filed)?;
                if mending::is_mended(change, &filed.dump.content_hash)? {
                    mending::file(change, *id, filed, describe.as_deref())?;
                } else {
                    replace_page(change, *id, filed, prepared, &old)?;
                }
                replaced.add(Replaced::between(&old, &stored_articles(change, *id)?));
            }
            Ok(replaced)
        })
    }
}

impl Archive {
    /// Makes the index and the attributes anew from the articles; returns how many there are. All of it or nothing.
    pub fn repair(&mut self) -> Result<u64, ArchiveError> {
        let count = self.change(|change| {
            change.start_over()?;
            // In the order of days: what is listed together is stored together.
            let all: Vec<(i64, i64)> = change
                .tx
                .prepare("SELECT a.id, p.id FROM articles a JOIN pages p ON p.id = a.page_id ORDER BY p.date IS NULL, p.date, p.id, a.position")?
                .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let mut waiting: Vec<Waiting> = Vec::new();
            for page in all.chunk_by(|a, b| a.1 == b.1) {
                load_page(change, PageId(page[0].1), &mut waiting)?;
                if waiting.len() >= 1_000 {
                    index_waiting(change, &mut waiting)?;
                }
            }
            index_waiting(change, &mut waiting)?;
            change.index_all_loose()?;
            Ok(all.len() as u64)
        })?;
        self.tidy_up()?;
        Ok(count)
    }
}

/// An article that waits for its new slot.
struct Waiting {
    id: ArticleId,
    article: Article,
    page: PageId,
    position: u32,
    newspaper: Option<String>,
    page_label: Option<String>,
    day: i32,
}

fn load_page(change: &Change<'_>, page: PageId, out: &mut Vec<Waiting>) -> Result<(), ArchiveError> {
    let (text, newspaper, page_label, date): (Vec<u8>, Option<String>, Option<String>, Option<String>) = change
        .tx
        .prepare_cached("SELECT text, newspaper, page_label, date FROM pages WHERE id = ?1")?
        .query_row([page.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    let text = record::unpack_text(&text)?;
    let lines = Lines::of(&text);
    let mut statement = change
        .tx
        .prepare_cached("SELECT id, position, title, record FROM articles WHERE page_id = ?1 ORDER BY position, id")?;
    let mut rows = statement.query([page.0])?;
    while let Some(row) = rows.next()? {
        let blob = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        out.push(Waiting {
            id: ArticleId(row.get(0)?),
            article: record::unpack_article(blob, row.get(2)?, &lines)?,
            page,
            position: row.get(1)?,
            newspaper: newspaper.clone(),
            page_label: page_label.clone(),
            day: day_number(rows::date(date.clone())),
        });
    }
    Ok(())
}

fn index_waiting(change: &mut Change<'_>, waiting: &mut Vec<Waiting>) -> Result<(), ArchiveError> {
    let indexed: Vec<Indexed> = waiting.par_iter().map(|w| Indexed::of(&w.article)).collect();
    for (w, indexed) in waiting.drain(..).zip(&indexed) {
        let place = Place {
            page: w.page,
            position: w.position,
            newspaper: w.newspaper.as_deref(),
            page_label: w.page_label.as_deref(),
            day: w.day,
        };
        change.reindex(w.id, place, &w.article, indexed)?;
    }
    Ok(())
}

fn replace_facts(change: &Change<'_>, page: PageId, filed: &FiledPage) -> Result<(), ArchiveError> {
    let facts = serde_json::to_string(&PageFacts::of(&filed.page, &filed.dump.hints))?;
    let changed = change.tx.execute(
        "UPDATE pages SET newspaper = ?2, page_label = ?3, date = ?4, engine_version = ?5, facts = ?6 WHERE id = ?1",
        params![
            page.0,
            filed.page.newspaper,
            filed.page.page_label,
            filed.page.date.best.map(|d| d.to_string()),
            filed.engine_version,
            facts
        ],
    )?;
    if changed == 0 {
        return Err(ArchiveError::Missing { what: "page", id: page.0 });
    }
    Ok(())
}

fn replace_page(
    change: &mut Change<'_>,
    page: PageId,
    filed: &FiledPage,
    prepared: &[PackedArticle],
    old: &[Stored],
) -> Result<(), ArchiveError> {
    change.refresh_loose(page)?;
    let slots: Vec<u32> = old.iter().map(|o| o.slot).collect();
    change.attributes.kill(&slots)?;
    let articles: Vec<(ArticleId, &Article)> = old.iter().map(|o| (o.id, &o.article)).collect();
    let kept = pair(&articles, &filed.page.articles);
    for gone in old.iter().filter(|o| !kept.values().any(|id| *id == o.id)) {
        change.tx.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([gone.id.0])?;
    }
    for (position, (article, ready)) in filed.page.articles.iter().zip(prepared).enumerate() {
        let place = Place::on(page, &filed.page, position);
        match kept.get(&position) {
            Some(&id) => change.update_article(id, place, article, ready)?,
            None => {
                change.insert_article(place, article, ready)?;
            }
        }
    }
    Ok(())
}

fn stored_articles(change: &Change<'_>, page: PageId) -> Result<Vec<Stored>, ArchiveError> {
    let text: Vec<u8> = change.tx.query_row("SELECT text FROM pages WHERE id = ?1", [page.0], |r| r.get(0))?;
    let text = record::unpack_text(&text)?;
    let lines = Lines::of(&text);
    let mut statement = change
        .tx
        .prepare_cached("SELECT id, slot, title, record FROM articles WHERE page_id = ?1 ORDER BY position, id")?;
    let mut rows = statement.query([page.0])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let blob = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        let article = record::unpack_article(blob, row.get(2)?, &lines)?;
        out.push(Stored { id: ArticleId(row.get(0)?), slot: row.get(1)?, article });
    }
    Ok(out)
}

/// Which new article (by position) goes on under which old id: the likest pairs first.
pub(super) fn pair(old: &[(ArticleId, &Article)], new: &[Article]) -> HashMap<usize, ArticleId> {
    let lines = |a: &Article| a.spans.iter().flat_map(|s| s.range().lines()).collect::<HashSet<u32>>();
    let old_lines: Vec<HashSet<u32>> = old.iter().map(|o| lines(o.1)).collect();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (n, article) in new.iter().enumerate() {
        let new_lines = lines(article);
        for (o, stored) in old.iter().enumerate() {
            let shared = old_lines[o].intersection(&new_lines).count() as f32;
            let all = (old_lines[o].len() + new_lines.len()) as f32 - shared;
            let overlap = if all > 0.0 { shared / all } else { 0.0 };
            let same_title = if stored.1.title == article.title { 0.4 } else { 0.0 };
            if overlap + same_title >= SAME {
                pairs.push((overlap + same_title, o, n));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut used = HashSet::new();
    let mut out = HashMap::new();
    for (_, o, n) in pairs {
        if !out.contains_key(&n) && used.insert(o) {
            out.insert(n, old[o].0);
        }
    }
    out
}
