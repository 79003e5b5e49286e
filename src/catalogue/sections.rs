//! Which section (版面) an article belongs to: what sort of piece it is, then the column printed over it, then the weight of
//! its words. The sections and their words are data; the only names this file knows are those that follow from a kind.

use super::phrases::Phrases;
use super::story::Story;
use crate::model::{Article, Decision, DecisionKind, Kind, SectionList};
use std::sync::LazyLock;

/// A section list made ready for use.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    names: Vec<String>,
    printed: Phrases<usize>,
    /// Each word with the sections it speaks for.
    words: Phrases<Vec<(usize, f32)>>,
    /// Sections that articles get for their kind, where the list has them.
    opinion: Option<usize>,
    picture: Option<usize>,
    package: Option<usize>,
    front: Option<usize>,
    society: Option<usize>,
}

static BUILTIN: LazyLock<Sections> = LazyLock::new(|| {
    // A test holds the file to be sound.
    Sections::new(&toml::from_str(include_str!("../../assets/sections.toml")).unwrap_or_default())
});

/// How much more a word of the headline and of the lead says.
const HEADLINE: f32 = 2.5;
const LEAD: f32 = 1.3;
/// A second section is named when it weighs at least this share of the first.
const SECOND: f32 = 0.45;
/// What a column that is called like a section adds.
const COLUMN: f32 = 12.0;

impl Sections {
    /// Makes `list` ready.
    pub fn new(list: &SectionList) -> Self {
        let mut printed = Vec::new();
        let mut words: std::collections::BTreeMap<String, Vec<(usize, f32)>> = std::collections::BTreeMap::new();
        for (at, section) in list.sections.iter().enumerate() {
            printed.push((section.name.clone(), at));
            printed.extend(section.printed.iter().map(|name| (name.clone(), at)));
            for (word, weight) in &section.words {
                words.entry(word.clone()).or_default().push((at, *weight));
            }
        }
        let named = |name: &str| list.sections.iter().position(|s| s.name == name);
        Self {
            names: list.sections.iter().map(|s| s.name.clone()).collect(),
            printed: Phrases::new(printed),
            words: Phrases::new(words),
            opinion: named("评论"),
            picture: named("图片"),
            package: named("专题"),
            front: named("要闻"),
            society: named("社会民生"),
        }
    }

    /// The list that ships with Baoku.
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// Fills in the sections of `article`, most fitting first.
    pub(super) fn sort(&self, article: &mut Article, story: &Story, front_page: bool) {
        if self.names.is_empty() {
            return;
        }
        let mut weights = self.weigh(story);
        let printed = self.printed_column(story);
        if let Some(at) = printed {
            weights[at] += COLUMN;
        }
        if let Some(front) = self.front {
            weights[front] *= if front_page { 1.0 } else { 0.75 };
        }
        let total: f32 = weights.iter().sum();
        let mut ranked: Vec<(usize, f32)> = weights.into_iter().enumerate().filter(|(_, w)| *w > 0.0).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let lead = ranked.first().map_or(0.0, |(_, w)| *w);
        let second = ranked.get(1).map_or(0.0, |(_, w)| *w);
        let mut chosen: Vec<usize> = self.of_kind(article.kind, story).into_iter().collect();
        let by_kind = !chosen.is_empty();
        chosen.extend(ranked.iter().filter(|(_, w)| *w >= SECOND * lead).map(|(at, _)| *at));
        if article.kind == Kind::Feature {
            chosen.extend(self.package);
        }
        if chosen.is_empty() {
            chosen.extend(self.society);
        }
        let mut seen = Vec::new();
        chosen.retain(|at| {
            !seen.contains(at) && (seen.len() < 3) && {
                seen.push(*at);
                true
            }
        });
        let confidence = if by_kind { 0.93 } else { (0.5 + 0.9 * (lead - second) / total.max(8.0)).clamp(0.4, 0.95) };
        article.sections = chosen.into_iter().map(|at| self.names[at].clone()).collect();
        let why = printed.map(|at| self.names[at].clone()).unwrap_or_default();
        article.decisions.push(Decision { what: DecisionKind::Section, confidence, why });
    }

    /// The section that follows from the kind.
    fn of_kind(&self, kind: Kind, story: &Story) -> Option<usize> {
        match kind {
            Kind::Commentary => self.opinion,
            Kind::Photo => self.picture,
            Kind::Essay => self.package,
            Kind::Notice if story.paragraphs.first().is_some_and(|p| super::story::is_editors_note(p)) => self.package,
            Kind::Notice => self.society,
            Kind::News | Kind::Feature | Kind::Interview => None,
        }
    }

    /// The section the printed column is called after.
    fn printed_column(&self, story: &Story) -> Option<usize> {
        self.printed.find(&story.column).map(|hit| *hit.value).find(|at| {
            // Comment and picture columns are told by the kind; a column 水乡镜头 may hold a feature.
            Some(*at) != self.opinion && Some(*at) != self.picture
        })
    }

    /// The weight of each section's words in the story.
    fn weigh(&self, story: &Story) -> Vec<f32> {
        // Word by word how much of it there is: a word said ten times says little more than one said three times.
        let mut counts: Vec<(&Vec<(usize, f32)>, f32)> = Vec::new();
        let mut look = |text: &[char], weight: f32| {
            for hit in self.words.find(text) {
                match counts.iter_mut().find(|(value, _)| std::ptr::eq(*value, hit.value)) {
                    Some((_, count)) => *count += weight,
                    None => counts.push((hit.value, weight)),
                }
            }
        };
        look(&story.headline, HEADLINE);
        for subhead in &story.subheads {
            look(subhead, LEAD);
        }
        let lead = story.lead();
        for (at, paragraph) in story.paragraphs.iter().enumerate() {
            look(paragraph, if at == lead { LEAD } else { 1.0 });
        }
        let mut weights = vec![0.0; self.names.len()];
        for (value, count) in counts {
            for (section, weight) in value {
                weights[*section] += weight * (1.0 + count).ln();
            }
        }
        weights
    }
}
