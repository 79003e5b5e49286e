//! How one kind of evidence is set against another where no training of their own tells: by which words, neighbours and
//! the line labelling part a page into texts. `examples/train_balance.rs` looks for numbers, one after another, by which most
//! articles of made-up pages come out whole.

/// The numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// Walk over the paragraphs: weight of a headline's words against the labelling.
    pub words: f32,
    /// Evidence at which the words are half convinced.
    pub half: f32,
    /// Weight of single ideographs beside words.
    pub letters: f32,
    /// Share of what a headline has in common with the page's paragraphs on the mean that says nothing.
    pub usual: f32,
    /// Weight of what neighbouring paragraphs share.
    pub ties: f32,
    /// Share of the page's mean at which that speaks neither for nor against an opening.
    pub neutral: f32,
    /// Share of the mean above which more says nothing more.
    pub close: f32,
    /// Trust in the labelling's own probabilities.
    pub trust: f32,
    /// Probability of an opening from which on one is tried in the middle of a sentence.
    pub possible: f32,
    /// What a headline right at the place is worth.
    pub near: f32,
    /// What a text of no headline is worth to a paragraph.
    pub nobody: f32,
    /// What going over to a headline that would remain without a text is given in advance, again and again for some walks.
    pub need: f32,
    /// What going over to the torn piece of another text costs, where nothing says that an article opens.
    pub resume: f32,
    /// Weight of the words of a text's other paragraphs.
    pub others: f32,
    /// What those share when they are half convinced.
    pub half_tie: f32,
    /// Headline lines and texts: weight of single ideographs beside words.
    pub head_letters: f32,
    /// Probability of being of a head below which a line is not looked at.
    pub head_likely: f32,
    /// Probability of an opening from which on a text is cut there as long as the paragraphs have not been walked: of two
    /// articles that run together each speaks for its own headline.
    pub may_open: f32,
    /// What it says for a paragraph that others of a text are set in its measure, and against it that all are set in another.
    pub measure: f32,
    /// What it says for a paragraph of an interview that its speaker has the word in a text elsewhere.
    pub speaker: f32,
}

impl Default for Balance {
    fn default() -> Self {
        Self {
            words: 3.5,
            half: 80.0,
            letters: 3.2,
            usual: 0.6,
            ties: 1.5,
            neutral: 0.55,
            close: 1.9,
            trust: 0.6,
            possible: 0.03,
            near: 0.7,
            nobody: 0.2,
            need: 0.2,
            resume: 2.8,
            others: 1.2,
            half_tie: 2.0,
            head_letters: 5.0,
            head_likely: 0.05,
            may_open: 0.02,
            measure: 0.8,
            speaker: 2.0,
        }
    }
}

impl Balance {
    /// Number of numbers.
    pub const LEN: usize = 20;

    /// Every number with its name.
    pub fn numbers(&mut self) -> [(&'static str, &mut f32); Self::LEN] {
        [
            ("words", &mut self.words),
            ("half", &mut self.half),
            ("letters", &mut self.letters),
            ("usual", &mut self.usual),
            ("ties", &mut self.ties),
            ("neutral", &mut self.neutral),
            ("close", &mut self.close),
            ("trust", &mut self.trust),
            ("possible", &mut self.possible),
            ("near", &mut self.near),
            ("nobody", &mut self.nobody),
            ("need", &mut self.need),
            ("resume", &mut self.resume),
            ("others", &mut self.others),
            ("half-tie", &mut self.half_tie),
            ("head-letters", &mut self.head_letters),
            ("head-likely", &mut self.head_likely),
            ("may-open", &mut self.may_open),
            ("measure", &mut self.measure),
            ("speaker", &mut self.speaker),
        ]
    }

    /// Reads the text form that [`Balance::to_text`] writes; what cannot be read stays as it is by default.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, number)) = line.split_once(' ') else { continue };
            let slot = out.numbers().into_iter().find(|(known, _)| *known == name);
            if let (Some((_, slot)), Ok(number)) = (slot, number.trim().parse()) {
                *slot = number;
            }
        }
        out
    }

    /// A name and a number on each line.
    pub fn to_text(&self) -> String {
        self.clone().numbers().iter().map(|(name, number)| format!("{name} {number}\n")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_from_their_text() {
        let mut balance = Balance::default();
        for (i, (_, number)) in balance.numbers().into_iter().enumerate() {
            *number = 0.25 + i as f32;
        }
        assert_eq!(Balance::from_text(&balance.to_text()), balance);
        assert_eq!(Balance::from_text("# nothing\nunknown 3\nwords much\n"), Balance::default());
    }
}
