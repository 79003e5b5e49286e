//! Searching, reading, counting.

use super::*;

#[test]
fn search_finds_and_counts() {
    let desk = Desk::with_samples();
    let all = desk.run(&["search", "--limit", "5", "--json"]).expect(0).json();
    let total = all["total"].as_u64().expect("a total");
    assert!(total > 5, "{total}");
    let hits = all["hits"].as_array().expect("hits");
    assert_eq!(hits.len(), 5);
    for key in ["id", "title", "date", "section", "towns", "page", "snippet"] {
        assert!(hits[0].get(key).is_some(), "{key}: {}", hits[0]);
    }
    let rest = desk.run(&["search", "--offset", "5", "--limit", "1000", "--json"]).expect(0).json();
    assert_eq!(rest["hits"].as_array().map(Vec::len), Some(total as usize - 5));
    let none = desk.run(&["search", "--limit", "0", "--json"]).expect(0).json();
    assert_eq!((none["total"].as_u64(), none["hits"].as_array().map(Vec::len)), (Some(total), Some(0)));
    let march = desk.run(&["search", "--from", "2024-03", "--to", "2024-03", "--json"]).expect(0).json();
    let may = desk.run(&["search", "--from", "2024-05-09", "--json"]).expect(0).json();
    let undated = desk.run(&["search", "--undated", "--limit", "0", "--json"]).json();
    let sum: u64 = [&march, &may, &undated].iter().map(|found| found["total"].as_u64().expect("a total")).sum();
    assert_eq!(sum, total);
    let newest = desk.run(&["search", "--json"]).expect(0).json()["hits"][0]["date"].clone();
    let oldest = desk.run(&["search", "--sort", "oldest", "--json"]).expect(0).json()["hits"][0]["date"].clone();
    assert_eq!((newest.as_str(), oldest.as_str()), (Some("2024-05-09"), Some("2024-03-18")));
}

#[test]
fn a_word_with_a_minus_is_left_out_and_the_reading_explained() {
    let desk = Desk::with_samples();
    let total = |words: &[&str]| desk.run(&[words, &["--limit", "0", "--json"]].concat()).json()["total"].as_u64();
    let all = total(&["search"]).expect("a total");
    let with = total(&["search", "茶园"]).expect("a total");
    assert!(with > 0 && with < all, "{with} of {all}");
    assert_eq!(total(&["search", "-茶园"]), Some(all - with));
    let explained = desk.run(&["search", "茶园", "-枫塘", "--explain", "--json"]).json();
    assert!(explained["explanation"]["canonical"].as_str().is_some_and(|text| text.contains("茶园")), "{explained}");
    assert!(desk.run(&["search", "茶园", "--explain"]).expect(0).out.starts_with("read as: "));
}

#[test]
fn a_search_that_finds_nothing_ends_with_one() {
    let desk = Desk::with_samples();
    let ran = desk.run(&["search", "绝无此词", "--json"]).expect(1);
    assert_eq!(ran.json(), serde_json::json!({ "total": 0, "hits": [] }));
    assert_eq!(desk.run(&["search", "绝无此词"]).expect(1).out, "0 articles\n");
    desk.run(&["facets", "绝无此词", "--json"]).expect(1);
}

#[test]
fn why_counts_each_word_alone() {
    let desk = Desk::with_samples();
    let why = desk.run(&["why", "三本账 绝无此词", "--json"]).expect(1).json();
    assert_eq!(why["total"], 0);
    let counts: Vec<_> = why["terms"].as_array().expect("terms").iter().map(|term| term["count"].as_u64()).collect();
    assert!(counts[0] > Some(0) && counts[1] == Some(0), "{why}");
    assert!(desk.run(&["why", "三本账"]).expect(0).out.starts_with("found: "));
}

