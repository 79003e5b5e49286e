//! Exported files as other programs read them: the whole program over the sample pages, and text that means harm.
//!
//! Where another program's reader is on this computer (poppler, Python's packages; LibreOffice in `readers.rs`) it must open the
//! file and find the text in it; where it is not, the test says so and the file is parsed here.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

mod support;

use baoku::export::{Format, Item, Options, Session, json};
use baoku::model::StoredArticle;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use support::{
    Desk, HOSTILE, assert_holds, export, hostile_article, names_in, python, squeezed, text_of_xml, tool, unzipped,
};

#[test]
fn every_format_is_written_for_a_whole_result() {
    let desk = Desk::with_samples();
    let total = desk.run(&["search", "--limit", "0", "--json"]).expect(0).json()["total"].clone();
    for format in Format::ALL {
        let output = desk.path(&format!("剪报 {}.{}", format.word(), format.extension()));
        let done = desk.run(&["export", "--format", format.word(), "--output", &output, "--json"]).expect(0).json();
        assert_eq!((&done["articles"], done["format"].as_str()), (&total, Some(format.word())));
        assert!(fs::metadata(&output).expect("a file").len() > 200, "{output}");
    }
    let left = names_in(desk.root());
    assert!(left.iter().all(|name| !name.contains(".part")), "{left:?}");
}

#[test]
fn articles_come_in_the_order_asked_for() {
    let desk = Desk::with_samples();
    let hits = desk.run(&["search", "--sort", "oldest", "--limit", "100", "--json"]).expect(0).json();
    let listed: Vec<i64> =
        hits["hits"].as_array().expect("hits").iter().map(|hit| hit["id"].as_i64().unwrap()).collect();
    let ids_in = |path: &str| -> Vec<i64> {
        let read = json::read(fs::File::open(path).expect("a file")).expect("articles");
        read.articles.iter().map(|article| article.stored.id.0).collect()
    };
    let output = desk.path("全部.json");
    desk.run(&["export", "--format", "json", "--output", &output, "--sort", "oldest"]).expect(0);
    assert_eq!(ids_in(&output), listed);
    let some: Vec<i64> = listed.iter().rev().take(3).copied().collect();
    let words = some.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    desk.run(&["export", "--format", "json", "--output", &output, "--ids", &words]).expect(0);
    assert_eq!(ids_in(&output), some);
}

#[test]
fn what_cannot_be_done_is_said_and_leaves_nothing() {
    let desk = Desk::with_samples();
    let output = desk.path("无.txt");
    let ran = desk.run(&["export", "绝无此词", "--format", "txt", "--output", &output]).expect(1);
    assert_eq!(ran.out, "nothing to export\n");
    let ran = desk.run(&["export", "--format", "txt", "--output", &output, "--ids", "999999"]).expect(1);
    assert!(ran.err.contains("error: there is no article 999999"), "{}", ran.err);
    let ran = desk.run(&["export", "茶", "--format", "txt", "--output", &output, "--ids", "1"]).expect(2);
    assert!(ran.err.contains("hint: "), "{}", ran.err);
    assert!(!Path::new(&output).exists());
    let nowhere = desk.path("没有的文件夹/a.txt");
    let ran = desk.run(&["export", "--format", "txt", "--output", &nowhere]).expect(2);
    assert!(ran.err.starts_with("error: cannot write "), "{}", ran.err);
    let folder = desk.path(".");
    desk.run(&["export", "--format", "txt", "--output", &folder]).expect(2);
}

