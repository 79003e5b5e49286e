//! Where one article's text ends and the next one's begins, judged by the words: paragraphs are walked in order, and each is
//! given to one of the page's headlines (or to none). What each of them is worth with each headline, and every step from one
//! to the next, is a sum of learned weights of what is seen of it (`observed`): words in common, where the headline stands,
//! column measures, whether a sentence goes on. A headline that would have no text is given something in advance. A second walk
//! also sees what the first has made of the page, names, rare words and the matter of a text say more than the few words over it, and remembers
//! where every text stopped (`memory`). The
//! labels of openings are then set by the best walk, and whose text each line is taken for goes to the joins.

mod about;
mod classes;
mod memory;
mod observed;
mod shared;
mod units;
mod walk;

use super::balance::Balance;
use super::blocks::{self, At, Block, What};
use super::cohesion::{self, Terms};
use super::continuations::Edge;
use super::labels::Label;
use super::lines::Line;
use super::sequence::Labelling;
use super::weights;
use super::words::Pair;
use about::About;
use memory::Memory;
pub use observed::WEIGHTS;
use observed::{Given, Leaders};
use shared::Shared;
use units::{Unit, units};
use walk::{Table, Worth};

/// The weights of the walk. `examples/train_walks.rs` makes them.
pub type Walks = weights::Learned<WEIGHTS>;

/// The paragraphs and headlines of a sheet, with all that is seen of them.
#[derive(Clone, Debug)]
pub struct Course {
    units: Vec<Unit>,
    /// Of every headline: its lines, how many paragraphs stand before it, whether it may have no other text than a picture's.
    head_lines: Vec<Vec<At>>,
    heads: Vec<usize>,
    over_picture: Vec<bool>,
    /// Of every paragraph with every headline: what they share.
    words: Vec<Vec<f32>>,
    leaders: Leaders,
    /// What every paragraph shares with the two before it, set against the page's mean.
    ties: Vec<f32>,
    shared: Shared,
    about: About,
    /// Of every paragraph that begins in mid-sentence: those that stop so, and how readily it goes on with each.
    flows: Vec<Vec<(usize, f32)>>,
    /// How torn the page is, as a class.
    torn: usize,
    /// How the headlines stand: with texts between all of them, partly, in a heap.
    crowd: usize,
}

impl Course {
    /// Reads a sheet; `None` if there is nothing to choose.
    pub(super) fn of(lines: &[Line], labelling: &Labelling, balance: &Balance, terms: &mut Terms<'_>) -> Option<Self> {
        let blocks = blocks::cut(lines, labelling);
        let is_head = |block: &Block| block.what == What::Heading && block.has_title(&labelling.labels);
        let head_blocks: Vec<usize> = (0..blocks.len()).filter(|&at| is_head(&blocks[at])).collect();
        let (units, heads) = units(lines, labelling, &blocks, balance, &|before, after| terms.follows(before, after));
        let openings = units.iter().filter(|unit| unit.open > 0.0).count();
        if heads.is_empty() || units.len() < 2 || openings >= MOST_OPENINGS * heads.len() {
            return None;
        }
        let head_lines: Vec<Vec<At>> = head_blocks.iter().map(|&at| blocks[at].lines.clone()).collect();
        let names: Vec<&[At]> = head_lines.iter().map(Vec::as_slice).collect();
        let texts: Vec<&[char]> = units.iter().map(|u| u.text.as_slice()).collect();
        let head_texts: Vec<Vec<&[char]>> =
            head_lines.iter().map(|head| head.iter().map(|&at| lines[at].chars.as_slice()).collect()).collect();
        let about = About::of(&texts, &head_texts, &terms.lexicon().meanings);
        let profiles = cohesion::profiles(&names, &texts, terms, balance.letters);
        let evidence = |unit: usize| profiles.iter().map(|profile| profile[unit]).collect();
        let words = weighed((0..units.len()).map(evidence).collect(), balance);
        let pairs: Vec<Vec<Pair>> =
            units.iter().map(|u| u.lines.iter().flat_map(|&at| &lines[at].pairs).copied().collect()).collect();
        let shared = Shared::of(&pairs);
        let mut ties = shared.ties();
        let typical = (ties.iter().sum::<f32>() / (ties.len() - 1) as f32).max(LEAST_TIE);
        ties.iter_mut().for_each(|tie| *tie /= typical);
        Some(Self {
            over_picture: head_blocks.iter().map(|&at| is_over_picture(&blocks, at)).collect(),
            leaders: Leaders::of(&words),
            flows: flows(&units, terms),
            torn: classes::torn(&units),
            crowd: classes::crowd(&heads),
            units,
            head_lines,
            heads,
            words,
            ties,
            shared,
            about,
        })
    }

