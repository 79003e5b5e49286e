//! Scoring and finding the best reading of a run.

use super::super::weights::{self, List, Sink};
use super::super::wording::{self, Tone};
use super::{BEFORE, CROWDS, DOUBT, FLOWS, Heads, LONGEST, Part, ROLE, ROLES, Role, Run, SIZES, START, Seen};

/// First weight of every group.
const BASES: [usize; SIZES.len()] = weights::bases(SIZES);

/// What is seen of lines that may be a part: (group of weights, which of the group's values).
struct Span {
    from: usize,
    to: usize,
    seen: Vec<(usize, usize)>,
}

/// What the wording of a part's lines says on the mean: (group of weights, which of the group's values).
fn worded(lines: &[Seen]) -> [(usize, usize); 4] {
    let mean = |tone: Tone| lines.iter().map(|l| l.tones[tone as usize]).sum::<f32>() / lines.len() as f32;
    let lead = match mean(Tone::Title) - mean(Tone::Part) {
        d if d < -2.0 => 0,
        d if d < -0.7 => 1,
        d if d < 0.0 => 2,
        d if d < 0.7 => 3,
        d if d < 2.0 => 4,
        _ => 5,
    };
    let above = |value: f32| [-3.0, -1.2, -0.4].iter().filter(|&&step| value > step).count();
    let level = |tone: Tone| above(mean(tone));
    let text = lines.iter().map(|l| wording::text(&l.tones)).sum::<f32>() / lines.len() as f32;
    let is_text = above(text) + usize::from(text > -0.05);
    [(34, lead), (35, is_text), (36, level(Tone::Column)), (37, level(Tone::Subhead))]
}

/// Which of several lines have phrases: 0 none, 1 all, 2 the first and not all, 3 later ones only.
fn phrases_in(lines: &[Seen]) -> usize {
    match (lines[0].phrases, lines.iter().filter(|l| l.phrases).count()) {
        (_, 0) => 0,
        (_, all) if all == lines.len() => 1,
        (true, _) => 2,
        (false, _) => 3,
    }
}

impl Run {
    fn len(&self) -> usize {
        self.lines.len()
    }

    fn width(&self, from: usize, to: usize) -> u32 {
        self.lines[from..to].iter().map(|l| l.width).sum()
    }

    /// What is seen of lines as a part, whatever its role is.
    fn span(&self, from: usize, to: usize) -> Span {
        let lines = &self.lines[from..to];
        let (head, tail) = (&lines[0], &lines[lines.len() - 1]);
        let mut seen = Vec::with_capacity(39);
        let any = |wanted: &dyn Fn(&Seen) -> bool| usize::from(lines.iter().any(wanted));
        seen.push((23, head.speaks_for));
        seen.push((24, usize::from(lines.iter().all(|l| !l.has_ideograph))));
        seen.push((25, tail.quotes));
        seen.push((26, tail.spelt[0]));
        seen.push((27, tail.spelt[1]));
        seen.push((28, head.spelt[2]));
        seen.push((1, to - from - 1));
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
        seen.push((2, width));
        seen.push((3, any(&|l| l.figures)));
        seen.push((4, lines.iter().map(|l| l.places).max().unwrap_or(0)));
        seen.push((5, any(&|l| l.marks)));
        seen.push((6, usize::from(head.dash)));
        seen.push((7, any(&|l| l.phrases)));
        let copy_inside = lines.iter().any(|l| l.copies.is_some_and(|c| c < to));
        let copy_outside = lines.iter().any(|l| l.copies.is_some_and(|c| c >= to));
        let copies = match (copy_outside, copy_inside, lines.iter().any(|l| l.doubled)) {
            (true, ..) => 3,
            (_, true, _) => 2,
            (_, _, true) => 1,
            _ => 0,
        };
        seen.push((8, copies));
        let strength = match lines.iter().map(|l| l.top).fold(0.0, f32::max) {
            t if t < 8.0 => 0,
            t if t < 25.0 => 1,
            t if t < 55.0 => 2,
            _ => 3,
        };
        seen.push((9, strength));
        for own in &self.seams[from..to - 1] {
            seen.push((10, usize::from(own.word)));
            seen.push((11, usize::from(own.even)));
            seen.push((12, usize::from(own.blank)));
            seen.push((13, own.agree));
            seen.push((45, own.flow));
        }
        let against = |other: Option<&Seen>| {
            let own = self.width(from, to);
            other.map_or(1, |o| usize::from(own * 100 >= o.width * 80) + usize::from(own * 80 > o.width * 100))
        };
        let around = against(from.checked_sub(1).map(|b| &self.lines[b])) * 3 + against(self.lines.get(to));
        seen.push((14, around));
        seen.extend(worded(lines));
        seen.push((38, any(&|l| l.shadowed)));
        seen.push((41, any(&|l| l.spaced)));
        seen.push((47, head.begins));
        if lines.len() > 1 {
            seen.push((39, phrases_in(lines)));
        }
        Span { from, to, seen }
    }

