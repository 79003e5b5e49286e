//! What the lines of a page are that are made like another one: of the same clauses, or numbered in the same way.

use super::super::features::Look;
use super::super::labels::Label;
use super::super::lines::Line;
use super::{class, is_head};

/// What the nearest line of the same clauses is, for headlines and subheads of several: those of one story mostly agree.
pub(super) fn twins(lines: &[Line], labels: &[Label]) -> Vec<usize> {
    let mut out = vec![0; lines.len()];
    let heads = (0..lines.len()).filter(|&at| is_head(class(labels[at])));
    let forms: Vec<(usize, Vec<usize>)> =
        heads.map(|at| (at, form(&lines[at].chars))).filter(|(_, form)| form.len() > 1).take(MOST_TWINS).collect();
    for (at, own) in &forms {
        let others = forms.iter().filter(|(other, form)| other != at && form == own);
        out[*at] = match others.min_by_key(|(other, _)| other.abs_diff(*at)) {
            None => 1,
            Some(&(other, _)) => match class(labels[other]) {
                6 => 6,
                class => class + 1,
            },
        };
    }
    out
}

/// What the nearest item numbered in the same way is, the one before sooner than the one behind.
pub(super) fn items(looks: &[Look], labels: &[Label]) -> Vec<usize> {
    let mut out = vec![0; looks.len()];
    let mut last: [Option<usize>; 5] = [None; 5];
    for (at, look) in looks.iter().enumerate().filter(|(_, look)| look.ordinal() > 0) {
        let before = last[look.ordinal()].replace(at);
        out[at] = before.map_or(1, |other| 2 + class(labels[other]));
        // The first one is seen by the second.
        if let Some(other) = before.filter(|&other| out[other] == 1) {
            out[other] = 2 + class(labels[at]);
        }
    }
    out
}

/// Headline lines that are looked at for their form; a page has fewer.
const MOST_TWINS: usize = 200;

/// Characters of a line's clauses; of two subheads in one line, those of one.
fn form(chars: &[char]) -> Vec<usize> {
    let clauses = chars.split(|&c| c.is_whitespace() || matches!(c, '，' | ','));
    let mut sizes: Vec<usize> = clauses.map(<[char]>::len).filter(|&size| size > 0).collect();
    let half = sizes.len() / 2;
    if half > 1 && sizes[..half] == sizes[half..] {
        sizes.truncate(half);
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::super::super::{features, lines, wording};
    use super::*;

    #[test]
    fn items_are_seen_beside_those_numbered_in_the_same_way() {
        let lines = lines::read("一、开渠引水\n渡口复航。\n1.种柳。\n二、修桥补路");
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        let labels = [Label::Subhead, Label::Opening, Label::Paragraph, Label::Paragraph];
        let seen = |label: Label| 2 + class(label);
        assert_eq!(items(&looks, &labels), [seen(Label::Paragraph), 0, 1, seen(Label::Subhead)]);
    }

    #[test]
    fn subheads_of_one_story_are_of_one_form() {
        let form = |text: &str| form(&text.chars().collect::<Vec<char>>());
        assert_eq!(form("开渠引水，两岸都有好收成"), [4, 7]);
        assert_eq!(form("开渠引水，两岸都有好收成 修桥补路，两岸都能早回家"), [4, 7]);
        assert_eq!(form("渡口复航 河滩种柳"), [4, 4], "two phrases of one headline");
        let lines = lines::read("开渠引水，两岸都有好收成\n渡口复航\n修桥补路，两岸都能早回家");
        assert_eq!(twins(&lines, &[Label::Kicker, Label::Title, Label::Subhead]), [6, 0, 3]);
    }
}