    /// The indexes of every paragraph's lines.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &[At]> {
        self.units.iter().map(|unit| unit.lines.as_slice())
    }

    /// The indexes of every headline's lines.
    pub(super) fn headlines(&self) -> impl Iterator<Item = &[At]> {
        self.head_lines.iter().map(Vec::as_slice)
    }

    /// The state of every paragraph, that is the number of its headline or that of headlines for none: by the first walk, or
    /// by the second that sees the states of the `first`. What a paragraph is `wrong` by in a state is added to what that is
    /// worth. No headline is given anything in advance. For learning.
    pub fn states(&self, walks: &Walks, first: Option<&[usize]>, wrong: &dyn Fn(usize, usize) -> f32) -> Vec<usize> {
        let given = first.map(|first| Given::of(self, first));
        let mut worth = self.worth(&walks.weights, given.as_ref());
        worth.emit.add(wrong);
        match given {
            Some(given) => self.remembering(&walks.weights, &worth, &given).0,
            None => worth.walk(),
        }
    }

    /// Both walks, the second again while it puts something right: what a text is about is known the better the more of it is.
    fn walk(&self, walks: &Walks, balance: &Balance) -> Tiling {
        let weights = &walks.weights;
        let mut before = self.worth(weights, None).walk_to_all(&self.over_picture, balance.need);
        let mut rounds = SECOND_WALKS;
        loop {
            let given = Given::of(self, &before);
            let worth = self.worth(weights, Some(&given));
            let states = self.remembering(weights, &worth, &given).0;
            rounds -= 1;
            if rounds == 0 || states == before {
                return self.tiling(weights, &given, worth, states);
            }
            before = states;
        }
    }

    /// What the last walk says.
    fn tiling(&self, weights: &[f32], given: &Given<'_>, mut worth: Worth, states: Vec<usize>) -> Tiling {
        // How clear it is where a paragraph belongs is told with all others where they are.
        let (mut memory, mut ends) = (Memory::new(worth.states()), Vec::new());
        let mut remembered = vec![Vec::new(); self.units.len()];
        for (i, &state) in states.iter().enumerate() {
            self.remembered(weights, &self.seen_beside(i, given), &memory, &mut ends, &mut remembered[i]);
            memory.add(self, i, state);
        }
        worth.emit.add(|i, state| remembered[i][state]);
        let opens = |i: usize| i == 0 || states[i - 1] != states[i] || worth.remain(i, states[i]).1;
        Tiling { opens: (0..states.len()).map(opens).collect(), losses: worth.losses(&states), states }
    }
}

/// What the walks say: which paragraphs open an article, the state of each, how much worse it would be in another.
struct Tiling {
    opens: Vec<bool>,
    states: Vec<usize>,
    losses: Table,
}

/// Second walks at most: a third changes little.
const SECOND_WALKS: usize = 2;

/// Openings for one headline on a page whose headlines are mostly missing, pictures perhaps: then they tell little of which
/// paragraphs are of one text.
const MOST_OPENINGS: usize = 4;

/// What paragraphs share on the mean at least, that others are set against.
const LEAST_TIE: f32 = 0.1;

