//! What filters, counts and orders look at, by slot: a few numbers for each article, stored in chunks of [`CHUNK`] slots
//! and held in memory while the archive is open.
//!
//! A *slot* is the number under which the text index knows an article; slots are given in the order of writing and never
//! again. An [`ArticleId`] is stable, its slot changes when its text does. A slot whose article is gone has id 0.

use super::ArchiveError;
use super::codec::{Bytes, put, put_signed};
use crate::model::{Article, Kind, YearMonth};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::HashMap;

/// Slots in one chunk.
pub(super) const CHUNK: u32 = 1024;
/// The day of an undated article: sorts before every date.
pub(super) const UNDATED: i32 = i32::MIN;

/// A list that filters offer; the number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Facet {
    Section = 1,
    Town = 2,
    Newspaper = 3,
    Page = 4,
    Byline = 5,
    Tag = 6,
    Column = 7,
}

impl Facet {
    pub(super) fn from_number(number: i64) -> Option<Self> {
        use Facet::{Byline, Column, Newspaper, Page, Section, Tag, Town};
        [Section, Town, Newspaper, Page, Byline, Tag, Column].into_iter().find(|f| *f as i64 == number)
    }
}

/// The kind of loose text, which has none.
pub(super) const NO_KIND: u8 = 0x7F;

/// What is known of one slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The article; below 0 the page whose loose text stands here ([`super::loose`]); 0 when there is nothing any more.
    pub id: i64,
    pub page: i64,
    pub position: u32,
    /// Days since 1970-01-01, or [`UNDATED`].
    pub day: i32,
    pub kind: u8,
    pub is_unsure: bool,
    /// See [`crate::search::fingerprint`].
    pub fingerprint: u64,
    /// Ids of its sections, towns, newspaper, page label, bylines, tags, column.
    pub names: Vec<u32>,
}

/// Day number of a date.
pub(super) fn day_number(date: Option<Date>) -> i32 {
    date.map_or(UNDATED, |d| {
        let days = d.since(jiff::civil::date(1970, 1, 1)).map(|span| span.get_days());
        days.unwrap_or(UNDATED)
    })
}

/// The date of a day number.
pub(super) fn date_of(day: i32) -> Option<Date> {
    if day == UNDATED {
        return None;
    }
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// Months since year 0, the step of the date tree; 0 for undated.
pub(super) fn month_number(day: i32) -> u16 {
    date_of(day).map_or(0, |d| (d.year().max(0) as u16).saturating_mul(12).saturating_add(d.month() as u16 - 1))
}

/// The month of a month number.
pub(super) fn month_of(number: u16) -> YearMonth {
    YearMonth { year: (number / 12) as i16, month: (number % 12) as i8 + 1 }
}

/// One chunk in memory, column by column.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunk {
    pub ids: Vec<i64>,
    pub pages: Vec<i64>,
    pub positions: Vec<u16>,
    pub days: Vec<i32>,
    pub months: Vec<u16>,
    pub kinds: Vec<u8>,
    pub unsure: Vec<bool>,
    pub fingerprints: Vec<u64>,
    /// Where each slot's names begin; one more than slots.
    pub starts: Vec<u32>,
    pub names: Vec<u32>,
}

