//! What an article is about: publication date, towns, sections, kind, people. Pure; place and section lists are data, and so
//! are the words that tell kinds, offices and the calendar (`assets/*.toml`).
//!
//! In this order: every article is read once into a `Story`; its [kind](kind) is judged from its build; its [towns] and
//! [sections] are weighed; [people] named with their offices are noted; then the page's [date] is read, taken from the
//! file's name, or argued from the times all its articles name.
//!
//! This room must not know how articles were put together, nor where the text came from.

mod date;
mod kind;
mod people;
mod phrases;
mod sections;
mod story;
mod towns;

pub use kind::{Kinds, chances as kind_chances, prior as kinds_before_learning, seen as seen_of_kind};
pub use sections::Sections;
pub use towns::Gazetteer;

use crate::model::{Article, DecisionKind, Hints, Page};
use crate::reconstruct::plain;
use story::Story;

/// Fills in what a page's articles are about. `text` is the dump the page was made from.
pub fn catalogue(page: &mut Page, text: &str, hints: &Hints, places: &Gazetteer, sections: &Sections) {
    page.newspaper = page.newspaper.take().or_else(|| hints.newspaper.clone());
    page.page_label = page.page_label.take().or_else(|| hints.page_label.clone());
    let front_page = page.page_label.as_deref().is_some_and(is_front_page);
    let stories: Vec<Story> = page.articles.iter().map(Story::new).collect();
    for (article, story) in page.articles.iter_mut().zip(&stories) {
        describe_story(article, story, front_page, places, sections);
    }
    date::date(page, &plain::plain_text(text), hints, &stories);
}

/// Fills in what one article is about; `page_label` is its page's.
pub fn describe(article: &mut Article, page_label: Option<&str>, places: &Gazetteer, sections: &Sections) {
    let story = Story::new(article);
    describe_story(article, &story, page_label.is_some_and(is_front_page), places, sections);
}

fn describe_story(article: &mut Article, story: &Story, front_page: bool, places: &Gazetteer, sections: &Sections) {
    forget(article);
    kind::judge(article, story);
    places.place(article, story);
    sections.sort(article, story, places, front_page);
    people::name(article, story);
}

/// Takes away what an earlier reading said.
fn forget(article: &mut Article) {
    article.towns.clear();
    article.towns_mentioned.clear();
    article.sections.clear();
    article.people.clear();
    article.decisions.retain(|d| !matches!(d.what, DecisionKind::Section | DecisionKind::Kind | DecisionKind::Towns));
}

/// "A1", "1", "01", "一": the front page.
fn is_front_page(label: &str) -> bool {
    let inner = label.trim_start_matches(['第', 'A', 'a', '0']).trim_end_matches('版');
    matches!(inner, "1" | "一")
}
