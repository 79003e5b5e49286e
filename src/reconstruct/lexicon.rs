//! What is known of Chinese words in general: jieba's dictionary and the trained weights. Loaded once, shared by all.

use super::balance::Balance;
use super::bylines;
use super::chars::{closes, ends_sentence, is_bullet, is_finished, is_mark, is_pause, opens};
use super::confidence::Sure;
use super::context::{self, SECOND_FEATURES};
use super::continuations::{Continuations, Edge, Seam};
use super::dates::is_numeral;
use super::features::{self, Breaks, FEATURES, Form, Look};
use super::heads::Heads;
use super::joins::Joins;
use super::labels::{Label, LabelSet};
use super::lines::Line;
use super::neighbours::Neighbours;
use super::openers::{JumpShape, Opener};
use super::sequence::{Fixed, Labelling, Weights};
use super::tiling::Walks;
use super::wording::{self, Wording};
use jieba_rs::Jieba;
use std::sync::LazyLock;

/// Words and weights.
pub struct Lexicon {
    jieba: Jieba,
    pub(crate) wording: wording::Fixed,
    pub(crate) neighbours: Neighbours,
    pub(crate) continuations: Continuations,
    first: Fixed,
    second: Fixed,
    pub(crate) balance: Balance,
    pub(crate) heads: Heads,
    pub(crate) walks: Walks,
    pub(crate) joins: Joins,
    pub(crate) sure: Sure,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lexicon")
    }
}

static SHARED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::from_texts(&ModelTexts {
        wording: include_str!("../../assets/models/wording.txt"),
        neighbours: include_str!("../../assets/models/neighbours.txt"),
        continuations: include_str!("../../assets/models/continuations.txt"),
        first: include_str!("../../assets/models/roles.txt"),
        second: include_str!("../../assets/models/roles-in-context.txt"),
        balance: include_str!("../../assets/models/balance.txt"),
        heads: include_str!("../../assets/models/heads.txt"),
        walks: include_str!("../../assets/models/walks.txt"),
        joins: include_str!("../../assets/models/joins.txt"),
        sure: include_str!("../../assets/models/sure.txt"),
    })
});

/// Weights in their text form; an empty text is no weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelTexts<'a> {
    /// Of what a line's characters say of it.
    pub wording: &'a str,
    /// Of which characters follow one another.
    pub neighbours: &'a str,
    /// Of which piece of text goes on where.
    pub continuations: &'a str,
    /// Of the first look at a line.
    pub first: &'a str,
    /// Of the second look.
    pub second: &'a str,
    /// Of one kind of evidence against another.
    pub balance: &'a str,
    /// Of the heads.
    pub heads: &'a str,
    /// Of the walk over the paragraphs.
    pub walks: &'a str,
    /// Of the joins.
    pub joins: &'a str,
    /// Of how sure an article is.
    pub sure: &'a str,
}

/// Labels of running text.
const TEXT: LabelSet = LabelSet::of(&[Label::Opening, Label::Paragraph, Label::Running]);
const RUNNING: LabelSet = LabelSet::of(&[Label::Running]);
const CAPTION: LabelSet = LabelSet::of(&[Label::Caption]);
const NOTE: LabelSet = LabelSet::of(&[Label::Note]);
const JUMP: LabelSet = LabelSet::of(&[Label::Jump]);
const BYLINES: LabelSet = LabelSet::of(&[Label::Byline, Label::BylineMore]);
/// Labels of headlines, their parts and subheads.
const HEADS: LabelSet = LabelSet::of(&[
    Label::Column,
    Label::Kicker,
    Label::KickerMore,
    Label::Title,
    Label::TitleMore,
    Label::Subtitle,
    Label::SubtitleMore,
    Label::Subhead,
    Label::SubheadMore,
]);

/// Characters of the longest pen name.
const LONGEST_PEN_NAME: usize = 6;

/// Characters of the longest signature behind a bullet that the grammar of bylines does not know.
const LONGEST_MARKED: usize = 14;

/// Characters of the shortest name of a town.
const SHORTEST_TOWN: usize = 3;

