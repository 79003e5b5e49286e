//! What becomes of files of every sort.

use super::*;
use std::io::Write as _;

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
