//! Headlines whose drop shadow came out as lines of its own: the same words stand once more over or under them, whole or in
//! pieces that overlap. What was read as a head of its own is of the same one.

use super::super::chars::{contains, is_mark};
use super::super::labels::Label;
use super::super::lines::Line;
use super::super::sequence::Labelling;
use super::At;
use std::ops::Range;

/// Letters of the shortest line that is known again.
const SHORTEST: usize = 3;

/// Gives the shadows of headlines to their heads.
pub(super) fn join(lines: &[Line], labelling: &mut Labelling) {
    let mut before: Option<Range<At>> = None;
    let mut from = 0;
    while from < lines.len() {
        let head = labelling.heads[from];
        let to = (from..lines.len()).find(|&at| labelling.heads[at] != head).unwrap_or(lines.len());
        let own = from..to;
        before = match before.filter(|_| head > 0) {
            Some(before) if is_one(lines, labelling, before.clone(), own.clone()) => {
                for at in own {
                    labelling.heads[at] = labelling.heads[before.start];
                    if labelling.labels[at] == Label::Title {
                        labelling.labels[at] = Label::TitleMore;
                    }
                }
                Some(before.start..to)
            }
            _ => (head > 0).then_some(own),
        };
        from = to;
    }
}

/// Whether two heads, one right behind the other, are a headline and its shadow.
fn is_one(lines: &[Line], labelling: &Labelling, before: Range<At>, behind: Range<At>) -> bool {
    let has = |head: &Range<At>, label: Label| labelling.labels[head.clone()].contains(&label);
    let both = |label: Label| has(&before, label) && has(&behind, label);
    if !both(Label::Title) || [Label::Column, Label::Kicker, Label::Subtitle].into_iter().any(both) {
        return false;
    }
    let is_title = |at: &At| matches!(labelling.labels[*at], Label::Title | Label::TitleMore);
    let goes_on = is_title(&(before.end - 1)) && is_title(&behind.start);
    let titles =
        |head: Range<At>| -> Vec<&[char]> { head.filter(is_title).map(|at| lines[at].chars.as_slice()).collect() };
    let [first, second] = [before, behind].map(titles);
    echoes(&first, &second) || echoes(&second, &first) || (goes_on && overlap(&first, &second))
}

/// Whether every line stands once more in the other head.
fn echoes(head: &[&[char]], other: &[&[char]]) -> bool {
    let other: Vec<Vec<char>> = other.iter().map(|line| letters(line)).collect();
    head.iter().all(|line| {
        let line = letters(line);
        line.len() >= SHORTEST && other.iter().any(|other| contains(other, &line))
    })
}

/// Whether one head begins with what the other ends with, and lines of theirs stand there twice.
fn overlap(before: &[&[char]], behind: &[&[char]]) -> bool {
    let (Some(last), Some(first)) = (before.last(), behind.first()) else { return false };
    let is_shared =
        |length: usize| last[last.len() - length..] == first[..length] && (length >= 2 || is_mark(first[0]));
    let all = [before, behind].concat();
    let is_twice = |(at, line): (usize, &&[char])| {
        letters(line).len() >= SHORTEST
            && all[at + 1..].iter().any(|other| contains(other, line) || contains(line, other))
    };
    (1..=last.len().min(first.len())).any(is_shared) && all.iter().enumerate().any(is_twice)
}

fn letters(line: &[char]) -> Vec<char> {
    line.iter().copied().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::lines;
    use super::*;

    /// Heads of lines of which those that begin with `>` begin a head; all are of main headlines.
    fn heads(text: &str) -> Vec<u32> {
        let lines = lines::read(&text.replace('>', ""));
        let mut heads = Vec::new();
        let mut labels = Vec::new();
        for line in text.lines() {
            let begins = line.starts_with('>');
            heads.push(heads.last().copied().unwrap_or(0) + u32::from(begins));
            labels.push(if begins { Label::Title } else { Label::TitleMore });
        }
        let mut labelling = Labelling { labels, heads, ..Labelling::default() };
        join(&lines, &mut labelling);
        assert_eq!(labelling.labels.iter().filter(|&&label| label == Label::Title).count(), {
            let mut heads = labelling.heads.clone();
            heads.dedup();
            heads.len()
        });
        labelling.heads
    }

    #[test]
    fn a_headline_that_stands_there_once_more_is_one_head() {
        assert_eq!(heads(">老船修好\n老船修好\n三月下水\n三月下水\n>老船修好\n三月下水"), [1; 6]);
        assert_eq!(heads(">三月下水\n三月下水\n>老船修好\n三月下水"), [1; 4]);
        assert_eq!(heads(">老船修好\n>三月下水\n>三月下水"), [1, 2, 2]);
    }

    #[test]
    fn the_pieces_of_a_shadow_that_overlap_are_one_head() {
        assert_eq!(heads(">渡口村把\n渡口村把\n“\n>“老船会\n老船会”\n>”开到堤上\n开到堤上"), [1; 7]);
    }

    #[test]
    fn two_headlines_that_share_words_are_two() {
        assert_eq!(heads(">老船修好三月\n>三月渡口重开"), [1, 2]);
        assert_eq!(heads(">老船修好\n>老船修好之后"), [1, 1], "the shorter one is all in the other");
        assert_eq!(heads(">渡口重开\n>渡口停渡"), [1, 2]);
    }
}
