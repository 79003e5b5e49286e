//! The archive and the desk, opened as commands need them.

use super::console::say;
use super::failure::Failure;
use crate::archive::{Archive, ArchiveError, Notice, Reader};
use crate::ingest::{Desk, places, sections};
use anyhow::Context as _;
use std::path::Path;

/// An archive that must be there.
pub(super) fn reader(path: &Path) -> anyhow::Result<Reader> {
    must_exist(path)?;
    // Opening for writing first brings an old file to this version's format and mends its index; of a file that cannot be
    // written to that is done to a copy.
    let archive = Archive::open(path)?;
    tell(archive.notices());
    Ok(archive.reader()?)
}

/// An archive to look through that must be there; a copy of it will do.
pub(super) fn to_examine(path: &Path) -> anyhow::Result<Archive> {
    must_exist(path)?;
    let archive = Archive::open(path)?;
    tell(archive.notices());
    Ok(archive)
}

/// An archive to write to that must be there.
pub(super) fn existing(path: &Path) -> anyhow::Result<Archive> {
    must_exist(path)?;
    or_new(path)
}

/// An archive to write to, made if it is not there.
pub(super) fn or_new(path: &Path) -> anyhow::Result<Archive> {
    let archive = Archive::open(path)?;
    if archive.is_copy() {
        return Err(ArchiveError::ReadOnly { path: path.to_owned() }.into());
    }
    tell(archive.notices());
    Ok(archive)
}

/// A desk with the named place list, or the one that ships.
pub(super) fn desk(list: Option<&Path>) -> anyhow::Result<Desk> {
    let list = match list {
        Some(path) => places::read(path).context("cannot use the place list")?,
        None => places::builtin(),
    };
    Ok(Desk::new(&list, &sections::builtin()))
}

fn must_exist(path: &Path) -> Result<(), Failure> {
    if path.is_file() { Ok(()) } else { Err(Failure::NoArchive { path: path.to_owned() }) }
}

fn tell(notices: &[Notice]) {
    for notice in notices {
        match notice {
            Notice::NetworkDrive { file_system } => say(format_args!(
                "note: the archive lies on a network drive ({file_system}); let only one program write to it"
            )),
            Notice::Copied => {
                say(format_args!("note: the archive cannot be written to; a temporary copy of it is read"))
            }
            Notice::Migrated { from, to } => {
                say(format_args!("note: the archive was brought from format {from} to format {to}"));
            }
            Notice::IndexRebuilt { articles } => {
                say(format_args!("note: the search index was rebuilt for {articles} articles"));
            }
            // An import that stopped is continued by importing again; nothing to say on every command.
            _ => log::info!("{notice:?}"),
        }
    }
}
