//! A run of headline lines holds one article's head or several: kicker, headline, subtitle and column (引题, 主题, 副题,
//! 栏目) of one, then those of the next. The whole run is read at once: lines become parts, parts become heads, by the
//! best of all ways (a semi-Markov model). It sees what the line labelling cannot: a part's whole text, which parts a
//! head has already, whether two lines speak of the same story on the page, and of a whole head whether one story is what
//! its lines speak of and whether another headline claims that story. Weights are learned by `examples/train_heads.rs`.

mod halves;
mod places;
mod reading;
mod said;
mod seams;
mod shadows;
mod spelling;

use super::balance::Balance;
use super::blocks::At;
use super::bylines::Shape;
use super::chars::{contains, ends_place, is_finished, is_han, is_pause, parts_phrases};
use super::cohesion::{self, Terms};
use super::features::Look;
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::{Line, stand_over};
use super::neighbours::LEVELS as FLOWS;
use super::sequence::Labelling;
use super::weights;
use super::wording::TONES;
use rustc_hash::FxHashSet;
use seams::{Seam, seams};
use spelling::{begins, quotes, spelt};
use std::sync::Arc;

/// What a line of a run can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    /// Name of a standing column.
    Column,
    /// Kicker.
    Kicker,
    /// Main headline.
    Title,
    /// Subtitle.
    Subtitle,
    /// Heading inside a text, read apart from it.
    Subhead,
    /// Nothing of a head: the line labelling was wrong about it.
    Other,
}

const ROLES: [Role; ROLE] = [Role::Column, Role::Kicker, Role::Title, Role::Subtitle, Role::Subhead, Role::Other];
const ROLE: usize = 6;
/// What stands before a part: one of the roles, or the run's beginning.
const BEFORE: usize = ROLE + 1;
const START: usize = ROLE;
/// Lines of the longest part.
const LONGEST: usize = 5;
/// Parts that a head has at most once, as bits.
const MASKS: usize = 16;
/// ln of the probability of being of no head below which a line is not tried as such.
const DOUBT: f32 = -2.3;
/// Runs are read in pieces of so many lines; only a list of headlines is longer.
const MOST: usize = 60;

/// Slots that the first and last characters of a line are folded to.
const SPELT: usize = 512;

/// Sizes of the groups of weights, in order.
const SIZES: [usize; 48] = [
    ROLE,                  // the line labelling's opinion
    ROLE * LONGEST,        // lines
    ROLE * 8,              // width
    ROLE * 2,              // figures
    ROLE * 3,              // characters that end names of places
    ROLE * 2,              // marks inside
    ROLE * 2,              // begins with a dash
    ROLE * 2,              // phrases parted by a space
    ROLE * 4,              // shadow copies
    ROLE * 4,              // how much the page's texts share its words
    ROLE * 2,              // seams: a word runs over the line end
    ROLE * 2,              // seams: lines of one length
    ROLE * 2,              // seams: a blank line
    ROLE * 4,              // seams: do both lines speak of one text
    ROLE * 9,              // narrower, like, wider than the line before, than the line behind
    BEFORE * ROLE * 2,     // the part before, new head or the same
    BEFORE * ROLE * 4,     // the same with a blank line or without
    ROLE * 8,              // does the part speak of the text of the part before; new head or the same
    MASKS,                 // parts of a head when it ends
    ROLE * 6,              // last role, what stands behind the run
    ROLE * 6,              // first role, what stands before the run
    ROLE * 6,              // own role, width against the part before; same head
    ROLE * 4,              // what a line is to the grammar of bylines
    ROLE * 5,              // whose words it shares: nobody's, the text's before the run, behind it, another one's
    ROLE * 2,              // no ideograph in it
    ROLE * 4,              // quotes: none, whole ones, only an opening or a closing one, begins with one
    ROLE * SPELT,          // last character
    ROLE * SPELT,          // last two
    ROLE * SPELT,          // first two
    2 * 5,     // whole head, with headline parts or of subheads only: how much the text that speaks for it shares
    2 * 5 * 4, // how far its lines agree on that text, its lines
    2 * 4 * 4, // a line outside that shares more with that text: how much more, where it stands
    2 * 3 * 4, // that text stands before, behind the run, elsewhere; the head's place in the run
    2 * 8,     // its lines
    ROLE * 6,  // worded like a main headline or like a kicker or subtitle
    ROLE * 5,  // like running text
    ROLE * 4,  // like a column
    ROLE * 4,  // like a subhead
    ROLE * 2,  // a drop shadow doubled one of its lines whole
    ROLE * 4, // several lines: phrases parted by a space in none, in all, in the first and not in all, in later ones only
    ROLE * 2, // its first line is as long as the line before, which is of another part of the same head
    ROLE * 2, // the characters of one of its lines are set apart
    ROLE * 2 * 4, // new head or the same; a drop shadow doubled the line before whole, its first line
    2 * CROWDS * 4, // whole head: the page's texts against its headline lines, its lines
    ROLE * 2 * CROWDS * 2, // new head or the same; the page's texts against its headline lines, a blank line
    ROLE * FLOWS, // seams: how readily the text runs on
    ROLE * 2 * FLOWS, // new head or the same; how readily the text runs on from the part before
    ROLE * 4, // begins with a bullet, a bracket, a number
];

