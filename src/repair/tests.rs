//! Repairs of a small page, and random ones of the sample pages.

use super::*;
use crate::model::{Anchor, Block, Field, Furniture, FurnitureKind, LineRange, Place, Role, SourceRun, Span, Target};
use crate::reconstruct::{Lexicon, reconstruct};
use proptest::prelude::*;
use std::collections::HashMap;

/// Two articles, a masthead, one line without a place.
const TEXT: &str = "槐川日报\n\n春耕时节\n一大早，田里就热闹起来。\n农机手老周说，今年\n开犁比往年早三天。\n他家有二十亩地。\n\n茶园开采\n清明前的茶叶最金贵，\n采茶人天不亮就上山。\n茶农说今年雨水好。\n本报记者 林树\n第三版\n";

fn article(title: u32, spans: &[(u32, u32, Role)], blocks: &[&[u32]]) -> Article {
    let lines: Vec<&str> = TEXT.split('\n').collect();
    let block = |numbers: &[u32]| {
        let mut block = Block { kind: crate::model::BlockKind::Paragraph, text: String::new(), runs: Vec::new() };
        for &line in numbers {
            let text = lines[line as usize - 1];
            let (start, len) = (block.text.chars().count() as u32, text.chars().count() as u32);
            block.runs.push(SourceRun { start, len, line, column: 0 });
            block.text.push_str(text);
        }
        block
    };
    Article {
        title: lines[title as usize - 1].to_owned(),
        title_printed: true,
        spans: spans.iter().map(|&(from, to, role)| Span { from, to, role }).collect(),
        blocks: blocks.iter().map(|b| block(b)).collect(),
        confidence: 0.5,
        towns: vec!["望湖街道".to_owned()],
        ..Article::default()
    }
}

fn page() -> Page {
    let furniture = |line, what| Furniture { from: line, to: line, what };
    Page {
        articles: vec![
            article(3, &[(3, 3, Role::Title), (4, 7, Role::Body)], &[&[4], &[5, 6, 7]]),
            article(9, &[(9, 9, Role::Title), (10, 12, Role::Body), (13, 13, Role::Byline)], &[&[10, 11], &[12]]),
        ],
        furniture: vec![furniture(1, FurnitureKind::Masthead), furniture(14, FurnitureKind::Unplaced)],
        ..Page::default()
    }
}

fn mended(repairs: &[Repair]) -> Mended {
    let numbered: Vec<(RepairId, Repair)> = (1..).zip(repairs.iter().cloned()).collect();
    let mended = mend(TEXT, &page(), &numbered, None);
    check_lines(TEXT, &mended.page, &cut_lines(&numbered));
    check_runs(TEXT, &mended.page, true);
    mended
}

fn anchor(of: usize) -> Anchor {
    Anchor::of(&page().articles[of])
}

fn texts(article: &Article) -> Vec<&str> {
    article.blocks.iter().map(|b| b.text.as_str()).collect()
}

/// Every non-blank line stands in exactly one article span or in furniture; a line that was cut stands in several articles,
/// but none of its characters twice.
#[track_caller]
fn check_lines(text: &str, page: &Page, cut: &[u32]) {
    let mut count: HashMap<u32, u32> = HashMap::new();
    let spans = page.articles.iter().flat_map(|a| &a.spans).map(|s| s.range());
    for range in spans.chain(page.furniture.iter().map(Furniture::range)) {
        range.lines().for_each(|line| *count.entry(line).or_default() += 1);
    }
    for (number, line) in (1..).zip(text.split('\n')) {
        let times = count.get(&number).copied().unwrap_or(0);
        let is_right = times == 1 || (times > 1 && cut.contains(&number));
        assert!(line.trim().is_empty() || is_right, "line {number} stands {times} times: {line}");
        let is_loose = page.furniture.iter().any(|f| f.range().contains(number));
        assert!(!is_loose || times == 1, "line {number} is furniture and text");
    }
    let mut seen = std::collections::HashSet::new();
    for run in page.articles.iter().flat_map(|a| &a.blocks).flat_map(|b| &b.runs) {
        for column in run.column..run.column + run.len {
            assert!(seen.insert((run.line, column)), "a character stands twice: {run:?}");
        }
    }
}

