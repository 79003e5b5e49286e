//! Our archive: article table, attributes and pair index in one file.

use super::question::Question;
use super::{Built, Engine, ROWS};
use crate::support::{Sentences, fill};
use baoku::archive::{Archive, Reader};
use baoku::model::{Filter, SearchRequest, Sort};
use std::path::Path;

pub struct Ours {
    reader: Reader,
}

pub fn build(sentences: &Sentences, articles: usize, folder: &Path) -> (Ours, Built) {
    let path = folder.join("ours.db");
    let _ = std::fs::remove_file(&path);
    let mut archive = Archive::open(&path).expect("a new archive");
    let filled = fill(&mut archive, sentences, articles);
    drop(archive);
    let bytes = index_bytes(&path);
    (Ours { reader: Reader::open(&path).expect("opens") }, Built { spent: filled.spent, bytes })
}

/// What the index and the attributes take of the file.
fn index_bytes(path: &Path) -> u64 {
    let db = rusqlite::Connection::open(path).expect("opens");
    let sum = "SELECT (SELECT sum(length(data)) FROM leaves) + (SELECT sum(length(directory)) FROM segments)
               + (SELECT sum(length(data)) FROM attributes)";
    db.query_row(sum, [], |r| r.get::<_, i64>(0)).expect("summed").unsigned_abs()
}

fn request(question: &Question, sort: Sort) -> SearchRequest {
    let mut words: Vec<String> = question.must.iter().map(|w| format!("\"{w}\"")).collect();
    words.extend(question.not.iter().map(|w| format!("-\"{w}\"")));
    if !question.any.is_empty() {
        words.push(format!("({})", question.any.join(" OR ")));
    }
    let filter = Filter {
        from: question.days.map(|d| d.0),
        to: question.days.map(|d| d.1),
        towns: question.town.map(str::to_owned).into_iter().collect(),
        ..Filter::default()
    };
    SearchRequest { query: words.join(" "), filter, sort }
}

impl Ours {
    /// The reader without any result remembered: every run does the whole work.
    fn reader(&self) -> &Reader {
        self.reader.forget_results();
        &self.reader
    }
}

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "Baoku (rows with headline and snippet)"
    }

    fn count(&self, question: &Question) -> Option<u64> {
        Some(self.reader().count(&request(question, Sort::Newest)).expect("counted"))
    }

    fn newest(&self, question: &Question) -> Option<usize> {
        Some(self.reader().search(&request(question, Sort::Newest), 0, ROWS as u32).expect("found").len())
    }

    fn fitting(&self, question: &Question) -> Option<usize> {
        Some(self.reader().search(&request(question, Sort::Relevance), 0, ROWS as u32).expect("found").len())
    }

    fn facets(&self, question: &Question) -> Option<u64> {
        let facets = self.reader().facets(&request(question, Sort::Newest)).expect("counted");
        Some(facets.months.iter().map(|m| m.1).sum())
    }
}
