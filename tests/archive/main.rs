//! The archive over temporary files: what is stored comes back, the index finds what a literal scan finds, nothing that
//! happens to the program loses data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

// Helpers of tests are tests.

mod durability;
mod loose_lines;

use baoku::archive::{Added, Archive, ArchiveError, Notice, Reader, SCHEMA_VERSION};
use baoku::model::*;
use baoku::search::{Facts, FoldedDoc, Query, matches};
use proptest::prelude::*;
use std::path::PathBuf;

/// An article whose body lines follow each other on the page from `line` on.
fn article(title: &str, paragraphs: &[&str], line: u32) -> Article {
    let blocks = paragraphs
        .iter()
        .zip(line..)
        .map(|(text, line)| Block {
            kind: BlockKind::Paragraph,
            text: (*text).to_owned(),
            runs: vec![SourceRun { start: 0, len: text.chars().count() as u32, line, column: 0 }],
        })
        .collect();
    let to = line + paragraphs.len().max(1) as u32 - 1;
    Article {
        title: title.to_owned(),
        title_printed: true,
        blocks,
        spans: vec![
            Span { from: line - 1, to: line - 1, role: Role::Title },
            Span { from: line, to, role: Role::Body },
        ],
        confidence: 0.95,
        ..Article::default()
    }
}

/// A page of articles, its text made of them.
fn page(date: &str, label: &str, articles: &[(&str, &[&str])]) -> FiledPage {
    let mut text = String::new();
    let mut line = 1;
    let mut out = Page {
        newspaper: Some("澄湖日报".to_owned()),
        page_label: Some(label.to_owned()),
        date: DateEvidence { best: date.parse().ok(), ..DateEvidence::default() },
        ..Page::default()
    };
    for (title, paragraphs) in articles {
        out.articles.push(article(title, paragraphs, line + 1));
        text.push_str(&format!("{title}\n"));
        paragraphs.iter().for_each(|p| text.push_str(&format!("{p}\n")));
        line += 1 + paragraphs.len() as u32;
    }
    let dump = Dump {
        source: Source { path: PathBuf::from(format!("{date}-{label}.txt")), member: None, part: 1 },
        encoding: "UTF-8".to_owned(),
        content_hash: format!("{date}{label}{text}"),
        text,
        hints: Hints::default(),
    };
    FiledPage { dump, page: out, engine_version: 1 }
}

fn add(archive: &mut Archive, pages: &[FiledPage]) -> Vec<ArticleId> {
    let import = archive.begin_import().unwrap();
    let added = archive.add_pages(import, pages).unwrap();
    archive.finish_import(import, &ImportReport::default()).unwrap();
    added
        .into_iter()
        .flat_map(|a| match a {
            Added::New { articles, .. } => articles,
            Added::Known { .. } => Vec::new(),
        })
        .collect()
}

fn titles(reader: &Reader, query: &str) -> Vec<String> {
    let request = SearchRequest { query: query.to_owned(), ..SearchRequest::default() };
    let found = reader.search(&request, 0, 100).unwrap();
    assert_eq!(found.len() as u64, reader.count(&request).unwrap(), "{query}");
    found.into_iter().map(|s| s.title.text).collect()
}

fn three_days() -> Vec<FiledPage> {
    let mut pages = vec![
        page("2023-01-09", "A1", &[("春耕早", &["望湖街道的农户下田了。", "新仓镇人民政府发放种子。"])]),
        page(
            "2023-01-11",
            "A1",
            &[("灯会", &["元宵节的G60科创走廊灯火通明。"]), ("短讯", &["新仓\u{3000}镇昨日降雪。"])],
        ),
        page("2023-01-10", "02", &[("港口", &["独山港吞吐量增长，记者王强报道。"])]),
    ];
    pages[0].page.articles[0].towns = vec!["望湖街道".to_owned(), "新仓镇".to_owned()];
    pages[1].page.articles[1].towns = vec!["新仓镇".to_owned()];
    pages[2].page.articles[0].sections = vec!["经济".to_owned()];
    pages[2].page.articles[0].bylines =
        vec![Byline { role: BylineRole::Reporter, name: "王强".to_owned(), position: None }];
    pages
}

#[test]
fn what_was_filed_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("中文路径/报库.db")).unwrap();
    let pages = three_days();
    let ids = add(&mut archive, &pages);
    let reader = archive.reader().unwrap();
    let stored = reader.article(ids[0]).unwrap().unwrap();
    assert_eq!(stored.article, pages[0].page.articles[0]);
    assert_eq!(stored.page_label.as_deref(), Some("A1"));
    let page = reader.page(stored.page_id).unwrap().unwrap();
    assert_eq!(page.text, pages[0].dump.text);
    assert_eq!(page.article_at(2).map(|a| a.id), Some(ids[0]));
    assert_eq!(reader.article(ArticleId(999)).unwrap(), None);
}

