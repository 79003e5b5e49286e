//! A window over a real archive that answers at once, for stories by role and label.

#![allow(dead_code, reason = "each test file uses a part of it")]

use baoku::ingest::{places, sections};
use baoku::model::{ArticleId, StoredArticle};
use baoku::ui::Options;
use baoku::ui::app::{App, prepare};
use baoku::ui::command::Action;
use baoku::ui::i18n::{Lang, Tr};
use baoku::ui::saved::Saved;
use baoku::worker::InlineBackend;
use egui::accesskit::Role;
use egui::{DroppedFile, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const ZH: Tr = Tr { lang: Lang::Chinese };
/// The size that the window opens in.
pub const USUAL: [f32; 2] = [1280.0, 800.0];
/// Room enough that menus and long articles are in view.
pub const LARGE: [f32; 2] = [1500.0, 1100.0];

/// Name of the archive's file.
const ARCHIVE: &str = "库.baoku";

/// A file that a file manager drops.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|err| err.to_string())
    }
}

pub struct Window {
    pub harness: Harness<'static, App>,
    pub folder: tempfile::TempDir,
    size: [f32; 2],
}

impl Window {
    /// A window over the archive of a folder, which is made if it is not there.
    pub fn over(folder: tempfile::TempDir, saved: Saved, size: [f32; 2]) -> Self {
        let archive = folder.path().join(ARCHIVE);
        let mut window = Self { harness: harness(&archive, saved, size), folder, size };
        window.settle();
        window
    }

    /// A window whose archive is empty.
    pub fn empty() -> Self {
        Self::over(tempfile::tempdir().unwrap(), Saved::default(), USUAL)
    }

    /// A window whose archive holds the sample pages.
    pub fn with_samples(size: [f32; 2]) -> Self {
        Self::over(folder_with_samples(), Saved::default(), size)
    }

    /// The sample pages dropped on an empty window and imported as the preview shows them.
    pub fn imported() -> Self {
        let mut window = Self::empty();
        window.import(&sample_files());
        window
    }

    /// The same archive in a new window, as after closing and opening again.
    pub fn restarted(mut self) -> Self {
        let mut storage = Storage::default();
        eframe::App::save(self.harness.state_mut(), &mut storage);
        let saved = self.harness.state().saved_state().clone();
        self.restarted_as(saved)
    }

    /// The same archive in a new window that remembers this.
    pub fn restarted_as(self, saved: Saved) -> Self {
        drop(self.harness);
        Self::over(self.folder, saved, self.size)
    }

    pub fn drop_files(&mut self, files: &[PathBuf]) {
        for file in files {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
        }
        self.settle();
    }

    /// Drops files and imports them as the preview shows them.
    pub fn import(&mut self, files: &[PathBuf]) {
        self.drop_files(files);
        self.key(Modifiers::NONE, Key::Enter);
    }

    pub fn archive(&self) -> PathBuf {
        self.folder.path().join(ARCHIVE)
    }

    /// The archive beside the window, for looking into it.
    pub fn reader(&self) -> baoku::archive::Reader {
        baoku::archive::Reader::open(&self.archive()).unwrap()
    }

