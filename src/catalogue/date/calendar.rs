//! National dates that help to tell a year: congresses, anniversaries, five-year plans (`assets/calendar.toml`).

use super::super::phrases::Phrases;
use super::super::story::contains;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a text's words say about when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Not before that day.
    NotBefore(Date),
    /// Before that day, by a year at most.
    Before(Date),
    /// In that year.
    Year(i16),
}

/// The calendar, ready to be looked up.
#[derive(Debug)]
pub(super) struct Calendar {
    words: Phrases<Word>,
}

#[derive(Clone, Copy, Debug)]
enum Word {
    Event(Date),
    Ahead(Date),
    Anniversary(i16),
    Plan(i16, i16),
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    event: Vec<Event>,
    #[serde(default)]
    ahead: Vec<Event>,
    #[serde(default)]
    anniversary: Vec<Anniversary>,
    #[serde(default)]
    plan: Vec<Plan>,
}

#[derive(Debug, Deserialize)]
struct Event {
    words: Vec<String>,
    day: toml::value::Datetime,
}

#[derive(Debug, Deserialize)]
struct Anniversary {
    words: Vec<String>,
    year: i16,
}

#[derive(Debug, Deserialize)]
struct Plan {
    words: Vec<String>,
    first: i16,
    last: i16,
}

static SHARED: LazyLock<Calendar> = LazyLock::new(|| {
    // A test holds the file to be sound.
    Calendar::new(toml::from_str(include_str!("../../../assets/calendar.toml")).unwrap_or_default())
});

impl Calendar {
    /// The one calendar of the program.
    pub(super) fn shared() -> &'static Self {
        &SHARED
    }

    fn new(file: File) -> Self {
        let mut words = Vec::new();
        for (events, word) in [(file.event, Word::Event as fn(Date) -> Word), (file.ahead, Word::Ahead)] {
            for Event { words: said, day } in events {
                if let Some(day) = day.date.and_then(|d| Date::new(d.year as i16, d.month as i8, d.day as i8).ok()) {
                    words.extend(said.into_iter().map(|w| (w, word(day))));
                }
            }
        }
        for anniversary in file.anniversary {
            words.extend(anniversary.words.into_iter().map(|w| (w, Word::Anniversary(anniversary.year))));
        }
        for plan in file.plan {
            words.extend(plan.words.into_iter().map(|w| (w, Word::Plan(plan.first, plan.last))));
        }
        Self { words: Phrases::new(words) }
    }

    /// What `text` says, with the words that say it.
    pub(super) fn facts(&self, text: &[char]) -> Vec<(Fact, String)> {
        let mut out = Vec::new();
        for hit in self.words.find(text) {
            let behind = &text[hit.end..text.len().min(hit.end + 12)];
            let quote = |length: usize| text[hit.start..text.len().min(hit.end + length)].iter().collect::<String>();
            match *hit.value {
                Word::Event(day) => out.push((Fact::NotBefore(day), quote(0))),
                Word::Ahead(day) => out.push((Fact::Before(day), quote(0))),
                Word::Anniversary(year) => {
                    if let Some((count, length)) = years_behind(behind) {
                        out.push((Fact::Year(year + count), quote(length)));
                    }
                }
                Word::Plan(first, last) => {
                    if ["开局之年", "开局年", "起步之年"].iter().any(|w| contains(behind, w)) {
                        out.push((Fact::Year(first), quote(8)));
                    } else if ["收官之年", "收官年"].iter().any(|w| contains(behind, w)) {
                        out.push((Fact::Year(last), quote(8)));
                    }
                }
            }
        }
        out
    }
}

/// "100周年", "70周年" within a few characters: the number, and how far it reaches.
fn years_behind(text: &[char]) -> Option<(i16, usize)> {
    let from = text.iter().position(char::is_ascii_digit).filter(|&from| from <= 3)?;
    let digits = text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let number: String = text[from..from + digits].iter().collect();
    let is_years = super::super::story::starts_with(&text[from + digits..], "周年");
    is_years.then_some(())?;
    number.parse().ok().map(|count| (count, from + digits + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Fact]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<_> = Calendar::shared().facts(&chars).into_iter().map(|(fact, _)| fact).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_calendar_that_ships_can_be_read() {
        check("在新中国成立70周年之际", &[Fact::Year(2019)]);
        check("“十四五”开局之年", &[Fact::Year(2021)]);
        check("十九大精神", &[Fact::NotBefore(jiff::civil::date(2017, 10, 18))]);
        check("喜迎党的二十大胜利召开", &[Fact::Before(jiff::civil::date(2022, 10, 16))]);
        check("改革开放以来", &[]);
    }
}
