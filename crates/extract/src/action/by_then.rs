//! How a thing is to be by a day, and what falls due on it: `hospital bag packed by Friday`, `the rent is
//! due on the 1st`.

use super::opener::{Agent, Opener, Shape, acceptable};
use super::passive::{IS_DONE_BY, LONGEST};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::person;
use crate::token::{List, list};

/// Which form it is, in words.
pub(crate) const TARGET: &str = "to be done by then";

/// `hospital bag packed by the end of the month`: how it is to be by a day.
pub(crate) fn target(view: &View<'_>, start: usize) -> Option<Opener> {
    let end = view.next_mark(start, LONGEST);
    let verb = (start + 1..end).find(|at| {
        view.verb(*at).is_some_and(|verb| {
            verb.forms.participle
                && !verb.forms.ing
                && !verb.forms.base
                // `two discharges planned before lunch`
                && !matches!(verb.base, "plan" | "schedule" | "expect" | "announce" | "estimate")
                && (verb.lean == Lean::Verb
                    || verb.lean == Lean::Either
                        && (view.lower(*at).ends_with("ed") || view.is(at + 1, "by")))
        })
    })?;
    let read = view.verb(verb)?;
    if view.listed || start + 1 >= end {
        return None;
    }
    let noun = view.get(start).is_some_and(|token| {
        token.is_word()
            && (crate::words::is_content(token)
                || view.any(start, list!["the", "my", "our", "all"]))
            && token
                .verb
                .is_none_or(|verb| !verb.forms.past && !verb.forms.ing)
    });
    let plain = (start..verb).all(|at| !crate::clause::is_finite(view, at) && !view.is(at, "to"));
    let by = view
        .is(verb + 1, "by")
        .then(|| person::name(view, verb + 2))
        .flatten()
        .filter(|(name, behind)| view.is_mark(*behind) && name.starts_with(char::is_uppercase));
    let ends = verb + 1 == end && view.is_mark(end) || by.is_some();
    (noun && plain && ends && acceptable(view, verb, read.lean)).then(|| Opener {
        rule: if by.is_some() { IS_DONE_BY } else { TARGET },
        agent: by.map_or(Agent::Unsaid, |(name, _)| Agent::Named(name)),
        verb,
        shape: Shape::Passive {
            object: start..verb,
        },
        negated: false,
        subject_said: false,
        firm: false,
        weak: true,
        confidence: 0.6,
        resume: verb + 1,
    })
}

/// `Rent is due on the 1st`: the words of the date, `due` among them, are left out of the view.
pub(super) fn falls_due(view: &View<'_>, start: usize, at: usize) -> Option<Opener> {
    const PAID: List<'static> = list![
        "rent",
        "bill",
        "bills",
        "invoice",
        "tax",
        "taxes",
        "mortgage",
        "premium",
        "tuition",
        "fee",
        "fees",
        "instalment",
        "installment",
        "deposit",
        "repayment",
        "subscription",
        "dues",
    ];
    const HANDED_IN: List<'static> = list![
        "essay",
        "homework",
        "assignment",
        "thesis",
        "coursework",
        "worksheet",
        "application",
        "abstract",
        "timesheet",
        "timesheets",
    ];
    let due = at + 1 + usize::from(view.is(at + 1, "due"));
    // `the book is due back`
    if view.any(at, list!["is", "are", "'s", "due"])
        && view.is(at + 1, "due")
        && view.is(due, "back")
        && view.is_mark(due + 1)
        && !view.any(start, list!["i", "he", "she", "we", "they", "it", "you"])
    {
        return Some(Opener {
            shape: Shape::Thing {
                verb: "return",
                object: start..at,
            },
            firm: true,
            weak: true,
            resume: due + 1,
            ..Opener::said("something falls due", Agent::Unsaid, at, 0.7)
        });
    }
    if !view.any(at, list!["is", "are", "'s", "due"]) || !view.is_mark(due) || at == start {
        return None;
    }
    // `a quick reminder that the rent is due`
    let first = (start..at)
        .rev()
        .find(|at| view.is(*at, "that"))
        .map_or(start, |that| that + 1);
    // `the deadline for the application is 15 May`
    let first = (first..at)
        .find(|at| view.is(*at, "deadline") && view.any(at + 1, list!["for", "of"]))
        .map_or(first, |deadline| deadline + 2);
    // `the stall fee for the market is due`: what is due has its own words behind it.
    let head = (at.saturating_sub(5).max(first)..at)
        .rev()
        .find(|at| view.any(*at, PAID) || view.any(*at, HANDED_IN))
        .map_or(at, |named| named + 1);
    let verb = match view.lower(head - 1) {
        word if PAID.holds(word) => "pay",
        word if HANDED_IN.holds(word) => "hand in",
        _ => return None,
    };
    Some(Opener {
        shape: Shape::Thing {
            verb,
            object: first..at,
        },
        firm: true,
        weak: true,
        resume: at + 1,
        ..Opener::said("something falls due", Agent::Unsaid, at - 1, 0.7)
    })
}
