//! The kinds of files.

use serde::{Deserialize, Serialize};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A booklet for paper.
    Pdf,
    /// A Word document.
    Docx,
    /// A long picture (长图) for chat groups.
    Png,
    /// Plain text.
    Txt,
    /// Markdown with front matter.
    Markdown,
    /// One self-contained web page.
    Html,
    /// A table of the articles, without their text.
    Csv,
    /// The same table for Excel.
    Xlsx,
    /// Everything, for programs and for taking it back.
    Json,
    /// The original text of the articles' pages.
    PageText,
}

impl Format {
    /// Every format, in the order menus list them.
    pub const ALL: [Self; 10] = [
        Self::Pdf,
        Self::Docx,
        Self::Png,
        Self::Html,
        Self::Markdown,
        Self::Txt,
        Self::Csv,
        Self::Xlsx,
        Self::Json,
        Self::PageText,
    ];

    /// The word for it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Png => "png",
            Self::Txt => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::PageText => "page-text",
        }
    }

    /// The format of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// The ending of its files' names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::PageText => "txt",
            other => other.word(),
        }
    }

    /// Whether it is typeset: all articles are laid out at the end.
    pub fn is_typeset(self) -> bool {
        matches!(self, Self::Pdf | Self::Png)
    }

    /// Whether [`super::Item::page`] must be given.
    pub fn needs_page(self) -> bool {
        matches!(self, Self::PageText)
    }

    /// Whether it makes use of [`super::Item::page`] when it is given.
    pub fn uses_page(self) -> bool {
        matches!(self, Self::PageText | Self::Json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_word() {
        for format in Format::ALL {
            assert_eq!(Format::from_word(format.word()), Some(format));
        }
        assert_eq!(Format::from_word("doc"), None);
    }
}
