//! Blocks become articles: pieces of running text are chained, headlines and bylines are given to texts. Every decision
//! is a learned score; headlines are given out by one assignment over the whole page.

mod chaining;
mod contributions;
mod dashed;
#[cfg(test)]
mod given;
mod headings;
mod homes;
mod leads;
mod lone;
mod orphans;
mod parting;
mod pictures;
mod second;
mod single;
mod tails;
mod twofold;

use super::blocks::{At, Block, What};
use super::chars::is_finished;
use super::cohesion::Terms;
use super::features::Look;
use super::joins::{BylineCase, HeadCase, TextCase};
use super::labels::Label;
use super::lexicon::Lexicon;
use super::lines::Line;
use super::sequence::Labelling;
use super::words::{Scratch, Words};
use dashed::is_dashed;
use second::Decision;
pub(crate) use single::set_free;
use std::rc::Rc;

/// An article as far as lines go.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Headline lines.
    pub heading: Vec<At>,
    /// Byline lines.
    pub bylines: Vec<At>,
    /// Texts: runs of lines in reading order.
    pub texts: Vec<Vec<At>>,
    /// The text is a picture's.
    pub is_caption: bool,
    /// Probability of the headline, 0 to 1.
    pub heading_certainty: f32,
    /// Why the headline was given to it.
    pub heading_why: String,
    /// The weakest join between its pieces, 0 to 1.
    pub join_certainty: f32,
    /// How sure the least sure byline is that is its own, or that another one is not; 0 to 1.
    pub byline_certainty: f32,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            heading: Vec::new(),
            bylines: Vec::new(),
            texts: Vec::new(),
            is_caption: false,
            heading_certainty: 0.0,
            heading_why: String::new(),
            join_certainty: 1.0,
            byline_certainty: 1.0,
        }
    }
}

/// What a page consists of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts {
    /// The articles.
    pub articles: Vec<Draft>,
    /// Furniture lines.
    pub furniture: Vec<At>,
    /// Lines that are something else than they were read as.
    relabelled: Vec<(At, Label)>,
}

impl Drafts {
    /// The labels of all lines where texts are read in order: a line that was taken for the first of a paragraph goes on with a
    /// sentence that was broken off where other texts stand between.
    pub fn labels(&self, lines: &[Line], labels: &[Label]) -> Vec<Label> {
        let mut out = labels.to_vec();
        self.relabelled.iter().for_each(|&(at, label)| out[at] = label);
        for draft in &self.articles {
            dashed::label(&draft.heading, lines, &mut out);
            let mut before: Option<At> = None;
            for &at in draft.texts.iter().flatten() {
                let is_broken = |last: At| last + 1 != at && labels[last].is_body() && !is_finished(&lines[last].chars);
                if labels[at].is_body() && before.is_some_and(is_broken) {
                    out[at] = Label::Running;
                }
                before = Some(at);
            }
        }
        out
    }
}

/// A decision with everything that could have been decided; for training.
#[derive(Clone, Debug)]
pub(crate) enum Choice<'a> {
    /// The piece `subject` goes on with one of the texts, or, at `options[0]`, with none.
    Text {
        /// Lines of the piece.
        subject: &'a [At],
        /// Lines of each text and what speaks for it.
        options: &'a [(Vec<At>, TextCase)],
    },
    /// The headline `subject` stands over one of the texts.
    Head {
        /// Lines of the headline.
        subject: &'a [At],
        /// Lines of each text and what speaks for it.
        options: &'a [(Vec<At>, HeadCase)],
    },
    /// The byline `subject` belongs to one of these headlines and texts.
    Byline {
        /// Lines of the byline.
        subject: &'a [At],
        /// Lines of each headline or text and what speaks for it.
        options: &'a [(Vec<At>, BylineCase)],
    },
    /// Which of some lines the piece `subject` is of, before all is known that speaks for them.
    Right {
        /// Lines of the piece.
        subject: &'a [At],
        /// Lines of each option.
        options: &'a [Vec<At>],
    },
}

