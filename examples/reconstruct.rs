//! Reconstructs many dumps in one process and writes one JSON file for each: what `score.py` compares with gold.
//!
//! `cargo run --release --example reconstruct -- OUT_DIR [--places FILE] [--models FOLDER] DUMP…`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::{Context, Result};
use baoku::catalogue::{Gazetteer, Sections, catalogue};
use baoku::export::record;
use baoku::model::{Hints, PlaceList};
use baoku::reconstruct::{Lexicon, reconstruct};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().context("OUT_DIR")?);
    std::fs::create_dir_all(&out)?;
    let mut places = PlaceList::default();
    let mut own: Option<Lexicon> = None;
    let mut files = Vec::new();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--places" => places = toml::from_str(&std::fs::read_to_string(args.next().context("FILE")?)?)?,
            "--models" => own = Some(training::lexicon(&args.next().context("FOLDER")?)?),
            _ => files.push(arg),
        }
    }
    let lexicon = own.as_ref().unwrap_or_else(|| Lexicon::shared());
    let (gazetteer, sections) = (Gazetteer::new(&places), Sections::builtin());
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| file.clone())?;
        let mut page = reconstruct(&text, lexicon);
        catalogue(&mut page, &text, &Hints::default(), &gazetteer, &sections);
        let name = Path::new(&file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.strip_suffix(".txt").unwrap_or(&name);
        let json = serde_json::to_string_pretty(&record::page(&page, &name))?;
        std::fs::write(out.join(format!("{stem}.json")), json)?;
    }
    Ok(())
}
