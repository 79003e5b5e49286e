//! The articles of each day, for the calendar: what a search finds, and where the archive has gaps.

use super::ArchiveError;
use super::attributes::{UNDATED, date_of, day_number};
use super::reader::Reader;
use crate::model::{DayCount, Filter, SearchRequest};
use crate::search::Query;
use jiff::civil::Date;

/// Most days that are counted at once.
const MOST_DAYS: i32 = 3_700;

/// Days with their counts; the first and the last day of the archive.
type Days = (Vec<DayCount>, Option<(Date, Date)>);

impl Reader {
    /// What is there on each day from `from` to `to`, whatever dates the request asks for; and the first and last day of
    /// the whole archive, so that a day without anything can be told from one outside of it.
    pub fn days(&self, request: &SearchRequest, from: Date, to: Date) -> Result<Days, ArchiveError> {
        let query = Query::parse(&request.query);
        let filter = Filter { from: None, to: None, undated: false, ..request.filter.clone() };
        let first = day_number(Some(from));
        let length = (day_number(Some(to)) - first + 1).clamp(0, MOST_DAYS);
        self.view(|evaluator| {
            let found = evaluator.find(&query, &filter)?;
            let mut days: Vec<DayCount> = (0..length)
                .filter_map(|offset| date_of(first + offset))
                .map(|date| DayCount { date, hits: 0, all: 0 })
                .collect();
            let (mut earliest, mut latest) = (i32::MAX, i32::MIN);
            for slot in evaluator.snapshot.live.iter() {
                let day = evaluator.snapshot.day(slot);
                if day == UNDATED {
                    continue;
                }
                (earliest, latest) = (earliest.min(day), latest.max(day));
                let index = usize::try_from(day.saturating_sub(first)).ok();
                if let Some(count) = index.and_then(|index| days.get_mut(index)) {
                    count.all += 1;
                    count.hits += u64::from(found.hits.contains(slot));
                }
            }
            Ok((days, date_of(earliest.min(latest)).zip(date_of(latest)).filter(|_| earliest <= latest)))
        })
    }
}
