//! Stories of reading and repairing in the window, by role and label.

use crate::window::{LARGE, Window, ZH, folder_with};
use baoku::archive::RepairsOf;
use baoku::ui::command::Action;
use baoku::ui::saved::Saved;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// Opens the menu of paragraph `n` (from 1) by its button.
fn paragraph_menu(window: &mut Window, n: usize) {
    window.click(&ZH.f("paragraph.tools", &[("n", n.to_string())]));
}

#[test]
fn an_article_is_split_at_a_paragraph_undone_and_redone_by_keys() {
    let mut window = Window::with_samples(LARGE);
    let before = window.rows();
    let whole = window.open_long();
    let count = window.harness.state().result_count();
    paragraph_menu(&mut window, 2);
    window.click(&ZH.t("paragraph.split"));
    assert_eq!(window.harness.state().result_count(), count + 1);
    let first = window.open_article();
    assert_eq!((first.id, first.article.blocks.len()), (whole.id, 1));
    assert!(window.has_text(&ZH.t("marks.edited")), "it is marked");
    window.press(Action::UndoRepair);
    assert_eq!(window.open_article(), whole, "exactly as it was");
    assert!(window.has_text("已撤销"));
    assert_eq!(window.rows(), before);
    window.press(Action::RedoRepair);
    assert_eq!(window.open_article(), first);
    assert!(window.reader().check(100).unwrap().is_sound());
}

#[test]
fn undoing_what_was_cut_out_shows_where_it_went() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    let line = whole.article.blocks[1].runs[0].line;
    paragraph_menu(&mut window, 2);
    window.click(&ZH.t("paragraph.split"));
    let second = window.reader().page(whole.page_id).unwrap().unwrap().article_at(line).unwrap().id;
    window.press(Action::NextOnPage);
    assert_eq!(window.open_id(), Some(second));
    window.press(Action::UndoRepair);
    assert_eq!(window.open_id(), Some(whole.id), "the article that holds its lines now");
}

#[test]
fn paragraphs_are_joined_from_the_keyboard_alone() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    let tools = ZH.f("paragraph.tools", &[("n", "2".to_owned())]);
    window.harness.get_by_label(&tools).focus();
    window.settle();
    window.harness.key_press(Key::Enter);
    window.settle();
    window.harness.get_by_label(&ZH.t("paragraph.join")).focus();
    window.settle();
    window.harness.key_press(Key::Enter);
    window.settle();
    let joined = window.open_article().article;
    assert_eq!(joined.blocks.len(), whole.article.blocks.len() - 1);
    let both = format!("{}{}", whole.article.blocks[0].text, whole.article.blocks[1].text);
    assert_eq!(joined.blocks[0].text, both);
}

#[test]
fn a_paragraph_is_reworded_and_the_rest_keeps_its_lines() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    paragraph_menu(&mut window, 1);
    window.click(&ZH.t("paragraph.edit"));
    let field = ZH.t("paragraph.text").into_owned();
    window.harness.get_by_role_and_label(Role::MultilineTextInput, &field).type_text("附记：");
    window.settle();
    window.click(&ZH.t("repair.save"));
    let text = window.open_article().article.blocks[0].text.clone();
    assert!(
        text.contains("附记：") && text.chars().count() == whole.article.blocks[0].text.chars().count() + 3,
        "{text}"
    );
    window.press(Action::UndoRepair);
    assert_eq!(window.open_article(), whole);
}

#[test]
fn the_next_article_of_the_page_is_merged_into_the_open_one() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    let page = window.reader().page(whole.page_id).unwrap().unwrap();
    let at = page.articles.iter().position(|a| a.id == whole.id).unwrap();
    let (open, gone) = if at + 1 < page.articles.len() { (at, at + 1) } else { (at - 1, at) };
    if open != at {
        window.press(Action::PreviousOnPage);
    }
    let before = window.open_article();
    window.press(Action::MergeNext);
    let merged = window.open_article();
    assert_eq!(merged.id, page.articles[open].id);
    assert!(merged.article.blocks.len() > before.article.blocks.len());
    assert_eq!(window.reader().article(page.articles[gone].id).unwrap(), None);
    window.press(Action::UndoRepair);
    assert_eq!(window.open_article(), before);
}

