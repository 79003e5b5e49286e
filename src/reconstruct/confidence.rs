//! How sure an article is: the doubts of its lines, joins and headline put together. Knows nothing of how they arose.

use super::drafts::Draft;
use super::sequence::Labelling;
use crate::model::{Article, Decision, DecisionKind};

/// Fills in `confidence` and `decisions`.
pub(crate) fn judge(article: &mut Article, draft: &Draft, labelling: &Labelling) {
    let lines = draft.heading.iter().chain(&draft.bylines).chain(draft.texts.iter().flatten());
    let mut doubt = 0.0;
    let mut worst: f32 = 1.0;
    for &at in lines {
        let certainty = labelling.certainty(at);
        doubt += 1.0 - certainty;
        worst = worst.min(certainty);
    }
    let paragraphs = (1.0 - doubt).clamp(0.0, 1.0).min(worst);
    article.confidence = paragraphs * draft.join_certainty * draft.heading_certainty.max(0.3);
    let mut decide = |what, confidence: f32, why: String| article.decisions.push(Decision { what, confidence, why });
    if !draft.heading.is_empty() && !draft.texts.is_empty() {
        decide(DecisionKind::Headline, draft.heading_certainty, draft.heading_why.clone());
    }
    if draft.texts.len() > 1 {
        decide(DecisionKind::Grouping, draft.join_certainty, String::new());
    }
    decide(DecisionKind::Paragraphs, worst, String::new());
}
