//! User stories of the window, by role and label, over a real archive that answers at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::ingest::{places, sections};
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

const ZH: Tr = Tr { lang: Lang::Chinese };

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

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let saved = Saved::default();
        Self { harness: harness(&folder.path().join("库.baoku"), saved), folder }
    }

    /// A window whose archive holds the sample pages.
    fn with_samples() -> Self {
        let mut window = Self::open();
        window.import(&sample_files());
        window
    }

    fn drop_files(&mut self, files: &[PathBuf]) {
        for file in files {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
        }
        self.settle();
    }

    /// Drops files and imports them as the preview shows them.
    fn import(&mut self, files: &[PathBuf]) {
        self.drop_files(files);
        self.harness.key_press(Key::Enter);
        self.settle();
    }

    /// Runs frames until what was asked for is on the screen. News and the like repaint later, so a fixed number.
    fn settle(&mut self) {
        self.harness.run_steps(6);
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    /// Clicks a line of the filter panel, which may have to be scrolled to.
    fn click_filter(&mut self, label: &str) {
        self.harness.get_by_label(label).scroll_to_me();
        self.settle();
        self.click(label);
    }

    /// Clicks a row of the list (the same headline may also stand in the reader).
    fn click_row(&mut self, title: &str) {
        self.harness.get_by_role_and_label(Role::ListBoxOption, title).click();
        self.settle();
    }

    fn press(&mut self, action: Action) {
        let shortcut = action.shortcut().expect("the action has a shortcut");
        self.harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
        self.settle();
    }

    fn search(&mut self, text: &str) {
        self.press(Action::FocusSearch);
        self.harness.get_by_label(&ZH.t("search.name")).type_text(text);
        self.settle();
    }

    /// Headlines of the rows in view.
    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListBoxOption);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    fn has_text(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }
}

fn harness(archive: &Path, saved: Saved) -> Harness<'static, App> {
    let archive = archive.to_owned();
    Harness::builder()
        .with_size([1280.0, 800.0])
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
    assert!(files.len() >= 6);
    files
}

#[test]
fn an_empty_archive_says_how_to_begin() {
    let mut window = Window::open();
    window.settle();
    assert!(window.has_text(&ZH.t("welcome.step-1")));
    assert_eq!(
        window.harness.get_all_by_label(&Action::ImportFiles.text(ZH)).count(),
        2,
        "in the bar and in the middle"
    );
}

#[test]
fn hits_outside_of_articles_are_offered_with_the_pages_text() {
    use baoku::model::*;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("库.baoku");
    let mut archive = baoku::archive::Archive::open(&path).unwrap();
    let import = archive.begin_import().unwrap();
    let dump =
        Dump { text: "县城夜市昨晚开张。\n".to_owned(), content_hash: "一".to_owned(), ..Dump::default() };
    let furniture = vec![Furniture { from: 1, to: 1, what: FurnitureKind::Unplaced }];
    let page = Page { furniture, page_label: Some("B2".to_owned()), ..Page::default() };
    archive.add_pages(import, &[FiledPage { dump, page, engine_version: 1 }]).unwrap();
    archive.finish_import(import, &ImportReport::default()).unwrap();
    drop(archive);
    let mut window = Window { harness: harness(&path, Saved::default()), folder };
    window.settle();
    window.search("夜市");
    assert!(window.rows().is_empty());
    assert!(window.has_text(&ZH.f("loose.count", &[("n", "1".to_owned())])));
    assert!(window.has_text("县城夜市昨晚开张"), "with no article to list, the places are listed at once");
    window.harness.get_by_label_contains(&ZH.f("loose.line", &[("n", "1".to_owned())])).click();
    window.settle();
    assert!(window.has_text(&ZH.t("page-text.title")), "the page's own text is open");
    window.search("无此词");
    assert!(!window.has_text(&ZH.f("loose.count", &[("n", "1".to_owned())])));
}

