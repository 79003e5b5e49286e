//! Where one article's text ends and the next one's begins, judged by the words: paragraphs are walked in order, each
//! is given to one of the page's headlines (or to none) by what it shares with it beyond what the headline shares with
//! any paragraph, and going over from one to another costs what the line labelling thinks of an opening there. A
//! headline that would have no text is given something in advance. A second walk also weighs what a paragraph shares
//! with the others that the first gave to a headline, words, speakers and column measure: names and rare words of a
//! text say more than the few words over it. The labels of openings are then set by the best walk, and whose text each
//! line is taken for goes to the joins. What is set against what is said by [`Balance`].

mod walk;

use super::balance::Balance;
use super::blocks::{self, At, Block, What};
use super::chars::is_finished;
use super::cohesion::{self, Terms};
use super::labels::Label;
use super::lines::{self, Line};
use super::openers;
use super::sequence::Labelling;
use super::words::Pair;
use walk::Trellis;

/// A paragraph.
struct Unit {
    lines: Vec<At>,
    text: Vec<char>,
    /// Width of its full lines, 0 if that cannot be told.
    measure: u32,
    /// It seems to begin in the middle of a sentence, and to stop there.
    begins_inside: bool,
    is_open: bool,
    /// log odds of an opening.
    open: f32,
    /// Something else than text stands right before it.
    after_break: bool,
    /// Headline block right before, and right behind.
    head_before: Option<usize>,
    head_behind: Option<usize>,
}

/// Sets opening labels by the best walk over the paragraphs.
pub(crate) fn tile(lines: &[Line], labelling: &mut Labelling, balance: &Balance, terms: &mut Terms<'_>) {
    let blocks = blocks::cut(lines, labelling);
    let is_head = |block: &Block| block.what == What::Heading && block.has_title(&labelling.labels);
    let head_blocks: Vec<usize> = (0..blocks.len()).filter(|&at| is_head(&blocks[at])).collect();
    let heads: Vec<&Block> = head_blocks.iter().map(|&at| &blocks[at]).collect();
    let units = units(lines, labelling, &blocks, balance);
    if heads.is_empty() || units.len() < 2 {
        return;
    }
    let names: Vec<&[At]> = heads.iter().map(|b| b.lines.as_slice()).collect();
    let texts: Vec<&[char]> = units.iter().map(|u| u.text.as_slice()).collect();
    let profiles = cohesion::profiles(&names, &texts, terms, balance.letters);
    let pairs: Vec<Vec<Pair>> =
        units.iter().map(|u| u.lines.iter().flat_map(|&at| &lines[at].pairs).copied().collect()).collect();
    let shared = Shared::of(&pairs);
    let ties = shared.ties();
    let evidence = |unit: usize| profiles.iter().map(|profile| profile[unit]).collect();
    let of_heads = weighed((0..units.len()).map(evidence).collect(), balance);
    let without_text: Vec<bool> = head_blocks.iter().map(|&at| is_over_picture(&blocks, at)).collect();
    let walk = Trellis::of(&units, &of_heads, &ties, balance).walk_to_all(&without_text);
    // Now that every headline has a text, its words say more than the headline's.
    let mut emissions = shared.emissions(&of_heads, &walk.states, balance);
    weigh_measures(&mut emissions, &units, &walk.states, balance);
    weigh_speakers(&mut emissions, &units, &walk.states, balance);
    weigh_flows(&mut emissions, &units, &walk.states, balance, &|before, after| terms.follows(before, after));
    let mut trellis = Trellis::of(&units, &emissions, &ties, balance);
    let walk = trellis.walk_to_all(&without_text);
    for (i, unit) in units.iter().enumerate() {
        let label = &mut labelling.labels[unit.lines[0]];
        match (walk.opens[i], *label) {
            (true, Label::Paragraph | Label::Running) => *label = Label::Opening,
            (false, Label::Opening) => *label = Label::Paragraph,
            _ => {}
        }
    }
    labelling.walked = vec![0; lines.len()];
    for (number, head) in (1..).zip(&heads) {
        head.lines.iter().for_each(|&at| labelling.walked[at] = number);
    }
    labelling.margins = trellis.margins(&walk);
    for (unit, &state) in units.iter().zip(&walk.states) {
        let number = if state < heads.len() { state as u32 + 1 } else { 0 };
        unit.lines.iter().for_each(|&at| labelling.walked[at] = number);
    }
}

