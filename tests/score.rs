//! The rising floor: scores on the shared pages, where they are at hand. The shared scorer judges; this test only reads
//! what it says.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::catalogue::{Gazetteer, Sections, catalogue};
use baoku::export::record;
use baoku::model::{Hints, PlaceList};
use baoku::reconstruct::{Lexicon, reconstruct};
use std::path::{Path, PathBuf};
use std::process::Command;

/// `../shared` beside the checkout.
fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    path.join("eval/score.py").exists().then_some(path)
}

#[track_caller]
fn check(dumps: &str, gold: &str, places: Option<&Path>, floors: &[(&str, f64)]) {
    let Some(shared) = shared() else {
        println!("skipped: ../shared is not here");
        return;
    };
    let list: PlaceList = places
        .and_then(|p| std::fs::read_to_string(shared.join(p)).ok())
        .and_then(|t| toml::from_str(&t).ok())
        .unwrap_or_default();
    let (gazetteer, sections) = (Gazetteer::new(&list), Sections::builtin());
    let out = tempfile::tempdir().expect("a temporary folder");
    for entry in std::fs::read_dir(shared.join(dumps)).expect("dumps").flatten() {
        let path = entry.path();
        let Some(stem) = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_suffix(".txt")) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let mut page = reconstruct(&text, Lexicon::shared());
        catalogue(&mut page, &text, &Hints::default(), &gazetteer, &sections);
        let json = serde_json::to_string(&record::page(&page, stem)).expect("plain data");
        std::fs::write(out.path().join(format!("{stem}.json")), json).expect("a writable folder");
    }
    let run = Command::new("python3")
        .arg(shared.join("eval/score.py"))
        .args([shared.join(gold), out.path().to_path_buf(), shared.join(dumps)])
        .arg("--json")
        .output();
    let Ok(run) = run else {
        println!("skipped: python3 is not here");
        return;
    };
    let score: serde_json::Value = serde_json::from_slice(&run.stdout).expect("the scorer's JSON");
    for (measure, floor) in floors {
        let value = score[*measure].as_f64().unwrap_or_default();
        assert!(value >= *floor, "{measure} fell to {value}, its floor is {floor}: {score}");
    }
}

#[test]
fn real_dumps_stay_above_their_floor() {
    check("dumps", "gold", None, &[("coverage", 1.0), ("bcubed_f1", 0.99), ("exact", 0.95), ("title", 0.99)]);
}

#[test]
fn made_pages_stay_above_their_floor() {
    let places = Path::new("pages/places.toml");
    check("pages", "pages", Some(places), &[("coverage", 1.0), ("bcubed_f1", 0.983), ("exact", 0.9), ("title", 0.97)]);
}
