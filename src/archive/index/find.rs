//! Finding terms: which slots hold a text, and where.

use super::postings::{Cursor, Postings, lookup};
use super::{ALONE, Gram, START, Segment, Segments, gram};
use crate::archive::ArchiveError;
use crate::archive::bits::Bits;
use crate::search::{Field, Term, near_positions};
use rusqlite::Connection;

/// Finds terms in one state of the index.
pub(in crate::archive) struct Finder<'a> {
    pub db: &'a Connection,
    pub segments: &'a Segments,
    /// Slots lie below.
    pub limit: u32,
}

/// Slots with the positions at which a term begins.
#[derive(Default)]
struct Starts {
    slots: Vec<u32>,
    /// Where each slot's positions end.
    ends: Vec<u32>,
    positions: Vec<u32>,
}

impl Starts {
    fn of(&self, index: usize) -> &[u32] {
        let from = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.positions[from as usize..self.ends[index] as usize]
    }

    fn close(&mut self, slot: u32) {
        let before = self.ends.last().copied().unwrap_or(0);
        if self.positions.len() as u32 > before {
            self.slots.push(slot);
            self.ends.push(self.positions.len() as u32);
        }
    }
}

impl Finder<'_> {
    /// The slots that hold `term` in one of its fields.
    pub(in crate::archive) fn term(&self, term: &Term) -> Result<Bits, ArchiveError> {
        let mut out = Bits::none(self.limit);
        for &field in term.field.parts() {
            self.term_in(term, field, &mut out)?;
        }
        Ok(out)
    }

    /// The slots that hold `term` in `field`.
    pub(in crate::archive) fn term_in(&self, term: &Term, field: Field, out: &mut Bits) -> Result<(), ArchiveError> {
        for segment in &self.segments.list {
            match (&term.folded[..], term.prefix) {
                ([], _) => {}
                (&[c], false) => self.slots(segment, gram(field, c as u32, ALONE), out)?,
                (&[c], true) => self.slots(segment, gram(field, START, c as u32), out)?,
                (&[a, b], false) => self.slots(segment, gram(field, a as u32, b as u32), out)?,
                _ => {
                    let starts = self.starts(segment, term, field)?;
                    starts.slots.iter().for_each(|&slot| out.insert(slot));
                }
            }
        }
        Ok(())
    }

    /// The slots in which two terms stand close together in one field.
    pub(in crate::archive) fn near(&self, left: &Term, right: &Term, distance: u32) -> Result<Bits, ArchiveError> {
        let mut out = Bits::none(self.limit);
        for &field in left.field.parts() {
            for segment in &self.segments.list {
                let lefts = self.starts(segment, left, field)?;
                let rights = self.starts(segment, right, field)?;
                let mut at = 0;
                for (i, &slot) in lefts.slots.iter().enumerate() {
                    at += rights.slots[at..].partition_point(|&s| s < slot);
                    if rights.slots.get(at) == Some(&slot) {
                        let wide = |p: &[u32]| p.iter().map(|&p| p as usize).collect::<Vec<_>>();
                        let (l, r) = (wide(lefts.of(i)), wide(rights.of(at)));
                        if near_positions(&l, left.folded.len(), &r, right.folded.len(), distance) {
                            out.insert(slot);
                        }
                    }
                }
            }
        }
        Ok(out)
    }

    fn slots(&self, segment: &Segment, gram: Gram, out: &mut Bits) -> Result<(), ArchiveError> {
        if let Some(postings) = lookup(self.db, segment, gram, false)? {
            postings.each_slot(|slot| out.insert(slot));
        }
        Ok(())
    }

    /// Where a term begins, by its pairs: every second pair and the last one cover all its characters.
    fn starts(&self, segment: &Segment, term: &Term, field: Field) -> Result<Starts, ArchiveError> {
        let text = &term.folded;
        if let (&[c], false) = (&text[..], term.prefix) {
            return self.single(segment, c, field);
        }
        let mut wanted: Vec<(Gram, u32)> = Vec::with_capacity(text.len() / 2 + 2);
        if term.prefix {
            wanted.push((gram(field, START, text[0] as u32), 0));
        }
        let mut at = 0;
        while at + 1 < text.len() {
            wanted.push((gram(field, text[at] as u32, text[at + 1] as u32), at as u32));
            at = if at + 3 == text.len() { at + 1 } else { at + 2 };
        }
        let mut lists: Vec<(Postings, u32)> = Vec::with_capacity(wanted.len());
        for (gram, offset) in wanted {
            match lookup(self.db, segment, gram, true)? {
                Some(postings) => lists.push((postings, offset)),
                None => return Ok(Starts::default()),
            }
        }
        lists.sort_by_key(|(postings, _)| postings.docs);
        let mut found: Option<Starts> = None;
        for (postings, offset) in &lists {
            found = Some(match found {
                None => all_starts(postings, *offset),
                Some(before) => join(&before, postings, *offset),
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// Where a single character stands: the union of its pairs, including the one with the unit's end.
    fn single(&self, segment: &Segment, c: char, field: Field) -> Result<Starts, ArchiveError> {
        let (from, to) = (gram(field, c as u32, ALONE + 1), gram(field, c as u32 + 1, ALONE));
        let mut all: Vec<u64> = Vec::new();
        if let Some(mut cursor) = Cursor::before(self.db, segment, from)? {
            let mut positions = Vec::new();
            while let Some(header) = cursor.header()? {
                if header.gram >= to {
                    break;
                }
                if header.gram < from {
                    cursor.skip(&header)?;
                    continue;
                }
                let postings = cursor.read(&header, true)?;
                let mut walk = postings.walk();
                while let Some(slot) = walk.next_slot() {
                    positions.clear();
                    walk.read_positions(&mut positions);
                    all.extend(positions.iter().map(|&p| u64::from(slot) << 32 | u64::from(p)));
                }
            }
        }
        all.sort_unstable();
        let mut out = Starts::default();
        for slot in all.chunk_by(|a, b| a >> 32 == b >> 32) {
            out.positions.extend(slot.iter().map(|&p| p as u32));
            out.close((slot[0] >> 32) as u32);
        }
        Ok(out)
    }
}

fn all_starts(postings: &Postings, offset: u32) -> Starts {
    let mut out = Starts::default();
    let mut walk = postings.walk();
    let mut positions = Vec::new();
    while let Some(slot) = walk.next_slot() {
        positions.clear();
        walk.read_positions(&mut positions);
        out.positions.extend(positions.iter().filter_map(|p| p.checked_sub(offset)));
        out.close(slot);
    }
    out
}

/// Keeps the starts at which `postings` stands `offset` characters later.
fn join(starts: &Starts, postings: &Postings, offset: u32) -> Starts {
    let mut out = Starts::default();
    let mut walk = postings.walk();
    let mut current = walk.next_slot();
    let mut positions = Vec::new();
    for (i, &slot) in starts.slots.iter().enumerate() {
        while current.is_some_and(|c| c < slot) {
            current = walk.next_slot();
        }
        match current {
            None => break,
            Some(c) if c > slot => {}
            Some(_) => {
                positions.clear();
                walk.read_positions(&mut positions);
                let mut at = 0;
                for &start in starts.of(i) {
                    while at < positions.len() && positions[at] < start + offset {
                        at += 1;
                    }
                    if positions.get(at) == Some(&(start + offset)) {
                        out.positions.push(start);
                    }
                }
                out.close(slot);
            }
        }
    }
    out
}
