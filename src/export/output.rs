//! Files that appear whole or not at all.

use super::ExportError;
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file being made next to its final place. Dropping it leaves nothing behind.
pub(super) struct PendingFile {
    out: BufWriter<NamedTempFile>,
    target: PathBuf,
}

impl PendingFile {
    /// Begins the file that is to stand at `target`.
    pub(super) fn create(target: &Path) -> Result<Self, ExportError> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".baoku-").suffix(".part").tempfile_in(folder);
        let file = file.map_err(|source| ExportError::Write { path: target.to_owned(), source })?;
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
