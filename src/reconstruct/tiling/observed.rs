//! What is seen of a walk over the paragraphs: of each with each headline, and of each step from one to the next. Weights for it
//! are learned by `examples/train_walks.rs`.

use super::super::weights::{self, Sink};
use super::Course;
use super::classes::{Top, class, flow, length, margin, nearer, nearness, opening};
use super::memory::Memory;
use super::units::{Gap, Unit};
use super::walk::{Order, Table, Worth};

/// Sizes of the groups of weights, in order. Each is there twice: for the walk that sees paragraphs alone, and for the
/// second, which sees what the first has made of the page.
const SIZES: [usize; 43] = [
    WORDS * LENGTHS,            // what it shares with the headline, its length
    MARGINS,                    // the same set against the headline that it shares most with besides
    MARGINS,                    // the same set against the paragraph that the headline shares most with besides
    PLACES * OPENINGS,          // where the headline stands, whether the paragraph looks like an opening
    LENGTHS * OPENINGS,         // of no headline: its length, whether it looks like an opening
    TIES * COUNTS,              // second walk: what it shares with the text's other paragraphs, how many they are
    MARGINS,                    // the same set against the other texts
    4,                          // the measure of the text's others: unknown, this one's, nearly, another one
    3,                          // who speaks: nobody, somebody who does so in the text elsewhere, somebody else
    FLOWS * 2, // begins in mid-sentence: how readily it goes on with one that stops so; right before it or not
    MARGINS,   // the same set against the other texts
    FLOWS,     // stops in mid-sentence: how readily one of the text's goes on with it
    2 * MARGINS, // where the first walk put it, what it shares with the headline set against the others
    6,         // how many others the text has
    KINDS * 10, // a step: how likely an article opens
    KINDS * 4 * GAPS, // begins in mid-sentence, the one before stops so, what is between
    KINDS * 7, // what the two share
    KINDS * FLOWS * GAPS, // the one before stops in mid-sentence: how readily this one goes on with it, what is between
    KINDS * 6, // the last line before is finished, how much it falls short
    3,         // going over to the headline right before, to another one, none is there
    3,         // going over from the headline right behind
    KINDS * 2, // the first walk stayed or went over
    KINDS * LENGTHS, // length of the one before
    24,        // going over to a text that has paragraphs before, behind; begins in mid-sentence, looks like an opening
    KINDS * LENGTHS, // length
    KINDS * 4 * TORN * GAPS, // begins in mid-sentence, the one before stops so, how torn the page is, what is between
    KINDS * 10 * TORN, // how likely an article opens, how torn the page is
    KINDS * 5, // its measure against that of the one before
    KINDS * MARGINS, // how readily it goes on with the one before against others that stop in mid-sentence
    ORDERS * OPENINGS * CROWDS, // going over to the next headline, a later one, the one before, an earlier one
    2 * MARGINS, // the headline stands over a picture, what the paragraph shares with it set against the others
    PLACES * CROWDS, // where the headline stands, how headlines stand on the page
    6,         // going over to a text: how many paragraphs ago it stopped
    // What the second walk remembers.
    ENDS * 4, // begins in mid-sentence: how readily it goes on with the text's last one; right before it; of a headline
    2 * MARGINS, // the same set against the texts that are open elsewhere; right before it
    3 * 2 * OPENINGS * 2, // does not: whether the text's last one is over, right before it, looks like an opening, of a headline
    2 * OPENINGS,         // the headline's first one: over a picture, looks like an opening
    4 * TORN,             // a text in the end: begins in mid-sentence, stops so, how torn the page is
    FLOWS * MARGINS, // begins in mid-sentence: how readily it goes on with any of the text, before or behind, and against the others
    // By what texts are about.
    MARGINS * LENGTHS,      // how near it lies to the headline, set against the others; its length
    NEAR * LENGTHS,         // second walk: how near to the headline's text
    MARGINS * LENGTHS,      // the same set against the others
    KINDS * NEAR * LENGTHS, // a step: how near to the two before it
];
/// No last paragraph, one that is over, or how readily one goes on with one that is not.
const ENDS: usize = FLOWS + 1;
const WORDS: usize = 14;
const LENGTHS: usize = 5;
const MARGINS: usize = 11;
const PLACES: usize = 10;
const OPENINGS: usize = 3;
const TIES: usize = 8;
const NEAR: usize = 8;
const COUNTS: usize = 4;
const FLOWS: usize = 8;
const GAPS: usize = Gap::COUNT;
/// Classes of how torn a page is.
const TORN: usize = 3;
const ORDERS: usize = Order::COUNT;
const CROWDS: usize = 3;
/// Staying and going over.
const KINDS: usize = 2;

