//! Zips of dumps, read in memory under limits that do not trust a single header.
//!
//! Names are labels: they are never joined to a path on disk. Still a member that tries to escape (`..`, absolute, a
//! drive) is refused, because such a zip was not made by an honest packer and its label would lie in the reader.

use super::Overrides;
use super::encoding::decode_name;
use super::load::{Loaded, SetFile, begins_like_set, failed, load_bytes};
use super::{Limits, scan, sniff};
use crate::model::{FileOutcome, Source};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// Why a zip or a member of one is refused. Reports carry the [`word`](Self::word), so that each front end can say it in
/// its own language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The name leads out of the zip.
    PathEscape,
    /// A password is needed.
    Encrypted,
    /// A zip inside the zip.
    NestedZip,
    /// More comes out than any text would pack into so few bytes.
    Ratio,
    /// More comes out of the zip than is accepted altogether.
    TotalSize,
    /// More members than are accepted.
    TooManyMembers,
    /// A link, not a file.
    Link,
    /// Two members have the same name; only one can be read.
    SameName,
    /// The zip's directory cannot be read.
    Damaged,
    /// Packed by a method that is not supported.
    Method,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::PathEscape,
        Self::Encrypted,
        Self::NestedZip,
        Self::Ratio,
        Self::TotalSize,
        Self::TooManyMembers,
        Self::Link,
        Self::SameName,
        Self::Damaged,
        Self::Method,
    ];

    /// The word in [`FileOutcome::Refused`].
    pub fn word(self) -> &'static str {
        match self {
            Self::PathEscape => "path-escape",
            Self::Encrypted => "encrypted",
            Self::NestedZip => "nested-zip",
            Self::Ratio => "ratio",
            Self::TotalSize => "total-size",
            Self::TooManyMembers => "too-many-members",
            Self::Link => "link",
            Self::SameName => "same-name",
            Self::Damaged => "damaged",
            Self::Method => "method",
        }
    }

    /// The reason of a report's word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.word() == word)
    }

    /// The reason in an English sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::PathEscape => "its name leads out of the zip",
            Self::Encrypted => "it is encrypted; unpack it with its password and import the files",
            Self::NestedZip => "a zip inside a zip; unpack it and import it by itself",
            Self::Ratio => "it unpacks to far more than text can (a zip bomb?)",
            Self::TotalSize => "the zip unpacks to more than is accepted altogether",
            Self::TooManyMembers => "the zip holds too many files",
            Self::Link => "it is a link, not a file",
            Self::SameName => "the zip holds several files of the same name; only the last one is read",
            Self::Damaged => "the zip is damaged or not a zip",
            Self::Method => "it is packed by a method that is not supported; pack it as an ordinary zip",
        }
    }

    pub(super) fn outcome(self) -> FileOutcome {
        FileOutcome::Refused { why: self.word().to_owned() }
    }
}

/// Hands every member of a zip to `sink`, in the order of its directory. `path` is where the zip is.
pub(super) fn load_zip(
    source: &Source,
    path: &Path,
    file: File,
    overrides: &Overrides,
    limits: &Limits,
    sink: &mut dyn FnMut(Loaded) -> bool,
) {
    let zip_bytes = file.metadata().map(|meta| meta.len()).unwrap_or(0);
    let mut zip = match ZipArchive::new(BufReader::new(file)) {
        Ok(zip) => zip,
        Err(error) => {
            log::info!("{}: {error}", source.display());
            sink(failed(source.clone(), Refusal::Damaged.outcome()));
            return;
        }
    };
    if zip.len() > limits.zip_members {
        sink(failed(source.clone(), Refusal::TooManyMembers.outcome()));
        return;
    }
    if zip.has_duplicate_names() && !sink(failed(source.clone(), Refusal::SameName.outcome())) {
        return;
    }
    let mut budget = Budget { left: limits.zip_total_bytes, taken: 0, zip_bytes, limits: *limits };
    let mut has_dumps = false;
    for index in 0..zip.len() {
        let Some(name) = member_name(&zip, index) else { continue };
        let is_json = has_json_ending(&name);
        if is_json && !is_set(&mut zip, index) {
            // Other data is passed over, as in a folder.
            continue;
        }
        let member = Source { path: source.path.clone(), member: Some(name), part: 1 };
        if overrides.of(&member).is_skipped {
            has_dumps = true;
            continue;
        }
        let loaded = if is_json {
            match set_member(&mut zip, index, &member, &mut budget) {
                Ok(most) => {
                    Loaded::Set { source: member, file: SetFile { path: path.to_owned(), member: Some((index, most)) } }
                }
                Err(outcome) => failed(member, outcome),
            }
        } else {
            match read_member(&mut zip, index, &member, &mut budget) {
                Ok(bytes) => load_bytes(member, &bytes, overrides),
                Err(outcome) => failed(member, outcome),
            }
        };
        has_dumps = true;
        if !sink(loaded) || budget.is_spent() {
            return;
        }
    }
    if !has_dumps {
        sink(failed(source.clone(), FileOutcome::Empty));
    }
}

/// What may still come out of this zip. Only bytes that really came out count.
struct Budget {
    left: u64,
    taken: u64,
    zip_bytes: u64,
    limits: Limits,
}

