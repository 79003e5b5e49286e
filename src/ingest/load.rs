//! One file becomes dumps: read within limits, told from other formats, decoded, split into pages.

use super::encoding::{Undecoded, decode, decode_as};
use super::{Candidate, Limits, Overrides, hints_from_path, plausible, scan, sniff, unzip};
use crate::model::{Dump, FileOutcome, FileReport, Hints, LineRange, Source, Warning, WarningKind};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What became of one file or zip member.
#[derive(Clone, Debug, PartialEq)]
pub enum Loaded {
    /// It holds text.
    Dumps {
        /// The file or member; `part` is 1.
        source: Source,
        /// The encoding it was in.
        encoding: String,
        /// Its form-feed parts that are not blank, in order; never empty.
        dumps: Vec<Dump>,
        /// Things to look at, each with the part it is about.
        warnings: Vec<(u32, Warning)>,
    },
    /// It holds articles that were exported; reading them is not this room's work.
    Set {
        /// The file, as it is called in reports.
        source: Source,
        /// Where it is.
        file: SetFile,
    },
    /// It gave no dump.
    Failed(FileReport),
}

/// A file of exported articles, or a member of a zip: opened when its turn comes, and read as a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct SetFile {
    pub(super) path: PathBuf,
    /// Number of the member in its zip, and the bytes it may give.
    pub(super) member: Option<(usize, u64)>,
}

impl SetFile {
    /// Opens it and lets `read` read it.
    pub fn read<T>(&self, read: impl FnOnce(&mut dyn Read) -> T) -> std::io::Result<T> {
        let mut file = File::open(&self.path)?;
        match self.member {
            None => Ok(read(&mut file)),
            Some((index, most)) => unzip::read_set(file, index, most, read),
        }
    }
}

/// Reads one file and hands what is in it to `sink`: once for a text file, once per member for a zip.
///
/// `overrides` win over what names say. `sink` returns `false` to stop early.
pub fn load(candidate: &Candidate, overrides: &Overrides, limits: &Limits, sink: &mut dyn FnMut(Loaded) -> bool) {
    let source = scan::source_of(&candidate.path);
    match read_file(candidate, limits) {
        Ok(Content::Bytes(bytes)) => {
            sink(load_bytes(source, &bytes, overrides));
        }
        Ok(Content::Set) => {
            sink(Loaded::Set { source, file: SetFile { path: candidate.path.clone(), member: None } });
        }
        Ok(Content::Zip(file)) => unzip::load_zip(&source, &candidate.path, file, overrides, limits, sink),
        Err(outcome) => {
            sink(failed(source, outcome));
        }
    }
}

/// What [`load`] does with the bytes of one text file or zip member.
pub fn load_bytes(source: Source, bytes: &[u8], overrides: &Overrides) -> Loaded {
    if let Some(format) = sniff::looks_like(bytes) {
        return failed(source, FileOutcome::NotText { looks_like: format.to_owned() });
    }
    let said = overrides.of(&source);
    let decoded = match said.encoding.as_deref() {
        Some(encoding) => decode_as(bytes, encoding),
        None => decode(bytes),
    };
    let decoded = match decoded {
        Ok(decoded) => decoded,
        Err(Undecoded::Binary) => return failed(source, FileOutcome::NotText { looks_like: "binary".to_owned() }),
        Err(Undecoded::Malformed { guess, offset }) => {
            return failed(source, FileOutcome::Undecodable { guess, offset });
        }
    };
    let hints = Hints::from_user_and_names(&said.hints, &hints_from_path(&name_path(&source)));
    let encoding = decoded.encoding.to_owned();
    let mut warnings = Vec::new();
    if !decoded.is_sure {
        let detail = encoding.clone();
        warnings.push((1, Warning { kind: WarningKind::UnsureEncoding, lines: None, detail }));
    }
    let mut dumps = Vec::new();
    for (part, text) in (1..).zip(split_pages(unify_line_ends(decoded.text))) {
        if text.trim().is_empty() {
            continue;
        }
        warnings.extend(control_characters(&text).map(|warning| (part, warning)));
        let source = Source { part, ..source.clone() };
        let content_hash = content_hash(&text);
        dumps.push(Dump { source, encoding: encoding.clone(), content_hash, text, hints: hints.clone() });
    }
    if dumps.is_empty() {
        let report = FileReport { source, encoding: Some(encoding), outcome: FileOutcome::Empty };
        return Loaded::Failed(report);
    }
    Loaded::Dumps { source, encoding, dumps, warnings }
}

/// SHA-256 of a dump's text in lower-case hex: the same content twice is the same page.
pub fn content_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

pub(super) fn failed(source: Source, outcome: FileOutcome) -> Loaded {
    Loaded::Failed(FileReport { source, encoding: None, outcome })
}

