//! Weights of observations in groups: where they come from and go to while something is scored, and their text form.

/// Takes what is seen: a sum of weights, or a list of what was seen.
pub(crate) trait Sink {
    /// Observation number `index`, as much as `value`.
    fn add(&mut self, index: usize, value: f32);
}

/// The sum of the weights of what is seen.
pub(crate) struct Sum<'a> {
    weights: &'a [f32],
    total: f32,
}

impl Sink for Sum<'_> {
    fn add(&mut self, index: usize, value: f32) {
        self.total += self.weights[index] * value;
    }
}

/// The sum of the weights of what `see` sees.
pub(crate) fn sum(weights: &[f32], see: impl FnOnce(&mut Sum<'_>)) -> f32 {
    let mut sum = Sum { weights, total: 0.0 };
    see(&mut sum);
    sum.total
}

/// What is seen, `sign` times; for learning.
pub(crate) struct List<'a> {
    pub into: &'a mut Vec<f32>,
    pub sign: f32,
}

impl Sink for List<'_> {
    fn add(&mut self, index: usize, value: f32) {
        self.into[index] += self.sign * value;
    }
}

/// First weight of every group.
pub(crate) const fn bases<const GROUPS: usize>(sizes: [usize; GROUPS]) -> [usize; GROUPS] {
    let mut out = [0; GROUPS];
    let mut i = 1;
    while i < GROUPS {
        out[i] = out[i - 1] + sizes[i - 1];
        i += 1;
    }
    out
}

/// Number of weights of all groups.
pub(crate) const fn total<const GROUPS: usize>(sizes: [usize; GROUPS]) -> usize {
    bases(sizes)[GROUPS - 1] + sizes[GROUPS - 1]
}

/// Learned weights, one for each of `COUNT` observations.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned<const COUNT: usize> {
    /// By the number of the observation.
    pub weights: Vec<f32>,
}

impl<const COUNT: usize> Default for Learned<COUNT> {
    fn default() -> Self {
        Self { weights: vec![0.0; COUNT] }
    }
}

impl<const COUNT: usize> Learned<COUNT> {
    /// Reads the text form that [`Learned::to_text`] writes; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_ascii_whitespace().map(str::parse::<f32>);
            if let (Some(Ok(index)), Some(Ok(weight))) = (words.next(), words.next())
                && let Some(slot) = out.weights.get_mut(index as usize)
            {
                *slot = weight;
            }
        }
        out
    }

    /// A number and its weight on a line for each weight other than zero.
    pub fn to_text(&self) -> String {
        let set = self.weights.iter().enumerate().filter(|(_, w)| w.abs() >= 0.0005);
        set.map(|(i, w)| format!("{i} {w:.3}\n")).collect()
    }
}

/// Probabilities of options by their scores.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raw: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let total: f32 = raw.iter().sum();
    raw.iter().map(|r| r / total.max(1e-30)).collect()
}
