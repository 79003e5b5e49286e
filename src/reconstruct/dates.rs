//! Full dates as newspapers print them, in digits or in words. Knows nothing of lines or of what a date is for.

use jiff::civil::Date;

/// "2024年8月16日", "２０２４年８月１６日", "2024-08-16", "2024.8.16", "二〇二四年八月十六日" at `at`, and where it ends.
pub(crate) fn date_at(chars: &[char], at: usize) -> Option<(Date, usize)> {
    let year_end = at + chars[at..].iter().take(5).take_while(|c| is_figure(**c)).count();
    if year_end - at != 4 {
        return None;
    }
    let year = chars[at..year_end].iter().try_fold(0i16, |sum, c| Some(sum * 10 + i16::from(figure(*c)?)))?;
    let separator = *chars.get(year_end)?;
    if !(1850..=2150).contains(&year) || !matches!(separator, '年' | '-' | '.' | '/' | '．') {
        return None;
    }
    let (month, month_end) = small_number(chars, year_end + 1)?;
    if !matches!(chars.get(month_end)?, '月' | '-' | '.' | '/' | '．') {
        return None;
    }
    let (day, day_end) = small_number(chars, month_end + 1)?;
    let end = if chars.get(day_end) == Some(&'日') { day_end + 1 } else { day_end };
    (separator != '年' || end > day_end).then_some(())?;
    Some((Date::new(year, month, day).ok()?, end))
}

/// A figure, in digits of either width or in words.
pub(crate) fn is_figure(c: char) -> bool {
    figure(c).is_some()
}

/// A character of a number that a line may end or go on with: a full-width digit or a circle there rather begins an item.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '亿') || is_figure(c) && !matches!(c, '０'..='９' | '○')
}

fn figure(c: char) -> Option<u8> {
    Some(match c {
        '0'..='9' => c as u8 - b'0',
        '０'..='９' => (c as u32 - '０' as u32) as u8,
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// "8", "16", "八", "十六", "二十六", "三十" at `at`.
fn small_number(chars: &[char], at: usize) -> Option<(i8, usize)> {
    let length = chars.get(at..)?.iter().take(3).take_while(|c| is_figure(**c) || **c == '十').count();
    let figures = &chars[at..at + length];
    let value = match figures.iter().position(|c| *c == '十') {
        None => figures.iter().try_fold(0i8, |sum, c| sum.checked_mul(10)?.checked_add(figure(*c)? as i8))?,
        Some(ten) => {
            let tens = if ten == 0 { 1 } else { figure(figures[ten - 1])? };
            let ones = figures.get(ten + 1).map_or(Some(0), |c| figure(*c))?;
            i8::try_from(tens).ok()?.checked_mul(10)?.checked_add(i8::try_from(ones).ok()?)?
        }
    };
    (length > 0).then_some((value, at + length))
}
