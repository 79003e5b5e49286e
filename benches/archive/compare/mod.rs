//! Our index beside others, in one run over the same articles and questions: tantivy with the same tokens, SQLite's FTS5
//! with trigrams and with the words of jieba, a literal scan of text files by ripgrep.

mod fts;
mod ours;
mod question;
mod scan;
mod tantivy_pairs;

use crate::support::{Sentences, memory_mb, ms, percentile};
use question::{Question, questions};
use std::path::Path;
use std::time::{Duration, Instant};

/// Rows of a first page.
pub const ROWS: usize = 50;
/// Runs of each question; fewer where one takes longer than a fifth of a second.
const RUNS: usize = 20;
const SLOW_RUNS: usize = 3;

/// What building an index took.
pub struct Built {
    /// Without the making of the articles.
    pub spent: Duration,
    /// On the disk.
    pub bytes: u64,
}

/// Something that answers questions. Numbers of articles count from 0 in the order of days.
pub trait Engine {
    /// For the table.
    fn name(&self) -> &'static str;
    /// How many articles it finds; `None` if it cannot be asked.
    fn count(&self, question: &Question) -> Option<u64>;
    /// The newest fifty.
    fn newest(&self, question: &Question) -> Option<usize>;
    /// The fifty that fit best.
    fn fitting(&self, question: &Question) -> Option<usize>;
    /// Counts by month, section and town; their sum.
    fn facets(&self, question: &Question) -> Option<u64>;
}

/// Prints the table; the engines that are named in `only`, or all.
pub fn run(sentences: &Sentences, articles: usize, only: Option<&str>, folder: &Path) {
    let wanted = |name: &str| only.is_none_or(|names| names.split(',').any(|n| n == name));
    let (texts, facts) = scan::write(sentences, articles, folder);
    println!("text: {}; {articles} articles, {:.0} MB folded\n", sentences.origin, texts.bytes as f64 / 1e6);
    let truth: Vec<u64> = questions().iter().map(|q| texts.scan(q, &facts)).collect();
    println!(
        "| | build, articles/s | index / text | newest p50 | p95 | relevance p50 | p95 | total and counts p50 | p95 | exact |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut details = Vec::new();
    let mut row = |engine: &dyn Engine, built: &Built| {
        let line = measure(engine, &truth, &mut details);
        println!(
            "| {} | {:.0} | {:.2} | {line}",
            engine.name(),
            articles as f64 / built.spent.as_secs_f64(),
            built.bytes as f64 / texts.bytes as f64,
        );
        eprintln!("{}: {} MB in memory", engine.name(), memory_mb("VmRSS"));
    };
    if wanted("ours") {
        let (engine, built) = ours::build(sentences, articles, folder);
        row(&engine, &built);
    }
    if wanted("tantivy") {
        let (engine, built) = tantivy_pairs::build(&texts, &facts, folder);
        row(&engine, &built);
    }
    for (name, words) in [("jieba", fts::Words::Jieba), ("trigram", fts::Words::Trigrams)] {
        if wanted(name) {
            let (engine, built) = fts::build(&texts, &facts, folder, words);
            row(&engine, &built);
        }
    }
    if wanted("scan") {
        texts.time_scans(&facts);
    }
    println!("\nArticles found of those there are, and milliseconds (newest p50 / counts p50):\n");
    for line in details {
        println!("{line}");
    }
}

/// Asks everything; gives the table's cells.
fn measure(engine: &dyn Engine, truth: &[u64], details: &mut Vec<String>) -> String {
    let mut all: [Vec<f64>; 3] = Default::default();
    let mut right = 0;
    for (question, &there_are) in questions().iter().zip(truth) {
        let count = engine.count(question);
        right += usize::from(count == Some(there_are));
        let newest = time(|| engine.newest(question).is_some());
        let fitting = time(|| engine.fitting(question).is_some());
        let facets = time(|| engine.facets(question).is_some());
        details.push(format!(
            "{} | {} | {} of {there_are} | {:.1} | {:.1}",
            engine.name(),
            question.name,
            count.map_or_else(|| "-".to_owned(), |c| c.to_string()),
            percentile(&newest, 50),
            percentile(&facets, 50),
        ));
        for (sum, times) in all.iter_mut().zip([newest, fitting, facets]) {
            sum.extend(times);
        }
    }
    all.iter_mut().for_each(|times| times.sort_by(f64::total_cmp));
    let cells: Vec<String> =
        all.iter().map(|t| format!("{:.1} | {:.1}", percentile(t, 50), percentile(t, 95))).collect();
    format!("{} | {right} of {} |", cells.join(" | "), truth.len())
}

/// Milliseconds of several runs, ascending; none if the engine cannot be asked.
fn time(mut ask: impl FnMut() -> bool) -> Vec<f64> {
    let start = Instant::now();
    if !ask() {
        return Vec::new();
    }
    let runs = if start.elapsed().as_millis() > 200 { SLOW_RUNS } else { RUNS };
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            ask();
            ms(start.elapsed())
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}