impl Chunk {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    #[inline]
    pub(super) fn names_of(&self, at: usize) -> &[u32] {
        &self.names[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    pub(super) fn push(&mut self, a: &Attributes) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.ids.push(a.id);
        self.pages.push(a.page);
        self.positions.push(a.position.min(u32::from(u16::MAX)) as u16);
        self.days.push(a.day);
        // Neighbours mostly share their day: the calendar is asked once a day, not once an article.
        let month = match self.days.len().checked_sub(2).map(|i| (self.days[i], self.months[i])) {
            Some((day, month)) if day == a.day => month,
            _ => month_number(a.day),
        };
        self.months.push(month);
        self.kinds.push(a.kind);
        self.unsure.push(a.is_unsure);
        self.fingerprints.push(a.fingerprint);
        self.names.extend_from_slice(&a.names);
        self.starts.push(self.names.len() as u32);
    }

    fn get(&self, at: usize) -> Attributes {
        Attributes {
            id: self.ids[at],
            page: self.pages[at],
            position: u32::from(self.positions[at]),
            day: self.days[at],
            kind: self.kinds[at],
            is_unsure: self.unsure[at],
            fingerprint: self.fingerprints[at],
            names: self.names_of(at).to_vec(),
        }
    }

    pub(super) fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len() * 24);
        put(&mut out, self.len() as u64);
        let (mut id, mut page, mut day) = (0, 0, 0);
        for at in 0..self.len() {
            put_signed(&mut out, self.ids[at] - id);
            if self.ids[at] == 0 {
                id = 0;
                continue;
            }
            id = self.ids[at];
            put_signed(&mut out, self.pages[at] - page);
            page = self.pages[at];
            put(&mut out, u64::from(self.positions[at]));
            put_signed(&mut out, i64::from(self.days[at]) - day);
            day = i64::from(self.days[at]);
            out.push(self.kinds[at] | u8::from(self.unsure[at]) << 7);
            out.extend_from_slice(&self.fingerprints[at].to_le_bytes());
            let names = self.names_of(at);
            put(&mut out, names.len() as u64);
            names.iter().for_each(|&n| put(&mut out, u64::from(n)));
        }
        out
    }

    pub(super) fn unpack(data: &[u8]) -> Result<Self, ArchiveError> {
        Self::read(data).ok_or_else(|| ArchiveError::corrupt("attributes"))
    }

    fn read(data: &[u8]) -> Option<Self> {
        let mut bytes = Bytes::new(data);
        let len = bytes.get_len().filter(|&l| l <= CHUNK as usize)?;
        let mut chunk = Self::default();
        let mut a = dead();
        let (mut page, mut day) = (0, 0);
        for _ in 0..len {
            a.id = a.id.checked_add(bytes.get_signed()?)?;
            a.names.clear();
            if a.id == 0 {
                chunk.push(&dead());
                continue;
            }
            page += bytes.get_signed()?;
            a.page = page;
            a.position = bytes.get_u32()?;
            day += bytes.get_signed()?;
            a.day = i32::try_from(day).ok()?;
            let kind = bytes.byte()?;
            (a.kind, a.is_unsure) = (kind & 0x7F, kind & 0x80 != 0);
            a.fingerprint = u64::from_le_bytes(bytes.take(8)?.try_into().ok()?);
            for _ in 0..bytes.get_len()? {
                a.names.push(bytes.get_u32()?);
            }
            chunk.push(&a);
        }
        Some(chunk)
    }
}

/// Gives names their ids and chunks their changes, inside one transaction of the writer.
pub(super) struct AttributeWriter<'a> {
    db: &'a Connection,
    generation: i64,
    names: &'a mut HashMap<(Facet, String), u32>,
    chunks: HashMap<u32, Chunk>,
}

impl<'a> AttributeWriter<'a> {
    /// `names` is kept between transactions; forget it when one is rolled back.
    pub(super) fn new(db: &'a Connection, generation: i64, names: &'a mut HashMap<(Facet, String), u32>) -> Self {
        Self { db, generation, names, chunks: HashMap::new() }
    }