#[test]
fn one_file_each_has_names_a_manifest_and_replaces_nothing() {
    let desk = Desk::with_samples();
    let folder = desk.path("剪报");
    let words = ["export", "--format", "md", "--one-file-each", "--output", &folder, "--json"];
    let done = desk.run(&words).expect(0).json();
    let first = names_in(Path::new(&folder));
    assert_eq!(first.len() as u64, done["files"].as_u64().expect("a number") + 1);
    assert!(first.iter().any(|name| name.starts_with("2024-03-18 A1 ") && name.ends_with(".md")), "{first:?}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(Path::new(&folder).join("manifest.json")).expect("a manifest")).expect("JSON");
    assert_eq!(manifest["format"], "baoku-set");
    for entry in manifest["articles"].as_array().expect("articles") {
        let text = fs::read_to_string(Path::new(&folder).join(entry["file"].as_str().expect("a name"))).expect("text");
        assert!(text.starts_with("---\ntitle: \""), "{text}");
        assert!(text.contains(&format!("\nid: {}\n", entry["id"])), "{text}");
    }
    desk.run(&words).expect(0);
    let second = names_in(Path::new(&folder));
    assert_eq!(second.len(), first.len() * 2);
    assert!(second.contains("manifest (2).json"), "{second:?}");
}

#[test]
fn json_holds_everything_and_its_schema_describes_it() {
    let desk = Desk::with_samples();
    let output = desk.path("全部.json");
    desk.run(&["export", "--format", "json", "--output", &output]).expect(0);
    let read = json::read(fs::File::open(&output).expect("a file")).expect("articles");
    let reader = desk.reader();
    for article in read.articles.iter().map(|taken| &taken.stored) {
        assert_eq!(reader.article(article.id).expect("read").as_ref(), Some(article));
        let page = read.pages.iter().find(|page| page.id == article.page_id).expect("its page");
        assert_eq!(reader.page(page.id).expect("read").expect("a page").text, page.text);
    }
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema/articles.schema.json");
    let script =
        "import json, sys, jsonschema\njsonschema.validate(json.load(open(sys.argv[2])), json.load(open(sys.argv[1])))";
    python(&["jsonschema"], script, &[&schema, Path::new(&output)]);
}

#[test]
fn json_of_something_else_is_refused() {
    let other = json::read(&b"{\"type\":\"FeatureCollection\"}"[..]).expect_err("refused").to_string();
    assert!(other.contains("not of exported articles"), "{other}");
    let newer = json::read(&b"{\"format\":\"baoku-articles\",\"version\":99}"[..]).expect_err("refused").to_string();
    assert!(newer.contains("version 99"), "{newer}");
}

#[test]
fn page_text_can_be_imported_again() {
    let desk = Desk::with_samples();
    let output = desk.path("原文.txt");
    desk.run(&["export", "--format", "page-text", "--output", &output]).expect(0);
    // Its pages are known: their text came back unchanged.
    let report = desk.run(&["import", &output, "--json"]).expect(0).json();
    assert_eq!((report["pages"].as_u64(), report["problems"].as_u64()), (Some(0), Some(0)), "{report}");
    assert_eq!(report["files"][0]["outcome"], "duplicate");
    let other = desk.path("另一个.baoku");
    let report = desk.run(&["import", &output, "--json", "--archive", &other]).expect(0).json();
    assert_eq!(report["pages"], 3, "{report}");
}

#[test]
fn both_encodings_of_plain_text_say_the_same() {
    let desk = Desk::with_samples();
    let (utf8, gb) = (desk.path("a.txt"), desk.path("b.txt"));
    desk.run(&["export", "--format", "txt", "--output", &utf8]).expect(0);
    desk.run(&["export", "--format", "txt", "--output", &gb, "--encoding", "gb18030"]).expect(0);
    let utf8 = fs::read(utf8).expect("a file");
    let text = std::str::from_utf8(&utf8).expect("UTF-8").strip_prefix('\u{FEFF}').expect("a mark");
    let bytes = fs::read(gb).expect("a file");
    let (decoded, _, had_errors) = encoding_rs::GB18030.decode(&bytes);
    assert!(!had_errors);
    assert_eq!(decoded, text);
    assert!(text.contains("青岚日报·2024年3月18日") && text.contains("\r\n"), "{text}");
}

#[test]
fn hostile_text_stays_text_in_plain_formats() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = hostile_article();
    let text = fs::read_to_string(export(std::slice::from_ref(&article), Format::Txt, folder.path())).expect("text");
    assert_holds(&text, &article);
    let html = fs::read_to_string(export(std::slice::from_ref(&article), Format::Html, folder.path())).expect("text");
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains('\0'));
    assert_holds(&text_of_xml(&html[html.find("<main>").expect("a body")..]), &article);
    let script = "
