//! When a page was published: printed, else named by the file, else argued from the times its articles name.

mod argue;
mod calendar;
mod mentions;
mod printed;

use super::story::Story;
use crate::model::{Hints, Kind, LineRange, Page, Warning, WarningKind};
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
    let notices: Vec<bool> = page.articles.iter().map(|a| a.kind == Kind::Notice).collect();
    page.date = argue::argue(stories, &notices);
    if page.date.best.is_none() && !page.articles.is_empty() {
        let why = page.date.why.clone();
        warn(page, WarningKind::NoDate, None, why);
    }
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
