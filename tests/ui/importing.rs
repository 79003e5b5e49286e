//! Stories of getting pages in and out again.

use crate::window::{USUAL, Window, ZH, sample_files};
use baoku::ui::command::Action;
use baoku::ui::saved::Saved;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

#[test]
fn the_sample_pages_can_be_tried_and_taken_out_again() {
    let mut window = Window::empty();
    window.settle();
    window.click(&ZH.t("welcome.samples"));
    assert!(window.has_text("导入完成：6 版"));
    assert!(window.rows().len() > 5);
    let towns = window.labels(Role::CheckBox);
    assert!(towns.iter().any(|label| label.contains("镇 ")), "the invented county's towns are known: {towns:?}");
    window.press(Action::ShowImports);
    window.click(&ZH.t("imports.undo"));
    window.click(&ZH.t("imports.undo-sure"));
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn dropped_files_become_articles_and_the_report_stays() {
    let mut window = Window::imported();
    assert!(window.rows().len() > 5, "{:?}", window.rows());
    assert!(window.has_text("导入完成：6 版"));
    window.click(&ZH.t("status.report"));
    assert!(window.has_text("2024-03-18_A1.txt"));
    assert!(window.has_text("已入库"));
}

#[test]
fn the_same_files_again_are_skipped_with_a_word() {
    let mut window = Window::imported();
    let before = window.rows();
    let mut files = sample_files();
    window.drop_files(&files);
    assert!(window.has_text(&ZH.t("preview.import-known")) && window.has_text(&ZH.t("preview.all-known")));
    window.click(&ZH.t("preview.cancel"));
    let new = window.folder.path().join("2024-06-01_A1.txt");
    std::fs::write(&new, "新路\n甲村的新路通车了，乡亲们出行方便。\n").unwrap();
    files.push(new);
    window.drop_files(&files);
    assert!(window.has_text(&ZH.f("preview.import-new", &[("n", "1".into())])), "known files are not counted");
    window.click(&ZH.t("preview.cancel"));
    window.import(&sample_files());
    assert_eq!(window.rows(), before);
    assert!(window.has_text("6 个文件库中已有，跳过"));
}

#[test]
fn a_bad_file_is_reported_and_stops_nothing() {
    let mut window = Window::empty();
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
    let mut window = Window::empty();
    window.settle();
    window.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
    window.settle();
    // The overlay is paint only; it must not take the drop away.
    window.harness.input_mut().hovered_files.clear();
    window.import(&sample_files());
    assert!(window.rows().len() > 5);
}

#[test]
fn an_import_can_be_undone() {
    let mut window = Window::imported();
    window.press(Action::ShowImports);
    window.click(&ZH.t("imports.undo"));
    assert!(window.harness.state().result_count() > 0, "one click is not enough");
    window.click(&ZH.t("imports.undo-sure"));
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn files_are_looked_at_and_corrected_before_they_are_imported() {
    let mut window = Window::empty();
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
    let mut window = Window::empty();
    window.drop_files(&sample_files());
    window.harness.key_press(Key::Escape);
    window.settle();
    assert!(!window.has_text(&ZH.t("preview.title")));
    assert_eq!(window.harness.state().result_count(), 0);
}

#[test]
fn an_encoding_can_be_chosen_and_shows_at_once() {
    let mut window = Window::empty();
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
    let mut window = Window::over(folder, saved.clone(), USUAL);
    assert!(window.harness.state().result_count() > 5);
    window.press(Action::ShowImports);
    assert!(window.has_text("6 版"));
    // The next start finds nothing new and leaves no second entry.
    let mut again = window.restarted_as(saved);
    again.press(Action::ShowImports);
    assert_eq!(again.harness.query_all_by_label_contains(&ZH.t("imports.undo")).count(), 1);
}