impl Budget {
    /// Bytes the next member may give, and what it means to exceed them.
    fn next(&self) -> (u64, FileOutcome) {
        let by_ratio = self.zip_bytes.saturating_mul(self.limits.zip_ratio).max(self.limits.zip_ratio_free_bytes);
        let ratio_left = by_ratio.saturating_sub(self.taken);
        let most = self.limits.file_bytes.min(self.left).min(ratio_left);
        let outcome = if most == self.limits.file_bytes {
            FileOutcome::TooLarge { size_bytes: most + 1, limit_bytes: most }
        } else if most == ratio_left {
            Refusal::Ratio.outcome()
        } else {
            Refusal::TotalSize.outcome()
        };
        (most, outcome)
    }

    /// Bytes that a member may give that is streamed and not held in memory.
    fn next_streamed(&self) -> (u64, FileOutcome) {
        let unbounded = Self { limits: Limits { file_bytes: u64::MAX, ..self.limits }, ..*self };
        unbounded.next()
    }

    fn take(&mut self, bytes: u64) {
        self.taken = self.taken.saturating_add(bytes);
        self.left = self.left.saturating_sub(bytes);
    }

    /// Whether nothing more is worth trying: the last member was told why.
    fn is_spent(&self) -> bool {
        self.next().0 == 0
    }
}

/// The member's label, or `None` for what is passed over: folders, system files, other endings.
fn member_name(zip: &ZipArchive<BufReader<File>>, index: usize) -> Option<String> {
    let entry = zip.by_index_data(index).ok()?;
    let raw = entry.name_raw();
    let name = decode_name(raw)
        // The zip standard's fallback for names without the UTF-8 flag is CP437; it fits any bytes.
        .or_else(|| entry.name().ok().map(|name| name.into_owned()))
        .unwrap_or_else(|| raw.escape_ascii().to_string())
        .replace('\\', "/");
    let is_passed_over =
        name.ends_with('/') || name.split('/').any(|part| part != ".." && part != "." && scan::is_hidden(part));
    let last = name.rsplit('/').next().unwrap_or(&name);
    (!is_passed_over && (scan::is_looked_at(last) || has_json_ending(last))).then_some(name)
}

fn has_json_ending(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".json")
}

/// Whether a member holds exported articles; false for one that cannot be read.
fn is_set(zip: &mut ZipArchive<BufReader<File>>, index: usize) -> bool {
    zip.by_index(index).is_ok_and(|mut reader| begins_like_set(&mut reader))
}

/// Bytes that a member with exported articles may give when it is read: what the zip's directory says, which is believed as
/// far as it is held to it.
fn set_member(
    zip: &mut ZipArchive<BufReader<File>>,
    index: usize,
    member: &Source,
    budget: &mut Budget,
) -> Result<u64, FileOutcome> {
    if is_escape(member.member.as_deref().unwrap_or_default()) {
        return Err(Refusal::PathEscape.outcome());
    }
    let said = zip.by_index_data(index).map(|entry| entry.size());
    let said = said.map_err(|error| FileOutcome::Unreadable { error: error.to_string() })?;
    let (most, exceeded) = budget.next_streamed();
    budget.take(said.min(most));
    if said > most { Err(exceeded) } else { Ok(said) }
}

/// Reads a member with exported articles, at most as many bytes as were said.
pub(super) fn read_set<T>(
    file: File,
    index: usize,
    most: u64,
    read: impl FnOnce(&mut dyn Read) -> T,
) -> std::io::Result<T> {
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(std::io::Error::other)?;
    let mut member = zip.by_index(index).map_err(std::io::Error::other)?.take(most);
    Ok(read(&mut member))
}

fn read_member(
    zip: &mut ZipArchive<BufReader<File>>,
    index: usize,
    member: &Source,
    budget: &mut Budget,
) -> Result<Vec<u8>, FileOutcome> {
    let unreadable = |error: String| FileOutcome::Unreadable { error };
    let name = member.member.as_deref().unwrap_or_default();
    if is_escape(name) {
        return Err(Refusal::PathEscape.outcome());
    }
    {
        let entry = zip.by_index_data(index).map_err(|e| unreadable(e.to_string()))?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted.outcome());
        }
        if entry.is_symlink() {
            return Err(Refusal::Link.outcome());
        }
    }
    let mut reader = zip.by_index(index).map_err(|error| match error {
        zip::result::ZipError::CompressionMethodNotSupported(_) | zip::result::ZipError::UnsupportedArchive(_) => {
            Refusal::Method.outcome()
        }
        other => unreadable(other.to_string()),
    })?;
    let (most, exceeded) = budget.next();
    let mut bytes = Vec::new();
    let read = (&mut reader).take(most.saturating_add(1)).read_to_end(&mut bytes);
    budget.take(bytes.len() as u64);
    read.map_err(|e| unreadable(e.to_string()))?;
    if bytes.len() as u64 > most {
        return Err(exceeded);
    }
    if sniff::looks_like(&bytes) == Some("ZIP") || (scan::is_zip_name(name) && sniff::is_zip(&bytes)) {
        return Err(Refusal::NestedZip.outcome());
    }
    Ok(bytes)
}

/// Whether a name is absolute, has a drive or climbs, by the rules of any system.
fn is_escape(name: &str) -> bool {
    name.starts_with('/')
        || name.contains('\0')
        || name.split('/').any(|part| part == "..")
        || matches!(name.as_bytes(), [drive, b':', ..] if drive.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
