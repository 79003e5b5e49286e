//! Trains the places of pairs of ideographs by what texts they stand in.
//!
//! `cargo run --release --example train_meanings -- OUT.txt [--note TEXT] NEWS.jsonl ARTICLES_DIR [PAGES_DIR…]` reads web news (a
//! `body` on each line), the articles written for `examples/press`, and the articles of pages that lie beside their gold.
//!
//! Pairs that stand within [`REACH`] of one another are counted; the matrix of how much oftener than by chance they do so
//! (positive pointwise mutual information, contexts smoothed: Levy, Goldberg and Dagan, "Improving distributional similarity
//! with lessons learned from word embeddings", TACL 3, 2015) is reduced to its strongest axes by subspace iteration. Which
//! axes within that space does not matter: only angles are used. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::learning::{self, AXES, Meanings};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

/// Pairs that have a place: those that most texts use, each at least [`LEAST`].
const PAIRS: usize = 40_000;
const LEAST: u32 = 10;
/// Pairs up to which those that follow one stand beside it.
const REACH: usize = 60;
/// Times that two stand beside one another at least: once is chance.
const TIMES: f32 = 2.0;
/// The smoothing of how often a pair stands beside others: rare ones would seem to belong together.
const SMOOTHED: f32 = 0.875;
/// Rounds of the iteration; angles change little after these.
const ROUNDS: usize = 6;
/// A pair that so large a share of the texts uses counts half.
const USUAL: f32 = 0.01;

type Pair = (char, char);

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let [out, news, articles, golds @ ..] = &args[..] else {
        anyhow::bail!("OUT.txt NEWS.jsonl ARTICLES_DIR [PAGES_DIR…]")
    };
    let mut texts: Vec<Vec<Pair>> = training::texts(news, articles)?.iter().map(|text| pairs(text)).collect();
    for folder in golds {
        texts.extend(articles_of(folder)?.iter().map(|text| pairs(text)));
    }
    let vocabulary = vocabulary(&texts);
    let numbers: FxHashMap<Pair, u32> = (0..).zip(&vocabulary).map(|(number, (pair, _))| (*pair, number)).collect();
    let numbered: Vec<Vec<u32>> =
        texts.iter().map(|text| text.iter().filter_map(|pair| numbers.get(pair).copied()).collect()).collect();
    let ties = ties(&numbered, vocabulary.len());
    println!("{} texts, {} pairs, {} ties", texts.len(), vocabulary.len(), ties.iter().map(Vec::len).sum::<usize>());
    let places = strongest_axes(&ties);
    let mut text = note;
    for (((first, second), users), place) in vocabulary.iter().zip(&places) {
        let length = place.iter().map(|axis| axis * axis).sum::<f32>().sqrt().max(1e-12);
        let weight = USUAL / (USUAL + *users as f32 / texts.len() as f32) / length;
        text += &Meanings::line(*first, *second, &place.map(|axis| axis * weight));
    }
    std::fs::write(out, text)?;
    Ok(())
}

/// The running text of every article of the pages in a folder.
fn articles_of(folder: &str) -> Result<Vec<String>> {
    let text = |article: &Value| {
        let paragraphs = article["paragraphs"].as_array().into_iter().flatten().filter_map(Value::as_str);
        paragraphs.map(|paragraph| format!("{paragraph}\n")).collect()
    };
    let pages = training::pages(folder, folder)?;
    Ok(pages.iter().flat_map(|(_, gold)| gold["articles"].as_array().into_iter().flatten().map(text)).collect())
}

/// The pairs of ideographs of a text, in their order.
fn pairs(text: &str) -> Vec<Pair> {
    learning::pairs(&text.chars().collect::<Vec<char>>()).collect()
}

