//! What ingest hands to reconstruction: the text of one page and where it came from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where a dump came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The file the user named or dropped (a `.zip` for a member of one).
    pub path: PathBuf,
    /// The member of an archive, with `/` between folders.
    pub member: Option<String>,
    /// Which form-feed part of the file, from 1.
    pub part: u32,
}

impl Source {
    /// Path, archive member and part in one line for people.
    pub fn display(&self) -> String {
        let mut out = self.path.display().to_string();
        if let Some(member) = &self.member {
            out.push_str(" » ");
            out.push_str(member);
        }
        if self.part > 1 {
            out.push_str(&format!(" #{}", self.part));
        }
        out
    }

    /// The last component of the member or path.
    pub fn file_name(&self) -> String {
        match &self.member {
            Some(member) => member.rsplit('/').next().unwrap_or(member).to_owned(),
            None => self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        }
    }
}

/// What file and folder names, or the user, say about a page before its text is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// Publication date.
    pub date: Option<Date>,
    /// Page label (版次), e.g. "A1", "02".
    pub page_label: Option<String>,
    /// Newspaper (报名).
    pub newspaper: Option<String>,
    /// Which of them the user said; those win over what is printed, the others only fill gaps.
    #[serde(default)]
    pub given: Given,
}

/// Which facts of [`Hints`] the user said, rather than a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// The date.
    pub date: bool,
    /// The page label.
    pub page_label: bool,
    /// The newspaper.
    pub newspaper: bool,
}

impl Hints {
    /// What the user said, and what names say where the user said nothing.
    pub fn from_user_and_names(user: &Self, names: &Self) -> Self {
        let given = Given {
            date: user.date.is_some(),
            page_label: user.page_label.is_some(),
            newspaper: user.newspaper.is_some(),
        };
        Self { given, ..user.clone().or(names) }
    }

    /// These hints with the gaps filled from `other`.
    pub fn or(self, other: &Self) -> Self {
        Self {
            date: self.date.or(other.date),
            page_label: self.page_label.or_else(|| other.page_label.clone()),
            newspaper: self.newspaper.or_else(|| other.newspaper.clone()),
            given: self.given,
        }
    }
}

/// The text of one page, decoded, with line ends as `\n`.
///
/// **Invariant**: `text` holds every character of the decoded file part except the byte-order mark, the form feed that
/// ended the part and the `\r` of line ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dump {
    /// Where it came from.
    pub source: Source,
    /// Name of the encoding it was decoded from, e.g. "UTF-8", "GB18030".
    pub encoding: String,
    /// SHA-256 of the file part's decoded text, lower-case hex: the same content twice is the same page.
    pub content_hash: String,
    /// The whole original text.
    pub text: String,
    /// What names say about it.
    pub hints: Hints,
}
