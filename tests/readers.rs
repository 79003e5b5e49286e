//! Exported files in the hands of other programs: LibreOffice, xmllint, poppler, Python's packages. What is not on this
//! computer is told and passed over.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

mod support;

use baoku::export::{Format, Item, Options, Session};
use baoku::model::{Block, BlockKind, Kind, StoredArticle};
use std::fs;
use std::path::{Path, PathBuf};
use support::{HOSTILE, assert_holds, export, hostile_article, names_in, python, squeezed, tool, unzipped};

/// LibreOffice makes a file of another format; none when it is not here.
fn office(file: &Path, to: &str, out: &Path) -> Option<PathBuf> {
    let home = format!("-env:UserInstallation=file://{}/lo", out.display());
    let mut words = vec![&home, "--headless", "--convert-to", to, "--outdir", out.to_str()?];
    // In the window it asks which encoding a table has, here it must be told.
    words.extend(file.extension().is_some_and(|extension| extension == "csv").then_some("--infilter=CSV:44,34,76"));
    words.push(file.to_str()?);
    tool("soffice", &words)?;
    let extension = to.split(':').next().expect("a format");
    let made = out.join(file.file_name()?).with_extension(extension);
    assert!(made.exists(), "LibreOffice did not open {}", file.display());
    Some(made)
}

/// An article without headline, and a picture's caption.
fn without_headline() -> [StoredArticle; 2] {
    let mut plain = support::article("");
    plain.article.title_printed = false;
    (plain.article.kicker, plain.article.subtitle) = (None, None);
    let mut caption = plain.clone();
    caption.article.kind = Kind::Photo;
    caption.article.column = None;
    caption.article.blocks =
        vec![Block {
            kind: BlockKind::Paragraph, text: "图为茶农在青石镇的茶园里采茶。".into(), runs: vec![]
        }];
    [plain, caption]
}

#[test]
fn word_documents_survive_libreoffice() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = [hostile_article(), support::article("春茶开采"), without_headline()[0].clone()];
    let path = export(&articles, Format::Docx, folder.path());
    let Some(odt) = office(&path, "odt", folder.path()) else { return };
    let content = unzipped_text(&odt, "content.xml");
    // Styles came over as what they are, and the contents as contents.
    assert!(content.contains("text:table-of-content"), "no contents");
    assert!(content.contains("text:outline-level=\"1\""), "no headings");
    let there = office(&odt, "txt:Text (encoded):UTF8", folder.path()).expect("LibreOffice");
    let text = fs::read_to_string(there).expect("text");
    articles.iter().for_each(|article| assert_holds(&text, article));
    // And back into Word's format.
    let again = folder.path().join("zurück");
    let docx = office(&odt, "docx", &again).expect("LibreOffice");
    let script = "import sys, docx\nprint('\\n'.join(p.text for p in docx.Document(sys.argv[1]).paragraphs))";
    if let Some(text) = python(&["docx"], script, &[&docx]) {
        articles.iter().for_each(|article| assert_holds(&text, article));
    }
}

fn unzipped_text(path: &Path, part: &str) -> String {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("a file")).expect("a zip");
    std::io::read_to_string(zip.by_name(part).expect("the part")).expect("UTF-8")
}

#[test]
fn tables_survive_libreoffice() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut articles = vec![support::article("春茶开采")];
    for text in HOSTILE {
        let mut article = support::article(text);
        article.article.column = Some((*text).to_owned());
        articles.push(article);
    }
    for format in [Format::Xlsx, Format::Csv] {
        let path = export(&articles, format, folder.path());
        let out = folder.path().join(format.word());
        // Comma, quotation mark, UTF-8, first row, no types, texts quoted, no formulas saved as formulas.
        let Some(csv) = office(&path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", &out) else {
            return;
        };
        let text = fs::read_to_string(csv).expect("text");
        for error in ["#NAME?", "#VALUE!", "#REF!", "Err:5"] {
            assert!(!text.contains(error), "{format:?}: a formula was calculated: {error}");
        }
        for article in &articles {
            let wanted =
                squeezed(&article.article.title.replace('\0', "␀").replace('\u{1B}', "␛")).replace('"', "\"\"");
            assert!(squeezed(&text).contains(&wanted), "{format:?}: {wanted}");
        }
    }
}

