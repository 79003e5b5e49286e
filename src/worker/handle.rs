//! How each request is answered, once a connection is at hand. Shared by the threads and the inline backend.

use super::import::run_import;
use super::rebuild::run_rebuild;
use super::{Reply, Request, WorkerError, notes};
use crate::archive::{Archive, Reader, RepairsOf};
use crate::ingest::{Desk, places};
use crate::model::{PlaceList, SectionList};
use crate::search::Query;
use std::path::Path;
use std::sync::Arc;

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
    desk: Desk,
}

impl Writer {
    pub(super) fn new(archive: Archive, places: &PlaceList, sections: SectionList) -> Self {
        let desk = Desk::new(places, &sections);
        let mut archive = archive;
        archive.set_describer(desk.describer());
        Self { archive, sections, desk }
    }

    pub(super) fn reader(&self) -> Result<Reader, WorkerError> {
        Ok(self.archive.reader()?)
    }

    /// Answers a request that writes. `between` is called between the batches of an import.
    pub(super) fn answer(
        &mut self,
        request: Request,
        between: &mut dyn FnMut(&mut Archive),
    ) -> Result<Reply, WorkerError> {
        match request {
            Request::Import { plan, progress } => {
                let report = run_import(&mut self.archive, &plan, &self.desk, &progress, between)?;
                Ok(Reply::Imported(Arc::new(report)))
            }
            Request::Write(note) => notes::write(&mut self.archive, note),
            Request::UndoImport(id) => Ok(Reply::Undone(self.archive.undo_import(id)?)),
            Request::SetPlaces(file) => self.set_places(file.as_deref()),
            Request::Rebuild(progress) => {
                // All pages, not only those of an older engine: the place list may have changed.
                Ok(Reply::Rebuilt(run_rebuild(&mut self.archive, &self.desk, true, &progress)?.pages))
            }
            read => answer_read(&self.archive.reader()?, read),
        }
    }

    fn set_places(&mut self, file: Option<&Path>) -> Result<Reply, WorkerError> {
        let list = match file {
            Some(file) => places::read(file)?,
            None => places::builtin(),
        };
        self.desk = Desk::new(&list, &self.sections);
        self.archive.set_describer(self.desk.describer());
        Ok(Reply::PlacesSet { city: list.city, towns: list.towns.len() })
    }
}

/// Answers a request that only reads.
pub(super) fn answer_read(reader: &Reader, request: Request) -> Result<Reply, WorkerError> {
    Ok(match request {
        Request::Rows { search, offset, limit } => Reply::Rows { offset, rows: reader.search(&search, offset, limit)? },
        Request::Counts(search) => Reply::Counts(Box::new(reader.facets(&search)?)),
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
        Request::SameDay(id) => return notes::same_day(reader, id),
        Request::Repairs => Reply::Repairs(reader.repairs(RepairsOf::All)?),
        Request::Imports => Reply::Imports(reader.imports()?),
        Request::ImportReport(id) => Reply::ImportReport(reader.import_report(id)?.map(Arc::new)),
        Request::Import { .. }
        | Request::UndoImport(_)
        | Request::Write(_)
        | Request::SetPlaces(_)
        | Request::Rebuild(_) => {
            unreachable!("writing requests go to the writer: see Request::is_write")
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