#[test]
fn the_sample_pages_can_be_tried_and_taken_out_again() {
    let mut window = Window::open();
    window.settle();
    window.click(&ZH.t("welcome.samples"));
    assert!(window.has_text("导入完成：6 版"));
    assert!(window.rows().len() > 5);
    let towns = labels(&window, Role::CheckBox);
    assert!(towns.iter().any(|label| label.contains("镇 ")), "the invented county's towns are known: {towns:?}");
    window.press(Action::ShowImports);
    window.click(&ZH.t("imports.undo"));
    window.click(&ZH.t("imports.undo-sure"));
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn dropped_files_become_articles_and_the_report_stays() {
    let mut window = Window::with_samples();
    assert!(window.rows().len() > 5, "{:?}", window.rows());
    assert!(window.has_text("导入完成：6 版"));
    window.click(&ZH.t("status.report"));
    assert!(window.has_text("2024-03-18_A1.txt"));
    assert!(window.has_text("已入库"));
}

#[test]
fn the_same_files_again_are_skipped_with_a_word() {
    let mut window = Window::with_samples();
    let before = window.rows();
    window.import(&sample_files());
    assert_eq!(window.rows(), before);
    assert!(window.has_text("6 个文件库中已有，跳过"));
}

#[test]
fn a_bad_file_is_reported_and_stops_nothing() {
    let mut window = Window::open();
    let bad = window.folder.path().join("图片.txt");
    std::fs::write(&bad, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01").unwrap();
    let mut files = sample_files();
    files.insert(0, bad);
    window.import(&files);
    assert!(window.rows().len() > 5);
    // Problems open the report by themselves, and can be tried again.
    assert!(window.has_text("图片.txt"));
    assert!(window.has_text("不是文本"));
    window.click(&ZH.t("report.again"));
    assert!(window.has_text(&ZH.t("preview.title")));
    assert!(!window.has_text("2024-03-18_A1.txt"), "only the files with a problem");
}

#[test]
fn a_hovering_file_is_answered_by_an_overlay() {
    let mut window = Window::open();
    window.settle();
    window.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
    window.settle();
    // The overlay is paint only; it must not take the drop away.
    window.harness.input_mut().hovered_files.clear();
    window.import(&sample_files());
    assert!(window.rows().len() > 5);
}

#[test]
fn a_row_opens_in_the_reader_and_keys_go_on() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    assert!(window.has_text("本版"), "the reader's bar");
    let first = window.harness.state().article_id();
    window.press(Action::NextResult);
    let second = window.harness.state().article_id();
    assert!(first.is_some() && second.is_some() && first != second);
    window.press(Action::PreviousResult);
    assert_eq!(window.harness.state().article_id(), first);
}

#[test]
fn months_and_towns_narrow_the_list_and_counts_follow() {
    let mut window = Window::with_samples();
    let all = window.rows().len();
    let mut months = labels(&window, Role::CheckBox).into_iter().filter(|l| l.starts_with("2024年3月 "));
    let month = months.next_back().expect("March 2024 has pages");
    window.click(&month);
    let march = window.harness.state().result_count();
    assert!(march > 0 && march < all as u64 + 100);
    let count: u64 = month.rsplit(' ').next().unwrap().parse().unwrap();
    assert_eq!(march, count, "the count beside the month is the length of the list");
    let towns = labels(&window, Role::CheckBox);
    let town = towns.iter().find(|l| l.contains("镇 ") || l.contains("街道 ")).expect("a town is counted").clone();
    window.click_filter(&town);
    let both = window.harness.state().result_count();
    let count: u64 = town.rsplit(' ').next().unwrap().parse().unwrap();
    assert_eq!(both, count, "{town}");
    window.press(Action::ClearAll);
    assert!(window.harness.state().result_count() > march);
}

#[test]
fn typing_narrows_the_list_and_marks_hits() {
    let mut window = Window::with_samples();
    let all = window.harness.state().result_count();
    window.search("路灯");
    let hits = window.harness.state().result_count();
    assert!(hits > 0 && hits < all, "{hits} of {all}");
    assert!(window.has_text("找到"));
    window.search("绝无此词");
    assert_eq!(window.harness.state().result_count(), 0);
    assert!(window.has_text(&ZH.t("list.nothing")));
    window.click(&ZH.t("list.clear-all"));
    assert_eq!(window.harness.state().result_count(), all);
}

#[test]
fn the_source_view_accounts_for_every_line_and_leads_to_articles() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::ToggleSource);
    assert!(window.has_text("行：稿件"));
    assert!(window.has_text("2024-05-09_A"), "the file is named");
    window.press(Action::ToggleSource);
    assert!(!window.has_text("行：稿件"));
}

#[test]
fn the_window_speaks_english_when_asked() {
    let mut window = Window::with_samples();
    window.press(Action::ShowSettings);
    window.click("English");
    assert!(window.has_text("articles"));
    assert!(window.harness.query_by_label("Search").is_some());
    window.click("简体中文");
    assert!(window.has_text("共"));
}

