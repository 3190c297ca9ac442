//! What is not to be forgotten, told by what needs doing: `don't forget the dog needs walking`, `remember that the
//! rent has to be paid on Friday`.

use super::opener::{Agent, Opener, subject};
use super::patterns::REMINDER;
use crate::clause::View;
use crate::token::list;

/// Reads the deed behind such words; whoever is called in front of them is told to do it.
pub(super) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    let (agent, at) = if view.any(start, list!["do", "remember"]) {
        (None, start)
    } else {
        // `Kim, don't forget the bins need emptying`
        let forget = (start + 1..start + 4).find(|at| view.is(*at, "do"))?;
        if !(view.any(forget + 1, list!["n't", "not"]) && view.is(forget + 2, "forget")) {
            return None;
        }
        let (who, end) = subject(view, start)?;
        let end = end + usize::from(view.is(end, ","));
        (Some(who).filter(|_| end == forget), forget)
    };
    let behind = if view.is(at, "remember") {
        at + 1
    } else if view.any(at + 1, list!["n't", "not"]) && view.is(at + 2, "forget") {
        at + 3
    } else {
        return None;
    };
    let thing = behind + usize::from(view.is(behind, "that"));
    if view.any(thing, list!["to", "about", "i", "you", "we"]) {
        return None;
    }
    let opener = super::passive::read(view, thing).filter(|opener| !opener.negated)?;
    let agent = match (opener.agent, agent) {
        (Agent::Unsaid, Some(who)) => who,
        (told, _) => told,
    };
    Some(Opener {
        agent,
        rule: REMINDER,
        firm: true,
        weak: false,
        confidence: 0.9,
        ..opener
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, summaries};

    #[test]
    fn what_is_not_to_be_forgotten_is_what_needs_doing() {
        for (text, task) in [
            ("Don't forget the dog needs walking at 6.", "Walk the dog"),
            (
                "And don't forget the hedge needs trimming",
                "Trim the hedge",
            ),
            (
                "Remember that the rent has to be paid by Friday.",
                "Pay the rent",
            ),
            ("pls dont forget gran needs picking up", "Pick up gran"),
        ] {
            assert_eq!(summaries(text), [task], "{text}");
        }
        let text = "Kim, don't forget the bins need emptying on Friday";
        assert_eq!(summaries(text), ["Empty the bins"]);
        assert_eq!(assignees(text), [Some("Kim".to_owned())]);
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
    }

    #[test]
    fn what_is_only_remembered_asks_for_nothing() {
        assert_eq!(summaries("I don't remember what needs doing."), [""; 0]);
        assert_eq!(summaries("Don't forget to ring Ana."), ["Ring Ana"]);
    }
}
