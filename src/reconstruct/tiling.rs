//! Where one article's text ends and the next one's begins, judged by the words: paragraphs are walked in order, each
//! is given to one of the page's headlines (or to none), and going over from one to another costs what the line
//! labelling thinks of an opening there. The labels of openings are then set by the best walk.

use super::blocks::{self, At, Block, What};
use super::cohesion::Cohesion;
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::sequence::Labelling;

/// Weight of the words against the labelling.
const WORDS: f32 = 2.2;
/// Evidence at which the words are half convinced.
const HALF: f32 = 50.0;
/// Weight of what neighbouring paragraphs share.
const TIES: f32 = 2.5;
/// Trust in the labelling's own probabilities.
const TRUST: f32 = 0.7;
/// What openings are given in advance, step by step, while texts are missing.
const LENIENT: [f32; 4] = [0.5, 1.0, 1.5, 2.0];
/// What a headline right at the place is worth.
const NEAR: f32 = 0.8;

/// A paragraph.
struct Unit {
    first: At,
    text: Vec<char>,
    /// log odds of an opening.
    open: f32,
    /// Something else than text stands right before it.
    after_break: bool,
    /// Headline block right before, and right behind.
    head_before: Option<usize>,
    head_behind: Option<usize>,
}

/// Sets opening labels by the best walk over the paragraphs.
pub(crate) fn tile(lines: &[Line], labelling: &mut Labelling, lexicon: &Lexicon) {
    let blocks = blocks::cut(lines, labelling);
    let heads: Vec<&Block> =
        blocks.iter().filter(|b| b.what == What::Heading && b.has_title(&labelling.labels)).collect();
    let units = units(lines, labelling, &blocks);
    if heads.is_empty() || units.len() < 2 {
        return;
    }
    let names: Vec<String> = heads
        .iter()
        .map(|b| b.lines.iter().flat_map(|&at| lines[at].chars.iter().copied().chain(std::iter::once('\n'))).collect())
        .collect();
    let texts: Vec<Vec<char>> = units.iter().map(|u| u.text.clone()).collect();
    let cohesion = Cohesion::new(&names, &texts, lexicon);
    let ties = ties(&texts);
    // A page has about as many texts as headlines: where it seems to have fewer, less likely openings are believed.
    let pictures = blocks.iter().filter(|b| b.what == What::Caption).count();
    let texts = |walk: &[bool]| walk.iter().filter(|opens| **opens).count() + pictures;
    let mut walk = best_walk(&units, heads.len(), &cohesion, &ties, 0.0);
    for bias in LENIENT {
        if texts(&walk) >= heads.len() {
            break;
        }
        let other = best_walk(&units, heads.len(), &cohesion, &ties, bias);
        if texts(&other) > heads.len() + 1 {
            break;
        }
        walk = other;
    }
    for (i, unit) in units.iter().enumerate() {
        let label = &mut labelling.labels[unit.first];
        match (walk[i], *label) {
            (true, Label::Paragraph) => *label = Label::Opening,
            (false, Label::Opening) => *label = Label::Paragraph,
            _ => {}
        }
    }
}

fn units(lines: &[Line], labelling: &Labelling, blocks: &[Block]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut head = 0;
    let mut last_head = None;
    for block in blocks {
        match block.what {
            What::Heading if block.has_title(&labelling.labels) => {
                if let Some(unit) = out.last_mut().filter(|u| u.head_behind.is_none()) {
                    unit.head_behind = Some(head);
                }
                last_head = Some(head);
                head += 1;
            }
            What::Body => {
                for (n, &at) in block.lines.iter().enumerate() {
                    let label = labelling.labels[at];
                    let text = lines[at].chars.iter().copied().filter(|c| !c.is_whitespace());
                    if n > 0 && matches!(label, Label::Running | Label::Jump | Label::Subhead | Label::SubheadMore) {
                        if let Some(unit) = out.last_mut() {
                            unit.text.extend(text);
                        }
                        continue;
                    }
                    let [open, paragraph, running] = [Label::Opening, Label::Paragraph, Label::Running]
                        .map(|l| labelling.probability(at, l).max(0.002));
                    out.push(Unit {
                        first: at,
                        text: text.collect(),
                        open: TRUST * (open / (paragraph + running)).ln(),
                        after_break: n == 0,
                        head_before: last_head.take(),
                        head_behind: None,
                    });
                }
            }
            What::Byline | What::Furniture => {}
            _ => last_head = None,
        }
    }
    out
}

