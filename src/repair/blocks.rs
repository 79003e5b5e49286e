//! What is said about paragraphs, single characters and fields, laid over a composed article.

use crate::model::{Article, Block, BlockKind, Field, Place, SourceRun};

/// A repair below the line.
#[derive(Clone, Debug)]
pub(super) enum Rewording {
    /// A paragraph begins at a character, or does not.
    Paragraph { at: Place, begins: bool },
    /// Other characters in place of those that stand there.
    Replace { at: Place, was: String, by: String },
}

impl Rewording {
    /// Where it is.
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Paragraph { at, .. } | Self::Replace { at, .. } => *at,
        }
    }

    /// Applies it; false when the text is not what the repair is about, and then nothing changes.
    pub(super) fn apply(&self, article: &mut Article) -> bool {
        match self {
            Self::Paragraph { at, begins: true } => begin(article, *at),
            Self::Paragraph { at, begins: false } => join(article, *at),
            Self::Replace { at, was, by } => replace(article, *at, was, by),
        }
    }
}

/// The article that holds `place`: of those that share its line the one with that character, or the next one behind it.
pub(super) fn holder(articles: &[Article], place: Place) -> Option<usize> {
    let holds = |article: &Article| article.spans.iter().any(|span| span.range().contains(place.line));
    let holders = articles.iter().enumerate().filter(|(_, article)| holds(article));
    let (at, _) = holders.min_by_key(|(_, article)| nearest(article, place).map_or(u32::MAX, |(column, ..)| column))?;
    Some(at)
}

/// Corrects a field.
pub(super) fn set(article: &mut Article, field: &Field) {
    match field.clone() {
        Field::Kicker(text) => article.kicker = text,
        Field::Title(text) => (article.title, article.title_printed) = (text, true),
        Field::Subtitle(text) => article.subtitle = text,
        Field::Column(text) => article.column = text,
        Field::Bylines(bylines) => article.bylines = bylines,
        Field::Towns(towns) => article.towns = towns,
        Field::Sections(sections) => article.sections = sections,
        Field::People(people) => article.people = people,
        Field::Kind(kind) => article.kind = kind,
    }
}

/// The block and the character in it that stands at `place`, or the first one behind it in that line.
fn find(article: &Article, place: Place) -> Option<(usize, u32)> {
    nearest(article, place).map(|(_, block, start)| (block, start))
}

/// The same, with the character's column.
fn nearest(article: &Article, place: Place) -> Option<(u32, usize, u32)> {
    let mut best: Option<(u32, usize, u32)> = None;
    for (at, block) in article.blocks.iter().enumerate() {
        for run in block.runs.iter().filter(|run| run.line == place.line && run.column + run.len > place.column) {
            let column = run.column.max(place.column);
            if best.is_none_or(|(nearest, ..)| column < nearest) {
                best = Some((column, at, run.start + column - run.column));
            }
        }
    }
    best
}

/// A paragraph begins at `place`.
fn begin(article: &mut Article, place: Place) -> bool {
    let Some((at, start)) = find(article, place) else { return false };
    if start > 0
        && let Some((first, second)) = cut(&article.blocks[at], start)
    {
        article.blocks[at] = first;
        article.blocks.insert(at + 1, second);
    }
    true
}

/// No paragraph begins at `place`.
fn join(article: &mut Article, place: Place) -> bool {
    let Some((at, start)) = find(article, place) else { return false };
    // A space that joining would have left out may stand before it.
    let is_first = article.blocks[at].runs.first().is_none_or(|run| run.start >= start);
    if !is_first || at == 0 {
        return true;
    }
    let next = article.blocks.remove(at);
    let first = &mut article.blocks[at - 1];
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if is_latin(first.text.chars().last()) && is_latin(next.text.chars().next()) {
        first.text.push(' ');
    }
    let shift = first.text.chars().count() as u32;
    first.text.push_str(&next.text);
    first.runs.extend(next.runs.into_iter().map(|run| SourceRun { start: run.start + shift, ..run }));
    if next.kind == BlockKind::Paragraph {
        first.kind = BlockKind::Paragraph;
    }
    true
}

/// Puts `by` in place of `was` at `place`. Characters that stay know their place as before.
fn replace(article: &mut Article, place: Place, was: &str, by: &str) -> bool {
    let Some((at, start)) = find(article, place) else { return false };
    let block = &article.blocks[at];
    let len = was.chars().count() as u32;
    let byte = |n: u32| block.text.char_indices().nth(n as usize).map_or(block.text.len(), |(byte, _)| byte);
    let (from, to) = (byte(start), byte(start + len));
    if &block.text[from..to] != was {
        return false;
    }
    let text = format!("{}{by}{}", &block.text[..from], &block.text[to..]);
    let added = by.chars().count() as u32;
    let mut runs: Vec<SourceRun> = Vec::with_capacity(block.runs.len() + 1);
    for run in &block.runs {
        let end = run.start + run.len;
        if run.start < start {
            runs.push(SourceRun { len: end.min(start) - run.start, ..*run });
        }
        if end > start + len {
            let skipped = (start + len).saturating_sub(run.start);
            runs.push(SourceRun {
                start: run.start + skipped - len + added,
                len: run.len - skipped,
                line: run.line,
                column: run.column + skipped,
            });
        }
    }
    if text.is_empty() {
        article.blocks.remove(at);
    } else {
        article.blocks[at] = Block { kind: block.kind, text, runs };
    }
    true
}

/// Cuts a block after `at` characters; its source runs with it.
fn cut(block: &Block, at: u32) -> Option<(Block, Block)> {
    let (byte, _) = block.text.char_indices().nth(at as usize).filter(|_| at > 0)?;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for run in &block.runs {
        let end = run.start + run.len;
        if run.start < at {
            before.push(SourceRun { len: end.min(at) - run.start, ..*run });
        }
        if end > at {
            let skipped = at.saturating_sub(run.start);
            after.push(SourceRun {
                start: run.start.max(at) - at,
                len: run.len - skipped,
                line: run.line,
                column: run.column + skipped,
            });
        }
    }
    let part = |text: &str, runs| Block { kind: block.kind, text: text.to_owned(), runs };
    Some((part(&block.text[..byte], before), part(&block.text[byte..], after)))
}

impl Block {
    /// Where each character stands in the dump; `None` for characters that joining or a repair added.
    pub fn places(&self) -> Vec<Option<Place>> {
        let mut out = vec![None; self.text.chars().count()];
        for run in &self.runs {
            for n in 0..run.len {
                if let Some(place) = out.get_mut((run.start + n) as usize) {
                    *place = Some(Place { line: run.line, column: run.column + n });
                }
            }
        }
        out
    }
}
