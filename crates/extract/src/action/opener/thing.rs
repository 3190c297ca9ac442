//! Things to which a wording supplies the verb: `I need a gift`, `you owe me the slides`.

use super::{Agent, Match, Opener, Shape, opener};
use crate::action::patterns::Pattern;
use crate::action::unlisted::thing_end;
use crate::action::wanted::from_us;
use crate::clause::View;
use crate::token::{List, list};

/// Reads the thing at which the words of a pattern end, to which a verb is supplied.
pub(super) fn thing(
    view: &View<'_>,
    state: &Match<'_>,
    pattern: &Pattern,
    verb: &'static str,
) -> Option<Opener> {
    let at = state.at;
    let end = thing_end(view, at);
    // `Ida needs the signed form from me by Friday`
    let (end, verb) = match from_us(view, at + 1..end) {
        Some(from) if verb == "get" && matches!(*state.agent, Agent::Named(_)) => (from, "send"),
        _ => (end, verb),
    };
    if verb == "get"
        && let Some(deed) = for_somebody(view, at)
    {
        return Some(opener(view, pattern, state, deed, Shape::Active, deed + 1));
    }
    // `needs signing` is what needs to be done.
    let doing = view
        .verb(at)
        .is_some_and(|verb| verb.forms.ing && !verb.forms.base)
        && verb == "get";
    // `I'm out of the office`: where somebody is, and nothing to buy.
    let place = at + usize::from(view.is(at, "the"));
    let away = verb == "buy"
        && view.any(
            place,
            list![
                "office", "town", "time", "luck", "touch", "reach", "hours", "country", "house",
                "building", "loop", "city", "woods",
            ],
        );
    let pronoun = view.any(at, list!["to", "it", "that", "you", "me", "help"]);
    // `I owe Kim for the tickets`
    let why = verb == "give" && view.any(at, list!["for", "from", "on"]);
    // `I need a gift by Friday`, but not `a break`, `a yes or no`
    let counted = verb == "give"
        || pattern.elements.len() >= 5
        || !view.is(at, "a")
        || verb == "get"
            && !matches!(*state.agent, Agent::Named(_) | Agent::Third)
            && !view.any(at + 1, NO_THINGS);
    (end > at && counted && !(away || doing || pronoun || why)).then(|| {
        // `I still owe Tom an answer`: it is given to him.
        let named = verb == "give" && view.get(at - 1).is_some_and(|token| token.capital);
        let shape = Shape::Thing {
            verb,
            object: at - usize::from(named)..end,
        };
        opener(view, pattern, state, at, shape, end)
    })
}

/// `needs someone from product to look at the copy`: the verb of what somebody is needed for.
fn for_somebody(view: &View<'_>, at: usize) -> Option<usize> {
    if !(view.any(at, list!["someone", "somebody", "anyone"])
        && view.any(at + 1, list!["from", "in", "at", "with"]))
    {
        return None;
    }
    let to = (at + 3..view.next_mark(at, 7)).find(|to| view.is(*to, "to"))?;
    let verb = view.base_verb(to + 1)?;
    super::acceptable(view, to + 1, verb.lean).then_some(to + 1)
}

/// What nobody can get from a shop or a drawer.
const NO_THINGS: List<'static> = list![
    "break",
    "holiday",
    "yes",
    "no",
    "decision",
    "answer",
    "hand",
    "lift",
    "ride",
    "favour",
    "favor",
    "word",
    "minute",
    "moment",
    "nap",
    "drink",
    "hug",
    "volunteer",
    "person",
    "second",
    "better",
    "lawyer",
    "plan",
    "reason",
    "job",
    "change",
    "rest",
    "bit",
    "lot",
    "way",
    "name",
    "day",
    "week",
    "few",
    "couple",
    "reply",
    "response",
    "count",
    "chat",
    "talk",
    "call",
];

#[cfg(test)]
mod tests {
    use crate::testing::summaries;

    #[test]
    fn what_somebody_of_a_group_is_needed_for_is_the_deed() {
        assert_eq!(
            summaries(
                "Jo: emails drafted, needs someone from product to look at the copy -> Sam will do it today"
            ),
            ["Look at the copy"]
        );
        assert_eq!(
            summaries("We need somebody from the office to sign the forms by Friday."),
            ["Sign the forms"]
        );
    }
}