    fn part(&self, span: &Span, role: Role, sink: &mut impl Sink) {
        let r = role as usize;
        let lines = &self.lines[span.from..span.to];
        let opinion = lines[0].opinion[r][0] + lines[1..].iter().map(|l| l.opinion[r][1]).sum::<f32>();
        sink.add(BASES[0] + r, opinion / 3.0);
        sink.add(BASES[22] + r * 4 + lines[0].byline, 1.0);
        if role == Role::Other {
            return;
        }
        for &(group, value) in &span.seen {
            sink.add(BASES[group] + r * (SIZES[group] / ROLE) + value, 1.0);
        }
    }

    /// What is seen between a part and the one before it (its role, or [`START`], and its first line).
    fn seam(&self, (before, part_before): (usize, usize), part: &Part, sink: &mut impl Sink) {
        let Part { from, to, role, begins } = *part;
        let r = role as usize;
        let pair = before * ROLE + r;
        let new = usize::from(begins);
        sink.add(BASES[15] + pair * 2 + new, 1.0);
        if from == 0 {
            sink.add(BASES[20] + r * 6 + self.before, 1.0);
        } else {
            let blank = usize::from(self.seams[from - 1].blank);
            sink.add(BASES[16] + pair * 4 + new * 2 + blank, 1.0);
            if role != Role::Other {
                sink.add(BASES[17] + r * 8 + new * 4 + self.seams[from - 1].agree, 1.0);
                let shadows = usize::from(self.lines[from - 1].shadowed) * 2 + usize::from(self.lines[from].shadowed);
                sink.add(BASES[42] + r * 8 + new * 4 + shadows, 1.0);
                sink.add(BASES[46] + (r * 2 + new) * FLOWS + self.seams[from - 1].flow, 1.0);
                sink.add(BASES[44] + ((r * 2 + new) * CROWDS + self.crowd) * 2 + blank, 1.0);
            }
            if !begins && role != Role::Other && part_before < from {
                let (own, other) = (self.width(from, to), self.width(part_before, from).max(1));
                let class = match own * 100 / other {
                    ..=50 => 0,
                    51..=80 => 1,
                    81..=100 => 2,
                    101..=130 => 3,
                    131..=200 => 4,
                    _ => 5,
                };
                sink.add(BASES[21] + r * 6 + class, 1.0);
                sink.add(BASES[40] + r * 2 + usize::from(self.seams[from - 1].even), 1.0);
            }
        }
        if to == self.len() {
            sink.add(BASES[19] + r * 6 + self.behind, 1.0);
        }
    }

    /// What is seen of a head when it ends: its parts, and what [`Run::whole`] sees of its lines.
    fn close(&self, mask: usize, whole: &[(usize, usize)], sink: &mut impl Sink) {
        sink.add(BASES[18] + mask, 1.0);
        let kind = usize::from(mask == 0);
        for &(group, value) in whole {
            sink.add(BASES[group] + kind * (SIZES[group] / 2) + value, 1.0);
        }
    }

