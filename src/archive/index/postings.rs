//! Entries of a segment: reading the stream, decoding slots and positions.

use super::{Gram, LEAF_BITS, LEAF_BYTES, Segment};
use crate::archive::ArchiveError;
use crate::archive::codec::{Bytes, put};
use rusqlite::Connection;

/// The slots of one gram in one segment, and where it stands in each.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// How many slots.
    pub docs: u32,
    /// First slot of the segment: the slots are stored as distances from it.
    pub first: u32,
    doc_bytes: Vec<u8>,
    position_bytes: Vec<u8>,
}

impl Postings {
    /// Calls `each` with every slot, ascending.
    pub(super) fn each_slot(&self, mut each: impl FnMut(u32)) {
        let mut docs = Docs::new(self);
        while let Some((slot, _)) = docs.next() {
            each(slot);
        }
    }

    pub(super) fn walk(&self) -> Walk<'_> {
        Walk { docs: Docs::new(self), positions: Bytes::new(&self.position_bytes), pending: 0 }
    }
}

/// Slots with the number of positions in each.
struct Docs<'a> {
    bytes: Bytes<'a>,
    slot: u64,
}

impl<'a> Docs<'a> {
    fn new(postings: &'a Postings) -> Self {
        Self { bytes: Bytes::new(&postings.doc_bytes), slot: u64::from(postings.first) }
    }

    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        let head = self.bytes.get()?;
        self.slot = self.slot.wrapping_add(head >> 1);
        let times = if head & 1 == 0 { 1 } else { self.bytes.get_u32()? };
        Some((self.slot as u32, times))
    }
}

/// Walks slots and positions side by side.
pub(super) struct Walk<'a> {
    docs: Docs<'a>,
    positions: Bytes<'a>,
    /// Positions of the current slot that were not read.
    pending: u32,
}

impl Walk<'_> {
    /// The next slot.
    #[inline]
    pub(super) fn next_slot(&mut self) -> Option<u32> {
        for _ in 0..self.pending {
            self.positions.get()?;
        }
        let (slot, times) = self.docs.next()?;
        self.pending = times;
        Some(slot)
    }

    /// The current slot's positions, appended to `out`.
    #[inline]
    pub(super) fn read_positions(&mut self, out: &mut Vec<u32>) {
        let mut position = 0u32;
        for _ in 0..std::mem::take(&mut self.pending) {
            let Some(step) = self.positions.get_u32() else { return };
            position = position.wrapping_add(step);
            out.push(position);
        }
    }
}

/// Collects one gram's slots and positions into bytes.
#[derive(Default)]
pub(super) struct Encoder {
    doc_bytes: Vec<u8>,
    position_bytes: Vec<u8>,
    docs: u32,
    /// Last slot written, from which the next distance counts.
    last_slot: u32,
}

impl Encoder {
    pub(super) fn start(&mut self, first: u32) {
        self.doc_bytes.clear();
        self.position_bytes.clear();
        self.docs = 0;
        self.last_slot = first;
    }

    pub(super) fn push(&mut self, slot: u32, positions: impl ExactSizeIterator<Item = u32>) {
        let times = positions.len() as u64;
        let distance = u64::from(slot - self.last_slot);
        put(&mut self.doc_bytes, distance << 1 | u64::from(times != 1));
        if times != 1 {
            put(&mut self.doc_bytes, times);
        }
        let mut last = 0;
        for position in positions {
            put(&mut self.position_bytes, u64::from(position - last));
            last = position;
        }
        self.last_slot = slot;
        self.docs += 1;
    }

    /// A slot without positions (for characters filed alone).
    pub(super) fn push_alone(&mut self, slot: u32) {
        put(&mut self.doc_bytes, u64::from(slot - self.last_slot) << 1);
        self.last_slot = slot;
        self.docs += 1;
    }

    /// Appends a later segment's postings of the same gram.
    pub(super) fn append(&mut self, later: &Postings) {
        let mut bytes = Bytes::new(&later.doc_bytes);
        let Some(head) = bytes.get() else { return };
        let head_len = {
            let mut probe = Vec::new();
            put(&mut probe, head);
            probe.len()
        };
        let slot = u64::from(later.first) + (head >> 1);
        put(&mut self.doc_bytes, (slot - u64::from(self.last_slot)) << 1 | head & 1);
        self.doc_bytes.extend_from_slice(&later.doc_bytes[head_len..]);
        self.position_bytes.extend_from_slice(&later.position_bytes);
        self.docs += later.docs;
        later.each_slot(|slot| self.last_slot = slot);
    }

    pub(super) fn parts(&self) -> (u32, &[u8], &[u8]) {
        (self.docs, &self.doc_bytes, &self.position_bytes)
    }
}

/// Reads a segment's stream from some offset on.
pub(super) struct Cursor<'a> {
    db: &'a Connection,
    segment: &'a Segment,
    /// Bytes read and not yet consumed begin at `buffer[at]`.
    buffer: Vec<u8>,
    at: usize,
    next_leaf: u64,
    gram: Gram,
    /// Set when the cursor stands on an anchor: its gram is known, the stored distance is not needed.
    anchored: bool,
    offset: u64,
}

