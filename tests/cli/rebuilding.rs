//! Pages rebuilt without an archive, and put right in one.

use super::*;

#[test]
fn reconstruct_prints_an_object_or_for_several_pages_an_array_and_makes_no_archive() {
    let desk = Desk::new();
    let one = desk.write(A1, sample(A1).as_bytes());
    let page = desk.run(&["reconstruct", &one, "--json"]).expect(0).json();
    assert_eq!(page["dump"], A1);
    for key in ["newspaper", "page_label", "date_printed", "date_best", "date_why"] {
        assert!(page["page"].get(key).is_some(), "{key}: {}", page["page"]);
    }
    let article = &page["articles"][0];
    for key in
        ["kind", "title", "bylines", "subheads", "paragraphs", "towns", "sections", "jump_to", "truncated", "lines"]
    {
        assert!(article.get(key).is_some(), "{key}: {article}");
    }
    let two = desk.write("两版.txt", format!("{}\x0C{}", sample(A1), sample(A2)).as_bytes());
    let pages = desk.run(&["reconstruct", &two, "--json"]).expect(0).json();
    assert_eq!(pages.as_array().map(Vec::len), Some(2));
    assert!(!Path::new(&desk.path("档案")).exists());
    let readable = desk.run(&["reconstruct", &one]).expect(0).out;
    assert!(readable.contains(article["title"].as_str().expect("a title")), "{readable}");
}

#[test]
fn reconstruct_refuses_what_is_no_text_and_fails_without_a_file() {
    let desk = Desk::new();
    let photo = desk.write("p.txt", b"\xFF\xD8\xFF\xE0");
    let ran = desk.run(&["reconstruct", &photo, "--json"]).expect(1);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("not text: it looks like JPEG"), "{}", ran.err);
    let ran = desk.run(&["reconstruct", &desk.path("没有.txt")]).expect(2);
    assert!(ran.err.starts_with("error: cannot read "), "{}", ran.err);
}

#[test]
fn every_line_of_a_page_stands_in_exactly_one_place() {
    let desk = Desk::new();
    let path = desk.write(A1, sample(A1).as_bytes());
    let page = desk.run(&["reconstruct", &path, "--json"]).expect(0).json();
    let text = sample(A1);
    let mut places = vec![0; text.split('\n').count() + 1];
    let spans =
        page["articles"].as_array().expect("articles").iter().flat_map(|a| a["lines"].as_array().expect("lines"));
    for span in spans.chain(page["furniture"].as_array().expect("furniture")) {
        for line in span["from"].as_u64().expect("from")..=span["to"].as_u64().expect("to") {
            places[line as usize] += 1;
        }
    }
    for (line, words) in (1..).zip(text.split('\n')).filter(|(_, words)| !words.trim().is_empty()) {
        assert_eq!(places[line], 1, "line {line}: {words}");
    }
}

#[test]
fn what_was_rebuilt_wrongly_is_put_right_and_taken_back() {
    let desk = Desk::with_samples();
    let found = desk.run(&["search", "--json", "--limit", "50"]).expect(0).json();
    let shown = |id: i64| desk.run(&["show", &id.to_string(), "--json"]);
    let ids = || -> Vec<i64> {
        let found = desk.run(&["search", "--json", "--limit", "50"]).expect(0).json();
        found["hits"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
    };
    let before = ids();
    assert_eq!(found["total"].as_u64().unwrap() as usize, before.len());
    // An article of several paragraphs, and the line at which its second one begins.
    let body = |id: i64| -> Vec<i64> {
        let article = shown(id).expect(0).json();
        let spans = article["lines"].as_array().unwrap().clone();
        let body = spans.iter().filter(|span| span["role"] == "body");
        body.flat_map(|span| span["from"].as_i64().unwrap()..=span["to"].as_i64().unwrap()).collect()
    };
    let id = before.iter().copied().max_by_key(|&id| body(id).len()).unwrap();
    let line = body(id)[5].to_string();
    let number = id.to_string();
    let made = desk.run(&["repair", &number, "--split", &line, "--title", "拆出来的上半篇", "--json"]).expect(0).json();
    assert_eq!(made.as_array().unwrap().len(), 2);
    assert_eq!(ids().len(), before.len() + 1);
    assert_eq!(desk.run(&["search", "拆出来的上半篇", "--limit", "0", "--json"]).expect(0).json()["total"], 1);
    desk.run(&["check"]).expect(0);
    let listed = desk.run(&["repairs"]).expect(0).out;
    assert!(listed.contains("another article from line") && listed.contains("拆出来的上半篇"), "{listed}");
    assert_eq!(desk.run(&["repairs", &number]).expect(0).out.lines().count(), 2);
    let rebuilt = desk.run(&["rebuild", "--all"]).expect(0).out;
    assert!(rebuilt.contains("pages made anew") && rebuilt.contains("nothing came out differently"), "{rebuilt}");
    assert_eq!(ids().len(), before.len() + 1, "a rebuild keeps repairs");
    let split = made[1]["id"].as_i64().unwrap().to_string();
    desk.run(&["revert", &split]).expect(0);
    assert_eq!(ids().len(), before.len());
    desk.run(&["revert", "--last"]).expect(0);
    assert_eq!(desk.run(&["search", "拆出来的上半篇", "--limit", "0", "--json"]).run_total(), 0);
    desk.run(&["revert", "--last", "--again"]).expect(0);
    assert_eq!(desk.run(&["search", "拆出来的上半篇", "--limit", "0", "--json"]).run_total(), 1);
    desk.run(&["revert", "--article", &number]).expect(0);
    desk.run(&["check"]).expect(0);
    let inside =
        desk.run(&["repair", &number, "--split", &format!("{line}:4"), "--newspaper", "银杏晚报"]).expect(0).out;
    assert!(inside.contains(&format!("another article from {line}:4 on")) && inside.contains("newspaper = 银杏晚报"));
    assert_eq!(ids().len(), before.len() + 1);
    assert!(desk.run(&["search", "报名:银杏晚报", "--limit", "0", "--json"]).run_total() > 1, "the whole page");
    desk.run(&["check"]).expect(0);
    desk.run(&["revert", "--last"]).expect(0);
    assert_eq!(ids().len(), before.len());
    let refused = desk.run(&["repair", &number, "--split", "1000000"]).expect(2);
    assert!(refused.err.contains("does not fit") && refused.err.contains("hint:"), "{}", refused.err);
    desk.run(&["revert", "999"]).expect(1);
}
