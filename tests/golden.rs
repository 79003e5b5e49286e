//! Small dumps of an invented county, each with what should become of it: `tests/data/CASE/{dump.txt,expected.json}`.
//! `BAOKU_BLESS=1 cargo test --test golden` writes the expectation anew; look at the difference before committing it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::catalogue::{Gazetteer, Sections, catalogue};
use baoku::export::record;
use baoku::model::{Hints, PlaceList, Town};
use baoku::reconstruct::{Lexicon, reconstruct};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn places() -> PlaceList {
    let town = |name: &str, alias: &str, village: &str| Town {
        name: name.into(),
        aliases: vec![alias.into()],
        zones: Vec::new(),
        villages: vec![village.into()],
    };
    PlaceList {
        newspaper: Some("云川日报".into()),
        city: Some("云川市".into()),
        towns: vec![town("望山镇", "望山", "石桥村"), town("白塔街道", "白塔", "米市社区")],
    }
}

fn made(dump: &Path) -> String {
    let text = std::fs::read_to_string(dump).expect("a readable dump");
    let mut page = reconstruct(&text, Lexicon::shared());
    catalogue(&mut page, &text, &Hints::default(), &Gazetteer::new(&places()), &Sections::builtin());
    let mut record = record::page(&page, "dump.txt");
    // Probabilities move with every training; what they decide is in the other fields.
    record.articles.iter_mut().for_each(|a| a.confidence = 0.0);
    serde_json::to_string_pretty(&record).expect("plain data") + "\n"
}

#[test]
fn dumps_become_what_was_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&root)
        .expect("tests/data")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.join("dump.txt").exists())
        .collect();
    cases.sort();
    assert!(cases.len() >= 8, "cases are missing");
    let bless = std::env::var_os("BAOKU_BLESS").is_some();
    let mut report = String::new();
    for case in cases {
        let made = made(&case.join("dump.txt"));
        let expected = case.join("expected.json");
        if bless {
            std::fs::write(&expected, &made).expect("a writable tree");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != made {
            let _ = writeln!(report, "{} differs; now:\n{made}", case.display());
        }
    }
    assert!(report.is_empty(), "{report}");
}
