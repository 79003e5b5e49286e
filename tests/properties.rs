//! What must hold for any text whatsoever: every non-blank line has exactly one place, no character is invented, nothing
//! panics, time grows with the text and not faster.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::model::{Article, Page};
use baoku::reconstruct::{Lexicon, reconstruct};
use proptest::prelude::*;
use std::path::Path;
use std::time::{Duration, Instant};

/// Every non-blank line stands in exactly one span.
#[track_caller]
fn check_account(text: &str, page: &Page) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut places = vec![0; lines.len() + 1];
    let spans = page.articles.iter().flat_map(|a| &a.spans).map(|s| (s.from, s.to));
    for (from, to) in spans.chain(page.furniture.iter().map(|f| (f.from, f.to))) {
        for line in from..=to {
            places[line as usize] += 1;
        }
    }
    for (line, content) in lines.iter().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        assert_eq!(places[line + 1], 1, "line {} {content:?} of {text:?}", line + 1);
    }
}

/// Every mapped character is the dump's, in a line of the article; the others are joining spaces.
#[track_caller]
fn check_characters(text: &str, page: &Page) {
    let lines: Vec<Vec<char>> = text.split('\n').map(|l| l.chars().collect()).collect();
    for article in &page.articles {
        for block in &article.blocks {
            let made: Vec<char> = block.text.chars().collect();
            let mut mapped = vec![false; made.len()];
            for run in &block.runs {
                assert!(article.spans.iter().any(|s| s.range().contains(run.line)), "a line of another article");
                for i in 0..run.len {
                    let (to, from) = ((run.start + i) as usize, (run.column + i) as usize);
                    assert_eq!(made[to], lines[run.line as usize - 1][from], "an invented character in {text:?}");
                    assert!(!mapped[to], "mapped twice");
                    mapped[to] = true;
                }
            }
            assert!(
                made.iter().zip(&mapped).all(|(c, m)| *m || *c == ' '),
                "an unmapped character in {:?}",
                block.text
            );
        }
    }
}

fn check(text: &str) -> Page {
    let page = reconstruct(text, Lexicon::shared());
    check_account(text, &page);
    check_characters(text, &page);
    page
}

/// Lines of the sort that newspapers are made of, in any order.
fn newsprint() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        Just("本报讯 昨天，望山镇的老桥修好了，车子又能开".to_owned()),
        Just("过去了。".to_owned()),
        Just("■记者 陆小满 通讯员 丁 禾".to_owned()),
        Just("老桥修好了老桥修好了".to_owned()),
        Just("““老桥老桥””修好了修好了，，".to_owned()),
        Just("（下转第2版）".to_owned()),
        Just("2024年8月16日 星期五 A2".to_owned()),
        Just("编者按：桥修好了，路就通了。".to_owned()),
        Just("是 一 场 双 向 奔 赴".to_owned()),
        Just("The bridge is open again".to_owned()),
        Just("本報訊（記者 陸小滿）望山鎮的老橋修好了，︽老橋︾".to_owned()),
        Just("\u{2F08}民公园里的桥，\u{F902}\u{2F8F}".to_owned()),
        "[一-龥，。“”0-9 ]{0,30}",
        ".{0,12}",
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_newsprint_keeps_its_lines_and_characters(text in newsprint()) {
        check(&text);
    }

    #[test]
    fn any_characters_keep_their_lines(text in "(?s).{0,400}") {
        check(&text);
    }
}

/// What a reader would notice of an article.
#[derive(Debug, PartialEq)]
struct Gist {
    title: String,
    lines: Vec<(u32, u32)>,
    text: String,
}

/// The gist of each article, with the dump's lines numbered anew.
fn gist(page: &Page, number: impl Fn(u32) -> u32) -> Vec<Gist> {
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let one = |article: &Article| Gist {
        title: solid(&article.title),
        lines: article.spans.iter().map(|s| (number(s.from), number(s.to))).collect(),
        text: solid(&article.paragraphs().collect::<String>()),
    };
    page.articles.iter().map(one).collect()
}

/// However a whole dump was typed or carried over, it is the same page.
#[test]
fn a_dump_typed_otherwise_is_the_same_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let names = ["interview_subheads", "jump_and_masthead", "photo", "signed_essay", "traditional", "wrapped_columns"];
    for name in names {
        let text = std::fs::read_to_string(root.join(name).join("dump.txt")).expect("a readable dump");
        let expected = gist(&check(&text), |line| line);
        let each_line = |change: &dyn Fn(&str) -> String| text.lines().map(change).collect::<Vec<_>>().join("\n");
        let set_in = |margin: &str| each_line(&|l| if l.is_empty() { String::new() } else { format!("{margin}{l}") });
        for (what, typed) in [
            ("with a margin", set_in("        ")),
            ("with no-break spaces", text.replace(' ', "\u{A0}").replace('\u{3000}', "\u{A0}\u{A0}")),
            ("with line ends of Windows", each_line(&|l| format!("{l}\r"))),
            ("with spaces at line ends", each_line(&|l| format!("{l}   "))),
        ] {
            assert_eq!(gist(&check(&typed), |line| line), expected, "{name} {what}");
        }
        // Where lines are whole paragraphs, blank lines between them are as it should be; a few lines do not tell.
        let lines = || text.lines().map(|line| line.chars().count()).filter(|length| *length > 0);
        if lines().any(|length| length > 42) || lines().count() < 12 {
            continue;
        }
        // Line n stands in line 2n - 1 then.
        let spaced = text.lines().collect::<Vec<_>>().join("\n\n");
        assert_eq!(gist(&check(&spaced), |line| line.div_ceil(2)), expected, "{name} with double spacing");
    }
}

#[test]
fn odd_pages_do_not_break_it() {
    for text in [
        "",
        "\n\n\n",
        "\0\0\0\n\u{1}\u{2}",
        "\u{3000}\u{3000}\n\t",
        "1234\n5678\n90",
        "老桥\n老桥\n老桥\n老桥",
        "■\n■■\n■记者",
        "下转\n上接\n第\n版",
        "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡",
        "準考證號 姓名 分數\n001 張三 98\n002 李四 97",
        "\u{202E}右\u{200B}零\u{FEFF}",
        "𠀀𠀁𠀂𠀃\n👍👍👍👍",
    ] {
        check(text);
    }
}

#[test]
fn a_line_of_a_megabyte_is_one_line() {
    let text = "水退了，堤上的脚印还在。".repeat(30_000);
    let started = Instant::now();
    let page = check(&text);
    assert_eq!(page.articles.len() + page.furniture.len(), 1);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let page =
        "老桥修好了\n■记者 陆小满\n本报讯 昨天，望山镇的老桥修好了，车子又能\n开过去了。桥长四十米，宽七米。\n\n";
    let took = |pages: usize| {
        let text = page.repeat(pages);
        let started = Instant::now();
        check(&text);
        started.elapsed()
    };
    took(100);
    let (small, large) = (took(2_000), took(20_000));
    assert!(large < small * 40 + Duration::from_secs(2), "{small:?} for 2,000 articles, {large:?} for 20,000");
}
