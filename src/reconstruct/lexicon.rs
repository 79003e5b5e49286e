//! What is known of Chinese words in general: jieba's dictionary and the trained weights. Loaded once, shared by all.

use super::balance::Balance;
use super::chars::is_mark;
use super::confidence::Sure;
use super::context::{self, SECOND_FEATURES};
use super::continuations::{Continuations, Edge, Seam};
use super::dates::is_numeral;
use super::features::{self, Breaks, FEATURES, Form, Look};
use super::heads::Heads;
use super::joins::Joins;
use super::labels::LabelSet;
use super::lines::Line;
use super::meanings::Meanings;
use super::neighbours::Neighbours;
use super::ruled_out;
use super::sequence::{Fixed, Labelling, Weights};
use super::tiling::Walks;
use super::wording::{self, Wording};
use jieba_rs::Jieba;
use std::sync::LazyLock;

/// Words and weights.
pub struct Lexicon {
    jieba: Jieba,
    pub(crate) wording: wording::Fixed,
    pub(crate) neighbours: Neighbours,
    pub(crate) continuations: Continuations,
    pub(crate) meanings: Meanings,
    first: Fixed,
    second: Fixed,
    pub(crate) balance: Balance,
    pub(crate) heads: Heads,
    pub(crate) walks: Walks,
    pub(crate) joins: Joins,
    pub(crate) sure: Sure,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lexicon")
    }
}

static SHARED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::from_texts(&SHIPPED));

/// The weights that ship.
pub(crate) const SHIPPED: ModelTexts<'static> = ModelTexts {
    wording: include_str!("../../assets/models/wording.txt"),
    neighbours: include_str!("../../assets/models/neighbours.txt"),
    continuations: include_str!("../../assets/models/continuations.txt"),
    meanings: include_str!("../../assets/models/meanings.txt"),
    first: include_str!("../../assets/models/roles.txt"),
    second: include_str!("../../assets/models/roles-in-context.txt"),
    balance: include_str!("../../assets/models/balance.txt"),
    heads: include_str!("../../assets/models/heads.txt"),
    walks: include_str!("../../assets/models/walks.txt"),
    joins: include_str!("../../assets/models/joins.txt"),
    sure: include_str!("../../assets/models/sure.txt"),
};

/// Weights in their text form; an empty text is no weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelTexts<'a> {
    /// Of what a line's characters say of it.
    pub wording: &'a str,
    /// Of which characters follow one another.
    pub neighbours: &'a str,
    /// Of which piece of text goes on where.
    pub continuations: &'a str,
    /// Of what texts are about.
    pub meanings: &'a str,
    /// Of the first look at a line.
    pub first: &'a str,
    /// Of the second look.
    pub second: &'a str,
    /// Of one kind of evidence against another.
    pub balance: &'a str,
    /// Of the heads.
    pub heads: &'a str,
    /// Of the walk over the paragraphs.
    pub walks: &'a str,
    /// Of the joins.
    pub joins: &'a str,
    /// Of how sure an article is.
    pub sure: &'a str,
}

/// Weights as pages are labelled with them.
fn fixed(mut weights: Weights) -> Fixed {
    weights.unary = features::together(&weights.unary);
    weights.into()
}

impl Lexicon {
    /// The one lexicon of the program. The first call takes some tenths of a second.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// A lexicon with other weights.
    pub fn from_texts(texts: &ModelTexts<'_>) -> Self {
        Self {
            jieba: Jieba::new(),
            wording: (&Wording::from_text(texts.wording)).into(),
            neighbours: Neighbours::from_text(texts.neighbours),
            continuations: Continuations::from_text(texts.continuations),
            meanings: Meanings::from_text(texts.meanings),
            first: fixed(Weights::from_text(texts.first, FEATURES)),
            second: fixed(Weights::from_text(texts.second, SECOND_FEATURES)),
            balance: Balance::from_text(texts.balance),
            heads: Heads::from_text(texts.heads),
            walks: Walks::from_text(texts.walks),
            joins: Joins::from_text(texts.joins),
            sure: Sure::from_text(texts.sure),
        }
    }

    /// The same with others; for learning.
    pub fn set_continuations(&mut self, continuations: Continuations) {
        self.continuations = continuations;
    }

    /// The same with another balance; for learning.
    pub fn set_balance(&mut self, balance: Balance) {
        self.balance = balance;
    }

    /// Labels the lines of a dump: by what every line looks like, then again by what the page then looks like.
    pub(crate) fn label(&self, lines: &[Line], looks: &[Look]) -> Labelling {
        let observations = features::observe(lines, looks, Form::Together, self);
        let alone: Vec<LabelSet> = lines.iter().zip(looks).map(|(line, look)| ruled_out::alone(line, look)).collect();
        let first = self.first.label(&observations, |at| alone[at]);
        let again = context::observe(lines, looks, &observations, &first);
        let page = ruled_out::Page { lines, looks, labels: &first.labels };
        self.second.label(&again, |at| page.among_others(at, alone[at], self))
    }