    pub(super) fn name_id(&mut self, facet: Facet, name: &str) -> Result<u32, ArchiveError> {
        if let Some(&id) = self.names.get(&(facet, name.to_owned())) {
            return Ok(id);
        }
        let known: Option<u32> = self
            .db
            .prepare_cached("SELECT id FROM names WHERE facet = ?1 AND name = ?2")?
            .query_row(params![facet as i64, name], |r| r.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                self.db
                    .prepare_cached("INSERT INTO names (facet, name) VALUES (?1, ?2)")?
                    .execute(params![facet as i64, name])?;
                u32::try_from(self.db.last_insert_rowid()).map_err(|_| ArchiveError::corrupt("names"))?
            }
        };
        self.names.insert((facet, name.to_owned()), id);
        Ok(id)
    }

    /// The ids of an article's names, sections first in their order.
    pub(super) fn names_of(
        &mut self,
        article: &Article,
        newspaper: Option<&str>,
        page_label: Option<&str>,
    ) -> Result<Vec<u32>, ArchiveError> {
        let mut all: Vec<(Facet, &str)> = Vec::with_capacity(8);
        all.extend(article.sections.iter().map(|s| (Facet::Section, s.as_str())));
        all.extend(article.towns.iter().map(|t| (Facet::Town, t.as_str())));
        all.extend(newspaper.map(|n| (Facet::Newspaper, n)));
        all.extend(page_label.map(|p| (Facet::Page, p)));
        all.extend(article.bylines.iter().map(|b| (Facet::Byline, b.name.as_str())));
        all.extend(article.column.iter().map(|c| (Facet::Column, c.as_str())));
        let mut ids = Vec::with_capacity(all.len());
        for (facet, name) in all {
            let id = self.name_id(facet, name)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Appends the next slot.
    pub(super) fn push(&mut self, slot: u32, attributes: &Attributes) -> Result<(), ArchiveError> {
        let chunk = self.chunk(slot / CHUNK)?;
        // A gap can only come from damage; the slots stay in step all the same.
        while chunk.len() < (slot % CHUNK) as usize {
            chunk.push(&dead());
        }
        chunk.push(attributes);
        Ok(())
    }

    /// Changes slots in place.
    pub(super) fn change(&mut self, slot: u32, change: impl FnOnce(&mut Attributes)) -> Result<(), ArchiveError> {
        let chunk = self.chunk(slot / CHUNK)?;
        let mut rebuilt = Chunk::default();
        let mut change = Some(change);
        for at in 0..chunk.len() {
            let mut attributes = chunk.get(at);
            if at == (slot % CHUNK) as usize
                && let Some(change) = change.take()
            {
                change(&mut attributes);
            }
            rebuilt.push(&attributes);
        }
        *chunk = rebuilt;
        Ok(())
    }

    /// Marks slots as gone.
    pub(super) fn kill(&mut self, slots: &[u32]) -> Result<(), ArchiveError> {
        let mut by_chunk: HashMap<u32, Vec<u32>> = HashMap::new();
        slots.iter().for_each(|&s| by_chunk.entry(s / CHUNK).or_default().push(s % CHUNK));
        for (number, gone) in by_chunk {
            let chunk = self.chunk(number)?;
            let mut rebuilt = Chunk::default();
            for at in 0..chunk.len() {
                let is_gone = gone.contains(&(at as u32));
                rebuilt.push(&if is_gone { dead() } else { chunk.get(at) });
            }
            *chunk = rebuilt;
        }
        Ok(())
    }

    fn chunk(&mut self, number: u32) -> Result<&mut Chunk, ArchiveError> {
        if !self.chunks.contains_key(&number) {
            let stored: Option<Vec<u8>> = self
                .db
                .prepare_cached("SELECT data FROM attributes WHERE chunk = ?1")?
                .query_row([number], |r| r.get(0))
                .optional()?;
            let chunk = stored.map_or_else(|| Ok(Chunk::default()), |data| Chunk::unpack(&data))?;
            self.chunks.insert(number, chunk);
        }
        Ok(self.chunks.entry(number).or_default())
    }

    /// Forgets the changes so far.
    pub(super) fn clear(&mut self) {
        self.chunks.clear();
    }

    /// Writes the changed chunks.
    pub(super) fn finish(self) -> Result<(), ArchiveError> {
        let mut statement = self
            .db
            .prepare_cached("INSERT OR REPLACE INTO attributes (chunk, generation, data) VALUES (?1, ?2, ?3)")?;
        for (number, chunk) in &self.chunks {
            statement.execute(params![number, self.generation, chunk.pack()])?;
        }
        Ok(())
    }
}

fn dead() -> Attributes {
    Attributes {
        id: 0,
        page: 0,
        position: 0,
        day: UNDATED,
        kind: 0,
        is_unsure: false,
        fingerprint: 0,
        names: Vec::new(),
    }
}

/// The stored number of a kind.
pub(super) fn kind_number(kind: Kind) -> u8 {
    Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u8
}

/// The kind of a stored number.
pub(super) fn kind_of(number: u8) -> Kind {
    Kind::ALL.get(usize::from(number)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_come_back_with_their_gaps() {
        let mut chunk = Chunk::default();
        let live = Attributes {
            id: 70_000,
            page: 9,
            position: 3,
            day: day_number(Some(jiff::civil::date(2023, 1, 9))),
            kind: 2,
            is_unsure: true,
            fingerprint: u64::MAX - 5,
            names: vec![4, 1, 900],
        };
        [&live, &dead(), &Attributes { id: 3, day: UNDATED, ..live.clone() }].into_iter().for_each(|a| chunk.push(a));
        let back = Chunk::unpack(&chunk.pack()).unwrap();
        assert_eq!(back.get(0), live);
        assert_eq!(back.get(1), dead());
        assert_eq!((back.get(2).id, back.get(2).day), (3, UNDATED));
        assert_eq!(month_of(back.months[0]), YearMonth { year: 2023, month: 1 });
        assert_eq!(date_of(back.days[0]).unwrap().to_string(), "2023-01-09");
        assert!(Chunk::unpack(&[200, 1, 2]).is_err());
    }
}
