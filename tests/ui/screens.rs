//! What each main screen offers, as the tree that screen readers see: roles, names, values, what is on and what is off.
//!
//! The trees lie in `tests/snapshots`; `UPDATE_SNAPSHOTS=1 cargo test --test ui screens` writes them anew, and the difference
//! is for a person to read. The pages are made by hand, so that a better engine changes nothing here.

use crate::window::{USUAL, Window, ZH, folder_of, sample_files};
use baoku::model::*;
use baoku::ui::command::Action;
use baoku::ui::i18n::{Lang, Tr};
use baoku::ui::saved::Saved;
use egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{AccessKitNode, NodeT as _};
use jiff::civil::date;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Longer names are cut: the snapshots are about screens, not about articles.
const LONGEST: usize = 60;

/// A page of these articles: headline, paragraphs, kind, town.
fn page(name: &str, day: jiff::civil::Date, label: &str, articles: &[(&str, &[&str], Kind, &str)]) -> FiledPage {
    let mut text = "白鹭日报\n".to_owned();
    let mut made = Page {
        newspaper: Some("白鹭日报".to_owned()),
        page_label: Some(label.to_owned()),
        date: DateEvidence { earliest: Some(day), latest: Some(day), best: Some(day), ..DateEvidence::default() },
        furniture: vec![Furniture { from: 1, to: 1, what: FurnitureKind::Masthead }],
        ..Page::default()
    };
    let mut line = 2;
    for (title, paragraphs, kind, town) in articles {
        let first = line + 1;
        let block = |(line, text): (u32, &&str)| Block {
            kind: BlockKind::Paragraph,
            text: (*text).to_owned(),
            runs: vec![SourceRun { start: 0, len: text.chars().count() as u32, line, column: 0 }],
        };
        let last = line + paragraphs.len() as u32;
        made.articles.push(Article {
            title: (*title).to_owned(),
            title_printed: true,
            blocks: (first..).zip(*paragraphs).map(block).collect(),
            spans: vec![
                Span { from: line, to: line, role: baoku::model::Role::Title },
                Span { from: first, to: last, role: baoku::model::Role::Body },
            ],
            bylines: vec![Byline { role: BylineRole::Reporter, name: "苇青".to_owned(), position: None }],
            kind: *kind,
            towns: vec![(*town).to_owned()],
            sections: vec!["要闻".to_owned()],
            confidence: if *kind == Kind::Photo { 0.6 } else { 0.99 },
            ..Article::default()
        });
        let _ = writeln!(text, "{title}\n{}", paragraphs.join("\n"));
        line = last + 1;
    }
    let source = Source { path: PathBuf::from(name), member: None, part: 1 };
    let dump = Dump { source, encoding: "UTF-8".into(), content_hash: name.into(), text, hints: Hints::default() };
    FiledPage { dump, page: made, engine_version: u32::MAX }
}

fn pages() -> Vec<FiledPage> {
    let bridge: &[&str] = &["苇湾的便桥昨天合龙。", "“走了三十年渡船，今后走桥。”摆渡人收起竹篙。"];
    vec![
        page(
            "2024-03-04_A1.txt",
            date(2024, 3, 4),
            "A1",
            &[
                ("苇湾便桥合龙", bridge, Kind::News, "苇湾镇"),
                ("春汛前加固圩堤", &["民工四百人上堤，三天运土八千方。"], Kind::News, "芦塘镇"),
                ("晨雾里的码头", &["晨雾里的码头。"], Kind::Photo, "苇湾镇"),
            ],
        ),
        page(
            "2023-03-04_A2.txt",
            date(2023, 3, 4),
            "A2",
            &[
                ("老屋与燕子", &["燕子年年回来，梁上的泥窝补了又补。"], Kind::Essay, "芦塘镇"),
                ("便桥开工", &["便桥在渡口下游开工，工期一年。"], Kind::News, "苇湾镇"),
            ],
        ),
    ]
}

fn window() -> Window {
    Window::over(folder_of(&pages()), Saved::default(), USUAL)
}

/// The tree of a window: a line for each node that says something.
fn tree(window: &Window) -> String {
    let mut out = String::new();
    let root = window.harness.root();
    write_node(&root.accesskit_node(), 0, &mut out);
    out.replace(&window.folder.path().display().to_string(), "FOLDER")
}

