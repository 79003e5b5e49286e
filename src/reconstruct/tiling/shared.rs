//! What paragraphs share with one another: rare pairs of ideographs.

use super::super::words::Pair;

/// Rare pairs of ideographs that paragraphs share.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// Different pairs of each paragraph that others use too, with how telling they are.
    pairs: Vec<Vec<(Pair, f32)>>,
    /// Number of different pairs of each.
    sizes: Vec<f32>,
    /// Paragraphs that use a pair: those of pair `p` from `ends[p - 1]` to `ends[p]`.
    users: Vec<u32>,
    ends: Vec<u32>,
}

impl Shared {
    /// Reads the pairs of every paragraph.
    pub fn of(texts: &[Vec<Pair>]) -> Self {
        let size = texts.iter().flatten().max().map_or(0, |&most| usize::from(most) + 1);
        let mut used_by = vec![0u32; size];
        let mut last_seen = vec![0u32; size];
        let different: Vec<Vec<Pair>> = (1..)
            .zip(texts)
            .map(|(number, text)| {
                let is_new = |pair: &&Pair| std::mem::replace(&mut last_seen[usize::from(**pair)], number) != number;
                let own: Vec<Pair> = text.iter().filter(is_new).copied().collect();
                own.iter().for_each(|&pair| used_by[usize::from(pair)] += 1);
                own
            })
            .collect();
        let mut total = 0;
        let mut ends: Vec<u32> = Vec::with_capacity(size);
        for &count in &used_by {
            ends.push(total);
            total += if count > 1 { count } else { 0 };
        }
        let mut users = vec![0; total as usize];
        let spread = |n: u32| (texts.len() as f32 / n.max(1) as f32).ln();
        // Most pairs are used by few texts: the logarithms of small numbers are taken once.
        let small: Vec<f32> = (0..16).map(spread).collect();
        let mut pairs = Vec::with_capacity(texts.len());
        for (index, own) in (0..).zip(&different) {
            let shared = own.iter().filter(|&&pair| used_by[usize::from(pair)] > 1);
            let shared: Vec<(Pair, f32)> = shared
                .map(|&pair| {
                    let users = used_by[usize::from(pair)];
                    (pair, small.get(users as usize).copied().unwrap_or_else(|| spread(users)))
                })
                .collect();
            for &(pair, _) in &shared {
                let end = &mut ends[usize::from(pair)];
                users[*end as usize] = index;
                *end += 1;
            }
            pairs.push(shared);
        }
        Self { pairs, sizes: different.iter().map(|own| own.len() as f32).collect(), users, ends }
    }

    fn users(&self, pair: Pair) -> &[u32] {
        let at = usize::from(pair);
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.users[from as usize..self.ends[at] as usize]
    }

    /// What each paragraph shares with the two before it.
    pub fn ties(&self) -> Vec<f32> {
        let tie = |i: usize| {
            let Some(before) = i.checked_sub(1) else { return 0.0 };
            let near = |user: &u32| (before.saturating_sub(1)..i).contains(&(*user as usize));
            let shared: f32 = self.pairs[i].iter().filter(|p| self.users(p.0).iter().any(near)).map(|p| p.1).sum();
            shared / self.sizes[i].min(self.sizes[before]).max(8.0).sqrt()
        };
        (0..self.pairs.len()).map(tie).collect()
    }

    /// What every paragraph shares with the other paragraphs that are in each of the first `heads` states.
    pub fn ties_to(&self, states: &[usize], heads: usize) -> Vec<Vec<f32>> {
        let (mut shared, mut seen) = (vec![0.0; heads], vec![usize::MAX; heads]);
        let ties = (0..self.pairs.len()).map(|i| {
            shared.fill(0.0);
            seen.fill(usize::MAX);
            for (n, &(pair, weight)) in self.pairs[i].iter().enumerate() {
                for &other in self.users(pair) {
                    let state = states[other as usize];
                    if other as usize != i && state < heads && seen[state] != n {
                        seen[state] = n;
                        shared[state] += weight;
                    }
                }
            }
            let size = self.sizes[i].max(8.0).sqrt();
            shared.iter().map(|shared| shared / size).collect()
        });
        ties.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::words::Vocabulary;
    use super::*;

    #[test]
    fn a_torn_paragraph_is_drawn_to_the_text_that_shares_its_names() {
        let mut vocabulary = Vocabulary::default();
        let texts =
            ["杜长河在渡口摇了三十年橹", "渡口边的老槐树还在", "粮站收购点排起长队", "杜长河说橹声一响槐树就醒"];
        let texts = texts.map(|text| vocabulary.pairs(&text.chars().collect::<Vec<char>>()));
        let ties = Shared::of(&texts).ties_to(&[0, 0, 1, 1], 2);
        assert!(ties[3][0] > ties[3][1], "{ties:?}");
    }
}
