//! The dates, months and years a text names, and whether it speaks of them as past or as yet to come. Knows nothing of
//! the page around the text.

use super::super::people::is_han;
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
    /// A year's accounts, honours or fees: "2023年度先进集体". They are spoken of in that year, and in the months behind it.
    Annual,
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
                let behind = until.map_or(end, |(_, end)| end);
                for time in [Some(time), until.map(|(time, _)| time)].into_iter().flatten() {
                    push(&mut out, text, at, behind, time, notice);
                }
                at = behind;
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
    // "2021至2022年度": what began in the first of them.
    let first = years_before(before).filter(|_| starts_with(&text[end..], "度"));
    let time = match (time, first) {
        (Time::Year { .. }, Some(year)) => Time::Year { year },
        (time, _) => time,
    };
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
    let on_weekday = weekday_before(before);
    let is_this_week = on_weekday.is_some() && ["本周", "下周"].iter().any(|word| contains(before, word));
    let tense = match first {
        Some(_) => Some(Tense::Past),
        // "本周六（9月14日）": what has been is told by its day.
        None if is_this_week => Some(Tense::Future),
        None => tense(text, start, end, from, to, time, notice),
    };
    let Some(tense) = tense else { return };
    let weekday = weekday(rest).or(on_weekday);
    out.push(Mention { time, tense, exact, weekday, count: 1, quote });
}

/// A time, the place behind it, and the end of a range that hangs on it with the place behind that.
type FoundTime = (Time, usize, Option<(Time, usize)>);