/// Bytes of a text file, or a zip or exported articles still to be read.
enum Content {
    Bytes(Vec<u8>),
    Zip(File),
    Set,
}

/// Bytes by which exported articles are known, white space included.
const SET_HEAD: u64 = 256;

/// Whether a file holds articles that were exported; false when it cannot be read.
pub(super) fn is_set(path: &Path) -> bool {
    File::open(path).is_ok_and(|mut file| begins_like_set(&mut file))
}

/// Whether what a reader gives first is the beginning of exported articles.
pub(super) fn begins_like_set(reader: &mut dyn Read) -> bool {
    let mut head = Vec::new();
    reader.take(SET_HEAD).read_to_end(&mut head).is_ok() && sniff::is_articles(&head)
}

fn read_file(candidate: &Candidate, limits: &Limits) -> Result<Content, FileOutcome> {
    let unreadable = |error: std::io::Error| FileOutcome::Unreadable { error: error.to_string() };
    let mut file = File::open(&candidate.path).map_err(unreadable)?;
    let size_bytes = file.metadata().map_err(unreadable)?.len();
    if is_set(&candidate.path) {
        return Ok(Content::Set);
    }
    let name = candidate.path.to_string_lossy();
    if scan::is_zip_name(&name) {
        let mut head = Vec::new();
        (&file).take(4).read_to_end(&mut head).map_err(unreadable)?;
        if sniff::is_zip(&head) {
            if size_bytes > limits.zip_bytes {
                return Err(FileOutcome::TooLarge { size_bytes, limit_bytes: limits.zip_bytes });
            }
            return Ok(Content::Zip(file));
        }
        file = File::open(&candidate.path).map_err(unreadable)?;
    }
    let bytes = read_limited(&mut file, limits.file_bytes).map_err(unreadable)?;
    bytes.map(Content::Bytes).ok_or(FileOutcome::TooLarge {
        size_bytes: size_bytes.max(limits.file_bytes + 1),
        limit_bytes: limits.file_bytes,
    })
}

/// Everything `reader` gives, or `None` when that is more than `limit_bytes`: what a header says is never believed.
pub(super) fn read_limited(reader: &mut dyn Read, limit_bytes: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > limit_bytes { None } else { Some(bytes) })
}

/// The names that may hint at date, page and newspaper: those of a member count on top of its zip's.
fn name_path(source: &Source) -> String {
    let path = source.path.to_string_lossy();
    match &source.member {
        Some(member) => format!("{path}/{member}"),
        None => path.into_owned(),
    }
}

fn unify_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// The parts between form feeds. A file without any is passed through, not copied.
fn split_pages(text: String) -> Vec<String> {
    if text.contains('\x0C') { text.split('\x0C').map(str::to_owned).collect() } else { vec![text] }
}