#[test]
fn html_survives_libreoffice() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = [hostile_article(), support::article("春茶开采")];
    let path = export(&articles, Format::Html, folder.path());
    if let Some(there) = office(&path, "txt:Text (encoded):UTF8", folder.path()) {
        let text = fs::read_to_string(there).expect("text");
        // Of the hostile text those parts that another program's reader keeps line by line.
        assert_holds(&text, &articles[1]);
        assert!(squeezed(&text).contains(&squeezed("</script><script>alert('1')</script>")));
    }
}

#[test]
fn every_part_of_office_files_is_sound_xml() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = [hostile_article(), without_headline()[0].clone()];
    for format in [Format::Docx, Format::Xlsx] {
        for (name, text) in unzipped(&export(&articles, format, folder.path())) {
            let part = folder.path().join("part.xml");
            fs::write(&part, text).expect("written");
            let words = ["--noout", "--nonet", "--huge", part.to_str().expect("UTF-8")];
            assert!(tool("xmllint", &words).is_none_or(|said| said.is_empty()), "{name}");
        }
    }
}

#[test]
fn an_article_without_headline_leaves_no_gap_and_is_listed_by_its_beginning() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = without_headline();
    let text_of = |format| fs::read_to_string(export(&articles, format, folder.path())).expect("text");
    let html = text_of(Format::Html);
    assert!(!html.contains("class=\"title\""), "{html}");
    assert!(html.contains("<a href=\"#a1\">天刚亮，茶农们就上了山</a>"), "{html}");
    let markdown = text_of(Format::Markdown);
    assert!(!markdown.lines().any(|line| line.trim_end() == "#"), "{markdown}");
    assert!(!text_of(Format::Txt).starts_with("\u{FEFF}\r\n"));
    let docx = export(&articles, Format::Docx, folder.path());
    let document = unzipped_text(&docx, "word/document.xml");
    assert!(!document.contains("w:val=\"Heading1\""), "an empty heading");
    assert!(document.contains(" TC &quot;图为茶农在青石镇的茶园里采茶&quot; "), "nothing for the contents");
    // Files of their own are called by their beginning too.
    let each = folder.path().join("每篇");
    let mut session = Session::into_folder(&each, Format::Txt, &Options::default()).expect("begun");
    articles.iter().for_each(|article| session.add(&Item::new(article)).expect("added"));
    session.finish(&|| true).expect("finished");
    assert!(names_in(&each).contains("2024-03-18 A1 天刚亮，茶农们就上了山.txt"), "{:?}", names_in(&each));
    let pdf = export(&articles, Format::Pdf, folder.path());
    if let Some(text) = tool("pdftotext", &["-layout", "-f", "2", "-l", "2", pdf.to_str().expect("UTF-8"), "-"]) {
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("2024-03-18")).collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].contains("天刚亮，茶农们就上了山") && lines[0].ends_with('3'), "{text}");
    }
    let script = "
import sys, pymupdf
document = pymupdf.open(sys.argv[1])
assert [t[1] for t in document.get_toc()] == ['天刚亮，茶农们就上了山', '图为茶农在青石镇的茶园里采茶'], document.get_toc()
print(document[2].get_text())";
    if let Some(text) = python(&["pymupdf"], script, &[&pdf]) {
        // What stands for the headline is not printed over the text.
        assert_eq!(squeezed(&text).matches("天刚亮，茶农们就上了山").count(), 1, "{text}");
    }
}

