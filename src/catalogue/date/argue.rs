//! Argues a publication date from the times the articles name.
//!
//! Every day up to three days after a dated event is a candidate, in every year that the text speaks of. A candidate is
//! scored by how well each named time suits a page printed on that day: reports follow their event by a day or two, on a
//! working day; announced events lie ahead; counts over "1至7月" appear in August; "刚刚过去的2022年" is said in early
//! 2023. The best candidate wins; the range says how far the evidence leaves it open.

use super::calendar::{Calendar, Fact};
use super::mentions::{self, Mention, Tense, Time};
use super::spoken;
use crate::catalogue::story::Story;
use crate::model::DateEvidence;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Times of more articles than this add nothing.
const MOST_MENTIONS: usize = 400;
/// Least evidence for a year that makes a date.
const LEAST_YEAR_EVIDENCE: f32 = 1.0;
/// What weekdays that fit add to that: those of every seventh year would.
const WEEKDAY_EVIDENCE: f32 = 0.6;
/// From a month's first day to its middle.
const MID_MONTH: i64 = 14;
/// Days ahead that something is announced at most with its year.
const SOON_DAYS: i64 = 120;
/// A page printed later than this many days after its newest event is rare.
const SPAN_DAYS: i64 = 30;

/// The date that the stories speak for, and the year or month that `furniture` names.
pub(super) fn argue(stories: &[Story], notices: &[bool], furniture: &[Vec<char>]) -> DateEvidence {
    let mut mentions: Vec<Mention> = Vec::new();
    for line in furniture {
        let printed = mentions::read(line, false).into_iter();
        let printed = printed.filter(|m| matches!(m.time, Time::MonthOf { .. } | Time::Year { .. }));
        mentions.extend(printed.map(|mention| Mention { tense: Tense::Current, ..mention }));
    }
    let mut facts: Vec<(Fact, String)> = Vec::new();
    for (story, notice) in stories.iter().zip(notices) {
        for paragraph in story.paragraphs.iter().chain([&story.headline]) {
            mentions.extend(mentions::read(paragraph, *notice));
            facts.extend(Calendar::shared().facts(paragraph));
        }
        if mentions.len() > MOST_MENTIONS {
            break;
        }
    }
    merge(&mut mentions);
    mentions.truncate(MOST_MENTIONS);
    let years = years(&mentions, &facts);
    let days = days(&mentions);
    let mut best: Option<(f32, Date)> = None;
    for &(year, vote) in &years {
        for &(month, day) in &days {
            let Ok(event) = Date::new(year, month, day) else { continue };
            for after in 1..=3i64 {
                let Ok(date) = event.checked_add(after.days()) else { continue };
                let vote = if date.year() == year { vote } else { vote_of(&years, date.year()) };
                let score = vote + score(date, &mentions, &facts);
                // A single year that is looked back on does not date a page.
                if best.is_none_or(|(most, _)| score > most)
                    && years_behind(date, &years, &mentions) >= LEAST_YEAR_EVIDENCE
                {
                    best = Some((score, date));
                }
            }
        }
    }
    match best {
        Some((_, date)) => evidence(date, &mentions, &facts),
        None => undated(&mentions, &facts, &years),
    }
}

/// How strongly the text speaks for the year of `date`.
fn years_behind(date: Date, years: &[(i16, f32)], mentions: &[Mention]) -> f32 {
    let told = mentions.iter().map(|m| match (m.time, m.tense) {
        (time, Tense::Future) => announced(date, time),
        (Time::Year { year }, Tense::Annual) if date.month() <= 3 && date.year() == year + 1 => 0.5,
        _ => 0.0,
    });
    vote_of(years, date.year()) + told.fold(0.0, f32::max) + of_weekdays(date, mentions)
}

/// How strongly what is announced with its year speaks for that of `date`.
fn announced(date: Date, time: Time) -> f32 {
    let is_soon = |event: Option<Date>| event.is_some_and(|event| (0..=SOON_DAYS).contains(&days_between(date, event)));
    let soon = |event: Option<Date>| f32::from(u8::from(is_soon(event)));
    match time {
        Time::Year { year } => year_ahead(date, year),
        Time::Day { year: Some(year), month, day } => soon(Date::new(year, month, day).ok()),
        Time::MonthOf { year, month } => soon(Date::new(year, month, 28).ok()),
        _ => 0.0,
    }
}

