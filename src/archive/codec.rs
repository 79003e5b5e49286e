//! Bytes of our own blobs: variable-length integers, strings, a reader that never panics on damaged data.

/// Appends `value` in groups of seven bits, low first; the high bit says that more follow.
pub(super) fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed value, small magnitudes short.
pub(super) fn put_signed(out: &mut Vec<u8>, value: i64) {
    put(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Appends a string with its length.
pub(super) fn put_str(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Appends an optional string.
pub(super) fn put_option(out: &mut Vec<u8>, text: Option<&str>) {
    match text {
        None => out.push(0),
        Some(text) => {
            put(out, text.len() as u64 + 1);
            out.extend_from_slice(text.as_bytes());
        }
    }
}

/// Reads what the functions above wrote. Past the end everything is `None`.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    #[inline]
    pub(super) fn get(&mut self) -> Option<u64> {
        // Nearly all values take one or two bytes.
        match *self.rest {
            [a, ..] if a < 0x80 => {
                self.rest = &self.rest[1..];
                Some(u64::from(a))
            }
            [a, b, ..] if b < 0x80 => {
                self.rest = &self.rest[2..];
                Some(u64::from(a & 0x7F) | u64::from(b) << 7)
            }
            _ => self.get_long(),
        }
    }

    fn get_long(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for (i, &byte) in self.rest.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7F).checked_shl(7 * i as u32)?;
            if byte < 0x80 {
                self.rest = &self.rest[i + 1..];
                return Some(value);
            }
        }
        None
    }

    pub(super) fn get_u32(&mut self) -> Option<u32> {
        self.get().and_then(|v| u32::try_from(v).ok())
    }

    pub(super) fn get_len(&mut self) -> Option<usize> {
        self.get().and_then(|v| usize::try_from(v).ok())
    }

    pub(super) fn get_signed(&mut self) -> Option<i64> {
        self.get().map(|v| (v >> 1) as i64 ^ -((v & 1) as i64))
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    pub(super) fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        if len > self.rest.len() {
            return None;
        }
        let (head, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(head)
    }

    pub(super) fn str(&mut self) -> Option<String> {
        let len = self.get_len()?;
        std::str::from_utf8(self.take(len)?).ok().map(str::to_owned)
    }

    pub(super) fn option(&mut self) -> Option<Option<String>> {
        match self.get_len()? {
            0 => Some(None),
            len => Some(Some(std::str::from_utf8(self.take(len - 1)?).ok()?.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_and_texts_come_back(values in proptest::collection::vec(any::<u64>(), 0..50), text in ".*", n in any::<i64>()) {
            let mut out = Vec::new();
            values.iter().for_each(|&v| put(&mut out, v));
            put_str(&mut out, &text);
            put_signed(&mut out, n);
            put_option(&mut out, Some(&text));
            put_option(&mut out, None);
            let mut bytes = Bytes::new(&out);
            for v in values {
                prop_assert_eq!(bytes.get(), Some(v));
            }
            prop_assert_eq!(bytes.str(), Some(text.clone()));
            prop_assert_eq!(bytes.get_signed(), Some(n));
            prop_assert_eq!(bytes.option(), Some(Some(text)));
            prop_assert_eq!(bytes.option(), Some(None));
            prop_assert!(bytes.is_empty());
            prop_assert_eq!(bytes.get(), None);
        }

        #[test]
        fn rubbish_never_panics(data in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut bytes = Bytes::new(&data);
            while bytes.get().is_some() {}
            let mut bytes = Bytes::new(&data);
            while bytes.str().is_some() {}
        }
    }
}
