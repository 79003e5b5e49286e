//! Learns which piece of text goes on where, from running text that is cut anywhere and from pages with gold.
//!
//! `cargo run --release --example train_continuations -- OUT.txt [--note TEXT] [--epochs N] MODELS NEWS.jsonl ARTICLES_DIR
//! PAGES_DIR…` reads web news (a `body` on each line) and the articles written for `examples/press`, cuts their paragraphs at
//! random and lays out the characters around every cut so that both sides of one lie nearer to one another than those of
//! different ones (a softmax over the cuts of a batch, on top of what the table of neighbours in MODELS says; AdaGrad). How
//! much that, words over the cut and halves of quotes say is then learned from the pages' torn texts: each of their pieces
//! against all others of its page. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{
    CUT_DIMENSIONS as DIMENSIONS, CUT_PLACES as PLACES, CUT_REACH as REACH, Continuations, SEAM_WEIGHTS, Seam, class,
    follows, is_finished, seams, softmax,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Characters seen less often are all one.
const LEAST: usize = 40;
/// Characters of the shortest paragraph that is cut, and of the shortest side of a cut.
const SHORTEST: usize = 24;
const SIDE: usize = 8;
/// Cuts that are set against one another; a cut for so many characters makes an epoch.
const BATCH: usize = 64;
const SPACING: usize = 8;
/// Longer paragraphs are cut more often, up to this many characters.
const LONG: u64 = 400;
const RATE: f32 = 0.05;
const DECAY: f32 = 1e-5;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let note = training::take_note(&mut args);
    let epochs: usize = training::take(&mut args, "--epochs").map_or(Ok(2), |e| e.parse())?;
    let [out, models, news, articles, pages @ ..] = &args[..] else {
        anyhow::bail!("OUT.txt MODELS NEWS.jsonl ARTICLES_DIR PAGES_DIR…")
    };
    let mut lexicon = training::lexicon(models)?;
    let mut paragraphs = Vec::new();
    training::running_text(news, articles, |paragraph| paragraphs.push(solid(paragraph)))?;
    let mut space = Space::of(&paragraphs);
    space.learn(&paragraphs, &lexicon, epochs);
    lexicon.set_continuations(space.known(Seam::default()));
    let tears = tears(pages, &lexicon)?;
    let weights = weigh(&tears);
    report(&tears, &weights);
    let known = space.known(weights);
    let note = note + "# Which piece of text goes on where. Made by examples/train_continuations.rs.\n";
    std::fs::write(out, note + &known.to_text())?;
    Ok(())
}