const BASES: [usize; SIZES.len()] = weights::bases(SIZES);
/// Weights of one walk.
const ONE: usize = weights::total(SIZES);
/// Number of weights.
pub const WEIGHTS: usize = 2 * ONE;

/// How clearly paragraphs and headlines go together by their words: what each has best, and next to best.
#[derive(Clone, Debug)]
pub(super) struct Leaders {
    of_units: Vec<Top>,
    of_heads: Vec<Top>,
}

impl Leaders {
    pub fn of(words: &[Vec<f32>]) -> Self {
        let heads = words.first().map_or(0, Vec::len);
        Self {
            of_units: words.iter().map(|row| Top::of(row.iter().copied())).collect(),
            of_heads: (0..heads).map(|head| Top::of(words.iter().map(|row| row[head]))).collect(),
        }
    }
}

/// What a walk sees of the states that the first one gave to the paragraphs.
pub(super) struct Given<'a> {
    states: &'a [usize],
    /// Of every paragraph with every headline's text.
    ties: Vec<Vec<f32>>,
    /// How near every paragraph lies to every headline's text.
    near: Vec<Vec<f32>>,
    /// The paragraphs in every state.
    members: Vec<Vec<usize>>,
}

impl<'a> Given<'a> {
    pub fn of(course: &Course, states: &'a [usize]) -> Self {
        let heads = course.heads.len();
        let mut members = vec![Vec::new(); heads + 1];
        states.iter().enumerate().for_each(|(at, &state)| members[state].push(at));
        let mut ties = course.shared.ties_to(states, heads);
        ties.iter_mut().flatten().for_each(|tie| *tie /= *tie + HALF);
        Self { states, ties, near: course.about.to_texts(states), members }
    }

    /// Of every headline's text: the paragraph before `i`, or anywhere, that stops in mid-sentence and that it goes on with
    /// most readily.
    fn flows(&self, course: &Course, i: usize, anywhere: bool) -> Vec<Option<(f32, usize)>> {
        let mut out: Vec<Option<(f32, usize)>> = vec![None; course.heads.len()];
        for &(at, follows) in course.flows[i].iter().filter(|(at, _)| anywhere || *at < i) {
            if let Some(slot) = out.get_mut(self.states[at])
                && slot.is_none_or(|(known, _)| follows >= known)
            {
                *slot = Some((follows, at));
            }
        }
        out
    }
}

/// What paragraphs share when that is half convincing.
const HALF: f32 = 2.0;
/// No words in common is as little as this.
const LEAST: f32 = -0.5;
/// Nothing to go on with is as bad as what follows as little as this.
const TORN_OFF: f32 = -2.5;

