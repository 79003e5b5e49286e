//! How each request is answered, once a connection is at hand. Shared by the threads and the inline backend.

use super::import::{ImportPlan, run_import};
use super::press::words;
use super::preview::run_preview;
use super::rebuild::run_rebuild;
use super::sets::open_set;
use super::{Progress, Reply, Request, WorkerError, notes};
use crate::archive::{Archive, Reader, RepairsOf};
use crate::ingest::{Desk, places, sample_places};
use crate::model::{PlaceList, SectionList};
use crate::search::Query;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

/// Suggestions below the search box.
const SUGGESTIONS: usize = 8;
/// Places outside of articles that the list offers.
const LOOSE: usize = 30;
/// Related articles below the open one.
const RELATED: usize = 5;

/// The writer's side: the read-write connection and the desk with the lists in use.
pub(super) struct Writer {
    archive: Archive,
    sections: SectionList,
    desk: SharedDesk,
}

/// The desk in use; choosing another place list puts a new one here.
pub(super) type SharedDesk = Arc<RwLock<Arc<Desk>>>;

/// The desk at this moment.
fn current(desk: &SharedDesk) -> Arc<Desk> {
    desk.read().unwrap_or_else(PoisonError::into_inner).clone()
}

impl Writer {
    pub(super) fn new(archive: Archive, places: &PlaceList, sections: SectionList) -> Self {
        let desk = Arc::new(RwLock::new(Arc::new(Desk::new(places, &sections))));
        Self { archive, sections, desk }
    }

    pub(super) fn reader(&self) -> Result<Reader, WorkerError> {
        Ok(self.archive.reader()?)
    }

    /// The desk, for looking at files while the writer is busy.
    pub(super) fn desk(&self) -> SharedDesk {
        self.desk.clone()
    }

    /// Answers a request that writes. `between` is called between the batches of an import.
    pub(super) fn answer(
        &mut self,
        request: Request,
        between: &mut dyn FnMut(&mut Archive),
    ) -> Result<Reply, WorkerError> {
        match request {
            Request::Import { plan, progress } => {
                let desk = match plan.is_sample {
                    true => Arc::new(Desk::new(&sample_places(), &self.sections)),
                    false => current(&self.desk),
                };
                let report = run_import(&mut self.archive, &plan, &desk, &progress, between)?;
                Ok(Reply::Imported(Arc::new(report)))
            }
            Request::Write(note) => {
                self.archive.set_describer(current(&self.desk).describer());
                notes::write(&mut self.archive, note)
            }
            Request::UndoImport(id) => Ok(Reply::Undone(self.archive.undo_import(id)?)),
            Request::SetPlaces(file) => self.set_places(file.as_deref()),
            Request::Rebuild(progress) => {
                // All pages, not only those of an older engine: the place list may have changed.
                Ok(Reply::Rebuilt(run_rebuild(&mut self.archive, &current(&self.desk), true, &progress)?))
            }
            read => answer_read(&self.archive.reader()?, read),
        }
    }

    fn set_places(&mut self, file: Option<&Path>) -> Result<Reply, WorkerError> {
        let list = match file {
            Some(file) => places::read(file)?,
            None => places::builtin(),
        };
        let desk = Arc::new(Desk::new(&list, &self.sections));
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = desk;
        Ok(Reply::PlacesSet { city: list.city, towns: list.towns.len() })
    }
}

/// Answers a request to look at files, lot by lot.
pub(super) fn answer_preview(
    reader: &Reader,
    desk: &SharedDesk,
    plan: &ImportPlan,
    progress: &Progress,
    out: &mut dyn FnMut(Reply),
) -> Result<(), WorkerError> {
    run_preview(reader, &current(desk), plan, progress, out)
}

/// Answers a request that only reads.
pub(super) fn answer_read(reader: &Reader, request: Request) -> Result<Reply, WorkerError> {
    Ok(match request {
        Request::Rows { search, offset, limit } => {
            let rows = reader.search(&search, offset, limit)?;
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            Reply::Rows { offset, rows, marks: reader.row_marks(&ids)? }
        }
        Request::Ids { search, offset, limit } => {
            Reply::Ids { offset, ids: reader.ids_between(&search, offset, limit)? }
        }
        Request::Counts(search) => Reply::Counts(Box::new(reader.facets(&search)?)),
        Request::Days(search, month) => Reply::Days(Box::new(reader.month_days(&search, month)?)),
        Request::Article(id) => Reply::Article(reader.article(id)?.map(Arc::new)),
        Request::Page(id) => Reply::Page(reader.page(id)?.map(Arc::new)),
        Request::Marks(id) => return notes::marks(reader, id),
        Request::Shelf => return notes::shelf(reader),
        Request::Why(search) => Reply::Why(Box::new(reader.why(&search)?)),
        Request::Loose(search) => Reply::Loose(Box::new(reader.loose(&search, LOOSE)?)),
        Request::Suggest(text) => {
            let found = reader.suggest(&text, SUGGESTIONS)?;
            Reply::Suggestions(text, found)
        }
        Request::Related(id) => {
            let ids: Vec<_> = reader.related(id, RELATED)?.iter().map(|related| related.id).collect();
            Reply::Related(id, reader.summaries(&ids, &Query::parse(""))?)
        }
        Request::OpenSet(path) => Reply::SetOpened(Box::new(open_set(reader, &path)?)),
        Request::Words { selection, what } => Reply::Words(what, Box::new(words(reader, &selection, what)?)),
        Request::SameDay(id) => return notes::same_day(reader, id),
        Request::Repairs => Reply::Repairs(reader.repairs(RepairsOf::All)?),
        Request::Imports => Reply::Imports(reader.imports()?),
        Request::ImportReport(id) => Reply::ImportReport(reader.import_report(id)?.map(Arc::new)),
        Request::Import { .. }
        | Request::Preview { .. }
        | Request::Watch(_)
        | Request::UndoImport(_)
        | Request::Write(_)
        | Request::SetPlaces(_)
        | Request::Rebuild(_)
        | Request::Export { .. }
        | Request::LayOut { .. }
        | Request::DrawPage { .. }
        | Request::CloseBooklet
        | Request::Print { .. }
        | Request::Printers => {
            unreachable!("requests that write or work on their own go elsewhere: see Backend::send")
        }
    })
}

impl Request {
    /// Whether the request needs the read-write connection.
    pub(super) fn is_write(&self) -> bool {
        matches!(
            self,
            Self::Import { .. } | Self::UndoImport(_) | Self::Write(_) | Self::SetPlaces(_) | Self::Rebuild(_)
        )
    }
}
