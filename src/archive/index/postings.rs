//! Entries of a segment: reading the stream, decoding slots and positions.

use super::bitio::{BitReader, BitWriter, fitting_k};
use super::{ALONE, Gram, LEAF_BITS, LEAF_BYTES, Segment, is_of};
use crate::archive::ArchiveError;
use crate::archive::codec::Bytes;
use rusqlite::Connection;

/// The slots of one gram in one segment, and where it stands in each.
///
/// Two bit streams: distances between slots, each with a flag (and, where it is set, a number) saying how often the gram
/// stands there; and distances between its positions. A character filed [`super::ALONE`] has slots only.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    /// How many slots.
    pub docs: u32,
    /// First slot of the segment: the slots are stored as distances from it.
    first: u32,
    is_alone: bool,
    /// The Rice parameters of slots and positions.
    slot_k: u32,
    position_k: u32,
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
        Walk {
            docs: Docs::new(self),
            positions: BitReader::new(&self.position_bytes),
            position_k: self.position_k,
            pending: 0,
        }
    }
}

/// Slots with the number of positions in each.
struct Docs<'a> {
    bits: BitReader<'a>,
    left: u32,
    /// The least slot that can come next.
    next_slot: u32,
    is_alone: bool,
    k: u32,
}

impl<'a> Docs<'a> {
    fn new(postings: &'a Postings) -> Self {
        Self {
            bits: BitReader::new(&postings.doc_bytes),
            left: postings.docs,
            next_slot: postings.first,
            is_alone: postings.is_alone,
            k: postings.slot_k,
        }
    }

    #[inline]
    fn next(&mut self) -> Option<(u32, u32)> {
        self.left = self.left.checked_sub(1)?;
        let slot = self.next_slot.wrapping_add(self.bits.rice(self.k));
        self.next_slot = slot.wrapping_add(1);
        let times = if !self.is_alone && self.bits.bit() { self.bits.rice(0).saturating_add(2) } else { 1 };
        Some((slot, times))
    }
}

/// Walks slots and positions side by side.
pub(super) struct Walk<'a> {
    docs: Docs<'a>,
    positions: BitReader<'a>,
    position_k: u32,
    /// Positions of the current slot that were not read.
    pending: u32,
}

impl Walk<'_> {
    /// The next slot.
    #[inline]
    pub(super) fn next_slot(&mut self) -> Option<u32> {
        for _ in 0..self.pending {
            self.positions.rice(self.position_k);
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
            position = position.wrapping_add(self.positions.rice(self.position_k));
            out.push(position);
        }
    }
}

/// Collects one gram's slots and positions, then writes them as bits.
#[derive(Default)]
pub(super) struct Encoder {
    slots: Vec<u32>,
    times: Vec<u32>,
    positions: Vec<u32>,
    doc_bits: BitWriter,
    position_bits: BitWriter,
}

impl Encoder {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.times.clear();
        self.positions.clear();
    }

    /// A slot with its positions, ascending.
    #[inline]
    pub(super) fn push(&mut self, slot: u32, positions: impl ExactSizeIterator<Item = u32>) {
        self.slots.push(slot);
        self.times.push(positions.len() as u32);
        let mut last = 0;
        for position in positions {
            self.positions.push(position - last);
            last = position;
        }
    }

    /// A slot without positions (for characters filed alone).
    #[inline]
    pub(super) fn push_alone(&mut self, slot: u32) {
        self.slots.push(slot);
    }

    /// Appends a later segment's postings of the same gram.
    pub(super) fn append(&mut self, later: &Postings) {
        let mut docs = Docs::new(later);
        let mut positions = BitReader::new(&later.position_bytes);
        while let Some((slot, times)) = docs.next() {
            self.slots.push(slot);
            if later.is_alone {
                continue;
            }
            self.times.push(times);
            for _ in 0..times {
                self.positions.push(positions.rice(later.position_k));
            }
        }
    }

    /// The entry's number of slots, its two Rice parameters in one byte, and its two streams.
    pub(super) fn finish(&mut self, first: u32) -> (u32, u8, &[u8], &[u8]) {
        let docs = self.slots.len() as u64;
        let span = self.slots.last().map_or(0, |&last| u64::from(last - first) + 1);
        let slot_k = fitting_k(span - docs.min(span), docs);
        let position_k = fitting_k(self.positions.iter().map(|&p| u64::from(p)).sum(), self.positions.len() as u64);
        self.doc_bits.clear();
        self.position_bits.clear();
        let mut next = first;
        for (i, &slot) in self.slots.iter().enumerate() {
            self.doc_bits.rice(slot - next, slot_k);
            next = slot + 1;
            match self.times.get(i) {
                None => {}
                Some(1) => self.doc_bits.put(0, 1),
                Some(&times) => {
                    self.doc_bits.put(1, 1);
                    self.doc_bits.rice(times - 2, 0);
                }
            }
        }
        self.positions.iter().for_each(|&p| self.position_bits.rice(p, position_k));
        self.doc_bits.flush();
        self.position_bits.flush();
        (docs as u32, (slot_k << 4 | position_k) as u8, &self.doc_bits.bytes, &self.position_bits.bytes)
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
    parameters: u8,
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
        let parameters = bytes.byte().ok_or_else(read)?;
        let doc_len = bytes.get_len().ok_or_else(read)?;
        let position_len = bytes.get_len().ok_or_else(read)?;
        let used = before - bytes.left();
        self.at += used;
        self.offset += used as u64;
        let is_inside = self.offset + doc_len as u64 + position_len as u64 <= self.segment.len;
        // A slot takes a bit at least: a damaged number must not keep us busy.
        if !is_inside || docs as usize > doc_len * 8 {
            return Err(read());
        }
        Ok(Some(Header { gram: self.gram, docs, parameters, doc_len, position_len }))
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
            is_alone: is_of(header.gram, ALONE),
            slot_k: u32::from(header.parameters >> 4),
            position_k: u32::from(header.parameters & 15),
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
