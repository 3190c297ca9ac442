//! Hash maps for our own lists: a short hash, as nobody else puts keys into them.

use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Short>>;
pub(crate) type HashSet<K> = std::collections::HashSet<K, BuildHasherDefault<Short>>;

/// Multiplies and rotates eight bytes at a time (the constant is 2^64 by the golden ratio).
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Short(u64);

impl Short {
    fn mix(&mut self, word: u64) {
        self.0 = mixed(self.0, word);
    }
}

/// A hash with another word in it.
#[inline]
pub(crate) const fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A hash whose bits are good at both ends, from which a table takes them.
#[inline]
pub(crate) const fn spread(hash: u64) -> u64 {
    hash ^ (hash >> 32)
}

/// The hash of a text, which the compiler can work out where the text is written in the program.
pub(crate) const fn text(text: &str) -> u64 {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut hash = 0;
    let mut at = 0;
    while at < words.len() {
        hash = mixed(hash, u64::from_le_bytes(words[at]));
        at += 1;
    }
    match tail(rest) {
        Some(rest) => mixed(hash, rest),
        None => hash,
    }
}

/// Up to seven bytes and their number as one word, two halves that may overlap instead of a loop.
const fn tail(rest: &[u8]) -> Option<u64> {
    let halves = match rest {
        [] => return None,
        [one] => *one as u64,
        [a, .., y, z] if rest.len() < 4 => (*a as u64) << 16 | u16::from_le_bytes([*y, *z]) as u64,
        [a, z] => u16::from_le_bytes([*a, *z]) as u64,
        _ => match (rest.first_chunk(), rest.last_chunk()) {
            (Some(first), Some(last)) => {
                u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*last) as u64) << 32
            }
            _ => 0,
        },
    };
    Some(halves ^ (rest.len() as u64) << 56)
}

/// Takes a number that is a hash already as it is.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn write(&mut self, bytes: &[u8]) {
        let mut hash = Short(self.0);
        hash.write(bytes);
        self.0 = hash.0;
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
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
        spread(self.0)
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

    #[test]
    fn a_text_has_the_hash_that_the_compiler_works_out() {
        const HASHES: [u64; 5] = [
            text(""),
            text("a"),
            text("seven77"),
            text("eight888"),
            text("a longer one"),
        ];
        let texts = ["", "a", "seven77", "eight888", "a longer one"];
        assert_eq!(
            texts.map(|written| text(std::hint::black_box(written))),
            HASHES
        );
        assert_ne!(text("ab"), text("ba"));
    }
}
