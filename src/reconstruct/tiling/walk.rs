//! The best walk over paragraphs, each of which is of one headline's text or of none, and how clearly it is the best.

use std::ops::Index;

/// Walks that headlines without a text are given something for in advance.
const ROUNDS: usize = 4;

/// A number for every paragraph in every state.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    states: usize,
    values: Vec<f32>,
}

impl Table {
    /// With room for so many paragraphs.
    pub fn for_units(units: usize, states: usize) -> Self {
        Self { states, values: Vec::with_capacity(units * states) }
    }

    /// Adds the next paragraph.
    pub fn push(&mut self, row: impl Iterator<Item = f32>) {
        self.values.extend(row.take(self.states));
    }

    /// How many paragraphs there are.
    pub fn units(&self) -> usize {
        self.values.len() / self.states
    }

    /// Of losses: how much worse every headline's text gets if the best walk is changed in a single paragraph of it, so that one
    /// goes to another text, or one of another's comes to it.
    pub fn margins(&self, walk: &[usize]) -> Vec<f32> {
        let heads = self.states - 1;
        let mut out = vec![f32::INFINITY; heads];
        for (i, &own) in walk.iter().enumerate() {
            let lost = &self[i];
            let others = (0..=heads).filter(|&state| state != own);
            let nearest = others.clone().map(|state| lost[state]).fold(f32::INFINITY, f32::min);
            for state in others.filter(|&state| state < heads) {
                out[state] = out[state].min(lost[state]);
            }
            if let Some(margin) = out.get_mut(own) {
                *margin = margin.min(nearest);
            }
        }
        out
    }

    /// Adds to every number what `more` gives for its paragraph and state.
    pub fn add(&mut self, more: impl Fn(usize, usize) -> f32) {
        let states = self.states;
        self.values.iter_mut().enumerate().for_each(|(at, value)| *value += more(at / states, at % states));
    }
}

impl Index<usize> for Table {
    type Output = [f32];

    fn index(&self, unit: usize) -> &[f32] {
        &self.values[unit * self.states..(unit + 1) * self.states]
    }
}

/// What every step of a walk is worth: a state for each headline, and the last for none.
#[derive(Clone, Debug, Default)]
pub(super) struct Worth {
    /// Of every paragraph in every state.
    pub emit: Table,
    /// Of going on with the state before at every paragraph.
    pub stay: Vec<f32>,
    /// Of going over to another one there, to which one, and from which one.
    pub go: Vec<f32>,
    pub enter: Table,
    pub leave: Table,
    /// Of where the one's headline stands, seen from the other's (see [`Order`]).
    pub order: Vec<[f32; Order::COUNT]>,
    /// Whether another text of no headline begins there, if one goes before.
    pub reopens: Vec<bool>,
}

/// Where the headline stands that a walk goes over to, seen from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Order {
    /// The next one.
    Next,
    /// Further down.
    Later,
    /// The one before.
    Before,
    /// Further up.
    Earlier,
}

impl Order {
    pub const COUNT: usize = 4;
    pub const ALL: [Self; Self::COUNT] = [Self::Next, Self::Later, Self::Before, Self::Earlier];

    /// From one of so many headlines to another one; nothing for the state of none.
    pub fn of(from: usize, to: usize, heads: usize) -> Option<Self> {
        let is_head = from < heads && to < heads;
        is_head.then_some(match to {
            to if to == from + 1 => Self::Next,
            to if to > from => Self::Later,
            to if to + 1 == from => Self::Before,
            _ => Self::Earlier,
        })
    }
}

/// A value and the state that has it.
type Best = (f32, usize);
const NOBODY: Best = (f32::NEG_INFINITY, 0);

fn better(one: Best, other: Best) -> Best {
    if other.0 > one.0 { other } else { one }
}

/// For every state the best of the others' `values`, those of headlines changed by where they stand from it: far above, right
/// above, right below, far below.
fn best_others(values: &[f32], [far_above, above, below, far_below]: [f32; 4]) -> Vec<Best> {
    let heads = values.len() - 1;
    let none = (values[heads], heads);
    let value = |state: usize, change: f32| values.get(state).map_or(NOBODY, |value| (value + change, state));
    let mut out = Vec::with_capacity(values.len());
    // The best of those far above, then those far below.
    let mut far = NOBODY;
    for state in 0..heads {
        far = state.checked_sub(2).map_or(far, |at| better(far, value(at, far_above)));
        let near = state.checked_sub(1).map_or(NOBODY, |at| value(at, above));
        out.push(better(none, better(far, near)));
    }
    let mut far = NOBODY;
    for state in (0..heads).rev() {
        far = if state + 2 < heads { better(far, value(state + 2, far_below)) } else { far };
        let near = if state + 1 < heads { value(state + 1, below) } else { NOBODY };
        out[state] = better(out[state], better(far, near));
    }
    out.push((0..heads).map(|state| value(state, 0.0)).fold(NOBODY, better));
    out
}

