//! Stories of searching, filtering and picking rows.

use crate::window::{USUAL, Window, ZH};
use baoku::ui::command::Action;
use baoku::ui::saved::Saved;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

#[test]
fn months_and_towns_narrow_the_list_and_counts_follow() {
    let mut window = Window::with_samples(USUAL);
    let all = window.rows().len();
    let mut months = window.labels(Role::CheckBox).into_iter().filter(|l| l.starts_with("2024年3月 "));
    let month = months.next_back().expect("March 2024 has pages");
    window.click(&month);
    let march = window.harness.state().result_count();
    assert!(march > 0 && march < all as u64 + 100);
    let count: u64 = month.rsplit(' ').next().unwrap().parse().unwrap();
    assert_eq!(march, count, "the count beside the month is the length of the list");
    let towns = window.labels(Role::CheckBox);
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
    let mut window = Window::with_samples(USUAL);
    let all = window.harness.state().result_count();
    window.search("路灯");
    let hits = window.harness.state().result_count();
    assert!(hits > 0 && hits < all, "{hits} of {all}");
    assert!(window.has_text("找到"));
    // Ctrl+F takes the whole text, so that what is typed stands in its place.
    window.search("绝无此词");
    assert_eq!(window.harness.state().saved_state().search.query, "绝无此词");
    assert_eq!(window.harness.state().result_count(), 0);
    assert!(window.has_text(&ZH.t("list.nothing")));
    window.click(&ZH.t("list.clear-all"));
    assert_eq!(window.harness.state().result_count(), all);
}

#[test]
fn search_and_open_article_are_found_again_after_a_restart() {
    let mut window = Window::with_samples(USUAL);
    window.search("路灯");
    let rows = window.rows();
    window.click_row(&rows[0]);
    let saved = window.harness.state().saved_state().clone();
    let again = window.restarted_as(saved.clone());
    assert_eq!(again.harness.state().article_id(), saved.open);
    assert_eq!(again.rows(), rows);
}

#[test]
fn keyboard_alone_reaches_the_list() {
    let mut window = Window::with_samples(USUAL);
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
    assert!(window.open_id().is_some());
}

#[test]
fn dates_are_filtered_by_keys_alone() {
    let mut window = Window::with_samples(USUAL);
    window.press(Action::ToggleFilters);
    window.press(Action::FocusDates);
    window.harness.event(egui::Event::Text("2024-5".to_owned()));
    window.settle();
    let filter = window.harness.state().saved_state().search.filter.clone();
    assert_eq!(filter.from.map(|day| day.to_string()).as_deref(), Some("2024-05-01"));
    assert!(window.labels(Role::TextInput).len() > 2, "the filters are there again");
}

#[test]
fn chips_take_filters_off_one_by_one() {
    let mut window = Window::with_samples(USUAL);
    let all = window.harness.state().result_count();
    let town = window.labels(Role::CheckBox).into_iter().find(|l| l.contains("镇 ")).expect("a town is counted");
    window.click_filter(&town);
    let name = town.split(' ').next().unwrap();
    assert!(window.harness.state().result_count() < all);
    window.click(&ZH.f("chip.remove", &[("f", name.to_owned())]));
    assert_eq!(window.harness.state().result_count(), all);
}

#[test]
fn the_basket_keeps_articles_over_a_restart() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::ToggleBasket);
    window.press(Action::ShowBasket);
    assert!(window.has_text("选稿篮（1 篇）"));
    let mut again = window.restarted_as(Saved::default());
    again.press(Action::ShowBasket);
    assert!(again.has_text("选稿篮（1 篇）"));
    again.click(&ZH.t("basket.remove"));
    assert!(again.has_text("选稿篮（0 篇）"));
}

