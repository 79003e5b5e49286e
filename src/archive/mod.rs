//! The SQLite archive: the only room that knows rusqlite.
