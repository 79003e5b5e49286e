//! What an import would do, to be looked at and corrected before it is done: one row for each file.
//!
//! Pure state: the dialog draws it, the app fills it from the worker and makes an import of it.

use super::saved::FolderMemory;
use crate::ingest::{FileOverride, Overrides, parse_date};
use crate::model::{FileOutcome, Hints};
use crate::worker::{Glimpse, PreviewFile, Progress, Ticket};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Texts as they stand in the fields of a row, or of the bar above the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Newspaper (报名).
    pub newspaper: String,
    /// Publication date.
    pub date: String,
    /// Page label (版次).
    pub page: String,
}

impl Fields {
    fn of(glimpse: &Glimpse) -> Self {
        Self {
            newspaper: glimpse.newspaper.clone().unwrap_or_default(),
            date: glimpse.date.map(|(date, _)| date.to_string()).unwrap_or_default(),
            page: glimpse.page_label.clone().unwrap_or_default(),
        }
    }

    /// Whether the date is none or can be read.
    pub fn has_good_date(&self) -> bool {
        self.date.trim().is_empty() || parse_date(&self.date).is_some()
    }

    /// What the fields say that `found` does not.
    fn hints(&self, found: &Self) -> Hints {
        let changed = |now: &str, was: &str| {
            let now = now.trim();
            (!now.is_empty() && now != was).then(|| now.to_owned())
        };
        Hints {
            newspaper: changed(&self.newspaper, &found.newspaper),
            page_label: changed(&self.page, &found.page),
            date: changed(&self.date, &found.date).and_then(|date| parse_date(&date)),
            ..Hints::default()
        }
    }

    /// Takes over what is not blank in `other`; the page only where it can be one page's.
    fn fill_from(&mut self, other: &Self, takes_page: bool) {
        for (own, new) in [(&mut self.newspaper, &other.newspaper), (&mut self.date, &other.date)] {
            if !new.trim().is_empty() {
                new.trim().clone_into(own);
            }
        }
        if takes_page && !other.page.trim().is_empty() {
            other.page.trim().clone_into(&mut self.page);
        }
    }
}

/// One file with what the user says about it.
#[derive(Clone, Debug)]
pub struct PreviewRow {
    /// What was found in it.
    pub file: PreviewFile,
    /// Whether it will be imported.
    pub is_taken: bool,
    /// The fields; they begin with what was found.
    pub fields: Fields,
    /// The encoding that was chosen.
    pub encoding: Option<String>,
    /// The fields as they were found.
    found: Fields,
    /// The newspaper that all its neighbours in the folder are of, where the file itself does not say.
    inferred: Option<String>,
}

impl PreviewRow {
    fn new(file: PreviewFile) -> Self {
        let found = file.found.as_ref().map(|glimpse| Fields::of(glimpse)).unwrap_or_default();
        Self { file, is_taken: true, fields: found.clone(), encoding: None, found, inferred: None }
    }

    /// Whether it can become pages.
    pub fn is_usable(&self) -> bool {
        self.file.found.is_ok()
    }

    /// Whether all of it is in the archive already.
    pub fn is_known(&self) -> bool {
        self.file.found.as_ref().is_ok_and(|glimpse| glimpse.known_pages >= glimpse.pages)
    }

    /// Whether it holds one page, so that one page label fits it.
    pub fn is_one_page(&self) -> bool {
        self.file.found.as_ref().is_ok_and(|glimpse| glimpse.pages == 1)
    }

    /// Whether the newspaper stands there because the folder's other files are of it.
    pub fn is_newspaper_inferred(&self) -> bool {
        self.inferred.as_ref() == Some(&self.fields.newspaper)
    }

    fn folder(&self) -> &Path {
        self.file.source.path.parent().unwrap_or(Path::new(""))
    }

    fn said(&self) -> FileOverride {
        FileOverride {
            hints: self.fields.hints(&self.found),
            encoding: self.encoding.clone(),
            is_skipped: !self.is_taken,
        }
    }

