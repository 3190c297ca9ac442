//! Lists of words to look a token up in.
//!
//! Most words are in none of the lists that they are held against, and a sentence is held against
//! hundreds of them. Each word therefore has one bit of 64 ([`bit`]) and each list the bits of its
//! words, put together when the program is compiled: a word whose bit the list lacks is not in it.

/// Words, and the bits of all of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List<'a> {
    bits: u64,
    words: &'a [&'a str],
}

impl<'a> List<'a> {
    /// The list of these words; [`list!`](crate::token::list) makes it when the program is compiled.
    pub(crate) const fn of(words: &'a [&'a str]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < words.len() {
            bits |= bit(words[at]);
            at += 1;
        }
        Self { bits, words }
    }

    /// The bits of its words.
    pub(crate) const fn bits(self) -> u64 {
        self.bits
    }

    /// Whether `word` is in the list.
    #[inline]
    pub(crate) fn holds(self, word: &str) -> bool {
        self.has(word, bit(word))
    }

    /// Whether `word`, whose bit is known, is in the list.
    #[inline]
    pub(super) fn has(self, word: &str, bit: u64) -> bool {
        self.bits & bit != 0 && among(word, self.words)
    }
}

impl<'a> std::ops::Deref for List<'a> {
    type Target = [&'a str];

    fn deref(&self) -> &Self::Target {
        self.words
    }
}

impl<'a> IntoIterator for List<'a> {
    type Item = &'a &'a str;
    type IntoIter = std::slice::Iter<'a, &'a str>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

/// A list whose bits nobody has put together: all its words are looked at.
impl<'a> From<&'a [&'a str]> for List<'a> {
    fn from(words: &'a [&'a str]) -> Self {
        Self {
            bits: u64::MAX,
            words,
        }
    }
}

impl<'a, const N: usize> From<&'a [&'a str; N]> for List<'a> {
    fn from(words: &'a [&'a str; N]) -> Self {
        Self::from(words.as_slice())
    }
}

/// One bit of 64, from the length of a word, its first two bytes and its last.
#[inline]
pub(crate) const fn bit(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let length = bytes.len();
    if length == 0 {
        return 1;
    }
    let second = if length > 1 { bytes[1] } else { 0 };
    let mixed = (bytes[0] as u32)
        | (second as u32) << 8
        | (bytes[length - 1] as u32) << 16
        | (length.to_le_bytes()[0] as u32) << 24;
    1 << (mixed.wrapping_mul(0x9e37_79b1) >> 26)
}

/// Whether the word is one of a list. Lengths and first bytes are looked at first: most words differ
/// there.
pub(crate) fn among(own: &str, words: &[&str]) -> bool {
    let own = own.as_bytes();
    let first = own.first();
    words.iter().any(|word| {
        let word = word.as_bytes();
        word.len() == own.len() && word.first() == first && word == own
    })
}

/// A [`List`] of the words named, made when the program is compiled.
macro_rules! list {
    ($($word:expr),+ $(,)?) => {
        const { $crate::token::List::of(&[$($word),+]) }
    };
}
pub(crate) use list;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_words_and_no_others() {
        let list = list!["after", "once", "", "é"];
        for word in ["after", "once", "", "é"] {
            assert!(list.has(word, bit(word)), "{word}");
        }
        for word in ["afters", "onse", "e", "before"] {
            assert!(!list.has(word, bit(word)), "{word}");
        }
        assert_eq!(list.len(), 4);
    }

    #[test]
    fn words_that_were_gathered_while_running_are_found_too() {
        let gathered = ["one", "two"];
        assert!(List::from(&gathered).has("two", bit("two")));
        assert!(!List::from(&gathered).has("three", bit("three")));
    }
}
