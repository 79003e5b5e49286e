//! File dialogs, and files shown by other programs. The system's dialog is made on the window's thread (macOS wants it so)
//! and waited for on another.

use super::i18n::Tr;
use super::press::reveal;
use crate::worker::export::Format;
use crossbeam_channel::{Receiver, Sender, bounded};
use rfd::{AsyncFileDialog, FileHandle};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What was chosen in a dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Picked {
    /// Files or folders to import.
    Import(Vec<PathBuf>),
    /// A place list.
    Places(PathBuf),
    /// Where an export goes.
    Place(PathBuf),
    /// A template of booklets.
    Template(PathBuf),
    /// A set that was exported.
    Set(PathBuf),
    /// A folder to watch.
    Watch(PathBuf),
    /// A file that no program of the system would show.
    NotShown(PathBuf),
    /// The system has no file dialogs.
    NoDialog,
}

/// A person needs longer to close a dialog again.
const QUICKEST: Duration = Duration::from_millis(250);

/// Opens dialogs and collects what was chosen.
pub struct FileDialogs {
    sender: Sender<Picked>,
    picked: Receiver<Picked>,
}

impl Default for FileDialogs {
    fn default() -> Self {
        let (sender, picked) = bounded(8);
        Self { sender, picked }
    }
}

impl FileDialogs {
    /// Asks for text files, zips and exported articles.
    pub fn import_files(&self, ctx: &egui::Context, tr: Tr) -> std::io::Result<()> {
        let dialog = AsyncFileDialog::new()
            .set_title(tr.t("dialog.files"))
            .add_filter(tr.t("dialog.dumps"), &["txt", "TXT", "zip", "ZIP", "json", "JSON"])
            .add_filter(tr.t("dialog.all"), &["*"]);
        let future = dialog.pick_files();
        self.ask(ctx, async { future.await.map(|files| Picked::Import(paths(&files))) })
    }

    /// Asks for a folder.
    pub fn import_folder(&self, ctx: &egui::Context, tr: Tr) -> std::io::Result<()> {
        let future = AsyncFileDialog::new().set_title(tr.t("dialog.folder")).pick_folders();
        self.ask(ctx, async { future.await.map(|folders| Picked::Import(paths(&folders))) })
    }

    /// Asks for a folder to watch.
    pub fn watch_folder(&self, ctx: &egui::Context, tr: Tr) -> std::io::Result<()> {
        let future = AsyncFileDialog::new().set_title(tr.t("dialog.watch")).pick_folder();
        self.ask(ctx, async { future.await.map(|folder| Picked::Watch(folder.path().to_owned())) })
    }

    /// Asks for a place list.
    pub fn places(&self, ctx: &egui::Context, tr: Tr) -> std::io::Result<()> {
        let dialog = AsyncFileDialog::new().set_title(tr.t("dialog.places")).add_filter(tr.t("dialog.toml"), &["toml"]);
        let future = dialog.pick_file();
        self.ask(ctx, async { future.await.map(|file| Picked::Places(file.path().to_owned())) })
    }

    /// Asks for the file that an export becomes.
    pub fn export_file(&self, ctx: &egui::Context, tr: Tr, path: &Path, format: Format) -> std::io::Result<()> {
        let mut dialog = AsyncFileDialog::new()
            .set_title(tr.t("dialog.export"))
            .add_filter(tr.join("format", format.word()), &[format.extension()]);
        if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = path.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        let future = dialog.save_file();
        self.ask(ctx, async { future.await.map(|file| Picked::Place(file.path().to_owned())) })
    }

    /// Asks for the folder that an export of one file each goes to.
    pub fn export_folder(&self, ctx: &egui::Context, tr: Tr, folder: Option<&Path>) -> std::io::Result<()> {
        let mut dialog = AsyncFileDialog::new().set_title(tr.t("dialog.export-folder"));
        if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        let future = dialog.pick_folder();
        self.ask(ctx, async { future.await.map(|folder| Picked::Place(folder.path().to_owned())) })
    }

    /// Asks for a template of booklets.
    pub fn template(&self, ctx: &egui::Context, tr: Tr) -> std::io::Result<()> {
        let dialog = AsyncFileDialog::new().set_title(tr.t("dialog.template")).add_filter(tr.t("dialog.typ"), &["typ"]);
        let future = dialog.pick_file();
        self.ask(ctx, async { future.await.map(|file| Picked::Template(file.path().to_owned())) })
    }

    /// Asks for a set that was exported.
    pub fn set(&self, ctx: &egui::Context, tr: Tr) -> std::io::Result<()> {
        let dialog =
            AsyncFileDialog::new().set_title(tr.t("dialog.set")).add_filter(tr.t("dialog.sets"), &["json", "pdf"]);
        let future = dialog.pick_file();
        self.ask(ctx, async { future.await.map(|file| Picked::Set(file.path().to_owned())) })
    }

    /// What was chosen since the last call.
    pub fn poll(&self) -> Option<Picked> {
        self.picked.try_recv().ok()
    }

    /// Opens a file with the system's program for it.
    pub fn open(&self, ctx: &egui::Context, path: PathBuf) -> std::io::Result<()> {
        self.wait(ctx, async { (!reveal::open(&path)).then_some(Picked::NotShown(path)) })
    }

    /// Shows a file in the system's file manager.
    pub fn reveal(&self, ctx: &egui::Context, path: PathBuf) -> std::io::Result<()> {
        self.wait(ctx, async { (!reveal::reveal(&path)).then_some(Picked::NotShown(path)) })
    }

    /// Waits for a dialog. One that is gone at once was not closed by anybody: there was none.
    fn ask(
        &self,
        ctx: &egui::Context,
        dialog: impl Future<Output = Option<Picked>> + Send + 'static,
    ) -> std::io::Result<()> {
        let asked = Instant::now();
        self.wait(ctx, async move {
            match dialog.await {
                None if asked.elapsed() < QUICKEST => Some(Picked::NoDialog),
                chosen => chosen,
            }
        })
    }

    fn wait(
        &self,
        ctx: &egui::Context,
        dialog: impl Future<Output = Option<Picked>> + Send + 'static,
    ) -> std::io::Result<()> {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::Builder::new().name("baoku-dialog".to_owned()).spawn(move || {
            if let Some(picked) = pollster::block_on(dialog) {
                // The window is gone when this fails.
                let _ = sender.send(picked);
                ctx.request_repaint();
            }
        })?;
        Ok(())
    }
}

fn paths(files: &[FileHandle]) -> Vec<PathBuf> {
    files.iter().map(|file| file.path().to_owned()).collect()
}
