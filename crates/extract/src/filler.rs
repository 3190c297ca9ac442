//! Sounds and phrases that carry nothing: hesitations, hedges of the speaker, courtesies.

use std::sync::LazyLock;

use crate::rows::Rows;
use crate::token::{List, Mask, Token, list};

const SOUNDS: List<'static> = list![
    "um",
    "uh",
    "umm",
    "uhm",
    "uhh",
    "erm",
    "er",
    "hm",
    "hmm",
    "mm",
    "mmm",
    "ah",
    "eh",
    "äh",
    "ähm",
    "like",
    "basically",
    "literally",
    "anyways",
    "lol",
    "haha",
    "ugh",
];

/// Rows of words left out wherever they stand.
const PHRASES: &[&str] = &[
    "you know",
    "i mean",
    "i promise",
    "i swear",
    "i think that",
    "i think",
    "i guess",
    "i suppose",
    "i believe",
    "i reckon",
    "i feel like",
    "i 'd say",
    "it looks like",
    "looks like",
    "it seems like",
    "it seems that",
    "sort of",
    "kind of",
    "by the way",
    "of course",
    "to be honest",
    "if possible",
    "if you can",
    "if you could",
    "if you do n't mind",
    "if you would",
    "when you get a chance",
    "when you have a chance",
    "when you have a minute",
    "when you have a moment",
    "when you get a minute",
    "when you get a moment",
    "if you get a chance",
    "let 's see",
    "let me see",
    "just to be safe",
    "to be safe",
    "to be on the safe side",
    "let me think",
    "let 's say",
    "as well",
    "at the latest",
    "at the very latest",
    "as discussed",
    "as agreed",
    "as usual",
    "for now",
    "in turn",
    "for our part",
    "for my part",
    "what else",
];

static ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new(PHRASES));

/// Masks what carries nothing in a sentence.
pub(crate) fn mark(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let length = phrase(tokens, at)
            .or_else(|| inserted(tokens, at).then_some(1))
            .or_else(|| sound(tokens, at).then_some(1))
            .unwrap_or(0);
        if length == 0 {
            at += 1;
            continue;
        }
        for token in &mut tokens[at..at + length] {
            if token.mask == Mask::None {
                token.mask = Mask::Filler;
            }
        }
        at += length;
        // The commas around a hesitation go with it.
        let opened = at > length && tokens[at - length - 1].is(",");
        if opened && tokens.get(at).is_some_and(|token| token.is(",")) {
            tokens[at].mask = Mask::Filler;
            tokens[at - length - 1].mask = Mask::Filler;
            at += 1;
        }
    }
}

/// `the lid, however, has to be fixed`: an adverb that stands between commas.
fn inserted(tokens: &[Token], at: usize) -> bool {
    tokens[at].any(list![
        "however",
        "though",
        "meanwhile",
        "therefore",
        "incidentally",
        "naturally",
    ]) && at > 1
        && tokens[at - 1].is(",")
        && tokens.get(at + 1).is_some_and(|next| next.is(","))
        && tokens.get(at + 2).is_some_and(|next| {
            next.any(list![
                "still", "has", "have", "is", "are", "must", "should", "will", "needs", "need",
                "does", "do",
            ])
        })
}

/// `the, the`, `to the, uh, to the`: what is said twice counts once.
pub(crate) fn mark_repeats(tokens: &mut [Token]) {
    let mut heard = Vec::with_capacity(tokens.len());
    heard.extend((0..tokens.len()).filter(|at| tokens[*at].mask == Mask::None));
    for length in 1..=3 {
        for at in 0..heard.len().saturating_sub(2 * length) {
            let comma = tokens[heard[at + length]].is(",");
            let again = at + length + usize::from(comma);
            let differs = |again: &usize| tokens[*again].bit() != tokens[heard[at]].bit();
            if heard.get(again).is_none_or(differs) {
                continue;
            }
            if again + length > heard.len()
                || (length == 1
                    && !comma
                    && !tokens[heard[at]].any(list!["the", "a", "to", "i", "and", "we", "my"]))
            {
                continue;
            }
            let same = (0..length).all(|offset| {
                let (first, second) = (&tokens[heard[at + offset]], &tokens[heard[again + offset]]);
                first.is_word() && first.lower == second.lower
            });
            if same {
                for place in &heard[at..again] {
                    tokens[*place].mask = Mask::Filler;
                }
            }
        }
    }
}

fn phrase(tokens: &[Token], at: usize) -> Option<usize> {
    if !ROWS.may_open(&tokens[at]) {
        return None;
    }
    let negated = at > 0 && tokens[at - 1].any(list!["n't", "not"]);
    let word_at = |offset: usize| {
        tokens
            .get(at + offset)
            .map_or("", |token| token.lower.as_str())
    };
    let (index, length) = ROWS.find(word_at)?;
    (!negated && !asks(PHRASES[index], tokens, at + length)).then_some(length)
}

/// `if you could send …` asks; `if you could, send …` is a courtesy.
fn asks(phrase: &str, tokens: &[Token], after: usize) -> bool {
    let courtesy = matches!(phrase, "if you can" | "if you could" | "if you would");
    let question = matches!(phrase, "i think" | "i guess" | "i mean")
        && tokens
            .get(after)
            .is_some_and(|token| token.any(list!["about", "of"]));
    // `I mean to paint the fence`, `I promise to paint it`
    let plans = matches!(phrase, "i mean" | "i promise" | "i swear")
        && tokens.get(after).is_some_and(|token| token.is("to"));
    question || plans || courtesy && tokens.get(after).is_some_and(Token::is_word)
}

fn sound(tokens: &[Token], at: usize) -> bool {
    let word = &tokens[at];
    if !word.any(SOUNDS) {
        return false;
    }
    // `like` hesitates only between commas.
    let beside = |offset: Option<usize>| {
        offset
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| token.is(","))
    };
    !word.is("like") || (beside(at.checked_sub(1)) && beside(Some(at + 1)))
}
