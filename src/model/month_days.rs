//! The days of a month: what the archive holds of each, and on which a newspaper is missing.

use super::{DayCount, YearMonth};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Issues on one weekday that make a habit.
const HABIT: u32 = 4;

/// What is there on each day of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthDays {
    /// The month.
    pub month: YearMonth,
    /// Its days.
    pub days: Vec<DayCount>,
    /// First and last day of the archive.
    pub span: Option<(Date, Date)>,
    /// On how many Mondays, Tuesdays and so on the archive holds something: in the half years before and after, or ever if
    /// there is nothing in them.
    pub issues: [u32; 7],
}

impl MonthDays {
    /// Nothing is known of a month.
    pub fn unknown(month: YearMonth) -> Self {
        Self { month, days: Vec::new(), span: None, issues: [0; 7] }
    }

    /// Whether a newspaper should have appeared on this day of the month (from 0) and nothing is here: one did on the same
    /// weekday of another week of the month, or does so as a rule.
    pub fn is_gap(&self, index: usize) -> bool {
        let Some(day) = self.days.get(index) else { return false };
        let is_inside = self.span.is_some_and(|(first, last)| first <= day.date && day.date <= last);
        let appears = || self.days.iter().skip(index % 7).step_by(7).any(|other| other.all > 0);
        day.all == 0 && is_inside && (appears() || self.is_habit(day.date))
    }

    /// Whether newspapers appear on the weekday of `date` as a rule: not much more rarely than on others.
    fn is_habit(&self, date: Date) -> bool {
        let most = self.issues.iter().copied().max().unwrap_or(0);
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.issues.get(weekday).is_some_and(|&issues| issues >= HABIT && issues * 4 >= most)
    }

    /// Number of days that are missing.
    pub fn gaps(&self) -> usize {
        (0..self.days.len()).filter(|index| self.is_gap(*index)).count()
    }

    /// Whether every day of the month on which a newspaper should have appeared is missing.
    pub fn is_all_missing(&self) -> bool {
        self.gaps() > 0 && self.days.iter().all(|day| day.all == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// March 2024, with something on these days.
    fn march(there: &[i8], issues: [u32; 7]) -> MonthDays {
        let day = |day: i8| DayCount { date: date(2024, 3, day), hits: 0, all: u64::from(there.contains(&day)) };
        MonthDays {
            month: YearMonth { year: 2024, month: 3 },
            days: (1..=31).map(day).collect(),
            span: Some((date(2024, 3, 4), date(2024, 12, 30))),
            issues,
        }
    }

    #[test]
    fn a_day_is_missing_where_its_weekday_has_a_newspaper_in_other_weeks() {
        // A weekly of Mondays (4, 11, 18, 25); the 18th is not in the archive.
        let days = march(&[4, 11, 25], [0; 7]);
        assert!(days.is_gap(17));
        assert_eq!(days.gaps(), 1);
        assert_eq!(MonthDays { span: None, ..days }.gaps(), 0);
    }

    #[test]
    fn a_month_without_anything_is_missing_where_its_neighbours_have_newspapers() {
        let weekly = march(&[], [20, 0, 0, 0, 0, 0, 1]);
        assert_eq!(weekly.gaps(), 4, "the Mondays, and not the one Sunday of a special issue");
        assert!(weekly.is_all_missing());
        assert_eq!(march(&[], [1, 1, 0, 2, 0, 0, 0]).gaps(), 0, "a handful of pages is no rule");
    }

    #[test]
    fn a_weekday_that_a_month_lacks_altogether_is_missing() {
        // A daily; the Saturdays of this month are not in the archive (2 lies before its first day).
        let there: Vec<i8> = (1..=31).filter(|day| (day - 2) % 7 != 0).collect();
        let daily = march(&there, [25; 7]);
        let gaps: Vec<usize> = (0..31).filter(|&index| daily.is_gap(index)).collect();
        assert_eq!(gaps, [8, 15, 22, 29]);
        assert!(!daily.is_all_missing());
    }
}