#[test]
fn a_search_can_be_saved_and_used_again() {
    let mut window = Window::with_samples(USUAL);
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
    let mut window = Window::with_samples(USUAL);
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

#[test]
fn rows_are_selected_by_ctrl_shift_and_all_at_once() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    let all = window.harness.state().result_count();
    window.click_row(&rows[0]);
    assert_eq!(window.harness.state().selected_ids().len(), 1);
    window.click_row_with(&rows[3], Modifiers::COMMAND);
    window.click_row_with(&rows[2], Modifiers::COMMAND);
    assert_eq!(window.harness.state().selected_ids().len(), 3);
    assert!(window.has_text(&ZH.f("selected.count", &[("n", "3".into())])));
    let open = window.open_id();
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
    let mut window = Window::with_samples(USUAL);
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
    let mut window = Window::with_samples(USUAL);
    window.search("村");
    window.press(Action::SelectAll);
    assert!(window.harness.state().selected_ids().is_empty());
}

#[test]
fn the_rows_can_stand_closer() {
    let mut window = Window::with_samples(USUAL);
    let wide = window.rows().len();
    window.click(&ZH.join("density", "compact"));
    assert!(window.rows().len() > wide, "more rows are in view");
    let rows = window.rows();
    window.click_row(&rows[0]);
    assert!(window.open_id().is_some());
}

#[test]
fn a_range_of_months_is_brushed_with_the_pointer() {
    let mut window = Window::with_samples(USUAL);
    let all = window.harness.state().result_count();
    let find = |window: &Window, start: &str| {
        let label = window.labels(Role::CheckBox).into_iter().find(|l| l.starts_with(start)).expect("a bar");
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
    let mut window = Window::with_samples(USUAL);
    window.click(&ZH.t("date.calendar"));
    let day = window.labels(Role::CheckBox).into_iter().find(|l| l.starts_with("2024-05-09")).expect("the day");
    let count: u64 = day.chars().filter(char::is_ascii_digit).collect::<String>()[8..].parse().unwrap();
    assert!(count > 0);
    window.click(&day);
    assert_eq!(window.harness.state().result_count(), count);
    window.click(&ZH.t("calendar.before"));
    assert!(window.labels(Role::CheckBox).iter().any(|l| l.starts_with("2024-04-30")));
}

#[test]
fn the_calendar_tells_of_a_missing_weekday_and_a_missing_month() {
    // A weekly of Tuesdays and Fridays; all Fridays of March and the whole of April are not here.
    let day = |month: i8, day: i8| jiff::civil::date(2024, month, day);
    let mut pages = Vec::new();
    for date in day(1, 1).series(jiff::Span::new().days(1)).take_while(|date| *date < day(7, 1)) {
        let weekday = date.weekday();
        let is_issue = weekday == jiff::civil::Weekday::Tuesday || weekday == jiff::civil::Weekday::Friday;
        let is_lost = date.month() == 4 || (date.month() == 3 && weekday == jiff::civil::Weekday::Friday);
        if is_issue && !is_lost {
            pages.push((format!("{date}_A1.txt"), format!("渡口日志\n{date}，渡口一天平安，过渡三百人。摆渡的老人说，雾散得早，水也不急，正好把船底的青苔刮一刮。傍晚收船时，对岸送来一篮枇杷。\n")));
        }
    }
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut window = Window::over(crate::window::folder_with(&pages), Saved::default(), USUAL);
    window.click(&ZH.t("date.calendar"));
    let gap = |date: &str| ZH.f("calendar.gap", &[("d", date.to_owned())]);
    for _ in 0..2 {
        window.click(&ZH.t("calendar.before"));
    }
    let days = window.labels(Role::CheckBox);
    assert!(days.contains(&gap("2024-04-02")) && days.contains(&gap("2024-04-05")), "{days:?}");
    assert!(!days.contains(&gap("2024-04-03")), "no Wednesday");
    assert!(window.has_text(&ZH.f("calendar.all-missing", &[("n", "9".to_owned())])));
    window.click(&ZH.t("calendar.before"));
    let days = window.labels(Role::CheckBox);
    assert!(days.contains(&gap("2024-03-08")) && !days.contains(&gap("2024-03-05")), "{days:?}");
    assert!(window.has_text(&ZH.f("calendar.gaps", &[("n", "5".to_owned())])));
}

#[test]
fn flagged_articles_are_found_again() {
    let mut window = Window::with_samples(USUAL);
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
    let mut window = Window::with_samples(USUAL);
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
    assert!(window.labels(Role::CheckBox).contains(&"年终回顾 2".to_owned()), "counted beside the filter");
    window.click(&ZH.f("marks.colour-of", &[("t", "年终回顾".into())]));
    window.click(&ZH.f("marks.colour", &[("n", "5".into())]));
    window.click(&ZH.f("marks.colour-of", &[("t", "年终回顾".into())]));
    window.click(&ZH.f("marks.delete-tag", &[("t", "年终回顾".into())]));
    assert!(!window.labels(Role::CheckBox).iter().any(|label| label.starts_with("年终回顾")));
}

#[test]
fn the_panes_are_put_away_by_keys_and_stay_so_over_a_restart() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.press(Action::ToggleList);
    assert!(window.rows().is_empty());
    assert!(window.has_text("本版"), "the reader has the room");
    window.press(Action::NextResult);
    let second = window.open_id();
    let mut again = window.restarted();
    assert!(again.rows().is_empty());
    assert_eq!(again.open_id(), second, "reading went on without the list");
    again.press(Action::ToggleFilters);
    assert!(again.labels(Role::CheckBox).is_empty());
    again.press(Action::ToggleList);
    assert_eq!(again.rows(), rows);
    again.press(Action::ToggleReader);
    assert!(!again.has_text("本版") && !again.rows().is_empty(), "the list alone");
    again.press(Action::ToggleList);
    assert!(again.has_text("本版"), "one of the two is always there");
}

