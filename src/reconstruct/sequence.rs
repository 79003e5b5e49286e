//! The sequence model: weights for (observation, label) and (label, label), the best labelling of a page (Viterbi) and
//! how sure it is (forward-backward). Knows nothing of what observations mean; `examples/train_roles.rs` makes the weights.

use super::labels::{Label, LabelSet};
use super::observations::Observations;

const N: usize = Label::COUNT;
/// Weight of what cannot follow, or cannot be; learning never reaches it.
const NEVER: f32 = -25.0;
/// Transitions depend on whether a blank line stands between the lines.
pub const GAPS: usize = 2;

/// Weights of the labelling.
#[derive(Clone, Debug)]
pub struct Weights {
    /// `[observation][label]`.
    pub unary: Vec<[f32; N]>,
    /// `[gap][label before][label]`.
    pub step: [[[f32; N]; N]; GAPS],
    /// `[label]` of a page's first line.
    pub first: [f32; N],
}

impl Weights {
    /// Weights of nothing yet, for `features` observations.
    pub fn none(features: usize) -> Self {
        let mut step = [[[0.0; N]; N]; GAPS];
        for gap in &mut step {
            for (before, row) in gap.iter_mut().enumerate() {
                for (now, cell) in row.iter_mut().enumerate() {
                    if !Label::from_index(before).may_precede(Label::from_index(now)) {
                        *cell = NEVER;
                    }
                }
            }
        }
        Self { unary: vec![[0.0; N]; features], step, first: [0.0; N] }
    }
}

/// Whole hundredths, as [`Weights::to_text`] writes them.
const HUNDREDTHS: f32 = 100.0;
/// A row of weights fills whole registers.
const ROW: usize = N.next_multiple_of(8);

/// Weights that do not change any more: the table is small enough to stay near the processor while a page is labelled,
/// which looks up more than a hundred rows for each line.
#[derive(Clone, Debug)]
pub struct Fixed {
    rows: Vec<[i16; ROW]>,
    rest: Weights,
    chances: Chances,
    /// e to the power of minus so many hundredths: scores are whole hundredths.
    powers: Vec<f32>,
}

/// How likely each label is behind each other one, not normed, by gap and by the label before or, turned, by the label behind.
#[derive(Clone, Debug)]
struct Chances {
    steps: [[[f32; N]; N]; GAPS],
    turned: [[[f32; N]; N]; GAPS],
}

impl Chances {
    fn of(weights: &Weights) -> Self {
        let steps = weights.step.map(|g| g.map(|r| r.map(|w| w.clamp(-30.0, 30.0).exp())));
        let turned = steps.map(|step| std::array::from_fn::<[f32; N], N, _>(|now| step.map(|row| row[now])));
        Self { steps, turned }
    }
}

impl From<Weights> for Fixed {
    fn from(mut weights: Weights) -> Self {
        let whole = |weight: f32| (weight * HUNDREDTHS).round() as i16;
        let row = |row: &[f32; N]| std::array::from_fn(|label| row.get(label).map_or(0, |&weight| whole(weight)));
        let rows = weights.unary.iter().map(row).collect();
        weights.unary = Vec::new();
        let powers = (0..=hundredths(LEAST)).map(|below| power(below as f32 / HUNDREDTHS)).collect();
        Self { rows, chances: Chances::of(&weights), powers, rest: weights }
    }
}

impl Fixed {
    /// Labels a page; `ruled_out` names the labels that a line cannot have.
    pub fn label(&self, seen: &Observations, ruled_out: impl Fn(usize) -> LabelSet) -> Labelling {
        let mut scores: Vec<[f32; N]> = (0..seen.len())
            .map(|i| {
                let mut sum = [0i16; ROW];
                for &feature in seen.of(i) {
                    for (sum, weight) in sum.iter_mut().zip(&self.rows[usize::from(feature)]) {
                        *sum = sum.saturating_add(*weight);
                    }
                }
                let first = if i == 0 { self.rest.first } else { [0.0; N] };
                std::array::from_fn(|label| f32::from(sum[label]) / HUNDREDTHS + first[label])
            })
            .collect();
        for (i, scores) in scores.iter_mut().enumerate() {
            for label in ruled_out(i).labels() {
                scores[label as usize] += NEVER;
            }
        }
        let odds = scores.iter().map(|row| odds(row, |below| self.powers[hundredths(below) as usize])).collect();
        Labelling {
            labels: self.rest.viterbi(seen, &scores),
            marginals: self.chances.marginals(seen, odds),
            ..Labelling::default()
        }
    }
}

/// The unlikeliest label of a line is so much below the likeliest, as a logarithm.
const LEAST: f32 = 50.0;
/// What is less likely is taken for impossible: nothing that is seen of one line could make up for it, and numbers that are smaller still
/// are slow to reckon with.
const IMPOSSIBLE: f32 = 1e-26;

