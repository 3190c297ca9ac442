//! What a conjunction joins: another clause, another thing, or one more step of the same deed.

use super::finite::{is_finite, is_plural_noun, subordinate};
use super::head::{has_done, head_at};
use super::lead::skip_lead;
use super::{Clause, Head, Lead, View};
use crate::action::opener::{Opener, Shape};
use crate::action::{dated, imperative, mandate, passive};
use crate::lexicon::Lean;
use crate::token::{Token, list};

/// The clause that the one at `from` goes on with: `swap the dates, they are wrong, and add a photo`.
pub(super) fn joined_to<'a>(
    view: &View<'_>,
    clauses: &'a [Clause],
    from: usize,
    lead: Lead,
) -> Option<&'a Clause> {
    let last = clauses.last()?;
    let inserted = lead.joined
        && view.is(from, ",")
        && view.is(last.full.start, ",")
        && last.head == Head::Statement
        && view.any(last.start, list!["it", "they", "he", "she", "that", "this"]);
    let before = clauses
        .len()
        .checked_sub(2)
        .map(|before| &clauses[before])
        .filter(|before| inserted && matches!(before.head, Head::Action(_)));
    before
        .or_else(|| ordered_before(view, clauses, lead))
        .or(Some(last))
}

/// `book the flights (Lufthansa), a hotel, and tell Sara`: the order that goes on behind brackets and things.
fn ordered_before<'a>(view: &View<'_>, clauses: &'a [Clause], lead: Lead) -> Option<&'a Clause> {
    // Things and brackets between them at most.
    const MOST: usize = 3;
    let listed = |clause: &&Clause| {
        let opens = clause.full.start;
        clause.head == Head::Phrase
            && clause.full.len() <= 8
            && view.any(opens, list![",", "(", ")", "and"])
    };
    let skipped = clauses.iter().rev().take_while(listed).count();
    if !lead.joined || skipped == 0 || skipped > MOST {
        return None;
    }
    let before = clauses.len().checked_sub(skipped + 1)?;
    let ordered =
        |clause: &&Clause| matches!(&clause.head, Head::Action(opener) if !opener.subject_said);
    clauses.get(before).filter(ordered)
}

/// `form 11 you need to fill in`, `the gutters Jo will clear`: what the deed is done to stands in front
/// of its clause, which has no object of its own.
pub(super) fn fronted(
    view: &View<'_>,
    before: &Clause,
    own: std::ops::Range<usize>,
    head: Head,
) -> Head {
    let Head::Action(opener) = &head else {
        return head;
    };
    let named = matches!(before.head, Head::Phrase | Head::Statement)
        && before.full.end == own.start
        && !view.is_mark(own.start)
        && (1..=6).contains(&(before.full.end - before.start))
        && (before.start..before.full.end)
            .all(|at| !view.is_mark(at) && !super::is_finite(view, at))
        && view.get(before.start).is_some_and(|token| {
            token.capital && before.full.start == 0
                || token.any(list![
                    "the", "my", "your", "our", "his", "her", "this", "that", "these", "those",
                ])
        });
    let bare = (opener.verb + 1..own.end).all(|at| {
        view.is_mark(at) || crate::summary::particle(view.lower(at)) || view.is(at, "in")
    });
    let adjacent = view.at[own.start] == view.at[own.start - 1] + 1;
    if !(named && bare && adjacent && opener.subject_said && opener.shape == Shape::Active) {
        return head;
    }
    Head::Action(Opener {
        shape: Shape::Passive {
            object: before.start..before.full.end,
        },
        ..opener.clone()
    })
}

/// `and Ana, you count the rest`: whether somebody is called behind the conjunction at `at`.
pub(super) fn calls(view: &View<'_>, at: usize) -> bool {
    view.any(
        at,
        list!["and", "or", "but", "then", "so", "plus", "also", "&", "+"],
    ) && crate::action::vocative::vocative(view, at + 1).is_some_and(|(_, end)| {
        view.any(end, list!["you", "please", "can", "could", "would", "will"])
    })
}