#[test]
fn newest_come_first_and_oldest_the_other_way_round() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let mut pages = three_days();
    pages.push(page("", "9", &[("无日期", &["没有日期的一篇。"])]));
    add(&mut archive, &pages);
    let reader = archive.reader().unwrap();
    assert_eq!(titles(&reader, ""), ["灯会", "短讯", "港口", "春耕早", "无日期"]);
    let oldest = SearchRequest { sort: Sort::Oldest, ..SearchRequest::default() };
    let oldest: Vec<_> = reader.search(&oldest, 0, 10).unwrap().into_iter().map(|s| s.title.text).collect();
    assert_eq!(oldest, ["春耕早", "港口", "灯会", "短讯", "无日期"]);
}

#[test]
fn one_character_and_any_piece_of_a_text_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    add(&mut archive, &three_days());
    let reader = archive.reader().unwrap();
    assert_eq!(titles(&reader, "雪"), ["短讯"]);
    assert_eq!(titles(&reader, "新仓镇"), ["短讯", "春耕早"], "a gap inside Chinese text does not matter");
    assert_eq!(titles(&reader, "仓镇人民政府发"), ["春耕早"]);
    assert_eq!(titles(&reader, "g60科"), ["灯会"]);
    assert_eq!(titles(&reader, "60"), ["灯会"]);
    assert_eq!(titles(&reader, "。新"), Vec::<String>::new(), "paragraphs do not run into each other");
    assert_eq!(titles(&reader, "新仓 -降雪"), ["春耕早"]);
    assert_eq!(titles(&reader, "标题:港"), ["港口"]);
    assert_eq!(titles(&reader, "作者:王强"), ["港口"]);
    assert_eq!(titles(&reader, "镇:新仓 或 栏目:经济"), ["短讯", "港口", "春耕早"]);
    assert_eq!(titles(&reader, "日期:2023-01-10..2023-01 版:2"), ["港口"]);
    assert_eq!(titles(&reader, "新 NEAR/4 政"), ["春耕早"]);
    assert_eq!(titles(&reader, "新 NEAR/3 政"), Vec::<String>::new());
    assert_eq!(titles(&reader, "g*"), ["灯会"]);
    assert_eq!(titles(&reader, "6*"), Vec::<String>::new(), "60 stands inside a word");
}

#[test]
fn counts_follow_the_other_filters() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    add(&mut archive, &three_days());
    let reader = archive.reader().unwrap();
    let filter = Filter { towns: vec!["望湖街道".to_owned()], ..Filter::default() };
    let facets = reader.facets(&SearchRequest { filter, ..SearchRequest::default() }).unwrap();
    assert_eq!(facets.total, 1);
    assert_eq!(facets.towns, [("新仓镇".to_owned(), 2), ("望湖街道".to_owned(), 1)], "its own choice aside");
    assert_eq!(facets.months, [(YearMonth { year: 2023, month: 1 }, 1)]);
    assert_eq!(facets.pages, [("A1".to_owned(), 1)]);
    let facets = reader.facets(&SearchRequest { query: "新仓".to_owned(), ..SearchRequest::default() }).unwrap();
    assert_eq!((facets.total, facets.kinds), (2, vec![(Kind::News, 2)]));
}

#[test]
fn the_same_content_is_stored_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let pages = three_days();
    add(&mut archive, &pages);
    let import = archive.begin_import().unwrap();
    let again = archive.add_pages(import, &pages).unwrap();
    assert!(again.iter().zip(&pages).all(|(a, p)| *a == Added::Known { of: p.dump.source.clone() }));
    let other = page("2023-02-01", "1", &[("新", &["新的一页。"])]);
    let twice = archive.add_pages(import, &[other.clone(), other]).unwrap();
    assert!(matches!(twice[..], [Added::New { .. }, Added::Known { .. }]));
}

#[test]
fn an_import_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let pages = three_days();
    add(&mut archive, &pages[..1]);
    add(&mut archive, &pages[1..]);
    let reader = archive.reader().unwrap();
    let newest = reader.imports().unwrap()[0].id;
    assert_eq!(archive.undo_import(newest).unwrap(), 3);
    assert_eq!(titles(&reader, ""), ["春耕早"]);
    assert_eq!(titles(&reader, "新仓"), ["春耕早"]);
    assert_eq!(add(&mut archive, &pages[1..]).len(), 3, "what was undone can be imported again");
    assert_eq!(titles(&reader, "新仓"), ["短讯", "春耕早"]);
}

