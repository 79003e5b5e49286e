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
/// A page printed later than this many days after its newest event is rare.
const SPAN_DAYS: i64 = 30;

/// The date that the stories speak for.
pub(super) fn argue(stories: &[Story], notices: &[bool]) -> DateEvidence {
    let mut mentions: Vec<Mention> = Vec::new();
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
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, date));
                }
            }
        }
    }
    // A single year that is looked back on does not date a page.
    let sure_enough = |date: &Date| years_behind(*date, &years, &mentions) >= LEAST_YEAR_EVIDENCE;
    match best.filter(|(_, date)| sure_enough(date)) {
        Some((_, date)) => evidence(date, &mentions, &facts),
        None => undated(&mentions, &facts, &years),
    }
}

/// How strongly the text speaks for the year of `date`.
fn years_behind(date: Date, years: &[(i16, f32)], mentions: &[Mention]) -> f32 {
    let announced = |m: &&Mention| m.tense == Tense::Future && matches!(m.time, Time::Year { .. });
    let ahead = mentions.iter().filter(announced).filter_map(|m| year_of(m.time)).map(|year| year_ahead(date, year));
    vote_of(years, date.year()) + ahead.fold(0.0, f32::max)
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
            Tense::Past => {
                vote(year, again * if is_day { 2.0 } else { 1.0 });
                vote(year + 1, 0.3);
            }
            Tense::LongPast => {
                vote(year, 0.2);
                vote(year + 1, 0.2);
            }
        }
    }
    let newest_past =
        mentions.iter().filter(|m| m.tense != Tense::Future).filter_map(|m| year_of(m.time)).max().unwrap_or(i16::MIN);
    for (fact, _) in facts {
        match *fact {
            Fact::Year(year) => vote(year, 2.5),
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
            (Time::Day { year, month, day }, Tense::Future) => ahead(date, year, month, day),
            (Time::Day { year, month, day }, _) => {
                let weight = if mention.exact { 1.0 } else { 0.7 };
                weight * behind(date, year, month, day) + same_weekday(date, mention)
            }
            (Time::MonthsUpTo { month }, _) => count_up_to(date, month),
            (Time::MonthOfThisYear { month }, Tense::Future) => against(month < date.month(), 2.0),
            (Time::MonthOfThisYear { month }, _) => against(month > date.month(), 3.0),
            (Time::MonthOf { year, month }, Tense::Past | Tense::LongPast) => {
                against((year, month) > (date.year(), date.month()), 6.0)
            }
            (Time::Year { year }, Tense::Future) => year_ahead(date, year),
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
        if let Fact::NotBefore(day) = *fact
            && date < day
        {
            score -= 6.0;
        }
    }
    score
}

/// A day that has passed: the newer the likelier.
fn behind(date: Date, year: Option<i16>, month: i8, day: i8) -> f32 {
    let Some(event) = event_before(date, year, month, day) else { return -4.0 };
    match days_between(event, date) {
        i64::MIN..=-1 => -8.0,
        0 => -2.5,
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
    let event = match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => [date.year(), date.year() + 1]
            .into_iter()
            .filter_map(|year| Date::new(year, month, day).ok())
            .find(|event| *event >= date),
    };
    match event.map(|event| days_between(date, event)) {
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

fn same_weekday(date: Date, mention: &Mention) -> f32 {
    let Some(weekday) = mention.weekday else { return 0.0 };
    let Time::Day { year, month, day } = mention.time else { return 0.0 };
    match event_before(date, year, month, day) {
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
                let event = match year {
                    Some(year) => Date::new(year, month, day).ok(),
                    None => [best.year(), best.year() + 1]
                        .into_iter()
                        .filter_map(|year| Date::new(year, month, day).ok())
                        .find(|event| *event >= best),
                };
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
            Tense::Future if year == best.year() + 1 || year == best.year() => Some(3),
            Tense::Past | Tense::LongPast if year + 1 == best.year() => Some(4),
            _ => None,
        }
    };
    let said = mentions.iter().filter_map(|m| Some((rank(m)?, &m.quote))).min_by_key(|(rank, _)| *rank);
    let fact = facts.iter().find(|(fact, _)| *fact == Fact::Year(best.year())).map(|(_, quote)| quote);
    said.map(|(_, quote)| quote).or(fact).cloned()
}

/// No candidate: says what is known all the same.
fn undated(mentions: &[Mention], facts: &[(Fact, String)], years: &[(i16, f32)]) -> DateEvidence {
    let mut evidence = DateEvidence::default();
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
