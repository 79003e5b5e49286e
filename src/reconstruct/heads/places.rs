//! A page of reports from towns may set the name of the town over every headline, in a line of its own. One such line looks like
//! the first line of a headline or like a column; several on a page are kickers (引题), and one is where a text names the town.

use super::super::blocks::At;
use super::super::labels::Label;
use super::super::lines::Line;
use super::super::sequence::Labelling;

/// Names of towns over headlines that make a page one of that kind, whatever its texts say.
const LEAST: usize = 3;
/// Characters of the longest.
const LONGEST: usize = 6;
/// Ends of the names of towns.
const ENDS: [&str; 4] = ["镇", "乡", "街道", "苏木"];

/// Makes kickers of the names of towns over headlines, if there are several on the page or its texts name them.
pub(super) fn over_headlines(lines: &[Line], labelling: &mut Labelling) {
    let mut found: Vec<At> = (0..lines.len()).filter(|&at| is_over_headline(lines, labelling, at)).collect();
    if found.len() < LEAST {
        found.retain(|&at| is_told_of(lines, labelling, at));
    }
    for at in found {
        labelling.labels[at] = Label::Kicker;
        let head = labelling.heads[at];
        let end = (at + 1..lines.len()).find(|&i| labelling.heads[i] != head).unwrap_or(lines.len());
        let rest = &mut labelling.labels[at + 1..end];
        let has_title = rest.contains(&Label::Title);
        // What was the rest of a headline that began with the town, or its subtitle, is the headline.
        let mut was_subtitle = false;
        for (n, label) in rest.iter_mut().enumerate() {
            match *label {
                Label::TitleMore if n == 0 && !has_title => *label = Label::Title,
                Label::Subtitle if n == 0 && !has_title => (*label, was_subtitle) = (Label::Title, true),
                Label::SubtitleMore if was_subtitle => *label = Label::TitleMore,
                _ => was_subtitle = false,
            }
        }
    }
}

/// Whether a line is the name of a town, the first of a head that goes on.
fn is_over_headline(lines: &[Line], labelling: &Labelling, at: At) -> bool {
    let head = labelling.heads[at];
    let chars = &lines[at].chars;
    let is_first = at == 0 || labelling.heads[at - 1] != head;
    let goes_on = labelling.heads.get(at + 1) == Some(&head);
    let is_part = matches!(labelling.labels[at], Label::Title | Label::Column | Label::Kicker);
    head != 0 && is_first && goes_on && is_part && (2..=LONGEST).contains(&chars.len()) && {
        let text: String = chars.iter().collect();
        ENDS.iter().any(|end| text.ends_with(end))
    }
}

/// Whether a text of the page names it.
fn is_told_of(lines: &[Line], labelling: &Labelling, at: At) -> bool {
    let name = lines[at].text();
    (0..lines.len()).any(|other| labelling.labels[other].is_body() && lines[other].text().contains(name))
}

#[cfg(test)]
mod tests {
    use super::super::super::lines;
    use super::*;

    fn labels(text: &str, labels: &[Label], heads: &[u32]) -> Vec<Label> {
        let lines = lines::read(text);
        let mut labelling = Labelling { labels: labels.to_vec(), heads: heads.to_vec(), ..Labelling::default() };
        over_headlines(&lines, &mut labelling);
        labelling.labels
    }

    #[test]
    fn names_of_towns_over_several_headlines_are_kickers() {
        let text = "界溪镇\n渡口停渡三天\n望湖街道\n粮站换了新秤\n灰瓦乡\n河滩种了柳条\n明年能编筐";
        let before = [
            Label::Title,
            Label::TitleMore,
            Label::Column,
            Label::Title,
            Label::Title,
            Label::Subtitle,
            Label::SubtitleMore,
        ];
        let after =
            [Label::Kicker, Label::Title, Label::Kicker, Label::Title, Label::Kicker, Label::Title, Label::TitleMore];
        assert_eq!(labels(text, &before, &[1, 1, 2, 2, 3, 3, 3]), after);
    }

    #[test]
    fn a_town_over_one_headline_may_be_its_first_line() {
        let before = [Label::Title, Label::TitleMore, Label::Opening];
        let heads = [1, 1, 0];
        assert_eq!(labels("界溪镇\n渡口停渡三天\n渡口昨天停渡。", &before, &heads), before);
        let after = [Label::Kicker, Label::Title, Label::Opening];
        assert_eq!(labels("界溪镇\n渡口停渡三天\n界溪镇的渡口昨天停渡。", &before, &heads), after);
    }
}