impl Course {
    /// What every step is worth by `weights`; `given` is what the first walk made of the page.
    pub(super) fn worth(&self, weights: &[f32], given: Option<&Given<'_>>) -> Worth {
        let (units, states) = (self.units.len(), self.heads.len() + 1);
        let table = || Table::for_units(units, states);
        let mut out = Worth { emit: table(), enter: table(), leave: table(), ..Worth::default() };
        for i in 0..units {
            let seen = self.seen(i, given);
            out.emit.push((0..states).map(|state| weights::sum(weights, |sink| self.see(&seen, state, sink))));
            out.stay.push(weights::sum(weights, |sink| self.see_step(&seen, false, sink)));
            out.go.push(weights::sum(weights, |sink| self.see_step(&seen, true, sink)));
            out.enter.push((0..states).map(|state| weights::sum(weights, |sink| self.see_enter(&seen, state, sink))));
            out.leave.push((0..states).map(|state| weights::sum(weights, |sink| self.see_leave(&seen, state, sink))));
            out.order.push(Order::ALL.map(|order| weights::sum(weights, |sink| self.see_order(&seen, order, sink))));
            out.reopens.push(self.reopens(i));
        }
        out
    }

    fn seen<'a>(&'a self, i: usize, given: Option<&'a Given<'a>>) -> Seen<'a> {
        let given_inside = given.filter(|_| self.units[i].begins_inside);
        let flows = |anywhere| given_inside.map(|given| given.flows(self, i, anywhere)).unwrap_or_default();
        let (flows, anywhere) = (flows(false), flows(true));
        let top =
            |flows: &[Option<(f32, usize)>]| Top::of(flows.iter().map(|flow| flow.map_or(TORN_OFF, |(flow, _)| flow)));
        let best = |row: Option<&[f32]>| Top::of(row.unwrap_or_default().iter().copied());
        Seen {
            i,
            unit: &self.units[i],
            before: i.checked_sub(1).map(|at| &self.units[at]),
            given,
            flow: top(&flows),
            flows,
            flow_anywhere: top(&anywhere),
            anywhere,
            tie: best(given.map(|given| given.ties[i].as_slice())),
            near: best(given.map(|given| given.near[i].as_slice())),
        }
    }

    /// Adds `sign` times what is seen of a walk to `into`; for learning.
    pub fn observe(&self, states: &[usize], first: Option<&[usize]>, sign: f32, into: &mut Vec<f32>) {
        let given = first.map(|first| Given::of(self, first));
        let mut sink = weights::List { into, sign };
        let (mut memory, mut ends) = (Memory::new(self.heads.len() + 1), Vec::new());
        for (i, &state) in states.iter().enumerate() {
            let seen = self.seen(i, given.as_ref());
            self.see(&seen, state, &mut sink);
            if given.is_some() {
                self.ends(&seen, &memory, &mut ends);
                self.see_memory(&seen, state, &memory, &ends, &mut sink);
                memory.add(self, i, state);
                if i + 1 == states.len() {
                    self.see_end(&seen, &memory, &mut sink);
                }
            }
            let Some(from) = i.checked_sub(1).map(|at| states[at]) else {
                self.see_enter(&seen, state, &mut sink);
                continue;
            };
            self.see_step(&seen, from != state || (state == self.heads.len() && self.reopens(i)), &mut sink);
            if from != state {
                self.see_enter(&seen, state, &mut sink);
                self.see_leave(&seen, from, &mut sink);
                if let Some(order) = Order::of(from, state, self.heads.len()) {
                    self.see_order(&seen, order, &mut sink);
                }
            }
        }
    }

    /// What is seen of a paragraph for what is remembered.
    pub(super) fn seen_beside<'a>(&'a self, i: usize, given: &'a Given<'a>) -> Seen<'a> {
        Seen { given: Some(given), ..self.seen(i, None) }
    }

    /// What is remembered when a paragraph is given to each state; `ends` is room for what it goes on with.
    pub(super) fn remembered(
        &self,
        weights: &[f32],
        seen: &Seen<'_>,
        memory: &Memory,
        ends: &mut Vec<Option<f32>>,
        out: &mut Vec<f32>,
    ) {
        self.ends(seen, memory, ends);
        out.clear();
        let worth = |state| weights::sum(weights, |sink| self.see_memory(seen, state, memory, ends, sink));
        out.extend((0..=self.heads.len()).map(worth));
    }

    /// What is remembered when all are given to one.
    pub(super) fn remembered_at_end(&self, weights: &[f32], seen: &Seen<'_>, memory: &Memory) -> f32 {
        weights::sum(weights, |sink| self.see_end(seen, memory, sink))
    }

    /// Of every state: how readily a paragraph that begins in mid-sentence goes on with its last one, if that stops so.
    fn ends(&self, seen: &Seen<'_>, memory: &Memory, out: &mut Vec<Option<f32>>) {
        out.clear();
        if seen.unit.begins_inside {
            let end = |state: usize| memory.last(state).and_then(|last| self.flow(seen.i, last));
            out.extend((0..=self.heads.len()).map(end));
        }
    }

    /// A paragraph in a state, whose text stopped somewhere.
    fn see_memory(&self, seen: &Seen<'_>, state: usize, memory: &Memory, ends: &[Option<f32>], sink: &mut impl Sink) {
        let Seen { i, unit, .. } = *seen;
        let last = memory.last(state);
        let is_head = usize::from(state < self.heads.len());
        let is_right_before = usize::from(last.is_some_and(|last| last + 1 == i));
        if unit.begins_inside {
            let end = match (last, ends[state]) {
                (None, _) => 0,
                (Some(_), None) => 1,
                (Some(_), Some(follows)) => 1 + flow(follows),
            };
            seen.add(sink, 33, (end * 2 + is_right_before) * 2 + is_head);
            let others = ends.iter().enumerate().filter(|(other, _)| *other != state).filter_map(|(_, end)| *end);
            let by = ends[state].unwrap_or(TORN_OFF) - others.fold(TORN_OFF, f32::max);
            seen.add(sink, 34, is_right_before * MARGINS + margin(by / 2.0));
        } else {
            let end = last.map_or(0, |last| 1 + usize::from(self.units[last].is_open));
            seen.add(sink, 35, ((end * 2 + is_right_before) * OPENINGS + opening(unit)) * 2 + is_head);
        }
        if last.is_none() && is_head == 1 {
            seen.add(sink, 36, usize::from(self.over_picture[state]) * OPENINGS + opening(unit));
        }
    }

    /// The texts in the end.
    fn see_end(&self, seen: &Seen<'_>, memory: &Memory, sink: &mut impl Sink) {
        for (_, last, inside) in memory.texts().filter(|(state, ..)| *state < self.heads.len()) {
            let value = usize::from(inside) * 2 + usize::from(self.units[last].is_open);
            seen.add(sink, 37, value * TORN + self.torn);
        }
    }

    /// Whether a text of no headline begins anew at a paragraph.
    fn reopens(&self, i: usize) -> bool {
        self.units[i].open > 0.0
    }

    /// A paragraph in a state.
    fn see(&self, seen: &Seen<'_>, state: usize, sink: &mut impl Sink) {
        let Seen { i, unit, given, .. } = *seen;
        let leader = &self.leaders.of_units[i];
        let is_head = state < self.heads.len();
        let own = if is_head { self.words[i][state] } else { 0.0 };
        let others = margin(own - leader.beside(state).max(LEAST));
        if is_head {
            let words = class(own, &[-0.6, -0.3, -0.1, 0.1, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.8]);
            seen.add(sink, 0, words * LENGTHS + length(unit));
            seen.add(sink, 1, others);
            seen.add(sink, 2, margin(own - self.leaders.of_heads[state].beside(i).max(LEAST)));
            let place = self.place(i, state);
            seen.add(sink, 3, place * OPENINGS + opening(unit));
            seen.add(sink, 30, usize::from(self.over_picture[state]) * MARGINS + others);
            seen.add(sink, 31, place * CROWDS + self.crowd);
            seen.add(sink, 39, nearer(self.about.to_head(i, state)) * LENGTHS + length(unit));
        } else {
            seen.add(sink, 4, length(unit) * OPENINGS + opening(unit));
        }
        let Some(given) = given else { return };
        let was = usize::from(given.states[i] == state);
        seen.add(sink, 12, was * MARGINS + others);
        if is_head {
            let count = (given.members[state].len() - was) as f32;
            seen.add(sink, 13, class(count, &[0.5, 1.5, 2.5, 3.5, 6.5]));
            let tie = given.ties[i][state];
            let ties = class(tie, &[0.02, 0.15, 0.3, 0.45, 0.55, 0.65, 0.75]);
            seen.add(sink, 5, ties * COUNTS + class(count, &[0.5, 1.5, 3.5]));
            seen.add(sink, 6, margin(2.0 * (tie - seen.tie.beside(state).max(0.0))));
            let near = given.near[i][state];
            seen.add(sink, 40, nearness(near) * LENGTHS + length(unit));
            seen.add(sink, 41, nearer(near - seen.near.beside(state).max(-1.0)) * LENGTHS + length(unit));
            self.see_others(seen, given, state, sink);
        }
    }

    /// Where a headline stands, seen from a paragraph.
    fn place(&self, i: usize, head: usize) -> usize {
        let unit = &self.units[i];
        match i as i64 - self.heads[head] as i64 {
            0 if unit.head_before == Some(head) => 0,
            0 => 1,
            1 => 2,
            2..=4 => 3,
            5.. => 4,
            -1 if unit.head_behind == Some(head) => 5,
            -1 => 6,
            -2 => 7,
            -5..=-3 => 8,
            _ => 9,
        }
    }

    /// A paragraph beside the others of a headline's text.
    fn see_others(&self, seen: &Seen<'_>, given: &Given<'_>, state: usize, sink: &mut impl Sink) {
        let Seen { i, unit, .. } = *seen;
        let others = || given.members[state].iter().filter(|at| **at != i).map(|&at| &self.units[at]);
        let measure = others().filter(|o| o.measure > 0).map(|o| o.measure.abs_diff(unit.measure)).min();
        let measure = match measure.filter(|_| unit.measure > 0) {
            None => 0,
            Some(0..=2) => 1,
            // A figure or a mark more or less.
            Some(3) => 2,
            Some(_) => 3,
        };
        seen.add(sink, 7, measure);
        let speaker = match &unit.speaker {
            None => 0,
            Some(own) if others().any(|o| o.speaker.as_ref() == Some(own)) => 1,
            Some(_) => 2,
        };
        seen.add(sink, 8, speaker);
        if unit.begins_inside {
            let own = seen.flows[state];
            let is_right_before = own.is_some_and(|(_, at)| at + 1 == i);
            seen.add(sink, 9, own.map_or(0, |(follows, _)| flow(follows)) * 2 + usize::from(is_right_before));
            let own = own.map_or(TORN_OFF, |(follows, _)| follows);
            seen.add(sink, 10, margin((own - seen.flow.beside(state).max(TORN_OFF)) / 2.0));
            let own = seen.anywhere[state].map(|(follows, _)| follows);
            let by = own.unwrap_or(TORN_OFF) - seen.flow_anywhere.beside(state).max(TORN_OFF);
            seen.add(sink, 38, own.map_or(0, flow) * MARGINS + margin(by / 2.0));
        }
        if unit.is_open {
            let behind = given.members[state].iter().filter(|at| **at > i);
            let flows = behind.filter_map(|&at| self.flow(at, i));
            seen.add(sink, 11, flows.reduce(f32::max).map_or(0, flow));
        }
    }

    /// How readily paragraph `after` goes on with `before`, if the one stops in mid-sentence and the other begins so.
    fn flow(&self, after: usize, before: usize) -> Option<f32> {
        self.flows[after].iter().find(|(tail, _)| *tail == before).map(|(_, follows)| *follows)
    }

    /// Going on with the text before a paragraph, or over to another one.
    fn see_step(&self, seen: &Seen<'_>, goes: bool, sink: &mut impl Sink) {
        let Seen { i, unit, .. } = *seen;
        let Some(before) = seen.before else { return };
        let (at, kind) = (i - 1, usize::from(goes));
        let open = class(unit.open, &[-5.5, -4.5, -3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 3.0]);
        seen.add(sink, 14, kind * 10 + open);
        seen.add(sink, 26, (kind * 10 + open) * TORN + self.torn);
        let inside = usize::from(unit.begins_inside) * 2 + usize::from(before.is_open);
        seen.add(sink, 15, (kind * 4 + inside) * GAPS + unit.gap as usize);
        seen.add(sink, 25, ((kind * 4 + inside) * TORN + self.torn) * GAPS + unit.gap as usize);
        let measure = match (unit.measure, before.measure) {
            (0, _) | (_, 0) => 0,
            (own, other) => 1 + class(own.abs_diff(other) as f32, &[0.5, 2.5, 4.5]),
        };
        seen.add(sink, 27, kind * 5 + measure);
        let place = self.flow(i, at);
        if unit.begins_inside {
            let others = self.flows[i].iter().filter(|(tail, _)| *tail < at).map(|(_, follows)| *follows);
            let by = place.unwrap_or(TORN_OFF) - others.fold(TORN_OFF, f32::max);
            seen.add(sink, 28, kind * MARGINS + margin(by / 2.0));
        }
        seen.add(sink, 16, kind * 7 + class(self.ties[i], &[0.02, 0.3, 0.6, 0.9, 1.3, 1.9]));
        seen.add(sink, 42, (kind * NEAR + nearness(self.about.before(i))) * LENGTHS + length(unit));
        seen.add(sink, 17, (kind * FLOWS + place.map_or(0, flow)) * GAPS + unit.gap as usize);
        seen.add(sink, 18, kind * 6 + usize::from(before.is_over) * 3 + before.short);
        seen.add(sink, 22, kind * LENGTHS + length(before));
        seen.add(sink, 24, kind * LENGTHS + length(unit));
        if let Some(given) = seen.given {
            seen.add(sink, 21, kind * 2 + usize::from(given.states[at] == given.states[i]));
        }
    }

    /// Going over to a state.
    fn see_enter(&self, seen: &Seen<'_>, state: usize, sink: &mut impl Sink) {
        let Seen { i, unit, .. } = *seen;
        seen.add(sink, 19, unit.head_before.map_or(0, |head| 1 + usize::from(head == state)));
        if let Some(given) = seen.given {
            let members = &given.members[state];
            let before = members.partition_point(|&at| at < i);
            let [is_before, is_behind] = [before > 0, before < members.len()].map(usize::from);
            let value = is_before * 4 + is_behind * 2 + usize::from(unit.begins_inside);
            seen.add(sink, 23, value * OPENINGS + opening(unit));
            let ago = before.checked_sub(1).map(|last| (i - 1 - members[last]) as f32);
            seen.add(sink, 32, ago.map_or(0, |ago| 1 + class(ago, &[1.5, 2.5, 4.5, 8.5])));
        }
    }

    /// Going over from a state to another one.
    fn see_leave(&self, seen: &Seen<'_>, state: usize, sink: &mut impl Sink) {
        let Some(before) = seen.before else { return };
        seen.add(sink, 20, before.head_behind.map_or(0, |head| 1 + usize::from(head == state)));
    }

    fn see_order(&self, seen: &Seen<'_>, order: Order, sink: &mut impl Sink) {
        seen.add(sink, 29, (order as usize * OPENINGS + opening(seen.unit)) * CROWDS + self.crowd);
    }
}

