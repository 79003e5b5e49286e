//! Counts which characters stand side by side in running text.
//!
//! `cargo run --release --example train_neighbours -- OUT.txt [--note TEXT] NEWS.jsonl ARTICLES_DIR` reads web news (a `body` on
//! each line) and the articles written for `examples/press`. Pairs seen less often than [`LEAST`] are left out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::learning::NeighbourCounts;

const LEAST: f32 = 3.0;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let [out, news, articles] = &args[..] else { anyhow::bail!("OUT.txt NEWS.jsonl ARTICLES_DIR") };
    let mut neighbours = NeighbourCounts::default();
    training::running_text(news, articles, |paragraph| neighbours.count(paragraph))?;
    std::fs::write(out, note + &neighbours.to_text(LEAST))?;
    Ok(())
}
