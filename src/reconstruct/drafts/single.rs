//! Subheads that stand alone. A newspaper parts a story by two of them or more: a single one behind which none of its story's
//! text stands is no subhead but the headline, or the name of a column, that another story has elsewhere.

use super::super::blocks::At;
use super::super::labels::Label;
use super::super::lines::Line;
use super::super::sequence::Labelling;
use super::{Draft, Drafts};

/// Takes such lines for headlines or names of columns, each a head of its own; says whether there are any.
/// `labels` are those of [`Drafts::labels`].
pub(crate) fn set_free(drafts: &Drafts, lines: &[Line], labels: &[Label], labelling: &mut Labelling) -> bool {
    // A single character is what is left of a line; headlines that became subheads had nowhere else to go.
    let may_be_head = |at: &At| lines[*at].chars.len() > 1 && labelling.labels[*at] == Label::Subhead;
    let found = drafts.articles.iter().filter_map(|draft| single(draft, labels).filter(may_be_head));
    let found: Vec<At> = found.collect();
    let mut heads = labelling.heads.iter().copied().max().unwrap_or(0);
    for &at in &found {
        heads += 1;
        let chance = |label| labelling.probability(at, label);
        let is_column = chance(Label::Column) > chance(Label::Title);
        let [first, more] = if is_column { [Label::Column; 2] } else { [Label::Title, Label::TitleMore] };
        for line in at..behind(at, labels) {
            labelling.labels[line] = if line == at { first } else { more };
            for (numbers, own) in [(&mut labelling.heads, heads), (&mut labelling.walked, 0)] {
                numbers.get_mut(line).into_iter().for_each(|number| *number = own);
            }
        }
    }
    !found.is_empty()
}

/// The only subhead of an article's text, if the line right behind it is of another one.
fn single(draft: &Draft, labels: &[Label]) -> Option<At> {
    let text = || draft.texts.iter().flatten().copied();
    let mut subheads = text().filter(|&at| labels[at] == Label::Subhead);
    let only = subheads.next().filter(|_| subheads.next().is_none())?;
    let behind = behind(only, labels);
    text().all(|at| at != behind).then_some(only)
}

/// One past the last line of a subhead.
fn behind(subhead: At, labels: &[Label]) -> At {
    let more = labels[subhead + 1..].iter().take_while(|label| **label == Label::SubheadMore);
    subhead + 1 + more.count()
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::given::Page;
    use super::set_free;

    #[test]
    fn a_single_subhead_without_text_behind_it_is_a_headline() {
        use Label::{Column, Opening, Paragraph, Subhead, Title};
        let text = |subheads: &str| {
            format!("渡口停渡三天\n渡口停渡的告示贴在堤上。\n{subheads}\n老船修好\n河滩种柳条\n河滩上种了三亩柳条。")
        };
        let made = |page: &Page| {
            let drafts = page.drafts("text running 9\ntext adjacent 9\nhead words 3\n");
            let mut labelling = page.labelling().clone();
            let is_any = set_free(&drafts, page.lines(), &page.labels(&drafts), &mut labelling);
            (is_any, labelling.labels)
        };
        let single = [Title, Opening, Paragraph, Subhead, Title, Opening];
        let page = Page::new(&text("船在岸上。"), &single);
        assert_eq!(made(&page), (true, vec![Title, Opening, Paragraph, Title, Title, Opening]));
        let column = Page::new(&text("船在岸上。"), &single).with_chance(3, Column, 0.1);
        assert_eq!(made(&column).1[3], Column);
        let several = Page::new(&text("水退之后\n船在岸上。"), &[&single[..2], &[Subhead], &single[2..]].concat());
        assert!(!made(&several).0);
    }
}
