//! The sample pages come out as an archivist would file them: the whole way from a file to catalogued articles.
//!
//! `tests/data/samples` holds the answers. The weights have seen these pages in training: what is tested here is that nothing on
//! the way from a file to an article is lost. The shares below are what was reached when they were last looked at, and only rise.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::ingest::{Candidate, Desk, Limits, Loaded, Overrides, load, places, sections};
use baoku::model::FiledPage;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Least share of printed headlines that must be found exactly.
const HEADLINES: f64 = 0.95;

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every sample page as it is filed, with its answers.
fn samples() -> Vec<(String, FiledPage, Value)> {
    let list = places::read(&in_repository("assets/samples/places.toml")).expect("the sample county's place list");
    let desk = Desk::new(&list, &sections::builtin());
    let mut answers: Vec<PathBuf> = std::fs::read_dir(in_repository("tests/data/samples"))
        .expect("the folder of answers")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    answers.sort();
    let page = |answer: PathBuf| {
        let gold: Value = serde_json::from_slice(&std::fs::read(&answer).expect("answers")).expect("JSON");
        let name = gold["dump"].as_str().expect("the dump's name").to_owned();
        let path = in_repository("assets/samples").join(&name);
        let size_bytes = path.metadata().expect("the dump").len();
        let mut dumps = Vec::new();
        load(&Candidate { path, size_bytes }, &Overrides::default(), &Limits::default(), &mut |loaded| {
            match loaded {
                Loaded::Dumps { dumps: found, .. } => dumps.extend(found),
                Loaded::Set { .. } => panic!("no sample is a set"),
                Loaded::Failed(report) => panic!("{name} is refused: {report:?}"),
            }
            true
        });
        assert_eq!(dumps.len(), 1, "{name} is one page");
        let (filed, failure) = desk.file(dumps.remove(0));
        assert_eq!(failure, None, "{name}");
        (name, filed, gold)
    };
    answers.into_iter().map(page).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_line_of_the_samples_has_exactly_one_place() {
    for (name, filed, _) in samples() {
        let mut places: BTreeMap<u32, u32> = BTreeMap::new();
        let spans = filed.page.articles.iter().flat_map(|a| &a.spans).map(|s| (s.from, s.to));
        for (from, to) in spans.chain(filed.page.furniture.iter().map(|f| (f.from, f.to))) {
            for line in from..=to {
                *places.entry(line).or_default() += 1;
            }
        }
        for (number, line) in (1u32..).zip(filed.dump.text.split('\n')) {
            if !line.trim().is_empty() {
                assert_eq!(places.get(&number), Some(&1), "{name}, line {number}: {line}");
            }
        }
    }
}

#[test]
fn samples_get_their_dates_from_the_page_or_the_file_name() {
    for (name, filed, gold) in samples() {
        let best = filed.page.date.best.map(|day| day.to_string());
        assert_eq!(best.as_deref(), gold["page"]["date_best"].as_str(), "{name}");
        assert_eq!(
            filed.page.date.printed.map(|day| day.to_string()).as_deref(),
            gold["page"]["date_printed"].as_str(),
            "{name}"
        );
    }
}

#[test]
fn most_headlines_of_the_samples_are_found() {
    let (mut found, mut printed) = (0, 0);
    for (name, filed, gold) in samples() {
        for article in gold["articles"].as_array().expect("articles") {
            let title = article["title"].as_str().expect("a title");
            printed += 1;
            if filed.page.articles.iter().any(|a| squeezed(&a.title) == squeezed(title)) {
                found += 1;
            } else {
                println!("{name}: not found: {title}");
            }
        }
    }
    let share = f64::from(found) / f64::from(printed);
    assert!(share >= HEADLINES, "{found} of {printed} headlines found");
    println!("{found} of {printed} headlines found");
}
