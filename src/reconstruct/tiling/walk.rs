//! The best walk over paragraphs, each of which is of one headline's text or of none, and how clearly it is the best.

use super::super::balance::Balance;
use super::Unit;

/// The best way through the paragraphs: which open an article, and the headline of each.
pub(super) struct Walk {
    pub opens: Vec<bool>,
    pub states: Vec<usize>,
    /// The best value up to every paragraph in every state.
    ahead: Vec<Vec<f32>>,
}

/// Walks that headlines without a text are given something for in advance.
const ROUNDS: usize = 4;

/// The state that a paragraph was reached from, and whether a text opens there.
type Step = (usize, bool);

/// What every step of a walk is worth.
pub(super) struct Trellis<'a> {
    units: &'a [Unit],
    emissions: &'a [Vec<f32>],
    ties: &'a [f32],
    balance: &'a Balance,
    /// What paragraphs mostly share.
    typical: f32,
    /// What going over to each headline is given in advance.
    needs: Vec<f32>,
}

impl<'a> Trellis<'a> {
    /// `emissions` are what speaks for every paragraph being of every headline's text, `ties` what each shares with the
    /// ones before it.
    pub fn of(units: &'a [Unit], emissions: &'a [Vec<f32>], ties: &'a [f32], balance: &'a Balance) -> Self {
        let typical = if ties.len() > 1 { ties.iter().sum::<f32>() / (ties.len() - 1) as f32 } else { 0.0 };
        Self { units, emissions, ties, balance, typical, needs: vec![0.0; emissions[0].len()] }
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
        let near = if self.units[i].head_before == Some(state) { self.balance.near } else { 0.0 };
        near + self.needs.get(state).copied().unwrap_or(0.0)
    }

    fn leave(&self, i: usize, state: usize) -> f32 {
        if self.units[i].head_behind == Some(state) { self.balance.near } else { 0.0 }
    }

    /// What it is worth that paragraph `i` goes on with the text before it, and that another one begins or goes on there.
    fn step(&self, i: usize) -> (f32, f32) {
        let balance = self.balance;
        let apart = balance.ties * (balance.neutral - (self.ties[i] / self.typical.max(0.1)).min(balance.close));
        let open = self.units[i].open + apart;
        (-soft(open), (-soft(-open)).max(-balance.resume + apart))
    }

    /// What it is worth to remain in a state, and whether a text opens all the same: two texts of no headline in a row.
    fn remain(&self, state: usize, (stay, go): (f32, f32)) -> (f32, bool) {
        if state == self.heads() && go > stay { (go, true) } else { (stay, false) }
    }

    /// The best walk when every headline has a text: those that would remain without one are given something in advance, and
    /// more with every walk. Not for ever: a line taken for a headline may be none. `without_text` are left as they are.
    pub fn walk_to_all(&mut self, without_text: &[bool]) -> Walk {
        let mut walk = self.walk();
        for _ in 0..ROUNDS {
            let is_in_need = |head: &usize| !without_text[*head] && !walk.states.contains(head);
            let in_need: Vec<usize> = (0..self.heads()).filter(is_in_need).collect();
            if in_need.is_empty() {
                break;
            }
            in_need.into_iter().for_each(|head| self.needs[head] += self.balance.need);
            walk = self.walk();
        }
        walk
    }

    /// Viterbi over (paragraph, headline); says for every paragraph whether it opens an article.
    pub fn walk(&self) -> Walk {
        let (ahead, back) = self.forward();
        let mut state = top(&ahead[ahead.len() - 1]);
        let mut out = Walk { opens: vec![false; self.units.len()], states: vec![0; self.units.len()], ahead };
        for i in (0..self.units.len()).rev() {
            let (from, opens) = back[i][state];
            (out.opens[i], out.states[i]) = (opens, state);
            state = from;
        }
        out
    }

    /// The best value up to every paragraph in every state, and the state before it with whether a text opens.
    fn forward(&self) -> (Vec<Vec<f32>>, Vec<Vec<Step>>) {
        let states = self.states();
        let mut ahead: Vec<Vec<f32>> = vec![(0..states).map(|s| self.emit(0, s) + self.enter(0, s)).collect()];
        let mut back: Vec<Vec<Step>> = vec![vec![(0, true); states]];
        for i in 1..self.units.len() {
            let best = &ahead[i - 1];
            let step = self.step(i);
            let left: Vec<f32> = (0..states).map(|s| best[s] + self.leave(i - 1, s)).collect();
            let top = top(&left);
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
            ahead.push(next);
            back.push(from);
        }
        (ahead, back)
    }

