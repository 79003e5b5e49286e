//! Watching a folder: new dumps are told once they are written to their end.
//!
//! The system's notifications only say *when* to look; what is there is found by the same scan that an import uses, and by
//! size and time of each file. So it does not matter how a program writes its files, and on a network drive, where
//! notifications do not arrive, a look every minute does the same.

use super::{Event, WorkerError};
use crate::ingest::{Limits, scan};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use notify::{RecursiveMode, Watcher as _};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// A file counts as written to its end when it has not changed for so long: a copy over a slow network pauses for a
/// second or two, and half a page must not be filed.
const SETTLE: Duration = Duration::from_secs(5);
/// How often files that are still being written are looked at.
const STEP: Duration = Duration::from_millis(500);
/// How often the folder is looked through without any notification.
const ROUND: Duration = Duration::from_secs(60);

/// Size and time of a file: what tells that it changed.
type Stamp = (u64, Option<SystemTime>);

/// A folder being watched; dropping it ends that.
pub(super) struct Watch {
    _stop: Sender<Never>,
}

/// Nothing is ever sent: the channel closes, and that is the message.
enum Never {}

impl Watch {
    /// Starts watching; `tell` gets an [`Event::Watched`] for files that are new or changed. The first is about all that
    /// is there already.
    pub(super) fn start(
        folder: PathBuf,
        tell: impl Fn(Event) + Send + 'static,
    ) -> Result<(Self, std::thread::JoinHandle<()>), WorkerError> {
        let (stop, stopped) = bounded::<Never>(1);
        let thread = std::thread::Builder::new()
            .name("baoku-watch".to_owned())
            .spawn(move || watch(&folder, &stopped, &tell))
            .map_err(WorkerError::Thread)?;
        Ok((Self { _stop: stop }, thread))
    }
}

fn watch(folder: &Path, stopped: &Receiver<Never>, tell: &dyn Fn(Event)) {
    let (ring, bell) = bounded::<()>(1);
    // One ring is enough however many files change.
    let watcher = notify::recommended_watcher(move |_: notify::Result<notify::Event>| {
        let _ = ring.try_send(());
    });
    let mut watcher = match watcher {
        Ok(watcher) => Some(watcher),
        Err(error) => {
            log::warn!("no notifications for {}: {error}", folder.display());
            None
        }
    };
    let mut is_listening = false;
    let mut state = Folder::default();
    loop {
        // A drive that was not there may have come back.
        if !is_listening && let Some(watcher) = &mut watcher {
            is_listening = watcher.watch(folder, RecursiveMode::Recursive).is_ok();
        }
        match state.look(folder, Instant::now()) {
            Some(Ok((paths, is_first))) => tell(Event::Watched { paths, is_first }),
            Some(Err(error)) => {
                is_listening = false;
                let error = WorkerError::Watch { folder: folder.to_owned(), source: error };
                tell(Event::WatchFailed(Arc::new(error)));
            }
            None => {}
        }
        let pause = if state.pending.is_empty() { ROUND } else { STEP };
        crossbeam_channel::select! {
            recv(stopped) -> _ => return,
            recv(bell) -> _ => match stopped.recv_timeout(STEP) {
                // Let a burst of changes pass before looking.
                Err(RecvTimeoutError::Timeout) => {}
                _ => return,
            },
            default(pause) => {}
        }
    }
}

/// What is known of the folder.
#[derive(Default)]
struct Folder {
    /// Files that were told.
    told: HashMap<PathBuf, Stamp>,
    /// Files that may still be growing, and since when they have not.
    pending: HashMap<PathBuf, (Stamp, Instant)>,
    /// Whether the files that were there from the beginning have been told.
    is_begun: bool,
    /// Whether the folder could not be read last time: said once.
    is_gone: bool,
}

impl Folder {
    /// Looks at the folder and returns the files that are ready, if there are any, and whether they are the first.
    fn look(&mut self, folder: &Path, now: Instant) -> Option<std::io::Result<(Vec<PathBuf>, bool)>> {
        if let Err(error) = std::fs::read_dir(folder) {
            return (!std::mem::replace(&mut self.is_gone, true)).then_some(Err(error));
        }
        self.is_gone = false;
        let (candidates, _) = scan(&[folder.to_owned()], &Limits::default(), &|| true);
        let mut ready = Vec::new();
        let mut pending = HashMap::new();
        for candidate in candidates {
            let Some(stamp) = stamp(&candidate.path) else { continue };
            if self.told.get(&candidate.path) == Some(&stamp) {
                continue;
            }
            let since = match self.pending.get(&candidate.path) {
                Some((before, since)) if *before == stamp => *since,
                _ => now,
            };
            // An empty file is one whose writer has only begun.
            if stamp.0 > 0 && now.duration_since(since) >= SETTLE {
                self.told.insert(candidate.path.clone(), stamp);
                ready.push(candidate.path);
            } else if stamp.0 > 0 {
                pending.insert(candidate.path, (stamp, since));
            }
        }
        self.pending = pending;
        if ready.is_empty() {
            self.is_begun |= self.pending.is_empty();
            return None;
        }
        Some(Ok((ready, !std::mem::replace(&mut self.is_begun, true))))
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.len(), meta.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: Option<std::io::Result<(Vec<PathBuf>, bool)>>) -> (Vec<String>, bool) {
        let (paths, is_first) = found.expect("something is ready").expect("the folder is there");
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        (paths.iter().map(name).collect(), is_first)
    }

    #[test]
    fn a_file_is_told_when_it_has_stopped_growing_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("头版.txt");
        std::fs::write(&file, "第一行").unwrap();
        let mut state = Folder::default();
        let start = Instant::now();
        assert!(state.look(folder.path(), start).is_none(), "it may still be written");
        std::fs::write(&file, "第一行\n第二行").unwrap();
        assert!(state.look(folder.path(), start + SETTLE).is_none(), "it grew meanwhile");
        assert_eq!(names(state.look(folder.path(), start + SETTLE * 2)), (vec!["头版.txt".to_owned()], true));
        assert!(state.look(folder.path(), start + SETTLE * 9).is_none(), "told already");
        std::fs::write(folder.path().join("二版.txt"), "新的").unwrap();
        std::fs::write(folder.path().join("图.jpg"), "不看").unwrap();
        assert!(state.look(folder.path(), start + SETTLE * 10).is_none());
        assert_eq!(names(state.look(folder.path(), start + SETTLE * 11)), (vec!["二版.txt".to_owned()], false));
    }

    #[test]
    fn a_folder_that_is_gone_is_said_once_and_may_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("报纸");
        let mut state = Folder::default();
        let start = Instant::now();
        assert!(state.look(&inner, start).unwrap().is_err());
        assert!(state.look(&inner, start).is_none());
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("头版.txt"), "字").unwrap();
        assert!(state.look(&inner, start).is_none());
        assert_eq!(names(state.look(&inner, start + SETTLE)).0, ["头版.txt"]);
    }

    #[test]
    fn an_empty_file_waits_for_its_text() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("空.txt"), "").unwrap();
        let mut state = Folder::default();
        let start = Instant::now();
        assert!(state.look(folder.path(), start).is_none());
        assert!(state.look(folder.path(), start + SETTLE * 5).is_none());
        assert!(state.pending.is_empty(), "and is not looked at twice a second meanwhile");
    }
}
