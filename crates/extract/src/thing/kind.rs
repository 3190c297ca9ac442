//! What is only told by its kind: `borrow one from Pete`, `buy new ones`, `order 20`.

use super::pronoun::Words;
use super::{Thing, Things, small};
use crate::detect::Source;
use crate::summary;
use crate::token::{List, list};

impl Thing {
    /// As one of its kind: `two ladders` is `a ladder`, and with `many` it is `ladders`.
    fn of_kind(&self, source: &Source<'_>, many: bool) -> Option<String> {
        let tokens = &source.sentences[self.sentence].tokens;
        let counts = |at: &&usize| {
            let token = &tokens[**at];
            token.any(small::DEFINITE)
                || token.any(small::INDEFINITE)
                || token.any(list![
                    "a", "an", "no", "seven", "eight", "nine", "ten", "few", "enough",
                ])
                || token.kind == crate::token::Kind::Number
        };
        let skip = self.tokens.iter().take_while(counts).count();
        let kind = &self.tokens[skip..];
        let words = summary::render(source.text, tokens, kind);
        let first = words.chars().next()?;
        if many {
            return Some(words);
        }
        let words = if kind.len() == 1 || !kind.iter().any(|at| tokens[*at].is("of")) {
            crate::words::cut(&words).into_owned()
        } else {
            words
        };
        let vowel = matches!(first.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o');
        Some(format!("{} {words}", if vowel { "an" } else { "a" }))
    }
}

/// What a thing is that gives way to another of its kind.
const FORMER: List<'static> = list![
    "old", "broken", "current", "present", "worn", "damaged", "lost", "expired", "last", "cracked",
    "empty",
];

impl Things {
    /// `borrow one from Pete`, `buy new ones`: one of what was spoken of, or others of its kind.
    pub(super) fn one_of_them(&self, words: &Words<'_>, place: usize) -> Option<String> {
        let many = words.token(place).any(list!["ones", "some"]);
        let alone = words.led(place);
        let told_apart = (1..=3).contains(&place)
            && (0..place).all(|place| {
                describes(words.token(place)) || place == 0 && given(words.token(place))
            });
        if !alone && !told_apart {
            return None;
        }
        let index = words.people.index;
        let thing = self
            .meant(words.source, (index, words.base), many)
            .filter(|thing| thing.weight >= 4 && thing.sentence + 2 >= index)?;
        let kind = thing.of_kind(words.source, many)?;
        let bare = kind.split_once(' ').filter(|_| !alone && !many);
        let bare = bare.map_or(kind.as_str(), |(_, bare)| bare);
        // `cancel the old card and order a new one`
        let former = bare
            .split_once(' ')
            .filter(|(first, _)| FORMER.holds(first));
        let kind = former
            .filter(|_| told_apart && !alone)
            .map_or(bare, |(_, kind)| kind);
        Some(kind.to_owned())
    }

    /// `the cups are broken; Ida orders 20`: of what was spoken of, so many.
    pub(super) fn so_many(&self, words: &Words<'_>, place: usize) -> Option<String> {
        let index = words.people.index;
        let thing = self
            .meant(words.source, (index, words.base), true)
            .filter(|thing| thing.plural && thing.sentence + 2 >= index)?;
        let kind = thing.of_kind(words.source, true)?;
        Some(format!(
            "{} {kind}",
            words.token(place).shown(words.source.text)
        ))
    }
}

impl Words<'_> {
    /// `order 20`: nothing but a number is what the deed is done to.
    pub(super) fn counts_alone(&self, place: usize) -> bool {
        let token = self.token(place);
        token.kind == crate::token::Kind::Number
            && token.lower.len() <= 3
            && self.tokens.len() == 1
            && matches!(
                self.base,
                "order" | "buy" | "get" | "print" | "bring" | "make" | "fetch" | "borrow" | "pack"
            )
    }
}

/// `bring you a new one`: to whom it is given.
fn given(token: &crate::token::Token) -> bool {
    token.any(list!["me", "you", "us", "him", "her", "them"])
}

/// Words that tell one thing of a kind from others: `the new`, `two big`.
fn describes(token: &crate::token::Token) -> bool {
    token.any(list![
        "the", "a", "an", "some", "for", "with", "two", "three", "my", "your", "our", "another",
    ]) || token.is_word() && token.verb.is_none() && !token.capital && !small::is_outside(token)
        || token.any(list![
            "good", "great", "nice", "first", "clean", "dry", "empty", "open", "warm",
        ])
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_number_alone_counts_what_was_spoken_of() {
        assert_eq!(
            found("The cups are broken; please order 20 by Friday."),
            ["Order 20 cups"]
        );
    }

    #[test]
    fn one_is_one_of_a_kind() {
        assert_eq!(
            found(
                "We lack a projector for the fair. Could you borrow one from the library by Friday?"
            ),
            ["Borrow a projector from the library"]
        );
        assert_eq!(
            found("The mops are worn. Please buy new ones for the kitchen by Friday."),
            ["Buy new mops for the kitchen"]
        );
        assert_eq!(
            found("The hose is broken. I'll bring you a new one tomorrow."),
            ["Bring you a new hose"]
        );
    }
}