    /// Runs frames until what was asked for is on the screen. News and the like repaint later, so a fixed number.
    pub fn settle(&mut self) {
        self.harness.run_steps(8);
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    /// Clicks the first node whose label holds this text.
    pub fn click_part(&mut self, text: &str) {
        self.harness.get_all_by_label_contains(text).next().unwrap_or_else(|| panic!("no {text}")).click();
        self.settle();
    }

    /// Clicks a line of the source view; a long one reaches beyond its pane, so not with the pointer at its middle.
    pub fn click_line(&mut self, line: u32, text: &str) {
        let label = format!("{line} {text}");
        let is_it = |label: Option<String>| label.is_some_and(|l| l.starts_with(&format!("{line} ")));
        {
            let mut nodes = self.harness.query_all_by_label_contains(&label);
            let node = nodes.find(|node| is_it(node.accesskit_node().label()));
            node.unwrap_or_else(|| panic!("no line {label}")).click_accesskit();
        }
        self.settle();
    }

    /// Clicks a row of the list (the same headline may also stand in the reader).
    pub fn click_row(&mut self, title: &str) {
        self.click_row_with(title, Modifiers::NONE);
    }

    pub fn click_row_with(&mut self, title: &str, modifiers: Modifiers) {
        self.harness.get_by_role_and_label(Role::ListBoxOption, title).click_modifiers(modifiers);
        self.settle();
    }

    /// Clicks a line of the filter panel, which may have to be scrolled to.
    pub fn click_filter(&mut self, label: &str) {
        self.harness.get_by_label(label).scroll_to_me();
        self.settle();
        self.click(label);
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types a text into the field of this name.
    pub fn fill(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.settle();
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.settle();
    }

    /// The same for a field that has a text already.
    pub fn fill_anew(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.settle();
        self.key(Modifiers::COMMAND, Key::A);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.settle();
    }

    pub fn search(&mut self, text: &str) {
        self.press(Action::FocusSearch);
        self.harness.get_by_label(&ZH.t("search.name")).type_text(text);
        self.settle();
    }

    pub fn press(&mut self, action: Action) {
        let shortcut = action.shortcut().expect("the action has a shortcut");
        self.key(shortcut.modifiers, shortcut.logical_key);
    }

    /// Labels of all nodes of a role.
    pub fn labels(&self, role: Role) -> Vec<String> {
        self.harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// Headlines of the rows in view.
    pub fn rows(&self) -> Vec<String> {
        self.labels(Role::ListBoxOption)
    }

    /// The text that the window puts on the clipboard within its next frames.
    pub fn copied(&mut self) -> String {
        let mut copied = None;
        for _ in 0..6 {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            copied = copied.or(commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            }));
        }
        copied.expect("something was copied")
    }

    pub fn has_text(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    pub fn open_id(&self) -> Option<ArticleId> {
        self.harness.state().article_id()
    }

    /// The open article as the archive has it.
    pub fn open_article(&self) -> StoredArticle {
        self.reader().article(self.open_id().expect("an article is open")).unwrap().unwrap()
    }

    /// Opens the article of the list that has the most paragraphs.
    pub fn open_long(&mut self) -> StoredArticle {
        let reader = self.reader();
        let ids = reader.ids(&Default::default()).unwrap();
        let all = ids.into_iter().map(|id| reader.article(id).unwrap().unwrap());
        let long = all.max_by_key(|stored| stored.article.blocks.len()).unwrap();
        let title = long.article.title.clone();
        self.harness.get_by_role_and_label(Role::ListBoxOption, &title).click();
        self.settle();
        assert_eq!(self.open_id(), Some(long.id), "{title}");
        long
    }
}

/// Where eframe would store what is saved.
#[derive(Default)]
struct Storage(std::collections::HashMap<String, String>);

impl eframe::Storage for Storage {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

fn harness(archive: &Path, saved: Saved, size: [f32; 2]) -> Harness<'static, App> {
    let archive = archive.to_owned();
    Harness::builder().with_size(size).with_theme(egui::Theme::Light).with_context_setup(prepare).build_eframe(
        move |_| {
            let list = places::read(Path::new("assets/samples/places.toml")).unwrap();
            let summary = (list.city.clone(), list.towns.len());
            let backend = InlineBackend::open(&archive, &list, sections::builtin()).unwrap();
            let options = Options { archive, ..Options::default() };
            App::new(saved, Box::new(backend), options, summary)
        },
    )
}

pub fn sample_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("assets/samples")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 6);
    files
}

/// A folder whose archive holds the sample pages.
pub fn folder_with_samples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    import_into(&folder, sample_files());
    folder
}

/// A folder whose archive holds these pages, by file name and text.
pub fn folder_with(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let paths = pages.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    let paths = paths.collect();
    import_into(&folder, paths);
    folder
}

/// A folder whose archive holds pages that were made by hand.
pub fn folder_of(pages: &[baoku::model::FiledPage]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = baoku::archive::Archive::open(&folder.path().join(ARCHIVE)).unwrap();
    let import = archive.begin_import().unwrap();
    archive.add_pages(import, pages).unwrap();
    archive.finish_import(import, &Default::default()).unwrap();
    folder
}

fn import_into(folder: &tempfile::TempDir, paths: Vec<PathBuf>) {
    let list = places::read(Path::new("assets/samples/places.toml")).unwrap();
    let desk = baoku::ingest::Desk::new(&list, &sections::builtin());
    let plan = baoku::worker::import::ImportPlan { paths, ..Default::default() };
    let mut writer = baoku::archive::Archive::open(&folder.path().join(ARCHIVE)).unwrap();
    let progress = baoku::worker::Progress::new();
    baoku::worker::import::run_import(&mut writer, &plan, &desk, &progress, &mut |_| {}).unwrap();
}
