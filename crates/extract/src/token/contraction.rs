//! Contracted forms, also those written without their apostrophe: `I'll`, `dont`, `theyve`, `ill`.

use super::{Token, list};
use crate::lexicon::{self, Lean};

/// Endings that are cut off.
const TAILS: &[&str] = &["n't", "'ll", "'ve", "'re", "'m", "'d", "'s"];

/// Where a form without its apostrophe is cut that is no word of its own, and how its end is read.
fn bare(lower: &str) -> Option<(usize, &'static str)> {
    Some(match lower {
        "dont" | "wont" | "cant" | "isnt" => (2, "n't"),
        "didnt" | "arent" | "wasnt" | "hasnt" | "hadnt" => (3, "n't"),
        "doesnt" | "werent" | "havent" | "mustnt" | "neednt" => (4, "n't"),
        "shouldnt" => (6, "n't"),
        "couldnt" | "wouldnt" => (5, "n't"),
        "im" => (1, "'m"),
        "ive" => (1, "'ve"),
        "youve" => (3, "'ve"),
        "weve" => (2, "'ve"),
        "theyve" => (4, "'ve"),
        "youre" => (3, "'re"),
        "theyre" => (4, "'re"),
        "youll" => (3, "'ll"),
        "theyll" | "thatll" => (4, "'ll"),
        "itll" => (2, "'ll"),
        "thats" | "whats" | "heres" => (4, "'s"),
        "whos" | "shes" => (3, "'s"),
        "theres" => (5, "'s"),
        "hes" => (2, "'s"),
        _ => return None,
    })
}

/// Where a contracted form is cut, in bytes, and how what is cut off is read.
pub(super) fn cut(lower: &str) -> Option<(usize, &'static str)> {
    // The last letter tells most words apart from all that are contracted.
    if lower.len() < 2 || !lower.ends_with(['t', 'l', 'e', 'm', 'd', 's']) {
        return None;
    }
    if !lower.contains('\'') {
        return bare(lower);
    }
    TAILS
        .iter()
        .find(|tail| lower.len() > tail.len() && lower.ends_with(**tail))
        .map(|tail| (lower.len() - tail.len(), *tail))
}

/// `ill iron the shirts` is `I'll`, `if its wet` is `it's`: forms that are words of their own, read
/// by their neighbours.
pub(super) fn in_context(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let cut = match tokens[at].lower.as_str() {
            "ill" if wills(tokens, at) => Some((1, "i", "'ll")),
            "its" if is(tokens, at) => Some((2, "it", "'s")),
            _ => None,
        };
        if let Some((length, stem, tail)) = cut {
            let whole = tokens[at].clone();
            let middle = whole.start + length;
            let known = lexicon::known(tail);
            tokens[at].end = middle;
            tokens[at].reword(stem);
            tokens[at].verb = None;
            tokens.insert(
                at + 1,
                Token {
                    start: middle,
                    lower: tail.to_owned(),
                    bit: list::bit(tail),
                    key: list::key(tail),
                    classes: known.classes,
                    kinds: known.kinds,
                    verb: None,
                    capital: false,
                    ..whole
                },
            );
            at += 1;
        }
        at += 1;
    }
}

/// Whether `ill` at `at` is `I'll`: a verb follows, and nothing before it says how somebody feels.
fn wills(tokens: &[Token], at: usize) -> bool {
    let feels = at.checked_sub(1).is_some_and(|before| {
        tokens[before].any(list![
            "is",
            "are",
            "am",
            "'m",
            "'s",
            "'re",
            "was",
            "were",
            "been",
            "be",
            "fell",
            "fall",
            "feel",
            "feels",
            "felt",
            "got",
            "get",
            "very",
            "so",
            "too",
            "seriously",
            "mentally",
            "terminally",
            "the",
            "an",
            "an",
            "my",
            "her",
            "his",
            "really",
            "still",
            "looked",
        ])
    });
    let adverb = usize::from(tokens.get(at + 1).is_some_and(|next| {
        next.any(list![
            "also",
            "just",
            "then",
            "try",
            "definitely",
            "probably",
            "not",
        ])
    }));
    let verb = tokens.get(at + 1 + adverb).is_some_and(|next| {
        next.any(list!["be", "do", "have", "get"])
            || lexicon::base_verb(&next.lower).is_some_and(|verb| {
                matches!(
                    verb.lean,
                    Lean::Verb | Lean::Either | Lean::Light | Lean::State
                ) || adverb > 0
                    || tokens.get(at + 2).is_some_and(|object| {
                        object.any(list!["the", "it", "them", "my", "a", "up"])
                    })
            })
    });
    !feels && verb && tokens[at].end - tokens[at].start == 3
}

/// Whether `its` at `at` is `it's`: what follows is no noun it could own.
fn is(tokens: &[Token], at: usize) -> bool {
    tokens[at].end - tokens[at].start == 3
        && tokens.get(at + 1).is_some_and(|next| {
            next.any(list![
                "a",
                "an",
                "the",
                "not",
                "been",
                "going",
                "too",
                "very",
                "so",
                "already",
                "still",
                "just",
                "me",
                "my",
                "your",
                "due",
                "only",
                "no",
                "on",
                "in",
                "at",
                "off",
                "ok",
                "okay",
                "really",
                "sunny",
                "raining",
                "wet",
                "dry",
                "urgent",
                "all",
                "fine",
                "cold",
                "gone",
                "done",
                "broken",
                "leaking",
                "important",
                "easy",
                "time",
                "you",
            ])
        })
}

#[cfg(test)]
mod tests {
    use super::super::tokenize;

    fn words(text: &str) -> Vec<String> {
        let tokens = tokenize(text, 0..text.len());
        tokens.into_iter().map(|token| token.lower).collect()
    }

    #[test]
    fn apostrophes_may_be_missing() {
        assert_eq!(words("theyve im Thats")[..2], ["they", "'ve"]);
        assert_eq!(words("im late, thats all")[..2], ["i", "'m"]);
        assert_eq!(words("ill wash the van")[..3], ["i", "'ll", "wash"]);
        assert_eq!(words("if its a yes")[1..4], ["it", "'s", "a"]);
    }

    #[test]
    fn words_of_their_own_stay() {
        assert_eq!(words("mum is ill call her")[2], "ill");
        assert_eq!(words("the dog and its lead")[3], "its");
        assert_eq!(words("he was ill")[2], "ill");
    }
}
