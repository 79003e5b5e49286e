//! How texts and articles are packed into blobs.
//!
//! A page's text is the truth and is kept once, deflated. An article is a description of how it is cut out of that text:
//! each block is a list of steps "copy the rest of the next line", "copy 12 characters of line 7 from column 3", "add this
//! space". Whatever the text of a page cannot give is kept literally, so that unpacking gives back exactly the article that
//! was packed, whoever made it. The first byte of each blob is its format; a format that was released is read for ever.

use super::ArchiveError;
use super::codec::{Bytes, put, put_option, put_signed, put_str};
use crate::model::{
    Article, Block, BlockKind, Byline, BylineRole, Decision, DecisionKind, Kind, Person, Role, SourceRun, Span,
};
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{Read as _, Write as _};

const TEXT_PLAIN: u8 = 0;
const TEXT_DEFLATED: u8 = 1;
const ARTICLE: u8 = 1;
/// Flags of one step of a block.
const STEP_GAP: u8 = 1;
const STEP_OWN_TEXT: u8 = 2;
const STEP_NEXT_LINE: u8 = 4;
const STEP_FROM_START: u8 = 8;
const STEP_TO_END: u8 = 16;
/// Longest text that a damaged blob can make us allocate.
const MAX_TEXT_BYTES: u64 = 1 << 31;

/// Packs a page's original text.
pub(super) fn pack_text(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(vec![TEXT_DEFLATED], Compression::new(4));
    // Writing to memory does not fail; if it did, the plain form is as good.
    let packed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    match packed {
        Ok(packed) if packed.len() <= text.len() => packed,
        _ => [&[TEXT_PLAIN], text.as_bytes()].concat(),
    }
}

/// Unpacks a page's original text.
pub(super) fn unpack_text(blob: &[u8]) -> Result<String, ArchiveError> {
    let damaged = || ArchiveError::corrupt("page text");
    match blob.split_first() {
        Some((&TEXT_PLAIN, text)) => String::from_utf8(text.to_vec()).map_err(|_| damaged()),
        Some((&TEXT_DEFLATED, packed)) => {
            let mut out = String::with_capacity(packed.len() * 3);
            DeflateDecoder::new(packed).take(MAX_TEXT_BYTES).read_to_string(&mut out).map_err(|_| damaged())?;
            Ok(out)
        }
        _ => Err(damaged()),
    }
}

/// A page's text cut into lines, for copying pieces by line and character.
pub(super) struct Lines<'a> {
    lines: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { lines: text.split('\n').collect() }
    }

    /// `len` characters of line `line` (from 1) from character `column` on; all the rest without `len`.
    fn piece(&self, line: u32, column: u32, len: Option<u32>) -> Option<&'a str> {
        let line = *self.lines.get((line as usize).checked_sub(1)?)?;
        let rest = if column == 0 {
            line
        } else {
            match line.char_indices().nth(column as usize) {
                Some((at, _)) => &line[at..],
                None if line.chars().count() == column as usize => "",
                None => return None,
            }
        };
        let Some(len) = len else { return Some(rest) };
        match rest.char_indices().nth(len as usize) {
            Some((at, _)) => Some(&rest[..at]),
            None => (rest.chars().count() == len as usize).then_some(rest),
        }
    }
}