#[test]
fn fields_and_date_are_corrected_and_found_again_after_a_restart() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::Repair);
    for (field, text) in [("repair.headline", "修订后的新题目"), ("repair.date", "2021-02-03")] {
        let name = ZH.t(if field == "repair.date" { "repair.date" } else { "repair.headline" }).into_owned();
        window.harness.get_by_role_and_label(Role::TextInput, &name).focus();
        window.settle();
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.harness.get_by_role_and_label(Role::TextInput, &name).type_text(text);
        window.settle();
    }
    window.click(&ZH.t("repair.save"));
    window.harness.key_press(Key::Escape);
    window.settle();
    let mut window = window.restarted();
    let again = window.open_article();
    assert_eq!(again.id, whole.id);
    assert_eq!(again.article.title, "修订后的新题目");
    assert_eq!(again.date.best.unwrap().to_string(), "2021-02-03");
    window.press(Action::UndoRepair);
    assert_eq!(window.open_article(), whole, "both fields at once, after a restart");
}

#[test]
fn source_and_article_stand_beside_each_other_and_lead_to_each_other() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::SourceBeside);
    assert!(window.has_text("行：稿件"), "the page's account");
    assert!(window.has_text(&whole.article.title), "and the article");
    let page = window.reader().page(whole.page_id).unwrap().unwrap();
    let other = page.articles.iter().find(|a| a.id != whole.id).unwrap();
    let line = other.spans[0].from;
    let text = page.text.split('\n').nth(line as usize - 1).unwrap();
    window.click_line(line, text);
    assert_eq!(window.open_id(), Some(other.id), "a click on its line opens an article");
    window.press(Action::SourceBeside);
    assert!(!window.has_text("行：稿件"));
}

#[test]
fn chosen_lines_go_where_they_belong() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::SourceBeside);
    let page = window.reader().page(whole.page_id).unwrap().unwrap();
    let line = whole.article.blocks[1].runs[0].line;
    let text = page.text.split('\n').nth(line as usize - 1).unwrap();
    paragraph_menu(&mut window, 2);
    window.click(&ZH.t("paragraph.show-lines"));
    window.click_line(line, text);
    window.click(&ZH.t("source.furniture"));
    let now = window.reader().page(whole.page_id).unwrap().unwrap();
    assert!(now.article_at(line).is_none() && now.furniture.iter().any(|f| f.range().contains(line)));
    window.press(Action::UndoRepair);
    assert_eq!(window.open_article(), whole);
}

#[test]
fn all_repairs_are_listed_and_each_can_be_taken_back() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    for _ in 0..2 {
        paragraph_menu(&mut window, 2);
        window.click(&ZH.t("paragraph.join"));
    }
    window.press(Action::ShowRepairs);
    assert!(window.has_text(&ZH.f("repairs.title", &[("n", "2".to_owned())])));
    assert!(window.has_text("并入上一段"));
    window.click_part(&format!("{} ", ZH.t("repair.undo")));
    let made = window.reader().repairs(RepairsOf::Article(whole.id)).unwrap();
    assert_eq!(made.iter().filter(|made| made.is_undone).count(), 1);
    assert_eq!(window.open_article().article.blocks.len(), whole.article.blocks.len() - 1);
}

#[test]
fn a_page_is_seen_at_a_glance() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::ShowOverview);
    assert!(window.has_text("把握"));
    let page = window.reader().page(whole.page_id).unwrap().unwrap();
    let other = page.articles.iter().rposition(|a| a.id != whole.id).unwrap();
    window.click(&format!("{}　{}", other + 1, page.articles[other].title));
    assert_eq!(window.open_id(), Some(page.articles[other].id));
    assert!(!window.has_text("把握"), "the article is shown again");
}

#[test]
fn full_screen_shows_the_article_alone() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::FullScreen);
    assert!(window.rows().is_empty() && window.has_text(&whole.article.title));
    window.press(Action::NextOnPage);
    window.harness.key_press(Key::Escape);
    window.settle();
    assert!(!window.rows().is_empty());
}

#[test]
fn an_article_is_gone_on_with_where_it_was_left() {
    let mut window = Window::with_samples(LARGE);
    // Large type makes it longer than the view.
    for _ in 0..14 {
        window.press(Action::LargerType);
    }
    let long = window.open_long();
    let hover = window.harness.get_all_by_label_contains(&long.article.title).last().unwrap().rect().center();
    window.harness.hover_at(hover);
    window.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -500.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    window.harness.run_steps(30);
    let top =
        |window: &Window| window.harness.get_all_by_label_contains(&long.article.title).last().unwrap().rect().top();
    let left = top(&window);
    assert!(left < hover.y - 300.0, "the text was scrolled");
    let mut window = window.restarted();
    let kept = window.reader().marks(long.id).unwrap().read_position;
    assert!(kept > 0.05, "{kept}");
    assert_eq!(window.open_id(), Some(long.id));
    window.settle();
    let again = top(&window);
    assert!((again - left).abs() < 30.0, "left at {left}, found at {again}");
}

