//! The mean of two trainings of the line labelling: of pages that the press sets in one way and in another.
//!
//! `cargo run --release --example mean_roles -- OUT.txt ONE.txt OTHER.txt [--note TEXT]`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::{Result, ensure};
use baoku::reconstruct::learning::{SECOND_FEATURES, Weights};

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    ensure!(args.len() == 3, "OUT.txt ONE.txt OTHER.txt");
    let read =
        |path: &String| Ok::<_, std::io::Error>(Weights::from_text(&std::fs::read_to_string(path)?, SECOND_FEATURES));
    let (mut mean, other) = (read(&args[1])?, read(&args[2])?);
    let rows = mean.unary.iter_mut().zip(&other.unary);
    let steps = mean.step.iter_mut().flatten().zip(other.step.iter().flatten());
    for (row, other) in rows.chain(steps).chain([(&mut mean.first, &other.first)]) {
        row.iter_mut().zip(other).for_each(|(weight, other)| *weight = (*weight + other) / 2.0);
    }
    let made = "# Mean of two trainings, weights in hundredths. Made by examples/mean_roles.rs.\n";
    std::fs::write(&args[0], note + made + &mean.to_text())?;
    Ok(())
}
