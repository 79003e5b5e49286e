//! A look at files before they are imported: encoding, newspaper, date and page as they would be filed, whether the
//! archive knows them already, and how they begin. Nothing is stored.

use super::import::ImportPlan;
use super::{Progress, Reply, WorkerError};
use crate::archive::{ArchiveError, Reader};
use crate::export::{ExportError, json::ReturnedSet, text::calling};
use crate::ingest::{Candidate, Desk, Loaded, SetFile, content_hash, load, scan};
use crate::model::{Dump, FileOutcome, FileReport, Source};
use jiff::civil::Date;
use std::time::{Duration, Instant};

/// Files that are looked into; an import takes all of them.
pub const MOST_FILES: usize = 5_000;
/// Characters of a file's beginning that are shown.
const OPENING_CHARS: usize = 600;
/// Headlines of a file of exported articles that are shown.
const SET_TITLES: usize = 20;
/// Files that are handed over together, at most, and how long the first of them waits.
const TOGETHER: usize = 50;
const PATIENCE: Duration = Duration::from_millis(120);

/// Where a fact about a page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The user said so.
    Said,
    /// It stands on the page.
    Printed,
    /// A file or folder name says so.
    Name,
    /// It is argued from the text.
    Argued,
}

/// What a file holds, as it would be filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Glimpse {
    /// The encoding it was read in.
    pub encoding: String,
    /// Whether the guess of the encoding is a good one.
    pub is_encoding_sure: bool,
    /// Pages in it.
    pub pages: u32,
    /// Of these, pages that the archive has.
    pub known_pages: u32,
    /// Articles of its first page.
    pub articles: u32,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Publication date.
    pub date: Option<(Date, Evidence)>,
    /// Page label (版次) of its first page.
    pub page_label: Option<String>,
    /// Its first lines.
    pub opening: String,
}

/// A file or zip member that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewFile {
    /// The file.
    pub source: Source,
    /// What it holds, or why it cannot be used.
    pub found: Result<Box<Glimpse>, FileOutcome>,
}

/// Looks at what `plan` names and hands the files over in small lots; the last lot is said to be the last.
pub(super) fn run_preview(
    reader: &Reader,
    desk: &Desk,
    plan: &ImportPlan,
    progress: &Progress,
    out: &mut dyn FnMut(Reply),
) -> Result<(), WorkerError> {
    let (candidates, problems) = scan(&plan.paths, &plan.limits, &|| progress.keep_going());
    progress.set_total(candidates.len() as u64, 0);
    let mut lot = Lot { files: Vec::new(), seen: 0, since: Instant::now(), out };
    problems.into_iter().for_each(|report| lot.push(refused(report)));
    let mut failure: Option<ArchiveError> = None;
    for candidate in &candidates {
        if lot.seen >= MOST_FILES || !progress.keep_going() {
            break;
        }
        look_into(candidate, plan, progress, &mut |loaded| {
            match glimpse(reader, desk, loaded) {
                Ok(file) => lot.push(file),
                Err(error) => failure = Some(error),
            }
            failure.is_none() && lot.seen < MOST_FILES && progress.keep_going()
        });
        if let Some(error) = failure {
            return Err(error.into());
        }
        progress.add_file(candidate.size_bytes);
    }
    let files = std::mem::take(&mut lot.files);
    out(Reply::Preview { files, is_last: true });
    Ok(())
}

fn look_into(candidate: &Candidate, plan: &ImportPlan, progress: &Progress, sink: &mut dyn FnMut(Loaded) -> bool) {
    progress.set_current(&candidate.path.to_string_lossy());
    load(candidate, &plan.overrides, &plan.limits, sink);
}

struct Lot<'a> {
    files: Vec<PreviewFile>,
    seen: usize,
    since: Instant,
    out: &'a mut dyn FnMut(Reply),
}