    /// The file was looked at again: fields that the user had not touched follow.
    fn renew(&mut self, file: PreviewFile) {
        let new = file.found.as_ref().map(|glimpse| Fields::of(glimpse)).unwrap_or_default();
        let old = std::mem::replace(&mut self.found, new.clone());
        let fields = &mut self.fields;
        for (own, was, now) in [
            (&mut fields.newspaper, old.newspaper, new.newspaper),
            (&mut fields.date, old.date, new.date),
            (&mut fields.page, old.page, new.page),
        ] {
            if *own == was {
                *own = now;
            }
        }
        self.file = file;
    }
}

/// An import that has not begun yet.
#[derive(Debug)]
pub struct ImportPreview {
    /// What was dropped or chosen.
    pub paths: Vec<PathBuf>,
    /// The look at all of it.
    pub ticket: Ticket,
    /// Where that look says how far it is.
    pub progress: Arc<Progress>,
    /// The files, in the order they will be imported.
    pub rows: Vec<PreviewRow>,
    /// Whether all files have been looked at.
    pub is_done: bool,
    /// Rows that the fields above are about; all, if none is picked.
    pub picked: BTreeSet<usize>,
    /// The row whose beginning is shown.
    pub shown: usize,
    /// The fields above the rows.
    pub bulk: Fields,
    /// What was said about all files, those not listed included.
    said_of_all: Fields,
    /// Looks at single files again, in another encoding.
    pub again: BTreeSet<Ticket>,
    memory: BTreeMap<PathBuf, FolderMemory>,
}

impl ImportPreview {
    /// A preview of `paths`, being looked at; `memory` is what was said about folders before.
    pub fn new(
        paths: Vec<PathBuf>,
        ticket: Ticket,
        progress: Arc<Progress>,
        memory: BTreeMap<PathBuf, FolderMemory>,
    ) -> Self {
        Self {
            paths,
            ticket,
            progress,
            rows: Vec::new(),
            is_done: false,
            picked: BTreeSet::new(),
            shown: 0,
            bulk: Fields::default(),
            said_of_all: Fields::default(),
            again: BTreeSet::new(),
            memory,
        }
    }

    /// Takes files in; returns the rows that should be read again in the encoding their folder was read in before.
    pub fn take(&mut self, ticket: Ticket, files: Vec<PreviewFile>, is_last: bool) -> Vec<(usize, String)> {
        let mut again = Vec::new();
        if ticket == self.ticket {
            for file in files {
                let mut row = PreviewRow::new(file);
                if let Some(memory) = self.memory.get(row.folder()) {
                    let newspaper = memory.newspaper.clone().unwrap_or_default();
                    row.fields.fill_from(&Fields { newspaper, ..Fields::default() }, false);
                    again.extend(memory.encoding.clone().filter(|_| is_doubtful(&row)).map(|e| (self.rows.len(), e)));
                }
                row.fields.fill_from(&self.said_of_all, row.is_one_page());
                self.rows.push(row);
            }
            self.is_done |= is_last;
            if is_last {
                self.infer_newspapers();
            }
        } else if self.again.contains(&ticket) {
            for file in files {
                if let Some(row) = self.rows.iter_mut().find(|row| row.file.source == file.source) {
                    row.renew(file);
                }
            }
            if is_last {
                self.again.remove(&ticket);
            }
        }
        again
    }

