//! Scoring and finding the best reading of a run.

use super::{BEFORE, DOUBT, Heads, LONGEST, MASKS, Part, ROLE, ROLES, Role, Run, SIZES, SPELT, START, Seen};

/// Where weights come from and go to while a reading is scored: a sum, or a list of what was seen.
trait Sink {
    fn add(&mut self, index: usize, value: f32);
}

struct Sum<'a> {
    weights: &'a [f32],
    total: f32,
}

impl Sink for Sum<'_> {
    fn add(&mut self, index: usize, value: f32) {
        self.total += self.weights[index] * value;
    }
}

struct List<'a> {
    into: &'a mut Vec<f32>,
    sign: f32,
}

impl Sink for List<'_> {
    fn add(&mut self, index: usize, value: f32) {
        self.into[index] += self.sign * value;
    }
}

/// First weight of a group.
const fn base(group: usize) -> usize {
    let mut total = 0;
    let mut i = 0;
    while i < group {
        total += SIZES[i];
        i += 1;
    }
    total
}

impl Run {
    fn len(&self) -> usize {
        self.lines.len()
    }

    fn width(&self, from: usize, to: usize) -> u32 {
        self.lines[from..to].iter().map(|l| l.width).sum()
    }

    fn part(&self, from: usize, to: usize, role: Role, sink: &mut impl Sink) {
        let r = role as usize;
        let lines = &self.lines[from..to];
        let opinion = lines[0].opinion[r][0] + lines[1..].iter().map(|l| l.opinion[r][1]).sum::<f32>();
        sink.add(base(0) + r, opinion / 3.0);
        sink.add(base(22) + r * 4 + lines[0].byline, 1.0);
        if role == Role::Other {
            return;
        }
        sink.add(base(23) + r * 5 + lines[0].speaks_for, 1.0);
        sink.add(base(24) + r * 2 + usize::from(lines.iter().all(|l| !l.has_ideograph)), 1.0);
        sink.add(base(25) + r * 4 + lines[lines.len() - 1].quotes, 1.0);
        let (first, last) = (&lines[0].spelt, &lines[lines.len() - 1].spelt);
        sink.add(base(26) + r * SPELT + last[0], 1.0);
        sink.add(base(27) + r * SPELT + last[1], 1.0);
        sink.add(base(28) + r * SPELT + first[2], 1.0);
        sink.add(base(1) + r * LONGEST + to - from - 1, 1.0);
        let width = match self.width(from, to) {
            ..=8 => 0,
            9..=12 => 1,
            13..=16 => 2,
            17..=22 => 3,
            23..=28 => 4,
            29..=36 => 5,
            37..=50 => 6,
            _ => 7,
        };
        sink.add(base(2) + r * 8 + width, 1.0);
        let any = |wanted: &dyn Fn(&Seen) -> bool| usize::from(lines.iter().any(wanted));
        sink.add(base(3) + r * 2 + any(&|l| l.figures), 1.0);
        sink.add(base(4) + r * 3 + lines.iter().map(|l| l.places).max().unwrap_or(0), 1.0);
        sink.add(base(5) + r * 2 + any(&|l| l.marks), 1.0);
        sink.add(base(6) + r * 2 + usize::from(lines[0].dash), 1.0);
        sink.add(base(7) + r * 2 + any(&|l| l.phrases), 1.0);
        let copy_inside = lines.iter().any(|l| l.copies.is_some_and(|c| c < to));
        let copy_outside = lines.iter().any(|l| l.copies.is_some_and(|c| c >= to));
        let copies = match (copy_outside, copy_inside, lines.iter().any(|l| l.doubled)) {
            (true, ..) => 3,
            (_, true, _) => 2,
            (_, _, true) => 1,
            _ => 0,
        };
        sink.add(base(8) + r * 4 + copies, 1.0);
        let strength = match lines.iter().map(|l| l.top).fold(0.0, f32::max) {
            t if t < 8.0 => 0,
            t if t < 25.0 => 1,
            t if t < 55.0 => 2,
            _ => 3,
        };
        sink.add(base(9) + r * 4 + strength, 1.0);
        for seam in from..to - 1 {
            let own = &self.seams[seam];
            sink.add(base(10) + r * 2 + usize::from(own.word), 1.0);
            sink.add(base(11) + r * 2 + usize::from(own.even), 1.0);
            sink.add(base(12) + r * 2 + usize::from(own.blank), 1.0);
            sink.add(base(13) + r * 4 + own.agree, 1.0);
        }
        let against = |other: Option<&Seen>| {
            let own = self.width(from, to);
            other.map_or(1, |o| usize::from(own * 100 >= o.width * 80) + usize::from(own * 80 > o.width * 100))
        };
        let around = against(from.checked_sub(1).map(|b| &self.lines[b])) * 3 + against(self.lines.get(to));
        sink.add(base(14) + r * 9 + around, 1.0);
    }

    /// What is seen between a part and the one before it (its role, or [`START`], and its first line).
    fn seam(&self, (before, part_before): (usize, usize), part: &Part, sink: &mut impl Sink) {
        let Part { from, to, role, begins } = *part;
        let r = role as usize;
        let pair = before * ROLE + r;
        let new = usize::from(begins);
        sink.add(base(15) + pair * 2 + new, 1.0);
        if from == 0 {
            sink.add(base(20) + r * 6 + self.before, 1.0);
        } else {
            let blank = usize::from(self.seams[from - 1].blank);
            sink.add(base(16) + pair * 4 + new * 2 + blank, 1.0);
            if role != Role::Other {
                sink.add(base(17) + r * 8 + new * 4 + self.seams[from - 1].agree, 1.0);
            }
            if !begins && part_before < from {
                let (own, other) = (self.width(from, to), self.width(part_before, from).max(1));
                let class = match own * 100 / other {
                    ..=50 => 0,
                    51..=80 => 1,
                    81..=100 => 2,
                    101..=130 => 3,
                    131..=200 => 4,
                    _ => 5,
                };
                sink.add(base(21) + r * 6 + class, 1.0);
            }
        }
        if to == self.len() {
            sink.add(base(19) + r * 6 + self.behind, 1.0);
        }
    }