/// Packs an article of a page; its title is kept beside the blob.
pub(super) fn pack_article(article: &Article, lines: &Lines<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    out.push(ARTICLE);
    out.push(position_of(&Kind::ALL, &article.kind));
    out.push(u8::from(article.title_printed) | u8::from(article.truncated) << 1);
    out.extend_from_slice(&article.confidence.to_le_bytes());
    for text in [&article.kicker, &article.subtitle, &article.column, &article.jump_to] {
        put_option(&mut out, text.as_deref());
    }
    put(&mut out, article.bylines.len() as u64);
    for byline in &article.bylines {
        out.push(position_of(&BylineRole::ALL, &byline.role));
        put_str(&mut out, &byline.name);
        put_option(&mut out, byline.position.as_deref());
    }
    for list in [&article.towns, &article.towns_mentioned, &article.sections] {
        put(&mut out, list.len() as u64);
        list.iter().for_each(|text| put_str(&mut out, text));
    }
    put(&mut out, article.people.len() as u64);
    for person in &article.people {
        put_str(&mut out, &person.name);
        put_option(&mut out, person.position.as_deref());
    }
    put(&mut out, article.spans.len() as u64);
    let mut last = 0;
    for span in &article.spans {
        put_signed(&mut out, i64::from(span.from) - i64::from(last));
        put_signed(&mut out, i64::from(span.to) - i64::from(span.from));
        out.push(position_of(&Role::ALL, &span.role));
        last = span.to;
    }
    put(&mut out, article.decisions.len() as u64);
    for decision in &article.decisions {
        out.push(position_of(&DECISIONS, &decision.what));
        out.extend_from_slice(&decision.confidence.to_le_bytes());
        put_str(&mut out, &decision.why);
    }
    put(&mut out, article.blocks.len() as u64);
    let mut line = 0;
    for block in &article.blocks {
        pack_block(&mut out, block, lines, &mut line);
    }
    out
}

const DECISIONS: [DecisionKind; 7] = [
    DecisionKind::Headline,
    DecisionKind::Grouping,
    DecisionKind::Byline,
    DecisionKind::Paragraphs,
    DecisionKind::Section,
    DecisionKind::Kind,
    DecisionKind::Towns,
];

fn position_of<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|v| v == value).unwrap_or(0) as u8
}

/// Writes a block as steps; `last_line` is the line of the step before, across the article's blocks.
fn pack_block(out: &mut Vec<u8>, block: &Block, lines: &Lines<'_>, last_line: &mut u32) {
    out.push(u8::from(block.kind == BlockKind::Subhead));
    let Some(steps) = steps_of(block) else {
        // Runs that overlap or reach beyond the text: kept as they are.
        put(out, 0);
        put_str(out, &block.text);
        put(out, block.runs.len() as u64);
        for run in &block.runs {
            [run.start, run.len, run.line, run.column].into_iter().for_each(|v| put(out, u64::from(v)));
        }
        return;
    };
    put(out, steps.len() as u64 + 1);
    for (text, run) in steps {
        let Some(run) = run else {
            out.push(STEP_GAP);
            put_str(out, text);
            continue;
        };
        let mut flags = 0;
        let rest = lines.piece(run.line, run.column, None);
        if rest.is_some_and(|r| r == text) {
            flags |= STEP_TO_END;
        } else if lines.piece(run.line, run.column, Some(run.len)) != Some(text) {
            flags |= STEP_OWN_TEXT;
        }
        if run.line == last_line.wrapping_add(1) {
            flags |= STEP_NEXT_LINE;
        }
        if run.column == 0 {
            flags |= STEP_FROM_START;
        }
        out.push(flags);
        if flags & STEP_NEXT_LINE == 0 {
            put_signed(out, i64::from(run.line) - i64::from(*last_line));
        }
        if flags & STEP_FROM_START == 0 {
            put(out, u64::from(run.column));
        }
        if flags & STEP_OWN_TEXT != 0 {
            put_str(out, text);
        } else if flags & STEP_TO_END == 0 {
            put(out, u64::from(run.len));
        }
        *last_line = run.line;
    }
}

/// The block's text in pieces: each run's characters and what stands between; `None` if the runs are not in order.
fn steps_of(block: &Block) -> Option<Vec<(&str, Option<SourceRun>)>> {
    let starts: Vec<usize> = block.text.char_indices().map(|(i, _)| i).chain([block.text.len()]).collect();
    let slice = |from: usize, to: usize| Some(&block.text[*starts.get(from)?..*starts.get(to)?]);
    let mut steps = Vec::with_capacity(block.runs.len() + 1);
    let mut at = 0;
    for run in &block.runs {
        let start = run.start as usize;
        if start < at || run.len == 0 {
            return None;
        }
        if start > at {
            steps.push((slice(at, start)?, None));
        }
        at = start + run.len as usize;
        steps.push((slice(start, at)?, Some(*run)));
    }
    if at + 1 < starts.len() {
        steps.push((slice(at, starts.len() - 1)?, None));
    }
    Some(steps)
}

