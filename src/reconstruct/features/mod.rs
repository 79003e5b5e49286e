//! What can be seen of a line before anything is decided: its measure, ends, openers, the grammar of bylines and
//! furniture, its neighbours. Every observation is a number that the sequence model has weights for; none of them is a
//! word of some newspaper.

mod classes;

use super::chars::{is_finished, is_mark, opens};
use super::lines::{Line, UNWRAPPED};
use super::neighbours::LEVELS as FLOWS;
use super::observations::{Observations, Sink};
use super::wording::{self, TONES};
use super::{bylines, furniture, openers};
use classes::{
    Columns, Counts, ON_PAGE, end_class, headline_class, shortfall_class, start_class, step, tone_class, width_class,
};

/// Number of observations a [`Look`] holds.
const CATEGORIES: usize = 25;
/// Size of each, in order of [`Look::categories`].
const SIZES: [usize; CATEGORIES] =
    [14, 10, 13, 14, 13, 9, 10, 4, 5, 11, 5, 4, 4, 3, 3, 2, 3, 4, 3, 3, 8, 9, 8, 6, 2 * ON_PAGE];
/// Categories that are looked up together when a page is labelled, each group from one category to before another: one
/// row of weights in place of two to four.
const GROUPS: [(usize, usize); 9] = [(0, 2), (2, 4), (4, 6), (6, 9), (9, 12), (12, 16), (16, 20), (20, 22), (22, 25)];
/// Values that each group can have; one more means that there is no such neighbour.
const GROUP_SIZES: [usize; GROUPS.len()] = {
    let mut out = [1; GROUPS.len()];
    let mut group = 0;
    while group < GROUPS.len() {
        let (mut category, end) = GROUPS[group];
        while category < end {
            out[group] *= SIZES[category];
            category += 1;
        }
        group += 1;
    }
    out
};
/// Neighbours whose whole look is seen: (distance, how many of the categories).
const NEIGHBOURS: [i32; 5] = [-2, -1, 0, 1, 2];
/// Sizes of the observations that put two or three things together.
const JOINT: [usize; 34] = [
    4 * 10 * 13,        // blank, shortfall before, end before
    4 * 13 * 14,        // blank, end before, start
    10 * 10,            // shortfall before, own
    10 * 10,            // own shortfall, next's
    14 * 13,            // width, end
    14 * 11 * 2,        // width, inside, unwrapped
    4 * 4 * 14,         // blanks before, after, width
    4 * 7 * 3,          // blank, measures differ, finished before
    3 * 10 * 10,        // finished before, shortfall before, own shortfall
    13 * 3 * 4,         // opener, finished before, blank
    9 * 9 * 4,          // byline before, own, blank
    14 * 14,            // width before, width
    14 * 14,            // width, width after
    3 * 3 * 4 * 2,      // word runs over the break, finished before, blank, unwrapped
    13 * 13,            // end, end before
    14 * 14 * 2,        // start, width, blank
    8 * 8,              // width against the one before, against the next
    5 * 5 * 5,          // figures before, here, next
    8 * 8 * 4,          // the same widths, places before and here
    8 * 8 * 8,          // headline's wording before, here, next
    8 * 10 * 3,         // headline's wording, shortfall, finished before
    9 * 9 * 4,          // kind of wording before, here, blank
    3 * 10 * 4,         // word runs over the next break, own shortfall, blank
    8 * 3 * 4,          // opening's wording, finished before, blank
    8 * 10 * 3,         // opening's wording, shortfall before, finished before
    6 * 3 * 4,          // beginning's wording, finished before, blank
    RUNS * 3 * 4,       // short lines in a row, place among them, blank
    RUNS * 9,           // short lines in a row, kind of wording
    RUNS * RUNS * RUNS, // short lines in a row before a blank line, here, behind one
    3 * 3 * 4 * 10,     // word runs over what is set in between, over the break, blank, shortfall
    FLOWS * 3 * 4,      // how readily the line's first character follows the last one before, finished before, blank
    FLOWS * 10 * 2,     // the same, shortfall before, blank
    FLOWS * FLOWS * 4,  // the same over what is set in between, over the break, blank
    2 * 3 * 3 * 4,      // the page has indents, own indent, finished before, blank
];

/// Lengths of rows of short lines: none, one, two, three, up to five, up to eight, up to fifteen, more. Headlines
/// have few lines in a row, verse and lists have many.
const RUNS: usize = 8;