/// A paragraph with what is looked up for it once.
pub(super) struct Seen<'a> {
    i: usize,
    unit: &'a Unit,
    before: Option<&'a Unit>,
    given: Option<&'a Given<'a>>,
    /// Second walk: of every headline's text what it goes on with most readily, and the best of them.
    flows: Vec<Option<(f32, usize)>>,
    flow: Top,
    anywhere: Vec<Option<(f32, usize)>>,
    flow_anywhere: Top,
    /// Second walk: the text that it shares most with, and the one that it lies nearest to.
    tie: Top,
    near: Top,
}

impl Seen<'_> {
    fn add(&self, sink: &mut impl Sink, group: usize, value: usize) {
        debug_assert!(value < SIZES[group]);
        sink.add(usize::from(self.given.is_some()) * ONE + BASES[group] + value, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::learning::{Choices, choices};
    use super::super::super::lexicon::Lexicon;
    use super::super::Walks;
    use super::*;

    const PAGE: &str = "渡口今天停渡\n\n　　本报讯 昨夜水涨了三尺，渡口今天停渡。摆渡人杜长河把船\n拴在柳树下，说等水退了再\n\n粮站一早排起长队\n\n　　\
本报讯 今年粮站的收购价比去年高，农户一早排起了长队。\n　　粮站站长说，到傍晚收了八十吨。\n\n摆渡，这是渡口今年第二回停渡。\n　　杜长河摇了三十年橹。\n";

    /// What a walk is worth is the sum of the weights of what is seen of it: else something else is learned than is used.
    #[test]
    fn what_is_learned_from_a_walk_is_what_it_is_worth() {
        let Choices { course, paragraphs, headlines } =
            choices(PAGE, Lexicon::shared()).expect("two headlines with texts");
        assert_eq!(headlines.len(), 2);
        assert!(paragraphs.len() > 3, "{paragraphs:?}");
        let walks = Walks { weights: (0..WEIGHTS).map(|i| ((i * 37) % 101) as f32 / 50.0 - 1.0).collect() };
        let first = course.states(&walks, None, &|_, _| 0.0);
        let check = |states: &[usize], given: Option<&[usize]>, value: f32| {
            let mut seen = vec![0.0; WEIGHTS];
            course.observe(states, given, 1.0, &mut seen);
            let sum: f32 = seen.iter().zip(&walks.weights).map(|(seen, weight)| seen * weight).sum();
            assert!((sum - value).abs() < 1e-2, "{sum} {value}");
        };
        let worth = course.worth(&walks.weights, None);
        check(&worth.walk(), None, worth.value());
        let given = Given::of(&course, &first);
        let (states, value) = course.remembering(&walks.weights, &course.worth(&walks.weights, Some(&given)), &given);
        check(&states, Some(&first), value);
    }

    #[test]
    fn no_paragraph_alone_could_go_elsewhere_for_more() {
        let course = choices(PAGE, Lexicon::shared()).expect("two headlines with texts").course;
        let walks = &Lexicon::shared().walks;
        let first = course.states(walks, None, &|_, _| 0.0);
        let value = |states: &[usize]| {
            let mut seen = vec![0.0; WEIGHTS];
            course.observe(states, Some(&first), 1.0, &mut seen);
            seen.iter().zip(&walks.weights).map(|(seen, weight)| seen * weight).sum::<f32>()
        };
        let best = course.states(walks, Some(&first), &|_, _| 0.0);
        for (i, state) in (0..best.len()).flat_map(|i| (0..=course.heads.len()).map(move |state| (i, state))) {
            let mut other = best.clone();
            other[i] = state;
            assert!(value(&other) <= value(&best) + 1e-3, "{other:?} {best:?}");
        }
    }

    #[test]
    fn both_pieces_of_a_text_go_to_its_headline() {
        let course = choices(PAGE, Lexicon::shared()).expect("two headlines with texts").course;
        let states = course.walk(&Lexicon::shared().walks, &Lexicon::shared().balance).states;
        assert_eq!((states[0], states[states.len() - 1]), (0, 0), "{states:?}");
        assert!(states.contains(&1));
    }
}
