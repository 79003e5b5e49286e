//! Headlines that found no text. A newspaper prints none, so they are something else: subheads that stand under the headline of
//! a text and over its first line, or a line of the headline beside them.

use super::super::blocks::At;
use super::super::cohesion::Cohesion;
use super::super::labels::Label;
use super::{Desk, Draft, WINDOW};

/// How sure it is at most that such lines are where they were put.
pub(super) const MOST_CERTAIN: f32 = 0.5;

/// What a line is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Nothing; or of a lone headline.
    Passed,
    /// The head of an article: headline and bylines.
    Head(usize),
    /// Its text.
    Text(usize),
}

impl Desk<'_> {
    /// Gives the lines of lone headlines to articles that have a text, where it is plain to which; says which of them are
    /// subheads then.
    pub(super) fn house_lone_headlines(&mut self) -> Vec<At> {
        let labels = &self.labelling.labels;
        let lone: Vec<usize> = (0..self.articles.len()).filter(|&a| is_lone(&self.articles[a], labels)).collect();
        let mut subheads = Vec::new();
        if lone.is_empty() {
            return subheads;
        }
        let places = places(&self.articles, &lone, self.lines.len());
        for article in lone {
            let Draft { heading, bylines, .. } = &self.articles[article];
            let own = || heading.iter().chain(bylines).copied();
            let (Some(first), Some(last)) = (own().min(), own().max()) else { continue };
            if places[first..=last].iter().any(|&place| place != Place::Passed) {
                continue;
            }
            let over = self.under_headline(&places, first, last);
            let Some(home) = over.or_else(|| self.beside(&places, first, last).filter(|&a| self.speaks_of(article, a)))
            else {
                self.part_for(article);
                continue;
            };
            let Draft { heading, bylines, .. } = std::mem::take(&mut self.articles[article]);
            let home_of = &mut self.articles[home];
            if over.is_some() {
                subheads.extend_from_slice(&heading);
                home_of.texts.insert(0, heading);
            } else {
                home_of.heading.extend(heading);
                home_of.heading.sort_unstable();
                home_of.heading_certainty = home_of.heading_certainty.min(MOST_CERTAIN);
            }
            home_of.bylines.extend(bylines);
            home_of.bylines.sort_unstable();
            home_of.join_certainty = home_of.join_certainty.min(MOST_CERTAIN);
        }
        subheads
    }

    /// The article whose headline stands before the lines and whose text behind them.
    fn under_headline(&self, places: &[Place], first: At, last: At) -> Option<usize> {
        let is_of_any = |place: &&Place| **place != Place::Passed;
        match (places[..first].iter().rev().find(is_of_any)?, places[last + 1..].iter().find(is_of_any)?) {
            (Place::Head(head), Place::Text(text)) if head == text => Some(*head),
            _ => None,
        }
    }

    /// The article with a text whose headline stands right before the lines or right behind them, with no blank line in
    /// between: on one side only.
    fn beside(&self, places: &[Place], first: At, last: At) -> Option<usize> {
        let head = |at: At| match places[at] {
            Place::Head(article) if self.labelling.labels[at].is_heading() => {
                Some(article).filter(|&article| !self.articles[article].texts.is_empty())
            }
            _ => None,
        };
        let goes_on = |at: &At| self.lines.get(*at).is_some_and(|line| line.blanks_before == 0);
        let before = Some(first).filter(goes_on).and_then(|first| head(first.checked_sub(1)?));
        let behind = Some(last + 1).filter(goes_on).and_then(head);
        before.xor(behind)
    }

    /// Whether the headline of one article speaks of no text as much as of that of another.
    fn speaks_of(&mut self, article: usize, other: usize) -> bool {
        let near = article.saturating_sub(WINDOW / 2)..(article + WINDOW / 2).min(self.articles.len());
        let texts: Vec<usize> = near.filter(|&a| !self.articles[a].texts.is_empty()).collect();
        let Some(own) = texts.iter().position(|&a| a == other) else { return false };
        let solid: Vec<Vec<char>> = texts.iter().map(|&a| self.text_of(&self.articles[a])).collect();
        let solid: Vec<&[char]> = solid.iter().map(Vec::as_slice).collect();
        let cohesion = Cohesion::new(&[&self.articles[article].heading], &solid, &mut self.terms);
        let score = |text: usize| cohesion.score(0, text);
        score(own) > 0.0 && (0..texts.len()).all(|text| text == own || score(text) < score(own))
    }
}

fn is_lone(article: &Draft, labels: &[Label]) -> bool {
    article.texts.is_empty() && article.heading.iter().any(|&at| labels[at] == Label::Title)
}

