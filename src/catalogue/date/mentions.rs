//! The dates, months and years a text names, and whether it speaks of them as past or as yet to come. Knows nothing of
//! the page around the text.

use super::super::story::{contains, ends_with, starts_with};

/// A time as the text names it. Parts that were not named are `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    /// "2024年8月16日", "8月16日".
    Day { year: Option<i16>, month: i8, day: i8 },
    /// "今年6月": the months' year is given as words.
    MonthOfThisYear { month: i8 },
    /// "2024年6月".
    MonthOf { year: i16, month: i8 },
    /// "今年1至7月", "前7个月": a count over months that have ended.
    MonthsUpTo { month: i8 },
    /// "2024年".
    Year { year: i16 },
}

/// How the text looks at the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tense {
    /// It has come: "8月7日上午，…举行", "2023年首场…".
    Past,
    /// It is looked back on: "2013年，他接到…", "自2017年以来". Says little of when the text was written.
    LongPast,
    /// It is yet to come: "将于8月20日", "9月底前".
    Future,
    /// "刚刚过去的2022年".
    JustPast,
    /// The year in which the text is written: "今年（2024年）", "昨天，…召开2021年…会".
    Current,
}

/// One time named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// What is named.
    pub(super) time: Time,
    /// How it is looked at.
    pub(super) tense: Tense,
    /// It names an hour or part of the day: reports do, retrospects rarely.
    pub(super) exact: bool,
    /// Weekday printed with it, 1 for Monday.
    pub(super) weekday: Option<i8>,
    /// How often the page says it.
    pub(super) count: u16,
    /// The words, for the evidence.
    pub(super) quote: String,
}

/// All times of one paragraph. In an announcement (`notice`) days lie ahead unless they close it.
pub(super) fn read(text: &[char], notice: bool) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_digit() || at > 0 && (text[at - 1].is_ascii_digit() || text[at - 1] == '.') {
            at += 1;
            continue;
        }
        match time_at(text, at) {
            Some((time, end, until)) => {
                for (time, end) in [Some((time, end)), until].into_iter().flatten() {
                    push(&mut out, text, at, end, time, notice);
                }
                at = until.map_or(end, |(_, end)| end);
            }
            None => at += 1,
        }
    }
    out
}

fn push(out: &mut Vec<Mention>, text: &[char], start: usize, end: usize, time: Time, notice: bool) {
    let before = &text[start.saturating_sub(10)..start];
    // Lunar dates are another calendar; other years are no news.
    if ends_with(before, "农历") || ends_with(before, "每年") || ends_with(before, "往年") {
        return;
    }
    let time = match time {
        Time::Day { year: None, .. } if ends_with(before, "去年") || ends_with(before, "前年") => return,
        Time::MonthOfThisYear { .. } if !ends_with(before, "今年") && !ends_with(before, "今年的") => return,
        other => other,
    };
    let rest = &text[end..];
    let exact = ["上午", "下午", "晚", "凌晨", "清晨", "早上", "中午", "傍晚", "夜里", "清早", "早晨", "一早", "当天"]
        .iter()
        .any(|word| starts_with(rest, word));
    let from = sentence_start(text, start);
    let to = sentence_end(text, end);
    let quote: String = text[from.max(start.saturating_sub(12))..to.min(end + 16)].iter().collect();
    let tense = tense(text, start, end, from, to, time, notice);
    out.push(Mention { time, tense, exact, weekday: weekday(rest), count: 1, quote });
}

/// A time, the place behind it, and the end of a range that hangs on it with the place behind that.
type FoundTime = (Time, usize, Option<(Time, usize)>);

