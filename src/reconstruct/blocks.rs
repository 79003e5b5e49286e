//! Labelled lines become the things a compositor would recognise: headline blocks, pieces of running text, picture
//! texts, bylines. Nothing is put together yet that does not stand together in the dump.

use super::labels::Label;
use super::lines::{Line, stand_over};
use super::sequence::Labelling;

/// Index of a line in the list of non-blank lines.
pub(crate) type At = usize;

/// Characters of the longest picture text.
const LONGEST_CAPTION: usize = 230;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Kicker, headline, subtitle, column: one article's.
    Heading,
    /// Running text with its subheads and jump note.
    Body,
    /// A picture's text.
    Caption,
    /// An editor's note.
    Note,
    /// Bylines.
    Byline,
    /// Belongs to the page.
    Furniture,
}

/// Lines that stand together.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// What they are.
    pub what: What,
    /// The lines, in dump order.
    pub lines: Vec<At>,
}

impl Block {
    /// First line.
    pub fn first(&self) -> At {
        self.lines[0]
    }

    /// Last line.
    pub fn last(&self) -> At {
        self.lines[self.lines.len() - 1]
    }

    /// Whether a main headline is among its lines.
    pub fn has_title(&self, labels: &[Label]) -> bool {
        self.lines.iter().any(|&at| labels[at] == Label::Title)
    }

    /// Whether it is the name of a standing column and nothing else.
    pub fn is_column(&self, labels: &[Label]) -> bool {
        self.lines.iter().all(|&at| labels[at] == Label::Column)
    }

    /// Text or picture text: what a headline can stand over.
    pub fn is_text(&self) -> bool {
        matches!(self.what, What::Body | What::Caption | What::Note)
    }
}

/// Cuts the page into blocks, in dump order.
pub(crate) fn cut(lines: &[Line], labelling: &Labelling) -> Vec<Block> {
    let labels = labelling.labels.as_slice();
    let mut out: Vec<Block> = Vec::new();
    for at in 0..lines.len() {
        let what = what(labels, at, out.last());
        let goes_on = out.last().is_some_and(|block| block.what == what && continues(labels, at, block));
        match out.last_mut() {
            Some(block) if goes_on => block.lines.push(at),
            _ => out.push(Block { what, lines: vec![at] }),
        }
    }
    // No picture text is as long as that: it is an article's.
    for block in out.iter_mut().filter(|b| b.what == What::Caption) {
        if block.lines.iter().map(|&at| lines[at].chars.len()).sum::<usize>() > LONGEST_CAPTION {
            block.what = What::Body;
        }
    }
    let head_of = |at: At| labelling.heads.get(at).copied().unwrap_or_default();
    let mut parted: Vec<Block> = Vec::with_capacity(out.len());
    for block in out {
        if block.what != What::Heading {
            parted.push(block);
            continue;
        }
        for head in block.lines.chunk_by(|&a, &b| head_of(a) == head_of(b)) {
            parted.push(Block { what: What::Heading, lines: head.to_vec() });
        }
    }
    join_untitled(&mut parted, lines, labels);
    parted
}

fn what(labels: &[Label], at: At, last: Option<&Block>) -> What {
    match labels[at] {
        Label::Furniture => What::Furniture,
        Label::Byline | Label::BylineMore => What::Byline,
        Label::Caption | Label::CaptionMore => What::Caption,
        Label::Note | Label::NoteMore => What::Note,
        // A subhead among headlines stays with them; its article is found with theirs.
        Label::Subhead | Label::SubheadMore => match last {
            Some(block)
                if block.what == What::Heading
                    && labels.get(at + 1).is_none_or(|l| !l.is_body() || *l == Label::Opening) =>
            {
                What::Heading
            }
            _ => What::Body,
        },
        label if label.is_heading() => What::Heading,
        _ => What::Body,
    }
}

fn continues(labels: &[Label], at: At, block: &Block) -> bool {
    let before = labels[block.last()];
    match block.what {
        What::Furniture => true,
        What::Byline => labels[at] == Label::BylineMore,
        What::Caption => labels[at] == Label::CaptionMore,
        What::Note => true,
        What::Body => {
            let jumped = before == Label::Jump && labels[at] != Label::Jump;
            !jumped && labels[at] != Label::Opening
        }
        // Parted afterwards, see [`super::heads`].
        What::Heading => true,
    }
}

/// A headline block without a main headline belongs to its neighbour block, if that is one too and lacks its parts.
fn join_untitled(blocks: &mut Vec<Block>, lines: &[Line], labels: &[Label]) {
    let mut i = 0;
    while i < blocks.len() {
        if blocks[i].what == What::Heading && !blocks[i].has_title(labels) {
            let parts = |b: &Block, l: Label| b.lines.iter().any(|&at| labels[at] == l);
            let fits = |b: &Block| {
                b.what == What::Heading
                    && [Label::Column, Label::Kicker, Label::Subtitle]
                        .iter()
                        .all(|&l| !(parts(b, l) && parts(&blocks[i], l)))
            };
            if blocks.get(i + 1).is_some_and(fits) && !parts(&blocks[i], Label::Subtitle) {
                let mut lines = blocks.remove(i).lines;
                lines.append(&mut blocks[i].lines);
                blocks[i].lines = lines;
                continue;
            }
            // A column that stands over what follows is not the headline's before it. A byline may come first.
            let stands_over = blocks[i].is_column(labels) && stand_over(lines, blocks[i].first(), blocks[i].last());
            let is_set_to_headline = |b: &Block| {
                b.what == What::Byline && lines.get(b.last() + 1).is_some_and(|next| next.blanks_before == 0)
            };
            if stands_over && blocks.get(i + 1).is_some_and(is_set_to_headline) && blocks.get(i + 2).is_some_and(fits) {
                let mut lines = blocks.remove(i).lines;
                lines.append(&mut blocks[i + 1].lines);
                blocks[i + 1].lines = lines;
                continue;
            }
            // The name of a column right over a text is that text's, wherever its headline stands.
            let is_over_text = blocks[i].is_column(labels) && blocks.get(i + 1).is_some_and(Block::is_text);
            if i > 0 && !is_over_text && !stands_over && fits(&blocks[i - 1]) {
                let mut lines = blocks.remove(i).lines;
                blocks[i - 1].lines.append(&mut lines);
                continue;
            }
        }
        i += 1;
    }
}
