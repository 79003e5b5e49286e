//! Exports from the archive: a selection goes article by article from the file into a session. The window's worker and the
//! command line both use it.
//!
//! **Invariant**: nothing but ids is held of a selection, however long it is; what a format holds is the format's affair.

// What the window shows and chooses of exports, which it must not know itself.
pub use crate::export::{Encoding, Format, Options, PagePicture, Paper, Report, file_name, safe_name};

use super::{Progress, WorkerError};
use crate::archive::{ArchiveError, Reader, RepairsOf};
use crate::export::{ExportError, Extras, Item, KeptRepair, Session, Watch};
use crate::model::{ArticleId, Marks, PageId, Selection, StoredPage};
use std::path::PathBuf;

/// What to export, how, and where to.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportPlan {
    /// Which articles.
    pub selection: Selection,
    /// What to write.
    pub format: Format,
    /// How.
    pub options: Options,
    /// The file, or with `is_one_file_each` the folder.
    pub output: PathBuf,
    /// A file for each article, with a manifest.
    pub is_one_file_each: bool,
}

/// What an export did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportReport {
    /// What it left behind; none when there was no article.
    pub written: Option<Report>,
    /// Articles that were named and are not in the archive.
    pub missing: Vec<ArticleId>,
}

/// Shares of the bar that an article takes: being read, and being typeset where the format is.
const READ_SHARE: u64 = 1;
const TYPESET_SHARE: u64 = 9;

/// Tells a session's progress on.
struct Watcher<'a>(&'a Progress);

impl Watch for Watcher<'_> {
    fn keep_going(&self) -> bool {
        self.0.keep_going()
    }

    fn typeset(&self, articles: u64) {
        self.0.add_bytes(articles * TYPESET_SHARE);
    }
}

/// Exports. When `progress` is cancelled it ends with [`ExportError::Cancelled`]; nothing stands at the place then.
pub fn run_export(reader: &Reader, plan: &ExportPlan, progress: &Progress) -> Result<ExportReport, WorkerError> {
    let ids = reader.selected(&plan.selection)?;
    let share =
        if plan.format.is_typeset() && !plan.is_one_file_each { READ_SHARE + TYPESET_SHARE } else { READ_SHARE };
    progress.set_total(ids.len() as u64, ids.len() as u64 * share);
    let begin = if plan.is_one_file_each { Session::into_folder } else { Session::into_file };
    let mut report = ExportReport::default();
    let mut session = None;
    let mut page: Option<StoredPage> = None;
    for id in ids {
        if !progress.keep_going() {
            return Err(ExportError::Cancelled.into());
        }
        progress.add_file(READ_SHARE);
        let Some(article) = reader.article(id)? else {
            report.missing.push(id);
            continue;
        };
        let mut extras = None;
        if plan.format.uses_page() {
            fetch(reader, article.page_id, &mut page)?;
            extras = Some(self::extras(reader, id, article.page_id)?);
        }
        // Begun only now, so that nothing found touches nothing.
        let session = match &mut session {
            Some(session) => session,
            none => none.insert(begin(&plan.output, plan.format, &plan.options)?),
        };
        let page = page.as_ref().filter(|_| plan.format.uses_page());
        session.add(&Item { article: &article, page, extras: extras.as_ref() })?;
        progress.add_stored(0, 1);
    }
    report.written = session.map(|session| session.finish(&Watcher(progress))).transpose()?;
    Ok(report)
}

/// Makes `page` the page `id`; neighbours in a result often share one.
fn fetch(reader: &Reader, id: PageId, page: &mut Option<StoredPage>) -> Result<(), ArchiveError> {
    if page.as_ref().is_none_or(|known| known.id != id) {
        *page = reader.page(id)?;
    }
    Ok(())
}

/// What the user has added to an article and its page, as an export keeps it.
fn extras(reader: &Reader, id: ArticleId, page: PageId) -> Result<Extras, WorkerError> {
    let made = reader.repairs(RepairsOf::Page(page))?;
    let mut actions: Vec<i64> = made.iter().map(|made| made.action).collect();
    actions.dedup();
    let mut repairs = Vec::with_capacity(made.len());
    for made in made {
        // Numbers of actions are the archive's own; which repairs go together is what counts.
        let group = actions.iter().position(|action| *action == made.action).unwrap_or(0) as u32;
        repairs.push(KeptRepair {
            repair: serde_json::to_value(&made.repair).map_err(ExportError::from)?,
            group,
            about: made.about,
            made_at: made.made_at,
            is_undone: made.is_undone,
        });
    }
    let hints = reader.page_hints(page)?.unwrap_or_default();
    // Whether it was repaired is told by the repairs.
    let added = Marks { is_edited: false, ..reader.marks(id)? };
    Ok(Extras { added, hints, repairs, original: reader.held_page(page)? })
}