/// The time that begins with the digit at `at`.
fn time_at(text: &[char], at: usize) -> Option<FoundTime> {
    let (first, end) = number(text, at)?;
    match text.get(end)? {
        '年' if (1900..=2100).contains(&first) && end - at == 4 => {
            let year = i16::try_from(first).ok()?;
            let Some((month, month_end)) = number(text, end + 1).filter(|(_, e)| text.get(*e) == Some(&'月')) else {
                // "2021年度", "2010年代" name years as well, "2024年期" does not occur.
                return Some((Time::Year { year }, end + 1, None));
            };
            let month = month_number(month)?;
            match day(text, month_end + 1) {
                Some((day, end)) => Some(with_range(text, Some(year), month, day, end)),
                None => Some((Time::MonthOf { year, month }, month_end + 1, None)),
            }
        }
        '月' => {
            let month = month_number(first)?;
            match day(text, end + 1) {
                Some((day, end)) => Some(with_range(text, None, month, day, end)),
                None => Some((Time::MonthOfThisYear { month }, end + 1, None)),
            }
        }
        '至' | '到' | '-' | '—' | '~' | '～' => {
            let (last, last_end) = number(text, end + 1)?;
            let month = month_number(last)?;
            let is_range = first == 1 && text.get(last_end) == Some(&'月') && day(text, last_end + 1).is_none();
            is_range.then_some((Time::MonthsUpTo { month }, last_end + 1, None))
        }
        '个' if text.get(end + 1) == Some(&'月') && at > 0 && text[at - 1] == '前' => {
            let is_this_year = at >= 3 && contains(&text[at.saturating_sub(4)..at], "年") || at < 2;
            let month = month_number(first).filter(|_| is_this_year || first >= 4)?;
            Some((Time::MonthsUpTo { month }, end + 2, None))
        }
        _ => None,
    }
}

/// A day, and the last day of a range: "11月20日至21日", "6月25日到7月3日".
fn with_range(
    text: &[char],
    year: Option<i16>,
    month: i8,
    first: i8,
    end: usize,
) -> (Time, usize, Option<(Time, usize)>) {
    let time = Time::Day { year, month, day: first };
    let until = || {
        if !matches!(text.get(end)?, '至' | '到' | '-' | '—' | '~' | '～') {
            return None;
        }
        let (number, number_end) = number(text, end + 1)?;
        match text.get(number_end)? {
            '日' => {
                let day = i8::try_from(number).ok().filter(|d| (1..=31).contains(d))?;
                Some((Time::Day { year, month, day }, number_end + 1))
            }
            '月' => {
                let (day, end) = day(text, number_end + 1)?;
                Some((Time::Day { year, month: month_number(number)?, day }, end))
            }
            _ => None,
        }
    };
    (time, end, until())
}

fn month_number(number: u32) -> Option<i8> {
    i8::try_from(number).ok().filter(|month| (1..=12).contains(month))
}

fn day(text: &[char], at: usize) -> Option<(i8, usize)> {
    let (day, end) = number(text, at)?;
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    matches!(text.get(end), Some('日' | '号')).then_some((day, end + 1))
}

fn number(text: &[char], at: usize) -> Option<(u32, usize)> {
    let digits = text.get(at..)?.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
    if digits == 0 || digits == 5 {
        return None;
    }
    let value = text[at..at + digits].iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| sum * 10 + digit);
    Some((value, at + digits))
}

/// "星期五", "（周五）" right behind a date.
fn weekday(rest: &[char]) -> Option<i8> {
    let rest = if matches!(rest.first(), Some('（' | '(' | ' ' | '，' | ',')) { &rest[1..] } else { rest };
    let tail = ["星期", "周", "礼拜"].iter().find_map(|w| starts_with(rest, w).then(|| &rest[w.chars().count()..]))?;
    let at = "一二三四五六日".chars().position(|c| tail.first() == Some(&c))?;
    i8::try_from(at + 1).ok()
}

/// A sentence is looked at this far and no farther, so that a text without full stops costs no more than another.
const FAR: usize = 200;

fn sentence_start(text: &[char], at: usize) -> usize {
    let least = at.saturating_sub(FAR);
    text[least..at].iter().rposition(|c| is_stop(*c)).map_or(least, |p| least + p + 1)
}

fn sentence_end(text: &[char], at: usize) -> usize {
    let most = text.len().min(at + FAR);
    text[at..most].iter().position(|c| is_stop(*c)).map_or(most, |p| at + p)
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | ';' | '\n')
}

