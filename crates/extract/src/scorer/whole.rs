//! What is counted once for a whole text: how much of it asks, tells, is listed, is dated.

use crate::detect::Source;
use crate::weights::{Part, part};

/// Counts over all sentences.
#[derive(Default)]
pub(super) struct Whole {
    pub(super) sentences: usize,
    pub(super) clauses: usize,
    /// Clauses with a form that asks.
    pub(super) actions: usize,
    /// Verbs in the past tense.
    pub(super) past: usize,
    pub(super) items: usize,
    pub(super) dated: usize,
    /// Words such as `I` and `our`.
    pub(super) own: usize,
    /// Words such as `you`.
    pub(super) you: usize,
    /// Words such as `please` and `could`.
    pub(super) asks: usize,
}

impl Whole {
    pub(super) fn new(source: &Source<'_>) -> Self {
        let mut whole = Self {
            sentences: source.sentences.len(),
            ..Self::default()
        };
        for sentence in source.sentences {
            whole.items += usize::from(sentence.unit.place.item.is_some());
            whole.actions += sentence.actions().count();
            whole.clauses += sentence.clauses.len();
            let mut dated = false;
            for token in &sentence.tokens {
                dated |= token.is_dated();
                match token.lower.as_str() {
                    "i" | "my" | "me" | "we" | "our" | "us" => whole.own += 1,
                    "you" | "your" | "u" => whole.you += 1,
                    "please" | "pls" | "can" | "could" => whole.asks += 1,
                    _ => {
                        let past = |verb: crate::lexicon::Verb| verb.forms.past && !verb.forms.base;
                        whole.past += usize::from(token.verb.is_some_and(past));
                    }
                }
            }
            whole.dated += usize::from(dated);
        }
        whole
    }
}

/// A share of a whole, in seven steps.
pub(super) fn share(part: usize, whole: usize) -> &'static Part<'static> {
    if part == 0 {
        return part!("0");
    }
    match part * 10 / whole.max(1) {
        0 => part!("<.1"),
        1 => part!(".1"),
        2 => part!(".2"),
        3..=4 => part!(".3"),
        5..=6 => part!(".5"),
        7..=8 => part!(".7"),
        _ => part!(".9"),
    }
}

/// A length, in eight steps.
pub(super) fn size(count: usize) -> &'static Part<'static> {
    match count {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3 => part!("3"),
        4..=5 => part!("4-5"),
        6..=8 => part!("6-8"),
        9..=14 => part!("9-14"),
        _ => part!("15+"),
    }
}
