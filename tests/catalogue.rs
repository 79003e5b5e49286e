//! What the catalogue makes of articles as they were really printed: headlines and paragraphs are taken from the answers,
//! so that the shares below speak of the catalogue alone and not of reconstruction.
//!
//! Pages outside the repository are looked at where they exist; a line says so where they do not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::catalogue::{Gazetteer, Sections, catalogue};
use baoku::export::record::{ArticleRecord, PageRecord};
use baoku::ingest::places;
use baoku::model::{Article, Block, BlockKind, DateEvidence, Furniture, FurnitureKind, Hints, Kind, Page, PlaceList};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What was counted.
#[derive(Debug, Default)]
struct Score {
    articles: f64,
    kinds: f64,
    sectioned: f64,
    sections: f64,
    town_hits: f64,
    town_extra: f64,
    town_missed: f64,
    dated: f64,
    dates: f64,
}

impl Score {
    fn town_f1(&self) -> f64 {
        2.0 * self.town_hits / (2.0 * self.town_hits + self.town_extra + self.town_missed).max(1.0)
    }

    #[track_caller]
    fn assert_at_least(&self, towns: f64, sections: f64, kinds: f64, dates: f64) {
        let rows = [
            ("towns", self.town_f1(), towns),
            ("sections", self.sections / self.sectioned.max(1.0), sections),
            ("kinds", self.kinds / self.articles.max(1.0), kinds),
            ("dates", self.dates / self.dated.max(1.0), dates),
        ];
        for (what, share, _) in rows {
            println!("  {what:9} {share:.4}");
        }
        for (what, share, floor) in rows {
            assert!(share >= floor, "{what}: {share:.4} is below {floor}");
        }
    }
}

/// The page as perfect reconstruction would hand it over. A page without printed date is argued from its text.
fn rebuilt(gold: &PageRecord) -> Page {
    let articles = gold.articles.iter().map(rebuilt_article).collect();
    let furniture = gold.furniture.iter().map(|f| Furniture { from: f.from, to: f.to, what: f.what }).collect();
    Page { articles, furniture, date: DateEvidence::default(), ..Page::default() }
}

fn rebuilt_article(gold: &ArticleRecord) -> Article {
    let block = |kind, text: &String| Block { kind, text: text.clone(), runs: Vec::new() };
    let subheads = gold.subheads.iter().map(|s| block(BlockKind::Subhead, s));
    let paragraphs = gold.paragraphs.iter().map(|p| block(BlockKind::Paragraph, p));
    Article {
        kicker: gold.kicker.clone(),
        title: gold.title.clone(),
        title_printed: gold.title_printed,
        subtitle: gold.subtitle.clone(),
        column: gold.column.clone(),
        bylines: gold.bylines.clone(),
        blocks: subheads.chain(paragraphs).collect(),
        spans: gold.lines.clone(),
        ..Article::default()
    }
}

/// A gold page: made pages name their furniture in words of their own, and a headline is printed unless said otherwise.
fn gold(path: &Path) -> (PageRecord, Value) {
    let mut value: Value = serde_json::from_slice(&std::fs::read(path).expect("gold")).expect("JSON");
    for furniture in value["furniture"].as_array_mut().expect("furniture") {
        furniture["what"] = serde_json::to_value(FurnitureKind::Masthead).expect("a word");
    }
    for article in value["articles"].as_array_mut().expect("articles") {
        if article["title_printed"].is_null() {
            article["title_printed"] = true.into();
        }
    }
    if value["page"]["date_why"].is_null() {
        value["page"]["date_why"] = "".into();
    }
    (serde_json::from_value(value.clone()).expect("a page"), value)
}