fn write_node(node: &AccessKitNode<'_>, depth: usize, out: &mut String) {
    if matches!(node.role(), Role::TextRun) {
        return;
    }
    let is_container = matches!(node.role(), Role::Unknown | Role::GenericContainer | Role::Window);
    let name = node.label().or_else(|| node.value()).unwrap_or_default();
    let is_silent = is_container && name.is_empty();
    if !is_silent {
        let mut line = format!("{}{:?}", "  ".repeat(depth), node.role());
        // Icons are private characters of a font.
        let name: String = name.chars().filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)).collect();
        let name = name.trim().replace('\n', " ⏎ ");
        let cut: String = name.chars().take(LONGEST).collect();
        let _ = write!(line, " {cut}{}", if name.chars().count() > LONGEST { "…" } else { "" });
        if let Some(value) = node.value().filter(|value| node.label().is_some() && !value.is_empty()) {
            let _ = write!(line, " = {}", value.replace('\n', " ⏎ "));
        }
        match node.toggled() {
            Some(Toggled::True) => line.push_str(" [on]"),
            Some(Toggled::Mixed) => line.push_str(" [mixed]"),
            _ => {}
        }
        if node.is_disabled() {
            line.push_str(" [disabled]");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for child in node.children() {
        write_node(&child, depth + usize::from(!is_silent), out);
    }
}

/// Compares a window with the snapshot of this name, or writes it anew.
#[track_caller]
fn check(window: &Window, name: &str) {
    check_tree(&tree(window), name);
}

#[track_caller]
fn check_tree(shown: &str, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, shown).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace('\r', "");
    let differs = kept.lines().zip(shown.lines()).find(|(kept, shown)| kept != shown);
    let (kept_count, shown_count) = (kept.lines().count(), shown.lines().count());
    assert!(
        kept == shown,
        "the screen {name} has changed ({kept_count} lines before, {shown_count} now), first at {differs:?}; if that is right: \
         UPDATE_SNAPSHOTS=1 cargo test --test ui screens"
    );
}

#[test]
fn the_empty_archive() {
    check(&Window::empty(), "empty");
}

#[test]
fn list_and_reader() {
    let mut window = window();
    check(&window, "list");
    window.click_row("苇湾便桥合龙");
    check(&window, "reader");
    window.press(Action::ToggleFilters);
    window.press(Action::ToggleList);
    check(&window, "reader-alone");
}

#[test]
fn a_search_with_hits_and_one_without() {
    let mut window = window();
    window.search("便桥");
    window.key(egui::Modifiers::NONE, egui::Key::Enter);
    window.key(egui::Modifiers::NONE, egui::Key::Enter);
    check(&window, "search");
    window.search("无此词");
    window.key(egui::Modifiers::NONE, egui::Key::Enter);
    check(&window, "nothing-found");
}

#[test]
fn the_source_beside_and_the_page_at_a_glance() {
    let mut window = window();
    window.click_row("苇湾便桥合龙");
    window.press(Action::SourceBeside);
    check(&window, "source-beside");
    window.press(Action::SourceBeside);
    window.press(Action::ShowOverview);
    check(&window, "overview");
}

#[test]
fn the_calendar() {
    let mut window = window();
    window.click(&ZH.t("date.calendar"));
    check(&window, "calendar");
}

#[test]
fn the_look_before_an_import() {
    let mut window = Window::empty();
    window.drop_files(&sample_files());
    // How many articles a page has is the engine's matter.
    let is_count = |line: &&str| line.trim().starts_with("Label") && line.ends_with(" 篇");
    let shown = tree(&window);
    let shown: Vec<&str> = shown.lines().filter(|line| !is_count(line)).collect();
    check_tree(&(shown.join("\n") + "\n"), "import-preview");
}

#[test]
fn the_dialogs_of_repairs() {
    let mut window = window();
    window.click_row("苇湾便桥合龙");
    window.press(Action::Repair);
    let headline = ZH.t("repair.headline").into_owned();
    window.fill_anew(&headline, "苇湾便桥昨合龙");
    window.click(&ZH.t("repair.save"));
    check(&window, "repair");
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    window.press(Action::ShowRepairs);
    check(&window, "repairs");
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    window.click(&ZH.f("paragraph.tools", &[("n", "1".to_owned())]));
    check(&window, "paragraph-menu");
    window.click(&ZH.t("paragraph.edit"));
    check(&window, "paragraph");
}

#[test]
fn settings_shortcuts_palette_in_both_languages() {
    let mut window = window();
    window.press(Action::ShowShortcuts);
    check(&window, "shortcuts");
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    window.press(Action::ShowPalette);
    check(&window, "palette");
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    window.press(Action::ShowSettings);
    check(&window, "settings");
    window.click("English");
    check(&window, "settings-en");
    let english = Tr { lang: Lang::English };
    window.key(egui::Modifiers::NONE, egui::Key::Escape);
    window.press(Action::ShowShortcuts);
    assert!(window.has_text(&Action::ToggleList.text(english)));
    check(&window, "shortcuts-en");
}