import sys, html.parser
class P(html.parser.HTMLParser):
    def __init__(self): super().__init__(); self.text = []; self.tags = set()
    def handle_starttag(self, tag, attrs): self.tags.add(tag)
    def handle_data(self, data): self.text.append(data)
p = P(); p.feed(open(sys.argv[1], encoding='utf-8').read()); p.close()
assert not p.tags & {'script', 'img', 'b', 'iframe'}, p.tags
print(''.join(p.text))";
    let path = folder.path().join("剪报.html");
    if let Some(text) = python(&["html.parser"], script, &[&path]) {
        assert_holds(&text, &article);
    }
    let read = json::read(fs::File::open(export(std::slice::from_ref(&article), Format::Json, folder.path())).unwrap());
    let back: Vec<StoredArticle> = read.expect("articles").articles.into_iter().map(|taken| taken.stored).collect();
    assert_eq!(back, [article]);
}

#[test]
fn hostile_text_stays_text_in_markdown() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = hostile_article();
    let mut session =
        Session::into_folder(&folder.path().join("一"), Format::Markdown, &Options::default()).expect("begun");
    session.add(&Item::new(&article)).expect("added");
    session.finish(&|| true).expect("finished");
    let name = names_in(&folder.path().join("一")).into_iter().find(|name| name.ends_with(".md")).expect("a file");
    let path = folder.path().join("一").join(name);
    // Another program's parser must find the same words and no markup but headings, emphasis and breaks of ours.
    let script = "
import sys, markdown_it, yaml
_, front, body = open(sys.argv[1], encoding='utf-8').read().split('---\\n', 2)
facts = yaml.safe_load(front)
assert facts['id'] == 7, facts
kinds, text = set(), []
for token in markdown_it.MarkdownIt('commonmark').enable(['table', 'strikethrough']).parse(body):
    kinds.add(token.type)
    for child in token.children or []:
        kinds.add(child.type)
        text.append(child.content)
bad = kinds - {'paragraph_open', 'paragraph_close', 'heading_open', 'heading_close', 'inline', 'text', 'em_open',
    'em_close', 'strong_open', 'strong_close', 'hardbreak', 'softbreak', 'text_special'}
assert not bad, bad
print(facts['title'])
print(''.join(text))";
    if let Some(text) = python(&["markdown_it", "yaml"], script, &[&path]) {
        assert_holds(&text, &article);
    }
    assert!(fs::read_to_string(&path).expect("text").contains("\\<script\\>"));
}

#[test]
fn formulas_are_text_in_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut articles = vec![hostile_article()];
    for formula in HOSTILE.iter().filter(|text| text.starts_with(['=', '+', '-', '@'])) {
        let mut article = hostile_article();
        article.article.title = (*formula).to_owned();
        article.article.kicker = Some(format!("{formula}\"x"));
        articles.push(article);
    }
    assert!(articles.len() > 4);
    let csv = fs::read_to_string(export(&articles, Format::Csv, folder.path())).expect("text");
    assert!(!["\"=", "\"+", "\"-", "\"@"].iter().any(|begin| csv.contains(&format!(",{begin}"))), "{csv}");
    assert_eq!(csv.matches("\r\n").count(), articles.len() + 1);
    let script = "
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))
assert {len(row) for row in rows} == {14}, rows
assert rows[0][7] == '标题'
print('\\n'.join(row[7] for row in rows[1:]))";
    if let Some(titles) = python(&["csv"], script, &[&folder.path().join("剪报.csv")]) {
        assert_eq!(titles.lines().count(), articles.len());
    }
    let path = export(&articles, Format::Xlsx, folder.path());
    for (name, xml) in unzipped(&path) {
        assert!(!name.contains("sheet") || !xml.contains("<f>"), "{name}");
    }
    let script = "
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
assert sheet.max_column == 14 and sheet['H1'].value == '标题'
assert all(cell.data_type in 'sn' for row in sheet for cell in row), 'a formula'
for row in sheet.iter_rows(min_row=2): print(row[7].value)";
    if let Some(titles) = python(&["openpyxl"], script, &[&path]) {
        assert_eq!(
            titles.lines().skip(1).collect::<Vec<_>>(),
            articles[1..].iter().map(|a| a.article.title.as_str()).collect::<Vec<_>>()
        );
    }
}