#[test]
fn a_hidden_pane_comes_back_for_what_is_asked_of_it() {
    let mut window = Window::with_samples(USUAL);
    window.press(Action::ToggleList);
    window.search("路灯");
    assert!(!window.rows().is_empty(), "what was searched for is shown");
    window.press(Action::ToggleReader);
    let rows = window.rows();
    window.click_row(&rows[0]);
    assert!(window.has_text("本版"), "what was opened is shown");
}

#[test]
fn rows_are_walked_and_selected_with_the_arrow_keys() {
    let mut window = Window::with_samples(USUAL);
    let rows = window.rows();
    window.click_row(&rows[0]);
    window.key(Modifiers::NONE, Key::ArrowDown);
    let second = window.open_id();
    assert_eq!(window.harness.state().selected_ids(), second.into_iter().collect::<Vec<_>>());
    window.key(Modifiers::SHIFT, Key::ArrowDown);
    window.key(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.harness.state().selected_ids().len(), 3);
    assert_eq!(window.open_id(), second, "selecting opens nothing");
    window.key(Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(window.harness.state().selected_ids().len(), 2);
    let all = window.harness.state().result_count();
    window.key(Modifiers::SHIFT, Key::End);
    assert_eq!(window.harness.state().selected_ids().len() as u64, all - 1, "to rows that were not in view");
    let first = window.harness.state().selected_ids()[0];
    assert_eq!(Some(first), second);
    window.key(Modifiers::NONE, Key::Home);
    assert_eq!(window.rows()[0], rows[0]);
    assert_eq!(window.harness.state().selected_ids().len(), 1);
}

#[test]
fn suggestions_go_away_on_escape_and_when_the_list_is_gone_to() {
    let mut window = Window::with_samples(USUAL);
    let is_shown = |window: &Window| window.labels(Role::Button).iter().any(|name| name.starts_with("乌篷镇"));
    window.search("乌篷");
    assert!(is_shown(&window), "{:?}", window.labels(Role::Button));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!is_shown(&window), "Escape");
    assert!(window.harness.get_by_label(&ZH.t("search.name")).is_focused(), "typing can go on");
    window.key(Modifiers::NONE, Key::Backspace);
    window.harness.get_by_label(&ZH.t("search.name")).type_text("篷");
    window.settle();
    assert!(is_shown(&window), "typing brings them back");
    window.press(Action::NextResult);
    assert!(window.open_id().is_some() && !is_shown(&window), "a result is read");
}
