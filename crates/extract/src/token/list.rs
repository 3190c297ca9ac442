//! Lists of words to look a token up in.
//!
//! Most words are in none of the lists that they are held against, and a sentence is held against
//! hundreds of them. Each word therefore has one bit of 64 ([`bit`]) and each list the bits of its
//! words, put together when the program is compiled: a word whose bit the list lacks is not in it. Where
//! that does not rule a word out, a second such bit ([`second_bit`]) mostly does.

/// Words, and the bits of all of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List<'a> {
    bits: u64,
    entries: &'a Entries<'a>,
}

/// The words of a list, and where each is found by its [`key`].
#[derive(Debug)]
pub(crate) struct Entries<'a> {
    words: &'a [&'a str],
    /// In the place its key gives, or the next that was free, one more than the index of each word.
    table: &'a [u8],
    /// The second bits of its words.
    seconds: u64,
}

impl<'a> Entries<'a> {
    /// These words, with their [`table`].
    pub(crate) const fn of(words: &'a [&'a str], table: &'a [u8]) -> Self {
        let mut seconds = 0;
        let mut at = 0;
        while at < words.len() {
            seconds |= second_bit(key(words[at]));
            at += 1;
        }
        Self {
            words,
            table,
            seconds,
        }
    }

    /// Whether the word is among them. It seldom comes to this, and thousands of lists are asked: what
    /// compares the words stands once and apart.
    #[cold]
    #[inline(never)]
    pub(crate) fn have(&self, word: &str, key: u32) -> bool {
        self.seconds & second_bit(key) != 0 && self.find(word, key)
    }

    /// Whether the word is in the table.
    #[inline(never)]
    fn find(&self, word: &str, key: u32) -> bool {
        let mut slot = first_slot(key);
        loop {
            slot &= self.table.len() - 1;
            let Some(at) = usize::from(self.table[slot]).checked_sub(1) else {
                return false;
            };
            if self.words[at] == word {
                return true;
            }
            slot += 1;
        }
    }
}

impl<'a> List<'a> {
    /// The list of these words; [`list!`](crate::token::list) makes it when the program is compiled.
    pub(crate) const fn of(entries: &'a Entries<'a>) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < entries.words.len() {
            bits |= bit(entries.words[at]);
            at += 1;
        }
        Self { bits, entries }
    }

    /// The list of words that were read while running, kept for good.
    pub(crate) fn kept(words: Vec<&'static str>) -> List<'static> {
        let table: [u8; 64] = table(&words);
        let table: &[u8] = Box::leak(Box::new(table));
        List::of(Box::leak(Box::new(Entries::of(words.leak(), table))))
    }

    /// Its words, to be asked where the bits do not rule a word out.
    pub(crate) const fn entries(self) -> &'a Entries<'a> {
        self.entries
    }

    /// The bits of its words.
    pub(crate) const fn bits(self) -> u64 {
        self.bits
    }

    /// Whether `word` is in the list.
    #[inline]
    pub(crate) fn holds(self, word: &str) -> bool {
        let key = key(word);
        self.bits & bit_of(key) != 0 && self.entries.have(word, key)
    }
}

impl<'a> std::ops::Deref for List<'a> {
    type Target = [&'a str];

    fn deref(&self) -> &Self::Target {
        self.entries.words
    }
}

impl<'a> IntoIterator for List<'a> {
    type Item = &'a &'a str;
    type IntoIter = std::slice::Iter<'a, &'a str>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.words.iter()
    }
}

/// A number for a word, from its length, its first two bytes and its last: few words share one.
#[inline]
pub(crate) const fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let length = bytes.len();
    if length == 0 {
        return 0;
    }
    let second = if length > 1 { bytes[1] } else { 0 };
    let mixed = (bytes[0] as u32)
        | (second as u32) << 8
        | (bytes[length - 1] as u32) << 16
        | (length.to_le_bytes()[0] as u32) << 24;
    mixed.wrapping_mul(0x9e37_79b1)
}

/// The places of a table for so many words, a power of two: at least one of them stays free.
pub(crate) const fn slots(words: usize) -> usize {
    (words * 2).next_power_of_two()
}

/// Where the word of a key is looked for first; counted round the table.
const fn first_slot(key: u32) -> usize {
    (key >> 16) as usize
}

/// The table of a list of fewer than 255 words, in `N` places.
pub(crate) const fn table<const N: usize>(words: &[&str]) -> [u8; N] {
    assert!(words.len() < 255 && words.len() < N, "a longer list");
    let mut table = [0; N];
    let mut at = 0;
    while at < words.len() {
        let mut slot = first_slot(key(words[at])) % N;
        while table[slot] != 0 {
            slot = (slot + 1) % N;
        }
        at += 1;
        table[slot] = at.to_le_bytes()[0];
    }
    table
}

/// One bit of 64, from the upper end of a word's key.
#[inline]
pub(crate) const fn bit_of(key: u32) -> u64 {
    1 << (key >> 26)
}

/// Another bit of 64, from the middle of a word's key.
const fn second_bit(key: u32) -> u64 {
    1 << (key >> 20 & 63)
}

/// One bit of 64 for a word.
#[inline]
pub(crate) const fn bit(word: &str) -> u64 {
    bit_of(key(word))
}

/// A [`List`] of the words named, made when the program is compiled.
macro_rules! list {
    ($($word:expr),+ $(,)?) => {
        const {
            const WORDS: &[&str] = &[$($word),+];
            const TABLE: [u8; $crate::token::slots(WORDS.len())] = $crate::token::table(WORDS);
            const ENTRIES: $crate::token::Entries<'static> = $crate::token::Entries::of(WORDS, &TABLE);
            $crate::token::List::of(&ENTRIES)
        }
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
            assert!(list.holds(word), "{word}");
        }
        for word in ["afters", "onse", "e", "before"] {
            assert!(!list.holds(word), "{word}");
        }
        assert_eq!(list.len(), 4);
    }

    #[test]
    fn words_of_one_key_are_told_apart() {
        assert_eq!(key("spend"), key("speed"));
        assert!(list!["spend", "speed"].holds("speed"));
        assert!(!list!["spend", "spied"].holds("speed"));
    }

    #[test]
    fn words_that_were_gathered_while_running_are_found_too() {
        let gathered = List::kept(vec!["one", "two"]);
        assert!(gathered.holds("two"));
        assert!(!gathered.holds("three"));
    }
}