fn tense(text: &[char], start: usize, end: usize, from: usize, to: usize, time: Time, notice: bool) -> Tense {
    let before = &text[from.max(start.saturating_sub(10))..start];
    let rest = &text[end..to];
    let near = &rest[..rest.len().min(22)];
    let any = |text: &[char], words: &[&str]| words.iter().any(|w| contains(text, w));
    const AHEAD: [&str; 14] = [
        "将于",
        "定于",
        "计划",
        "预计",
        "拟于",
        "截止",
        "有效期",
        "明年",
        "有望",
        "力争",
        "赶在",
        "目标",
        "最迟",
        "展望",
    ];
    if any(before, &AHEAD) || any(&rest[..rest.len().min(4)], &["前", "以前", "之前", "截止"]) {
        return Tense::Future;
    }
    match time {
        Time::Year { .. } => year_tense(before, &text[from..start], rest, &text[from.saturating_sub(120)..start]),
        _ if notice && !rest.is_empty() => Tense::Future,
        _ if any(near, &["将", "预计", "拟"]) && !any(near, &["将军", "即将"]) => Tense::Future,
        _ => Tense::Past,
    }
}

/// The tense of a bare year. `said` is the sentence up to it, `earlier` what was said a little before.
fn year_tense(before: &[char], said: &[char], rest: &[char], earlier: &[char]) -> Tense {
    let any = |text: &[char], words: &[&str]| words.iter().any(|w| contains(text, w));
    let starts = |words: &[&str]| words.iter().any(|w| starts_with(rest, w));
    let ends = |words: &[&str]| words.iter().any(|w| ends_with(before, w));
    let near = &rest[..rest.len().min(14)];
    if any(before, &["刚刚过去的", "刚过去的", "过去的", "挥别", "告别"]) {
        Tense::JustPast
    } else if any(near, &["将", "力争", "计划", "目标", "展望"]) {
        Tense::Future
    } else if starts(&[
        "，", ",", "以来", "起", "底", "初", "末", "春", "夏", "秋", "冬", "成立", "时", "前", "后", "至", "到", "代",
        "的",
    ]) || ends(&["自", "从", "于", "到", "到了", "至", "在"])
    {
        if any(said, &["今年以来"]) { Tense::Current } else { Tense::LongPast }
    } else if ends(&["今年", "今年（", "今年("])
        || any(said, &["昨天", "昨日", "今天", "近日", "日前"])
        || any(earlier, &["今年以来"])
    {
        Tense::Current
    } else {
        Tense::Past
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Time, Tense)]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<_> = read(&chars, false).into_iter().map(|m| (m.time, m.tense)).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn day(month: i8, day: i8) -> Time {
        Time::Day { year: None, month, day }
    }

    #[test]
    fn dates_are_read_with_their_tense() {
        use Tense::{Current, Future, JustPast, LongPast, Past};
        check("3月5日上午，青石镇的集市开张。", &[(day(3, 5), Past)]);
        check("集市将于3月5日开张。", &[(day(3, 5), Future)]);
        check("9月2日，孩子们将搬进新校舍。", &[(day(9, 2), Future)]);
        check("5月20日至21日，考察团到了邻县。", &[(day(5, 20), Past), (day(5, 21), Past)]);
        check("从6月25日到7月3日", &[(day(6, 25), Past), (day(7, 3), Past)]);
        check("刚刚过去的2019年，", &[(Time::Year { year: 2019 }, JustPast)]);
        check("2020年将是关键的一年", &[(Time::Year { year: 2020 }, Future)]);
        check("2013年，他接到一张订单，对方要求很高", &[(Time::Year { year: 2013 }, LongPast)]);
        check("昨天下午，我县召开2019年培训会", &[(Time::Year { year: 2019 }, Current)]);
        check("2019年首场展会", &[(Time::Year { year: 2019 }, Past)]);
        check("今年1至7月，全县", &[(Time::MonthsUpTo { month: 7 }, Past)]);
        check("今年前10个月，", &[(Time::MonthsUpTo { month: 10 }, Past)]);
        check("去年4月3日", &[]);
        check("农历8月15日", &[]);
        check("2月30", &[]);
        check("工程在10月底前完工", &[]);
        let full = Time::Day { year: Some(2021), month: 11, day: 23 };
        check("2021年11月23日，", &[(full, Past)]);
        check("2021年6月启用", &[(Time::MonthOf { year: 2021, month: 6 }, Past)]);
    }
}
