//! The archive at the scale of a county paper's whole life: building, opening, searching, counting.
//!
//! `cargo bench --bench archive -- --articles 500000` prints one table; several numbers (`50000,200000`) print one each.
//! `--keep FILE` uses (and keeps) an archive file, `--build-only` stops after it; `--exact` checks 2,000 random pieces of
//! text against a literal scan. Built with `RUSTFLAGS="--cfg baoku_compare"`, `--compare` asks other engines beside ours (`--only ours,tantivy,jieba,trigram,scan`; indexes
//! are made in `--folder FOLDER`, where they stay).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[cfg(baoku_compare)]
mod compare;
#[path = "../support/mod.rs"]
mod support;

use baoku::archive::{Archive, Reader};
use baoku::model::*;
use baoku::search::{FoldedDoc, Query, fold};
use std::path::{Path, PathBuf};
use std::time::Instant;
use support::{Generator, Random, Sentences, fill, memory_mb, ms, percentile};

fn main() {
    let mut sizes = vec![20_000];
    let mut keep: Option<PathBuf> = None;
    let mut exact = false;
    let mut build_only = false;
    let mut compares = false;
    let mut only: Option<String> = None;
    let mut kept: Option<PathBuf> = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--articles" => {
                let list = args.next().unwrap_or_default();
                sizes = list.split(',').filter_map(|n| n.replace('_', "").parse().ok()).collect();
            }
            "--keep" => keep = args.next().map(PathBuf::from),
            "--exact" => exact = true,
            "--build-only" => build_only = true,
            "--compare" => compares = true,
            "--only" => only = args.next(),
            "--folder" => kept = args.next().map(PathBuf::from),
            _ => {}
        }
    }
    let sentences = Sentences::load();
    println!("text: {}", sentences.origin);
    if exact {
        check_exactness(&sentences);
        return;
    }
    if compares {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = kept.unwrap_or_else(|| temporary.path().to_owned());
        #[cfg(baoku_compare)]
        for articles in sizes {
            compare::run(&sentences, articles, only.as_deref(), &folder);
        }
        #[cfg(not(baoku_compare))]
        println!("other engines are not built in, see benches/README.md ({sizes:?}, {only:?}, {})", folder.display());
        return;
    }
    for articles in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = keep.clone().unwrap_or_else(|| folder.path().join("bench.db"));
        if !path.exists() {
            build(&sentences, articles, &path);
        }
        if !build_only {
            measure(&path);
        }
    }
}

fn build(sentences: &Sentences, articles: usize, path: &Path) {
    let mut archive = Archive::open(path).expect("a new archive");
    let filled = fill(&mut archive, sentences, articles);
    drop(archive);
    let stats = Reader::open(path).expect("reader").stats().expect("stats");
    let file = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    println!("\n## {} articles, {:.0} MB of text", stats.articles, stats.text_bytes as f64 / 1e6);
    let (seconds, count) = (filled.spent.as_secs_f64(), stats.articles as f64);
    println!(
        "build: {seconds:.1} s, {:.0} articles/s, {:.1} MB/s; {:.3} ms of processor time an article; slowest batch {:.2} s, \
         finishing {:.1} s; peak memory {} MB",
        count / seconds,
        stats.text_bytes as f64 / 1e6 / seconds,
        filled.processor_secs * 1e3 / count,
        filled.slowest.as_secs_f64(),
        filled.finish.as_secs_f64(),
        memory_mb("VmHWM")
    );
    println!("file: {:.0} MB, {:.2} times the text", file as f64 / 1e6, file as f64 / stats.text_bytes as f64);
}

/// From very rare to more than half of all articles; one character to six; AND, phrases, filters.
fn queries() -> Vec<SearchRequest> {
    let plain = |query: &str| SearchRequest { query: query.to_owned(), ..SearchRequest::default() };
    let mut out: Vec<SearchRequest> = [
        "",
        "的",
        "中国",
        "记者",
        "发展",
        "我",
        "鳄",
        "有限公司",
        "人工智能",
        "习近平",
        "中国 发展",
        "经济 市场 企业",
        "\"新能源汽车\"",
        "国家 -美国",
        "足球 OR 篮球",
        "标题:中国",
        "作者:王强",
    ]
    .into_iter()
    .map(plain)
    .collect();
    let date = |y, m| Some(jiff::civil::date(y, m, 1));
    out.push(SearchRequest {
        filter: Filter {
            from: date(2010, 1),
            to: date(2011, 1),
            towns: vec!["石渡镇".to_owned()],
            ..Filter::default()
        },
        ..plain("公司")
    });
    out.push(SearchRequest {
        filter: Filter { sections: vec!["经济".to_owned(), "三农".to_owned()], ..Filter::default() },
        ..plain("的")
    });
    out.push(SearchRequest {
        filter: Filter { towns: vec!["望湖街道".to_owned()], pages: vec!["A1".to_owned()], ..Filter::default() },
        ..plain("")
    });
    out
}