    /// Words of `text` without the help of the hidden Markov model: dictionary words only.
    pub(crate) fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.jieba.cut(text, false).into_iter().map(|t| t.word).collect()
    }

    /// How telling a word is: the rarer in general text, the more.
    pub(crate) fn rarity(&self, word: &str) -> f32 {
        let frequency = if self.jieba.has_word(word) { self.jieba.suggest_freq(word) } else { 1 };
        (20_000_000.0 / (frequency.max(1) as f32 + 50.0)).ln().clamp(0.5, 13.0)
    }

    /// How readily the first character of a line follows the last one of another (see [`Neighbours::follows`]).
    pub(crate) fn follows(&self, before: &Line, after: &Line) -> f32 {
        let ends = before.chars.last().zip(after.chars.first());
        ends.map_or(0.0, |(&before, &after)| self.neighbours.follows(before, after))
    }

    /// Whether a dictionary word or a number runs over the break between two lines.
    pub(crate) fn spans_break(&self, before: &Line, after: &Line) -> bool {
        let Some((&last, &first)) = before.chars.last().zip(after.chars.first()) else { return false };
        if is_numeral(last) && is_numeral(first) {
            return true;
        }
        // No word has one in it, half-width ones aside ("3.5").
        if [last, first].into_iter().any(|c| !c.is_ascii() && is_mark(c)) {
            return false;
        }
        let from = before.text().char_indices().rev().nth(3).map_or(0, |(from, _)| from);
        let to = after.text().char_indices().nth(4).map_or(after.text().len(), |(to, _)| to);
        let before = &before.text()[from..];
        self.runs_over(&[before, &after.text()[..to]].concat(), before.len())
    }

    /// Whether a dictionary word runs over a place in a text, given in bytes.
    fn runs_over(&self, text: &str, place: usize) -> bool {
        self.jieba.cut(text, false).iter().any(|word| word.byte_start < place && place < word.byte_end)
    }

    /// What is seen where the piece `before` would go on with `after`, both without white space.
    pub(crate) fn seam(&self, end: (&Edge, &[char]), beginning: (&Edge, &[char])) -> Seam {
        let seam = self.seam_but_for_words(end, beginning);
        if self.word_runs_over(end.1, beginning.1) { Continuations::with_word(seam) } else { seam }
    }

    /// How readily the piece `before` goes on with `after` (see [`Continuations::readiness`]), if `least` or more: whether a word
    /// runs over the cut is only asked where that matters.
    pub(crate) fn goes_on(&self, least: f32, end: (&Edge, &[char]), beginning: (&Edge, &[char])) -> Option<f32> {
        let seam = self.seam_but_for_words(end, beginning);
        let [without, with] = [seam, Continuations::with_word(seam)].map(|seam| self.continuations.readiness(&seam));
        if without.max(with) < least {
            return None;
        }
        Some(if self.word_runs_over(end.1, beginning.1) { with } else { without })
            .filter(|&readiness| readiness >= least)
    }

    fn seam_but_for_words(&self, (end, before): (&Edge, &[char]), (beginning, after): (&Edge, &[char])) -> Seam {
        let Some((&last, &first)) = before.last().zip(after.first()) else { return Seam::default() };
        let rarity = |c| self.neighbours.rarity(c) / 4.0;
        Continuations::seam(end, beginning, self.neighbours.follows(last, first), rarity)
    }

    /// Whether a dictionary word or a number runs over from one piece into another, both without white space.
    fn word_runs_over(&self, before: &[char], after: &[char]) -> bool {
        let Some((&last, &first)) = before.last().zip(after.first()) else { return false };
        if is_numeral(last) && is_numeral(first) {
            return true;
        }
        let mut text = String::with_capacity(8 * char::MAX_LEN_UTF8);
        text.extend(&before[before.len().saturating_sub(4)..]);
        let place = text.len();
        text.extend(&after[..after.len().min(4)]);
        self.runs_over(&text, place)
    }
}

impl Breaks for Lexicon {
    fn spans(&self, before: &Line, after: &Line) -> bool {
        self.spans_break(before, after)
    }

    fn flow(&self, before: &Line, after: &Line) -> usize {
        Neighbours::level(self.follows(before, after))
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::Label;
    use super::super::lines;
    use super::*;

    #[test]
    fn words_and_numbers_run_over_a_break() {
        let spans = |text: &str| {
            let lines = lines::read(text);
            Lexicon::shared().spans_break(&lines[0], &lines[1])
        };
        assert!(spans("村里的水闸先后实\n现自动开关"));
        assert!(spans("北岸种柳三\n百多棵") && spans("渡口建于19\n78年"));
        assert!(!spans("渡口要\n添灯") && !spans("渡口停了三天\n两盏灯"));
    }

    #[test]
    fn what_names_no_page_is_no_jump_note() {
        let lines = lines::read("渡口的灯亮了\n\n渡口添了两盏灯。\n\n12本渡口日记");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let labelling = Lexicon::shared().label(&lines, &looks);
        let chances: Vec<f32> = (0..3).map(|at| labelling.probability(at, Label::Jump)).collect();
        assert!(chances.iter().all(|&chance| chance < 0.01), "{chances:?}");
    }
}
