//! Whatever happens to the program or its file, no data are lost.

use super::*;

#[test]
fn a_damaged_index_is_noticed_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut archive = Archive::open(&path).unwrap();
    add(&mut archive, &three_days());
    assert!(archive.reader().unwrap().check(100).unwrap().is_sound());
    drop(archive);
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("DELETE FROM segments; DELETE FROM leaves;").unwrap();
    drop(db);
    let check = Reader::open(&path).unwrap().check(100).unwrap();
    assert!(!check.is_sound() && check.is_repairable() && !check.missed.is_empty());
    let archive = Archive::open(&path).unwrap();
    assert_eq!(archive.notices(), [Notice::IndexRebuilt { articles: 4 }]);
    let reader = archive.reader().unwrap();
    assert!(reader.check(100).unwrap().is_sound());
    assert_eq!(titles(&reader, "新仓"), ["短讯", "春耕早"]);
}

#[test]
fn a_writer_that_dies_in_mid_import_leaves_whole_pages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut archive = Archive::open(&path).unwrap();
    let pages = three_days();
    let import = archive.begin_import().unwrap();
    archive.add_pages(import, &pages[..2]).unwrap();
    // The next batch is under way when the power fails: its rows are written, the commit is not.
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(
        "BEGIN; DELETE FROM articles; DELETE FROM leaves; UPDATE meta SET value = 99 WHERE key = 'next_slot';",
    )
    .unwrap();
    drop(db);
    drop(archive);
    let mut archive = Archive::open(&path).unwrap();
    assert_eq!(archive.notices(), [Notice::UnfinishedImports { count: 1 }]);
    let reader = archive.reader().unwrap();
    assert_eq!(titles(&reader, ""), ["灯会", "短讯", "春耕早"]);
    let import = archive.begin_import().unwrap();
    let again = archive.add_pages(import, &pages).unwrap();
    assert_eq!(
        again.iter().filter(|a| matches!(a, Added::Known { .. })).count(),
        2,
        "what was stored is not done twice"
    );
    assert_eq!(titles(&reader, "").len(), 4);
}

#[test]
fn readers_do_not_wait_for_the_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut archive = Archive::open(&path).unwrap();
    let pages = three_days();
    add(&mut archive, &pages[..1]);
    let reader = archive.reader().unwrap();
    let writing = rusqlite::Connection::open(&path).unwrap();
    writing.execute_batch("BEGIN IMMEDIATE; DELETE FROM articles;").unwrap();
    let start = std::time::Instant::now();
    assert_eq!(titles(&reader, ""), ["春耕早"]);
    assert!(start.elapsed().as_secs() < 2);
    writing.execute_batch("ROLLBACK").unwrap();
    add(&mut archive, &pages[1..]);
    assert_eq!(titles(&reader, "").len(), 4, "what was committed is seen at once");
}

#[test]
fn a_reader_can_be_stopped_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    add(&mut archive, &three_days());
    let reader = archive.reader().unwrap();
    reader.interrupt_handle().interrupt();
    let _ = reader.count(&SearchRequest { query: "新仓".to_owned(), ..SearchRequest::default() });
    assert_eq!(titles(&reader, "新仓"), ["短讯", "春耕早"]);
}

#[test]
fn files_of_others_and_of_the_future_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Archive::open(&other), Err(ArchiveError::NotAnArchive { .. })));
    let text = folder.path().join("text.db");
    std::fs::write(&text, "这不是数据库。".repeat(200)).unwrap();
    assert!(matches!(Archive::open(&text), Err(ArchiveError::NotAnArchive { .. })));
    let future = folder.path().join("future.db");
    drop(Archive::open(&future).unwrap());
    rusqlite::Connection::open(&future).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    assert!(matches!(Archive::open(&future), Err(ArchiveError::TooNew { found: 999, .. })));
    assert!(matches!(Reader::open(&future), Err(ArchiveError::TooNew { found: 999, .. })));
}

#[test]
fn every_format_that_was_released_opens() {
    for version in 1..=SCHEMA_VERSION {
        let data =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/archive/format-{version}.db"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        std::fs::copy(&data, &path).unwrap();
        let archive = Archive::open(&path).unwrap();
        let reader = archive.reader().unwrap();
        assert_eq!(titles(&reader, "新仓"), ["短讯", "春耕早"], "format {version}");
        assert!(reader.check(100).unwrap().is_sound());
        assert_eq!(titles(&reader, "副题"), ["短讯"], "format {version}: the repair still stands");
        drop((archive, reader));
        let archive = &mut Archive::open(&path).unwrap();
        archive.undo_repair().unwrap();
        assert_eq!(titles(&archive.reader().unwrap(), "副题"), Vec::<String>::new(), "and can be taken back");
    }
}

/// Writes the file of the newest format that the test above will open in years to come. Run by hand before a release:
/// `cargo test --test archive -- --ignored`.
#[test]
#[ignore = "writes tests/data/archive; run by hand when a new format is released"]
fn write_the_newest_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    let mut archive = Archive::open(&path).unwrap();
    let ids = add(&mut archive, &three_days());
    archive.tag(&ids[..1], "样稿").unwrap();
    archive.correct(ids[2], &[Field::Subtitle(Some("副题".to_owned()))]).unwrap();
    drop(archive);
    let target = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/archive");
    std::fs::create_dir_all(&target).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let file = target.join(format!("format-{SCHEMA_VERSION}.db"));
    let _ = std::fs::remove_file(&file);
    db.execute("VACUUM INTO ?1", [file.to_string_lossy()]).unwrap();
}