/// What each paragraph shares with the two before it: rare character pairs.
fn ties(texts: &[Vec<char>]) -> Vec<f32> {
    let pairs: Vec<Vec<u64>> = texts
        .iter()
        .map(|text| {
            let mut out: Vec<u64> = text
                .windows(2)
                .filter(|w| super::chars::is_han(w[0]) && super::chars::is_han(w[1]))
                .map(|w| (u64::from(u32::from(w[0])) << 32) | u64::from(u32::from(w[1])))
                .collect();
            out.sort_unstable();
            out.dedup();
            out
        })
        .collect();
    let mut all: Vec<u64> = pairs.iter().flatten().copied().collect();
    all.sort_unstable();
    let spread = |pair: u64| {
        let used_by = all.partition_point(|&p| p <= pair) - all.partition_point(|&p| p < pair);
        (texts.len() as f32 / used_by as f32).ln()
    };
    let mut out = vec![0.0; texts.len()];
    for i in 1..texts.len() {
        let before = &pairs[i - 1];
        let earlier = i.checked_sub(2).map(|j| &pairs[j]);
        let shared: f32 = pairs[i]
            .iter()
            .filter(|p| before.binary_search(p).is_ok() || earlier.is_some_and(|e| e.binary_search(p).is_ok()))
            .map(|&p| spread(p))
            .sum();
        let size = (pairs[i].len().min(before.len()) as f32).max(8.0);
        out[i] = shared / size.sqrt();
    }
    out
}

/// Viterbi over (paragraph, headline); says for every paragraph whether it opens an article.
fn best_walk(units: &[Unit], heads: usize, cohesion: &Cohesion, ties: &[f32], bias: f32) -> Vec<bool> {
    // State `heads` means: of no headline.
    let states = heads + 1;
    let emit = |i: usize, s: usize| if s < heads { saturated(cohesion.evidence(s, i)) } else { 0.25 };
    let typical = if ties.len() > 1 { ties.iter().sum::<f32>() / (ties.len() - 1) as f32 } else { 0.0 };
    let enter = |i: usize, s: usize| if s < heads && units[i].head_before == Some(s) { NEAR } else { 0.0 };
    let leave = |i: usize, s: usize| if s < heads && units[i].head_behind == Some(s) { NEAR } else { 0.0 };
    let mut best: Vec<f32> = (0..states).map(|s| emit(0, s) + enter(0, s)).collect();
    let mut back: Vec<Vec<(usize, bool)>> = vec![vec![(0, true); states]];
    for i in 1..units.len() {
        let open = bias + units[i].open + TIES * (0.35 - (ties[i] / typical.max(0.1)).min(1.2));
        let (stay, go) = (-soft(open), -soft(-open));
        let left: Vec<f32> = (0..states).map(|s| best[s] + leave(i - 1, s)).collect();
        let top = (0..states).max_by(|&a, &b| left[a].total_cmp(&left[b])).unwrap_or(0);
        let mut next = vec![0.0; states];
        let mut from = vec![(0, false); states];
        for s in 0..states {
            let same = if s == heads && go > stay { (best[s] + go, true) } else { (best[s] + stay, false) };
            let other = left[top] + go + enter(i, s);
            let resumed = units[i].after_break;
            (next[s], from[s]) =
                if other > same.0 && (top != s || resumed) { (other, (top, true)) } else { (same.0, (s, same.1)) };
            next[s] += emit(i, s);
        }
        best = next;
        back.push(from);
    }
    let mut state = (0..states).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
    let mut out = vec![false; units.len()];
    for i in (0..units.len()).rev() {
        let (from, opens) = back[i][state];
        out[i] = opens;
        state = from;
    }
    out
}

fn saturated(evidence: f32) -> f32 {
    WORDS * evidence / (evidence + HALF)
}

/// ln(1 + e^x).
fn soft(x: f32) -> f32 {
    if x > 20.0 { x } else { x.exp().ln_1p() }
}
