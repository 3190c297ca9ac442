//! Things that are said to be somebody's: `the raffle is on you`, `that leaves the cables to Jules`,
//! `the programme is your job`.

use std::ops::Range;

use crate::action::opener::{Agent, Opener, Shape, subject as person};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// Which form it is, in words.
const RULE: &str = "said to be somebody's to do";

/// What is paid for others, felt or owned, and no work.
const NO_WORK: List<'static> = list![
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
const WORK: List<'static> = list![
    "job",
    "task",
    "baby",
    "department",
    "responsibility",
    "duty",
    "homework",
    "part",
    "turn",
    "affair",
    "business",
    "remit",
    "domain",
    "chore",
    "errand",
    "patch",
    "territory",
    "work",
];

/// Reads the words behind a subject as a charge to somebody.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    leaves(view, subject.clone(), at)
        .or_else(|| falls(view, subject.clone(), at))
        .or_else(|| comes_next(view, subject.clone(), at))
        .or_else(|| rests(view, subject, at))
}

/// `that leaves the extension cables to you`
fn leaves(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let pronoun = subject.len() == 1 && view.any(subject.start, list!["that", "this", "which"]);
    if !pronoun || !view.any(at, list!["leaves", "left"]) {
        return None;
    }
    let mark = view.next_mark(at + 1, 10);
    let to = (at + 2..mark).find(|word| view.any(*word, list!["to", "for", "with"]))?;
    let (agent, end) = person(view, to + 1)?;
    let thing = view.any(at + 1, list!["the", "a", "an", "our", "my", "your"]) && to > at + 2;
    (thing && (end >= mark || view.is_mark(end) || view.get(end).is_some_and(|t| t.capital)))
        .then(|| charged(agent, at, at + 1..to, end))
}

/// `the packing falls to Ines`, `proofreading it rests with you`.
fn falls(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let deed = is_deed(view, &subject);
    let to = view.any(at, list!["falls", "fall", "fell"]) && view.is(at + 1, "to")
        || deed && view.any(at, list!["goes", "passes", "went"]) && view.is(at + 1, "to")
        || view.any(at, list!["stays", "stay", "remains", "remain"]) && view.is(at + 1, "with")
        // `lowering the moon is for Gesine`
        || deed && view.any(at, list!["is", "'s"]) && view.is(at + 1, "for")
        || view.any(at, list!["rests", "rest", "lies", "lands", "landed"])
            && view.any(at + 1, list!["with", "on"]);
    if !to || !is_work(view, &subject) {
        return None;
    }
    let (agent, end) = person(view, at + 2)?;
    over(view, end).then(|| charge(view, agent, at, subject, end))
}

/// `coding the interviews is the next thing`, `sanding it is still to do`.
fn comes_next(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    const THINGS: List<'static> = list!["thing", "step", "job", "task", "item", "chore"];
    if !(view.any(at, list!["is", "'s"]) && is_deed(view, &subject) && subject.len() > 1) {
        return None;
    }
    let article = usize::from(view.is(at + 1, "the"));
    let still = usize::from(view.any(at + 1, list!["still", "yet"]));
    let end = if view.any(
        at + 1 + article,
        list!["next", "last", "first", "only", "remaining"],
    ) {
        let named = usize::from(view.any(at + 2 + article, THINGS));
        at + 2 + article + named
    } else if view.any(at + 1 + still, list!["to"]) && view.any(at + 2 + still, list!["do", "come"])
    {
        at + 3 + still
    } else if view.any(
        at + 1 + still,
        list!["outstanding", "overdue", "left", "open", "pending"],
    ) {
        at + 2 + still
    } else {
        return None;
    };
    over(view, end).then(|| charge(view, Agent::Unsaid, at, subject, end))
}

/// Whether the words behind a charge say no more of it.
fn over(view: &View<'_>, end: usize) -> bool {
    end >= view.len()
        || view.is_mark(end)
        || view.any(
            end,
            list![
                "this", "again", "then", "and", "please", "so", "though", "but", "before", "after",
                "once", "by",
            ],
        )
}

