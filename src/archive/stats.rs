//! The archive in numbers.

use jiff::civil::Date;
use serde::Serialize;

/// The archive in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Pages.
    pub pages: u64,
    /// Articles.
    pub articles: u64,
    /// Imports.
    pub imports: u64,
    /// Bytes of original text (UTF-8).
    pub text_bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
    /// Articles without a date.
    pub undated: u64,
    /// Articles that the engine is not sure of.
    pub unsure: u64,
    /// Pages by engine version.
    pub engine_versions: Vec<(u32, u64)>,
    /// Format of the file.
    pub schema_version: u32,
}
