//! What the training program needs to see: observations and labels of a page. Not used when the program runs.

pub use super::features::FEATURES;
pub use super::labels::Label;
pub use super::observations::Observations;
pub use super::sequence::{GAPS, Labelling, Weights};

use super::cohesion::Terms;
use super::drafts::Choice;
use super::features::Form;
use super::lexicon::Lexicon;
use super::{context, features, lines, openers};

pub use super::balance::Balance;
pub use super::chars::is_finished;
pub use super::confidence::{SURE_NAMES, Sure};
pub use super::context::SECOND_FEATURES;
pub use super::continuations::{
    Continuations, DIMENSIONS as CUT_DIMENSIONS, PLACES as CUT_PLACES, REACH as CUT_REACH, Seam,
    WEIGHTS as SEAM_WEIGHTS,
};
pub use super::heads::{Heads, Part, Role as HeadRole, Run, WEIGHTS};
pub use super::joins::{BYLINE_NAMES, HEAD_NAMES, Joins, TEXT_NAMES};
pub use super::meanings::{AXES, Meanings, pairs};
pub use super::neighbours::{NeighbourCounts, class};
pub use super::tiling::{Course, WEIGHTS as WALK_WEIGHTS, Walks};
pub use super::weights::softmax;
pub use super::wording::{TONES, Tone, Wording};

/// A page as the sequence model sees it.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// 1-based numbers of the non-blank lines.
    pub numbers: Vec<u32>,
    /// Their repaired texts.
    pub texts: Vec<String>,
    /// Their observations.
    pub observations: Observations,
    lines: Vec<lines::Line>,
    looks: Vec<features::Look>,
}

impl Seen {
    /// What is seen of the page once it has been labelled by `first`.
    pub fn again(&self, first: &Weights) -> Observations {
        context::observe(&self.lines, &self.looks, &self.observations, &first.label(&self.observations))
    }
}

/// Whether a text begins as editor's notes do.
pub fn is_note(text: &str) -> bool {
    openers::class(&text.chars().collect::<Vec<char>>()) == openers::Opener::Note
}

/// Reads a dump.
pub fn see(text: &str, lexicon: &Lexicon) -> Seen {
    let lines = lines::read(text);
    let looks = features::look(&lines, &lexicon.wording);
    let observations = features::observe(&lines, &looks, Form::Apart, lexicon);
    Seen {
        numbers: lines.iter().map(|l| l.number).collect(),
        texts: lines.iter().map(|line| line.text().to_owned()).collect(),
        observations,
        lines,
        looks,
    }
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The text that a piece goes on with (option 0: none).
    Text,
    /// The text that a headline stands over.
    Head,
    /// The headline or text that a byline belongs to.
    Byline,
    /// Which option is of the same article, before all is known that speaks for them: nothing is learned from it.
    Right,
}

/// A decision about a page's blocks, with what spoke for each option.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What is decided.
    pub about: About,
    /// 1-based line numbers of the headline or piece.
    pub subject: Vec<u32>,
    /// Line numbers of each text, and what speaks for it in the order of the names.
    pub options: Vec<(Vec<u32>, Vec<f32>)>,
}

/// Puts a dump together under the eyes of a teacher who is asked about every decision and may answer with an option.
pub fn teach(text: &str, lexicon: &Lexicon, teacher: &mut dyn FnMut(&Decision) -> Option<usize>) {
    let lines = lines::read(text);
    let looks = features::look(&lines, &lexicon.wording);
    let mut labelling = lexicon.label(&lines, &looks);
    let mut terms = Terms::new(&lines, lexicon);
    let blocks = super::cut_blocks(&lines, &looks, &mut labelling, lexicon, &mut terms);
    let numbers = |at: &[usize]| at.iter().map(|&i| lines[i].number).collect::<Vec<_>>();
    let mut ask = |choice: Choice<'_>| {
        let decision = match choice {
            Choice::Text { subject, options } => Decision {
                about: About::Text,
                subject: numbers(subject),
                options: options.iter().map(|(l, case)| (numbers(l), case.to_vec())).collect(),
            },
            Choice::Head { subject, options } => Decision {
                about: About::Head,
                subject: numbers(subject),
                options: options.iter().map(|(l, case)| (numbers(l), case.to_vec())).collect(),
            },
            Choice::Byline { subject, options } => Decision {
                about: About::Byline,
                subject: numbers(subject),
                options: options.iter().map(|(l, case)| (numbers(l), case.to_vec())).collect(),
            },
            Choice::Right { subject, options } => Decision {
                about: About::Right,
                subject: numbers(subject),
                options: options.iter().map(|lines| (numbers(lines), Vec::new())).collect(),
            },
        };
        teacher(&decision)
    };
    super::drafts::draft(&lines, &looks, &labelling, &blocks, lexicon, terms, Some(&mut ask));
}

