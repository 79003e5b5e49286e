//! In what order hits are listed.

use super::ArchiveError;
use super::evaluate::{Evaluator, Found};
use crate::model::Sort;

/// Fewer hits than this are sorted; more are met by walking the order of all articles.
const FEW: u64 = 4_000;

/// Slots `offset..offset + limit` of a result.
pub(super) fn page(
    evaluator: &Evaluator<'_>,
    found: &Found,
    sort: Sort,
    offset: u64,
    limit: u32,
) -> Result<Vec<u32>, ArchiveError> {
    let snapshot = evaluator.snapshot;
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    if offset >= found.total {
        return Ok(Vec::new());
    }
    Ok(match sort {
        Sort::Newest | Sort::Relevance if found.total < FEW => {
            let mut slots: Vec<u32> = found.hits.iter().collect();
            slots.sort_by_cached_key(|&s| snapshot.key(s));
            slots.into_iter().skip(skip).take(limit as usize).collect()
        }
        Sort::Newest | Sort::Relevance => {
            let all = snapshot.order.iter().copied();
            all.filter(|&s| found.hits.contains(s)).skip(skip).take(limit as usize).collect()
        }
        Sort::Oldest => {
            snapshot.oldest_first().filter(|&s| found.hits.contains(s)).skip(skip).take(limit as usize).collect()
        }
    })
}
