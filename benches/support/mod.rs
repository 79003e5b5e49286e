//! A deterministic archive of any size: sentences of real news (or of our own sample text) sampled into new articles on
//! newspaper pages, in the order of days over thirty years.

// Each bench uses its own part of this.
#![allow(dead_code)]

use baoku::archive::{Archive, ReadyPage};
use baoku::model::*;
use flate2::read::GzDecoder;
use jiff::ToSpan as _;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Articles of one page.
const PER_PAGE: usize = 7;
/// Characters of a printed line.
const LINE_CHARS: usize = 26;

/// Text to sample from: sentences by category.
pub struct Sentences {
    categories: Vec<Vec<String>>,
    /// Where it came from, for the table's heading.
    pub origin: &'static str,
}

impl Sentences {
    /// Those of `../shared/corpus` where that exists, else our own.
    pub fn load() -> Self {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/news.jsonl.gz");
        match std::fs::File::open(shared) {
            Ok(file) => Self { categories: read_corpus(GzDecoder::new(file)), origin: "../shared/corpus" },
            Err(_) => Self { categories: own_sentences(), origin: "own sample text" },
        }
    }
}

fn read_corpus(mut reader: impl std::io::Read) -> Vec<Vec<String>> {
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("the corpus is UTF-8");
    let mut by_category: std::collections::BTreeMap<String, Vec<String>> = Default::default();
    for line in text.lines() {
        let Ok(article) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let category = article["category"].to_string();
        let body = article["body"].as_str().unwrap_or_default();
        let out = by_category.entry(category).or_default();
        for sentence in body.split_inclusive(['。', '！', '？']).map(str::trim) {
            if (12..120).contains(&sentence.chars().count()) && !sentence.contains('\n') {
                out.push(sentence.to_owned());
            }
        }
    }
    by_category.into_values().filter(|s| s.len() > 100).collect()
}

/// Sentences put together from parts, about an invented county.
fn own_sentences() -> Vec<Vec<String>> {
    let who = [
        "望湖街道",
        "澄湖市委",
        "新桥镇的农户",
        "市人民医院",
        "县图书馆",
        "沿湖小学的师生",
        "科创园的企业",
        "志愿者队伍",
    ];
    let did = [
        "昨天上午举行了",
        "连续三年推进",
        "认真总结了",
        "正在筹备",
        "顺利完成了",
        "现场察看了",
        "公开征求意见的",
        "投入资金改善",
    ];
    let what = [
        "春季植树活动",
        "老旧小区改造",
        "水稻机插秧演示",
        "G60科创走廊对接会",
        "古桥修缮工程",
        "防汛演练",
        "夜间公交线路",
        "全民阅读计划",
    ];
    let tail = [
        "，惠及群众两千余人。",
        "，同比增长12.5%。",
        "，受到居民好评。",
        "，预计6月底前完工。",
        "，为乡村振兴添了新动力。",
    ];
    let mut out = Vec::new();
    for w in who {
        let mut list = Vec::new();
        for d in did {
            for o in what {
                for t in tail {
                    list.push(format!("{w}{d}{o}{t}"));
                }
            }
        }
        out.push(list);
    }
    out
}

/// A small fast generator (SplitMix64), so that the same seed gives the same archive everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Small numbers far more often than large ones.
    pub fn skewed(&mut self, limit: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((unit * unit * unit) * limit as f64) as usize
    }
}

const TOWNS: [&str; 12] = [
    "望湖街道",
    "新桥镇",
    "南屏街道",
    "石渡镇",
    "柳塘镇",
    "北闸街道",
    "芦荡镇",
    "云泽镇",
    "桃坞镇",
    "高塍镇",
    "沙浦镇",
    "官渎街道",
];
const SECTIONS: [&str; 10] = ["要闻", "经济", "社会民生", "法治", "党建", "三农", "科教文卫", "文旅", "评论", "专题"];

/// Makes pages one after the other.
pub struct Generator<'a> {
    sentences: &'a Sentences,
    random: Random,
    articles: usize,
    done: usize,
    page: usize,
}

impl<'a> Generator<'a> {
    pub fn new(sentences: &'a Sentences, articles: usize) -> Self {
        Self { sentences, random: Random(20230109), articles, done: 0, page: 0 }
    }

    fn article(&mut self, text: &mut String, line: &mut u32) -> Article {
        let category = self.random.below(self.sentences.categories.len());
        let pool = &self.sentences.categories[category];
        let title: String = pool[self.random.below(pool.len())].chars().take(12 + self.random.below(10)).collect();
        let mut article = Article {
            title_printed: true,
            confidence: 0.85 + self.random.below(15) as f32 / 100.0,
            ..Article::default()
        };
        push_line(text, line, &title);
        article.spans.push(Span { from: *line - 1, to: *line - 1, role: Role::Title });
        article.title = title;
        let name = format!(
            "{}{}",
            ["王", "李", "陈", "徐", "沈", "陆", "顾"][self.random.skewed(7)],
            ["强", "晓燕", "建国", "文婷", "海"][self.random.below(5)]
        );
        push_line(text, line, &format!("记者 {name}"));
        article.spans.push(Span { from: *line - 1, to: *line - 1, role: Role::Byline });
        article.bylines.push(Byline { role: BylineRole::Reporter, name, position: None });
        let town = TOWNS[self.random.skewed(TOWNS.len())];
        article.towns.push(town.to_owned());
        article.sections.push(SECTIONS[(category + self.random.skewed(3)) % SECTIONS.len()].to_owned());
        article.kind = Kind::ALL[self.random.skewed(Kind::ALL.len())];
        for what in [DecisionKind::Headline, DecisionKind::Grouping, DecisionKind::Section] {
            article.decisions.push(Decision { what, confidence: 0.9, why: String::new() });
        }
        let body_from = *line;
        let length = 150 + self.random.skewed(1000);
        let mut written = 0;
        while written < length {
            let mut paragraph = if written == 0 { format!("本报讯 {town}，") } else { String::new() };
            for _ in 0..1 + self.random.below(4) {
                paragraph.push_str(&pool[self.random.below(pool.len())]);
            }
            written += paragraph.chars().count();
            article.blocks.push(wrap(text, line, paragraph));
        }
        article.spans.push(Span { from: body_from, to: *line - 1, role: Role::Body });
        article
    }
}