#[test]
fn the_shortcut_sheet_lists_the_table() {
    let mut window = Window::open();
    window.settle();
    window.press(Action::ShowShortcuts);
    for action in [Action::FocusSearch, Action::NextResult, Action::ToggleSource] {
        assert!(window.has_text(&action.text(ZH)), "{action:?}");
    }
    assert!(window.has_text("Ctrl+F"));
}

#[test]
fn an_import_can_be_undone() {
    let mut window = Window::with_samples();
    window.press(Action::ShowImports);
    window.click(&ZH.t("imports.undo"));
    assert!(window.harness.state().result_count() > 0, "one click is not enough");
    window.click(&ZH.t("imports.undo-sure"));
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn search_and_open_article_are_found_again_after_a_restart() {
    let mut window = Window::with_samples();
    window.search("路灯");
    let rows = window.rows();
    window.click_row(&rows[0]);
    let saved = window.harness.state().saved_state().clone();
    let archive = window.folder.path().join("库.baoku");
    drop(window.harness);
    let mut again = Window { harness: harness(&archive, saved.clone()), folder: window.folder };
    again.settle();
    assert_eq!(again.harness.state().article_id(), saved.open);
    assert_eq!(again.rows(), rows);
}

#[test]
fn keyboard_alone_reaches_the_list() {
    let mut window = Window::with_samples();
    window.press(Action::FocusSearch);
    let mut reached = false;
    for _ in 0..80 {
        window.harness.key_press_modifiers(Modifiers::NONE, Key::Tab);
        window.harness.run_steps(2);
        let mut rows = window.harness.query_all_by_role(Role::ListBoxOption);
        if rows.any(|row| row.is_focused()) {
            reached = true;
            break;
        }
    }
    assert!(reached, "Tab never came to a row");
    window.harness.key_press(Key::Enter);
    window.settle();
    assert!(window.harness.state().article_id().is_some());
}

fn labels(window: &Window, role: Role) -> Vec<String> {
    window.harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let mut window = Window::with_samples();
    window.press(Action::ShowPalette);
    window.harness.get_by_label(&ZH.t("palette.name")).type_text("快捷键");
    window.settle();
    window.harness.key_press(Key::Enter);
    window.settle();
    assert!(window.has_text("Ctrl+Shift+O"), "the shortcut sheet is open");
    assert!(window.harness.query_by_label(&ZH.t("palette.name")).is_none(), "the palette is closed");
    window.harness.key_press(Key::Escape);
    window.settle();
    assert!(!window.has_text("Ctrl+Shift+O"), "Escape closes the sheet");
}

#[test]
fn hits_are_stepped_through_in_the_reader() {
    let mut window = Window::with_samples();
    window.search("村");
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::NextHit);
    assert!(window.has_text("第 1/"));
    window.press(Action::PreviousHit);
    assert!(!window.has_text("第 1/"), "around the beginning to the last hit");
}

#[test]
fn back_and_forward_lead_through_what_was_read() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    let first = window.harness.state().article_id();
    window.click_row(&rows[2]);
    let third = window.harness.state().article_id();
    window.press(Action::Back);
    assert_eq!(window.harness.state().article_id(), first);
    window.press(Action::Forward);
    assert_eq!(window.harness.state().article_id(), third);
}

#[test]
fn chips_take_filters_off_one_by_one() {
    let mut window = Window::with_samples();
    let all = window.harness.state().result_count();
    let town = labels(&window, Role::CheckBox).into_iter().find(|l| l.contains("镇 ")).expect("a town is counted");
    window.click_filter(&town);
    let name = town.split(' ').next().unwrap();
    assert!(window.harness.state().result_count() < all);
    window.click(&ZH.f("chip.remove", &[("f", name.to_owned())]));
    assert_eq!(window.harness.state().result_count(), all);
}

#[test]
fn what_is_copied_has_its_source_line_and_no_line_breaks_of_the_screen() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    let shortcut = Action::CopyArticle.shortcut().unwrap();
    window.harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
    let mut copied = None;
    for _ in 0..6 {
        window.harness.step();
        let commands = &window.harness.output().platform_output.commands;
        copied = copied.or(commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }
    let copied = copied.expect("something was copied");
    assert!(copied.contains("槐川日报·2024年5月9日"), "{copied}");
    assert!(!copied.contains('\u{200B}'));
}