/// What every line is of.
fn places(articles: &[Draft], lone: &[usize], lines: usize) -> Vec<Place> {
    let mut out = vec![Place::Passed; lines];
    for (index, article) in articles.iter().enumerate().filter(|(index, _)| lone.binary_search(index).is_err()) {
        article.heading.iter().chain(&article.bylines).for_each(|&at| out[at] = Place::Head(index));
        article.texts.iter().flatten().for_each(|&at| out[at] = Place::Text(index));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::super::lexicon::{Lexicon, ModelTexts};
    use super::super::super::sequence::Labelling;
    use super::super::super::{blocks, cohesion::Terms, features, lines};
    use super::super::{Drafts, draft};

    /// The articles of a page whose lines have those labels, each headline line in a head of its own; a text may begin at every
    /// paragraph.
    fn drafts(text: &str, labels: &[Label]) -> (Drafts, Vec<Label>) {
        let joins = "head words 3\n";
        let lexicon = Lexicon::from_texts(&ModelTexts { joins, ..ModelTexts::default() });
        let lines = lines::read(text);
        let looks = features::look(&lines, &lexicon.wording);
        let mut marginals = vec![[0.0; Label::COUNT]; lines.len()];
        labels.iter().zip(&mut marginals).for_each(|(&label, row)| row[label as usize] = 1.0);
        for row in marginals.iter_mut().filter(|row| row[Label::Paragraph as usize] > 0.0) {
            row[Label::Opening as usize] = 0.4;
        }
        let heads = (1..=labels.len() as u32).collect();
        let labelling = Labelling { labels: labels.to_vec(), marginals, heads, ..Labelling::default() };
        let blocks = blocks::cut(&lines, &labelling);
        let drafts = draft(&lines, &looks, &labelling, &blocks, &lexicon, Terms::new(&lines, &lexicon), None);
        let labels = drafts.labels(&lines, &labelling.labels);
        (drafts, labels)
    }

    #[test]
    fn what_stands_between_a_headline_and_its_text_is_a_subhead() {
        let text = "渡口停渡三天\n记者 陆小满\n水退之后\n渡口停渡的告示贴在堤上。";
        let labels = [Label::Title, Label::Byline, Label::Title, Label::Opening];
        let (drafts, labels) = drafts(text, &labels);
        assert_eq!(labels, [Label::Title, Label::Byline, Label::Subhead, Label::Opening]);
        let [article] = &drafts.articles[..] else { panic!("{:?}", drafts.articles) };
        assert_eq!((&article.heading[..], &article.texts[..]), (&[0][..], &[vec![2], vec![3]][..]));
    }

    #[test]
    fn a_headline_without_a_text_is_of_the_one_beside_it_if_it_speaks_of_its_text() {
        let headings = |text: &str| -> Vec<Vec<usize>> {
            let labels = [Label::Opening, Label::Title, Label::Opening, Label::Title, Label::Title];
            drafts(text, &labels).0.articles.into_iter().map(|article| article.heading).collect()
        };
        let texts = ["河滩上种了三亩柳条。", "渡口停渡三天的告示贴在堤上，老船修好了。"];
        let page = |between: &str, second: &str| {
            format!("{}\n河滩种柳条\n{}\n渡口停渡三天{between}{second}", texts[0], texts[1])
        };
        assert_eq!(headings(&page("\n", "老船修好")), [vec![1], vec![3, 4]]);
        assert_eq!(headings(&page("\n", "夜里下雨")), [vec![1], vec![3], vec![4]]);
        assert_eq!(headings(&page("\n\n", "老船修好")), [vec![1], vec![3], vec![4]]);
    }

    #[test]
    fn a_headline_without_a_text_gets_the_part_of_another_one_that_it_alone_speaks_of() {
        let page = |second: &str| {
            let text =
                format!("河滩种柳条护堤\n河滩上种柳条护堤，种了三亩柳条。\n\n{second}\n\n柳条护住了堤脚。\n\n渡口停渡三天老船工上岸歇脚\n");
            let labels = [Label::Title, Label::Opening, Label::Paragraph, Label::Paragraph, Label::Title];
            let articles = drafts(&text, &labels).0.articles;
            articles.into_iter().map(|article| (article.heading, article.texts)).collect::<Vec<_>>()
        };
        let parted = page("渡口停渡的告示贴在堤上，老船要修三天。");
        assert_eq!(parted, [(vec![0], vec![vec![1], vec![3]]), (vec![4], vec![vec![2]])]);
        let whole = page("渡口停渡以后，河滩上的柳条没人护理。");
        assert_eq!(whole, [(vec![0], vec![vec![1, 2, 3]]), (vec![4], vec![])]);
    }
}
