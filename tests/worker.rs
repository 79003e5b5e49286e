//! The threaded worker over a real archive: answers come, newer questions win, work can be stopped, closing is clean.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::export::Format;
use baoku::ingest::{places, sections};
use baoku::model::{Filter, SearchRequest, Selection};
use baoku::worker::export::ExportPlan;
use baoku::worker::import::ImportPlan;
use baoku::worker::{Backend as _, Event, Progress, Reply, Request, Setup, ThreadBackend, Ticket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

/// Counts how often the window would have been woken.
#[derive(Default)]
struct Bell(AtomicU64);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn start(archive: &Path) -> (ThreadBackend, Arc<Bell>) {
    let bell = Arc::new(Bell::default());
    let places = places::read(Path::new("assets/samples/places.toml")).unwrap();
    let setup = Setup { archive: archive.to_owned(), places, sections: sections::builtin() };
    (ThreadBackend::start(setup, Waker::from(bell.clone())).unwrap(), bell)
}

/// Waits for the first event that `pick` takes. The limit is for a hang, not for speed.
fn wait<T>(backend: &mut ThreadBackend, mut pick: impl FnMut(Event) -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        while let Some(event) = backend.poll() {
            if let Some(found) = pick(event) {
                return found;
            }
        }
        assert!(began.elapsed() < Duration::from_secs(60), "no answer");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn wait_reply(backend: &mut ThreadBackend, wanted: Ticket) -> Reply {
    wait(backend, |event| match event {
        Event::Reply(ticket, reply) if ticket == wanted => Some(reply),
        Event::Failed(ticket, err) if ticket == wanted => panic!("{err}"),
        _ => None,
    })
}

fn import(backend: &mut ThreadBackend, paths: Vec<PathBuf>, progress: &Arc<Progress>) -> Ticket {
    let plan = ImportPlan { paths, ..ImportPlan::default() };
    backend.send(Request::Import { plan, progress: progress.clone() })
}

#[test]
fn questions_are_answered_and_wake_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, bell) = start(&folder.path().join("a.baoku"));
    wait(&mut backend, |event| matches!(event, Event::Opened(_)).then_some(()));
    let progress = Arc::default();
    let ticket = import(&mut backend, vec!["assets/samples".into()], &progress);
    let Reply::Imported(report) = wait_reply(&mut backend, ticket) else { panic!("no report") };
    assert_eq!(report.pages, 6);
    assert_eq!(progress.snapshot().pages, 6);
    let ticket = backend.send(Request::Rows { search: SearchRequest::default(), offset: 0, limit: 500 });
    let Reply::Rows { rows, .. } = wait_reply(&mut backend, ticket) else { panic!("no rows") };
    assert_eq!(rows.len() as u64, report.articles);
    let ticket = backend.send(Request::Article(rows[0].id));
    let Reply::Article(Some(article)) = wait_reply(&mut backend, ticket) else { panic!("no article") };
    assert_eq!(article.article.title, rows[0].title.text);
    let ticket = backend.send(Request::Page(article.page_id));
    let Reply::Page(Some(page)) = wait_reply(&mut backend, ticket) else { panic!("no page") };
    assert!(page.articles.iter().any(|a| a.id == article.id));
    assert!(bell.0.load(Ordering::Relaxed) >= 4);
}

#[test]
fn of_many_searches_the_last_is_always_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, _) = start(&folder.path().join("a.baoku"));
    let ticket = import(&mut backend, vec!["assets/samples".into()], &Arc::default());
    wait_reply(&mut backend, ticket);
    for round in 0..40 {
        let mut last = Ticket::default();
        for query in ["村", "村民", "县", "的", "路灯"] {
            let search = SearchRequest { query: query.to_owned(), ..Default::default() };
            backend.send(Request::Rows { search: search.clone(), offset: 0, limit: 50 });
            last = backend.send(Request::Counts(search));
        }
        let Reply::Counts(facets) = wait_reply(&mut backend, last) else { panic!("no counts in round {round}") };
        assert!(facets.total > 0);
    }
}

#[test]
fn a_cancelled_import_keeps_what_it_stored_and_can_be_continued() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, _) = start(&folder.path().join("a.baoku"));
    let progress: Arc<Progress> = Arc::default();
    progress.cancel();
    let ticket = import(&mut backend, vec!["assets/samples".into()], &progress);
    let Reply::Imported(report) = wait_reply(&mut backend, ticket) else { panic!("no report") };
    assert!(report.cancelled);
    let ticket = import(&mut backend, vec!["assets/samples".into()], &Arc::default());
    let Reply::Imported(again) = wait_reply(&mut backend, ticket) else { panic!("no report") };
    assert!(!again.cancelled);
    assert_eq!(report.pages + again.pages, 6);
}

#[test]
fn another_place_list_and_a_rebuild_change_the_towns() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, _) = start(&folder.path().join("a.baoku"));
    let ticket = import(&mut backend, vec!["assets/samples".into()], &Arc::default());
    wait_reply(&mut backend, ticket);
    let own = places::read(Path::new("assets/samples/places.toml")).unwrap().towns[0].name.clone();
    let count = |backend: &mut ThreadBackend| {
        let filter = Filter { towns: vec![own.clone()], ..Filter::default() };
        let ticket = backend.send(Request::Counts(SearchRequest { filter, ..Default::default() }));
        let Reply::Counts(facets) = wait_reply(backend, ticket) else { panic!("no counts") };
        facets.total
    };
    assert!(count(&mut backend) > 0, "{own} is in the samples");
    let ticket = backend.send(Request::SetPlaces(None));
    let Reply::PlacesSet { towns, .. } = wait_reply(&mut backend, ticket) else { panic!("not set") };
    assert!(towns > 0);
    let ticket = backend.send(Request::Rebuild(Arc::default()));
    let Reply::Rebuilt(report) = wait_reply(&mut backend, ticket) else { panic!("not rebuilt") };
    assert_eq!(report.pages, 6);
    assert!(report.changes.pages > 0 && report.changes.different > 0, "{report:?}");
    assert_eq!(count(&mut backend), 0, "the bundled list does not know {own}");
}

