//! Rows of the file and the model's types.

use super::ArchiveError;
use crate::model::{DateEvidence, Furniture, Hints, Page, Source, Warning};
use jiff::civil::Date;
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a page's row keeps as JSON.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PageFacts {
    #[serde(default)]
    pub hints: Hints,
    #[serde(default)]
    pub date: DateEvidence,
    #[serde(default)]
    pub furniture: Vec<Furniture>,
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

impl PageFacts {
    pub(super) fn of(page: &Page, hints: &Hints) -> Self {
        Self {
            hints: hints.clone(),
            date: page.date.clone(),
            furniture: page.furniture.clone(),
            warnings: page.warnings.clone(),
        }
    }
}

/// Reads `path, member, part` from column `at` on.
pub(super) fn source(row: &Row<'_>, at: usize) -> rusqlite::Result<Source> {
    Ok(Source { path: PathBuf::from(row.get::<_, String>(at)?), member: row.get(at + 1)?, part: row.get(at + 2)? })
}

pub(super) fn date(text: Option<String>) -> Option<Date> {
    text.and_then(|t| t.parse().ok())
}

/// The 32 bytes of a SHA-256 in hexadecimal; any other key is stored as it is.
pub(super) fn hash_key(hex: &str) -> Vec<u8> {
    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
    match digits {
        Some(d) if d.len() == 64 => d.chunks_exact(2).map(|p| p[0] << 4 | p[1]).collect(),
        _ => hex.as_bytes().to_vec(),
    }
}

pub(super) fn hash_text(key: &[u8]) -> String {
    if key.len() == 32 {
        key.iter().map(|b| format!("{b:02x}")).collect()
    } else {
        String::from_utf8_lossy(key).into_owned()
    }
}

pub(super) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) fn to_u64(value: i64, what: &str) -> Result<u64, ArchiveError> {
    u64::try_from(value).map_err(|_| ArchiveError::corrupt(what))
}
