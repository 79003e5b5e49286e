//! A window over a real archive of the sample pages, answered at once, for stories by role and label.

use baoku::ingest::{places, sections};
use baoku::model::{ArticleId, StoredArticle};
use baoku::ui::Options;
use baoku::ui::app::{App, prepare};
use baoku::ui::command::Action;
use baoku::ui::i18n::{Lang, Tr};
use baoku::ui::saved::Saved;
use baoku::worker::InlineBackend;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::path::{Path, PathBuf};

pub const ZH: Tr = Tr { lang: Lang::Chinese };

pub struct Window {
    pub harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    /// A window whose archive holds the sample pages.
    pub fn with_samples() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("库.baoku");
        let list = places::read(Path::new("assets/samples/places.toml")).unwrap();
        let desk = baoku::ingest::Desk::new(&list, &sections::builtin());
        let plan = baoku::worker::import::ImportPlan { paths: sample_files(), ..Default::default() };
        let mut writer = baoku::archive::Archive::open(&archive).unwrap();
        let progress = baoku::worker::Progress::new();
        baoku::worker::import::run_import(&mut writer, &plan, &desk, &progress, &mut |_| {}).unwrap();
        drop(writer);
        let mut window = Self { harness: harness(&archive, Saved::default()), folder };
        window.settle();
        window
    }

    /// The same archive in a new window, as after closing and opening again.
    pub fn restarted(mut self) -> Self {
        let mut storage = Storage::default();
        eframe::App::save(self.harness.state_mut(), &mut storage);
        let saved = self.harness.state().saved_state().clone();
        let archive = self.archive();
        drop(self.harness);
        let mut window = Self { harness: harness(&archive, saved), folder: self.folder };
        window.settle();
        window
    }

    pub fn archive(&self) -> PathBuf {
        self.folder.path().join("库.baoku")
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

    pub fn press(&mut self, action: Action) {
        let shortcut = action.shortcut().expect("the action has a shortcut");
        self.harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
        self.settle();
    }

    /// Headlines of the rows in view.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListBoxOption);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
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

fn harness(archive: &Path, saved: Saved) -> Harness<'static, App> {
    let archive = archive.to_owned();
    Harness::builder()
        .with_size([1500.0, 1100.0])
        .with_theme(egui::Theme::Light)
        .with_context_setup(prepare)
        .build_eframe(move |_| {
            let list = places::read(Path::new("assets/samples/places.toml")).unwrap();
            let summary = (list.city.clone(), list.towns.len());
            let backend = InlineBackend::open(&archive, &list, sections::builtin()).unwrap();
            let options = Options { archive, ..Options::default() };
            App::new(saved, Box::new(backend), options, summary)
        })
}

fn sample_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("assets/samples")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}
