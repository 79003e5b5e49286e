//! Trains the weights that say how sure a rebuilt article is, from pages with gold.
//!
//! `cargo run --release --example train_sure -- OUT.txt [--note TEXT] [--share 0.98]
//! MODELS:DUMP_DIR:GOLD_DIR…`
//!
//! The weights in the folder MODELS must come from other pages than those, or everything looks sure. An article is right
//! when its lines, its kicker, headline and subtitle and its paragraphs are those of the gold. Logistic regression with L2
//! regularisation; then, with each part of the pages judged by weights from the others, the lowest chance is sought from which on
//! SHARE of the articles are right. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{SURE_NAMES, Sure, doubts};
use serde_json::Value;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// What is seen of an article, and whether it is right.
struct Case {
    seen: Vec<f32>,
    right: bool,
}

impl Case {
    fn chance(&self, sure: &Sure) -> f32 {
        sure.chance(self.seen.as_slice().try_into().expect("as many as weights"))
    }
}

/// Weights learned from those articles.
fn learned(cases: &[&Case]) -> Sure {
    let mut sure = Sure::default();
    sure.weights.copy_from_slice(&learn(cases));
    sure
}

/// Parts that the pages of every source are shared out to.
const PARTS: usize = 5;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let share: f32 = training::take(&mut args, "--share").map_or(Ok(0.98), |s| s.parse())?;
    let out = args.remove(0);
    let mut parts: Vec<Vec<Case>> = (0..PARTS).map(|_| Vec::new()).collect();
    for source in &args {
        let (lexicon, found) = training::source(source)?;
        for (number, (text, gold)) in found.into_iter().enumerate() {
            collect(&text, &gold, &lexicon, &mut parts[number % PARTS]);
        }
    }
    // The chance is sought where weights judge pages that they were not learned from: each part is judged by the others.
    let mut ranked: Vec<(f32, bool)> = Vec::new();
    for (number, judged) in parts.iter().enumerate() {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != number).flat_map(|(_, cases)| cases);
        let sure = learned(&others.collect::<Vec<_>>());
        ranked.extend(judged.iter().map(|case| (case.chance(&sure), case.right)));
    }
    let cases: Vec<&Case> = parts.iter().flatten().collect();
    let mut sure = learned(&cases);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0.0, 0);
    for (n, (_, is_right)) in ranked.iter().enumerate() {
        right += f32::from(u8::from(*is_right));
        if right / (n as f32 + 1.0) >= share {
            best = n + 1;
        }
    }
    sure.at = ranked.get(best.saturating_sub(1)).map_or(0.99, |r| r.0).clamp(0.05, 0.99);
    let all = cases.iter().filter(|c| c.right).count();
    println!("{all} of {} articles right; {best} sure, from a chance of {:.3} on", cases.len(), sure.at);
    let note = note
        + &format!(
            "# How sure an article is. Made by examples/train_sure.rs from {} articles; of those called sure {:.1} in 100 were right.\n",
            cases.len(),
            share * 100.0
        );
    std::fs::write(out, note + &sure.to_text())?;
    Ok(())
}

/// The articles of one page. Those that stand mostly in lines which the gold leaves out are passed over.
fn collect(text: &str, gold: &Value, lexicon: &Lexicon, cases: &mut Vec<Case>) {
    let filled: BTreeSet<u64> =
        (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty()).map(|(number, _)| number).collect();
    let lines = |spans: &Value| -> BTreeSet<u64> {
        training::lines(spans).map(|(line, _)| u64::from(line)).filter(|n| filled.contains(n)).collect()
    };
    let golds: Vec<(BTreeSet<u64>, &Value)> =
        gold["articles"].as_array().into_iter().flatten().map(|a| (lines(&a["lines"]), a)).collect();
    let mut known: BTreeSet<u64> = golds.iter().flat_map(|g| g.0.iter().copied()).collect();
    known.extend(lines(&gold["furniture"]));
    // As the score compares texts: whether marks are set at full or half width is no matter of being right.
    let solid = |text: &str| text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    for (article, seen) in doubts(text, lexicon) {
        let own: BTreeSet<u64> = article
            .spans
            .iter()
            .flat_map(|s| u64::from(s.from)..=u64::from(s.to))
            .filter(|n| filled.contains(n))
            .collect();
        if own.iter().filter(|n| known.contains(n)).count() * 2 < own.len() || own.is_empty() {
            continue;
        }
        let right = golds.iter().any(|(lines, gold)| {
            let printed = gold["title_printed"].as_bool().unwrap_or(true);
            let of_gold = |part: &str| solid(gold[part].as_str().unwrap_or_default());
            *lines == own
                && (!printed || of_gold("title") == solid(&article.title))
                && of_gold("kicker") == solid(article.kicker.as_deref().unwrap_or_default())
                && of_gold("subtitle") == solid(article.subtitle.as_deref().unwrap_or_default())
                && paragraphs(gold).map(solid).eq(article.paragraphs().map(solid))
        });
        cases.push(Case { seen, right });
    }
}

fn paragraphs(gold: &Value) -> impl Iterator<Item = &str> {
    gold["paragraphs"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn learn(cases: &[&Case]) -> Vec<f32> {
    const STEPS: usize = 1500;
    const DECAY: f32 = 1e-3;
    let size = SURE_NAMES.len();
    let mut weights = vec![0.0f32; size];
    let mut squares = vec![1e-6f32; size];
    let total = cases.len().max(1) as f32;
    for _ in 0..STEPS {
        let mut gradient = vec![0.0f32; size];
        for case in cases {
            let score: f32 = weights.iter().zip(&case.seen).map(|(w, x)| w * x).sum();
            let error = f32::from(u8::from(case.right)) - 1.0 / (1.0 + (-score).exp());
            case.seen.iter().zip(&mut gradient).for_each(|(x, g)| *g += error * x);
        }
        for ((weight, square), g) in weights.iter_mut().zip(&mut squares).zip(gradient) {
            let g = g / total - DECAY * *weight;
            *square += g * g;
            *weight += 0.25 * g / square.sqrt();
        }
    }
    weights
}
