//! The archive's attributes as they stood at one commit: loaded once, refreshed chunk by chunk, shared by all readers of
//! an archive.

use super::ArchiveError;
use super::attributes::{CHUNK, Chunk, Facet, UNDATED};
use super::bits::Bits;
use super::index::Segments;
use crate::search::Term;
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Everything that is held in memory, as of one generation.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// Counts the commits that changed articles or the index.
    pub generation: i64,
    /// Slots given so far.
    pub limit: u32,
    pub chunks: Vec<Arc<Chunk>>,
    /// Slots that hold an article.
    pub live: Arc<Bits>,
    /// Slots that hold loose text.
    pub loose: Arc<Bits>,
    /// Live slots, newest first, undated last.
    pub order: Arc<Vec<u32>>,
    /// The text index's segments.
    pub segments: Arc<Segments>,
    pub names: Arc<Names>,
    /// Sets that were found in this state.
    pub memo: Arc<Memo>,
}

/// What a remembered set answers.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    /// Slots that hold a term.
    Term(Term),
    /// Slots that carry one of these names.
    Names(Vec<u32>),
}

/// Sets that are asked for again and again while somebody types and clicks: frequent terms, the chosen filters.
#[derive(Default)]
pub(super) struct Memo {
    sets: Mutex<HashMap<Asked, Arc<Bits>>>,
}

/// Sets that are remembered: eight megabytes at half a million articles.
const MAX_SETS: usize = 128;

impl Memo {
    pub(super) fn get(&self, asked: &Asked) -> Option<Arc<Bits>> {
        self.sets.lock().unwrap_or_else(PoisonError::into_inner).get(asked).cloned()
    }

    pub(super) fn keep(&self, asked: Asked, set: Arc<Bits>) {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if sets.len() >= MAX_SETS {
            sets.clear();
        }
        sets.insert(asked, set);
    }