/// Classes of how many texts a page has for its headline lines: where there is one for each, each is a head of its own.
const CROWDS: usize = 6;

/// Number of weights.
pub const WEIGHTS: usize = weights::total(SIZES);

/// The weights.
pub type Heads = weights::Learned<WEIGHTS>;

/// A part of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// First line, counted within the run.
    pub from: usize,
    /// One past the last line.
    pub to: usize,
    /// What it is.
    pub role: Role,
    /// A new head begins with it.
    pub begins: bool,
}

/// A run of lines with all that is seen of it.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its lines.
    pub(crate) at: Vec<usize>,
    lines: Vec<Seen>,
    /// For every pair of neighbouring lines.
    seams: Vec<Seam>,
    before: usize,
    behind: usize,
    /// Of every line: how much it shares with each text of the page.
    profiles: Vec<Vec<f32>>,
    /// Of every text: the sheet's headline lines that share most with it, by their number among all of them.
    rivals: Arc<[Vec<(f32, usize)>]>,
    /// Number of the run's first line among all headline lines.
    first: usize,
    /// The first text behind the run; the one before it is the one before.
    text_behind: usize,
    /// See [`CROWDS`].
    crowd: usize,
}

#[derive(Clone, Debug)]
struct Seen {
    /// ln of the probability of being the first or a later line of each role.
    opinion: [[f32; 2]; ROLE],
    width: u32,
    figures: bool,
    places: usize,
    marks: bool,
    dash: bool,
    phrases: bool,
    doubled: bool,
    shadowed: bool,
    spaced: bool,
    /// Begins with: 0 neither, 1 a bullet, 2 a bracket, 3 a number.
    begins: usize,
    /// A blank line stands before it and none behind it: it stands over what follows.
    stands_over: bool,
    /// Contains another line of the run, or is contained in one: the nearest such line behind it.
    copies: Option<usize>,
    /// How much the text that shares most of its words does.
    top: f32,
    /// 0 no byline, 1 bare names, 2 role words or a bullet, 3 an office.
    byline: usize,
    /// The text whose words it shares most: 0 none, 1 before the run, 2 behind it, 3 another.
    speaks_for: usize,
    has_ideograph: bool,
    quotes: usize,
    /// Slots of the last character, the last two and the first two.
    spelt: [usize; 3],
    /// ln of the probability of every tone.
    tones: [f32; TONES],
}

fn opinion(marginals: &[f32; Label::COUNT]) -> [[f32; 2]; ROLE] {
    let p = |label: Label| marginals[label as usize];
    let heads = [
        [p(Label::Column), 0.0],
        [p(Label::Kicker), p(Label::KickerMore)],
        [p(Label::Title), p(Label::TitleMore)],
        [p(Label::Subtitle), p(Label::SubtitleMore)],
        [p(Label::Subhead), p(Label::SubheadMore)],
    ];
    let other = (1.0 - heads.iter().flatten().sum::<f32>()).max(0.0);
    let mut out = [[0.0; 2]; ROLE];
    for (slot, values) in out.iter_mut().zip(heads.into_iter().chain([[other, other]])) {
        *slot = values.map(|v| v.max(0.002).ln());
    }
    out
}

fn of_head(label: Label) -> bool {
    label.is_heading() || label.is_subhead()
}

