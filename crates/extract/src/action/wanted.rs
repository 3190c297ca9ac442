//! What somebody else waits for: `the agent wants the synopsis by Monday`, `the truck needs a new
//! sticker`.

pub(crate) mod asked;
mod charge;

use std::ops::Range;

use super::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::token::{List, list};

/// Which form it is, in words.
pub(crate) const RULE: &str = "somebody waits for it";

const DEFINITE: List<'static> = list!["the", "my", "our", "your", "his", "her", "their", "its"];

const PAPERS: List<'static> = list!["proof", "confirmation", "evidence", "copies"];

const INDEFINITE: List<'static> = list![
    "a", "an", "new", "some", "another", "two", "three", "four", "both", "all", "more",
];

/// Reads `needs`, `wants` and the thing behind it, for a subject that is nobody who speaks.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    charge::read(view, subject.clone(), at)
        .or_else(|| waits(view, subject.clone(), at))
        .or_else(|| asked::read(view, subject, at))
}

/// `the agent wants the synopsis`, `the truck needs a new sticker`
fn waits(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let adverb = usize::from(view.any(at, list!["still", "also", "really", "urgently"]));
    let verb = at + adverb;
    if !view.any(
        verb,
        list!["need", "needs", "want", "wants", "requires", "require"],
    ) {
        return None;
    }
    let first = view.lower(subject.start);
    let speaks = matches!(
        first,
        "i" | "we"
            | "you"
            | "who"
            | "what"
            | "if"
            | "when"
            | "nobody"
            | "to"
            | "that"
            | "it"
            | "he"
            | "she"
            | "they"
            | "one"
            | "everyone"
            | "people"
            | "which"
            | "this"
            | "there"
    );
    // `tell them we need the projector`, `ask Teo whether he wants the bed`: what is told or asked.
    // `the team may need more licences`
    let supposed = view.any(at.wrapping_sub(1), list!["may", "might", "could", "would"]);
    let speaks = speaks
        || supposed
        || view.any(
            at.wrapping_sub(1),
            list!["i", "we", "you", "they", "he", "she", "it"],
        )
        || (subject.clone()).any(|word| view.any(word, list!["whether", "if", "what", "which"]));
    if !speaks
        && view.any(verb + 1, DEFINITE)
        && let Some((object, done)) = super::passive::causative(view, verb)
    {
        return Some(Opener {
            shape: Shape::Causative { object },
            weak: true,
            ..Opener::said(RULE, Agent::Unsaid, done, 0.6)
        });
    }
    // `the trailer needs its inspection`: nobody has it yet.
    let own = !speaks && view.any(verb + 1, list!["its", "their"]);
    let definite = view.any(verb + 1, DEFINITE) && !own;
    let mark = view.next_pause(verb + 1, 10);
    let end = (verb + 2..mark)
        .find(|at| super::unlisted::parts(view, *at, mark))
        .unwrap_or_else(|| super::unlisted::list_end(view, mark));
    let ours = from_us(view, verb + 2..end);
    let end = ours.unwrap_or(end);
    let asks_for_deed =
        wished(view, verb, end) || (verb + 1..end).any(|at| view.any(at, list!["to", "that"]));
    // `the twins need cleats`: many of a kind.
    let many = view.any(subject.start, DEFINITE)
        && view.get(verb + 1).is_some_and(|token| {
            token.lower.ends_with('s') && token.lower.len() > 3 && !token.lower.ends_with("ss")
        });
    // `the plumber needs $300 by six`
    let money = view.any(verb + 1, list!["$", "€", "£"]);
    // `the coach wants proof of insurance`
    let paper = view.any(verb + 1, PAPERS) && view.is(verb + 2, "of");
    let thing = paper || definite || own || many || money || view.any(verb + 1, INDEFINITE);
    (!speaks && thing && !asks_for_deed && (end > verb + 2 || many)).then_some(Opener {
        shape: Shape::Thing {
            verb: match (definite || paper || ours.is_some(), money) {
                (true, _) => "send",
                (false, true) => "give",
                (false, false) => "get",
            },
            object: verb + 1 + usize::from(own)..end,
        },
        weak: true,
        resume: end,
        ..Opener::said(RULE, Agent::Unsaid, verb, 0.6)
    })
}

/// `the board needs a decision from us by Friday`: where the words of the thing end that is ours to give.
pub(in crate::action) fn from_us(view: &View<'_>, mut words: Range<usize>) -> Option<usize> {
    words.find(|at| view.is(*at, "from") && view.any(at + 1, list!["me", "us"]))
}

/// `Tim wants a kite for his birthday`: a wish.
fn wished(view: &View<'_>, verb: usize, end: usize) -> bool {
    const FEASTS: List<'static> = list![
        "birthday",
        "christmas",
        "xmas",
        "hanukkah",
        "eid",
        "easter",
        "diwali",
    ];
    view.any(verb, list!["want", "wants"])
        && (end.saturating_sub(3)..end).any(|at| view.any(at, FEASTS))
}
