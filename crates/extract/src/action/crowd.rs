//! What everybody of a kind is told: `anybody with a permit needs to swap it`, `students are asked to
//! collect their cards`, `whoever has the key gives it back`.

use std::ops::Range;

use super::opener::{Agent, Opener, acceptable};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// Rule of what an office or a person is to do.
pub(crate) const IS_TO: &str = "somebody is to do it";

/// Rule of what everybody of a kind is asked for.
pub(crate) const TOLD: &str = "told to everybody of a kind";

/// Words that stand for whoever it concerns.
const ANYBODY: List<'static> = list![
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "those",
    "whoever",
    "all",
    "each",
    "people",
    "staff",
    "faculty",
    "crew",
    "personnel",
    "both",
];

/// Words in front of `to` that are nobody.
const NOBODY: List<'static> = list![
    "proposal",
    "motion",
    "request",
    "idea",
    "wish",
    "offer",
    "attempt",
    "right",
    "permission",
    "bid",
    "application",
    "petition",
    "suggestion",
    "opportunity",
    "chance",
    "option",
    "effort",
    "scheme",
    "resolution",
    "failure",
    "refusal",
    "intention",
    "promise",
    "threat",
    "licence",
    "license",
    "invitation",
    "ability",
    "duty",
    "pressure",
    "freedom",
    "tendency",
    "temptation",
    "time",
    "reason",
    "reasons",
    "ways",
    "way",
    "how",
    "nothing",
    "welcome",
    "happy",
    "ready",
    "able",
    "due",
    "next",
    "need",
    "free",
    "easy",
    "hard",
    "good",
    "nice",
    "glad",
    "sorry",
    "going",
    "want",
    "plan",
    "things",
    "thing",
    "something",
    "decision",
    "decided",
    "agreed",
    "back",
    "according",
    "thanks",
    "aim",
    "goal",
    "idea",
    "is",
    "are",
    "was",
    "what",
    "who",
    "not",
    "only",
    "try",
    "more",
    "best",
    "right",
    "chance",
    "similar",
    "close",
    "lots",
    "where",
    "when",
    "keen",
    "hoping",
    "looking",
    "up",
    "still",
    "also",
    "lovely",
    "great",
    "deadline",
    "access",
    "invitation",
    "answer",
    "link",
    "update",
    "response",
    "reply",
];

/// Reads what follows the subject `subject`, which ends at `at`.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let opens = view.any(
        at,
        list![
            "to", "are", "is", "need", "needs", "has", "have", "must", "should",
        ],
    );
    let resolved = view.is(subject.start.wrapping_sub(1), "that");
    if !(opens || resolved) {
        return each(view, &subject, at);
    }
    if let Some(opener) = is_to(view, subject.clone(), at) {
        return Some(opener);
    }
    let indefinite = view.any(subject.start, ANYBODY);
    let last = view.get(at.checked_sub(1)?)?;
    let plural = last.is_word()
        && last.lower.ends_with('s')
        && last.lower.len() > 3
        && view
            .verb(at - 1)
            .is_none_or(|verb| verb.lean == Lean::Noun || verb.lean == Lean::Either);
    let head_is_plural = subject.len() <= 4 && plural;
    let told = told(view, at);
    let (verb, firm) = match told {
        Some(verb) if indefinite || head_is_plural => (verb, true),
        _ if indefinite => (needed(view, at)?, false),
        _ => return None,
    };
    let base = view.base_verb(verb)?;
    let relative = view.any(subject.start, list!["those", "all"]) && subject.len() < 2;
    (acceptable(view, verb, base.lean) && !relative).then_some(Opener {
        firm,
        weak: true,
        ..Opener::said(TOLD, Agent::We, verb, 0.7)
    })
}