    /// The parts of a head when it ends.
    fn close(mask: usize, sink: &mut impl Sink) {
        sink.add(base(18) + mask, 1.0);
    }

    /// Whether lines are tried as a part of that role: what the labelling takes for a head must look very much like
    /// something else not to be one.
    pub fn is_possible(&self, from: usize, to: usize, role: Role) -> bool {
        role != Role::Other || (to == from + 1 && self.lines[from].opinion[role as usize][0] >= DOUBT)
    }

    /// Adds `sign` times what is seen of a reading to `into`; for learning.
    pub fn observe(&self, reading: &[Part], sign: f32, into: &mut Vec<f32>) {
        let mut sink = List { into, sign };
        let (mut before, mut part_before, mut mask) = (START, 0, 0);
        for part in reading {
            let open = before != START && before != Role::Other as usize;
            if open && (part.begins || part.role == Role::Other) {
                Self::close(mask, &mut sink);
            }
            self.part(part.from, part.to, part.role, &mut sink);
            self.seam((before, part_before), part, &mut sink);
            mask = if part.begins { bit(part.role) } else { mask | bit(part.role) };
            (before, part_before) = (part.role as usize, part.from);
        }
        if before != START && before != Role::Other as usize {
            Self::close(mask, &mut sink);
        }
    }

    /// The best reading. `extra` is added to the score of every part; for learning.
    pub fn read(&self, heads: &Heads, extra: &dyn Fn(&Part) -> f32) -> Vec<Part> {
        const STATES: usize = MASKS * BEFORE;
        let n = self.len();
        let score = |f: &dyn Fn(&mut Sum<'_>)| {
            let mut sum = Sum { weights: &heads.weights, total: 0.0 };
            f(&mut sum);
            sum.total
        };
        let closing: Vec<f32> = (0..MASKS).map(|mask| score(&|s| Self::close(mask, s))).collect();
        let mut best = vec![[f32::NEG_INFINITY; STATES]; n + 1];
        let mut back: Vec<[Option<(Part, usize)>; STATES]> = vec![[None; STATES]; n + 1];
        // The first line of the part that a state ended with.
        let mut began = vec![[0usize; STATES]; n + 1];
        best[0][START] = 0.0;
        for from in 0..n {
            let live: Vec<usize> = (0..STATES).filter(|&state| best[from][state] > f32::NEG_INFINITY).collect();
            for to in from + 1..=(from + LONGEST).min(n) {
                for role in ROLES {
                    if !self.is_possible(from, to, role) {
                        continue;
                    }
                    let own = score(&|s| self.part(from, to, role, s));
                    // What is seen at the seam depends on the part before alone, not on the whole state.
                    let mut seams: Vec<(usize, usize, bool, f32)> = Vec::new();
                    for &state in &live {
                        let value = best[from][state];
                        let (mask, before) = (state / BEFORE, state % BEFORE);
                        let open = before != START && before != Role::Other as usize;
                        for begins in [false, true] {
                            // What is of no head begins none; outside a head every other part begins one; a head
                            // has each part once.
                            let is_possible = match (role, begins) {
                                (Role::Other, begins) => !begins,
                                (_, true) => true,
                                (_, false) => open && bit(role) & mask == 0,
                            };
                            if !is_possible {
                                continue;
                            }
                            let part = Part { from, to, role, begins };
                            let start = began[from][state];
                            let known = seams.iter().find(|k| (k.0, k.1, k.2) == (before, start, begins)).map(|k| k.3);
                            let seam = known.unwrap_or_else(|| {
                                let value = score(&|s| self.seam((before, start), &part, s));
                                seams.push((before, start, begins, value));
                                value
                            });
                            let closed = if open && (begins || role == Role::Other) { closing[mask] } else { 0.0 };
                            let total = value + own + seam + closed + extra(&part);
                            let now = if begins || role == Role::Other { bit(role) } else { mask | bit(role) };
                            let next = now * BEFORE + role as usize;
                            if total > best[to][next] {
                                best[to][next] = total;
                                back[to][next] = Some((part, state));
                                began[to][next] = from;
                            }
                        }
                    }
                }
            }
        }
        let last = |state: usize| {
            let open = state % BEFORE < Role::Other as usize;
            best[n][state] + if open { closing[state / BEFORE] } else { 0.0 }
        };
        let mut state = (0..STATES).max_by(|&a, &b| last(a).total_cmp(&last(b)).then(b.cmp(&a))).unwrap_or(0);
        let mut out = Vec::new();
        let mut at = n;
        while let Some((part, before)) = back[at][state] {
            out.push(part);
            (at, state) = (part.from, before);
        }
        out.reverse();
        out
    }
}

/// The bit of a part that a head has once; a subhead may come several times.
fn bit(role: Role) -> usize {
    match role {
        Role::Column => 1,
        Role::Kicker => 2,
        Role::Title => 4,
        Role::Subtitle => 8,
        Role::Subhead | Role::Other => 0,
    }
}
