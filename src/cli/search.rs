//! `baoku search`: a total and a list of hits.

use super::console::Console;
use super::plan::ResultPage;
use super::{Ending, open};
use crate::model::{SearchRequest, Summary};
use crate::search::{Explanation, Query};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Found<'a> {
    total: u64,
    hits: Vec<Hit<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
}

#[derive(Serialize)]
struct Hit<'a> {
    id: i64,
    title: &'a str,
    date: Option<String>,
    newspaper: Option<&'a str>,
    page: Option<&'a str>,
    section: Option<&'a str>,
    towns: &'a [String],
    kind: &'static str,
    byline: &'a str,
    snippet: &'a str,
}

pub(super) fn run(
    archive: &Path,
    request: &SearchRequest,
    page: ResultPage,
    explain: bool,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    let explanation = explain.then(|| Query::parse(&request.query).explain());
    let total = reader.count(request)?;
    let hits = if page.limit == 0 { Vec::new() } else { reader.search(request, page.offset, page.limit)? };
    if json {
        console.json(&Found { total, hits: hits.iter().map(hit).collect(), explanation })?;
    } else {
        for line in explanation.iter().flat_map(|explanation| explanation.lines(false)) {
            console.line(format_args!("read as: {line}"))?;
        }
        for summary in &hits {
            print(summary, console)?;
        }
        console.line(format_args!("{total} {}", if total == 1 { "article" } else { "articles" }))?;
        console.finish()?;
    }
    Ok(if total == 0 { Ending::Nothing } else { Ending::Done })
}

fn hit(summary: &Summary) -> Hit<'_> {
    Hit {
        id: summary.id.0,
        title: &summary.title.text,
        date: summary.date.map(|date| date.to_string()),
        newspaper: summary.newspaper.as_deref(),
        page: summary.page_label.as_deref(),
        section: summary.section.as_deref(),
        towns: &summary.towns,
        kind: summary.kind.as_str(),
        byline: &summary.byline,
        snippet: &summary.snippet.text,
    }
}

fn print(summary: &Summary, console: &mut Console) -> anyhow::Result<()> {
    let mut facts = vec![summary.date.map_or_else(|| "no date".to_owned(), |date| date.to_string())];
    facts.extend(summary.newspaper.clone());
    facts.extend(summary.page_label.clone());
    facts.extend(summary.section.clone());
    facts.extend(summary.towns.iter().cloned());
    console.line(format_args!("{}  {}", summary.id, summary.title.text))?;
    console.line(format_args!("    {}", facts.join(" · ")))?;
    if !summary.snippet.text.is_empty() {
        console.line(format_args!("    {}", summary.snippet.text.replace('\n', " ")))?;
    }
    Ok(())
}
