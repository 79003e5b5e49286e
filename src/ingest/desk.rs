//! The desk where a dump becomes a filed page: reconstruct, catalogue, and survive both.

use crate::catalogue::{Gazetteer, Sections, catalogue, describe};
use crate::model::{
    Article, Block, BlockKind, DateEvidence, Dump, FiledPage, Furniture, FurnitureKind, Hints, Page, PlaceList, Role,
    SectionList, SourceRun, Span,
};
use crate::reconstruct::{ENGINE_VERSION, Lexicon, reconstruct};
use crate::repair::Describe;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Compiled lists, ready to file dumps from any number of threads.
pub struct Desk {
    lists: Arc<Lists>,
}

/// The compiled lists.
struct Lists {
    places: Gazetteer,
    sections: Sections,
}

impl Describe for Lists {
    fn describe(&self, article: &mut Article, page_label: Option<&str>) {
        describe(article, page_label, &self.places, &self.sections);
    }
}

impl Desk {
    /// A desk with these lists.
    pub fn new(places: &PlaceList, sections: &SectionList) -> Self {
        Self { lists: Arc::new(Lists { places: Gazetteer::new(places), sections: Sections::new(sections) }) }
    }

    /// What says of articles cut out by hand what they are about.
    pub fn describer(&self) -> Arc<dyn Describe> {
        self.lists.clone()
    }

    /// Version of the engine that fills pages here.
    pub fn engine_version(&self) -> u32 {
        ENGINE_VERSION
    }

    /// Reconstructs and catalogues one dump.
    ///
    /// The engine promises never to panic; should it, the text is kept whole, as one article that says so, and what it
    /// said comes back: an import of ten thousand pages must not end because of one.
    pub fn file(&self, dump: Dump) -> (FiledPage, Option<String>) {
        let made = catch_unwind(AssertUnwindSafe(|| {
            let mut page = reconstruct(&dump.text, Lexicon::shared());
            catalogue(&mut page, &dump.text, &dump.hints, &self.lists.places, &self.lists.sections);
            obey(&mut page, &dump.hints);
            page
        }));
        let (page, failure) = match made {
            Ok(page) => (page, None),
            Err(panic) => (kept_whole(&dump), Some(panic_words(panic.as_ref()))),
        };
        (FiledPage { dump, page, engine_version: ENGINE_VERSION }, failure)
    }
}

/// What the user said about a page wins over what is printed on it.
fn obey(page: &mut Page, hints: &Hints) {
    if hints.given.newspaper {
        page.newspaper.clone_from(&hints.newspaper);
    }
    if hints.given.page_label {
        page.page_label.clone_from(&hints.page_label);
    }
    if let Some(date) = hints.date.filter(|_| hints.given.date) {
        let printed = page.date.printed;
        page.date =
            DateEvidence { printed, earliest: Some(date), latest: Some(date), best: Some(date), why: String::new() };
    }
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown failure".to_owned())
}

/// The whole text as one article, each line a paragraph, confidence zero.
fn kept_whole(dump: &Dump) -> Page {
    let mut blocks = Vec::new();
    for (line, text) in (1u32..).zip(dump.text.split('\n')) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            continue;
        }
        let column = text.chars().take_while(|c| c.is_whitespace()).count() as u32;
        let run = SourceRun { start: 0, len: trimmed.chars().count() as u32, line, column };
        blocks.push(Block { kind: BlockKind::Paragraph, text: trimmed.to_owned(), runs: vec![run] });
    }
    let (Some(first), Some(last)) = (first_line(&blocks), blocks.last().and_then(|b| b.runs.first()).map(|r| r.line))
    else {
        return Page::default();
    };
    let mut page = Page { newspaper: dump.hints.newspaper.clone(), ..Page::default() };
    page.page_label.clone_from(&dump.hints.page_label);
    page.date.best = dump.hints.date;
    let title: String = blocks.iter().take(1).flat_map(|b| b.text.chars()).take(40).collect();
    // A text too long to be read as one article is kept as lines that were not placed.
    if blocks.len() > 5000 {
        page.furniture.push(Furniture { from: first, to: last, what: FurnitureKind::Unplaced });
        return page;
    }
    let spans = vec![Span { from: first, to: last, role: Role::Body }];
    page.articles.push(Article { title, blocks, spans, ..Article::default() });
    page
}

fn first_line(blocks: &[Block]) -> Option<u32> {
    blocks.first().and_then(|b| b.runs.first()).map(|run| run.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_kept_whole_loses_no_line() {
        let dump = Dump { text: "\n头版\n\n  正文第一行\n".to_owned(), ..Dump::default() };
        let page = kept_whole(&dump);
        let [article] = page.articles.as_slice() else { panic!("{page:?}") };
        assert_eq!(article.title, "头版");
        assert_eq!(article.paragraphs().collect::<Vec<_>>(), ["头版", "正文第一行"]);
        assert_eq!(article.spans, [Span { from: 2, to: 4, role: Role::Body }]);
        assert_eq!(article.blocks[1].runs[0].column, 2);
        assert_eq!(article.confidence, 0.0);
        assert!(kept_whole(&Dump::default()).articles.is_empty());
    }
}
