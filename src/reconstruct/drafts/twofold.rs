//! Heads that are two: where a text has no headline, a head of several lines may hold its headline beside that of another text.
//! Every line then speaks of one of the two texts only.

use super::super::blocks::At;
use super::super::cohesion::profiles;
use super::super::labels::Label;
use super::Desk;
use super::lone::{MOST_ARTICLES, MOST_SURE};

/// What lines say at least of the text without a headline, and those that stay of their own, see [`profiles`].
const LEAST: f32 = 12.0;
const LEAST_STAYING: f32 = 20.0;
/// What each says at most of the other one's text, against what the first say.
const MOST_OTHER: f32 = 0.2;
/// Texts without a headline that a page has at most for anybody to ask.
const MOST_BARE: usize = 8;
/// Lines of a head that may be two.
const LINES: std::ops::RangeInclusive<usize> = 2..=8;

/// Lines of a head that are the headline of another text.
struct Parted {
    /// The text without a headline, and the article whose head they were in.
    to: usize,
    from: usize,
    lines: Vec<At>,
    /// What speaks for it.
    worth: f32,
}

impl Desk<'_> {
    /// Gives texts without a headline those that stand in the heads of others; says what the lines of both heads are now that are
    /// something else.
    pub(super) fn part_heads(&mut self) -> Vec<(At, Label)> {
        let is_bare = |&a: &usize| self.articles[a].heading.is_empty() && !self.articles[a].texts.is_empty();
        let bare: Vec<usize> = (0..self.articles.len()).filter(is_bare).collect();
        let is_several = |&a: &usize| LINES.contains(&self.articles[a].heading.len());
        let several: Vec<usize> = (0..self.articles.len()).filter(is_several).collect();
        if bare.is_empty() || bare.len() > MOST_BARE || self.articles.len() > MOST_ARTICLES {
            return Vec::new();
        }
        let texts = |articles: &[usize]| -> Vec<Vec<char>> {
            articles.iter().map(|&article| self.text_of(&self.articles[article])).collect()
        };
        let mut found: Vec<Parted> = Vec::new();
        let (of_bare, of_several) = (texts(&bare), texts(&several));
        for (&to, text) in bare.iter().zip(&of_bare) {
            for (&from, own) in several.iter().zip(&of_several) {
                found.extend(self.parts_of_head(to, from, &[text, own]));
            }
        }
        found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then((a.to, a.from).cmp(&(b.to, b.from))));
        let mut relabelled = Vec::new();
        let mut is_changed = vec![false; self.articles.len()];
        for Parted { to, from, lines, .. } in found {
            if is_changed[to] || is_changed[from] {
                continue;
            }
            (is_changed[to], is_changed[from]) = (true, true);
            self.articles[from].heading.retain(|at| !lines.contains(at));
            self.articles[to].heading = lines;
            for parted in [from, to] {
                relabelled.extend(self.as_headline(&self.articles[parted].heading));
                let certainty = &mut self.articles[parted].heading_certainty;
                *certainty = if parted == to { MOST_SURE } else { certainty.min(MOST_SURE) };
            }
        }
        relabelled
    }

    /// The first or last lines of a head that speak of another text, and the others of their own; `texts` are both.
    fn parts_of_head(&mut self, to: usize, from: usize, texts: &[&[char]; 2]) -> Vec<Parted> {
        let head = self.articles[from].heading.clone();
        let letters = self.lexicon.balance.head_letters;
        let mut out = Vec::new();
        for cut in 1..head.len() {
            let (first, last) = head.split_at(cut);
            for (lines, rest) in [(first, last), (last, first)] {
                let said = profiles(&[lines, rest], texts, &mut self.terms, letters);
                let (own, other) = (said[0][0], said[0][1].max(said[1][0]));
                if own >= LEAST && said[1][1] >= LEAST_STAYING && other <= MOST_OTHER * own {
                    out.push(Parted { to, from, lines: lines.to_vec(), worth: own - said[0][1] - said[1][0] });
                }
            }
        }
        out
    }

    /// What the lines of a head are that has no headline: one headline.
    fn as_headline(&self, head: &[At]) -> Vec<(At, Label)> {
        if head.iter().any(|&at| self.labelling.labels[at] == Label::Title) {
            return Vec::new();
        }
        let label = |n: usize| if n == 0 { Label::Title } else { Label::TitleMore };
        head.iter().enumerate().map(|(n, &at)| (at, label(n))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label::{Kicker, Opening, Title};
    use super::super::given::Page;

    #[test]
    fn a_head_of_two_stories_is_given_to_both() {
        let page = |first: &str| {
            let text = format!(
                "摆渡人守着渡口修老船，渡口的灯亮着，老船修好下水。\n\n{first}\n河滩种柳条护堤\n河滩上种柳条护堤，农户种了三亩柳条。"
            );
            let page = Page::new(&text, &[Opening, Kicker, Title, Opening]).with_heads(&[0, 1, 1, 0]);
            let drafts = page.drafts("head words 3\nhead adjacent 3\n");
            let read = page.labels(&drafts)[1];
            let heads = drafts.articles.into_iter().map(|article| (article.texts.concat(), article.heading));
            (heads.collect::<Vec<_>>(), read)
        };
        assert_eq!(page("摆渡人渡口修老船"), (vec![(vec![0], vec![1]), (vec![3], vec![2])], Title));
        let whole = (vec![(vec![0], vec![]), (vec![3], vec![1, 2])], Kicker);
        assert_eq!(page("农户河滩种柳条"), whole, "it is of one story");
        assert_eq!(page("夜里下了雨"), whole, "it says nothing of the other one");
    }
}
