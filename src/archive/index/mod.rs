//! The text index: which slots hold which overlapping pairs of characters, and where.
//!
//! Every pair of neighbouring folded characters of a unit (a paragraph, a name) is a *gram* with its positions; a
//! character at the end of a unit is paired with [`END`]; every character is also filed alone, without positions, so that
//! one typed character is one lookup; the first character of a Latin word or number is filed with [`START`] for `cov*`.
//! A typed text of n characters is found where its pairs stand at the right distances: exactly where a literal scan of the
//! folded text finds it, with no word list having a say.
//!
//! Why not SQLite's FTS5: its row walk (some 120 ns a hit) cannot count half of a large archive in the time between two
//! keystrokes, a one-character prefix merges thousands of lists, and its tokenizers cannot be written without unsafe
//! code. Here a hit costs a few nanoseconds, so that every total is exact; benches/README.md has the figures.
//!
//! Storage: immutable *segments* over ascending, disjoint ranges of slots, written in the transaction of the articles
//! they index and merged when they get many. A segment is a stream of entries ordered by gram, cut into leaves of one
//! database page; a directory of anchors (first gram that begins in each leaf) is kept in memory.

mod bitio;
mod build;
mod find;
mod merge;
mod postings;

pub(super) use build::{Grams, write_segment};
pub(super) use find::Finder;
pub(super) use merge::{merge_all, merge_tail};

use super::ArchiveError;
use super::codec::{Bytes, put};
use crate::search::Field;
use postings::Encoder;
use rusqlite::{Connection, params};
use std::sync::Arc;

/// Number of this index's format; an archive with another one is indexed anew.
pub(super) const FORMAT: i64 = 1;

/// Bytes of a leaf: with its cell's header it fills one database page of 8,192 bytes.
const LEAF_BYTES: usize = 8150;
/// Leaves of one segment have ids from `segment << LEAF_BITS` on.
const LEAF_BITS: u32 = 24;

/// Second character of a gram that stands for the first one alone.
const ALONE: u32 = 0;
/// First character of a gram that marks the beginning of a Latin word or number. No folded text holds it.
const START: u32 = 1;
/// Second character of the gram of a unit's last character. No folded text holds it.
const END: u32 = 2;

/// Field and two characters.
pub(super) type Gram = u64;

fn gram(field: Field, first: u32, second: u32) -> Gram {
    let field = match field {
        Field::Title => 0u64,
        Field::Byline => 1,
        Field::Any | Field::Body => 2,
    };
    field << (2 * CHAR_BITS) | u64::from(first) << CHAR_BITS | u64::from(second)
}

/// Bits of a character in a gram.
const CHAR_BITS: u32 = 21;

/// Whether `gram`'s first character is `first`.
fn begins_with(gram: Gram, first: u32) -> bool {
    gram >> CHAR_BITS & 0x1F_FFFF == u64::from(first)
}

/// Whether `gram`'s second character is `second`.
fn is_of(gram: Gram, second: u32) -> bool {
    gram & 0x1F_FFFF == u64::from(second)
}

/// One segment's place and directory.
#[derive(Debug)]
pub(super) struct Segment {
    pub id: i64,
    /// First slot.
    pub first: u32,
    /// After the last slot.
    pub end: u32,
    /// Length of the stream.
    len: u64,
    /// Gram and offset of the first entry that begins in each leaf (leaves inside a long entry have none).
    anchors: Vec<(Gram, u64)>,
}

impl Segment {
    fn slots(&self) -> u32 {
        self.end - self.first
    }

    fn pack_directory(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.anchors.len() * 6);
        put(&mut out, self.len);
        let (mut gram, mut offset) = (0, 0);
        for &(g, o) in &self.anchors {
            put(&mut out, g - gram);
            put(&mut out, o - offset);
            (gram, offset) = (g, o);
        }
        out
    }

    fn unpack(id: i64, first: u32, end: u32, directory: &[u8]) -> Option<Self> {
        let mut bytes = Bytes::new(directory);
        let len = bytes.get()?;
        let mut anchors = Vec::new();
        let (mut gram, mut offset) = (0u64, 0u64);
        while !bytes.is_empty() {
            gram = gram.checked_add(bytes.get()?)?;
            offset = offset.checked_add(bytes.get()?)?;
            anchors.push((gram, offset));
        }
        (first <= end).then_some(Self { id, first, end, len, anchors })
    }
}

/// All segments of one state of the archive, by slot.
#[derive(Debug, Default)]
pub(super) struct Segments {
    list: Vec<Arc<Segment>>,
}

