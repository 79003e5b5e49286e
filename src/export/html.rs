//! One web page that needs nothing else: its styles inside, no script, readable on a phone and on paper.

use super::output::{PendingFile, Spool};
use super::text::{byline, calling, chinese_date, end_note, headline, one_line, source_line, visible};
use super::writer::ArticleWriter;
use super::{ExportError, Item, Options, Watch};
use crate::model::{Article, BlockKind, StoredArticle};
use std::io::Write as _;

const CSS: &str = include_str!("../../assets/print/articles.css");

/// The page is written when the table of contents is known; articles wait in a spool.
pub(super) struct Html {
    out: PendingFile,
    options: Options,
    is_set: bool,
    contents: Vec<(String, String)>,
    body: Spool,
}

impl Html {
    pub(super) fn new(out: PendingFile, options: &Options, is_set: bool) -> Self {
        Self { out, options: options.clone(), is_set, contents: Vec::new(), body: Spool::new() }
    }
}

impl ArticleWriter for Html {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        let stored = item.article;
        let facts = [stored.date.best.map(|date| date.to_string()), stored.page_label.clone()];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        self.contents.push((escape(&calling(&stored.article)), escape(&facts.join(" "))));
        let mut text = format!("<article id=\"a{}\">\n", self.contents.len());
        article(stored, if self.is_set { 2 } else { 1 }, &mut text);
        text.push_str("</article>\n");
        Ok(self.body.write_all(text.as_bytes())?)
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        let Self { mut out, options, is_set, contents, body } = *self;
        let own_title = contents.first().filter(|_| !is_set).map(|(title, _)| title.clone());
        let title = own_title.unwrap_or_else(|| escape(options.title()));
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"generator\" content=\"Baoku {}\">\n<title>{title}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n",
            env!("CARGO_PKG_VERSION")
        )?;
        if is_set {
            let day = options.made_on.map(|day| format!(" · {}", chinese_date(day))).unwrap_or_default();
            writeln!(out, "<header>\n<h1>{title}</h1>\n<p>共{}篇{day}</p>\n</header>", contents.len())?;
            writeln!(out, "<nav aria-label=\"目录\">\n<h2>目录</h2>\n<ol>")?;
            for (number, (title, facts)) in (1..).zip(&contents) {
                writeln!(out, "<li><a href=\"#a{number}\">{title}</a> <small>{facts}</small></li>")?;
            }
            writeln!(out, "</ol>\n</nav>")?;
        }
        writeln!(out, "<main>")?;
        body.copy_to(&mut out)?;
        out.write_all(b"</main>\n</body>\n</html>\n")?;
        Ok(out)
    }
}

fn article(stored: &StoredArticle, level: u8, out: &mut String) {
    let article = &stored.article;
    let mut line = |tag: &str, class: &str, text: &str| {
        out.push_str(&format!("<{tag} class=\"{class}\">{}</{tag}>\n", escape(&one_line(text))));
    };
    if let Some(column) = &article.column {
        line("p", "column", column);
    }
    if let Some(kicker) = &article.kicker {
        line("p", "kicker", kicker);
    }
    if let Some(title) = headline(article) {
        line(&format!("h{level}"), "title", title);
    }
    if let Some(subtitle) = &article.subtitle {
        line("p", "subtitle", subtitle);
    }
    let signed = byline(article);
    if !signed.is_empty() {
        line("p", "byline", &signed);
    }
    line("p", "source", &source_line(stored));
    blocks(article, level + 1, out);
}

fn blocks(article: &Article, level: u8, out: &mut String) {
    for block in &article.blocks {
        let text = escape(block.text.trim()).replace('\n', "<br>\n");
        match block.kind {
            BlockKind::Paragraph => out.push_str(&format!("<p>{text}</p>\n")),
            BlockKind::Subhead => out.push_str(&format!("<h{level}>{text}</h{level}>\n")),
        }
    }
    if let Some(note) = end_note(article) {
        out.push_str(&format!("<p class=\"note\">{}</p>\n", escape(&note)));
    }
}

/// One article as a fragment of HTML with its source line, for the clipboard.
pub fn fragment(stored: &StoredArticle) -> String {
    let mut out = String::from("<article lang=\"zh-CN\">\n");
    article(stored, 1, &mut out);
    out.push_str("</article>\n");
    out
}

/// `text` as it stands in an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_the_text_is_text() {
        let mut stored = crate::export::fixture::article("</title><script>alert('1')</script>");
        stored.article.column = Some("\"><img src=x onerror=y>".into());
        let html = fragment(&stored);
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(html.contains("&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)"), "{html}");
        assert!(html.contains("青岚日报·2024年3月18日·A1版·"), "{html}");
    }
}
