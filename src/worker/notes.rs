//! The small changes a user makes, and what is read back of them.

use super::{Note, Reply, Shelf, WorkerError};
use crate::archive::{Archive, ArchiveError, Reader};
use crate::model::ArticleId;
use crate::search::Query;

/// Searches that are offered again.
const HISTORY: u32 = 50;

/// Writes one change.
pub(super) fn write(archive: &mut Archive, note: Note) -> Result<Reply, WorkerError> {
    store(archive, &note)?;
    Ok(Reply::Written(Box::new(note)))
}

fn store(archive: &mut Archive, note: &Note) -> Result<(), ArchiveError> {
    match note {
        Note::Read(ids, is_read) => archive.set_read(ids, *is_read),
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
        Note::Repair(id, edits) => edits.iter().try_for_each(|edit| archive.apply_edit(*id, edit).map(drop)),
        Note::SetUndone(edit, is_undone) => archive.set_edit_undone(*edit, *is_undone),
        Note::Revert(id) => archive.revert(*id),
    }
}

/// Reads what the user has added to one article.
pub(super) fn marks(reader: &Reader, id: ArticleId) -> Result<Reply, WorkerError> {
    Ok(Reply::Marks(id, Box::new(reader.marks(id)?), reader.edits(Some(id))?))
}

/// Reads basket, named searches and history.
pub(super) fn shelf(reader: &Reader) -> Result<Reply, WorkerError> {
    let basket = reader.summaries(&reader.basket()?, &Query::parse(""))?;
    let (searches, history) = (reader.saved_searches()?, reader.history(HISTORY)?);
    let tags = reader.tags()?;
    Ok(Reply::Shelf(Box::new(Shelf { basket, searches, history, tags })))
}
