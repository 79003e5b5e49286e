//! The second look at a page: what the first labelling of its lines lets one see. Where heads stand on this page, which
//! parts they have, what stands before and behind a run of headline lines, whether the words before and behind a place
//! are about one thing. The second labelling has weights for these beside those of the first look.

mod alike;

use super::chars::contains;
use super::features::{FEATURES, Look};
use super::labels::Label;
use super::lines::Line;
use super::observations::{Observations, Sink};
use super::openers::Opener;
use super::sequence::Labelling;
use super::words::{Held, MovingTie, Side, Words};
use alike::{items, twins};

const N: usize = Label::COUNT;
/// Coarse classes of labels, and one for what lies outside the page.
const CLASSES: usize = 12;
const OUTSIDE: usize = CLASSES;
const BEFORE: usize = 6;
const BEHIND: usize = 8;
/// Levels of a habit: unknown, rare, mixed, usual.
const LEVELS: usize = 4;
const HABITS: usize = 8;

/// Sizes of the observations, in the order in which they are made.
const SIZES: [usize; 21] = [
    N * 5,                                  // own label, how probable
    N * N,                                  // own label, next best
    13 * N * 13,                            // class before, own label, class behind
    13 * 13 * CLASSES,                      // two classes before, own class
    CLASSES * 13 * 13,                      // own class, two behind
    5 * 5 * N,                              // lines in the run, place from its head, own label
    5 * 5 * N,                              // lines in the run, place from its end, own label
    BEFORE * BEHIND * 4 * N,                // what stands before and behind the run, its lines, own label
    4 * 4 * N,                              // width among the run's lines, place, own label
    4 * 4 * 3 * CLASSES,                    // figures here and elsewhere in the run, width, place
    4 * CLASSES * 2,                        // repeated in the run, own class, doubled
    LEVELS * N * 2 * HABITS,                // the page's habits with own label and blank
    LEVELS * BEFORE * BEHIND * 3 * CLASSES, // heads before or behind their texts, surroundings, place
    LEVELS * 2 * 3 * N,                     // paragraphs set off, blank, finished before
    4 * 3 * CLASSES * LEVELS,               // which text shares the line's words, how strongly
    5 * N * 2,                              // words before and behind this line, blank
    5 * 3 * CLASSES * 2,                    // the same with finished before, blank
    5 * CLASSES * 4,                        // words before and behind the run, its lines
    CLASSES * 13 * LEVELS * LEVELS,         // own class, class behind, kickers' and subtitles' habit
    TWINS * N,                              // what a line of the same form is, own label
    ITEMS * N,                              // what an item numbered in the same way is, own label
];

/// What an item numbered in the same way can be: the line has no number, there is none, one of the classes of labels.
const ITEMS: usize = 2 + CLASSES;

/// What a line of the same form can be: nobody asks, there is none, column, kicker, headline, subtitle, subhead.
const TWINS: usize = 7;

/// Number of observations of the second look, those of the first included.
pub const SECOND_FEATURES: usize = {
    let mut total = FEATURES;
    let mut i = 0;
    while i < SIZES.len() {
        total += SIZES[i];
        i += 1;
    }
    total
};

fn class(label: Label) -> usize {
    match label {
        Label::Furniture => 0,
        Label::Column => 1,
        Label::Kicker | Label::KickerMore => 2,
        Label::Title | Label::TitleMore => 3,
        Label::Subtitle | Label::SubtitleMore => 4,
        Label::Byline | Label::BylineMore => 5,
        Label::Subhead | Label::SubheadMore => 6,
        Label::Opening => 7,
        Label::Paragraph | Label::Running => 8,
        Label::Caption | Label::CaptionMore => 9,
        Label::Jump => 10,
        Label::Note | Label::NoteMore => 11,
    }
}

/// Headline parts and subheads: what stands in runs.
fn is_head(class: usize) -> bool {
    matches!(class, 1..=4 | 6)
}

/// Lines of one class that stand together.
struct Segment {
    class: usize,
    from: usize,
    to: usize,
}

