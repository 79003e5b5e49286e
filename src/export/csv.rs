//! A table for spreadsheets: one row for each article, without its text. RFC 4180 with a byte-order mark, every field quoted.

use super::output::PendingFile;
use super::text::{byline, kind_name, one_line, visible};
use super::writer::ArticleWriter;
use super::{ExportError, Item, Watch};
use crate::model::StoredArticle;
use std::borrow::Cow;
use std::io::Write as _;

/// Headings of the table, in the order of [`row`].
pub(super) const HEADINGS: [&str; 14] =
    ["日期", "报名", "版次", "版面", "镇街道", "体裁", "引题", "标题", "副题", "栏目", "作者", "字数", "编号", "来源"];

/// The cells of an article.
pub(super) fn row(stored: &StoredArticle) -> [String; HEADINGS.len()] {
    let article = &stored.article;
    let text = |text: Option<&str>| visible(&one_line(text.unwrap_or_default())).into_owned();
    [
        stored.date.best.map(|date| date.to_string()).unwrap_or_default(),
        text(stored.newspaper.as_deref()),
        text(stored.page_label.as_deref()),
        text(Some(&article.sections.join("、"))),
        text(Some(&article.towns.join("、"))),
        kind_name(article.kind).to_owned(),
        text(article.kicker.as_deref()),
        text(Some(&article.title)),
        text(article.subtitle.as_deref()),
        text(article.column.as_deref()),
        text(Some(&byline(article))),
        article.char_count().to_string(),
        stored.id.to_string(),
        text(Some(&stored.source.display())),
    ]
}

pub(super) struct Csv {
    out: PendingFile,
}

impl Csv {
    pub(super) fn new(mut out: PendingFile) -> Result<Self, ExportError> {
        out.write_all("\u{FEFF}".as_bytes())?;
        write_row(&mut out, &HEADINGS)?;
        Ok(Self { out })
    }
}

impl ArticleWriter for Csv {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        Ok(write_row(&mut self.out, &row(item.article))?)
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        Ok(self.out)
    }
}

fn write_row(out: &mut PendingFile, cells: &[impl AsRef<str>]) -> std::io::Result<()> {
    let mut line = String::new();
    for cell in cells {
        line.push_str(if line.is_empty() { "\"" } else { ",\"" });
        line.push_str(&harmless(cell.as_ref()).replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    out.write_all(line.as_bytes())
}

/// A cell that a spreadsheet would take for a formula gets a `'` in front (OWASP, "CSV Injection"). Full-width signs count in
/// East Asian versions of Excel.
fn harmless(cell: &str) -> Cow<'_, str> {
    const FIRST: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(FIRST) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=cmd|' /C calc'!A0"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("3-1=2"), "3-1=2");
        assert_eq!(harmless("——副题"), "——副题");
    }
}
