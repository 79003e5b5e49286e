//! `baoku facets`: how many articles by month, section, town and the rest.

use super::console::Console;
use super::{Ending, open};
use crate::model::{Facets, SearchRequest};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Counts {
    total: u64,
    months: Vec<Month>,
    undated: u64,
    sections: Vec<Named>,
    towns: Vec<Named>,
    newspapers: Vec<Named>,
    pages: Vec<Named>,
    kinds: Vec<Named>,
    bylines: Vec<Named>,
    tags: Vec<Named>,
    unsure: u64,
}

#[derive(Serialize)]
struct Month {
    month: String,
    count: u64,
}

#[derive(Serialize)]
struct Named {
    name: String,
    count: u64,
}

pub(super) fn run(
    archive: &Path,
    request: &SearchRequest,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let facets = open::reader(archive)?.facets(request)?;
    let total = facets.total;
    let counts = counts(facets);
    if json {
        console.json(&counts)?;
    } else {
        print(&counts, console)?;
    }
    Ok(if total == 0 { Ending::Nothing } else { Ending::Done })
}

fn counts(facets: Facets) -> Counts {
    let named = |list: Vec<(String, u64)>| list.into_iter().map(|(name, count)| Named { name, count }).collect();
    Counts {
        total: facets.total,
        months: facets
            .months
            .into_iter()
            .map(|(month, count)| Month { month: format!("{:04}-{:02}", month.year, month.month), count })
            .collect(),
        undated: facets.undated,
        sections: named(facets.sections),
        towns: named(facets.towns),
        newspapers: named(facets.newspapers),
        pages: named(facets.pages),
        kinds: named(facets.kinds.into_iter().map(|(kind, count)| (kind.as_str().to_owned(), count)).collect()),
        bylines: named(facets.bylines),
        tags: named(facets.tags),
        unsure: facets.unsure,
    }
}

fn print(counts: &Counts, console: &mut Console) -> anyhow::Result<()> {
    console.line(format_args!("total: {}", counts.total))?;
    let months: Vec<_> = counts.months.iter().map(|m| (m.month.as_str(), m.count)).collect();
    group("months", &months, console)?;
    let groups = [
        ("sections", &counts.sections),
        ("towns", &counts.towns),
        ("newspapers", &counts.newspapers),
        ("pages", &counts.pages),
        ("kinds", &counts.kinds),
        ("bylines", &counts.bylines),
        ("tags", &counts.tags),
    ];
    for (title, list) in groups {
        let rows: Vec<_> = list.iter().map(|n| (n.name.as_str(), n.count)).collect();
        group(title, &rows, console)?;
    }
    console.line(format_args!("undated: {}", counts.undated))?;
    console.line(format_args!("unsure: {}", counts.unsure))?;
    Ok(console.finish()?)
}

fn group(title: &str, rows: &[(&str, u64)], console: &mut Console) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    console.line(format_args!("{title}:"))?;
    for (name, count) in rows {
        console.line(format_args!("  {count:>8}  {name}"))?;
    }
    Ok(())
}
