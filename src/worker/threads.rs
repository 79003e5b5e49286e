//! The backend of the real window: a writer thread and three reader threads.

use super::handle::{SharedDesk, Writer, answer_preview, answer_read};
use super::mailbox::Mailbox;
use super::notes;
use super::press::Press;
use super::watch::Watch;
use super::{Backend, Event, Progress, Reply, Request, Ticket, WorkerError};
use crate::archive::{Archive, Interrupter, Reader};
use crate::model::{PlaceList, SectionList};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::task::Waker;
use std::thread::JoinHandle;

/// Events that may wait for the window before a worker has to wait itself.
const EVENT_QUEUE: usize = 256;
/// Requests that may wait for the writer or for the reader pane's thread.
const REQUEST_QUEUE: usize = 256;

type Letter = (Ticket, Request);

/// A reader thread with a one-slot mailbox and the way to interrupt what it is doing.
struct Post {
    mailbox: Mailbox<Letter>,
    interrupter: OnceLock<Interrupter>,
}

impl Post {
    fn new() -> Arc<Self> {
        Arc::new(Self { mailbox: Mailbox::new(), interrupter: OnceLock::new() })
    }

    /// Leaves a letter and cuts short the answer to the one before.
    ///
    /// The interrupt may also hit the *new* statement; the thread then sees that no newer letter waits and asks again.
    fn put(&self, letter: Letter) {
        self.mailbox.put(letter);
        if let Some(interrupter) = self.interrupter.get() {
            interrupter.interrupt();
        }
    }
}

/// Threads that answer the window's requests.
pub struct ThreadBackend {
    list: Arc<Post>,
    counts: Arc<Post>,
    pane: Option<Sender<Letter>>,
    writer: Option<Sender<Letter>>,
    export: Option<Sender<Letter>>,
    press: Option<Sender<Letter>>,
    preview: Option<Sender<Letter>>,
    watch: Option<Watch>,
    out: Outbox,
    events: Receiver<Event>,
    event_sender: Sender<Event>,
    /// Of the work that the writer is (or will be) at: to be stopped when the window goes.
    progress: Vec<Arc<Progress>>,
    last_ticket: u64,
    threads: Vec<JoinHandle<()>>,
}

/// What the worker needs to begin.
pub struct Setup {
    /// The archive's file; made if it is not there.
    pub archive: PathBuf,
    /// Place list to begin with.
    pub places: PlaceList,
    /// Section list.
    pub sections: SectionList,
}

impl ThreadBackend {
    /// Starts the threads; the archive is opened on one of them, so this returns at once.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub fn start(setup: Setup, waker: Waker) -> Result<Self, WorkerError> {
        let (event_sender, events) = bounded(EVENT_QUEUE);
        let (writer, writer_letters) = bounded(REQUEST_QUEUE);
        let (pane, pane_letters) = bounded(REQUEST_QUEUE);
        let (export, export_letters) = bounded(REQUEST_QUEUE);
        let (press, press_letters) = bounded(REQUEST_QUEUE);
        let (preview, preview_letters) = bounded::<Letter>(REQUEST_QUEUE);
        let (list, counts) = (Post::new(), Post::new());
        let out = Outbox { events: event_sender.clone(), waker };
        let mut backend = Self {
            list: list.clone(),
            counts: counts.clone(),
            pane: Some(pane),
            writer: Some(writer),
            export: Some(export),
            press: Some(press),
            preview: Some(preview),
            watch: None,
            out: out.clone(),
            events,
            event_sender,
            progress: Vec::new(),
            last_ticket: 0,
            threads: Vec::new(),
        };
        // Readers can only be made once the writer has opened (and perhaps migrated) the file.
        let (list_reader, counts_reader, pane_reader) = (bounded(1), bounded(1), bounded(1));
        let (export_reader, press_reader) = (bounded(1), bounded(1));
        let readers = [list_reader.0, counts_reader.0, pane_reader.0, export_reader.0, press_reader.0];
        let writer_out = out.clone();
        let (previewer_in, previewer) = bounded(1);
        backend.spawn("baoku-writer", move || {
            write(setup, &writer_letters, &readers, &previewer_in, &writer_out);
        })?;
        let preview_out = out.clone();
        backend.spawn("baoku-preview", move || {
            if let Ok((reader, desk)) = previewer.recv() {
                serve_previews(&reader, &desk, &preview_letters, &preview_out);
            }
        })?;
        for (name, post, reader) in [("baoku-list", list, list_reader.1), ("baoku-counts", counts, counts_reader.1)] {
            let out = out.clone();
            backend.spawn(name, move || {
                if let Ok(reader) = reader.recv() {
                    serve_post(&post, &reader, &out);
                }
            })?;
        }
        let presses =
            [("baoku-export", export_letters, export_reader.1), ("baoku-press", press_letters, press_reader.1)];
        for (name, letters, reader) in presses {
            let out = out.clone();
            backend.spawn(name, move || serve_press(&letters, &reader, &out))?;
        }
        backend.spawn("baoku-pane", move || {
            if let Ok(reader) = pane_reader.1.recv() {
                for (ticket, request) in pane_letters {
                    out.answer(ticket, answer_read(&reader, request));
                }
            }
        })?;
        Ok(backend)
    }

    /// Ends the watching that there is and begins another.
    fn watch_folder(&mut self, ticket: Ticket, folder: Option<PathBuf>) {
        self.watch = None;
        let Some(folder) = folder else { return };
        let out = self.out.clone();
        match Watch::start(folder, move |event| out.send(event)) {
            Ok((watch, thread)) => {
                self.threads.retain(|thread| !thread.is_finished());
                self.threads.push(thread);
                self.watch = Some(watch);
            }
            Err(err) => self.out.send(Event::Failed(ticket, Arc::new(err))),
        }
    }

    fn spawn(&mut self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), WorkerError> {
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(WorkerError::Thread)?;
        self.threads.push(thread);
        Ok(())
    }
}