/// The lines that repairs cut in two.
fn cut_lines(repairs: &[(RepairId, Repair)]) -> Vec<u32> {
    let line = |repair: &Repair| match repair {
        Repair::Split { line, column } if *column > 0 => Some(*line),
        _ => None,
    };
    repairs.iter().filter_map(|(_, repair)| line(repair)).collect()
}

/// Every run names the characters it is about, and runs follow each other.
#[track_caller]
fn check_runs(text: &str, page: &Page, is_exact: bool) {
    let lines: Vec<Vec<char>> = text.split('\n').map(|l| l.chars().collect()).collect();
    for block in page.articles.iter().flat_map(|a| &a.blocks) {
        let chars: Vec<char> = block.text.chars().collect();
        let mut end = 0;
        for run in &block.runs {
            assert!(run.start >= end, "{block:?}");
            end = run.start + run.len;
            let shown = &chars[run.start as usize..end as usize];
            let printed = &lines[run.line as usize - 1][run.column as usize..][..run.len as usize];
            assert!(!is_exact || shown == printed, "{block:?}");
        }
    }
}

#[test]
fn without_repairs_the_page_is_the_engines() {
    let mended = mended(&[]);
    assert_eq!(mended.page, page());
    assert!(mended.touched.iter().all(Vec::is_empty) && mended.troubles.is_empty());
}

#[test]
fn an_article_is_split_at_a_paragraph() {
    let split = mended(&[Repair::Split { line: 5, column: 0 }]);
    let [first, second, other] = split.page.articles.as_slice() else { panic!("{split:?}") };
    assert_eq!((first.title.as_str(), texts(first)), ("春耕时节", vec!["一大早，田里就热闹起来。"]));
    assert!(!second.title_printed);
    assert_eq!(texts(second), ["农机手老周说，今年开犁比往年早三天。他家有二十亩地。"]);
    assert_eq!(second.towns, ["望湖街道"], "nobody describes it anew here");
    assert_eq!(other, &page().articles[1]);
    assert_eq!(split.touched, [vec![1], vec![1], vec![]]);
}

#[test]
fn a_signature_goes_with_the_text_it_stands_behind() {
    let split = mended(&[Repair::Split { line: 12, column: 0 }]);
    assert_eq!(split.page.articles[1].bylines, []);
    assert_eq!(split.page.articles[2].bylines[0].name, "林树");
}

#[test]
fn an_article_is_split_inside_a_line_and_merging_makes_the_line_whole() {
    // 农机手老周说，|今年
    let cut = Repair::Split { line: 5, column: 7 };
    let split = mended(std::slice::from_ref(&cut));
    let [first, second, _] = split.page.articles.as_slice() else { panic!("{split:?}") };
    assert_eq!(texts(first), ["一大早，田里就热闹起来。", "农机手老周说，"]);
    assert_eq!(texts(second), ["今年开犁比往年早三天。他家有二十亩地。"]);
    assert_eq!(split.touched, [vec![1], vec![1], vec![]]);
    // Both are found again, though they share a line.
    let name = |of: &Article, to: &str| Repair::Set { of: Anchor::of(of), field: Field::Title(to.into()) };
    let named = mended(&[cut.clone(), name(second, "乙"), name(first, "甲")]);
    let titles: Vec<&str> = named.page.articles.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles, ["甲", "乙", "茶园开采"]);
    // What is said of characters goes to the article that has them.
    let join = Repair::Paragraph { at: Place { line: 5, column: 0 }, begins: false };
    let word = Repair::Replace { at: Place { line: 5, column: 7 }, was: "今年".into(), by: "今春".into() };
    let both = mended(&[cut.clone(), join, word]);
    assert!(both.troubles.is_empty(), "{:?}", both.troubles);
    assert_eq!(texts(&both.page.articles[0]), ["一大早，田里就热闹起来。农机手老周说，"]);
    assert!(both.page.articles[1].blocks[0].text.starts_with("今春开犁"));
    // A second cut in the same line, and merging all of it.
    let again = mended(&[cut.clone(), Repair::Split { line: 5, column: 3 }]);
    assert_eq!(texts(&again.page.articles[1]), ["老周说，"]);
    let merge = Repair::Merge { first: Anchor::of(first), second: Anchor::of(second) };
    let whole = mended(&[cut, merge]);
    assert_eq!(texts(&whole.page.articles[0]), texts(&page().articles[0]));
}

