//! One export from its first article to its last: one file, or a folder with one file for each article.

use super::output::{PendingFile, Stage, folder_of, sweep};
use super::writer::{self, ArticleWriter};
use super::{ExportError, Format, Item, Manifest, ManifestEntry, NameBook, Options, Watch, file_name, safe_name};
use crate::model::PageId;
use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What an export left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles written.
    pub articles: u64,
    /// The file, or the folder.
    pub path: PathBuf,
    /// The files in a folder, its manifest not counted; 1 for a single file.
    pub files: u64,
}

/// One export. Nothing stands at its place before [`Session::finish`]; dropping it cancels it.
pub struct Session {
    articles: u64,
    target: PathBuf,
    way: Way,
}

enum Way {
    OneFile(Box<dyn ArticleWriter>),
    Folder(Box<Folder>),
}

impl Session {
    /// An export of all articles into the file `path`, which it will replace.
    pub fn into_file(path: &Path, format: Format, options: &Options) -> Result<Self, ExportError> {
        sweep(folder_of(path));
        let writer = writer::begin(format, options, true, PendingFile::create(path)?)?;
        Ok(Self { articles: 0, target: path.to_owned(), way: Way::OneFile(writer) })
    }

    /// An export of each article into a file of its own in `folder`, which is made if it is not there. No file in it is
    /// replaced.
    pub fn into_folder(folder: &Path, format: Format, options: &Options) -> Result<Self, ExportError> {
        let way = Way::Folder(Box::new(Folder::begin(folder, format, options)?));
        Ok(Self { articles: 0, target: folder.to_owned(), way })
    }

    /// The next article.
    pub fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        match &mut self.way {
            Way::OneFile(writer) => writer.add(item)?,
            Way::Folder(folder) => folder.add(item)?,
        }
        self.articles += 1;
        Ok(())
    }

    /// Puts everything in its place. Typesetting happens here; `watch` is asked now and then, and when it says no, the
    /// export ends with [`ExportError::Cancelled`] and leaves nothing.
    pub fn finish(self, watch: &dyn Watch) -> Result<Report, ExportError> {
        let files = match self.way {
            Way::OneFile(writer) => {
                let file = writer.finish(watch)?;
                if !watch.keep_going() {
                    return Err(ExportError::Cancelled);
                }
                file.persist()?;
                1
            }
            Way::Folder(folder) => folder.finish(watch)?,
        };
        Ok(Report { articles: self.articles, path: self.target, files })
    }
}

/// A folder being filled out of sight, beside or inside its final place.
struct Folder {
    target: PathBuf,
    stage: Stage,
    is_new: bool,
    format: Format,
    options: Options,
    names: NameBook,
    manifest: Manifest,
    /// Files in the order they were made; articles of one page share its text.
    files: Vec<String>,
    pages: HashSet<PageId>,
}

impl Folder {
    fn begin(target: &Path, format: Format, options: &Options) -> Result<Self, ExportError> {
        let failed = |source| ExportError::Write { path: target.to_owned(), source };
        let is_new = !target.exists();
        let home = if is_new { folder_of(target) } else { target };
        sweep(home);
        let stage = Stage::create(home).map_err(failed)?;
        Ok(Self {
            target: target.to_owned(),
            stage,
            is_new,
            format,
            options: options.clone(),
            names: NameBook::of_folder(target),
            manifest: Manifest::new(options.title(), options.made_on),
            files: Vec::new(),
            pages: HashSet::new(),
        })
    }

    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        let stored = item.article;
        if self.format == Format::PageText && !self.pages.insert(stored.page_id) {
            return Ok(());
        }
        let name = match self.format {
            Format::PageText => page_file_name(item),
            format => file_name(stored, format.extension()),
        };
        let name = self.names.take(&name);
        let file = PendingFile::create(&self.stage.path().join(&name))?;
        let mut writer = writer::begin(self.format, &self.options, false, file)?;
        writer.add(item)?;
        writer.finish(&|| true)?.persist()?;
        self.manifest.articles.push(ManifestEntry::new(stored, Some(name.clone())));
        self.files.push(name);
        Ok(())
    }

    fn finish(mut self, watch: &dyn Watch) -> Result<u64, ExportError> {
        let name = self.names.take(Manifest::FILE_NAME);
        let mut file = PendingFile::create(&self.stage.path().join(&name))?;
        serde_json::to_writer_pretty(&mut file, &self.manifest)?;
        file.write_all(b"\n")?;
        file.persist()?;
        if !watch.keep_going() {
            return Err(ExportError::Cancelled);
        }
        let count = self.files.len() as u64;
        let failed = |source| ExportError::Write { path: self.target.clone(), source };
        if self.is_new {
            share(self.stage.path()).map_err(failed)?;
            // The stage becomes the folder; there is nothing left to clean up.
            std::fs::rename(self.stage.keep(), &self.target).map_err(failed)?;
        } else {
            for file in self.files.iter().chain([&name]) {
                std::fs::rename(self.stage.path().join(file), self.target.join(file)).map_err(failed)?;
            }
        }
        Ok(count)
    }
}

fn page_file_name(item: &Item<'_>) -> String {
    let stored = item.article;
    let known = [stored.date.best.map(|date| date.to_string()), stored.page_label.clone()];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let stem = if known.is_empty() { format!("页 {}", stored.page_id) } else { known.join(" ") };
    safe_name(&stem, Format::PageText.extension())
}

#[cfg(unix)]
fn share(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn share(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
