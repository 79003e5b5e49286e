//! Which towns (镇街道) an article is about, and which it merely mentions.

use crate::model::{Article, PlaceList};

/// A place list made ready for use.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    towns: Vec<(String, Vec<String>)>,
}

impl Gazetteer {
    /// Makes `list` ready.
    pub fn new(list: &PlaceList) -> Self {
        let towns = list
            .towns
            .iter()
            .map(|t| {
                let mut names = vec![t.name.clone()];
                names.extend(t.aliases.iter().chain(&t.zones).chain(&t.villages).cloned());
                (t.name.clone(), names)
            })
            .collect();
        Self { towns }
    }

    /// Fills in the towns of `article`.
    pub fn place(&self, article: &mut Article) {
        let text: String = article.paragraphs().collect::<Vec<_>>().join("\n");
        let all = format!("{}\n{}", article.title, text);
        article.towns = self
            .towns
            .iter()
            .filter(|(_, names)| names.iter().any(|n| all.contains(n.as_str())))
            .map(|(town, _)| town.clone())
            .collect();
    }
}
