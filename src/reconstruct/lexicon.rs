//! What is known of Chinese words in general: jieba's dictionary and the trained weights. Loaded once, shared by all.

use super::lines::Line;
use super::sequence::Weights;
use jieba_rs::Jieba;
use std::sync::LazyLock;

/// Words and weights.
pub struct Lexicon {
    jieba: Jieba,
    pub(crate) roles: Weights,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lexicon")
    }
}

static SHARED: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::with_weights(Weights::from_text(include_str!("../../assets/models/roles.txt"))));

impl Lexicon {
    /// The one lexicon of the program. The first call takes some tenths of a second.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// A lexicon with other role weights, for training.
    pub fn with_weights(roles: Weights) -> Self {
        Self { jieba: Jieba::new(), roles }
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

    /// Whether a dictionary word runs over the break between two lines.
    pub(crate) fn spans_break(&self, before: &Line, after: &Line) -> bool {
        let tail = before.chars.len().saturating_sub(4);
        let text: String = before.chars[tail..].iter().chain(after.chars.iter().take(4)).collect();
        let at: usize = before.chars[tail..].iter().map(|c| c.len_utf8()).sum();
        let mut end = 0;
        for word in self.words(&text) {
            let begin = end;
            end += word.len();
            if begin < at && at < end {
                return true;
            }
        }
        false
    }
}