/// Whoever knows better than the weights; for training.
pub(crate) type Teacher<'a> = &'a mut dyn FnMut(Choice<'_>) -> Option<usize>;

/// Headlines are assigned among at most this many texts at once: the assignment is cubic, a page never has more, and a
/// dump of two hundred pages is worked off in windows.
const WINDOW: usize = 64;
/// The page while it is put together.
struct Desk<'a> {
    lines: &'a [Line],
    looks: &'a [Look],
    labelling: &'a Labelling,
    lexicon: &'a Lexicon,
    blocks: Rc<[Block]>,
    words: Words<'a>,
    terms: Terms<'a>,
    scratch: Scratch,
    /// Article of each text block.
    article_of: Vec<Option<usize>>,
    articles: Vec<Draft>,
    /// First and last block of each article's text.
    ends: Vec<(usize, usize)>,
    /// What was decided of pieces of text, and what is settled in advance.
    decisions: Vec<Decision>,
    settled: Vec<Decision>,
    /// ln of the probability of everything that was decided.
    worth: f32,
    teacher: Option<Teacher<'a>>,
}

/// Puts the blocks of a page together.
pub(crate) fn draft<'a>(
    lines: &'a [Line],
    looks: &'a [Look],
    labelling: &'a Labelling,
    blocks: &[Block],
    lexicon: &'a Lexicon,
    terms: Terms<'a>,
    teacher: Option<Teacher<'a>>,
) -> Drafts {
    let texts = blocks.iter().filter(|b| b.is_text()).map(|b| b.lines.iter().copied());
    let mut desk = Desk {
        lines,
        looks,
        labelling,
        lexicon,
        blocks: blocks.into(),
        words: Words::of(lines, texts),
        terms,
        scratch: Scratch::default(),
        article_of: vec![None; blocks.len()],
        articles: Vec::new(),
        ends: Vec::new(),
        decisions: Vec::new(),
        settled: Vec::new(),
        worth: 0.0,
        teacher,
    };
    desk.put_together();
    desk.think_again();
    desk.mend_sentences();
    let mut relabelled = desk.part_heads();
    relabelled.extend(desk.house_lone_headlines());
    relabelled.extend(desk.name_pictures().into_iter().map(|at| (at, Label::Title)));
    contributions::part(&mut desk.articles, lines, looks);
    leads::put_first(&mut desk.articles, looks, &labelling.labels);
    let furniture = blocks.iter().filter(|b| b.what == What::Furniture).flat_map(|b| b.lines.iter().copied()).collect();
    let empty = |d: &Draft| d.heading.is_empty() && d.bylines.is_empty() && d.texts.is_empty();
    desk.articles.retain(|d| !empty(d));
    Drafts { articles: desk.articles, furniture, relabelled }
}

