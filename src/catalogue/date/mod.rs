//! When a page was published: printed, else named by the file, else argued from the times its articles name.

mod argue;
mod calendar;
mod mentions;
mod printed;

use super::story::{Story, as_printed, is_editors_note};
use crate::model::{Hints, Kind, LineRange, Page, Warning, WarningKind};
use crate::reconstruct::plain::Printed;
use jiff::civil::Date;

/// Fills in `page.date`, with a warning when dates contradict each other or none can be found.
pub(super) fn date(page: &mut Page, text: &str, hints: &Hints, stories: &[Story]) {
    let found = printed::find(page, text);
    let printed = page.date.printed.or(found.map(|(date, _)| date));
    page.date.printed = printed;
    if let Some(date) = printed {
        settle(page, date, format!("版面印有日期{}。", spoken(date)));
        if let Some(hint) = hints.date.filter(|hint| *hint != date) {
            let lines = found.filter(|(found, _)| *found == date).map(|(_, lines)| lines);
            warn(page, WarningKind::DateConflict, lines, format!("{date} ≠ {hint}"));
        }
        return;
    }
    if let Some(date) = hints.date {
        settle(page, date, format!("文件名或导入设置给出日期{}。", spoken(date)));
        return;
    }
    // An editor's note is filed as a notice but tells of what has been.
    let announces = |story: &Story| !story.paragraphs.first().is_some_and(|p| is_editors_note(p));
    let notices: Vec<bool> =
        page.articles.iter().zip(stories).map(|(a, story)| a.kind == Kind::Notice && announces(story)).collect();
    page.date = argue::argue(stories, &notices, &printed::furniture(page, text));
    if stories.iter().any(|story| !story.is_plain) {
        page.date.why = quoted_as_printed(&page.date.why, &as_printed(&page.articles));
    }
    if page.date.best.is_none() && !page.articles.is_empty() {
        let why = page.date.why.clone();
        warn(page, WarningKind::NoDate, None, why);
    }
}

/// Evidence with the words in quotes as they were printed.
fn quoted_as_printed(why: &str, printed: &Printed) -> String {
    let mut out = String::new();
    for part in why.split_inclusive(['“', '”']) {
        let quote = part.strip_suffix('”').and_then(|quote| printed.piece(quote));
        match quote {
            Some(quote) => out.extend([&quote, "”"]),
            None => out.push_str(part),
        }
    }
    out
}

fn settle(page: &mut Page, date: Date, why: String) {
    page.date.earliest = Some(date);
    page.date.latest = Some(date);
    page.date.best = Some(date);
    page.date.why = why;
}

fn warn(page: &mut Page, kind: WarningKind, lines: Option<LineRange>, detail: String) {
    page.warnings.push(Warning { kind, lines, detail });
}

