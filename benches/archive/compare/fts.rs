//! SQLite's FTS5 over words that jieba cut, or over trigrams: the index alone, without the articles' text.
//!
//! Row numbers are in the order of days, so that the newest page costs no sorting; filters and counts use an array in
//! memory, as ours do.

use super::question::{BREAK, Facts, Question};
use super::scan::Texts;
use super::{Built, Engine, ROWS};
use baoku::search::words;
use rayon::prelude::*;
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    Jieba,
    Trigrams,
}

pub struct Fts {
    db: Connection,
    words: Words,
    facts: Vec<Facts>,
    /// Month, section, town of each article as numbers.
    attributes: Vec<[u32; 3]>,
    limits: [usize; 3],
}

pub fn build(texts: &Texts, facts: &[Facts], folder: &Path, words: Words) -> (Fts, Built) {
    let path = folder.join(if words == Words::Jieba { "fts-jieba.db" } else { "fts-trigram.db" });
    let _ = std::fs::remove_file(&path);
    let db = Connection::open(&path).expect("opens");
    let tokenizer = if words == Words::Jieba { "unicode61 remove_diacritics 0" } else { "trigram" };
    db.execute_batch(&format!(
        "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;
         CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='{tokenizer}');"
    ))
    .expect("a table");
    // The dictionary's loading is not what is measured.
    cut("预热");
    let mut spent = Duration::ZERO;
    let mut row = 0i64;
    texts.each_file(|lines| {
        let start = Instant::now();
        let texts: Vec<String> = match words {
            Words::Jieba => lines.par_iter().map(|line| cut(line)).collect(),
            Words::Trigrams => lines.iter().map(|line| line.replace(BREAK, "\n")).collect(),
        };
        db.execute_batch("BEGIN").expect("begun");
        {
            let mut insert = db.prepare_cached("INSERT INTO t (rowid, x) VALUES (?1, ?2)").expect("prepared");
            for text in texts {
                row += 1;
                insert.execute(rusqlite::params![row, text]).expect("inserted");
            }
        }
        db.execute_batch("COMMIT").expect("committed");
        spent += start.elapsed();
    });
    let start = Instant::now();
    db.execute_batch("INSERT INTO t (t) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE);").expect("merged");
    spent += start.elapsed();
    let bytes = std::fs::metadata(&path).map(|m| m.len()).unwrap_or(0);
    let (attributes, limits) = numbers(facts);
    (Fts { db, words, facts: facts.to_vec(), attributes, limits }, Built { spent, bytes })
}

fn cut(line: &str) -> String {
    words(line).join(" ")
}

fn numbers(facts: &[Facts]) -> (Vec<[u32; 3]>, [usize; 3]) {
    let mut known: [HashMap<String, u32>; 3] = Default::default();
    let attributes = facts
        .iter()
        .map(|f| {
            let names = [f.month().to_string(), f.section.clone(), f.town.clone()];
            let mut out = [0; 3];
            for ((name, known), out) in names.into_iter().zip(&mut known).zip(&mut out) {
                let next = known.len() as u32;
                *out = *known.entry(name).or_insert(next);
            }
            out
        })
        .collect();
    (attributes, known.map(|k| k.len()))
}

impl Fts {
    /// The question in FTS5's language; `None` if it has a word that trigrams cannot hold.
    fn expression(&self, question: &Question) -> Option<String> {
        let phrase = |word: &&str| match self.words {
            Words::Jieba => Some(format!("\"{}\"", cut(word))),
            Words::Trigrams => (word.chars().count() >= 3).then(|| format!("\"{word}\"")),
        };
        let all = |words: &[&str]| words.iter().map(phrase).collect::<Option<Vec<String>>>();
        let mut parts = all(&question.must)?;
        if !question.any.is_empty() {
            parts.push(format!("({})", all(&question.any)?.join(" OR ")));
        }
        let mut out = parts.join(" AND ");
        for word in all(&question.not)? {
            out = format!("({out}) NOT {word}");
        }
        Some(out)
    }

    /// Walks the hits in an order until `each` has enough.
    fn walk(&self, question: &Question, order: &str, mut each: impl FnMut(usize) -> bool) -> Option<()> {
        let expression = self.expression(question)?;
        let sql = format!("SELECT rowid FROM t WHERE t MATCH ?1 {order}");
        let mut statement = self.db.prepare_cached(&sql).expect("prepared");
        let mut rows = statement.query([expression]).expect("asked");
        while let Some(row) = rows.next().expect("a row") {
            let number = row.get::<_, i64>(0).expect("a number") as usize - 1;
            if question.lets_through(&self.facts[number]) && !each(number) {
                break;
            }
        }
        Some(())
    }

    fn page(&self, question: &Question, order: &str) -> Option<usize> {
        let mut found = 0;
        self.walk(question, order, |_| {
            found += 1;
            found < ROWS
        })?;
        Some(found)
    }
}

impl Engine for Fts {
    fn name(&self) -> &'static str {
        match self.words {
            Words::Jieba => "FTS5, jieba words (numbers of rows)",
            Words::Trigrams => "FTS5, trigrams (numbers of rows)",
        }
    }

    fn count(&self, question: &Question) -> Option<u64> {
        let mut count = 0;
        self.walk(question, "", |_| {
            count += 1;
            true
        })?;
        Some(count)
    }

    fn newest(&self, question: &Question) -> Option<usize> {
        self.page(question, "ORDER BY rowid DESC")
    }

    fn fitting(&self, question: &Question) -> Option<usize> {
        let plain = question.days.is_none() && question.town.is_none();
        self.page(question, if plain { "ORDER BY rank LIMIT 50" } else { "ORDER BY rank" })
    }

    fn facets(&self, question: &Question) -> Option<u64> {
        let mut counts = self.limits.map(|limit| vec![0u64; limit]);
        self.walk(question, "", |number| {
            for (counts, &value) in counts.iter_mut().zip(&self.attributes[number]) {
                counts[value as usize] += 1;
            }
            true
        })?;
        Some(counts[0].iter().sum())
    }
}
