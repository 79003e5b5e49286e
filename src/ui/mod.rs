//! The window. The only room that knows egui.
//!
//! Panels are functions over a snapshot that push [`command::Command`]s; [`app::App`] carries them out, talks to the
//! worker and keeps the state. Nothing here opens a file or a database.

use crate::ingest::{places, sections};
use crate::model::Hints;
use crate::worker::{Setup, ThreadBackend, WorkerError};
use std::path::PathBuf;
use std::sync::Arc;
use std::task::{Wake, Waker};

pub mod app;
pub mod command;
pub mod density;
pub mod dialogs;
pub mod fonts;
pub mod i18n;
pub mod import_preview;
pub mod page_lines;
pub mod panels;
pub mod press;
pub mod results;
pub mod saved;
pub mod selection;
pub mod theme;
pub mod typeset;
pub mod widgets;

mod carry_out;
mod carry_repairs;
mod files;
mod history;
mod ime;
mod importing;
mod names;
pub mod repair_words;
mod selecting;
pub(crate) mod session;
mod soft_break;
mod welcome;

/// What the log leaves out: the window system warns of every missing desktop nicety, and a user can do nothing about them.
pub const LOG_FILTER: &str = "winit=error";

/// What the window begins with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The archive's file; made if it is not there.
    pub archive: PathBuf,
    /// Files and folders to import at once.
    pub import: Vec<PathBuf>,
    /// What the command line says about them.
    pub overrides: Hints,
    /// Place list of the command line, before the one of the settings.
    pub places: Option<PathBuf>,
    /// When the program began, to know how long the first frame took.
    pub started: Option<std::time::Instant>,
}

/// Why the window cannot be shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UiError {
    /// No desktop session.
    #[error(
        "there is no display to open a window on; use the command line instead, e.g. `baoku import FILE…`, \
         `baoku search WORDS`, `baoku --help`"
    )]
    NoDisplay,
    /// The desktop refused the window.
    #[error("the window could not be opened: {0}")]
    Window(#[source] eframe::Error),
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// [`UiError::NoDisplay`] without a desktop session, [`UiError::Window`] when the desktop refuses.
pub fn run(options: Options) -> Result<(), UiError> {
    if !has_display() {
        return Err(UiError::NoDisplay);
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title("报库 Baoku")
        .with_app_id("baoku")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([720.0, 420.0])
        .with_icon(icon());
    let native = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        system_font_fallback: false,
        centered: true,
        // There are no gradients that would show steps, and it costs every pixel without a graphics card.
        dithering: false,
        ..Default::default()
    };
    let create = move |cc: &eframe::CreationContext<'_>| {
        let app = create(cc, options)?;
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("baoku", native, Box::new(create)).map_err(|err| match err {
        eframe::Error::WinitEventLoop(_) => UiError::NoDisplay,
        other => UiError::Window(other),
    })
}

fn create(cc: &eframe::CreationContext<'_>, options: Options) -> Result<app::App, WorkerError> {
    app::prepare(&cc.egui_ctx);
    if ime::is_x11() {
        cc.egui_ctx.add_plugin(ime::KeepImeAlive);
    }
    let saved: saved::Saved =
        cc.storage.and_then(|storage| eframe::get_value(storage, saved::Saved::KEY)).unwrap_or_default();
    let saved = saved.for_archive(&options.archive);
    // A place list that has been moved away must not keep the window from opening.
    let file = options.places.as_ref().or(saved.places.as_ref());
    let places = file.and_then(|file| places::read(file).ok()).unwrap_or_else(places::builtin);
    let summary = (places.city.clone(), places.towns.len());
    let setup = Setup { archive: options.archive.clone(), places, sections: sections::builtin() };
    let waker = Waker::from(Arc::new(Repaint(cc.egui_ctx.clone())));
    let backend = ThreadBackend::start(setup, waker)?;
    Ok(app::App::new(saved, Box::new(backend), options, summary).with_rich_clipboard())
}

/// Wakes the window from a worker thread.
struct Repaint(egui::Context);

impl Wake for Repaint {
    fn wake(self: Arc<Self>) {
        self.0.request_repaint();
    }
}

/// Whether a desktop session is there to ask for a window. Only X11 and Wayland tell by the environment.
fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn icon() -> egui::IconData {
    // The icon is our own file; if it could not be read the window would still be worth having.
    let Ok(picture) = image::load_from_memory(include_bytes!("../../assets/icon/baoku.png")) else {
        return egui::IconData::default();
    };
    let picture = picture.into_rgba8();
    egui::IconData { width: picture.width(), height: picture.height(), rgba: picture.into_raw() }
}