/// Whether the conjunction at `at` joins another clause, and not only another thing.
pub(super) fn joins_clause(view: &View<'_>, at: usize, head: &Head) -> bool {
    let acts = matches!(head, Head::Action(_) | Head::Negated(_));
    if view
        .get(at.wrapping_sub(1))
        .is_some_and(|before| before.any(list![",", "and", "or", "but"]))
    {
        return false;
    }
    if calls(view, at) {
        return true;
    }
    let (start, inner) = skip_lead(view, at, false);
    if inner.joined && in_name(view, at, start) {
        return false;
    }
    if acts && inner.joined && alone_on_its_day(view, at, start) {
        return true;
    }
    // `print and sign the contract`: the first verb has its object behind the second.
    let bare = matches!(head, Head::Action(opener) if opener.resume == at && opener.shape == Shape::Active);
    if bare && !inner.then {
        return false;
    }
    if has_done(head) && passive::causative(view, at).is_some() {
        return true;
    }
    let asked = matches!(head, Head::Action(opener) if opener.rule == mandate::RULE);
    if asked
        && inner.joined
        && view.next_mark(start, 10) > start + 2
        && mandate::wanted(view, start).is_some()
    {
        return true;
    }
    // `must be signed and returned`: both are done to the same thing.
    let both = matches!(
        head,
        Head::Action(Opener {
            shape: Shape::Passive { .. },
            ..
        })
    ) && inner.joined
        && view
            .verb(start)
            .is_some_and(|verb| verb.forms.participle && !verb.forms.base);
    if both {
        return false;
    }
    // `sign both copies and return them`: one thing, in two steps.
    let same_thing = acts
        && inner.joined
        && !inner.then
        && view.any(start + 1, list!["it", "them"])
        && view
            .verb(start)
            .is_some_and(|verb| verb.forms.base || verb.forms.third)
        && !on_other_days(view, at, start);
    let same_thing = same_thing || reaches_and_asks(view, head, start, inner);
    let back_to = acts && view.is(start, "get") && view.is(start + 1, "back");
    start < view.len()
        && start > at
        && !same_thing
        && !back_to
        && !plain_phrase(view, start, inner, head, at)
}

/// `do the Companies House and Land Registry searches`: names of two words each behind one article, of which the
/// second only looks like it begins with a verb.
fn in_name(view: &View<'_>, at: usize, start: usize) -> bool {
    let capital = |at: usize| view.get(at).is_some_and(|token| token.capital);
    if !(start == at + 1 && capital(start) && capital(start + 1) && capital(at.wrapping_sub(1))) {
        return false;
    }
    let first = (0..at).rev().take_while(|at| capital(*at)).last();
    first
        .and_then(|first| first.checked_sub(1))
        .is_some_and(|before| {
            view.any(before, list!["the", "a", "an", "our", "my", "both", "your"])
        })
        && view.verb(start).is_some_and(|verb| verb.lean != Lean::Verb)
}

/// `open the gate on Monday and close it on Friday`: each of two deeds has its day.
fn on_other_days(view: &View<'_>, at: usize, start: usize) -> bool {
    let dated = |tokens: &[Token]| tokens.iter().any(Token::is_dated);
    let (before, joint) = (view.at[at - 1], view.at[at]);
    // `revise it over the summer and submit it by 15 September`: one span, and its end.
    let lasts = view.tokens[before..joint]
        .iter()
        .any(|token| token.any(list!["over", "during"]));
    let end = view.next_mark(start, view.len());
    let end = view.at.get(end).copied().unwrap_or(view.tokens.len());
    !lasts && dated(&view.tokens[before..joint]) && dated(&view.tokens[view.at[start]..end])
}

