//! `baoku export`: articles become files.

use super::console::{Console, bar, say};
use super::plan::{Articles, ExportPlan};
use super::{Ending, open};
use crate::archive::Reader;
use crate::export::{ExportError, Item, Report, Session};
use crate::model::{ArticleId, PageId, StoredPage};
use anyhow::Context as _;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// What `--json` prints.
#[derive(Serialize)]
struct Done {
    format: &'static str,
    articles: u64,
    files: u64,
    path: String,
    /// Numbers that were asked for and are not in the archive.
    missing: Vec<ArticleId>,
}

pub(super) fn run(archive: &Path, plan: &ExportPlan, console: &mut Console) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    let ids = match &plan.articles {
        Articles::Named(ids) => ids.clone(),
        Articles::Found(request) => reader.ids(request)?,
    };
    let mut missing = Vec::new();
    let report = write(&reader, &ids, plan, &mut missing)?;
    for id in &missing {
        say(format_args!("error: there is no article {id}"));
    }
    let Some(report) = report else {
        if plan.json {
            console.json(&done(plan, &Report { path: plan.output.clone(), ..Report::default() }, missing))?;
        } else {
            console.line(format_args!("nothing to export"))?;
            console.finish()?;
        }
        return Ok(Ending::Nothing);
    };
    let ending = if missing.is_empty() { Ending::Done } else { Ending::Nothing };
    if plan.json {
        console.json(&done(plan, &report, missing))?;
    } else {
        let articles = plural(report.articles, "article");
        let path = report.path.display();
        if plan.is_one_file_each {
            console.line(format_args!("exported {articles} into {} in {path}", plural(report.files, "file")))?;
        } else {
            console.line(format_args!("exported {articles} to {path}"))?;
        }
        console.finish()?;
    }
    Ok(ending)
}

/// Writes the files; none when there is no article.
fn write(
    reader: &Reader,
    ids: &[ArticleId],
    plan: &ExportPlan,
    missing: &mut Vec<ArticleId>,
) -> anyhow::Result<Option<Report>> {
    let begin = if plan.is_one_file_each { Session::into_folder } else { Session::into_file };
    let mut session = None;
    let mut page: Option<StoredPage> = None;
    let bar = bar(ids.len() as u64);
    let is_stopped = stop_flag();
    for id in ids {
        if is_stopped.load(Relaxed) {
            return Err(ExportError::Cancelled.into());
        }
        let Some(article) = reader.article(*id).with_context(|| format!("cannot read article {id}"))? else {
            missing.push(*id);
            continue;
        };
        if plan.format.uses_page() {
            fetch(reader, article.page_id, &mut page)?;
        }
        // Begun only now, so that nothing found touches nothing.
        let session = match &mut session {
            Some(session) => session,
            none => none.insert(begin(&plan.output, plan.format, &plan.options)?),
        };
        session.add(&Item { article: &article, page: page.as_ref().filter(|_| plan.format.uses_page()) })?;
        bar.inc(1);
    }
    let report = session.map(|session| session.finish(&|| !is_stopped.load(Relaxed))).transpose()?;
    bar.finish_and_clear();
    Ok(report)
}

/// A flag that Ctrl-C and termination raise, so that temporary files are taken away.
fn stop_flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = flag.clone();
    if let Err(error) = ctrlc::set_handler(move || raised.store(true, Relaxed)) {
        log::warn!("Ctrl-C ends the program at once: {error}");
    }
    flag
}

/// Makes `page` the page `id`; neighbours in a result often share one.
fn fetch(reader: &Reader, id: PageId, page: &mut Option<StoredPage>) -> anyhow::Result<()> {
    if page.as_ref().is_none_or(|known| known.id != id) {
        *page = reader.page(id).with_context(|| format!("cannot read page {id}"))?;
    }
    Ok(())
}

fn done(plan: &ExportPlan, report: &Report, missing: Vec<ArticleId>) -> Done {
    Done {
        format: plan.format.word(),
        articles: report.articles,
        files: report.files,
        path: report.path.display().to_string(),
        missing,
    }
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
