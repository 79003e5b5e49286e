//! The file's format: pragmas and migrations by `user_version`. A migration that was ever released is never edited; a
//! change is a new one at the end of the list.

use super::{ArchiveError, Notice};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Marks the file as ours ("BAOK").
const APPLICATION_ID: i32 = 0x4241_4F4B;

/// Every migration in order; the file's format is how many of them ran.
const MIGRATIONS: &[&str] =
    &[include_str!("migrations/001.sql"), include_str!("migrations/002.sql"), include_str!("migrations/003.sql")];

/// The newest format this program knows.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Opens the file for writing: creates or migrates it.
pub(super) fn open_for_writing(path: &Path, is_network: bool) -> Result<(Connection, Vec<Notice>), ArchiveError> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|source| ArchiveError::Folder { path: folder.to_owned(), source })?;
    }
    let open = |source| ArchiveError::Open { path: path.to_owned(), source };
    let mut db = Connection::open(path).map_err(open)?;
    db.busy_timeout(Duration::from_secs(10)).map_err(open)?;
    db.set_prepared_statement_cache_capacity(64);
    let application: i32 = db.query_row("PRAGMA application_id", [], |r| r.get(0)).map_err(|e| match e {
        e if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            ArchiveError::NotAnArchive { path: path.to_owned() }
        }
        e => open(e),
    })?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(ArchiveError::NotAnArchive { path: path.to_owned() });
    }
    if tables == 0 {
        // Eight-kilobyte pages hold one index leaf or one newspaper page's text with little waste.
        db.execute_batch(&format!(
            "PRAGMA page_size=8192; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA application_id={APPLICATION_ID};"
        ))?;
    }
    let journal = if is_network { "DELETE" } else { "WAL" };
    db.execute_batch(&format!(
        "PRAGMA journal_mode={journal}; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;
         PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;"
    ))?;
    let notices = migrate(&mut db)?;
    Ok((db, notices))
}

/// Opens the file for reading only.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection, ArchiveError> {
    let open = |source| ArchiveError::Open { path: path.to_owned(), source };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(open)?;
    db.busy_timeout(Duration::from_secs(10)).map_err(open)?;
    db.set_prepared_statement_cache_capacity(64);
    db.execute_batch("PRAGMA query_only=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;").map_err(open)?;
    let version: u32 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(open)?;
    if version > SCHEMA_VERSION {
        return Err(ArchiveError::TooNew { found: version, known: SCHEMA_VERSION });
    }
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<Vec<Notice>, ArchiveError> {
    let from: u32 = db.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if from > SCHEMA_VERSION {
        return Err(ArchiveError::TooNew { found: from, known: SCHEMA_VERSION });
    }
    for (i, sql) in MIGRATIONS.iter().enumerate().skip(from as usize) {
        let tx = db.transaction()?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", i as u32 + 1)?;
        tx.commit()?;
    }
    let is_new = from == 0;
    Ok(if is_new || from == SCHEMA_VERSION { Vec::new() } else { vec![Notice::Migrated { from, to: SCHEMA_VERSION }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_network_drive_the_journal_is_one_that_works_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let journal = |db: &Connection| db.query_row("PRAGMA journal_mode", [], |r| r.get::<_, String>(0)).unwrap();
        let (db, _) = open_for_writing(&path, false).unwrap();
        assert_eq!(journal(&db), "wal");
        drop(db);
        // The file was moved to the drive with the journal of a local one.
        let (db, _) = open_for_writing(&path, true).unwrap();
        assert_eq!(journal(&db), "delete");
        assert!(!path.with_extension("db-wal").exists());
        let reader = open_for_reading(&path).unwrap();
        assert_eq!(reader.query_row("SELECT count(*) FROM articles", [], |r| r.get::<_, i64>(0)).unwrap(), 0);
    }
}
