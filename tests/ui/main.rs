//! User stories of the window, by role and label, over a real archive that answers at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "../support/window.rs"]
mod window;

mod importing;
mod list;
mod repair;
mod screens;

use baoku::ui::command::Action;
use baoku::ui::saved::Saved;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use window::{USUAL, Window, ZH};

#[test]
fn an_empty_archive_says_how_to_begin() {
    let mut window = Window::empty();
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
    let mut window = Window::over(folder, Saved::default(), USUAL);
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
fn a_row_opens_in_the_reader_and_keys_go_on() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    assert!(window.has_text("本版"), "the reader's bar");
    let first = window.open_id();
    window.press(Action::NextResult);
    let second = window.open_id();
    assert!(first.is_some() && second.is_some() && first != second);
    window.press(Action::PreviousResult);
    assert_eq!(window.open_id(), first);
}

#[test]
fn the_source_view_accounts_for_every_line_and_leads_to_articles() {
    let mut window = Window::with_samples(USUAL);
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
    let mut window = Window::with_samples(USUAL);
    window.press(Action::ShowSettings);
    window.click("English");
    assert!(window.has_text("articles"));
    assert!(window.harness.query_by_label("Search").is_some());
    window.click("简体中文");
    assert!(window.has_text("共"));
}

#[test]
fn the_shortcut_sheet_lists_the_table() {
    let mut window = Window::empty();
    window.settle();
    window.press(Action::ShowShortcuts);
    for action in [Action::FocusSearch, Action::NextResult, Action::ToggleSource] {
        assert!(window.has_text(&action.text(ZH)), "{action:?}");
    }
    assert!(window.has_text("Ctrl+F"));
}

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let mut window = Window::with_samples(USUAL);
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
    let mut window = Window::with_samples(USUAL);
    window.search("村");
    // Enter puts the suggestions away and goes into the list, where another Enter opens the row.
    window.key(Modifiers::NONE, Key::Enter);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.open_id().is_some());
    window.press(Action::NextHit);
    assert!(window.has_text("第 1/"));
    window.press(Action::PreviousHit);
    assert!(!window.has_text("第 1/"), "around the beginning to the last hit");
}

#[test]
fn back_and_forward_lead_through_what_was_read() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    let first = window.open_id();
    window.click_row(&rows[2]);
    let third = window.open_id();
    window.press(Action::Back);
    assert_eq!(window.open_id(), first);
    window.press(Action::Forward);
    assert_eq!(window.open_id(), third);
}

#[test]
fn what_is_copied_has_its_source_line_and_no_line_breaks_of_the_screen() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    let shortcut = Action::CopyArticle.shortcut().unwrap();
    window.harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
    let copied = window.copied();
    assert!(copied.contains("槐川日报·2024年5月9日"), "{copied}");
    assert!(!copied.contains('\u{200B}'));
}

#[test]
fn a_repair_is_shown_found_and_can_be_undone() {
    let mut window = Window::with_samples(USUAL);
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
fn the_about_box_has_versions_licences_and_something_to_copy() {
    let mut window = Window::empty();
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
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::NextOnPage);
    let open = window.open_id();
    assert_eq!(window.harness.state().selected_ids(), open.into_iter().collect::<Vec<_>>());
}
