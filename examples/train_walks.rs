//! Trains the weights of the walk over the paragraphs, by which each is given to a headline, from pages with gold.
//!
//! `cargo run --release --example train_walks -- OUT.txt [--note TEXT] [--epochs N] [--members N] MODELS:DUMP_DIR:GOLD_DIR[:TIMES]…`
//!
//! MODELS is a folder with the weights of `train_wording`, `train_roles` and `train_heads`, best made from other pages than
//! those. An averaged structured perceptron: a page is walked with the present weights, every line that is given to a wrong
//! headline making that walk look better than it is; the weights move towards what is seen of the right walk and away from
//! what is seen of that one. The first walk is learned first, then the
//! second, which sees first walks by weights that other pages gave. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{Choices, Course, WALK_WEIGHTS, Walks, choices};
use serde_json::Value;
use std::collections::HashMap;

/// A page and its right walk.
struct Case {
    course: Course,
    right: Vec<usize>,
    /// Lines of every paragraph.
    sizes: Vec<f32>,
    times: usize,
}

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let epochs: usize = training::take(&mut args, "--epochs").map_or(Ok(8), |e| e.parse())?;
    let members: u64 = training::take(&mut args, "--members").map_or(Ok(4), |m| m.parse())?;
    let out = args.remove(0);
    let mut cases = Vec::new();
    for source in &args {
        let (folders, times) = training::with_times(source);
        let times = times.parse()?;
        let (lexicon, found) = training::source(&folders)?;
        cases.extend(found.iter().filter_map(|(text, gold)| case(text, gold, &lexicon, times)));
    }
    let walks = learned(&cases, epochs, members);
    report(&cases, &walks);
    let note = note
        + &format!(
            "# Weights of the walk over the paragraphs. Made by examples/train_walks.rs from {} pages.\n",
            cases.len()
        );
    std::fs::write(out, note + &walks.to_text())?;
    Ok(())
}

/// A page with its right walk: every paragraph is of the headline of the article that most of its lines are of.
fn case(text: &str, gold: &Value, lexicon: &Lexicon, times: usize) -> Option<Case> {
    let mut owners: HashMap<u32, (usize, bool)> = HashMap::new();
    for (index, article) in gold["articles"].as_array().into_iter().flatten().enumerate() {
        owners.extend(training::lines(&article["lines"]).map(|(line, role)| (line, (index, role == "title"))));
    }
    let Choices { course, paragraphs, headlines } = choices(text, lexicon)?;
    let most = |lines: &[u32], title: bool| {
        let own = lines.iter().filter_map(|line| owners.get(line)).filter(|(_, is_title)| *is_title || !title);
        training::most(own.map(|(owner, _)| *owner))
    };
    let of_heads: Vec<Option<usize>> =
        headlines.iter().map(|lines| most(lines, true).or_else(|| most(lines, false))).collect();
    let state = |lines: &Vec<u32>| {
        let owner = most(lines, false);
        owner.and_then(|owner| of_heads.iter().position(|head| *head == Some(owner))).unwrap_or(of_heads.len())
    };
    let right = paragraphs.iter().map(state).collect();
    let sizes = paragraphs.iter().map(|lines| lines.len() as f32).collect();
    Some(Case { course, right, sizes, times })
}

/// Parts of the pages: those of each are walked first by what is learned from the others.
const PARTS: usize = 4;

