//! The whole program over temporary folders: what a script sees of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

mod importing;
mod rebuilding;
mod searching;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A page of the invented county of the samples.
fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name);
    fs::read_to_string(path).expect("a sample page")
}

const A1: &str = "2024-03-18_A1.txt";
const A2: &str = "2024-03-18_A2.txt";
const MAY: &str = "2024-05-09_A1.txt";

/// A folder with an archive in it, under a Chinese path with a space.
struct Desk {
    root: TempDir,
}

/// What a run of the program gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {:?} {:?}", self.out, self.err))
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

impl Desk {
    fn new() -> Self {
        Self { root: tempfile::Builder::new().prefix("报库 测试").tempdir().expect("a folder") }
    }

    /// A desk whose archive holds three sample pages.
    fn with_samples() -> Self {
        let desk = Self::new();
        for name in [A1, A2, MAY] {
            desk.write(&format!("青岚日报/{name}"), sample(name).as_bytes());
        }
        desk.run(&["import", &desk.path("青岚日报"), "--json"]).expect(0);
        desk
    }

    fn path(&self, name: &str) -> String {
        self.root.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = PathBuf::from(self.path(name));
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, bytes).expect("written");
        self.path(name)
    }

    fn run(&self, words: &[&str]) -> Ran {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("baoku"));
        let archive = self.path("档案/库.baoku");
        let output = command
            .args(words)
            .env("BAOKU_ARCHIVE", archive)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .output()
            .expect("runs");
        Ran {
            code: output.status.code().expect("a code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

#[test]
fn an_archive_is_checked_rebuilt_and_its_imports_taken_back() {
    let desk = Desk::with_samples();
    let check = desk.run(&["check", "--json"]).expect(0).json();
    assert_eq!((check["ok"].as_bool(), check["pages"].as_u64()), (Some(true), Some(3)));
    let articles = check["articles"].clone();
    assert_eq!((&check["samples"], &check["problems"]), (&articles, &serde_json::json!([])));
    assert_eq!(desk.run(&["rebuild", "--json"]).expect(0).json()["pages"], 0);
    let rebuilt = desk.run(&["rebuild", "--all", "--json"]).expect(0).json();
    assert_eq!((rebuilt["pages"].as_u64(), &rebuilt["articles"]), (Some(3), &articles));
    desk.run(&["check"]).expect(0);
    let imports = desk.run(&["imports", "--json"]).expect(0).json();
    let id = imports[0]["id"].to_string();
    let undone = desk.run(&["undo", &id, "--json"]).expect(0).json();
    assert_eq!(undone["articles"], articles);
    assert_eq!(desk.run(&["stats", "--json"]).expect(0).json()["pages"], 0);
    desk.run(&["undo", &id]).expect(1);
    desk.run(&["import", &desk.path("青岚日报")]).expect(0);
    assert_eq!(desk.run(&["stats", "--json"]).expect(0).json()["articles"], articles);
}

#[test]
fn mistakes_end_with_two_an_error_and_a_hint() {
    let desk = Desk::new();
    for words in [
        &["search", "茶园"][..],
        &["serach"],
        &["search", "--from", "someday"],
        &["facets", "--kind", "poem"],
        &["rebuild"],
    ] {
        let ran = desk.run(words).expect(2);
        assert_eq!(ran.out, "", "{words:?}");
        let lines: Vec<_> = ran.err.lines().collect();
        assert!(lines[0].starts_with("error: ") && lines[1].starts_with("hint: "), "{words:?}: {lines:?}");
    }
    desk.run(&["search", "--no-such-option"]).expect(2);
    let not_ours = desk.write("x.baoku", "这不是数据库，是一个文本文件。".repeat(200).as_bytes());
    let ran = desk.run(&["stats", "--archive", &not_ours]).expect(2);
    assert!(ran.err.contains("is not a Baoku archive"), "{}", ran.err);
}

#[test]
fn a_place_list_is_used_and_its_mistakes_are_named() {
    let desk = Desk::new();
    let page = desk.write("a.txt", sample(A1).as_bytes());
    let towns = |list: &str| {
        let made = desk.run(&["reconstruct", &page, "--places", list, "--json"]).expect(0).json();
        let articles = made["articles"].as_array().expect("articles").clone();
        let of =
            |a: &Value| [&a["towns"], &a["towns_mentioned"]].map(|t| t.as_array().expect("towns").clone()).concat();
        articles.iter().flat_map(of).map(|town| town.as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let list =
        desk.write("地名.toml", "city = \"云溪市\"\n[[town]]\nname = \"枫塘乡\"\ncolour = \"green\"\n".as_bytes());
    assert!(!towns(&list).is_empty() && towns(&list).iter().all(|town| town == "枫塘乡"), "{:?}", towns(&list));
    let other = desk.write("别处.toml", "[[town]]\nname = \"无此镇\"\n".as_bytes());
    assert_eq!(towns(&other), Vec::<String>::new());
    let bad = desk.write("坏.toml", "[[town]]\nname = 5\n".as_bytes());
    let ran = desk.run(&["import", &page, "--places", &bad]).expect(2);
    assert!(ran.err.contains("坏.toml:2: "), "{}", ran.err);
}

#[test]
fn the_window_says_in_one_sentence_that_there_is_no_display() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let ran = Desk::new().run(&[]).expect(2);
    assert!(ran.err.starts_with("error: there is no display"), "{}", ran.err);
    assert!(ran.err.contains("baoku import"), "{}", ran.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::with_samples();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("baoku"))
        .args(["search", "--limit", "1000", "--json"])
        .env("BAOKU_ARCHIVE", desk.path("档案/库.baoku"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

impl Ran {
    fn run_total(&self) -> u64 {
        self.json()["total"].as_u64().unwrap()
    }
}
