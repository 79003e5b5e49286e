//! Fewer, larger segments: so that a lookup asks few of them.

use super::postings::{Cursor, Encoder, Header};
use super::{LEAF_BITS, Segment, SegmentWriter, Segments};
use crate::archive::ArchiveError;
use rusqlite::{Connection, params};
use std::sync::Arc;

/// So many segments of about one size become one.
const FAN_IN: usize = 8;
/// Larger segments are left alone: rewriting them costs more than asking one more segment.
const MAX_SLOTS: u32 = 1 << 17;

/// Merges the newest segments when eight of one size have gathered; cheap, for every commit. Says whether it did.
pub(in crate::archive) fn merge_tail(db: &Connection, segments: &Segments) -> Result<bool, ArchiveError> {
    let list = &segments.list;
    let Some(last) = list.last() else { return Ok(false) };
    let level = |s: &Segment| s.slots().max(1).ilog(FAN_IN as u32);
    let tail = list.iter().rev().take_while(|s| level(s) <= level(last)).count();
    let run = &list[list.len() - tail..];
    if tail < FAN_IN || run.iter().map(|s| u64::from(s.slots())).sum::<u64>() > u64::from(MAX_SLOTS) {
        return Ok(false);
    }
    merge(db, run)?;
    Ok(true)
}

/// Merges one group of neighbours that together stay below the limit; for the end of an import, to be called until it
/// says that there is none. A group that is mostly one large segment is left alone.
pub(in crate::archive) fn merge_all(db: &Connection, segments: &Segments) -> Result<bool, ArchiveError> {
    let list = &segments.list;
    let mut from = 0;
    while from < list.len() {
        let mut slots = 0u64;
        let mut to = from;
        while to < list.len() && slots + u64::from(list[to].slots()) <= u64::from(MAX_SLOTS) {
            slots += u64::from(list[to].slots());
            to += 1;
        }
        let to = to.max(from + 1);
        let largest = list[from..to].iter().map(|s| u64::from(s.slots())).max().unwrap_or(0);
        if to - from > 1 && (largest * 2 <= slots || to - from >= FAN_IN) {
            merge(db, &list[from..to])?;
            return Ok(true);
        }
        from = if to - from > 1 { from + 1 } else { to };
    }
    Ok(false)
}

fn merge(db: &Connection, run: &[Arc<Segment>]) -> Result<(), ArchiveError> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
    let mut writer = SegmentWriter::new(db, first.first, last.end)?;
    let mut inputs: Vec<(Cursor<'_>, Option<Header>)> = Vec::with_capacity(run.len());
    for segment in run {
        if let Some(mut cursor) = Cursor::before(db, segment, 0)? {
            let header = cursor.header()?;
            inputs.push((cursor, header));
        }
    }
    let mut encoder = Encoder::default();
    while let Some(gram) = inputs.iter().filter_map(|(_, h)| h.as_ref().map(|h| h.gram)).min() {
        encoder.clear();
        // Inputs are in the order of slots, so that their postings follow each other.
        for (cursor, header) in &mut inputs {
            let Some(current) = header.take_if(|h| h.gram == gram) else { continue };
            encoder.append(&cursor.read(&current, true)?);
            *header = cursor.header()?;
        }
        writer.entry(gram, &mut encoder)?;
    }
    writer.finish()?;
    for segment in run {
        db.prepare_cached("DELETE FROM leaves WHERE id >= ?1 AND id < ?2")?
            .execute(params![segment.id << LEAF_BITS, (segment.id + 1) << LEAF_BITS])?;
        db.prepare_cached("DELETE FROM segments WHERE id = ?1")?.execute([segment.id])?;
    }
    Ok(())
}