fn segments(labels: &[Label]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for (at, &label) in labels.iter().enumerate() {
        let own = class(label);
        match out.last_mut() {
            Some(last) if last.class == own && (label.is_more() || own == 8 || own == 0) => last.to = at + 1,
            _ => out.push(Segment { class: own, from: at, to: at + 1 }),
        }
    }
    out
}

/// A share as a level; `of` nothing is unknown.
fn level(part: usize, of: usize) -> usize {
    match (part * 100).checked_div(of) {
        None => 0,
        Some(..=20) => 1,
        Some(21..=70) => 2,
        Some(_) => 3,
    }
}

/// What this page usually does.
struct Habits([usize; HABITS]);

impl Habits {
    const ORDER: usize = 0;
    const PARAGRAPHS: usize = 1;
    const KICKERS: usize = 4;
    const SUBTITLES: usize = 5;

    fn of(lines: &[Line], looks: &[Look], labels: &[Label], segments: &[Segment]) -> Self {
        let count = |class: usize| segments.iter().filter(|s| s.class == class).count();
        let titles = count(3);
        let (mut first, mut behind) = (0, 0);
        for (i, _) in segments.iter().enumerate().filter(|(_, s)| s.class == 3) {
            let next = segments[i + 1..].iter().find(|s| !matches!(s.class, 0..=6));
            let before = segments[..i].iter().rev().find(|s| !matches!(s.class, 0 | 1 | 2 | 4 | 5));
            first += usize::from(next.is_some_and(|s| matches!(s.class, 7 | 9 | 11)));
            behind +=
                usize::from(before.is_some_and(|s| matches!(s.class, 7..=11)) && next.is_none_or(|s| s.class == 8));
        }
        let gap = |at: usize| usize::from(lines[at].blanks_before > 0);
        let paragraphs = (1..labels.len()).filter(|&at| labels[at] == Label::Paragraph);
        let (set_off, all) = paragraphs.fold((0, 0), |(off, all), at| (off + gap(at), all + 1));
        let openings: Vec<usize> = (0..labels.len()).filter(|&at| labels[at] == Label::Opening).collect();
        let dated = openings.iter().filter(|&&at| looks[at].opener() == Opener::Dateline as u8).count();
        let (mut bylines_first, mut bylines) = (0, 0);
        for (i, _) in segments.iter().enumerate().filter(|(_, s)| s.class == 5) {
            bylines += 1;
            bylines_first += usize::from(segments.get(i + 1).is_some_and(|s| matches!(s.class, 7 | 8)));
        }
        let heads = |at: usize| is_head(class(labels[at])) && class(labels[at]) != 6;
        let inner = (1..labels.len()).filter(|&at| heads(at) && heads(at - 1));
        let (loose, parts) = inner.fold((0, 0), |(loose, all), at| (loose + gap(at), all + 1));
        let set_apart = openings.iter().filter(|&&at| at > 0 && gap(at) > 0).count();
        Self([
            level(first, first + behind),
            level(set_off, all),
            level(dated, openings.len()),
            level(bylines_first, bylines),
            level(count(2), titles),
            level(count(4), titles),
            level(loose, parts),
            level(set_apart, openings.len()),
        ])
    }
}

/// The texts between headline runs, to weigh words by.
fn texts(segments: &[Segment]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut fresh = true;
    for segment in segments {
        if matches!(segment.class, 7..=9 | 11) {
            if fresh || segment.class == 7 {
                out.push(Vec::new());
            }
            fresh = false;
            if let Some(text) = out.last_mut() {
                text.extend(segment.from..segment.to);
            }
        } else if is_head(segment.class) {
            fresh = true;
        }
    }
    out
}

/// A run of headline lines and where it stands.
struct Run {
    from: usize,
    to: usize,
    before: usize,
    behind: usize,
    tie: usize,
}

/// Everything about the page that single lines are looked at with.
struct Page<'a> {
    lines: &'a [Line],
    looks: &'a [Look],
    first: &'a Labelling,
    segments: Vec<Segment>,
    segment_of: Vec<usize>,
    habits: Habits,
    runs: Vec<Run>,
    run_of: Vec<Option<usize>>,
    /// Level of what the words before and behind a line share.
    ties: Vec<usize>,
    /// What the nearest line of the same form is.
    twins: Vec<usize>,
    /// What the nearest item numbered in the same way is.
    items: Vec<usize>,
    words: Words<'a>,
}

