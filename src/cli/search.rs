//! `baoku search`: a total and a list of hits.

use super::console::Console;
use super::plan::ResultPage;
use super::{Ending, open};
use crate::model::{LooseHit, LooseHits, SearchRequest, Summary};
use crate::search::{Explanation, Query};
use serde::Serialize;
use std::path::Path;

/// Places outside of articles that are printed.
const LOOSE_SHOWN: usize = 10;

#[derive(Serialize)]
struct Found<'a> {
    total: u64,
    hits: Vec<Hit<'a>>,
    /// Pages on which it stands in lines of no article.
    #[serde(skip_serializing_if = "Option::is_none")]
    loose: Option<&'a LooseHits>,
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
    let loose = reader.loose(request, LOOSE_SHOWN.min(page.limit as usize))?;
    let is_nothing = total == 0 && loose.pages == 0;
    if json {
        console.json(&Found {
            total,
            hits: hits.iter().map(hit).collect(),
            loose: (loose.pages > 0).then_some(&loose),
            explanation,
        })?;
    } else {
        for line in explanation.iter().flat_map(|explanation| explanation.lines(false)) {
            console.line(format_args!("read as: {line}"))?;
        }
        for summary in &hits {
            print(summary, console)?;
        }
        for hit in &loose.hits {
            print_loose(hit, console)?;
        }
        console.line(format_args!("{total} {}", if total == 1 { "article" } else { "articles" }))?;
        if loose.pages > 0 {
            let pages = if loose.pages == 1 { "page" } else { "pages" };
            console.line(format_args!("{} {pages} with it in lines of no article", loose.pages))?;
        }
        console.finish()?;
    }
    Ok(if is_nothing { Ending::Nothing } else { Ending::Done })
}

fn print_loose(hit: &LooseHit, console: &mut Console) -> anyhow::Result<()> {
    let mut facts = vec![hit.date.map_or_else(|| "no date".to_owned(), |date| date.to_string())];
    facts.extend(hit.newspaper.clone());
    facts.extend(hit.page_label.clone());
    console.line(format_args!("page {}, line {}, in no article", hit.page, hit.line))?;
    console.line(format_args!("    {}", facts.join(" · ")))?;
    console.line(format_args!("    {}", hit.snippet.text.replace('\n', " ")))?;
    Ok(())
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