impl Backend for ThreadBackend {
    fn send(&mut self, request: Request) -> Ticket {
        self.last_ticket += 1;
        let ticket = Ticket(self.last_ticket);
        if let Some(progress) = request.progress() {
            self.progress.retain(|progress| Arc::strong_count(progress) > 1);
            self.progress.push(progress.clone());
        }
        let queue = match &request {
            Request::Rows { .. } => {
                self.list.put((ticket, request));
                return ticket;
            }
            Request::Counts(_) => {
                self.counts.put((ticket, request));
                return ticket;
            }
            Request::Watch(folder) => {
                self.watch_folder(ticket, folder.clone());
                return ticket;
            }
            Request::Preview { .. } => &self.preview,
            request if request.is_write() => &self.writer,
            request if request.is_export() => &self.export,
            request if request.is_press() => &self.press,
            _ => &self.pane,
        };
        // A full queue means that the thread hangs; the window must not hang with it.
        if queue.as_ref().is_none_or(|queue| queue.try_send((ticket, request)).is_err()) {
            let _ = self.event_sender.try_send(Event::Failed(ticket, Arc::new(WorkerError::Gone)));
        }
        ticket
    }

    fn poll(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }
}

impl Drop for ThreadBackend {
    /// Ends the threads and waits for them, so that the archive is closed properly (an import stops at its next batch).
    fn drop(&mut self) {
        self.progress.iter().for_each(|progress| progress.cancel());
        self.writer = None;
        self.pane = None;
        self.export = None;
        self.press = None;
        self.preview = None;
        self.watch = None;
        for post in [&self.list, &self.counts] {
            post.mailbox.close();
            if let Some(interrupter) = post.interrupter.get() {
                interrupter.interrupt();
            }
        }
        // Drain: a thread may be waiting for a place in the event queue.
        while self.threads.iter().any(|thread| !thread.is_finished()) {
            while self.events.try_recv().is_ok() {}
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
}

/// Where the threads put their events.
#[derive(Clone)]
struct Outbox {
    events: Sender<Event>,
    waker: Waker,
}

impl Outbox {
    fn send(&self, event: Event) {
        // The window is gone when this fails; there is nobody left to tell.
        let _ = self.events.send(event);
        self.waker.wake_by_ref();
    }

    fn answer(&self, ticket: Ticket, result: Result<Reply, WorkerError>) {
        self.send(match result {
            Ok(reply) => Event::Reply(ticket, reply),
            Err(err) => Event::Failed(ticket, Arc::new(err)),
        });
    }
}

fn write(
    setup: Setup,
    letters: &Receiver<Letter>,
    readers: &[Sender<Reader>],
    previewer: &Sender<(Reader, SharedDesk)>,
    out: &Outbox,
) {
    let opened = Archive::open(&setup.archive).map_err(WorkerError::from).and_then(|archive| {
        let notices = archive.notices().to_vec();
        let writer = Writer::new(archive, &setup.places, setup.sections);
        for sender in readers {
            // The channel has room for exactly this one; a thread that is gone needs no reader.
            let _ = sender.send(writer.reader()?);
        }
        let _ = previewer.send((writer.reader()?, writer.desk()));
        Ok((writer, notices))
    });
    match opened {
        Ok((mut writer, notices)) => {
            out.send(Event::Opened(notices));
            // Requests that came in during an import and are no notes wait here for its end.
            let mut waiting = VecDeque::new();
            while let Some((ticket, request)) = waiting.pop_front().or_else(|| letters.recv().ok()) {
                let result = writer.answer(request, &mut |archive| {
                    for (ticket, request) in letters.try_iter() {
                        match request {
                            Request::Write(note) => out.answer(ticket, notes::write(archive, note)),
                            other => waiting.push_back((ticket, other)),
                        }
                    }
                });
                out.answer(ticket, result);
            }
        }
        Err(err) => out.send(Event::OpenFailed(Arc::new(err))),
    }
}

fn serve_press(letters: &Receiver<Letter>, reader: &Receiver<Reader>, out: &Outbox) {
    let Ok(reader) = reader.recv() else { return };
    let mut press = Press::new(reader);
    for (ticket, request) in letters {
        out.answer(ticket, press.answer(ticket, request));
    }
}

fn serve_previews(reader: &Reader, desk: &SharedDesk, letters: &Receiver<Letter>, out: &Outbox) {
    for (ticket, request) in letters {
        if let Request::Preview { plan, progress } = request {
            let told = answer_preview(reader, desk, &plan, &progress, &mut |reply| {
                out.send(Event::Reply(ticket, reply));
            });
            if let Err(err) = told {
                out.send(Event::Failed(ticket, Arc::new(err)));
            }
        }
    }
}

fn serve_post(post: &Post, reader: &Reader, out: &Outbox) {
    let _ = post.interrupter.set(reader.interrupt_handle());
    while let Some((ticket, request)) = post.mailbox.take() {
        loop {
            match answer_read(reader, request.clone()) {
                Err(WorkerError::Archive(err)) if err.is_interrupted() => {
                    if post.mailbox.has_letter() {
                        break; // nobody waits for this answer any more
                    }
                }
                result => {
                    out.answer(ticket, result);
                    break;
                }
            }
        }
    }
}
