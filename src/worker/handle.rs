//! How each request is answered, once a connection is at hand. Shared by the threads and the inline backend.

use super::import::run_import;
use super::{Progress, Reply, Request, WorkerError};
use crate::archive::{Archive, Reader};
use crate::ingest::{Desk, places};
use crate::model::{PageId, PlaceList, SectionList};
use std::path::Path;
use std::sync::Arc;

/// Pages that are made anew in one transaction.
const REBUILD_BATCH: u32 = 200;

/// The writer's side: the read-write connection and the desk with the lists in use.
pub(super) struct Writer {
    archive: Archive,
    sections: SectionList,
    desk: Desk,
}

impl Writer {
    pub(super) fn new(archive: Archive, places: &PlaceList, sections: SectionList) -> Self {
        let desk = Desk::new(places, &sections);
        Self { archive, sections, desk }
    }

    pub(super) fn reader(&self) -> Result<Reader, WorkerError> {
        Ok(self.archive.reader()?)
    }

    /// Answers a request that writes.
    pub(super) fn answer(&mut self, request: Request) -> Result<Reply, WorkerError> {
        match request {
            Request::Import { plan, progress } => {
                let report = run_import(&mut self.archive, &plan, &self.desk, &progress)?;
                Ok(Reply::Imported(Arc::new(report)))
            }
            Request::UndoImport(id) => Ok(Reply::Undone(self.archive.undo_import(id)?)),
            Request::SetPlaces(file) => self.set_places(file.as_deref()),
            Request::Rebuild(progress) => Ok(Reply::Rebuilt(self.rebuild(&progress)?)),
            read => answer_read(&self.archive.reader()?, read),
        }
    }

    fn set_places(&mut self, file: Option<&Path>) -> Result<Reply, WorkerError> {
        let list = match file {
            Some(file) => places::read(file)?,
            None => places::builtin(),
        };
        self.desk = Desk::new(&list, &self.sections);
        Ok(Reply::PlacesSet { city: list.city, towns: list.towns.len() })
    }

    /// Runs every stored page through the engine again. `u32::MAX` as version: all pages, not only those of an older
    /// engine, because the place list may have changed.
    fn rebuild(&mut self, progress: &Progress) -> Result<u64, WorkerError> {
        let mut after: Option<PageId> = None;
        let mut done = 0;
        while progress.keep_going() {
            let dumps = self.archive.stale_pages(u32::MAX, after, REBUILD_BATCH)?;
            let Some(last) = dumps.last() else { break };
            after = Some(last.0);
            let pages: Vec<_> = dumps.into_iter().map(|(id, dump)| (id, self.desk.file(dump).0)).collect();
            done += pages.len() as u64;
            self.archive.replace_pages(&pages)?;
            progress.add_stored(pages.len() as u64, pages.iter().map(|(_, p)| p.page.articles.len() as u64).sum());
        }
        Ok(done)
    }
}

/// Answers a request that only reads.
pub(super) fn answer_read(reader: &Reader, request: Request) -> Result<Reply, WorkerError> {
    Ok(match request {
        Request::Rows { search, offset, limit } => Reply::Rows { offset, rows: reader.search(&search, offset, limit)? },
        Request::Counts(search) => Reply::Counts(Box::new(reader.facets(&search)?)),
        Request::Article(id) => Reply::Article(reader.article(id)?.map(Arc::new)),
        Request::Page(id) => Reply::Page(reader.page(id)?.map(Arc::new)),
        Request::Imports => Reply::Imports(reader.imports()?),
        Request::ImportReport(id) => Reply::ImportReport(reader.import_report(id)?.map(Arc::new)),
        Request::Import { .. } | Request::UndoImport(_) | Request::SetPlaces(_) | Request::Rebuild(_) => {
            unreachable!("writing requests go to the writer: see Request::is_write")
        }
    })
}

impl Request {
    /// Whether the request needs the read-write connection.
    pub(super) fn is_write(&self) -> bool {
        matches!(self, Self::Import { .. } | Self::UndoImport(_) | Self::SetPlaces(_) | Self::Rebuild(_))
    }
}
