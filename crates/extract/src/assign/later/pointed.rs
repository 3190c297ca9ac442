//! Whose a deed is said to be by a word that points at it: `that's Darek's job`, `this one is yours, Hamza`.

use super::is_name;
use crate::detect::Source;
use crate::person;
use crate::token::{List, Token, list};

/// What somebody's own a deed is.
pub(super) const JOBS: List<'static> = list![
    "job",
    "task",
    "turn",
    "thing",
    "department",
    "baby",
    "bit",
    "part",
];

/// `that's Darek's job`, `it is Ana's turn`, `that's on Cody`, `that's Eoin`, `that's you, Anouk`
pub(super) fn pointed(source: &Source<'_>, tokens: &[Token], at: usize) -> Option<String> {
    let word = |at: usize, any: List<'_>| tokens.get(at).is_some_and(|token| token.any(any));
    let job = word(at + 3, list!["'s"]) && word(at + 4, JOBS);
    let you = word(at + 2, list!["you"]);
    let name = at
        + match () {
            () if job => 2,
            () if you && word(at + 3, list![","]) => 4,
            () if word(at + 2, list!["down", "up"]) && word(at + 3, list!["to"]) => 4,
            () if word(at + 2, list!["on", "for", "with"]) => 3,
            () => 2,
        };
    let ends = tokens
        .get(name + 1)
        .is_none_or(|next| next.any(list![".", "!", ";", ")"]));
    ((job || ends) && is_name(source, tokens, name)).then(|| person::capitalised(&tokens[name]))
}

/// `Hamza, this one is yours`, `Malte, the copying is yours`
pub(super) fn is_yours(tokens: &[Token], at: usize) -> bool {
    // `Ida, you saw it happen, so that's yours`
    let told = tokens.get(at + 2).is_some_and(|token| token.is("you"));
    tokens.get(at + 1).is_some_and(|token| token.is(","))
        && (at + 2..tokens.len().min(at + 12))
            .take_while(|next| {
                !tokens[*next].any(list![".", ";", "!"]) && (told || !tokens[*next].is(","))
            })
            .any(|next| tokens[next].is("yours") && tokens[next - 1].any(list!["is", "'s", "are"]))
}