#[test]
fn hostile_text_is_drawn_in_pictures_and_kept_in_page_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = hostile_article();
    let path = folder.path().join("长图.png");
    let options = Options { width_px: 300, ..Options::default() };
    let mut session = Session::into_file(&path, Format::Png, &options).expect("begun");
    session.add(&Item::new(&article)).expect("added");
    session.finish(&|| true).expect("finished");
    let mut reader = image::ImageReader::open(&path).expect("a file");
    reader.no_limits();
    let picture = reader.decode().expect("a picture").into_luma8();
    // A hundred thousand characters, some thirty on a line.
    assert_eq!(picture.width(), 300);
    assert!(picture.height() > 20_000, "{}: text went missing", picture.height());
    // The page's own text goes out byte for byte, whatever it holds.
    let desk = support::Desk::with_samples();
    let page = HOSTILE.join("\n") + "\n" + &"长段落里的字一个接一个。".repeat(8_334) + "\n";
    let dump = desk.write("毒.txt", page.as_bytes());
    let other = desk.path("毒.baoku");
    desk.run(&["import", &dump, "--archive", &other]).expect(0);
    let out = desk.path("毒");
    desk.run(&["export", "--format", "page-text", "--one-file-each", "--output", &out, "--archive", &other]).expect(0);
    let name = names_in(Path::new(&out)).into_iter().find(|name| name.ends_with(".txt")).expect("a file");
    let text = fs::read_to_string(Path::new(&out).join(name)).expect("text");
    assert_eq!(text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").trim_end(), page.trim_end());
    let each = folder.path().join("每篇");
    for format in Format::ALL.into_iter().filter(|format| !format.needs_page()) {
        let mut session = Session::into_folder(&each, format, &Options::default()).expect("begun");
        session.add(&Item::new(&article)).expect("added");
        assert_eq!(session.finish(&|| true).expect("finished").files, 1, "{format:?}");
    }
    for name in names_in(&each) {
        assert!(!name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*', '\0', '\u{202E}']), "{name:?}");
    }
}

#[test]
fn a_headline_without_end_is_kept_whole_where_there_is_room_and_breaks_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut article = support::article(&"一场春雨过后满山的茶树都绿了".repeat(3_000));
    article.article.kicker = Some("水".repeat(40_000));
    for format in Format::ALL.into_iter().filter(|format| !format.needs_page() && *format != Format::Png) {
        let path = export(std::slice::from_ref(&article), format, folder.path());
        assert!(fs::metadata(&path).expect("a file").len() > 1000, "{format:?}");
        let mut session =
            Session::into_folder(&folder.path().join(format.word()), format, &Options::default()).expect("begun");
        session.add(&Item::new(&article)).expect("added");
        session.finish(&|| true).expect("finished");
    }
    let mut article = support::article(&"一场春雨过后满山的茶树都绿了".repeat(200));
    article.article.subtitle = Some("尾声在此".into());
    let path = export(std::slice::from_ref(&article), Format::Pdf, folder.path());
    if let Some(text) = tool("pdftotext", &["-f", "3", path.to_str().expect("UTF-8"), "-"]) {
        // Contents and headline: on the pages behind the cover nothing is cut off.
        let count = squeezed(&text).matches("满山的茶树都绿了").count();
        assert!(count >= 200 && squeezed(&text).contains("尾声在此"), "{count} of 200");
    }
}

#[test]
fn headlines_of_a_booklet_never_stand_alone_at_the_foot_of_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    // Texts of many lengths, so that headlines come to stand at every height.
    let articles: Vec<StoredArticle> = (0..60)
        .map(|number| {
            let mut article = support::article(&format!("第{number}号渠清淤完工"));
            let lines = "渠水流过村口的老槐树下。".repeat(1 + number * 7 % 31);
            article.article.blocks[0].text = lines;
            article
        })
        .collect();
    for (paper, columns) in
        [(baoku::export::Paper::A4, 1), (baoku::export::Paper::A4, 2), (baoku::export::Paper::Column, 1)]
    {
        let path = folder.path().join("剪报.pdf");
        let options = Options { paper, columns, ..Options::default() };
        let mut session = Session::into_file(&path, Format::Pdf, &options).expect("begun");
        articles.iter().for_each(|article| session.add(&Item::new(article)).expect("added"));
        session.finish(&|| true).expect("finished");
        let script = "
import sys, re, pymupdf
columns = int(sys.argv[2])
seen = 0
document = pymupdf.open(sys.argv[1])
for page in document:
    width = page.rect.width / columns
    for column in range(columns):
        clip = (width * column, 50, width * (column + 1), page.rect.height - 45)
        text = ''.join(page.get_text('text', clip=clip, sort=True).split())
        if page.number + 1 < document.get_toc()[0][2] or '号渠清淤' not in text: continue
        seen += len(re.findall('号渠清淤', text))
        last = text[text.rindex('号渠清淤'):]
        # Behind the source line there is text on the same column.
        assert '渠水流过' in last, (page.number + 1, column, text[-120:])
assert seen >= 60, seen";
        python(&["pymupdf"], script, &[&path, Path::new(&columns.to_string())]);
    }
}