/// The runs of a sheet: lines that may be of a head, side by side.
pub(crate) fn runs(
    lines: &[Line],
    looks: &[Look],
    labelling: &Labelling,
    balance: &Balance,
    terms: &mut Terms<'_>,
) -> Vec<Run> {
    let is_head = |at: usize| {
        let chance: f32 = Label::ALL.iter().filter(|l| of_head(**l)).map(|&l| labelling.probability(at, l)).sum();
        // What can be nothing but a subhead parts the heads around it.
        let parts = |label: &Label| labelling.probability(at, *label) >= 1.0;
        (of_head(labelling.labels[at]) || chance > balance.head_likely)
            && ![Label::Subhead, Label::SubheadMore].iter().any(parts)
    };
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in (0..lines.len()).filter(|&at| is_head(at)) {
        match found.last_mut() {
            Some(run) if run[run.len() - 1] + 1 == at && run.len() < MOST => run.push(at),
            _ => found.push(vec![at]),
        }
    }
    let mut in_run = vec![false; lines.len()];
    found.iter().flatten().for_each(|&at| in_run[at] = true);
    let (starts, texts) = texts(lines, labelling, balance.may_open, &in_run);
    let heads: Vec<&[At]> = found.iter().flatten().map(std::slice::from_ref).collect();
    let texts: Vec<&[char]> = texts.iter().map(Vec::as_slice).collect();
    let profiles = cohesion::profiles(&heads, &texts, terms, balance.head_letters);
    let rivals: Arc<[Vec<(f32, usize)>]> = rivals(&profiles, texts.len()).into();
    let said = said::said(&found, &texts, lines);
    let begun = labelling.labels.iter().filter(|label| matches!(label, Label::Opening | Label::Caption)).count();
    let crowd = crowd(begun, heads.len());
    let mut profiles = profiles.into_iter();
    let mut first = 0;
    let mut out = Vec::with_capacity(found.len());
    for at in found {
        let surroundings = Surroundings {
            profiles: profiles.by_ref().take(at.len()).collect(),
            rivals: Arc::clone(&rivals),
            said: &said,
            first,
            text_behind: starts.partition_point(|&start| start < at[0]),
            crowd,
        };
        first += at.len();
        out.push(run(at, surroundings, lines, looks, labelling, terms));
    }
    out
}

/// Lines remembered that share most with a text.
const RIVALS: usize = 6;

/// For every text the lines that share most with it.
fn rivals(profiles: &[Vec<f32>], texts: usize) -> Vec<Vec<(f32, usize)>> {
    let of_text = |text: usize| {
        let mut found: Vec<(f32, usize)> = Vec::with_capacity(RIVALS + 1);
        for (head, profile) in profiles.iter().enumerate().filter(|(_, profile)| profile[text] > 0.0) {
            let place = found.partition_point(|other| other.0 >= profile[text]);
            if place < RIVALS {
                found.insert(place, (profile[text], head));
                found.truncate(RIVALS);
            }
        }
        found
    };
    (0..texts).map(of_text).collect()
}

/// What a run's lines share with the page's texts.
struct Surroundings<'a> {
    profiles: Vec<Vec<f32>>,
    rivals: Arc<[Vec<(f32, usize)>]>,
    /// See [`said::said`].
    said: &'a FxHashSet<At>,
    first: usize,
    text_behind: usize,
    crowd: usize,
}

/// How many texts a page has for its headline lines, as a class.
fn crowd(texts: usize, lines: usize) -> usize {
    match texts * 100 / lines.max(1) {
        ..=25 => 0,
        26..=40 => 1,
        41..=55 => 2,
        56..=75 => 3,
        76..=95 => 4,
        _ => 5,
    }
}

/// Texts between openings and heads, also from where an article opens with a probability of at least `least`. A page has less
/// than a hundred; a sheet without any openings is one text. What may be of a head is left out even where its label is of a
/// text: it would share all its words with itself.
fn texts(lines: &[Line], labelling: &Labelling, least: f32, in_run: &[bool]) -> (Vec<At>, Vec<Vec<char>>) {
    let mut starts = Vec::new();
    let mut out: Vec<Vec<char>> = Vec::new();
    for (at, label) in labelling.labels.iter().enumerate() {
        let opens = match label {
            Label::Opening | Label::Caption | Label::Note => true,
            Label::Paragraph | Label::Running => labelling.probability(at, Label::Opening) > least,
            _ => false,
        };
        if opens || ((label.is_body() || label.is_more()) && !label.is_heading() && out.is_empty()) {
            out.push(Vec::new());
            starts.push(at);
        }
        if (label.is_body() || matches!(label, Label::Caption | Label::CaptionMore | Label::Note | Label::NoteMore))
            && !in_run[at]
            && let Some(text) = out.last_mut()
        {
            lines[at].add_solid(text);
        }
    }
    (starts, out)
}

