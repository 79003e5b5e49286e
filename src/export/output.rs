//! Files that appear whole or not at all.

use super::ExportError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::{NamedTempFile, TempDir};

/// How the names of files and folders begin and end that are not whole yet.
pub(super) const PREFIX: &str = ".baoku-";
pub(super) const SUFFIX: &str = ".part";
/// What is younger is left alone: it may be about to be locked.
const YOUNG: Duration = Duration::from_secs(60);
/// What is older is abandoned where locks cannot tell.
const OLD: Duration = Duration::from_secs(24 * 3600);

/// The folder in which something is to stand.
pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Takes away what exports that were killed have left in a folder. What another export works on is locked and stays.
pub(super) fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if !is_part || !is_abandoned(&entry.path()) {
            continue;
        }
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let gone = if is_folder { std::fs::remove_dir_all(entry.path()) } else { std::fs::remove_file(entry.path()) };
        log::info!("left by an export that was killed: {} ({gone:?})", entry.path().display());
    }
}

fn is_abandoned(path: &Path) -> bool {
    let age = path.symlink_metadata().and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
    let Some(age) = age.filter(|age| *age >= YOUNG) else { return false };
    match lock(path) {
        Some(is_free) => is_free,
        None => age >= OLD,
    }
}

/// Whether nobody holds a lock; none where that cannot be told (folders on Windows, drives without locks).
fn lock(path: &Path) -> Option<bool> {
    match File::open(path).ok()?.try_lock() {
        Ok(()) => Some(true),
        Err(std::fs::TryLockError::WouldBlock) => Some(false),
        Err(std::fs::TryLockError::Error(_)) => None,
    }
}

/// A folder that is filled out of sight. Dropping it leaves nothing behind.
pub(super) struct Stage {
    folder: TempDir,
    /// Holds the lock where folders can have one.
    _lock: Option<File>,
}

