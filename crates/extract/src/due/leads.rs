//! A date in front of the colon of a sentence, which holds for all that stands behind it.

use super::reach::verb_word;
use crate::sentence::Sentence;
use crate::token::Mask;

/// `who does what on Sunday: Ida paints, Ben sweeps`: a date in front of a colon, before any deed, holds for all of
/// them.
pub(super) fn leads(sentence: &Sentence, token: usize) -> bool {
    let own = sentence.tokens[token].mask;
    let colon = sentence.tokens[token..]
        .iter()
        .find(|next| next.mask != own)
        .is_some_and(|next| next.is(":"));
    // `must do today: …` is a deed by its form alone.
    let label =
        |clause: &usize| sentence.clause_of(token) == *clause && is_bare_do(sentence, *clause);
    let first = sentence
        .actions()
        .find(|action| !label(action))
        .and_then(|first| sentence.at.get(verb_word(sentence, first)));
    colon && first.is_some_and(|first| token < *first)
}

/// `must do`, `need to do`: a deed without words of its own.
fn is_bare_do(sentence: &Sentence, clause: usize) -> bool {
    let last = sentence
        .words(clause)
        .filter(|token| token.mask == Mask::None && token.is_word())
        .last();
    last.is_some_and(|token| token.is("do"))
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn must_do_is_a_label_and_no_deed() {
        let today = Some("2026-03-10".to_owned());
        let text = "MUST do today: ring the bank, post the form";
        assert_eq!(dues(text), vec![today; 2]);
        assert_eq!(
            dues("Ring the bank today: they need the form"),
            dues("Ring the bank today")
        );
    }
}