#[test]
fn a_rebuilt_page_keeps_the_ids_of_its_articles() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let ids = add(&mut archive, &three_days());
    let stale = archive.stale_pages(2, None, 10).unwrap();
    assert_eq!(stale.len(), 3);
    let (page_id, dump) = stale[1].clone();
    assert_eq!(dump.text, three_days()[1].dump.text);
    let mut better = three_days()[1].clone();
    better.dump = dump;
    better.engine_version = 2;
    better.page.articles.swap(0, 1);
    better.page.articles[1].title = "元宵灯会".to_owned();
    archive.replace_pages(&[(page_id, better)]).unwrap();
    let reader = archive.reader().unwrap();
    assert_eq!(reader.article(ids[1]).unwrap().unwrap().article.title, "元宵灯会");
    assert_eq!(reader.article(ids[1]).unwrap().unwrap().position, 1);
    assert_eq!(titles(&reader, "元宵"), ["元宵灯会"]);
    assert_eq!(titles(&reader, "新仓"), ["短讯", "春耕早"]);
    assert_eq!(archive.stale_pages(2, None, 10).unwrap().len(), 2);
}

#[test]
fn tags_narrow_and_the_basket_keeps_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let ids = add(&mut archive, &three_days());
    archive.tag(&[ids[0], ids[2]], "年终稿").unwrap();
    archive.untag(&[ids[0]], "年终稿").unwrap();
    archive.basket_add(&[ids[3], ids[1], ids[3]]).unwrap();
    archive.set_note(ids[1], "再核实").unwrap();
    archive.set_read(&[ids[1]], true).unwrap();
    let reader = archive.reader().unwrap();
    assert_eq!(titles(&reader, "标签:年终"), ["短讯"]);
    assert_eq!(reader.facets(&SearchRequest::default()).unwrap().tags, [("年终稿".to_owned(), 1)]);
    assert_eq!(reader.basket().unwrap(), [ids[3], ids[1]]);
    let marks = reader.marks(ids[1]).unwrap();
    assert_eq!((marks.note.as_deref(), marks.is_read, marks.is_in_basket), (Some("再核实"), true, true));
    archive.repair().unwrap();
    assert_eq!(titles(&reader, "标签:年终"), ["短讯"], "a rebuilt index knows the tags");
}

#[test]
fn searches_are_kept_and_recalled() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let request = SearchRequest { query: "新仓".to_owned(), sort: Sort::Oldest, ..SearchRequest::default() };
    archive.save_search("新仓的事", &request).unwrap();
    archive.remember_query("港口").unwrap();
    archive.remember_query("灯会").unwrap();
    archive.remember_query("港口").unwrap();
    let reader = archive.reader().unwrap();
    assert_eq!(reader.saved_searches().unwrap()[0].request, request);
    assert_eq!(reader.history(10).unwrap(), ["港口", "灯会"]);
}

#[test]
fn a_search_without_hits_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let mut pages = three_days();
    pages[0].dump.text.push_str("孤行：新芦码头\n");
    pages[0].page.furniture.push(Furniture { from: 4, to: 4, what: FurnitureKind::Unplaced });
    add(&mut archive, &pages);
    let reader = archive.reader().unwrap();
    let ask = |query: &str| reader.why(&SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).unwrap();
    let why = ask("独山巷 吞吐");
    assert_eq!((why.total, why.terms[0].count, why.terms[1].count), (0, 0, 1));
    assert_eq!(why.variants[0].text, "独山港");
    assert_eq!(ask("新芦码头").unplaced[0].line, 4);
    let why = ask("日期:2023-01-09..2023-01-13 雪");
    assert_eq!(why.missing_days.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2023-01-12", "2023-01-13"]);
    let filter = Filter { pages: vec!["02".to_owned()], ..Filter::default() };
    let why = reader.why(&SearchRequest { query: "新仓".to_owned(), filter, ..SearchRequest::default() }).unwrap();
    assert_eq!((why.total, why.without_filters), (0, 2));
}

fn request(query: &str) -> SearchRequest {
    SearchRequest { query: query.to_owned(), ..SearchRequest::default() }
}

