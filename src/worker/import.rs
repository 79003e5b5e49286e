//! The import pipeline: files in, stored pages and a report out. The window's worker and the command line both use it.
//!
//! ```text
//! reader thread           engine pool               calling thread (owns the archive)
//! scan, read, decode  ->  (unknown pages only)  ->  known? / store in one transaction a batch / report
//!                         rebuild, pack, cut
//!                         into grams
//! ```
//!
//! Work flows in batches of bounded size through bounded channels, so ten thousand files never stand in memory together.
//! The calling thread asks the archive which contents it knows *before* pages are reconstructed: importing again after a
//! stop costs reading and hashing only.
//!
//! **Invariant**: a batch is stored whole or not at all, and in the order the files were met; whatever stops an import,
//! what was stored before stays.

use super::Progress;
use super::take_back::{TakeBackError, take_back};
use super::tally::Tally;
use crate::archive::{Added, Archive, ArchiveError, ReadyPage, TakenBack};
use crate::export::{ExportError, json::ReturnedSet};
use crate::ingest::{Candidate, Desk, Limits, Loaded, Overrides, SetFile, load, sample_pages, scan};
use crate::model::{Dump, FileOutcome, FileReport, ImportId, ImportReport, Source, Warning};
use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::prelude::*;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

/// What to import, and how.
#[derive(Clone, Debug, Default)]
pub struct ImportPlan {
    /// Files, folders and zips.
    pub paths: Vec<PathBuf>,
    /// What the user says about all of them, or about single ones; wins over names.
    pub overrides: Overrides,
    /// How much is accepted.
    pub limits: Limits,
    /// When the import stays in the list of imports.
    pub trace: Trace,
    /// Import the sample pages that come with the program, with the places they are about, and nothing else.
    pub is_sample: bool,
}

/// When an import stays in the list of imports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    /// Always.
    #[default]
    Always,
    /// Unless every file was known: a watched folder is looked through often.
    UnlessKnown,
    /// Only if it brought something new: what could not be used was told when it came.
    OnlyIfNew,
}

impl Trace {
    fn stays(self, report: &ImportReport) -> bool {
        match self {
            Self::Always => true,
            Self::UnlessKnown => report.pages > 0 || report.problems > 0,
            Self::OnlyIfNew => report.pages > 0,
        }
    }
}

/// Why an import ended early. What was stored stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The system gave no threads.
    #[error("cannot start the threads of the import")]
    Threads(#[source] std::io::Error),
}

/// Pages of one batch at most.
const BATCH_PAGES: usize = 64;
/// Text of one batch at most, but for a single longer page.
const BATCH_BYTES: usize = 4 << 20;
/// Batches waiting in each channel.
const WAITING: usize = 2;

/// Imports files, folders and zips; returns what became of every file.
///
/// `between` is called between two batches: whoever owns the archive can do small writes there (a mark, a repair), so that
/// they need not wait for the end of a long import.
///
/// Blocks until it is done or `progress` is cancelled. Every file is in the report; cancelled imports say so and can be
/// continued by importing the same again.
pub fn run_import(
    archive: &mut Archive,
    plan: &ImportPlan,
    desk: &Desk,
    progress: &Progress,
    between: &mut dyn FnMut(&mut Archive),
) -> Result<ImportReport, ImportError> {
    let started = Instant::now();
    let pool = rayon::ThreadPoolBuilder::new()
        .thread_name(|i| format!("engine-{i}"))
        .build()
        .map_err(|error| ImportError::Threads(std::io::Error::other(error)))?;
    archive.set_describer(desk.describer());
    let import = archive.begin_import()?;
    let mut tally = Tally::new(progress);
    let outcome = std::thread::scope(|scope| {
        let (loaded_in, loaded) = bounded::<Vec<Item>>(WAITING);
        let (raw_in, raw) = bounded::<Vec<Dump>>(WAITING);
        let (filed_in, filed) = bounded::<Filed>(WAITING);
        let spawn = |name: &str| std::thread::Builder::new().name(name.to_owned());
        spawn("import-read")
            .spawn_scoped(scope, move || read_all(plan, progress, &loaded_in))
            .map_err(ImportError::Threads)?;
        spawn("import-engine")
            .spawn_scoped(scope, move || pool.install(|| file_all(desk, progress, &raw, &filed_in)))
            .map_err(ImportError::Threads)?;
        let tally = &mut tally;
        let mut line = StoreLine { archive, import, tally, desk, progress, waiting: VecDeque::new(), between };
        // The channels live in this closure: leaving it, on an error too, hangs up and so ends both threads.
        line.run(&loaded, raw_in, &filed)
    });
    let mut report = tally.into_report();
    report.id = Some(import);
    report.cancelled = progress.is_cancelled();
    report.seconds = started.elapsed().as_secs_f64();
    let finished = archive.finish_import(import, &report);
    outcome?;
    finished?;
    if !plan.trace.stays(&report) {
        archive.undo_import(import)?;
        report.id = None;
    }
    Ok(report)
}