    /// Inner pages carry no masthead. Where all files of a folder that name a newspaper name the same one, the others are
    /// of it too; the dialog shows that this was inferred.
    fn infer_newspapers(&mut self) {
        let mut by_folder: BTreeMap<PathBuf, Option<String>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !row.fields.newspaper.is_empty()) {
            let name = row.fields.newspaper.clone();
            by_folder
                .entry(row.folder().to_owned())
                .and_modify(|one| *one = one.take().filter(|one| *one == name))
                .or_insert(Some(name.clone()));
        }
        for row in self.rows.iter_mut().filter(|row| row.is_usable() && row.fields.newspaper.is_empty()) {
            if let Some(Some(name)) = by_folder.get(row.folder()) {
                row.fields.newspaper.clone_from(name);
                row.inferred = Some(name.clone());
            }
        }
    }

    /// The rows that the fields above are about.
    pub fn aimed_at(&self) -> Vec<usize> {
        if self.picked.is_empty() { (0..self.rows.len()).collect() } else { self.picked.iter().copied().collect() }
    }

    /// Writes the fields above into the rows they are about.
    pub fn apply_bulk(&mut self) {
        let bulk = std::mem::take(&mut self.bulk);
        for index in self.aimed_at() {
            if let Some(row) = self.rows.get_mut(index) {
                let is_one_page = row.is_one_page();
                row.fields.fill_from(&bulk, is_one_page);
            }
        }
        if self.picked.is_empty() {
            self.said_of_all.fill_from(&bulk, true);
        }
    }

    /// Rows that will be imported, and those of them whose date cannot be read.
    pub fn counts(&self) -> (usize, usize) {
        let taken = || self.rows.iter().filter(|row| row.is_taken && row.is_usable());
        // Asked once a frame, of thousands of rows: only dates that were typed are read.
        let typed = taken().filter(|row| row.fields.date != row.found.date);
        (taken().count(), typed.filter(|row| !row.fields.has_good_date()).count())
    }

    /// Rows that will be imported and bring something the archive does not hold.
    pub fn new_files(&self) -> usize {
        self.rows.iter().filter(|row| row.is_taken && row.is_usable() && !row.is_known()).count()
    }

    /// Everything the user says, for the import.
    pub fn overrides(&self) -> Overrides {
        let all = Hints { page_label: None, ..self.said_of_all.hints(&Fields::default()) };
        let mut overrides = Overrides::from(all);
        for row in &self.rows {
            let said = row.said();
            if said != FileOverride::default() {
                let source = &row.file.source;
                overrides.files.insert((source.path.clone(), source.member.clone()), said);
            }
        }
        overrides
    }

    /// What was said about whole folders, to be remembered: a newspaper or an encoding that was given to any of its
    /// files, if it was the same for all that were given one.
    pub fn folders(&self) -> BTreeMap<PathBuf, FolderMemory> {
        let mut out: BTreeMap<PathBuf, FolderMemory> = BTreeMap::new();
        let mut mixed: BTreeSet<PathBuf> = BTreeSet::new();
        for row in self.rows.iter().filter(|row| row.is_taken) {
            let said = row.said();
            let said = FolderMemory { newspaper: said.hints.newspaper, encoding: said.encoding };
            if said == FolderMemory::default() {
                continue;
            }
            let folder = row.folder().to_owned();
            match out.get(&folder) {
                Some(before) if *before != said => {
                    mixed.insert(folder);
                }
                _ => {
                    out.insert(folder, said);
                }
            }
        }
        out.retain(|folder, _| !mixed.contains(folder));
        out
    }
}