/// Lines of text looked at before and behind a place.
const REACH: usize = 7;

impl<'a> Page<'a> {
    fn of(lines: &'a [Line], looks: &'a [Look], first: &'a Labelling) -> Self {
        let labels = &first.labels;
        let segments = segments(labels);
        let mut segment_of = vec![0; lines.len()];
        for (index, segment) in segments.iter().enumerate() {
            segment_of[segment.from..segment.to].fill(index);
        }
        let habits = Habits::of(lines, looks, labels, &segments);
        let words = Words::of(lines, texts(&segments).into_iter());
        let mut out = Self {
            lines,
            looks,
            first,
            segments,
            segment_of,
            habits,
            runs: Vec::new(),
            run_of: vec![None; lines.len()],
            ties: Vec::new(),
            twins: twins(lines, labels),
            items: items(looks, labels),
            words,
        };
        out.tie_lines();
        out.find_runs();
        out
    }

    fn tie_lines(&mut self) {
        let is_text = |at: &usize| matches!(class(self.first.labels[*at]), 7..=9 | 11);
        let texts: Vec<usize> = (0..self.lines.len()).filter(is_text).collect();
        // The nearest lines of running text before a line, and from it on.
        let mut tie = MovingTie::new(&self.words);
        texts.iter().take(REACH).for_each(|&text| tie.add(Side::Behind, text));
        let mut rank = 0;
        let mut raw = Vec::with_capacity(self.lines.len());
        for at in 0..self.lines.len() {
            if let Some(&text) = texts.get(rank).filter(|&&text| text < at) {
                tie.take(Side::Behind, text);
                tie.add(Side::Before, text);
                rank.checked_sub(REACH).into_iter().for_each(|far| tie.take(Side::Before, texts[far]));
                texts.get(rank + REACH).into_iter().for_each(|&next| tie.add(Side::Behind, next));
                rank += 1;
            }
            raw.push(tie.value());
        }
        let mean = raw.iter().sum::<f32>() / raw.len().max(1) as f32;
        self.ties = raw
            .iter()
            .map(|&tie| match tie / mean.max(0.05) {
                t if t <= 0.25 => 0,
                t if t <= 0.6 => 1,
                t if t <= 1.0 => 2,
                t if t <= 1.6 => 3,
                _ => 4,
            })
            .collect();
    }

    fn find_runs(&mut self) {
        let labels = &self.first.labels;
        let mut at = 0;
        while at < labels.len() {
            if !is_head(class(labels[at])) {
                at += 1;
                continue;
            }
            let from = at;
            while at < labels.len() && is_head(class(labels[at])) {
                self.run_of[at] = Some(self.runs.len());
                at += 1;
            }
            let before = match from.checked_sub(1) {
                None => 0,
                Some(b) => match class(labels[b]) {
                    7 | 8 | 11 => 1 + usize::from(self.looks[b].is_finished()),
                    5 => 3,
                    9 | 10 => 4,
                    _ => 5,
                },
            };
            let behind = match labels.get(at) {
                None => 0,
                Some(Label::Opening) => 1 + usize::from(self.looks[at].opener() == Opener::Dateline as u8),
                Some(Label::Paragraph) => 3,
                Some(Label::Running) => 4,
                Some(Label::Byline | Label::BylineMore) => 5,
                Some(Label::Caption | Label::CaptionMore) => 6,
                Some(_) => 7,
            };
            self.runs.push(Run { from, to: at, before, behind, tie: self.ties[from] });
        }
    }

    fn segment_class(&self, at: usize, step: i64) -> usize {
        usize::try_from(self.segment_of[at] as i64 + step)
            .ok()
            .and_then(|i| self.segments.get(i))
            .map_or(OUTSIDE, |s| s.class)
    }

