//! A page has about as many headlines as texts. Where the labelling found more headlines, its weakest decisions are
//! taken back: a headline's second line that was taken for a new one, an opening that was taken for a paragraph.

use super::blocks::{self, What};
use super::labels::Label;
use super::lines::Line;
use super::sequence::Labelling;

/// Decisions less probable than this are not tried.
const LEAST: f32 = 0.01;
/// Lines less probable than this to be a headline do not become one.
const PROMOTED: f32 = 0.02;

/// A headline block without a main headline has one that was taken for a column's name or a kicker: its likeliest line
/// becomes it, unless the block is a column's short name and nothing else.
pub(crate) fn promote(lines: &[Line], labelling: &mut Labelling) {
    for block in blocks::cut(lines, &labelling.labels) {
        if block.what != What::Heading || block.has_title(&labelling.labels) {
            continue;
        }
        let best =
            block.lines.iter().copied().filter(|&at| !labelling.labels[at].is_more() && lines[at].width >= 14).max_by(
                |&a, &b| {
                    labelling
                        .probability(a, Label::Title)
                        .total_cmp(&labelling.probability(b, Label::Title))
                        .then(b.cmp(&a))
                },
            );
        if let Some(at) = best.filter(|&at| labelling.probability(at, Label::Title) > PROMOTED) {
            labelling.labels[at] = Label::Title;
        }
    }
}

/// Changes `labelling.labels` where headlines outnumber texts.
pub(crate) fn balance(lines: &[Line], labelling: &mut Labelling) {
    let blocks = blocks::cut(lines, &labelling.labels);
    let headlines = blocks.iter().filter(|b| b.what == What::Heading && b.has_title(&labelling.labels)).count();
    let texts = blocks
        .iter()
        .filter(|b| match b.what {
            What::Caption => true,
            What::Body => b.lines.iter().any(|&at| labelling.labels[at] == Label::Opening),
            _ => false,
        })
        .count();
    let missing = headlines.saturating_sub(texts);
    if missing == 0 {
        return;
    }
    let mut candidates: Vec<(f32, usize, Label)> = Vec::new();
    for (at, &label) in labelling.labels.iter().enumerate() {
        match label {
            Label::Title
                if at > 0
                    && matches!(labelling.labels[at - 1], Label::Kicker | Label::KickerMore)
                    && labelling.labels.get(at + 1) == Some(&Label::Title) =>
            {
                candidates.push((labelling.probability(at, Label::KickerMore).max(0.02), at, Label::KickerMore));
            }
            Label::Title if at > 0 && labelling.labels[at - 1].is_heading() => {
                candidates.push((labelling.probability(at, Label::TitleMore), at, Label::TitleMore));
            }
            Label::Paragraph | Label::Running => {
                candidates.push((labelling.probability(at, Label::Opening), at, Label::Opening));
            }
            _ => {}
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (probability, at, label) in candidates.into_iter().take(missing) {
        if probability > LEAST {
            labelling.labels[at] = label;
        }
    }
}