/// Sets opening labels by the best walk over the paragraphs.
pub(crate) fn tile(lines: &[Line], labelling: &mut Labelling, balance: &Balance, walks: &Walks, terms: &mut Terms<'_>) {
    let Some(course) = Course::of(lines, labelling, balance, terms) else { return };
    let walk = course.walk(walks, balance);
    for (unit, &opens) in course.units.iter().zip(&walk.opens) {
        let label = &mut labelling.labels[unit.lines[0]];
        match (opens, *label) {
            (true, Label::Paragraph | Label::Running) => *label = Label::Opening,
            (false, Label::Opening) => *label = Label::Paragraph,
            _ => {}
        }
    }
    labelling.walked = vec![0; lines.len()];
    for (number, head) in (1..).zip(&course.head_lines) {
        head.iter().for_each(|&at| labelling.walked[at] = number);
    }
    labelling.margins = walk.losses.margins(&walk.states);
    labelling.losses = (0..walk.states.len()).map(|i| walk.losses[i].to_vec()).collect();
    labelling.paragraphs = vec![0; lines.len()];
    for (paragraph, (unit, &state)) in (1..).zip(course.units.iter().zip(&walk.states)) {
        let number = if state < course.heads.len() { state as u32 + 1 } else { 0 };
        for &at in &unit.lines {
            labelling.walked[at] = number;
            labelling.paragraphs[at] = paragraph;
        }
    }
}

/// Paragraphs that stop in mid-sentence and that one which begins so is set against: the nearest before it, and behind. A page
/// has few; a dump of many is worked off in time that grows with its length.
const TAILS_BEFORE: usize = 16;
const TAILS_BEHIND: usize = 8;

/// Of every paragraph that begins in mid-sentence: those that stop so, and how readily it goes on with each.
fn flows(units: &[Unit], terms: &Terms<'_>) -> Vec<Vec<(usize, f32)>> {
    let lexicon = terms.lexicon();
    let known = &lexicon.continuations;
    let open = units.iter().enumerate().filter(|(_, unit)| unit.is_open);
    let open: Vec<(usize, Edge)> = open.map(|(i, unit)| (i, known.end(unit.sentences()))).collect();
    let of_unit = |(i, unit): (usize, &Unit)| {
        let before = open.partition_point(|(tail, _)| *tail < i);
        let behind = open.partition_point(|(tail, _)| *tail <= i);
        let near = open[before.saturating_sub(TAILS_BEFORE)..before].iter();
        let near = near.chain(&open[behind..open.len().min(behind + TAILS_BEHIND)]);
        if !unit.begins_inside || near.clone().next().is_none() {
            return Vec::new();
        }
        let beginning = known.beginning(&unit.text);
        let seam = |tail: usize, end| lexicon.seam((end, units[tail].sentences()), (&beginning, &unit.text));
        near.map(|&(tail, ref end)| (tail, known.readiness(&seam(tail, end)))).collect()
    };
    units.iter().enumerate().map(of_unit).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_that_shares_something_with_every_text_says_little_by_it() {
        let balance = Balance::default();
        let worth = weighed(vec![vec![60.0, 55.0], vec![62.0, 0.0], vec![58.0, 0.0]], &balance);
        assert!(worth[0][1] > worth[0][0] && worth[2][0] > worth[2][1], "{worth:?}");
    }

    #[test]
    fn weights_come_back_from_their_text() {
        let mut walks = Walks::default();
        (walks.weights[3], walks.weights[WEIGHTS - 1]) = (0.5, -1.25);
        assert_eq!(Walks::from_text(&format!("# note\n{}", walks.to_text())), walks);
    }

    #[test]
    fn nothing_is_walked_where_most_texts_have_no_headline() {
        let text =
            |place: &str| format!("　　本报讯 昨夜{place}的水涨了三尺，渡口今天停渡，摆渡人把船拴在柳树下。\n\n");
        let page = |places: &[&str]| {
            let texts: String = places.iter().map(|place| text(place)).collect();
            format!("渡口今天停渡\n\n{texts}")
        };
        let lexicon = super::super::Lexicon::shared();
        let is_walked = |places: &[&str]| super::super::learning::choices(&page(places), lexicon).is_some();
        assert!(is_walked(&["望湖", "石桥", "山前"]));
        assert!(!is_walked(&["望湖", "石桥", "山前", "柳溪", "云川", "白塔"]));
    }
}