/// Lines of a page, more or less.
const MOST_OF_PAGE: usize = 1000;

/// Labels that a line cannot have.
fn ruled_out(line: &Line, look: &Look) -> LabelSet {
    let opener = look.opener();
    // A picture's text has no dateline; a short story behind its byline looks like one otherwise.
    let picture = if opener == Opener::Dateline as u8 { CAPTION } else { LabelSet::NONE };
    // An editor's note cannot be told from any other text without the words that it begins with.
    let note = if opener == Opener::Note as u8 { LabelSet::NONE } else { NOTE };
    // A jump note names a page.
    let jump = if look.jump() == JumpShape::None as u8 { JUMP } else { LabelSet::NONE };
    // No headline goes on behind the end of a sentence.
    let inner = line.chars.split_last().map_or(&[][..], |(_, inner)| inner);
    // Nor is what the grammar of bylines reads as one, however it stands.
    let is_signed = matches!(look.byline, bylines::Shape::Signed | bylines::Shape::Credit | bylines::Shape::Roll);
    let head = if is_signed || inner.contains(&'。') { HEADS } else { LabelSet::NONE };
    // Nor is anything longer than a pen name a byline that the grammar of bylines does not know.
    let is_unsigned = match look.byline {
        bylines::Shape::None => line.chars.len() > LONGEST_PEN_NAME,
        shape => shape == bylines::Shape::Roll,
    };
    let has_bullet = line.chars.first().is_some_and(|&c| is_bullet(c))
        && line.chars.len() <= LONGEST_MARKED
        && !line.chars.last().is_some_and(|&c| ends_sentence(c));
    let byline = if is_unsigned && !has_bullet { BYLINES } else { LabelSet::NONE };
    picture.and(note).and(jump).and(head).and(byline)
}

/// Characters of the longest name of a county or town that the name of a body begins with.
const LONGEST_PLACE: usize = 6;

/// Characters of a bracket that runs over the end of a line.
const LONGEST_BRACKET: usize = 20;

/// Whether a bracket that a text leaves open closes in the next line: the rest of a signature there would look like a byline
/// of its own, or like a headline.
fn closes_bracket(lines: &[Line], labels: &[Label], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| labels[before].is_body()) else { return false };
    let (before, chars) = (&lines[before].chars, &lines[at].chars);
    let beginning = &chars[..chars.len().min(LONGEST_BRACKET)];
    let end = &before[before.len().saturating_sub(LONGEST_BRACKET)..];
    let closing = beginning.iter().position(|&c| matches!(c, '）' | ')'));
    let opening = end.iter().rposition(|&c| matches!(c, '（' | '('));
    lines[at].blanks_before == 0
        && closing.is_some_and(|to| !beginning[..to].iter().any(|&c| opens(c)))
        && opening.is_some_and(|from| !end[from..].iter().any(|&c| closes(c)))
}

/// Whether a line right behind a text, and apart from what follows, names who issued it. A notice is signed so; a headline does
/// not stand there. With a blank line between the two the text has ended, and the name begins with where that is.
fn is_issuer(lines: &[Line], labels: &[Label], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_apart = lines.get(at + 1).is_none_or(|next| next.blanks_before > 0);
    let chars = &lines[at].chars;
    let ends = || lines[before].chars.last().is_some_and(|&c| ends_sentence(c) || closes(c) || c.is_ascii_digit());
    let begins_with_place =
        || chars.iter().take(LONGEST_PLACE).any(|c| matches!(c, '省' | '市' | '县' | '区' | '镇' | '乡'));
    let is_behind = lines[at].blanks_before == 0 || (ends() && begins_with_place());
    labels[before].is_body() && is_behind && is_apart && bylines::may_issue(lines[at].text())
}

/// Whether a line that may be a name is a town's: one that the page speaks of.
fn is_town(lines: &[Line], looks: &[Look], at: usize) -> bool {
    let chars = &lines[at].chars;
    looks[at].byline == bylines::Shape::Names
        && chars.len() >= SHORTEST_TOWN
        && matches!(chars.last(), Some('镇' | '乡'))
        && near(lines, at).iter().any(|line| line.chars.len() > chars.len() && line.text().contains(lines[at].text()))
}

