//! State of one run of the window: what has come back from the worker. Nothing of it is saved.

use super::history::History;
use super::import_preview::ImportPreview;
use super::panels::status::News;
use super::press::PressSession;
use super::results::ResultList;
use super::selecting::Awaited;
use super::selection::Selection;
use crate::model::{
    ArticleId, Facets, ImportReport, ImportSummary, LooseHits, MonthDays, PageId, Place, StoredArticle, StoredPage,
    Summary, YearMonth,
};
use crate::search::Query;
use crate::worker::import::ImportPlan;
use crate::worker::{MadeRepair, Marks, Progress, ProgressSnapshot, Shelf, Suggestion, Ticket, Why};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

/// How far the archive is.
#[derive(Debug, Default, PartialEq)]
pub enum Stage {
    /// Being opened (or migrated).
    #[default]
    Opening,
    /// Answers.
    Open,
    /// Cannot be opened; why.
    Failed(String),
}

/// The import under way.
#[derive(Debug)]
pub struct RunningImport {
    /// Its request.
    pub ticket: Ticket,
    /// Where it says how far it is, and is told to pause or stop.
    pub progress: Arc<Progress>,
    /// Its figures, read once a frame.
    pub figures: ProgressSnapshot,
    /// When the list was last refreshed, and how many pages were stored then.
    pub refreshed: (Instant, u64),
    /// Whether it came from the watched folder, without being asked for.
    pub is_watched: bool,
}

/// What has come back from the worker. Tickets tell which answer is still wanted.
#[derive(Debug)]
pub struct Session {
    /// How far the archive is.
    pub stage: Stage,
    /// A copy of the archive is open: what is changed is lost.
    pub is_copy: bool,
    /// The result list.
    pub results: ResultList,
    /// The selected rows.
    pub selection: Selection,
    /// Ids that are being waited for.
    pub(super) awaited_ids: Option<Awaited>,
    /// Whether the list goes back to its top with the next rows.
    pub resets_scroll: bool,
    /// Counts of the newest search that has been counted.
    pub facets: Option<Facets>,
    /// The days of the month in the calendar, once they are there.
    pub days: Option<MonthDays>,
    /// The month whose days are being waited for, and the ticket of the question.
    pub days_asked: Option<(Ticket, YearMonth)>,
    /// The counts being waited for.
    pub counts_ticket: Ticket,
    /// The search text, read.
    pub query: Query,
    /// The open article.
    pub article: Option<Arc<StoredArticle>>,
    /// The article being waited for.
    pub article_ticket: Ticket,
    /// What the user has added to an article, and its repairs; of the open one, once they are there.
    pub marks: Option<(ArticleId, Box<Marks>, Vec<MadeRepair>)>,
    /// All repairs, for their list.
    pub repairs: Vec<MadeRepair>,
    /// Basket, saved searches, history.
    pub shelf: Shelf,
    /// Why the search in view finds nothing.
    pub why: Option<Box<Why>>,
    /// Where the search in view is found outside of articles.
    pub loose: LooseHits,
    /// The answer about that which is being waited for.
    pub loose_ticket: Ticket,
    /// Whether those places are listed.
    pub shows_loose: bool,
    /// The page whose text was asked for to be shown by itself, and from which line on.
    pub page_text_wanted: (Ticket, u32),
    /// Suggestions and the text they are for.
    pub suggestions: (String, Vec<Suggestion>),
    /// Articles related to the one named.
    pub related: Option<(ArticleId, Vec<Summary>)>,
    /// Articles of the same day in other years, and of which article.
    pub same_day: Option<(ArticleId, Vec<Summary>)>,
    /// The page's overview is shown.
    pub shows_overview: bool,
    /// Only the article is shown, on the whole screen.
    pub is_full_screen: bool,
    /// The page on the screen may be out of date.
    pub is_page_stale: bool,
    /// Open the article that has this character, once the page has come in.
    pub wanted_place: Option<(PageId, Place)>,
    /// The open article's page.
    pub page: Option<Arc<StoredPage>>,
    /// The page being waited for.
    pub page_ticket: Ticket,
    /// Position of the open article in the result.
    pub open_row: Option<u64>,
    /// A row to open as soon as it has come in.
    pub wanted_row: Option<u64>,
    /// The import under way.
    pub import: Option<RunningImport>,
    /// Imports that wait for its end.
    pub waiting_imports: VecDeque<ImportPlan>,
    /// The look before an import.
    pub preview: Option<ImportPreview>,
    /// The report of the last import of this run.
    pub report: Option<Arc<ImportReport>>,
    /// The imports so far.
    pub imports: Vec<ImportSummary>,
    /// The report that is open in the list of imports.
    pub shown_report: Option<Arc<ImportReport>>,
    /// The latest news and when it came.
    pub news: Option<(News, Instant)>,
    /// City and number of towns of the place list in use.
    pub places: (Option<String>, usize),
    /// The articles read in this run.
    pub history: History,
    /// Exports and pages.
    pub press: PressSession,
}

impl Session {
    /// A session before anything has come back; `places` is the place list the worker began with.
    pub fn new(places: (Option<String>, usize)) -> Self {
        Self {
            stage: Stage::Opening,
            is_copy: false,
            results: ResultList::default(),
            selection: Selection::default(),
            awaited_ids: None,
            resets_scroll: false,
            facets: None,
            days: None,
            days_asked: None,
            counts_ticket: Ticket::default(),
            query: Query::parse(""),
            article: None,
            article_ticket: Ticket::default(),
            marks: None,
            repairs: Vec::new(),
            shelf: Shelf::default(),
            why: None,
            loose: LooseHits::default(),
            loose_ticket: Ticket::default(),
            shows_loose: false,
            page_text_wanted: (Ticket::default(), 1),
            suggestions: (String::new(), Vec::new()),
            related: None,
            same_day: None,
            shows_overview: false,
            is_full_screen: false,
            is_page_stale: false,
            wanted_place: None,
            page: None,
            page_ticket: Ticket::default(),
            open_row: None,
            wanted_row: None,
            import: None,
            waiting_imports: VecDeque::new(),
            preview: None,
            report: None,
            imports: Vec::new(),
            shown_report: None,
            news: None,
            places,
            history: History::default(),
            press: PressSession::default(),
        }
    }

    /// What the user has added to article `id`, if it is there.
    pub fn marks_of(&self, id: Option<ArticleId>) -> Option<&Marks> {
        self.marks.as_ref().filter(|(of, ..)| Some(*of) == id).map(|(_, marks, _)| &**marks)
    }

    /// Shows a short message.
    pub fn tell(&mut self, text: String) {
        self.news = Some((News { text, is_error: false }, Instant::now()));
    }

    /// Shows an error once.
    pub fn tell_error(&mut self, text: String) {
        log::error!("{text}");
        self.news = Some((News { text, is_error: true }, Instant::now()));
    }
}
