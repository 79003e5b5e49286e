//! The best walk over paragraphs, each of which is of one headline's text or of none, and how clearly it is the best.

use super::super::balance::Balance;
use super::Unit;

/// A way through the paragraphs: which open an article, and the headline of each.
pub(super) struct Walk {
    pub opens: Vec<bool>,
    pub states: Vec<usize>,
}

impl Walk {
    /// Number of texts: one for each headline that has any, and what opens without one.
    pub fn texts(&self, heads: usize) -> usize {
        let mut seen = vec![false; heads];
        let mut lone = 0;
        for (&state, &opens) in self.states.iter().zip(&self.opens) {
            match seen.get_mut(state) {
                Some(slot) => *slot = true,
                None => lone += usize::from(opens),
            }
        }
        seen.iter().filter(|s| **s).count() + lone
    }
}

/// What every step of a walk is worth.
pub(super) struct Trellis<'a> {
    units: &'a [Unit],
    emissions: &'a [Vec<f32>],
    ties: &'a [f32],
    balance: &'a Balance,
    /// What paragraphs mostly share.
    typical: f32,
    /// What openings are given in advance.
    pub bias: f32,
}

impl<'a> Trellis<'a> {
    /// `emissions` are what speaks for every paragraph being of every headline's text, `ties` what each shares with the
    /// ones before it.
    pub fn of(units: &'a [Unit], emissions: &'a [Vec<f32>], ties: &'a [f32], balance: &'a Balance) -> Self {
        let typical = if ties.len() > 1 { ties.iter().sum::<f32>() / (ties.len() - 1) as f32 } else { 0.0 };
        Self { units, emissions, ties, balance, typical, bias: 0.0 }
    }

    fn heads(&self) -> usize {
        self.emissions[0].len()
    }

    /// States: one for each headline, and the last for none.
    fn states(&self) -> usize {
        self.heads() + 1
    }

    fn emit(&self, i: usize, state: usize) -> f32 {
        self.emissions[i].get(state).copied().unwrap_or(self.balance.nobody)
    }

    fn enter(&self, i: usize, state: usize) -> f32 {
        if self.units[i].head_before == Some(state) { self.balance.near } else { 0.0 }
    }

    fn leave(&self, i: usize, state: usize) -> f32 {
        if self.units[i].head_behind == Some(state) { self.balance.near } else { 0.0 }
    }

    /// What it is worth that paragraph `i` goes on with the text before it, and that another one begins or goes on there.
    fn step(&self, i: usize) -> (f32, f32) {
        let balance = self.balance;
        let apart = balance.ties * (balance.neutral - (self.ties[i] / self.typical.max(0.1)).min(balance.close));
        let open = self.bias + self.units[i].open + apart;
        (-soft(open), (-soft(-open)).max(-balance.resume + apart))
    }

    /// What it is worth to remain in a state, and whether a text opens all the same: two texts of no headline in a row.
    fn remain(&self, state: usize, (stay, go): (f32, f32)) -> (f32, bool) {
        if state == self.heads() && go > stay { (go, true) } else { (stay, false) }
    }

    /// Viterbi over (paragraph, headline); says for every paragraph whether it opens an article.
    pub fn walk(&self) -> Walk {
        let states = self.states();
        let mut best: Vec<f32> = (0..states).map(|s| self.emit(0, s) + self.enter(0, s)).collect();
        let mut back: Vec<Vec<(usize, bool)>> = vec![vec![(0, true); states]];
        for i in 1..self.units.len() {
            let step = self.step(i);
            let left: Vec<f32> = (0..states).map(|s| best[s] + self.leave(i - 1, s)).collect();
            let top = (0..states).max_by(|&a, &b| left[a].total_cmp(&left[b])).unwrap_or(0);
            let mut next = vec![0.0; states];
            let mut from = vec![(0, false); states];
            for s in 0..states {
                let (remain, opens) = self.remain(s, step);
                let same = best[s] + remain;
                let other = left[top] + step.1 + self.enter(i, s);
                let resumed = self.units[i].after_break;
                (next[s], from[s]) =
                    if other > same && (top != s || resumed) { (other, (top, true)) } else { (same, (s, opens)) };
                next[s] += self.emit(i, s);
            }
            best = next;
            back.push(from);
        }
        let mut state = (0..states).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
        let mut out = Walk { opens: vec![false; self.units.len()], states: vec![0; self.units.len()] };
        for i in (0..self.units.len()).rev() {
            let (from, opens) = back[i][state];
            (out.opens[i], out.states[i]) = (opens, state);
            state = from;
        }
        out
    }
}

/// ln(1 + e^x).
fn soft(x: f32) -> f32 {
    if x > 20.0 { x } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_taken_up_again_counts_once() {
        let walk = Walk { opens: vec![true, true, true, true], states: vec![0, 1, 0, 2] };
        assert_eq!(walk.texts(2), 3, "two headlines have texts, one text has no headline");
    }
}