    /// What is seen of lines that may be a whole head: (group of weights, which of the group's values).
    fn whole(&self, from: usize, to: usize) -> [(usize, usize); 6] {
        let profiles = &self.profiles[from..to];
        let size = (to - from).min(4) - 1;
        let sum = |text: usize| profiles.iter().map(|profile| profile[text]).sum::<f32>();
        let mut best = (0.0, None);
        for text in 0..self.rivals.len() {
            let shared = sum(text);
            if shared > best.0 {
                best = (shared, Some(text));
            }
        }
        let strength = match best.0 {
            s if s < 8.0 => 0,
            s if s < 25.0 => 1,
            s if s < 55.0 => 2,
            s if s < 110.0 => 3,
            _ => 4,
        };
        let every = profiles.iter().map(|profile| profile.iter().copied().fold(0.0, f32::max)).sum::<f32>();
        let agreement = match best.0 / every.max(1.0) {
            _ if strength == 0 => 0,
            a if a < 0.55 => 1,
            a if a < 0.75 => 2,
            a if a < 0.93 => 3,
            _ => 4,
        };
        let rivals = best.1.filter(|_| strength > 0).map(|text| &self.rivals[text]);
        let own = self.first + from..self.first + to;
        let rival = rivals.and_then(|rivals| rivals.iter().find(|rival| !own.contains(&rival.1)));
        let where_from = match rival {
            None => 0,
            Some((_, at)) if !(self.first..self.first + self.len()).contains(at) => 1,
            Some((_, at)) if at + 1 == own.start || *at == own.end => 2,
            Some(_) => 3,
        };
        let excess = match rival.map_or(0.0, |rival| rival.0) / best.0.max(1.0) {
            r if r < 0.4 => 0,
            r if r < 0.8 => 1,
            r if r < 1.3 => 2,
            _ => 3,
        };
        let side = match best.1 {
            Some(text) if text + 1 == self.text_behind => 0,
            Some(text) if text == self.text_behind => 1,
            _ => 2,
        };
        let place = usize::from(from == 0) * 2 + usize::from(to == self.len());
        [
            (29, strength),
            (30, agreement * 4 + size),
            (31, excess * 4 + where_from),
            (32, side * 4 + place),
            (33, (to - from).min(8) - 1),
            (43, self.crowd * 4 + size),
        ]
    }

    /// Whether lines are tried as a part of that role: what a text of the page says in one breath is not parted, and what the
    /// labelling takes for a head must look very much like something else not to be one.
    pub fn is_possible(&self, from: usize, to: usize, role: Role) -> bool {
        if role == Role::Other {
            return to == from + 1 && self.lines[from].opinion[role as usize][0] >= DOUBT;
        }
        // A part ends where a text goes on only if it cannot be longer.
        to == from + LONGEST || !self.seams.get(to - 1).is_some_and(|seam| seam.said)
    }

    /// Adds `sign` times what is seen of a reading to `into`; for learning.
    pub fn observe(&self, reading: &[Part], sign: f32, into: &mut Vec<f32>) {
        let mut sink = List { into, sign };
        let (mut before, mut part_before) = (START, 0);
        // First line and parts of the head that is being read.
        let mut head: Option<(usize, usize)> = None;
        for part in reading {
            let ended = if part.begins || part.role == Role::Other { head.take() } else { None };
            if let Some((start, mask)) = ended {
                self.close(mask, &self.whole(start, part.from), &mut sink);
            }
            self.part(&self.span(part.from, part.to), part.role, &mut sink);
            self.seam((before, part_before), part, &mut sink);
            if part.role != Role::Other {
                let (start, mask) = head.unwrap_or((part.from, 0));
                head = Some((start, mask | bit(part.role)));
            }
            (before, part_before) = (part.role as usize, part.from);
        }
        if let Some((start, mask)) = head {
            self.close(mask, &self.whole(start, self.len()), &mut sink);
        }
    }

