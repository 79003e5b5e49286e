//! `baoku import`: dumps into the archive, and what became of each.

use super::console::{Console, with_progress};
use super::{Ending, open};
use crate::ingest::Refusal;
use crate::model::{FileOutcome, FileReport, Hints, ImportReport, Warning, WarningKind};
use crate::worker::Progress;
use crate::worker::import::{ImportPlan, run_import};
use std::path::{Path, PathBuf};

pub(super) fn run(
    archive: &Path,
    paths: Vec<PathBuf>,
    overrides: Hints,
    places: Option<&Path>,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let desk = open::desk(places)?;
    let mut archive = open::or_new(archive)?;
    let plan = ImportPlan { paths, overrides: overrides.into(), ..ImportPlan::default() };
    let progress = Progress::new();
    let report = with_progress(&progress, || run_import(&mut archive, &plan, &desk, &progress, &mut |_| {}))?;
    if json {
        console.json(&report)?;
    } else {
        print(&report, console)?;
    }
    Ok(if report.problems > 0 || report.files.is_empty() { Ending::Nothing } else { Ending::Done })
}

fn print(report: &ImportReport, console: &mut Console) -> anyhow::Result<()> {
    for file in &report.files {
        if let Some(words) = words(file) {
            console.line(format_args!("{}: {words}", file.source.display()))?;
        }
        for words in doubts(file) {
            console.line(format_args!("{}: {words}", file.source.display()))?;
        }
    }
    console.line(format_args!("{}", summary(report)))?;
    Ok(console.finish()?)
}

/// What reading a file left in doubt; what reconstruction did stands in the report.
fn doubts(file: &FileReport) -> Vec<String> {
    let FileOutcome::Imported { warnings, .. } = &file.outcome else { return Vec::new() };
    let words = |(part, warning): &(u32, Warning)| match warning.kind {
        WarningKind::UnsureEncoding => Some(format!("read as {}, but it does not look like it", warning.detail)),
        WarningKind::ControlCharacters => Some(format!("control characters on page {part}: {}", warning.detail)),
        _ => None,
    };
    warnings.iter().filter_map(words).collect()
}

/// The last line: what was new, known and refused.
fn summary(report: &ImportReport) -> String {
    let files = report.files.len() as u64;
    if files == 0 {
        return "nothing imported: no dumps (.txt, .zip) there".to_owned();
    }
    let mut parts = Vec::new();
    if report.pages > 0 {
        parts.push(format!("imported {} with {}", count(report.pages, "page"), count(report.articles, "article")));
    } else {
        parts.push("nothing new imported".to_owned());
    }
    if report.duplicates > 0 {
        parts.push(format!("{} known already", count(report.duplicates, "file")));
    }
    if report.problems > 0 {
        parts.push(format!("{} with a problem", count(report.problems, "file")));
    }
    if report.cancelled {
        parts.push("stopped before the end; import again to go on".to_owned());
    }
    format!("{} ({}, {:.1} s)", parts.join("; "), count(files, "file"), report.seconds)
}

fn count(n: u64, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// What to say about one file; nothing when it simply went in.
pub(super) fn words(file: &FileReport) -> Option<String> {
    Some(match &file.outcome {
        FileOutcome::Imported { known_pages: 0, .. } => return None,
        FileOutcome::Imported { pages, known_pages, .. } => {
            format!(
                "{} imported, {} known already",
                count((*pages).into(), "page"),
                count((*known_pages).into(), "page")
            )
        }
        FileOutcome::Duplicate { of } if *of == file.source.display() => "known already, skipped".to_owned(),
        FileOutcome::Duplicate { of } => format!("known already, skipped: same text as {of}"),
        FileOutcome::Empty => "empty: no text in it".to_owned(),
        FileOutcome::NotText { looks_like } if looks_like == "binary" => "not text: binary data".to_owned(),
        FileOutcome::NotText { looks_like } => format!("not text: it looks like {looks_like}"),
        FileOutcome::Undecodable { guess, offset } => {
            format!(
                "fits no encoding: it looks like {guess}, but the bytes at offset {offset} do not fit; not imported"
            )
        }
        FileOutcome::TooLarge { size_bytes, limit_bytes } => {
            format!("too large: {} bytes or more, the limit is {limit_bytes}", size_bytes)
        }
        FileOutcome::Refused { why } => {
            format!("refused: {}", Refusal::from_word(why).map_or(why.as_str(), |refusal| refusal.sentence()))
        }
        FileOutcome::Unreadable { error } => format!("cannot be read: {error}"),
        FileOutcome::EngineFailed { error } => format!("kept as plain text, the engine failed: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_when_nothing_was_new() {
        let file = FileReport {
            source: crate::model::Source { path: "a.txt".into(), member: None, part: 1 },
            encoding: None,
            outcome: FileOutcome::Duplicate { of: "a.txt".to_owned() },
        };
        assert_eq!(words(&file).unwrap(), "known already, skipped");
        let report = ImportReport { files: vec![file], duplicates: 1, ..ImportReport::default() };
        assert_eq!(summary(&report), "nothing new imported; 1 file known already (1 file, 0.0 s)");
        assert!(summary(&ImportReport::default()).starts_with("nothing imported"));
    }
}
