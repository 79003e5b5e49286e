//! Word documents (ECMA-376, transitional): real heading styles, Chinese fonts by name, a table of contents field.
//!
//! Written by hand rather than through a document model: paragraphs go out as articles come, only headlines are kept.

mod parts;

use super::output::{PendingFile, Spool};
use super::text::{byline, calling, chinese_date, end_note, headline, one_line, source_line, visible};
use super::writer::ArticleWriter;
use super::{ExportError, Item, Options, Watch};
use crate::model::{BlockKind, StoredArticle};
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(super) struct Docx {
    out: PendingFile,
    options: Options,
    is_set: bool,
    headlines: Vec<String>,
    body: Spool,
}

impl Docx {
    pub(super) fn new(out: PendingFile, options: &Options, is_set: bool) -> Self {
        Self { out, options: options.clone(), is_set, headlines: Vec::new(), body: Spool::new() }
    }
}

impl ArticleWriter for Docx {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        let number = self.headlines.len() + 1;
        let mut xml = String::new();
        article(item.article, number, self.is_set, &mut xml);
        self.headlines.push(escape(&calling(&item.article.article)));
        Ok(self.body.write_all(xml.as_bytes())?)
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        let Self { out, options, is_set, headlines, body } = *self;
        let own_title = headlines.first().filter(|_| !is_set).cloned();
        let title = own_title.unwrap_or_else(|| escape(options.title()));
        let mut zip = ZipWriter::new(out);
        let zip_options = SimpleFileOptions::default();
        for (name, content) in parts::FIXED {
            zip.start_file(*name, zip_options)?;
            zip.write_all(content.as_bytes())?;
        }
        zip.start_file("docProps/core.xml", zip_options)?;
        zip.write_all(parts::core(&title, options.made_on).as_bytes())?;
        zip.start_file("word/document.xml", zip_options)?;
        zip.write_all(parts::DOCUMENT_BEGIN.as_bytes())?;
        if is_set {
            front(&mut zip, &title, &options, &headlines)?;
        }
        body.copy_to(&mut zip)?;
        zip.write_all(parts::DOCUMENT_END.as_bytes())?;
        Ok(zip.finish()?)
    }
}

/// Title and contents. Page numbers are known to the reader's program alone: the field is marked to be made anew when the
/// document is opened; until then its entries stand without numbers.
fn front(out: &mut impl Write, title: &str, options: &Options, headlines: &[String]) -> std::io::Result<()> {
    write!(out, "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>{}</w:p>", run(title))?;
    let day = options.made_on.map(|day| format!(" · {}", chinese_date(day))).unwrap_or_default();
    let count = format!("共{}篇{day}", headlines.len());
    write!(out, "<w:p><w:pPr><w:pStyle w:val=\"Source\"/><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", run(&count))?;
    out.write_all(parts::CONTENTS_BEGIN.as_bytes())?;
    let field = parts::field_begin(r#"TOC \o "1-1" \f \h \z \u"#, true);
    for (number, headline) in (1..).zip(headlines) {
        let field = if number == 1 { field.as_str() } else { "" };
        write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>{field}<w:hyperlink w:anchor=\"{mark}\" w:history=\"1\">{}\
             <w:r><w:tab/></w:r>{}{}</w:hyperlink></w:p>",
            run(headline),
            parts::field_begin(&format!(r"PAGEREF {} \h", bookmark(number)), false),
            parts::FIELD_END,
            mark = bookmark(number),
        )?;
    }
    let empty = if headlines.is_empty() { field.as_str() } else { "" };
    write!(out, "<w:p>{empty}{}</w:p>{}", parts::FIELD_END, parts::CONTENTS_END)
}

fn bookmark(number: usize) -> String {
    format!("_Toc{number:08}")
}

fn article(stored: &StoredArticle, number: usize, is_set: bool, out: &mut String) {
    let article = &stored.article;
    // In a set, an article begins on a new page, whatever its first line is.
    let mut page_break = if is_set { "<w:pageBreakBefore/>" } else { "" };
    let mut paragraph = |style: &str, inside: &str| {
        let page_break = std::mem::take(&mut page_break);
        out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{page_break}</w:pPr>{inside}</w:p>\n"));
    };
    let line = |text: &str| run(&escape(&one_line(text)));
    for (style, text) in [("Column", &article.column), ("Kicker", &article.kicker)] {
        if let Some(text) = text {
            paragraph(style, &line(text));
        }
    }
    let marked = |inside: &str| {
        let mark = bookmark(number);
        format!("<w:bookmarkStart w:id=\"{number}\" w:name=\"{mark}\"/>{inside}<w:bookmarkEnd w:id=\"{number}\"/>")
    };
    let has_headline = headline(article).is_some();
    if let Some(title) = headline(article) {
        paragraph("Heading1", &marked(&line(title)));
    }
    if let Some(subtitle) = &article.subtitle {
        paragraph("Subtitle", &line(subtitle));
    }
    let signed = byline(article);
    if !signed.is_empty() {
        paragraph("Byline", &line(&signed));
    }
    let source = line(&source_line(stored));
    match has_headline {
        true => paragraph("Source", &source),
        // A hidden entry stands for the headline in the contents.
        false => paragraph("Source", &marked(&format!("{}{source}", parts::contents_entry(&calling(article))))),
    }
    for block in &article.blocks {
        let style = match block.kind {
            BlockKind::Paragraph => "BodyText",
            BlockKind::Subhead => "Heading2",
        };
        paragraph(style, &run(&escape(block.text.trim())));
    }
    if let Some(note) = end_note(article) {
        paragraph("BodyText", &run(&note));
    }
}

/// A run of text that is escaped already; line ends and tabs are elements of their own.
fn run(escaped: &str) -> String {
    let text = escaped.replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">");
    let text = text.replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn escape(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_the_text_is_text() {
        assert_eq!(
            run(&escape("a</w:t>&\0\tb")),
            "<w:r><w:t xml:space=\"preserve\">a&lt;/w:t&gt;&amp;␀</w:t><w:tab/><w:t xml:space=\"preserve\">b</w:t></w:r>"
        );
        assert!(parts::contents_entry("a\"<\\").contains(r#" TC &quot;a\&quot;&lt;\\&quot; \l 1 "#));
        let mut xml = String::new();
        article(&crate::export::fixture::article("<b>&"), 3, true, &mut xml);
        assert_eq!(xml.matches("<w:pageBreakBefore/>").count(), 1);
        assert!(
            xml.contains("w:name=\"_Toc00000003\"/><w:r><w:t xml:space=\"preserve\">&lt;b&gt;&amp;</w:t>"),
            "{xml}"
        );
        assert!(
            xml.contains("<w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t xml:space=\"preserve\">手工炒青"),
            "{xml}"
        );
    }
}