impl Worth {
    pub(super) fn states(&self) -> usize {
        self.emit.states
    }

    /// What it is worth to remain in a state, and whether a text opens all the same: two texts of no headline in a row.
    pub(super) fn remain(&self, i: usize, state: usize) -> (f32, bool) {
        if state + 1 == self.states() && self.reopens[i] { (self.go[i], true) } else { (self.stay[i], false) }
    }

    /// The best walk when every headline has a text: going over to those that would remain without one is given `need` in
    /// advance, and more with every walk. Not for ever: a line taken for a headline may be none. Those `without_text` are left as
    /// they are.
    pub fn walk_to_all(&mut self, without_text: &[bool], need: f32) -> Vec<usize> {
        let mut walk = self.walk();
        for _ in 0..ROUNDS {
            let mut is_in_need: Vec<bool> = without_text.iter().map(|without| !without).collect();
            for &state in &walk {
                if let Some(head) = is_in_need.get_mut(state) {
                    *head = false;
                }
            }
            if !is_in_need.contains(&true) {
                break;
            }
            self.enter.add(|_, state| if is_in_need.get(state) == Some(&true) { need } else { 0.0 });
            walk = self.walk();
        }
        walk
    }

    /// Viterbi over (paragraph, headline): the state of every paragraph.
    pub fn walk(&self) -> Vec<usize> {
        let (ahead, back) = self.forward();
        let units = ahead.units();
        let mut state = top(&ahead[units - 1]);
        let mut out = vec![0; units];
        for i in (0..units).rev() {
            out[i] = state;
            state = back[i * self.states() + state];
        }
        out
    }

    /// What the best walk is worth.
    #[cfg(test)]
    pub fn value(&self) -> f32 {
        let ahead = self.forward().0;
        let last = &ahead[ahead.units() - 1];
        last[top(last)]
    }

    /// The best value up to every paragraph in every state, and the state before it, paragraph after paragraph.
    fn forward(&self) -> (Table, Vec<usize>) {
        let (states, units) = (self.states(), self.emit.units());
        let mut ahead = Table::for_units(units, states);
        ahead.push(self.emit[0].iter().zip(&self.enter[0]).map(|(emit, enter)| emit + enter));
        let mut back = vec![0; states];
        back.reserve(states * (units - 1));
        let mut left = vec![0.0; states];
        for i in 1..units {
            let best = &ahead[i - 1];
            left.iter_mut().zip(best).zip(&self.leave[i]).for_each(|((left, best), leave)| *left = best + leave);
            let [next, later, before, earlier] = self.order[i];
            let others = best_others(&left, [later, next, before, earlier]);
            let values = (0..states).map(|s| {
                let same = best[s] + self.remain(i, s).0;
                let other = others[s].0 + self.go[i] + self.enter[i][s];
                back.push(if other > same { others[s].1 } else { s });
                other.max(same) + self.emit[i][s]
            });
            let values: Vec<f32> = values.collect();
            ahead.push(values.into_iter());
        }
        (ahead, back)
    }

    /// How much worse the best walk gets if a paragraph goes to another state, of every paragraph in every state.
    pub fn losses(&self, walk: &[usize]) -> Table {
        let (ahead, behind) = (self.forward().0, self.backward());
        let mut out = Table::for_units(walk.len(), self.states());
        for (i, &own) in walk.iter().enumerate() {
            // The table of what comes behind begins with the last paragraph.
            let (ahead, behind) = (&ahead[i], &behind[walk.len() - 1 - i]);
            let best = ahead[own] + behind[own];
            out.push(ahead.iter().zip(behind).map(|(a, b)| best - (a + b)));
        }
        out
    }

    /// The best value of what comes behind every paragraph in every state, from the last paragraph to the first.
    fn backward(&self) -> Table {
        let (states, units) = (self.states(), self.emit.units());
        let mut out = Table::for_units(units, states);
        out.push(std::iter::repeat_n(0.0, states));
        for next in (1..units).rev() {
            let stays: Vec<f32> = self.emit[next].iter().zip(&out[units - 1 - next]).map(|(a, b)| a + b).collect();
            let entered: Vec<f32> = stays.iter().zip(&self.enter[next]).map(|(a, b)| a + b).collect();
            let [later, before] = [Order::Later, Order::Before].map(|order| self.order[next][order as usize]);
            let [below, earlier] = [Order::Next, Order::Earlier].map(|order| self.order[next][order as usize]);
            let others = best_others(&entered, [earlier, before, below, later]);
            out.push(
                (0..states).map(|s| {
                    (stays[s] + self.remain(next, s).0).max(others[s].0 + self.leave[next][s] + self.go[next])
                }),
            );
        }
        out
    }
}

