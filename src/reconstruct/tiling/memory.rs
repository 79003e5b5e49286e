//! The second walk: it remembers where every text stopped, so that a paragraph that begins in mid-sentence is set against the
//! ends that are still open. No table holds all that can be remembered: of the ways up to a paragraph, the best few are kept.

use super::Course;
use super::observed::Given;
use super::walk::{Order, Worth};
use rustc_hash::FxHashSet;

/// Ways that are kept up to each paragraph.
const WIDTH: usize = 12;
/// A way that is worth so much less than the best one is not kept.
const HOPELESS: f32 = 12.0;

/// Headlines up to which a page's ways are remembered: none has as many, a list of headlines has.
const MOST_HEADS: usize = 60;

/// Where the texts stopped.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// Of every state: its last paragraph.
    last: Vec<Option<usize>>,
    /// Whether its first one begins in mid-sentence.
    begins_inside: Vec<bool>,
}

impl Memory {
    pub fn new(states: usize) -> Self {
        Self { last: vec![None; states], begins_inside: vec![false; states] }
    }

    pub fn last(&self, state: usize) -> Option<usize> {
        self.last[state]
    }

    /// Of every state that has paragraphs: the last one, and whether the first one begins in mid-sentence.
    pub fn texts(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        let last = self.last.iter().zip(&self.begins_inside).enumerate();
        last.filter_map(|(state, (last, inside))| last.map(|last| (state, last, *inside)))
    }

    /// A paragraph is given to a state.
    pub fn add(&mut self, course: &Course, i: usize, state: usize) {
        if self.last[state].is_none() {
            self.begins_inside[state] = course.units[i].begins_inside;
        }
        self.last[state] = Some(i);
    }

    /// What of it matters for what comes, as far as a number can tell: texts that are over are all alike.
    fn key(&self, course: &Course, state: usize) -> u64 {
        let of_text = |(state, last, inside): (usize, usize, bool)| {
            let open = if course.units[last].is_open { last as u64 + 1 } else { 0 };
            ((open << 1 | u64::from(inside)) << 16 | state as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        };
        self.texts().map(of_text).fold(state as u64, |key, text| key ^ text.rotate_left(23))
    }
}

/// A way up to a paragraph.
struct Way {
    value: f32,
    state: usize,
    memory: Memory,
    /// Its last step in the trail.
    step: usize,
}

impl Course {
    /// The best walk found, and its value (0 where there are too many headlines to remember anything).
    pub(super) fn remembering(&self, weights: &[f32], worth: &Worth, given: &Given<'_>) -> (Vec<usize>, f32) {
        if self.heads.len() > MOST_HEADS {
            return (worth.walk(), 0.0);
        }
        let states = self.heads.len() + 1;
        // The step before and the state of every step.
        let mut trail: Vec<(usize, usize)> = Vec::new();
        let mut ways = vec![Way { value: 0.0, state: states, memory: Memory::new(states), step: usize::MAX }];
        let mut steps: Vec<(f32, usize, usize)> = Vec::new();
        let mut known = FxHashSet::default();
        let (mut ends, mut remembered) = (Vec::new(), Vec::new());
        for i in 0..self.units.len() {
            let seen = self.seen_beside(i, given);
            steps.clear();
            for (from, way) in ways.iter().enumerate() {
                self.remembered(weights, &seen, &way.memory, &mut ends, &mut remembered);
                let to = |state: usize| way.value + worth.step(i, way.state, state) + remembered[state];
                steps.extend((0..states).map(|state| (to(state), from, state)));
            }
            steps.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
            let least = steps[0].0 - HOPELESS;
            known.clear();
            let mut next: Vec<Way> = Vec::with_capacity(WIDTH);
            for &(value, from, state) in steps.iter().take_while(|step| step.0 >= least) {
                let mut memory = ways[from].memory.clone();
                memory.add(self, i, state);
                if known.insert(memory.key(self, state)) {
                    trail.push((ways[from].step, state));
                    next.push(Way { value, state, memory, step: trail.len() - 1 });
                }
                if next.len() == WIDTH {
                    break;
                }
            }
            ways = next;
        }
        let seen = self.seen_beside(0, given);
        for way in &mut ways {
            way.value += self.remembered_at_end(weights, &seen, &way.memory);
        }
        let best = ways.iter().reduce(|a, b| if b.value > a.value { b } else { a });
        let (mut step, value) = best.map_or((usize::MAX, 0.0), |way| (way.step, way.value));
        let mut out = Vec::with_capacity(self.units.len());
        while let Some(&(before, state)) = trail.get(step) {
            out.push(state);
            step = before;
        }
        out.reverse();
        (out, value)
    }
}

impl Worth {
    /// What it is worth to go to a state at a paragraph from that of the one before, if there is one.
    fn step(&self, i: usize, from: usize, to: usize) -> f32 {
        let emit = self.emit[i][to];
        if i == 0 {
            return emit + self.enter[0][to];
        }
        if from == to {
            return emit + self.remain(i, to).0;
        }
        let order = Order::of(from, to, self.states() - 1).map_or(0.0, |order| self.order[i][order as usize]);
        emit + self.go[i] + self.enter[i][to] + self.leave[i][from] + order
    }
}