#[test]
fn a_line_that_articles_share_moves_as_a_whole() {
    let cut = Repair::Split { line: 5, column: 7 };
    let lines = vec![LineRange { from: 5, to: 5 }];
    let away = Repair::Move { lines, to: Target::Furniture(FurnitureKind::Slogan), role: None, after: None };
    let moved = mended(&[cut, away]);
    assert_eq!(texts(&moved.page.articles[0]), ["一大早，田里就热闹起来。"]);
    assert_eq!(texts(&moved.page.articles[1]), ["开犁比往年早三天。他家有二十亩地。"]);
    assert!(moved.page.furniture.iter().any(|f| f.range().contains(5)));
}

#[test]
fn a_dump_of_one_line_is_parted_into_articles() {
    let text = "甲村修路。乙村种树。丙村办戏。";
    let run = SourceRun { start: 0, len: 15, line: 1, column: 0 };
    let block = Block { kind: crate::model::BlockKind::Paragraph, text: text.into(), runs: vec![run] };
    let span = Span { from: 1, to: 1, role: Role::Body };
    let article =
        Article { title: "甲村修路".into(), blocks: vec![block], spans: vec![span], ..Article::default() };
    let page = Page { articles: vec![article], ..Page::default() };
    let cut = |column| Repair::Split { line: 1, column };
    let three = mend(text, &page, &[(1, cut(5)), (2, cut(10))], None);
    let shown: Vec<_> = three.page.articles.iter().map(texts).collect();
    assert_eq!(shown, [["甲村修路。"], ["乙村种树。"], ["丙村办戏。"]]);
    let titled = Repair::Set { of: Anchor::of(&three.page.articles[1]), field: Field::Title("种树".into()) };
    let named = mend(text, &page, &[(1, cut(5)), (2, cut(10)), (3, titled)], None);
    assert_eq!(named.page.articles[1].title, "种树");
    assert_eq!(named.heirs, [Some(0), None, None]);
}

#[test]
fn two_articles_become_one_and_the_second_headline_a_subhead() {
    let merge = mended(&[Repair::Merge { first: anchor(0), second: anchor(1) }]);
    let [one] = merge.page.articles.as_slice() else { panic!("{merge:?}") };
    assert_eq!(one.title, "春耕时节");
    assert_eq!(one.subheads().collect::<Vec<_>>(), ["茶园开采"]);
    assert_eq!(one.bylines[0].name, "林树");
    assert_eq!(one.paragraphs().count(), 4);
}

#[test]
fn a_sentence_goes_on_over_a_merge() {
    // The first half ends in mid-sentence, the second has no headline.
    let repairs = [
        Repair::Split { line: 6, column: 0 },
        Repair::Merge {
            first: Anchor { lines: vec![LineRange { from: 3, to: 5 }], ..Anchor::default() },
            second: Anchor { lines: vec![LineRange { from: 6, to: 7 }], ..Anchor::default() },
        },
    ];
    let merged = mended(&repairs);
    assert_eq!(texts(&merged.page.articles[0]), texts(&page().articles[0]));
}

#[test]
fn a_line_without_a_place_becomes_a_headline_and_goes_back() {
    let line = vec![LineRange { from: 14, to: 14 }];
    let title =
        Repair::Move { lines: line.clone(), to: Target::Article(anchor(1)), role: Some(Role::Subtitle), after: None };
    let moved = mended(std::slice::from_ref(&title));
    assert_eq!(moved.page.articles[1].subtitle.as_deref(), Some("第三版"));
    assert!(moved.page.furniture.iter().all(|f| f.what != FurnitureKind::Unplaced));
    let away = Repair::Move { lines: line, to: Target::Furniture(FurnitureKind::Slogan), role: None, after: None };
    let gone = mended(&[title, away]);
    assert_eq!(gone.page.articles[1].subtitle, None);
    assert_eq!(gone.page.furniture[1].what, FurnitureKind::Slogan);
}

