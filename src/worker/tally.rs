//! Keeps the account of an import: what became of every file, from the stream of its pages.

use super::Progress;
use super::import::Item;
use crate::model::{FileOutcome, FileReport, FiledPage, ImportReport, Source, Warning};

/// The report in the making.
pub(super) struct Tally<'a> {
    progress: &'a Progress,
    report: ImportReport,
    current: Option<File>,
}

/// The file whose pages are coming in.
struct File {
    source: Source,
    encoding: String,
    warnings: Vec<(u32, Warning)>,
    pages: u32,
    articles: u32,
    known_pages: u32,
    known_from: Option<Source>,
    failure: Option<String>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(progress: &'a Progress) -> Self {
        Self { progress, report: ImportReport::default(), current: None }
    }

    /// Anything but a page.
    pub(super) fn item(&mut self, item: Item) {
        match item {
            Item::Begin { source, encoding, warnings } => {
                self.end_file();
                self.current = Some(File {
                    source,
                    encoding,
                    warnings,
                    pages: 0,
                    articles: 0,
                    known_pages: 0,
                    known_from: None,
                    failure: None,
                });
            }
            Item::End => self.end_file(),
            Item::Failed(report) => self.add(report),
            Item::Done { bytes } => self.progress.add_file(bytes),
            Item::Page(_) | Item::Set { .. } => {}
        }
    }

    /// A page of the current file was there already.
    pub(super) fn known_page(&mut self, of: &Source) {
        if let Some(file) = &mut self.current {
            file.known_pages += 1;
            file.known_from.get_or_insert_with(|| of.clone());
        }
    }

    /// A page of the current file was stored.
    pub(super) fn new_page(&mut self, page: &FiledPage, articles: usize, failure: Option<&str>) {
        self.progress.add_stored(1, articles as u64);
        self.report.pages += 1;
        self.report.articles += articles as u64;
        let Some(file) = &mut self.current else { return };
        file.pages += 1;
        file.articles = file.articles.saturating_add(u32::try_from(articles).unwrap_or(u32::MAX));
        let part = page.dump.source.part;
        file.warnings.extend(page.page.warnings.iter().map(|warning| (part, warning.clone())));
        if let Some(failure) = failure {
            file.failure.get_or_insert_with(|| failure.to_owned());
        }
    }

    /// The finished account; a file cut short by a stop stands in it with the pages it has.
    pub(super) fn into_report(mut self) -> ImportReport {
        self.end_file();
        self.report
    }

    fn end_file(&mut self) {
        let Some(file) = self.current.take() else { return };
        let File { source, encoding, warnings, pages, articles, known_pages, known_from, failure } = file;
        let outcome = match (failure, known_from) {
            (Some(error), _) => FileOutcome::EngineFailed { error },
            (None, Some(of)) if pages == 0 => FileOutcome::Duplicate { of: of.display() },
            (None, _) if pages == 0 => return,
            (None, _) => FileOutcome::Imported { pages, articles, known_pages, warnings },
        };
        self.add(FileReport { source, encoding: Some(encoding), outcome });
    }

    fn add(&mut self, report: FileReport) {
        if report.outcome.is_problem() {
            self.report.problems += 1;
            self.progress.add_problem();
        } else if matches!(report.outcome, FileOutcome::Duplicate { .. }) {
            self.report.duplicates += 1;
            self.progress.add_duplicate();
        }
        self.report.files.push(report);
    }
}