#[test]
fn the_basket_keeps_articles_over_a_restart() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::ToggleBasket);
    window.press(Action::ShowBasket);
    assert!(window.has_text("选稿篮（1 篇）"));
    let archive = window.folder.path().join("库.baoku");
    drop(window.harness);
    let mut again = Window { harness: harness(&archive, Saved::default()), folder: window.folder };
    again.settle();
    again.press(Action::ShowBasket);
    assert!(again.has_text("选稿篮（1 篇）"));
    again.click(&ZH.t("basket.remove"));
    assert!(again.has_text("选稿篮（0 篇）"));
}

#[test]
fn a_repair_is_shown_found_and_can_be_undone() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::Repair);
    let field = ZH.t("repair.headline").into_owned();
    window.harness.get_by_role_and_label(Role::TextInput, &field).focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, &field).type_text("修订后的新题目");
    window.settle();
    window.click(&ZH.t("repair.save"));
    assert!(window.rows()[0].contains("修订后的新题目"), "{:?}", window.rows());
    assert!(window.has_text(&ZH.t("marks.edited")));
    let of_headline = |word: &'static str| format!("{} 标题 → ", ZH.t(word));
    window.harness.get_by_label_contains(&of_headline("repair.undo")).click();
    window.settle();
    assert_eq!(window.rows()[0], rows[0]);
    window.harness.get_by_label_contains(&of_headline("repair.redo")).click();
    window.settle();
    assert!(window.rows()[0].contains("修订后的新题目"));
    window.click(&ZH.t("repair.revert"));
    assert_eq!(window.rows(), rows);
}

#[test]
fn a_search_can_be_saved_and_used_again() {
    let mut window = Window::with_samples();
    window.search("路灯");
    let hits = window.harness.state().result_count();
    window.click(&ZH.t("searches.menu"));
    window.click(&ZH.t("searches.save"));
    window.press(Action::ClearAll);
    assert!(window.harness.state().result_count() > hits);
    window.click(&ZH.t("searches.menu"));
    window.click("路灯");
    assert_eq!(window.harness.state().result_count(), hits);
}

#[test]
fn tags_are_set_counted_and_taken_off() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    let name = ZH.t("marks.add-tag").into_owned();
    window.harness.get_by_role_and_label(Role::TextInput, &name).focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, &name).type_text("年终回顾");
    window.harness.key_press(Key::Enter);
    window.settle();
    let remove = ZH.f("marks.remove-tag", &[("t", "年终回顾".to_owned())]);
    assert!(window.harness.query_by_label(&remove).is_some());
    window.click(&remove);
    assert!(window.harness.query_by_label(&remove).is_none());
}

impl Window {
    fn click_row_with(&mut self, title: &str, modifiers: Modifiers) {
        self.harness.get_by_role_and_label(Role::ListBoxOption, title).click_modifiers(modifiers);
        self.settle();
    }
}

#[test]
fn rows_are_selected_by_ctrl_shift_and_all_at_once() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    let all = window.harness.state().result_count();
    window.click_row(&rows[0]);
    assert_eq!(window.harness.state().selected_ids().len(), 1);
    window.click_row_with(&rows[3], Modifiers::COMMAND);
    window.click_row_with(&rows[2], Modifiers::COMMAND);
    assert_eq!(window.harness.state().selected_ids().len(), 3);
    assert!(window.has_text(&ZH.f("selected.count", &[("n", "3".into())])));
    let open = window.harness.state().article_id();
    assert_eq!(window.harness.state().selected_ids().first().copied(), open, "in the order of the list");
    window.click_row_with(&rows[3], Modifiers::COMMAND);
    assert_eq!(window.harness.state().selected_ids().len(), 2);
    window.click_row(&rows[1]);
    window.click_row_with(&rows[4], Modifiers::SHIFT);
    assert_eq!(window.harness.state().selected_ids().len(), 4);
    window.press(Action::SelectAll);
    assert_eq!(window.harness.state().selected_ids().len() as u64, all);
    window.press(Action::SelectNone);
    assert!(window.harness.state().selected_ids().is_empty());
}

#[test]
fn what_is_done_with_a_selection_is_done_with_all_of_it() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.click_row_with(&rows[2], Modifiers::SHIFT);
    window.press(Action::ToggleBasket);
    window.press(Action::ShowBasket);
    assert!(window.has_text("选稿篮（3 篇）"));
    window.press(Action::ShowBasket);
    window.press(Action::ToggleBasket);
    window.press(Action::ShowBasket);
    assert!(window.has_text("选稿篮（0 篇）"), "all of them were in it, so all are taken out");
}