    pub(super) fn forget(&self) {
        self.sets.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The names that filters list, by id.
#[derive(Clone, Default)]
pub(super) struct Names {
    entries: Vec<Option<(Facet, String)>>,
}

impl Names {
    pub(super) fn get(&self, id: u32) -> Option<(Facet, &str)> {
        self.entries.get(id as usize)?.as_ref().map(|(f, n)| (*f, n.as_str()))
    }

    pub(super) fn limit(&self) -> usize {
        self.entries.len()
    }

    /// Every name of a facet.
    pub(super) fn of(&self, facet: Facet) -> impl Iterator<Item = (u32, &str)> {
        self.entries.iter().enumerate().filter_map(move |(id, entry)| match entry {
            Some((f, name)) if *f == facet => Some((id as u32, name.as_str())),
            _ => None,
        })
    }

    fn load_more(&mut self, db: &Connection) -> Result<(), ArchiveError> {
        let mut statement = db.prepare_cached("SELECT id, facet, name FROM names WHERE id >= ?1 ORDER BY id")?;
        let mut rows = statement.query([self.entries.len() as i64])?;
        while let Some(row) = rows.next()? {
            let id = row.get::<_, u32>(0)? as usize;
            if let Some(facet) = Facet::from_number(row.get(1)?) {
                self.entries.resize(id, None);
                self.entries.push(Some((facet, row.get(2)?)));
            }
        }
        Ok(())
    }
}

impl Snapshot {
    #[inline]
    pub(super) fn at(&self, slot: u32) -> (&Chunk, usize) {
        (&self.chunks[(slot / CHUNK) as usize], (slot % CHUNK) as usize)
    }

    pub(super) fn day(&self, slot: u32) -> i32 {
        let (chunk, at) = self.at(slot);
        chunk.days[at]
    }

    pub(super) fn id(&self, slot: u32) -> i64 {
        let (chunk, at) = self.at(slot);
        chunk.ids[at]
    }

    /// Position in the newest-first order, as a key.
    pub(super) fn key(&self, slot: u32) -> (std::cmp::Reverse<i32>, i64, u16, u32) {
        let (chunk, at) = self.at(slot);
        (std::cmp::Reverse(chunk.days[at]), chunk.pages[at], chunk.positions[at], slot)
    }

    /// The same in the oldest-first order: undated last here too.
    pub(super) fn oldest_first(&self) -> impl Iterator<Item = u32> + '_ {
        let dated = self.order.partition_point(|&s| self.day(s) != UNDATED);
        // Days backwards, but within a day the page's own order.
        let mut days: Vec<&[u32]> = self.order[..dated].chunk_by(|&a, &b| self.day(a) == self.day(b)).collect();
        days.reverse();
        days.into_iter().flatten().chain(&self.order[dated..]).copied()
    }

    fn load(db: &Connection, generation: i64, old: Option<&Self>) -> Result<Self, ArchiveError> {
        let mut chunks: Vec<Arc<Chunk>> = old.map(|o| o.chunks.clone()).unwrap_or_default();
        let mut changed = vec![false; chunks.len()];
        let since = old.map_or(-1, |o| o.generation);
        let mut statement =
            db.prepare_cached("SELECT chunk, data FROM attributes WHERE generation > ?1 ORDER BY chunk")?;
        let mut rows = statement.query([since])?;
        while let Some(row) = rows.next()? {
            let number = row.get::<_, u32>(0)? as usize;
            let data = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            while chunks.len() <= number {
                chunks.push(Arc::default());
                changed.push(true);
            }
            chunks[number] = Arc::new(Chunk::unpack(data)?);
            changed[number] = true;
        }
        let limit = chunks.last().map_or(0, |last| (chunks.len() as u32 - 1) * CHUNK + last.len() as u32);
        let mut names = old.map(|o| (*o.names).clone()).unwrap_or_default();
        names.load_more(db)?;
        let segments = Segments::load(db, old.map(|o| &*o.segments))?;
        let mut snapshot = Self {
            generation,
            limit,
            chunks,
            live: Arc::default(),
            loose: Arc::default(),
            order: Arc::default(),
            segments: Arc::new(segments),
            names: Arc::new(names),
            memo: Arc::default(),
        };
        snapshot.sort(old, &changed);
        Ok(snapshot)
    }

    /// Orders the live slots: what is known from before stays as it is, changed chunks are sorted and merged in.
    fn sort(&mut self, old: Option<&Self>, changed: &[bool]) {
        let mut live = Bits::none(self.limit);
        let mut loose = Bits::none(self.limit);
        let mut fresh = Vec::new();
        for (number, chunk) in self.chunks.iter().enumerate() {
            for at in 0..chunk.len() {
                let slot = number as u32 * CHUNK + at as u32;
                if chunk.ids[at] <= 0 {
                    if chunk.ids[at] < 0 {
                        loose.insert(slot);
                    }
                    continue;
                }
                live.insert(slot);
                if changed[number] {
                    fresh.push(slot);
                }
            }
        }
        let mut order: Vec<u32> = old
            .map(|o| o.order.iter().copied().filter(|s| !changed[(s / CHUNK) as usize]).collect())
            .unwrap_or_default();
        // An import in the order of days is one descending run, which the sort recognises.
        fresh.reverse();
        order.extend(fresh);
        order.sort_by_cached_key(|&s| self.key(s));
        self.live = Arc::new(live);
        self.loose = Arc::new(loose);
        self.order = Arc::new(order);
    }
}

/// Where the readers of one archive keep the newest snapshot.
#[derive(Clone, Default)]
pub(super) struct Shared {
    newest: Arc<Mutex<Option<Arc<Snapshot>>>>,
}

impl Shared {
    /// The snapshot of the state that `db` sees now; call it inside a transaction.
    pub(super) fn current(&self, db: &Connection) -> Result<Arc<Snapshot>, ArchiveError> {
        let generation: i64 =
            db.prepare_cached("SELECT value FROM meta WHERE key = 'generation'")?.query_row([], |r| r.get(0))?;
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        match &*newest {
            Some(known) if known.generation == generation => return Ok(known.clone()),
            // Another reader is ahead of this one's transaction: it needs the state it sees, and does not keep it.
            Some(known) if known.generation > generation => {
                return Ok(Arc::new(Snapshot::load(db, generation, None)?));
            }
            _ => {}
        }
        let loaded = Arc::new(Snapshot::load(db, generation, newest.as_deref())?);
        *newest = Some(loaded.clone());
        Ok(loaded)
    }
}