#[test]
fn lines_move_into_another_article_where_they_are_told() {
    let lines = vec![LineRange { from: 10, to: 11 }];
    let moved = Repair::Move { lines, to: Target::Article(anchor(0)), role: None, after: Some(4) };
    let moved = mended(&[moved]);
    assert_eq!(texts(&moved.page.articles[0])[1], "清明前的茶叶最金贵，采茶人天不亮就上山。");
    assert_eq!(texts(&moved.page.articles[0]).len(), 3);
    assert_eq!(texts(&moved.page.articles[1]), ["茶农说今年雨水好。"]);
}

#[test]
fn a_line_in_the_middle_becomes_a_subhead() {
    let lines = vec![LineRange { from: 6, to: 6 }];
    let role = Repair::Move { lines, to: Target::Article(anchor(0)), role: Some(Role::Subhead), after: None };
    let article = mended(&[role]).page.articles.remove(0);
    assert_eq!(
        texts(&article),
        ["一大早，田里就热闹起来。", "农机手老周说，今年", "开犁比往年早三天。", "他家有二十亩地。"]
    );
    assert_eq!(article.subheads().collect::<Vec<_>>(), ["开犁比往年早三天。"]);
}

#[test]
fn paragraphs_are_joined_and_begun_anywhere() {
    let join = Repair::Paragraph { at: Place { line: 5, column: 0 }, begins: false };
    let joined = mended(std::slice::from_ref(&join));
    assert_eq!(texts(&joined.page.articles[0]).len(), 1);
    let begin = Repair::Paragraph { at: Place { line: 5, column: 3 }, begins: true };
    let both = mended(&[join, begin]);
    assert_eq!(
        texts(&both.page.articles[0]),
        ["一大早，田里就热闹起来。农机手", "老周说，今年开犁比往年早三天。他家有二十亩地。"]
    );
}

#[test]
fn characters_are_replaced_and_the_rest_keeps_its_place() {
    let wrong = Repair::Replace { at: Place { line: 5, column: 3 }, was: "老周".into(), by: "周大伯".into() };
    let page = mended(std::slice::from_ref(&wrong)).page;
    assert_eq!(texts(&page.articles[0])[1], "农机手周大伯说，今年开犁比往年早三天。他家有二十亩地。");
    let again = mended(&[wrong.clone(), wrong]);
    assert_eq!(again.troubles, [(2, Trouble::OtherText)], "it stands there no longer");
}

#[test]
fn fields_survive_what_is_done_to_the_lines_later() {
    let title = Repair::Set { of: anchor(0), field: Field::Title("春耕忙".into()) };
    let line = Repair::Move {
        lines: vec![LineRange { from: 14, to: 14 }],
        to: Target::Article(anchor(0)),
        role: None,
        after: None,
    };
    let both = mended(&[title, line, Repair::Split { line: 5, column: 0 }]);
    assert_eq!(both.page.articles[0].title, "春耕忙");
    assert_eq!(both.touched[0], [1, 2, 3]);
}

#[test]
fn a_page_has_one_date() {
    let day = jiff::civil::date(2024, 3, 5);
    let dated = mended(&[Repair::Date { to: Some(day) }]);
    assert_eq!(dated.page.date.best, Some(day));
    assert_eq!(dated.touched, [vec![1], vec![1]]);
    assert_eq!(dated.page.articles, page().articles);
}

#[test]
fn what_fits_no_longer_is_kept_and_said() {
    let nowhere =
        Anchor { lines: vec![LineRange { from: 90, to: 95 }], title: "没有了".into(), ..Anchor::default() };
    let repairs = [
        Repair::Set { of: nowhere.clone(), field: Field::Title("题".into()) },
        Repair::Split { line: 1, column: 0 },
        Repair::Merge { first: anchor(0), second: nowhere },
        Repair::Move { lines: vec![], to: Target::New, role: None, after: None },
        Repair::Replace { at: Place { line: 4, column: 0 }, was: "不在".into(), by: String::new() },
        Repair::Paragraph { at: Place { line: 3, column: 0 }, begins: true },
    ];
    let mended = mended(&repairs);
    assert_eq!(mended.page, page());
    let troubles: Vec<Trouble> = mended.troubles.iter().map(|t| t.1).collect();
    use Trouble::{NoArticle, NoLine, OtherText};
    assert_eq!(troubles, [NoArticle, NoLine, NoArticle, NoLine, OtherText, NoLine]);
}

