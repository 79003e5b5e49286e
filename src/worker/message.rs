//! What the window asks and what it is told.

use super::export::{ExportPlan, ExportReport};
use super::import::ImportPlan;
use super::press::{Copying, LaidOut, Words};
use super::print::{Outcome, PrintJob, Printer};
use super::rebuild::RebuildReport;
use super::sets::OpenedSet;
use super::{PreviewFile, Progress, WorkerError};
use crate::archive::{MadeRepair, Notice, RowMarks, SavedSearch, Suggestion, Tag, Why};
use crate::export::{self, PagePicture};
use crate::model::{
    ArticleId, Facets, ImportId, ImportReport, ImportSummary, LooseHits, Marks, MonthDays, PageId, Repair,
    SearchRequest, Selection, StoredArticle, StoredPage, Summary, YearMonth,
};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

/// Number of a request. Grows with every request, so that the newest of two answers is the one with the larger ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the window can ask for.
#[derive(Clone, Debug)]
pub enum Request {
    /// Rows `offset..offset + limit` of a result. The newest such request wins.
    Rows {
        /// The search.
        search: SearchRequest,
        /// First row, from 0.
        offset: u64,
        /// Number of rows.
        limit: u32,
    },
    /// The ids of rows `offset..offset + limit` of a result.
    Ids {
        /// The search.
        search: SearchRequest,
        /// First row, from 0.
        offset: u64,
        /// Number of rows.
        limit: u32,
    },
    /// The total and all counts of a result. The newest such request wins.
    Counts(SearchRequest),
    /// What a search finds on each day of a month, whatever dates it asks for.
    Days(SearchRequest, YearMonth),
    /// One article.
    Article(ArticleId),
    /// One page with its original text.
    Page(PageId),
    /// Import files and folders.
    Import {
        /// What to import.
        plan: ImportPlan,
        /// Where the work says how far it is, and is told to pause or stop.
        progress: Arc<Progress>,
    },
    /// Look at files before they are imported. Answered by several [`Reply::Preview`]s.
    Preview {
        /// What would be imported.
        plan: ImportPlan,
        /// Where the look says how far it is, and is told to stop.
        progress: Arc<Progress>,
    },
    /// Watch this folder from now on, or none. Not answered; what is found comes as [`Event::Watched`].
    Watch(Option<PathBuf>),
    /// Take one import out again.
    UndoImport(ImportId),
    /// The imports so far, newest first.
    Imports,
    /// The report of one import.
    ImportReport(ImportId),
    /// What the user has added to an article, and its repairs.
    Marks(ArticleId),
    /// Basket, named searches, history.
    Shelf,
    /// Why a search finds nothing, or little.
    Why(SearchRequest),
    /// Where a search is found in lines of pages that belong to no article.
    Loose(SearchRequest),
    /// What could be meant by what is being typed.
    Suggest(String),
    /// Articles about the same things.
    Related(ArticleId),
    /// Write articles into files.
    Export {
        /// Which, how, where to.
        plan: Box<ExportPlan>,
        /// Where the work says how far it is, and is told to stop.
        progress: Arc<Progress>,
    },
    /// Lay a booklet out to be looked at. It replaces the one before.
    LayOut {
        /// Which articles.
        selection: Selection,
        /// How.
        options: Box<export::Options>,
        /// Where the work is told to stop.
        progress: Arc<Progress>,
    },
    /// One page of the booklet that is being looked at.
    DrawPage {
        /// The request that laid it out.
        of: Ticket,
        /// The page, from 0.
        page: usize,
        /// How finely it is drawn.
        pixels_per_point: f64,
    },
    /// Nobody looks at the booklet any more.
    CloseBooklet,
    /// Print the booklet that is being looked at.
    Print {
        /// The request that laid it out.
        of: Ticket,
        /// Pages by their printed numbers; all when none are named.
        pages: Option<RangeInclusive<usize>>,
        /// How.
        job: PrintJob,
    },
    /// The printers.
    Printers,
    /// Open a set again that was exported.
    OpenSet(PathBuf),
    /// Words of articles for the clipboard.
    Words {
        /// Which articles.
        selection: Selection,
        /// What of them.
        what: Copying,
    },
    /// All repairs, also of pages that are not in the archive at present.
    Repairs,
    /// Articles of this article's day in other years.
    SameDay(ArticleId),
    /// Write a small change.
    Write(Note),
    /// Use the place list of this file from now on (`None`: the bundled one).
    SetPlaces(Option<PathBuf>),
    /// Make all articles anew from the stored text, with the engine and place list in use.
    Rebuild(Arc<Progress>),
}

