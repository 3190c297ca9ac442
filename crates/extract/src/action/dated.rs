//! Nouns with a day of their own among orders: `pay rent, meter reading before the 10th, call Mum`, `buy milk, dentist
//! at three`. Only nouns that tell the deed: a thing alone (`buy milk, eggs by Friday`) goes on with the order before.

use super::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, Token, list};

/// Rule of what is named by a noun among orders.
pub(crate) const RULE: &str = "named among orders, with its day";

/// Words of such a noun at most.
const LONGEST: usize = 4;

/// Nouns for what is done.
const DONE: List<'static> = list![
    "reading",
    "return",
    "inspection",
    "service",
    "check",
    "checkup",
    "check-up",
    "renewal",
    "registration",
    "inventory",
    "cleaning",
    "training",
    "rehearsal",
];

/// Nouns for what is had done.
const HAD: List<'static> = list!["haircut", "jab", "jabs", "vaccination", "shot", "mot"];

/// Whom or what one goes to.
const VISITED: List<'static> = list![
    "appointment",
    "dentist",
    "doctor",
    "doctor's",
    "vet",
    "physio",
    "hairdresser",
    "optician",
    "interview",
    "viewing",
];

/// Reads the noun at `start`, behind the comma of an order.
pub(crate) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    let mark = view.next_mark(start, LONGEST + 1);
    let last = mark.checked_sub(1).filter(|last| *last >= start)?;
    let verb = match () {
        () if view.any(last, DONE) && last > start
            || view.is(last, "change") && view.is(start, "oil") =>
        {
            "do"
        }
        () if view.any(last, HAD) => "get",
        // `hand in the form, appointment 9 April`: when the order itself is carried out.
        () if view.any(last, VISITED)
            && (last > start || !view.any(last, list!["appointment", "interview", "viewing"])) =>
        {
            "go to"
        }
        () => return None,
    };
    let end = view.at.get(mark).copied().unwrap_or(view.tokens.len());
    let dated = view.tokens[view.at[last]..end].iter().any(Token::is_dated);
    // `the day before the inspection on Friday`, `for the check today`
    let plain = (start..last).all(|at| {
        view.verb(at)
            .is_none_or(|verb| verb.forms.ing || verb.lean != Lean::Verb)
            && !view.any(
                at,
                list![
                    "for", "to", "of", "with", "and", "or", "at", "before", "after", "the", "a",
                    "no", "not", "is", "from", "in", "about", "because", "so",
                ],
            )
    });
    (dated && plain && mark - start <= LONGEST).then(|| Opener {
        shape: Shape::Thing {
            verb,
            object: start..mark,
        },
        resume: mark,
        ..Opener::said(RULE, Agent::Unsaid, start, 0.6)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, found};

    #[test]
    fn a_noun_with_its_day_among_orders_is_a_task() {
        let text = "pay the rent, meter reading on Friday, call Grandma";
        assert_eq!(
            found(text),
            ["Pay the rent", "Do meter reading", "Call Grandma"]
        );
        assert_eq!(dues(text), [None, Some("2026-03-13".to_owned()), None]);
        let text = "buy bread, dentist on Friday";
        assert_eq!(found(text), ["Buy bread", "Go to dentist"]);
        assert_eq!(dues(text), [None, Some("2026-03-13".to_owned())]);
    }

    #[test]
    fn things_go_on_with_the_order_before_them() {
        for (text, count) in [
            ("buy milk, eggs by Friday, call Grandma", 2),
            ("print the lease, the inventory by Friday", 1),
            (
                "bring the passport to the bank, before the inspection on Friday",
                1,
            ),
        ] {
            assert_eq!(found(text).len(), count, "{text}");
        }
    }
}
