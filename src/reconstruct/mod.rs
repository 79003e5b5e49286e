//! The lines of one dump become articles. Pure: no files, no SQL, never an `Err`.
