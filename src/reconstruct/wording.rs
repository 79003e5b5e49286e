//! What the characters of a line say of it, whatever it looks like: headlines, subheads and columns are worded otherwise
//! than running text. A small linear model over single characters and pairs; weights are learned by
//! `examples/train_wording.rs`. Knows neither measures nor neighbours.

use super::chars::is_han;
use super::words::mixed;

/// What a line can be by its wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Tone {
    /// Running text, picture texts, notes; but for the lines below.
    Text,
    /// Main headline.
    Title,
    /// Kicker or subtitle.
    Part,
    /// Heading inside a text.
    Subhead,
    /// Name of a standing column.
    Column,
    /// First line of an article's running text: it tells who, where and when as to someone who knows nothing yet.
    Opening,
    /// First line of a later paragraph.
    Paragraph,
}

/// Number of tones.
pub const TONES: usize = 7;
/// Slots that characters and pairs are folded to.
pub const SLOTS: usize = 1 << 13;
/// Characters looked at, from the beginning: no headline line is longer.
const MOST: usize = 40;

/// The weights.
#[derive(Clone, Debug)]
pub struct Wording {
    /// `[slot][tone]`.
    pub weights: Vec<[f32; TONES]>,
}

impl Default for Wording {
    fn default() -> Self {
        Self { weights: vec![[0.0; TONES]; SLOTS] }
    }
}

impl Wording {
    /// The slots of a line's characters and pairs, its beginning and end among them; slot 0 is every line's.
    pub fn slots(chars: &[char]) -> Vec<usize> {
        let mut out = Vec::new();
        each_slot(chars, |slot| out.push(slot));
        out
    }

    /// Reads the text form that [`Wording::to_text`] writes; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_ascii_whitespace();
            let Some(row) = words.next().and_then(|w| w.parse::<usize>().ok()).and_then(|i| out.weights.get_mut(i))
            else {
                continue;
            };
            for (weight, word) in row.iter_mut().zip(words) {
                *weight = word.parse::<i32>().unwrap_or(0) as f32 / HUNDREDTHS;
            }
        }
        out
    }

    /// One line for each slot with a weight other than zero: the slot and its weights in hundredths.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (slot, row) in self.weights.iter().enumerate() {
            let rounded = row.map(|w| (w * HUNDREDTHS).round() as i32);
            if rounded.iter().any(|&w| w != 0) {
                let words: Vec<String> = rounded.iter().map(i32::to_string).collect();
                out.push_str(&format!("{slot} {}\n", words.join(" ")));
            }
        }
        out
    }
}

/// Gives the slots of a line's characters and pairs to `see`, one after another.
fn each_slot(chars: &[char], mut see: impl FnMut(usize)) {
    see(0);
    let mut before = '^';
    for &c in chars.iter().filter(|c| !c.is_whitespace()).take(MOST) {
        let c = plain(c);
        see(slot(before, c));
        see(slot(c, ' '));
        before = c;
    }
    see(slot(before, '$'));
}

/// A row of weights fills a whole register.
const ROW: usize = TONES.next_multiple_of(8);
/// Whole hundredths, as [`Wording::to_text`] writes them.
const HUNDREDTHS: f32 = 100.0;

/// Weights that do not change any more, in a table small enough to stay near the processor.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    rows: Vec<[i16; ROW]>,
}

impl From<&Wording> for Fixed {
    fn from(wording: &Wording) -> Self {
        let whole = |weight: &f32| (weight * HUNDREDTHS).round() as i16;
        let row = |row: &[f32; TONES]| std::array::from_fn(|tone| row.get(tone).map_or(0, whole));
        Self { rows: wording.weights.iter().map(row).collect() }
    }
}

impl Fixed {
    /// ln of the probability of every tone.
    pub fn tones(&self, chars: &[char]) -> [f32; TONES] {
        let mut sum = [0i16; ROW];
        each_slot(chars, |slot| {
            for (sum, weight) in sum.iter_mut().zip(&self.rows[slot]) {
                *sum = sum.saturating_add(*weight);
            }
        });
        let scores: [f32; TONES] = std::array::from_fn(|tone| f32::from(sum[tone]) / HUNDREDTHS);
        let total = self::sum(&scores);
        scores.map(|score| score - total)
    }
}

/// ln of the probability that a line is running text of any kind.
pub(crate) fn text(tones: &[f32; TONES]) -> f32 {
    sum(&[Tone::Text, Tone::Opening, Tone::Paragraph].map(|tone| tones[tone as usize]))
}

/// How much more a line is worded like the opening of an article than like any other running text, in natural
/// logarithms.
pub(crate) fn opening(tones: &[f32; TONES]) -> f32 {
    tones[Tone::Opening as usize] - sum(&[Tone::Text, Tone::Paragraph].map(|tone| tones[tone as usize]))
}

/// How much more it is worded like the beginning of a paragraph than like running text that goes on.
pub(crate) fn beginning(tones: &[f32; TONES]) -> f32 {
    sum(&[Tone::Opening, Tone::Paragraph].map(|tone| tones[tone as usize])) - tones[Tone::Text as usize]
}

/// ln of the sum of probabilities.
fn sum(logs: &[f32]) -> f32 {
    let top = logs.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    logs.iter().map(|log| (log - top).exp()).sum::<f32>().ln() + top
}

/// Figures and letters count as one each; half-width marks are read as their Chinese forms.
fn plain(c: char) -> char {
    match c {
        c if is_han(c) => c,
        '0'..='9' => '0',
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => 'a',
        c => c,
    }
}

fn slot(a: char, b: char) -> usize {
    1 + (mixed(a, b) >> 10) as usize % (SLOTS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_from_their_text() {
        let mut wording = Wording::default();
        wording.weights[7] = [0.25, -1.5, 0.0, 0.0, 2.0, 0.5, -1.0];
        assert_eq!(Wording::from_text(&wording.to_text()).weights, wording.weights);
    }

    #[test]
    fn half_width_marks_and_spaces_make_no_difference() {
        let slots = |text: &str| Wording::slots(&text.chars().collect::<Vec<char>>());
        assert_eq!(slots("水退了, 堤还在"), slots("水退了，堤还在"));
        assert_ne!(slots("水退了"), slots("水退"));
    }
}