/// Number of observations there are.
pub const FEATURES: usize = {
    let mut total = 1;
    let mut i = 0;
    while i < CATEGORIES {
        total += (SIZES[i] + 1) * NEIGHBOURS.len();
        i += 1;
    }
    i = 0;
    while i < JOINT.len() {
        total += JOINT[i];
        i += 1;
    }
    total
};

/// How observations are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// Each by itself: weights are learned so.
    #[default]
    Apart,
    /// By groups of categories: pages are labelled so. See [`together`].
    Together,
}

/// Weights of observations in the form [`Form::Together`], made of those in the form [`Form::Apart`]; what stands behind
/// the categories of neighbours is taken over.
pub(crate) fn together<const N: usize>(apart: &[[f32; N]]) -> Vec<[f32; N]> {
    let mut out = vec![apart[0]];
    let mut bases = [0; CATEGORIES];
    let mut base = 1;
    for _ in NEIGHBOURS {
        for (base_of, size) in bases.iter_mut().zip(SIZES) {
            *base_of = base;
            base += size + 1;
        }
        for ((from, to), size) in GROUPS.into_iter().zip(GROUP_SIZES) {
            for value in 0..=size {
                let mut row = [0.0; N];
                let mut rest = value;
                for category in (from..to).rev() {
                    // The value behind the last is that of every category: no such neighbour.
                    let own = if value == size { SIZES[category] } else { rest % SIZES[category] };
                    rest /= SIZES[category];
                    row.iter_mut().zip(apart[bases[category] + own]).for_each(|(sum, weight)| *sum += weight);
                }
                out.push(row);
            }
        }
    }
    out.extend_from_slice(&apart[base..]);
    out
}

/// One line's own observations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    categories: [u8; CATEGORIES],
    /// The categories of each group as one number.
    groups: [u16; GROUPS.len()],
    /// What the furniture grammar reads.
    pub furniture: furniture::Reading,
    /// What the line is to the grammar of bylines.
    pub byline: bylines::Shape,
    /// ln of the probability of every tone.
    pub tones: [f32; TONES],
    finished: u8,
    unwrapped: bool,
}

impl Look {
    /// Class of the line's first words, see [`openers::Opener`].
    pub fn opener(&self) -> u8 {
        self.categories[4]
    }

    /// What of the line is a jump note.
    pub fn jump(&self) -> u8 {
        self.categories[7]
    }

    /// What sort of number an item begins with, and whether a sentence ends the line: "一、", "1."; 0 is none.
    pub fn ordinal(&self) -> usize {
        match self.categories[3] {
            7 => 1 + usize::from(self.is_finished()),
            9 => 3 + usize::from(self.is_finished()),
            _ => 0,
        }
    }

    /// Stops where a sentence may stop.
    pub fn is_finished(&self) -> bool {
        self.finished == 2
    }

    /// Has figures in it.
    pub fn has_figures(&self) -> bool {
        (1..=3).contains(&self.categories[10])
    }
}

/// Tones before this one are running text and the parts of heads.
const HEADS: usize = wording::Tone::Opening as usize;

/// Looks at every line by itself.
pub(crate) fn look(lines: &[Line], wording: &wording::Fixed) -> Vec<Look> {
    let columns = Columns::of(lines);
    lines.iter().enumerate().map(|(i, line)| look_at(line, i, lines, columns, wording)).collect()
}

/// What is known of words and characters where one line ends and another begins.
pub(crate) trait Breaks {
    /// Whether a word runs over the break.
    fn spans(&self, before: &Line, after: &Line) -> bool;
    /// How readily the text runs on over it, as one of [`FLOWS`] levels.
    fn flow(&self, before: &Line, after: &Line) -> usize;
}

