//! Whether a path lies on a network drive: SQLite's shared-memory journal (WAL) does not work there.

use std::path::Path;

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
}