fn measure(path: &Path) {
    let start = Instant::now();
    let archive = Archive::open(path).expect("opens");
    let opened = start.elapsed();
    let reader = archive.reader().expect("reader");
    let first = SearchRequest::default();
    reader.search(&first, 0, 50).expect("first page");
    let listed = start.elapsed();
    reader.facets(&first).expect("counts");
    println!(
        "open: {:.0} ms; with the first page {:.0} ms, with all counts {:.0} ms; memory {} MB",
        ms(opened),
        ms(listed),
        ms(start.elapsed()),
        memory_mb("VmRSS")
    );
    println!("\nmilliseconds; first: nothing remembered of any earlier question");
    println!("\n| query | hits | first | newest p50 | p95 | facets p50 | p95 | relevance p50 | p95 |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut worst = [0.0f64; 3];
    let mut firsts = Vec::new();
    let mut everything: [Vec<f64>; 3] = Default::default();
    for request in queries() {
        let relevance = SearchRequest { sort: Sort::Relevance, ..request.clone() };
        let total = reader.count(&request).expect("count");
        let mut first = Vec::new();
        for _ in 0..5 {
            reader.forget_everything().expect("forgotten");
            let start = Instant::now();
            reader.search(&request, 0, 50).expect("first page");
            first.push(ms(start.elapsed()));
        }
        first.sort_by(f64::total_cmp);
        firsts.extend(first.iter().copied());
        let newest = time(|| forget(&reader).search(&request, 0, 50).map(drop));
        let facets = time(|| forget(&reader).facets(&request).map(drop));
        let fitting = time(|| forget(&reader).search(&relevance, 0, 50).map(drop));
        let name =
            if request.filter.is_empty() { request.query.clone() } else { format!("{} + filters", request.query) };
        print!("| {name} | {total} | {:.1} |", percentile(&first, 50));
        for (i, times) in [newest, facets, fitting].into_iter().enumerate() {
            print!(" {:.1} | {:.1} |", percentile(&times, 50), percentile(&times, 95));
            worst[i] = worst[i].max(percentile(&times, 95));
            everything[i].extend(times);
        }
        println!();
    }
    everything.iter_mut().for_each(|t| t.sort_by(f64::total_cmp));
    firsts.sort_by(f64::total_cmp);
    print!(
        "| **all: p50 and p95 over every run** | | {:.1} / {:.1} |",
        percentile(&firsts, 50),
        percentile(&firsts, 95)
    );
    everything.iter().for_each(|t| print!(" {:.1} | {:.1} |", percentile(t, 50), percentile(t, 95)));
    println!(
        "\nworst p95 of a query: newest {:.1} ms, facets {:.1} ms, relevance {:.1} ms",
        worst[0], worst[1], worst[2]
    );
}

/// The warm reader, but without any result remembered: every run does the whole work.
fn forget(reader: &Reader) -> &Reader {
    reader.forget_results();
    reader
}

fn time(mut run: impl FnMut() -> Result<(), baoku::archive::ArchiveError>) -> Vec<f64> {
    run().expect("warm");
    let mut times: Vec<f64> = (0..20)
        .map(|_| {
            let start = Instant::now();
            run().expect("runs");
            ms(start.elapsed())
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

/// 2,000 random pieces of 1 to 8 characters out of the text: the hits must be those of a literal scan.
fn check_exactness(sentences: &Sentences) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut archive = Archive::open(&folder.path().join("exact.db")).expect("a new archive");
    let import = archive.begin_import().expect("an import");
    let pages: Vec<FiledPage> = Generator::new(sentences, 3000).collect();
    for batch in pages.chunks(40) {
        archive.add_pages(import, batch).expect("stored");
    }
    let docs: Vec<FoldedDoc> = pages.iter().flat_map(|p| p.page.articles.iter().map(FoldedDoc::of)).collect();
    let bodies: Vec<&str> = pages
        .iter()
        .flat_map(|p| p.page.articles.iter().flat_map(|a| a.blocks.iter().map(|b| b.text.as_str())))
        .collect();
    let reader = archive.reader().expect("reader");
    let mut random = Random(7);
    let (mut checked, mut wrong) = (0, 0);
    while checked < 2000 {
        let chars: Vec<char> = bodies[random.below(bodies.len())].chars().collect();
        let len = 1 + random.below(8);
        let from = random.below(chars.len().saturating_sub(len) + 1);
        let text: String = chars[from..(from + len).min(chars.len())].iter().collect();
        let needle = fold(&text);
        if needle.is_empty() {
            continue;
        }
        let holds = |part: &[char]| part.windows(needle.len()).any(|w| w == needle);
        let expected = docs.iter().filter(|d| holds(&d.title) || holds(&d.byline) || holds(&d.body)).count() as u64;
        let query = Query::literal(&text).to_string();
        let found = reader.count(&SearchRequest { query, ..SearchRequest::default() }).expect("count");
        wrong += u32::from(found != expected);
        checked += 1;
    }
    println!("exactness: {checked} pieces of text, {wrong} differ from the literal scan");
    assert_eq!(wrong, 0);
}
