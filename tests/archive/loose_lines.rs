//! Lines of no article are kept, found and follow their page.

use super::*;

/// A page whose last line belongs to no article.
fn page_with_a_loose_line(date: &str, title: &str, line: &str) -> FiledPage {
    let mut filed = page(date, "A1", &[(title, &["另一件事。"])]);
    filed.dump.text.push_str(line);
    let number = filed.dump.text.lines().count() as u32;
    filed.page.furniture.push(Furniture { from: number, to: number, what: FurnitureKind::Unplaced });
    filed
}

#[test]
fn lines_of_no_article_are_found_beside_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut archive = Archive::open(&path).unwrap();
    let pages = [
        page_with_a_loose_line("2023-01-09", "春耕", "新芦码头昨日　启用，新仓镇。"),
        page_with_a_loose_line("2023-02-09", "夏种", "新芦码头扩建。"),
    ];
    add(&mut archive, &pages);
    let reader = archive.reader().unwrap();
    let loose = |query: &str| reader.loose(&request(query), 10).unwrap();
    assert!(titles(&reader, "新芦码头").is_empty(), "the list is of articles");
    let found = loose("新芦码头");
    assert_eq!(found.pages, 2);
    let dates: Vec<String> = found.hits.iter().map(|h| h.date.unwrap().to_string()).collect();
    assert_eq!(dates, ["2023-02-09", "2023-01-09"], "newest first");
    let hit = &loose("昨日启用").hits[0];
    assert_eq!((hit.line, &hit.snippet.text[hit.snippet.marks[0].clone()]), (3, "昨日　启用"));
    assert_eq!(loose("码头 -扩建").pages, 1);
    assert_eq!(loose("码头 日期:2023-02").pages, 1);
    assert_eq!(loose("标题:码头").pages, 0);
    assert_eq!(loose("另一件事").pages, 0, "what articles hold is not loose");
    assert_eq!(loose("").pages, 0);
    let towns = Filter { towns: vec!["新仓镇".to_owned()], ..Filter::default() };
    assert_eq!(reader.loose(&SearchRequest { filter: towns, ..request("码头") }, 10).unwrap().pages, 0);
    let kinds = Filter { kinds: vec![Kind::News], ..Filter::default() };
    assert_eq!(reader.loose(&SearchRequest { filter: kinds, ..request("码头") }, 10).unwrap().pages, 0);
    assert_eq!(reader.count(&request("")).unwrap(), 2);
    assert_eq!(reader.facets(&request("")).unwrap().pages, [("A1".to_owned(), 2)], "counts are of articles");
    assert!(reader.check(100).unwrap().is_sound());
}

#[test]
fn lines_of_no_article_follow_what_becomes_of_their_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut archive = Archive::open(&path).unwrap();
    let mut filed = page_with_a_loose_line("2023-01-09", "春耕", "新芦码头启用。");
    add(&mut archive, std::slice::from_ref(&filed));
    let reader = archive.reader().unwrap();
    let pages = |query: &str| reader.loose(&request(query), 10).unwrap().pages;
    assert_eq!(archive.repair().unwrap(), 1);
    assert_eq!(pages("码头"), 1, "an index that is made anew has them too");
    // A better engine finds a place for the line.
    let (id, _) = archive.stale_pages(9, None, 10).unwrap()[0].clone();
    filed.page.furniture.clear();
    filed.page.articles.push(article("码头", &["新芦码头启用。"], 3));
    archive.replace_pages(&[(id, filed)]).unwrap();
    assert_eq!((pages("码头"), titles(&reader, "新芦码头").len()), (0, 1));
    let import = reader.imports().unwrap()[0].id;
    let other = page_with_a_loose_line("2023-03-09", "秋收", "新芦码头停运。");
    add(&mut archive, &[other]);
    assert_eq!(pages("码头"), 1);
    archive.undo_import(import).unwrap();
    archive.undo_import(reader.imports().unwrap()[0].id).unwrap();
    assert_eq!(pages("码头"), 0);
    assert!(reader.check(100).unwrap().is_sound());
}

#[test]
fn lines_of_no_article_are_found_in_an_archive_of_the_first_format_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/archive/format-1.db");
    std::fs::copy(&data, &path).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let furniture =
        r#"UPDATE pages SET facts = json_set(facts, '$.furniture', json('[{"from":1,"to":1,"what":"unplaced"}]'))"#;
    db.execute(furniture, []).unwrap();
    drop(db);
    let archive = Archive::open(&path).unwrap();
    let reader = archive.reader().unwrap();
    assert_eq!(reader.loose(&request("春耕早"), 10).unwrap().hits[0].line, 1);
    assert!(reader.check(100).unwrap().is_sound());
}