/// A small change that the user makes: it is written between two batches of a running import.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Mark as read, or not.
    Read(Vec<ArticleId>, bool),
    /// Remember how far an article was read, 0 to 1.
    Position(ArticleId, f64),
    /// Flag, or take the flag off.
    Flag(Vec<ArticleId>, bool),
    /// Put into the basket (选稿篮).
    BasketAdd(Vec<ArticleId>),
    /// Take out of the basket.
    BasketRemove(Vec<ArticleId>),
    /// Empty the basket.
    BasketClear,
    /// Tag articles.
    Tag(Vec<ArticleId>, String),
    /// Take a tag off.
    Untag(Vec<ArticleId>, String),
    /// Write a note; an empty one goes.
    Text(ArticleId, String),
    /// Give a tag the colour of this number.
    TagColour(String, u32),
    /// Take a tag off all articles and off the list.
    DeleteTag(String),
    /// Give a search a name.
    SaveSearch(String, SearchRequest),
    /// Drop a named search.
    DeleteSearch(i64),
    /// Remember what was searched.
    Remember(String),
    /// Repair a page, from the article with this headline.
    Repair(PageId, String, Vec<Repair>),
    /// Take repairs back, or do them again.
    SetUndone(Vec<i64>, bool),
    /// Take back what was repaired last.
    UndoRepair,
    /// Do again what was taken back last.
    RedoRepair,
    /// Take all repairs of an article back.
    Revert(ArticleId),
}

/// What the user keeps: basket, named searches, what was searched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// The basket, in its order.
    pub basket: Vec<Summary>,
    /// The named searches.
    pub searches: Vec<SavedSearch>,
    /// What was searched, latest first.
    pub history: Vec<String>,
    /// Every tag with its colour, by name.
    pub tags: Vec<Tag>,
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Rows of a result from `offset` on.
    Rows {
        /// First row, from 0.
        offset: u64,
        /// The rows; fewer than asked for at the end.
        rows: Vec<Summary>,
        /// What the user has added to each of them.
        marks: Vec<RowMarks>,
    },
    /// Ids of a result from `offset` on.
    Ids {
        /// First row, from 0.
        offset: u64,
        /// The ids, in the order of the list.
        ids: Vec<ArticleId>,
    },
    /// Total and counts.
    Counts(Box<Facets>),
    /// What is there on each day of a month, and the first and last day of the archive.
    Days(Box<MonthDays>),
    /// The article, unless it is gone.
    Article(Option<Arc<StoredArticle>>),
    /// The page, unless it is gone.
    Page(Option<Arc<StoredPage>>),
    /// What the user has added to an article, and its repairs.
    Marks(ArticleId, Box<Marks>, Vec<MadeRepair>),
    /// Basket, named searches, history.
    Shelf(Box<Shelf>),
    /// Why the search finds what it finds.
    Why(Box<Why>),
    /// Where the search is found outside of articles.
    Loose(Box<LooseHits>),
    /// What could be meant by this text.
    Suggestions(String, Vec<Suggestion>),
    /// Articles about the same things as this one.
    Related(ArticleId, Vec<Summary>),
    /// The change is written.
    Written(Box<Note>),
    /// A repair was taken back (or done again: false); none, where there was nothing to do.
    Stepped(Vec<MadeRepair>, bool),
    /// Articles of the same day in other years as this one.
    SameDay(ArticleId, Vec<Summary>),
    /// All repairs.
    Repairs(Vec<MadeRepair>),
    /// Files that were looked at.
    Preview {
        /// The files.
        files: Vec<PreviewFile>,
        /// Whether no more will come.
        is_last: bool,
    },
    /// The import has ended (to its end or cancelled).
    Imported(Arc<ImportReport>),
    /// Articles taken out by undoing an import.
    Undone(u64),
    /// The imports.
    Imports(Vec<ImportSummary>),
    /// An import's report, unless it is gone.
    ImportReport(Option<Arc<ImportReport>>),
    /// The place list in use: its city and number of towns.
    PlacesSet {
        /// City or county of the list.
        city: Option<String>,
        /// Number of towns.
        towns: usize,
    },
    /// Pages made anew.
    Rebuilt(RebuildReport),
    /// The export has ended.
    Exported(Box<ExportPlan>, Box<ExportReport>),
    /// A booklet is laid out; without pages when there were no articles.
    LaidOut(Box<LaidOut>),
    /// A page of the booklet; none when that is not there any more.
    PageDrawn {
        /// The request that laid it out.
        of: Ticket,
        /// The page, from 0.
        page: usize,
        /// Its pixels.
        picture: Option<Arc<PagePicture>>,
    },
    /// The pages were handed to the system.
    Printed {
        /// What it did with them.
        outcome: Outcome,
        /// How many pages.
        pages: u64,
    },
    /// The printers, the default one first.
    Printers(Vec<Printer>),
    /// A set was opened again.
    SetOpened(Box<OpenedSet>),
    /// Words for the clipboard.
    Words(Copying, Box<Words>),
}

/// What comes back from the worker.
#[derive(Clone, Debug)]
pub enum Event {
    /// The archive is open; requests are answered from now on.
    Opened(Vec<Notice>),
    /// The archive cannot be opened; nothing will be answered.
    OpenFailed(Arc<WorkerError>),
    /// An answer.
    Reply(Ticket, Reply),
    /// New files in the watched folder, written to their end.
    Watched {
        /// The files.
        paths: Vec<PathBuf>,
        /// Whether they were there when the watching began.
        is_first: bool,
    },
    /// The watched folder cannot be read; it is tried again now and then.
    WatchFailed(Arc<WorkerError>),
    /// The request failed.
    Failed(Ticket, Arc<WorkerError>),
}