    /// Which text shares the words of headline line `at`: 0 none, 1 the one before, 2 the one behind, 3 another; and
    /// how strongly.
    fn speaks_for(&self, at: usize, chunks: &Chunks) -> (usize, usize) {
        let size = self.words.line(at).len();
        if size == 0 {
            return (0, 0);
        }
        let mut best = (0.0, 0);
        let own = self.words.weighed(at);
        let near = chunks.near(at);
        for (&(from, to), shared) in chunks.spans[near.clone()].iter().zip(chunks.held.shared(&own, near)) {
            if shared > best.0 + 0.01 {
                let place = match () {
                    () if to <= at && !self.has_text(to, at) => 1,
                    () if from > at && !self.has_text(at, from) => 2,
                    () => 3,
                };
                best = (shared, place);
            }
        }
        let strength = match best.0 / (size as f32).sqrt() {
            s if s < 0.6 => 0,
            s if s < 1.5 => 1,
            _ => 2,
        };
        (if best.0 > 0.0 { best.1 } else { 0 }, strength)
    }

    /// Whether running text stands between.
    fn has_text(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| matches!(class(self.first.labels[at]), 7..=9 | 11))
    }

    /// Texts between headline runs and openings.
    fn chunks(&self) -> Chunks {
        let mut out: Vec<(usize, usize)> = Vec::new();
        let mut open = false;
        for segment in &self.segments {
            match segment.class {
                7 | 9 | 11 => out.push((segment.from, segment.to)),
                8 if open => {
                    if let Some(last) = out.last_mut() {
                        last.1 = segment.to;
                    }
                }
                8 => out.push((segment.from, segment.to)),
                _ => {}
            }
            open = matches!(segment.class, 7 | 8) || (open && matches!(segment.class, 0 | 10));
        }
        let held = Held::of(&self.words, out.iter().map(|&(from, to)| from..to.min(from + LONGEST_CHUNK)));
        Chunks { spans: out, held }
    }
}

/// Texts between headline runs and openings, with the pairs they use.
struct Chunks {
    spans: Vec<(usize, usize)>,
    held: Held,
}

impl Chunks {
    /// Numbers of those about line `at`.
    fn near(&self, at: usize) -> std::ops::Range<usize> {
        let near = self.spans.partition_point(|span| span.0 < at);
        near.saturating_sub(MOST_CHUNKS / 2)..(near + MOST_CHUNKS / 2).min(self.spans.len())
    }
}

/// Lines of a text that a headline line is compared with; only a dump without any headlines has longer ones.
const LONGEST_CHUNK: usize = 400;
/// Texts that a headline line is compared with; the nearest ones of a page that has more.
const MOST_CHUNKS: usize = 48;

/// The observations of the first look with those of the second behind them.
pub(crate) fn observe(lines: &[Line], looks: &[Look], base: &Observations, first: &Labelling) -> Observations {
    let page = Page::of(lines, looks, first);
    let chunks = page.chunks();
    let mut out = Observations::for_lines(base.len());
    for at in 0..lines.len() {
        let mut sink = out.line_with(base, at);
        look(&page, at, &mut sink, &chunks);
        sink.end();
    }
    out
}

