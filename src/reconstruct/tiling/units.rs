//! The paragraphs that are walked, and pieces of those that a column or a blank line breaks.

use super::super::balance::Balance;
use super::super::blocks::{At, Block, What};
use super::super::chars::is_finished;
use super::super::labels::Label;
use super::super::lines::{self, Line};
use super::super::openers;
use super::super::sequence::Labelling;

/// What stands between a paragraph and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// A blank line.
    Blank,
    /// Bylines, a picture's text and the like.
    Other,
    /// A headline.
    Head,
}

impl Gap {
    pub const COUNT: usize = 4;
}

/// A paragraph, or a piece of one.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub lines: Vec<At>,
    pub text: Vec<char>,
    /// Characters of it before the subheads that stand at its end.
    pub before_subheads: usize,
    /// Width of its full lines, 0 if that cannot be told.
    pub measure: u32,
    /// Who has the word in it.
    pub speaker: Option<Vec<char>>,
    /// It seems to begin in the middle of a sentence, and to stop there.
    pub begins_inside: bool,
    pub is_open: bool,
    /// Whether its last line ends a sentence, and how much that falls short: not known, little, much.
    pub is_over: bool,
    pub short: usize,
    /// log odds of an opening.
    pub open: f32,
    pub gap: Gap,
    /// Headline block right before, and right behind.
    pub head_before: Option<usize>,
    pub head_behind: Option<usize>,
}

impl Unit {
    /// Its text but for the subheads that stand at its end.
    pub fn sentences(&self) -> &[char] {
        &self.text[..self.before_subheads]
    }
}

