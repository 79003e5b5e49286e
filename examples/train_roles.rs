//! Trains the weights of the line labelling from pages with gold.
//!
//! `cargo run --release --example train_roles -- FIRST.txt SECOND.txt [--epochs N] [--members N] [--note TEXT]
//! MODELS:DUMP_DIR:GOLD_DIR[:TIMES]…`; `… -- FIRST.txt SECOND.txt --report MODELS:DUMP_DIR:GOLD_DIR` tells which labels
//! the weights get wrong and how much pages surprise them. MODELS is a folder with the weights of `train_wording`, best made
//! from other pages than those.
//! TIMES is how often a folder counts, or `split`: its pages are shared out among the members.
//!
//! Two linear-chain conditional random fields (a first look at every line, and a second that sees what the page then
//! looks like), trained by AdaGrad on the conditional likelihood with L2 regularisation. The weights that are written are
//! the mean of the members'. Deterministic: the pages are visited in a fixed pseudo-random order. `scripts/train.sh`
//! makes the weights that ship.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]
#![allow(clippy::needless_range_loop, reason = "sums over labels read best by index")]

#[path = "training/mod.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod training;

use anyhow::Result;
use baoku::reconstruct::Lexicon;
use baoku::reconstruct::learning::{FEATURES, GAPS, Label, Observations, SECOND_FEATURES, Seen, Weights, is_note, see};
use serde_json::Value;

const N: usize = Label::COUNT;

/// One page: observations and the labels that are allowed for each line (several when a line is hidden).
struct Page {
    seen: Seen,
    observations: Observations,
    /// Observations of the second look.
    again: Observations,
    gold: Vec<Option<Label>>,
}

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let epochs = training::take(&mut args, "--epochs").map_or(Ok(24), |e| e.parse())?;
    let note = training::take_note(&mut args);
    let judge = training::take(&mut args, "--report");
    let members: usize = training::take(&mut args, "--members").map_or(Ok(1), |m| m.parse())?;
    let (first_path, second_path) = (args[0].clone(), args[1].clone());
    if let Some(folders) = judge {
        let test = read_pages(&folders)?;
        let first = Weights::from_text(&std::fs::read_to_string(&first_path)?, FEATURES);
        let second = Weights::from_text(&std::fs::read_to_string(&second_path)?, SECOND_FEATURES);
        report(&test, &first, Some(&second));
        return Ok(());
    }
    let mut pages = Vec::new();
    let mut chosen: Vec<Vec<usize>> = vec![Vec::new(); members];
    for source in &args[2..] {
        let (folders, times) = training::with_times(source);
        let from = pages.len();
        pages.extend(read_pages(&folders)?);
        for (member, chosen) in chosen.iter_mut().enumerate() {
            if times == "split" {
                chosen.extend((from..pages.len()).filter(|p| p % members == member));
            } else {
                (0..times.parse::<usize>()?).for_each(|_| chosen.extend(from..pages.len()));
            }
        }
    }
    let (mut first, mut second) = (nothing(FEATURES), nothing(SECOND_FEATURES));
    for chosen in &chosen {
        let (one, two) = train_both(&mut pages, chosen, epochs);
        add(&mut first, &one, 1.0 / members as f32);
        add(&mut second, &two, 1.0 / members as f32);
    }
    report(&pages, &first, Some(&second));
    let note = note
        + &format!(
            "# Weights of the line labelling, in hundredths. Made by examples/train_roles.rs from {} pages, {} lines.\n",
            pages.len(),
            pages.iter().map(|p| p.gold.len()).sum::<usize>()
        );
    std::fs::write(first_path, note.clone() + &first.to_text())?;
    std::fs::write(second_path, note + &second.to_text())?;
    Ok(())
}

