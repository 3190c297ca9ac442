//! What the words beside a deed say of where somebody is on a day, and of what has time until then.

use super::statement::{PAST, said};
use crate::sentence::Sentence;
use crate::token::{Token, list};

/// `you're there on Monday anyway`, `since he's in Leeds on Friday`: where somebody is on that day.
pub(super) fn is_there(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    let being = words.windows(2).any(|pair| {
        matches!(pair[0], "'re" | "'s" | "'m" | "is" | "are" | "am" | "be")
            && matches!(
                pair[1],
                "there"
                    | "here"
                    | "in"
                    | "at"
                    | "over"
                    | "round"
                    | "around"
                    | "passing"
                    | "nearby"
                    | "back"
                    | "home"
                    | "free"
            )
    });
    let named = sentence
        .words(clause)
        .find(|token| {
            token.is_word() && !token.any(list!["since", "as", "because", "and", "so", "while"])
        })
        .is_some_and(|token| token.capital);
    let person = named
        || words
            .iter()
            .any(|word| matches!(*word, "you" | "he" | "she" | "i" | "they" | "we"));
    let denied = words.iter().skip(1).any(|word| {
        PAST.contains(word) && *word != "since"
            || matches!(*word, "not" | "n't" | "no" | "never" | "until")
    });
    being && person && !denied
}

/// `give me till Monday`, `allow us until the 5th`
pub(super) fn asks_time(sentence: &Sentence, clause: usize) -> bool {
    said(sentence, clause).windows(2).any(|pair| {
        matches!(pair, ["give" | "gimme" | "allow" | "leave", "me" | "us"]) || pair[0] == "gimme"
    })
}

/// `the report can wait until Friday`: a day of that thing alone.
pub(super) fn can_wait(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    let thing = words
        .first()
        .is_some_and(|first| !matches!(*first, "it" | "that" | "they" | "this" | "i" | "we"));
    thing
        && words.windows(2).any(|pair| {
            matches!(
                pair,
                ["can" | "could" | "may", "wait"] | ["has" | "have", "time"]
            )
        })
}

/// `the report can wait until Friday, but …`: the words right before the day say so of something else.
pub(super) fn has_time(sentence: &Sentence, token: usize) -> bool {
    let row = &sentence.tokens[token.saturating_sub(2)..=token];
    let waits = row.windows(2).any(|pair| {
        pair[0].any(list!["can", "could", "may"]) && pair[1].any(list!["wait"])
            || pair[0].any(list!["has", "have"]) && pair[1].is("time")
    });
    let thing = sentence.tokens[..token.saturating_sub(2)]
        .iter()
        .rev()
        .find(|word| word.is_word())
        .is_some_and(|word| !word.any(list!["it", "that", "they", "this", "i", "we", "you"]));
    waits && thing
}

/// `on the train on Friday`, `in Leeds on Friday`: where and when, and no verb.
pub(super) fn is_setting(sentence: &Sentence, clause: usize) -> bool {
    let words: Vec<&Token> = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .collect();
    let leads = words.first().is_some_and(|first| {
        first.any(list![
            "on", "in", "at", "after", "during", "over", "around", "between", "with",
        ])
    });
    let states = words.iter().any(|token| {
        token.any(list![
            "is", "are", "'s", "'re", "was", "were", "has", "have", "will", "be", "been",
        ]) || token.verb.is_some_and(|verb| {
            (verb.forms.third || verb.forms.past) && verb.lean != crate::lexicon::Lean::Noun
        })
    });
    clause == 0 && leads && !states && words.len() <= 8
}

/// `she wants her meter back`: a clause that only says what somebody would have.
pub(super) fn wants(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .any(|token| token.any(list!["want", "wants", "needs", "misses"]))
}

/// `in that case we meet indoors`
pub(super) fn in_that_case(sentence: &Sentence, clause: usize) -> bool {
    let range = sentence.clauses[clause].full.clone();
    let words: Vec<&str> = range.take(3).map(|word| sentence.lower(word)).collect();
    words == ["in", "that", "case"]
}
