//! Sentences that only say what the ones behind them are about.

use super::Source;
use crate::hash::HashSet;
use crate::lexicon;
use crate::token::{Kind, list};

/// `3. Rents. Sheila will send …`: the few words that open the items of minutes are what they are
/// about, where most items open so.
pub(super) fn topics(source: &Source<'_>) -> HashSet<usize> {
    let opens = |index: &usize| {
        let sentence = &source.sentences[*index];
        let goes_on = source
            .sentences
            .get(index + 1)
            .is_some_and(|next| next.unit.place.block == sentence.unit.place.block);
        let words = sentence.tokens.iter().filter(|token| token.is_word());
        let few = words.count();
        // `5. Complaint re noise before 8am. It won't happen again.`
        let about = (5..=8).contains(&few)
            && sentence
                .tokens
                .iter()
                .skip(1)
                .any(|token| token.any(list!["re", "regarding"]));
        sentence.unit.place.first
            && goes_on
            && (about || sentence.date_tokens().is_empty() && (1..=4).contains(&few))
            && sentence.tokens.last().is_some_and(|token| token.is("."))
            && sentence.tokens.first().is_some_and(|token| {
                token.capital || !token.is_word() || token.kind == Kind::Number
            })
    };
    let found: HashSet<usize> = (0..source.sentences.len()).filter(opens).collect();
    let nouns = found
        .iter()
        .filter(|index| {
            let first = source.sentences[**index].token(0);
            first.is_none_or(|token| {
                token
                    .verb
                    .is_none_or(|verb| !verb.forms.base || verb.lean == lexicon::Lean::Noun)
            })
        })
        .count();
    if nouns >= 2 && nouns * 2 >= found.len() {
        found
    } else {
        HashSet::default()
    }
}
