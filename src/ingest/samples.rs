//! The sample pages that come with the program, for a first look: six pages of a county that does not exist.

use super::{Loaded, Overrides, load_bytes, places};
use crate::model::{PlaceList, Source};

/// Names and texts of the pages.
const PAGES: [(&str, &str); 6] = [
    ("2023-11-27_A1.txt", include_str!("../../assets/samples/2023-11-27_A1.txt")),
    ("2023-11-27_A4.txt", include_str!("../../assets/samples/2023-11-27_A4.txt")),
    ("2024-03-18_A1.txt", include_str!("../../assets/samples/2024-03-18_A1.txt")),
    ("2024-03-18_A2.txt", include_str!("../../assets/samples/2024-03-18_A2.txt")),
    ("2024-05-09_A1.txt", include_str!("../../assets/samples/2024-05-09_A1.txt")),
    ("2024-05-09_A3.txt", include_str!("../../assets/samples/2024-05-09_A3.txt")),
];

/// The folder that the pages seem to come from.
const FOLDER: &str = "样报";

/// The pages as if they had been read from files.
pub fn sample_pages() -> impl Iterator<Item = Loaded> {
    PAGES.into_iter().map(|(name, text)| {
        let source = Source { path: [FOLDER, name].iter().collect(), member: None, part: 1 };
        load_bytes(source, text.as_bytes(), &Overrides::default())
    })
}

/// The places of the county that does not exist.
pub fn sample_places() -> PlaceList {
    // A test holds the file to be sound.
    toml::from_str(include_str!("../../assets/samples/places.toml")).unwrap_or_else(|_| places::builtin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_a_dump_with_a_date_and_the_places_are_sound() {
        for loaded in sample_pages() {
            let Loaded::Dumps { dumps, .. } = loaded else { panic!("{loaded:?}") };
            assert!(dumps[0].hints.date.is_some() && dumps[0].hints.page_label.is_some());
        }
        assert_ne!(sample_places().city, places::builtin().city);
    }
}
