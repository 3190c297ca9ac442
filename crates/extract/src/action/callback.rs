//! Who wants to be rung up: `her daughter called and wants a call back today`.

use super::opener::{Agent, Opener, Shape};
use crate::clause::{self, View};
use crate::token::{List, list};

/// Which form it is, in words.
const RULE: &str = "somebody wants a call back";

/// Words by which it is wanted.
const WANTS: List<'static> = list![
    "want",
    "wants",
    "wanted",
    "need",
    "needs",
    "like",
    "likes",
    "requests",
    "requested",
    "expects",
    "asked",
    "asks",
];

/// Words up to the call, at most.
const LONGEST: usize = 14;

/// Reads who wants one, where their words begin at `start`.
pub(super) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    if !view.may_have(list!["call", "callback"]) || !view.may_have(WANTS) || view.question {
        return None;
    }
    let nobody = list![
        "i", "we", "you", "he", "she", "they", "it", "if", "who", "nobody", "and"
    ];
    if view.any(start, nobody) {
        return None;
    }
    let until = view.len().min(start + LONGEST);
    let call = (start + 2..until).find(|at| {
        let back = view.is(at + 1, "back")
            || view.is(at + 1, "from") && view.any(at + 2, list!["you", "us"]);
        view.is(at - 1, "a") && (view.is(*at, "callback") || view.is(*at, "call") && back)
    })?;
    let wants = (start + 1..call).rfind(|at| view.any(*at, WANTS))?;
    let plain = (wants + 1..call - 1).all(|at| view.any(at, list!["for", "to", "get", "have"]));
    let end = (start + 1..=wants)
        .find(|at| view.any(*at, list!["would", "'d"]) || clause::is_finite(view, *at))?;
    let whole = (start..end).all(|at| !view.is_mark(at));
    (plain && whole).then(|| Opener {
        shape: Shape::Thing {
            verb: "call back",
            object: start..end,
        },
        firm: true,
        resume: call + 2,
        ..Opener::said(RULE, Agent::Unsaid, call, 0.7)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn who_wants_a_call_back_is_called_back() {
        for (text, summary) in [
            (
                "Her daughter called and wants a call back today.",
                "Call back her daughter",
            ),
            (
                "Mr Ode would like a call back before noon.",
                "Call back Mr Ode",
            ),
            (
                "The plumber needs a call from you.",
                "Call back the plumber",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
        assert!(found("I never got a call back from the plumber.").is_empty());
        assert!(found("The plumber got a call back from the office.").is_empty());
    }
}
