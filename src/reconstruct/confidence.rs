//! How sure an article is: what speaks against it, put together into the chance that it is exactly right. Weights are
//! learned by `examples/train_sure.rs` on pages that the other weights were not made from.

use super::blocks::At;
use super::chars::is_finished;
use super::drafts::{Draft, Drafts};
use super::labels::Label;
use super::lines::{Line, UNWRAPPED};
use super::sequence::Labelling;
use super::words::{Scratch, Words};
use crate::model::{Article, Decision, DecisionKind};

/// Names of what is seen of an article, in the order of the weights.
pub const SURE_NAMES: [&str; SURE] = [
    "any",
    "lines.doubt",
    "lines.worst",
    "headline.doubt",
    "headline.worst",
    "text.doubt",
    "openings.inside",
    "edges",
    "join",
    "headline",
    "headline.margin",
    "no-headline",
    "no-text",
    "truncated",
    "pieces",
    "lines",
    "torn.words",
    "page.uneven",
    "page.doubt",
    "page.headless",
    "picture",
    "unsigned",
    "signed-twice",
    "page.unwrapped",
    "head.kicker",
    "head.subtitle",
    "head.column",
    "head.title-lines",
    "head.neighbours",
    "head.apart",
    "page.articles",
    "text.begins-open",
    "text.ends-open",
    "walk.elsewhere",
    "walk.nowhere",
    "walk.more",
    "walk.page",
    "walk.close",
    "walk.clear",
    "byline",
    "border.doubt",
    "border.worst",
    "border.unseen",
];
/// Number of weights.
pub const SURE: usize = 43;

/// What is seen of one article.
pub type SureCase = [f32; SURE];

/// The weights, and the chance from which an article counts as sure.
#[derive(Clone, Debug, PartialEq)]
pub struct Sure {
    /// For each observation.
    pub weights: SureCase,
    /// Raw chance that becomes [`Article::SURE`].
    pub at: f32,
}

impl Default for Sure {
    fn default() -> Self {
        Self { weights: [0.0; SURE], at: 0.9 }
    }
}

impl Sure {
    /// Reads the text form that [`Sure::to_text`] writes; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_ascii_whitespace();
            let (Some(name), Some(Ok(value))) = (words.next(), words.next().map(str::parse)) else { continue };
            match SURE_NAMES.iter().position(|n| *n == name) {
                Some(index) => out.weights[index] = value,
                None if name == "at" => out.at = value,
                None => {}
            }
        }
        out
    }

    /// One line for each weight.
    pub fn to_text(&self) -> String {
        let weights = SURE_NAMES.iter().zip(&self.weights).map(|(n, w)| format!("{n} {w:.3}\n"));
        weights.chain([format!("at {:.4}\n", self.at)]).collect()
    }

    /// Chance that an article is exactly right.
    pub fn chance(&self, case: &SureCase) -> f32 {
        let score: f32 = self.weights.iter().zip(case).map(|(w, c)| w * c).sum();
        1.0 / (1.0 + (-score).exp())
    }

    /// The chance on the scale of [`Article::SURE`].
    fn calibrated(&self, raw: f32) -> f32 {
        let at = self.at.clamp(0.01, 0.99);
        if raw < at {
            raw / at * Article::SURE * 0.999
        } else {
            Article::SURE + (raw - at) / (1.0 - at) * (0.995 - Article::SURE)
        }
    }
}

/// Half ems that a full line is short of its measure at most.
const FULL: i32 = 2;

/// Looks at the articles of one sheet.
pub(crate) struct Judge<'a> {
    lines: &'a [Line],
    labelling: &'a Labelling,
    words: Words<'a>,
    scratch: Scratch,
    /// Article of every line; furniture has none.
    owner: Vec<Option<usize>>,
    unwrapped: f32,
    articles: usize,
    uneven: f32,
    doubt: f32,
    headless: f32,
    /// Lines of text that the walk over the paragraphs gave to each head.
    given: Vec<f32>,
    /// Share of the sheet's text that stands under another head than the walk thought.
    strayed: f32,
}

