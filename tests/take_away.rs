//! What is taken away can be brought back: selections, exported JSON, sets, and long booklets as one document.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

mod support;

use baoku::archive::{Archive, Reader, RepairsOf};
use baoku::export::{Format, Item, Manifest, Options, Session, Typesetter, json};
use baoku::model::{ArticleId, Field, Kind, SearchRequest, Sort, StoredArticle};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use support::{Desk, export, names_in, python, squeezed, tool};

/// The archive of a desk, for what only the window does.
fn archive(desk: &Desk) -> Archive {
    Archive::open(Path::new(&desk.path("库.baoku"))).expect("an archive")
}

fn exported_ids(path: &str) -> Vec<i64> {
    let read = json::read(fs::File::open(path).expect("a file")).expect("articles");
    read.articles.iter().map(|article| article.stored.id.0).collect()
}

#[test]
fn the_basket_and_a_saved_search_are_exported_in_their_order() {
    let desk = Desk::with_samples();
    let all = desk.reader().ids(&SearchRequest::default()).expect("ids");
    let basket = [all[4], all[0], all[2]];
    let mut archive = archive(&desk);
    archive.basket_add(&basket).expect("added");
    let search = SearchRequest { query: "村".to_owned(), sort: Sort::Oldest, ..SearchRequest::default() };
    archive.save_search("村里事", &search).expect("saved");
    let output = desk.path("篮.json");
    desk.run(&["export", "--format", "json", "--output", &output, "--basket"]).expect(0);
    assert_eq!(exported_ids(&output), basket.map(|id| id.0));
    desk.run(&["export", "--format", "json", "--output", &output, "--saved", "村里事"]).expect(0);
    let expected: Vec<i64> = desk.reader().ids(&search).expect("ids").iter().map(|id| id.0).collect();
    assert_eq!(exported_ids(&output), expected);
    assert!(expected.len() > 1);
    let ran = desk.run(&["export", "--format", "json", "--output", &output, "--saved", "没有"]).expect(2);
    assert!(ran.err.contains("there is no saved search") && ran.err.contains("hint: "), "{}", ran.err);
    desk.run(&["export", "--format", "json", "--output", &output, "--basket", "--ids", "1"]).expect(2);
    desk.run(&["export", "村", "--format", "json", "--output", &output, "--basket"]).expect(2);
}

/// What a newsroom adds to its articles: repairs (one taken back), tags, a note, a flag, the basket.
fn add_marks(desk: &Desk) -> Vec<ArticleId> {
    let all = desk.reader().ids(&SearchRequest::default()).expect("ids");
    let mut archive = archive(desk);
    archive.correct(all[1], &[Field::Title("改过的标题".into())]).expect("corrected");
    archive.correct(all[1], &[Field::Kicker(Some("多余的引题".into()))]).expect("corrected");
    archive.undo_repair().expect("undone");
    let fields = [Field::Towns(vec!["青石镇".into(), "别处镇".into()]), Field::Kind(Kind::Notice)];
    archive.correct(all[3], &fields).expect("corrected");
    archive.tag(&[all[1], all[2]], "年终盘点").expect("tagged");
    archive.set_note(all[2], "核对过\n第二行").expect("noted");
    archive.set_flagged(&[all[0]], true).expect("flagged");
    archive.set_read(&[all[0], all[2]], true).expect("read");
    archive.basket_add(&[all[2]]).expect("added");
    all
}

