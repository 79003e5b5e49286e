//! Which files of what the user named or dropped are looked at, in which order.

use super::{Limits, encoding, load};
use crate::model::{FileOutcome, FileReport, Source};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that [`scan`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// Its size when it was found, for progress.
    pub size_bytes: u64,
}

/// Endings of files inside folders and zips that may hold dumps.
const DUMP_ENDINGS: [&str; 3] = ["txt", "text", "zip"];

/// Endings of documents that people keep beside dumps and may expect to be imported: they are opened so that the report
/// names them, whereas pictures, data and system files are passed over.
const REPORTED_ENDINGS: [&str; 10] = ["pdf", "doc", "docx", "wps", "rtf", "caj", "rar", "7z", "epub", "xlsx"];

/// The files that `paths` name, folders recursively, sorted by name within each folder, each file once.
///
/// A file that is named itself is always tried; inside folders only endings of dumps and of documents are. Folders that
/// cannot be read come back as reports. `keep_going` is asked before every entry; on `false` the scan ends early.
pub fn scan(paths: &[PathBuf], limits: &Limits, keep_going: &dyn Fn() -> bool) -> (Vec<Candidate>, Vec<FileReport>) {
    let mut found = Found { folder_depth: limits.folder_depth, ..Found::default() };
    for path in paths {
        if !keep_going() {
            break;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => found.add_folder(path, keep_going),
            Ok(meta) => found.add_file(path.clone(), meta.len()),
            Err(error) => found.add_problem(path, error.to_string()),
        }
    }
    (found.candidates, found.problems)
}

#[derive(Default)]
struct Found {
    candidates: Vec<Candidate>,
    problems: Vec<FileReport>,
    seen: HashSet<PathBuf>,
    folder_depth: usize,
}

impl Found {
    fn add_folder(&mut self, folder: &Path, keep_going: &dyn Fn() -> bool) {
        let walk = WalkDir::new(folder).follow_links(true).max_depth(self.folder_depth).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy())) {
            if !keep_going() {
                return;
            }
            match entry {
                Ok(entry) => self.add_entry(entry),
                // A link to a folder above itself: what it leads to is being walked already.
                Err(error) if error.loop_ancestor().is_some() => log::debug!("link loop passed over: {error}"),
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let words = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.add_problem(&path, words);
                }
            }
        }
    }

    fn add_entry(&mut self, entry: DirEntry) {
        let name = entry.file_name().to_string_lossy();
        // JSON is passed over like other data, unless it was exported to be taken back.
        let is_set = name.to_ascii_lowercase().ends_with(".json") && load::is_set(entry.path());
        if !entry.file_type().is_file() || !(is_set || is_looked_at(&name)) {
            return;
        }
        match entry.metadata() {
            Ok(meta) => self.add_file(entry.into_path(), meta.len()),
            Err(error) => self.add_problem(entry.path(), error.to_string()),
        }
    }

    fn add_file(&mut self, path: PathBuf, size_bytes: u64) {
        let identity = path.canonicalize().unwrap_or_else(|_| path.clone());
        if self.seen.insert(identity) {
            self.candidates.push(Candidate { path, size_bytes });
        }
    }

    fn add_problem(&mut self, path: &Path, error: String) {
        let source = source_of(path);
        self.problems.push(FileReport { source, encoding: None, outcome: FileOutcome::Unreadable { error } });
    }
}

/// The source that stands for a file. Names from a Chinese Windows may be GBK on the disk; the label is always Unicode,
/// so that it can be stored, shown and hinted by.
pub(super) fn source_of(path: &Path) -> Source {
    let label = match path.to_str() {
        Some(_) => path.to_owned(),
        None => path
            .components()
            .map(|part| {
                let part = part.as_os_str();
                encoding::decode_name(part.as_encoded_bytes()).unwrap_or_else(|| part.to_string_lossy().into_owned())
            })
            .collect(),
    };
    Source { path: label, member: None, part: 1 }
}

/// Names that systems make for themselves (`.DS_Store`, `._page.txt`, `__MACOSX`), never the user's dumps.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX" || name.eq_ignore_ascii_case("Thumbs.db")
}

/// Whether a file of this name inside a folder or zip is opened.
pub(super) fn is_looked_at(name: &str) -> bool {
    match name.rsplit_once('.') {
        None => true,
        Some((_, ending)) => {
            DUMP_ENDINGS.iter().chain(&REPORTED_ENDINGS).any(|known| known.eq_ignore_ascii_case(ending))
        }
    }
}

/// Whether the name ends as a zip's does.
pub(super) fn is_zip_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("zip"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(candidates: &[Candidate]) -> Vec<String> {
        candidates.iter().map(|c| c.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn folders_are_walked_in_name_order_and_other_files_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("报纸/一月");
        fs::create_dir_all(&inner).unwrap();
        for name in ["乙.txt", "甲.TXT", "图.jpg", "无尾", ".hidden.txt", "列表.json", "稿.docx"] {
            fs::write(inner.join(name), "字").unwrap();
        }
        fs::write(dir.path().join("z.zip"), "").unwrap();
        let (found, problems) = scan(&[dir.path().to_owned()], &Limits::default(), &|| true);
        assert_eq!(problems, []);
        assert_eq!(names(&found), ["z.zip", "乙.txt", "无尾", "甲.TXT", "稿.docx"]);
        assert_eq!(found[1].size_bytes, 3);
    }

    #[test]
    fn a_file_named_itself_is_tried_whatever_its_ending_and_only_once() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("page.dump");
        fs::write(&file, "字").unwrap();
        let (found, _) = scan(&[file.clone(), file.clone(), dir.path().to_owned()], &Limits::default(), &|| true);
        assert_eq!(found, [Candidate { path: file, size_bytes: 3 }]);
    }

    #[test]
    fn what_is_not_there_is_reported() {
        let (found, problems) = scan(&[PathBuf::from("没有这个文件.txt")], &Limits::default(), &|| true);
        assert!(found.is_empty());
        assert!(matches!(problems[0].outcome, FileOutcome::Unreadable { .. }));
        assert!(problems[0].source.display().contains("没有这个文件.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_its_own_folder_ends() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "字").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("again")).unwrap();
        let (found, problems) = scan(&[dir.path().to_owned()], &Limits::default(), &|| true);
        assert_eq!(names(&found), ["a.txt"]);
        assert_eq!(problems, []);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_in_gbk_become_unicode_labels() {
        use std::os::unix::ffi::OsStrExt as _;
        let gbk = encoding_rs::GBK.encode("云溪日报/2024年3月5日第02版.txt").0;
        let path = Path::new("dumps").join(std::ffi::OsStr::from_bytes(&gbk));
        assert_eq!(source_of(&path).path, Path::new("dumps/云溪日报/2024年3月5日第02版.txt"));
        assert_eq!(source_of(Path::new("a/头版.txt")).path, Path::new("a/头版.txt"));
    }

    #[test]
    fn a_scan_can_be_stopped() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "字").unwrap();
        assert!(scan(&[dir.path().to_owned()], &Limits::default(), &|| false).0.is_empty());
    }
}
