//! How one kind of evidence is set against another where no training of their own tells: by which words, neighbours and
//! the line labelling part a page into texts. `examples/train_balance.rs` looks for numbers, one after another, by which most
//! articles of made-up pages come out whole.

/// The numbers and their names in the text form, each told of once.
macro_rules! balance {
    ($($(#[$doc:meta])+ $field:ident: $name:literal,)+) => {
        /// The numbers. [`Balance::default`] gives those that ship.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Balance {
            $($(#[$doc])+ pub $field: f32,)+
        }

        impl Balance {
            /// Number of numbers.
            pub const LEN: usize = [$($name),+].len();
            const NOTHING: Self = Self { $($field: 0.0),+ };

            /// Every number with its name.
            pub fn numbers(&mut self) -> [(&'static str, &mut f32); Self::LEN] {
                [$(($name, &mut self.$field)),+]
            }
        }
    };
}

balance! {
    /// Walk over the paragraphs: weight of a headline's words against the labelling.
    words: "words",
    /// Evidence at which the words are half convinced.
    half: "half",
    /// Weight of single ideographs beside words.
    letters: "letters",
    /// Share of what a headline has in common with the page's paragraphs on the mean that says nothing.
    usual: "usual",
    /// Probability of an opening from which on one is tried in the middle of a sentence.
    possible: "possible",
    /// What going over to a headline that would remain without a text is given in advance, again and again for some walks.
    need: "need",
    /// Headline lines and texts: weight of single ideographs beside words.
    head_letters: "head-letters",
    /// Probability of being of a head below which a line is not looked at.
    head_likely: "head-likely",
    /// Probability of an opening from which on a text is cut there before heads are read: of two articles that run together
    /// each speaks for its own headline.
    may_open: "may-open",
}

impl Default for Balance {
    fn default() -> Self {
        Self::NOTHING.with(include_str!("../../assets/models/balance.txt"))
    }
}

impl Balance {
    /// Reads the text form that [`Balance::to_text`] writes; what cannot be read stays as it is by default.
    pub fn from_text(text: &str) -> Self {
        Self::default().with(text)
    }

    fn with(mut self, text: &str) -> Self {
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, number)) = line.split_once(' ') else { continue };
            let slot = self.numbers().into_iter().find(|(known, _)| *known == name);
            if let (Some((_, slot)), Ok(number)) = (slot, number.trim().parse()) {
                *slot = number;
            }
        }
        self
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
    fn every_number_ships() {
        let text = include_str!("../../assets/models/balance.txt");
        for (name, number) in Balance::default().numbers() {
            assert!(text.lines().any(|line| line == format!("{name} {number}")), "{name}");
        }
    }

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
