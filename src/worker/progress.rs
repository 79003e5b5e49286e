//! How far a long piece of work is, shared between the thread that does it and whoever watches.
//!
//! Plain atomics, written by the work and read once a frame: no messages per file, no locks while painting but the one
//! around a short name.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Progress of one import or rebuild, with its brakes.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    files_done: AtomicU64,
    files_total: AtomicU64,
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    pages: AtomicU64,
    articles: AtomicU64,
    duplicates: AtomicU64,
    problems: AtomicU64,
    is_cancelled: AtomicBool,
    is_paused: Mutex<bool>,
    resumed: Condvar,
    current: Mutex<String>,
}

/// The figures of one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgressSnapshot {
    /// Files whose outcome is known.
    pub files_done: u64,
    /// Files altogether; 0 while they are still being counted.
    pub files_total: u64,
    /// Bytes of the files that are done.
    pub bytes_done: u64,
    /// Bytes of all files; 0 while they are still being counted.
    pub bytes_total: u64,
    /// Pages stored.
    pub pages: u64,
    /// Articles stored.
    pub articles: u64,
    /// Files whose content was there already.
    pub duplicates: u64,
    /// Files with a problem.
    pub problems: u64,
    /// Somebody asked to stop.
    pub is_cancelled: bool,
    /// Somebody asked to wait.
    pub is_paused: bool,
    /// The file that is being read.
    pub current: String,
    /// Time since the work began.
    pub elapsed: Duration,
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress {
    /// Nothing done yet; the clock starts.
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            files_done: AtomicU64::new(0),
            files_total: AtomicU64::new(0),
            bytes_done: AtomicU64::new(0),
            bytes_total: AtomicU64::new(0),
            pages: AtomicU64::new(0),
            articles: AtomicU64::new(0),
            duplicates: AtomicU64::new(0),
            problems: AtomicU64::new(0),
            is_cancelled: AtomicBool::new(false),
            is_paused: Mutex::new(false),
            resumed: Condvar::new(),
            current: Mutex::new(String::new()),
        }
    }

    /// All figures at once.
    pub fn snapshot(&self) -> ProgressSnapshot {
        ProgressSnapshot {
            files_done: self.files_done.load(Relaxed),
            files_total: self.files_total.load(Relaxed),
            bytes_done: self.bytes_done.load(Relaxed),
            bytes_total: self.bytes_total.load(Relaxed),
            pages: self.pages.load(Relaxed),
            articles: self.articles.load(Relaxed),
            duplicates: self.duplicates.load(Relaxed),
            problems: self.problems.load(Relaxed),
            is_cancelled: self.is_cancelled(),
            is_paused: self.is_paused(),
            current: held(&self.current).clone(),
            elapsed: self.started.elapsed(),
        }
    }

    /// Asks the work to stop soon; what is stored stays. Ends a pause.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Relaxed);
        self.set_paused(false);
    }

    /// Whether somebody asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Relaxed)
    }

    /// Asks the work to wait, or to go on.
    pub fn set_paused(&self, is_paused: bool) {
        *held(&self.is_paused) = is_paused && !self.is_cancelled();
        self.resumed.notify_all();
    }

    /// Whether the work was asked to wait.
    pub fn is_paused(&self) -> bool {
        *held(&self.is_paused)
    }

    /// Called by the work between two pieces: waits out a pause, then says whether to go on.
    pub fn keep_going(&self) -> bool {
        let mut is_paused = held(&self.is_paused);
        while *is_paused && !self.is_cancelled() {
            is_paused = self.resumed.wait(is_paused).unwrap_or_else(PoisonError::into_inner);
        }
        !self.is_cancelled()
    }

    /// The work knows how much there is.
    pub fn set_total(&self, files: u64, bytes: u64) {
        self.files_total.store(files, Relaxed);
        self.bytes_total.store(bytes, Relaxed);
    }

    /// The file that is being read now.
    pub fn set_current(&self, name: &str) {
        let mut current = held(&self.current);
        current.clear();
        current.push_str(name);
    }

    /// A file is done with.
    pub fn add_file(&self, bytes: u64) {
        self.files_done.fetch_add(1, Relaxed);
        self.bytes_done.fetch_add(bytes, Relaxed);
    }

    /// More of the work is done, by bytes.
    pub fn add_bytes(&self, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Relaxed);
    }

    /// Pages and articles were stored.
    pub fn add_stored(&self, pages: u64, articles: u64) {
        self.pages.fetch_add(pages, Relaxed);
        self.articles.fetch_add(articles, Relaxed);
    }

    /// The content of a file was there already.
    pub fn add_duplicate(&self) {
        self.duplicates.fetch_add(1, Relaxed);
    }

    /// Somebody should look at a file.
    pub fn add_problem(&self) {
        self.problems.fetch_add(1, Relaxed);
    }
}

impl ProgressSnapshot {
    /// Share of the work that is done, by bytes (else by files); `None` while it is being counted.
    pub fn fraction(&self) -> Option<f32> {
        match (self.bytes_total, self.files_total) {
            (0, 0) => None,
            (0, files) => Some((self.files_done as f32 / files as f32).min(1.0)),
            (bytes, _) => Some((self.bytes_done as f64 / bytes as f64).min(1.0) as f32),
        }
    }

    /// Files a second so far.
    pub fn files_per_second(&self) -> f64 {
        self.files_done as f64 / self.elapsed.as_secs_f64().max(0.001)
    }

    /// Time left at the pace so far; `None` before there is a pace.
    pub fn time_left(&self) -> Option<Duration> {
        let fraction = f64::from(self.fraction()?);
        if fraction < 0.01 || self.elapsed < Duration::from_millis(500) {
            return None;
        }
        Some(self.elapsed.mul_f64((1.0 - fraction) / fraction))
    }
}

/// A poisoned lock still holds a good name or flag.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn figures_add_up() {
        let progress = Progress::new();
        assert_eq!(progress.snapshot().fraction(), None);
        progress.set_total(4, 400);
        progress.add_file(100);
        progress.add_stored(2, 9);
        progress.set_current("第02版.txt");
        let now = progress.snapshot();
        assert_eq!((now.files_done, now.pages, now.articles, now.current.as_str()), (1, 2, 9, "第02版.txt"));
        assert_eq!(now.fraction(), Some(0.25));
        let later = ProgressSnapshot { elapsed: Duration::from_secs(10), ..now };
        assert_eq!(later.time_left().map(|left| left.as_secs()), Some(30));
    }

    #[test]
    fn a_pause_holds_the_work_until_it_is_lifted_or_cancelled() {
        for is_cancelled in [false, true] {
            let progress = Arc::new(Progress::new());
            progress.set_paused(true);
            let worker = Arc::clone(&progress);
            let thread =
                std::thread::Builder::new().name("pause-test".to_owned()).spawn(move || worker.keep_going()).unwrap();
            std::thread::sleep(Duration::from_millis(30));
            assert!(!thread.is_finished());
            if is_cancelled {
                progress.cancel()
            } else {
                progress.set_paused(false)
            }
            assert_eq!(thread.join().unwrap(), !is_cancelled);
        }
    }
}
