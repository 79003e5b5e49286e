//! `baoku reconstruct`: what would be made of a dump, without an archive.

use super::console::{Console, say};
use super::{Ending, import, open};
use crate::export::record;
use crate::ingest::{Desk, Limits, Loaded, load, scan};
use crate::model::{Article, BlockKind, FileOutcome, FileReport, FiledPage, Hints, Page};
use anyhow::Context as _;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

pub(super) fn run(
    file: &Path,
    overrides: &Hints,
    places: Option<&Path>,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    // Whatever is wrong with the path itself is an error; what is wrong with its content is a refusal.
    std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    let desk = open::desk(places)?;
    let (pages, refused) = reconstruct(file, overrides, &desk);
    for report in &refused {
        let words = import::words(report).unwrap_or_default();
        say(format_args!("error: {}: {words}", report.source.display()));
    }
    if json {
        print_json(&pages, console)?;
    } else {
        for page in &pages {
            print_page(page, console)?;
        }
        console.finish()?;
    }
    Ok(if refused.is_empty() && !pages.is_empty() { Ending::Done } else { Ending::Nothing })
}

fn reconstruct(file: &Path, overrides: &Hints, desk: &Desk) -> (Vec<FiledPage>, Vec<FileReport>) {
    let limits = Limits::default();
    let (candidates, mut refused) = scan(&[PathBuf::from(file)], &limits, &|| true);
    let mut dumps = Vec::new();
    let overrides = overrides.clone().into();
    for candidate in &candidates {
        load(candidate, &overrides, &limits, &mut |loaded| {
            match loaded {
                Loaded::Dumps { dumps: more, .. } => dumps.extend(more),
                Loaded::Failed(report) => refused.push(report),
                Loaded::Set { source, .. } => refused.push(FileReport {
                    source,
                    encoding: None,
                    outcome: FileOutcome::NotText { looks_like: "exported articles".to_owned() },
                }),
            }
            true
        });
    }
    let pages = dumps.into_par_iter().map(|dump| desk.file(dump)).collect::<Vec<_>>();
    let mut out = Vec::with_capacity(pages.len());
    for (page, failure) in pages {
        if let Some(failure) = failure {
            say(format_args!("error: {}: the engine failed: {failure}", page.dump.source.display()));
        }
        out.push(page);
    }
    (out, refused)
}

/// One page is an object, several are an array; nothing prints nothing.
fn print_json(pages: &[FiledPage], console: &mut Console) -> anyhow::Result<()> {
    let records: Vec<_> = pages.iter().map(|p| record::page(&p.page, &p.dump.source.file_name())).collect();
    match records.as_slice() {
        [] => Ok(()),
        [one] => console.json(one),
        many => console.json(&many),
    }
}

fn print_page(filed: &FiledPage, console: &mut Console) -> anyhow::Result<()> {
    let Page { newspaper, page_label, date, articles, furniture, .. } = &filed.page;
    let mut facts = vec![filed.dump.source.display()];
    facts.extend(newspaper.clone());
    facts.extend(date.best.map(|date| date.to_string()));
    facts.extend(page_label.clone());
    facts.push(format!("{} articles", articles.len()));
    facts.push(format!("{} lines beside them", furniture.iter().map(|f| f.to - f.from + 1).sum::<u32>()));
    console.line(format_args!("=== {} ===", facts.join(" · ")))?;
    for article in articles {
        console.line(format_args!(""))?;
        print_article(article, console)?;
    }
    console.line(format_args!(""))?;
    Ok(())
}

/// An article set for reading in a terminal.
pub(super) fn print_article(article: &Article, console: &mut Console) -> anyhow::Result<()> {
    if let Some(kicker) = &article.kicker {
        console.line(format_args!("{kicker}"))?;
    }
    console.line(format_args!("# {}", article.title))?;
    if let Some(subtitle) = &article.subtitle {
        console.line(format_args!("—— {}", subtitle.trim_start_matches('—')))?;
    }
    let names: Vec<&str> = article.bylines.iter().map(|byline| byline.name.as_str()).collect();
    let mut facts = vec![article.kind.as_str().to_owned()];
    facts.extend(article.column.clone());
    facts.extend(article.sections.first().cloned());
    facts.extend(article.towns.iter().cloned());
    facts.extend((!names.is_empty()).then(|| names.join(" ")));
    console.line(format_args!("[{}]", facts.join(" · ")))?;
    for block in &article.blocks {
        match block.kind {
            BlockKind::Subhead => console.line(format_args!("\n## {}", block.text))?,
            BlockKind::Paragraph => console.line(format_args!("　　{}", block.text))?,
        }
    }
    Ok(())
}