/// Puts the looks of neighbours together.
pub(crate) fn observe(lines: &[Line], looks: &[Look], form: Form, breaks: &dyn Breaks) -> Observations {
    let mut out = Observations::for_lines(lines.len());
    let has_indents = lines.iter().filter(|line| line.was_indented).count() >= LEAST_INDENTS;
    // Looked up one after another: the tables are larger than what a processor keeps near by, and it can wait for several
    // places of theirs at a time.
    let flows: Vec<usize> = lines.windows(2).map(|pair| breaks.flow(&pair[0], &pair[1])).collect();
    let spanned = spanned(lines, looks, breaks);
    let bridged = bridged(lines, looks, breaks);
    let rows = rows(lines, looks);
    for i in 0..lines.len() {
        let mut sink = out.line(gap(&lines[i]));
        sink.add(1, 0);
        for distance in NEIGHBOURS {
            let neighbour = usize::try_from(i as i64 + i64::from(distance)).ok().and_then(|n| looks.get(n));
            match form {
                Form::Apart => {
                    for (category, size) in SIZES.iter().enumerate() {
                        sink.add(size + 1, neighbour.map_or(*size, |l| usize::from(l.categories[category])));
                    }
                }
                Form::Together => {
                    for (group, size) in GROUP_SIZES.iter().enumerate() {
                        sink.add(size + 1, neighbour.map_or(*size, |l| usize::from(l.groups[group])));
                    }
                }
            }
        }
        let flow = i.checked_sub(1).map_or(0, |before| flows[before]);
        let page = Around { spanned: &spanned, bridged: &bridged, row: rows[i], flow, has_indents };
        joint(&mut sink, lines, looks, i, &page);
        sink.end();
    }
    out
}

fn gap(line: &Line) -> u8 {
    line.blanks_before.min(1) as u8
}

/// Class of lines that end well before their column does.
const SHORT: u8 = 4;

/// Whether a word runs over the break before every line: 0 nobody asks, 1 no, 2 yes. It is asked where the line before
/// stops in the middle of a sentence and one of the two might be a headline all the same.
fn spanned(lines: &[Line], looks: &[Look], breaks: &dyn Breaks) -> Vec<usize> {
    let mut out = vec![0; lines.len()];
    for i in 1..lines.len() {
        let (before, now) = (&looks[i - 1], &looks[i]);
        let is_short = before.categories[1].max(now.categories[1]) >= SHORT;
        if before.finished == 0 && (lines[i].blanks_before > 0 || is_short) {
            out[i] = 1 + usize::from(breaks.spans(&lines[i - 1], &lines[i]));
        }
    }
    out
}

/// Lines of the longest head that is looked at for standing in the middle of a text.
const LONGEST_INSERT: usize = 4;

/// Of lines that are set off from a text that stops in the middle of a sentence: whether a word of it runs on behind them,
/// as where a headline stands in a torn text: 0 nobody asks, 1 no, 2 yes.
fn bridged(lines: &[Line], looks: &[Look], breaks: &dyn Breaks) -> Vec<(usize, usize)> {
    let mut out = vec![(0, 0); lines.len()];
    let mut from = 1;
    while from < lines.len() {
        let is_apart = lines[from].blanks_before > 0;
        let ends = |at: &usize| lines[*at].blanks_before > 0 || !is_apart;
        let to = (from + 1..lines.len()).take(LONGEST_INSERT).find(ends);
        let is_short = |at: usize| looks[at].categories[1] >= SHORT || looks[at].categories[1] == 0;
        if let Some(to) = to
            && looks[from - 1].finished == 0
            && (from..to).all(|at| is_short(at) && !looks[at].is_finished())
        {
            let (before, behind) = (&lines[from - 1], &lines[to]);
            out[from..to].fill((1 + usize::from(breaks.spans(before, behind)), breaks.flow(before, behind)));
        }
        from = if is_apart { to.unwrap_or(from + 1) } else { from + 1 };
    }
    out
}

/// Characters of the longest line of verse.
const LONGEST_VERSE: usize = 18;

/// The row of short lines that a line stands in: its class, whether the line is the first, an inner or the last one, and the
/// classes of the rows that only a blank line parts from it: stanzas, say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    run: usize,
    place: usize,
    before: usize,
    behind: usize,
}

/// The row of every line.
fn rows(lines: &[Line], looks: &[Look]) -> Vec<Row> {
    // Lines that fill their column are no short ones, however narrow it is.
    let is_short = |i: usize| lines[i].chars.len() <= LONGEST_VERSE && !(2..SHORT).contains(&looks[i].categories[1]);
    let mut out = vec![Row::default(); lines.len()];
    let (mut from, mut last) = (0, 0..0);
    while from < lines.len() {
        let mut to = from + 1;
        if !is_short(from) {
            from = to;
            continue;
        }
        while to < lines.len() && lines[to].blanks_before == 0 && is_short(to) {
            to += 1;
        }
        let run = match to - from {
            count @ 1..=3 => count,
            4..=5 => 4,
            6..=8 => 5,
            9..=15 => 6,
            _ => 7,
        };
        let before = if last.end == from && from > 0 { out[last.start].run } else { 0 };
        if before > 0 {
            out[last].iter_mut().for_each(|row| row.behind = run);
        }
        for (at, row) in out[from..to].iter_mut().enumerate() {
            let place = if at == 0 { 0 } else { 1 + usize::from(from + at + 1 == to) };
            *row = Row { run, place, before, behind: 0 };
        }
        last = from..to;
        from = to;
    }
    out
}