/// One thing on the line, in the order files were met.
pub(super) enum Item {
    /// A file begins; its pages follow, perhaps over several batches.
    Begin { source: Source, encoding: String, warnings: Vec<(u32, Warning)> },
    /// A page of the file that began last.
    Page(Dump),
    /// The file that began last has no more pages.
    End,
    /// A file of exported articles, read when its turn comes.
    Set { source: Source, file: SetFile },
    /// A file that gave no page.
    Failed(FileReport),
    /// All of a file from the scan was read: so many bytes.
    Done { bytes: u64 },
}

/// A batch the engine is through with: its pages and, page by page, what went wrong.
struct Filed {
    pages: Vec<ReadyPage>,
    failures: Vec<Option<String>>,
}

/// Reader thread: everything the plan names, in batches.
fn read_all(plan: &ImportPlan, progress: &Progress, out: &Sender<Vec<Item>>) {
    if plan.is_sample {
        read_samples(progress, out);
        return;
    }
    let (mut candidates, problems) = scan(&plan.paths, &plan.limits, &|| progress.keep_going());
    candidates.retain(|candidate| !plan.overrides.skips(candidate));
    let bytes = candidates.iter().map(|candidate| candidate.size_bytes).sum();
    progress.set_total((candidates.len() + problems.len()) as u64, bytes);
    let mut batch = Batch { items: Vec::new(), pages: 0, bytes: 0, out };
    for problem in problems {
        if !(batch.push(Item::Failed(problem)) && batch.push(Item::Done { bytes: 0 })) {
            return;
        }
    }
    for candidate in &candidates {
        progress.set_current(&candidate.path.to_string_lossy());
        if !progress.keep_going() || !read_one(candidate, plan, progress, &mut batch) {
            return;
        }
    }
    batch.flush();
}

fn read_samples(progress: &Progress, out: &Sender<Vec<Item>>) {
    let mut batch = Batch { items: Vec::new(), pages: 0, bytes: 0, out };
    let pages: Vec<Loaded> = sample_pages().collect();
    progress.set_total(pages.len() as u64, 0);
    let is_heard = pages.into_iter().all(|loaded| batch.push_loaded(loaded) && batch.push(Item::Done { bytes: 0 }));
    if is_heard {
        batch.flush();
    }
}

fn read_one(candidate: &Candidate, plan: &ImportPlan, progress: &Progress, batch: &mut Batch<'_>) -> bool {
    let mut goes_on = true;
    load(candidate, &plan.overrides, &plan.limits, &mut |loaded| {
        goes_on = progress.keep_going() && batch.push_loaded(loaded);
        goes_on
    });
    goes_on && batch.push(Item::Done { bytes: candidate.size_bytes })
}

struct Batch<'a> {
    items: Vec<Item>,
    pages: usize,
    bytes: usize,
    out: &'a Sender<Vec<Item>>,
}

impl Batch<'_> {
    /// Adds a file's pages, or what is wrong with it; `false` when nobody listens any more.
    fn push_loaded(&mut self, loaded: Loaded) -> bool {
        match loaded {
            Loaded::Failed(report) => self.push(Item::Failed(report)),
            // In a batch of its own, because the dumps of a batch are stored before everything else in it.
            Loaded::Set { source, file } => {
                (self.items.is_empty() || self.flush()) && self.push(Item::Set { source, file }) && self.flush()
            }
            Loaded::Dumps { source, encoding, dumps, warnings } => {
                self.push(Item::Begin { source, encoding, warnings })
                    && dumps.into_iter().all(|dump| self.push(Item::Page(dump)))
                    && self.push(Item::End)
            }
        }
    }

    /// Adds an item; `false` when nobody listens any more.
    fn push(&mut self, item: Item) -> bool {
        if let Item::Page(dump) = &item {
            self.pages += 1;
            self.bytes += dump.text.len();
        }
        self.items.push(item);
        if self.pages < BATCH_PAGES && self.bytes < BATCH_BYTES && self.items.len() < 8 * BATCH_PAGES {
            return true;
        }
        self.flush()
    }

    fn flush(&mut self) -> bool {
        (self.pages, self.bytes) = (0, 0);
        self.out.send(std::mem::take(&mut self.items)).is_ok()
    }
}

/// Engine thread: batch after batch, the pages of each in parallel.
fn file_all(desk: &Desk, progress: &Progress, raw: &Receiver<Vec<Dump>>, out: &Sender<Filed>) {
    for dumps in raw {
        // A cancelled batch is dropped whole, so that what is stored stays in order.
        let file = |dump| {
            let (page, failure) = desk.file(dump);
            (ReadyPage::of(page), failure)
        };
        let filed: Option<Vec<_>> =
            dumps.into_par_iter().map(|dump| (!progress.is_cancelled()).then(|| file(dump))).collect();
        let Some(filed) = filed else { return };
        let (pages, failures) = filed.into_iter().unzip();
        if out.send(Filed { pages, failures }).is_err() {
            return;
        }
    }
}