#[test]
fn in_a_text_field_ctrl_a_is_about_its_text() {
    let mut window = Window::with_samples();
    window.search("村");
    window.press(Action::SelectAll);
    assert!(window.harness.state().selected_ids().is_empty());
}

#[test]
fn the_rows_can_stand_closer() {
    let mut window = Window::with_samples();
    let wide = window.rows().len();
    window.click(&ZH.join("density", "compact"));
    assert!(window.rows().len() > wide, "more rows are in view");
    let rows = window.rows();
    window.click_row(&rows[0]);
    assert!(window.harness.state().article_id().is_some());
}

#[test]
fn files_are_looked_at_and_corrected_before_they_are_imported() {
    let mut window = Window::open();
    let bad = window.folder.path().join("图片.txt");
    std::fs::write(&bad, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01").unwrap();
    let mut files = sample_files();
    files.push(bad);
    window.drop_files(&files);
    assert_eq!(window.harness.state().result_count(), 0, "nothing is imported yet");
    assert!(window.has_text("2024-03-18_A1.txt") && window.has_text("UTF-8"));
    assert!(window.has_text("不是文本"), "what cannot be used is said before");
    let page = ZH.f("preview.field", &[("f", "2024-03-18_A1.txt".into()), ("c", ZH.t("filter.page").into_owned())]);
    let field = window.harness.get_by_role_and_label(Role::TextInput, &page);
    assert_eq!(field.value().as_deref(), Some("A1"));
    // One newspaper for all of them, and one file left out.
    let all = ZH.f("preview.all-field", &[("f", ZH.t("filter.newspaper").into_owned())]);
    window.harness.get_by_role_and_label(Role::TextInput, &all).focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, &all).type_text("银杏日报");
    window.settle();
    window.click(&ZH.t("preview.apply"));
    window.click(&ZH.f("preview.take", &[("f", "2023-11-27_A1.txt".into())]));
    window.click(&ZH.f("preview.import", &[("n", "5".into())]));
    assert!(window.has_text("导入完成：5 版"));
    window.click(&ZH.t("status.report"));
    window.harness.key_press(Key::Escape);
    window.settle();
    let rows = window.rows();
    window.click_row(&rows[0]);
    assert!(window.has_text("银杏日报 · "), "the source line of the open article");
    // The folder is remembered.
    let folders = &window.harness.state().saved_state().folders;
    assert!(folders.values().all(|folder| folder.newspaper.as_deref() == Some("银杏日报")) && !folders.is_empty());
}