impl<'a> Judge<'a> {
    pub fn new(lines: &'a [Line], labelling: &'a Labelling, drafts: &Drafts) -> Self {
        let mut owner = vec![None; lines.len()];
        for (index, draft) in drafts.articles.iter().enumerate() {
            for &at in draft.heading.iter().chain(&draft.bylines).chain(draft.texts.iter().flatten()) {
                owner[at] = Some(index);
            }
        }
        let lame = |d: &&Draft| d.heading.is_empty() != d.texts.is_empty();
        let uneven = drafts.articles.iter().filter(lame).count() as f32;
        let headless = drafts.articles.iter().filter(|d| d.heading.is_empty()).count() as f32;
        let total: f32 = (0..lines.len()).map(|at| 1.0 - labelling.certainty(at)).sum();
        let articles = drafts.articles.len().max(1) as f32;
        let words = Words::of(lines, drafts.articles.iter().map(|d| d.texts.iter().flatten().copied()));
        let (mut given, mut strayed, mut walked): (Vec<f32>, f32, f32) = (Vec::new(), 0.0, 0.0);
        for draft in &drafts.articles {
            let own = draft.heading.iter().find_map(|&at| labelling.head_of(at));
            for head in draft.texts.iter().flatten().filter_map(|&at| labelling.head_of(at)) {
                let slot = head as usize;
                given.resize(given.len().max(slot + 1), 0.0);
                given[slot] += 1.0;
                walked += 1.0;
                strayed += f32::from(u8::from(own != Some(head)));
            }
        }
        let unwrapped = lines.iter().filter(|l| l.width >= UNWRAPPED).count() * 6 > lines.len();
        Self {
            lines,
            unwrapped: f32::from(u8::from(unwrapped)),
            articles: drafts.articles.len(),
            labelling,
            words,
            scratch: Scratch::default(),
            owner,
            uneven: uneven / articles,
            doubt: (total / articles).min(6.0),
            headless: headless / articles,
            given,
            strayed: strayed / walked.max(1.0),
        }
    }

    /// What is seen of one article.
    pub fn see(&mut self, article: &Article, draft: &Draft) -> SureCase {
        let certainty = |at: &At| self.labelling.certainty(*at);
        let doubt = |lines: &mut dyn Iterator<Item = &At>| lines.map(|at| 1.0 - certainty(at)).sum::<f32>();
        let worst = |lines: &mut dyn Iterator<Item = &At>| lines.map(certainty).fold(1.0, f32::min);
        let text: Vec<At> = draft.texts.iter().flatten().copied().collect();
        let all = || draft.heading.iter().chain(&draft.bylines).chain(&text);
        let mut case: SureCase = [0.0; SURE];
        case[0] = 1.0;
        case[1] = doubt(&mut all()).min(4.0);
        case[2] = 1.0 - worst(&mut all());
        case[3] = doubt(&mut draft.heading.iter()).min(3.0);
        case[4] = 1.0 - worst(&mut draft.heading.iter());
        case[5] = doubt(&mut text.iter()).min(3.0);
        // An article that begins inside this one, unseen.
        let inside = text.iter().skip(1).filter(|&&at| !matches!(self.labelling.labels[at], Label::Opening));
        case[6] = inside.map(|&at| self.labelling.probability(at, Label::Opening)).fold(0.0, f32::max);
        case[7] = self.edges(&text);
        case[8] = 1.0 - draft.join_certainty;
        case[9] = if draft.heading.is_empty() || text.is_empty() { 0.0 } else { 1.0 - draft.heading_certainty };
        case[10] = f32::from(u8::from(case[9] > 0.1));
        case[11] = f32::from(u8::from(!article.title_printed));
        case[12] = f32::from(u8::from(text.is_empty()));
        case[13] = f32::from(u8::from(article.truncated));
        case[14] = draft.texts.len().saturating_sub(1).min(4) as f32;
        case[15] = (text.len() as f32).ln_1p() / 4.0;
        case[16] = self.weakest_seam(draft);
        case[17] = self.uneven;
        case[18] = self.doubt;
        case[19] = self.headless;
        case[20] = f32::from(u8::from(draft.is_caption));
        case[21] = f32::from(u8::from(draft.bylines.is_empty()));
        let has =
            |wanted: Label| f32::from(u8::from(draft.heading.iter().any(|&at| self.labelling.labels[at] == wanted)));
        case[23] = self.unwrapped;
        case[24] = has(Label::Kicker);
        case[25] = has(Label::Subtitle);
        case[26] = has(Label::Column);
        let titles =
            draft.heading.iter().filter(|&&at| matches!(self.labelling.labels[at], Label::Title | Label::TitleMore));
        case[27] = titles.count().saturating_sub(1).min(4) as f32;
        case[28] = self.neighbour_heads(draft);
        let (head, body) = (draft.heading.last(), text.first());
        case[29] = f32::from(u8::from(head.zip(body).is_some_and(|(h, b)| *b < *h || *b - *h > 4)));
        case[30] = (self.articles as f32).ln_1p() / 3.0;
        let label = |at: Option<&At>| at.map(|&at| self.labelling.labels[at]);
        case[31] = f32::from(u8::from(!matches!(label(text.first()), Some(Label::Opening | Label::Caption) | None)));
        let last = text.last().map(|&at| &self.lines[at].chars);
        case[32] = f32::from(u8::from(last.is_some_and(|chars| !is_finished(chars))));
        [case[33], case[34], case[35]] = self.walked(draft, &text);
        case[36] = self.strayed;
        // How near another text is to getting a paragraph of this one, or this one to getting another's.
        if let Some(margin) = self.margin(draft) {
            case[37] = 1.0 / (1.0 + margin.max(0.0));
            case[38] = (margin / 4.0).clamp(0.0, 2.0);
        }
        case[39] = 1.0 - draft.byline_certainty;
        [case[40], case[41], case[42]] = self.borders(&text);
        case[22] = f32::from(u8::from(draft.bylines.chunk_by(|a, b| a + 1 == *b).count() > 1));
        case
    }

