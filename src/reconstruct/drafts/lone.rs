//! Headlines that found no text. A newspaper prints none, so they are something else: subheads that stand under the headline of
//! a text and over its first line, or a line of the headline beside them.

use super::super::blocks::At;
use super::super::cohesion::Cohesion;
use super::super::labels::Label;
use super::{Desk, Draft, WINDOW};

/// How sure it is at most that such lines are where they were put.
pub(super) const MOST_SURE: f32 = 0.5;

/// Articles that a page has at most. Where more stand together nobody asks what words say: it would take long.
pub(super) const MOST_ARTICLES: usize = 2 * WINDOW;

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
    /// Gives the lines of lone headlines to articles that have a text, where it is plain to which, or else the headlines texts;
    /// says which lines are subheads now.
    pub(super) fn house_lone_headlines(&mut self) -> Vec<At> {
        let labels = &self.labelling.labels;
        let lone: Vec<usize> = (0..self.articles.len()).filter(|&a| is_lone(&self.articles[a], labels)).collect();
        let mut subheads = Vec::new();
        if lone.is_empty() {
            return subheads;
        }
        let mut places = vec![Place::Passed; self.lines.len()];
        for (index, article) in self.articles.iter().enumerate().filter(|(index, _)| lone.binary_search(index).is_err())
        {
            place(&mut places, index, article);
        }
        let is_page = self.articles.len() <= MOST_ARTICLES;
        for headline in lone {
            let Draft { heading, bylines, .. } = &self.articles[headline];
            let own = || heading.iter().chain(bylines).copied();
            let (Some(first), Some(last)) = (own().min(), own().max()) else { continue };
            if places[first..=last].iter().any(|&place| place != Place::Passed) {
                continue;
            }
            let changed = if let Some(home) = under_headline(&places, first, last) {
                let heading = std::mem::take(&mut self.articles[headline].heading);
                subheads.extend_from_slice(&heading);
                let texts = &mut self.articles[home].texts;
                let behind = texts.iter().position(|text| text.first().is_some_and(|&at| at > last));
                texts.insert(behind.unwrap_or(0), heading);
                self.add_head(headline, home);
                // Others may stand beside it there.
                continue;
            } else if let Some(home) = self.beside(&places, first, last).filter(|_| is_page)
                && self.speaks_of(headline, home)
            {
                self.articles[home].heading_certainty = self.articles[home].heading_certainty.min(MOST_SURE);
                self.add_head(headline, home);
                home
            } else if is_page && self.part_for(headline) {
                headline
            } else {
                continue;
            };
            place(&mut places, changed, &self.articles[changed]);
        }
        subheads
    }

    /// Gives the headline and the bylines of an article to another one.
    fn add_head(&mut self, article: usize, home: usize) {
        let Draft { heading, bylines, .. } = std::mem::take(&mut self.articles[article]);
        let home_of = &mut self.articles[home];
        for (lines, more) in [(&mut home_of.heading, heading), (&mut home_of.bylines, bylines)] {
            lines.extend(more);
            lines.sort_unstable();
        }
        home_of.join_certainty = home_of.join_certainty.min(MOST_SURE);
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
        let texts: Vec<usize> = (0..self.articles.len()).filter(|&a| !self.articles[a].texts.is_empty()).collect();
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

/// Notes what the lines of an article are of.
fn place(places: &mut [Place], index: usize, article: &Draft) {
    article.heading.iter().chain(&article.bylines).for_each(|&at| places[at] = Place::Head(index));
    article.texts.iter().flatten().for_each(|&at| places[at] = Place::Text(index));
}

/// The article whose headline stands before the lines and whose text behind them.
fn under_headline(places: &[Place], first: At, last: At) -> Option<usize> {
    let is_of_any = |place: &&Place| **place != Place::Passed;
    match (places[..first].iter().rev().find(is_of_any)?, places[last + 1..].iter().find(is_of_any)?) {
        (Place::Head(head), Place::Text(text)) if head == text => Some(*head),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::given::Page;

    const JOINS: &str = "head words 3\n";

    #[test]
    fn what_stands_between_a_headline_and_its_text_is_a_subhead() {
        let text = "渡口停渡三天\n记者 陆小满\n水退之后\n记者 沈禾\n船上岸了\n渡口停渡的告示贴在堤上。";
        let labels = [Label::Title, Label::Byline, Label::Title, Label::Byline, Label::Title, Label::Opening];
        let page = Page::new(text, &labels);
        let drafts = page.drafts(JOINS);
        let [.., first, _, second, opening] = page.labels(&drafts)[..] else { panic!() };
        assert_eq!([first, second, opening], [Label::Subhead, Label::Subhead, Label::Opening]);
        let [article] = &drafts.articles[..] else { panic!("{:?}", drafts.articles) };
        assert_eq!((&article.heading[..], &article.texts[..]), (&[0][..], &[vec![2], vec![4], vec![5]][..]));
    }

    #[test]
    fn a_headline_without_a_text_is_of_the_one_beside_it_if_it_speaks_of_its_text() {
        let headings = |text: &str| -> Vec<Vec<usize>> {
            let labels = [Label::Opening, Label::Title, Label::Opening, Label::Title, Label::Title];
            Page::new(text, &labels).drafts(JOINS).articles.into_iter().map(|article| article.heading).collect()
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
            let first = "河滩种柳条护堤\n河滩上种柳条护堤，种了三亩柳条。";
            let text = format!("{first}\n\n{second}\n\n柳条护住了堤脚。\n\n渡口停渡三天老船工上岸歇脚");
            let labels = [Label::Title, Label::Opening, Label::Paragraph, Label::Paragraph, Label::Title];
            let page = Page::new(&text, &labels).with_chance(2, Label::Opening, 0.4);
            page.drafts(JOINS).articles.into_iter().map(|article| (article.heading, article.texts)).collect::<Vec<_>>()
        };
        let parted = page("渡口停渡的告示贴在堤上，老船要修三天。");
        assert_eq!(parted, [(vec![0], vec![vec![1], vec![3]]), (vec![4], vec![vec![2]])]);
        let whole = page("渡口停渡以后，河滩上的柳条没人护理。");
        assert_eq!(whole, [(vec![0], vec![vec![1, 2, 3]]), (vec![4], vec![])]);
    }

    #[test]
    fn an_article_keeps_its_beginning() {
        let first = "渡口停渡的告示贴在堤上，老船要修三天。\n\n河滩上种柳条护堤，种了三亩柳条。";
        let text = format!("河滩种柳条护堤\n{first}\n\n渡口停渡三天老船工上岸歇脚");
        let labels = |second| [Label::Title, Label::Opening, second, Label::Title];
        let texts =
            |page: Page| page.drafts(JOINS).articles.into_iter().map(|article| article.texts).collect::<Vec<_>>();
        assert_eq!(texts(Page::new(&text, &labels(Label::Paragraph))), [vec![vec![1, 2]], vec![]]);
        let may_open = Page::new(&text, &labels(Label::Paragraph)).with_chance(2, Label::Opening, 0.4);
        assert_eq!(texts(may_open), [vec![vec![2]], vec![vec![1]]]);
    }
}