fn run(
    at: Vec<usize>,
    surroundings: Surroundings<'_>,
    lines: &[Line],
    looks: &[Look],
    labelling: &Labelling,
    terms: &mut Terms<'_>,
) -> Run {
    let Surroundings { profiles, rivals, said, first, text_behind, crowd } = surroundings;
    let seams = seams(&at, &profiles, said, lines, terms);
    let contains = |long: &[char], short: &[char]| short.len() >= 2 && contains(long, short);
    let seen = at
        .iter()
        .enumerate()
        .zip(&profiles)
        .map(|((i, &line), profile)| {
            let chars = &lines[line].chars;
            let near = at[i + 1..].iter().take(LONGEST - 1);
            let copies = near
                .enumerate()
                .filter(|(_, other)| {
                    let other = &lines[**other].chars;
                    contains(chars, other) || contains(other, chars)
                })
                .map(|(n, _)| i + 1 + n)
                .next();
            let head = &chars[..chars.len().min(120)];
            let top = (0..profile.len()).max_by(|&a, &b| profile[a].total_cmp(&profile[b]).then(b.cmp(&a)));
            let speaks_for = match top.filter(|&t| profile[t] > 3.0) {
                None => 0,
                Some(text) if text + 1 == text_behind => 1,
                Some(text) if text == text_behind => 2,
                Some(_) => 3,
            };
            Seen {
                opinion: opinion(&labelling.marginals[line]),
                width: lines[line].width,
                figures: head.iter().any(char::is_ascii_digit),
                places: head.iter().filter(|c| ends_place(**c)).count().min(2),
                marks: head.iter().any(|&c| is_pause(c) && c != '、'),
                dash: head.first().is_some_and(|c| matches!(c, '—' | '－')),
                phrases: head.windows(3).any(parts_phrases),
                doubled: lines[line].was_doubled || lines[line].repeats_previous,
                shadowed: lines[line].was_doubled_whole,
                spaced: lines[line].was_spaced && lines[line].rows.is_empty(),
                begins: begins(chars),
                stands_over: stand_over(lines, line, line),
                copies,
                top: profile.iter().copied().fold(0.0, f32::max),
                byline: match looks[line].byline {
                    Shape::None => 0,
                    Shape::Names => 1,
                    Shape::Office | Shape::OfficeOpen => 3,
                    _ => 2,
                },
                speaks_for,
                has_ideograph: head.iter().any(|&c| is_han(c)),
                quotes: quotes(head),
                spelt: spelt(chars),
                tones: looks[line].tones,
            }
        })
        .collect();
    let before = at[0].checked_sub(1).map(|b| &labelling.labels[b]);
    let behind = labelling.labels.get(at[at.len() - 1] + 1);
    Run {
        lines: seen,
        seams,
        before: kind(before),
        behind: kind(behind),
        at,
        profiles,
        rivals,
        first,
        text_behind,
        crowd,
    }
}

/// What stands before or behind a run.
fn kind(label: Option<&Label>) -> usize {
    match label {
        None => 0,
        Some(Label::Opening) => 1,
        Some(Label::Paragraph | Label::Running) => 2,
        Some(Label::Byline | Label::BylineMore) => 3,
        Some(Label::Caption | Label::CaptionMore) => 4,
        Some(_) => 5,
    }
}