    /// How much worse every headline's text gets if the best walk is changed in a single paragraph of it: if one goes to
    /// another text, or one of another's comes to it. `walk` must be this trellis' last one.
    pub fn margins(&self, walk: &Walk) -> Vec<f32> {
        let behind = self.backward();
        let mut out = vec![f32::INFINITY; self.heads()];
        for ((&own, ahead), behind) in walk.states.iter().zip(&walk.ahead).zip(&behind) {
            let values: Vec<f32> = ahead.iter().zip(behind).map(|(a, b)| a + b).collect();
            let lost = |state: usize| values[own] - values[state];
            let others = (0..values.len()).filter(|&state| state != own);
            let nearest = others.clone().map(lost).fold(f32::INFINITY, f32::min);
            for state in others.filter(|&state| state < self.heads()) {
                out[state] = out[state].min(lost(state));
            }
            if let Some(margin) = out.get_mut(own) {
                *margin = margin.min(nearest);
            }
        }
        out
    }

    /// The best value of what comes behind every paragraph in every state.
    fn backward(&self) -> Vec<Vec<f32>> {
        let states = self.states();
        let mut out = vec![vec![0.0; states]; self.units.len()];
        for i in (0..self.units.len() - 1).rev() {
            let next = i + 1;
            let step = self.step(next);
            let stays: Vec<f32> = (0..states).map(|s| self.emit(next, s) + out[next][s]).collect();
            let entered: Vec<f32> = (0..states).map(|s| stays[s] + self.enter(next, s)).collect();
            let first = top(&entered);
            let second = (0..states).filter(|&s| s != first).map(|s| entered[s]).fold(f32::NEG_INFINITY, f32::max);
            out[i] = (0..states)
                .map(|s| {
                    let other = if s == first && !self.units[next].after_break { second } else { entered[first] };
                    (stays[s] + self.remain(s, step).0).max(other + self.leave(i, s) + step.1)
                })
                .collect();
        }
        out
    }
}

/// The last of the highest.
fn top(values: &[f32]) -> usize {
    (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or(0)
}

/// ln(1 + e^x).
fn soft(x: f32) -> f32 {
    if x > 20.0 { x } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(open: f32, head_before: Option<usize>) -> Unit {
        let (lines, text) = (Vec::new(), Vec::new());
        Unit {
            lines,
            text,
            measure: 0,
            begins_inside: false,
            is_open: false,
            open,
            after_break: head_before.is_some(),
            head_before,
            head_behind: None,
        }
    }

    #[test]
    fn a_paragraph_that_another_text_nearly_got_makes_both_texts_doubtful() {
        let units = [unit(3.0, Some(0)), unit(-2.0, None), unit(3.0, Some(1)), unit(-2.0, None), unit(3.0, Some(2))];
        let ties = [0.0; 5];
        // The second paragraph speaks for the second headline nearly as much as for its own.
        let emissions = [[3.0, 0.0, 0.0], [1.6, 1.5, 0.0], [0.0, 3.0, 0.0], [0.0, 3.0, 0.0], [0.0, 0.0, 9.0]];
        let emissions = emissions.map(|row| row.to_vec());
        let balance = Balance::default();
        let trellis = Trellis::of(&units, &emissions, &ties, &balance);
        let walk = trellis.walk();
        assert_eq!(walk.states, [0, 0, 1, 1, 2]);
        let margins = trellis.margins(&walk);
        assert!(margins[0] > 0.0 && margins[0] == margins[1] && margins[1] < margins[2], "{margins:?}");
    }

    #[test]
    fn the_best_way_is_worth_the_same_from_both_ends() {
        let units = [unit(2.0, Some(0)), unit(-1.0, None), unit(0.5, None), unit(1.0, Some(1)), unit(-3.0, None)];
        let ties = [0.0, 0.4, 0.1, 0.2, 0.9];
        let emissions = [[1.0, 0.2], [0.3, 0.9], [0.8, 0.1], [0.2, 0.4], [0.0, 0.3]].map(|row| row.to_vec());
        let balance = Balance::default();
        let trellis = Trellis::of(&units, &emissions, &ties, &balance);
        let (ahead, behind) = (trellis.forward().0, trellis.backward());
        let best = |i: usize| ahead[i].iter().zip(&behind[i]).map(|(a, b)| a + b).fold(f32::MIN, f32::max);
        assert!((1..units.len()).all(|i| (best(i) - best(0)).abs() < 1e-4));
    }

    #[test]
    fn a_headline_that_would_have_no_text_gets_one_that_nearly_speaks_for_it() {
        let units = [unit(3.0, None), unit(-2.5, None), unit(-3.0, None)];
        let ties = [0.0; 3];
        let emissions = [[3.0, 0.0], [1.0, 1.6], [1.0, 1.4]].map(|row| row.to_vec());
        let balance = Balance::default();
        let mut trellis = Trellis::of(&units, &emissions, &ties, &balance);
        assert_eq!(trellis.walk().states, [0, 0, 0]);
        assert_eq!(trellis.walk_to_all(&[false, true]).states, [0, 0, 0], "it stands over a picture");
        assert_eq!(trellis.walk_to_all(&[false, false]).states, [0, 1, 1]);
    }
}