/// Weights of the first and the second look from the `chosen` pages.
fn train_both(pages: &mut [Page], chosen: &[usize], epochs: usize) -> (Weights, Weights) {
    // The second look must see first labellings as they are on pages that the first weights do not know: each half of
    // the pages is labelled by weights made from the other half.
    let (even, odd): (Vec<_>, Vec<_>) = chosen.iter().partition(|p| *p % 2 == 0);
    let [first, by_even, by_odd] = std::thread::scope(|scope| {
        let pages = &*pages;
        let work = [chosen.to_vec(), even, odd]
            .map(|set| scope.spawn(move || train(pages, &set, FEATURES, epochs, &|page| &page.observations)));
        work.map(|thread| thread.join().expect("training does not panic"))
    });
    for (p, page) in pages.iter_mut().enumerate() {
        page.again = page.seen.again(if p % 2 == 0 { &by_odd } else { &by_even });
    }
    let second = train(pages, chosen, SECOND_FEATURES, epochs, &|page| &page.again);
    (first, second)
}

/// Weights that are zero everywhere.
fn nothing(features: usize) -> Weights {
    Weights { step: [[[0.0; N]; N]; GAPS], ..Weights::none(features) }
}

/// The pages of MODELS:DUMP_DIR:GOLD_DIR.
fn read_pages(folders: &str) -> Result<Vec<Page>> {
    let (lexicon, found) = training::source(folders)?;
    Ok(found.iter().map(|(text, gold)| page(text, gold, &lexicon)).collect())
}

/// Gold spans become a label for each line.
fn page(text: &str, gold: &Value, lexicon: &Lexicon) -> Page {
    let seen = see(text, lexicon);
    let mut labels: Vec<Option<Label>> = vec![None; seen.numbers.len()];
    let index = |line: u64| seen.numbers.iter().position(|&n| u64::from(n) == line);
    for span in gold["furniture"].as_array().into_iter().flatten() {
        for line in span["from"].as_u64().unwrap_or(0)..=span["to"].as_u64().unwrap_or(0) {
            if let Some(i) = index(line) {
                labels[i] = Some(Label::Furniture);
            }
        }
    }
    for article in gold["articles"].as_array().into_iter().flatten() {
        label_article(article, &seen.texts, &index, &mut labels);
    }
    // What the model holds impossible (a torn note, say) cannot be learned from.
    for i in 1..labels.len() {
        if let (Some(before), Some(now)) = (labels[i - 1], labels[i])
            && !before.may_precede(now)
        {
            labels[i] = None;
        }
    }
    if labels.first().copied().flatten().is_some_and(Label::is_more) {
        labels[0] = None;
    }
    Page { observations: seen.observations.clone(), seen, again: Observations::default(), gold: labels }
}

fn label_article(
    article: &Value,
    texts: &[String],
    index: &dyn Fn(u64) -> Option<usize>,
    labels: &mut [Option<Label>],
) {
    let squeeze = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
    let mut starts = vec![0];
    for paragraph in article["paragraphs"].as_array().into_iter().flatten() {
        starts.push(starts[starts.len() - 1] + squeeze(paragraph.as_str().unwrap_or_default()));
    }
    // A note over a package is labelled like any other; that it is an article of its own is seen later.
    let over_package = article["kind"] == "notice" && article["paragraphs"][0].as_str().is_some_and(is_note);
    let mut done = 0;
    let mut opened = false;
    let mut last: Option<(String, usize)> = None;
    for span in article["lines"].as_array().into_iter().flatten() {
        let role = span["role"].as_str().unwrap_or_default().to_owned();
        for line in span["from"].as_u64().unwrap_or(0)..=span["to"].as_u64().unwrap_or(0) {
            let Some(i) = index(line) else { continue };
            let more = last.as_ref().is_some_and(|(r, at)| *r == role && at + 1 == i);
            last = Some((role.clone(), i));
            let is_start = starts.iter().any(|s| s.abs_diff(done) <= 1);
            let label = match (role.as_str(), more) {
                ("kicker", false) => Label::Kicker,
                ("kicker", true) => Label::KickerMore,
                ("title", false) => Label::Title,
                ("title", true) => Label::TitleMore,
                ("subtitle", false) => Label::Subtitle,
                ("subtitle", true) => Label::SubtitleMore,
                ("byline", false) => Label::Byline,
                ("byline", true) => Label::BylineMore,
                ("subhead", _) => Label::Subhead,
                ("column", _) => Label::Column,
                ("jump", _) => Label::Jump,
                ("caption", false) => Label::Caption,
                ("caption", true) => Label::CaptionMore,
                // Without the words that notes begin with, one cannot be told from any other text.
                ("ednote", _) if is_start && is_note(&texts[i]) => Label::Note,
                ("ednote", true) if matches!(labels[i - 1], Some(Label::Note | Label::NoteMore)) => Label::NoteMore,
                ("body", _) if over_package && is_start => Label::Note,
                ("body", _) if over_package => Label::NoteMore,
                _ if !opened => Label::Opening,
                _ if is_start => Label::Paragraph,
                _ => Label::Running,
            };
            if matches!(role.as_str(), "body" | "caption" | "ednote") {
                done += squeeze(&texts[i]);
                opened |= role == "body" || label == Label::Opening;
            }
            labels[i] = Some(label);
        }
    }
}