/// The lines around one: no page has more.
fn near(lines: &[Line], at: usize) -> &[Line] {
    &lines[at.saturating_sub(MOST_OF_PAGE)..lines.len().min(at + MOST_OF_PAGE)]
}

/// Weights as pages are labelled with them.
fn fixed(mut weights: Weights) -> Fixed {
    weights.unary = features::together(&weights.unary);
    weights.into()
}

impl Lexicon {
    /// The one lexicon of the program. The first call takes some tenths of a second.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    /// A lexicon with other weights.
    pub fn from_texts(texts: &ModelTexts<'_>) -> Self {
        Self {
            jieba: Jieba::new(),
            wording: (&Wording::from_text(texts.wording)).into(),
            neighbours: Neighbours::from_text(texts.neighbours),
            continuations: Continuations::from_text(texts.continuations),
            first: fixed(Weights::from_text(texts.first, FEATURES)),
            second: fixed(Weights::from_text(texts.second, SECOND_FEATURES)),
            balance: Balance::from_text(texts.balance),
            heads: Heads::from_text(texts.heads),
            walks: Walks::from_text(texts.walks),
            joins: Joins::from_text(texts.joins),
            sure: Sure::from_text(texts.sure),
        }
    }

    /// The same with others; for learning.
    pub fn set_continuations(&mut self, continuations: Continuations) {
        self.continuations = continuations;
    }

    /// The same with another balance; for learning.
    pub fn set_balance(&mut self, balance: Balance) {
        self.balance = balance;
    }

    /// Labels the lines of a dump: by what every line looks like, then again by what the page then looks like.
    pub(crate) fn label(&self, lines: &[Line], looks: &[Look]) -> Labelling {
        let observations = features::observe(lines, looks, Form::Together, self);
        let ruled_out: Vec<LabelSet> = lines.iter().zip(looks).map(|(line, look)| ruled_out(line, look)).collect();
        let first = self.first.label(&observations, |at| ruled_out[at]);
        let again = context::observe(lines, looks, &observations, &first);
        self.second.label(&again, |at| match self.goes_on(lines, &first.labels, at) {
            _ if closes_bracket(lines, &first.labels, at) => RUNNING.others(),
            true => TEXT.others(),
            false if is_issuer(lines, &first.labels, at) => ruled_out[at].and(HEADS).and(BYLINES),
            false if is_town(lines, looks, at) => ruled_out[at].and(BYLINES),
            false => ruled_out[at],
        })
    }

    /// Whether the sentence of the line before goes on in a line: the last one of a text that is cut off, or has a subhead
    /// in the middle of a sentence, is short and looks like a part of the headline below it.
    fn goes_on(&self, lines: &[Line], labels: &[Label], at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let (line, next) = (&lines[at], lines.get(at + 1));
        let is_between = labels[before].is_body() && !labels[at].is_body() && line.blanks_before == 0;
        if !is_between || is_finished(&lines[before].chars) {
            return false;
        }
        let is_last = next.is_none_or(|next| {
            let label = labels[at + 1];
            next.blanks_before > 0 || label.is_body() || !label.is_more()
        });
        is_last && (line.chars.last().is_some_and(|&c| is_pause(c)) || self.spans_break(&lines[before], line))
    }

