//! Articles' texts become grams, grams become a segment.

use super::postings::Encoder;
use super::{ALONE, END, Gram, START, Segment, SegmentWriter, gram, is_of};
use crate::archive::ArchiveError;
use crate::search::{Field, FoldedDoc, is_word};
use rayon::slice::ParallelSliceMut as _;
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
        let mut grams = Self { entries: Vec::with_capacity(doc.body.len() * 2) };
        let mut seen = Vec::new();
        for field in Field::PARTS {
            grams.add_part(field, doc.part(field), &mut seen);
        }
        grams
    }

    fn add_part(&mut self, field: Field, text: &[char], seen: &mut Vec<char>) {
        seen.clear();
        for (at, &c) in text.iter().enumerate() {
            if c == FoldedDoc::BREAK {
                continue;
            }
            seen.push(c);
            let next = text.get(at + 1).copied().filter(|&n| n != FoldedDoc::BREAK);
            self.entries.push((gram(field, c as u32, next.map_or(END, |n| n as u32)), at as u64));
            if is_word(c) && !at.checked_sub(1).is_some_and(|before| is_word(text[before])) {
                self.entries.push((gram(field, START, c as u32), at as u64));
            }
        }
        seen.sort_unstable();
        seen.dedup();
        self.entries.extend(seen.iter().map(|&c| (gram(field, c as u32, ALONE), 0)));
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
    grams.entries.par_sort_unstable();
    let mut writer = SegmentWriter::new(db, first, end)?;
    let mut encoder = Encoder::default();
    for entry in grams.entries.chunk_by(|a, b| a.0 == b.0) {
        let gram = entry[0].0;
        encoder.clear();
        let is_alone = is_of(gram, ALONE);
        for slot in entry.chunk_by(|a, b| a.1 >> 32 == b.1 >> 32) {
            let number = (slot[0].1 >> 32) as u32;
            if is_alone {
                encoder.push_alone(number);
            } else {
                encoder.push(number, slot.iter().map(|&(_, at)| at as u32));
            }
        }
        writer.entry(gram, &mut encoder)?;
    }
    writer.finish()
}