/// "2024年8月16日".
fn spoken(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block, BlockKind};

    fn page(paragraphs: &[&str]) -> Page {
        let block = |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned(), runs: Vec::new() };
        let article = |text: &&str| Article { blocks: vec![block(text)], ..Article::default() };
        Page { articles: paragraphs.iter().map(article).collect(), ..Page::default() }
    }

    fn dated(paragraphs: &[&str], text: &str, hint: Option<&str>) -> Page {
        let mut page = page(paragraphs);
        let stories: Vec<Story> = page.articles.iter().map(Story::new).collect();
        let hints = Hints { date: hint.map(|h| h.parse().unwrap()), ..Hints::default() };
        date(&mut page, text, &hints, &stories);
        page
    }

    #[track_caller]
    fn check(paragraphs: &[&str], expected: Option<&str>) {
        let page = dated(paragraphs, "", None);
        let best = page.date.best.map(|d| d.to_string());
        assert_eq!(best.as_deref(), expected, "{paragraphs:?}: {}", page.date.why);
        assert_eq!(page.warnings.iter().any(|w| w.kind == WarningKind::NoDate), expected.is_none());
        if let (Some(earliest), Some(best), Some(latest)) = (page.date.earliest, page.date.best, page.date.latest) {
            assert!(earliest <= best && best <= latest, "{:?}", page.date);
        }
    }

    #[test]
    fn what_is_printed_wins_and_a_contradiction_is_told() {
        let page = dated(&["集市开张。"], "2019年8月6日 星期二\n集市开张。", Some("2019-08-07"));
        assert_eq!(page.date.best.map(|d| d.to_string()).as_deref(), Some("2019-08-06"));
        assert_eq!(page.warnings.iter().map(|w| w.kind).collect::<Vec<_>>(), [WarningKind::DateConflict]);
        let page = dated(&["集市开张。"], "集市开张。", Some("2019-08-07"));
        assert_eq!(page.date.best.map(|d| d.to_string()).as_deref(), Some("2019-08-07"));
        assert!(page.warnings.is_empty() && page.date.printed.is_none());
    }

    #[test]
    fn a_page_follows_its_newest_event_by_a_working_day() {
        // 6 August 2019 was a Tuesday.
        check(&["8月6日上午，2019年青石镇集市开张。", "去年12月9日，桥修好了。"], Some("2019-08-07"));
        // A Saturday's event is told on Monday.
        check(&["8月10日上午，2019年青石镇集市开张。"], Some("2019-08-12"));
    }

    #[test]
    fn years_are_argued_from_words() {
        check(&["刚刚过去的2018年，镇里修了路。", "1月8日上午，集市开张。"], Some("2019-01-09"));
        check(&["11月20日至21日，考察团到了邻县。", "2020年将是关键的一年。"], Some("2019-11-22"));
        check(&["在新中国成立70周年之际，8月6日上午，集市开张。"], Some("2019-08-07"));
    }

    #[test]
    fn a_year_that_is_looked_back_on_or_forward_to_dates_no_page() {
        let day = "8月6日上午，集市开张。";
        for text in ["2009年那场大水冲垮了渡口。", "老船工2009年3月买下这条船。", "力争到2027年添十条渡船。"]
        {
            check(&[day, text], None);
        }
        check(&[day, "2019渡口龙舟赛本月开桨。"], Some("2019-08-07"));
        // What is announced with its year comes soon.
        check(&[day, "渡口将于2019年8月20日停航。"], Some("2019-08-07"));
        check(&["12月3日上午，集市开张。", "船票从2020年1月1日起免费。"], Some("2019-12-04"));
        check(&["8月20日上午，集市开张。", "我们以丰收喜迎党的二十大。"], Some("2022-08-22"));
    }

    #[test]
    fn accounts_of_a_year_are_told_in_it_or_early_in_the_next() {
        check(&["2月20日上午，县里表彰2018年度先进集体。"], Some("2019-02-21"));
        // Late in a year it may be the account of the one before, unless a weekday fits: 6 August 2019 was a Tuesday.
        let list = "2019年度渡口名单公布。";
        check(&["8月5日上午，集市开张。", list], None);
        check(&["8月5日上午，集市开张。", "本周二（8月6日）停渡。", list], Some("2019-08-06"));
    }

    #[test]
    fn a_month_printed_without_a_day_bounds_the_date() {
        let text = "2019年8月 渡口日报\n集市开张。";
        let mut page = page(&["集市开张。"]);
        page.furniture.push(crate::model::Furniture { from: 1, to: 1, what: crate::model::FurnitureKind::Masthead });
        let stories: Vec<Story> = page.articles.iter().map(Story::new).collect();
        date(&mut page, text, &Hints::default(), &stories);
        let found = [page.date.earliest, page.date.best, page.date.latest].map(|d| d.map(|d| d.to_string()));
        assert_eq!(found, ["2019-08-01", "2019-08-15", "2019-08-31"].map(|d| Some(d.to_owned())));
    }

    #[test]
    fn events_to_come_bound_the_date() {
        let page = dated(&["8月6日上午，2019年集市开张。8月20日，第二届集市将开张。"], "", None);
        assert_eq!(page.date.best.map(|d| d.to_string()).as_deref(), Some("2019-08-07"));
        assert_eq!(page.date.latest.map(|d| d.to_string()).as_deref(), Some("2019-08-20"));
        assert!(page.date.why.contains("8月6日上午"), "{}", page.date.why);
    }

    #[test]
    fn a_text_without_times_has_no_date() {
        check(&["集市开张了，大家都很高兴。"], None);
        check(&["8月6日上午，集市开张。"], None);
    }
}
