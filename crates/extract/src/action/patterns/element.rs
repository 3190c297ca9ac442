//! The words of a wording, and what a sentence needs to have for it.

use crate::token::List;

/// One word of a pattern.
#[derive(Debug)]
pub(in crate::action) enum Element {
    Words {
        any: List<'static>,
        optional: bool,
    },
    Who,
    Adverbs,
    Base,
    /// The past form, for what is wished: `I'd rather you brought the chairs`.
    Past,
    Ing,
    /// The plain form behind a name, as an order: `Lou bring the box`.
    Told,
    /// An order as it could stand alone: `Physio says do the exercises`.
    Order,
    /// The form that goes with the subject: `Ingrid prints`, `I print`.
    Does,
    Thing(&'static str),
}

impl Element {
    /// Reads a word of a wording as it is written.
    pub(super) fn read(word: &'static str) -> Self {
        match word {
            "<who>" => Self::Who,
            "<adv>" => Self::Adverbs,
            "<do>" => Self::Base,
            "<doing>" => Self::Ing,
            "<did>" => Self::Past,
            "<does>" => Self::Does,
            "<told>" => Self::Told,
            "<order>" => Self::Order,
            _ => {
                if let Some(verb) = word
                    .strip_prefix("<thing:")
                    .and_then(|rest| rest.strip_suffix('>'))
                {
                    return Self::Thing(verb);
                }
                let (words, optional) = match word.strip_suffix('?') {
                    Some(words) if !words.is_empty() => (words, true),
                    _ => (word, false),
                };
                Self::Words {
                    any: List::kept(words.split('|').collect()),
                    optional,
                }
            }
        }
    }
}

/// The bits of the two words behind the first that fewest sentences have.
pub(super) fn needs(elements: &[Element]) -> [u64; 2] {
    let bits = elements.iter().skip(1).filter_map(|element| match element {
        Element::Words {
            any,
            optional: false,
        } => Some(any.bits()),
        _ => None,
    });
    let mut bits: Vec<u64> = bits.collect();
    bits.sort_by_key(|bits| bits.count_ones());
    let need = |at: usize| bits.get(at).copied().unwrap_or(u64::MAX);
    [need(0), need(1)]
}