/// Reads the heads of a sheet: sets the labels of their lines and says which lines are of one head.
pub(crate) fn read(
    lines: &[Line],
    looks: &[Look],
    labelling: &mut Labelling,
    lexicon: &Lexicon,
    terms: &mut Terms<'_>,
) {
    let mut heads = vec![0; lines.len()];
    let mut count = 0;
    for run in runs(lines, looks, labelling, &lexicon.balance, terms) {
        for part in run.read(&lexicon.heads, &|_| 0.0) {
            count += u32::from(part.begins);
            for (n, &at) in run.at[part.from..part.to].iter().enumerate() {
                let [first, more] = match part.role {
                    Role::Column => [Label::Column, Label::Column],
                    Role::Kicker => [Label::Kicker, Label::KickerMore],
                    Role::Title => [Label::Title, Label::TitleMore],
                    Role::Subtitle => [Label::Subtitle, Label::SubtitleMore],
                    Role::Subhead => [Label::Subhead, Label::SubheadMore],
                    Role::Other => {
                        set_outside(lines, labelling, at);
                        continue;
                    }
                };
                labelling.labels[at] = if n == 0 { first } else { more };
                heads[at] = count;
            }
        }
    }
    labelling.heads = heads;
    shadows::join(lines, labelling);
    halves::join(lines, labelling);
    places::over_headlines(lines, labelling);
}

/// Takes a line out of all heads. If it is text that stops in mid-sentence, the next line begins no paragraph: it seemed to
/// where a head stood before it.
fn set_outside(lines: &[Line], labelling: &mut Labelling, at: At) {
    let was_head = of_head(labelling.labels[at]);
    labelling.labels[at] = outside(labelling, at);
    if !was_head || !labelling.labels[at].is_body() || is_finished(&lines[at].chars) {
        return;
    }
    if let (Some(next), Some(label)) = (lines.get(at + 1), labelling.labels.get_mut(at + 1))
        && *label == Label::Paragraph
        && next.blanks_before == 0
    {
        *label = Label::Running;
    }
}

/// The likeliest label that is of no head.
fn outside(labelling: &Labelling, at: At) -> Label {
    if !of_head(labelling.labels[at]) {
        return labelling.labels[at];
    }
    let before = at.checked_sub(1).map(|b| labelling.labels[b]);
    let rest = Label::ALL.iter().copied().filter(|&l| !of_head(l) && before.is_none_or(|b| b.may_precede(l)));
    rest.max_by(|&a, &b| labelling.probability(at, a).total_cmp(&labelling.probability(at, b))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(labels: &[Label], openings: &[f32]) -> Labelling {
        let marginals = openings.iter().map(|&p| {
            let mut row = [0.0; Label::COUNT];
            row[Label::Opening as usize] = p;
            row
        });
        Labelling { labels: labels.to_vec(), marginals: marginals.collect(), ..Labelling::default() }
    }

    #[test]
    fn a_text_is_cut_where_an_article_may_open() {
        let lines = super::super::lines::read("水退了。\n堤还在。\n老桥修好了。");
        let labelling = labelled(&[Label::Opening, Label::Running, Label::Paragraph], &[0.9, 0.01, 0.2]);
        assert_eq!(texts(&lines, &labelling, 0.1, &[false; 3]).0, [0, 2], "the third line may be another article's");
        assert_eq!(texts(&lines, &labelling, 0.3, &[false; 3]).0, [0]);
    }

    #[test]
    fn a_line_that_may_be_a_head_is_not_compared_with_itself() {
        let lines = super::super::lines::read("水退了。\n堤还在。");
        let labelling = labelled(&[Label::Opening, Label::Paragraph], &[0.9, 0.01]);
        let texts =
            |in_run: [bool; 2]| texts(&lines, &labelling, 0.5, &in_run).1.concat().into_iter().collect::<String>();
        assert_eq!(texts([false, false]), "水退了。堤还在。");
        assert_eq!(texts([false, true]), "水退了。");
    }

    #[test]
    fn a_sentence_goes_on_behind_a_line_that_is_no_head_after_all() {
        let lines = super::super::lines::read("水退了。\n老人说，今年的堤\n比去年高了两尺。");
        let mut labelling = labelled(&[Label::Opening, Label::Subhead, Label::Paragraph], &[0.9, 0.0, 0.0]);
        labelling.marginals[1][Label::Paragraph as usize] = 0.3;
        set_outside(&lines, &mut labelling, 1);
        assert_eq!(labelling.labels, [Label::Opening, Label::Paragraph, Label::Running]);
    }

    #[test]
    fn as_many_texts_as_headline_lines_are_a_crowd() {
        assert_eq!((crowd(8, 8), crowd(8, 9), crowd(4, 16), crowd(3, 0)), (5, 4, 0, 5));
    }
}