/// Unpacks an article with its title and its page's lines.
pub(super) fn unpack_article(blob: &[u8], title: String, lines: &Lines<'_>) -> Result<Article, ArchiveError> {
    let mut bytes = Bytes::new(blob);
    match bytes.byte() {
        Some(ARTICLE) => read_article(&mut bytes, title, lines).ok_or_else(|| ArchiveError::corrupt("article record")),
        _ => Err(ArchiveError::corrupt("article record of an unknown format")),
    }
}

/// Unpacks an article with its title before it, as archives of the first format kept the original of a repaired one.
pub(super) fn unpack_original(blob: &[u8], lines: &Lines<'_>) -> Result<Article, ArchiveError> {
    let mut bytes = Bytes::new(blob);
    let title = bytes.str().ok_or_else(|| ArchiveError::corrupt("original of an edited article"))?;
    unpack_article(&blob[blob.len() - bytes.left()..], title, lines)
}

fn read_article(bytes: &mut Bytes<'_>, title: String, lines: &Lines<'_>) -> Option<Article> {
    let mut article = Article { title, ..Article::default() };
    article.kind = *Kind::ALL.get(usize::from(bytes.byte()?))?;
    let flags = bytes.byte()?;
    article.title_printed = flags & 1 != 0;
    article.truncated = flags & 2 != 0;
    article.confidence = float(bytes)?;
    article.kicker = bytes.option()?;
    article.subtitle = bytes.option()?;
    article.column = bytes.option()?;
    article.jump_to = bytes.option()?;
    article.bylines = list(bytes, |b| {
        let role = *BylineRole::ALL.get(usize::from(b.byte()?))?;
        Some(Byline { role, name: b.str()?, position: b.option()? })
    })?;
    article.towns = list(bytes, Bytes::str)?;
    article.towns_mentioned = list(bytes, Bytes::str)?;
    article.sections = list(bytes, Bytes::str)?;
    article.people = list(bytes, |b| Some(Person { name: b.str()?, position: b.option()? }))?;
    let mut last = 0;
    article.spans = list(bytes, |b| {
        let from = u32::try_from(i64::from(last) + b.get_signed()?).ok()?;
        let to = u32::try_from(i64::from(from) + b.get_signed()?).ok()?;
        last = to;
        Some(Span { from, to, role: *Role::ALL.get(usize::from(b.byte()?))? })
    })?;
    article.decisions = list(bytes, |b| {
        let what = *DECISIONS.get(usize::from(b.byte()?))?;
        Some(Decision { what, confidence: float(b)?, why: b.str()? })
    })?;
    let mut line = 0;
    article.blocks = list(bytes, |b| read_block(b, lines, &mut line))?;
    Some(article)
}

fn float(bytes: &mut Bytes<'_>) -> Option<f32> {
    Some(f32::from_le_bytes(bytes.take(4)?.try_into().ok()?))
}

fn list<'a, T>(bytes: &mut Bytes<'a>, mut read: impl FnMut(&mut Bytes<'a>) -> Option<T>) -> Option<Vec<T>> {
    let len = bytes.get_len()?;
    let mut out = Vec::with_capacity(len.min(64));
    for _ in 0..len {
        out.push(read(bytes)?);
    }
    Some(out)
}

