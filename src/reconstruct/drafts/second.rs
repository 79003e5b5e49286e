//! Second thoughts: pieces of text are chained one after another, before headlines are given out. Where another choice was
//! nearly as good, the page is put together with it once more, and it is kept if all decisions together are likelier.

use super::Desk;

/// Choices that are tried on a page.
const MOST: usize = 3;
/// The least probability of a choice that is tried.
const LEAST: f32 = 0.05;
/// What must be gained by another choice, as a natural logarithm.
const GAIN: f32 = 0.1;

/// What was decided of a piece of text, and the next best choice.
#[derive(Debug)]
pub(super) struct Decision {
    pub block: usize,
    /// Last block of the text that it might go on with instead; `None` if it might begin one.
    pub other: Option<usize>,
    /// Probability of that.
    chance: f32,
}

impl Desk<'_> {
    /// Puts everything together, with what is settled.
    pub(super) fn put_together(&mut self) {
        self.article_of = vec![None; self.blocks.len()];
        self.articles.clear();
        self.ends.clear();
        self.decisions.clear();
        self.worth = 0.0;
        self.chain_texts();
        self.give_headings();
    }

    /// Notes what is decided of the piece `block`.
    pub(super) fn decide(&mut self, block: usize, best: usize, articles: &[Option<usize>], chances: &[f32]) {
        self.worth += chances[best].max(1e-6).ln();
        let others = (0..chances.len()).filter(|&other| other != best);
        let Some(other) = others.max_by(|&a, &b| chances[a].total_cmp(&chances[b])) else { return };
        if chances[other] >= LEAST {
            let end = articles[other].map(|article| self.ends[article].1);
            self.decisions.push(Decision { block, other: end, chance: chances[other] });
        }
    }

    /// Tries the choices that were nearly as good; leaves the best articles there are.
    pub(super) fn think_again(&mut self) {
        if self.teacher.is_some() {
            return;
        }
        let mut open = std::mem::take(&mut self.decisions);
        open.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.block.cmp(&b.block)));
        let mut best = (self.worth, std::mem::take(&mut self.articles));
        for decision in open.into_iter().take(MOST) {
            self.settled.push(decision);
            self.put_together();
            if self.worth > best.0 + GAIN {
                best = (self.worth, std::mem::take(&mut self.articles));
            } else {
                self.settled.pop();
            }
        }
        self.articles = best.1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::given::Page;

    /// Headlines and texts of the articles of a page.
    fn articles(page: &Page) -> Vec<(Vec<usize>, Vec<Vec<usize>>)> {
        let drafts = page.drafts("text new 0.3\nhead words 3\n");
        drafts.articles.into_iter().map(|article| (article.heading, article.texts)).collect()
    }

    #[test]
    fn a_piece_that_takes_a_headline_from_its_own_text_goes_back_to_it() {
        // By itself the last piece rather begins a text, but then the first headline would not know whose it is.
        let text = "渡口停渡\n渡口停渡的告示贴在堤\n河滩种柳\n河滩上种了三亩柳条。\n渡口停渡三天。\n夜里下了一场雨。";
        let labels = [Label::Title, Label::Opening, Label::Title, Label::Opening, Label::Opening, Label::Opening];
        let found = articles(&Page::new(text, &labels).with_chance(4, Label::Opening, 0.5));
        assert_eq!(found[..2], [(vec![0], vec![vec![1], vec![4]]), (vec![2], vec![vec![3]])]);
    }

    #[test]
    fn subheads_that_come_behind_all_of_their_text_are_no_article_of_their_own() {
        let text = "河滩种柳\n河滩上种了三亩柳条。\n（下转2版）\n头一天来了三个人\n第二年的柳条";
        let labels = [Label::Title, Label::Opening, Label::Jump, Label::Subhead, Label::Subhead];
        assert_eq!(articles(&Page::new(text, &labels)), [(vec![0], vec![vec![1, 2], vec![3, 4]])]);
    }
}
