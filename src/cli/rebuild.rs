//! `baoku rebuild`: articles made anew from the stored text.

use super::console::{Console, with_progress};
use super::{Ending, open};
use crate::archive::{RepairsOf, Replaced};
use crate::worker::Progress;
use crate::worker::rebuild::run_rebuild;
use std::path::Path;

pub(super) fn run(
    archive: &Path,
    all: bool,
    places: Option<&Path>,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let desk = open::desk(places)?;
    let mut archive = open::existing(archive)?;
    let progress = Progress::new();
    let report = with_progress(&progress, || run_rebuild(&mut archive, &desk, all, &progress))?;
    if json {
        console.json(&report)?;
    } else {
        for (page, error) in &report.failures {
            console.line(format_args!("page {page}: kept as plain text, the engine failed: {error}"))?;
        }
        if report.pages == 0 {
            console.line(format_args!("every page is of this version's engine already"))?;
        } else {
            console.line(format_args!("{} pages made anew: {} articles", report.pages, report.articles))?;
            let Replaced { pages, new, different, gone } = report.changes;
            if pages == 0 {
                console.line(format_args!("nothing came out differently"))?;
            } else {
                console.line(format_args!(
                    "{pages} of them came out differently: {new} articles new, {different} changed, {gone} gone"
                ))?;
            }
        }
        if report.cancelled {
            console.line(format_args!("stopped: the other pages keep their articles"))?;
        }
        let kept = archive.reader()?.repairs(RepairsOf::All)?;
        let kept = kept.iter().filter(|made| !made.is_undone && made.trouble.is_some()).count();
        if kept > 0 {
            console.line(format_args!("{kept} repairs do not fit their page any more and are kept: baoku repairs"))?;
        }
        console.finish()?;
    }
    Ok(if report.failures.is_empty() { Ending::Done } else { Ending::Nothing })
}