/// Indented lines that a page has at least if paragraphs are indented there.
const LEAST_INDENTS: usize = 3;

/// What is seen of a line with its page in view.
struct Around<'a> {
    spanned: &'a [usize],
    bridged: &'a [(usize, usize)],
    row: Row,
    flow: usize,
    has_indents: bool,
}

fn joint(sink: &mut Sink<'_>, lines: &[Line], looks: &[Look], i: usize, page: &Around<'_>) {
    let Around { spanned, bridged, row, flow, has_indents } = *page;
    let now = &looks[i];
    let [width, short, end, start, opener, byline, ..] = now.categories.map(usize::from);
    let inside = usize::from(now.categories[9]);
    let blank = lines[i].blanks_before.min(2) as usize + usize::from(i == 0);
    let after = lines.get(i + 1).map_or(3, |l| l.blanks_before.min(2) as usize);
    let Some(previous) = i.checked_sub(1).map(|p| &looks[p]) else {
        for size in JOINT {
            sink.skip(size);
        }
        return;
    };
    let [pwidth, pshort, pend, _, _, pbyline, ..] = previous.categories.map(usize::from);
    let finished = usize::from(previous.finished);
    sink.add(JOINT[0], (blank * 10 + pshort) * 13 + pend);
    sink.add(JOINT[1], (blank * 13 + pend) * 14 + start);
    sink.add(JOINT[2], pshort * 10 + short);
    let next = looks.get(i + 1);
    match next {
        Some(next) => sink.add(JOINT[3], short * 10 + usize::from(next.categories[1])),
        None => sink.skip(JOINT[3]),
    }
    sink.add(JOINT[4], width * 13 + end);
    sink.add(JOINT[5], (width * 11 + inside) * 2 + usize::from(now.unwrapped));
    sink.add(JOINT[6], (blank * 4 + after) * 14 + width);
    sink.add(JOINT[7], (blank * 7 + measure_change(&lines[i])) * 3 + finished);
    sink.add(JOINT[8], (finished * 10 + pshort) * 10 + short);
    sink.add(JOINT[9], (opener * 3 + finished) * 4 + blank);
    sink.add(JOINT[10], (pbyline * 9 + byline) * 4 + blank);
    sink.add(JOINT[11], pwidth * 14 + width);
    match next {
        Some(next) => sink.add(JOINT[12], width * 14 + usize::from(next.categories[0])),
        None => sink.skip(JOINT[12]),
    }
    sink.add(JOINT[13], ((spanned[i] * 3 + finished) * 4 + blank) * 2 + usize::from(now.unwrapped));
    sink.add(JOINT[14], end * 13 + pend);
    sink.add(JOINT[15], (start * 14 + width) * 2 + blank.min(1));
    let (to_before, to_next) = (ratio(&lines[i], lines.get(i - 1)), ratio(&lines[i], lines.get(i + 1)));
    sink.add(JOINT[16], to_before * 8 + to_next);
    let figures = |look: Option<&Look>| look.map_or(0, |l| usize::from(l.categories[10]));
    sink.add(JOINT[17], (figures(Some(previous)) * 5 + figures(Some(now))) * 5 + figures(next));
    let places = |look: &Look| usize::from(look.categories[19].min(1));
    sink.add(JOINT[18], ((to_before * 8 + to_next) * 2 + places(previous)) * 2 + places(now));
    let headline = |look: Option<&Look>| look.map_or(0, |l| usize::from(l.categories[20]));
    sink.add(JOINT[19], (headline(Some(previous)) * 8 + headline(Some(now))) * 8 + headline(next));
    sink.add(JOINT[20], (headline(Some(now)) * 10 + short) * 3 + finished);
    sink.add(JOINT[21], (usize::from(previous.categories[21]) * 9 + usize::from(now.categories[21])) * 4 + blank);
    sink.add(JOINT[22], (spanned.get(i + 1).copied().unwrap_or(0) * 10 + short) * 4 + blank);
    let [opening, beginning] = [22, 23].map(|category| usize::from(now.categories[category]));
    sink.add(JOINT[23], (opening * 3 + finished) * 4 + blank);
    sink.add(JOINT[24], (opening * 10 + pshort) * 3 + finished);
    sink.add(JOINT[25], (beginning * 3 + finished) * 4 + blank);
    let Row { run, place, before, behind } = row;
    sink.add(JOINT[26], (run * 3 + place) * 4 + blank);
    sink.add(JOINT[27], run * 9 + usize::from(now.categories[21]));
    sink.add(JOINT[28], (before * RUNS + run) * RUNS + behind);
    let (bridge, flow_over) = bridged[i];
    sink.add(JOINT[29], ((bridge * 3 + spanned[i]) * 4 + blank) * 10 + short);
    sink.add(JOINT[30], (flow * 3 + finished) * 4 + blank);
    sink.add(JOINT[31], (flow * 10 + pshort) * 2 + blank.min(1));
    sink.add(JOINT[32], (flow_over * FLOWS + flow) * 4 + blank);
    let indent = usize::from(now.categories[16]);
    sink.add(JOINT[33], ((usize::from(has_indents) * 3 + indent) * 3 + finished) * 4 + blank);
}

