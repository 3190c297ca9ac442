//! What is only said of how somebody stands: `I can, but I have to be back by ten`, `the lady says she needs to
//! catch a train, so take her first`.

use crate::action::opener::Agent;
use crate::clause::Head;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::list;

/// `I can, but need to be back by 11`: what the one who takes it on makes a condition.
pub(super) fn on_condition(sentence: &Sentence, draft: &Draft) -> bool {
    let Some(verb) = verb_of(sentence, draft) else {
        return false;
    };
    let returns = match sentence.lower(verb) {
        "be" => sentence.token(verb + 1).is_some_and(|next| {
            next.any(list!["back", "home", "off", "gone", "out", "away", "there"])
        }),
        "leave" | "get" => sentence.token(verb + 1).is_none_or(|next| {
            !next.is_word() || next.any(list!["by", "at", "before", "back", "home"])
        }),
        _ => false,
    };
    if !returns {
        return false;
    }
    let start = sentence.clauses[draft.clause].start;
    let but = (start.saturating_sub(2)..start)
        .any(|word| matches!(sentence.lower(word), "but" | "though"));
    // `sure, I'd do it, but …`
    let can = (0..start.saturating_sub(2)).any(|word| {
        matches!(sentence.lower(word), "i" | "we")
            && matches!(
                sentence.lower(word + 1),
                "can" | "could" | "will" | "'ll" | "'d"
            )
    });
    but && can
}

/// `the lady says she needs to be at the station, so take her first`: why something else is asked for.
pub(super) fn others_need(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let third =
        draft.agent == Agent::Third && matches!(sentence.lower(start), "he" | "she" | "they");
    third
        && start > 1
        && matches!(sentence.lower(start - 1), "says" | "said" | "say" | "reckons")
        && sentence.clauses[draft.clause + 1..].iter().any(|later| {
            matches!(&later.head, Head::Action(opener) if matches!(opener.agent, Agent::Unsaid | Agent::Addressee))
        })
}

/// The verb of a deed.
fn verb_of(sentence: &Sentence, draft: &Draft) -> Option<usize> {
    match &sentence.clauses[draft.clause].head {
        Head::Action(opener) => Some(opener.verb),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_condition_of_who_takes_it_on_is_no_task() {
        for answer in [
            "I can, but need to be back by 11pm",
            "I can but I have to be home by 10",
            "yes I could, but I must leave by nine",
        ] {
            let text =
                format!("Ina: hey, any lift from the gig tomorrow?\nRob: {answer}\nIna: perfect\n");
            assert_eq!(found(&text), [""; 0], "{text}");
        }
        assert_eq!(
            found("Ina: ok?\nRob: I can't, but I have to be at the depot by ten tomorrow\n").len(),
            1
        );
    }

    #[test]
    fn what_others_are_said_to_need_is_why_something_is_asked_for() {
        assert_eq!(
            found(
                "Base: the lady says she needs to be at the station by two so fetch the trunk first\nCab: ten four?\n"
            ),
            ["Fetch the trunk"]
        );
    }
}
