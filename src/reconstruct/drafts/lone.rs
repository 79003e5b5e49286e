//! Headlines that found no text. A newspaper prints none, so they are something else: subheads that stand under the headline of
//! a text and over its first line, or between its lines, a line of the headline beside them, or kicker or subtitle of the one
//! whose text they clearly speak of.

use super::super::blocks::At;
use super::super::cohesion::Cohesion;
use super::super::labels::Label;
use super::{Desk, Draft, WINDOW};

/// How sure it is at most that such lines are where they were put.
pub(super) const MOST_SURE: f32 = 0.5;

/// Articles that a page has at most. Where more stand together nobody asks what words say: it would take long.
pub(super) const MOST_ARTICLES: usize = 2 * WINDOW;

/// Share of what a headline says that the text says which it clearly speaks of, and how many times that of any other.
const CLEAR: f32 = 0.85;
const CLEAR_LEAD: f32 = 2.0;

/// What the first line of a part of a head is, and further ones.
const KICKER: [Label; 2] = [Label::Kicker, Label::KickerMore];
const SUBTITLE: [Label; 2] = [Label::Subtitle, Label::SubtitleMore];
const SUBHEAD: [Label; 2] = [Label::Subhead, Label::Subhead];
const COLUMN: [Label; 2] = [Label::Column, Label::Column];

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
    /// says what the lines are now that are something else.
    pub(super) fn house_lone_headlines(&mut self) -> Vec<(At, Label)> {
        let labels = &self.labelling.labels;
        let lone: Vec<usize> = (0..self.articles.len()).filter(|&a| is_lone(&self.articles[a], labels)).collect();
        let mut relabelled = Vec::new();
        if lone.is_empty() {
            return relabelled;
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
                relabelled.extend(heading.iter().map(|&at| (at, Label::Subhead)));
                let texts = &mut self.articles[home].texts;
                let behind = texts.iter().position(|text| text.first().is_some_and(|&at| at > last));
                texts.insert(behind.unwrap_or(0), heading);
                self.add_head(headline, home);
                // Others may stand beside it there.
                continue;
            } else if let Some(home) = inside_text(&places, first, last).filter(|_| bylines.is_empty()) {
                let heading = std::mem::take(&mut self.articles[headline].heading);
                relabelled.extend(heading.iter().map(|&at| (at, Label::Subhead)));
                put_between(&mut self.articles[home].texts, heading);
                home
            } else if let Some(home) = self.beside(&places, first, last).filter(|_| is_page)
                && self.speaks_of(headline, home)
            {
                self.articles[home].heading_certainty = self.articles[home].heading_certainty.min(MOST_SURE);
                self.add_head(headline, home);
                home
            } else if is_page && self.part_for(headline) {
                headline
            } else if is_page && let Some(home) = self.clearly_spoken_of(headline) {
                let roles = self.beside_headline(headline, home);
                if roles.iter().all(|&(_, label)| label == Label::Subhead) {
                    let heading = std::mem::take(&mut self.articles[headline].heading);
                    put_between(&mut self.articles[home].texts, heading);
                }
                relabelled.extend(roles);
                self.add_head(headline, home);
                home
            } else {
                continue;
            };
            place(&mut places, changed, &self.articles[changed]);
        }
        relabelled
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
        let spoken = self.spoken_of(article);
        let Some(&(own, _)) = spoken.iter().find(|(_, a)| *a == other) else { return false };
        own > 0.0 && spoken.iter().all(|&(score, a)| a == other || score < own)
    }

    /// The article with a headline whose text says nearly all that the headline of another says, as no other text does. What is
    /// set as headlines are, with a shadow or spaced out, is one of its own.
    fn clearly_spoken_of(&mut self, article: usize) -> Option<usize> {
        let is_set = |at: &At| self.lines[*at].was_doubled || self.lines[*at].was_spaced;
        if self.articles[article].heading.iter().any(is_set) {
            return None;
        }
        let mut spoken = self.spoken_of(article);
        spoken.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let &(best, home) = spoken.first()?;
        let next = spoken.get(1).map_or(0.0, |&(next, _)| next);
        let has_head = !self.articles[home].heading.is_empty() && !self.articles[home].is_caption;
        (has_head && best >= CLEAR && best >= next * CLEAR_LEAD).then_some(home)
    }

    /// What the lines of a lone headline are when they go to another article: what they look like besides a headline. A head has
    /// one kicker and one subtitle.
    fn beside_headline(&self, lone: usize, home: usize) -> Vec<(At, Label)> {
        let [lone, home] = [lone, home].map(|article| &self.articles[article].heading);
        let chance = |role: &[Label; 2]| lone.iter().map(|&at| self.labelling.probability(at, role[0])).sum::<f32>();
        let side = if lone.first() < home.first() { KICKER } else { SUBTITLE };
        let is_taken = home.iter().any(|&at| self.labelling.labels[at] == side[0]);
        let mut role = if is_taken { SUBHEAD } else { side };
        for other in [SUBHEAD, COLUMN] {
            if chance(&other) > chance(&role) {
                role = other;
            }
        }
        lone.iter().enumerate().map(|(n, &at)| (at, role[usize::from(n > 0)])).collect()
    }

    /// Every article with a text, and how much of what the headline of an article says that text says.
    fn spoken_of(&mut self, article: usize) -> Vec<(f32, usize)> {
        let texts: Vec<usize> = (0..self.articles.len()).filter(|&a| !self.articles[a].texts.is_empty()).collect();
        let solid: Vec<Vec<char>> = texts.iter().map(|&a| self.text_of(&self.articles[a])).collect();
        let solid: Vec<&[char]> = solid.iter().map(Vec::as_slice).collect();
        let cohesion = Cohesion::new(&[&self.articles[article].heading], &solid, &mut self.terms);
        texts.into_iter().enumerate().map(|(text, article)| (cohesion.score(0, text), article)).collect()
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

/// What stands before the lines and what behind them, lone headlines passed over.
fn around(places: &[Place], first: At, last: At) -> Option<(Place, Place)> {
    let is_of_any = |place: &&Place| **place != Place::Passed;
    let before = places[..first].iter().rev().find(is_of_any)?;
    Some((*before, *places[last + 1..].iter().find(is_of_any)?))
}

/// The article whose headline stands before the lines and whose text behind them.
fn under_headline(places: &[Place], first: At, last: At) -> Option<usize> {
    match around(places, first, last)? {
        (Place::Head(head), Place::Text(text)) if head == text => Some(head),
        _ => None,
    }
}

/// The article whose text stands right before the lines and right behind them.
fn inside_text(places: &[Place], first: At, last: At) -> Option<usize> {
    match around(places, first, last)? {
        (Place::Text(before), Place::Text(behind)) if before == behind => Some(before),
        _ => None,
    }
}

/// Puts lines where they stand among those of texts: before the first piece that begins behind them, or inside one.
fn put_between(texts: &mut Vec<Vec<At>>, lines: Vec<At>) {
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return };
    let inside = |text: &Vec<At>| text.windows(2).position(|pair| pair[0] < first && pair[1] > last);
    if let Some((text, at)) = texts.iter_mut().find_map(|text| inside(text).map(|at| (text, at))) {
        text.splice(at + 1..at + 1, lines);
        return;
    }
    let behind = texts.iter().position(|text| text.first().is_some_and(|&at| at > last));
    texts.insert(behind.unwrap_or(texts.len()), lines);
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::given::Page;
    use super::{At, put_between};

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
        assert_eq!(headings(&page("\n", "老船进城过节")), [vec![1], vec![3, 4]]);
        assert_eq!(headings(&page("\n\n", "老船进城过节")), [vec![1], vec![3], vec![4]]);
    }

    #[test]
    fn what_one_text_clearly_says_is_no_headline_of_its_own() {
        use Label::{Column, Kicker, Opening, Subhead, Subtitle, Title};
        let page = |line: &str, subtitle: Label| {
            let texts = ["渡口停渡三天的告示贴在堤上，老船修好了。", "河滩上种了三亩柳条。"];
            let text = format!("渡口停渡三天\n告示贴在堤上\n{}\n\n{line}\n\n河滩种柳条\n{}", texts[0], texts[1]);
            let labels = [Title, subtitle, Opening, Title, Title, Opening];
            Page::new(&text, &labels)
        };
        let made = |page: Page| {
            let drafts = page.drafts(JOINS);
            let mut headings: Vec<Vec<usize>> = drafts.articles.iter().map(|article| article.heading.clone()).collect();
            headings.sort();
            (headings, page.labels(&drafts)[3])
        };
        let beside = (vec![vec![0, 1, 3], vec![4]], Subtitle);
        assert_eq!(made(page("老船修好", Kicker)), beside);
        assert_eq!(made(page("老船修好", Subtitle)), (vec![vec![0, 1], vec![4]], Subhead), "it has a subtitle");
        let column = page("老船修好", Kicker).with_chance(3, Column, 0.2);
        assert_eq!(made(column), (beside.0, Column));
        let lone = (vec![vec![0, 1], vec![3], vec![4]], Title);
        assert_eq!(made(page("夜里下雨", Kicker)), lone);
        assert_eq!(made(page("老 船 修 好", Kicker)), lone, "it is set as headlines are");
    }

    #[test]
    fn what_stands_inside_a_text_is_a_subhead() {
        use Label::{Opening, Paragraph, Subhead, Title};
        let text = "渡口停渡三天\n渡口停渡的告示贴在堤上。\n\n水退之后\n\n渡口的老船修好了。";
        let page = Page::new(text, &[Title, Opening, Title, Paragraph]);
        let drafts = page.drafts("head words 3\ntext running 9\ntext adjacent 9\ntext only-heads-between 9\n");
        let texts: Vec<_> = drafts.articles.iter().map(|article| article.texts.concat()).collect();
        assert_eq!((texts, page.labels(&drafts)[2]), (vec![vec![1, 2, 3]], Subhead));
    }

    #[test]
    fn lines_are_put_where_they_stand() {
        let put = |texts: &[&[At]], lines: &[At]| {
            let mut texts: Vec<Vec<At>> = texts.iter().map(|text| text.to_vec()).collect();
            put_between(&mut texts, lines.to_vec());
            texts
        };
        assert_eq!(put(&[&[1, 2, 5, 6], &[9]], &[3, 4]), [vec![1, 2, 3, 4, 5, 6], vec![9]]);
        assert_eq!(put(&[&[1, 2], &[9]], &[3, 4]), [vec![1, 2], vec![3, 4], vec![9]]);
        assert_eq!(put(&[&[9], &[1, 2]], &[12]), [vec![9], vec![1, 2], vec![12]]);
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
