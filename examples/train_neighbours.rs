//! Counts which characters stand side by side in running text.
//!
//! `cargo run --release --example train_neighbours -- OUT.txt [--note TEXT] NEWS.jsonl ARTICLES_DIR` reads web news (a `body` on
//! each line) and the articles written for `examples/press`. Pairs seen less often than [`LEAST`] are left out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::{Context, Result};
use baoku::reconstruct::learning::NeighbourCounts;
use serde_json::Value;

const LEAST: f32 = 3.0;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let [out, news, articles] = &args[..] else { anyhow::bail!("OUT.txt NEWS.jsonl ARTICLES_DIR") };
    let mut neighbours = NeighbourCounts::default();
    for line in std::fs::read_to_string(news).context("NEWS.jsonl")?.lines() {
        let value: Value = serde_json::from_str(line)?;
        value["body"].as_str().unwrap_or_default().lines().for_each(|paragraph| neighbours.count(paragraph));
    }
    for entry in std::fs::read_dir(articles).context("ARTICLES_DIR")?.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        // Kinds, headline parts and subheads are no running text.
        let is_text = |line: &&str| !line.starts_with(['=', '#', '>', '!']) && !line.contains(": ");
        text.lines().filter(is_text).for_each(|paragraph| neighbours.count(paragraph));
    }
    std::fs::write(out, note + &neighbours.to_text(LEAST))?;
    Ok(())
}