    /// The best reading. `extra` is added to the score of every part; for learning.
    pub fn read(&self, heads: &Heads, extra: &dyn Fn(&Part) -> f32) -> Vec<Part> {
        let n = self.len();
        let mut ways: Vec<Vec<Way>> = vec![Vec::new(); n + 1];
        ways[0].push(Way { head: None, before: START, value: 0.0, last: None });
        for from in 0..n {
            Self::thin(&mut ways[from]);
            let here = std::mem::take(&mut ways[from]);
            let closed = self.closed(&here, from, heads);
            let ahead = ways.iter_mut().enumerate().take((from + LONGEST).min(n) + 1).skip(from + 1);
            for (to, reached) in ahead {
                let span = self.span(from, to);
                for role in ROLES.into_iter().filter(|&role| self.is_possible(from, to, role)) {
                    let own = weights::sum(&heads.weights, |s| self.part(&span, role, s));
                    let mut go_on = |head, begins, value: f32, way: usize| {
                        let part = Part { from, to, role, begins };
                        let start = here[way].last.map_or(0, |(part, _)| part.from);
                        let seam = weights::sum(&heads.weights, |s| self.seam((here[way].before, start), &part, s));
                        let value = value + own + seam + extra(&part);
                        let new = Way { head, before: role as usize, value, last: Some((part, way)) };
                        match reached.iter_mut().find(|way| way.is_like(&new)) {
                            Some(known) if known.value >= value => {}
                            Some(known) => *known = new,
                            None => reached.push(new),
                        }
                    };
                    // What is of no head begins none; everything else outside a head begins one.
                    for &(value, way) in closed.iter().flatten() {
                        match role {
                            Role::Other => go_on(None, false, value, way),
                            _ => go_on(Some((from, bit(role))), true, value, way),
                        }
                    }
                    // A head has each part once. Nor does a column end it that stands over what follows.
                    let may_follow = role != Role::Other && !(role == Role::Column && self.lines[from].stands_over);
                    for (index, way) in here.iter().enumerate().filter(|_| may_follow) {
                        if let Some((start, mask)) = way.head.filter(|(_, mask)| bit(role) & mask == 0) {
                            go_on(Some((start, mask | bit(role))), false, way.value, index);
                        }
                    }
                }
            }
            ways[from] = here;
        }
        let closed = self.closed(&ways[n], n, heads);
        let best = closed.iter().flatten().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let mut out = Vec::new();
        let mut at = best.and_then(|best| ways[n][best.1].last);
        while let Some((part, way)) = at {
            out.push(part);
            at = ways[part.from][way].last;
        }
        out.reverse();
        out
    }

    /// Drops the ways that are far behind the best one.
    fn thin(ways: &mut Vec<Way>) {
        let best = ways.iter().map(|way| way.value).fold(f32::NEG_INFINITY, f32::max);
        ways.retain(|way| way.value >= best - BEHIND);
    }

    /// The best ways to line `at` with their heads closed there, one for every role that may stand before a new one.
    fn closed(&self, ways: &[Way], at: usize, heads: &Heads) -> [Option<(f32, usize)>; BEFORE] {
        let mut out = [None; BEFORE];
        let mut wholes: Vec<(usize, [(usize, usize); 6])> = Vec::new();
        for (index, way) in ways.iter().enumerate() {
            let mut value = way.value;
            if let Some((start, mask)) = way.head {
                let known = wholes.iter().find(|whole| whole.0 == start).map(|whole| whole.1);
                let whole = known.unwrap_or_else(|| {
                    let whole = self.whole(start, at);
                    wholes.push((start, whole));
                    whole
                });
                value += weights::sum(&heads.weights, |s| self.close(mask, &whole, s));
            }
            let slot: &mut Option<(f32, usize)> = &mut out[way.before];
            if slot.is_none_or(|best| best.0 < value) {
                *slot = Some((value, index));
            }
        }
        out
    }
}

/// How far behind the best a way may be to be followed further.
const BEHIND: f32 = 12.0;

/// A way to read the lines so far.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// First line and parts of the head that is being read.
    head: Option<(usize, usize)>,
    before: usize,
    value: f32,
    /// The last part, and the way that it goes on from.
    last: Option<(Part, usize)>,
}