#[test]
fn word_documents_open_elsewhere_with_all_their_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = [hostile_article(), support::article("春茶开采")];
    let path = export(&articles, Format::Docx, folder.path());
    let parts = unzipped(&path);
    let document = &parts.iter().find(|part| part.0 == "word/document.xml").expect("a document").1;
    articles.iter().for_each(|article| assert_holds(&text_of_xml(document), article));
    assert!(document.contains("TOC \\o &quot;1-1&quot; \\f"));
    let script = "
import sys, docx
document = docx.Document(sys.argv[1])
heads = [p.text for p in document.paragraphs if p.style.name == 'Heading 1']
assert len(heads) == 2 and heads[1] == '春茶开采', heads
font = document.styles['Heading 1'].element.rPr.rFonts
assert font.get('{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia') == '方正小标宋简体'
print('\\n'.join(p.text for p in document.paragraphs))";
    if let Some(text) = python(&["docx"], script, &[&path]) {
        articles.iter().for_each(|article| assert_holds(&text, article));
    }
}

#[test]
fn a_booklet_prints_every_character_of_hostile_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut articles = [hostile_article(), support::article("春茶开采")];
    // No font has pictures for these: they print as boxes.
    for article in &mut articles {
        article.article.blocks.iter_mut().for_each(|block| block.text.retain(|c| c != '😀'));
    }
    let path = export(&articles, Format::Pdf, folder.path());
    let path_word = path.to_str().expect("UTF-8");
    let expected: String =
        articles.iter().flat_map(|a| a.article.paragraphs().chain([a.article.title.as_str()])).collect();
    let expected_file = folder.path().join("expected.txt");
    fs::write(&expected_file, expected).expect("written");
    let ink = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/pdf_ink.py");
    if ink.exists() && python(&["pymupdf"], "", &[]).is_some() {
        let words = [ink.to_str().unwrap(), path_word, "--expect", expected_file.to_str().unwrap()];
        println!("{}", tool("python3", &words).unwrap_or_default());
    } else {
        println!("skipped a check: pdf_ink.py is not here");
    }
    if let Some(text) = tool("pdftotext", &[path_word, "-"]) {
        for word in ["#set page(width: 1pt)", "$x^2$", "*不粗*", "@label", "\\n", "</script>"] {
            assert!(squeezed(&text).contains(&squeezed(word)), "{word} is not printed as it stands");
        }
        assert!(text.contains("目录"));
    }
    if let Some(facts) = tool("pdfinfo", &[path_word]) {
        assert!(facts.lines().any(|line| line.starts_with("Title:") && line.ends_with("剪报")), "{facts}");
        assert!(facts.contains("595.276 x 841.89 pts (A4)"), "{facts}");
    }
    let script = "
import sys, json, pymupdf
document = pymupdf.open(sys.argv[1])
toc = document.get_toc()
assert [t[1] for t in toc][1] == '春茶开采' and toc[1][2] > 2, toc
assert any(link.get('page', 0) > 0 for link in document[1].get_links()), 'contents without links'
manifest = json.loads(document.embfile_get('manifest.json'))
assert [a['id'] for a in manifest['articles']] == [7, 7], manifest
assert document.xref_get_key(document.pdf_catalog(), 'Lang')[1].lower().startswith('zh'), 'no language'
foot = lambda page: (0, page.rect.height - 60, page.rect.width, page.rect.height)
numbers = [int(page.get_text('text', clip=foot(page))) for page in document if page.number > 0]
assert numbers == list(range(2, len(document) + 1)), numbers";
    python(&["pymupdf"], script, &[&path]);
}

