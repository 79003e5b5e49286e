//! From files on the disk to pages in an archive, by the library: batches, stops, resumption.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::archive::Archive;
use baoku::ingest::{Candidate, Desk, Limits, Loaded, Overrides, load, places, scan, sections};
use baoku::model::{Dump, FileOutcome, SearchRequest};
use baoku::worker::Progress;
use baoku::worker::import::{ImportPlan, run_import};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let (found, problems) = scan(&[folder], &Limits::default(), &|| true);
    assert_eq!(problems, []);
    found.into_iter().map(|candidate| candidate.path).collect()
}

fn desk() -> Desk {
    Desk::new(&places::builtin(), &sections::builtin())
}

fn dumps_of(path: &Path) -> Vec<Dump> {
    let mut out = Vec::new();
    let candidate = Candidate { path: path.to_owned(), size_bytes: 0 };
    load(&candidate, &Overrides::default(), &Limits::default(), &mut |loaded| {
        match loaded {
            Loaded::Dumps { dumps, .. } => out.extend(dumps),
            Loaded::Set { .. } => {}
            Loaded::Failed(report) => panic!("{report:?}"),
        }
        true
    });
    out
}

fn plan(path: &Path) -> ImportPlan {
    ImportPlan { paths: vec![path.to_owned()], ..ImportPlan::default() }
}

/// A folder with `count` pages of invented news, each different, ten to a day's folder.
fn many_pages(count: usize) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for i in 0..count {
        let folder = dir.path().join(format!("2024-03-{:02}", i / 10 % 28 + 1));
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join(format!("{i:05}.txt")), page(i)).expect("written");
    }
    dir
}

/// The first sample page with a number of its own.
fn page(i: usize) -> String {
    static SAMPLE: LazyLock<String> = LazyLock::new(|| fs::read_to_string(&samples()[0]).expect("a sample"));
    format!("{}\n第{i}号样张\n", SAMPLE.as_str())
}

fn total(archive: &Archive) -> u64 {
    archive.reader().expect("a reader").count(&SearchRequest::default()).expect("counted")
}

#[test]
fn samples_are_the_same_content_in_every_encoding() {
    let dir = tempfile::tempdir().expect("a folder");
    for path in samples() {
        let original = dumps_of(&path);
        let text = fs::read_to_string(&path).expect("UTF-8");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [encoding_rs::GB18030.encode(&text).0.into_owned(), utf16, format!("\u{FEFF}{text}").into_bytes()]
        {
            let copy = dir.path().join("copy.txt");
            fs::write(&copy, bytes).expect("written");
            let hashes = |dumps: &[Dump]| dumps.iter().map(|d| d.content_hash.clone()).collect::<Vec<_>>();
            assert_eq!(hashes(&dumps_of(&copy)), hashes(&original), "{}", path.display());
        }
    }
}

#[test]
fn a_desk_loses_no_line_of_the_samples() {
    let desk = desk();
    for path in samples() {
        for dump in dumps_of(&path) {
            let (filed, failure) = desk.file(dump);
            assert_eq!(failure, None);
            let spans = filed.page.articles.iter().flat_map(|a| a.spans.iter().map(|s| s.range()));
            let ranges: Vec<_> = spans.chain(filed.page.furniture.iter().map(|f| f.range())).collect();
            for (line, text) in (1u32..).zip(filed.dump.text.split('\n')) {
                let places = ranges.iter().filter(|range| range.contains(line)).count();
                assert!(text.trim().is_empty() || places == 1, "{}:{line}: {places} places", path.display());
            }
        }
    }
}

