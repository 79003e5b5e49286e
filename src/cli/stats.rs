//! `baoku stats`: the archive in numbers.

use super::console::Console;
use super::{Ending, open};
use std::path::Path;

pub(super) fn run(archive: &Path, json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    let stats = open::reader(archive)?.stats()?;
    if json {
        console.json(&stats)?;
        return Ok(Ending::Done);
    }
    console.line(format_args!("archive:   {}", archive.display()))?;
    console.line(format_args!("articles:  {} ({} unsure)", stats.articles, stats.unsure))?;
    console.line(format_args!("pages:     {}", stats.pages))?;
    console.line(format_args!("imports:   {}", stats.imports))?;
    match (stats.first, stats.last) {
        (Some(first), Some(last)) => {
            console.line(format_args!("dates:     {first} to {last}, {} undated", stats.undated))?;
        }
        _ => console.line(format_args!("dates:     none, {} undated", stats.undated))?,
    }
    console.line(format_args!("text:      {}", size(stats.text_bytes)))?;
    console.line(format_args!("file:      {} (format {})", size(stats.file_bytes), stats.schema_version))?;
    for (version, pages) in &stats.engine_versions {
        console.line(format_args!("engine {version}:  {pages} pages"))?;
    }
    console.finish()?;
    Ok(Ending::Done)
}

fn size(bytes: u64) -> String {
    indicatif::HumanBytes(bytes).to_string()
}