/// AdaGrad with a fifth of the observations hidden at each step, so that no single one is relied on; the weights are
/// averaged over the second half of the steps.
fn train(
    pages: &[Page],
    chosen: &[usize],
    features: usize,
    epochs: usize,
    observations: &dyn Fn(&Page) -> &Observations,
) -> Weights {
    const RATE: f32 = 0.06;
    const DECAY: f32 = 1e-3;
    let mut weights = Weights::none(features);
    let (mut squares, mut sum) = (nothing(features), nothing(features));
    let mut summed = 0.0;
    let mut order = chosen.to_vec();
    let mut random = training::Sequence::new();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        for (n, &p) in order.iter().enumerate() {
            let thinned = observations(&pages[p]).thinned(&mut || random.next() % 5 < 4);
            step(&mut weights, &mut squares, &thinned, &pages[p].gold, RATE, DECAY);
            if epoch * 2 >= epochs && n % 16 == 0 {
                add(&mut sum, &weights, 1.0);
                summed += 1.0;
            }
        }
    }
    let mut mean = nothing(features);
    // The mean of what cannot follow is itself, not twice itself.
    add(&mut mean, &sum, 1.0 / summed);
    mean
}

/// `sum += other * by`.
fn add(sum: &mut Weights, other: &Weights, by: f32) {
    let rows = |w: &mut [f32; N], o: &[f32; N]| w.iter_mut().zip(o).for_each(|(w, o)| *w += o * by);
    sum.unary.iter_mut().zip(&other.unary).for_each(|(w, o)| rows(w, o));
    for gap in 0..GAPS {
        sum.step[gap].iter_mut().zip(&other.step[gap]).for_each(|(w, o)| rows(w, o));
    }
    rows(&mut sum.first, &other.first);
}

/// One AdaGrad step on one page.
fn step(
    weights: &mut Weights,
    squares: &mut Weights,
    seen: &Observations,
    gold: &[Option<Label>],
    rate: f32,
    decay: f32,
) {
    if seen.is_empty() {
        return;
    }
    let scores = weights.unary_scores(seen);
    let free = pairs(weights, seen, &scores);
    let fixed: Vec<[f32; N]> = scores
        .iter()
        .zip(gold)
        .map(|(row, gold)| match gold {
            None => *row,
            Some(label) => {
                let mut out = [-1e4; N];
                out[*label as usize] = row[*label as usize];
                out
            }
        })
        .collect();
    let bound = pairs(weights, seen, &fixed);
    let update = |weight: &mut f32, square: &mut f32, gradient: f32| {
        if gradient.abs() > 1e-5 {
            let gradient = gradient - decay * *weight;
            *square += gradient * gradient;
            *weight += rate * gradient / (square.sqrt() + 1e-4);
        }
    };
    for i in 0..seen.len() {
        let mut gradient = [0.0; N];
        for label in 0..N {
            gradient[label] = bound.0[i][label] - free.0[i][label];
        }
        if gradient.iter().all(|g| g.abs() < 1e-4) {
            continue;
        }
        for &feature in seen.of(i) {
            let feature = usize::from(feature);
            for label in 0..N {
                update(&mut weights.unary[feature][label], &mut squares.unary[feature][label], gradient[label]);
            }
        }
    }
    for gap in 0..GAPS {
        for a in 0..N {
            for b in 0..N {
                let gradient = bound.1[gap][a][b] - free.1[gap][a][b];
                update(&mut weights.step[gap][a][b], &mut squares.step[gap][a][b], gradient);
            }
        }
    }
    for label in 0..N {
        update(&mut weights.first[label], &mut squares.first[label], bound.0[0][label] - free.0[0][label]);
    }
}