fn look(page: &Page<'_>, at: usize, sink: &mut Sink<'_>, chunks: &Chunks) {
    let label = page.first.labels[at];
    let (own, kind) = (label as usize, class(label));
    let blank = usize::from(page.lines[at].blanks_before > 0);
    let finished = at.checked_sub(1).map_or(2, |b| usize::from(page.looks[b].is_finished()));
    let marginals = &page.first.marginals[at];
    let sure = match marginals[own] {
        p if p < 0.5 => 0,
        p if p < 0.75 => 1,
        p if p < 0.9 => 2,
        p if p < 0.98 => 3,
        _ => 4,
    };
    sink.add(SIZES[0], own * 5 + sure);
    let second = (0..N)
        .filter(|&l| l != own && marginals[l] > 0.02)
        .max_by(|&a, &b| marginals[a].total_cmp(&marginals[b]).then(b.cmp(&a)))
        .unwrap_or(own);
    sink.add(SIZES[1], own * N + second);
    let near = [-2, -1, 1, 2].map(|step| page.segment_class(at, step));
    sink.add(SIZES[2], (near[1] * N + own) * 13 + near[2]);
    sink.add(SIZES[3], (near[0] * 13 + near[1]) * CLASSES + kind);
    sink.add(SIZES[4], (kind * 13 + near[2]) * 13 + near[3]);
    let run = page.run_of[at].map(|r| &page.runs[r]);
    match run {
        Some(run) => look_in_run(page, at, run, sink),
        None => SIZES[5..11].iter().for_each(|&size| sink.skip(size)),
    }
    for habit in page.habits.0 {
        sink.add(SIZES[11] / HABITS, (habit * N + own) * 2 + blank);
    }
    let order = page.habits.0[Habits::ORDER];
    match run {
        Some(run) => {
            let place = if at + 1 == run.to { 2 } else { usize::from(at > run.from) };
            sink.add(SIZES[12], (((order * BEFORE + run.before) * BEHIND + run.behind) * 3 + place) * CLASSES + kind);
        }
        None => sink.skip(SIZES[12]),
    }
    sink.add(SIZES[13], ((page.habits.0[Habits::PARAGRAPHS] * 2 + blank) * 3 + finished) * N + own);
    match run {
        Some(_) => {
            let (place, strength) = page.speaks_for(at, chunks);
            sink.add(SIZES[14], ((place * 3 + strength) * CLASSES + kind) * LEVELS + order);
        }
        None => sink.skip(SIZES[14]),
    }
    let tie = page.ties[at];
    sink.add(SIZES[15], (tie * N + own) * 2 + blank);
    sink.add(SIZES[16], ((tie * 3 + finished) * CLASSES + kind) * 2 + blank);
    match run {
        Some(run) => sink.add(SIZES[17], (run.tie * CLASSES + kind) * 4 + (run.to - run.from).min(4) - 1),
        None => sink.skip(SIZES[17]),
    }
    let (kickers, subtitles) = (page.habits.0[Habits::KICKERS], page.habits.0[Habits::SUBTITLES]);
    sink.add(SIZES[18], ((kind * 13 + near[2]) * LEVELS + kickers) * LEVELS + subtitles);
    sink.add(SIZES[19], page.twins[at] * N + own);
    sink.add(SIZES[20], page.items[at] * N + own);
}

fn look_in_run(page: &Page<'_>, at: usize, run: &Run, sink: &mut Sink<'_>) {
    let label = page.first.labels[at];
    let (own, kind) = (label as usize, class(label));
    let length = run.to - run.from;
    let (head, end) = ((at - run.from).min(4), (run.to - 1 - at).min(4));
    sink.add(SIZES[5], ((length.min(5) - 1) * 5 + head) * N + own);
    sink.add(SIZES[6], ((length.min(5) - 1) * 5 + end) * N + own);
    sink.add(SIZES[7], ((run.before * BEHIND + run.behind) * 4 + length.min(4) - 1) * N + own);
    let width = page.lines[at].width;
    // A long list of headlines is looked at around the line only.
    let others = (run.from.max(at.saturating_sub(6))..run.to.min(at + 7)).filter(|&o| o != at);
    let (mut wider, mut narrower, mut figures, mut repeats) = (0, 0, false, 0);
    for other in others {
        wider += usize::from(page.lines[other].width > width);
        narrower += usize::from(page.lines[other].width < width);
        figures |= page.looks[other].has_figures();
        let (one, two) = (&page.lines[at].chars, &page.lines[other].chars);
        if repeats == 0 && one.len() >= 2 && two.len() >= one.len() && contains(two, one) {
            repeats = if other < at { 1 } else { 2 };
        } else if repeats == 0 && two.len() >= 2 && one.len() > two.len() && contains(one, two) {
            repeats = 3;
        }
    }
    let rank = match (wider, narrower) {
        (0, 0) => 0,
        (0, _) => 1,
        (_, 0) => 2,
        _ => 3,
    };
    let place = match (head, end) {
        (0, 0) => 0,
        (0, _) => 1,
        (_, 0) => 2,
        _ => 3,
    };
    sink.add(SIZES[8], (rank * 4 + place) * N + own);
    let pattern = usize::from(page.looks[at].has_figures()) * 2 + usize::from(figures);
    sink.add(SIZES[9], ((pattern * 4 + rank) * 3 + place.min(2)) * CLASSES + kind);
    let doubled = page.lines[at].was_doubled || page.lines[at].repeats_previous;
    sink.add(SIZES[10], (repeats * CLASSES + kind) * 2 + usize::from(doubled));
}