/// How readily a character follows another one.
pub fn follows(lexicon: &Lexicon, before: char, after: char) -> f32 {
    lexicon.neighbours.follows(before, after)
}

/// What is seen where a piece of text would go on with each of others, all without white space.
pub fn seams(lexicon: &Lexicon, before: &[char], after: &[Vec<char>]) -> Vec<Seam> {
    let end = lexicon.continuations.end(before);
    let seam = |after: &Vec<char>| lexicon.seam((&end, before), (&lexicon.continuations.beginning(after), after));
    after.iter().map(seam).collect()
}

/// The runs of headline lines of a dump, each with the 1-based numbers of its lines.
pub fn runs(text: &str, lexicon: &Lexicon) -> Vec<(Vec<u32>, Run)> {
    let lines = lines::read(text);
    let looks = features::look(&lines, &lexicon.wording);
    let mut labelling = lexicon.label(&lines, &looks);
    super::settle(&lines, &looks, &mut labelling);
    let runs = super::heads::runs(&lines, &looks, &labelling, &lexicon.balance, &mut Terms::new(&lines, lexicon));
    runs.into_iter().map(|run| (run.at.iter().map(|&at| lines[at].number).collect(), run)).collect()
}

/// What there is to choose in a walk over a dump's paragraphs.
pub struct Choices {
    /// The paragraphs and headlines.
    pub course: Course,
    /// 1-based numbers of every paragraph's lines.
    pub paragraphs: Vec<Vec<u32>>,
    /// 1-based numbers of every headline's lines.
    pub headlines: Vec<Vec<u32>>,
}

/// The walk over a dump's paragraphs; none if there is nothing to choose.
pub fn choices(text: &str, lexicon: &Lexicon) -> Option<Choices> {
    let lines = lines::read(text);
    let looks = features::look(&lines, &lexicon.wording);
    let mut labelling = lexicon.label(&lines, &looks);
    let mut terms = Terms::new(&lines, lexicon);
    super::settle(&lines, &looks, &mut labelling);
    super::notes::stand_alone(&lines, &mut labelling);
    super::heads::read(&lines, &looks, &mut labelling, lexicon, &mut terms);
    let course = Course::of(&lines, &labelling, &lexicon.balance, &mut terms)?;
    let numbers = |at: &[usize]| at.iter().map(|&at| lines[at].number).collect::<Vec<_>>();
    let paragraphs = course.paragraphs().map(numbers).collect();
    let headlines = course.headlines().map(numbers).collect();
    Some(Choices { course, paragraphs, headlines })
}

/// What is seen of every article that a dump is made into, with the article itself.
pub fn doubts(text: &str, lexicon: &Lexicon) -> Vec<(crate::model::Article, Vec<f32>)> {
    let lines = lines::read(text);
    let looks = features::look(&lines, &lexicon.wording);
    let mut labelling = lexicon.label(&lines, &looks);
    let (drafts, labels) = super::drafted(&lines, &looks, &mut labelling, lexicon);
    let mut judge = super::confidence::Judge::new(&lines, &labelling, &drafts);
    let made = drafts.articles.iter().map(|draft| {
        let article = super::compose::article(draft, &lines, &labels);
        let case = judge.see(&article, draft).to_vec();
        (article, case)
    });
    made.collect()
}
