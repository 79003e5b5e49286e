//! How long exports take and how much memory: `cargo bench --bench export [-- FORMAT…]`.
//!
//! Articles of 600 characters; booklets of 10 to 5,000 articles, other formats of 5,000. Memory is the process's greatest so
//! far, so formats run from small to large.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::export::{Format, Item, Options, Session};
use baoku::model::{
    Article, ArticleId, Block, BlockKind, Byline, BylineRole, DateEvidence, PageId, Source, StoredArticle, StoredPage,
};
use std::time::Instant;

/// Words of an invented county; sentences are drawn from them.
const WORDS: &str = "春茶开采青石镇茶园里一派忙碌景象村民们背着竹篓走上山坡指尖翻飞嫩芽落进篮子合作社负责人说今年雨水足长势好预计\
    产量比去年提高一成加工车间连夜开机炒青揉捻烘干一道道工序有条不紊";

fn article(number: usize) -> StoredArticle {
    let words: Vec<char> = WORDS.chars().collect();
    let text = |from: usize, len: usize| -> String {
        (0..len).map(|at| if at % 17 == 16 { '，' } else { words[(from * 31 + at * 7) % words.len()] }).collect()
    };
    let block = |kind, text| Block { kind, text, runs: Vec::new() };
    let mut blocks: Vec<Block> = (0..5).map(|p| block(BlockKind::Paragraph, text(number + p, 119) + "。")).collect();
    blocks.insert(3, block(BlockKind::Subhead, text(number, 8)));
    let day = jiff::civil::date(2001, 1, 1).checked_add(jiff::Span::new().days(number as i64 % 9000)).ok();
    StoredArticle {
        id: ArticleId(number as i64 + 1),
        page_id: PageId(number as i64 / 8 + 1),
        position: number as u32 % 8,
        newspaper: Some("青岚日报".into()),
        page_label: Some(format!("A{}", number % 8 + 1)),
        date: DateEvidence { printed: day, best: day, ..DateEvidence::default() },
        source: Source { path: format!("青岚日报/{number}.txt").into(), member: None, part: 1 },
        article: Article {
            title: text(number + 3, 16),
            title_printed: true,
            kicker: number.is_multiple_of(2).then(|| text(number, 12)),
            bylines: vec![Byline { role: BylineRole::Reporter, name: "林小溪".into(), position: None }],
            blocks,
            ..Article::default()
        },
    }
}

fn page(article: &StoredArticle) -> StoredPage {
    StoredPage {
        id: article.page_id,
        import_id: baoku::model::ImportId(1),
        newspaper: None,
        page_label: None,
        date: DateEvidence::default(),
        source: article.source.clone(),
        encoding: "UTF-8".into(),
        engine_version: 1,
        text: WORDS.repeat(60),
        articles: Vec::new(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The process's greatest memory so far in megabytes; none where the system does not tell in this way.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn measure(format: Format, count: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out");
    let articles: Vec<StoredArticle> = (0..count).map(article).collect();
    let began = Instant::now();
    let mut session = Session::into_file(&path, format, &Options::default()).expect("begun");
    for article in &articles {
        let page = format.uses_page().then(|| page(article));
        session.add(&Item { article, page: page.as_ref(), extras: None }).expect("added");
    }
    session.finish(&|| true).expect("finished");
    let seconds = began.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(&path).expect("a file").len();
    println!(
        "{:9} {count:6} articles {seconds:8.2} s {:8.2} ms each {:10.0}/s {:8.1} MB file {:6} MB peak",
        format.word(),
        seconds * 1000.0 / count as f64,
        count as f64 / seconds,
        bytes as f64 / 1e6,
        peak_megabytes().map_or_else(|| "?".to_owned(), |megabytes| megabytes.to_string()),
    );
}

fn main() {
    let wanted: Vec<Format> = std::env::args().skip(1).filter_map(|word| Format::from_word(&word)).collect();
    let is_wanted = |format: &Format| wanted.is_empty() || wanted.contains(format);
    for format in
        Format::ALL.into_iter().filter(|format| !matches!(format, Format::Pdf | Format::Png)).filter(is_wanted)
    {
        measure(format, 5_000);
    }
    if is_wanted(&Format::Png) {
        measure(Format::Png, 1);
        measure(Format::Png, 20);
    }
    if is_wanted(&Format::Pdf) {
        // The first loads the fonts; the second is what a program that runs already takes.
        for count in [10, 10, 100, 1_000, 5_000] {
            measure(Format::Pdf, count);
        }
    }
}
