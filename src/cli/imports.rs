//! `baoku imports` and `baoku undo`: what came in when, and taking it back.

use super::console::Console;
use super::{Ending, open};
use crate::model::ImportId;
use serde::Serialize;
use std::path::Path;

pub(super) fn list(archive: &Path, json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    let imports = open::reader(archive)?.imports()?;
    if json {
        console.json(&imports)?;
    } else {
        for import in &imports {
            let (id, at) = (import.id, &import.started_at);
            let state = if import.is_finished { "" } else { ", not finished" };
            console.line(format_args!("{id}  {at}  {} pages, {} articles{state}", import.pages, import.articles))?;
        }
        console.finish()?;
    }
    Ok(if imports.is_empty() { Ending::Nothing } else { Ending::Done })
}

pub(super) fn undo(archive: &Path, id: ImportId, json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    #[derive(Serialize)]
    struct Undone {
        import: ImportId,
        articles: u64,
    }
    let mut archive = open::existing(archive)?;
    if !archive.reader()?.imports()?.iter().any(|import| import.id == id) {
        super::console::say(format_args!("error: there is no import {id}"));
        super::console::say(format_args!("hint: baoku imports lists them"));
        return Ok(Ending::Nothing);
    }
    let articles = archive.undo_import(id)?;
    if json {
        console.json(&Undone { import: id, articles })?;
    } else {
        console.line(format_args!("import {id} taken back: {articles} articles removed"))?;
        console.finish()?;
    }
    Ok(Ending::Done)
}
