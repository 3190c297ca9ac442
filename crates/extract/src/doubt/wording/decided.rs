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

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_a_decision_does_is_done() {
        assert!(found("We decided to postpone the fair to 14 April.").is_empty());
        assert!(found("They agreed to drop the plan for Friday.").is_empty());
        assert_eq!(
            found("We decided to paint the hall on Friday."),
            ["Paint the hall"]
        );
    }
}
