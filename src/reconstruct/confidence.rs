//! How sure an article is: the doubts of its lines, joins and headline put together. Knows nothing of how they arose.

use super::drafts::Draft;
use super::sequence::Labelling;
use crate::model::{Article, Decision, DecisionKind};

/// Raw certainty from which an article is called sure. On articles that were not trained on, 96 in 100 above it were
/// exactly right (98 in 100 on those that were).
const SURE_AT: f32 = 0.95;

/// Fills in `confidence` and `decisions`. `is_even` says whether the page has as many headlines as texts.
pub(crate) fn judge(article: &mut Article, draft: &Draft, labelling: &Labelling, is_even: bool) {
    let lines = draft.heading.iter().chain(&draft.bylines).chain(draft.texts.iter().flatten());
    let mut doubt = 0.0;
    let mut worst: f32 = 1.0;
    for &at in lines {
        let certainty = labelling.certainty(at);
        doubt += 1.0 - certainty;
        worst = worst.min(certainty);
    }
    let mut raw = (1.0 - doubt).clamp(0.0, 1.0).min(worst) * draft.join_certainty;
    let has_both = article.title_printed && !article.blocks.is_empty();
    raw *= if has_both { draft.heading_certainty } else { 0.6 };
    if article.truncated {
        raw *= 0.9;
    }
    if !is_even {
        raw *= 0.9;
    }
    article.confidence = calibrated(raw);
    let mut decide = |what, confidence: f32, why: String| article.decisions.push(Decision { what, confidence, why });
    if !draft.heading.is_empty() && !draft.texts.is_empty() {
        decide(DecisionKind::Headline, draft.heading_certainty, draft.heading_why.clone());
    }
    if draft.texts.len() > 1 {
        decide(DecisionKind::Grouping, draft.join_certainty, String::new());
    }
    decide(DecisionKind::Paragraphs, worst, String::new());
}

/// Raw certainty on the scale of [`Article::SURE`].
fn calibrated(raw: f32) -> f32 {
    if raw < SURE_AT {
        raw / SURE_AT * Article::SURE * 0.999
    } else {
        Article::SURE + (raw - SURE_AT) / (1.0 - SURE_AT) * (0.995 - Article::SURE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_rises_and_meets_the_mark() {
        let steps: Vec<f32> = (0..=100u8).map(|n| calibrated(f32::from(n) / 100.0)).collect();
        assert!(steps.windows(2).all(|w| w[0] <= w[1]));
        assert!(calibrated(SURE_AT) >= Article::SURE && calibrated(SURE_AT - 0.01) < Article::SURE);
        assert!(steps[100] < 1.0);
    }
}