/// Learns the first walk, then the second, which must see first walks as they are on pages that they do not know.
fn learned(cases: &[Case], epochs: usize, members: u64) -> Walks {
    let nothing = Walks::default();
    let first_by = |known: &dyn Fn(usize) -> bool| {
        let known: Vec<Learned<'_>> =
            (0..cases.len()).filter(|case| known(*case)).map(|case| (&cases[case], None)).collect();
        Walks { weights: training::mean(members, |member| learn(&known, epochs, member, &nothing)) }
    };
    let by_others: Vec<Walks> = (0..PARTS).map(|part| first_by(&|case| case % PARTS != part)).collect();
    let firsts: Vec<Vec<usize>> = (0..)
        .zip(cases)
        .map(|(number, case): (usize, &Case)| case.course.states(&by_others[number % PARTS], None, &|_, _| 0.0))
        .collect();
    let first = first_by(&|_| true);
    let all: Vec<Learned<'_>> = cases.iter().zip(firsts.iter().map(|states| Some(states.as_slice()))).collect();
    Walks { weights: training::mean(members, |member| learn(&all, epochs, member, &first)) }
}

/// A page, with the first walk over it if the second is learned.
type Learned<'a> = (&'a Case, Option<&'a [usize]>);

/// Of a hundred weights, those hidden at each step, so that no single observation is relied on.
const HIDDEN: u64 = 30;
/// Pages that the same weights are hidden for.
const SAME: usize = 8;

fn learn(cases: &[Learned<'_>], epochs: usize, member: u64, from: &Walks) -> Vec<f32> {
    let mut walks = from.clone();
    let mut sum = vec![0.0f64; WALK_WEIGHTS];
    let mut order: Vec<usize> =
        (0..cases.len()).flat_map(|case| std::iter::repeat_n(case, cases[case].0.times)).collect();
    let mut random = training::Sequence::of(member);
    let mut steps = 0.0;
    let mut hidden = vec![false; WALK_WEIGHTS];
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let rate = 1.0 / (1.0 + epoch as f32);
        for (n, &at) in order.iter().enumerate() {
            let (case, first) = cases[at];
            if n % SAME == 0 {
                hidden.iter_mut().for_each(|hidden| *hidden = random.next() % 100 < HIDDEN);
            }
            let mut seen = walks.clone();
            seen.weights.iter_mut().zip(&hidden).filter(|(_, hidden)| **hidden).for_each(|(weight, _)| *weight = 0.0);
            let wrong = |i: usize, state: usize| if state == case.right[i] { 0.0 } else { case.sizes[i].sqrt() };
            let found = case.course.states(&seen, first, &wrong);
            if found != case.right {
                let mut change = vec![0.0; WALK_WEIGHTS];
                case.course.observe(&case.right, first, 1.0, &mut change);
                case.course.observe(&found, first, -1.0, &mut change);
                // A page with many paragraphs does not count more than another for every mistake.
                let square: f32 = change.iter().zip(&hidden).filter(|(_, hidden)| !**hidden).map(|(c, _)| c * c).sum();
                let loss: f32 = (0..found.len()).map(|i| wrong(i, found[i])).sum();
                let by = (loss.sqrt() / square.max(1.0).sqrt()).min(1.0) * rate;
                for ((weight, change), hidden) in walks.weights.iter_mut().zip(&change).zip(&hidden) {
                    if !hidden {
                        *weight += by * change;
                    }
                }
            }
            if epoch * 2 >= epochs {
                steps += 1.0;
                sum.iter_mut().zip(&walks.weights).for_each(|(sum, weight)| *sum += f64::from(*weight));
            }
        }
    }
    sum.iter().map(|sum| (sum / f64::max(steps, 1.0)) as f32).collect()
}

fn report(cases: &[Case], walks: &Walks) {
    let (mut all, mut first_right, mut right) = (0.0, 0.0, 0.0);
    for case in cases {
        let first = case.course.states(walks, None, &|_, _| 0.0);
        let second = case.course.states(walks, Some(&first), &|_, _| 0.0);
        for i in 0..case.right.len() {
            all += case.sizes[i];
            first_right += if first[i] == case.right[i] { case.sizes[i] } else { 0.0 };
            right += if second[i] == case.right[i] { case.sizes[i] } else { 0.0 };
        }
    }
    println!(
        "{} pages, {all} lines: first walk {:.4} right, second {:.4}",
        cases.len(),
        first_right / all,
        right / all
    );
}
