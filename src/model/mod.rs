//! Plain data that every room shares: dumps, pages, articles, spans, filters, result rows.
//!
//! This room knows no files, no SQL, no threads and no window. Everything here can be built by hand in a test, compared
//! and serialised. Positions come in three kinds that never mix: 1-based line numbers of a dump ([`LineRange`]), character
//! offsets ([`SourceRun`]) and byte ranges of one string ([`Snippet::marks`]).

mod article;
mod date;
mod dump;
mod filter;
mod ids;
mod import;
mod marks;
mod month_days;
mod page;
mod places;
mod repair;
mod result;
mod selection;
mod span;

pub use article::{Article, Block, BlockKind, Byline, BylineRole, Decision, DecisionKind, Kind, Person};
pub use date::{DateEvidence, YearMonth};
pub use dump::{Dump, Given, Hints, Source};
pub use filter::{Filter, SearchRequest, Sort};
pub use ids::{ArticleId, ImportId, PageId};
pub use import::{FileOutcome, FileReport, ImportReport, ImportSummary};
pub use marks::Marks;
pub use month_days::MonthDays;
pub use page::{FiledPage, Furniture, FurnitureKind, Page, Warning, WarningKind};
pub use places::{PlaceList, Section, SectionList, Town};
pub use repair::{Anchor, Field, Place, Repair, Target, Trouble};
pub use result::{DayCount, Facets, LooseHit, LooseHits, PageSummary, Snippet, StoredArticle, StoredPage, Summary};
pub use selection::Selection;
pub use span::{LineRange, Role, SourceRun, Span};
