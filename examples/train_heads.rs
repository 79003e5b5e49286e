//! Trains the weights by which runs of headline lines are read, from pages with gold.
//!
//! `cargo run --release --example train_heads -- OUT.txt [--note TEXT] [--epochs N] [--members N] [--keep HEADS.txt]
//! MODELS:DUMP_DIR:GOLD_DIR…`
//!
//! With `--keep` the weights of that file stay as they are, up to its last one; those behind it are learned: of observations
//! that are new.
//!
//! MODELS is a folder with weights of `train_wording` and `train_roles`, best made from other pages than those. An averaged
//! structured perceptron: a run is read with the present weights, every wrong line making that reading look better than
//! it is; the weights move towards what is seen of the right reading and away from what is seen of that one.
//! Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{HeadRole, Heads, Part, Run, WEIGHTS, runs};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A run and its right reading.
struct Case {
    run: Run,
    right: Vec<Part>,
}

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let epochs: usize = training::take(&mut args, "--epochs").map_or(Ok(6), |e| e.parse())?;
    let members: u64 = training::take(&mut args, "--members").map_or(Ok(4), |m| m.parse())?;
    let keep = training::take(&mut args, "--keep").map(std::fs::read_to_string).transpose()?;
    let keep = Heads::from_text(&keep.unwrap_or_default());
    let out = args.remove(0);
    let mut cases = Vec::new();
    let mut pages = 0;
    for source in &args {
        let (lexicon, found) = training::source(source)?;
        for (text, gold) in found {
            collect(&text, &gold, &lexicon, &mut cases);
            pages += 1;
        }
    }
    let heads = Heads { weights: training::mean(members, |member| learn(&cases, epochs, member, &keep)) };
    let right = cases.iter().filter(|c| c.run.read(&heads, &|_| 0.0) == c.right).count();
    println!("{right} of {} runs right", cases.len());
    let note = note
        + &format!(
            "# Weights of the heads. Made by examples/train_heads.rs from {pages} pages, {} runs of headline lines.\n",
            cases.len()
        );
    std::fs::write(out, note + &heads.to_text())?;
    Ok(())
}

/// The runs of one page with their right readings.
fn collect(text: &str, gold: &Value, lexicon: &Lexicon, cases: &mut Vec<Case>) {
    let mut roles: HashMap<u32, (usize, HeadRole)> = HashMap::new();
    for (index, article) in gold["articles"].as_array().into_iter().flatten().enumerate() {
        for (line, role) in training::lines(&article["lines"]) {
            let role = match role {
                "column" => HeadRole::Column,
                "kicker" => HeadRole::Kicker,
                "title" => HeadRole::Title,
                "subtitle" => HeadRole::Subtitle,
                "subhead" => HeadRole::Subhead,
                _ => HeadRole::Other,
            };
            roles.insert(line, (index, role));
        }
    }
    let mut known: HashSet<u32> = roles.keys().copied().collect();
    for span in gold["furniture"].as_array().into_iter().flatten() {
        known.extend((span["from"].as_u64().unwrap_or(0)..=span["to"].as_u64().unwrap_or(0)).map(|line| line as u32));
    }
    for (numbers, run) in runs(text, lexicon) {
        // Lines that the gold leaves out teach nothing.
        if numbers.iter().any(|number| !known.contains(number)) {
            continue;
        }
        let mut right: Vec<Part> = Vec::new();
        let mut article = None;
        for (i, number) in numbers.iter().enumerate() {
            let (own, role) = roles.get(number).copied().unwrap_or((usize::MAX, HeadRole::Other));
            let goes_on = article == Some(own) && !matches!(role, HeadRole::Subhead | HeadRole::Other);
            match right.last_mut() {
                Some(last) if goes_on && last.role == role && role != HeadRole::Column => last.to = i + 1,
                _ => {
                    let begins = role != HeadRole::Other && article != Some(own);
                    right.push(Part { from: i, to: i + 1, role, begins });
                }
            }
            article = (role != HeadRole::Other).then_some(own);
        }
        // What the reading holds impossible cannot be learned from.
        let mut seen: Vec<HeadRole> = Vec::new();
        let is_possible = right.iter().all(|part| {
            if part.begins || part.role == HeadRole::Other {
                seen.clear();
            }
            let again = part.role != HeadRole::Subhead && seen.contains(&part.role);
            seen.push(part.role);
            !again && part.to - part.from <= 5 && run.is_possible(part.from, part.to, part.role)
        });
        if is_possible {
            cases.push(Case { run, right });
        }
    }
}

/// Of a hundred weights, those hidden at each step, so that no single observation is relied on.
const HIDDEN: u64 = 30;
/// Cases that the same weights are hidden for.
const SAME: usize = 8;

/// An averaged perceptron that is content only where the right reading leads by as much as the other is wrong.
fn learn(cases: &[Case], epochs: usize, member: u64, keep: &Heads) -> Vec<f32> {
    let mut heads = keep.clone();
    let kept = keep.weights.iter().rposition(|weight| *weight != 0.0).map_or(0, |last| last + 1);
    let mut sum = vec![0.0f64; WEIGHTS];
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = training::Sequence::of(member);
    let mut steps = 0.0;
    let mut hidden = vec![false; WEIGHTS];
    let mut seen = Heads::default();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let rate = 1.0 / (1.0 + epoch as f32);
        for (n, &c) in order.iter().enumerate() {
            let case = &cases[c];
            if n % SAME == 0 {
                hidden.iter_mut().for_each(|hidden| *hidden = random.next() % 100 < HIDDEN);
                let shown =
                    heads.weights.iter().zip(&hidden).map(|(&weight, &hidden)| if hidden { 0.0 } else { weight });
                seen.weights = shown.collect();
            }
            let mut truth = vec![(HeadRole::Other, false); case.right.last().map_or(0, |p| p.to)];
            for part in &case.right {
                for (n, slot) in truth[part.from..part.to].iter_mut().enumerate() {
                    *slot = (part.role, n == 0 && part.begins);
                }
            }
            let wrong = |part: &Part| {
                (part.from..part.to)
                    .map(|i| {
                        let begins = i == part.from && part.begins;
                        f32::from(u8::from(truth[i].0 != part.role)) + f32::from(u8::from(truth[i].1 != begins))
                    })
                    .sum::<f32>()
            };
            let found = case.run.read(&seen, &wrong);
            if found != case.right {
                let mut change = vec![0.0; WEIGHTS];
                case.run.observe(&case.right, 1.0, &mut change);
                case.run.observe(&found, -1.0, &mut change);
                let learned = change.iter().enumerate().skip(kept);
                for (i, change) in learned.filter(|(i, change)| **change != 0.0 && !hidden[*i]) {
                    heads.weights[i] += rate * 0.3 * change;
                    seen.weights[i] = heads.weights[i];
                }
            }
            if epoch > 0 {
                sum.iter_mut().zip(&heads.weights).for_each(|(s, w)| *s += f64::from(*w));
                steps += 1.0;
            }
        }
    }
    sum.iter().map(|s| (s / f64::max(steps, 1.0)) as f32).collect()
}
