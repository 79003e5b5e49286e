//! Taking articles away from the window: what can be taken, how, and how far the work is.
//!
//! The dialogs are [`super::dialogs::export`] and [`super::dialogs::preview`]; what they ask for is carried out in `carry`.

mod carry;
mod choices;
mod clipboard;
pub(super) mod reveal;
mod scope;
mod sheets;

pub use choices::Choices;
pub(super) use clipboard::Clipboard;
pub use scope::{Scope, ScopeChoice};
pub use sheets::Sheets;

use crate::worker::export::PagePicture;
use crate::worker::print::Printer;
use crate::worker::{Progress, ProgressSnapshot, Ticket, Words};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the dialogs and buttons ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum PressCommand {
    /// Show the export dialog for these articles.
    ShowExport(Scope),
    /// Show the pages of these articles.
    ShowPreview(Scope),
    /// Begin the export that the dialog describes.
    Export,
    /// Begin it although something of that name is there.
    Replace,
    /// Stop the export under way.
    CancelExport,
    /// Choose where to.
    ChoosePlace,
    /// Choose a template.
    ChooseTemplate,
    /// Lay the pages out anew.
    LayOut,
    /// Draw a page this finely.
    DrawPage(usize, f64),
    /// Print what is laid out.
    Print,
    /// Save what is laid out: the export dialog with the same choices.
    SaveAsPdf,
    /// Look for printers again.
    FindPrinters,
    /// Open a file or folder with the program that is meant for it.
    Open(PathBuf),
    /// Show a file in its folder.
    ShowInFolder(PathBuf),
    /// Open a set that was exported again.
    OpenSet(PathBuf),
    /// Copy the references of these articles.
    CopyCitations(Scope),
    /// The notice about the last export was read.
    Dismiss,
}

/// Whether a file is called like a booklet or like the list of an exported folder.
pub(super) fn is_list_of_set(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.ends_with(".pdf") || name.starts_with("manifest") && name.ends_with(".json")
}

/// The export under way.
#[derive(Debug)]
pub struct RunningExport {
    /// Its request.
    pub ticket: Ticket,
    /// Where it says how far it is, and is told to stop.
    pub progress: Arc<Progress>,
    /// Its figures, read once a frame.
    pub figures: ProgressSnapshot,
}

/// The last export of this run.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The file or folder.
    pub path: PathBuf,
    /// Articles in it.
    pub articles: u64,
    /// Articles that were named and are gone.
    pub missing: usize,
}

/// What has come back from the worker about exports and pages.
#[derive(Debug, Default)]
pub struct PressSession {
    /// The export under way.
    pub export: Option<RunningExport>,
    /// The last export, until its notice is dismissed.
    pub finished: Option<Finished>,
    /// The pages being looked at.
    pub sheets: Option<Sheets>,
    /// The printers, once they are known; or why there are none.
    pub printers: Option<Result<Vec<Printer>, String>>,
    /// What came in and needs the window's context: taken up in the next frame.
    pub arrived: Vec<Arrived>,
}

/// Something for the clipboard or for the graphics card.
#[derive(Debug)]
pub enum Arrived {
    /// Words to be copied.
    Words(Box<Words>),
    /// A page of a layout.
    Page(Ticket, usize, Option<Arc<PagePicture>>),
}
