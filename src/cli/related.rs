//! `baoku related`: articles about the same things as one, and those that are nearly the same text.

use super::console::{Console, say};
use super::{Ending, open};
use crate::model::{ArticleId, Summary};
use crate::search::{Difference, Query};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Relatives<'a> {
    related: Vec<Relative<'a>>,
    near_duplicates: Vec<Twin<'a>>,
}

#[derive(Serialize)]
struct Relative<'a> {
    id: ArticleId,
    title: &'a str,
    date: Option<String>,
    score: f32,
    /// Words that both hold, rarest first.
    words: Vec<String>,
}

#[derive(Serialize)]
struct Twin<'a> {
    id: ArticleId,
    title: &'a str,
    date: Option<String>,
    differences: Vec<Difference>,
}

pub(super) fn run(
    archive: &Path,
    id: ArticleId,
    limit: usize,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    if reader.article(id)?.is_none() {
        return missing(id);
    }
    let (related, twins) = (reader.related(id, limit)?, reader.near_duplicates(id)?);
    let ids: Vec<ArticleId> = related.iter().map(|r| r.id).chain(twins.iter().map(|(id, _)| *id)).collect();
    let rows = reader.summaries(&ids, &Query::parse(""))?;
    let row = |id: ArticleId| rows.iter().find(|row| row.id == id);
    let found = Relatives {
        related: related
            .into_iter()
            .filter_map(|r| {
                let row = row(r.id)?;
                Some(Relative { id: r.id, title: &row.title.text, date: date(row), score: r.score, words: r.words })
            })
            .collect(),
        near_duplicates: twins
            .into_iter()
            .filter_map(|(id, differences)| {
                let row = row(id)?;
                Some(Twin { id, title: &row.title.text, date: date(row), differences })
            })
            .collect(),
    };
    let is_empty = found.related.is_empty() && found.near_duplicates.is_empty();
    if json {
        console.json(&found)?;
    } else {
        print(&found, console)?;
    }
    Ok(if is_empty { Ending::Nothing } else { Ending::Done })
}

pub(super) fn missing(id: ArticleId) -> anyhow::Result<Ending> {
    say(format_args!("error: there is no article {id}"));
    say(format_args!("hint: baoku search prints the numbers of articles"));
    Ok(Ending::Nothing)
}

fn date(row: &Summary) -> Option<String> {
    row.date.map(|date| date.to_string())
}

fn print(found: &Relatives<'_>, console: &mut Console) -> anyhow::Result<()> {
    let day = |date: &Option<String>| date.clone().unwrap_or_else(|| "no date".to_owned());
    for twin in &found.near_duplicates {
        console.line(format_args!("{}  {}", twin.id, twin.title))?;
        let same = twin.differences.iter().all(|d| matches!(d, Difference::Same(_)));
        let how = if same { "the same text" } else { "nearly the same text" };
        console.line(format_args!("    {} · {how}: baoku diff shows what differs", day(&twin.date)))?;
    }
    for relative in &found.related {
        console.line(format_args!("{}  {}", relative.id, relative.title))?;
        console.line(format_args!("    {} · {}", day(&relative.date), relative.words.join(" ")))?;
    }
    console.line(format_args!("{} related, {} nearly the same", found.related.len(), found.near_duplicates.len()))?;
    Ok(console.finish()?)
}