/// `articles` in `parts` about equal pieces.
fn windows(articles: &[usize], parts: usize) -> impl Iterator<Item = &[usize]> {
    articles.chunks(articles.len().div_ceil(parts.max(1)).max(1))
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

impl Desk<'_> {
    fn is_subhead(&self, at: At) -> bool {
        self.labelling.labels[at].is_subhead()
    }

    /// The last line of a block's running text: subheads that were read apart may stand behind it.
    fn last_text(&self, block: usize) -> At {
        let block = &self.blocks[block];
        block.lines.iter().rev().copied().find(|&at| !self.is_subhead(at)).unwrap_or_else(|| block.last())
    }

    /// Gives headlines, then bylines, to articles.
    fn give_headings(&mut self) {
        let mut article_of_heading: Vec<Option<usize>> = (0..self.blocks.len()).map(|i| self.under_column(i)).collect();
        let is_free = |i: &usize| self.blocks[*i].what == What::Heading && article_of_heading[*i].is_none();
        let (dashed, headings): (Vec<usize>, Vec<usize>) = (0..self.blocks.len())
            .filter(is_free)
            .partition(|&i| is_dashed(&self.blocks[i], self.lines, &self.labelling.labels));
        let articles: Vec<usize> = (0..self.articles.len()).collect();
        for (part, articles) in headings.chunks(WINDOW).zip(windows(&articles, headings.len().div_ceil(WINDOW))) {
            self.assign(part, articles, &mut article_of_heading);
        }
        self.give_dashed(&dashed, &mut article_of_heading);
        self.adopt_orphans(&article_of_heading);
        for heading in (0..self.blocks.len()).filter(|&i| self.blocks[i].what == What::Heading) {
            let lines = self.blocks[heading].lines.clone();
            let article = article_of_heading[heading].unwrap_or_else(|| {
                self.articles.push(Draft::default());
                self.ends.push((heading, heading));
                self.articles.len() - 1
            });
            article_of_heading[heading] = Some(article);
            self.articles[article].heading.extend(lines);
        }
        self.sign(&article_of_heading);
    }

    /// The article whose text begins right under the name of a column, wherever its headline stands.
    fn under_column(&self, heading: usize) -> Option<usize> {
        let is_column = |block: &Block| block.what == What::Heading && block.is_column(&self.labelling.labels);
        let is_passed = |i: &usize| matches!(self.blocks[*i].what, What::Byline | What::Furniture);
        if !is_column(&self.blocks[heading]) {
            return None;
        }
        let text = (heading + 1..self.blocks.len()).find(|i| !is_passed(i))?;
        self.article_of[text].filter(|&article| self.ends[article].0 == text)
    }

    fn joined(&self, lines: &[At]) -> String {
        let mut out = String::new();
        for &at in lines {
            out.extend(self.lines[at].chars.iter());
            out.push('\n');
        }
        out
    }

    fn text_of(&self, draft: &Draft) -> Vec<char> {
        let mut out = Vec::new();
        for &at in draft.texts.iter().flatten().chain(&draft.bylines) {
            self.lines[at].add_solid(&mut out);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, features, lines};
    use super::*;

    /// The articles that lines with these labels become.
    pub(super) fn drafts(text: &str, labels: &[Label]) -> Vec<Draft> {
        let lexicon = Lexicon::shared();
        let lines = lines::read(text);
        let looks = features::look(&lines, &lexicon.wording);
        let chances = labels.iter().map(|&own| std::array::from_fn(|label| flag(label == own as usize))).collect();
        let labelling = Labelling { labels: labels.to_vec(), marginals: chances, ..Labelling::default() };
        let blocks = blocks::cut(&lines, &labelling);
        let terms = Terms::new(&lines, lexicon);
        draft(&lines, &looks, &labelling, &blocks, lexicon, terms, None).articles
    }

    fn texts(text: &str, labels: &[Label]) -> Vec<Vec<Vec<At>>> {
        drafts(text, labels).into_iter().map(|article| article.texts).filter(|texts| !texts.is_empty()).collect()
    }

    #[test]
    fn the_name_of_a_column_is_that_of_the_text_under_it_wherever_its_headline_stands() {
        let text = "堤边闲话\n　　粮站的秤换了新的，农户看得见，老秤工也放心。\n\n渡口停渡三天\n　　渡口停渡三天，摆渡人把船拴在柳树下。\n\n粮站换了新秤";
        let labels = [Label::Column, Label::Opening, Label::Title, Label::Opening, Label::Title];
        let found = drafts(text, &labels);
        let headings: Vec<_> = found.iter().map(|draft| (draft.texts.concat(), draft.heading.clone())).collect();
        assert_eq!(headings, [(vec![1], vec![0, 4]), (vec![3], vec![2])]);
    }

    #[test]
    fn a_torn_sentence_is_one_paragraph() {
        let lines = lines::read("渡口添了两盏灯，夜\n粮站换了新秤。\n里过河的人多了。\n堤上也亮了。");
        let text = |texts: &[At]| Draft { texts: vec![texts.to_vec()], ..Draft::default() };
        let drafts = Drafts { articles: vec![text(&[0, 2, 3]), text(&[1])], ..Drafts::default() };
        let labels = [Label::Opening, Label::Opening, Label::Paragraph, Label::Paragraph];
        let read = drafts.labels(&lines, &labels);
        assert_eq!(read, [Label::Opening, Label::Opening, Label::Running, Label::Paragraph]);
    }

    #[test]
    fn a_note_goes_with_the_text_behind_it() {
        let labels = [Label::Title, Label::Note, Label::Opening];
        assert_eq!(texts("种树\n编者按：三个村说种树。\n河滩插了柳条。", &labels), [[[1], [2]]]);
    }

    #[test]
    fn a_note_under_its_own_headline_is_none_of_the_next_ones_text() {
        let labels = [Label::Title, Label::Note, Label::Title, Label::Opening];
        let text = "种树\n编者按：三个村说种树。\n河滩换了新颜\n河滩插了柳条。";
        assert_eq!(texts(text, &labels), [[[1]], [[3]]]);
    }
}
