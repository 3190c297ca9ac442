//! Which lists of telling words a word stands in. Each token is told when it is made.

use super::words;
use crate::lexicon;

/// A list of telling words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Close,
    Cooking,
    Directing,
    General,
    Guiding,
    Hiring,
    Judging,
    Personal,
    Ruling,
    Selling,
    Starry,
}

const LISTS: [(Kind, &[&str]); 12] = [
    (Kind::Close, words::CLOSE),
    (Kind::Cooking, words::COOKING),
    (Kind::Directing, words::DIRECTING),
    (Kind::General, words::GENERAL),
    (Kind::Guiding, words::GUIDING),
    (Kind::Hiring, words::HIRING),
    (Kind::Judging, words::JUDGING),
    (Kind::Personal, words::PERSONAL),
    (Kind::Ruling, words::RULING),
    (Kind::Selling, words::SELLING),
    (Kind::Starry, words::STARRY),
    (Kind::Starry, words::SIGNS),
];

/// The words of all lists, each with the list it stands in.
pub(crate) fn telling_words() -> impl Iterator<Item = (&'static str, Kind)> {
    let lists = LISTS.iter();
    lists.flat_map(|(kind, words)| words.iter().map(|word| (*word, *kind)))
}

/// The lists a word stands in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Kinds(u16);

impl Kinds {
    /// Those of a word in small letters.
    pub(super) fn of(word: &str) -> Self {
        lexicon::known(word).kinds
    }

    pub(crate) fn add(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u16;
    }

    /// Whether it stands in none, as most words.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// 1 if the word stands in the list, else 0.
    pub(super) fn count(self, kind: Kind) -> usize {
        usize::from(self.0 >> kind as u16 & 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_every_list_it_stands_in_and_of_no_other() {
        let listed = |word: &str, kind: Kind| {
            let mut lists = LISTS.iter().filter(|(other, _)| *other == kind);
            lists.any(|(_, list)| list.contains(&word))
        };
        for (kind, _) in LISTS {
            for (_, words) in LISTS {
                for word in words {
                    let wanted = usize::from(listed(word, kind));
                    assert_eq!(Kinds::of(word).count(kind), wanted, "{word} {kind:?}");
                }
            }
        }
        assert_eq!(Kinds::of("zymurgy").count(Kind::Cooking), 0);
    }
}
