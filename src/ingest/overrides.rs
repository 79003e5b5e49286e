//! What the user says about files before they are read: facts, an encoding, or that a file is left out.

use super::Candidate;
use super::scan::source_of;
use crate::model::{Hints, Source};
use std::collections::HashMap;
use std::path::PathBuf;

/// What the user says about one file or zip member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOverride {
    /// Newspaper, date and page; they win over names and over what is printed.
    pub hints: Hints,
    /// The encoding to read it in, by its usual name; guessed when absent.
    pub encoding: Option<String>,
    /// Not to be imported.
    pub is_skipped: bool,
}

/// What the user says about all files, and about single ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// About all of them.
    pub all: Hints,
    /// About one file, or one member of a zip; wins over `all`.
    pub files: HashMap<(PathBuf, Option<String>), FileOverride>,
}

impl From<Hints> for Overrides {
    fn from(all: Hints) -> Self {
        Self { all, files: HashMap::new() }
    }
}

impl Overrides {
    /// What is said about the file or member of `source`.
    pub fn of(&self, source: &Source) -> FileOverride {
        // The map is empty on the command line: no key is made for each of ten thousand files then.
        let own = match self.files.is_empty() {
            true => None,
            false => self.files.get(&(source.path.clone(), source.member.clone())),
        };
        match own {
            Some(own) => FileOverride { hints: own.hints.clone().or(&self.all), ..own.clone() },
            None => FileOverride { hints: self.all.clone(), ..FileOverride::default() },
        }
    }

    /// Whether a whole file (not a member of one) is left out.
    pub fn skips(&self, candidate: &Candidate) -> bool {
        !self.files.is_empty() && self.of(&source_of(&candidate.path)).is_skipped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_about_a_file_wins_over_what_is_said_about_all() {
        let hints = |newspaper: &str, page: Option<&str>| Hints {
            newspaper: Some(newspaper.to_owned()),
            page_label: page.map(str::to_owned),
            ..Hints::default()
        };
        let mut overrides = Overrides::from(hints("甲报", Some("3")));
        let source = |name: &str| Source { path: name.into(), member: None, part: 1 };
        let own = FileOverride { hints: hints("乙报", None), is_skipped: true, ..FileOverride::default() };
        overrides.files.insert(("乙.txt".into(), None), own);
        assert_eq!(overrides.of(&source("甲.txt")).hints, hints("甲报", Some("3")));
        assert_eq!(overrides.of(&source("乙.txt")).hints, hints("乙报", Some("3")));
        let candidate = |name: &str| Candidate { path: name.into(), size_bytes: 0 };
        assert!(overrides.skips(&candidate("乙.txt")) && !overrides.skips(&candidate("甲.txt")));
    }
}