type Pairs = (Vec<[f32; N]>, [[[f32; N]; N]; GAPS]);

/// Expected labels of every line and expected transitions, by forward-backward in log space scaled per line.
fn pairs(weights: &Weights, seen: &Observations, scores: &[[f32; N]]) -> Pairs {
    let steps = weights.step.map(|g| g.map(|r| r.map(f32::exp)));
    let local: Vec<[f32; N]> = scores
        .iter()
        .map(|row| {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            row.map(|s| (s - top).exp())
        })
        .collect();
    let n = local.len();
    let norm = |row: [f32; N]| {
        let total: f32 = row.iter().sum::<f32>().max(1e-30);
        row.map(|c| c / total)
    };
    let mut forward = vec![norm(local[0])];
    for i in 1..n {
        let step = &steps[usize::from(seen.gaps[i])];
        let mut row = [0.0; N];
        for a in 0..N {
            for b in 0..N {
                row[b] += forward[i - 1][a] * step[a][b];
            }
        }
        for b in 0..N {
            row[b] *= local[i][b];
        }
        forward.push(norm(row));
    }
    let mut backward = vec![[1.0; N]; n];
    for i in (1..n).rev() {
        let step = &steps[usize::from(seen.gaps[i])];
        let mut row = [0.0; N];
        for a in 0..N {
            for b in 0..N {
                row[a] += step[a][b] * local[i][b] * backward[i][b];
            }
        }
        backward[i - 1] = norm(row);
    }
    let mut expected = [[[0.0; N]; N]; GAPS];
    for i in 1..n {
        let gap = usize::from(seen.gaps[i]);
        let step = &steps[gap];
        let mut joint = [[0.0; N]; N];
        let mut total = 0.0;
        for a in 0..N {
            for b in 0..N {
                joint[a][b] = forward[i - 1][a] * step[a][b] * local[i][b] * backward[i][b];
                total += joint[a][b];
            }
        }
        for a in 0..N {
            for b in 0..N {
                expected[gap][a][b] += joint[a][b] / total.max(1e-30);
            }
        }
    }
    let single = (0..n)
        .map(|i| {
            let mut row = forward[i];
            for label in 0..N {
                row[label] *= backward[i][label];
            }
            norm(row)
        })
        .collect();
    (single, expected)
}

/// A chance below this one surprises no more: a single line does not outweigh a page.
const LEAST_CHANCE: f32 = 1e-3;

#[allow(clippy::print_stdout)]
fn report(pages: &[Page], first: &Weights, second: Option<&Weights>) {
    let (mut right, mut all) = (0, 0);
    let mut surprise = 0.0;
    let mut wrong = std::collections::BTreeMap::<(Label, Label), usize>::new();
    for page in pages {
        let labelling = match second {
            Some(second) => second.label(&page.seen.again(first)),
            None => first.label(&page.observations),
        };
        for ((gold, label), chances) in page.gold.iter().zip(&labelling.labels).zip(&labelling.marginals) {
            let Some(gold) = gold else { continue };
            all += 1;
            surprise -= chances[*gold as usize].max(LEAST_CHANCE).ln();
            if gold == label {
                right += 1;
            } else {
                *wrong.entry((*gold, *label)).or_default() += 1;
            }
        }
    }
    println!(
        "{right} of {all} lines right ({:.4}), surprised by {surprise:.1} nats together",
        f64::from(right) / f64::from(all.max(1))
    );
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for ((gold, label), n) in wrong.into_iter().take(25) {
        println!("{n:5} {gold:?} taken for {label:?}");
    }
}