/// How strongly the weekdays that days were printed with speak for the year of `date`.
fn of_weekdays(date: Date, mentions: &[Mention]) -> f32 {
    let mut told = mentions.iter().map(|m| same_weekday(date, m)).filter(|&same| same != 0.0).peekable();
    let agree = told.peek().is_some() && told.all(|same| same > 0.0);
    if agree { WEEKDAY_EVIDENCE } else { 0.0 }
}

/// Equal times once, each with its strongest wording: a story told at length must not outvote the others.
fn merge(mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|m| (m.time, m.tense, !m.exact));
    mentions.dedup_by(|later, first| {
        let same = later.time == first.time && later.tense == first.tense;
        first.count += u16::from(same);
        same
    });
}

/// Days on which something happened.
fn days(mentions: &[Mention]) -> Vec<(i8, i8)> {
    let happened = |m: &&Mention| m.tense != Tense::Future;
    let mut days: Vec<(i8, i8)> = mentions.iter().filter(happened).filter_map(|m| month_and_day(m.time)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn month_and_day(time: Time) -> Option<(i8, i8)> {
    match time {
        Time::Day { month, day, .. } => Some((month, day)),
        _ => None,
    }
}

/// The years in question, with how strongly the text speaks for each.
fn years(mentions: &[Mention], facts: &[(Fact, String)]) -> Vec<(i16, f32)> {
    let mut votes: BTreeMap<i16, f32> = BTreeMap::new();
    let mut vote = |year: i16, weight: f32| *votes.entry(year).or_insert(0.0) += weight;
    for mention in mentions {
        let year = match mention.time {
            Time::Year { year } | Time::MonthOf { year, .. } => year,
            Time::Day { year: Some(year), .. } => year,
            _ => continue,
        };
        let is_day = matches!(mention.time, Time::Day { .. });
        // Said again it weighs more, but not without end.
        let again = 1.0 + 0.5 * f32::from(mention.count.min(4) - 1);
        match mention.tense {
            Tense::Current => vote(year, 4.0),
            Tense::JustPast => {
                vote(year + 1, 5.0);
                vote(year, 0.5);
            }
            Tense::Future => {
                vote(year, 0.0);
                vote(year - 1, 0.5);
            }
            Tense::Annual => {
                vote(year, 0.5);
                vote(year + 1, 0.5);
                vote(year - 1, 0.5);
            }
            Tense::Past => {
                // Stories that look back name months with their year: "2021年3月，他买下这条船".
                let weight = match mention.time {
                    Time::MonthOf { .. } => 0.4,
                    _ if is_day => 2.0 * again,
                    _ => again,
                };
                vote(year, weight);
                vote(year + 1, 0.3);
            }
            Tense::LongPast => {
                vote(year, 0.2);
                vote(year + 1, 0.2);
            }
        }
    }
    let is_over = |m: &&Mention| !matches!(m.tense, Tense::Future | Tense::Annual);
    let newest_past = mentions.iter().filter(is_over).filter_map(|m| year_of(m.time)).max().unwrap_or(i16::MIN);
    for (fact, _) in facts {
        match *fact {
            Fact::Year(year) => vote(year, 2.5),
            Fact::Before(day) => {
                vote(day.year(), 1.5);
                vote(day.year() - 1, 0.5);
            }
            Fact::NotBefore(_) => {}
        }
    }
    votes.retain(|year, _| *year >= newest_past || *year + 1 >= newest_past && *year >= 1900);
    for (year, weight) in &mut votes {
        // Something has already happened in a later year.
        if *year < newest_past {
            *weight -= 6.0;
        }
    }
    votes.into_iter().collect()
}

fn year_of(time: Time) -> Option<i16> {
    match time {
        Time::Year { year } | Time::MonthOf { year, .. } | Time::Day { year: Some(year), .. } => Some(year),
        _ => None,
    }
}

fn vote_of(years: &[(i16, f32)], year: i16) -> f32 {
    years.iter().find(|(y, _)| *y == year).map_or(-2.0, |(_, vote)| *vote)
}

/// What speaks against a date: `weight` if it is so.
fn against(is_so: bool, weight: f32) -> f32 {
    if is_so { -weight } else { 0.0 }
}

/// How well a page printed on `date` would say all this.
fn score(date: Date, mentions: &[Mention], facts: &[(Fact, String)]) -> f32 {
    let mut score = 0.0;
    if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        score -= 0.8;
    }
    for mention in mentions {
        score += match (mention.time, mention.tense) {
            (Time::Day { year, month, day }, Tense::Future) => {
                ahead(date, year, month, day) + same_weekday(date, mention)
            }
            (Time::Day { year, month, day }, _) => {
                let weight = if mention.exact { 1.0 } else { 0.7 };
                weight * behind(date, year, month, day) + same_weekday(date, mention)
            }
            (Time::MonthsUpTo { month }, _) => count_up_to(date, month),
            (Time::MonthOfThisYear { month }, Tense::Future) => against(month < date.month(), 2.0),
            (Time::MonthOfThisYear { month }, _) => against(month > date.month(), 3.0),
            (Time::MonthOf { year, month }, Tense::Current) => {
                against((year, month) != (date.year(), date.month()), 6.0)
            }
            (Time::MonthOf { year, month }, Tense::Past | Tense::LongPast) => {
                against((year, month) > (date.year(), date.month()), 6.0)
            }
            (Time::Year { year }, Tense::Future) => year_ahead(date, year),
            (Time::Year { year }, Tense::Annual) => accounted(date, year),
            (Time::Year { year }, Tense::JustPast) => {
                if date.year() == year + 1 && date.month() <= 4 {
                    1.0
                } else {
                    -1.0
                }
            }
            _ => 0.0,
        };
    }
    for (fact, _) in facts {
        score += match *fact {
            Fact::NotBefore(day) => against(date < day, 6.0),
            Fact::Before(day) => against(!(0..=366).contains(&days_between(date, day)), 6.0),
            Fact::Year(_) => 0.0,
        };
    }
    score
}

/// A day that has passed: the newer the likelier.
fn behind(date: Date, year: Option<i16>, month: i8, day: i8) -> f32 {
    let Some(event) = event_before(date, year, month, day) else { return -4.0 };
    match days_between(event, date) {
        i64::MIN..=-1 => -8.0,
        0 => -4.0,
        1 => 0.0,
        2 => -0.3,
        3 => -0.7,
        4..=7 => -1.2,
        8..=14 => -2.0,
        15..=31 => -2.8,
        32..=92 => -3.6,
        93..=183 => -4.4,
        _ => -5.2,
    }
}

/// A day that is announced.
fn ahead(date: Date, year: Option<i16>, month: i8, day: i8) -> f32 {
    match event_ahead(date, year, month, day).map(|event| days_between(date, event)) {
        None => -1.0,
        Some(i64::MIN..=-1) => -5.0,
        Some(0..=62) => 0.0,
        Some(63..=184) => -1.0,
        Some(_) => -3.0,
    }
}

/// "今年1至7月" is counted up in August.
fn count_up_to(date: Date, month: i8) -> f32 {
    let months = (date.month() + 12 - month) % 12;
    match months {
        1 if date.day() >= 3 => 0.0,
        1 => -0.8,
        2 => -0.7,
        3 => -1.5,
        _ => -3.0,
    }
}

/// "2024年将是…" is said late in the year before, or early in that year.
fn year_ahead(date: Date, year: i16) -> f32 {
    match year - date.year() {
        0 if date.month() <= 3 => 1.0,
        0 => -1.0,
        1 if date.month() >= 9 => 1.5,
        1.. => 0.0,
        _ => -4.0,
    }
}

/// A year's accounts are settled early in the next one; its fees are told late in the one before.
fn accounted(date: Date, year: i16) -> f32 {
    match date.year() - year {
        0 if date.month() >= 4 => 1.0,
        1 if date.month() <= 3 => 1.0,
        -1 if date.month() >= 9 => 0.5,
        0 | 1 => 0.0,
        _ => -1.0,
    }
}

/// How well the weekday fits that a day was printed with.
fn same_weekday(date: Date, mention: &Mention) -> f32 {
    let Some(weekday) = mention.weekday else { return 0.0 };
    let Time::Day { year, month, day } = mention.time else { return 0.0 };
    let event = match mention.tense {
        Tense::Future => event_ahead(date, year, month, day),
        _ => event_before(date, year, month, day),
    };
    match event {
        Some(event) if event.weekday().to_monday_one_offset() == weekday => 2.0,
        _ => -2.0,
    }
}

/// The day meant by a month and day: its last occurrence up to `date`, if no year was named.
fn event_before(date: Date, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => [date.year(), date.year() - 1]
            .into_iter()
            .filter_map(|year| Date::new(year, month, day).ok())
            .find(|event| *event <= date),
    }
}

