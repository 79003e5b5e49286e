//! Articles as lines of text files, a file a month: what the other indexes are built from, what a literal scan reads.

use super::question::{Facts, Question, lines_of, questions};
use crate::support::{Generator, Sentences, ms, percentile};
use rayon::prelude::*;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The text files.
pub struct Texts {
    folder: PathBuf,
    files: Vec<PathBuf>,
    /// Articles before each file.
    firsts: Vec<usize>,
    pub bytes: u64,
}

/// Writes the generated articles; returns their facts in the order of days.
pub fn write(sentences: &Sentences, articles: usize, folder: &Path) -> (Texts, Vec<Facts>) {
    let folder = folder.join("texts");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut texts = Texts { folder: folder.clone(), files: Vec::new(), firsts: Vec::new(), bytes: 0 };
    let mut facts: Vec<Facts> = Vec::with_capacity(articles);
    let mut out: Option<BufWriter<File>> = None;
    for page in Generator::new(sentences, articles) {
        for (line, fact) in lines_of(&page) {
            if facts.last().is_none_or(|last| last.month() != fact.month()) {
                let path = folder.join(format!("{}.txt", fact.day.strftime("%Y-%m")));
                out = Some(BufWriter::new(File::create(&path).expect("a file")));
                texts.files.push(path);
                texts.firsts.push(facts.len());
            }
            let out = out.as_mut().expect("the first article opens a file");
            writeln!(out, "{line}").expect("written");
            texts.bytes += line.len() as u64 + 1;
            facts.push(fact);
        }
    }
    (texts, facts)
}

impl Texts {
    /// Calls `each` with every file's lines in turn.
    pub fn each_file(&self, mut each: impl FnMut(Vec<&str>)) {
        for path in &self.files {
            let text = std::fs::read_to_string(path).expect("readable");
            each(text.lines().collect());
        }
    }

    /// How many articles answer a question, by looking at every one.
    pub fn scan(&self, question: &Question, facts: &[Facts]) -> u64 {
        let counts = self.files.par_iter().zip(&self.firsts).map(|(path, &first)| {
            let text = std::fs::read_to_string(path).expect("readable");
            let lines = text.lines().enumerate();
            lines.filter(|(i, t)| question.lets_through(&facts[first + i]) && question.is_answered_by(t)).count() as u64
        });
        counts.sum()
    }

    /// Prints what reading everything costs: by ripgrep where it is installed (single words), and by ourselves.
    pub fn time_scans(&self, facts: &[Facts]) {
        let mut own = Vec::new();
        let mut ripgrep = Vec::new();
        let is_installed = Command::new("rg").arg("--version").output().is_ok();
        for question in questions() {
            for _ in 0..3 {
                let start = Instant::now();
                self.scan(&question, facts);
                own.push(ms(start.elapsed()));
            }
            let is_plain = question.must.len() == 1 && question.not.is_empty() && question.town.is_none();
            if is_installed && is_plain {
                for _ in 0..3 {
                    let start = Instant::now();
                    let mut rg = Command::new("rg");
                    rg.args(["-F", "-c", "--no-filename", "-j", "2", question.must[0]]).arg(&self.folder);
                    rg.output().expect("rg runs");
                    ripgrep.push(ms(start.elapsed()));
                }
            }
        }
        for (name, mut times) in [("ripgrep, single words (count only)", ripgrep), ("literal scan on two threads", own)]
        {
            times.sort_by(f64::total_cmp);
            if times.is_empty() {
                println!("| {name} | not installed |");
                continue;
            }
            println!("| {name} | - | - | | | | | {:.0} | {:.0} | |", percentile(&times, 50), percentile(&times, 95));
        }
    }
}