/// The time that begins with the digit at `at`.
fn time_at(text: &[char], at: usize) -> Option<FoundTime> {
    let (first, end) = number(text, at)?;
    if end - at == 4 && (2000..=2100).contains(&first) && names_event(&text[end..]) {
        return Some((Time::Year { year: i16::try_from(first).ok()? }, end, None));
    }
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

/// Characters of the longest name of an event.
const LONGEST_EVENT: usize = 24;
/// What the names of yearly events end with.
const EVENTS: [&str; 13] =
    ["会", "赛", "节", "展", "杯", "马拉松", "论坛", "招生", "高考", "中考", "学期", "征兵", "春运"];
/// What is counted and what amounts are given in: "2000余人", "2010米接力".
const COUNTED: &str = "年月日号时分秒元角块人名位个只头匹尾条家户件台套部辆架艘座栋间所处项次场篇首字米里亩顷吨斤克升千万亿余多份张棵株平立公海\
毫厘度瓦伏卡步届期册页行天周级层批种类至到";

/// Whether a name of an event follows a number, which is its year then: "2024渡口龙舟赛".
fn names_event(rest: &[char]) -> bool {
    rest.first().is_some_and(|&c| is_han(c) && !COUNTED.contains(c)) && is_event(rest)
}

/// Whether words for a yearly event come before any mark.
fn is_event(rest: &[char]) -> bool {
    let said = words(rest, LONGEST_EVENT);
    EVENTS.iter().any(|word| contains(said, word))
}

/// At most so many characters of a text, up to a mark that no name has.
fn words(text: &[char], most: usize) -> &[char] {
    let is_of_word = |c: char| is_han(c) || matches!(c, '“' | '”' | '《' | '》' | '·');
    &text[..text.iter().take(most).take_while(|&&c| is_of_word(c)).count()]
}

/// Whether what follows a year is a part of it that one counts by: "前三季度", "上半年", "一季度", "秋季学期".
fn is_count(rest: &[char]) -> bool {
    let counts = |from: &[char]| {
        let near = &from[..from.len().min(4)];
        ["季度", "个月", "半年", "季学期"].iter().any(|word| contains(near, word))
    };
    counts(rest) || starts_with(rest, "前") && counts(&rest[1..])
}

/// The first of two years, before the second: "2021至".
fn years_before(before: &[char]) -> Option<i16> {
    let (&joint, digits) = before.split_last()?;
    let digits = digits.get(digits.len().checked_sub(4)?..)?;
    let is_range = matches!(joint, '至' | '到' | '-' | '—' | '～');
    let year: String = digits.iter().collect();
    year.parse().ok().filter(|year| is_range && (1900..=2100).contains(year))
}

/// "本周四（", "星期五（" right before a date.
fn weekday_before(before: &[char]) -> Option<i8> {
    let (&bracket, said) = before.split_last()?;
    let word = said.len().checked_sub(3).map(|from| &said[from..])?;
    if !matches!(bracket, '（' | '(') {
        return None;
    }
    (0..2).find_map(|from| weekday(&word[from..]))
}

/// "星期五", "（周五）" right behind a date.
fn weekday(rest: &[char]) -> Option<i8> {
    let rest = if matches!(rest.first(), Some('（' | '(' | ' ')) { &rest[1..] } else { rest };
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

/// How the text looks at a time; `None` of a year that is an aim and may be any number of years ahead.
fn tense(text: &[char], start: usize, end: usize, from: usize, to: usize, time: Time, notice: bool) -> Option<Tense> {
    let before = &text[from.max(start.saturating_sub(10))..start];
    let rest = &text[end..to];
    let near = &rest[..rest.len().min(22)];
    let any = |text: &[char], words: &[&str]| words.iter().any(|w| contains(text, w));
    let is_year = matches!(time, Time::Year { .. });
    if is_year && starts_with(rest, "度") {
        return Some(if is_late(&text[from..start]) { Tense::Past } else { Tense::Annual });
    }
    // "2024渡口龙舟赛将于…".
    if is_year && text.get(end - 1) != Some(&'年') {
        return Some(Tense::Past);
    }
    const AHEAD: [&str; 16] = [
        "将于",
        "定于",
        "计划",
        "预计",
        "拟于",
        "截止",
        "截稿",
        "时间：",
        "有效期",
        "明年",
        "有望",
        "力争",
        "赶在",
        "目标",
        "最迟",
        "展望",
    ];
    let is_due = any(&rest[..rest.len().min(4)], &["前", "以前", "之前", "截止"]) && !(is_year && is_count(rest));
    let is_open_until =
        || ["至", "到"].iter().any(|word| ends_with(before, word)) && any(before, &["持续", "延续", "展", "开放"]);
    if is_due || any(before, &AHEAD) || ends_with(before, "排到了") || is_open_until() {
        let is_aim = ["到", "至", "到了"].iter().any(|word| ends_with(before, word))
            || ["底", "末", "前", "以前", "之前"].iter().any(|word| starts_with(rest, word));
        return (!is_year || !is_aim).then_some(Tense::Future);
    }
    Some(match time {
        Time::Year { .. } => year_tense(before, &text[from..start], rest, &text[from.saturating_sub(120)..start]),
        _ if notice && !rest.is_empty() => Tense::Future,
        Time::Day { year: Some(_), .. } if starts_with(rest, "起") => Tense::Future,
        _ if any(&near[..near.len().min(10)], &["报名"]) => Tense::Future,
        _ if any(near, &["将", "预计", "拟"]) && !any(near, &["将军", "即将"]) => Tense::Future,
        _ => Tense::Past,
    })
}

/// Whether `said` is of this year's later months: "今年10月，渡口入选": what a year is named for then is of that year.
fn is_late(said: &[char]) -> bool {
    let behind = said.windows(2).rposition(|pair| pair == ['今', '年']).map(|at| &said[at + 2..]);
    let month =
        behind.and_then(|behind| number(behind, 0)).filter(|&(_, end)| behind.and_then(|b| b.get(end)) == Some(&'月'));
    month.is_some_and(|(month, _)| month >= 4)
}

/// The tense of a bare year. `said` is the sentence up to it, `earlier` what was said a little before.
fn year_tense(before: &[char], said: &[char], rest: &[char], earlier: &[char]) -> Tense {
    let any = |text: &[char], words: &[&str]| words.iter().any(|w| contains(text, w));
    let starts = |words: &[&str]| words.iter().any(|w| starts_with(rest, w));
    let ends = |words: &[&str]| words.iter().any(|w| ends_with(before, w));
    let near = words(rest, 14);
    if any(before, &["刚刚过去的", "刚过去的", "过去的", "挥别", "告别"]) {
        Tense::JustPast
    } else if any(near, &["将", "力争", "计划", "目标", "展望"]) || starts_with(rest, "要") {
        Tense::Future
    } else if starts(&WHOLE) && any(said, &["近日", "日前", "昨日", "获悉", "消息", "指出", "报告", "公布"])
    {
        Tense::Annual
    } else if is_count(rest) {
        Tense::Past
    } else if starts(&[
        "，", ",", "以来", "起", "底", "初", "末", "成立", "时", "前", "后", "至", "到", "代", "的", "才",
    ]) || is_season(rest)
        || ends(&["自", "从", "于", "到", "到了", "至", "在"])
    {
        if any(said, &["今年以来"]) { Tense::Current } else { Tense::LongPast }
    } else if ends(&["今年", "今年（", "今年("])
        || any(said, &["昨天", "昨日", "今天", "近日", "日前"])
        || any(earlier, &["今年以来"])
    {
        Tense::Current
    } else if is_adverb(said) && !is_event(rest) {
        Tense::LongPast
    } else {
        Tense::Past
    }
}

/// What a year's figures are of.
const WHOLE: [&str; 9] = ["全县", "全市", "全区", "全省", "全国", "全年", "我县", "我市", "我区"];

/// "春天", "秋，" behind a year, not "秋粮".
fn is_season(rest: &[char]) -> bool {
    let is_one = rest.first().is_some_and(|c| matches!(c, '春' | '夏' | '秋' | '冬'));
    is_one && rest.get(1).is_none_or(|&c| !is_han(c) || matches!(c, '天' | '季' | '节' | '里' | '日'))
}

/// Whether a year behind `said` begins a clause of a sentence without a day: it says when something was, and is not the year of
/// what follows ("他在急诊科，2018年应聘到县里", not "县里举办2018年招聘会").
fn is_adverb(said: &[char]) -> bool {
    let has_day = said.iter().rposition(|&c| c == '月').is_some_and(|at| said[at..].contains(&'日'));
    said.last().is_none_or(|&c| !is_han(c)) && !has_day
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
        check("本周六（3月7日）上午，渡口有集市", &[(day(3, 7), Future)]);
        check("6月25日至28日报名", &[(day(6, 25), Future), (day(6, 28), Future)]);
        check("展览持续至10月20日，免费参观", &[(day(10, 20), Future)]);
        check("截稿时间：10月20日。", &[(day(10, 20), Future)]);
        let full = Time::Day { year: Some(2021), month: 11, day: 23 };
        check("2021年11月23日，", &[(full, Past)]);
        check("2021年6月启用", &[(Time::MonthOf { year: 2021, month: 6 }, Past)]);
    }

    #[test]
    fn a_year_is_that_of_the_page_where_it_is_the_name_of_something() {
        use Tense::{Annual, LongPast, Past};
        let check = |text: &str, tense: &[(i16, Tense)]| {
            let expected: Vec<_> = tense.iter().map(|&(year, tense)| (Time::Year { year }, tense)).collect();
            self::check(text, &expected);
        };
        check("渡口县2019年招聘会开场", &[(2019, Past)]);
        check("即将开幕的2019渡口龙舟赛", &[(2019, Past)]);
        check("2000余人看了龙舟赛，2010米的水道", &[]);
        check("2019年前三季度，全县新增渡船三条", &[(2019, Past)]);
        check("从2019年秋季学期起，学生乘船不用钱", &[(2019, Past)]);
        check("全县2019年秋粮丰收", &[(2019, Past)]);
        // What was in a year, and what is to be in one some day.
        check("老船工在渡口，2009年应聘到镇里", &[(2009, LongPast)]);
        check("2009年那场大水冲垮了渡口", &[(2009, LongPast)]);
        check("渡口是2009年才修的", &[(2009, LongPast)]);
        check("力争到2026年添十条渡船", &[]);
        check("渡桥计划于2027年底通车", &[]);
        check("订单排到了2028年", &[]);
        // Accounts and honours.
        check("表彰2019年度先进集体", &[(2019, Annual)]);
        let october = (Time::MonthOfThisYear { month: 10 }, Past);
        self::check("今年10月，渡口入选2019年度名单", &[october, (Time::Year { year: 2019 }, Past)]);
        check("2019至2020年度的水位", &[(2019, Past)]);
        check("县水利局发布消息，2019年全县修了三座渡桥", &[(2019, Annual)]);
    }
}