/// What is told with a day of its own behind an order: a noun (`pay rent, meter reading before the 10th`) or a verb
/// (`shorten it tonight and resend tomorrow`).
pub(super) fn on_its_own_day(
    view: &View<'_>,
    start: usize,
    lead: Lead,
    clause: &Clause,
) -> Option<Opener> {
    let Head::Action(first) = &clause.head else {
        return None;
    };
    if !lead.joined {
        let listed = view.is(start.wrapping_sub(1), ",") && !first.subject_said;
        return listed.then(|| dated::read(view, start)).flatten();
    }
    let again = first.shape == Shape::Active && alone_on_its_day(view, start - 1, start);
    again.then(|| Opener {
        agent: first.agent.clone(),
        ..imperative::read(view, start, lead)
    })
}

/// `shorten it tonight and resend tomorrow`: a second verb without a thing, which has its own day.
fn alone_on_its_day(view: &View<'_>, at: usize, start: usize) -> bool {
    at > 0
        && start > at
        && view
            .base_verb(start)
            .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
        && view.verb(start).is_some_and(|verb| !verb.forms.past)
        && (start + 1 == view.len() || view.is_mark(start + 1))
        && on_other_days(view, at, start)
}

/// `call the physio and ask if they have time`: what is said to somebody who is reached for it.
fn reaches_and_asks(view: &View<'_>, head: &Head, start: usize, lead: Lead) -> bool {
    let Head::Action(opener) = head else {
        return false;
    };
    lead.joined
        && !lead.then
        && view.any(
            opener.verb,
            list![
                "call", "ring", "phone", "email", "text", "message", "contact", "write", "ping",
            ],
        )
        && (view.any(
            start,
            list!["ask", "see", "find", "check", "say", "explain"],
        ) && view.any(
            start + 1,
            list![
                "if", "whether", "about", "for", "when", "what", "how", "him", "her", "them",
                "out", "that", "they", "he", "she",
            ],
        ) || view.any(
            start,
            list!["tell", "give", "remind", "offer", "thank", "invite"],
        ) && view.any(start + 1, list!["him", "her", "them"]))
}

/// Whether nothing that deserves a clause of its own stands at `start`.
pub(super) fn plain_phrase(
    view: &View<'_>,
    start: usize,
    lead: Lead,
    head: &Head,
    from: usize,
) -> bool {
    let probe = Clause {
        full: 0..from,
        start: 0,
        lead: Lead::default(),
        head: head.clone(),
    };
    match head_at(view, start, lead, Some(&probe), from.max(1)) {
        Head::Phrase => true,
        Head::Statement => matches!(head, Head::Action(_)) && acts_only_later(view, start),
        _ => false,
    }
}

/// `move the benches and tables before you leave`: the verb belongs to a clause of time or reason behind the things.
fn acts_only_later(view: &View<'_>, start: usize) -> bool {
    // `rent the tent, but only if it rains` names nothing more.
    if !view.any(start.wrapping_sub(1), list!["and", "or", "&"])
        || view.any(start, list!["only", "just", "not", "even", "especially"])
    {
        return false;
    }
    let end = view.next_mark(start, 14);
    let stop = (start + 1..end).find(|at| {
        is_finite(view, *at) && !is_plural_noun(view, *at) || subordinate(view, *at).is_some()
    });
    stop.is_some_and(|at| subordinate(view, at).is_some())
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_a_deed_is_done_to_may_stand_in_front() {
        for (text, summary) in [
            (
                "The blue folder you have to return by Friday.",
                "Return the blue folder",
            ),
            ("Form 12 you need to hand in by Friday.", "Hand in Form 12"),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn things_in_front_of_a_clause_of_time_are_no_clause() {
        for (text, summaries) in [
            (
                "Please fold the chairs and trolleys before you leave.",
                &["Fold the chairs and trolleys"][..],
            ),
            (
                "Pay the plumber and the painter once they have finished.",
                &["Pay the plumber and the painter"],
            ),
            (
                "Please do the Harbour Board and Park Lane surveys by Friday.",
                &["Do the Harbour Board and Park Lane surveys"],
            ),
            (
                "Call Ruth and mark the sheet once you have it.",
                &["Call Ruth", "Mark the sheet"],
            ),
        ] {
            assert_eq!(found(text), summaries, "{text}");
        }
    }
}
