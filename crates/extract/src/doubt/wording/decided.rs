//! What is done by being decided: `we decided to postpone the launch`, `they agreed to drop the plan`.

use crate::clause::Head;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, list};

/// Deeds that a decision does.
const BY_WORD: List<'static> = list![
    "postpone", "delay", "cancel", "drop", "scrap", "shelve", "keep", "stick", "skip", "abandon",
    "wait", "leave", "defer", "extend", "stop", "adjourn",
];

/// Whether the words of a draft tell of such a decision.
pub(super) fn decided(sentence: &Sentence, draft: &Draft) -> bool {
    let own = &sentence.clauses[draft.clause];
    if (own.start..own.full.end).any(|word| sentence.lower(word) == "go" && chosen(sentence, word))
    {
        return true;
    }
    let Head::Action(opener) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let verb = opener.verb;
    let base = sentence.token(verb).and_then(|token| token.verb);
    verb >= 2
        && base.is_some_and(|verb| BY_WORD.holds(verb.base))
        && sentence.lower(verb - 1) == "to"
        && matches!(sentence.lower(verb - 2), "decided" | "agreed" | "resolved")
}

/// `we'd like to go with the grey tiles`, `let's go with option 2`: which of several is taken, and nobody goes
/// anywhere.
fn chosen(sentence: &Sentence, verb: usize) -> bool {
    let thing = sentence.token(verb + 2).is_some_and(|token| {
        token.any(list![
            "the", "option", "options", "menu", "plan", "version", "variant", "model", "design",
            "number",
        ])
    });
    // `go with the children to the zoo`
    let whither = || {
        (verb + 3..sentence.at.len())
            .any(|word| matches!(sentence.lower(word), "to" | "into" | "see"))
    };
    sentence.lower(verb + 1) == "with" && thing && !whither()
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_a_decision_does_is_done() {
        assert!(found("We decided to postpone the fair to 14 April.").is_empty());
        assert!(found("They agreed to drop the plan for Friday.").is_empty());
        for text in [
            "We'd like to go with the grey tiles but without the border.",
            "I'd like to go with option 2 for the leaflet.",
            "Let's go with the smaller tent.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert_eq!(
            found("I need to go with the cubs to the zoo on Friday.").len(),
            1
        );
        assert_eq!(
            found("We decided to paint the hall on Friday."),
            ["Paint the hall"]
        );
    }
}
