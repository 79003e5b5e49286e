//! What comes back from the archive: result rows, counts, whole articles and pages.

use super::{
    Article, ArticleId, DateEvidence, Furniture, ImportId, Kind, LineRange, PageId, Place, Source, Span, Warning,
    YearMonth,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A piece of text with the places that were found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The text; "…" at an end where more follows.
    pub text: String,
    /// Byte ranges of the hits in `text`, ascending, not overlapping.
    pub marks: Vec<Range<usize>>,
}

/// One row of a result list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The article.
    pub id: ArticleId,
    /// Its page.
    pub page_id: PageId,
    /// Headline with hits.
    pub title: Snippet,
    /// Whether the headline was printed.
    pub title_printed: bool,
    /// Best publication date.
    pub date: Option<Date>,
    /// Page label (版次).
    pub page_label: Option<String>,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// First section.
    pub section: Option<String>,
    /// Towns it is about.
    pub towns: Vec<String>,
    /// Kind.
    pub kind: Kind,
    /// Names of the bylines, joined by a space.
    pub byline: String,
    /// A few words around the first hits, or the text's opening.
    pub snippet: Snippet,
    /// Confidence of the reconstruction.
    pub confidence: f32,
}

/// Where a search text stands outside of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooseHits {
    /// Pages on which it does, exact.
    pub pages: u64,
    /// The newest of them.
    pub hits: Vec<LooseHit>,
}

/// A place on a page, in lines that belong to no article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooseHit {
    /// The page.
    pub page: PageId,
    /// Best publication date.
    pub date: Option<Date>,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Page label (版次).
    pub page_label: Option<String>,
    /// Line of the first hit, from 1.
    pub line: u32,
    /// A few words around it.
    pub snippet: Snippet,
}

/// What is there on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// The day.
    pub date: Date,
    /// Articles that a search finds.
    pub hits: u64,
    /// All articles.
    pub all: u64,
}

/// Counts beside each filter. A facet's own choice is not applied to its own counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Articles that pass everything, exact.
    pub total: u64,
    /// Articles by month, newest first.
    pub months: Vec<(YearMonth, u64)>,
    /// Articles without a date.
    pub undated: u64,
    /// By section, most frequent first.
    pub sections: Vec<(String, u64)>,
    /// By town, most frequent first.
    pub towns: Vec<(String, u64)>,
    /// By newspaper.
    pub newspapers: Vec<(String, u64)>,
    /// By page label.
    pub pages: Vec<(String, u64)>,
    /// By kind.
    pub kinds: Vec<(Kind, u64)>,
    /// By name in the byline; at most the 200 most frequent.
    pub bylines: Vec<(String, u64)>,
    /// By tag.
    pub tags: Vec<(String, u64)>,
    /// Articles that the engine is not sure of.
    pub unsure: u64,
    /// Articles that carry a flag.
    pub flagged: u64,
}

/// An article as it stands in the archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// Its id.
    pub id: ArticleId,
    /// Its page's id.
    pub page_id: PageId,
    /// Position on the page, from 0.
    pub position: u32,
    /// Newspaper (报名) of its page.
    pub newspaper: Option<String>,
    /// Page label (版次) of its page.
    pub page_label: Option<String>,
    /// Publication date and its evidence.
    pub date: DateEvidence,
    /// Where the dump came from.
    pub source: Source,
    /// The article itself.
    pub article: Article,
}

/// A page as it stands in the archive, with its untouched text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredPage {
    /// Its id.
    pub id: PageId,
    /// The import that brought it.
    pub import_id: ImportId,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Page label (版次).
    pub page_label: Option<String>,
    /// Publication date and its evidence.
    pub date: DateEvidence,
    /// Where the dump came from.
    pub source: Source,
    /// Encoding of the file.
    pub encoding: String,
    /// Version of the engine that made the articles.
    pub engine_version: u32,
    /// The whole original text.
    pub text: String,
    /// The page's articles in order, with their headlines and line spans.
    pub articles: Vec<PageSummary>,
    /// Lines of no article.
    pub furniture: Vec<Furniture>,
    /// Things to look at.
    pub warnings: Vec<Warning>,
}

/// One article of a page's overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageSummary {
    /// The article.
    pub id: ArticleId,
    /// Its headline.
    pub title: String,
    /// Its lines.
    pub spans: Vec<Span>,
    /// The first character of its text.
    #[serde(default)]
    pub begin: Option<Place>,
    /// Confidence of the reconstruction.
    pub confidence: f32,
    /// A repair touches it.
    pub is_repaired: bool,
}

impl PageSummary {
    /// Whether nobody needs to look at it.
    pub fn is_sure(&self) -> bool {
        self.is_repaired || self.confidence >= Article::SURE
    }
}

impl StoredPage {
    /// The article that line `line` (1-based) belongs to.
    pub fn article_at(&self, line: u32) -> Option<&PageSummary> {
        self.sharers(line).next()
    }

    /// The article that has the character at `place`: of those that share its line the last to begin before it.
    pub fn article_of(&self, place: Place) -> Option<&PageSummary> {
        let begins_before = |article: &&PageSummary| article.begin.is_some_and(|begin| begin <= place);
        let here = self.sharers(place.line).filter(begins_before).max_by_key(|article| article.begin);
        if self.sharers(place.line).count() > 1 { here } else { None }.or_else(|| self.article_at(place.line))
    }

    /// The articles that have a line, or a part of it.
    pub fn sharers(&self, line: u32) -> impl Iterator<Item = &PageSummary> {
        self.articles.iter().filter(move |a| a.spans.iter().any(|s| LineRange::contains(s.range(), line)))
    }
}
