//! What everybody of a kind is told: `anybody with a permit needs to swap it`, `students are asked to
//! collect their cards`, `whoever has the key gives it back`.

use std::ops::Range;

use super::opener::{Agent, Opener, Shape, acceptable};
use crate::clause::View;
use crate::lexicon::Lean;

/// Words that stand for whoever it concerns.
const ANYBODY: &[&str] = &[
    "anyone", "anybody", "everyone", "everybody", "those", "whoever", "all", "each", "people",
    "staff", "both",
];

/// Reads what follows the subject `subject`, which ends at `at`.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let indefinite = view.any(subject.start, ANYBODY);
    let last = view.get(at.checked_sub(1)?)?;
    let plural = last.is_word()
        && last.lower.ends_with('s')
        && last.lower.len() > 3
        && view.verb(at - 1).is_none_or(|verb| verb.lean == Lean::Noun || verb.lean == Lean::Either);
    let head_is_plural = subject.len() <= 4 && plural;
    let told = told(view, at);
    let (verb, firm) = match told {
        Some(verb) if indefinite || head_is_plural => (verb, true),
        _ if indefinite => (needed(view, at)?, false),
        _ => return None,
    };
    let base = view.base_verb(verb)?;
    let relative = view.any(subject.start, &["those", "all"]) && subject.len() < 2;
    (acceptable(view, verb, base.lean) && !relative).then_some(Opener {
        rule: "told to everybody of a kind",
        agent: Agent::We,
        verb,
        shape: Shape::Active,
        negated: false,
        subject_said: true,
        firm,
        weak: !firm,
        confidence: 0.7,
        resume: verb + 1,
    })
}

/// `are asked to`, `are kindly requested to`: the index of the verb of the deed.
fn told(view: &View<'_>, at: usize) -> Option<usize> {
    if !view.any(at, &["are", "is"]) {
        return None;
    }
    let mut next = at + 1;
    while view.any(next, &["hereby", "kindly", "also", "all", "now", "reminded"])
        && !view.is(next + 1, "to")
    {
        next += 1;
    }
    let asked = view.any(
        next,
        &[
            "asked", "requested", "required", "reminded", "directed", "advised", "urged",
            "instructed", "expected",
        ],
    );
    (asked && view.is(next + 1, "to")).then_some(next + 2)
}

/// `needs to`, `has to`, `must`, `should please`, or the deed itself behind `whoever …`.
fn needed(view: &View<'_>, at: usize) -> Option<usize> {
    match view.lower(at) {
        "need" | "needs" | "has" | "have" if view.is(at + 1, "to") => Some(at + 2),
        "must" | "should" => Some(at + 1 + usize::from(view.any(at + 1, &["please", "kindly"]))),
        _ => None,
    }
}
