//! The weights of the decisions that put a page's blocks together: which text a piece of running text goes on with,
//! which text a headline stands over, where a byline belongs. What speaks for a choice is a row of numbers; the weights are learned by
//! `examples/train_joins.rs`. Knows neither lines nor blocks.

/// Names of what speaks for "this piece goes on with that text", in the order of the weights.
pub const TEXT_NAMES: [&str; TEXT] = [
    "new",
    "new.opening",
    "new.dateline",
    "new.after-finished",
    "new.short",
    "new.subhead",
    "opening",
    "running",
    "finished",
    "word-over-break",
    "no-word-over-break",
    "finished.no-indent",
    "unfinished.no-indent",
    "unfinished.closing-mark",
    "finished.closing-mark",
    "measure.same",
    "measure.other",
    "measure.unknown",
    "adjacent",
    "adjacent.finished",
    "only-heads-between",
    "signed",
    "jumped",
    "age",
    "tie",
    "tie.best",
    "quote-closes",
    "only-unfinished",
    "subhead",
    "subhead.adjacent",
    "blank.adjacent",
    "no-blank.adjacent",
    "opens-by-words",
    "one-head",
    "other-head",
    "piece.walk-worse",
    "text.walk-worse",
];
/// Number of weights for texts.
pub const TEXT: usize = 37;

/// Names of what speaks for "this headline stands over that text", in the order of the weights.
pub const HEAD_NAMES: [&str; HEAD] = [
    "any",
    "words",
    "evidence",
    "evidence.saturated",
    "characters",
    "best-of-head",
    "best-of-text",
    "before",
    "behind",
    "before.habit",
    "behind.habit",
    "rank",
    "distance",
    "caption.short",
    "caption.long",
    "text.short",
    "talk.both",
    "talk.head-only",
    "two-bylines",
    "column.dateline",
    "column.lone-name",
    "no-column.lone-name",
    "size",
    "size.parts",
    "note.package",
    "head-unsigned.text-unsigned",
    "walked",
    "walked-elsewhere",
    "walk-worse",
];
/// Number of weights for headlines.
pub const HEAD: usize = 29;

/// Names of what speaks for "this byline belongs there", in the order of the weights.
pub const BYLINE_NAMES: [&str; BYLINE] = [
    "head-before",
    "text-before",
    "head-behind",
    "text-behind",
    "byline-before",
    "head-before.blank",
    "text-before.blank",
    "head-behind.blank",
    "text-behind.blank",
    "byline-before.blank",
    "signed-already",
    "credit.caption",
    "credit.other",
    "lone-name.text-before",
    "lone-name.text-behind",
    "office.text-before",
    "text-before.unfinished",
    "text-behind.opening",
    "text-behind.inside",
    "text-before.habit",
    "text-behind.habit",
    "head-before.habit",
    "head-behind.untitled",
    "head-before.untitled",
    "closer",
    "farther",
    "text-behind.dateline",
    "text-before.dateline",
    "text-before.end",
    "text-before.inside",
    "head.no-text",
    "head.text-apart",
    // The side that other bylines of its form stand on, and its own.
    "head-before,head-before",
    "head-before,text-before",
    "head-before,head-behind",
    "head-before,text-behind",
    "text-before,head-before",
    "text-before,text-before",
    "text-before,head-behind",
    "text-before,text-behind",
    "head-behind,head-before",
    "head-behind,text-before",
    "head-behind,head-behind",
    "head-behind,text-behind",
    "text-behind,head-before",
    "text-behind,text-before",
    "text-behind,head-behind",
    "text-behind,text-behind",
];
/// Number of weights for bylines.
pub const BYLINE: usize = 48;
/// Sides of a byline that what it signs may stand on, in the order of their names; the first weight for others' and its own.
pub const BYLINE_SIDES: usize = 4;
pub const BYLINE_STYLES: usize = BYLINE - BYLINE_SIDES * BYLINE_SIDES;

/// What speaks for one place of a byline.
pub type BylineCase = [f32; BYLINE];
/// What speaks for one way of joining a piece of text.
pub type TextCase = [f32; TEXT];
/// What speaks for one pair of headline and text.
pub type HeadCase = [f32; HEAD];

/// The weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Joins {
    /// For pieces of text.
    pub text: TextCase,
    /// For headlines.
    pub head: HeadCase,
    /// For bylines.
    pub byline: BylineCase,
}

impl Default for Joins {
    fn default() -> Self {
        Self { text: [0.0; TEXT], head: [0.0; HEAD], byline: [0.0; BYLINE] }
    }
}

impl Joins {
    /// Reads the text form that [`Joins::to_text`] writes; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_ascii_whitespace();
            let (Some(kind), Some(name), Some(Ok(weight))) = (words.next(), words.next(), words.next().map(str::parse))
            else {
                continue;
            };
            let slot = match kind {
                "text" => TEXT_NAMES.iter().position(|n| *n == name).map(|i| &mut out.text[i]),
                "head" => HEAD_NAMES.iter().position(|n| *n == name).map(|i| &mut out.head[i]),
                "byline" => BYLINE_NAMES.iter().position(|n| *n == name).map(|i| &mut out.byline[i]),
                _ => None,
            };
            if let Some(slot) = slot {
                *slot = weight;
            }
        }
        out
    }

    /// One line for each weight.
    pub fn to_text(&self) -> String {
        let text = TEXT_NAMES.iter().zip(&self.text).map(|(n, w)| format!("text {n} {w:.3}\n"));
        let head = HEAD_NAMES.iter().zip(&self.head).map(|(n, w)| format!("head {n} {w:.3}\n"));
        let byline = BYLINE_NAMES.iter().zip(&self.byline).map(|(n, w)| format!("byline {n} {w:.3}\n"));
        text.chain(head).chain(byline).collect()
    }

    /// Score of one way of joining a text.
    pub fn of_text(&self, case: &TextCase) -> f32 {
        self.text.iter().zip(case).map(|(w, c)| w * c).sum()
    }

    /// Score of one place of a byline.
    pub fn of_byline(&self, case: &BylineCase) -> f32 {
        self.byline.iter().zip(case).map(|(w, c)| w * c).sum()
    }

    /// Score of a headline with a text; 0 is the score of no text.
    pub fn of_head(&self, case: &HeadCase) -> f32 {
        self.head.iter().zip(case).map(|(w, c)| w * c).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_from_their_text() {
        let mut joins = Joins::default();
        joins.text[3] = 1.25;
        joins.head[HEAD - 1] = -0.5;
        assert_eq!(Joins::from_text(&joins.to_text()), joins);
    }
}
