//! tantivy with the tokens of our index: overlapping pairs of characters with their positions, characters alone without.

use super::question::{BREAK, Facts, Question, chars};
use super::scan::Texts;
use super::{Built, Engine, ROWS};
use std::collections::HashMap;
use std::ops::Bound;
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{DocId, Index, IndexWriter, Order, Score, Searcher, SegmentReader, TantivyDocument, Term};

#[derive(Clone, Copy)]
struct Fields {
    pairs: Field,
    singles: Field,
    day: Field,
    town: Field,
}

pub struct Pairs {
    searcher: Searcher,
    fields: Fields,
    towns: HashMap<String, u64>,
    limits: [usize; 3],
}

pub fn build(texts: &Texts, facts: &[Facts], folder: &Path) -> (Pairs, Built) {
    let folder = folder.join("tantivy");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut schema = Schema::builder();
    let text = |tokenizer: &str, option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let pairs = schema.add_text_field("pairs", text("pairs", IndexRecordOption::WithFreqsAndPositions));
    let singles = schema.add_text_field("singles", text("singles", IndexRecordOption::Basic));
    let day = schema.add_u64_field("day", FAST);
    let town = schema.add_u64_field("town", INDEXED | FAST);
    let month = schema.add_u64_field("month", FAST);
    let section = schema.add_u64_field("section", FAST);
    let order = schema.add_u64_field("order", FAST);
    let index = Index::create_in_dir(&folder, schema.build()).expect("an index");
    index.tokenizers().register("pairs", Grams { length: 2 });
    index.tokenizers().register("singles", Grams { length: 1 });
    let (mut towns, mut sections) = (HashMap::new(), HashMap::new());
    let mut spent = Duration::ZERO;
    let start = Instant::now();
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 400_000_000).expect("a writer");
    spent += start.elapsed();
    let mut number = 0;
    texts.each_file(|lines| {
        let start = Instant::now();
        for line in lines {
            let fact = &facts[number];
            let id = |known: &mut HashMap<String, u64>, name: &String| {
                let next = known.len() as u64;
                *known.entry(name.clone()).or_insert(next)
            };
            let mut document = TantivyDocument::default();
            document.add_text(pairs, line);
            document.add_text(singles, line);
            document.add_u64(day, fact.day_number());
            document.add_u64(town, id(&mut towns, &fact.town));
            document.add_u64(section, id(&mut sections, &fact.section));
            document.add_u64(month, fact.month());
            document.add_u64(order, number as u64);
            writer.add_document(document).expect("added");
            number += 1;
        }
        spent += start.elapsed();
    });
    let start = Instant::now();
    writer.commit().expect("committed");
    writer.wait_merging_threads().expect("merged");
    spent += start.elapsed();
    let files = std::fs::read_dir(&folder).expect("a folder").filter_map(Result::ok);
    let bytes = files.filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    let searcher = index.reader().expect("a reader").searcher();
    let months = facts.iter().map(Facts::month).max().unwrap_or(0) as usize + 1;
    let limits = [months, sections.len(), towns.len()];
    (Pairs { searcher, fields: Fields { pairs, singles, day, town }, towns, limits }, Built { spent, bytes })
}

/// Overlapping pieces of one or two characters, never over the border of a unit.
#[derive(Clone)]
struct Grams {
    length: usize,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        GramStream { text, length: self.length, at: 0, position: 0, token: Token::default() }
    }
}

