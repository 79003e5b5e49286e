//! Makes the articles of stored pages anew, from the text the archive keeps: after a better engine, or other lists.

use super::Progress;
use super::import::ImportError;
use crate::archive::{Archive, Replaced};
use crate::ingest::Desk;
use crate::model::{FiledPage, PageId};
use rayon::prelude::*;
use serde::Serialize;

/// Pages of one transaction.
const BATCH_PAGES: u32 = 64;

/// What a rebuild did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RebuildReport {
    /// Pages made anew.
    pub pages: u64,
    /// Their articles now.
    pub articles: u64,
    /// What of it is different from before.
    pub changes: Replaced,
    /// Pages the engine failed on, and what it said.
    pub failures: Vec<(PageId, String)>,
    /// Somebody stopped it; the rest keeps its old articles.
    pub cancelled: bool,
}

/// Reconstructs the pages of older engines, or `all` of them, batch after batch.
pub fn run_rebuild(
    archive: &mut Archive,
    desk: &Desk,
    all: bool,
    progress: &Progress,
) -> Result<RebuildReport, ImportError> {
    archive.set_describer(desk.describer());
    // The archive gives pages of versions below the one named.
    let below = desk.engine_version().saturating_add(u32::from(all));
    let stats = archive.reader()?.stats()?;
    let total = stats.engine_versions.iter().filter(|(version, _)| *version < below).map(|(_, pages)| pages).sum();
    progress.set_total(total, 0);
    let mut report = RebuildReport::default();
    let mut after = None;
    loop {
        if !progress.keep_going() {
            report.cancelled = true;
            return Ok(report);
        }
        let stale = archive.stale_pages(below, after, BATCH_PAGES)?;
        let Some((last, _)) = stale.last() else { return Ok(report) };
        after = Some(*last);
        let made: Vec<(PageId, FiledPage, Option<String>)> = stale
            .into_par_iter()
            .map(|(id, dump)| {
                let (page, failure) = desk.file(dump);
                (id, page, failure)
            })
            .collect();
        let mut pages = Vec::with_capacity(made.len());
        for (id, page, failure) in made {
            report.articles += page.page.articles.len() as u64;
            report.failures.extend(failure.map(|failure| (id, failure)));
            pages.push((id, page));
        }
        report.changes.add(archive.replace_pages(&pages)?);
        report.pages += pages.len() as u64;
        progress.add_stored(pages.len() as u64, pages.iter().map(|(_, p)| p.page.articles.len() as u64).sum());
        pages.iter().for_each(|_| progress.add_file(0));
    }
}