/// The calling thread's part: keeps the engine fed, stores what comes back, tells the tally.
struct StoreLine<'a, 'p> {
    archive: &'a mut Archive,
    import: ImportId,
    tally: &'a mut Tally<'p>,
    desk: &'a Desk,
    progress: &'p Progress,
    /// Batches whose new pages the engine has.
    waiting: VecDeque<Vec<Slot>>,
    /// What else wants the archive, let in between batches.
    between: &'a mut dyn FnMut(&mut Archive),
}

/// An item whose page, if it has one, was looked up.
enum Slot {
    /// Not a page.
    Item(Item),
    /// A page whose content is in the archive.
    Known { of: Source },
    /// A page that the engine works on.
    New,
}

impl StoreLine<'_, '_> {
    fn run(
        &mut self,
        loaded: &Receiver<Vec<Item>>,
        raw: Sender<Vec<Dump>>,
        filed: &Receiver<Filed>,
    ) -> Result<(), ImportError> {
        for items in loaded {
            let (slots, dumps) = self.look_up(items)?;
            self.waiting.push_back(slots);
            if raw.send(dumps).is_err() {
                break;
            }
            while self.waiting.len() > WAITING || (!self.waiting.is_empty() && !filed.is_empty()) {
                let Ok(batch) = filed.recv() else { break };
                self.store(&batch)?;
            }
            (self.between)(self.archive);
            if self.progress.is_cancelled() {
                break;
            }
        }
        drop(raw);
        while !self.waiting.is_empty() {
            let Ok(batch) = filed.recv() else { break };
            self.store(&batch)?;
        }
        Ok(())
    }

    /// Which pages of a batch are new; they go to the engine.
    fn look_up(&self, items: Vec<Item>) -> Result<(Vec<Slot>, Vec<Dump>), ArchiveError> {
        let mut dumps = Vec::new();
        let mut slots = Vec::with_capacity(items.len());
        for item in items {
            slots.push(match item {
                Item::Page(dump) => match self.archive.known_content(&dump.content_hash)? {
                    Some(of) => Slot::Known { of },
                    None => {
                        dumps.push(dump);
                        Slot::New
                    }
                },
                other => Slot::Item(other),
            });
        }
        Ok((slots, dumps))
    }

    /// Stores the oldest waiting batch.
    fn store(&mut self, filed: &Filed) -> Result<(), ArchiveError> {
        let slots = self.waiting.pop_front().unwrap_or_default();
        let added =
            if filed.pages.is_empty() { Vec::new() } else { self.archive.add_ready(self.import, &filed.pages)? };
        let mut results = filed.pages.iter().zip(&filed.failures).zip(added);
        for slot in slots {
            match slot {
                Slot::Item(Item::Set { source, file }) => self.take_back(source, &file)?,
                Slot::Item(item) => self.tally.item(item),
                Slot::Known { of } => self.tally.known_page(&of),
                Slot::New => match results.next() {
                    Some(((page, failure), Added::New { articles, .. })) => {
                        self.tally.new_page(page.filed(), articles.len(), failure.as_deref());
                    }
                    Some((_, Added::Known { of })) => self.tally.known_page(&of),
                    None => log::error!("the archive gave no answer for a page"),
                },
            }
        }
        Ok(())
    }

    /// Takes a file of exported articles back, with an account like that of a file of dumps.
    fn take_back(&mut self, source: Source, file: &SetFile) -> Result<(), ArchiveError> {
        self.progress.set_current(&source.display());
        let set = file.read(|reader| ReturnedSet::read(reader)).map_err(ExportError::from).flatten();
        let encoding = "UTF-8".to_owned();
        let (tally, progress) = (&mut *self.tally, self.progress);
        tally.item(Item::Begin { source: source.clone(), encoding: encoding.clone(), warnings: Vec::new() });
        let taken = set.map_err(TakeBackError::from).and_then(|set| {
            take_back(self.archive, self.import, set, self.desk, &mut |page, taken, articles| {
                match taken {
                    TakenBack::New => tally.new_page(page, articles, None),
                    TakenBack::Known { of, .. } => tally.known_page(of),
                }
                progress.keep_going()
            })
        });
        tally.item(Item::End);
        match taken {
            Ok(()) => Ok(()),
            Err(TakeBackError::Archive(error)) => Err(error),
            Err(error) => {
                let error = crate::worker::error::with_causes(&error);
                let outcome = FileOutcome::Unreadable { error };
                tally.item(Item::Failed(FileReport { source, encoding: Some(encoding), outcome }));
                Ok(())
            }
        }
    }
}