/// The sample pages with what the engine makes of them.
fn samples() -> Vec<(String, Page)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    texts.map(|text| (reconstruct(&text, Lexicon::shared()), text)).map(|(page, text)| (text, page)).collect()
}

#[test]
fn the_engines_articles_are_composed_the_same_from_their_lines() {
    for (text, page) in samples() {
        let layout = Layout::of(&text, &page);
        let given: Vec<_> = layout.pieces.iter().map(Piece::given).collect();
        for (again, engine) in recompose(&text, &given).iter().zip(&page.articles) {
            assert_eq!(again.title, engine.title);
            assert_eq!(
                (&again.kicker, &again.subtitle, &again.column),
                (&engine.kicker, &engine.subtitle, &engine.column)
            );
            assert_eq!(again.bylines, engine.bylines, "{}", engine.title);
            assert_eq!(again.blocks, engine.blocks, "{}", engine.title);
            assert_eq!(again.jump_to, engine.jump_to);
        }
    }
}

/// A repair of some page, made from three numbers.
pub(super) fn some_repair(page: &Page, text: &str, (kind, a, b): (u8, u32, u32)) -> Repair {
    let count = text.split('\n').count() as u32;
    let line = |n: u32| n % count + 1;
    let article =
        |n: u32| page.articles.get(n as usize % page.articles.len().max(1)).map(Anchor::of).unwrap_or_default();
    let lines = vec![LineRange { from: line(a), to: (line(a) + b % 4).min(count) }];
    let role = Some(Role::ALL[b as usize % Role::ALL.len()]);
    let text_line = |n: u32| {
        let runs: Vec<u32> =
            page.articles.iter().flat_map(|a| &a.blocks).flat_map(|b| &b.runs).map(|r| r.line).collect();
        runs.get(n as usize % runs.len().max(1)).copied().unwrap_or(1)
    };
    match kind % 10 {
        0 => Repair::Set { of: article(a), field: Field::Title(format!("题{b}")) },
        1 => Repair::Set { of: article(a), field: Field::Towns(vec![format!("镇{b}")]) },
        2 => Repair::Paragraph { at: Place { line: text_line(a), column: b % 9 }, begins: true },
        3 => Repair::Paragraph { at: Place { line: text_line(a), column: 0 }, begins: false },
        4 => Repair::Split { line: text_line(a), column: if b % 2 == 0 { 0 } else { b % 23 } },
        5 => Repair::Merge { first: article(a), second: article(b) },
        6 => Repair::Move { lines, to: Target::Article(article(b)), role, after: None },
        7 => Repair::Move { lines, to: Target::New, role: None, after: None },
        8 => Repair::Move { lines, to: Target::Furniture(FurnitureKind::Slogan), role: None, after: Some(a) },
        _ => Repair::Date { to: Some(jiff::civil::date(2024, 1, (a % 28) as i8 + 1)) },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_repairs_keep_every_line(which in 0usize..6, steps in proptest::collection::vec(any::<(u8, u32, u32)>(), 1..14)) {
        let samples = samples();
        let (text, engine) = &samples[which % samples.len()];
        let mut repairs: Vec<(RepairId, Repair)> = Vec::new();
        let mut shown = vec![mend(text, engine, &[], None)];
        for (id, step) in (1..).zip(steps) {
            repairs.push((id, some_repair(&shown[shown.len() - 1].page, text, step)));
            let now = mend(text, engine, &repairs, None);
            check_lines(text, &now.page, &cut_lines(&repairs));
            check_runs(text, &now.page, true);
            prop_assert_eq!(now.touched.len(), now.page.articles.len());
            shown.push(now);
        }
        // Taking them back one by one shows what was there before, exactly.
        while let Some(then) = shown.pop() {
            prop_assert_eq!(&mend(text, engine, &repairs, None), &then);
            repairs.pop();
        }
        prop_assert_eq!(&mend(text, engine, &[], None).page, engine);
    }
}
