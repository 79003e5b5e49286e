//! Subtitles that stand without their headline: a line that begins with a dash goes on with a headline, and is none itself. Where
//! its headline stands elsewhere on the page, what it says tells whose it is.

use super::super::blocks::{At, Block, What};
use super::super::cohesion::Cohesion;
use super::super::labels::Label;
use super::super::lines::Line;
use super::Desk;
use super::lone::MOST_ARTICLES;

/// What it is worth for a text to begin right behind the subtitle, beside the words that they share.
const BESIDE: f32 = 0.15;
/// Blocks between a subtitle and the text it is of, at most: no page has more.
const NEAR: usize = 400;
/// How sure it is at most whose the subtitle is.
const MOST_SURE: f32 = 0.6;

/// Whether a block is a subtitle and nothing else.
pub(super) fn is_dashed(block: &Block, lines: &[Line], labels: &[Label]) -> bool {
    block.what == What::Heading
        && begins_with_dash(&lines[block.first()])
        && block.lines[1..].iter().all(|&at| labels[at].is_more())
}

fn begins_with_dash(line: &Line) -> bool {
    line.chars.starts_with(&['—', '—'])
}

/// Labels the subtitles of a head that stood alone.
pub(super) fn label(heading: &[At], lines: &[Line], labels: &mut [Label]) {
    let is_title = |at: At, labels: &[Label]| labels[at] == Label::Title;
    if !heading.iter().any(|&at| is_title(at, labels) && !begins_with_dash(&lines[at])) {
        return;
    }
    let mut goes_on = false;
    for &at in heading {
        let begins = is_title(at, labels) && begins_with_dash(&lines[at]);
        goes_on = begins || (goes_on && labels[at] == Label::TitleMore);
        if goes_on {
            labels[at] = if begins { Label::Subtitle } else { Label::SubtitleMore };
        }
    }
}

impl Desk<'_> {
    /// Gives the subtitles that stand alone, by their blocks, to articles with a headline and no such subtitle. Those that speak
    /// of nothing are left.
    pub(super) fn give_dashed(&mut self, blocks: &[usize], article_of_heading: &mut [Option<usize>]) {
        if blocks.is_empty() {
            return;
        }
        // Of every article whether it has a headline, and a subtitle.
        let mut heads = vec![(false, false); self.articles.len()];
        for (block, article) in article_of_heading.iter().enumerate() {
            let Some(article) = *article else { continue };
            heads[article].0 = true;
            heads[article].1 |= self.blocks[block].lines.iter().any(|&at| begins_with_dash(&self.lines[at]));
        }
        for &block in blocks {
            let lines = self.blocks[block].lines.clone();
            let is_near = |a: usize| self.ends[a].0.abs_diff(block) <= NEAR;
            let takes = |a: &usize| heads[*a] == (true, false) && is_near(*a) && !self.articles[*a].texts.is_empty();
            let candidates: Vec<usize> = (0..heads.len()).filter(takes).take(MOST_ARTICLES).collect();
            let texts: Vec<Vec<char>> = candidates.iter().map(|&a| self.text_of(&self.articles[a])).collect();
            let texts: Vec<&[char]> = texts.iter().map(Vec::as_slice).collect();
            let cohesion = Cohesion::new(&[&lines], &texts, &mut self.terms);
            let is_passed = |i: &usize| matches!(self.blocks[*i].what, What::Byline | What::Furniture);
            let behind = (block + 1..self.blocks.len()).find(|i| !is_passed(i)).and_then(|i| self.article_of[i]);
            let score = |n: usize| {
                let beside = if behind == Some(candidates[n]) { BESIDE } else { 0.0 };
                cohesion.score(0, n) + beside
            };
            let best = (0..candidates.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)).then(b.cmp(&a)));
            if let Some(best) = best.filter(|&best| score(best) > 0.0) {
                let article = candidates[best];
                article_of_heading[block] = Some(article);
                heads[article].1 = true;
                let sure = &mut self.articles[article].heading_certainty;
                *sure = sure.min(MOST_SURE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::given::Page;

    #[test]
    fn a_subtitle_that_stands_alone_goes_to_the_headline_whose_text_it_speaks_of() {
        let first = "渡口停渡\n渡口停渡三天的告示贴在堤上。";
        let page = |text: &str| format!("{first}\n\n——{text}\n\n河滩种柳\n河滩上种了三亩柳条。");
        let labels = [Label::Title, Label::Opening, Label::Title, Label::Title, Label::Opening];
        let headings = |text: &str| {
            let page = Page::new(&page(text), &labels);
            let drafts = page.drafts("head words 3\n");
            let labels = page.labels(&drafts);
            (drafts.articles.into_iter().map(|article| article.heading).collect::<Vec<_>>(), labels[2])
        };
        assert_eq!(headings("老船工说告示"), (vec![vec![0, 2], vec![3]], Label::Subtitle));
        assert_eq!(headings("三亩柳条护堤"), (vec![vec![0], vec![2, 3]], Label::Subtitle));
        assert_eq!(headings("夜里下了雨").1, Label::Title, "nothing tells whose it is");
    }
}
