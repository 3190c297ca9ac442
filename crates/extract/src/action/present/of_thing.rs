//! Who does what to the thing in front of a mark: `Town hall: Friday, Ingrid hosts`, `lens – Ravi orders`, `scaffold
//! needed; Bo arranging`.

use super::{HAPPENS, NEWS};
use crate::action::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::list;

/// `Town hall: Friday, Ingrid hosts`, `lens – Ravi orders`, `fan rattles → Bo tightens`: who does what to the
/// thing in front of the mark, in a verb with nothing behind it but when and where.
pub(in crate::action) fn of_thing(
    view: &View<'_>,
    start: usize,
    who: &(Agent, usize),
) -> Option<Opener> {
    let (Agent::Named(name), verb) = who else {
        return None;
    };
    let (mark, at) = (view.get(start.checked_sub(1)?)?, *verb);
    let parted = mark.is_dash()
        || mark.any(list![":", ",", "(", "…", ";", "|"])
        || mark.lower.starts_with("...");
    let lower = name.to_lowercase();
    let person = (crate::lexicon::is_first_name(&lower) || !crate::lexicon::is_role(&lower))
        && view.get(start).is_some_and(|token| token.capital);
    // `Scaffold needed at the rear; Bo arranging`
    let arranges = view.any(
        at,
        list![
            "arranging",
            "organising",
            "organizing",
            "sorting",
            "chasing",
            "ordering",
            "booking",
            "drafting",
            "investigating",
            "handling",
        ],
    );
    let acts = if arranges {
        true
    } else if let Some(verb) = view.verb(at) {
        verb.forms.third
            && !matches!(verb.lean, Lean::State | Lean::Light)
            && !HAPPENS.holds(verb.base)
            && !NEWS.holds(verb.base)
    } else {
        let word = view.lower(at);
        acts_by_shape(view, at)
            && !crate::area::knows(word)
            && !NEWS.holds(word.trim_end_matches('s'))
    };
    let quotes = view.any(at + 1, list!["\"", "“", "'", "‘", "„"]);
    let over = view.is_mark(at + 1)
        || view.is_behind_gap(at + 1)
        || view.any(
            at + 1,
            list!["by", "before", "from", "until", "till", "first", "on", "in"],
        );
    let pauses = |at: &usize| {
        view.get(*at)
            .is_none_or(|token| token.is_mark() || token.is_dash())
    };
    // What it is, without how it is: `scaffold needed to the rear`.
    let states = |at: &usize| {
        arranges
            && *at > 0
            && view.any(
                *at,
                list!["needed", "required", "missing", "is", "are", "still", "due"],
            )
    };
    let end = (0..start.min(9)).find(|at| pauses(at) || states(at))?;
    let thing = (0..end).any(|at| view.get(at).is_some_and(crate::words::is_content));
    // `Ash sands, Nikhil paints`: what somebody else does is no thing.
    let deed = (1..end).any(|at| {
        view.verb(at).is_some_and(|verb| verb.forms.only_third())
            && view.get(at - 1).is_some_and(|token| token.capital)
    });
    (parted && person && acts && over && !quotes && thing && !deed).then(|| Opener {
        shape: Shape::Passive { object: 0..end },
        ..Opener::said(crate::action::IS_AGREED, who.0.clone(), at, 0.7)
    })
}

/// A plain word in `s` that is no verb we know: `root-causes`, `FOIAs`.
pub(super) fn acts_by_shape(view: &View<'_>, at: usize) -> bool {
    view.get(at).is_some_and(|token| {
        !token.capital
            && token.lower.len() > 3
            && token.lower.ends_with('s')
            && !["ss", "us", "is", "'s"]
                .iter()
                .any(|end| token.lower.ends_with(end))
            && token.lower.chars().all(|c| c.is_alphabetic() || c == '-')
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn what_somebody_is_arranging_stands_in_front() {
        for (text, summary, name) in [
            (
                "Boiler. New pump needed before winter, Bo arranging, expected by Friday.",
                "Arrange New pump",
                "Bo",
            ),
            (
                "Spare parts missing – Ines chasing.",
                "Chase spare parts",
                "Ines",
            ),
            (
                "Choir robes still at the cleaner's, Ravi sorting.",
                "Sort choir robes",
                "Ravi",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(assignees(text), [Some(name.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_goes_on_otherwise_is_none() {
        for text in [
            "It rained all day; Bo sleeping.",
            "Photo: Ines ordering the choir about.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
