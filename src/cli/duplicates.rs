//! `baoku duplicates`: groups of articles that are nearly the same text.

use super::console::Console;
use super::{Ending, open};
use crate::model::{SearchRequest, Summary};
use crate::search::Query;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Copy {
    id: i64,
    title: String,
    date: Option<String>,
    page: Option<String>,
}

pub(super) fn run(
    archive: &Path,
    request: &SearchRequest,
    limit: usize,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    let mut groups: Vec<Vec<Copy>> = Vec::new();
    for ids in reader.duplicate_groups(request, limit)? {
        groups.push(reader.summaries(&ids, &Query::parse(""))?.into_iter().map(copy).collect());
    }
    if json {
        console.json(&groups)?;
    } else {
        for group in &groups {
            for copy in group {
                let date = copy.date.as_deref().unwrap_or("no date");
                let page = copy.page.as_deref().unwrap_or("");
                console.line(format_args!("{}  {date} {page}  {}", copy.id, copy.title))?;
            }
            console.line(format_args!(""))?;
        }
        console.line(format_args!("{} {}", groups.len(), if groups.len() == 1 { "group" } else { "groups" }))?;
        console.finish()?;
    }
    Ok(if groups.is_empty() { Ending::Nothing } else { Ending::Done })
}

fn copy(row: Summary) -> Copy {
    Copy { id: row.id.0, title: row.title.text, date: row.date.map(|d| d.to_string()), page: row.page_label }
}