    /// How far the walk over the paragraphs made another article of it: shares of its text given to other heads and to
    /// none, and text of others that was given to its head.
    fn walked(&self, draft: &Draft, text: &[At]) -> [f32; 3] {
        let head = draft.heading.iter().find_map(|&at| self.labelling.head_of(at));
        let (Some(head), false) = (head, text.is_empty()) else { return [0.0; 3] };
        let size = text.len() as f32;
        let own = text.iter().filter(|&&at| self.labelling.head_of(at) == Some(head)).count() as f32;
        let none = text.iter().filter(|&&at| self.labelling.head_of(at).is_none()).count() as f32;
        let given = self.given.get(head as usize).copied().unwrap_or(0.0);
        [(size - own - none) / size, none / size, ((given - own) / size).clamp(0.0, 1.0)]
    }

    /// How far its lines might begin other paragraphs than they do, in sum and at worst, and how many line ends show nothing of
    /// it: a sentence ends there with a full line, and the next one has no indent.
    fn borders(&self, text: &[At]) -> [f32; 3] {
        let (mut sum, mut worst, mut unseen) = (0.0, 0.0_f32, 0.0_f32);
        for (&before, &at) in text.iter().zip(text.iter().skip(1)) {
            let begins =
                self.labelling.probability(at, Label::Paragraph) + self.labelling.probability(at, Label::Opening);
            let goes_on = self.labelling.probability(at, Label::Running);
            let doubt = begins.min(goes_on) / (begins + goes_on).max(0.01);
            sum += doubt;
            worst = worst.max(doubt);
            let line = &self.lines[before];
            let is_full = line.shortfall().is_some_and(|shortfall| shortfall <= FULL);
            if is_full && is_finished(&line.chars) && !self.lines[at].was_indented {
                unseen += 1.0;
            }
        }
        [sum.min(3.0), 2.0 * worst, unseen.ln_1p()]
    }

    /// How clear the walk over the paragraphs was about the text of its headline.
    fn margin(&self, draft: &Draft) -> Option<f32> {
        let head = draft.heading.iter().find_map(|&at| self.labelling.head_of(at))?;
        self.labelling.margins.get(head as usize - 1).copied()
    }