#[test]
fn a_file_that_is_no_archive_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "这不是库文件".repeat(200)).unwrap();
    let (mut backend, _) = start(&file);
    let error = wait(&mut backend, |event| match event {
        Event::OpenFailed(err) => Some(err.to_string()),
        Event::Opened(_) => panic!("opened a text file as an archive"),
        _ => None,
    });
    assert!(!error.is_empty());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "这不是库文件".repeat(200));
}

#[test]
fn closing_in_the_middle_of_an_import_leaves_a_sound_archive() {
    let folder = tempfile::tempdir().unwrap();
    let dumps = folder.path().join("dumps");
    std::fs::create_dir(&dumps).unwrap();
    let sample = std::fs::read_to_string("assets/samples/2024-03-18_A2.txt").unwrap();
    for i in 0..150 {
        std::fs::write(dumps.join(format!("2024-03-{:02}_B{i}.txt", i % 28 + 1)), format!("{sample}\n第{i}号"))
            .unwrap();
    }
    let archive = folder.path().join("a.baoku");
    let (mut backend, _) = start(&archive);
    let progress: Arc<Progress> = Arc::default();
    import(&mut backend, vec![dumps.clone()], &progress);
    let began = Instant::now();
    while progress.snapshot().pages == 0 && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(2));
    }
    drop(backend);
    let stored = progress.snapshot().pages;
    let (mut backend, _) = start(&archive);
    let ticket = import(&mut backend, vec![dumps], &Arc::default());
    let Reply::Imported(report) = wait_reply(&mut backend, ticket) else { panic!("no report") };
    assert_eq!(stored + report.pages, 150, "nothing twice, nothing lost");
}

fn export_plan(folder: &Path, format: Format) -> Box<ExportPlan> {
    Box::new(ExportPlan {
        selection: Selection::Result(SearchRequest::default()),
        format,
        options: baoku::export::Options::default(),
        output: folder.join(format!("剪报.{}", format.extension())),
        is_one_file_each: false,
    })
}

#[test]
fn an_export_runs_beside_everything_else_and_says_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, _) = start(&folder.path().join("a.baoku"));
    let ticket = import(&mut backend, vec!["assets/samples".into()], &Arc::default());
    let Reply::Imported(report) = wait_reply(&mut backend, ticket) else { panic!("no report") };
    for format in [Format::Json, Format::Pdf] {
        let progress: Arc<Progress> = Arc::default();
        let plan = export_plan(folder.path(), format);
        let path = plan.output.clone();
        let ticket = backend.send(Request::Export { plan, progress: progress.clone() });
        let Reply::Exported(_, done) = wait_reply(&mut backend, ticket) else { panic!("not exported") };
        assert_eq!(done.written.expect("a file").articles, report.articles);
        assert_eq!(progress.snapshot().fraction(), Some(1.0), "{format:?}");
        assert!(path.is_file());
    }
    let left = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path());
    assert!(left.into_iter().all(|path| path.extension().is_none_or(|ending| ending != "part")));
}

#[test]
fn a_cancelled_export_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, _) = start(&folder.path().join("a.baoku"));
    let ticket = import(&mut backend, vec!["assets/samples".into()], &Arc::default());
    wait_reply(&mut backend, ticket);
    let progress: Arc<Progress> = Arc::default();
    progress.cancel();
    let plan = export_plan(folder.path(), Format::Pdf);
    let path = plan.output.clone();
    let sent = backend.send(Request::Export { plan, progress });
    let is_cancelled = wait(&mut backend, |event| match event {
        Event::Failed(ticket, err) if ticket == sent => Some(err.is_cancelled()),
        Event::Reply(ticket, _) if ticket == sent => panic!("it went on"),
        _ => None,
    });
    assert!(is_cancelled);
    assert!(!path.exists());
}

#[test]
fn pages_are_laid_out_once_and_drawn_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let (mut backend, _) = start(&folder.path().join("a.baoku"));
    let ticket = import(&mut backend, vec!["assets/samples".into()], &Arc::default());
    wait_reply(&mut backend, ticket);
    let of = backend.send(Request::LayOut {
        selection: Selection::Result(SearchRequest::default()),
        options: Box::default(),
        progress: Arc::default(),
    });
    let Reply::LaidOut(made) = wait_reply(&mut backend, of) else { panic!("not laid out") };
    assert!(made.pages.len() > 2 && made.articles > 5);
    let draw = |backend: &mut ThreadBackend, of, page| {
        let ticket = backend.send(Request::DrawPage { of, page, pixels_per_point: 1.0 });
        let Reply::PageDrawn { picture, .. } = wait_reply(backend, ticket) else { panic!("not drawn") };
        picture
    };
    let picture = draw(&mut backend, of, 0).expect("a picture");
    assert_eq!((picture.width, picture.height), (595, 842));
    assert!(draw(&mut backend, of, made.pages.len()).is_none());
    // After another layout the pages of the old one are not drawn by mistake.
    let next = backend.send(Request::LayOut {
        selection: Selection::Articles(Vec::new()),
        options: Box::default(),
        progress: Arc::default(),
    });
    let Reply::LaidOut(made) = wait_reply(&mut backend, next) else { panic!("not laid out") };
    assert!(made.pages.is_empty());
    assert!(draw(&mut backend, of, 0).is_none());
}