#[test]
fn json_comes_back_with_ids_repairs_tags_and_notes() {
    let desk = Desk::with_samples();
    let all = add_marks(&desk);
    let (first, second) = (desk.path("一.json"), desk.path("二.json"));
    desk.run(&["export", "--format", "json", "--output", &first]).expect(0);
    let other = desk.path("另一个.baoku");
    let report = desk.run(&["import", &first, "--json", "--archive", &other]).expect(0).json();
    assert_eq!((report["pages"].as_u64(), report["articles"].as_u64()), (Some(3), Some(all.len() as u64)), "{report}");
    desk.run(&["export", "--format", "json", "--output", &second, "--archive", &other]).expect(0);
    assert_eq!(fs::read_to_string(&first).expect("text"), fs::read_to_string(&second).expect("text"));
    desk.run(&["check", "--archive", &other]).expect(0);
    // What came back is searched, counted and undone like what was made here.
    let hits = desk.run(&["search", "改过的标题", "--json", "--archive", &other]).expect(0).json();
    assert_eq!(hits["hits"][0]["id"].as_i64(), Some(all[1].0));
    let tagged = desk.run(&["search", "--tag", "年终盘点", "--limit", "0", "--json", "--archive", &other]).expect(0);
    assert_eq!(tagged.json()["total"], 2);
    let mut archive = Archive::open(Path::new(&other)).expect("an archive");
    archive.revert(all[1]).expect("reverted");
    let reverted = archive.reader().expect("a reader").article(all[1]).expect("read").expect("an article");
    let mut here = self::archive(&desk);
    here.revert(all[1]).expect("reverted");
    assert_eq!(reverted.article, desk.reader().article(all[1]).expect("read").expect("an article").article);
    // And its pages can be made anew.
    desk.run(&["rebuild", "--all", "--archive", &other]).expect(0);
}

/// A zip of these files.
fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

#[test]
fn json_in_a_zip_comes_back_like_json_in_a_folder() {
    let desk = Desk::with_samples();
    add_marks(&desk);
    let (first, second) = (desk.path("一.json"), desk.path("二.json"));
    desk.run(&["export", "--format", "json", "--output", &first]).expect(0);
    let json = fs::read(&first).expect("a file");
    let dump = fs::read(desk.path("青岚日报/2024-03-18_A1.txt")).expect("a page");
    let members: [(&str, &[u8]); 4] = [
        ("交接/全部.json", &json),
        ("交接/别的.json", b"{\"type\":\"FeatureCollection\"}"),
        ("交接/2024-03-18_A1.txt", &dump),
        ("交接/半截.json", &json[..json.len() / 2]),
    ];
    let zip = desk.write("交接.zip", &zip_of(&members));
    let other = desk.path("另一个.baoku");
    let report = desk.run(&["import", &zip, "--json", "--archive", &other]).expect(1).json();
    assert_eq!((report["pages"].as_u64(), report["problems"].as_u64()), (Some(3), Some(1)), "{report}");
    let files = report["files"].as_array().expect("files");
    let outcome = |name: &str| {
        let file =
            files.iter().find(|file| file["source"]["member"].as_str().is_some_and(|member| member.ends_with(name)));
        file.unwrap_or_else(|| panic!("{name}: {report}"))["outcome"].as_str().expect("words").to_owned()
    };
    assert_eq!((outcome("A1.txt"), outcome("半截.json")), ("duplicate".to_owned(), "unreadable".to_owned()));
    assert!(!report.to_string().contains("别的.json"), "other data is passed over");
    desk.run(&["export", "--format", "json", "--output", &second, "--archive", &other]).expect(0);
    assert_eq!(fs::read_to_string(&first).expect("text"), fs::read_to_string(&second).expect("text"));
}

#[test]
fn json_is_taken_back_however_its_fields_are_ordered() {
    let desk = Desk::with_samples();
    add_marks(&desk);
    let (first, turned, second) = (desk.path("一.json"), desk.path("换序.json"), desk.path("二.json"));
    desk.run(&["export", "--format", "json", "--output", &first]).expect(0);
    let whole: serde_json::Value = serde_json::from_slice(&fs::read(&first).expect("a file")).expect("JSON");
    // As a script writes it that has read and changed it: pages first, the version last, something of its own between.
    let text = format!(
        "{{\"format\": \"baoku-articles\",\n \"pages\": {},\n \"mine\": {{\"a\": [1, {{}}]}}, \"articles\": {},\n \"version\": 1}}\n",
        serde_json::to_string_pretty(&whole["pages"]).expect("JSON"),
        whole["articles"],
    );
    fs::write(&turned, text).expect("written");
    let other = desk.path("另一个.baoku");
    desk.run(&["import", &turned, "--archive", &other]).expect(0);
    desk.run(&["export", "--format", "json", "--output", &second, "--archive", &other]).expect(0);
    assert_eq!(fs::read_to_string(&first).expect("text"), fs::read_to_string(&second).expect("text"));
}

