//! Labels that a line cannot have: by what it says itself, and by what stands around it.

use super::bylines;
use super::chars::{closes, ends_sentence, is_bullet, is_finished, is_han, is_pause, opens};
use super::features::{Breaks, Look};
use super::furniture::Shape;
use super::labels::{Label, LabelSet};
use super::lines::{Line, stands_apart};
use super::openers::{JumpShape, Opener};
use std::ops::Range;

/// Labels of running text.
const TEXT: LabelSet = LabelSet::of(&[Label::Opening, Label::Paragraph, Label::Running]);
const RUNNING: LabelSet = LabelSet::of(&[Label::Running]);
const CAPTION: LabelSet = LabelSet::of(&[Label::Caption]);
const NOTE: LabelSet = LabelSet::of(&[Label::Note]);
const FURNITURE: LabelSet = LabelSet::of(&[Label::Furniture]);
const JUMP: LabelSet = LabelSet::of(&[Label::Jump]);
const SUBHEADS: LabelSet = LabelSet::of(&[Label::Subhead, Label::SubheadMore]);
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

/// Characters of a line that is no text where it stands alone.
const SHORTEST_ALONE: usize = 4;
const LONGEST_ALONE: usize = 14;

/// Characters of the longest headline without any mark, and lines of the largest heap of headlines.
const LONGEST_HEADLINE: usize = 16;
const LARGEST_HEAP: usize = 60;

/// Characters of the shortest name of a town.
const SHORTEST_TOWN: usize = 3;

/// Lines of a page, more or less.
const MOST_OF_PAGE: usize = 1000;

/// Characters of the longest name of a county or town that the name of a body begins with.
const LONGEST_PLACE: usize = 6;

/// Characters of a bracket that runs over the end of a line.
const LONGEST_BRACKET: usize = 20;

/// Labels that a line cannot have, whatever stands around it.
pub(crate) fn alone(line: &Line, look: &Look) -> LabelSet {
    if look.furniture.is_weekday {
        return FURNITURE.others();
    }
    let opener = look.opener();
    // A picture's text has no dateline; a short story behind its byline looks like one otherwise.
    let picture = if opener == Opener::Dateline as u8 { CAPTION } else { LabelSet::NONE };
    // An editor's note cannot be told from any other text without the words that it begins with.
    let note = if opener == Opener::Note as u8 { LabelSet::NONE } else { NOTE };
    // A jump note names a page.
    let jump = if look.jump() == JumpShape::None as u8 { JUMP } else { LabelSet::NONE };
    // No headline has a full stop, wherever in it, or ends with a semicolon.
    let is_sentence = line.chars.contains(&'。') || line.chars.last().is_some_and(|&c| matches!(c, '；' | ';'));
    // Nor is what the grammar of bylines reads as one, however it stands, or a newspaper's name.
    let is_signed = matches!(look.byline, bylines::Shape::Signed | bylines::Shape::Credit | bylines::Shape::Roll);
    let is_no_head = is_signed || look.furniture.is_plain || is_sentence;
    let head = if is_no_head { HEADS } else { LabelSet::NONE };
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

/// A page whose lines have been looked at once.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) looks: &'a [Look],
    /// Of the first look.
    pub(crate) labels: &'a [Label],
}

