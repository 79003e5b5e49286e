//! The terminal: text and JSON to stdout, complaints and progress to stderr.

use super::failure::hint;
use crate::worker::{Progress, ProgressSnapshot};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::fmt::Arguments;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Buffered standard output.
pub(super) struct Console {
    out: BufWriter<StdoutLock<'static>>,
}

impl Console {
    pub(super) fn new() -> Self {
        Self { out: BufWriter::new(io::stdout().lock()) }
    }

    /// One line of text.
    pub(super) fn line(&mut self, line: Arguments<'_>) -> io::Result<()> {
        self.out.write_fmt(line)?;
        self.out.write_all(b"\n")
    }

    /// One JSON value, indented, and a line end.
    pub(super) fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        Ok(self.out.flush()?)
    }

    /// Everything is out; commands call it last so that a broken pipe is noticed.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The `error:` line and, where something can be done, the `hint:` line.
pub(super) fn complain(error: &anyhow::Error) {
    say(format_args!("error: {error:#}"));
    if let Some(hint) = hint(error) {
        say(format_args!("hint: {hint}"));
    }
}

/// A line for people on stderr. When even that is closed there is nobody to tell.
pub(super) fn say(line: Arguments<'_>) {
    let mut err = io::stderr().lock();
    let _ = err.write_fmt(line).and_then(|()| err.write_all(b"\n"));
}

/// Runs `work` with a progress bar on stderr, if that is a terminal.
pub(super) fn with_progress<T>(progress: &Progress, work: impl FnOnce() -> T) -> T {
    with_bar(progress, figures, work)
}

/// The same for work that counts articles, not files.
pub(super) fn with_article_progress<T>(progress: &Progress, work: impl FnOnce() -> T) -> T {
    let figures = |now: &ProgressSnapshot| {
        let share = now.fraction().map(|share| format!("{:.0} %", share * 100.0)).unwrap_or_default();
        match now.time_left() {
            Some(left) => format!("articles, {share}, {:#} left", HumanDuration(left)),
            None => format!("articles, {share}"),
        }
    };
    with_bar(progress, figures, work)
}

fn with_bar<T>(progress: &Progress, figures: fn(&ProgressSnapshot) -> String, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let painter = std::thread::Builder::new()
            .name("progress".to_owned())
            .spawn_scoped(scope, || paint(progress, figures, &is_done));
        // Without a painter the work is as good.
        let result = work();
        is_done.store(true, Ordering::Relaxed);
        drop(painter);
        result
    })
}

fn paint(progress: &Progress, figures: fn(&ProgressSnapshot) -> String, is_done: &AtomicBool) {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let template = "{bar:24} {pos}/{len} {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    while !is_done.load(Ordering::Relaxed) {
        let now = progress.snapshot();
        // While files are counted the bar is empty, not full.
        bar.set_length(now.files_total.max(1));
        bar.set_position(now.files_done);
        bar.set_message(figures(&now));
        std::thread::sleep(Duration::from_millis(100));
    }
    bar.finish_and_clear();
}

fn figures(now: &ProgressSnapshot) -> String {
    let mut out = format!("{} articles, {:.0} files/s", now.articles, now.files_per_second());
    if now.problems > 0 {
        out.push_str(&format!(", {} problems", now.problems));
    }
    if let Some(left) = now.time_left() {
        out.push_str(&format!(", {:#} left", HumanDuration(left)));
    }
    out
}
