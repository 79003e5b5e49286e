//! The small changes a user makes, and what is read back of them.

use super::{Note, Reply, Shelf, WorkerError};
use crate::archive::{Archive, ArchiveError, Reader, RepairsOf};
use crate::model::{ArticleId, Filter, SearchRequest};
use crate::search::Query;
use jiff::civil::Date;

/// Searches that are offered again.
const HISTORY: u32 = 50;
/// Articles of the same day in other years: of one year, and about so many of all.
const SAME_DAY_OF_YEAR: u32 = 3;
const SAME_DAY: usize = 12;

/// Writes one change.
pub(super) fn write(archive: &mut Archive, note: Note) -> Result<Reply, WorkerError> {
    match &note {
        Note::UndoRepair => return Ok(Reply::Stepped(archive.undo_repair()?, true)),
        Note::RedoRepair => return Ok(Reply::Stepped(archive.redo_repair()?, false)),
        note => store(archive, note)?,
    }
    Ok(Reply::Written(Box::new(note)))
}

fn store(archive: &mut Archive, note: &Note) -> Result<(), ArchiveError> {
    match note {
        Note::Read(ids, is_read) => archive.set_read(ids, *is_read),
        Note::Position(id, share) => archive.set_read_position(*id, *share),
        Note::Flag(ids, is_flagged) => archive.set_flagged(ids, *is_flagged),
        Note::BasketAdd(ids) => archive.basket_add(ids),
        Note::BasketRemove(ids) => archive.basket_remove(ids),
        Note::BasketClear => archive.basket_clear(),
        Note::Tag(ids, name) => archive.tag(ids, name),
        Note::Untag(ids, name) => archive.untag(ids, name),
        Note::Text(id, text) => archive.set_note(*id, text),
        Note::TagColour(name, colour) => archive.set_tag_colour(name, *colour),
        Note::DeleteTag(name) => archive.delete_tag(name),
        Note::SaveSearch(name, search) => archive.save_search(name, search).map(drop),
        Note::DeleteSearch(id) => archive.delete_saved_search(*id),
        Note::Remember(query) => archive.remember_query(query),
        Note::Repair(page, about, repairs) => archive.repair_page(*page, about, repairs).map(drop),
        Note::SetUndone(ids, is_undone) => archive.set_repairs_undone(ids, *is_undone),
        Note::UndoRepair => archive.undo_repair().map(drop),
        Note::RedoRepair => archive.redo_repair().map(drop),
        Note::Revert(id) => archive.revert(*id),
    }
}

/// Reads what the user has added to one article.
pub(super) fn marks(reader: &Reader, id: ArticleId) -> Result<Reply, WorkerError> {
    Ok(Reply::Marks(id, Box::new(reader.marks(id)?), reader.repairs(RepairsOf::Article(id))?))
}

/// Articles of the same day in other years, latest first: a few of each.
pub(super) fn same_day(reader: &Reader, id: ArticleId) -> Result<Reply, WorkerError> {
    let mut rows = Vec::new();
    if let Some(day) = reader.article(id)?.and_then(|article| article.date.best) {
        let months = reader.facets(&SearchRequest::default())?.months;
        let mut years: Vec<i16> = months.iter().filter(|(m, _)| m.month == day.month()).map(|(m, _)| m.year).collect();
        years.dedup();
        for year in years.into_iter().filter(|&year| year != day.year()) {
            let Ok(day) = Date::new(year, day.month(), day.day()) else { continue };
            let filter = Filter { from: Some(day), to: Some(day), ..Filter::default() };
            let request = SearchRequest { filter, ..SearchRequest::default() };
            rows.extend(reader.search(&request, 0, SAME_DAY_OF_YEAR)?);
            if rows.len() >= SAME_DAY {
                break;
            }
        }
    }
    Ok(Reply::SameDay(id, rows))
}

/// Reads basket, named searches and history.
pub(super) fn shelf(reader: &Reader) -> Result<Reply, WorkerError> {
    let basket = reader.summaries(&reader.basket()?, &Query::parse(""))?;
    let (searches, history) = (reader.saved_searches()?, reader.history(HISTORY)?);
    let tags = reader.tags()?;
    Ok(Reply::Shelf(Box::new(Shelf { basket, searches, history, tags })))
}
