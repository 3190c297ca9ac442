//! How messages answer: that it is done, that somebody takes it on, that they agree.

use crate::draft::Draft;
use crate::token::{List, list};

/// Answers that it is done.
pub(super) const FINISHED: &[&str] = &[
    "done",
    "already done",
    "just did",
    "did it",
    "all done",
    "i already did",
    "already did",
    "i did that",
    "i did it",
    "i 've done",
    "i 've already",
    "i have already",
    "did that",
    "sorted",
    "all sorted",
    "merged",
    "approved",
    "paid",
    "sent",
    "fixed",
    "filed",
    "booked",
    "finished",
    "it 's done",
    "that 's done",
    "has been done",
    "too late",
    "that worked",
    "it worked",
    "worked",
    "that did it",
    "that did the trick",
    "that fixed it",
    "it works now",
    "works now",
    "working now",
    "it 's working now",
];

/// Words in front of an answer.
pub(crate) const FILLERS: List<'static> = list![
    "ok", "okay", "oh", "yes", "yeah", "so", "fine", "alright", "all", "right", "well", "ugh",
    "then", "sure", "and", "sir", "hm", "hmm", "ah", "maybe",
];

/// Answers that take it on.
pub(super) const TAKEN: &[&str] = &[
    "i 'll do it",
    "i will do it",
    "i 'll do that",
    "i can do that",
    "i can do it",
    "i 'll take it",
    "i 'll take that",
    "i 'll handle it",
    "i got it",
    "i 've got it",
    "on it",
    "will do",
    "i 'm on it",
    "mine",
    "i 'll take care of it",
    "i 'll take care of that",
    "i can take that",
    "i can take it",
    "leave it to me",
    "i 'll do",
    "i 'll get it",
    "i 'll go",
    "i can",
    "doing it",
    "i 'll try",
    "yes will do",
    "taking it",
    "on it now",
    "me",
    "i do it",
    "i 'll see to it",
    "i 'm doing it",
    "i could",
    "i could do",
    "can do",
    "could do that",
    "could do it",
    "happy to",
    "i 'll make it",
    "i 'll get them",
    "i 'll fetch her",
    "i 'll fetch him",
    "put me down",
    "count me in",
    "i volunteer",
    "us",
    "we 'll do it",
    "we 'll do that",
    "we can do it",
    "we can do that",
    "i will do that",
    "i will take it",
    "i will take that",
    "i take it",
    "i take that",
    "i do that",
    "that i will do",
    "that i can do",
    "that i 'll do",
    "i 'll sort it",
    "i 'll sort that",
    "i 'll sort them",
    "i 'll see to that",
    "i 'll do them",
];

/// Answers that agree.
pub(super) const AGREED: &[&str] = &[
    "sure",
    "ok",
    "okay",
    "yes",
    "yep",
    "yeah",
    "sure thing",
    "no problem",
    "of course",
    "will do",
    "on it",
    "fine",
    "consider it done",
    "got it",
    "roger",
    "absolutely",
    "np",
    "k",
    "alright",
    "right",
    "noted",
    "gladly",
    "happy to",
    "can do",
    "👍",
    "oui",
    "si",
    "ja",
    "aye",
    "ack",
    "copy",
    "understood",
    "deal",
    "ok yes",
    "fiiine",
    "fine by me",
    "works",
    "perfect",
    "great",
    "mm-hm",
    "mhm",
    "sawa",
    "course",
    "righto",
    "wilco",
    "yup",
    "ya",
    "bet",
    "cool",
    "no prob",
    "sounds good",
    "no worries",
    "done deal",
    "💯",
    "🫡",
    "👌",
];

/// `I've moved him`, `they went out on Monday already`, `it's down`: what was asked is done.
pub(super) fn has_been(question: bool, words: &[&str], asked: &Draft) -> bool {
    let open = question
        || words.iter().any(|word| {
            matches!(
                *word,
                "not" | "n't" | "never" | "but" | "will" | "'ll" | "if" | "when"
            )
        });
    let did = |at: usize| {
        words.get(at).is_some_and(|word| {
            crate::lexicon::verb(word).is_some_and(|verb| {
                (verb.forms.past || verb.forms.participle)
                    && asked.stems.contains(&crate::words::stem(verb.base))
            })
        })
    };
    let perfect = matches!(
        words,
        ["i" | "we" | "he" | "she", "'ve" | "have" | "'s" | "has", ..]
    ) && (did(2) || did(3));
    let past = |word: &&str| {
        crate::lexicon::verb(word).is_some_and(|verb| verb.forms.past && !verb.forms.base)
    };
    let already = words.len() <= 8
        && (words.contains(&"already") && words.iter().take(3).any(past)
            || words.last() == Some(&"ago") && words.first().is_some_and(past));
    let there = matches!(words, ["it" | "that" | "they", "'s" | "is" | "'re" | "are", state]
        if asked.summary.ends_with(&format!(" {state}")));
    !open && (perfect || already || there)
}
