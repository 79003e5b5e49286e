//! Sets of slots as bit maps: 62 KB for half a million articles, an "and" of two in microseconds.

/// A set of slots below a fixed limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set below `limit`.
    pub(super) fn none(limit: u32) -> Self {
        Self { words: vec![0; (limit as usize).div_ceil(64)] }
    }

    /// Takes every slot out.
    pub(super) fn clear(&mut self) {
        self.words.fill(0);
    }

    #[inline]
    pub(super) fn insert(&mut self, slot: u32) {
        if let Some(word) = self.words.get_mut(slot as usize / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    #[inline]
    pub(super) fn contains(&self, slot: u32) -> bool {
        self.words.get(slot as usize / 64).is_some_and(|w| w >> (slot % 64) & 1 == 1)
    }

    pub(super) fn and(&mut self, other: &Self) {
        for (i, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(i).copied().unwrap_or(0);
        }
    }

    pub(super) fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub(super) fn and_not(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
    }

    pub(super) fn count(&self) -> u64 {
        self.words.iter().map(|w| u64::from(w.count_ones())).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&w| w == 0)
    }

    /// The slots, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        places(&self.words).map(|at| at as u32)
    }

    /// The set cut into pieces of `size` slots (a multiple of 64): for each the places of its slots inside it.
    pub(super) fn chunks(&self, size: u32) -> impl Iterator<Item = impl Iterator<Item = usize> + '_> + '_ {
        self.words.chunks(size as usize / 64).map(places)
    }
}

fn places(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(i, &word)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                i * 64 + bit
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_behave_like_sets() {
        let mut a = Bits::none(200);
        [3, 64, 199].into_iter().for_each(|s| a.insert(s));
        let mut b = Bits::none(200);
        [64, 65].into_iter().for_each(|s| b.insert(s));
        let mut both = a.clone();
        both.and(&b);
        assert_eq!(both.iter().collect::<Vec<_>>(), [64]);
        let mut rest = a.clone();
        rest.and_not(&b);
        assert_eq!(rest.iter().collect::<Vec<_>>(), [3, 199]);
        a.or(&b);
        assert_eq!((a.count(), a.contains(65), a.contains(66), a.contains(100_000)), (4, true, false, false));
        a.insert(100_000);
        assert_eq!(a.count(), 4, "beyond the limit there is nothing");
    }
}
