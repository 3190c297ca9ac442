//! Who takes care of what the text has just named: `we send the offer this week (Tarek, please take care of that)`.

use super::super::State;
use crate::action::opener::{Agent, Opener};
use crate::draft::Draft;
use crate::due;
use crate::token::{List, list};

/// What stands for the deeds before.
const POINTS: List<'static> = list![
    "it", "that", "this", "these", "those", "them", "both", "all",
];

impl State<'_> {
    /// Gives the deed before to the one who takes care of it; whether there is nothing to do besides.
    pub(super) fn cares(
        &mut self,
        index: usize,
        clause: usize,
        opener: &Opener,
        tokens: &[usize],
    ) -> bool {
        if !self.only_cares(index, opener, tokens) {
            return false;
        }
        let source = self.source;
        let sentence = &source.sentences[index];
        let block = sentence.unit.place.block;
        let near = |draft: &Draft| {
            let own = source.sentences[draft.sentence].unit.place.block;
            let beside = own == block && draft.sentence + 1 >= index;
            draft.alive && (beside || source.document.chat && own.abs_diff(block) <= 4)
        };
        let Some(at) = self.drafts.iter().rposition(near) else {
            // Once somebody has it, what was only told of is asked for.
            let told = self.dropped.is_some_and(|(at, _)| {
                at + 1 >= index && source.sentences[at].unit.place.block == block
            });
            return told;
        };
        let agent = self.agent(index, clause, opener);
        let open = matches!(
            self.drafts[at].agent,
            Agent::Unsaid | Agent::Anyone | Agent::We
        );
        let taker = match agent {
            Agent::We | Agent::Anyone => None,
            _ => self.people.assignee(source, index, &agent),
        };
        if taker.is_some() && (open || self.drafts[at].assignee.is_none()) {
            self.drafts[at].assignee = taker;
            self.drafts[at].agent = agent;
        }
        if self.drafts[at].due.is_none() {
            self.drafts[at].due = due::choose(source, sentence, clause);
        }
        true
    }

    /// `take care of that`, `see to it`, `handle this`: no deed is named.
    fn only_cares(&self, index: usize, opener: &Opener, tokens: &[usize]) -> bool {
        let sentence = &self.source.sentences[index];
        let Some(verb) = sentence.token(opener.verb).and_then(|token| token.verb) else {
            return false;
        };
        let small = match verb.base {
            "take" => list!["care", "of"],
            "see" => list!["to"],
            "deal" | "handle" => list!["with"],
            _ => return false,
        };
        let points = |at: &usize| sentence.tokens[*at].any(POINTS);
        let led = verb.base != "take" || tokens.iter().any(|at| sentence.tokens[*at].is("care"));
        led && tokens.iter().any(points)
            && tokens
                .iter()
                .all(|at| points(at) || sentence.tokens[*at].any(small))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, found};

    #[test]
    fn who_takes_care_of_a_deed_does_it() {
        for (text, summary, name) in [
            (
                "We have to renew the lease by Friday. Kim, please take care of that.",
                "Renew the lease",
                "Kim",
            ),
            (
                "Flyers need to be printed by Monday. Emily takes care of it.",
                "Print flyers",
                "Emily",
            ),
            (
                "Somebody has to book the rink. Nora, can you take care of that?",
                "Book the rink",
                "Nora",
            ),
            (
                "We send the printer the flyer this week (Tarek, please take care of that).",
                "Send the printer the flyer",
                "Tarek",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(assignees(text), [Some(name.to_owned())], "{text}");
        }
        let text = "Somebody has to book the rink. Nora will take care of it by Friday.";
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
    }

    #[test]
    fn what_we_decided_and_somebody_does_is_asked_for() {
        for (text, summary, name) in [
            (
                "We cancel the gym contract. Tomke does it.",
                "Cancel the gym contract",
                "Tomke",
            ),
            (
                "We repaint the shed. Kofi does that by Monday.",
                "Repaint the shed",
                "Kofi",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(assignees(text), [Some(name.to_owned())], "{text}");
        }
        for text in [
            "We sell pianos. Tomke plays.",
            "We repaint the shed. Does it matter?",
            "We love the piano. What does it cost?",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_named_or_was_looked_after_is_not_the_deed_before() {
        assert_eq!(
            found("Please order salt. Kim, please take care of the hens."),
            ["Order salt", "Take care of the hens"]
        );
        for text in [
            "It all went well, Kim took care of it.",
            "Take care of yourself!",
            "Our neighbour takes care of the cat.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