impl Stage {
    pub(super) fn create(home: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(home)?;
        let lock = File::open(folder.path()).ok().filter(|file| file.try_lock().is_ok());
        Ok(Self { folder, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder stays; whoever asked gives it its name.
    pub(super) fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}

/// A file being made next to its final place. Dropping it leaves nothing behind.
pub(super) struct PendingFile {
    out: BufWriter<NamedTempFile>,
    target: PathBuf,
}

impl PendingFile {
    /// Begins the file that is to stand at `target`.
    pub(super) fn create(target: &Path) -> Result<Self, ExportError> {
        let folder = folder_of(target);
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder);
        let file = file.map_err(|source| ExportError::Write { path: target.to_owned(), source })?;
        // Says that somebody is at work on it, see `sweep`. Drives without locks are never swept.
        let _ = file.as_file().try_lock();
        Ok(Self { out: BufWriter::with_capacity(1 << 17, file), target: target.to_owned() })
    }

    /// Puts the file in its place.
    pub(super) fn persist(self) -> Result<(), ExportError> {
        let Self { out, target } = self;
        let failed = |source| ExportError::Write { path: target.clone(), source };
        let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
        share(file.as_file()).map_err(failed)?;
        file.as_file().sync_data().map_err(failed)?;
        file.persist(&target).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// Temporary files are their owner's alone; what is handed on may be read by those who may read the folder.
#[cfg(unix)]
fn share(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_file: &File) -> io::Result<()> {
    Ok(())
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Seek for PendingFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}

/// What must stand behind something that is known only at the end (a table of contents): kept in memory while small, else
/// in a nameless file.
pub(super) struct Spool {
    out: BufWriter<tempfile::SpooledTempFile>,
}

impl Spool {
    /// Bytes that are kept in memory.
    const IN_MEMORY: usize = 4 << 20;

    pub(super) fn new() -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, tempfile::SpooledTempFile::new(Self::IN_MEMORY)) }
    }

    /// Copies everything to `to`.
    pub(super) fn copy_to(self, to: &mut impl Write) -> io::Result<()> {
        let mut file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(()),
                read => to.write_all(&buffer[..read])?,
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Where something lies on a [`Shelf`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    from: u64,
    bytes: u64,
}

/// Many things to be taken again in any order, each for itself: in memory while they are few, else in a nameless file.
pub(super) struct Shelf {
    out: BufWriter<tempfile::SpooledTempFile>,
    bytes: u64,
}

impl Shelf {
    pub(super) fn new() -> Self {
        let file = tempfile::SpooledTempFile::new(Spool::IN_MEMORY);
        Self { out: BufWriter::with_capacity(1 << 16, file), bytes: 0 }
    }

    /// Puts something at the end.
    pub(super) fn put(&mut self, thing: &impl Serialize) -> Result<Place, ExportError> {
        let bytes = serde_json::to_vec(thing)?;
        self.out.write_all(&bytes)?;
        let place = Place { from: self.bytes, bytes: bytes.len() as u64 };
        self.bytes += place.bytes;
        Ok(place)
    }

    /// What lies there. Nothing may be put on the shelf afterwards.
    pub(super) fn get<T: DeserializeOwned>(&mut self, place: Place) -> Result<T, ExportError> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.seek(SeekFrom::Start(place.from))?;
        let mut bytes = Vec::new();
        file.take(place.bytes).read_to_end(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("剪报.txt");
        let mut pending = PendingFile::create(&target).unwrap();
        pending.write_all("半".as_bytes()).unwrap();
        assert!(!target.exists());
        drop(pending);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut pending = PendingFile::create(&target).unwrap();
        pending.write_all("全".as_bytes()).unwrap();
        pending.persist().unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "全");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_export_left_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let age = |path: &Path| {
            let long_ago = std::time::SystemTime::now() - YOUNG * 2;
            File::open(path).unwrap().set_modified(long_ago).unwrap();
        };
        let working = PendingFile::create(&at("剪报.txt")).unwrap();
        let stage = Stage::create(folder.path()).unwrap();
        let in_work = [working.out.get_ref().path().to_owned(), stage.path().to_owned()];
        for name in [".baoku-alt.part", ".baoku-jung.part", "剪报.part", "剪报.txt"] {
            std::fs::write(at(name), "半").unwrap();
        }
        std::fs::create_dir(at(".baoku-mappe.part")).unwrap();
        std::fs::write(at(".baoku-mappe.part/一.txt"), "半").unwrap();
        in_work.iter().for_each(|path| age(path));
        for name in [".baoku-alt.part", ".baoku-mappe.part", "剪报.part", "剪报.txt"] {
            age(&at(name));
        }
        sweep(folder.path());
        assert!(!at(".baoku-alt.part").exists() && !at(".baoku-mappe.part").exists());
        assert!(at(".baoku-jung.part").exists() && at("剪报.part").exists() && at("剪报.txt").exists());
        assert!(in_work.iter().all(|path| path.exists()));
    }

    #[test]
    fn what_was_put_on_a_shelf_is_found_in_any_order() {
        let mut shelf = Shelf::new();
        let text = |number: usize| format!("第{number}篇").repeat(3000);
        let places: Vec<Place> = (0..200).map(|number| shelf.put(&text(number)).unwrap()).collect();
        for number in [199, 0, 77, 78] {
            assert_eq!(shelf.get::<String>(places[number]).unwrap(), text(number));
        }
    }

    #[test]
    fn a_spool_gives_back_what_it_got_however_long() {
        let mut spool = Spool::new();
        let piece = "长文".repeat(1000);
        for _ in 0..1000 {
            spool.write_all(piece.as_bytes()).unwrap();
        }
        let mut out = Vec::new();
        spool.copy_to(&mut out).unwrap();
        assert_eq!(out.len(), piece.len() * 1000);
        assert!(out.starts_with(piece.as_bytes()) && out.ends_with(piece.as_bytes()));
    }
}
