//! Pictures without a headline. Four characters over a picture (校园茶香) look like the name of a column; one that stands by itself and
//! says nothing of the text it was given to is the headline of the picture whose text has its words.

use super::super::blocks::At;
use super::super::labels::Label;
use super::super::lines::stands_apart;
use super::lone::MOST_ARTICLES;
use super::{Desk, Draft};
use std::cmp::Reverse;

/// Pairs of characters that the text of a picture shares with its headline at least.
const LEAST: usize = 2;
/// How sure it is at most.
const MOST_SURE: f32 = 0.6;

impl Desk<'_> {
    /// Gives names of columns to pictures as their headlines; says which lines are headlines now.
    pub(super) fn name_pictures(&mut self) -> Vec<At> {
        let is_nameless = |article: &Draft| {
            article.is_caption && article.heading.is_empty() && article.texts.iter().any(|text| !text.is_empty())
        };
        let pictures: Vec<usize> = (0..self.articles.len()).filter(|&a| is_nameless(&self.articles[a])).collect();
        if pictures.is_empty() || self.articles.len() > MOST_ARTICLES {
            return Vec::new();
        }
        let columns: Vec<(usize, At)> = (0..self.articles.len())
            .flat_map(|a| self.articles[a].heading.iter().map(move |&at| (a, at)))
            .filter(|&(_, at)| self.labelling.labels[at] == Label::Column && stands_apart(self.lines, at))
            .collect();
        let mut out = Vec::new();
        for (home, at) in columns {
            let shared = |article: usize| self.shared_pairs(at, &self.articles[article]);
            let nameless = pictures.iter().filter(|&&picture| self.articles[picture].heading.is_empty());
            let best = nameless.map(|&picture| (shared(picture), Reverse(picture))).max();
            let Some((_, Reverse(picture))) = best.filter(|&(pairs, _)| pairs >= LEAST && shared(home) == 0) else {
                continue;
            };
            self.articles[home].heading.retain(|&line| line != at);
            let named = &mut self.articles[picture];
            named.heading.push(at);
            named.heading_certainty = MOST_SURE;
            out.push(at);
        }
        out
    }

    /// Pairs of neighbouring characters of a line that an article's text has.
    fn shared_pairs(&self, at: At, article: &Draft) -> usize {
        let mut line = Vec::new();
        self.lines[at].add_solid(&mut line);
        let text = self.text_of(article);
        line.windows(2).filter(|pair| text.windows(2).any(|other| other == *pair)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::given::Page;

    #[test]
    fn what_speaks_of_a_picture_is_its_headline_and_no_column() {
        let page = |name: &str| {
            let text = format!("{name}\n\n渡口停渡\n渡口停渡三天的告示贴在堤上。\n\n河滩上，孩子们在柳条边上听课。");
            let labels = [Label::Column, Label::Title, Label::Opening, Label::Caption];
            let page = Page::new(&text, &labels);
            let drafts = page.drafts("head words 3\nhead before 1\n");
            let labels = page.labels(&drafts);
            (drafts.articles.into_iter().map(|article| article.heading).collect::<Vec<_>>(), labels[0])
        };
        assert_eq!(page("河滩听课"), (vec![vec![1], vec![0]], Label::Title));
        assert_eq!(page("言者有心"), (vec![vec![0, 1], vec![]], Label::Column));
    }
}
