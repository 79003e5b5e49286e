//! Trains the weights that judge a line by its wording, from pages with gold.
//!
//! `cargo run --release --example train_wording -- OUT.txt [--note TEXT] [--epochs N] DUMP_DIR:GOLD_DIR[:TIMES]…`
//!
//! Every different line of text, headline part, subhead and column counts once, or TIMES for its folder. Multinomial
//! logistic regression by AdaGrad with L2 regularisation and few epochs; the rarer tones weigh more. Slots that fewer
//! than three lines use stay without weight, so that the words of single articles are not learned. Deterministic.
//! `--report DUMP_DIR:GOLD_DIR` tells how well lines of other pages are known.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{TONES, Tone, Wording, see};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A line's slots and what it is.
struct Case {
    slots: Vec<usize>,
    tone: usize,
    times: f32,
}

/// Lines that use a slot for it to have weights.
const LEAST: u32 = 3;
const RATE: f32 = 0.1;
/// Pull of every weight towards zero at a step that touches it.
const SHRINK: f32 = 0.02;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let epochs: usize = training::take(&mut args, "--epochs").map_or(Ok(3), |e| e.parse())?;
    let judge = training::take(&mut args, "--report");
    let out = args.remove(0);
    let lexicon = training::lexicon("")?;
    let (cases, pages) = read(&args, &lexicon)?;
    let count = cases.len();
    let wording = learn(&cases, epochs);
    report(&judge.map_or(Ok(cases), |source| read(&[source], &lexicon).map(|found| found.0))?, &wording);
    let note = note
        + &format!(
            "# Weights of wording, in hundredths. Made by examples/train_wording.rs from {} pages, {} lines.\n",
            pages, count
        );
    std::fs::write(out, note + &wording.to_text())?;
    Ok(())
}

/// The different lines of some folders, and the number of their pages.
fn read(sources: &[String], lexicon: &Lexicon) -> Result<(Vec<Case>, usize)> {
    let mut lines: BTreeMap<(String, usize), f32> = BTreeMap::new();
    let mut pages = 0;
    for source in sources {
        let parts: Vec<&str> = source.split(':').collect();
        let [dumps, golds, ..] = parts[..] else { anyhow::bail!("DUMP_DIR:GOLD_DIR[:TIMES], not {source}") };
        let times = parts.get(2).map_or(Ok(1.0), |times| times.parse::<f32>())?;
        for (text, gold) in training::pages(dumps, golds)? {
            collect(&text, &gold, lexicon, times, &mut lines);
            pages += 1;
        }
    }
    let case = |((text, tone), times): ((String, usize), f32)| {
        let chars: Vec<char> = text.chars().collect();
        Case { slots: Wording::slots(&chars), tone, times }
    };
    Ok((lines.into_iter().map(case).collect(), pages))
}

/// The different lines of one page.
fn collect(text: &str, gold: &Value, lexicon: &Lexicon, times: f32, into: &mut BTreeMap<(String, usize), f32>) {
    let seen = see(text, lexicon);
    let texts: HashMap<u64, &String> = seen.numbers.iter().map(|&n| u64::from(n)).zip(&seen.texts).collect();
    for article in gold["articles"].as_array().into_iter().flatten() {
        let starts = starts(article);
        let (mut done, mut opened) = (0, false);
        for span in article["lines"].as_array().into_iter().flatten() {
            let role = span["role"].as_str().unwrap_or_default();
            let tone = match role {
                "body" | "caption" | "ednote" => Tone::Text,
                "title" => Tone::Title,
                "kicker" | "subtitle" => Tone::Part,
                "subhead" => Tone::Subhead,
                "column" => Tone::Column,
                _ => continue,
            };
            for line in span["from"].as_u64().unwrap_or(0)..=span["to"].as_u64().unwrap_or(0) {
                let Some(text) = texts.get(&line) else { continue };
                let solid: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                let mut tone = tone;
                if tone == Tone::Text {
                    let begins = starts.iter().any(|start: &usize| start.abs_diff(done) <= 1);
                    tone = match role {
                        "body" if !opened => Tone::Opening,
                        "body" if begins => Tone::Paragraph,
                        _ => Tone::Text,
                    };
                    opened |= role == "body";
                    done += solid.chars().count();
                }
                into.insert((solid, tone as usize), times);
            }
        }
    }
}

/// Characters of text before each of an article's paragraphs.
fn starts(article: &Value) -> Vec<usize> {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut out = vec![0];
    for paragraph in article["paragraphs"].as_array().into_iter().flatten() {
        out.push(out[out.len() - 1] + solid(paragraph.as_str().unwrap_or_default()));
    }
    out
}

fn learn(cases: &[Case], epochs: usize) -> Wording {
    let mut wording = Wording::default();
    let mut squares = vec![[1e-2f32; TONES]; wording.weights.len()];
    let mut used_by = vec![0u32; wording.weights.len()];
    let mut of_tone = [0.0f32; TONES];
    for case in cases {
        case.slots.iter().for_each(|&slot| used_by[slot] += 1);
        of_tone[case.tone] += case.times;
    }
    let most = of_tone.iter().copied().fold(1.0, f32::max);
    let worth = of_tone.map(|count| (most / count.max(1.0)).sqrt());
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = training::Sequence::new();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &c in &order {
            let case = &cases[c];
            let mut scores = [0.0f32; TONES];
            for &slot in &case.slots {
                scores.iter_mut().zip(&wording.weights[slot]).for_each(|(s, w)| *s += w);
            }
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let raw = scores.map(|s| (s - top).exp());
            let total: f32 = raw.iter().sum();
            for tone in 0..TONES {
                let right = f32::from(u8::from(tone == case.tone));
                let slope = worth[case.tone] * case.times * (raw[tone] / total - right);
                for &slot in case.slots.iter().filter(|&&slot| used_by[slot] >= LEAST) {
                    let weight = &mut wording.weights[slot][tone];
                    let slope = slope + SHRINK * *weight;
                    let square = &mut squares[slot][tone];
                    *square += slope * slope;
                    *weight -= RATE * slope / square.sqrt();
                }
            }
        }
    }
    wording
}

/// How many lines of each tone the weights know.
fn report(cases: &[Case], wording: &Wording) {
    let mut counts = [[0usize; TONES]; TONES];
    let mut loss = [0.0f32; TONES];
    for case in cases {
        let mut scores = [0.0f32; TONES];
        for &slot in &case.slots {
            scores.iter_mut().zip(&wording.weights[slot]).for_each(|(s, w)| *s += w);
        }
        let best = (0..TONES).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))).unwrap_or(0);
        counts[case.tone][best] += 1;
        let top = scores[best];
        loss[case.tone] += scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln() + top - scores[case.tone];
    }
    for ((name, row), loss) in
        ["text", "title", "part", "subhead", "column", "opening", "paragraph"].iter().zip(counts).zip(loss)
    {
        println!("{name}: {row:?}, loss {:.3}", loss / row.iter().sum::<usize>().max(1) as f32);
    }
}
