//! `baoku check`: is the archive's file sound?

use super::console::Console;
use super::{Ending, open};
use std::path::Path;

pub(super) fn run(archive: &Path, json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    let _ = (open::existing(archive)?, json, console);
    Ok(Ending::Done)
}
