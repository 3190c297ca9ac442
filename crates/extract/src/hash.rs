//! Hash maps for our own lists: a short hash, as nobody else puts keys into them.

use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Short>>;
pub(crate) type HashSet<K> = std::collections::HashSet<K, BuildHasherDefault<Short>>;

/// Multiplies and rotates eight bytes at a time (the constant is 2^64 by the golden ratio).
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Short(u64);

impl Short {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Up to seven bytes and their number as one word, two halves that may overlap instead of a loop.
fn tail(rest: &[u8]) -> Option<u64> {
    let halves = match rest {
        [] => return None,
        [one] => u64::from(*one),
        [a, .., y, z] if rest.len() < 4 => {
            u64::from(*a) << 16 | u64::from(u16::from_le_bytes([*y, *z]))
        }
        [a, z] => u64::from(u16::from_le_bytes([*a, *z])),
        _ => {
            let first = rest
                .first_chunk()
                .map_or(0, |half| u32::from_le_bytes(*half));
            let last = rest
                .last_chunk()
                .map_or(0, |half| u32::from_le_bytes(*half));
            u64::from(first) | u64::from(last) << 32
        }
    };
    Some(halves ^ (rest.len() as u64) << 56)
}

impl Hasher for Short {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if let Some(rest) = tail(rest) {
            self.mix(rest);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u32(&mut self, word: u32) {
        self.mix(u64::from(word));
    }

    fn finish(&self) -> u64 {
        // The table takes its bits from both ends.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_again() {
        let words = ["", "a", "eight888", "eight8889", "a longer one than that"];
        let map: HashMap<&str, usize> = words
            .iter()
            .enumerate()
            .map(|(at, word)| (*word, at))
            .collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&at));
        }
        assert_eq!(map.get("b"), None);
    }
}