/// What every paragraph's `evidence` for every headline is worth. A long headline shares something with any text: only what
/// goes beyond most of its mean counts.
fn weighed(mut evidence: Vec<Vec<f32>>, balance: &Balance) -> Vec<Vec<f32>> {
    let count = evidence.len() as f32;
    let mut usual = vec![0.0; evidence[0].len()];
    for row in &evidence {
        usual.iter_mut().zip(row).for_each(|(usual, evidence)| *usual += balance.usual * evidence / count);
    }
    for (worth, usual) in evidence.iter_mut().flat_map(|row| row.iter_mut().zip(&usual)) {
        let beyond = *worth - usual;
        *worth = balance.words * beyond / (beyond.abs() + balance.half);
    }
    evidence
}

/// Whether a picture's or an editor's note's text stands right before or behind a headline, bylines aside: it may have no
/// other text.
fn is_over_picture(blocks: &[Block], head: usize) -> bool {
    let has_no_say = |block: &&Block| matches!(block.what, What::Byline | What::Furniture);
    let before = blocks[..head].iter().rev().find(|block| !has_no_say(block));
    let behind = blocks[head + 1..].iter().find(|block| !has_no_say(block));
    [before, behind].into_iter().flatten().any(|block| matches!(block.what, What::Caption | What::Note))
}

