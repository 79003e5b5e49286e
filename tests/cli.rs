//! The whole program over temporary folders: what a script sees of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A page of the invented county of the samples.
fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name);
    fs::read_to_string(path).expect("a sample page")
}

const A1: &str = "2024-03-18_A1.txt";
const A2: &str = "2024-03-18_A2.txt";
const MAY: &str = "2024-05-09_A1.txt";

/// A folder with an archive in it, under a Chinese path with a space.
struct Desk {
    root: TempDir,
}

/// What a run of the program gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {:?} {:?}", self.out, self.err))
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

impl Desk {
    fn new() -> Self {
        Self { root: tempfile::Builder::new().prefix("报库 测试").tempdir().expect("a folder") }
    }

    /// A desk whose archive holds three sample pages.
    fn with_samples() -> Self {
        let desk = Self::new();
        for name in [A1, A2, MAY] {
            desk.write(&format!("青岚日报/{name}"), sample(name).as_bytes());
        }
        desk.run(&["import", &desk.path("青岚日报"), "--json"]).expect(0);
        desk
    }

    fn path(&self, name: &str) -> String {
        self.root.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = PathBuf::from(self.path(name));
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, bytes).expect("written");
        self.path(name)
    }

    fn run(&self, words: &[&str]) -> Ran {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("baoku"));
        let archive = self.path("档案/库.baoku");
        let output = command
            .args(words)
            .env("BAOKU_ARCHIVE", archive)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .output()
            .expect("runs");
        Ran {
            code: output.status.code().expect("a code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// The outcome words of an import's JSON report, by file name.
fn outcomes(report: &Value) -> Vec<(String, String)> {
    let name = |file: &Value| {
        let member = file["source"]["member"].as_str();
        let path = member.unwrap_or_else(|| file["source"]["path"].as_str().expect("a path"));
        path.rsplit('/').next().expect("a name").to_owned()
    };
    let files = report["files"].as_array().expect("files");
    files.iter().map(|file| (name(file), file["outcome"].as_str().expect("a word").to_owned())).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// A zip whose members' names are raw bytes: written under ASCII names of the same length, then patched.
fn zip_of(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut patches = Vec::new();
    for (i, (name, content)) in members.iter().enumerate() {
        let stand_in: String = format!("{i:02}").chars().chain(std::iter::repeat('~')).take(name.len()).collect();
        writer.start_file(stand_in.as_str(), zip::write::SimpleFileOptions::default()).expect("begun");
        writer.write_all(content).expect("written");
        patches.push((stand_in.into_bytes(), name.to_vec()));
    }
    let mut bytes = writer.finish().expect("finished").into_inner();
    for (from, to) in patches {
        for at in 0..=bytes.len() - from.len() {
            if bytes[at..].starts_with(&from) {
                bytes[at..at + to.len()].copy_from_slice(&to);
            }
        }
    }
    bytes
}

#[test]
fn importing_twice_imports_nothing_the_second_time_and_says_so() {
    let desk = Desk::new();
    desk.write(&format!("来稿/{A1}"), sample(A1).as_bytes());
    let folder = desk.path("来稿");
    let first = desk.run(&["import", &folder]).expect(0);
    assert!(first.out.contains("imported 1 page with "), "{}", first.out);
    assert_eq!(first.err, "");
    let second = desk.run(&["import", &folder]).expect(0);
    assert!(second.out.contains("nothing new imported; 1 file known already"), "{}", second.out);
    let report = desk.run(&["import", &folder, "--json"]).expect(0).json();
    assert_eq!((report["pages"].as_u64(), report["duplicates"].as_u64()), (Some(0), Some(1)));
    assert_eq!(desk.run(&["stats", "--json"]).expect(0).json()["pages"], 1);
}

#[test]
fn every_file_of_a_mixed_folder_gets_its_outcome_and_nothing_stops() {
    let desk = Desk::new();
    let text = sample(A1);
    desk.write("混合/01.txt", text.as_bytes());
    desk.write("混合/02 gbk.txt", &gbk(&text));
    desk.write("混合/03 utf16.txt", &utf16(&text));
    desk.write("混合/04 crlf.txt", text.replace('\n', "\r\n").as_bytes());
    desk.write("混合/05 empty.txt", b"");
    desk.write("混合/06 photo.txt", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02");
    let mut broken = text.clone().into_bytes();
    broken[text.find('。').expect("a full stop")] = 0xFF;
    desk.write("混合/07 broken.txt", &broken);
    desk.write("混合/08 nul.txt", format!("{}\n一\0二\u{1}", sample(A2)).as_bytes());
    let long = "青岚山下的茶园里一派忙碌景象，今年的明前茶比去年早了六天。";
    desk.write("混合/09 line.txt", long.repeat(8_000_000 / long.len()).as_bytes());
    desk.write("混合/10 pages.txt", format!("{}\x0C\n\x0C{text}", sample(MAY)).as_bytes());
    let report = desk.run(&["import", &desk.path("混合"), "--json"]).expect(1).json();
    let expected = [
        ("01.txt", "imported"),
        ("02 gbk.txt", "duplicate"),
        ("03 utf16.txt", "duplicate"),
        ("04 crlf.txt", "duplicate"),
        ("05 empty.txt", "empty"),
        ("06 photo.txt", "not-text"),
        ("07 broken.txt", "undecodable"),
        ("08 nul.txt", "imported"),
        ("09 line.txt", "imported"),
        ("10 pages.txt", "imported"),
    ];
    let expected: Vec<_> = expected.iter().map(|(n, o)| ((*n).to_owned(), (*o).to_owned())).collect();
    assert_eq!(outcomes(&report), expected);
    let files = &report["files"];
    assert_eq!(files[6]["guess"], "UTF-8");
    assert_eq!(files[6]["offset"].as_u64(), text.find('。').map(|at| at as u64));
    assert_eq!((files[9]["pages"].as_u64(), files[9]["known_pages"].as_u64()), (Some(1), Some(1)));
    assert!(files[7]["warnings"].to_string().contains("control-characters"), "{}", files[7]);
    assert_eq!(report["problems"], 3);
    let id = report["id"].to_string();
    desk.run(&["undo", &id]).expect(0);
    let said = desk.run(&["import", &desk.path("混合")]).expect(1).out;
    assert!(said.contains("08 nul.txt: control characters on page 1: U+0000 U+0001 × 2"), "{said}");
    assert!(said.contains("02 gbk.txt: known already, skipped: same text as "), "{said}");
    assert!(said.contains("06 photo.txt: not text: it looks like JPEG"), "{said}");
    assert!(said.contains("07 broken.txt: fits no encoding: it looks like UTF-8"), "{said}");
    desk.run(&["check"]).expect(0);
}

#[test]
fn a_zip_is_read_with_names_in_gbk_and_its_escapes_are_refused() {
    let desk = Desk::new();
    let name = gbk("青岚日报/2024-03-18/第02版.txt");
    let content = gbk(&sample(A2));
    let zip = zip_of(&[(&name, &content), (b"../../evil.txt", b"text"), (b"inner.zip", &zip_of(&[(b"a.txt", b"a")]))]);
    let path = desk.write("三月.zip", &zip);
    let report = desk.run(&["import", &path, "--json"]).expect(1).json();
    let words: Vec<_> = outcomes(&report).into_iter().map(|(_, outcome)| outcome).collect();
    assert_eq!(words, ["imported", "refused", "refused"]);
    assert_eq!(report["files"][0]["source"]["member"], "青岚日报/2024-03-18/第02版.txt");
    let why: Vec<_> = (1..3).map(|i| report["files"][i]["why"].as_str().expect("why")).collect();
    assert_eq!(why, ["path-escape", "nested-zip"]);
    let hits = desk.run(&["search", "--json"]).expect(0).json();
    assert_eq!(hits["hits"][0]["date"], "2024-03-18");
    assert!(!Path::new(&desk.path("evil.txt")).exists());
}

#[test]
fn nothing_to_import_ends_with_one_and_a_word() {
    let desk = Desk::new();
    fs::create_dir(desk.path("空")).expect("made");
    let ran = desk.run(&["import", &desk.path("空")]).expect(1);
    assert!(ran.out.contains("nothing imported"), "{}", ran.out);
    let ran = desk.run(&["import", &desk.path("没有")]).expect(1);
    assert!(ran.out.contains("cannot be read"), "{}", ran.out);
}

#[test]
fn what_the_user_says_wins_over_names_and_print() {
    let desk = Desk::new();
    let path = desk.write("2020-01-01 A9.txt", sample(A1).as_bytes());
    let words = ["import", &path, "--newspaper", "云溪日报", "--date", "2024年3月5日", "--page", "B2"];
    desk.run(&words).expect(0);
    let hit = desk.run(&["search", "--json"]).expect(0).json()["hits"][0].clone();
    assert_eq!(hit["date"], "2024-03-05");
    assert_eq!(hit["page"], "B2");
    assert_eq!(hit["newspaper"], "云溪日报");
    desk.run(&["rebuild", "--all"]).expect(0);
    let again = desk.run(&["search", "--json"]).expect(0).json()["hits"][0].clone();
    assert_eq!((&again["date"], &again["page"], &again["newspaper"]), (&hit["date"], &hit["page"], &hit["newspaper"]));
}

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

#[cfg(target_os = "linux")]
#[test]
fn files_with_names_in_gbk_are_imported_under_readable_names() {
    use std::os::unix::ffi::OsStrExt as _;
    let desk = Desk::new();
    let folder = Path::new(&desk.path("来稿")).join(std::ffi::OsStr::from_bytes(&gbk("槐川日报")));
    fs::create_dir_all(&folder).expect("made");
    let name = gbk("2024年3月18日第02版.txt");
    fs::write(folder.join(std::ffi::OsStr::from_bytes(&name)), sample(A2)).expect("written");
    let report = desk.run(&["import", &desk.path("来稿"), "--json"]).expect(0).json();
    let path = report["files"][0]["source"]["path"].as_str().expect("a path");
    assert!(path.ends_with("槐川日报/2024年3月18日第02版.txt"), "{path}");
    assert_eq!(desk.run(&["search", "--json"]).expect(0).json()["hits"][0]["date"], "2024-03-18");
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
fn an_archive_is_checked_rebuilt_and_its_imports_taken_back() {
    let desk = Desk::with_samples();
    let check = desk.run(&["check", "--json"]).expect(0).json();
    assert_eq!((check["ok"].as_bool(), check["pages"].as_u64()), (Some(true), Some(3)));
    let articles = check["articles"].clone();
    assert_eq!((&check["samples"], &check["problems"]), (&articles, &serde_json::json!([])));
    assert_eq!(desk.run(&["rebuild", "--json"]).expect(0).json()["pages"], 0);
    let rebuilt = desk.run(&["rebuild", "--all", "--json"]).expect(0).json();
    assert_eq!((rebuilt["pages"].as_u64(), &rebuilt["articles"]), (Some(3), &articles));
    desk.run(&["check"]).expect(0);
    let imports = desk.run(&["imports", "--json"]).expect(0).json();
    let id = imports[0]["id"].to_string();
    let undone = desk.run(&["undo", &id, "--json"]).expect(0).json();
    assert_eq!(undone["articles"], articles);
    assert_eq!(desk.run(&["stats", "--json"]).expect(0).json()["pages"], 0);
    desk.run(&["undo", &id]).expect(1);
    desk.run(&["import", &desk.path("青岚日报")]).expect(0);
    assert_eq!(desk.run(&["stats", "--json"]).expect(0).json()["articles"], articles);
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

#[test]
fn an_import_whose_process_is_killed_leaves_whole_pages_and_goes_on() {
    const PAGES: usize = 400;
    let desk = Desk::new();
    for i in 0..PAGES {
        let text = format!("{}\n第{i}号稿件。\n", sample(if i % 2 == 0 { A1 } else { A2 }));
        desk.write(&format!("来稿/{i:04}.txt"), text.as_bytes());
    }
    let archive = desk.path("档案/库.baoku");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("baoku"))
        .args(["import", &desk.path("来稿"), "--archive", &archive])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("runs");
    // Killed as soon as something is stored; a machine that is done by then has nothing to lose, which is right too.
    let stored = || {
        let reader = baoku::archive::Reader::open(Path::new(&archive)).ok()?;
        reader.stats().ok().map(|stats| stats.pages)
    };
    while stored().unwrap_or(0) == 0 && child.try_wait().expect("asked").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let _ = child.kill();
    child.wait().expect("ended");
    let check = desk.run(&["check", "--json"]).expect(0).json();
    let before = check["pages"].as_u64().expect("pages");
    assert!(before > 0 && check["ok"] == true, "{check}");
    let report = desk.run(&["import", &desk.path("来稿"), "--json"]).expect(0).json();
    assert_eq!(report["pages"].as_u64(), Some(PAGES as u64 - before), "only what was missing is done");
    assert_eq!(desk.run(&["stats", "--json"]).expect(0).json()["pages"], PAGES);
    desk.run(&["check"]).expect(0);
}

#[test]
fn mistakes_end_with_two_an_error_and_a_hint() {
    let desk = Desk::new();
    for words in [
        &["search", "茶园"][..],
        &["serach"],
        &["search", "--from", "someday"],
        &["facets", "--kind", "poem"],
        &["rebuild"],
    ] {
        let ran = desk.run(words).expect(2);
        assert_eq!(ran.out, "", "{words:?}");
        let lines: Vec<_> = ran.err.lines().collect();
        assert!(lines[0].starts_with("error: ") && lines[1].starts_with("hint: "), "{words:?}: {lines:?}");
    }
    desk.run(&["search", "--no-such-option"]).expect(2);
    let not_ours = desk.write("x.baoku", "这不是数据库，是一个文本文件。".repeat(200).as_bytes());
    let ran = desk.run(&["stats", "--archive", &not_ours]).expect(2);
    assert!(ran.err.contains("is not a Baoku archive"), "{}", ran.err);
}

#[test]
fn a_place_list_is_used_and_its_mistakes_are_named() {
    let desk = Desk::new();
    let page = desk.write("a.txt", sample(A1).as_bytes());
    let towns = |list: &str| {
        let made = desk.run(&["reconstruct", &page, "--places", list, "--json"]).expect(0).json();
        let articles = made["articles"].as_array().expect("articles").clone();
        let of =
            |a: &Value| [&a["towns"], &a["towns_mentioned"]].map(|t| t.as_array().expect("towns").clone()).concat();
        articles.iter().flat_map(of).map(|town| town.as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let list =
        desk.write("地名.toml", "city = \"云溪市\"\n[[town]]\nname = \"枫塘乡\"\ncolour = \"green\"\n".as_bytes());
    assert!(!towns(&list).is_empty() && towns(&list).iter().all(|town| town == "枫塘乡"), "{:?}", towns(&list));
    let other = desk.write("别处.toml", "[[town]]\nname = \"无此镇\"\n".as_bytes());
    assert_eq!(towns(&other), Vec::<String>::new());
    let bad = desk.write("坏.toml", "[[town]]\nname = 5\n".as_bytes());
    let ran = desk.run(&["import", &page, "--places", &bad]).expect(2);
    assert!(ran.err.contains("坏.toml:2: "), "{}", ran.err);
}

#[test]
fn the_window_says_in_one_sentence_that_there_is_no_display() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let ran = Desk::new().run(&[]).expect(2);
    assert!(ran.err.starts_with("error: there is no display"), "{}", ran.err);
    assert!(ran.err.contains("baoku import"), "{}", ran.err);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::with_samples();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("baoku"))
        .args(["search", "--limit", "1000", "--json"])
        .env("BAOKU_ARCHIVE", desk.path("档案/库.baoku"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
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

impl Ran {
    fn run_total(&self) -> u64 {
        self.json()["total"].as_u64().unwrap()
    }
}
