//! Deeds that somebody has done: `have the kitchen painted`, `get the ramp put out`.

use std::ops::Range;

use super::opener::{Agent, Opener, Shape, acceptable};
use crate::clause::View;
use crate::token::{List, list};

/// Words that can stand behind the verb, which is then no part of a noun.
const BEHIND: List<'static> = list![
    "by",
    "before",
    "at",
    "on",
    "for",
    "in",
    "and",
    "down",
    "up",
    "off",
    "out",
    "to",
    "again",
    "then",
    "so",
    "away",
    "back",
    "over",
    "as",
    "until",
    "first",
    "with",
    "or",
    "if",
    "when",
    "asap",
    "please",
    "because",
    "today",
    "this",
    "next",
    "via",
    "through",
    "without",
    "but",
    "after",
    "beforehand",
    "afterwards",
    "soon",
    "properly",
    "professionally",
    "immediately",
    "tomorrow",
    "tonight",
    "right",
];

/// What somebody needs doing to a thing of theirs.
const MENDING: List<'static> = list![
    "mending",
    "checking",
    "fixing",
    "repairing",
    "cleaning",
    "washing",
    "signing",
    "painting",
    "cutting",
    "trimming",
    "servicing",
    "replacing",
    "moving",
    "collecting",
    "charging",
    "filling",
    "changing",
    "feeding",
    "walking",
    "sorting",
    "posting",
    "printing",
    "updating",
    "ironing",
    "picking",
    "proofreading",
    "renewing",
];

/// Longest way to the verb, in words.
const LONGEST: usize = 9;

/// `have the kitchen painted`: the object and the index of the verb.
pub(crate) fn causative(view: &View<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let end = view.len().min(at + LONGEST);
    for verb in at + 2..end {
        if view.is_mark(verb) || view.any(verb, list!["to", "for", "with", "from", "and"]) {
            return None;
        }
        // `she needs her prescription picking up`
        let doing = view.any(at, list!["need", "needs", "want", "wants"])
            && verb > at + 2
            && view.any(verb, MENDING);
        let read = view.verb(verb).filter(|read| {
            (read.forms.participle || doing)
                && (!read.forms.base
                    || view.is_mark(verb + 1)
                    || crate::summary::particle(view.lower(verb + 1)) && view.is_mark(verb + 2))
                // `needs its filters fitted`
                && (acceptable(view, verb, read.lean) || view.is(verb, "fitted"))
        });
        // `have it felled`: a verb that is not on the list shows itself by its ending.
        let unlisted = view.verb(verb).is_none()
            && verb == at + 2
            && view.any(at + 1, list!["it", "them", "this", "that"])
            && view
                .get(verb)
                .is_some_and(|token| token.lower.len() > 4 && token.lower.ends_with("ed"));
        if read.is_some() || unlisted {
            // A date between them parts the words.
            let adjacent = view.at.get(verb + 1) == view.at.get(verb).map(|at| at + 1).as_ref();
            let noun_follows = adjacent
                && view
                    .get(verb + 1)
                    .is_some_and(|token| token.is_word() && !token.any(BEHIND));
            return (!noun_follows).then_some((at + 1..verb, verb));
        }
    }
    None
}

/// `Joost has the certificate stamped`, `Benedetta gets it typeset`: what somebody sees to, as agreed.
pub(super) fn told(view: &View<'_>, (agent, at): (Agent, usize)) -> Option<Opener> {
    let named = matches!(&agent, Agent::Named(name) if !name.contains(" and "));
    if !named || !view.any(at, list!["has", "gets"]) {
        return None;
    }
    let (object, verb) = causative(view, at)?;
    let definite = view.any(
        object.start,
        list![
            "the", "it", "them", "a", "an", "his", "her", "their", "our", "my", "your"
        ],
    );
    definite.then(|| Opener {
        shape: Shape::Causative { object },
        weak: true,
        ..Opener::said(super::IS_AGREED, agent, verb, 0.7)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_somebody_has_done_is_seen_to() {
        assert_eq!(
            found("Joost has the lift certificate stamped by Friday."),
            ["Have the lift certificate stamped"]
        );
        assert_eq!(
            found("The flyer is ready; Benedetta gets it printed by Friday."),
            ["Get the flyer printed"]
        );
    }

    #[test]
    fn what_somebody_has_is_no_deed() {
        assert!(found("Joost has the keys.").is_empty());
        assert!(found("Joost has the keys with him on Friday.").is_empty());
    }
}
