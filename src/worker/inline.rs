//! A backend that answers at once on the caller's thread: for tests of the window.

use super::handle::{Writer, answer_preview, answer_read};
use super::press::Press;
use super::{Backend, Event, Request, Ticket, WorkerError};
use crate::archive::{Archive, Reader};
use crate::ingest::{Limits, scan};
use crate::model::{PlaceList, SectionList};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// Answers every request before `send` returns.
pub struct InlineBackend {
    writer: Writer,
    reader: Reader,
    press: Press,
    events: VecDeque<Event>,
    last_ticket: u64,
}

impl InlineBackend {
    /// Opens the archive at `path` (made if it is not there).
    ///
    /// # Errors
    /// Whatever opening the archive gives.
    pub fn open(path: &Path, places: &PlaceList, sections: SectionList) -> Result<Self, WorkerError> {
        let archive = Archive::open(path)?;
        let notices = archive.notices().to_vec();
        let writer = Writer::new(archive, places, sections);
        let reader = writer.reader()?;
        let press = Press::new(writer.reader()?);
        let events = VecDeque::from([Event::Opened(notices)]);
        Ok(Self { writer, reader, press, events, last_ticket: 0 })
    }
}

impl Backend for InlineBackend {
    fn send(&mut self, request: Request) -> Ticket {
        self.last_ticket += 1;
        let ticket = Ticket(self.last_ticket);
        let events = &mut self.events;
        match &request {
            Request::Preview { plan, progress } => {
                let mut out = |reply| events.push_back(Event::Reply(ticket, reply));
                if let Err(err) = answer_preview(&self.reader, &self.writer.desk(), plan, progress, &mut out) {
                    events.push_back(Event::Failed(ticket, Arc::new(err)));
                }
                return ticket;
            }
            // One look: nothing happens behind the caller's back here.
            Request::Watch(folder) => {
                let (found, _) = scan(folder.as_slice(), &Limits::default(), &|| true);
                let paths = found.into_iter().map(|candidate| candidate.path).collect();
                events.push_back(Event::Watched { paths, is_first: true });
                return ticket;
            }
            _ => {}
        }
        let result = if request.is_write() {
            self.writer.answer(request, &mut |_| {})
        } else if request.is_export() || request.is_press() {
            self.press.answer(ticket, request)
        } else {
            answer_read(&self.reader, request)
        };
        self.events.push_back(match result {
            Ok(reply) => Event::Reply(ticket, reply),
            Err(err) => Event::Failed(ticket, Arc::new(err)),
        });
        ticket
    }

    fn poll(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}