/// The last of the highest.
fn top(values: &[f32]) -> usize {
    (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What paragraphs are worth in the states that are not none, and going over against staying at each.
    fn worth(emit: &[&[f32]], go: &[f32]) -> Worth {
        let states = emit[0].len() + 1;
        let mut zeros = Table::for_units(emit.len(), states);
        emit.iter().for_each(|_| zeros.push(std::iter::repeat(0.0)));
        let mut own = zeros.clone();
        own.add(|i, state| emit[i].get(state).copied().unwrap_or(-1.0));
        Worth {
            emit: own,
            stay: vec![0.0; emit.len()],
            go: go.to_vec(),
            enter: zeros.clone(),
            leave: zeros,
            order: vec![[0.0; 4]; emit.len()],
            reopens: vec![false; emit.len()],
        }
    }

    #[test]
    fn a_paragraph_that_another_text_nearly_got_makes_both_texts_doubtful() {
        // The second paragraph speaks for the second headline nearly as much as for its own.
        let rows: [&[f32]; 5] =
            [&[3.0, 0.0, 0.0], &[1.6, 1.5, 0.0], &[0.0, 3.0, 0.0], &[0.0, 3.0, 0.0], &[0.0, 0.0, 9.0]];
        let worth = worth(&rows, &[0.0, -0.2, -0.1, -2.0, 0.0]);
        let walk = worth.walk();
        assert_eq!(walk, [0, 0, 1, 1, 2]);
        let losses = worth.losses(&walk);
        assert!(walk.iter().enumerate().all(|(i, &own)| losses[i][own] == 0.0));
        let margins = losses.margins(&walk);
        assert!(margins[0] > 0.0 && margins[0] == margins[1] && margins[1] < margins[2], "{margins:?}");
    }

    #[test]
    fn the_best_way_is_worth_the_same_from_both_ends() {
        let rows: [&[f32]; 5] = [&[1.0, 0.2], &[0.3, 0.9], &[0.8, 0.1], &[0.2, 0.4], &[0.0, 0.3]];
        let mut worth = worth(&rows, &[0.0, -0.3, -0.1, 0.2, -2.0]);
        worth.enter.add(|i, state| if (i, state) == (3, 1) { 0.4 } else { 0.0 });
        worth.leave.add(|i, state| if (i, state) == (2, 0) { 0.3 } else { 0.0 });
        (worth.order[2], worth.reopens[4]) = ([0.1, 0.0, 0.5, 0.0], true);
        let (ahead, behind) = (worth.forward().0, worth.backward());
        let best =
            |i: usize| ahead[i].iter().zip(&behind[rows.len() - 1 - i]).map(|(a, b)| a + b).fold(f32::MIN, f32::max);
        assert!((1..rows.len()).all(|i| (best(i) - best(0)).abs() < 1e-4));
    }

    #[test]
    fn a_headline_that_would_have_no_text_gets_one_that_nearly_speaks_for_it() {
        let worth = worth(&[&[3.0, 0.0], &[1.0, 1.6], &[1.0, 1.4]], &[0.0, -1.2, -3.0]);
        assert_eq!(worth.walk(), [0, 0, 0]);
        assert_eq!(worth.clone().walk_to_all(&[false, true], 0.2), [0, 0, 0], "it stands over a picture");
        assert_eq!(worth.clone().walk_to_all(&[false, false], 0.2), [0, 1, 1]);
    }

    #[test]
    fn going_over_to_the_next_headline_is_worth_more_where_headlines_stand_in_the_order_of_their_texts() {
        let mut worth = worth(&[&[2.0, 0.0, 0.0], &[0.0, 1.0, 1.0]], &[0.0, 0.0]);
        worth.order[1] = [0.5, 0.0, 0.0, 0.0];
        assert_eq!(worth.walk(), [0, 1]);
        worth.order[1] = [0.0, 0.5, 0.0, 0.0];
        assert_eq!(worth.walk(), [0, 2]);
    }

    #[test]
    fn the_best_of_the_others_is_found_as_by_looking_at_all_pairs() {
        let values = [0.4, -1.0, 2.0, 1.9, 0.1, 1.7];
        let heads = values.len() - 1;
        for changes in [[0.0; 4], [0.5, -0.3, 0.2, -0.6], [-2.0, 1.0, 1.0, -2.0]] {
            let [far_above, above, below, far_below] = changes;
            let change = |from: usize, to: usize| match Order::of(from, to, heads) {
                None => 0.0,
                Some(Order::Next) => above,
                Some(Order::Later) => far_above,
                Some(Order::Before) => below,
                Some(Order::Earlier) => far_below,
            };
            for (to, found) in best_others(&values, changes).into_iter().enumerate() {
                let others = (0..values.len()).filter(|&from| from != to);
                let best = others.map(|from| values[from] + change(from, to)).fold(f32::MIN, f32::max);
                assert_eq!((found.0, values[found.1] + change(found.1, to)), (best, best), "{to} {changes:?}");
            }
        }
    }
}