/// A line's width against a neighbour's; lines of as many characters are a kind of their own, as compositors set a pair so.
fn ratio(line: &Line, other: Option<&Line>) -> usize {
    let Some(other) = other else { return 0 };
    if line.chars.len() == other.chars.len() {
        return 7;
    }
    match line.width * 100 / other.width.max(1) {
        ..=50 => 1,
        51..=78 => 2,
        79..=95 => 3,
        96..=105 => 4,
        106..=170 => 5,
        _ => 6,
    }
}

/// How much the column measure changes at this line: 0 unknown, 1 same, …
fn measure_change(line: &Line) -> usize {
    if line.measure_before == 0 || line.measure_after == 0 {
        return 0;
    }
    match line.measure_after as i32 - line.measure_before as i32 {
        -1..=1 => 1,
        2..=3 => 2,
        -3..=-2 => 3,
        4..=8 => 4,
        -8..=-4 => 5,
        _ => 6,
    }
}

fn look_at(line: &Line, index: usize, lines: &[Line], columns: Columns, wording: &wording::Fixed) -> Look {
    // Only the ends of a long line are looked at: nobody prints headlines of four hundred characters.
    let long = line.chars.len() > 400;
    let head = &line.chars[..line.chars.len().min(200)];
    let tail = &line.chars[line.chars.len().saturating_sub(200)..];
    let (byline, furniture) = if long {
        (bylines::Shape::None, furniture::Reading::default())
    } else {
        (bylines::read(line.text()).shape, furniture::read(line.text()))
    };
    let finished = if is_finished(tail) { 2 } else { u8::from(tail.last().is_some_and(|&c| is_mark(c) && !opens(c))) };
    let unwrapped = line.width >= UNWRAPPED || (line.measure_before == 0 && line.measure_after == 0);
    let after = lines.get(index + 1).map_or(3, |l| l.blanks_before.min(2) as u8);
    let doubled = match (line.was_doubled_whole, line.was_doubled, line.repeats_previous) {
        (true, ..) => 1,
        (_, _, true) => 2,
        (_, true, _) => 3,
        _ => u8::from(lines.get(index + 1).is_some_and(|n| n.repeats_previous)) * 4,
    };
    let position = match (index, lines.len() - index) {
        (0, _) => 0,
        (1..=5, _) => 1,
        (_, 0..=5) => 2,
        _ => 3,
    };
    let tones = wording.tones(head);
    let text = wording::text(&tones);
    let counts = Counts::of(head);
    let categories = [
        width_class(line.width),
        shortfall_class(line),
        end_class(tail),
        start_class(head),
        openers::class(head) as u8,
        byline as u8,
        furniture.shape as u8,
        openers::jump_class(head, tail) as u8,
        doubled,
        counts.inside_class(),
        counts.digits_class(head.len()),
        line.blanks_before.min(2) as u8 + u8::from(index == 0),
        after,
        if long { 0 } else { counts.balance_class() },
        u8::from(unwrapped) + u8::from(line.width >= UNWRAPPED),
        u8::from(line.was_spaced),
        u8::from(line.was_indented) + u8::from(line.was_indented && line.width < 16),
        position,
        finished,
        counts.places_class(),
        headline_class(text),
        tone_class(&tones, text),
        step(wording::opening(&tones), &[-4.0, -2.5, -1.5, -0.7, 0.0, 0.8, 1.8]),
        step(wording::beginning(&tones), &[-2.0, -1.0, -0.2, 0.6, 1.6]),
        columns.class(line.width) * 2 + u8::from(line.shortfall().is_none()),
    ];
    debug_assert!(categories.iter().zip(SIZES).all(|(&value, size)| usize::from(value) < size));
    let groups = GROUPS.map(|(from, to)| {
        let values = categories[from..to].iter().zip(&SIZES[from..to]);
        values.fold(0, |number, (&value, &size)| number * size as u16 + u16::from(value))
    });
    Look { categories, groups, furniture, byline, tones, finished, unwrapped }
}