/// Whether the subject can be what somebody does: no person, no treat, and no mere pronoun.
fn is_work(view: &View<'_>, subject: &Range<usize>) -> bool {
    (subject.clone()).all(|word| !view.any(word, NO_WORK) || word > subject.start)
        && !view.any(subject.end.wrapping_sub(1), NO_WORK)
        && crate::person::name(view, subject.start).is_none_or(|(_, end)| end != subject.end)
        || is_deed(view, subject)
}

/// `packing it`, `the plastering itself`: the subject is a deed.
fn is_deed(view: &View<'_>, subject: &Range<usize>) -> bool {
    view.verb(subject.start)
        .is_some_and(|verb| verb.forms.ing && (verb.lean != Lean::Noun || subject.len() > 1))
}

/// `the raffle is on you`, `the seating plan is your job`, `snacks are Ava's turn`, `the bins are mine
/// to empty`.
fn rests(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    if !view.any(at, list!["is", "are", "'s"]) || view.is(subject.end.wrapping_sub(1), "not") {
        return None;
    }
    let work = is_work(view, &subject)
        && view.get(subject.start).is_some_and(|token| {
            token.any(list!["the", "a", "your", "our", "my"])
                || subject.len() > 2 && view.is(subject.start + 1, "'s")
                || token.is_word() && subject.len() <= 4 && token.lower.ends_with('s')
        })
        || is_deed(view, &subject);
    if !work {
        return None;
    }
    let behind = at + 1 + usize::from(view.any(at + 1, list!["all", "still", "now", "up", "down"]));
    let (agent, end) = if view.any(behind, list!["on", "to"]) {
        let up = view.any(behind - 1, list!["up", "down"]);
        let (agent, end) = person(view, behind + 1)?;
        // What is on us is a present.
        ((view.is(behind, "on") || up) && agent != Agent::We).then_some((agent, end))?
    } else if view.any(behind, list!["your", "my"]) && view.any(behind + 1, WORK) {
        let agent = if view.is(behind, "my") {
            Agent::Speaker
        } else {
            Agent::Addressee
        };
        (agent, behind + 2)
    } else {
        let owned = owner(view, behind);
        let bare = |at: usize| {
            view.get(at)
                .is_some_and(|token| token.is_word() && !token.capital)
        };
        if let Some((agent, end)) = owned
            && view.is(end, "to")
            && (view.base_verb(end + 1).is_some() || bare(end + 1) && over(view, end + 2))
        {
            return Some(Opener {
                shape: Shape::Passive { object: subject },
                firm: true,
                resume: end + 2,
                ..Opener::said(RULE, agent, end + 1, 0.7)
            });
        }
        let (agent, end) = person(view, behind)?;
        (view.is(end, "'s") && view.any(end + 1, WORK)).then_some((agent, end + 2))?
    };
    over(view, end).then(|| charge(view, agent, at, subject, end))
}

/// `mine`, `yours`, `Miss Ito's`: whose it is.
fn owner(view: &View<'_>, at: usize) -> Option<(Agent, usize)> {
    match view.lower(at) {
        "mine" => Some((Agent::Speaker, at + 1)),
        "yours" => Some((Agent::Addressee, at + 1)),
        "ours" => Some((Agent::We, at + 1)),
        "his" | "hers" | "theirs" => Some((Agent::Third, at + 1)),
        _ => person(view, at)
            .filter(|(_, end)| view.is(*end, "'s"))
            .map(|(agent, end)| (agent, end + 1)),
    }
}

/// What is charged to somebody: a deed by its own verb, a thing to be done.
fn charge(
    view: &View<'_>,
    agent: Agent,
    at: usize,
    subject: Range<usize>,
    resume: usize,
) -> Opener {
    if !is_deed(view, &subject) {
        return charged(agent, at, subject, resume);
    }
    let itself = view.any(subject.end - 1, list!["itself", "themselves"]);
    let object = subject.start + 1..(subject.end - usize::from(itself)).max(subject.start + 1);
    Opener {
        shape: Shape::Subject { object },
        firm: true,
        resume,
        ..Opener::said(RULE, agent, subject.start, 0.7)
    }
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
            "The crates are yours to stack, Oskar.",
            "Sweeping falls to Ines.",
            "Packing the vases rests with you.",
            "Coding the replies is the next step.",
            "The hedge is Ravi's affair.",
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