#[test]
fn suggestions_come_from_names_headlines_and_pinyin() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    add(&mut archive, &three_days());
    archive.remember_query("新仓 降雪").unwrap();
    let reader = archive.reader().unwrap();
    let texts = |typed: &str| {
        let all = reader.suggest(typed, 10).unwrap();
        all.into_iter().map(|s| (s.text, s.by_pinyin)).collect::<Vec<_>>()
    };
    assert_eq!(texts("新仓"), [("新仓 降雪".to_owned(), false), ("新仓镇".to_owned(), false)]);
    assert_eq!(texts("xincang"), [("新仓镇".to_owned(), true)]);
    assert_eq!(texts("wq"), [("王强".to_owned(), true)]);
    assert_eq!(texts("春"), [("春耕早".to_owned(), false)]);
}

#[test]
fn relatives_share_words_and_twins_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
    let long = "昨天上午，沿湖小学的师生来到芦荡湿地观察候鸟，记录到白鹭、苍鹭等十二种，老师现场讲解了候鸟迁徙的路线。";
    let copy = long.replace("十二种", "十三种");
    let ids = add(
        &mut archive,
        &[
            page(
                "2023-03-01",
                "1",
                &[("湿地里的一课", &[long]), ("市场供应充足", &["节日期间粮油供应充足，价格平稳。"])],
            ),
            page(
                "2023-03-02",
                "2",
                &[("湿地里的一课", &[&copy]), ("候鸟来了", &["湿地又见白鹭，候鸟数量比去年增加。"])],
            ),
        ],
    );
    let reader = archive.reader().unwrap();
    let related: Vec<ArticleId> = reader.related(ids[0], 5).unwrap().into_iter().map(|r| r.id).collect();
    assert_eq!(related[..2], [ids[2], ids[3]]);
    assert!(!related.contains(&ids[1]));
    let twins = reader.near_duplicates(ids[0]).unwrap();
    assert_eq!(twins.len(), 1);
    assert_eq!(twins[0].0, ids[2]);
    assert!(twins[0].1.contains(&baoku::search::Difference::Added("三".to_owned())));
}

fn texts() -> impl Strategy<Value = String> {
    // Few characters, so that pieces repeat; with all that folding touches.
    proptest::collection::vec(
        proptest::sample::select("新仓镇镇　 a aB Ｂ12３…㎡，é\u{301}".chars().collect::<Vec<_>>()),
        1..14,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_literal_scan_finds(
        bodies in proptest::collection::vec((texts(), texts(), texts()), 1..12),
        queries in proptest::collection::vec((texts(), 0u8..6), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(&folder.path().join("a.db")).unwrap();
        let mut all = Vec::new();
        for (i, (title, one, two)) in bodies.iter().enumerate() {
            let filed = page("2023-01-09", &i.to_string(), &[(title, &[one, two])]);
            all.push((filed.page.articles[0].clone(), add(&mut archive, &[filed])[0]));
        }
        let reader = archive.reader().unwrap();
        for (text, shape) in queries {
            let quoted = format!("\"{text}\"");
            let half: String = text.chars().take(2).collect();
            let typed = match shape {
                0 => quoted,
                1 => format!("标题:{quoted}"),
                2 => format!("-{quoted}"),
                3 => format!("{quoted} OR 正文:\"{half}\""),
                4 => format!("\"{half}\" NEAR/2 \"镇\""),
                _ => format!("{text}*"),
            };
            let query = Query::parse(&typed);
            let mut expected: Vec<ArticleId> = all
                .iter()
                .filter(|(a, _)| matches(&query.root, &FoldedDoc::of(a), &Facts::default()))
                .map(|(_, id)| *id)
                .collect();
            expected.sort();
            let request = SearchRequest { query: typed.clone(), ..SearchRequest::default() };
            let mut found: Vec<ArticleId> = reader.search(&request, 0, 1000).unwrap().iter().map(|s| s.id).collect();
            found.sort();
            prop_assert_eq!(found, expected, "{}", typed);
        }
    }

    #[test]
    fn queries_never_panic_and_read_back_as_they_were(text in "\\PC{0,40}", glue in "[ ()\"“”:：*OR或非NOTEA/10-]{0,30}") {
        for typed in [text.clone(), glue.clone(), format!("{text}{glue}"), format!("新仓{glue}标题:{text}")] {
            let query = Query::parse(&typed);
            let again = Query::parse(&query.to_string());
            prop_assert_eq!(&again.root, &query.root, "{} -> {}", typed, query);
            let _ = query.explain().lines(true);
            for range in query.highlight(&typed) {
                prop_assert!(typed.get(range).is_some());
            }
        }
    }
}