    /// Words of `text` without the help of the hidden Markov model: dictionary words only.
    pub(crate) fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.jieba.cut(text, false).into_iter().map(|t| t.word).collect()
    }

    /// How telling a word is: the rarer in general text, the more.
    pub(crate) fn rarity(&self, word: &str) -> f32 {
        let frequency = if self.jieba.has_word(word) { self.jieba.suggest_freq(word) } else { 1 };
        (20_000_000.0 / (frequency.max(1) as f32 + 50.0)).ln().clamp(0.5, 13.0)
    }

    /// How readily the first character of a line follows the last one of another (see [`Neighbours::follows`]).
    pub(crate) fn follows(&self, before: &Line, after: &Line) -> f32 {
        let ends = before.chars.last().zip(after.chars.first());
        ends.map_or(0.0, |(&before, &after)| self.neighbours.follows(before, after))
    }

    /// Whether a dictionary word or a number runs over the break between two lines.
    pub(crate) fn spans_break(&self, before: &Line, after: &Line) -> bool {
        let Some((&last, &first)) = before.chars.last().zip(after.chars.first()) else { return false };
        if is_numeral(last) && is_numeral(first) {
            return true;
        }
        // No word has one in it, half-width ones aside ("3.5").
        if [last, first].into_iter().any(|c| !c.is_ascii() && is_mark(c)) {
            return false;
        }
        let from = before.text().char_indices().rev().nth(3).map_or(0, |(from, _)| from);
        let to = after.text().char_indices().nth(4).map_or(after.text().len(), |(to, _)| to);
        self.runs_over(&before.text()[from..], &after.text()[..to])
    }

    /// Whether a dictionary word runs over from one text into another.
    fn runs_over(&self, before: &str, after: &str) -> bool {
        let mut end = 0;
        for word in self.words(&[before, after].concat()) {
            let begin = end;
            end += word.len();
            if begin < before.len() && before.len() < end {
                return true;
            }
        }
        false
    }

    /// What is seen where the piece `before` would go on with `after`, both without white space.
    pub(crate) fn seam(&self, (end, before): (&Edge, &[char]), (beginning, after): (&Edge, &[char])) -> Seam {
        let Some((&last, &first)) = before.last().zip(after.first()) else { return Seam::default() };
        let text = |part: &[char]| part.iter().collect::<String>();
        let word = is_numeral(last) && is_numeral(first)
            || self.runs_over(&text(&before[before.len().saturating_sub(4)..]), &text(&after[..after.len().min(4)]));
        let rarity = |c| self.neighbours.rarity(c) / 4.0;
        Continuations::seam(end, beginning, self.neighbours.follows(last, first), word, rarity)
    }
}

impl Breaks for Lexicon {
    fn spans(&self, before: &Line, after: &Line) -> bool {
        self.spans_break(before, after)
    }

