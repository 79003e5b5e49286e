//! The publication date printed on the page: in its furniture, or in a line that is nothing but a date line.

use crate::model::{LineRange, Page};
use crate::reconstruct::{date_at, is_figure};
use jiff::civil::Date;

/// Bytes of the longest line of a masthead.
const LONGEST_MASTHEAD: usize = 240;

/// A printed date and its line.
pub(super) fn find(page: &Page, text: &str) -> Option<(Date, LineRange)> {
    let mut dateline = None;
    let furniture = |number: u32| page.furniture.iter().any(|f| f.range().contains(number));
    for (number, line) in (1u32..).zip(text.split('\n')) {
        // Looking at every long line of a large dump would cost.
        if line.len() > LONGEST_MASTHEAD || !may_be_dated(line) {
            continue;
        }
        let chars: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
        let Some((date, start, end)) = first_date(&chars) else { continue };
        let range = LineRange { from: number, to: number };
        if furniture(number) {
            return Some((date, range));
        }
        if dateline.is_none() && is_dateline(&chars, start, end) {
            dateline = Some((date, range));
        }
    }
    dateline
}

/// The lines of a page's furniture that may name a year or a month, without white space.
pub(super) fn furniture(page: &Page, text: &str) -> Vec<Vec<char>> {
    let is_furniture = |number: u32| page.furniture.iter().any(|f| f.range().contains(number));
    let named = (1u32..)
        .zip(text.split('\n'))
        .filter(|(number, line)| line.len() <= LONGEST_MASTHEAD && line.contains('年') && is_furniture(*number));
    named.map(|(_, line)| line.chars().filter(|c| !c.is_whitespace()).collect()).collect()
}

/// Whether a mark that parts year, month and day is in the line.
fn may_be_dated(line: &str) -> bool {
    line.bytes().fold(false, |found, byte| found | matches!(byte, b'-' | b'.' | b'/')) || line.contains('月')
}

/// The first full date of a line, and where it stands.
fn first_date(chars: &[char]) -> Option<(Date, usize, usize)> {
    (0..chars.len()).find_map(|at| {
        let is_start = at == 0 || !is_figure(chars[at - 1]);
        let (date, end) = is_start.then(|| date_at(chars, at)).flatten()?;
        Some((date, at, end))
    })
}

/// Whether a line with a date is a date line and no sentence: it names the weekday, the issue or the lunar day, and
/// little besides.
fn is_dateline(chars: &[char], start: usize, end: usize) -> bool {
    let rest: String = chars[..start].iter().chain(&chars[end..]).collect();
    let marks = ["星期", "农历", "总第", "第", "版", "周"];
    let is_marked = marks.iter().any(|mark| rest.contains(mark));
    is_marked && rest.chars().count() <= 30 && !rest.contains(['。', '，', '；', '“', '：', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Furniture, FurnitureKind};

    #[track_caller]
    fn check(line: &str, is_furniture: bool, expected: Option<&str>) {
        let mut page = Page::default();
        if is_furniture {
            page.furniture.push(Furniture { from: 1, to: 1, what: FurnitureKind::Masthead });
        }
        let found = find(&page, line).map(|(date, _)| date.to_string());
        assert_eq!(found.as_deref(), expected, "{line}");
    }

    #[test]
    fn printed_dates_are_read_in_every_manner() {
        check("2019年8月6日 星期二", false, Some("2019-08-06"));
        check("二〇一九年八月十六日 星期五 己亥年七月十六", false, Some("2019-08-16"));
        check("二○一九年十二月三十一日", true, Some("2019-12-31"));
        check("今日青石 2019.8.6", true, Some("2019-08-06"));
        check("2019-08-06", true, Some("2019-08-06"));
        check("２０１９年８月６日 星期二", false, Some("2019-08-06"));
        // A notice is signed with a date as well.
        check("青石县水务局 2019年8月6日", false, None);
        check("电话 2019-8806", true, None);
        check("2019年8月6日，星期二，集市开张。", false, None);
    }
}
