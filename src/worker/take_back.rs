//! Takes exported JSON back: pages with their text, articles with ids, repairs, tags and notes. Nothing is lost on the way,
//! and what is known already only gets what it lacks.

use crate::archive::{Archive, ArchiveError, ReturnedArticle, ReturnedPage, ReturnedRepair, TakenBack};
use crate::export::json::{PageRecord, ReturnedSet, TakenArticle};
use crate::export::{ExportError, KeptRepair};
use crate::ingest::{Desk, content_hash};
use crate::model::{Dump, FiledPage, Furniture, FurnitureKind, ImportId, LineRange, Marks, Page, StoredArticle};
use std::collections::BTreeSet;

/// Pages of one transaction.
const BATCH_PAGES: usize = 64;
/// Text of one transaction, but for a single longer page.
const BATCH_BYTES: usize = 4 << 20;

/// A file that cannot be taken back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TakeBackError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ExportError),
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The text of an article's page is not in it.
    #[error("the page of article {article} is not in the file")]
    PageMissing {
        /// The article.
        article: i64,
    },
}

/// Stores what `set` holds; `told` hears of each page what became of it and how many articles it has now.
pub(super) fn take_back(
    archive: &mut Archive,
    import: ImportId,
    set: ReturnedSet,
    desk: &Desk,
    told: &mut dyn FnMut(&FiledPage, &TakenBack, usize) -> bool,
) -> Result<(), TakeBackError> {
    if let Some(lost) = set.lost() {
        return Err(TakeBackError::PageMissing { article: lost.0 });
    }
    let mut batch = Vec::new();
    let mut store = |batch: &mut Vec<ReturnedPage>, archive: &mut Archive| -> Result<bool, TakeBackError> {
        let taken = archive.take_back(import, batch)?;
        let goes_on = batch.iter().zip(&taken).all(|(page, taken)| told(&page.filed, taken, page.articles.len()));
        batch.clear();
        Ok(goes_on)
    };
    let mut bytes = 0;
    for page in set.pages() {
        let (page, articles) = page?;
        bytes += page.text.len();
        batch.push(returned_page(page, articles, desk));
        if batch.len() >= BATCH_PAGES || bytes >= BATCH_BYTES {
            bytes = 0;
            if !store(&mut batch, archive)? {
                return Ok(());
            }
        }
    }
    store(&mut batch, archive)?;
    Ok(())
}

fn returned_page(record: PageRecord, taken: Vec<TakenArticle>, desk: &Desk) -> ReturnedPage {
    let mut articles: Vec<ReturnedArticle> = taken.into_iter().map(returned_article).collect();
    let dump = Dump {
        source: record.source,
        encoding: record.encoding,
        content_hash: content_hash(&record.text),
        text: record.text,
        hints: record.hints.unwrap_or_default(),
    };
    let mut furniture = record.furniture;
    let repairs: Vec<ReturnedRepair> = record.repairs.into_iter().filter_map(returned_repair).collect();
    let open = lines_of_nothing(&dump.text, &articles, &furniture);
    // A page with repairs is made whole from what the archive held of it.
    if !open.is_empty() && record.original.is_none() {
        // Only some of the page's articles were exported: the engine makes the others from the text.
        complete(&dump, desk, open, &mut articles, &mut furniture);
    }
    let page = Page {
        newspaper: record.newspaper,
        page_label: record.page_label,
        date: record.date,
        articles: Vec::new(),
        furniture,
        warnings: record.warnings,
    };
    let filed = FiledPage { dump, page, engine_version: record.engine_version };
    ReturnedPage { id: record.id, filed, articles, repairs, original: record.original }
}

fn returned_repair(kept: KeptRepair) -> Option<ReturnedRepair> {
    let KeptRepair { repair, group, about, made_at, is_undone } = kept;
    match serde_json::from_value(repair) {
        Ok(repair) => Some(ReturnedRepair { repair, group, about, made_at, is_undone }),
        Err(error) => {
            // Of a newer program, which knows repairs that this one does not.
            log::warn!("a repair of {about:?} is of an unknown kind: {error}");
            None
        }
    }
}

fn returned_article(taken: TakenArticle) -> ReturnedArticle {
    let TakenArticle { stored, added } = taken;
    let StoredArticle { id, position, article, .. } = stored;
    ReturnedArticle { id: Some(id), position, article, marks: added.unwrap_or_default() }
}

/// The lines that are not blank.
fn written_lines(text: &str) -> BTreeSet<u32> {
    (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty()).map(|(number, _)| number).collect()
}

/// Lines of text that stand neither in an article nor in furniture.
fn lines_of_nothing(text: &str, articles: &[ReturnedArticle], furniture: &[Furniture]) -> BTreeSet<u32> {
    let mut open = written_lines(text);
    let spans = articles.iter().flat_map(|returned| &returned.article.spans);
    for range in spans.map(|span| span.range()).chain(furniture.iter().map(Furniture::range)) {
        take_out(&mut open, range);
    }
    open
}

/// Takes a range out of a set of lines. The range may be any: it was read from a file.
fn take_out(open: &mut BTreeSet<u32>, range: LineRange) {
    if range.from <= range.to {
        let gone: Vec<u32> = open.range(range.from..=range.to).copied().collect();
        for line in gone {
            open.remove(&line);
        }
    }
}

/// Adds what the engine makes of the lines that are still open; what it cannot place there is kept as unplaced.
fn complete(
    dump: &Dump,
    desk: &Desk,
    mut open: BTreeSet<u32>,
    articles: &mut Vec<ReturnedArticle>,
    furniture: &mut Vec<Furniture>,
) {
    let written = written_lines(&dump.text);
    let (filed, _) = desk.file(dump.clone());
    let used: BTreeSet<u32> = articles.iter().map(|article| article.position).collect();
    let mut free = (0..).filter(|position| !used.contains(position));
    for article in filed.page.articles {
        let lines = article.spans.iter().flat_map(|span| span.range().lines());
        // Blank lines inside a span belong to nobody.
        let lines: Vec<u32> = lines.filter(|line| written.contains(line)).collect();
        if lines.is_empty() || lines.iter().any(|line| !open.contains(line)) {
            continue;
        }
        for line in lines {
            open.remove(&line);
        }
        articles.push(ReturnedArticle {
            id: None,
            position: free.next().unwrap_or_default(),
            article,
            marks: Marks::default(),
        });
    }
    furniture.extend(open.into_iter().map(|line| Furniture { from: line, to: line, what: FurnitureKind::Unplaced }));
}
