//! What can be done where a path lies. On a network drive SQLite's shared-memory journal (WAL) does not work; on a drive that
//! cannot be written to not even reading does, as it needs the journal, nor bringing an old file to the newest format.

use super::ArchiveError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// File systems whose locks and shared memory do not reach other machines.
const NETWORK: [&str; 16] = [
    "9p",
    "afp",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.davfs",
    "fuse.rclone",
    "fuse.sshfs",
    "glusterfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

/// Whether the file is there and it, or its folder, cannot be written to.
pub(super) fn is_read_only(path: &Path) -> bool {
    let is_refused =
        |err: &std::io::Error| matches!(err.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
    if !path.is_file() {
        return false;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::OpenOptions::new().write(true).open(path).is_err_and(|err| is_refused(&err))
        || tempfile::tempfile_in(folder).is_err_and(|err| is_refused(&err))
}

/// A copy of an archive, with what its journal has, in a folder that is gone when it is dropped.
pub(super) fn copy(path: &Path) -> Result<(tempfile::TempDir, PathBuf), ArchiveError> {
    let failed = |source| ArchiveError::Copy { path: path.to_owned(), source };
    let folder = tempfile::Builder::new().prefix("baoku").tempdir().map_err(failed)?;
    let name = path.file_name().unwrap_or(std::ffi::OsStr::new("archive.baoku"));
    let copy = folder.path().join(name);
    for ending in ["", "-wal"] {
        let with_ending = |path: &Path| {
            let mut path = path.as_os_str().to_owned();
            path.push(ending);
            PathBuf::from(path)
        };
        let from = with_ending(path);
        if ending.is_empty() || from.is_file() {
            let to = with_ending(&copy);
            // Not `fs::copy`: that would copy the permissions, too.
            let mut source = std::fs::File::open(&from).map_err(failed)?;
            let mut target = std::fs::File::create(&to).map_err(failed)?;
            std::io::copy(&mut source, &mut target).map_err(failed)?;
        }
    }
    Ok((folder, copy))
}

/// The name of the network file system that holds `path` (which need not exist), if it lies on one.
pub(super) fn network_file_system(path: &Path) -> Option<String> {
    if is_unc(path) {
        return Some("UNC".to_owned());
    }
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let absolute = std::path::absolute(path).ok()?;
    // Links are followed as far as the path exists.
    let real = absolute.ancestors().find_map(|a| a.canonicalize().ok()).unwrap_or(absolute);
    let kind = mount_kind(&mounts, &real)?;
    NETWORK.contains(&kind.as_str()).then_some(kind)
}

fn is_unc(path: &Path) -> bool {
    use std::path::{Component, Prefix};
    matches!(path.components().next(), Some(Component::Prefix(p)) if matches!(p.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

/// The file system of the mount point nearest above `path`.
fn mount_kind(mounts: &str, path: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut fields = line.split(' ');
        let (Some(_), Some(point), Some(kind)) = (fields.next(), fields.next(), fields.next()) else { continue };
        // Blanks in mount points are written as octal escapes.
        let point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
        let depth = Path::new(&point).components().count();
        if path.starts_with(&point) && best.is_none_or(|(d, _)| depth >= d) {
            best = Some((depth, kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_point_counts() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n//srv/news /mnt/News\\040Share cifs rw 0 0\ntmpfs /mnt/News\\040Share/tmp tmpfs rw 0 0\n";
        let kind = |p: &str| mount_kind(mounts, Path::new(p));
        assert_eq!(kind("/home/user/报库.db").as_deref(), Some("ext4"));
        assert_eq!(kind("/mnt/News Share/报库.db").as_deref(), Some("cifs"));
        assert_eq!(kind("/mnt/News Share/tmp/a.db").as_deref(), Some("tmpfs"));
        assert_eq!(kind("/mnt/News"), Some("ext4".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn an_old_archive_that_cannot_be_written_to_is_read_from_a_copy() {
        use crate::archive::{Archive, Notice};
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧库.baoku");
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/archive/format-1.db");
        std::fs::copy(data, &path).unwrap();
        assert!(!is_read_only(&path) && !is_read_only(&folder.path().join("没有.baoku")));
        let before = std::fs::read(&path).unwrap();
        let set = |mode: u32| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        set(0o555);
        // The superuser may write everywhere.
        if is_read_only(&path) {
            let archive = Archive::open(&path).unwrap();
            assert!(archive.is_copy() && archive.notices().contains(&Notice::Copied), "{:?}", archive.notices());
            let copy = archive.path().to_owned();
            let reader = archive.reader().unwrap();
            drop(archive);
            assert!(reader.count(&Default::default()).unwrap() > 0, "a reader outlives the writer");
            assert!(copy.exists());
            drop(reader);
            assert!(!copy.exists(), "and the copy goes with it");
        }
        set(0o755);
        assert_eq!(std::fs::read(&path).unwrap(), before);
        // Whoever may write everywhere at least sees that a copy is whole.
        let (_folder, copied) = copy(&path).unwrap();
        assert_eq!(std::fs::read(copied).unwrap(), before);
    }
}
