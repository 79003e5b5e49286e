//! What is left behind when the program breaks: a file next to the archive with the panic, the backtrace and the last
//! lines of the log.

use log::{Log, Metadata, Record};
use std::backtrace::Backtrace;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Lines of the log that are kept.
const TAIL: usize = 200;

static TAIL_LOG: OnceLock<TailLog> = OnceLock::new();

/// Logs as `RUST_LOG` says (warnings by default) and keeps the last lines.
struct TailLog {
    inner: env_logger::Logger,
    lines: Mutex<VecDeque<String>>,
}

impl Log for TailLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.inner.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if !self.inner.matches(record) {
            return;
        }
        self.inner.log(record);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == TAIL {
            lines.pop_front();
        }
        lines.push_back(format!("{} {}: {}", record.level(), record.target(), record.args()));
    }

    fn flush(&self) {
        self.inner.flush();
    }
}

/// Starts logging and has panics written to `<archive>.crash.txt`.
pub(super) fn prepare(archive: &Path) {
    let env = env_logger::Env::default().default_filter_or(format!("warn,{}", crate::ui::LOG_FILTER));
    let log =
        TAIL_LOG.get_or_init(|| TailLog { inner: env_logger::Builder::from_env(env).build(), lines: Mutex::default() });
    if log::set_logger(log).is_ok() {
        log::set_max_level(log.inner.filter());
    }
    let file = crash_file(archive);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        before(info);
        let text = report(&info.to_string(), &Backtrace::force_capture().to_string());
        // Nothing can be done about a failure here; the panic itself has been printed.
        let _ = std::fs::write(&file, text);
    }));
}

fn crash_file(archive: &Path) -> PathBuf {
    let mut name = archive.file_name().unwrap_or_default().to_owned();
    name.push(".crash.txt");
    archive.with_file_name(name)
}

fn report(panic: &str, backtrace: &str) -> String {
    let mut text = format!(
        "Baoku {} on {} {}\n{panic}\n\n{backtrace}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    if let Some(log) = TAIL_LOG.get() {
        // A panic while logging must not lock up the report of it.
        if let Ok(lines) = log.lines.try_lock() {
            for line in lines.iter() {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_lies_next_to_the_archive() {
        assert_eq!(crash_file(Path::new("/数据/库.baoku")), Path::new("/数据/库.baoku.crash.txt"));
        assert!(report("panicked at …", "0: …").starts_with("Baoku "));
    }
}