fn push_line(text: &mut String, line: &mut u32, content: &str) {
    text.push_str(content);
    text.push('\n');
    *line += 1;
}

/// Writes a paragraph in printed lines and gives the block with its sources.
fn wrap(text: &mut String, line: &mut u32, paragraph: String) -> Block {
    let chars: Vec<char> = paragraph.chars().collect();
    let mut runs = Vec::new();
    for (i, piece) in chars.chunks(LINE_CHARS).enumerate() {
        let indent = if i == 0 { "\u{3000}\u{3000}" } else { "" };
        runs.push(SourceRun {
            start: (i * LINE_CHARS) as u32,
            len: piece.len() as u32,
            line: *line,
            column: indent.chars().count() as u32,
        });
        push_line(text, line, &format!("{indent}{}", piece.iter().collect::<String>()));
    }
    Block { kind: BlockKind::Paragraph, text: paragraph, runs }
}

impl Iterator for Generator<'_> {
    type Item = FiledPage;

    fn next(&mut self) -> Option<FiledPage> {
        if self.done >= self.articles {
            return None;
        }
        let pages = self.articles.div_ceil(PER_PAGE);
        let day = (self.page as i64 * 30 * 365 / pages as i64) as i32;
        let date = jiff::civil::date(1994, 1, 1).checked_add(day.days()).ok();
        let label = format!("A{}", self.page % 8 + 1);
        let mut text = String::new();
        let mut line = 1;
        push_line(&mut text, &mut line, &format!("澄湖日报 {label}版"));
        let mut page = Page {
            newspaper: Some("澄湖日报".to_owned()),
            page_label: Some(label.clone()),
            date: DateEvidence { printed: date, best: date, ..DateEvidence::default() },
            furniture: vec![Furniture { from: 1, to: 1, what: FurnitureKind::Masthead }],
            ..Page::default()
        };
        for _ in 0..PER_PAGE.min(self.articles - self.done) {
            let article = self.article(&mut text, &mut line);
            page.articles.push(article);
        }
        self.done += page.articles.len();
        self.page += 1;
        let dump = Dump {
            source: Source {
                path: PathBuf::from(format!("{}/{label}-{}.txt", date?, self.page)),
                member: None,
                part: 1,
            },
            encoding: "UTF-8".to_owned(),
            content_hash: format!("{:064x}", self.page),
            text,
            hints: Hints::default(),
        };
        Some(FiledPage { dump, page, engine_version: 1 })
    }
}

/// A value of `/proc/self/status` in megabytes (0 where there is none).
pub fn memory_mb(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// What filling an archive took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filled {
    /// All of it, without the making of the pages.
    pub spent: Duration,
    /// The slowest transaction.
    pub slowest: Duration,
    /// Merging at the end.
    pub finish: Duration,
    /// Processor seconds of all threads.
    pub processor_secs: f64,
}

/// Fills an archive the way an import does: other threads make pages ready while this one writes.
pub fn fill(archive: &mut Archive, sentences: &Sentences, articles: usize) -> Filled {
    /// Pages of one transaction, and transactions for which pages are made ahead of the clock.
    const BATCH: usize = 256;
    const AHEAD: usize = 8;
    let import = archive.begin_import().expect("an import");
    let mut generator = Generator::new(sentences, articles);
    let mut filled = Filled::default();
    loop {
        let batches: Vec<Vec<FiledPage>> = std::iter::from_fn(|| {
            let pages: Vec<FiledPage> = generator.by_ref().take(BATCH).collect();
            (!pages.is_empty()).then_some(pages)
        })
        .take(AHEAD)
        .collect();
        if batches.is_empty() {
            break;
        }
        let (start, before) = (Instant::now(), processor_secs());
        std::thread::scope(|scope| {
            let (send, ready) = std::sync::mpsc::sync_channel::<Vec<ReadyPage>>(1);
            let make = move || {
                for pages in batches {
                    if send.send(pages.into_par_iter().map(ReadyPage::of).collect()).is_err() {
                        return;
                    }
                }
            };
            std::thread::Builder::new().name("ready".to_owned()).spawn_scoped(scope, make).expect("a thread");
            for pages in ready {
                let start = Instant::now();
                archive.add_ready(import, &pages).expect("stored");
                filled.slowest = filled.slowest.max(start.elapsed());
            }
        });
        filled.spent += start.elapsed();
        filled.processor_secs += processor_secs() - before;
    }
    let (start, before) = (Instant::now(), processor_secs());
    archive.finish_import(import, &ImportReport::default()).expect("finished");
    filled.finish = start.elapsed();
    filled.spent += filled.finish;
    filled.processor_secs += processor_secs() - before;
    filled
}

/// Processor time of this process so far, of all its threads (0 where `/proc` does not tell).
fn processor_secs() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<u64>().ok()).sum();
    ticks as f64 / 100.0
}

/// The value below which `percent` of the sorted values lie.
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or(0.0)
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