fn read_block(bytes: &mut Bytes<'_>, lines: &Lines<'_>, last_line: &mut u32) -> Option<Block> {
    let kind = if bytes.byte()? == 1 { BlockKind::Subhead } else { BlockKind::Paragraph };
    let steps = bytes.get_len()?;
    if steps == 0 {
        let text = bytes.str()?;
        let runs = list(bytes, |b| {
            Some(SourceRun { start: b.get_u32()?, len: b.get_u32()?, line: b.get_u32()?, column: b.get_u32()? })
        })?;
        return Some(Block { kind, text, runs });
    }
    let mut block = Block { kind, text: String::new(), runs: Vec::with_capacity(steps.min(64)) };
    let mut start = 0u32;
    for _ in 1..steps {
        let flags = bytes.byte()?;
        if flags & STEP_GAP != 0 {
            let text = bytes.str()?;
            start += text.chars().count() as u32;
            block.text.push_str(&text);
            continue;
        }
        let line = match flags & STEP_NEXT_LINE {
            0 => u32::try_from(i64::from(*last_line) + bytes.get_signed()?).ok()?,
            _ => last_line.wrapping_add(1),
        };
        let column = if flags & STEP_FROM_START == 0 { bytes.get_u32()? } else { 0 };
        let before = block.text.len();
        if flags & STEP_OWN_TEXT != 0 {
            block.text.push_str(&bytes.str()?);
        } else {
            let len = if flags & STEP_TO_END == 0 { Some(bytes.get_u32()?) } else { None };
            block.text.push_str(lines.piece(line, column, len)?);
        }
        let len = block.text[before..].chars().count() as u32;
        block.runs.push(SourceRun { start, len, line, column });
        start = start.checked_add(len)?;
        *last_line = line;
    }
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(text: &str, runs: &[(u32, u32, u32, u32)]) -> Block {
        let runs = runs.iter().map(|&(start, len, line, column)| SourceRun { start, len, line, column }).collect();
        Block { kind: BlockKind::Paragraph, text: text.to_owned(), runs }
    }

    fn article(blocks: Vec<Block>) -> Article {
        Article {
            kind: Kind::Essay,
            title: "春到湖边".to_owned(),
            title_printed: true,
            kicker: Some("引题".to_owned()),
            bylines: vec![Byline { role: BylineRole::Author, name: "王强".to_owned(), position: None }],
            towns: vec!["望湖街道".to_owned()],
            people: vec![Person { name: "李四".to_owned(), position: Some("站长".to_owned()) }],
            spans: vec![Span { from: 7, to: 9, role: Role::Body }, Span { from: 2, to: 2, role: Role::Title }],
            decisions: vec![Decision { what: DecisionKind::Towns, confidence: 0.25, why: "标题".to_owned() }],
            confidence: 0.5,
            blocks,
            ..Article::default()
        }
    }

    #[test]
    fn a_copied_block_costs_bytes_not_text() {
        let page = "第一行文字很长很长很长\n第二行文字也很长很长\n尾";
        let whole =
            article(vec![block("第一行文字很长很长很长第二行文字也很长很长", &[(0, 11, 1, 0), (11, 10, 2, 0)])]);
        let empty = article(Vec::new());
        let lines = Lines::of(page);
        let packed = pack_article(&whole, &lines);
        assert!(packed.len() <= pack_article(&empty, &lines).len() + 4, "{}", packed.len());
        assert_eq!(unpack_article(&packed, whole.title.clone(), &lines).unwrap(), whole);
    }

    #[test]
    fn texts_that_the_page_does_not_hold_are_kept() {
        let lines = Lines::of("甲乙丙\n丁");
        let whole = article(vec![
            block("乙丙 丁", &[(0, 2, 1, 1), (3, 1, 2, 0)]),
            block("变了", &[(0, 2, 1, 0)]),
            block("乱", &[(5, 2, 9, 0), (0, 1, 1, 0)]),
            block("", &[]),
        ]);
        let packed = pack_article(&whole, &lines);
        assert_eq!(unpack_article(&packed, whole.title.clone(), &lines).unwrap(), whole);
    }

    proptest! {
        #[test]
        fn any_block_comes_back(
            page in "[甲乙丙a\n]{0,60}",
            text in "[甲乙丙a]{0,20}",
            runs in proptest::collection::vec((0u32..12, 0u32..9, 0u32..6, 0u32..9), 0..4),
        ) {
            let lines = Lines::of(&page);
            let whole = article(vec![block(&text, &runs)]);
            let packed = pack_article(&whole, &lines);
            prop_assert_eq!(unpack_article(&packed, whole.title.clone(), &lines).unwrap(), whole);
        }

        #[test]
        fn any_text_comes_back(text in "\\PC*") {
            prop_assert_eq!(unpack_text(&pack_text(&text)).unwrap(), text);
        }

        #[test]
        fn damaged_records_are_errors(data in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = unpack_article(&[&[ARTICLE], &data[..]].concat(), String::new(), &Lines::of("甲\n乙"));
            let _ = unpack_text(&data);
        }
    }
}
