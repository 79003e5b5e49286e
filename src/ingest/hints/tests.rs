//! Names as newsrooms give them, and names that must say nothing.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(path: &str, date: &str, label: &str, newspaper: &str) {
    let hints = hints_from_path(path);
    let got = (
        hints.date.map(|d| d.to_string()).unwrap_or_default(),
        hints.page_label.unwrap_or_default(),
        hints.newspaper.unwrap_or_default(),
    );
    assert_eq!(got, (date.to_owned(), label.to_owned(), newspaper.to_owned()), "{path}");
}

#[test]
fn dates_in_the_files_own_name() {
    check("20230109.txt", "2023-01-09", "", "");
    check("2023-01-09.txt", "2023-01-09", "", "");
    check("2023_01_09.txt", "2023-01-09", "", "");
    check("2023.1.9.txt", "2023-01-09", "", "");
    check("2023.1.9", "2023-01-09", "", "");
    check("2023年1月9日.txt", "2023-01-09", "", "");
    check("２０２３年１月９日.txt", "2023-01-09", "", "");
    check("YXRB20230109A01.txt", "2023-01-09", "A1", "");
    check("2023010902.txt", "2023-01-09", "2", "");
}

#[test]
fn a_typed_date_is_a_date_and_nothing_else() {
    for text in ["2023-01-09", "20230109", "2023.1.9", "2023/1/9", " 2023年1月9日 ", "２０２３－０１－０９"]
    {
        assert_eq!(parse_date(text), Some(jiff::civil::date(2023, 1, 9)), "{text}");
    }
    for text in ["", "2023-01", "2023-01-09 A1", "x20230109", "2023-02-30", "2023010902"] {
        assert_eq!(parse_date(text), None, "{text}");
    }
}

#[test]
fn dates_in_folders() {
    check("2023/01/09/a.txt", "2023-01-09", "", "");
    check("202301/09/a.txt", "2023-01-09", "", "");
    check("2023/0109/a.txt", "2023-01-09", "", "");
    check("2023年/1月/9日/头版.txt", "2023-01-09", "", "");
    check("2023年/1月9日/头版.txt", "2023-01-09", "", "");
    check("2023/2023-01/09/x.txt", "2023-01-09", "", "");
    check("2023-01-09/03.txt", "2023-01-09", "3", "");
    check("2023/01/09.txt", "2023-01-09", "", "");
    check("2023/01/09/02.txt", "2023-01-09", "2", "");
    check("C:\\dumps\\2023\\01\\09\\A2.txt", "2023-01-09", "A2", "");
    check("dumps/20230109.zip/A3.txt", "2023-01-09", "A3", "");
}

#[test]
fn the_files_own_date_wins_over_its_folders() {
    check("2022-12-31/2023-01-09.txt", "2023-01-09", "", "");
}

#[test]
fn page_labels() {
    check("第02版.txt", "", "2", "");
    check("02版.txt", "", "2", "");
    check("A01版 要闻.txt", "", "A1", "");
    check("第十二版.txt", "", "12", "");
    check("20230109-A1-青石镇的春天.txt", "2023-01-09", "A1", "");
    check("b02.txt", "", "B2", "");
    check("20230109_03_茶园.txt", "2023-01-09", "3", "");
    check("p3.txt", "", "3", "");
    check("2023-01-09/A2/正文.txt", "2023-01-09", "A2", "");
    check("2023-01-09/第3版/正文.txt", "2023-01-09", "3", "");
}

#[test]
fn newspapers() {
    check("云溪日报/2023/01/09/A1.txt", "2023-01-09", "A1", "云溪日报");
    check("云溪日报20230109第02版.txt", "2023-01-09", "2", "云溪日报");
    check("今日云溪/云溪晚报第3版.txt", "", "3", "云溪晚报");
    check("云溪都市报_2023-01-09.txt", "2023-01-09", "", "云溪都市报");
    check("2023年云溪周刊/a.txt", "", "", "云溪周刊");
}

#[test]
fn names_that_say_nothing() {
    for name in [
        "000_6d8d5ab7a9fc602e.txt",
        "002_24bedd2a704cc5ae.txt",
        "463ebdba20230109.txt",
        "a1b2c3d4e5f60718.txt",
        "1673222400.txt",
        "20230109123000.txt",
        "20231309.txt",
        "2023-02-30.txt",
        "2023年13月1日.txt",
        "18991231.txt",
        "2023-01.txt",
        "v1.2.txt",
        "2023.1.9.4.txt",
        "page.txt",
        "000.txt",
        "03.txt",
        "12_34.txt",
        "第0版.txt",
        "2023版本.txt",
        "情况通报.txt",
        "工作日报.txt",
        "今日报道.txt",
        "Z9.txt",
        "",
        "/",
    ] {
        check(name, "", "", "");
    }
}

proptest! {
    #[test]
    fn any_name_is_looked_at_without_a_panic(name in "\\PC{0,40}") {
        let _ = hints_from_path(&name);
    }

    #[test]
    fn any_digits_and_marks_are_looked_at_without_a_panic(name in "[0-9年月日第版A-Ca-c./_-]{0,30}") {
        let _ = hints_from_path(&name);
    }

    #[test]
    fn every_day_is_read_in_every_form(days in 0i32..60_000) {
        let date = jiff::civil::date(1930, 1, 1).saturating_add(jiff::Span::new().days(days));
        let (y, m, d) = (date.year(), date.month(), date.day());
        for name in [
            format!("{y}{m:02}{d:02}.txt"),
            format!("{y}-{m:02}-{d:02}_x.txt"),
            format!("x {y}.{m}.{d}.txt"),
            format!("报{y}年{m}月{d}日版面.txt"),
            format!("{y}/{m:02}/{d:02}/a.txt"),
        ] {
            prop_assert_eq!(hints_from_path(&name).date, Some(date), "{}", name);
        }
    }
}
