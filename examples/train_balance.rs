//! Chooses the numbers that balance one kind of evidence against another, on pages with gold that the weights of a folder
//! have not seen.
//!
//! `cargo run --release --example train_balance -- OUT.txt [--note TEXT] [--rounds N] [--pages N] MODELS:DUMP_DIR:GOLD_DIR`
//!
//! One number after another is made larger and smaller; what makes most articles come out whole is kept. An article
//! counts twice: when all lines of its text are together and no others, and when all its lines are. Two rounds are enough;
//! more fit the pages at hand. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::model::Role;
use baoku::reconstruct::learning::Balance;
use baoku::reconstruct::{Lexicon, reconstruct};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// By what a number is multiplied.
const FACTORS: [f32; 4] = [0.64, 0.8, 1.25, 1.5625];

/// The lines of an article's text, and all its lines.
type Lines = [BTreeSet<u32>; 2];

/// A dump and the articles that it holds.
struct Page {
    text: String,
    articles: Vec<Lines>,
}

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let rounds: usize = training::take(&mut args, "--rounds").map_or(Ok(2), |n| n.parse())?;
    let most: usize = training::take(&mut args, "--pages").map_or(Ok(usize::MAX), |n| n.parse())?;
    let (out, source) = (args.remove(0), args.remove(0));
    let parts: Vec<&str> = source.split(':').collect();
    let [models, dumps, golds] = parts[..] else { anyhow::bail!("MODELS:DUMP_DIR:GOLD_DIR, not {source}") };
    let mut lexicon = training::lexicon(models)?;
    let pages: Vec<Page> = training::pages(dumps, golds)?.into_iter().take(most).map(page).collect();
    let mut balance = Balance::default();
    let mut best = whole(&pages, &mut lexicon, &balance);
    let total: usize = pages.iter().map(|page| page.articles.len()).sum();
    println!("{} pages, {total} articles; texts and articles that are whole: {best:?}", pages.len());
    for _ in 0..rounds {
        for index in 0..Balance::LEN {
            let now = *balance.numbers()[index].1;
            let mut chosen = now;
            for number in FACTORS.map(|factor| rounded(now * factor)) {
                *balance.numbers()[index].1 = number;
                let found = whole(&pages, &mut lexicon, &balance);
                if found[0] + found[1] > best[0] + best[1] {
                    (best, chosen) = (found, number);
                }
            }
            *balance.numbers()[index].1 = chosen;
            if chosen != now {
                println!("{} {chosen}: {best:?}", balance.numbers()[index].0);
            }
        }
    }
    let made = format!("# Balance of evidence. Made by examples/train_balance.rs from {} pages.\n", pages.len());
    std::fs::write(out, note + &made + &balance.to_text())?;
    Ok(())
}

/// Three digits are as many as mean something.
fn rounded(number: f32) -> f32 {
    format!("{number:.2e}").parse().unwrap()
}

fn page((text, gold): (String, Value)) -> Page {
    let solid: Vec<bool> = text.split('\n').map(|line| !line.trim().is_empty()).collect();
    let number = |span: &Value, key: &str| span[key].as_u64().unwrap_or(0) as u32;
    let lines = |article: &Value| {
        let mut out = Lines::default();
        for span in article["lines"].as_array().into_iter().flatten() {
            let is_text = matches!(span["role"].as_str(), Some("body" | "subhead" | "caption" | "ednote" | "jump"));
            add(&mut out, is_text, number(span, "from")..=number(span, "to"), &solid);
        }
        out
    };
    let articles = gold["articles"].as_array().into_iter().flatten().map(lines).collect();
    Page { articles, text }
}

fn add(to: &mut Lines, is_text: bool, range: std::ops::RangeInclusive<u32>, solid: &[bool]) {
    for line in range.filter(|&line| line > 0 && solid.get(line as usize - 1) == Some(&true)) {
        to[1].insert(line);
        if is_text {
            to[0].insert(line);
        }
    }
}

/// How many texts and how many articles come out whole.
fn whole(pages: &[Page], lexicon: &mut Lexicon, balance: &Balance) -> [usize; 2] {
    lexicon.set_balance(balance.clone());
    let lexicon = &*lexicon;
    let of_page = |page: &Page| {
        let solid: Vec<bool> = page.text.split('\n').map(|line| !line.trim().is_empty()).collect();
        let made: Vec<Lines> = reconstruct(&page.text, lexicon)
            .articles
            .iter()
            .map(|article| {
                let mut out = Lines::default();
                for span in &article.spans {
                    let is_text =
                        matches!(span.role, Role::Body | Role::Subhead | Role::Caption | Role::Ednote | Role::Jump);
                    add(&mut out, is_text, span.from..=span.to, &solid);
                }
                out
            })
            .collect();
        [0, 1].map(|what| page.articles.iter().filter(|gold| made.iter().any(|m| m[what] == gold[what])).count())
    };
    pages.par_iter().map(of_page).reduce(|| [0; 2], |a, b| [a[0] + b[0], a[1] + b[1]])
}