/// What stands before an entry's bytes.
pub(super) struct Header {
    pub gram: Gram,
    pub docs: u32,
    doc_len: usize,
    position_len: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor on the last anchor whose gram is not above `gram` (or on the first one).
    pub(super) fn before(db: &'a Connection, segment: &'a Segment, gram: Gram) -> Result<Option<Self>, ArchiveError> {
        let index = segment.anchors.partition_point(|a| a.0 <= gram).saturating_sub(1);
        let Some(&(anchor, offset)) = segment.anchors.get(index) else { return Ok(None) };
        let leaf = offset / LEAF_BYTES as u64;
        let mut cursor = Self {
            db,
            segment,
            buffer: Vec::new(),
            at: (offset % LEAF_BYTES as u64) as usize,
            next_leaf: leaf,
            gram: anchor,
            anchored: true,
            offset,
        };
        cursor.fill(0)?;
        Ok(Some(cursor))
    }

    /// Sees to it that `len` unread bytes are in the buffer, unless the stream ends before.
    fn fill(&mut self, len: usize) -> Result<(), ArchiveError> {
        while self.buffer.len() < self.at + len.max(1) && self.next_leaf * (LEAF_BYTES as u64) < self.segment.len {
            if self.at > 4 * LEAF_BYTES && self.at <= self.buffer.len() {
                self.buffer.drain(..self.at);
                self.at = 0;
            }
            let id = self.segment.id << LEAF_BITS | self.next_leaf as i64;
            let mut statement = self.db.prepare_cached("SELECT data FROM leaves WHERE id = ?1")?;
            let mut rows = statement.query([id])?;
            let row = rows.next()?.ok_or_else(|| ArchiveError::corrupt("an index leaf is missing"))?;
            self.buffer.extend_from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
            self.next_leaf += 1;
        }
        Ok(())
    }

    /// The next entry's header; `None` at the end.
    pub(super) fn header(&mut self) -> Result<Option<Header>, ArchiveError> {
        if self.offset >= self.segment.len {
            return Ok(None);
        }
        self.fill(40)?;
        let before = self.buffer.len() - self.at;
        let mut bytes = Bytes::new(&self.buffer[self.at..]);
        let read = || ArchiveError::corrupt("an index entry");
        let step = bytes.get().ok_or_else(read)?;
        if !std::mem::take(&mut self.anchored) {
            self.gram = self.gram.checked_add(step).ok_or_else(read)?;
        }
        let docs = bytes.get_u32().ok_or_else(read)?;
        let doc_len = bytes.get_len().ok_or_else(read)?;
        let position_len = bytes.get_len().ok_or_else(read)?;
        let used = before - bytes.left();
        self.at += used;
        self.offset += used as u64;
        if self.offset + doc_len as u64 + position_len as u64 > self.segment.len {
            return Err(read());
        }
        Ok(Some(Header { gram: self.gram, docs, doc_len, position_len }))
    }

    /// Steps over an entry.
    pub(super) fn skip(&mut self, header: &Header) -> Result<(), ArchiveError> {
        let len = header.doc_len + header.position_len;
        self.offset += len as u64;
        let in_buffer = self.buffer.len() - self.at;
        if len <= in_buffer {
            self.at += len;
            return Ok(());
        }
        // Leaves that lie wholly inside the entry are not read.
        self.next_leaf = self.offset / LEAF_BYTES as u64;
        self.buffer.clear();
        self.at = (self.offset % LEAF_BYTES as u64) as usize;
        Ok(())
    }

    /// Reads an entry's bytes; the positions only if wanted.
    pub(super) fn read(&mut self, header: &Header, with_positions: bool) -> Result<Postings, ArchiveError> {
        let len = header.doc_len + if with_positions { header.position_len } else { 0 };
        self.fill(len)?;
        let bytes = self.buffer.get(self.at..self.at + len).ok_or_else(|| ArchiveError::corrupt("an index entry"))?;
        let (doc_bytes, position_bytes) = bytes.split_at(header.doc_len);
        let postings = Postings {
            docs: header.docs,
            first: self.segment.first,
            doc_bytes: doc_bytes.to_vec(),
            position_bytes: position_bytes.to_vec(),
        };
        self.skip(header)?;
        Ok(postings)
    }
}

/// One gram's postings in one segment.
pub(super) fn lookup(
    db: &Connection,
    segment: &Segment,
    gram: Gram,
    with_positions: bool,
) -> Result<Option<Postings>, ArchiveError> {
    let Some(mut cursor) = Cursor::before(db, segment, gram)? else { return Ok(None) };
    while let Some(header) = cursor.header()? {
        if header.gram == gram {
            return cursor.read(&header, with_positions).map(Some);
        }
        if header.gram > gram {
            break;
        }
        cursor.skip(&header)?;
    }
    Ok(None)
}