/// `everybody adds their entries`, `each one prepares two questions`, `guests bring a towel`.
fn each(view: &View<'_>, subject: &Range<usize>, at: usize) -> Option<Opener> {
    let verb = view.verb(at)?;
    let single = view.any(
        subject.start,
        list![
            "everybody",
            "everyone",
            "each",
            "whoever",
            "anyone",
            "anybody",
        ],
    );
    let last = view.get(at.checked_sub(1)?)?;
    let plural = subject.len() <= 3
        && last.is_word()
        && last.lower.ends_with('s')
        && last.lower.len() > 4
        && !view.any(
            subject.start,
            list!["the", "my", "our", "his", "her", "these", "those", "all"],
        );
    let form = if single {
        verb.forms.third
    } else {
        plural && verb.forms.base
    };
    let object = view.any(
        at + 1,
        list![
            "the", "a", "an", "their", "your", "his", "its", "one", "two", "three", "at",
        ],
    ) || single
        && view
            .get(at + 1)
            .is_some_and(|token| token.is_word() && token.verb.is_none());
    let deed = verb.lean == Lean::Verb || single && verb.lean == Lean::Either;
    (form && object && deed && acceptable(view, at, verb.lean)).then_some(Opener {
        weak: true,
        ..Opener::said("what everybody of a kind does", Agent::We, at, 0.6)
    })
}

/// `Head to chase`, `Office to send the letter`, `it was resolved that the Clerk instruct Hobbs`.
fn is_to(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let resolved = view.is(subject.start.wrapping_sub(1), "that")
        && super::passive::decided(view, subject.start - 1);
    if !(resolved || view.is(at, "to")) {
        return None;
    }
    let first = view.get(subject.start)?;
    let plain = subject.len() <= 4
        && subject.clone().all(|at| {
            view.get(at).is_some_and(|token| {
                token.is_word()
                    && !token.any(NOBODY)
                    // `Bruno please remember to hand in the key`
                    && !token.any(list!["please", "pls", "remember"])
                    && !crate::clause::is_finite(view, at)
            })
        });
    let to = view.is(at, "to") && first.capital && !view.any(at + 1, list!["be"]);
    let verb = if to {
        at + 1
    } else if resolved && at > subject.start + 1 {
        at
    } else {
        return None;
    };
    let base = view.base_verb(verb)?;
    let deed = matches!(base.lean, Lean::Verb | Lean::Either) && acceptable(view, verb, base.lean);
    let object =
        view.get(verb + 1).is_some_and(crate::token::Token::is_word) || view.is_mark(verb + 1);
    let opens_with_verb = first.verb.is_some_and(|verb| {
        verb.forms.base && matches!(verb.lean, Lean::Verb | Lean::State | Lean::Light)
            || verb.forms.ing
            || verb.forms.past
    });
    (plain && deed && object && !opens_with_verb).then(|| Opener {
        firm: true,
        weak: !resolved,
        ..Opener::said(IS_TO, Agent::Named(named(view, subject)), verb, 0.7)
    })
}

/// The words of a subject, without its article.
fn named(view: &View<'_>, subject: Range<usize>) -> String {
    subject
        .filter(|at| !view.any(*at, list!["the", "a", "an", "our"]))
        .map(|at| view.lower(at))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `are asked to`, `are kindly requested to`: the index of the verb of the deed.
fn told(view: &View<'_>, at: usize) -> Option<usize> {
    if !view.any(at, list!["are", "is"]) {
        return None;
    }
    let mut next = at + 1;
    while view.any(
        next,
        list!["hereby", "kindly", "also", "all", "now", "reminded"],
    ) && !view.is(next + 1, "to")
    {
        next += 1;
    }
    let asked = view.any(
        next,
        list![
            "asked",
            "requested",
            "required",
            "reminded",
            "directed",
            "advised",
            "urged",
            "instructed",
            "expected",
        ],
    );
    (asked && view.is(next + 1, "to")).then_some(next + 2)
}

/// `needs to`, `has to`, `must`, `should please`, or the deed itself behind `whoever …`.
fn needed(view: &View<'_>, at: usize) -> Option<usize> {
    match view.lower(at) {
        "need" | "needs" | "has" | "have" if view.is(at + 1, "to") => Some(at + 2),
        "must" | "should" => {
            Some(at + 1 + usize::from(view.any(at + 1, list!["please", "kindly"])))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn who_is_asked_to_remember_has_a_name_and_no_more() {
        let text = "Bruno please remember to return your key by Friday.";
        assert_eq!(found(text), ["Return your key"]);
        assert_eq!(assignees(text), [Some("Bruno".to_owned())]);
    }
}
