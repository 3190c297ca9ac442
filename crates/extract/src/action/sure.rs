//! What somebody is to see to: `make sure the batteries are charged`, `ensure that the lawn is mowed`.

use super::opener::{Agent, Opener, Shape, acceptable};
use crate::clause::View;
use crate::token::list;

/// Longest way to the verb, in words.
const LONGEST: usize = 9;

/// Which form it is, in words.
pub(crate) const SURE: &str = "to be made sure of";

/// `make sure the batteries have been changed`, `ensure that the lawn is mowed`.
pub(crate) fn made_sure(view: &View<'_>, start: usize) -> Option<Opener> {
    let behind = match view.lower(start) {
        "make" if view.any(start + 1, list!["sure", "certain"]) => start + 2,
        "ensure" => start + 1,
        "see" if view.is(start + 1, "that") => start + 1,
        _ => return None,
    };
    is_done(view, behind + usize::from(view.is(behind, "that")))
}

/// `the lawn is mowed`, as what somebody is to see to.
pub(crate) fn is_done(view: &View<'_>, start: usize) -> Option<Opener> {
    let end = view.len().min(start + LONGEST);
    let be = (start + 1..end)
        .take_while(|at| !view.is_mark(*at) && !view.any(*at, list!["and", "if", "when", "so"]))
        .find(|at| view.any(*at, list!["is", "are", "gets", "get", "has", "have"]))?;
    let been = be + 1 + usize::from(view.any(be, list!["has", "have"]) && view.is(be + 1, "been"));
    let verb =
        been + usize::from(view.any(been, list!["all", "properly", "fully", "also", "safely"]));
    let read = view.verb(verb)?;
    let person = view.any(
        start,
        list![
            "you",
            "i",
            "we",
            "he",
            "she",
            "they",
            "everyone",
            "everybody",
        ],
    );
    (read.forms.participle && !read.forms.ing && !person && acceptable(view, verb, read.lean)).then(
        || Opener {
            rule: SURE,
            agent: Agent::Unsaid,
            verb,
            shape: Shape::Passive { object: start..be },
            negated: false,
            subject_said: false,
            firm: true,
            weak: false,
            confidence: 0.85,
            resume: verb + 1,
        },
    )
}