/// The same of a day to come: its first occurrence from `date` on.
fn event_ahead(date: Date, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => [date.year(), date.year() + 1]
            .into_iter()
            .filter_map(|year| Date::new(year, month, day).ok())
            .find(|event| *event >= date),
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The range around the best candidate, and the sentence that says why.
fn evidence(best: Date, mentions: &[Mention], facts: &[(Fact, String)]) -> DateEvidence {
    let mut newest: Option<(Date, &Mention)> = None;
    let mut bound: Option<(Date, &Mention)> = None;
    for mention in mentions {
        match (mention.time, mention.tense) {
            (Time::Day { year, month, day }, Tense::Future) => {
                let event = event_ahead(best, year, month, day);
                if let Some(event) = event.filter(|e| *e >= best && bound.is_none_or(|(first, _)| *e < first)) {
                    bound = Some((event, mention));
                }
            }
            (Time::Day { year, month, day }, _) => {
                let event = event_before(best, year, month, day);
                if let Some(event) = event.filter(|e| *e <= best && newest.is_none_or(|(last, _)| *e > last)) {
                    newest = Some((event, mention));
                }
            }
            _ => {}
        }
    }
    let earliest = newest.and_then(|(event, _)| event.checked_add(1.day()).ok()).unwrap_or(best).min(best);
    let open_until = best.checked_add(SPAN_DAYS.days()).unwrap_or(best);
    let latest = bound.map_or(open_until, |(event, _)| event.min(open_until)).max(best);
    let mut why = String::new();
    if let Some((_, mention)) = newest {
        why.push_str(&format!("最近一件有日期的事是“{}”", mention.quote));
    }
    if let Some(year) = year_quote(best, mentions, facts) {
        why.push_str(&format!("；年份据“{year}”"));
    }
    if let Some((event, mention)) = bound.filter(|(event, _)| *event <= open_until) {
        why.push_str(&format!("；“{}”（{}）尚在其后", mention.quote, spoken(event)));
    }
    why.push('。');
    DateEvidence { printed: None, earliest: Some(earliest), latest: Some(latest), best: Some(best), why }
}

/// The words that tell the year of `best`.
fn year_quote(best: Date, mentions: &[Mention], facts: &[(Fact, String)]) -> Option<String> {
    let rank = |mention: &Mention| {
        let year = year_of(mention.time)?;
        match mention.tense {
            Tense::Current if year == best.year() => Some(0),
            Tense::JustPast if year + 1 == best.year() => Some(1),
            Tense::Past if year == best.year() => Some(2),
            Tense::Annual if (best.year() - 1..=best.year() + 1).contains(&year) => Some(3),
            Tense::Future if year == best.year() + 1 || year == best.year() => Some(3),
            Tense::Past | Tense::LongPast if year + 1 == best.year() => Some(4),
            _ => None,
        }
    };
    let said = mentions.iter().filter_map(|m| Some((rank(m)?, &m.quote))).min_by_key(|(rank, _)| *rank);
    let tells_year = |fact: Fact| match fact {
        Fact::Year(year) => year == best.year(),
        Fact::Before(day) => day.year() == best.year(),
        Fact::NotBefore(_) => false,
    };
    let fact = facts.iter().find(|(fact, _)| tells_year(*fact)).map(|(_, quote)| quote);
    said.map(|(_, quote)| quote).or(fact).cloned()
}

/// No candidate: says what is known all the same.
fn undated(mentions: &[Mention], facts: &[(Fact, String)], years: &[(i16, f32)]) -> DateEvidence {
    let mut evidence = DateEvidence::default();
    let printed = mentions.iter().find_map(|m| match m.time {
        Time::MonthOf { year, month } if m.tense == Tense::Current => Some((Date::new(year, month, 1).ok()?, &m.quote)),
        _ => None,
    });
    if let Some((first, quote)) = printed {
        evidence.earliest = Some(first);
        evidence.latest = Some(first.last_of_month());
        evidence.best = first.checked_add(MID_MONTH.days()).ok();
        evidence.why = format!("版面只印有年月“{quote}”。");
        return evidence;
    }
    if let Some(mention) = mentions.iter().find(|m| m.exact && m.tense == Tense::Past) {
        evidence.why = format!("文中有“{}”，但没有可以推定年份的话。", mention.quote);
        return evidence;
    }
    let year = years.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, vote)| *vote >= 2.0);
    if let Some(&(year, _)) = year {
        let quote = mentions.iter().find(|m| year_of(m.time) == Some(year)).map(|m| m.quote.clone());
        let quote = quote.or_else(|| facts.first().map(|(_, quote)| quote.clone())).unwrap_or_default();
        evidence.earliest = Date::new(year, 1, 1).ok();
        evidence.latest = Date::new(year, 12, 31).ok();
        evidence.why = format!("只能推定年份：“{quote}”。");
    }
    evidence
}
