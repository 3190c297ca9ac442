//! Notes without a verb that say where a thing is to go: `forms to the office by Friday`, `bins out
//! tonight`, `winter coat to the cleaner's`.

use std::ops::Range;

use super::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::token::{List, list};

/// Which form it is, in words.
pub(crate) const RULE: &str = "a thing, and where it is to go";

/// Longest thing and longest goal, in words.
const LONGEST: usize = 8;

/// Words before `to` behind which no thing is on its way.
const STILL: List<'static> = list![
    "further",
    "prior",
    "owing",
    "contrary",
    "opposed",
    "trip",
    "flight",
    "flights",
    "journey",
    "visit",
    "train",
    "bus",
    "drive",
    "ride",
    "road",
    "way",
    "introduction",
    "welcome",
    "thanks",
    "kudos",
    "congrats",
    "props",
    "shoutout",
    "shout-out",
    "response",
    "answer",
    "key",
    "guide",
    "invitation",
    "access",
    "link",
    "return",
    "move",
    "transfer",
    "tour",
    "walk",
    "reminder",
    "note",
    "reply",
    "call",
    "memo",
    "update",
    "back",
    "next",
    "close",
    "due",
    "according",
    "regards",
    "love",
    "contribution",
    "reference",
    "addition",
    "damage",
    "changes",
    "change",
    "alternative",
    "entrance",
    "similar",
    "ticket",
    "tickets",
    "switch",
    "migration",
    "handover",
    "thank",
    "hello",
    "hi",
    "relevant",
    "subject",
    "open",
    "available",
    "ready",
    "happy",
    "free",
    "new",
    "nothing",
    "something",
    "anything",
    "down",
    "up",
    "apologies",
    "congratulations",
    "respect",
    "comparison",
    "approach",
    "attention",
    "step",
    "steps",
    "right",
    "closer",
    "limited",
    "questions",
    "question",
    "pa",
    "assistant",
    "sister",
    "brother",
    "married",
    "cheers",
    "thoughts",
    "dear",
    "minutes",
    "hours",
    "look",
    "forward",
    "time",
    "good",
];

/// Places to which things are taken.
const PLACES: List<'static> = list![
    "kitchen",
    "school",
    "shop",
    "dump",
    "tip",
    "cleaner",
    "cleaners",
    "garage",
    "vet",
    "hall",
    "church",
    "library",
    "post",
    "recycling",
    "charity",
    "attic",
    "cellar",
    "basement",
    "barn",
];

/// Reads a note that starts at `start`.
pub(crate) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    let mark = view.next_pause(start, 2 * LONGEST);
    let joint = (start + 1..mark).find(|at| {
        view.any(
            *at,
            list!["please", "pls", "or", "so", "because", "between"],
        )
    });
    let end = joint.unwrap_or(mark);
    if (joint.is_none() && !view.is_mark(end)) || !names(view, start) {
        return None;
    }
    // `Lunch boxes to the office`: a plural, though the word can be a verb.
    let plural = |at: usize| {
        view.verb(at).is_some_and(|verb| {
            verb.forms.third
                && matches!(
                    verb.lean,
                    crate::lexicon::Lean::Either | crate::lexicon::Lean::Noun
                )
        }) && view.is(at + 1, "to")
    };
    let plain = (start + 1..end)
        .all(|at| !crate::clause::is_finite(view, at) || view.is(at, "'s") || plural(at));
    if !plain {
        return None;
    }
    goal(view, start, end).or_else(|| outside(view, start, end))
}

/// Whether the words open with a thing: no pronoun, no verb, no preposition.
fn names(view: &View<'_>, start: usize) -> bool {
    let Some(token) = view.get(start) else {
        return false;
    };
    let verb = token.verb.is_some_and(|verb| {
        verb.forms.base
            && matches!(
                verb.lean,
                crate::lexicon::Lean::Verb
                    | crate::lexicon::Lean::State
                    | crate::lexicon::Lean::Light
            )
            || verb.forms.ing
            || verb.forms.past
    });
    token.is_word()
        && !verb
        && !token.is_first_name()
        && !view.any(
            start,
            list![
                "i",
                "we",
                "you",
                "he",
                "she",
                "they",
                "it",
                "everybody",
                "everyone",
                "somebody",
                "someone",
                "there",
                "who",
                "what",
                "this",
                "that",
            ],
        )
        && (crate::words::is_content(token)
            || view.any(start, list!["the", "my", "our", "your", "all", "both", "a"]))
        && !view.any(
            start,
            list![
                "from", "back", "due", "next", "thanks", "no", "nothing", "not", "goes", "go",
            ],
        )
}

/// `forms to the athletic office`
fn goal(view: &View<'_>, start: usize, end: usize) -> Option<Opener> {
    let to = (start + 1..end).find(|at| view.is(*at, "to"))?;
    let before = view.get(to - 1)?;
    let goal = view.get(to + 1)?;
    let counted =
        before.kind == crate::token::Kind::Number || (start..to).any(|at| view.is(at, "from"));
    let determined = view.any(
        to + 1,
        list![
            "the", "my", "our", "your", "his", "her", "their", "them", "me", "us",
        ],
    );
    let named = goal.capital || goal.is_role();
    let verb = goal.verb.is_some_and(|verb| verb.forms.base) && !named && to + 2 < end;
    let place = (to + 1..end).any(|at| view.any(at, PLACES));
    let wanted = !counted
        && !before.any(STILL)
        && before.is_word()
        && goal.is_word()
        && (determined || named || place)
        && !verb
        && goal.verb.is_none_or(|_| determined || named)
        && end - to <= LONGEST;
    wanted.then(|| note(if place { "take" } else { "send" }, start..end, end))
}

/// `bins out tonight`, `chairs back in`
fn outside(view: &View<'_>, start: usize, end: usize) -> Option<Opener> {
    let last = end.checked_sub(1).filter(|last| *last > start)?;
    let out = view.any(last, list!["out", "in", "away", "back"]);
    let thing = view.get(last - 1)?;
    let noun = thing.lower.ends_with('s') || view.any(start, list!["the", "my", "our"]);
    let contracted = thing.is("'s");
    (out && noun && !contracted && last - start <= 4 && thing.is_word() && !thing.any(STILL)).then(
        || {
            let carried = super::place::carried(view, last);
            note(if carried { "put" } else { "get" }, start..end, end)
        },
    )
}

fn note(verb: &'static str, object: Range<usize>, resume: usize) -> Opener {
    Opener {
        rule: RULE,
        agent: Agent::Unsaid,
        verb: object.start,
        shape: Shape::Thing { verb, object },
        negated: false,
        subject_said: false,
        firm: false,
        weak: true,
        confidence: 0.6,
        resume,
    }
}
