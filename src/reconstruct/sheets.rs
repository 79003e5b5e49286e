//! Cuts a dump of several newspaper pages (版) into pages, and a long one of which nobody knows where its pages end into
//! sheets, so that what is put together by comparing everything with everything, and what is learned of a page's habits, stays
//! within one. Knows nothing of articles.

use super::chars::is_han;
use super::features::Look;
use super::furniture::Shape;
use super::labels::Label;
use super::lines::Line;
use super::sequence::Labelling;
use jiff::civil::Date;
use std::ops::Range;

/// Lines of a masthead (报头, 报眉) that stand together, and what they say.
struct Masthead<'a> {
    lines: Range<usize>,
    label: Option<&'a str>,
    date: Option<Date>,
    /// It says more than a day that may have been signed, or a lone figure.
    is_sure: bool,
}

impl Masthead<'_> {
    /// Whether it can only be another page's.
    fn is_of_another(&self, other: &Self) -> bool {
        fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_some() && other.is_some() && one != other
        }
        differ(self.label, other.label) || differ(self.date, other.date)
    }
}

/// Lines from the dump's first or last one on in which a page's masthead begins or ends.
const EDGE: usize = 6;
/// Lines of a page at least.
const SHORTEST: usize = 8;
/// Lines of something else between the lines of one masthead, at most.
const BETWEEN: usize = 3;

/// The pages of a dump. They are known by mastheads that name different pages or days: over the pages, if the dump begins with
/// one, else under them, if it ends with one.
pub(crate) fn pages(lines: &[Line], looks: &[Look]) -> Vec<Range<usize>> {
    let mut bounds = vec![0];
    for cut in cuts(&mastheads(lines, looks), lines.len()) {
        // What would leave next to nothing of a page was no masthead.
        if cut >= bounds[bounds.len() - 1] + SHORTEST && cut + SHORTEST <= lines.len() {
            bounds.push(cut);
        }
    }
    bounds.push(lines.len());
    bounds.windows(2).map(|page| page[0]..page[1]).collect()
}

/// Where pages end and others begin.
fn cuts(mastheads: &[Masthead<'_>], lines: usize) -> Vec<usize> {
    let [first, .., last] = mastheads else { return Vec::new() };
    let is_over = first.lines.start < EDGE;
    if !is_over && last.lines.end + EDGE <= lines {
        return Vec::new();
    }
    let mut cuts = Vec::new();
    let mut before = first;
    for masthead in &mastheads[1..] {
        if masthead.is_of_another(before) {
            cuts.push(if is_over { masthead.lines.start } else { before.lines.end });
            before = masthead;
        }
    }
    cuts
}

fn mastheads<'a>(lines: &[Line], looks: &'a [Look]) -> Vec<Masthead<'a>> {
    let mut out: Vec<Masthead<'a>> = Vec::new();
    for (at, (line, look)) in lines.iter().zip(looks).enumerate() {
        let reading = &look.furniture;
        if !matches!(reading.shape, Shape::Dateline | Shape::Newspaper | Shape::Label) {
            continue;
        }
        let (label, date) = (reading.label.as_deref(), reading.date);
        let is_sure = reading.newspaper.is_some() || is_called(line.text(), label);
        match out.last_mut() {
            Some(last) if at <= last.lines.end + BETWEEN => {
                last.lines.end = at + 1;
                last.is_sure |= is_sure;
                last.label = last.label.or(label);
                last.date = last.date.or(date);
            }
            _ => out.push(Masthead { lines: at..at + 1, label, date, is_sure }),
        }
    }
    out.iter_mut().for_each(|masthead| masthead.is_sure |= masthead.label.is_some() && masthead.date.is_some());
    out.retain(|masthead| masthead.is_sure && (masthead.label.is_some() || masthead.date.is_some()));
    out
}

/// Whether a line with a page's label says more than a lone figure, or one with a day more than that.
fn is_called(text: &str, label: Option<&str>) -> bool {
    match label {
        Some(label) => text.chars().any(is_han) || label.starts_with(|c: char| c == '0' || c.is_ascii_uppercase()),
        None => text.contains(['期', '周']),
    }
}

/// Lines a newspaper page has at most; a longer dump holds several pages.
const SHEET: usize = 1500;

/// Cuts what is longer than a page: at a masthead if there is one at about the right place, else at the opening of an
/// article.
pub(crate) fn sheets(lines: &[Line], labelling: &Labelling) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    while lines.len() - from > SHEET {
        let begins = |at: &usize, label: Label| {
            labelling.labels[*at] == label && labelling.labels[*at - 1] != label && lines[*at].blanks_before > 0
        };
        let range = from + SHEET / 3..from + SHEET;
        let to = range
            .clone()
            .rev()
            .find(|at| begins(at, Label::Furniture))
            .or_else(|| range.rev().find(|at| begins(at, Label::Opening)))
            .unwrap_or(from + SHEET);
        out.push(from..to);
        from = to;
    }
    out.push(from..lines.len());
    out
}

#[cfg(test)]
mod tests {
    use super::super::{features, lines, wording};
    use super::*;

    /// The first line of each page that a dump of these lines is cut into, each with ten lines of text behind it.
    #[track_caller]
    fn check(heads: &[&str], expected: &[&str]) {
        let text: String =
            heads.iter().map(|head| format!("{head}\n{}", "渡口添了两盏灯，夜里过河的人多了。\n".repeat(10))).collect();
        let lines = lines::read(&text);
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        let firsts: Vec<&str> = pages(&lines, &looks).into_iter().map(|page| lines[page.start].text()).collect();
        assert_eq!(firsts, expected);
    }

    #[test]
    fn mastheads_of_other_pages_begin_them() {
        check(&["望湖日报 第1版", "望湖日报 第2版", "A3 民生"], &["望湖日报 第1版", "望湖日报 第2版", "A3 民生"]);
        let days = ["望湖日报 2024年8月16日 星期五", "望湖日报 2024年8月17日 星期六"];
        check(&days, &days);
    }

    #[test]
    fn what_any_page_may_have_begins_none() {
        check(&["望湖日报 第1版", "望湖日报 第1版"], &["望湖日报 第1版"]);
        // The day a notice was signed, an ordinal, a page that is pointed to.
        check(&["望湖日报 2024年8月16日 星期五", "2024年8月15日"], &["望湖日报 2024年8月16日 星期五"]);
        check(&["望湖日报 第1版", "2"], &["望湖日报 第1版"]);
        check(&["望湖日报 第1版", "（下转第2版）"], &["望湖日报 第1版"]);
        // Nobody knows whether it stands over its page or under it.
        check(&["渡口", "望湖日报 第1版", "望湖日报 第2版", "稻田"], &["渡口"]);
    }

    #[test]
    fn mastheads_under_pages_end_them() {
        let text = "渡口添了两盏灯，夜里过河的人多了。\n".repeat(10);
        let lines = lines::read(&format!("{text}望湖日报 第1版\n{text}望湖日报 第2版"));
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        assert_eq!(pages(&lines, &looks), [0..11, 11..22]);
    }
}