struct GramStream<'a> {
    text: &'a str,
    length: usize,
    at: usize,
    position: usize,
    token: Token,
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let rest = &self.text[self.at..];
            let Some(first) = rest.chars().next() else { return false };
            let second = rest[first.len_utf8()..].chars().next();
            let from = self.at;
            self.at += first.len_utf8();
            let position = self.position;
            self.position += 1;
            let to = match (self.length, second) {
                _ if first == BREAK => continue,
                (1, _) => self.at,
                (_, Some(second)) if second != BREAK => self.at + second.len_utf8(),
                _ => continue,
            };
            self.token.text.clear();
            self.token.text.push_str(&self.text[from..to]);
            (self.token.offset_from, self.token.offset_to, self.token.position) = (from, to, position);
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Pairs {
    fn word(&self, word: &str) -> Box<dyn Query> {
        let text = chars(word);
        let term = |at: usize| Term::from_field_text(self.fields.pairs, &text[at..at + 2].iter().collect::<String>());
        match text.len() {
            1 => {
                let term = Term::from_field_text(self.fields.singles, &text.iter().collect::<String>());
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            }
            2 => Box::new(TermQuery::new(term(0), IndexRecordOption::WithFreqs)),
            n => {
                // As ours: every second pair and the last one.
                let mut places: Vec<usize> = (0..n - 1).step_by(2).collect();
                if n % 2 == 1 {
                    places.push(n - 2);
                }
                Box::new(PhraseQuery::new_with_offset(places.into_iter().map(|at| (at, term(at))).collect()))
            }
        }
    }

    fn query(&self, question: &Question) -> BooleanQuery {
        let mut parts: Vec<(Occur, Box<dyn Query>)> =
            question.must.iter().map(|w| (Occur::Must, self.word(w))).collect();
        parts.extend(question.not.iter().map(|w| (Occur::MustNot, self.word(w))));
        if !question.any.is_empty() {
            let any = question.any.iter().map(|w| self.word(w)).collect();
            parts.push((Occur::Must, Box::new(BooleanQuery::union(any))));
        }
        if let Some((from, to)) = question.days {
            let day = |day| {
                let facts = Facts { day, town: String::new(), section: String::new() };
                Bound::Included(Term::from_field_u64(self.fields.day, facts.day_number()))
            };
            parts.push((Occur::Must, Box::new(RangeQuery::new(day(from), day(to)))));
        }
        if let Some(town) = question.town {
            let term = Term::from_field_u64(self.fields.town, self.towns[town]);
            parts.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        }
        BooleanQuery::new(parts)
    }
}

impl Engine for Pairs {
    fn name(&self) -> &'static str {
        "tantivy 0.27, the same pairs (numbers of rows)"
    }

    fn count(&self, question: &Question) -> Option<u64> {
        Some(self.searcher.search(&self.query(question), &Count).expect("counted") as u64)
    }

    fn newest(&self, question: &Question) -> Option<usize> {
        let newest = TopDocs::with_limit(ROWS).order_by_fast_field::<u64>("order", Order::Desc);
        Some(self.searcher.search(&self.query(question), &newest).expect("found").len())
    }

    fn fitting(&self, question: &Question) -> Option<usize> {
        let best = TopDocs::with_limit(ROWS).order_by_score();
        Some(self.searcher.search(&self.query(question), &best).expect("found").len())
    }

    fn facets(&self, question: &Question) -> Option<u64> {
        let collector = Tally { limits: self.limits };
        let counts = self.searcher.search(&self.query(question), &collector).expect("counted");
        Some(counts[0].iter().sum())
    }
}

/// Counts by month, section and town out of fast fields.
struct Tally {
    limits: [usize; 3],
}

struct SegmentTally {
    columns: [Column; 3],
    counts: [Vec<u64>; 3],
}

impl Collector for Tally {
    type Fruit = [Vec<u64>; 3];
    type Child = SegmentTally;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let column = |name: &str| segment.fast_fields().u64(name);
        Ok(SegmentTally {
            columns: [column("month")?, column("section")?, column("town")?],
            counts: self.limits.map(|limit| vec![0; limit]),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<[Vec<u64>; 3]>) -> tantivy::Result<[Vec<u64>; 3]> {
        let mut sum = self.limits.map(|limit| vec![0; limit]);
        for counts in segments {
            for (sum, counts) in sum.iter_mut().zip(counts) {
                sum.iter_mut().zip(counts).for_each(|(a, b)| *a += b);
            }
        }
        Ok(sum)
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = [Vec<u64>; 3];

    fn collect(&mut self, document: DocId, _: Score) {
        for (column, counts) in self.columns.iter().zip(&mut self.counts) {
            if let Some(value) = column.first(document) {
                counts[value as usize] += 1;
            }
        }
    }

    fn harvest(self) -> [Vec<u64>; 3] {
        self.counts
    }
}