/// NULs and other controls stay in the text; somebody should know.
fn control_characters(text: &str) -> Option<Warning> {
    let mut found = Vec::new();
    let mut count = 0u32;
    let mut lines: Option<LineRange> = None;
    let mut line = 1;
    for c in text.chars() {
        if c == '\n' {
            line += 1;
        } else if plausible::is_stray_control(c) {
            count += 1;
            lines = Some(LineRange { from: lines.map_or(line, |l| l.from), to: line });
            let name = format!("U+{:04X}", c as u32);
            if found.len() < 5 && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    let detail = format!("{} × {count}", found.join(" "));
    (count > 0).then_some(Warning { kind: WarningKind::ControlCharacters, lines, detail })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::FileOverride;
    use proptest::prelude::*;

    fn source(path: &str) -> Source {
        Source { path: PathBuf::from(path), member: None, part: 1 }
    }

    fn dumps(bytes: &[u8]) -> Vec<Dump> {
        match load_bytes(source("a.txt"), bytes, &Overrides::default()) {
            Loaded::Dumps { dumps, .. } => dumps,
            other => panic!("{other:?}"),
        }
    }

    fn outcome(bytes: &[u8]) -> FileOutcome {
        match load_bytes(source("a.txt"), bytes, &Overrides::default()) {
            Loaded::Failed(report) => report.outcome,
            loaded => panic!("{loaded:?}"),
        }
    }

    #[test]
    fn the_hash_is_sha256_in_hex() {
        assert_eq!(content_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn form_feeds_split_pages_and_blank_ones_are_skipped() {
        let dumps = dumps("第一版\n正文\x0C \n\x0C第三版\x0C".as_bytes());
        let parts: Vec<_> = dumps.iter().map(|d| (d.source.part, d.text.as_str())).collect();
        assert_eq!(parts, [(1, "第一版\n正文"), (3, "第三版")]);
    }

    #[test]
    fn line_ends_of_every_system_are_the_same_content() {
        let unix = dumps("头版\n正文\n".as_bytes());
        assert_eq!(unix[0].text, "头版\n正文\n");
        assert_eq!(unix, dumps("头版\r\n正文\r\n".as_bytes()));
        assert_eq!(unix, dumps("头版\r正文\r".as_bytes()));
    }

    #[test]
    fn the_same_text_in_two_encodings_has_one_hash() {
        let text = "青石镇的茶园里一派忙碌景象。";
        let gbk = dumps(&encoding_rs::GBK.encode(text).0);
        assert_eq!(gbk[0].encoding, "GB18030");
        assert_eq!(gbk[0].content_hash, dumps(text.as_bytes())[0].content_hash);
        assert_eq!(gbk[0].content_hash.len(), 64);
    }

    #[test]
    fn nuls_stay_and_are_told() {
        let Loaded::Dumps { dumps, warnings, .. } =
            load_bytes(source("a.txt"), "一行\n二\0行\0\n三行".as_bytes(), &Overrides::default())
        else {
            panic!("refused");
        };
        assert_eq!(dumps[0].text, "一行\n二\0行\0\n三行");
        let lines = Some(LineRange { from: 2, to: 2 });
        let detail = "U+0000 × 2".to_owned();
        assert_eq!(warnings, [(1, Warning { kind: WarningKind::ControlCharacters, lines, detail })]);
    }

    #[test]
    fn what_is_no_dump_is_named() {
        assert_eq!(outcome(b""), FileOutcome::Empty);
        assert_eq!(outcome(" \r\n\u{3000}\x0C".as_bytes()), FileOutcome::Empty);
        assert_eq!(outcome(b"\xEF\xBB\xBF"), FileOutcome::Empty);
        assert_eq!(outcome(b"\xFF\xD8\xFF\xE0"), FileOutcome::NotText { looks_like: "JPEG".to_owned() });
        assert!(matches!(
            outcome("今天的新闻\n今天的新闻".as_bytes().split_last().unwrap().1),
            FileOutcome::Undecodable { .. }
        ));
    }

    #[test]
    fn the_user_wins_over_names() {
        let overrides = Overrides::from(Hints { page_label: Some("7".to_owned()), ..Hints::default() });
        let path = source("云溪日报/2024-03-05/A1.txt");
        let Loaded::Dumps { dumps, .. } = load_bytes(path, "字".as_bytes(), &overrides) else { panic!("refused") };
        let hints = &dumps[0].hints;
        assert_eq!(hints.page_label.as_deref(), Some("7"));
        assert!(hints.given.page_label && !hints.given.date && !hints.given.newspaper);
        assert_eq!(hints.newspaper.as_deref(), Some("云溪日报"));
        assert_eq!(hints.date.map(|d| d.to_string()).as_deref(), Some("2024-03-05"));
    }

    #[test]
    fn an_encoding_that_the_user_names_is_used_strictly() {
        let bytes = encoding_rs::BIG5.encode("今天的新聞").0;
        let said = |encoding: &str| {
            let file = FileOverride { encoding: Some(encoding.to_owned()), ..FileOverride::default() };
            let files = [(("a.txt".into(), None), file)].into_iter().collect();
            load_bytes(source("a.txt"), &bytes, &Overrides { files, ..Overrides::default() })
        };
        let Loaded::Dumps { dumps, encoding, .. } = said("Big5") else { panic!("refused") };
        assert_eq!((dumps[0].text.as_str(), encoding.as_str()), ("今天的新聞", "Big5"));
        let Loaded::Failed(report) = said("UTF-8") else { panic!("read as what it is not") };
        assert!(matches!(report.outcome, FileOutcome::Undecodable { .. }), "{report:?}");
    }

    #[test]
    fn a_file_over_the_limit_is_refused_whatever_its_size_said() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big.txt");
        std::fs::write(&path, "字".repeat(100)).unwrap();
        let limits = Limits { file_bytes: 299, ..Limits::default() };
        let mut seen = Vec::new();
        load(&Candidate { path, size_bytes: 0 }, &Overrides::default(), &limits, &mut |loaded| {
            seen.push(loaded);
            true
        });
        let [Loaded::Failed(report)] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!(report.outcome, FileOutcome::TooLarge { size_bytes: 300, limit_bytes: 299 });
    }

    proptest! {
        #[test]
        fn any_bytes_load_without_a_panic_and_lose_no_page(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Loaded::Dumps { dumps, .. } = load_bytes(source("x.txt"), &bytes, &Overrides::default()) {
                prop_assert!(!dumps.is_empty());
                prop_assert!(dumps.iter().all(|d| !d.text.trim().is_empty() && !d.text.contains(['\r', '\x0C'])));
            }
        }
    }
}
