//! Articles' texts become grams, grams become a segment.

use super::postings::Encoder;
use super::{ALONE, CHAR_BITS, END, Gram, START, Segment, SegmentWriter, begins_with, gram};
use crate::archive::ArchiveError;
use crate::archive::bits::Bits;
use crate::search::{Field, FoldedDoc, is_word};
use rusqlite::Connection;

/// The grams of one article, or of many, with slot and position.
#[derive(Default)]
pub(in crate::archive) struct Grams {
    /// Gram, then slot in the upper and position in the lower half.
    entries: Vec<(Gram, u64)>,
}

impl Grams {
    /// The grams of an article's texts, for slot 0.
    pub(in crate::archive) fn of(doc: &FoldedDoc) -> Self {
        let chars: usize = Field::PARTS.iter().map(|&field| doc.part(field).len()).sum();
        let mut grams = Self { entries: Vec::with_capacity(chars + chars / 8) };
        for field in Field::PARTS {
            grams.add_part(field, doc.part(field));
        }
        grams
    }

    fn add_part(&mut self, field: Field, text: &[char]) {
        for (at, &c) in text.iter().enumerate() {
            if c == FoldedDoc::BREAK {
                continue;
            }
            let next = text.get(at + 1).copied().filter(|&n| n != FoldedDoc::BREAK);
            self.entries.push((gram(field, c as u32, next.map_or(END, |n| n as u32)), at as u64));
            if is_word(c) && !at.checked_sub(1).is_some_and(|before| is_word(text[before])) {
                self.entries.push((gram(field, START, c as u32), at as u64));
            }
        }
    }

    /// Adds an article's grams under its slot.
    pub(in crate::archive) fn append(&mut self, slot: u32, article: &Self) {
        self.entries.extend(article.entries.iter().map(|&(g, position)| (g, u64::from(slot) << 32 | position)));
    }
}

/// Writes the grams of the slots `first..end` as a new segment.
pub(in crate::archive) fn write_segment(
    db: &Connection,
    first: u32,
    end: u32,
    mut grams: Grams,
) -> Result<Segment, ArchiveError> {
    // On this thread: the others are making the next pages ready.
    grams.entries.sort_unstable();
    let mut writer = SegmentWriter::new(db, first, end)?;
    let mut encoder = Encoder::default();
    let mut holders = Bits::none(end - first);
    // All grams that begin with one character stand together: the articles that hold it are gathered from them.
    for same_first in grams.entries.chunk_by(|a, b| a.0 >> CHAR_BITS == b.0 >> CHAR_BITS) {
        let alone = same_first[0].0 >> CHAR_BITS << CHAR_BITS | Gram::from(ALONE);
        if !begins_with(alone, START) {
            holders.clear();
            same_first.iter().for_each(|&(_, at)| holders.insert((at >> 32) as u32 - first));
            encoder.clear();
            holders.iter().for_each(|slot| encoder.push_alone(first + slot));
            writer.entry(alone, &mut encoder)?;
        }
        for entry in same_first.chunk_by(|a, b| a.0 == b.0) {
            encoder.clear();
            for slot in entry.chunk_by(|a, b| a.1 >> 32 == b.1 >> 32) {
                encoder.push((slot[0].1 >> 32) as u32, slot.iter().map(|&(_, at)| at as u32));
            }
            writer.entry(entry[0].0, &mut encoder)?;
        }
    }
    writer.finish()
}
