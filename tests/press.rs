//! Export, preview and print in the window, by role and label, over a real archive that answers at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]

#[path = "support/window.rs"]
mod window;

use baoku::export::Manifest;
use baoku::ui::command::Action;
use baoku::ui::saved::Saved;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::io::Write as _;
use std::path::PathBuf;
use window::{USUAL, Window, ZH, folder_with_samples};

/// A window whose archive holds the sample pages, with a folder for documents.
fn with_samples() -> Window {
    let folder = folder_with_samples();
    let documents = folder.path().join("文档");
    std::fs::create_dir(&documents).unwrap();
    let mut saved = Saved::default();
    saved.press.folder = Some(documents);
    let window = Window::over(folder, saved, USUAL);
    assert!(window.rows().len() > 5);
    window
}

impl Window {
    /// Opens a combo box and takes one of its entries.
    fn choose(&mut self, list: &str, entry: &str) {
        self.harness.get_by_role_and_label(Role::ComboBox, list).click();
        self.settle();
        self.harness.get_all_by_label(entry).last().expect("the entry").click();
        self.settle();
    }

    /// What a combo box shows.
    fn chosen(&self, list: &str) -> String {
        let node = self.harness.get_by_role_and_label(Role::ComboBox, list);
        node.accesskit_node().value().expect("something is chosen")
    }

