//! `baoku export`: articles become files.

use super::console::{Console, say, with_article_progress};
use super::plan::{Articles, ExportPlan};
use super::{Ending, open};
use crate::archive::Reader;
use crate::export::Report;
use crate::model::{ArticleId, Selection};
use crate::worker::Progress;
use crate::worker::export::{self as work, run_export};
use crate::worker::sets::open_set;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// What `--json` prints.
#[derive(Serialize)]
struct Done {
    format: &'static str,
    articles: u64,
    files: u64,
    path: String,
    /// Numbers that were asked for and are not in the archive.
    missing: Vec<ArticleId>,
    /// Articles of a set that are not in the archive, by date, page and headline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_of_set: Vec<String>,
}

pub(super) fn run(archive: &Path, plan: &ExportPlan, console: &mut Console) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    let (selection, missing_of_set) = selection(&reader, &plan.articles)?;
    for words in &missing_of_set {
        say(format_args!("error: not in this archive: {words}"));
    }
    let work = work::ExportPlan {
        selection,
        format: plan.format,
        options: plan.options.clone(),
        output: plan.output.clone(),
        is_one_file_each: plan.is_one_file_each,
    };
    let progress: Arc<Progress> = Arc::default();
    stop_on_signals(&progress);
    let report = with_article_progress(&progress, || run_export(&reader, &work, &progress))?;
    for id in &report.missing {
        say(format_args!("error: there is no article {id}"));
    }
    let is_whole = report.missing.is_empty() && missing_of_set.is_empty();
    let is_empty = report.written.is_none();
    let written = report.written.unwrap_or_else(|| Report { path: plan.output.clone(), ..Report::default() });
    if plan.json {
        console.json(&Done {
            format: plan.format.word(),
            articles: written.articles,
            files: written.files,
            path: written.path.display().to_string(),
            missing: report.missing,
            missing_of_set,
        })?;
    } else {
        let (articles, path) = (plural(written.articles, "article"), written.path.display());
        if is_empty {
            console.line(format_args!("nothing to export"))?;
        } else if plan.is_one_file_each {
            console.line(format_args!("exported {articles} into {} in {path}", plural(written.files, "file")))?;
        } else {
            console.line(format_args!("exported {articles} to {path}"))?;
        }
        console.finish()?;
    }
    Ok(if is_whole && !is_empty { Ending::Done } else { Ending::Nothing })
}

/// What is exported, and what a set names that is not there.
fn selection(reader: &Reader, articles: &Articles) -> anyhow::Result<(Selection, Vec<String>)> {
    match articles {
        Articles::Selected(selection) => Ok((selection.clone(), Vec::new())),
        Articles::OfSet(path) => {
            let set = open_set(reader, path)?;
            let words = set.missing.iter().map(|entry| {
                let parts =
                    [entry.date.map(|date| date.to_string()), entry.page_label.clone(), Some(entry.title.clone())];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            });
            Ok((Selection::Articles(set.found), words.collect()))
        }
    }
}

/// Ctrl-C and termination stop the export, so that temporary files are taken away.
fn stop_on_signals(progress: &Arc<Progress>) {
    let stopped = progress.clone();
    if let Err(error) = ctrlc::set_handler(move || stopped.cancel()) {
        log::warn!("Ctrl-C ends the program at once: {error}");
    }
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
