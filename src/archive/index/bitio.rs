//! Numbers as bits: Rice codes, which come within a few per cent of what slots and positions need.
//!
//! A number is its high part in unary and its `k` low bits; `k` fits the average of a list.

/// This many ones in a row announce a number in 32 bits.
const ESCAPE: u32 = 24;
/// Largest `k`: it must fit four bits.
pub(super) const MAX_K: u32 = 15;

/// The `k` that suits numbers of this sum and count.
pub(super) fn fitting_k(sum: u64, count: u64) -> u32 {
    // 0.69 of the mean: where half of geometrically distributed numbers lie below.
    let typical = sum.saturating_mul(69) / (count.max(1) * 100);
    typical.max(1).ilog2().min(MAX_K)
}

/// Appends bits, lowest first.
#[derive(Default)]
pub(super) struct BitWriter {
    pub bytes: Vec<u8>,
    window: u64,
    have: u32,
}

impl BitWriter {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        (self.window, self.have) = (0, 0);
    }

    /// Appends the `count` low bits of `value`; at most 32.
    #[inline]
    pub(super) fn put(&mut self, value: u64, count: u32) {
        self.window |= value << self.have;
        self.have += count;
        if self.have >= 32 {
            self.bytes.extend_from_slice(&(self.window as u32).to_le_bytes());
            self.window >>= 32;
            self.have -= 32;
        }
    }

    #[inline]
    pub(super) fn rice(&mut self, value: u32, k: u32) {
        let high = value >> k;
        if high >= ESCAPE {
            self.put((1 << ESCAPE) - 1, ESCAPE);
            self.put(u64::from(value), 32);
        } else if high + 1 + k <= 32 {
            let low = u64::from(value) & ((1 << k) - 1);
            self.put(low << (high + 1) | ((1 << high) - 1), high + 1 + k);
        } else {
            self.put((1 << high) - 1, high + 1);
            self.put(u64::from(value) & ((1 << k) - 1), k);
        }
    }

    /// Fills the last byte.
    pub(super) fn flush(&mut self) {
        let bytes = self.window.to_le_bytes();
        self.bytes.extend_from_slice(&bytes[..self.have.div_ceil(8) as usize]);
        (self.window, self.have) = (0, 0);
    }
}

/// Reads what [`BitWriter`] wrote; past the end it reads zeros.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
    window: u64,
    have: u32,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, window: 0, have: 0 }
    }

    /// Brings at least 56 bits into the window, as far as there are any.
    #[inline]
    fn refill(&mut self) {
        if let Some(next) = self.bytes.get(self.at..self.at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()) {
            self.window |= u64::from_le_bytes(next) << self.have;
            let taken = (63 - self.have) / 8;
            self.at += taken as usize;
            self.have += taken * 8;
            return;
        }
        while self.have <= 56 {
            let Some(&byte) = self.bytes.get(self.at) else { return };
            self.window |= u64::from(byte) << self.have;
            self.at += 1;
            self.have += 8;
        }
    }

    #[inline]
    fn drop_bits(&mut self, count: u32) {
        self.window >>= count;
        self.have = self.have.saturating_sub(count);
    }

    /// The next bit.
    #[inline]
    pub(super) fn bit(&mut self) -> bool {
        if self.have == 0 {
            self.refill();
        }
        let bit = self.window & 1 == 1;
        self.drop_bits(1);
        bit
    }

    #[inline]
    pub(super) fn rice(&mut self, k: u32) -> u32 {
        if self.have < 56 {
            self.refill();
        }
        let high = (!self.window).trailing_zeros();
        if high >= ESCAPE {
            self.drop_bits(ESCAPE);
            let value = self.window as u32;
            self.drop_bits(32);
            return value;
        }
        self.window >>= high + 1;
        let low = self.window as u32 & ((1 << k) - 1);
        self.window >>= k;
        self.have = self.have.saturating_sub(high + 1 + k);
        high << k | low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(values in proptest::collection::vec((any::<u32>(), 0u32..32, any::<bool>()), 0..200), k in 0u32..=MAX_K) {
            let mut writer = BitWriter::default();
            for &(value, shift, flag) in &values {
                writer.rice(value >> shift, k);
                writer.put(u64::from(flag), 1);
            }
            writer.flush();
            let mut reader = BitReader::new(&writer.bytes);
            for &(value, shift, flag) in &values {
                prop_assert_eq!(reader.rice(k), value >> shift);
                prop_assert_eq!(reader.bit(), flag);
            }
            prop_assert_eq!((reader.rice(0), reader.bit()), (0, false));
        }
    }
}
