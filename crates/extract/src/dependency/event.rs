//! Clauses of time that name an event rather than a deed.

use crate::due::EVENTS;
use crate::sentence::Sentence;
use crate::token::{Mask, Token, list};
use crate::words;

/// Whether a clause tells that something arrives or is known, which nobody has to do.
pub(super) fn arrives(sentence: &Sentence, clause: usize) -> bool {
    let said: Vec<&Token> = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .collect();
    let arrival = said.iter().any(|token| {
        token.any(list![
            "arrive", "arrives", "arrived", "shows", "lands", "comes", "appears", "starts",
            "begins", "received", "receive",
        ])
    });
    let object = said.windows(2).any(|pair| {
        pair[0].any(list!["has", "have", "'ve", "gets", "know", "knows"])
            && words::is_content(pair[1])
            && pair[1].verb.is_none()
            || pair[0].any(list!["has", "have", "gets", "know", "knows"])
                && pair[1].any(list!["the", "his", "her", "their", "our", "a", "all"])
    });
    arrival || object
}

/// `the talk`, `our meeting`: nothing but an event.
pub(super) fn names_event(after: &[Token]) -> bool {
    let mut content = after
        .iter()
        .take_while(|token| !token.is_mark())
        .take(4)
        .filter(|token| words::is_content(token) && token.mask == Mask::None);
    let first = content.next();
    first.is_some_and(|token| token.is("talk") || token.any(EVENTS))
        && content.next().is_none_or(|next| !next.is("with"))
}
