//! CommonMark. A file of one article has its facts as YAML front matter; a file of several has a title and a heading for each.

use super::output::PendingFile;
use super::text::{byline, calling, end_note, headline, kind_name, one_line, source_line, visible};
use super::writer::ArticleWriter;
use super::{ExportError, Item, Options, Watch};
use crate::model::{BlockKind, StoredArticle};
use std::io::Write as _;

pub(super) struct Markdown {
    out: PendingFile,
    is_set: bool,
}

impl Markdown {
    pub(super) fn new(mut out: PendingFile, options: &Options, is_set: bool) -> Result<Self, ExportError> {
        if is_set {
            let mut head = format!("---\ntitle: {}\nlang: zh-CN\n", yaml(options.title()));
            if let Some(day) = options.made_on {
                head.push_str(&format!("date: {day}\n"));
            }
            head.push_str("---\n");
            out.write_all(head.as_bytes())?;
        }
        Ok(Self { out, is_set })
    }
}

impl ArticleWriter for Markdown {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        let mut text = String::new();
        if self.is_set {
            text.push('\n');
            if headline(&item.article.article).is_none() {
                // Without a heading nothing else would part it from the article before.
                text.push_str("---\n\n");
            }
        } else {
            front_matter(item.article, &mut text);
        }
        body(item.article, &mut text);
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        Ok(self.out)
    }
}

fn front_matter(stored: &StoredArticle, out: &mut String) {
    let article = &stored.article;
    out.push_str("---\n");
    let mut field = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{key}: {}\n", yaml(value)));
        }
    };
    field("title", Some(&calling(article)));
    field("kicker", article.kicker.as_deref());
    field("subtitle", article.subtitle.as_deref());
    field("newspaper", stored.newspaper.as_deref());
    field("page", stored.page_label.as_deref());
    field("column", article.column.as_deref());
    field("kind", Some(article.kind.as_str()));
    if let Some(date) = stored.date.best {
        out.push_str(&format!("date: {date}\n"));
    }
    out.push_str(&format!("id: {}\n", stored.id));
    let names: Vec<&str> = article.bylines.iter().map(|byline| byline.name.as_str()).collect();
    let towns: Vec<&str> = article.towns.iter().map(String::as_str).collect();
    let sections: Vec<&str> = article.sections.iter().map(String::as_str).collect();
    for (key, values) in [("authors", names), ("sections", sections), ("towns", towns)] {
        let values: Vec<String> = values.into_iter().map(yaml).collect();
        out.push_str(&format!("{key}: [{}]\n", values.join(", ")));
    }
    out.push_str(&format!("source: {}\n", yaml(&stored.source.display())));
    out.push_str("lang: zh-CN\n---\n\n");
}

fn body(stored: &StoredArticle, out: &mut String) {
    let article = &stored.article;
    let line = |text: &str| escape(&visible(&one_line(text)));
    if let Some(kicker) = &article.kicker {
        out.push_str(&format!("{}\n\n", line(kicker)));
    }
    if let Some(title) = headline(article) {
        out.push_str(&format!("# {}\n\n", line(title)));
    }
    if let Some(subtitle) = &article.subtitle {
        out.push_str(&format!("**{}**\n\n", line(subtitle)));
    }
    let signed = byline(article);
    if !signed.is_empty() {
        out.push_str(&format!("{}\n\n", line(&signed)));
    }
    out.push_str(&format!("*{}·{}*\n\n", line(&source_line(stored)), kind_name(article.kind)));
    for block in &article.blocks {
        match block.kind {
            BlockKind::Paragraph => out.push_str(&format!("{}\n\n", paragraph(&block.text))),
            BlockKind::Subhead => out.push_str(&format!("## {}\n\n", line(&block.text))),
        }
    }
    if let Some(note) = end_note(article) {
        out.push_str(&format!("{}\n\n", escape(&note)));
    }
    // One line end at the end of the file.
    out.pop();
}

/// A paragraph; its own line ends become hard breaks.
fn paragraph(text: &str) -> String {
    let text = visible(text);
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    lines.map(escape).collect::<Vec<_>>().join("\\\n")
}

/// `line` with a backslash before everything that CommonMark (and its tables, formulas, strikes and mentions) could read as
/// markup. Marks that mean something only where a line begins are left alone elsewhere.
fn escape(line: &str) -> String {
    let line = line.trim_matches([' ', '\t']);
    let mut out = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '{' | '}' | '@' | '#' | '^' => {
                true
            }
            '+' | '-' | '=' | ':' => at == 0,
            '.' | ')' => at == digits && digits > 0,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A YAML double-quoted scalar. What YAML does not take literally in one is escaped.
fn yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_the_text_is_text() {
        assert_eq!(escape("# 不是标题"), "\\# 不是标题");
        assert_eq!(escape("1. 不是列表"), "1\\. 不是列表");
        assert_eq!(escape("增长3.5%"), "增长3.5%");
        assert_eq!(escape("- 横"), "\\- 横");
        assert_eq!(
            escape("*重* `码` <b> &amp; [a](b) ![c](d)"),
            "\\*重\\* \\`码\\` \\<b\\> \\&amp; \\[a\\](b) !\\[c\\](d)"
        );
        assert_eq!(paragraph("上\n\n---\n下"), "上\\\n\\---\\\n下");
    }

    #[test]
    fn front_matter_holds_any_text() {
        assert_eq!(yaml("a\"b\\c\n: #d\0\u{85}\u{2028}𬭎"), "\"a\\\"b\\\\c\\n: #d\\u0000\\u0085\\u2028𬭎\"");
        let mut out = String::new();
        front_matter(&crate::export::fixture::article("标题: \"#\" ---"), &mut out);
        assert!(out.starts_with("---\ntitle: \"标题: \\\"#\\\" ---\"\n"), "{out}");
        assert!(out.contains("\ndate: 2024-03-18\n") && out.contains("\ntowns: [\"青石镇\"]\n"), "{out}");
    }
}