/// Without white space.
fn solid(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// One side of all cuts: a row of numbers for every character in every place, and how far each has been moved.
struct Side {
    values: Vec<f32>,
    squares: Vec<f32>,
}

type Point = [f32; DIMENSIONS];

impl Side {
    fn of(characters: usize, random: &mut training::Sequence) -> Self {
        let spread = 0.3 / (DIMENSIONS as f32).sqrt();
        let mut value = || ((random.next() % (1 << 24)) as f32 / (1 << 24) as f32 - 0.5) * spread;
        let count = characters * PLACES * DIMENSIONS;
        Self { values: (0..count).map(|_| value()).collect(), squares: vec![1e-3; count] }
    }

    /// The sum of the rows of some characters, the nearest to the cut first.
    fn point(&self, characters: &[usize]) -> Point {
        let mut out = [0.0; DIMENSIONS];
        for row in rows(characters) {
            out.iter_mut().zip(&self.values[row..row + DIMENSIONS]).for_each(|(sum, value)| *sum += value);
        }
        out
    }

    /// Moves those rows against a slope.
    fn step(&mut self, characters: &[usize], slope: &Point) {
        for row in rows(characters) {
            for (j, slope) in (row..).zip(slope) {
                let slope = slope + DECAY * self.values[j];
                self.squares[j] += slope * slope;
                self.values[j] -= RATE * slope / self.squares[j].sqrt();
            }
        }
    }
}

/// Where the rows of some characters begin.
fn rows(characters: &[usize]) -> impl Iterator<Item = usize> {
    characters.iter().enumerate().map(|(n, character)| (character * PLACES + n.min(PLACES - 1)) * DIMENSIONS)
}

/// Both sides of all cuts.
struct Space {
    /// From 1 on; 0 stands for all others.
    characters: Vec<char>,
    numbers: HashMap<char, usize>,
    ends: Side,
    beginnings: Side,
}

/// The characters on both sides of a cut, the nearest first, and the two at it.
struct Cut {
    before: Vec<usize>,
    after: Vec<usize>,
    at: (char, char),
}

impl Space {
    fn of(paragraphs: &[Vec<char>]) -> Self {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        paragraphs.iter().flatten().for_each(|&c| *counts.entry(class(c)).or_default() += 1);
        let characters: Vec<char> = counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(c, _)| c).collect();
        let numbers = characters.iter().copied().zip(1..).collect();
        let mut random = training::Sequence::of(1);
        let [ends, beginnings] = [(), ()].map(|()| Side::of(characters.len() + 1, &mut random));
        Self { characters, numbers, ends, beginnings }
    }

    fn known(&self, weights: Seam) -> Continuations {
        Continuations::new(&self.characters, &self.ends.values, &self.beginnings.values, weights)
    }

    fn learn(&mut self, paragraphs: &[Vec<char>], lexicon: &Lexicon, epochs: usize) {
        let long: Vec<&[char]> = paragraphs.iter().map(Vec::as_slice).filter(|p| p.len() >= SHORTEST).collect();
        let batches = long.iter().map(|p| p.len() / SPACING).sum::<usize>() / BATCH;
        let mut random = training::Sequence::new();
        for epoch in 0..epochs {
            let mut loss = 0.0;
            for _ in 0..batches {
                let cuts: Vec<Cut> =
                    std::iter::repeat_with(|| self.cut(&long, &mut random)).flatten().take(BATCH).collect();
                loss += f64::from(self.step(&cuts, lexicon)) / batches as f64;
            }
            println!("epoch {epoch}: {loss:.3} nats a cut among {BATCH}");
        }
    }

    /// A cut somewhere in a paragraph, if that is in the middle of a sentence.
    fn cut(&self, paragraphs: &[&[char]], random: &mut training::Sequence) -> Option<Cut> {
        let paragraph = paragraphs[random.next() as usize % paragraphs.len()];
        if random.next() % LONG > paragraph.len() as u64 {
            return None;
        }
        let at = SIDE + random.next() as usize % (paragraph.len() - 2 * SIDE + 1);
        let (before, after) = paragraph.split_at(at);
        let number = |&c: &char| self.numbers.get(&class(c)).copied().unwrap_or(0);
        (!is_finished(before)).then(|| Cut {
            before: before.iter().rev().take(REACH).map(number).collect(),
            after: after.iter().take(REACH).map(number).collect(),
            at: (before[at - 1], after[0]),
        })
    }

    /// Moves the rows so that every side before is nearer to its own other side than to others; how unlikely that was.
    fn step(&mut self, cuts: &[Cut], lexicon: &Lexicon) -> f32 {
        let ends: Vec<Point> = cuts.iter().map(|cut| self.ends.point(&cut.before)).collect();
        let beginnings: Vec<Point> = cuts.iter().map(|cut| self.beginnings.point(&cut.after)).collect();
        let mut end_slopes = vec![[0.0; DIMENSIONS]; cuts.len()];
        let mut beginning_slopes = end_slopes.clone();
        let mut loss = 0.0;
        for (own, cut) in cuts.iter().enumerate() {
            let score = |(other, beginning): (&Cut, &Point)| {
                let near: f32 = ends[own].iter().zip(beginning).map(|(a, b)| a * b).sum();
                near + follows(lexicon, cut.at.0, other.at.1)
            };
            let chances = softmax(&cuts.iter().zip(&beginnings).map(score).collect::<Vec<f32>>());
            loss -= chances[own].max(1e-9).ln() / cuts.len() as f32;
            for (other, chance) in chances.iter().enumerate() {
                let by = chance - if other == own { 1.0 } else { 0.0 };
                for j in 0..DIMENSIONS {
                    end_slopes[own][j] += by * beginnings[other][j];
                    beginning_slopes[other][j] += by * ends[own][j];
                }
            }
        }
        for (cut, (end, beginning)) in cuts.iter().zip(end_slopes.iter().zip(&beginning_slopes)) {
            self.ends.step(&cut.before, end);
            self.beginnings.step(&cut.after, beginning);
        }
        loss
    }
}

