//! `baoku why`: what a search without hits could have meant, and what the archive does not hold.

use super::console::Console;
use super::{Ending, open};
use crate::model::SearchRequest;
use std::path::Path;

/// Missing days that are printed one by one.
const DAYS: usize = 31;

pub(super) fn run(
    archive: &Path,
    request: &SearchRequest,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let why = open::reader(archive)?.why(request)?;
    let ending = if why.total == 0 { Ending::Nothing } else { Ending::Done };
    if json {
        console.json(&why)?;
        return Ok(ending);
    }
    console.line(format_args!("found: {}; without filters: {}", why.total, why.without_filters))?;
    for term in &why.terms {
        console.line(format_args!("{:>8}  {}", term.count, term.text))?;
    }
    for variant in &why.variants {
        console.line(format_args!("{:>8}  {} instead of {}", variant.count, variant.text, variant.of))?;
    }
    for line in &why.unplaced {
        console.line(format_args!("page {}, line {}, in no article: {}", line.page, line.line, line.text))?;
    }
    for day in why.missing_days.iter().take(DAYS) {
        console.line(format_args!("no page of {day} in the archive"))?;
    }
    if let Some(more) = why.missing_days.len().checked_sub(DAYS).filter(|more| *more > 0) {
        console.line(format_args!("and {more} more days without a page"))?;
    }
    console.finish()?;
    Ok(ending)
}
