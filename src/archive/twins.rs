//! Near-duplicates: one article's other copies, and all groups of copies among what a search finds.
//!
//! Fingerprints that differ in at most [`NEAR_BITS`] bits are a hint; whether two articles are copies their texts decide.

use super::ArchiveError;
use super::reader::Reader;
use crate::model::{Article, ArticleId, SearchRequest};
use crate::search::{self, Difference, FoldedDoc, NEAR_BITS, Query, differences};
use std::collections::BTreeMap;

/// Share of characters that copies have in common.
const SAME: f32 = 0.7;
/// Pieces that a fingerprint is cut into: fewer differing bits than pieces but two leave two pieces alike, so that only
/// those with two pieces alike need be compared.
const PIECES: u32 = NEAR_BITS + 2;

impl Reader {
    /// Articles whose text is nearly the same, with what differs in their bodies: the other printing of a story, a page
    /// that was imported in two forms.
    pub fn near_duplicates(&self, id: ArticleId) -> Result<Vec<(ArticleId, Vec<Difference>)>, ArchiveError> {
        let Some(article) = self.stored(id)? else { return Ok(Vec::new()) };
        let print = search::fingerprint(&FoldedDoc::of(&article));
        if print == 0 {
            return Ok(Vec::new());
        }
        let body = body_of(&article);
        self.view(|evaluator| {
            let mut out = Vec::new();
            for &slot in evaluator.snapshot.order.iter() {
                let (chunk, at) = evaluator.snapshot.at(slot);
                if !is_near(chunk.fingerprints[at], print) || chunk.ids[at] == id.0 {
                    continue;
                }
                let other = ArticleId(chunk.ids[at]);
                let Some(twin) = self.stored(other)? else { continue };
                let parts = differences(&body, &body_of(&twin));
                if share_of_same(&parts) >= SAME {
                    out.push((other, parts));
                }
            }
            Ok(out)
        })
    }

    /// The groups of copies among what a request finds, at most `limit` of them: those with the newest article first, and
    /// in each the newest first.
    pub fn duplicate_groups(&self, request: &SearchRequest, limit: usize) -> Result<Vec<Vec<ArticleId>>, ArchiveError> {
        let query = Query::parse(&request.query);
        self.view(|evaluator| {
            let hits = evaluator.find(&query, &request.filter)?.hits;
            // By fingerprint; in each list the newest first, as the order goes.
            let mut by_print: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
            for &slot in evaluator.snapshot.order.iter().filter(|&&slot| hits.contains(slot)) {
                let (chunk, at) = evaluator.snapshot.at(slot);
                if chunk.fingerprints[at] != 0 {
                    by_print.entry(chunk.fingerprints[at]).or_default().push(slot);
                }
            }
            let prints: Vec<u64> = by_print.keys().copied().collect();
            let mut gathered: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for (print, group) in prints.iter().zip(near_groups(&prints)) {
                gathered.entry(group).or_default().extend(&by_print[print]);
            }
            let mut candidates: Vec<Vec<u32>> = gathered.into_values().filter(|slots| slots.len() > 1).collect();
            candidates.iter_mut().for_each(|slots| slots.sort_by_cached_key(|&slot| evaluator.snapshot.key(slot)));
            candidates.sort_by_cached_key(|slots| evaluator.snapshot.key(slots[0]));
            let mut out = Vec::new();
            for slots in candidates {
                let ids = slots.iter().map(|&slot| ArticleId(evaluator.snapshot.id(slot))).collect();
                self.copies_among(ids, &mut out)?;
                if out.len() >= limit {
                    break;
                }
            }
            out.truncate(limit);
            Ok(out)
        })
    }

