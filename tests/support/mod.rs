//! What the tests of exports share: a desk with an archive, articles, and readers of packed files.

#![allow(dead_code, reason = "each test file uses a part of it")]

mod article;

pub use article::article;

use assert_cmd::Command;
use baoku::archive::Reader;
use baoku::export::{Format, Item, Options, Session};
use baoku::model::{self, Block, BlockKind, StoredArticle};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with an archive of three sample pages in it, under a Chinese path with a space.
pub struct Desk {
    root: TempDir,
}

/// What a run of the program gave.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {:?} {:?}", self.out, self.err))
    }

    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

impl Desk {
    pub fn with_samples() -> Self {
        let desk = Self { root: tempfile::Builder::new().prefix("报库 测试").tempdir().expect("a folder") };
        for name in ["2024-03-18_A1.txt", "2024-03-18_A2.txt", "2024-05-09_A1.txt"] {
            let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name);
            desk.write(&format!("青岚日报/{name}"), &fs::read(sample).expect("a sample page"));
        }
        desk.run(&["import", &desk.path("青岚日报"), "--json"]).expect(0);
        desk
    }

    pub fn root(&self) -> &Path {
        self.root.path()
    }

    pub fn path(&self, name: &str) -> String {
        self.root.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = PathBuf::from(self.path(name));
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, bytes).expect("written");
        self.path(name)
    }

    pub fn reader(&self) -> Reader {
        Reader::open(Path::new(&self.path("库.baoku"))).expect("an archive")
    }

    pub fn run(&self, words: &[&str]) -> Ran {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("baoku"));
        let output = command.args(words).env("BAOKU_ARCHIVE", self.path("库.baoku")).output().expect("runs");
        Ran {
            code: output.status.code().expect("a code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// Text that is markup, a formula or a trap somewhere.
pub const HOSTILE: &[&str] = &[
    "</script><script>alert('1')</script>",
    "<b>不粗</b> &amp; &#65; <!-- 注 --> ]]> </w:t></w:p> <img src=x onerror=alert(1)>",
    "#set page(width: 1pt) #panic() $x^2$ *不粗* _不斜_ @label \\n \"引\" <label> // 注 `码` ~ -- ---",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "---",
    "===",
    "# 不是标题",
    "> 不是引文",
    "1. 不是列表",
    "    不是代码",
    "| 不 | 是 |\n|---|---|\n| 表 | 格 |",
    "[不是](http://example.invalid) ![图](x) <http://example.invalid>",
    "从右\u{202E}往左\u{202C}和\u{200F}标记",
    "控制字符\u{1B}[31m与空字\0符",
    "生僻字𠮷𬭎𫖯和表情😀",
];

/// An article that holds all of [`HOSTILE`] and a paragraph of 100,000 characters.
pub fn hostile_article() -> StoredArticle {
    let mut made = article("=1+1</title></script>#set *题* $a$ @b \\c \"d\" <e> & [f](g)");
    let paragraph = |text: &str| Block { kind: BlockKind::Paragraph, text: text.into(), runs: vec![] };
    made.article.blocks = HOSTILE.iter().map(|text| paragraph(text)).collect();
    made.article.blocks.push(paragraph(&"长段落里的字一个接一个。".repeat(8_334)));
    made.article.column = Some("栏<目>&\"#\"".into());
    made
}

/// Name and text of each part of a packed file.
pub fn unzipped(path: &Path) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("a file")).expect("a zip");
    let mut out = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        out.push((part.name().expect("a name").into_owned(), text));
    }
    out
}

/// What stands between the tags, with entities resolved.
pub fn text_of_xml(xml: &str) -> String {
    let mut out = String::new();
    for piece in xml.split('<').skip(1) {
        out.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.into_iter().fold(out, |text, (entity, c)| text.replace(entity, c))
}

/// Runs a Python script with these packages; tells why not when they are missing.
pub fn python(packages: &[&str], script: &str, args: &[&Path]) -> Option<String> {
    let imports = format!("import {}", packages.join(", "));
    let has_them = |python: &&str| {
        std::process::Command::new(python).args(["-c", &imports]).output().is_ok_and(|ran| ran.status.success())
    };
    // Packages of the system belong to the system's own Python, which another may hide.
    let Some(interpreter) = ["python3", "/usr/bin/python3"].into_iter().find(has_them) else {
        println!("skipped a check: python3 with {packages:?} is not here");
        return None;
    };
    let ran = std::process::Command::new(interpreter).arg("-c").arg(script).args(args).output().expect("python runs");
    assert!(ran.status.success(), "{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    Some(String::from_utf8(ran.stdout).expect("UTF-8"))
}

/// Runs a program; tells when it is missing.
pub fn tool(name: &str, args: &[&str]) -> Option<String> {
    let Ok(ran) = std::process::Command::new(name).args(args).output() else {
        println!("skipped a check: {name} is not here");
        return None;
    };
    assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
    Some(String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// All of these in one file of the folder.
pub fn export(articles: &[StoredArticle], format: Format, folder: &Path) -> PathBuf {
    let path = folder.join(format!("剪报.{}", format.extension()));
    let mut session = Session::into_file(&path, format, &Options::default()).expect("begun");
    for article in articles {
        session.add(&Item::new(article)).expect("added");
    }
    let report = session.finish(&|| true).expect("finished");
    assert_eq!((report.articles, report.files), (articles.len() as u64, 1));
    path
}

/// Names of the files in a folder.
pub fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries.map(|entry| entry.file_name().into_string().expect("UTF-8")).collect()
}

/// `text` without white space: line ends of formats differ.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every paragraph and the headline stand in `text`, white space aside; control characters by their pictures.
#[track_caller]
pub fn assert_holds(text: &str, article: &StoredArticle) {
    let text = squeezed(text);
    for paragraph in article.article.paragraphs().chain([article.article.title.as_str()]) {
        let wanted = squeezed(&paragraph.replace('\0', "␀").replace('\u{1B}', "␛"));
        assert!(text.contains(&wanted), "missing: {}", wanted.chars().take(80).collect::<String>());
    }
}
