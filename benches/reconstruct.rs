//! Pages a second on one core: `cargo bench --bench reconstruct`. Reads `../shared/pages` where it exists, else pages made
//! of our own sentences.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::catalogue::{Gazetteer, Sections, catalogue};
use baoku::model::{Hints, PlaceList};
use baoku::reconstruct::{Lexicon, reconstruct};
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

fn pages() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    names.sort();
    let read: Vec<String> = names.iter().filter_map(|p| std::fs::read_to_string(p).ok()).collect();
    if read.is_empty() { (0..100).map(own_page).collect() } else { read }
}

/// Eight articles in columns of nineteen characters, headlines first or last.
fn own_page(seed: usize) -> String {
    const SENTENCES: [&str; 6] = [
        "昨天，望山镇的老桥修好了，车子又能开过去了。",
        "桥长四十米，宽七米，是三十年前造的，桥墩被大水冲坏过两回。",
        "“走了一辈子的桥，总算又踏实了。”石桥村的陆小满说。",
        "镇里请来设计院的工程师，把桥面抬高了半米，两边加了护栏。",
        "据了解，全市今年还有12座农村公路桥要修，计划投资3200万元。",
        "学生上学不用再绕路，早市的菜车也比从前早到一个钟头。",
    ];
    let mut out = String::new();
    for article in 0..8 {
        let title = format!("老桥第{}次醒来 村路通到家门口\n\n■记者 陆小满 通讯员 丁禾\n\n", seed + article);
        let text: String = (0..16).map(|i| SENTENCES[(seed * 7 + article * 3 + i * 5) % SENTENCES.len()]).collect();
        let mut body = String::from("本报讯 ");
        for (i, c) in text.chars().enumerate() {
            body.push(c);
            if i % 19 == 14 {
                body.push('\n');
            }
        }
        if seed.is_multiple_of(2) {
            out.push_str(&title);
            out.push_str(&body);
        } else {
            out.push_str(&body);
            out.push('\n');
            out.push_str(&title);
        }
        out.push_str("\n\n");
    }
    out
}

#[divan::bench(sample_count = 20)]
fn rebuild(bencher: divan::Bencher<'_, '_>) {
    let (pages, lexicon) = (pages(), Lexicon::shared());
    bencher
        .counter(ItemsCount::new(pages.len()))
        .bench(|| pages.iter().map(|text| reconstruct(text, lexicon).articles.len()).sum::<usize>());
}

#[divan::bench(sample_count = 20)]
fn rebuild_and_catalogue(bencher: divan::Bencher<'_, '_>) {
    let (pages, lexicon) = (pages(), Lexicon::shared());
    let (places, sections) = (Gazetteer::new(&PlaceList::default()), Sections::builtin());
    bencher.counter(ItemsCount::new(pages.len())).bench(|| {
        let work = |text: &String| {
            let mut page = reconstruct(text, lexicon);
            catalogue(&mut page, text, &Hints::default(), &places, &sections);
            page.articles.len()
        };
        pages.iter().map(work).sum::<usize>()
    });
}