/// Whole hundredths of how far a score is below the best one.
fn hundredths(below: f32) -> i32 {
    (below.min(LEAST) * HUNDREDTHS + 0.5) as i32
}

/// How likely each label of a line is beside the likeliest one, by what is seen of the line alone; `power` is e to the power of
/// being so far below.
fn odds(scores: &[f32; N], power: impl Fn(f32) -> f32) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.map(|score| power(top - score))
}

fn power(below: f32) -> f32 {
    (-below.min(LEAST)).exp()
}

/// A labelling with the probability of each label.
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    /// The best labels together.
    pub labels: Vec<Label>,
    /// Probability of every label for every line.
    pub marginals: Vec<[f32; N]>,
    /// Number of the head that a headline line is part of, from 1; 0 and empty: not read yet.
    pub heads: Vec<u32>,
    /// Number of the head whose text the walk over the paragraphs takes a line for, from 1, and the same number for the
    /// head's own lines, as heads were when the paragraphs were walked; 0 is of none, empty: not walked yet.
    pub walked: Vec<u32>,
    /// Of the head with number `i + 1` there: how much worse the walk gets by the least change of its text.
    pub margins: Vec<f32>,
    /// Number of the paragraph that was walked which a line is of, from 1; 0 is of none, empty: not walked yet.
    pub paragraphs: Vec<u32>,
    /// Of the paragraph with number `i + 1` there: how much worse the walk gets if it goes to the text of each head.
    pub losses: Vec<Vec<f32>>,
}

impl Labelling {
    /// Probability that line `i` has its label.
    pub fn certainty(&self, i: usize) -> f32 {
        self.marginals[i][self.labels[i] as usize]
    }

    /// The head that the walk over the paragraphs gave line `i` to.
    pub fn head_of(&self, i: usize) -> Option<u32> {
        self.walked.get(i).copied().filter(|&head| head > 0)
    }

    /// How much worse the walk over the paragraphs gets if that of line `i` goes to the text of `head`.
    pub fn loss(&self, i: usize, head: u32) -> Option<f32> {
        let paragraph = self.paragraphs.get(i)?.checked_sub(1)?;
        self.losses[paragraph as usize].get(head.checked_sub(1)? as usize).copied()
    }

    /// Says that line `i` is `label` beyond doubt.
    pub fn set(&mut self, i: usize, label: Label) {
        self.labels[i] = label;
        self.marginals[i] = [0.0; N];
        self.marginals[i][label as usize] = 1.0;
    }

    /// Says that line `i` is `other` and not `label`, as far as anything spoke for that.
    pub fn shift(&mut self, i: usize, label: Label, other: Label) {
        self.labels[i] = other;
        self.marginals[i][other as usize] += std::mem::take(&mut self.marginals[i][label as usize]);
    }

    /// Whether nothing speaks for line `i` being anything but `label`, as after [`Self::set`].
    pub fn is_beyond_doubt(&self, i: usize, label: Label) -> bool {
        self.probability(i, label) == 1.0
    }

    /// Probability that line `i` has `label`.
    pub fn probability(&self, i: usize, label: Label) -> f32 {
        self.marginals[i][label as usize]
    }
}