impl Page<'_> {
    /// Labels that a line cannot have among the others, where it cannot have `alone` anyway.
    pub(crate) fn among_others(&self, at: usize, alone: LabelSet, breaks: &dyn Breaks) -> LabelSet {
        if self.is_day(at) {
            FURNITURE.others()
        } else if self.closes_bracket(at) {
            RUNNING.others()
        } else if self.goes_on(at, breaks) {
            TEXT.others()
        } else if self.is_issuer(at) {
            alone.and(HEADS).and(BYLINES)
        } else if self.is_town(at) {
            alone.and(BYLINES)
        } else if self.stands_alone(at) || self.is_in_heap(at) {
            alone.and(TEXT)
        } else if self.is_over_note(at) {
            alone.and(SUBHEADS)
        } else {
            alone
        }
    }

    /// Whether a line is a full date with the day of the week beside it: a masthead's, where it is broken up.
    fn is_day(&self, at: usize) -> bool {
        let is_weekday = |at: usize| self.looks.get(at).is_some_and(|look| look.furniture.is_weekday);
        let furniture = self.looks.get(at).map(|look| &look.furniture);
        furniture.is_some_and(|own| own.shape == Shape::Dateline && own.date.is_some())
            && (is_weekday(at + 1) || at.checked_sub(1).is_some_and(is_weekday))
    }

    /// Whether the sentence of the line before goes on in a line: the last one of a text that is cut off, or has a subhead
    /// in the middle of a sentence, is short and looks like a part of the headline below it.
    fn goes_on(&self, at: usize, breaks: &dyn Breaks) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let (line, next) = (&self.lines[at], self.lines.get(at + 1));
        let is_between = self.labels[before].is_body() && !self.labels[at].is_body() && line.blanks_before == 0;
        if !is_between || is_finished(&self.lines[before].chars) {
            return false;
        }
        let is_last = next.is_none_or(|next| {
            let label = self.labels[at + 1];
            next.blanks_before > 0 || label.is_body() || !label.is_more()
        });
        is_last && (line.chars.last().is_some_and(|&c| is_pause(c)) || breaks.spans(&self.lines[before], line))
    }

    /// Whether a bracket that a text leaves open closes in the next line: the rest of a signature there would look like a byline
    /// of its own, or like a headline.
    fn closes_bracket(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&before| self.labels[before].is_body()) else { return false };
        let (before, chars) = (&self.lines[before].chars, &self.lines[at].chars);
        let beginning = &chars[..chars.len().min(LONGEST_BRACKET)];
        let end = &before[before.len().saturating_sub(LONGEST_BRACKET)..];
        let closing = beginning.iter().position(|&c| matches!(c, '）' | ')'));
        let opening = end.iter().rposition(|&c| matches!(c, '（' | '('));
        self.lines[at].blanks_before == 0
            && closing.is_some_and(|to| !beginning[..to].iter().any(|&c| opens(c)))
            && opening.is_some_and(|from| !end[from..].iter().any(|&c| closes(c)))
    }

    /// Whether a line right behind a text, and apart from what follows, names who issued it. A notice is signed so; a headline does
    /// not stand there. With a blank line between the two the text has ended, and the name begins with where that is.
    fn is_issuer(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let is_apart = self.lines.get(at + 1).is_none_or(|next| next.blanks_before > 0);
        let chars = &self.lines[at].chars;
        let ends =
            || self.lines[before].chars.last().is_some_and(|&c| ends_sentence(c) || closes(c) || c.is_ascii_digit());
        let begins_with_place =
            || chars.iter().take(LONGEST_PLACE).any(|c| matches!(c, '省' | '市' | '县' | '区' | '镇' | '乡'));
        let is_behind = self.lines[at].blanks_before == 0 || (ends() && begins_with_place());
        self.labels[before].is_body() && is_behind && is_apart && bylines::may_issue(self.lines[at].text())
    }

    /// Whether a few words stand between blank lines, behind a headline: no text is that short.
    fn stands_alone(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let chars = &self.lines[at].chars;
        stands_apart(self.lines, at)
            && self.labels[before].is_heading()
            && (SHORTEST_ALONE..=LONGEST_ALONE).contains(&chars.len())
            && chars.iter().all(|&c| is_han(c) || closes(c) || opens(c))
    }

    /// Whether a note begins behind a line: it stands under the headline.
    fn is_over_note(&self, at: usize) -> bool {
        self.looks.get(at + 1).is_some_and(|look| look.opener() == Opener::Note as u8)
    }

    /// Whether a line that looks like verse is one of many headlines: their reports stand behind the heap of them, and are more
    /// than the headlines found so far.
    fn is_in_heap(&self, at: usize) -> bool {
        let goes_on = |at: usize| self.lines.get(at).is_some_and(|line| line.blanks_before == 0);
        let is_verse = |at: usize| self.labels[at].is_body() && self.is_bare(at);
        if !is_verse(at) {
            return false;
        }
        let first = (0..at).rev().take(LARGEST_HEAP).find(|&line| !goes_on(line + 1) || !is_verse(line));
        let end = (at + 1..self.lines.len()).take(LARGEST_HEAP).find(|&line| !goes_on(line));
        let (Some(first), Some(end)) = (first, end) else { return false };
        let is_dateline = |at: &usize| self.looks[*at].opener() == Opener::Dateline as u8;
        let is_title = |at: &usize| self.labels[*at] == Label::Title;
        goes_on(first + 1)
            && self.labels[first].is_heading()
            && (at..end).all(|at| self.is_bare(at))
            && is_dateline(&end)
            && page(self.lines, at).filter(is_dateline).count() > page(self.lines, at).filter(is_title).count()
    }

    /// Whether a line is words without any mark.
    fn is_bare(&self, at: usize) -> bool {
        let chars = &self.lines[at].chars;
        (SHORTEST_ALONE..=LONGEST_HEADLINE).contains(&chars.len())
            && chars.iter().all(|&c| is_han(c) || closes(c) || opens(c) || c.is_ascii_digit())
    }

    /// Whether a line that may be a name is a town's: one that the page speaks of.
    fn is_town(&self, at: usize) -> bool {
        let chars = &self.lines[at].chars;
        self.looks[at].byline == bylines::Shape::Names
            && chars.len() >= SHORTEST_TOWN
            && matches!(chars.last(), Some('镇' | '乡'))
            && self.lines[page(self.lines, at)]
                .iter()
                .any(|line| line.chars.len() > chars.len() && line.text().contains(self.lines[at].text()))
    }
}

