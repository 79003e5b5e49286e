//! Trains the weights by which articles are told by their kind, from pages with gold.
//!
//! `cargo run --release --example train_kinds -- OUT.txt [--note TEXT] MODELS:DUMP_DIR:GOLD_DIR[:TIMES]…`
//!
//! Articles are made from the dumps by the weights in MODELS; those that have exactly the lines of one in the gold are learned
//! from. A multinomial logit model, found by AdaGrad on the likelihood with L2 regularisation. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::catalogue::{Kinds, kind_chances, kinds_before_learning, seen_of_kind};
use baoku::model::Kind;
use baoku::reconstruct::reconstruct;
use std::collections::BTreeSet;

const EPOCHS: usize = 60;
const RATE: f32 = 0.1;
/// What each weight loses of its distance from what was held before, at each step that it takes part in.
const DECAY: f32 = 1e-3;
/// Of a hundred things that are seen, those hidden at each step, so that no single one is relied on.
const HIDDEN: u64 = 30;

/// What is seen of an article, and its kind.
struct Case {
    seen: Vec<usize>,
    kind: usize,
    times: f32,
}

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let out = args.remove(0);
    let mut cases = Vec::new();
    for source in &args {
        let (folders, times) = training::with_times(source);
        collect(&folders, times.parse()?, &mut cases)?;
    }
    let kinds = learn(&cases);
    let right = cases.iter().filter(|case| best(&kinds, case) == case.kind).count();
    println!("{right} of {} right", cases.len());
    let note = note + &format!("# Weights of kinds. Made by examples/train_kinds.rs from {} articles.\n", cases.len());
    std::fs::write(out, note + &kinds.to_text())?;
    Ok(())
}

fn best(kinds: &Kinds, case: &Case) -> usize {
    let chances = kind_chances(kinds, &case.seen);
    (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap_or(0)
}

/// The articles of MODELS:DUMP_DIR:GOLD_DIR that come out with the lines of the gold.
fn collect(folders: &str, times: f32, cases: &mut Vec<Case>) -> Result<()> {
    let (lexicon, found) = training::source(folders)?;
    for (text, gold) in found {
        let full: Vec<bool> = text.split('\n').map(|line| !line.trim().is_empty()).collect();
        let own = |lines: &mut dyn Iterator<Item = u32>| -> BTreeSet<u32> {
            lines.filter(|&line| full.get((line as usize).wrapping_sub(1)) == Some(&true)).collect()
        };
        let made = reconstruct(&text, &lexicon).articles;
        let made: Vec<_> = made.iter().map(|a| (own(&mut a.spans.iter().flat_map(|s| s.from..=s.to)), a)).collect();
        for article in gold["articles"].as_array().into_iter().flatten() {
            let own = own(&mut training::lines(&article["lines"]).map(|(line, _)| line));
            let kind = Kind::ALL.iter().position(|kind| article["kind"] == kind.as_str());
            if let (Some(kind), Some((_, made))) = (kind, made.iter().find(|made| made.0 == own)) {
                cases.push(Case { seen: seen_of_kind(made), kind, times });
            }
        }
    }
    Ok(())
}

fn learn(cases: &[Case]) -> Kinds {
    let prior = kinds_before_learning();
    let mut kinds = prior.clone();
    let of_kind = kinds.weights.len() / Kind::ALL.len();
    let mut squares = vec![1e-3f32; kinds.weights.len()];
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = training::Sequence::new();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for case in order.iter().map(|&at| &cases[at]) {
            let seen: Vec<usize> = case.seen.iter().copied().filter(|_| random.next() % 100 >= HIDDEN).collect();
            let chances = kind_chances(&kinds, &seen);
            for (kind, chance) in chances.into_iter().enumerate() {
                let by = case.times * (chance - if kind == case.kind { 1.0 } else { 0.0 });
                for at in seen.iter().map(|seen| kind * of_kind + seen) {
                    let slope = by + DECAY * (kinds.weights[at] - prior.weights[at]);
                    squares[at] += slope * slope;
                    kinds.weights[at] -= RATE * slope / squares[at].sqrt();
                }
            }
        }
    }
    kinds
}
