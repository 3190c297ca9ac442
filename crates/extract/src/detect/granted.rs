//! What one asked for, and another agreed to: `Ida asked for a new floor plan. Bo agreed.`

use super::State;
use crate::action::opener::{Agent, Opener, Shape, subject};
use crate::clause::{Head, View};
use crate::token::{List, list};

/// Rule of what was asked for and granted.
pub(crate) const RULE: &str = "asked for, and agreed to";

/// Longest words for what was asked for.
const LONGEST: usize = 12;

impl State<'_> {
    /// The thing that a clause says somebody asked for, where the next words say who agreed.
    pub(super) fn granted(&self, index: usize, clause: usize) -> Option<Opener> {
        let source = self.source;
        let sentence = &source.sentences[index];
        let found = &sentence.clauses[clause];
        let view = sentence.view(&source.document.people);
        if !view.may_have(list!["asked", "requested"]) || sentence.question || source.document.chat
        {
            return None;
        }
        if !matches!(found.head, Head::Statement | Head::Blocked | Head::Phrase) {
            return None;
        }
        let (asker, verb) = subject(&view, found.start)?;
        let named = matches!(asker, Agent::Named(_) | Agent::Third | Agent::We);
        let from = verb
            + match () {
                () if view.is(verb, "asked") && view.is(verb + 1, "for") => 2,
                () if view.is(verb, "requested") => 1,
                () => return None,
            };
        let end = view.next_mark(from, LONGEST);
        let thing = view.any(
            from,
            list![
                "a", "an", "the", "more", "some", "two", "three", "his", "her", "their", "another"
            ],
        ) && from + 1 < end;
        let agent = agrees(&view, end + 1).or_else(|| {
            let next = source.sentences.get(index + 1)?;
            (next.unit.place.block == sentence.unit.place.block && end + 1 >= view.len())
                .then(|| agrees(&next.view(&source.document.people), 0))?
        });
        (named && thing).then(|| {
            Some(Opener {
                shape: Shape::Thing {
                    verb: "provide",
                    object: from..end,
                },
                resume: end,
                ..Opener::said(RULE, agent?, verb, 0.7)
            })
        })?
    }
}

/// `Bo agreed`, `and Bo will oblige`, `Bo said yes`: who agrees, where nothing else is said.
fn agrees(view: &View<'_>, start: usize) -> Option<Agent> {
    const AGREED: List<'static> = list!["agreed", "accepted", "consented", "obliges"];
    let start = start + usize::from(view.any(start, list!["and", ",", "which"]));
    let (agent, at) = subject(view, start)?;
    let one = matches!(agent, Agent::Named(_) | Agent::Speaker);
    let end = match () {
        () if view.any(at, AGREED) => at + 1,
        () if view.any(at, list!["will", "is"])
            && view.any(at + 1, list!["oblige", "happy", "fine"]) =>
        {
            at + 2
        }
        () if view.is(at, "said") && view.any(at + 1, list!["yes", "ok", "okay", "fine"]) => at + 2,
        () => return None,
    };
    (one && (end >= view.len() || view.is_mark(end))).then_some(agent)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn what_is_asked_for_and_agreed_to_is_to_be_done() {
        for (text, summary) in [
            (
                "Ida asked for an updated floor plan. Bo agreed.",
                "Provide the updated floor plan",
            ),
            (
                "Ines asked for a second key, and Bo agreed, no rush.",
                "Provide the second key",
            ),
            (
                "Mr Beck requested a copy of the lease. Bo said yes.",
                "Provide the copy of the lease",
            ),
        ] {
            assert_eq!(found(text).len(), 1, "{text}: {summary}");
            assert_eq!(assignees(text), [Some("Bo".to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_only_asked_for_or_already_given_is_none() {
        for text in [
            "Ida asked for an updated floor plan.",
            "Ida asked for a volunteer. Bo agreed with Ines about the colour.",
            "Ida asked for a day off. Everybody agreed.",
            "Ida asked for directions and Bo laughed.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
