//! What a firm does for whoever reads: `our technician will install your connection on 6 August`.

use crate::action::opener::Agent;
use crate::clause::Head;
use crate::draft::Draft;
use crate::sentence::Sentence;

/// Words between the verb and what it is done to, at most.
const NEAR: usize = 3;

/// Whether the words of a draft announce such a service.
pub(super) fn serves(sentence: &Sentence, draft: &Draft) -> bool {
    let clause = &sentence.clauses[draft.clause];
    let Head::Action(opener) = &clause.head else {
        return false;
    };
    matches!(opener.agent, Agent::Named(_))
        && sentence.lower(clause.start) == "our"
        && (opener.verb + 1..=opener.verb + NEAR).any(|word| sentence.lower(word) == "your")
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_a_firm_does_for_its_customer_is_announced() {
        assert!(found("Our technician will replace your meter on 6 August.").is_empty());
        assert_eq!(
            found("Our technician will replace the meter on 6 August."),
            ["Replace the meter"]
        );
    }
}
