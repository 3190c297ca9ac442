//! Answers that name a deed of their own: `I can bring the drill`, `I'll do the dishes`.

use crate::draft::Draft;
use crate::token::{List, list};

/// Words for what was spoken of.
const POINTED: List<'static> = list![
    "it",
    "that",
    "them",
    "this",
    "those",
    "one",
    "so",
    "you",
    "him",
    "her",
    "these",
    "both",
    "mine",
    "yours",
    "hers",
    "theirs",
    "everything",
    "all",
];

/// Words that only say when, or how.
const WHEN: List<'static> = list![
    "now", "today", "tonight", "tomorrow", "later", "asap", "soon", "first", "right", "then",
    "straight", "on", "in", "at", "by", "after", "before", "when", "as",
];

/// `I can bring the drill`, `I can ring them`: a deed of its own, and no mere answer to what was asked.
pub(super) fn offers_a_deed(words: &[&str], asked: &[&Draft]) -> bool {
    let asked_for = |word: &str| {
        let stem = crate::words::stem(word);
        asked.iter().any(|draft| draft.stems.contains(&stem))
    };
    // `me the posters`, where work is shared out
    if let ["me", "the" | "a" | "my" | "our" | "both" | "all", _, ..] = words {
        return true;
    }
    // `I'll do the dishes`, but not `I'll do it`, `I'll do tomorrow`
    if let ["i", "'ll" | "will", "do", rest @ ..] = words {
        let object = rest.first().copied().unwrap_or_default();
        let points =
            POINTED.holds(object) || rest.iter().any(|word| matches!(*word, "one" | "ones"));
        // `bump the timeout` – `I'll do the timeout`
        let same = || rest.iter().any(|word| asked_for(word));
        return !(object.is_empty() || points || WHEN.holds(object) || same());
    }
    let rest = words
        .strip_prefix(&["i", "can"])
        .or_else(|| words.strip_prefix(&["i", "could"]))
        .or_else(|| words.strip_prefix(&["happy", "to"]));
    let Some([verb, object, ..]) = rest else {
        return false;
    };
    let pointed = POINTED.holds(object);
    crate::lexicon::base_verb(verb).is_some_and(|verb| {
        let deed = matches!(
            verb.lean,
            crate::lexicon::Lean::Verb | crate::lexicon::Lean::Either
        );
        !pointed || deed && !asked_for(verb.base)
    })
}