#[test]
fn papers_and_columns_are_as_asked_for() {
    let desk = Desk::with_samples();
    let output = desk.path("b.pdf");
    for (paper, size) in [("a5", "419.528 x 595.276"), ("16k", "521.575 x 737.008"), ("column", "209.764 x 841.89")] {
        let words = ["export", "--format", "pdf", "--output", &output, "--paper", paper, "--columns", "2"];
        desk.run(&words).expect(0);
        if let Some(facts) = tool("pdfinfo", &[&output]) {
            assert!(facts.contains(size), "{facts}");
        }
    }
}

#[test]
fn a_newsrooms_own_template_is_used_and_its_mistakes_are_told_by_line() {
    let desk = Desk::with_samples();
    desk.write("模板/抬头.txt", "青岚日报资料室".as_bytes());
    let good = "#let data = json(\"articles.json\")\n#set page(width: 90mm, height: 50mm)\n#read(\"抬头.txt\")\n#data.articles.len()";
    let template = desk.write("模板/自己.typ", good.as_bytes());
    let output = desk.path("b.pdf");
    let words = ["export", "--format", "pdf", "--output", &output, "--template", &template];
    desk.run(&words).expect(0);
    if let Some(text) = tool("pdftotext", &[&output, "-"]) {
        assert!(text.contains("青岚日报资料室"), "{text}");
    }
    fs::remove_file(&output).expect("removed");
    for (bad, line) in
        [("\n#let a = ", 2), ("= 题\n\n#read(\"../../../etc/passwd\")", 3), ("#import \"@preview/x:0.1.0\"", 1)]
    {
        desk.write("模板/自己.typ", bad.as_bytes());
        let ran = desk.run(&words).expect(2);
        assert!(ran.err.contains(&format!("自己.typ, line {line}: ")), "{}", ran.err);
        assert!(!Path::new(&output).exists());
    }
}

#[test]
fn a_long_picture_is_as_wide_as_asked_for_and_has_ink_down_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut article = support::article("春茶开采");
    for number in 0..200 {
        let mut block = article.article.blocks[0].clone();
        block.text = format!("第{number}段。").repeat(20);
        article.article.blocks.push(block);
    }
    let path = folder.path().join("长图.png");
    let options = Options { width_px: 600, ..Options::default() };
    let mut session = Session::into_file(&path, Format::Png, &options).expect("begun");
    session.add(&Item::new(&article)).expect("added");
    session.finish(&|| true).expect("finished");
    let picture = image::open(&path).expect("a picture").into_luma8();
    assert_eq!(picture.width(), 600);
    assert!(picture.height() > 10_000, "{}", picture.height());
    // Every stretch of a few lines' height has dark pixels on light ground: no band was lost.
    for top in (0..picture.height() - 200).step_by(100) {
        let rows = || (top..top + 200).flat_map(|y| (0..600).map(move |x| (x, y)));
        let dark = rows().filter(|&(x, y)| picture.get_pixel(x, y).0[0] < 90).count();
        let light = rows().filter(|&(x, y)| picture.get_pixel(x, y).0[0] > 230).count();
        assert!(dark > 300 && light > 60_000, "row {top}: {dark} dark, {light} light");
    }
}

#[test]
fn a_cancelled_export_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = support::article("春茶开采");
    for format in Format::ALL.into_iter().filter(|format| !format.needs_page()) {
        for is_folder in [false, true] {
            let begin = if is_folder { Session::into_folder } else { Session::into_file };
            let path = folder.path().join("剪报");
            let mut session = begin(&path, format, &Options::default()).expect("begun");
            session.add(&Item::new(&article)).expect("added");
            let error = session.finish(&|| false).expect_err("cancelled");
            assert!(error.is_cancelled(), "{error}");
            let mut session = begin(&path, format, &Options::default()).expect("begun");
            session.add(&Item::new(&article)).expect("added");
            drop(session);
            assert_eq!(names_in(folder.path()), BTreeSet::new(), "{format:?}");
        }
    }
}