    fn documents(&self) -> PathBuf {
        self.folder.path().join("文档")
    }

    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.documents()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn the_open_article_becomes_a_file_named_after_it() {
    let mut window = with_samples();
    let title = window.rows()[0].clone();
    window.click_row(&title);
    window.press(Action::Export);
    assert_eq!(window.chosen(&ZH.t("press.scope")), ZH.t("press.scope-open"));
    window.choose(&ZH.t("press.format"), &ZH.join("format", "txt"));
    assert!(window.has_text(&ZH.t("press.gb18030")), "plain text has its encodings");
    window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
    window.settle();
    let files = window.files();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(files[0].starts_with("2024-") && files[0].ends_with(".txt"), "{files:?}");
    let text = std::fs::read_to_string(window.documents().join(&files[0])).unwrap();
    assert!(text.contains("槐川日报·2024年"), "{text}");
    assert!(window.has_text(&files[0]), "the notice names the file");
    assert!(window.has_text(&ZH.t("press.show-in-folder")));
    window.click(&ZH.t("press.dismiss"));
    assert!(!window.has_text(&ZH.t("press.show-in-folder")));
    // What was chosen is remembered.
    assert_eq!(window.harness.state().saved_state().press.format.word(), "txt");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_somebody_says_so() {
    let mut window = with_samples();
    let title = window.rows()[0].clone();
    window.click_row(&title);
    for round in 0..2 {
        window.press(Action::Export);
        window.choose(&ZH.t("press.format"), &ZH.join("format", "md"));
        window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
        window.settle();
        if round == 0 {
            let file = window.documents().join(&window.files()[0]);
            std::fs::write(file, "旧").unwrap();
        }
    }
    let file = window.documents().join(&window.files()[0]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "旧");
    assert!(window.has_text(&ZH.t("press.exists")));
    window.click(&ZH.t("press.replace"));
    assert!(std::fs::read_to_string(&file).unwrap().contains(&title));
}

#[test]
fn the_whole_result_becomes_a_folder_with_a_list() {
    let mut window = with_samples();
    let total = window.harness.state().result_count();
    window.click(&ZH.t("list.export"));
    assert_eq!(window.chosen(&ZH.t("press.scope")), ZH.f("press.scope-result", &[("n", total.to_string())]));
    window.choose(&ZH.t("press.format"), &ZH.join("format", "txt"));
    window.click(&ZH.t("press.one-each"));
    window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
    window.settle();
    let folder = window.documents().join(&window.files()[0]);
    assert!(folder.is_dir());
    let manifest = Manifest::open(&folder).unwrap();
    assert_eq!(manifest.articles.len() as u64, total);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count() as u64, total + 1);
}

#[test]
fn the_basket_is_exported_and_opens_again() {
    let mut window = with_samples();
    let rows = window.rows();
    for title in &rows[..3] {
        window.click_row(title);
        window.press(Action::ToggleBasket);
    }
    window.press(Action::ShowBasket);
    window.click(&ZH.t("basket.export"));
    assert_eq!(window.chosen(&ZH.t("press.scope")), ZH.f("press.scope-basket", &[("n", "3".into())]));
    window.choose(&ZH.t("press.format"), &ZH.join("format", "pdf"));
    window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
    window.settle();
    let booklet = window.documents().join(&window.files()[0]);
    let titles: Vec<String> = Manifest::open(&booklet).unwrap().articles.into_iter().map(|a| a.title).collect();
    assert_eq!(titles, rows[..3]);
}

#[test]
fn exported_json_in_a_zip_is_looked_at_and_taken_back() {
    let mut window = with_samples();
    let total = window.harness.state().result_count();
    window.click(&ZH.t("list.export"));
    window.choose(&ZH.t("press.format"), &ZH.join("format", "json"));
    window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
    window.settle();
    let json = std::fs::read(window.documents().join(&window.files()[0])).unwrap();
    let path = window.documents().join("交接.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    zip.start_file("全部.json", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&json).unwrap();
    zip.finish().unwrap();
    let mut other = Window::empty();
    other.drop_files(&[path]);
    assert_eq!(other.harness.state().result_count(), 0, "looked at before it is imported");
    assert!(other.has_text("全部.json"), "the preview names what is in the zip");
    other.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(other.harness.state().result_count(), total);
}

#[test]
fn a_booklet_that_is_dropped_opens_its_set_again() {
    let mut window = with_samples();
    let rows = window.rows();
    window.press(Action::SelectAll);
    window.press(Action::Export);
    window.choose(&ZH.t("press.format"), &ZH.join("format", "pdf"));
    window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
    window.settle();
    let booklet = window.documents().join(&window.files()[0]);
    window.drop_files(&[booklet]);
    let total = rows.len().max(Manifest::open(&window.documents().join(&window.files()[0])).unwrap().articles.len());
    assert!(window.has_text(&format!("{total} 篇已放入选稿篮")), "the set is in the basket");
    // Another PDF is no dump and no set: that is said.
    let other = window.documents().join("别的.pdf");
    std::fs::write(&other, b"%PDF-1.4\n%%EOF\n").unwrap();
    window.drop_files(&[other]);
    assert!(window.has_text(&ZH.t("press.not-a-set")));
}

#[test]
fn pages_are_seen_before_they_are_printed() {
    let mut window = with_samples();
    window.click(&ZH.t("list.print"));
    window.settle();
    let first = ZH.f("press.page", &[("n", "1".into())]);
    assert!(window.harness.query_by_role_and_label(Role::Image, &first).is_some(), "the cover");
    assert!(window.has_text(&ZH.t("press.save-pdf")), "a PDF can always be had");
    // Another paper is laid out at once.
    let pages = |window: &Window| {
        let mut labels = window.harness.query_all_by_label_contains("共 ").filter_map(|n| {
            let node = n.accesskit_node();
            node.label().or_else(|| node.value())
        });
        labels.rfind(|label| label.ends_with('页')).expect("the number of pages")
    };
    let a4 = pages(&window);
    window.click(&ZH.join("paper", "a5"));
    assert_ne!(pages(&window), a4);
    window.click(&ZH.t("press.save-pdf"));
    assert!(window.has_text(&ZH.t("press.where")), "the export dialog with the same choices");
    window.harness.get_by_role_and_label(Role::Button, &ZH.t("press.export")).click();
    window.settle();
    assert!(window.files()[0].ends_with(".pdf"), "{:?}", window.files());
    let bytes = std::fs::read(window.documents().join(&window.files()[0])).unwrap();
    let pdf = hayro_syntax::Pdf::new(bytes).unwrap();
    let width = pdf.pages()[0].render_dimensions().0;
    assert!((width - 419.5).abs() < 1.0, "A5 is 419.5 points wide, not {width}");
}

#[test]
fn escape_closes_the_pages() {
    let mut window = with_samples();
    window.press(Action::Print);
    assert!(window.has_text(&ZH.t("press.preview-title")));
    window.harness.key_press(egui::Key::Escape);
    window.settle();
    assert!(!window.has_text(&ZH.t("press.save-pdf")));
}

#[test]
fn a_citation_is_copied_in_the_form_of_the_standard() {
    let mut window = with_samples();
    let title = window.rows()[0].clone();
    window.click_row(&title);
    let shortcut = Action::CopyCitation.shortcut().unwrap();
    window.harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
    let copied = window.copied();
    assert!(copied.contains(&title) && copied.contains("[N]. 槐川日报, 2024-"), "{copied}");
}
