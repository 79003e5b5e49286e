//! Place and section lists: read from TOML, with errors that name file and line.

use crate::model::{PlaceList, SectionList};
use std::path::{Path, PathBuf};

/// A list that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// The file is no TOML, or a field has the wrong type.
    #[error("{}:{line}: {}", path.display(), source.message())]
    Parse {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        source: Box<toml::de::Error>,
    },
    /// An entry has a blank name.
    #[error("{}: entry {number} of [[{what}]] has a blank name", path.display())]
    BlankName {
        /// The file.
        path: PathBuf,
        /// "town" or "section".
        what: &'static str,
        /// Which entry, from 1.
        number: usize,
    },
    /// The list has no entry.
    #[error("{}: no [[{what}]] in the list", path.display())]
    NoEntries {
        /// The file.
        path: PathBuf,
        /// "town" or "section".
        what: &'static str,
    },
}

/// Towns, zones and villages of a county.
pub mod places {
    use super::*;

    /// The list that ships: Pinghu's.
    pub fn builtin() -> PlaceList {
        // A test holds the file to be sound.
        toml::from_str(include_str!("../../assets/places/pinghu.toml")).unwrap_or_default()
    }

    /// A newsroom's own list. Fields that are not known are passed over.
    pub fn read(path: &Path) -> Result<PlaceList, IngestError> {
        let list: PlaceList = super::read(path)?;
        check_names(path, "town", list.towns.iter().map(|town| town.name.as_str()))?;
        Ok(list)
    }
}

/// Sections that articles are filed under.
pub mod sections {
    use super::*;

    /// The list that ships.
    pub fn builtin() -> SectionList {
        // A test holds the file to be sound.
        toml::from_str(include_str!("../../assets/sections.toml")).unwrap_or_default()
    }

    /// A newsroom's own list.
    pub fn read(path: &Path) -> Result<SectionList, IngestError> {
        let list: SectionList = super::read(path)?;
        check_names(path, "section", list.sections.iter().map(|section| section.name.as_str()))?;
        Ok(list)
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, IngestError> {
    let path_owned = || path.to_owned();
    let text = std::fs::read_to_string(path).map_err(|source| IngestError::Read { path: path_owned(), source })?;
    // Windows' editors like to put a mark in front.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    toml::from_str(text).map_err(|source| {
        let offset = source.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count() + 1;
        IngestError::Parse { path: path_owned(), line, source: Box::new(source) }
    })
}

fn check_names<'a>(path: &Path, what: &'static str, names: impl Iterator<Item = &'a str>) -> Result<(), IngestError> {
    let mut count = 0;
    for name in names {
        count += 1;
        if name.trim().is_empty() {
            return Err(IngestError::BlankName { path: path.to_owned(), what, number: count });
        }
    }
    if count == 0 { Err(IngestError::NoEntries { path: path.to_owned(), what }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<PlaceList, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("地名.toml");
        std::fs::write(&path, text).unwrap();
        places::read(&path).map_err(|e| e.to_string().replace(&dir.path().display().to_string(), ""))
    }

    #[test]
    fn the_lists_that_ship_are_sound() {
        let list: PlaceList = toml::from_str(include_str!("../../assets/places/pinghu.toml")).unwrap();
        assert!(list.towns.len() >= 9, "{}", list.towns.len());
        assert!(places::builtin().towns.iter().all(|town| !town.name.is_empty()));
        assert!(sections::builtin().sections.iter().any(|section| section.name == "要闻"));
    }

    #[test]
    fn unknown_fields_are_passed_over_and_missing_ones_empty() {
        let list =
            read_text("city = \"云溪市\"\ncolour = \"red\"\n[[town]]\nname = \"青石镇\"\nmayor = \"x\"\n").unwrap();
        assert_eq!((list.city.as_deref(), list.newspaper), (Some("云溪市"), None));
        assert_eq!(list.towns[0].name, "青石镇");
        assert!(list.towns[0].villages.is_empty());
    }

    #[test]
    fn errors_name_file_and_line() {
        let error = read_text("city = \"云溪市\"\n[[town]]\nname = 5\n").unwrap_err();
        assert!(error.starts_with("/地名.toml:3: "), "{error}");
        let error = read_text("[[town]]\nname = \" \"\n").unwrap_err();
        assert_eq!(error, "/地名.toml: entry 1 of [[town]] has a blank name");
        assert_eq!(read_text("").unwrap_err(), "/地名.toml: no [[town]] in the list");
        assert!(places::read(Path::new("没有.toml")).unwrap_err().to_string().starts_with("没有.toml: "));
    }
}
