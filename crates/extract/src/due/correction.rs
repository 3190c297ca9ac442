//! Days that are taken back in the same breath: `by Thursday, no, Friday`.

use super::{Candidate, verb_token};
use crate::sentence::Sentence;

/// Words by which the date before them is taken back.
pub(super) const CUES: &[&str] = &[
    "wait",
    "sorry",
    "actually",
    "correction",
    "rather",
    "scratch",
    "no",
];

/// `by Thursday, no, Friday`: what was said before a correction no longer counts.
pub(super) fn apply(sentence: &Sentence, candidates: &mut Vec<Candidate>) {
    let mut cut = None;
    for pair in candidates.windows(2) {
        let last = sentence.tokens.len();
        let between = &sentence.tokens[pair[0].token.min(last)..pair[1].token.min(last)];
        let cue = between.iter().any(|token| token.any(CUES));
        let meant = between.iter().any(|token| token.is("mean"))
            && between.iter().any(|token| token.is("i"));
        let verb_between = sentence.actions().any(|clause| {
            let verb = verb_token(sentence, clause);
            (pair[0].token..pair[1].token).contains(&verb)
        });
        if (cue || meant) && !verb_between {
            // What was said with an earlier deed stands.
            let verbs = sentence
                .actions()
                .map(|clause| verb_token(sentence, clause));
            let from = verbs.filter(|verb| *verb < pair[0].token).max();
            let apart = from
                .filter(|from| candidates[0].token < *from && pair[0].token != candidates[0].token);
            cut = Some((apart.unwrap_or(0), pair[1].token));
        }
    }
    if let Some((from, cut)) = cut {
        candidates.retain(|candidate| candidate.token >= cut || candidate.token < from);
    }
}