/// Scores every gold page of a folder for which `keep` says yes.
fn score(golds: &Path, dumps: &Path, list: &PlaceList, keep: impl Fn(&Value) -> bool) -> Score {
    let (places, sections) = (Gazetteer::new(list), Sections::builtin());
    let mut files: Vec<PathBuf> = std::fs::read_dir(golds).expect("golds").flatten().map(|e| e.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".gold.json"));
    files.sort();
    let verbose = std::env::var_os("CATALOGUE_VERBOSE").is_some();
    let mut score = Score::default();
    let mut told = BTreeSet::new();
    for file in files {
        let (gold, raw) = gold(&file);
        let text = std::fs::read_to_string(dumps.join(&gold.dump)).expect("the dump");
        let mut page = rebuilt(&gold);
        catalogue(&mut page, &text, &Hints::default(), &places, &sections);
        let raws = raw["articles"].as_array().expect("articles");
        for ((article, answer), raw) in page.articles.iter().zip(&gold.articles).zip(raws) {
            if !keep(raw) {
                continue;
            }
            let wrong = judge(article, answer, &mut score);
            if verbose && !wrong.is_empty() && told.insert(wrong.clone()) {
                println!("{}: {}: {wrong}", raw["source_id"], answer.title);
            }
        }
        judge_date(&page.date, &gold, &mut score, verbose);
    }
    score
}

fn judge(article: &Article, answer: &ArticleRecord, score: &mut Score) -> String {
    let mut wrong = String::new();
    score.articles += 1.0;
    if Kind::from_word(&answer.kind) == Some(article.kind) {
        score.kinds += 1.0;
    } else {
        wrong.push_str(&format!(" kind {:?} for {}", article.kind, answer.kind));
    }
    if !answer.sections.is_empty() {
        score.sectioned += 1.0;
        if article.sections.first().is_some_and(|s| answer.sections.contains(s)) {
            score.sections += 1.0;
        } else {
            wrong.push_str(&format!(" sections {:?} for {:?}", article.sections, answer.sections));
        }
    }
    let (found, due): (BTreeSet<_>, BTreeSet<_>) = (article.towns.iter().collect(), answer.towns.iter().collect());
    score.town_hits += found.intersection(&due).count() as f64;
    score.town_extra += found.difference(&due).count() as f64;
    score.town_missed += due.difference(&found).count() as f64;
    if found != due {
        wrong.push_str(&format!(" towns {found:?} for {due:?}"));
    }
    wrong
}

fn judge_date(date: &DateEvidence, gold: &PageRecord, score: &mut Score, verbose: bool) {
    let best = date.best.map(|d| d.to_string()).unwrap_or_default();
    let facts = &gold.page;
    let right = match (&facts.date_printed, &facts.date_earliest, &facts.date_latest) {
        (Some(printed), ..) => best == *printed,
        (None, Some(earliest), Some(latest)) => *earliest <= best && best <= *latest,
        _ => {
            if verbose {
                println!("{}: {best} for {:?} (not scored): {}", gold.dump, facts.date_best, date.why);
            }
            return;
        }
    };
    score.dated += 1.0;
    score.dates += f64::from(u8::from(right));
    if verbose {
        println!("{}: {right}: {date:?} for {:?}", gold.dump, facts.date_best);
    }
}

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn shared(path: &str) -> Option<PathBuf> {
    let path = in_repository("../shared").join(path);
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn samples_are_catalogued_as_an_archivist_would() {
    let list = places::read(&in_repository("assets/samples/places.toml")).expect("places");
    let dumps = in_repository("assets/samples");
    let score = score(&in_repository("tests/data/samples"), &dumps, &list, |_| true);
    score.assert_at_least(0.85, 0.8, 0.9, 0.0);
}

#[test]
fn real_dumps_are_catalogued_as_an_archivist_would() {
    let (Some(golds), Some(dumps)) = (shared("gold"), shared("dumps")) else { return };
    let score = score(&golds, &dumps, &places::builtin(), |_| true);
    score.assert_at_least(0.9, 0.8, 0.9, 1.0);
}

/// The made pages repeat some fifty stories; the words of sections were looked at with half of them in view.
#[test]
fn made_pages_are_catalogued_as_an_archivist_would() {
    let Some(pages) = shared("pages") else { return };
    let list = places::read(&pages.join("places.toml")).expect("places");
    for half in 0..2 {
        println!("half {half}");
        let number =
            |v: &Value| v["source_id"].as_str().and_then(|s| s.rsplit('-').next()?.parse().ok()).unwrap_or(0u32);
        let score = score(&pages, &pages, &list, |article| number(article) % 2 == half);
        score.assert_at_least(0.9, 0.75, 0.9, 0.95);
    }
}
