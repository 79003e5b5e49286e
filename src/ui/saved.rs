//! What the window remembers between runs. Everything else is state of the session.

use super::density::Density;
use super::i18n::Lang;
use super::press::Choices;
use super::theme::{ThemeChoice, size};
use crate::model::{ArticleId, SearchRequest};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Type face of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    /// 宋体.
    #[default]
    Serif,
    /// 黑体.
    Sans,
}

/// User state, stored by eframe in the platform's data folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// Language of the window.
    pub lang: Lang,
    /// Theme.
    pub theme: ThemeChoice,
    /// The last search: text, filters, order.
    pub search: SearchRequest,
    /// The open article.
    pub open: Option<ArticleId>,
    /// The archive that `search` and `open` belong to; another archive starts afresh.
    pub archive: PathBuf,
    /// Whether the filter panel is shown.
    pub shows_filters: bool,
    /// Whether the list is shown. It or the reader always is.
    pub shows_list: bool,
    /// Whether the reader is shown.
    pub shows_reader: bool,
    /// Whether the reader shows the page's original lines.
    pub shows_source: bool,
    /// Whether the page's original lines are shown beside the article.
    pub shows_beside: bool,
    /// Type face of the reader.
    pub face: Face,
    /// How close the rows of the list stand.
    pub density: Density,
    /// Type of the reader, in points.
    pub reader_size: f32,
    /// Place list file; the bundled one when absent.
    pub places: Option<PathBuf>,
    /// Whether files are looked at before they are imported.
    pub previews_imports: bool,
    /// What was said about the files of folders, to be said again.
    pub folders: BTreeMap<PathBuf, FolderMemory>,
    /// The watched folder; of the archive, like `search`.
    pub watched: Option<PathBuf>,
    /// What was chosen about exports and prints.
    pub press: Choices,
}

/// What was said about the files of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FolderMemory {
    /// Their newspaper (报名).
    pub newspaper: Option<String>,
    /// Their encoding.
    pub encoding: Option<String>,
}

/// Folders that are remembered.
const KEPT_FOLDERS: usize = 500;

impl Default for Saved {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            theme: ThemeChoice::default(),
            search: SearchRequest::default(),
            open: None,
            archive: PathBuf::new(),
            shows_filters: true,
            shows_list: true,
            shows_reader: true,
            shows_source: false,
            shows_beside: false,
            face: Face::default(),
            density: Density::default(),
            reader_size: size::READER,
            places: None,
            previews_imports: true,
            folders: BTreeMap::new(),
            watched: None,
            press: Choices::default(),
        }
    }
}

impl Saved {
    /// Key in eframe's storage.
    pub const KEY: &'static str = "baoku";

    /// The state to begin with for `archive`: what was searched and open belongs to the archive it was seen in.
    pub fn for_archive(mut self, archive: &std::path::Path) -> Self {
        if self.archive != archive {
            self.search = SearchRequest::default();
            self.open = None;
            self.watched = None;
            self.archive = archive.to_owned();
        }
        self
    }

    /// Remembers what was said about folders.
    pub fn remember_folders(&mut self, said: BTreeMap<PathBuf, FolderMemory>) {
        self.folders.extend(said);
        while self.folders.len() > KEPT_FOLDERS {
            self.folders.pop_first();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_archive_starts_afresh_but_keeps_the_look() {
        let saved = Saved {
            lang: Lang::English,
            open: Some(ArticleId(3)),
            archive: "a.baoku".into(),
            search: SearchRequest { query: "圩堤".into(), ..Default::default() },
            ..Default::default()
        };
        assert_eq!(saved.clone().for_archive("a.baoku".as_ref()), saved);
        let other = saved.for_archive("b.baoku".as_ref());
        assert_eq!((other.lang, other.open, other.search.query.as_str()), (Lang::English, None, ""));
    }
}