/// The lines around one: no page has more.
fn page(lines: &[Line], at: usize) -> Range<usize> {
    at.saturating_sub(MOST_OF_PAGE)..lines.len().min(at + MOST_OF_PAGE)
}

#[cfg(test)]
mod tests {
    use super::super::features;
    use super::super::lexicon::Lexicon;
    use super::super::lines;
    use super::*;

    #[test]
    fn the_last_line_of_a_text_that_is_cut_off_goes_on_with_it() {
        use Label::{Kicker, KickerMore, Opening, Subhead, Title};
        let goes_on = |text: &str, labels: &[Label]| {
            let lines = lines::read(text);
            Page { lines: &lines, looks: &[], labels }.goes_on(1, Lexicon::shared())
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
    fn no_headline_has_a_full_stop() {
        let lines =
            lines::read("渡口停渡。电话：12345。望湖市水利局\n渡口今天停渡\n“夜航灯”亮了。\n渡口添灯；\n夜航灯亮了！");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let of = |at: usize, label: Label| alone(&lines[at], &looks[at]).labels().any(|other| other == label);
        assert!(of(0, Label::Kicker) && of(0, Label::Subhead) && !of(0, Label::Running));
        assert!(of(2, Label::Title) && of(3, Label::TitleMore));
        assert!(!of(1, Label::Title) && !of(4, Label::Title));
    }

    #[test]
    fn what_the_grammar_of_bylines_reads_is_no_headline() {
        let lines = lines::read("■记者 陆小满 通讯员 丁禾\n陆小满 摄\n渡口添了两盏夜里的灯\n晓舟");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let can_be = |at: usize, label: Label| !alone(&lines[at], &looks[at]).labels().any(|other| other == label);
        assert!((0..2).all(|at| !can_be(at, Label::Title) && can_be(at, Label::Byline)));
        assert!(can_be(2, Label::Title) && !can_be(2, Label::Byline));
        assert!(can_be(3, Label::Title) && can_be(3, Label::Byline));
    }

    #[test]
    fn whoever_issues_a_notice_is_named_right_behind_it() {
        let is_issuer = |text: &str, before: Label| {
            let lines = lines::read(text);
            let labels = [before, Label::Title, Label::Title];
            Page { lines: &lines, looks: &[], labels: &labels }.is_issuer(1)
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
            let looks = features::look(&lines, &Lexicon::shared().wording);
            Page { lines: &lines, looks: &looks, labels: &[] }.is_town(0)
        };
        assert!(is_town("马渡乡\n渡口停渡三天\n近日，马渡乡的渡口停了三天。"));
        assert!(!is_town("马渡乡\n渡口停渡三天\n近日，渡口停了三天。"), "it may be a name");
        assert!(!is_town("马渡生\n渡口停渡三天\n近日，马渡生的船停了三天。"));
    }

    #[test]
    fn no_text_is_a_few_words_between_blank_lines() {
        let stands_alone = |text: &str, before: Label| {
            let (lines, labels) = (lines::read(text), [before, Label::Running]);
            Page { lines: &lines, looks: &[], labels: &labels }.stands_alone(1)
        };
        assert!(stands_alone("渡口停渡\n\n学会看“水分”\n\n编辑 丁禾", Label::Title));
        assert!(stands_alone("渡口停渡\n\n学会看水分", Label::Title));
        assert!(!stands_alone("渡口停渡\n\n学会看水分。", Label::Title), "a sentence ends with it");
        assert!(!stands_alone("渡口停渡\n\n学会看水分\n再下船", Label::Title), "it goes on");
        assert!(!stands_alone("渡口停渡之后\n\n学会看水分", Label::Running), "what is broken may go on");
    }

    #[test]
    fn a_heap_of_headlines_is_no_verse() {
        let is_in_heap = |report: &str| {
            let text =
                format!("渡口停渡三天\n河滩种柳护堤\n老船修好下水\n\n{report}\n本报讯 河滩种了柳。\n本报讯 老船下水。");
            let lines = lines::read(&text);
            let looks = features::look(&lines, &Lexicon::shared().wording);
            let labels =
                [Label::Title, Label::Opening, Label::Paragraph, Label::Opening, Label::Opening, Label::Opening];
            let page = Page { lines: &lines, looks: &looks, labels: &labels };
            [0, 1, 2, 3].map(|at| page.is_in_heap(at))
        };
        assert_eq!(is_in_heap("本报讯 渡口停渡三天。"), [false, true, true, false]);
        assert_eq!(is_in_heap("渡口停渡三天。"), [false; 4], "it may be verse under its title");
    }

    #[test]
    fn a_day_and_its_weekday_on_lines_of_their_own_are_a_masthead() {
        let only_furniture = |text: &str| {
            let lines = lines::read(text);
            let looks = features::look(&lines, &Lexicon::shared().wording);
            let labels = vec![Label::Running; lines.len()];
            let page = Page { lines: &lines, looks: &looks, labels: &labels };
            let out = |at: usize| page.among_others(at, alone(&lines[at], &looks[at]), Lexicon::shared());
            (0..lines.len()).map(|at| out(at) == FURNITURE.others()).collect::<Vec<bool>>()
        };
        assert_eq!(only_furniture("渡口停渡。\n2024年8月16日\n星期五\n粮站"), [false, true, true, false]);
        assert_eq!(only_furniture("渡口停渡。\n2024年8月16日"), [false, false], "a notice is signed so");
    }

    #[test]
    fn what_stands_over_a_note_is_a_headline() {
        let lines = lines::read("渡口这笔账\n编者按：渡口停了三天。");
        let looks = features::look(&lines, &Lexicon::shared().wording);
        let page = Page { lines: &lines, looks: &looks, labels: &[Label::Subhead, Label::Note] };
        let out = page.among_others(0, LabelSet::NONE, Lexicon::shared());
        assert!(out.labels().any(|label| label == Label::Subhead) && !out.labels().any(|label| label == Label::Title));
    }

    #[test]
    fn a_signature_in_brackets_goes_on_in_the_next_line() {
        let goes_on = |text: &str| {
            let (lines, labels) = (lines::read(text), [Label::Running, Label::Byline]);
            Page { lines: &lines, looks: &[], labels: &labels }.closes_bracket(1)
        };
        assert!(goes_on("渡口添了两盏灯。（通讯员\n 丁 禾）"));
        assert!(goes_on("本报讯（记者 陆小满 通讯员\n丁禾）渡口添了两盏灯"));
        assert!(!goes_on("渡口添了两盏灯。（通讯员\n\n丁禾）"));
        assert!(!goes_on("渡口添了两盏灯。（丁禾）\n陆小满）"), "it is closed");
        assert!(!goes_on("渡口添了两盏灯。（通讯员\n（丁禾）"), "another one opens");
    }
}
