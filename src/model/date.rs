//! Publication dates: what is known, what is argued, and the evidence.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is known of a page's publication date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateEvidence {
    /// The date printed on the page.
    pub printed: Option<Date>,
    /// The earliest possible date.
    pub earliest: Option<Date>,
    /// The latest possible date.
    pub latest: Option<Date>,
    /// The best single guess: printed, else from a file or folder name, else argued from the text.
    pub best: Option<Date>,
    /// One or two sentences of evidence, quoting the words.
    pub why: String,
}

/// A month of a year, the step of the date tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct YearMonth {
    /// Year, e.g. 2023.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
}

impl YearMonth {
    /// The month that holds `date`.
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// The month's first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.clamp(1, 12), 1).unwrap_or(Date::MIN)
    }

    /// The month's last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn month_knows_its_first_and_last_day() {
        let month = YearMonth { year: 2024, month: 2 };
        assert_eq!(month.first_day().to_string(), "2024-02-01");
        assert_eq!(month.last_day().to_string(), "2024-02-29");
        assert_eq!(YearMonth::of(month.last_day()), month);
    }
}