fn units(lines: &[Line], labelling: &Labelling, blocks: &[Block], balance: &Balance) -> Vec<Unit> {
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
                    if n > 0 && goes_on(lines, labelling, at, balance) {
                        if let Some(unit) = out.last_mut() {
                            unit.lines.push(at);
                            lines[at].add_solid(&mut unit.text);
                        }
                        continue;
                    }
                    let [open, paragraph, running] = [Label::Opening, Label::Paragraph, Label::Running]
                        .map(|l| labelling.probability(at, l).max(0.002));
                    let mut solid = Vec::with_capacity(lines[at].chars.len());
                    lines[at].add_solid(&mut solid);
                    out.push(Unit {
                        lines: vec![at],
                        text: solid,
                        measure: 0,
                        begins_inside: labelling.labels[at] == Label::Running,
                        is_open: false,
                        open: balance.trust * (open / (paragraph + running)).ln(),
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
    for unit in &mut out {
        unit.measure = measure(unit, lines);
        let last = &lines[unit.lines[unit.lines.len() - 1]].chars;
        unit.is_open = !is_finished(last) && openers::jump(last).is_none();
    }
    for at in 1..out.len() {
        out[at].begins_inside |= out[at - 1].is_open;
    }
    out
}

/// Width of a paragraph's full lines, that is of all but the last; 0 if it has too few.
fn measure(unit: &Unit, lines: &[Line]) -> u32 {
    /// No more lines are needed to see it.
    const MOST: usize = 40;
    let full = unit.lines.split_last().map_or(&[][..], |(_, full)| full);
    let widths: Vec<u32> = full.iter().take(MOST).map(|&at| lines[at].width).collect();
    lines::mode(&widths)
}

/// Adds to `emissions` what the other paragraphs of every headline's text, as a walk gave them to it, say for a paragraph:
/// the most that `alike` finds between it and one of them, by what is `seen` of each.
fn weigh_others<T: Copy>(
    emissions: &mut [Vec<f32>],
    seen: &[Option<T>],
    states: &[usize],
    alike: impl Fn(T, T) -> f32,
) {
    let mut of_texts: Vec<Vec<(usize, T)>> = vec![Vec::new(); emissions[0].len()];
    for (i, (seen, &state)) in seen.iter().zip(states).enumerate() {
        if let (Some(seen), Some(of_text)) = (*seen, of_texts.get_mut(state)) {
            of_text.push((i, seen));
        }
    }
    for (i, (row, own)) in emissions.iter_mut().zip(seen).enumerate() {
        let Some(own) = *own else { continue };
        for (score, of_text) in row.iter_mut().zip(&of_texts) {
            let others = of_text.iter().filter(|(other, _)| *other != i);
            *score += others.map(|&(_, other)| alike(own, other)).reduce(f32::max).unwrap_or(0.0);
        }
    }
}

/// What the measures of a text's other paragraphs say for one.
fn weigh_measures(emissions: &mut [Vec<f32>], units: &[Unit], states: &[usize], balance: &Balance) {
    let measures: Vec<Option<u32>> =
        units.iter().map(|unit| Some(unit.measure).filter(|&measure| measure > 0)).collect();
    weigh_others(emissions, &measures, states, |own, other| match own.abs_diff(other) {
        0..=2 => balance.measure,
        // A figure or a mark more or less.
        3 => 0.0,
        _ => -balance.measure,
    });
}

/// That somebody has the word in a paragraph of an interview who has it in others of a text.
fn weigh_speakers(emissions: &mut [Vec<f32>], units: &[Unit], states: &[usize], balance: &Balance) {
    let speakers: Vec<Option<&[char]>> = units.iter().map(|unit| openers::speaker(&unit.text)).collect();
    weigh_others(emissions, &speakers, states, |own, other| if own == other { balance.speaker } else { 0.0 });
}

/// What the broken sentences of a text's other paragraphs say for one that begins in the middle of a sentence, and for one that
/// stops there: how readily a piece of it `follows` another.
fn weigh_flows(
    emissions: &mut [Vec<f32>],
    units: &[Unit],
    states: &[usize],
    balance: &Balance,
    follows: &dyn Fn(At, At) -> f32,
) {
    let ends: Vec<(At, At)> = units.iter().map(|unit| (unit.lines[0], unit.lines[unit.lines.len() - 1])).collect();
    let worth = |follows: f32| balance.flow * follows.clamp(-3.0, 5.0) / 4.0;
    for after in (0..units.len()).filter(|&at| units[at].begins_inside) {
        let tails = (0..after).filter(|&at| units[at].is_open);
        let flows: Vec<(usize, f32)> = tails.map(|at| (at, follows(ends[at].1, ends[after].0))).collect();
        for (state, score) in emissions[after].iter_mut().enumerate() {
            let own = flows.iter().filter(|(at, _)| states[*at] == state).map(|(_, flow)| *flow);
            *score += own.reduce(f32::max).map_or(-balance.flow / 2.0, worth);
        }
        for &(before, flow) in &flows {
            if let Some(score) = emissions[before].get_mut(states[after]) {
                *score += (worth(flow) / 2.0).max(0.0);
            }
        }
    }
}

/// Whether a line is of the paragraph before it, or of the same text beyond doubt.
fn goes_on(lines: &[Line], labelling: &Labelling, at: At, balance: &Balance) -> bool {
    match labelling.labels[at] {
        Label::Running => !may_open(lines, labelling, at, balance),
        Label::Paragraph => labelling.is_beyond_doubt(at, Label::Paragraph),
        label => matches!(label, Label::Jump | Label::Subhead | Label::SubheadMore),
    }
}

/// Whether another text may begin at a line that seems to go on with a sentence: the text before it stops in the middle
/// of one, and the labelling does not rule it out.
fn may_open(lines: &[Line], labelling: &Labelling, at: At, balance: &Balance) -> bool {
    !is_finished(&lines[at - 1].chars) && labelling.probability(at, Label::Opening) > balance.possible
}

/// Rare pairs of ideographs that paragraphs share.
struct Shared {
    /// Different pairs of each paragraph that others use too, with how telling they are.
    pairs: Vec<Vec<(Pair, f32)>>,
    /// Number of different pairs of each.
    sizes: Vec<f32>,
    /// Paragraphs that use a pair: those of pair `p` from `ends[p - 1]` to `ends[p]`.
    users: Vec<u32>,
    ends: Vec<u32>,
}

impl Shared {
    fn of(texts: &[Vec<Pair>]) -> Self {
        let size = texts.iter().flatten().max().map_or(0, |&most| usize::from(most) + 1);
        let mut used_by = vec![0u32; size];
        let mut last_seen = vec![0u32; size];
        let different: Vec<Vec<Pair>> = (1..)
            .zip(texts)
            .map(|(number, text)| {
                let is_new = |pair: &&Pair| std::mem::replace(&mut last_seen[usize::from(**pair)], number) != number;
                let own: Vec<Pair> = text.iter().filter(is_new).copied().collect();
                own.iter().for_each(|&pair| used_by[usize::from(pair)] += 1);
                own
            })
            .collect();
        let mut total = 0;
        let mut ends: Vec<u32> = Vec::with_capacity(size);
        for &count in &used_by {
            ends.push(total);
            total += if count > 1 { count } else { 0 };
        }
        let mut users = vec![0; total as usize];
        let spread: Vec<f32> = used_by.iter().map(|&n| (texts.len() as f32 / n.max(1) as f32).ln()).collect();
        let mut pairs = Vec::with_capacity(texts.len());
        for (index, own) in (0..).zip(&different) {
            let shared = own.iter().filter(|&&pair| used_by[usize::from(pair)] > 1);
            let shared: Vec<(Pair, f32)> = shared.map(|&pair| (pair, spread[usize::from(pair)])).collect();
            for &(pair, _) in &shared {
                let end = &mut ends[usize::from(pair)];
                users[*end as usize] = index;
                *end += 1;
            }
            pairs.push(shared);
        }
        Self { pairs, sizes: different.iter().map(|own| own.len() as f32).collect(), users, ends }
    }

    fn users(&self, pair: Pair) -> &[u32] {
        let at = usize::from(pair);
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.users[from as usize..self.ends[at] as usize]
    }

    /// What each paragraph shares with the two before it.
    fn ties(&self) -> Vec<f32> {
        let tie = |i: usize| {
            let Some(before) = i.checked_sub(1) else { return 0.0 };
            let near = |user: &u32| (before.saturating_sub(1)..i).contains(&(*user as usize));
            let shared: f32 = self.pairs[i].iter().filter(|p| self.users(p.0).iter().any(near)).map(|p| p.1).sum();
            shared / self.sizes[i].min(self.sizes[before]).max(8.0).sqrt()
        };
        (0..self.pairs.len()).map(tie).collect()
    }

    /// What speaks for every paragraph being of every headline's text: the headline's words and those of the other
    /// paragraphs that a walk gave to it.
    fn emissions(&self, of_heads: &[Vec<f32>], states: &[usize], balance: &Balance) -> Vec<Vec<f32>> {
        let heads = of_heads.first().map_or(0, Vec::len);
        let mut out = of_heads.to_vec();
        let (mut shared, mut seen) = (vec![0.0; heads], vec![usize::MAX; heads]);
        for (i, row) in out.iter_mut().enumerate() {
            shared.fill(0.0);
            seen.fill(usize::MAX);
            for (n, &(pair, weight)) in self.pairs[i].iter().enumerate() {
                for &other in self.users(pair) {
                    let state = states[other as usize];
                    if other as usize != i && state < heads && seen[state] != n {
                        seen[state] = n;
                        shared[state] += weight;
                    }
                }
            }
            let size = self.sizes[i].max(8.0).sqrt();
            for (score, shared) in row.iter_mut().zip(&shared) {
                let tie = shared / size;
                *score += balance.others * tie / (tie + balance.half_tie);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Vocabulary;
    use super::*;

    fn texts(all: &[&str]) -> Vec<Vec<Pair>> {
        let mut vocabulary = Vocabulary::default();
        all.iter().map(|text| vocabulary.pairs(&text.chars().collect::<Vec<char>>())).collect()
    }

    #[test]
    fn a_headline_that_shares_something_with_every_text_says_little_by_it() {
        let balance = Balance::default();
        let worth = weighed(vec![vec![60.0, 55.0], vec![62.0, 0.0], vec![58.0, 0.0]], &balance);
        assert!(worth[0][1] > worth[0][0] && worth[2][0] > worth[2][1], "{worth:?}");
    }

    #[test]
    fn a_torn_paragraph_is_drawn_to_the_text_that_shares_its_names() {
        let texts = texts(&[
            "杜长河在渡口摇了三十年橹",
            "渡口边的老槐树还在",
            "粮站收购点排起长队",
            "杜长河说橹声一响槐树就醒",
        ]);
        let none = vec![vec![0.0, 0.0]; texts.len()];
        let emissions = Shared::of(&texts).emissions(&none, &[0, 0, 1, 1], &Balance::default());
        assert!(emissions[3][0] > emissions[3][1], "{emissions:?}");
    }

    fn unit(text: &str, measure: u32) -> Unit {
        let (lines, text) = (Vec::new(), text.chars().collect());
        Unit {
            lines,
            text,
            measure,
            begins_inside: false,
            is_open: false,
            open: 0.0,
            after_break: true,
            head_before: None,
            head_behind: None,
        }
    }

    #[test]
    fn a_turn_of_an_interview_is_drawn_to_the_text_in_which_its_speaker_has_the_word() {
        let units =
            ["记者：桥修好了吗？", "陆小满：修好了。", "渡口今天停渡。", "陆小满：还要修路。", "夜里：雨下大了"];
        let units = units.map(|text| unit(text, 0));
        let mut emissions = vec![vec![0.0, 0.0]; units.len()];
        let balance = Balance::default();
        weigh_speakers(&mut emissions, &units, &[0, 0, 1, 1, 1], &balance);
        assert_eq!(emissions[3], [balance.speaker, 0.0]);
        assert_eq!((&emissions[2], &emissions[4]), (&vec![0.0, 0.0], &vec![0.0, 0.0]));
    }

    #[test]
    fn a_broken_sentence_is_drawn_to_the_text_that_stops_where_it_goes_on() {
        let mut units = ["", "", ""].map(|text| unit(text, 0));
        (0..).zip(&mut units).for_each(|(at, unit)| unit.lines = vec![at]);
        (units[0].is_open, units[1].is_open, units[2].begins_inside) = (true, true, true);
        let mut emissions = vec![vec![0.0, 0.0]; units.len()];
        let balance = Balance::default();
        // The third goes on readily with the first, hardly with the second; a walk had put it to the second's text.
        weigh_flows(&mut emissions, &units, &[0, 1, 1], &balance, &|before, _| if before == 0 { 4.0 } else { -2.0 });
        assert_eq!(emissions[2], [balance.flow, -balance.flow / 2.0]);
        assert_eq!(
            emissions[0],
            [0.0, balance.flow / 2.0],
            "its text and the piece may be one whichever headline is theirs"
        );
        assert_eq!(emissions[1], [0.0, 0.0]);
    }

    #[test]
    fn a_torn_paragraph_is_drawn_to_the_text_set_in_its_measure() {
        let units = [30, 38, 39, 0].map(|measure| unit("", measure));
        let mut emissions = vec![vec![0.0, 0.0]; units.len()];
        let balance = Balance::default();
        // The third belongs to the second headline's text by its measure, wherever a walk had put it.
        weigh_measures(&mut emissions, &units, &[0, 1, 0, 0], &balance);
        assert_eq!(emissions[2], [-balance.measure, balance.measure]);
        assert_eq!(emissions[3], [0.0, 0.0], "nobody knows the measure of a single line");
    }
}
