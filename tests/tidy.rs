//! Holds the source to the house rules: who may use whom, where one may print, how long a file may be.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file with its path from `src/`.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The first folder, or the file itself at the top.
    fn room(&self) -> &str {
        self.path.split(['/', '.']).next().expect("a room")
    }

    /// Lines of code with their numbers: no comments, and nothing from the inline tests at the file's end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.path.ends_with("tests.rs") || self.path.contains("/tests/");
        let lines = if is_test_file { "" } else { self.text.as_str() };
        let own = lines.find("#[cfg(test)]\nmod tests {").map_or(lines, |at| &lines[..at]);
        (1..).zip(own.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, out: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, out);
        } else {
            out.push(path);
        }
    }
    out.sort();
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = Vec::new();
    files_below(&src, &mut paths);
    let rust = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let sources: Vec<Source> = rust
        .map(|path| Source {
            text: fs::read_to_string(&path).expect("readable"),
            path: path.strip_prefix(&src).expect("below").to_string_lossy().replace('\\', "/"),
        })
        .collect();
    assert!(sources.len() > 30, "the sources were not found");
    sources
}

#[track_caller]
fn expect_none(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}:\n  {}", breaches.join("\n  "));
}

/// Lines of rooms other than `allowed` that hold one of `needles`.
fn uses_outside(allowed: &[&str], needles: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for source in sources() {
        if allowed.contains(&source.room()) {
            continue;
        }
        let hits = source.code().filter(|(_, line)| needles.iter().any(|needle| line.contains(needle)));
        out.extend(hits.map(|(number, line)| format!("src/{}:{number}: {}", source.path, line.trim())));
    }
    out
}

#[test]
fn only_the_archive_knows_sql() {
    expect_none("rusqlite outside archive", &uses_outside(&["archive"], &["rusqlite"]));
}

#[test]
fn only_the_window_knows_egui() {
    let needles = ["egui", "eframe", "rfd::", "winit::"];
    expect_none("window crates outside ui", &uses_outside(&["ui"], &needles));
}

#[test]
fn only_the_command_line_prints() {
    let needles = ["println!", "print!(", "eprintln!", "eprint!(", "stdout()", "stderr()"];
    expect_none("printing outside cli", &uses_outside(&["cli", "main"], &needles));
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    // What a room may use besides itself and the model. The window talks to the worker, never to the archive.
    let may_use: [(&str, &[&str]); 12] = [
        ("model", &[]),
        ("fonts", &[]),
        ("search", &[]),
        ("reconstruct", &["search"]),
        ("catalogue", &["search", "reconstruct"]),
        ("export", &["fonts"]),
        ("repair", &["reconstruct"]),
        ("ingest", &["reconstruct", "catalogue", "repair"]),
        ("archive", &["search", "repair"]),
        ("worker", &["reconstruct", "catalogue", "repair", "ingest", "search", "archive", "export"]),
        ("ui", &["worker", "search", "ingest", "fonts"]),
        ("cli", &["reconstruct", "catalogue", "repair", "ingest", "search", "archive", "export", "worker", "ui"]),
    ];
    let mut breaches = Vec::new();
    for source in sources() {
        let room = source.room().to_owned();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some((_, allowed)) = may_use.iter().find(|(name, _)| *name == room) else {
            breaches.push(format!("src/{}: the room {room} is not in the plan", source.path));
            continue;
        };
        for (number, line) in source.code() {
            for used in line.match_indices("crate::").map(|(at, _)| &line[at + "crate::".len()..]) {
                let end = used.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(used.len());
                let used = &used[..end];
                let is_room = may_use.iter().any(|(name, _)| *name == used);
                if is_room && used != room && used != "model" && !allowed.contains(&used) {
                    breaches.push(format!("src/{}:{number}: {room} uses {used}", source.path));
                }
            }
        }
    }
    expect_none("rooms that use rooms they must not know", &breaches);
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.path.as_str(), source.text.lines().count()))
        .filter(|(_, lines)| *lines > 600)
        .map(|(path, lines)| format!("src/{path}: {lines} lines"))
        .collect();
    expect_none("files longer than 600 lines", &long);
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().iter().filter(|source| !source.text.starts_with("//!")).map(|s| format!("src/{}", s.path)).collect();
    expect_none("files without a module doc", &silent);
}

#[test]
fn nothing_speaks_of_one_machine() {
    // Put together here so that this file does not name them itself.
    let needles = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat()];
    let mut files = Vec::new();
    for folder in ["src", "tests", "assets", "scripts", "benches", "examples", ".ci"] {
        let folder = root().join(folder);
        if folder.is_dir() {
            files_below(&folder, &mut files);
        }
    }
    for name in ["Cargo.toml", "README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        files.extend(Some(root().join(name)).filter(|path| path.is_file()));
    }
    let mut breaches = Vec::new();
    for path in files {
        // Pictures and models are not text.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            if needles.iter().any(|needle| line.contains(needle.as_str())) {
                let path = path.strip_prefix(root()).unwrap_or(&path).display();
                breaches.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    expect_none("paths of one machine", &breaches);
}

#[test]
fn no_unfinished_work_is_left_in_the_source() {
    let needles = ["todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME", "XXX"];
    expect_none("unfinished work", &uses_outside(&[], &needles));
}