/// Whether the guess of the encoding may be wrong.
fn is_doubtful(row: &PreviewRow) -> bool {
    match &row.file.found {
        Ok(glimpse) => !glimpse.is_encoding_sure,
        Err(outcome) => matches!(outcome, FileOutcome::Undecodable { .. }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;
    use crate::worker::Evidence;

    fn file(name: &str) -> PreviewFile {
        let glimpse = Glimpse {
            encoding: "GB18030".into(),
            is_encoding_sure: true,
            pages: 1,
            known_pages: 0,
            articles: 4,
            newspaper: None,
            date: Some((jiff::civil::date(2024, 3, 18), Evidence::Name)),
            page_label: Some("A1".into()),
            opening: "头版".into(),
        };
        let source = Source { path: Path::new("甲报").join(name), member: None, part: 1 };
        PreviewFile { source, found: Ok(Box::new(glimpse)) }
    }

    fn preview(memory: BTreeMap<PathBuf, FolderMemory>) -> ImportPreview {
        let mut preview = ImportPreview::new(vec!["甲报".into()], Ticket(1), Arc::default(), memory);
        preview.take(Ticket(1), vec![file("1.txt"), file("2.txt")], true);
        preview
    }

    #[test]
    fn what_is_left_as_it_was_found_is_not_said() {
        let preview = preview(BTreeMap::new());
        assert_eq!(preview.overrides(), Overrides::default());
        assert_eq!(preview.counts(), (2, 0));
        assert!(preview.folders().is_empty());
    }

    #[test]
    fn the_fields_above_go_into_all_rows_or_into_those_picked() {
        let mut preview = preview(BTreeMap::new());
        preview.bulk = Fields { newspaper: " 乙报 ".into(), ..Fields::default() };
        preview.apply_bulk();
        preview.picked.insert(1);
        preview.bulk = Fields { date: "2024.3.19".into(), ..Fields::default() };
        preview.apply_bulk();
        let said = |n: usize| preview.rows[n].said().hints;
        assert_eq!((said(0).newspaper.as_deref(), said(0).date), (Some("乙报"), None));
        assert_eq!(said(1).date, Some(jiff::civil::date(2024, 3, 19)));
        assert_eq!(preview.overrides().all.newspaper.as_deref(), Some("乙报"), "files beyond the list too");
    }

    #[test]
    fn a_folder_remembers_what_was_said_about_its_files() {
        let mut first = preview(BTreeMap::new());
        first.bulk.newspaper = "乙报".into();
        first.apply_bulk();
        let again = preview(first.folders());
        assert_eq!(again.rows[0].fields.newspaper, "乙报");
        assert_eq!(again.rows[0].said().hints.newspaper.as_deref(), Some("乙报"));
        first.rows[0].fields.newspaper = "丙报".into();
        assert!(first.folders().is_empty(), "two newspapers in one folder: neither is the folder's");
    }

    #[test]
    fn a_page_without_a_masthead_is_of_its_neighbours_newspaper() {
        let named = |name: &str, newspaper: Option<&str>| {
            let mut file = file(name);
            if let Ok(glimpse) = &mut file.found {
                glimpse.newspaper = newspaper.map(str::to_owned);
            }
            file
        };
        let mut preview = ImportPreview::new(Vec::new(), Ticket(1), Arc::default(), BTreeMap::new());
        preview.take(Ticket(1), vec![named("1.txt", Some("甲报")), named("2.txt", None)], true);
        assert_eq!(preview.rows[1].fields.newspaper, "甲报");
        assert!(preview.rows[1].is_newspaper_inferred() && !preview.rows[0].is_newspaper_inferred());
        let mut preview = ImportPreview::new(Vec::new(), Ticket(1), Arc::default(), BTreeMap::new());
        let files = [Some("甲报"), Some("乙报"), None, Some("甲报")].map(|newspaper| named("x.txt", newspaper));
        preview.take(Ticket(1), files.into(), true);
        assert_eq!(preview.rows[2].fields.newspaper, "", "two newspapers in one folder");
    }

    #[test]
    fn a_date_that_cannot_be_read_is_counted() {
        let mut preview = preview(BTreeMap::new());
        preview.rows[0].fields.date = "明天".into();
        assert_eq!(preview.counts(), (2, 1));
        preview.rows[0].is_taken = false;
        assert_eq!(preview.counts(), (1, 0));
        assert!(preview.overrides().files.values().any(|said| said.is_skipped));
    }

    #[test]
    fn a_file_read_again_keeps_what_was_typed() {
        let mut preview = preview(BTreeMap::new());
        preview.rows[0].fields.newspaper = "乙报".into();
        preview.again.insert(Ticket(2));
        let mut other = file("1.txt");
        if let Ok(glimpse) = &mut other.found {
            (glimpse.newspaper, glimpse.page_label) = (Some("丙报".into()), Some("B2".into()));
        }
        preview.take(Ticket(2), vec![other], true);
        let fields = &preview.rows[0].fields;
        assert_eq!((fields.newspaper.as_str(), fields.page.as_str()), ("乙报", "B2"));
        assert!(preview.again.is_empty());
    }
}
