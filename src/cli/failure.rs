//! Errors of the command line, each with a hint what to do about it, and the hints for the errors of other rooms.

use crate::archive::ArchiveError;
use crate::worker::WorkerError;
use jiff::civil::Date;
use std::path::PathBuf;

/// Something typed that cannot be done.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum Failure {
    #[error("there is no file or command {}", name.display())]
    NoSuchFileOrCommand { name: PathBuf },
    #[error("files and a command together")]
    FilesBeforeCommand,
    #[error("--newspaper, --date, --page and --places stand behind the command")]
    OptionsBeforeCommand,
    #[error("{text:?} is not a date")]
    NotADate { text: String },
    #[error("the range {from} to {to} is empty")]
    EmptyRange { from: Date, to: Date },
    #[error("there is no kind {word:?}")]
    NoSuchKind { word: String },
    #[error("--ids, --basket, --saved or --from-manifest together with a query or filters")]
    IdsAndFilters,
    #[error("more than one of --ids, --basket, --saved and --from-manifest")]
    SeveralSelections,
    #[error("{} is a folder", path.display())]
    OutputIsFolder { path: PathBuf },
    #[error("{} is a file", path.display())]
    OutputIsFile { path: PathBuf },
    #[error("there is no role {word:?}")]
    NoSuchRole { word: String },
    #[error("{text:?} names no lines")]
    NotLines { text: String },
    #[error("nothing to repair was named")]
    NothingToRepair,
    #[error("the system names no data folder")]
    NoDataFolder,
    #[error("there is no archive at {}", path.display())]
    NoArchive { path: PathBuf },
}

impl Failure {
    fn hint(&self) -> &'static str {
        match self {
            Self::NoSuchFileOrCommand { .. } => "baoku --help lists the commands",
            Self::FilesBeforeCommand => "a file that is called like a command is named with its folder: ./search",
            Self::OptionsBeforeCommand => "for example: baoku import DUMPS --date 2024-03-05",
            Self::NotADate { .. } => "write 2024-03-05; --from and --to also take 2024-03 and 2024",
            Self::EmptyRange { .. } => "--from is the first day, --to the last",
            Self::NoSuchKind { .. } => "kinds: news, feature, interview, commentary, photo, essay, notice",
            Self::IdsAndFilters => "say which articles in one way: by name or by a search, not both",
            Self::SeveralSelections => "say which articles in one way",
            Self::OutputIsFolder { .. } => "name a file in it, or write a file for each article: --one-file-each",
            Self::OutputIsFile { .. } => "with --one-file-each the output is a folder",
            Self::NoSuchRole { .. } => "baoku repair --help lists the roles",
            Self::NotLines { .. } => "write lines like 12-15,18 and places like 12 or 12:7, both counted from 1",
            Self::NothingToRepair => {
                "for example: baoku repair 7 --title 春耕; baoku repair --help lists what can be done"
            }
            Self::NoDataFolder => "name the archive: --archive FILE",
            Self::NoArchive { .. } => "import dumps first: baoku import FOLDER; or name another: --archive FILE",
        }
    }
}

/// What to do about an error, where that can be said.
pub(super) fn hint(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(|cause| {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            return Some(failure.hint());
        }
        // The worker hands the archive's errors on as they are.
        let worker = cause.downcast_ref::<WorkerError>();
        let inner = worker.and_then(|error| if let WorkerError::Archive(inner) = error { Some(inner) } else { None });
        match inner.or_else(|| cause.downcast_ref::<ArchiveError>())? {
            ArchiveError::Inapplicable { .. } => {
                Some("nothing was changed; baoku show ID --json tells which lines an article has")
            }
            ArchiveError::NotAnArchive { .. } => Some("name another file: --archive FILE"),
            ArchiveError::TooNew { .. } => Some("use the newer Baoku that made it"),
            ArchiveError::Open { .. } => Some("is another program using it, or the folder not writable?"),
            ArchiveError::ReadOnly { .. } => {
                Some("copy it to a folder of yours and name it: --archive FILE; reading needs no copy")
            }
            ArchiveError::Copy { .. } => Some("is there room in the folder for temporary files?"),
            ArchiveError::NoSavedSearch { .. } => Some("searches are saved in the window, behind the search box"),
            ArchiveError::Corrupt { .. } => Some("baoku check examines the file; a backup may be needed"),
            _ => None,
        }
    })
}

/// Whether whoever read our output has gone; not an error of ours.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
        || error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<serde_json::Error>())
            .any(|json| json.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
}
