//! The second verb of a task that is one deed told by two.

use crate::action::opener::{Opener, Shape};
use crate::lexicon::{self, Verb};
use crate::sentence::Sentence;
use crate::token::list;

/// The verb of a second deed in its plain form: `the lease and returned to Ida` is `the lease and return to
/// Ida`, and of `Ida orders the lamps and hangs them` the lamps are hung.
pub(super) fn actively(
    sentence: &Sentence,
    opener: &Opener,
    tokens: &[usize],
    rest: String,
) -> String {
    let form = |word: usize, of: fn(&Verb) -> bool| {
        let verb = sentence.tokens.get(word).and_then(|token| token.verb);
        verb.is_some_and(|verb| of(&verb) && !verb.forms.base)
    };
    let third = |verb: &Verb| verb.forms.third;
    let told = match opener.shape {
        Shape::Passive { .. } | Shape::Causative { .. } => false,
        Shape::Active if (sentence.at.get(opener.verb)).is_some_and(|at| form(*at, third)) => true,
        _ => return rest,
    };
    let joined = tokens.windows(2).find(|pair| {
        // `the plates and cups`: what something is done to is a verb.
        let acts = || {
            let next = sentence.tokens.get(pair[1] + 1);
            next.is_some_and(|next| next.any(list!["it", "them", "the", "a", "an", "him", "her"]))
        };
        sentence.tokens[pair[0]].any(list!["and", "or"])
            && if told {
                form(pair[1], third) && acts()
            } else {
                form(pair[1], |verb| verb.forms.participle)
            }
    });
    let Some(pair) = joined else { return rest };
    let (and, verb) = (&sentence.tokens[pair[0]], &sentence.tokens[pair[1]]);
    rest.replacen(
        &format!("{} {}", and.lower, verb.lower),
        &format!("{} {}", and.lower, lexicon::plain_form(&verb.lower)),
        1,
    )
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_second_verb_is_told_as_the_first_one_is() {
        assert_eq!(
            found("Ida orders the lamps and hangs them by Friday."),
            ["Order the lamps and hang them"]
        );
        assert_eq!(
            found("Ida brings the plates and cups on Friday."),
            ["Bring the plates and cups"]
        );
    }
}
