//! Suggestions while typing, related articles.

use super::ArchiveError;
use super::attributes::Facet;
use super::bits::Bits;
use super::order;
use super::reader::Reader;
use crate::model::{ArticleId, Filter, Sort};
use crate::search::{self, Field, Node, Query, Term, fold_string, spells, weight};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Headlines among the suggestions.
const MAX_HEADLINES: u32 = 4;
/// Words of an article that its relatives are looked for by.
const KEYWORDS: usize = 10;
/// A word of more than one article in so many says nothing.
const COMMON: u64 = 12;

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionKind {
    /// Something searched before.
    History,
    /// A saved search.
    Saved,
    /// A town.
    Town,
    /// A section or standing column.
    Section,
    /// A name from the bylines.
    Name,
    /// A tag.
    Tag,
    /// A headline.
    Headline,
}

/// Something to search for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The text.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// It was found by its pinyin and must be labelled so ("pinghu → 平湖").
    pub by_pinyin: bool,
    /// Articles behind it, where that is known.
    pub count: Option<u64>,
}

/// An article near to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// The article.
    pub id: ArticleId,
    /// How near; larger is nearer.
    pub score: f32,
    /// The words they share, rarest first.
    pub words: Vec<String>,
}

impl Reader {
    /// Suggestions for what is being typed, at most `limit`.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, ArchiveError> {
        let typed = typed.trim();
        let folded = fold_string(typed);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let mut out: Vec<Suggestion> = Vec::new();
        let plain = |text: String, kind| Suggestion { text, kind, by_pinyin: false, count: None };
        for query in self.history(200)? {
            if fold_string(&query).starts_with(&folded) && query != typed {
                out.push(plain(query, SuggestionKind::History));
            }
        }
        out.truncate(limit / 3 + 1);
        for saved in self.saved_searches()? {
            if fold_string(&saved.name).contains(&folded) {
                out.push(plain(saved.request.query, SuggestionKind::Saved));
            }
        }
        self.view(|evaluator| {
            let everything = evaluator.find(&Query::parse(""), &Filter::default())?;
            let counts = evaluator.name_totals(&everything);
            let mut names = Vec::new();
            for (facet, kind) in [
                (Facet::Town, SuggestionKind::Town),
                (Facet::Section, SuggestionKind::Section),
                (Facet::Column, SuggestionKind::Section),
                (Facet::Byline, SuggestionKind::Name),
                (Facet::Tag, SuggestionKind::Tag),
            ] {
                for (id, name) in evaluator.snapshot.names.of(facet) {
                    let count = counts.get(id as usize).copied().unwrap_or(0);
                    let literal = fold_string(name).contains(&folded);
                    if count > 0 && (literal || spells(&folded, name)) {
                        names.push(Suggestion { text: name.to_owned(), kind, by_pinyin: !literal, count: Some(count) });
                    }
                }
            }
            names.sort_by(|a, b| (a.by_pinyin, a.kind).cmp(&(b.by_pinyin, b.kind)).then(b.count.cmp(&a.count)));
            names.truncate(limit);
            out.extend(names);
            if let Some(term) = Term::new(Field::Title, typed, false) {
                let found = evaluator.find(&Query { root: Node::Term(term), notes: Vec::new() }, &Filter::default())?;
                for slot in order::page(evaluator, &found, Sort::Newest, 0, MAX_HEADLINES) {
                    let title = self.stored(ArticleId(evaluator.snapshot.id(slot)))?.map(|a| a.title);
                    out.extend(title.map(|text| plain(text, SuggestionKind::Headline)));
                }
            }
            Ok(())
        })?;
        let mut seen = HashSet::new();
        out.retain(|s| seen.insert(s.text.clone()));
        out.truncate(limit);
        Ok(out)
    }

    /// Articles about the same things: those that share its rare words, nearest first.
    pub fn related(&self, id: ArticleId, limit: usize) -> Result<Vec<Related>, ArchiveError> {
        let Some(article) = self.stored(id)? else { return Ok(Vec::new()) };
        let mut words: HashMap<String, f32> = HashMap::new();
        let lead: String = article.paragraphs().take(6).collect::<Vec<_>>().join("\n");
        for (text, factor) in [(article.title.as_str(), 3.0), (lead.as_str(), 1.0)] {
            for word in search::words(text) {
                let folded = search::fold(word);
                if folded.len() >= 2 && folded.iter().all(|c| c.is_alphanumeric() && !c.is_ascii_digit()) {
                    *words.entry(folded.into_iter().collect()).or_default() += factor;
                }
            }
        }
        self.view(|evaluator| {
            let total = evaluator.snapshot.order.len() as u64;
            let mut weighed: Vec<(f32, String, Bits)> = Vec::new();
            for (word, times) in words {
                let Some(term) = Term::new(Field::Any, &word, false) else { continue };
                let set = evaluator.node(&Node::Term(term))?;
                let count = set.count();
                if count > 1 && count <= (total / COMMON).max(20) {
                    weighed.push((weight(count, total) * (1.0 + times.ln()), word, set));
                }
            }
            weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            weighed.truncate(KEYWORDS);
            let mut scores: HashMap<u32, f32> = HashMap::new();
            for (weight, _, set) in &weighed {
                set.iter().for_each(|slot| *scores.entry(slot).or_default() += weight);
            }
            let mut best: Vec<(u32, f32)> =
                scores.into_iter().filter(|(slot, _)| evaluator.snapshot.id(*slot) != id.0).collect();
            best.sort_by(|a, b| {
                b.1.total_cmp(&a.1).then_with(|| evaluator.snapshot.key(a.0).cmp(&evaluator.snapshot.key(b.0)))
            });
            best.truncate(limit);
            let shared = |slot: u32| {
                weighed.iter().filter(|(_, _, set)| set.contains(slot)).map(|(_, word, _)| word.clone()).collect()
            };
            let related =
                |(slot, score)| Related { id: ArticleId(evaluator.snapshot.id(slot)), score, words: shared(slot) };
            Ok(best.into_iter().map(related).collect())
        })
    }
}