impl Lot<'_> {
    fn push(&mut self, file: PreviewFile) {
        if self.files.is_empty() {
            self.since = Instant::now();
        }
        self.files.push(file);
        self.seen += 1;
        if self.files.len() >= TOGETHER || self.since.elapsed() > PATIENCE {
            let files = std::mem::take(&mut self.files);
            (self.out)(Reply::Preview { files, is_last: false });
        }
    }
}

fn refused(report: FileReport) -> PreviewFile {
    PreviewFile { source: report.source, found: Err(report.outcome) }
}

fn glimpse(reader: &Reader, desk: &Desk, loaded: Loaded) -> Result<PreviewFile, ArchiveError> {
    let (source, encoding, dumps, warnings) = match loaded {
        Loaded::Failed(report) => return Ok(refused(report)),
        Loaded::Set { source, file } => return glimpse_of_set(reader, source, &file),
        Loaded::Dumps { source, encoding, dumps, warnings } => (source, encoding, dumps, warnings),
    };
    let mut known_pages = 0;
    for dump in &dumps {
        known_pages += u32::from(reader.knows_content(&dump.content_hash)?);
    }
    let pages = u32::try_from(dumps.len()).unwrap_or(u32::MAX);
    let unsure = crate::model::WarningKind::UnsureEncoding;
    let is_encoding_sure = !warnings.iter().any(|(_, warning)| warning.kind == unsure);
    let Some(first) = dumps.into_iter().next() else {
        return Ok(PreviewFile { source, found: Err(FileOutcome::Empty) });
    };
    let opening = opening(&first);
    let hints = first.hints.clone();
    let (filed, _) = desk.file(first);
    let date = filed.page.date.best.map(|best| {
        let evidence = if hints.given.date {
            Evidence::Said
        } else if filed.page.date.printed == Some(best) {
            Evidence::Printed
        } else if hints.date == Some(best) {
            Evidence::Name
        } else {
            Evidence::Argued
        };
        (best, evidence)
    });
    let glimpse = Glimpse {
        encoding,
        is_encoding_sure,
        pages,
        known_pages,
        articles: u32::try_from(filed.page.articles.len()).unwrap_or(u32::MAX),
        newspaper: filed.page.newspaper,
        date,
        page_label: filed.page.page_label,
        opening,
    };
    Ok(PreviewFile { source, found: Ok(Box::new(glimpse)) })
}

/// A file of exported articles, which come back as they were.
fn glimpse_of_set(reader: &Reader, source: Source, file: &SetFile) -> Result<PreviewFile, ArchiveError> {
    let unreadable = |source, error: ExportError| {
        let error = super::error::with_causes(&error);
        Ok(PreviewFile { source, found: Err(FileOutcome::Unreadable { error }) })
    };
    let set = match file.read(|from| ReturnedSet::read(from)).map_err(ExportError::from).flatten() {
        Ok(set) => set,
        Err(error) => return unreadable(source, error),
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut glimpse = Glimpse {
        encoding: "UTF-8".to_owned(),
        is_encoding_sure: true,
        pages: count(set.page_count()),
        known_pages: 0,
        articles: count(set.article_count()),
        newspaper: None,
        date: None,
        page_label: None,
        opening: String::new(),
    };
    let mut titles = Vec::new();
    for (number, taken) in set.pages().enumerate() {
        let (page, articles) = match taken {
            Ok(taken) => taken,
            Err(error) => return unreadable(source, error),
        };
        glimpse.known_pages += u32::from(reader.knows_content(&content_hash(&page.text))?);
        let room = SET_TITLES.saturating_sub(titles.len());
        titles.extend(articles.iter().take(room).map(|article| calling(&article.stored.article).into_owned()));
        if number == 0 {
            glimpse.newspaper = page.newspaper;
            glimpse.date = page.date.best.map(|date| (date, Evidence::Printed));
            glimpse.page_label = page.page_label;
        }
    }
    glimpse.opening = titles.join("\n");
    Ok(PreviewFile { source, found: Ok(Box::new(glimpse)) })
}

fn opening(dump: &Dump) -> String {
    dump.text.trim_start().chars().take(OPENING_CHARS).collect()
}