    /// Cuts articles of like fingerprints into groups of like texts.
    fn copies_among(&self, ids: Vec<ArticleId>, out: &mut Vec<Vec<ArticleId>>) -> Result<(), ArchiveError> {
        let mut left = Vec::with_capacity(ids.len());
        for id in ids {
            left.extend(self.stored(id)?.map(|article| (id, body_of(&article))));
        }
        while let Some((first, text)) = (!left.is_empty()).then(|| left.remove(0)) {
            let (copies, others): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(_, other)| share_of_same(&differences(&text, other)) >= SAME);
            if !copies.is_empty() {
                out.push(std::iter::once(first).chain(copies.into_iter().map(|(id, _)| id)).collect());
            }
            left = others;
        }
        Ok(())
    }

    /// What differs between the headlines and bodies of two articles, and the share of characters that are the same;
    /// `None` if one of them is gone.
    pub fn compare(&self, first: ArticleId, second: ArticleId) -> Result<Option<(Vec<Difference>, f32)>, ArchiveError> {
        let (Some(one), Some(other)) = (self.stored(first)?, self.stored(second)?) else { return Ok(None) };
        let text = |article: &Article| format!("{}\n{}", article.title, body_of(article));
        let parts = differences(&text(&one), &text(&other));
        let same = share_of_same(&parts);
        Ok(Some((parts, same)))
    }
}

fn is_near(one: u64, other: u64) -> bool {
    (one ^ other).count_ones() <= NEAR_BITS
}

/// For each of different fingerprints the number of its group: near ones, and those near to these, share one.
fn near_groups(prints: &[u64]) -> Vec<u32> {
    let mut groups: Vec<u32> = (0..prints.len() as u32).collect();
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(prints.len());
    for one in 0..PIECES {
        for other in one + 1..PIECES {
            let mask = piece(one) | piece(other);
            keyed.clear();
            keyed.extend(prints.iter().zip(0..).map(|(print, i)| (print & mask, i)));
            keyed.sort_unstable();
            for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
                for (at, &(_, i)) in alike.iter().enumerate() {
                    for &(_, j) in &alike[at + 1..] {
                        if is_near(prints[i as usize], prints[j as usize]) {
                            let (a, b) = (root(&mut groups, i), root(&mut groups, j));
                            groups[a.max(b) as usize] = a.min(b);
                        }
                    }
                }
            }
        }
    }
    (0..prints.len() as u32).map(|i| root(&mut groups, i)).collect()
}

fn root(groups: &mut [u32], mut i: u32) -> u32 {
    while groups[i as usize] != i {
        groups[i as usize] = groups[groups[i as usize] as usize];
        i = groups[i as usize];
    }
    i
}

/// The bits of one of [`PIECES`] pieces of a fingerprint.
fn piece(number: u32) -> u64 {
    let (from, to) = (number * 64 / PIECES, (number + 1) * 64 / PIECES);
    (u64::MAX >> (64 - (to - from))) << from
}

fn body_of(article: &Article) -> String {
    article.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn share_of_same(parts: &[Difference]) -> f32 {
    let (mut same, mut all) = (0usize, 0usize);
    for part in parts {
        let (len, is_same) = match part {
            Difference::Same(t) => (t.chars().count(), true),
            Difference::Removed(t) | Difference::Added(t) => (t.chars().count(), false),
        };
        all += len;
        same += if is_same { len } else { 0 };
    }
    same as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_pieces_are_the_whole() {
        assert_eq!((0..PIECES).map(piece).fold(0, |all, piece| all | piece), u64::MAX);
        assert_eq!((0..PIECES).map(|i| piece(i).count_ones()).sum::<u32>(), 64);
    }

    proptest! {
        #[test]
        fn near_fingerprints_share_a_group(print in any::<u64>(), flips in proptest::collection::vec(0u32..64, 1..8), others in proptest::collection::vec(any::<u64>(), 0..20)) {
            let near = flips.iter().fold(print, |p, bit| p ^ 1 << bit);
            prop_assume!(near != print);
            let prints: Vec<u64> = others.into_iter().filter(|o| *o != print && *o != near).chain([print, near]).collect();
            let groups = near_groups(&prints);
            prop_assert_eq!(groups[groups.len() - 2], groups[groups.len() - 1]);
        }
    }
}