/// Lines of a piece that are read.
const LINES: usize = 3;

/// What is seen where a piece that stops in mid-sentence would go on with others of its page, the right one first.
fn tears(folders: &[String], lexicon: &Lexicon) -> Result<Vec<Vec<Seam>>> {
    let mut out = Vec::new();
    for folder in folders {
        for (text, gold) in training::pages(folder, folder)? {
            let lines: Vec<&str> = text.split('\n').collect();
            let texts: Vec<Vec<Vec<usize>>> =
                gold["articles"].as_array().into_iter().flatten().map(|article| pieces(article, &lines)).collect();
            let read = |piece: &[usize]| piece.iter().flat_map(|&line| solid(lines[line - 1])).collect::<Vec<char>>();
            let beginning = |piece: &Vec<usize>| read(&piece[..piece.len().min(LINES)]);
            let others: Vec<Vec<char>> = texts.iter().flat_map(|text| text.iter().skip(1).map(beginning)).collect();
            for pair in texts.iter().flat_map(|text| text.windows(2)) {
                let before = read(&pair[0][pair[0].len().saturating_sub(LINES)..]);
                let (last, first) = (pair[0][pair[0].len() - 1], pair[1][0]);
                let is_apart = (last.min(first) + 1..last.max(first)).any(|line| !lines[line - 1].trim().is_empty());
                if is_finished(&before) || !is_apart {
                    continue;
                }
                let own = beginning(&pair[1]);
                let all: Vec<Vec<char>> =
                    std::iter::once(own.clone()).chain(others.iter().filter(|other| **other != own).cloned()).collect();
                if all.len() > 1 {
                    out.push(seams(lexicon, &before, &all));
                }
            }
        }
    }
    Ok(out)
}

/// The runs of lines of an article's text, in reading order, each of 1-based numbers; at least one.
fn pieces(article: &Value, lines: &[&str]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let body = training::lines(&article["lines"]).filter(|(_, role)| *role == "body").map(|(line, _)| line as usize);
    for line in body.filter(|&line| !lines[line - 1].trim().is_empty()) {
        match out.last_mut() {
            Some(piece) if piece[piece.len() - 1] + 1 == line => piece.push(line),
            _ => out.push(vec![line]),
        }
    }
    out
}

/// Weights of what is seen, by the likelihood of the right ones (AdaGrad).
fn weigh(tears: &[Vec<Seam>]) -> Seam {
    let mut weights = [0.0; SEAM_WEIGHTS];
    let mut squares = [1e-3; SEAM_WEIGHTS];
    for _ in 0..60 {
        for tear in tears {
            let chances = chances(tear, &weights);
            for j in 0..SEAM_WEIGHTS {
                let expected: f32 = tear.iter().zip(&chances).map(|(seam, chance)| seam[j] * chance).sum();
                let slope = expected - tear[0][j];
                squares[j] += slope * slope;
                weights[j] -= 0.3 * slope / f32::sqrt(squares[j]);
            }
        }
    }
    weights
}

fn chances(tear: &[Seam], weights: &Seam) -> Vec<f32> {
    let score = |seam: &Seam| seam.iter().zip(weights).map(|(seen, weight)| seen * weight).sum();
    softmax(&tear.iter().map(score).collect::<Vec<f32>>())
}

fn report(tears: &[Vec<Seam>], weights: &Seam) {
    let mut characters = Seam::default();
    characters[0] = 1.0;
    for (name, weights) in [("characters", &characters), ("all", weights)] {
        let all: Vec<Vec<f32>> = tears.iter().map(|tear| chances(tear, weights)).collect();
        let right = all.iter().filter(|chances| chances[1..].iter().all(|&other| other < chances[0])).count();
        let loss: f32 = all.iter().map(|chances| -chances[0].max(1e-9).ln()).sum();
        let count = tears.len().max(1) as f32;
        println!("{name}: {} tears, {:.3} right, {:.3} nats", tears.len(), right as f32 / count, loss / count);
    }
}
