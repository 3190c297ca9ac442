//! Lists of wordings, found by their first word.
//!
//! A row is words with a space between them; `a|b` is either, `*` any word.

use crate::hash::HashMap;
use crate::token::{Token, bit, bit_of, key};

type Row = Vec<Vec<&'static str>>;

/// A list of wordings.
pub(crate) struct Rows {
    by_first: HashMap<&'static str, Vec<(usize, Row)>>,
    /// The bits of all first words: most words are none.
    bits: u64,
    /// One of 1024 bits for each first word: fewer words still are taken for one.
    firsts: [u64; 16],
}

impl Rows {
    pub(crate) fn new(rows: &[&'static str]) -> Self {
        let mut by_first: HashMap<&'static str, Vec<(usize, Row)>> = HashMap::default();
        for (index, row) in rows.iter().enumerate() {
            let row: Row = row
                .split(' ')
                .map(|words| words.split('|').collect())
                .collect();
            for first in row.first().into_iter().flatten() {
                by_first
                    .entry(first)
                    .or_default()
                    .push((index, row.clone()));
            }
        }
        let bits = by_first.keys().fold(0, |bits, word| bits | bit(word));
        let mut firsts = [0; 16];
        for word in by_first.keys() {
            let (at, bit) = spot(word);
            firsts[at] |= bit;
        }
        Self {
            by_first,
            bits,
            firsts,
        }
    }

    /// The longest row that starts at word 0 of `word_at`: its index in the list and its length.
    pub(crate) fn find<'w>(&self, word_at: impl Fn(usize) -> &'w str) -> Option<(usize, usize)> {
        let first = word_at(0);
        if !self.may_begin(first) {
            return None;
        }
        let rows = self.by_first.get(first)?;
        rows.iter()
            .filter(|(_, row)| {
                row.iter().enumerate().skip(1).all(|(offset, words)| {
                    words.as_slice() == ["*"] || words.contains(&word_at(offset))
                })
            })
            .map(|(index, row)| (*index, row.len()))
            .max_by_key(|(index, length)| (*length, usize::MAX - index))
    }

    /// Whether some row may begin with the word: if not, none does.
    fn may_begin(&self, word: &str) -> bool {
        let (at, own) = spot(word);
        self.firsts[at] & own != 0
    }

    /// Whether some row may begin with the token: if not, none does.
    pub(crate) fn may_open(&self, token: &Token) -> bool {
        self.bits & token.bit() != 0
    }

    /// The words that rows begin with.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = &'static str> {
        self.by_first.keys().copied()
    }

    /// Whether some row begins with the word.
    pub(crate) fn opens(&self, word: &str) -> bool {
        self.may_begin(word) && self.by_first.contains_key(word)
    }

    /// Whether a row starts at word 0 of `word_at`.
    pub(crate) fn starts<'w>(&self, word_at: impl Fn(usize) -> &'w str) -> bool {
        self.find(word_at).is_some()
    }
}

/// Where the bit of a word stands among 1024, and that bit.
fn spot(word: &str) -> (usize, u64) {
    let key = key(word);
    ((key >> 22 & 15) as usize, bit_of(key))
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn rows_are_found_by_their_words() {
        let rows = Rows::new(&["no rush", "no rush at all", "as|so soon *"]);
        let at = |words: &'static [&'static str]| {
            rows.find(|index| words.get(index).copied().unwrap_or(""))
        };
        assert_eq!(at(&["no", "rush", "at", "all"]), Some((1, 4)));
        assert_eq!(at(&["no", "rush", "please"]), Some((0, 2)));
        assert_eq!(at(&["so", "soon", "x"]), Some((2, 3)));
        assert_eq!(at(&["rush"]), None);
    }

    #[test]
    fn every_first_word_opens_its_rows_and_no_other_does() {
        let rows = Rows::new(&["no rush", "as|so soon"]);
        assert!(["no", "as", "so"].iter().all(|word| rows.opens(word)));
        assert!(
            !["rush", "soon", "", "nos"]
                .iter()
                .any(|word| rows.opens(word))
        );
    }
}