#[test]
fn articles_of_the_same_day_in_other_years_are_offered() {
    let pages = [
        (
            "2021-05-09_A1.txt",
            "护城河清淤\n昨天上午，护城河清淤工程开工，三台挖机同时下河。沿河居民说，这条河多年没有清过，夏天总有气味，现在终于等到了。工程将在年底前完成。\n",
        ),
        (
            "2023-05-09_A1.txt",
            "老码头修缮\n老码头的石阶昨天修好了，乡亲们又能下河洗菜。石阶共三十六级，是一百年前船工们凑钱铺的，中间断过两回。修好那天，码头上放了一挂鞭炮。\n",
        ),
        (
            "2023-06-01_A1.txt",
            "新学期开学\n今天上午，城东小学举行开学典礼，九百名学生到校。校长领着新生认了教室和食堂，高年级的孩子给他们每人送了一支铅笔。下午各班发了新书。\n",
        ),
    ];
    let mut window = Window::over(folder_with(&pages), Saved::default(), LARGE);
    let row = |window: &Window, text: &str| window.rows().into_iter().find(|row| row.contains(text)).expect("a row");
    let first = row(&window, "护城河");
    window.click_row(&first);
    assert!(window.has_text(&ZH.t("reader.same-day")));
    let link = window.labels(Role::Link).into_iter().find(|link| link.ends_with("  2023-05-09")).expect("a link");
    // It is related, too, and stands there first.
    window.harness.get_all_by_label(&link).last().unwrap().click();
    window.settle();
    assert_eq!(window.open_article().date.best, Some(jiff::civil::date(2023, 5, 9)));
    let other = row(&window, "新学期开学");
    window.click_row(&other);
    assert!(!window.has_text(&ZH.t("reader.same-day")), "no other year has the first of June");
}

/// Puts the cursor of the field that has the focus behind `characters`.
fn put_cursor(window: &mut Window, characters: usize) {
    window.key(Modifiers::COMMAND, Key::Home);
    for _ in 0..characters {
        window.harness.key_press(Key::ArrowRight);
    }
    window.settle();
}

#[test]
fn an_article_is_split_inside_a_paragraph_named_and_survives_a_restart_and_a_rebuild() {
    let text = "三村修路\n甲村的路修好了，乡亲们出行方便。乙村的树种下了，山坡一片新绿。\n";
    let mut window = Window::over(folder_with(&[("2024-05-09_A1.txt", text)]), Saved::default(), LARGE);
    let rows = window.rows();
    window.click_row(&rows[0]);
    let whole = window.open_article();
    paragraph_menu(&mut window, 1);
    window.click(&ZH.t("paragraph.split-inside"));
    let button = ZH.t("paragraph.split-here").into_owned();
    put_cursor(&mut window, 16);
    assert!(window.has_text("｜乙村的树种下了"), "the place is shown");
    window.click(&button);
    let page = window.reader().page(whole.page_id).unwrap().unwrap();
    assert_eq!(page.articles.len(), 2);
    assert_eq!(window.open_article().article.blocks[0].text, "甲村的路修好了，乡亲们出行方便。");
    window.press(Action::NextOnPage);
    let second = window.open_id();
    assert_eq!(window.open_article().article.blocks[0].text, "乙村的树种下了，山坡一片新绿。");
    // It can be named like any other, though both stand in one line.
    window.press(Action::Repair);
    let field = ZH.t("repair.headline").into_owned();
    window.fill_anew(&field, "乙村种树");
    window.click(&ZH.t("repair.save"));
    window.key(Modifiers::NONE, Key::Escape);
    let mut window = window.restarted();
    assert_eq!((window.open_id(), window.open_article().article.title.as_str()), (second, "乙村种树"));
    assert!(window.reader().check(100).unwrap().is_sound());
    window.press(Action::UndoRepair);
    window.press(Action::UndoRepair);
    assert_eq!(window.reader().article(whole.id).unwrap().unwrap(), whole, "exactly as it was");
    window.press(Action::RedoRepair);
    assert_eq!(window.reader().page(whole.page_id).unwrap().unwrap().articles.len(), 2);
}

