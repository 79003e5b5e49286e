//! Pages whose labels are given, for tests of what is made of them.

use super::super::labels::Label;
use super::super::lexicon::{Lexicon, ModelTexts};
use super::super::lines::{self, Line};
use super::super::sequence::Labelling;
use super::super::{blocks, cohesion::Terms, features};
use super::{Drafts, draft};

/// A page.
pub(super) struct Page {
    lines: Vec<Line>,
    labelling: Labelling,
}

impl Page {
    /// A page whose lines have those labels beyond doubt, each headline line in a head of its own.
    pub fn new(text: &str, labels: &[Label]) -> Self {
        let lines = lines::read(text);
        let mut marginals = vec![[0.0; Label::COUNT]; lines.len()];
        labels.iter().zip(&mut marginals).for_each(|(&label, row)| row[label as usize] = 1.0);
        let heads = (1..=labels.len() as u32).collect();
        Self { lines, labelling: Labelling { labels: labels.to_vec(), marginals, heads, ..Labelling::default() } }
    }

    /// Sets how likely a label is.
    pub fn with_chance(mut self, at: usize, label: Label, chance: f32) -> Self {
        self.labelling.marginals[at][label as usize] = chance;
        self
    }

    /// Says of which head its lines are.
    pub fn with_heads(mut self, heads: &[u32]) -> Self {
        self.labelling.heads = heads.to_vec();
        self
    }

    /// What is made of it with those weights of joins.
    pub fn drafts(&self, joins: &str) -> Drafts {
        self.drafts_with(&ModelTexts { joins, ..ModelTexts::default() })
    }

    /// What is made of it with those weights.
    pub fn drafts_with(&self, weights: &ModelTexts<'_>) -> Drafts {
        let lexicon = Lexicon::from_texts(weights);
        let looks = features::look(&self.lines, &lexicon.wording);
        let blocks = blocks::cut(&self.lines, &self.labelling);
        draft(&self.lines, &looks, &self.labelling, &blocks, &lexicon, Terms::new(&self.lines, &lexicon), None)
    }

    /// Its lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What its lines are before.
    pub fn labelling(&self) -> &Labelling {
        &self.labelling
    }

    /// What its lines are then.
    pub fn labels(&self, drafts: &Drafts) -> Vec<Label> {
        drafts.labels(&self.lines, &self.labelling.labels)
    }
}
