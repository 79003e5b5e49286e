//! Files, folders and zips become dumps, and dumps become filed pages.
//!
//! The way of a file: [`scan`] finds it, [`load`] reads, decodes and splits it into [`Dump`](crate::model::Dump)s, a
//! [`Desk`] reconstructs and catalogues each of them. What cannot be used becomes a
//! [`FileReport`](crate::model::FileReport): bad input is data here, never an `Err`, and nothing stops because of it.
//!
//! This room must not know SQL, threads or windows; everything in it can run on any thread. It writes nothing to the
//! disk: members of zips are read into memory and their names are labels only.
//!
//! **Invariant**: no U+FFFD is ever put into a text by decoding. A file that fits no encoding strictly is refused with
//! a guess; a U+FFFD that a file holds itself stays.

mod desk;
mod encoding;
mod hints;
mod lists;
mod load;
mod overrides;
mod plausible;
mod samples;
mod scan;
mod sniff;
mod unzip;

pub use desk::Desk;
pub use encoding::{Decoded, ENCODINGS, decode, decode_as};
pub use hints::{hints_from_path, parse_date};
pub use lists::{IngestError, places, sections};
pub use load::{Loaded, SetFile, content_hash, load, load_bytes};
pub use overrides::{FileOverride, Overrides};
pub use samples::{sample_pages, sample_places};
pub use scan::{Candidate, scan};
pub use unzip::Refusal;

/// How much ingest accepts. The defaults are generous: they protect the machine, not a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How deep folders are walked.
    pub folder_depth: usize,
    /// Largest text file or zip member, in bytes.
    pub file_bytes: u64,
    /// Largest zip file, in bytes (it is streamed, not held).
    pub zip_bytes: u64,
    /// Most members of a zip.
    pub zip_members: usize,
    /// Most bytes that may come out of one zip.
    pub zip_total_bytes: u64,
    /// Most bytes that may come out of a zip per byte of it; text packs about 3:1, deflate's most is 1032:1.
    pub zip_ratio: u64,
    /// Bytes that may come out of any zip before the ratio is looked at.
    pub zip_ratio_free_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            folder_depth: 64,
            file_bytes: 256 * MIB,
            zip_bytes: 4096 * MIB,
            zip_members: 200_000,
            zip_total_bytes: 8192 * MIB,
            zip_ratio: 200,
            zip_ratio_free_bytes: 16 * MIB,
        }
    }
}