/// The paragraphs, and of every headline how many of them stand before it.
pub(super) fn units(
    lines: &[Line],
    labelling: &Labelling,
    blocks: &[Block],
    balance: &Balance,
    follows: &dyn Fn(At, At) -> f32,
) -> (Vec<Unit>, Vec<usize>) {
    let is_subhead = |at: At| labelling.labels[at].is_subhead();
    let mut out: Vec<Unit> = Vec::new();
    let mut heads = Vec::new();
    let mut last_head = None;
    for block in blocks {
        match block.what {
            What::Heading if block.has_title(&labelling.labels) => {
                if let Some(unit) = out.last_mut().filter(|u| u.head_behind.is_none()) {
                    unit.head_behind = Some(heads.len());
                }
                last_head = Some(heads.len());
                heads.push(out.len());
            }
            What::Body => {
                for (n, &at) in block.lines.iter().enumerate() {
                    if n > 0 && goes_on(lines, labelling, at, balance, follows) {
                        if let Some(unit) = out.last_mut() {
                            unit.lines.push(at);
                            lines[at].add_solid(&mut unit.text);
                            if !is_subhead(at) {
                                unit.before_subheads = unit.text.len();
                            }
                        }
                        continue;
                    }
                    let [open, paragraph, running] = [Label::Opening, Label::Paragraph, Label::Running]
                        .map(|l| labelling.probability(at, l).max(0.002));
                    let mut solid = Vec::with_capacity(lines[at].chars.len());
                    lines[at].add_solid(&mut solid);
                    out.push(Unit {
                        lines: vec![at],
                        before_subheads: if is_subhead(at) { 0 } else { solid.len() },
                        text: solid,
                        measure: 0,
                        speaker: None,
                        begins_inside: labelling.labels[at] == Label::Running,
                        is_open: false,
                        is_over: false,
                        short: 0,
                        open: (open / (paragraph + running)).ln(),
                        gap: match last_head {
                            Some(_) => Gap::Head,
                            None if n == 0 => Gap::Other,
                            None if lines[at].blanks_before > 0 => Gap::Blank,
                            None => Gap::None,
                        },
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
        unit.speaker = openers::speaker(&unit.text).map(<[char]>::to_vec);
        // A subhead behind a paragraph is no rest of a sentence.
        let Some(&last) = unit.lines.iter().rev().find(|&&at| !is_subhead(at)) else { continue };
        let last = &lines[last];
        unit.is_over = is_finished(&last.chars);
        unit.is_open = openers::stops_inside(&last.chars);
        unit.short = last.shortfall().map_or(0, |missing| 1 + usize::from(missing >= LEAST_MISSING));
    }
    for at in 1..out.len() {
        out[at].begins_inside |= out[at - 1].is_open && out[at].open < 0.0;
    }
    (out, heads)
}

/// Width of a paragraph's full lines, that is of all but the last; 0 if it has too few.
fn measure(unit: &Unit, lines: &[Line]) -> u32 {
    /// No more lines are needed to see it.
    const MOST: usize = 40;
    let full = unit.lines.split_last().map_or(&[][..], |(_, full)| full);
    let widths: Vec<u32> = full.iter().take(MOST).map(|&at| lines[at].width).collect();
    lines::mode(&widths)
}

/// Whether a line is of the paragraph before it, or of the same text beyond doubt.
fn goes_on(lines: &[Line], labelling: &Labelling, at: At, balance: &Balance, follows: &dyn Fn(At, At) -> f32) -> bool {
    match labelling.labels[at] {
        Label::Running => {
            !may_open(lines, labelling, at, balance)
                && !is_elsewhere(lines, at)
                && (lines[at].blanks_before == 0 || follows(at - 1, at) > WELL)
        }
        Label::Paragraph => labelling.is_beyond_doubt(at, Label::Paragraph),
        label => label == Label::Jump || label.is_subhead(),
    }
}

/// Whether another text may begin at a line that seems to go on with a sentence: the text before it stops in the middle
/// of one, and the labelling does not rule it out.
fn may_open(lines: &[Line], labelling: &Labelling, at: At, balance: &Balance) -> bool {
    !is_finished(&lines[at - 1].chars) && labelling.probability(at, Label::Opening) > balance.possible
}

/// Whether the paragraph before a line is over, so that a line that seems to go on with a sentence goes on with another one.
fn is_elsewhere(lines: &[Line], at: At) -> bool {
    let before = &lines[at - 1];
    is_finished(&before.chars) && before.shortfall().is_none_or(|missing| missing >= LEAST_MISSING)
}

/// How readily a line follows at least that is not looked for elsewhere though a blank line stands before it.
const WELL: f32 = 2.0;

/// Half ems that the last line of a paragraph is at least too short, if it is.
const LEAST_MISSING: i32 = 4;

#[cfg(test)]
mod tests {
    use super::super::super::blocks;
    use super::*;

    /// Texts of the paragraphs of a dump whose lines have those labels; a line follows another as readily as it says.
    fn read(dump: &str, labels: &[Label], follows: f32) -> Vec<(String, bool)> {
        let lines = lines::read(dump);
        let marginals = labels.iter().map(|&label| {
            let mut out = [0.001; Label::COUNT];
            out[label as usize] = 0.98;
            out
        });
        let labelling = Labelling { labels: labels.to_vec(), marginals: marginals.collect(), ..Labelling::default() };
        let blocks = blocks::cut(&lines, &labelling);
        let (units, _) = units(&lines, &labelling, &blocks, &Balance::default(), &|_, _| follows);
        units.iter().map(|unit| (unit.text.iter().collect(), unit.begins_inside)).collect()
    }

    #[test]
    fn what_goes_on_with_a_sentence_behind_a_paragraph_that_is_over_is_a_piece_of_its_own() {
        let labels = [Label::Opening, Label::Running, Label::Running, Label::Running, Label::Running];
        let dump = "渡口今天停渡，摆渡人把船拴\n在柳树下。\n的收购价比去年高，镇上的粮\n站一早就排起了长队，到傍晚\n还没有散。";
        let texts = read(dump, &labels, 3.0);
        assert_eq!(texts.iter().map(|(_, inside)| *inside).collect::<Vec<_>>(), [false, true]);
        assert!(texts[1].0.starts_with("的收购价"), "{texts:?}");
    }

    #[test]
    fn a_sentence_that_a_blank_line_breaks_is_in_pieces_where_it_hardly_goes_on() {
        let labels = [Label::Opening, Label::Running, Label::Running];
        let dump = "渡口今天停渡，摆渡人把船拴\n在柳树下，说等水退了再\n\n站一早就排起了长队。";
        assert_eq!(read(dump, &labels, 0.0).len(), 2);
        assert_eq!(read(dump, &labels, 3.0).len(), 1);
    }

    #[test]
    fn a_subhead_behind_a_paragraph_is_no_rest_of_a_sentence() {
        let lines = lines::read("渡口今天停渡了。\n老船换了新桨\n摆渡人把船拴在柳树下。");
        let labels = [Label::Opening, Label::Subhead, Label::Paragraph];
        let labelling = Labelling {
            labels: labels.to_vec(),
            marginals: vec![[0.05; Label::COUNT]; lines.len()],
            ..Labelling::default()
        };
        let (units, _) = units(&lines, &labelling, &blocks::cut(&lines, &labelling), &Balance::default(), &|_, _| 0.0);
        assert_eq!(
            units.iter().map(|unit| (unit.is_open, unit.begins_inside)).collect::<Vec<_>>(),
            [(false, false); 2]
        );
        assert_eq!(units[0].sentences().len(), 8);
    }
}