#[test]
fn a_preview_can_be_left_without_importing() {
    let mut window = Window::open();
    window.drop_files(&sample_files());
    window.harness.key_press(Key::Escape);
    window.settle();
    assert!(!window.has_text(&ZH.t("preview.title")));
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn an_encoding_can_be_chosen_and_shows_at_once() {
    let mut window = Window::open();
    let file = window.folder.path().join("台版.txt");
    std::fs::write(&file, [b"\xa4\xb5\xa4\xd1\xaa\xba\xb7s\xbbD\n".as_slice(), b"\xff\xff"].concat()).unwrap();
    let good = window.folder.path().join("一版.txt");
    std::fs::write(&good, "今天的新闻\n记者 张三").unwrap();
    window.drop_files(&[good]);
    assert!(window.has_text("今天的新闻"), "the beginning of the file is shown");
    let name = ZH.f("preview.field", &[("f", "一版.txt".into()), ("c", ZH.t("preview.encoding").into_owned())]);
    window.click(&name);
    window.click("UTF-16LE");
    assert!(window.has_text("UTF-16LE"), "read as what the user said, or refused for it");
}

#[test]
fn the_watched_folder_is_imported_without_a_question_and_known_files_are_no_news() {
    let folder = tempfile::tempdir().unwrap();
    let watched = folder.path().join("来稿");
    std::fs::create_dir(&watched).unwrap();
    for file in sample_files() {
        std::fs::copy(&file, watched.join(file.file_name().unwrap())).unwrap();
    }
    let archive = folder.path().join("库.baoku");
    let saved = Saved { archive: archive.clone(), watched: Some(watched), ..Saved::default() };
    let mut window = Window { harness: harness(&archive, saved.clone()), folder };
    window.settle();
    assert!(window.harness.state().result_count() > 5);
    window.press(Action::ShowImports);
    assert!(window.has_text("6 版"));
    // The next start finds nothing new and leaves no second entry.
    drop(window.harness);
    let mut again = Window { harness: harness(&archive, saved), folder: window.folder };
    again.settle();
    again.press(Action::ShowImports);
    assert_eq!(again.harness.query_all_by_label_contains(&ZH.t("imports.undo")).count(), 1);
}

#[test]
fn a_range_of_months_is_brushed_with_the_pointer() {
    let mut window = Window::with_samples();
    let all = window.harness.state().result_count();
    let find = |window: &Window, start: &str| {
        let label = labels(window, Role::CheckBox).into_iter().find(|l| l.starts_with(start)).expect("a bar");
        window.harness.get_by_role_and_label(Role::CheckBox, &label).rect().center()
    };
    let (march, may) = (find(&window, "2024年3月 "), find(&window, "2024年5月 "));
    window.harness.drag_at(march);
    window.harness.step();
    window.harness.hover_at(march + (may - march) * 0.5);
    window.harness.step();
    window.harness.hover_at(may);
    window.harness.step();
    window.harness.drop_at(may);
    window.settle();
    let filter = &window.harness.state().saved_state().search.filter;
    assert_eq!(filter.from.map(|d| d.to_string()).as_deref(), Some("2024-03-01"));
    assert_eq!(filter.to.map(|d| d.to_string()).as_deref(), Some("2024-05-31"));
    let brushed = window.harness.state().result_count();
    assert!(brushed > 0 && brushed < all);
    window.click(&ZH.f("chip.remove", &[("f", "2024-03-01 – 2024-05-31".into())]));
    assert_eq!(window.harness.state().result_count(), all);
}

#[test]
fn the_calendar_shows_days_and_takes_one() {
    let mut window = Window::with_samples();
    window.click(&ZH.t("date.calendar"));
    let day = labels(&window, Role::CheckBox).into_iter().find(|l| l.starts_with("2024-05-09")).expect("the day");
    let count: u64 = day.chars().filter(char::is_ascii_digit).collect::<String>()[8..].parse().unwrap();
    assert!(count > 0);
    window.click(&day);
    assert_eq!(window.harness.state().result_count(), count);
    window.click(&ZH.t("calendar.before"));
    assert!(labels(&window, Role::CheckBox).iter().any(|l| l.starts_with("2024-04-30")));
}

#[test]
fn flagged_articles_are_found_again() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.click_row_with(&rows[1], Modifiers::COMMAND);
    window.press(Action::ToggleFlag);
    let flagged = format!("{} 2", ZH.t("filter.flagged"));
    window.click_filter(&flagged);
    assert_eq!(window.rows(), &rows[..2]);
    window.press(Action::SelectAll);
    window.press(Action::ToggleFlag);
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn a_tag_has_a_colour_and_can_be_taken_off_everything() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.click_row_with(&rows[1], Modifiers::COMMAND);
    window.click(&ZH.t("selected.tag"));
    let field = ZH.t("marks.new-tag").into_owned();
    window.harness.get_by_role_and_label(Role::TextInput, &field).focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, &field).type_text("年终回顾");
    window.harness.key_press(Key::Enter);
    window.settle();
    assert!(labels(&window, Role::CheckBox).contains(&"年终回顾 2".to_owned()), "counted beside the filter");
    window.click(&ZH.f("marks.colour-of", &[("t", "年终回顾".into())]));
    window.click(&ZH.f("marks.colour", &[("n", "5".into())]));
    window.click(&ZH.f("marks.colour-of", &[("t", "年终回顾".into())]));
    window.click(&ZH.f("marks.delete-tag", &[("t", "年终回顾".into())]));
    assert!(!labels(&window, Role::CheckBox).iter().any(|label| label.starts_with("年终回顾")));
}

#[test]
fn the_about_box_has_versions_licences_and_something_to_copy() {
    let mut window = Window::open();
    window.settle();
    window.click(&ZH.t("menu.more"));
    window.harness.get_by_label_contains(&Action::ShowAbout.text(ZH)).click();
    window.settle();
    assert!(window.has_text(env!("CARGO_PKG_VERSION")));
    assert!(window.has_text("库.baoku"), "which archive it is about");
    let packages = window.harness.get_by_label_contains("开源组件");
    packages.click();
    window.settle();
    assert!(window.has_text("Apache-2.0 OR MIT") || window.has_text("MIT OR Apache-2.0"));
}

#[test]
fn an_article_opened_from_the_reader_is_the_one_that_commands_are_about() {
    let mut window = Window::with_samples();
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::NextOnPage);
    let open = window.harness.state().article_id();
    assert_eq!(window.harness.state().selected_ids(), open.into_iter().collect::<Vec<_>>());
}
