//! A text that stops in mid-sentence goes on somewhere: where the labelling ran a continuation into another article's
//! text, the block is parted there, so that the piece can be chained to where it belongs.

use super::blocks::{Block, What};
use super::chars::is_finished;
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::openers;
use super::sequence::Labelling;

/// Unfinished texts looked at; a page has few.
const MOST: usize = 12;

/// Parts blocks of running text where an earlier unfinished text goes on.
pub(crate) fn part(blocks: Vec<Block>, lines: &[Line], labelling: &Labelling, lexicon: &Lexicon) -> Vec<Block> {
    let labels = &labelling.labels;
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut open: Vec<usize> = Vec::new();
    for block in blocks {
        if block.what != What::Body {
            out.push(block);
            continue;
        }
        let mut current = Block { what: What::Body, lines: Vec::new() };
        for &at in &block.lines {
            let goes_on = matches!(labels[at], Label::Running | Label::Paragraph)
                && current.lines.last().is_some_and(|&last| is_finished(&lines[last].chars))
                && !is_indented(&lines[at])
                && open.iter().any(|&tail| lexicon.spans_break(&lines[tail], &lines[at]));
            if goes_on {
                open.retain(|&tail| !lexicon.spans_break(&lines[tail], &lines[at]));
                out.push(std::mem::replace(&mut current, Block { what: What::Body, lines: Vec::new() }));
            }
            current.lines.push(at);
        }
        let of_text = |at: &&usize| !labels[**at].is_subhead();
        if let Some(&last) = current.lines.iter().rev().find(of_text).or(current.lines.last()) {
            let unfinished = labels[last].is_body() && openers::stops_inside(&lines[last].chars);
            if unfinished && open.len() < MOST {
                open.push(last);
            }
            out.push(current);
        }
    }
    out
}

/// A first line that is two ems short of its column was indented: it begins a paragraph.
fn is_indented(line: &Line) -> bool {
    line.was_indented || line.shortfall().is_some_and(|s| (3..=5).contains(&s))
}