impl Way {
    /// Whether both go on alike: what follows a part of an open head is seen against the whole part.
    fn is_like(&self, other: &Self) -> bool {
        let start = |way: &Self| way.last.map(|(part, _)| part.from);
        self.head == other.head && self.before == other.before && (self.head.is_none() || start(self) == start(other))
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

#[cfg(test)]
mod tests {
    use super::super::{Seam, WEIGHTS};
    use super::*;

    fn line(n: usize) -> Seen {
        Seen {
            opinion: [[-0.3 * n as f32, -1.0]; ROLE],
            width: 12 + 6 * n as u32,
            figures: n == 1,
            places: n % 3,
            marks: false,
            dash: n == 2,
            phrases: n == 0,
            doubled: false,
            shadowed: false,
            spaced: false,
            begins: 0,
            stands_over: false,
            copies: None,
            top: 30.0,
            byline: 0,
            speaks_for: n,
            has_ideograph: true,
            quotes: 0,
            spelt: [n, n + 1, n + 2],
            tones: [-1.0, -0.5 * n as f32, -2.0, -3.0, -4.0, -3.0, -5.0],
        }
    }

    fn run(lines: usize) -> Run {
        Run {
            at: (0..lines).collect(),
            lines: (0..lines).map(line).collect(),
            seams: vec![Seam { blank: true, word: false, said: false, flow: 0, even: false, agree: 2 }; lines - 1],
            before: 1,
            behind: 2,
            profiles: (0..lines).map(|n| vec![20.0 * n as f32, 30.0]).collect(),
            rivals: vec![vec![(40.0, 9), (20.0, 1)], vec![(30.0, 0)]].into(),
            first: 0,
            text_behind: 1,
            crowd: 0,
        }
    }

    /// Every reading of the lines from `from` on.
    fn all(run: &Run, from: usize, open: Option<usize>) -> Vec<Vec<Part>> {
        if from == run.len() {
            return vec![Vec::new()];
        }
        let mut out = Vec::new();
        for to in from + 1..=run.len() {
            for role in ROLES.into_iter().filter(|&role| run.is_possible(from, to, role)) {
                for begins in [false, true] {
                    let next = match (role, begins, open) {
                        (Role::Other, false, _) => None,
                        (Role::Other, true, _) | (_, false, None) => continue,
                        (_, true, _) => Some(bit(role)),
                        (_, false, Some(mask)) if mask & bit(role) == 0 => Some(mask | bit(role)),
                        _ => continue,
                    };
                    for mut rest in all(run, to, next) {
                        rest.insert(0, Part { from, to, role, begins });
                        out.push(rest);
                    }
                }
            }
        }
        out
    }

    #[test]
    fn the_best_of_all_readings_is_found() {
        let run = run(3);
        let mut state = 1u32;
        for _ in 0..20 {
            let mut weight = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as f32 / 65_536.0 - 0.5
            };
            let heads = Heads { weights: (0..WEIGHTS).map(|_| weight()).collect() };
            let score = |reading: &[Part]| {
                let mut seen = vec![0.0; WEIGHTS];
                run.observe(reading, 1.0, &mut seen);
                seen.iter().zip(&heads.weights).map(|(s, w)| s * w).sum::<f32>()
            };
            let best = all(&run, 0, None).iter().map(|reading| score(reading)).fold(f32::NEG_INFINITY, f32::max);
            let found = score(&run.read(&heads, &|_| 0.0));
            assert!((found - best).abs() < 1e-3, "{found} is not {best}");
        }
    }

    #[test]
    fn what_a_text_says_in_one_breath_is_one_part() {
        let mut run = run(LONGEST + 1);
        let is_possible = |run: &Run, to: usize| run.is_possible(0, to, Role::Title);
        assert!((1..=LONGEST).all(|to| is_possible(&run, to)));
        run.seams[0].said = true;
        assert!(!is_possible(&run, 1) && is_possible(&run, 2));
        let heads = Heads::default();
        assert!(run.read(&heads, &|_| 0.0).iter().all(|part| part.to != 1 || part.role == Role::Other));
        run.seams.iter_mut().for_each(|seam| seam.said = true);
        assert!(is_possible(&run, LONGEST), "no part is longer");
    }
}
