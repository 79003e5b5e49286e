//! Paper: which printers there are, and how a PDF gets to one. The system's own print service does the work; nothing here
//! knows what is printed.

#[cfg(unix)]
mod cups;
// Its commands are tested everywhere; they can be given on Windows alone.
#[cfg(any(windows, test))]
#[cfg_attr(not(windows), allow(dead_code, reason = "used on Windows"))]
mod windows;

#[cfg(unix)]
use cups as system;
#[cfg(windows)]
use windows as system;

use crate::export::Paper;

/// A printer as the system calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// Its name.
    pub name: String,
    /// The one that is used when none is named.
    pub is_default: bool,
}

/// Both sides of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Duplex {
    /// One side only.
    #[default]
    Off,
    /// Turned like the leaves of a book.
    LongEdge,
    /// Turned like those of a calendar.
    ShortEdge,
}

impl Duplex {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Off, Self::LongEdge, Self::ShortEdge];

    /// Its word in texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::LongEdge => "long-edge",
            Self::ShortEdge => "short-edge",
        }
    }
}

/// How something is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// Which printer; the default one when none is named.
    pub printer: Option<String>,
    /// How often.
    pub copies: u32,
    /// Both sides or one.
    pub duplex: Duplex,
    /// Paper of the pages.
    pub paper: Paper,
    /// What the queue calls it.
    pub title: String,
}

/// What became of pages that were to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The system's service has them; what it calls the job, where it has a name for it.
    Queued(Option<String>),
    /// No program can be told to print them: they are shown in one from which the user prints.
    Opened,
}

/// Something that cannot be printed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrintError {
    /// The computer has no print service.
    #[error("this computer has no print service (the command {command} is missing)")]
    NoService {
        /// The command that was looked for.
        command: &'static str,
    },
    /// There is a service, but no printer.
    #[error("there is no printer")]
    NoPrinter,
    /// The service did not take it.
    #[error("the print service refused: {words}")]
    Refused {
        /// What it said.
        words: String,
    },
    /// The file for the printer could not be made.
    #[error("cannot hand the pages to the printer")]
    Io(#[from] std::io::Error),
    /// Nothing was laid out.
    #[error("there are no pages to print")]
    NoPages,
}

/// Whether both sides and the number of copies can be told to the system's service.
pub const CAN_CHOOSE_SIDES: bool = cfg!(unix);

/// The printers, the default one first. None is no error here; a missing service is.
pub fn printers() -> Result<Vec<Printer>, PrintError> {
    let mut found = system::printers()?;
    found.sort_by_key(|printer| !printer.is_default);
    Ok(found)
}

/// Prints a PDF.
pub fn print(pdf: &[u8], job: &PrintJob) -> Result<Outcome, PrintError> {
    if printers()?.is_empty() {
        return Err(PrintError::NoPrinter);
    }
    system::print(pdf, job)
}