#[test]
fn show_prints_the_article_that_search_found() {
    let desk = Desk::with_samples();
    // Words from the middle of a body.
    let hit = desk.run(&["search", "三本账", "--limit", "1", "--json"]).expect(0).json()["hits"][0].clone();
    let id = hit["id"].to_string();
    let article = desk.run(&["show", &id, "--json"]).expect(0).json();
    assert_eq!(article["title"], hit["title"]);
    assert_eq!(article["date"], hit["date"]);
    assert_eq!(article["page_label"], hit["page"]);
    assert!(article["file"].as_str().expect("a file").contains("青岚日报"), "{article}");
    for key in
        ["id", "kicker", "subtitle", "column", "bylines", "paragraphs", "towns", "sections", "lines", "newspaper"]
    {
        assert!(article.get(key).is_some(), "{key}: {article}");
    }
    let paragraphs = article["paragraphs"].as_array().expect("paragraphs");
    let paragraph =
        paragraphs.iter().filter_map(Value::as_str).find(|text| text.contains("三本账")).expect("the words");
    assert!(desk.run(&["show", &id]).expect(0).out.contains(paragraph));
    let ran = desk.run(&["show", "999999"]).expect(1);
    assert_eq!(ran.err.lines().next(), Some("error: there is no article 999999"));
    assert!(ran.err.contains("hint: "), "{}", ran.err);
}

#[test]
fn facets_and_stats_agree_with_the_search() {
    let desk = Desk::with_samples();
    let total = desk.run(&["search", "--limit", "0", "--json"]).expect(0).json()["total"].clone();
    let facets = desk.run(&["facets", "--json"]).expect(0).json();
    assert_eq!(facets["total"], total);
    let months = facets["months"].as_array().expect("months");
    assert_eq!(months[0]["month"], "2024-05");
    let dated: u64 = months.iter().map(|month| month["count"].as_u64().expect("a count")).sum();
    assert_eq!(dated + facets["undated"].as_u64().expect("undated"), total.as_u64().expect("a total"));
    let kinds = facets["kinds"].as_array().expect("kinds");
    let by_kind: u64 = kinds.iter().map(|kind| kind["count"].as_u64().expect("a count")).sum();
    assert_eq!(Some(by_kind), total.as_u64());
    let stats = desk.run(&["stats", "--json"]).expect(0).json();
    assert_eq!((&stats["articles"], stats["pages"].as_u64(), stats["imports"].as_u64()), (&total, Some(3), Some(1)));
    assert!(desk.run(&["stats"]).expect(0).out.contains("pages:     3"));
    assert!(desk.run(&["facets"]).expect(0).out.contains("2024-05"));
}

#[test]
fn lines_of_no_article_are_found_and_said_to_be_so() {
    let desk = Desk::new();
    // A dump without line breaks is no page that could be rebuilt.
    let lump = "县城的夜市昨晚开张，摊位两百余个，市民结伴前来。".repeat(3000);
    desk.write("来稿/2024-03-05.txt", lump.as_bytes());
    desk.run(&["import", &desk.path("来稿")]).expect(0);
    let found = desk.run(&["search", "夜市", "--json"]).expect(0).json();
    let articles = found["total"].as_u64().expect("a total");
    let pages = found["loose"]["pages"].as_u64().unwrap_or(0);
    assert!(articles + pages > 0, "{found}");
    if pages > 0 {
        assert!(desk.run(&["search", "夜市"]).expect(0).out.contains("in lines of no article"));
    }
}

#[test]
fn copies_are_named_and_what_differs_is_shown() {
    let desk = Desk::with_samples();
    let changed = sample(A1).replace("三本账", "五本账");
    desk.write("再版/2024-03-19_A1.txt", changed.as_bytes());
    desk.run(&["import", &desk.path("再版")]).expect(0);
    let id = |query: &str| desk.run(&["search", query, "--json"]).expect(0).json()["hits"][0]["id"].to_string();
    let (old, new) = (id("三本账"), id("五本账"));
    let related = desk.run(&["related", &old, "--json"]).expect(0).json();
    let twins = related["near_duplicates"].as_array().expect("twins");
    assert!(twins.iter().any(|twin| twin["id"].as_i64() == new.parse().ok()), "{related}");
    assert!(desk.run(&["related", &old]).expect(0).out.contains("nearly the same"));
    let groups = desk.run(&["duplicates", "--json"]).expect(0).json();
    let is_together = |group: &Value| {
        let ids: Vec<String> = group.as_array().expect("a group").iter().map(|copy| copy["id"].to_string()).collect();
        ids.contains(&old) && ids.contains(&new)
    };
    assert!(groups.as_array().expect("groups").iter().any(is_together), "{groups}");
    desk.run(&["duplicates", "绝无此词"]).expect(1);
    let diff = desk.run(&["diff", &old, &new]).expect(0).out;
    assert!(diff.contains("[-三-]{+五+}本账"), "{diff}");
    desk.run(&["diff", &old, "999999"]).expect(1);
    desk.run(&["related", "999999"]).expect(1);
}
