//! What an entry tells beside the thing it names.

use crate::sentence::Sentence;
use crate::token::{Kind, List, list};

/// Where an entry begins to tell of its thing in brackets at its end: `present for Ida (she's 70 on the 20th)`.
pub(super) fn before_brackets(sentence: &Sentence) -> usize {
    let whole = sentence.at.len();
    if sentence.clauses.len() < 2 || !sentence.tokens.last().is_some_and(|token| token.is(")")) {
        return whole;
    }
    let tells = |word: usize| {
        let pronoun = list![
            "she", "he", "it", "they", "ours", "mine", "hers", "theirs", "we", "i", "there",
        ];
        sentence.token(word).is_some_and(|token| token.any(pronoun))
    };
    let opening = (2..whole).rev().find(|word| sentence.lower(*word) == "(");
    opening.filter(|word| tells(word + 1)).unwrap_or(whole)
}

/// Where an entry goes on to say until when there is time: `prescription, chemist shuts 12.30`.
pub(super) fn before_closing(sentence: &Sentence) -> Option<usize> {
    let shuts = (2..sentence.at.len())
        .find(|word| sentence.token(*word).is_some_and(|token| token.any(SHUTS)))?;
    let comma =
        shuts - (1..=3).find(|back| *back < shuts && sentence.lower(shuts - back) == ",")?;
    let timed = sentence.tokens[sentence.at[shuts]..].iter();
    let timed = timed
        .take(4)
        .any(|token| token.is_dated() || token.kind == Kind::Number);
    (timed && comma > 0).then_some(comma)
}

/// How it is told until when a shop or an office is open.
const SHUTS: List<'static> = list!["shuts", "closes", "closing", "shut"];
