//! A small printing press: sets articles on made-up newspaper pages and takes them apart again the way text extractors
//! do, with gold. Its pages are what the line labelling is trained on, so that no single newspaper's habits are.
//!
//! `cargo run --release --example press -- OUT_DIR PAGES SEED [--half 0|1] [--written DIR] [--share PERCENT] [--wide] [--torn] CORPUS.jsonl GOLD_DIR…`
//!
//! Sources of text: a JSON-lines file with `title` and `body`, articles written for the press (`examples/press/articles`),
//! and gold pages. Everything that is house style (measure,
//! blank lines, order, bullets, roles, mastheads, shadows, jumps) is drawn at random, page by page.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

mod article;
mod bylines;
mod genres;
mod headline;
mod random;
mod setting;
mod style;
mod words;

use anyhow::{Context, Result};
use article::Piece;
use random::Random;
use std::path::PathBuf;
use style::Style;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut half = None;
    if let Some(at) = args.iter().position(|a| a == "--half") {
        half = Some(args[at + 1].parse::<usize>()?);
        args.drain(at..at + 2);
    }
    let mut written = Vec::new();
    if let Some(at) = args.iter().position(|a| a == "--written") {
        written = article::from_written(&args[at + 1], half)?;
        args.drain(at..at + 2);
    }
    let wide = args.iter().any(|a| a == "--wide");
    let torn = args.iter().any(|a| a == "--torn");
    args.retain(|a| a != "--wide" && a != "--torn");
    // Of the articles that are of no gold page, so many in a hundred are written ones.
    let mut share = 65;
    if let Some(at) = args.iter().position(|a| a == "--share") {
        share = args[at + 1].parse()?;
        args.drain(at..at + 2);
    }
    let out = PathBuf::from(args.first().context("OUT_DIR")?);
    let pages: usize = args.get(1).context("PAGES")?.parse()?;
    let seed: u64 = args.get(2).context("SEED")?.parse()?;
    let corpus = std::fs::read_to_string(args.get(3).context("CORPUS")?)?;
    let mut pool = article::from_corpus(&corpus);
    let wanted = pool.len() / 2;
    if let Some(half) = half {
        pool = pool.split_off(wanted * half).into_iter().take(wanted).collect();
    }
    let mut golds = Vec::new();
    for dir in &args[4..] {
        golds.extend(article::from_gold(dir, half)?);
    }
    std::fs::create_dir_all(&out)?;
    let mut random = Random::new(seed);
    for page in 0..pages {
        let style = Style::draw(&mut random, half, wide, torn);
        // A dump may hold a single story.
        let most = if random.chance(12) { 1 } else { random.between(2, 9) };
        let articles: Vec<Piece> = (0..most)
            .map(|number| {
                let source = if !golds.is_empty() && random.chance(30) {
                    &golds
                } else if !written.is_empty() && random.chance(share) {
                    &written
                } else {
                    &pool
                };
                // A page of long stories takes the longer of two.
                let (one, other) = (random.pick(source), random.pick(source));
                let source = if style.long && one.body.len() < other.body.len() { other } else { one };
                let piece = source.clone();
                let piece = if style.forum { piece.for_forum(number == 0, &mut random) } else { piece };
                piece.dress(&style, &mut random)
            })
            .collect();
        let (text, gold) = setting::set(&style, articles, &mut random);
        let name = format!("{page:04}");
        std::fs::write(out.join(format!("{name}.txt")), text)?;
        std::fs::write(out.join(format!("{name}.gold.json")), serde_json::to_string(&gold)?)?;
    }
    Ok(())
}