#[test]
fn many_files_are_imported_in_order_and_all_reported() {
    let pages = many_pages(300);
    let home = tempfile::tempdir().expect("a folder");
    let mut archive = Archive::open(&home.path().join("库.baoku")).expect("opened");
    let progress = Progress::new();
    let report = run_import(&mut archive, &plan(pages.path()), &desk(), &progress, &mut |_| {}).expect("imported");
    assert_eq!((report.pages, report.files.len(), report.problems), (300, 300, 0));
    assert!(!report.cancelled && report.id.is_some());
    let names: Vec<_> = report.files.iter().map(|file| file.source.path.clone()).collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
    assert!(report.articles >= 300, "{} articles", report.articles);
    assert_eq!(total(&archive), report.articles);
    let now = progress.snapshot();
    assert_eq!((now.files_done, now.files_total, now.pages, now.articles), (300, 300, 300, report.articles));
    assert_eq!(now.fraction(), Some(1.0));
    let kept = archive.reader().expect("a reader").import_report(report.id.expect("an id")).expect("read");
    assert_eq!(kept.map(|kept| kept.files.len()), Some(300));
}

#[test]
fn a_stopped_import_keeps_what_it_stored_and_is_continued_by_importing_again() {
    let pages = many_pages(600);
    let home = tempfile::tempdir().expect("a folder");
    let mut archive = Archive::open(&home.path().join("库.baoku")).expect("opened");
    let desk = desk();
    let progress = Progress::new();
    let first = std::thread::scope(|scope| {
        let watch = || {
            while progress.snapshot().pages == 0 {
                std::thread::yield_now();
            }
            progress.cancel();
        };
        std::thread::Builder::new().name("stop".to_owned()).spawn_scoped(scope, watch).expect("a thread");
        run_import(&mut archive, &plan(pages.path()), &desk, &progress, &mut |_| {}).expect("stopped")
    });
    assert!(first.cancelled && first.pages > 0 && first.pages < 600, "{} pages", first.pages);
    assert_eq!(first.pages as usize, first.files.len());
    assert_eq!(total(&archive), first.articles);
    let second = run_import(&mut archive, &plan(pages.path()), &desk, &Progress::new(), &mut |_| {}).expect("imported");
    assert_eq!(first.pages + second.pages, 600);
    assert_eq!(second.duplicates, first.pages);
    assert_eq!(total(&archive), first.articles + second.articles);
}

#[test]
fn an_import_stopped_before_it_began_stores_nothing() {
    let pages = many_pages(3);
    let home = tempfile::tempdir().expect("a folder");
    let mut archive = Archive::open(&home.path().join("库.baoku")).expect("opened");
    let progress = Progress::new();
    progress.cancel();
    let report = run_import(&mut archive, &plan(pages.path()), &desk(), &progress, &mut |_| {}).expect("stopped");
    assert!(report.cancelled && report.files.is_empty());
    assert_eq!(total(&archive), 0);
}

#[test]
fn a_file_of_many_pages_is_one_file_of_the_report() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("全年.txt");
    fs::write(&path, (0..200).map(page).collect::<Vec<_>>().join("\x0C")).expect("written");
    let mut archive = Archive::open(&home.path().join("库.baoku")).expect("opened");
    let report = run_import(&mut archive, &plan(&path), &desk(), &Progress::new(), &mut |_| {}).expect("imported");
    let [file] = report.files.as_slice() else { panic!("{} files", report.files.len()) };
    assert!(matches!(file.outcome, FileOutcome::Imported { pages: 200, known_pages: 0, .. }), "{:?}", file.outcome);
}

#[test]
fn the_same_page_twice_in_one_import_is_stored_once() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("来稿");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("甲.txt"), page(1)).expect("written");
    fs::write(folder.join("乙.txt"), &*encoding_rs::GBK.encode(&page(1)).0).expect("written");
    let mut archive = Archive::open(&home.path().join("库.baoku")).expect("opened");
    let report = run_import(&mut archive, &plan(&folder), &desk(), &Progress::new(), &mut |_| {}).expect("imported");
    assert_eq!((report.pages, report.duplicates), (1, 1));
    let FileOutcome::Duplicate { of } = &report.files[1].outcome else { panic!("{:?}", report.files[1]) };
    assert!(of.contains(".txt"), "{of}");
}
