//! In what order hits are listed.

use super::ArchiveError;
use super::bits::Bits;
use super::evaluate::{Evaluator, Found};
use crate::model::{Article, Sort};
use crate::search::{Field, Scorer, Term, field_weight, weight};

/// Fewer hits than this are sorted; more are met by walking the order of all articles.
const FEW: u64 = 4_000;
/// So many of the newest hits, and so many of the newest headline hits, compete by score; a frequent term costs no more.
const COMPETING: usize = 3_000;
/// So many of the best have their text read.
const READ: usize = 80;

/// Slots `offset..offset + limit` of a result by date.
pub(super) fn page(evaluator: &Evaluator<'_>, found: &Found, sort: Sort, offset: u64, limit: u32) -> Vec<u32> {
    let snapshot = evaluator.snapshot;
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    if offset >= found.total {
        return Vec::new();
    }
    let limit = limit as usize;
    match sort {
        Sort::Oldest => snapshot.oldest_first().filter(|&s| found.hits.contains(s)).skip(skip).take(limit).collect(),
        Sort::Newest | Sort::Relevance if found.total < FEW => {
            let mut slots: Vec<u32> = found.hits.iter().collect();
            slots.sort_by_cached_key(|&s| snapshot.key(s));
            slots.into_iter().skip(skip).take(limit).collect()
        }
        Sort::Newest | Sort::Relevance => newest(evaluator, &found.hits).skip(skip).take(limit).collect(),
    }
}

fn newest<'a>(evaluator: &'a Evaluator<'_>, set: &'a Bits) -> impl Iterator<Item = u32> + 'a {
    evaluator.snapshot.order.iter().copied().filter(|&s| set.contains(s))
}

/// A term with the fields it was found in.
struct Weighed {
    weight: f32,
    fields: Vec<(Field, Bits)>,
}

/// The whole result, most fitting first: the competitors by score, the rest by date. The best of the competitors are read
/// and judged by their text as well.
pub(super) fn by_relevance(
    evaluator: &Evaluator<'_>,
    found: &Found,
    terms: &[&Term],
    fetch: &dyn Fn(i64) -> Result<Option<Article>, ArchiveError>,
) -> Result<Vec<u32>, ArchiveError> {
    let limit = evaluator.snapshot.limit;
    let total = evaluator.snapshot.order.len() as u64;
    let mut weighed = Vec::with_capacity(terms.len());
    let mut counts = Vec::with_capacity(terms.len());
    let mut in_title = Bits::none(limit);
    for term in terms {
        let mut fields = Vec::with_capacity(3);
        let mut anywhere = Bits::none(limit);
        for &field in term.field.parts() {
            let mut set = Bits::none(limit);
            evaluator.finder().term_in(term, field, &mut set)?;
            anywhere.or(&set);
            if field == Field::Title {
                in_title.or(&set);
            }
            fields.push((field, set));
        }
        counts.push(anywhere.count());
        weighed.push(Weighed { weight: weight(anywhere.count(), total), fields });
    }
    in_title.and(&found.hits);
    let mut competing = Bits::none(limit);
    newest(evaluator, &in_title).take(COMPETING).for_each(|s| competing.insert(s));
    newest(evaluator, &found.hits).take(COMPETING).for_each(|s| competing.insert(s));
    let mut scored: Vec<(f32, u32)> = newest(evaluator, &competing).map(|s| (score(&weighed, s), s)).collect();
    // Stable: equal scores stay in the order of days.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let scorer = Scorer::new(terms.iter().copied().zip(counts), total);
    for (score, slot) in scored.iter_mut().take(READ) {
        if let Some(article) = fetch(evaluator.snapshot.id(*slot))? {
            *score += scorer.score(&article);
        }
    }
    let best = scored.len().min(READ);
    scored[..best].sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut out: Vec<u32> = scored.into_iter().map(|(_, slot)| slot).collect();
    let mut rest = found.hits.clone();
    rest.and_not(&competing);
    out.extend(newest(evaluator, &rest));
    Ok(out)
}

/// What the index alone says about a hit: rare terms and headlines count more.
fn score(weighed: &[Weighed], slot: u32) -> f32 {
    let of = |w: &Weighed| {
        let best = w.fields.iter().filter(|(_, set)| set.contains(slot)).map(|(field, _)| field_weight(*field));
        w.weight * best.fold(0.0, f32::max)
    };
    weighed.iter().map(of).sum()
}