    fn flow(&self, before: &Line, after: &Line) -> usize {
        Neighbours::level(self.follows(before, after))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn words_and_numbers_run_over_a_break() {
        let spans = |text: &str| {
            let lines = lines::read(text);
            Lexicon::shared().spans_break(&lines[0], &lines[1])
        };
        assert!(spans("村里的水闸先后实\n现自动开关"));
        assert!(spans("北岸种柳三\n百多棵") && spans("渡口建于19\n78年"));
        assert!(!spans("渡口要\n添灯") && !spans("渡口停了三天\n两盏灯"));
    }

    #[test]
    fn the_last_line_of_a_text_that_is_cut_off_goes_on_with_it() {
        use Label::{Kicker, KickerMore, Opening, Subhead, Title};
        let goes_on = |text: &str, labels: &[Label]| {
            let lines = lines::read(text);
            Lexicon::shared().goes_on(&lines, labels, 1)
        };
        let read = [Opening, Kicker, KickerMore, Title];
        // By the comma that it ends with, or by a word that runs over the break.
        assert!(goes_on("闸门修好以后，渡口要\n添两盏灯，\n\n雨停水退\n\n渡口复航", &read));
        assert!(goes_on("两个村的水闸今年先后实\n现自动开关\n\n雨停水退\n\n渡口复航", &read));
        assert!(goes_on("闸门修好以后，渡口要\n添两盏灯，", &[Opening, Subhead]));
        // The kicker goes on, the text is finished, or neither sentence nor word goes on.
        assert!(!goes_on("闸门修好以后，渡口要\n闸门换新，\n雨停水退\n渡口复航", &read));
        assert!(!goes_on("闸门修好了。\n闸门换新，\n\n雨停水退\n渡口复航", &read));
        assert!(!goes_on("闸门修好以后，渡口要\n闸门换新\n\n雨停水退\n渡口复航", &read));
    }

    #[test]
    fn no_headline_goes_on_behind_the_end_of_a_sentence() {
        let lines = lines::read("渡口停渡。电话：12345。望湖市水利局\n渡口今天停渡");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let of = |at: usize, label: Label| ruled_out(&lines[at], &looks[at]).labels().any(|other| other == label);
        assert!(of(0, Label::Kicker) && of(0, Label::Subhead) && !of(0, Label::Running));
        assert!(!of(1, Label::Title));
    }

    #[test]
    fn what_the_grammar_of_bylines_reads_is_no_headline() {
        let lines = lines::read("■记者 陆小满 通讯员 丁禾\n陆小满 摄\n渡口添了两盏夜里的灯\n晓舟");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let can_be = |at: usize, label: Label| !ruled_out(&lines[at], &looks[at]).labels().any(|other| other == label);
        assert!((0..2).all(|at| !can_be(at, Label::Title) && can_be(at, Label::Byline)));
        assert!(can_be(2, Label::Title) && !can_be(2, Label::Byline));
        assert!(can_be(3, Label::Title) && can_be(3, Label::Byline));
    }

    #[test]
    fn whoever_issues_a_notice_is_named_right_behind_it() {
        let is_issuer = |text: &str, before: Label| {
            let lines = lines::read(text);
            is_issuer(&lines, &[before, Label::Title, Label::Title], 1)
        };
        let notice = "渡口明天停渡，请绕行。\n望湖县航道管理所\n\n渡口添灯";
        assert!(is_issuer(notice, Label::Opening));
        assert!(!is_issuer(notice, Label::Title), "what stands under a headline");
        assert!(is_issuer("渡口明天停渡。\n\n望湖县航道管理所\n\n渡口添灯", Label::Opening));
        assert!(!is_issuer("渡口明天停渡，\n\n望湖县航道管理所\n\n渡口添灯", Label::Opening), "the text goes on");
        assert!(!is_issuer("渡口明天停渡。\n\n船灯摆进航标馆\n\n渡口添灯", Label::Opening));
        assert!(!is_issuer("渡口明天停渡。\n望湖县航道管理所\n给渡口添灯", Label::Opening), "a headline may go on");
        assert!(!is_issuer("渡口明天停渡。\n两条渡船通到城北站\n\n渡口添灯", Label::Opening));
    }

    #[test]
    fn a_town_that_the_page_speaks_of_signs_nothing() {
        let is_town = |text: &str| {
            let lines = lines::read(text);
            is_town(&lines, &features::look(&lines, &Lexicon::shared().wording), 0)
        };
        assert!(is_town("马渡乡\n渡口停渡三天\n近日，马渡乡的渡口停了三天。"));
        assert!(!is_town("马渡乡\n渡口停渡三天\n近日，渡口停了三天。"), "it may be a name");
        assert!(!is_town("马渡生\n渡口停渡三天\n近日，马渡生的船停了三天。"));
    }

    #[test]
    fn a_signature_in_brackets_goes_on_in_the_next_line() {
        let goes_on = |text: &str| closes_bracket(&lines::read(text), &[Label::Running, Label::Byline], 1);
        assert!(goes_on("渡口添了两盏灯。（通讯员\n 丁 禾）"));
        assert!(goes_on("本报讯（记者 陆小满 通讯员\n丁禾）渡口添了两盏灯"));
        assert!(!goes_on("渡口添了两盏灯。（通讯员\n\n丁禾）"));
        assert!(!goes_on("渡口添了两盏灯。（丁禾）\n陆小满）"), "it is closed");
        assert!(!goes_on("渡口添了两盏灯。（通讯员\n（丁禾）"), "another one opens");
    }

    #[test]
    fn what_names_no_page_is_no_jump_note() {
        let lines = lines::read("渡口的灯亮了\n\n渡口添了两盏灯。\n\n12本渡口日记");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let labelling = Lexicon::shared().label(&lines, &looks);
        let chances: Vec<f32> = (0..3).map(|at| labelling.probability(at, Label::Jump)).collect();
        assert!(chances.iter().all(|&chance| chance < 0.01), "{chances:?}");
    }
}