    /// Other heads that touch this one: where one ends and the other begins is then a matter of reading.
    fn neighbour_heads(&self, draft: &Draft) -> f32 {
        let (Some(&first), Some(&last)) = (draft.heading.first(), draft.heading.last()) else { return 0.0 };
        let is_other = |at: usize| {
            self.labelling.labels.get(at).is_some_and(|l| l.is_heading()) && self.owner[at] != self.owner[first]
        };
        f32::from(u8::from(first > 0 && is_other(first - 1))) + f32::from(u8::from(is_other(last + 1)))
    }

    /// Chance that a neighbouring text, before or behind, is a piece of this one.
    fn edges(&self, text: &[At]) -> f32 {
        let mut worst: f32 = 0.0;
        for piece in text.chunk_by(|a, b| a + 1 == *b) {
            let (Some(&first), Some(&last)) = (piece.first(), piece.last()) else { continue };
            let goes_on = |at: At| {
                self.labelling.probability(at, Label::Running) + self.labelling.probability(at, Label::Paragraph)
            };
            if let Some(next) = self.owner.get(last + 1)
                && *next != self.owner[last]
            {
                worst = worst.max(goes_on(last + 1));
            }
            if first > 0 && self.owner[first - 1] != self.owner[first] {
                worst = worst.max(goes_on(first));
            }
        }
        worst
    }

    /// How little the parts of the text have in common at the weakest place.
    fn weakest_seam(&mut self, draft: &Draft) -> f32 {
        const REACH: usize = 10;
        let text: Vec<At> = draft.texts.iter().flatten().copied().collect();
        let mut least: f32 = 1.0;
        let starts: Vec<usize> = (1..text.len())
            .filter(|&n| n >= 3 && text.len() - n >= 3 && self.labelling.labels[text[n]] == Label::Paragraph)
            .collect();
        for n in starts {
            let (before, behind) = (&text[n.saturating_sub(REACH)..n], &text[n..(n + REACH).min(text.len())]);
            least = least.min(self.words.tie(&mut self.scratch, before, behind));
        }
        1.0 - least
    }

    /// Fills in `confidence` and `decisions`.
    pub fn judge(&mut self, article: &mut Article, draft: &Draft, sure: &Sure) {
        let case = self.see(article, draft);
        article.confidence = sure.calibrated(sure.chance(&case));
        let mut decide =
            |what, confidence: f32, why: String| article.decisions.push(Decision { what, confidence, why });
        if !draft.heading.is_empty() && !draft.texts.is_empty() {
            decide(DecisionKind::Headline, draft.heading_certainty, draft.heading_why.clone());
        }
        if draft.texts.len() > 1 {
            decide(DecisionKind::Grouping, draft.join_certainty, String::new());
        }
        decide(DecisionKind::Paragraphs, 1.0 - case[2], String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;
    use super::*;

    #[test]
    fn the_scale_rises_and_meets_the_mark() {
        let sure = Sure { at: 0.93, ..Sure::default() };
        let steps: Vec<f32> = (0..=100u8).map(|n| sure.calibrated(f32::from(n) / 100.0)).collect();
        assert!(steps.windows(2).all(|w| w[0] <= w[1]));
        assert!(sure.calibrated(0.93) >= Article::SURE && sure.calibrated(0.92) < Article::SURE);
        assert!(steps[100] < 1.0);
    }

    #[test]
    fn a_full_line_with_a_full_stop_shows_no_border_unless_the_next_has_an_indent() {
        let running = ["老船工沿着河堤走了一里地", "看见渡口的灯还亮着没有灭"].repeat(6).join("\n");
        let unseen = |indent: &str| {
            let text = format!(
                "渡口添灯\n\n{running}\n他把船推下水又拴了两道绳。\n{indent}天亮以后人们都到渡口去看\n{running}。"
            );
            let (_, case) = super::super::learning::doubts(&text, Lexicon::shared()).swap_remove(0);
            case[SURE_NAMES.iter().position(|name| *name == "border.unseen").unwrap()]
        };
        assert!(unseen("") > 0.0);
        assert_eq!(unseen("\u{3000}\u{3000}"), 0.0);
    }

    #[test]
    fn weights_come_back_from_their_text() {
        let mut sure = Sure { at: 0.875, ..Sure::default() };
        sure.weights[4] = -2.5;
        assert_eq!(Sure::from_text(&sure.to_text()), sure);
    }
}
