//! Subheads that are set in one form: a catchword and a colon (补短板：… 聚人气：… 育新风：…). Three and more of them on a page are
//! the parts of one story, wherever its columns were torn; headlines do not come like that, save those that begin with towns or
//! with people, or stand over reports.

use super::bylines::{self, is_name};
use super::chars::{ends_place, is_han};
use super::features::Look;
use super::labels::Label;
use super::lines::Line;
use super::openers::Opener;
use super::sequence::Labelling;
use std::collections::BTreeMap;

/// Subheads of a series at least.
const LEAST: usize = 3;
/// Characters of the longest catchword.
const LONGEST_CATCHWORD: usize = 5;
/// Characters of the longest of such subheads.
const LONGEST: usize = 22;
/// Lines of a page, more or less: what is farther apart is of no series.
const PAGE: usize = 400;

/// Characters of the catchword that a line begins with, and whether nothing follows its colon.
fn catchword(line: &Line) -> Option<(usize, bool)> {
    let chars = &line.chars;
    let beginning = &chars[..chars.len().min(LONGEST_CATCHWORD + 1)];
    let colon = beginning.iter().position(|&c| matches!(c, '：' | ':'))?;
    let word = &chars[..colon];
    let is_word = colon > 0
        && chars.len() <= LONGEST
        && word.iter().all(|&c| is_han(c))
        && !word.last().is_some_and(|&c| ends_place(c));
    is_word.then_some((colon, colon + 1 == chars.len()))
}

/// Whether a name stands before the colon.
fn begins_with_name(line: &Line) -> bool {
    line.text().split(['：', ':']).next().is_some_and(is_name)
}

/// Labels lines by others of the page that are made like them.
pub(crate) fn settle(lines: &[Line], looks: &[Look], labelling: &mut Labelling) {
    for (at, label) in subheads(lines, looks, &labelling.labels).into_iter().enumerate() {
        label.into_iter().for_each(|label| labelling.set(at, label));
    }
}

/// What lines are since others of the page are made like them: subheads, and paragraphs behind them.
fn subheads(lines: &[Line], looks: &[Look], labels: &[Label]) -> Vec<Option<Label>> {
    let mut out = vec![None; lines.len()];
    let is_head = |at: usize| labels[at].is_heading() || labels[at].is_subhead();
    let mut groups: BTreeMap<(usize, bool, usize), Vec<usize>> = BTreeMap::new();
    for at in (0..lines.len()).filter(|&at| is_head(at)) {
        if let Some((size, is_bare)) = catchword(&lines[at]) {
            groups.entry((size, is_bare, at / PAGE)).or_default().push(at);
        }
    }
    for ((_, is_bare, _), members) in groups {
        let group = Group { lines, looks, labels, members: &members, is_bare };
        if members.len() < LEAST || !group.are_subheads() {
            continue;
        }
        for &at in &members {
            out[at] = Some(Label::Subhead);
            if is_bare {
                out[at + 1] = Some(Label::SubheadMore);
            }
            // The story goes on behind it.
            let behind = group.behind(at);
            if labels.get(behind) == Some(&Label::Opening) {
                out[behind] = Some(Label::Paragraph);
            }
        }
    }
    out
}

/// Lines of a page that begin with catchwords of one length.
struct Group<'a> {
    lines: &'a [Line],
    looks: &'a [Look],
    labels: &'a [Label],
    members: &'a [usize],
    /// Nothing stands behind their colons: the rest is in the next lines.
    is_bare: bool,
}

impl Group<'_> {
    fn are_subheads(&self) -> bool {
        // One behind the other, under the headline.
        let are_list = self.members.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        let all = |is: &dyn Fn(usize) -> bool| self.members.iter().all(|&at| is(at));
        !all(&|at| begins_with_name(&self.lines[at]))
            && all(&|at| !self.is_over_article(at))
            && if self.is_bare {
                all(&|at| self.stands_in_text(at))
            } else {
                are_list || self.members.iter().filter(|&&at| self.is_over_text(at)).count() > 1
            }
    }

    /// The line behind a member.
    fn behind(&self, at: usize) -> usize {
        at + 1 + usize::from(self.is_bare)
    }

    fn is_over_text(&self, at: usize) -> bool {
        self.labels.get(self.behind(at)).is_some_and(|label| label.is_body())
    }

    /// Whether a byline or a dateline stands behind a member, as behind a headline.
    fn is_over_article(&self, at: usize) -> bool {
        self.looks
            .get(self.behind(at))
            .is_some_and(|look| look.opener() == Opener::Dateline as u8 || look.byline != bylines::Shape::None)
    }

    /// Whether there is text right before a member and right behind it.
    fn stands_in_text(&self, at: usize) -> bool {
        let before = at.checked_sub(1).is_some_and(|before| self.labels[before].is_body());
        before && self.is_over_text(at) && (at..=self.behind(at)).all(|at| self.lines[at].blanks_before == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{features, lines, wording};
    use super::*;

    /// Which lines are subheads.
    fn found(text: &str, labels: &[Label]) -> Vec<usize> {
        let lines = lines::read(text);
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        let found = subheads(&lines, &looks, labels);
        (0..lines.len()).filter(|&at| found[at].is_some_and(|label| label.is_subhead())).collect()
    }

    #[test]
    fn three_catchwords_are_the_parts_of_one_story() {
        use Label::{Opening, Paragraph, Title};
        let labels = [Title, Opening, Title, Paragraph, Title, Opening];
        let page = |words: [&str; 3]| {
            let [first, second, third] = words;
            format!(
                "{first}：渡口添了灯\n渡口的灯亮了。\n{second}：柳条护住堤\n堤上种了柳。\n{third}：老船修一新\n老船修好了。"
            )
        };
        assert_eq!(found(&page(["添灯", "护堤", "修船"]), &labels), [0, 2, 4]);
        assert!(found(&page(["添灯", "护堤", "修渡船"]), &labels).is_empty(), "they are of one form");
        assert!(found(&page(["马渡乡", "老桥镇", "城北村"]), &labels).is_empty(), "towns");
        assert!(found(&page(["陆小满", "丁晓禾", "沈一禾"]), &labels).is_empty(), "people");
        let list = "渡口停渡\n添灯：渡口添了灯\n护堤：柳条护住堤\n修船：老船修一新\n\n堤上种柳";
        assert_eq!(found(list, &[Title; 5]), [1, 2, 3], "a list");
        let reports = page(["添灯", "护堤", "修船"]).replace("堤上种了柳", "本报讯 堤上种了柳");
        assert!(found(&reports, &labels).is_empty(), "reports");
    }

    #[test]
    fn a_bare_catchword_has_its_subhead_in_the_next_line() {
        use Label::{Kicker, Opening, Running, Title};
        let part = |word: &str| format!("渡口要\n{word}：\n添三盏灯\n渡口的灯");
        let text = [part("定盘子"), part("压担子"), part("亮单子")].join("\n");
        let labels = [[Running, Kicker, Title, Opening]; 3].concat();
        assert_eq!(found(&text, &labels), [1, 2, 5, 6, 9, 10]);
        assert!(found(&text.replace("\n亮单子", "\n\n亮单子"), &labels).is_empty(), "a headline may stand there");
    }
}