/// The pairs that most texts use, with the number of those.
fn vocabulary(texts: &[Vec<Pair>]) -> Vec<(Pair, u32)> {
    let mut users: FxHashMap<Pair, (u32, usize)> = FxHashMap::default();
    for (number, text) in (1..).zip(texts) {
        for &pair in text {
            let (count, last) = users.entry(pair).or_default();
            if std::mem::replace(last, number) != number {
                *count += 1;
            }
        }
    }
    let mut all: Vec<(Pair, u32)> =
        users.into_iter().map(|(pair, (count, _))| (pair, count)).filter(|(_, count)| *count >= LEAST).collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(PAIRS);
    all
}

/// Of every pair: those that stand beside it oftener than by chance, and ln of how much oftener.
fn ties(texts: &[Vec<u32>], size: usize) -> Vec<Vec<(u32, f32)>> {
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); size];
    for (text, pairs) in (0..).zip(texts) {
        (0..).zip(pairs).for_each(|(at, &pair)| places[pair as usize].push((text, at)));
    }
    let beside = |&(text, at): &(u32, u32)| {
        let (text, at) = (&texts[text as usize], at as usize);
        let behind = &text[at + 1..text.len().min(at + REACH)];
        text[at.saturating_sub(REACH - 1)..at].iter().chain(behind)
    };
    let totals: Vec<f32> = places
        .par_iter()
        .map(|places| places.iter().map(|place| beside(place).count()).sum::<usize>() as f32)
        .collect();
    let smoothed: Vec<f32> = totals.iter().map(|total| total.max(1.0).powf(SMOOTHED)).collect();
    // Two of the usual number stand beside one another as often as without smoothing.
    let chance = totals.iter().map(|total| f64::from(total.max(1.0).powf(2.0 * SMOOTHED - 1.0))).sum::<f64>() as f32;
    let row = |counts: &mut Vec<f32>, own: usize| {
        let mut seen: Vec<u32> = Vec::new();
        for &other in places[own].iter().flat_map(beside) {
            if counts[other as usize] == 0.0 {
                seen.push(other);
            }
            counts[other as usize] += 1.0;
        }
        seen.sort_unstable();
        let mut out = Vec::new();
        for other in seen {
            let count = std::mem::take(&mut counts[other as usize]);
            let oftener = (count * chance / (smoothed[own] * smoothed[other as usize])).ln();
            if count >= TIMES && oftener > 0.0 {
                out.push((other, oftener));
            }
        }
        out
    };
    (0..size).into_par_iter().map_init(|| vec![0.0; size], row).collect()
}

/// The places of pairs in the space of the strongest axes of a symmetric matrix.
fn strongest_axes(ties: &[Vec<(u32, f32)>]) -> Vec<[f32; AXES]> {
    let mut random = training::Sequence::new();
    let mut places: Vec<[f32; AXES]> =
        ties.iter().map(|_| std::array::from_fn(|_| (random.next() % 2001) as f32 / 1000.0 - 1.0)).collect();
    for _ in 0..ROUNDS {
        places = ties
            .par_iter()
            .map(|row| {
                let mut sum = [0.0; AXES];
                for &(other, tie) in row {
                    sum.iter_mut().zip(&places[other as usize]).for_each(|(sum, other)| *sum += tie * other);
                }
                sum
            })
            .collect();
        set_upright(&mut places);
    }
    places
}

/// Makes the axes perpendicular to one another and of length 1 (modified Gram-Schmidt).
fn set_upright(places: &mut [[f32; AXES]]) {
    let product = |places: &[[f32; AXES]], a: usize, b: usize| {
        places.iter().map(|place| f64::from(place[a]) * f64::from(place[b])).sum::<f64>()
    };
    for axis in 0..AXES {
        for before in 0..axis {
            let along = product(places, before, axis) as f32;
            places.iter_mut().for_each(|place| place[axis] -= along * place[before]);
        }
        let length = product(places, axis, axis).sqrt().max(1e-12) as f32;
        places.iter_mut().for_each(|place| place[axis] /= length);
    }
}
