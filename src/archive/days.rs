//! The articles of each day, for the calendar: what a search finds, and where the archive has gaps.

use super::ArchiveError;
use super::attributes::{UNDATED, date_of, day_number};
use super::reader::Reader;
use crate::model::{DayCount, Filter, MonthDays, SearchRequest, YearMonth};
use crate::search::Query;
use std::collections::HashSet;

/// Days before and after a month that show on which weekdays newspapers appear.
const AROUND: i32 = 184;

impl Reader {
    /// What is there on each day of a month, whatever dates the request asks for; and what tells a gap from a day without a
    /// newspaper: the first and last day of the whole archive, and the weekdays on which it has something.
    pub fn month_days(&self, request: &SearchRequest, month: YearMonth) -> Result<MonthDays, ArchiveError> {
        let query = Query::parse(&request.query);
        let filter = Filter { from: None, to: None, undated: false, ..request.filter.clone() };
        let first = day_number(Some(month.first_day()));
        let last = day_number(Some(month.last_day()));
        self.view(|evaluator| {
            let found = evaluator.find(&query, &filter)?;
            let mut days: Vec<DayCount> =
                (first..=last).filter_map(date_of).map(|date| DayCount { date, hits: 0, all: 0 }).collect();
            let mut there: HashSet<i32> = HashSet::new();
            let mut previous = UNDATED;
            for slot in evaluator.snapshot.live.iter() {
                let day = evaluator.snapshot.day(slot);
                if day == UNDATED {
                    continue;
                }
                // The articles of a page lie together.
                if day != previous {
                    there.insert(day);
                    previous = day;
                }
                let index = usize::try_from(day.saturating_sub(first)).ok();
                if let Some(count) = index.and_then(|index| days.get_mut(index)) {
                    count.all += 1;
                    count.hits += u64::from(found.hits.contains(slot));
                }
            }
            let span = there.iter().min().zip(there.iter().max());
            let span = span.and_then(|(first, last)| date_of(*first).zip(date_of(*last)));
            let near = issues(there.iter().copied().filter(|day| (first - AROUND..=last + AROUND).contains(day)));
            let issues = if near == [0; 7] { issues(there.iter().copied()) } else { near };
            Ok(MonthDays { month, days, span, issues })
        })
    }
}

/// Days by weekday, from Monday on.
fn issues(days: impl Iterator<Item = i32>) -> [u32; 7] {
    let mut out = [0; 7];
    for date in days.filter_map(date_of) {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        if let Some(count) = out.get_mut(weekday) {
            *count += 1;
        }
    }
    out
}
