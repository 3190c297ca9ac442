//! A mail that is handed on: `can you deal with this?` above what somebody else asks for.

use super::Source;
use crate::action::opener::{Opener, Shape};
use crate::pipeline;
use crate::scorer::Scores;
use crate::sentence::Sentence;

/// Rule of what a mail below asks for, and the one above it hands on.
pub(crate) const RULE: &str = "handed on with the mail below";

/// Bytes of a quoted mail up to which it is read.
const LONGEST: usize = 4000;

/// What is to be done with a mail that is handed on, beside `it` and `this`.
const WHOLE: &[&str] = &[
    "it", "this", "that", "one", "over", "on", "care", "of", "with", "to", "up", "from", "here",
    "below", "matter", "request", "mail", "email", "and", "them", "these",
];

/// Whether the deed only takes over what stands below: `deal with it`, `take this one over`.
pub(super) fn takes_over(sentence: &Sentence, opener: &Opener, tokens: &[usize]) -> bool {
    let takes = sentence.token(opener.verb).is_some_and(|token| {
        token.verb.is_some_and(|verb| {
            matches!(
                verb.base,
                "deal"
                    | "handle"
                    | "take"
                    | "sort"
                    | "see"
                    | "look"
                    | "manage"
                    | "process"
                    | "pick"
                    | "do"
                    | "action"
            )
        })
    });
    takes
        && opener.shape == Shape::Active
        && (tokens.iter())
            .take_while(|at| !sentence.tokens[**at].is_mark())
            .all(|at| sentence.tokens[*at].any(WHOLE))
}

/// What the quoted part of a text asks for first.
pub(super) fn asked_below(source: &Source<'_>) -> Option<String> {
    let quoted: Vec<&str> = source
        .document
        .quoted
        .iter()
        .map(|range| source.text[range.clone()].trim_start_matches(['>', ' ']))
        .collect();
    let text = quoted.join("\n");
    if text.trim().is_empty() || text.len() > LONGEST {
        return None;
    }
    let (summary, _) = pipeline::with_source(&text, source.now, source.policy, &[], |inner| {
        pipeline::drafts(inner, &Scores::new(inner))
            .into_iter()
            .find(|draft| draft.alive)
            .map(|draft| draft.summary)
    });
    summary
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_is_handed_on_is_what_was_asked_for() {
        assert_eq!(
            found(
                "Ravi, can you deal with this by Friday? Lena\n\n> From: Elm Nursery\n> Please return the signed consent form.\n"
            ),
            ["Return the signed consent form"]
        );
        assert_eq!(
            found(
                "Ravi, please take over. Lena\n\n> The gutters leak again. The gutters must be cleaned before winter.\n"
            ),
            ["Clean the gutters"]
        );
    }
}
