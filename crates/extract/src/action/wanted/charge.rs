//! Things that are said to be somebody's: `the raffle is on you`, `that leaves the cables to Jules`,
//! `the programme is your job`.

use std::ops::Range;

use crate::action::opener::{Agent, Opener, Shape, subject as person};
use crate::clause::View;

/// Which form it is, in words.
const RULE: &str = "said to be somebody's to do";

/// What is paid for others, felt or owned, and no work.
const NO_WORK: &[&str] = &[
    "lunch",
    "dinner",
    "breakfast",
    "drinks",
    "drink",
    "beer",
    "beers",
    "coffee",
    "round",
    "treat",
    "pleasure",
    "fault",
    "blame",
    "choice",
    "decision",
    "joke",
    "ball",
    "call",
    "pressure",
    "eyes",
    "everything",
    "all",
    "it",
    "that",
    "this",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "there",
    "what",
    "which",
    "who",
    "rest",
    "hope",
    "honour",
    "honor",
    "spotlight",
    "light",
    "lights",
    "sun",
    "dog",
    "cat",
    "him",
    "her",
    "love",
    "mum",
    "dad",
];

/// Words for what somebody has to do.
const WORK: &[&str] = &[
    "job",
    "task",
    "baby",
    "department",
    "responsibility",
    "duty",
    "homework",
    "part",
    "turn",
];

/// Reads the words behind a subject as a charge to somebody.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    leaves(view, subject.clone(), at).or_else(|| rests(view, subject, at))
}

/// `that leaves the extension cables to you`
fn leaves(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let pronoun = subject.len() == 1 && view.any(subject.start, &["that", "this", "which"]);
    if !pronoun || !view.any(at, &["leaves", "left"]) {
        return None;
    }
    let mark = view.next_mark(at + 1, 10);
    let to = (at + 2..mark).find(|word| view.any(*word, &["to", "for", "with"]))?;
    let (agent, end) = person(view, to + 1)?;
    let thing = view.any(at + 1, &["the", "a", "an", "our", "my", "your"]) && to > at + 2;
    (thing && (end >= mark || view.is_mark(end) || view.get(end).is_some_and(|t| t.capital)))
        .then(|| charged(agent, at, at + 1..to, end))
}

/// `the raffle is on you`, `the seating plan is your job`, `snacks are Ava's turn`.
fn rests(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    if !view.any(at, &["is", "are", "'s"]) || view.is(subject.end.wrapping_sub(1), "not") {
        return None;
    }
    let work = (subject.clone()).all(|word| !view.any(word, NO_WORK))
        && view.get(subject.start).is_some_and(|token| {
            token.any(&["the", "a", "your", "our", "my"])
                || token.is_word() && subject.len() <= 4 && token.lower.ends_with('s')
        })
        && crate::person::name(view, subject.start).is_none_or(|(_, end)| end != subject.end);
    if !work {
        return None;
    }
    let behind = at + 1 + usize::from(view.any(at + 1, &["all", "still", "now", "up", "down"]));
    let over = |end: usize| {
        end >= view.len()
            || view.is_mark(end)
            || view.any(
                end,
                &["this", "again", "then", "and", "please", "so", "though"],
            )
    };
    let (agent, end) = if view.any(behind, &["on", "to"]) {
        let up = view.any(behind - 1, &["up", "down"]);
        let (agent, end) = person(view, behind + 1)?;
        // What is on us is a present.
        ((view.is(behind, "on") || up) && agent != Agent::We).then_some((agent, end))?
    } else if view.any(behind, &["your", "my"]) && view.any(behind + 1, WORK) {
        let agent = if view.is(behind, "my") {
            Agent::Speaker
        } else {
            Agent::Addressee
        };
        (agent, behind + 2)
    } else {
        let (agent, end) = person(view, behind)?;
        (view.is(end, "'s") && view.any(end + 1, WORK)).then_some((agent, end + 2))?
    };
    over(end).then(|| charged(agent, at, subject, end))
}

fn charged(agent: Agent, verb: usize, object: Range<usize>, resume: usize) -> Opener {
    Opener {
        shape: Shape::Thing { verb: "do", object },
        firm: true,
        resume,
        ..Opener::said(RULE, agent, verb, 0.7)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_is_left_to_somebody_is_a_task() {
        for text in [
            "Mo has the tables and Lin the chairs, so that leaves the lanterns to you.",
            "The raffle is on you this time.",
            "The floor plan is your job, Oskar.",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn treats_and_blame_are_no_work() {
        for text in [
            "Lunch is on me!",
            "The fault is on you.",
            "The cat is on the roof.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