#[test]
fn the_newspaper_of_a_page_is_put_right_and_undone() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::Repair);
    let field = ZH.t("repair.newspaper").into_owned();
    window.fill_anew(&field, "银杏晚报");
    window.click(&ZH.t("repair.save"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.has_text("银杏晚报"), "in the source line and among the filters");
    assert_eq!(window.open_article().newspaper.as_deref(), Some("银杏晚报"));
    let mates = window.reader().page(whole.page_id).unwrap().unwrap().articles.len() as u64;
    window.search("报名:银杏晚报");
    assert_eq!(window.harness.state().result_count(), mates);
    window.press(Action::ClearAll);
    window.key(Modifiers::NONE, Key::Escape);
    window.press(Action::UndoRepair);
    assert_eq!(window.reader().article(whole.id).unwrap().unwrap(), whole);
}

#[test]
fn the_list_of_repairs_leads_to_their_articles() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    window.press(Action::Repair);
    let field = ZH.t("repair.subtitle").into_owned();
    window.fill_anew(&field, "新副题");
    window.click(&ZH.t("repair.save"));
    window.key(Modifiers::NONE, Key::Escape);
    let rows = window.rows();
    let other = rows.iter().find(|row| **row != whole.article.title).unwrap();
    window.click_row(other);
    assert_ne!(window.open_id(), Some(whole.id));
    window.press(Action::ShowRepairs);
    let link = format!("《{}》", whole.article.title);
    window.harness.get_by_role_and_label(Role::Link, &link).click();
    window.settle();
    assert_eq!(window.open_id(), Some(whole.id));
}

#[test]
fn typing_in_a_field_keeps_its_own_undo() {
    let mut window = Window::with_samples(LARGE);
    let whole = window.open_long();
    paragraph_menu(&mut window, 2);
    window.click(&ZH.t("paragraph.join"));
    let joined = window.open_article();
    window.press(Action::FocusSearch);
    window.harness.get_by_label(&ZH.t("search.name")).type_text("村");
    window.settle();
    window.press(Action::UndoRepair);
    assert_eq!(window.reader().article(whole.id).unwrap().unwrap(), joined, "the field took the key");
}

#[test]
fn every_control_has_a_name() {
    let mut window = Window::with_samples(LARGE);
    window.open_long();
    for action in [Action::SourceBeside, Action::Repair, Action::ShowRepairs] {
        window.press(action);
    }
    let roles = [Role::Button, Role::CheckBox, Role::TextInput, Role::MultilineTextInput, Role::ComboBox, Role::Link];
    for role in roles {
        for node in window.harness.query_all_by_role(role) {
            let node = node.accesskit_node();
            let label = node.label().or(node.value()).unwrap_or_default();
            assert!(!label.trim().is_empty(), "a {role:?} without a name: {node:?}");
        }
    }
}

#[test]
fn a_line_of_two_articles_is_shown_as_such_and_not_moved_whole() {
    let text = "三村修路\n甲村的路修好了，乡亲们出行方便。乙村的树种下了，山坡一片新绿。\n";
    let mut window = Window::over(folder_with(&[("2024-05-09_A1.txt", text)]), Saved::default(), LARGE);
    let rows = window.rows();
    window.click_row(&rows[0]);
    paragraph_menu(&mut window, 1);
    window.click(&ZH.t("paragraph.split-inside"));
    put_cursor(&mut window, 16);
    window.click(&ZH.t("paragraph.split-here"));
    window.press(Action::ToggleSource);
    let line = text.lines().nth(1).unwrap();
    let name = format!("2 {line} {}", ZH.t("role.shared"));
    for step in [Action::PreviousOnPage, Action::NextOnPage] {
        window.press(step);
        assert!(window.has_text(&name), "whichever of the two is open: {:?}", window.labels(Role::Button));
        let open = window.open_id();
        window.click_line(2, line);
        assert_eq!(window.open_id(), open, "the line is of the open article too");
        assert!(window.has_text("第 2 行拆开分属几篇"), "why it stays");
        assert!(!window.has_text(&ZH.t("source.furniture")) && !window.has_text(&ZH.t("source.new-article")));
        window.click(&ZH.t("source.forget"));
    }
}

#[test]
fn eguis_own_controls_are_named_in_the_windows_language() {
    let mut window = Window::with_samples(LARGE);
    window.press(Action::ShowSettings);
    assert!(window.labels(Role::Button).contains(&ZH.t("egui.close-window").into_owned()));
    let splitters = window.labels(Role::Splitter);
    assert!(!splitters.is_empty() && splitters.iter().all(|name| name.chars().all(|c| !c.is_ascii())), "{splitters:?}");
}
