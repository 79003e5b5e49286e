//! Plain text: UTF-8 with a byte-order mark or GB18030, with the line ends of Windows.

use super::output::PendingFile;
use super::text::{byline, end_note, headline, one_line, source_line, visible};
use super::writer::ArticleWriter;
use super::{Encoding, ExportError, Item, Options, Watch};
use crate::model::{BlockKind, StoredArticle};
use std::borrow::Cow;
use std::io::Write as _;

/// Between two articles.
const RULE: &str = "\n────────────────────\n\n";

pub(super) struct Txt {
    out: EncodedText,
    is_first: bool,
}

impl Txt {
    pub(super) fn new(out: PendingFile, options: &Options) -> Result<Self, ExportError> {
        Ok(Self { out: EncodedText::begin(out, options.encoding)?, is_first: true })
    }
}

impl ArticleWriter for Txt {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        let mut text = String::new();
        if !std::mem::take(&mut self.is_first) {
            text.push_str(RULE);
        }
        text.push_str(&plain_text(item.article));
        self.out.write(&visible(&text).replace('\n', "\r\n"))
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        Ok(self.out.finish())
    }
}

/// An article as plain text with its source line, for a file or the clipboard.
pub fn plain_text(stored: &StoredArticle) -> String {
    let article = &stored.article;
    let mut out = String::new();
    let mut line = |indent: &str, text: &str| {
        out.push_str(indent);
        out.push_str(text);
        out.push('\n');
    };
    for head in [article.kicker.as_deref(), headline(article), article.subtitle.as_deref()].into_iter().flatten() {
        line("", &one_line(head));
    }
    let signed = byline(article);
    if !signed.is_empty() {
        line("", &one_line(&signed));
    }
    line("", &one_line(&source_line(stored)));
    line("", "");
    for block in &article.blocks {
        match block.kind {
            BlockKind::Paragraph => line("　　", &block.text),
            BlockKind::Subhead => line("", &block.text),
        }
    }
    if let Some(note) = end_note(article) {
        line("　　", &note);
    }
    out
}

/// Text that is written in one of the encodings.
pub(super) struct EncodedText {
    out: PendingFile,
    encoding: Encoding,
}

impl EncodedText {
    pub(super) fn begin(mut out: PendingFile, encoding: Encoding) -> Result<Self, ExportError> {
        if encoding == Encoding::Utf8 {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        Ok(Self { out, encoding })
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), ExportError> {
        match self.encoding {
            Encoding::Utf8 => self.out.write_all(text.as_bytes())?,
            Encoding::Gb18030 => self.out.write_all(&gb18030(text))?,
        }
        Ok(())
    }

    pub(super) fn finish(self) -> PendingFile {
        self.out
    }
}

/// GB18030 holds every character but one: the Encoding Standard has no bytes for the private U+E5E5. It becomes U+FFFD.
fn gb18030(text: &str) -> Cow<'_, [u8]> {
    let text: Cow<'_, str> =
        if text.contains('\u{E5E5}') { text.replace('\u{E5E5}', "\u{FFFD}").into() } else { text.into() };
    match text {
        Cow::Borrowed(text) => encoding_rs::GB18030.encode(text).0,
        Cow::Owned(text) => Cow::Owned(encoding_rs::GB18030.encode(&text).0.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb18030_holds_astral_and_rare_characters() {
        let text = "𬭎𠮷😀€ÿ䶵龥\u{E5E5}";
        let bytes = gb18030(text);
        let (back, _, had_errors) = encoding_rs::GB18030.decode(&bytes);
        assert!(!had_errors);
        assert_eq!(back, text.replace('\u{E5E5}', "\u{FFFD}"));
    }

    #[test]
    fn plain_text_carries_its_source() {
        let text = plain_text(&crate::export::fixture::article("春茶开采"));
        let lines = [
            "一片叶子的春天",
            "春茶开采",
            "——青石镇茶园见闻",
            "记者 林小溪",
            "青岚日报·2024年3月18日·A1版·乡村行",
            "",
            "　　天刚亮，茶农们就上了山。",
            "手工炒青",
            "　　锅里的温度全凭一双手掂量。",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    }
}