#[cfg(test)]
mod tests {
    use super::super::context::SECOND_FEATURES;
    use super::super::{lines, wording};
    use super::*;

    /// Breaks as a function has them; there the text runs on readily too.
    struct Asked(fn(&Line, &Line) -> bool);

    impl Breaks for Asked {
        fn spans(&self, before: &Line, after: &Line) -> bool {
            self.0(before, after)
        }

        fn flow(&self, before: &Line, after: &Line) -> usize {
            1 + 4 * usize::from(self.0(before, after))
        }
    }

    #[test]
    fn observations_by_groups_weigh_what_they_weigh_apart() {
        let text = "望湖日报 2024年8月17日\n\n老桥醒了\n\n■记者 陆小满\n　　本报讯 昨天，望山镇的老桥修好\n了，车子又能开过去了。\n桥长40米";
        let lines = lines::read(text);
        let looks = look(&lines, &(&wording::Wording::default()).into());
        let weights: Vec<[f32; 1]> = (0..FEATURES).map(|i| [(i * 7919 % 613) as f32 - 300.0]).collect();
        let grouped = together(&weights);
        let breaks = Asked(|one, _| one.chars.len() > 8);
        let [apart, by_group] = [Form::Apart, Form::Together].map(|form| observe(&lines, &looks, form, &breaks));
        let score = |weights: &[[f32; 1]], seen: &[u16]| seen.iter().map(|&f| weights[usize::from(f)][0]).sum::<f32>();
        assert_eq!((apart.next(), by_group.next()), (FEATURES, grouped.len()));
        for line in 0..lines.len() {
            assert!(by_group.of(line).len() * 9 < apart.of(line).len() * 5);
            assert_eq!(score(&grouped, by_group.of(line)), score(&weights, apart.of(line)), "line {line}");
        }
    }

    fn seen(text: &str) -> (Vec<Line>, Vec<Look>) {
        let lines = lines::read(text);
        let looks = look(&lines, &(&wording::Wording::default()).into());
        (lines, looks)
    }

    #[test]
    fn a_headline_in_a_torn_text_is_asked_what_runs_on_behind_it() {
        let text = "渡口的灯亮了一\n\n湖上晨光\n水退以后\n\n下子又暗了。\n\n渡口复航\n\n船又开了。";
        let (lines, looks) = seen(text);
        let spans = Asked(|one, next| one.text().ends_with('一') && next.text().starts_with("下子"));
        assert_eq!(bridged(&lines, &looks, &spans), [(0, 0), (2, 5), (2, 5), (0, 0), (0, 0), (0, 0)]);
        assert_eq!(bridged(&lines, &looks, &Asked(|_, _| false))[1..3], [(1, 1); 2]);
    }

    #[test]
    fn rows_of_short_lines_know_the_rows_before_and_behind() {
        let (lines, looks) = seen("秋水\n\n水退下去\n石阶露出来\n\n芦花白了\n有人喊船\n又喊一声");
        let rows: Vec<_> = rows(&lines, &looks).iter().map(|row| (row.before, row.run, row.behind)).collect();
        assert_eq!(rows[..3], [(0, 1, 2), (1, 2, 3), (1, 2, 3)]);
        assert_eq!(rows[3..], [(2, 3, 0); 3]);
    }

    #[test]
    fn every_observation_has_a_number_of_two_bytes() {
        assert!(together(&vec![[0.0]; SECOND_FEATURES]).len() <= usize::from(u16::MAX) + 1);
    }
}
