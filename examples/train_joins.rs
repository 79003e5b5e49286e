//! Trains the weights by which blocks of a page are put together, from pages with gold.
//!
//! `cargo run --release --example train_joins -- OUT.txt [--note TEXT] MODELS:DUMP_DIR:GOLD_DIR…`
//!
//! MODELS is a folder with the weights of lines and heads, best made from other pages than those: the joins
//! must be learned on labels as they will be, not on labels without fault. Every decision is a choice between options;
//! the weights are those of a conditional logit model, found by gradient descent with L2 regularisation. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{About, BYLINE_NAMES, Decision, HEAD_NAMES, Joins, TEXT_NAMES, softmax, teach};
use serde_json::Value;
use std::collections::HashMap;

/// What spoke for every option, and which ones were right: a byline may be given to the headline or to the text of one
/// article, which comes to the same.
struct Case {
    options: Vec<Vec<f32>>,
    right: Vec<usize>,
}

#[derive(Default)]
struct Cases {
    texts: Vec<Case>,
    heads: Vec<Case>,
    bylines: Vec<Case>,
}

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut note = training::take_note(&mut args);
    let out = args.remove(0);
    let mut cases = Cases::default();
    let mut pages = 0;
    for source in &args {
        let (lexicon, found) = training::source(source)?;
        for (text, gold) in found {
            collect(&text, &gold, &lexicon, &mut cases);
            pages += 1;
        }
    }
    let mut joins = Joins::default();
    joins.text.copy_from_slice(&learn(&cases.texts, TEXT_NAMES.len()));
    joins.head.copy_from_slice(&learn(&cases.heads, HEAD_NAMES.len()));
    joins.byline.copy_from_slice(&learn(&cases.bylines, BYLINE_NAMES.len()));
    report("pieces of text", &cases.texts, &joins.text);
    report("headlines", &cases.heads, &joins.head);
    report("bylines", &cases.bylines, &joins.byline);
    note += &format!(
        "# Weights of the joins. Made by examples/train_joins.rs from {pages} pages, {} pieces of text, {} headlines, {} bylines.\n",
        cases.texts.len(),
        cases.heads.len(),
        cases.bylines.len()
    );
    std::fs::write(out, note + &joins.to_text())?;
    Ok(())
}

/// The decisions of one page.
fn collect(text: &str, gold: &Value, lexicon: &Lexicon, cases: &mut Cases) {
    let mut article_of: HashMap<u32, usize> = HashMap::new();
    for (index, article) in gold["articles"].as_array().into_iter().flatten().enumerate() {
        article_of.extend(training::lines(&article["lines"]).map(|(line, _)| (line, index)));
    }
    let mostly = |lines: &[u32]| training::most(lines.iter().filter_map(|line| article_of.get(line)).copied());
    teach(text, lexicon, &mut |decision: &Decision| {
        let wanted = mostly(&decision.subject)?;
        // The text that holds most of the wanted article is the right one.
        let share = |lines: &[u32]| lines.iter().filter(|line| article_of.get(line) == Some(&wanted)).count();
        let found = (0..decision.options.len())
            .filter(|&o| mostly(&decision.options[o].0) == Some(wanted))
            .max_by_key(|&o| (share(&decision.options[o].0), std::cmp::Reverse(o)));
        let mut options: Vec<Vec<f32>> = decision.options.iter().map(|o| o.1.clone()).collect();
        match decision.about {
            About::Head => {
                // No text at all is an option too; its score is 0.
                options.push(vec![0.0; HEAD_NAMES.len()]);
                let right = found.unwrap_or(options.len() - 1);
                cases.heads.push(Case { options, right: vec![right] });
                None
            }
            About::Text => {
                let right = found.unwrap_or(0);
                cases.texts.push(Case { options, right: vec![right] });
                Some(right)
            }
            About::Byline => {
                let best = found?;
                let right = (0..options.len()).filter(|&o| mostly(&decision.options[o].0) == Some(wanted)).collect();
                cases.bylines.push(Case { options, right });
                Some(best)
            }
            About::Right => found,
        }
    });
}

/// Gradient descent on the conditional log likelihood.
fn learn(cases: &[Case], size: usize) -> Vec<f32> {
    const STEPS: usize = 600;
    const DECAY: f32 = 2e-4;
    let mut weights = vec![0.0f32; size];
    let mut squares = vec![1e-6f32; size];
    let total = cases.len().max(1) as f32;
    for _ in 0..STEPS {
        let mut gradient = vec![0.0f32; size];
        for case in cases {
            let chances = chances(case, &weights);
            let sure: f32 = case.right.iter().map(|&o| chances[o]).sum::<f32>().max(1e-6);
            for (o, option) in case.options.iter().enumerate() {
                let wanted = if case.right.contains(&o) { chances[o] / sure } else { 0.0 };
                option.iter().zip(&mut gradient).for_each(|(x, g)| *g += (wanted - chances[o]) * x);
            }
        }
        for ((weight, square), g) in weights.iter_mut().zip(&mut squares).zip(gradient) {
            let g = g / total - DECAY * *weight;
            *square += g * g;
            *weight += 0.25 * g / square.sqrt();
        }
    }
    weights
}

fn chances(case: &Case, weights: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> =
        case.options.iter().map(|o| o.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>()).collect();
    softmax(&scores)
}

fn report(what: &str, cases: &[Case], weights: &[f32]) {
    let right = cases.iter().filter(|case| {
        let chances = chances(case, weights);
        let best = (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap_or(0);
        case.right.contains(&best)
    });
    println!("{what}: {} of {} right", right.count(), cases.len());
}