impl Segments {
    /// Reads the directories; those that `old` knows are not read again.
    pub(super) fn load(db: &Connection, old: Option<&Self>) -> Result<Self, ArchiveError> {
        let mut list = Vec::new();
        let mut statement =
            db.prepare_cached("SELECT id, first_slot, end_slot, directory FROM segments ORDER BY first_slot")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if let Some(known) = old.and_then(|o| o.list.iter().find(|s| s.id == id)) {
                list.push(known.clone());
                continue;
            }
            let directory = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
            let segment = Segment::unpack(id, row.get(1)?, row.get(2)?, directory)
                .ok_or_else(|| ArchiveError::corrupt("index directory"))?;
            list.push(Arc::new(segment));
        }
        Ok(Self { list })
    }

    /// Whether the segments cover the slots `0..limit` without gap or overlap.
    pub(super) fn cover(&self, limit: u32) -> bool {
        let mut at = 0;
        self.list.iter().all(|s| std::mem::replace(&mut at, s.end) == s.first) && at == limit
    }
}

/// Throws the whole index away.
pub(super) fn clear(db: &Connection) -> Result<(), ArchiveError> {
    db.execute_batch("DELETE FROM segments; DELETE FROM leaves;")?;
    db.execute("UPDATE meta SET value = ?1 WHERE key = 'index_format'", [FORMAT])?;
    Ok(())
}

/// Writes a segment's stream, leaf by leaf, and notes its anchors.
struct SegmentWriter<'a> {
    db: &'a Connection,
    segment: Segment,
    buffer: Vec<u8>,
    leaves: i64,
    last_gram: Gram,
    anchored_leaf: Option<u64>,
}

impl<'a> SegmentWriter<'a> {
    fn new(db: &'a Connection, first: u32, end: u32) -> Result<Self, ArchiveError> {
        db.prepare_cached("INSERT INTO segments (first_slot, end_slot, directory) VALUES (?1, ?2, x'')")?
            .execute(params![first, end])?;
        let id = db.last_insert_rowid();
        Ok(Self {
            db,
            segment: Segment { id, first, end, len: 0, anchors: Vec::new() },
            buffer: Vec::with_capacity(4 * LEAF_BYTES),
            leaves: 0,
            last_gram: 0,
            anchored_leaf: None,
        })
    }

    /// Appends the entry that `encoder` collected.
    fn entry(&mut self, gram: Gram, encoder: &mut Encoder) -> Result<(), ArchiveError> {
        let offset = self.leaves as u64 * LEAF_BYTES as u64 + self.buffer.len() as u64;
        let leaf = offset / LEAF_BYTES as u64;
        if self.anchored_leaf != Some(leaf) {
            self.anchored_leaf = Some(leaf);
            self.segment.anchors.push((gram, offset));
        }
        let (docs, parameters, doc_bytes, position_bytes) = encoder.finish(self.segment.first);
        put(&mut self.buffer, gram - self.last_gram);
        put(&mut self.buffer, u64::from(docs));
        self.buffer.push(parameters);
        put(&mut self.buffer, doc_bytes.len() as u64);
        put(&mut self.buffer, position_bytes.len() as u64);
        self.buffer.extend_from_slice(doc_bytes);
        self.buffer.extend_from_slice(position_bytes);
        self.last_gram = gram;
        self.flush(LEAF_BYTES)
    }

    fn flush(&mut self, at_least: usize) -> Result<(), ArchiveError> {
        if self.buffer.len() < at_least {
            return Ok(());
        }
        let mut insert = self.db.prepare_cached("INSERT INTO leaves (id, data) VALUES (?1, ?2)")?;
        let whole =
            if at_least == LEAF_BYTES { self.buffer.len() / LEAF_BYTES * LEAF_BYTES } else { self.buffer.len() };
        for leaf in self.buffer[..whole].chunks(LEAF_BYTES) {
            insert.execute(params![self.segment.id << LEAF_BITS | self.leaves, leaf])?;
            self.leaves += 1;
        }
        self.segment.len += whole as u64;
        self.buffer.drain(..whole);
        Ok(())
    }

    fn finish(mut self) -> Result<Segment, ArchiveError> {
        self.flush(1)?;
        self.db
            .prepare_cached("UPDATE segments SET directory = ?2 WHERE id = ?1")?
            .execute(params![self.segment.id, self.segment.pack_directory()])?;
        Ok(self.segment)
    }
}