#[test]
fn every_format_takes_every_selection() {
    let desk = Desk::with_samples();
    let all = desk.reader().ids(&SearchRequest::default()).expect("ids");
    let mut archive = archive(&desk);
    archive.basket_add(&all[..2]).expect("added");
    let search = SearchRequest { query: "村".to_owned(), ..SearchRequest::default() };
    archive.save_search("村里事", &search).expect("saved");
    let of_search = desk.reader().ids(&search).expect("ids").len();
    let of_month =
        desk.run(&["search", "村", "--from", "2024-03", "--to", "2024-03", "--limit", "0", "--json"]).expect(0).json();
    let of_month = of_month["total"].as_u64().expect("a number") as usize;
    assert!(of_month > 0 && of_month < of_search);
    let ids = format!("{},{}", all[2], all[0]);
    let selections: [(&[&str], usize); 4] = [
        (&["--ids", &ids], 2),
        (&["村", "--from", "2024-03", "--to", "2024-03"], of_month),
        (&["--saved", "村里事"], of_search),
        (&["--basket"], 2),
    ];
    for format in Format::ALL {
        for (number, (selection, count)) in selections.iter().enumerate() {
            for is_each in [false, true] {
                let output = desk.path(&format!("{}-{number}-{is_each}", format.word()));
                let mut words = vec!["export", "--format", format.word(), "--output", &output, "--json"];
                words.extend(*selection);
                words.extend(is_each.then_some("--one-file-each"));
                let done = desk.run(&words).expect(0).json();
                assert_eq!(done["articles"].as_u64(), Some(*count as u64), "{words:?}");
                assert_eq!(Path::new(&output).is_dir(), is_each, "{words:?}");
                if is_each && format != Format::PageText {
                    assert_eq!(names_in(Path::new(&output)).len(), count + 1, "{words:?}");
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_killed_export_leaves_no_half_file_and_the_next_one_tidies_up() {
    let desk = Desk::with_samples();
    let slow = "#let a = 0\n#for i in range(9000) { for j in range(9000) { a += 1 } }\n";
    let template = desk.write("慢.typ", slow.as_bytes());
    desk.write("交/在.txt", b"x");
    let output = desk.path("交/剪报.pdf");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("baoku"))
        .args(["export", "--format", "pdf", "--output", &output, "--template", &template])
        .env("BAOKU_ARCHIVE", desk.path("库.baoku"))
        .spawn()
        .expect("runs");
    let folder = desk.root().join("交");
    let parts = || -> Vec<String> { names_in(&folder).into_iter().filter(|name| name.ends_with(".part")).collect() };
    let begun = std::time::Instant::now();
    while parts().is_empty() && begun.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    // While it works, another export into the same folder leaves it alone.
    let old = |name: &str| {
        let file = fs::File::open(folder.join(name)).expect("there");
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(600)).expect("set");
    };
    parts().iter().for_each(|name| old(name));
    desk.run(&["export", "--format", "txt", "--output", &desk.path("交/别的.txt")]).expect(0);
    assert_eq!(parts().len(), 1, "an export at work is left alone");
    child.kill().expect("killed");
    child.wait().expect("ended");
    let left = parts();
    assert!(left.len() == 1 && left[0].starts_with(".baoku-"), "{left:?}");
    assert!(!Path::new(&output).exists(), "a half file");
    old(&left[0]);
    desk.run(&["export", "--format", "txt", "--output", &desk.path("交/别的.txt")]).expect(0);
    assert_eq!(names_in(&folder), BTreeSet::from(["别的.txt".to_owned(), "在.txt".to_owned()]));
}

#[test]
fn json_of_known_pages_only_adds_what_lacks() {
    let desk = Desk::with_samples();
    let other = desk.path("另一个.baoku");
    desk.run(&["import", &desk.path("青岚日报"), "--archive", &other]).expect(0);
    let all = add_marks(&desk);
    let output = desk.path("全部.json");
    desk.run(&["export", "--format", "json", "--output", &output]).expect(0);
    let mut theirs = Archive::open(Path::new(&other)).expect("an archive");
    theirs.set_note(all[2], "我自己的批注").expect("noted");
    drop(theirs);
    let report = desk.run(&["import", &output, "--json", "--archive", &other]).expect(0).json();
    assert_eq!((report["pages"].as_u64(), report["duplicates"].as_u64()), (Some(0), Some(1)), "{report}");
    let reader = Reader::open(Path::new(&other)).expect("a reader");
    assert_eq!(reader.article(all[1]).expect("read").expect("an article").article.title, "改过的标题");
    let marks = reader.marks(all[2]).expect("marks");
    assert_eq!((marks.tags, marks.note.as_deref()), (vec!["年终盘点".to_owned()], Some("我自己的批注")));
    assert!(!marks.is_read && !marks.is_in_basket, "what one has read is one's own affair");
    drop(reader);
    // Again: nothing is there twice.
    desk.run(&["import", &output, "--archive", &other]).expect(0);
    let reader = Reader::open(Path::new(&other)).expect("a reader");
    let repairs = reader.repairs(RepairsOf::Article(all[1])).expect("repairs");
    assert_eq!(repairs.iter().filter(|made| !made.is_undone).count(), 1);
}

#[test]
fn json_of_some_articles_brings_the_whole_page_and_leaves_no_line_out() {
    let desk = Desk::with_samples();
    let all = add_marks(&desk);
    let output = desk.path("一篇.json");
    let ids = format!("{},{}", all[1], all[0]);
    desk.run(&["export", "--format", "json", "--output", &output, "--ids", &ids]).expect(0);
    let other = desk.path("另一个.baoku");
    desk.run(&["import", &output, "--archive", &other]).expect(0);
    let reader = Reader::open(Path::new(&other)).expect("a reader");
    let mine = desk.reader();
    for id in [all[0], all[1]] {
        let back = reader.article(id).expect("read").expect("an article");
        assert_eq!(Some(&back), mine.article(id).expect("read").as_ref());
        let page = reader.page(back.page_id).expect("read").expect("a page");
        let known = |line: u32| {
            page.articles.iter().flat_map(|a| &a.spans).any(|span| span.range().contains(line))
                || page.furniture.iter().any(|furniture| furniture.range().contains(line))
        };
        for (number, line) in (1..).zip(page.text.split('\n')) {
            assert!(line.trim().is_empty() || known(number), "line {number} stands nowhere");
        }
        assert!(page.articles.len() > 1, "the engine made the page's other articles");
    }
    let again = desk.path("再.json");
    desk.run(&["export", "--format", "json", "--output", &again, "--ids", &ids, "--archive", &other]).expect(0);
    assert_eq!(fs::read_to_string(&output).expect("text"), fs::read_to_string(&again).expect("text"));
}

#[test]
fn damaged_or_foreign_json_is_reported_and_stops_nothing() {
    let desk = Desk::with_samples();
    let whole = desk.path("全部.json");
    desk.run(&["export", "--format", "json", "--output", &whole]).expect(0);
    let text = fs::read_to_string(&whole).expect("text");
    let cut: String = text.chars().take(text.chars().count() / 2).collect();
    desk.write("坏/半截.json", cut.as_bytes());
    desk.write("坏/新.json", b"{\"format\":\"baoku-articles\",\"version\":99}");
    desk.write("坏/别的.json", b"{\"type\":\"FeatureCollection\"}");
    desk.write("坏/好.json", text.as_bytes());
    let other = desk.path("另一个.baoku");
    let report = desk.run(&["import", &desk.path("坏"), "--json", "--archive", &other]).expect(1).json();
    // The foreign one is passed over like other data in a folder.
    assert_eq!((report["pages"].as_u64(), report["problems"].as_u64()), (Some(3), Some(2)), "{report}");
    let without_page = text.replace("\"pages\":[", "\"seiten\":[");
    let path = desk.write("无版.json", without_page.as_bytes());
    let report = desk.run(&["import", &path, "--json", "--archive", &desk.path("三.baoku")]).expect(1).json();
    assert!(report["files"][0]["error"].as_str().expect("words").contains("page"), "{report}");
}

#[test]
fn a_set_is_found_again_in_this_archive_and_in_another() {
    let desk = Desk::with_samples();
    let all = desk.reader().ids(&SearchRequest::default()).expect("ids");
    let ids = [all[3], all[0], all[5]].map(|id| id.to_string()).join(",");
    let (folder, booklet) = (desk.path("剪报夹"), desk.path("剪报.pdf"));
    desk.run(&["export", "--format", "txt", "--one-file-each", "--output", &folder, "--ids", &ids]).expect(0);
    desk.run(&["export", "--format", "pdf", "--output", &booklet, "--ids", &ids]).expect(0);
    let expected = [all[3], all[0], all[5]].map(|id| id.0);
    let output = desk.path("again.json");
    for set in [folder.as_str(), &format!("{folder}/manifest.json"), booklet.as_str()] {
        desk.run(&["export", "--format", "json", "--output", &output, "--from-manifest", set]).expect(0);
        assert_eq!(exported_ids(&output), expected, "{set}");
    }
    // Another archive, with other numbers: the same articles, told by date, page and headline.
    let other = desk.path("另一个.baoku");
    for name in ["2024-05-09_A1.txt", "2024-03-18_A2.txt", "2024-03-18_A1.txt"] {
        desk.run(&["import", &desk.path(&format!("青岚日报/{name}")), "--archive", &other]).expect(0);
    }
    let words = ["export", "--format", "json", "--output", &output, "--from-manifest", &booklet, "--archive", &other];
    desk.run(&words).expect(0);
    let titles = |path: &str| -> Vec<String> {
        let read = json::read(fs::File::open(path).expect("a file")).expect("articles");
        read.articles.into_iter().map(|article| article.stored.article.title).collect()
    };
    let theirs = titles(&output);
    desk.run(&["export", "--format", "json", "--output", &output, "--ids", &ids]).expect(0);
    assert_eq!(theirs, titles(&output));
    // What is not there is named.
    let empty = desk.path("空.baoku");
    desk.run(&["import", &desk.path("青岚日报/2024-05-09_A1.txt"), "--archive", &empty]).expect(0);
    let words = ["export", "--format", "json", "--output", &output, "--from-manifest", &folder, "--archive", &empty];
    let ran = desk.run(&words).expect(1);
    assert!(ran.err.contains("error: not in this archive: 2024-03-18"), "{}", ran.err);
    let ran = desk.run(&["export", "--format", "txt", "--output", &output, "--from-manifest", &output]).expect(2);
    assert!(ran.err.contains("no list of exported articles"), "{}", ran.err);
}

fn page_count(pdf: Vec<u8>) -> usize {
    hayro_syntax::Pdf::new(pdf).expect("a PDF").pages().len()
}

/// Articles of a page or less, each with another headline.
fn many_articles(count: usize) -> Vec<StoredArticle> {
    (0..count)
        .map(|number| {
            let mut article = support::article(&format!("第{number}号渠清淤完工"));
            article.id = ArticleId(number as i64 + 1);
            article.article.blocks.truncate(1);
            article
        })
        .collect()
}

#[test]
fn a_long_booklet_is_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = 650;
    let path = export(&many_articles(count), Format::Pdf, folder.path());
    let pages = page_count(fs::read(&path).expect("a file"));
    if let Some(text) = tool("pdftotext", &["-layout", path.to_str().expect("UTF-8"), "-"]) {
        let printed: Vec<&str> = text.split('\u{C}').collect();
        for (index, page) in printed.iter().enumerate().take(pages).skip(1) {
            let foot = page.lines().rev().find(|line| !line.trim().is_empty()).expect("a line");
            assert_eq!(foot.trim(), (index + 1).to_string(), "page numbers go on over the parts");
        }
        // The number in the contents is that of the page on which the headline stands.
        let contents: String = printed[1..20].concat();
        for number in [0, 299, 300, 301, 599, 649] {
            let title = format!("第{number}号渠清淤完工");
            let line = contents.lines().find(|line| squeezed(line).contains(&title)).expect("in the contents");
            let page: usize = line.split_whitespace().next_back().expect("a number").parse().expect("a number");
            assert!(squeezed(printed[page - 1]).contains(&title), "{title} on page {page}");
        }
    }
    let script = "
import sys, json, pymupdf
document = pymupdf.open(sys.argv[1])
toc = document.get_toc()
assert [t[1] for t in toc] == [f'第{n}号渠清淤完工' for n in range(650)], toc[:3]
assert all(a[2] <= b[2] for a, b in zip(toc, toc[1:])) and toc[-1][2] > len(document) - 3, toc[-3:]
for t in toc[::50]: assert t[1] in ''.join(document[t[2] - 1].get_text().split()), t
links = [link for page in document for link in page.get_links()]
assert len(links) == 650 and all(link['kind'] == pymupdf.LINK_GOTO for link in links), links[:3]
pages = [link['page'] for link in links]
assert pages == [t[2] - 1 for t in toc], 'contents and bookmarks lead to other pages'
manifest = json.loads(document.embfile_get('manifest.json'))
assert len(manifest['articles']) == 650
assert document.metadata['title'] == '剪报', document.metadata
assert document.xref_get_key(document.pdf_catalog(), 'Lang')[1].lower().startswith('zh'), 'no language'
assert document.can_save_incrementally(), 'repaired on opening'";
    python(&["pymupdf"], script, &[&path]);
    tool("qpdf", &["--check", path.to_str().expect("UTF-8")]);
    // The set inside it opens again.
    assert_eq!(Manifest::open(&path).expect("a list").articles.len(), count);
}

#[test]
fn a_long_booklet_is_looked_at_and_printed_in_pieces() {
    let mut typesetter = Typesetter::for_booklet(&Options::default(), true).expect("a template");
    for article in many_articles(650) {
        typesetter.add(&article).expect("added");
    }
    let mut booklet = typesetter.lay_out(&|| true).expect("laid out");
    let sizes = booklet.page_sizes();
    assert_eq!(sizes.len(), booklet.page_count());
    // Back and forth, so that parts are put away and set again.
    for page in [0, sizes.len() - 1, 1, sizes.len() / 2] {
        let picture = booklet.picture(page, 0.5, &|| true).expect("drawn").expect("a page");
        assert_eq!(picture.width, (sizes[page].0 * 0.5).round() as u32);
        let dark = picture.rgba.chunks_exact(4).filter(|pixel| pixel[0] < 160).count();
        assert!(dark > 40, "page {page} is empty");
    }
    assert!(booklet.picture(sizes.len(), 0.5, &|| true).expect("no error").is_none());
    // A range over the seam between two parts.
    let pdf = booklet.pdf(3..=sizes.len() - 2, &|| true).expect("a PDF");
    assert_eq!(page_count(pdf), sizes.len() - 4);
}

#[test]
fn a_cancelled_long_booklet_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("剪报.pdf");
    let mut session = Session::into_file(&path, Format::Pdf, &Options::default()).expect("begun");
    for article in many_articles(650) {
        session.add(&Item::new(&article)).expect("added");
    }
    let asked = std::cell::Cell::new(0);
    let error = session
        .finish(&|| {
            asked.set(asked.get() + 1);
            asked.get() < 4
        })
        .expect_err("cancelled");
    assert!(error.is_cancelled(), "{error}");
    assert_eq!(names_in(folder.path()), BTreeSet::new());
}