impl Weights {
    /// Reads the text form that [`Weights::to_text`] writes. Lines that cannot be read are left out: the asset is
    /// checked by a test, not at every start.
    pub fn from_text(text: &str, features: usize) -> Self {
        let mut out = Self::none(features);
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_ascii_whitespace();
            let (Some(kind), Some(index)) = (words.next(), words.next().and_then(|w| w.parse::<usize>().ok())) else {
                continue;
            };
            let row = match kind {
                "u" => out.unary.get_mut(index),
                "s" => out.step.get_mut(index / N).and_then(|s| s.get_mut(index % N)),
                "f" => Some(&mut out.first),
                _ => None,
            };
            let Some(row) = row else { continue };
            for word in words {
                let Some((label, weight)) = word.split_once(':') else { continue };
                if let (Ok(label), Ok(weight)) = (label.parse::<usize>(), weight.parse::<i32>())
                    && label < N
                {
                    row[label] = weight as f32 / HUNDREDTHS;
                }
            }
        }
        out
    }

    /// One line for each observation with a weight other than zero, in hundredths.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let mut write = |kind: &str, index: usize, row: &[f32; N]| {
            let rounded = row.map(|w| if w < NEVER * 0.8 { 0 } else { (w * HUNDREDTHS).round() as i32 });
            if rounded.iter().any(|&w| w != 0) {
                out.push_str(&format!("{kind} {index}"));
                for (label, weight) in rounded.iter().enumerate().filter(|(_, w)| **w != 0) {
                    out.push_str(&format!(" {label}:{weight}"));
                }
                out.push('\n');
            }
        };
        write("f", 0, &self.first);
        for gap in 0..GAPS {
            for label in 0..N {
                write("s", gap * N + label, &self.step[gap][label]);
            }
        }
        for (index, row) in self.unary.iter().enumerate() {
            write("u", index, row);
        }
        out
    }

    /// Score of every label for every line, transitions aside.
    pub fn unary_scores(&self, seen: &Observations) -> Vec<[f32; N]> {
        (0..seen.len())
            .map(|i| {
                let mut row = if i == 0 { self.first } else { [0.0; N] };
                for &feature in seen.of(i) {
                    for (score, weight) in row.iter_mut().zip(&self.unary[usize::from(feature)]) {
                        *score += weight;
                    }
                }
                row
            })
            .collect()
    }

    /// Labels a page.
    pub fn label(&self, seen: &Observations) -> Labelling {
        let scores = self.unary_scores(seen);
        Labelling {
            labels: self.viterbi(seen, &scores),
            marginals: self.marginals(seen, &scores),
            ..Labelling::default()
        }
    }

    fn viterbi(&self, seen: &Observations, scores: &[[f32; N]]) -> Vec<Label> {
        // Best score of a labelling up to each line that ends with each label. Where it came from is asked on the way back
        // only, of one label a line.
        let mut best: Vec<[f32; N]> = Vec::with_capacity(scores.len());
        for (i, score) in scores.iter().enumerate() {
            let Some(last) = best.last() else {
                best.push(*score);
                continue;
            };
            let step = &self.step[usize::from(seen.gaps[i])];
            let mut next = [f32::NEG_INFINITY; N];
            for (&before, step) in last.iter().zip(step) {
                for (next, step) in next.iter_mut().zip(step) {
                    let value = before + step;
                    *next = if value > *next { value } else { *next };
                }
            }
            next.iter_mut().zip(score).for_each(|(next, score)| *next += score);
            best.push(next);
        }
        let Some(last) = best.last() else { return Vec::new() };
        let mut now = (0..N).max_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or(0);
        let mut labels: Vec<Label> = vec![Label::from_index(now)];
        for (before, &gap) in best.iter().zip(&seen.gaps[1..]).rev() {
            let step = &self.step[usize::from(gap)];
            let values: [f32; N] = std::array::from_fn(|label| before[label] + step[label][now]);
            let top = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            now = values.iter().position(|&value| value == top).unwrap_or(0);
            labels.push(Label::from_index(now));
        }
        labels.reverse();
        labels
    }

    /// Probability of every label of every line.
    pub fn marginals(&self, seen: &Observations, scores: &[[f32; N]]) -> Vec<[f32; N]> {
        Chances::of(self).marginals(seen, scores.iter().map(|row| odds(row, power)).collect())
    }
}

impl Chances {
    /// Probability of every label of every line (forward-backward in probability space, scaled line by line), from
    /// [`odds`].
    fn marginals(&self, seen: &Observations, local: Vec<[f32; N]>) -> Vec<[f32; N]> {
        let mut forward: Vec<[f32; N]> = Vec::with_capacity(local.len());
        for (i, own) in local.iter().enumerate() {
            let mut row = if i == 0 { [1.0; N] } else { [0.0; N] };
            if i > 0 {
                let step = &self.steps[usize::from(seen.gaps[i])];
                for (before, &mass) in forward[i - 1].iter().enumerate() {
                    for (cell, weight) in row.iter_mut().zip(&step[before]) {
                        *cell += mass * weight;
                    }
                }
            }
            for (cell, weight) in row.iter_mut().zip(own) {
                *cell *= weight;
            }
            forward.push(normalised(row));
        }
        let mut backward = [1.0; N];
        for i in (0..local.len()).rev() {
            let mut row = forward[i];
            for (cell, weight) in row.iter_mut().zip(&backward) {
                *cell *= weight;
            }
            forward[i] = normalised(row);
            if i > 0 {
                let step = &self.turned[usize::from(seen.gaps[i])];
                let mut row = [0.0; N];
                for (now, weights) in step.iter().enumerate() {
                    let ahead = local[i][now] * backward[now];
                    for (cell, weight) in row.iter_mut().zip(weights) {
                        *cell += ahead * weight;
                    }
                }
                backward = normalised(row);
            }
        }
        forward
    }
}

fn normalised(row: [f32; N]) -> [f32; N] {
    let total: f32 = row.iter().sum();
    if total > 0.0 && total.is_finite() {
        row.map(|c| if c < total * IMPOSSIBLE { 0.0 } else { c / total })
    } else {
        [1.0 / N as f32; N]
    }
}
