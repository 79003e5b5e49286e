//! The page as a person has put it right: the engine's page with a list of repairs applied in their order.
//!
//! A page is taken apart into a [`layout`]: which lines make which article, in which roles. Repairs of lines change that
//! layout; articles whose lines changed are composed anew by the engine's own code, all others stay exactly as they were.
//! What is said about fields, paragraphs and single characters is laid over the result.
//!
//! **Pure. The engine's page and the text are never changed, so taking a repair back restores exactly what was.** **No line
//! is lost: every non-blank line stands in exactly one article or in furniture, whatever the repairs.** **A repair that
//! fits the page no longer is reported, never guessed at.**
//!
//! This room must not know where repairs are kept, nor who made them.

mod apply;
mod blocks;
mod layout;

use crate::model::{Article, DateEvidence, Page, Repair, Trouble, WarningKind};
use crate::reconstruct::{recompose, warnings_of_pieces};
use layout::{Layout, Piece};
use std::collections::BTreeSet;

/// Number of a repair.
pub type RepairId = i64;

/// Says what an article is about that was cut out of a page by hand.
pub trait Describe: Send + Sync {
    /// Fills in towns, sections, kind and people; `page_label` is its page's.
    fn describe(&self, article: &mut Article, page_label: Option<&str>);
}

/// A page with its repairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mended {
    /// The page as it is to be shown.
    pub page: Page,
    /// For each of its articles the repairs that touch it, ascending.
    pub touched: Vec<Vec<RepairId>>,
    /// For each of its articles the engine's article that it goes on as; an article that was cut out goes on as none.
    pub heirs: Vec<Option<usize>>,
    /// The repairs that could not be applied.
    pub troubles: Vec<(RepairId, Trouble)>,
}

/// Applies `repairs` in their order to the page that the engine made of `text`.
pub fn mend(text: &str, engine: &Page, repairs: &[(RepairId, Repair)], describe: Option<&dyn Describe>) -> Mended {
    let mut layout = Layout::of(text, engine);
    let mut page = engine.clone();
    let mut troubles = Vec::new();
    for (id, repair) in repairs {
        match repair {
            Repair::Date { to } => {
                let printed = page.date.printed;
                page.date = DateEvidence { printed, earliest: *to, latest: *to, best: *to, why: String::new() };
                layout.touch_all(*id);
            }
            Repair::Newspaper { to } => {
                page.newspaper.clone_from(to);
                layout.touch_all(*id);
            }
            Repair::PageLabel { to } => {
                page.page_label.clone_from(to);
                layout.touch_all(*id);
            }
            repair => {
                if let Err(trouble) = layout.apply(*id, repair) {
                    troubles.push((*id, trouble));
                }
            }
        }
    }
    if layout.is_recut {
        page.furniture = layout.furniture();
    }
    let mut articles = articles(text, engine, &page, &layout, describe);
    let mut touched: Vec<BTreeSet<RepairId>> = layout.pieces.iter().map(|p| p.touched.clone()).collect();
    for (id, change) in &layout.rewordings {
        let holder = blocks::holder(&articles, change.place());
        match holder.map(|at| (at, change.apply(&mut articles[at]))) {
            Some((at, true)) => {
                touched[at].insert(*id);
            }
            Some((_, false)) => troubles.push((*id, Trouble::OtherText)),
            None => troubles.push((*id, Trouble::NoLine)),
        }
    }
    for (article, piece) in articles.iter_mut().zip(&layout.pieces) {
        piece.fields.iter().for_each(|field| blocks::set(article, field));
    }
    let mut order: Vec<usize> = (0..articles.len()).collect();
    if layout.is_recut {
        // As the engine orders them.
        order.sort_by_key(|&at| articles[at].spans.iter().map(|s| s.from).min());
    }
    let heirs = order.iter().map(|&at| layout.pieces[at].heir).collect();
    let touched = order.iter().map(|&at| touched[at].iter().copied().collect()).collect();
    page.articles = order.iter().map(|&at| std::mem::take(&mut articles[at])).collect();
    if layout.is_recut {
        let of_pieces = [WarningKind::UnplacedLines, WarningKind::LonelyPiece, WarningKind::Truncated];
        page.warnings.retain(|w| !of_pieces.contains(&w.kind));
        let now = warnings_of_pieces(&page);
        page.warnings.extend(now);
    }
    troubles.sort_unstable_by_key(|(id, _)| *id);
    Mended { page, touched, heirs, troubles }
}

/// The articles of the layout: the engine's where nothing was moved, others composed anew.
fn articles(
    text: &str,
    engine: &Page,
    page: &Page,
    layout: &Layout<'_>,
    describe: Option<&dyn Describe>,
) -> Vec<Article> {
    let recut: Vec<_> = layout.pieces.iter().filter(|p| p.is_recut).map(Piece::given).collect();
    let mut composed = if recut.is_empty() { Vec::new() } else { recompose(text, &recut) }.into_iter();
    let one = |piece: &Piece| {
        let origin = piece.origin.and_then(|at| engine.articles.get(at));
        if !piece.is_recut {
            return origin.cloned().unwrap_or_default();
        }
        let mut article = composed.next().unwrap_or_default();
        // Somebody has looked at it.
        article.confidence = 1.0;
        match (describe, origin) {
            (Some(describe), _) => describe.describe(&mut article, page.page_label.as_deref()),
            (None, Some(origin)) => {
                article.kind = origin.kind;
                article.towns.clone_from(&origin.towns);
                article.towns_mentioned.clone_from(&origin.towns_mentioned);
                article.sections.clone_from(&origin.sections);
                article.people.clone_from(&origin.people);
            }
            (None, None) => {}
        }
        article
    };
    layout.pieces.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
