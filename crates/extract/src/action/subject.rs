//! Subjects: who is to do it, by a pronoun, a name or a role.

use super::opener::Agent;
use crate::clause::View;
use crate::lexicon::{Lean, Verb};
use crate::person;
use crate::token::list;

/// Whether a subject can start at `at`.
pub(crate) fn starts_subject(view: &View<'_>, at: usize) -> bool {
    subject(view, at).is_some()
}

/// Reads a subject and who it is; the second value is the index behind it.
pub(crate) fn subject(view: &View<'_>, at: usize) -> Option<(Agent, usize)> {
    let token = view.get(at)?;
    let agent = match token.lower.as_str() {
        "i" | "me" => Agent::Speaker,
        "we" | "everybody" | "everyone" | "us" => Agent::We,
        "you" | "u" | "ya" | "y'all" => {
            let both = view.any(
                at + 1,
                list!["guys", "all", "both", "two", "folks", "please"],
            );
            let and_name = view
                .is(at + 1, "and")
                .then(|| person::name(view, at + 2))
                .flatten();
            if let Some((_, end)) = and_name {
                return Some((Agent::Addressee, end));
            }
            // `you and your drill`
            if view.is(at + 1, "and") && view.any(at + 2, list!["your", "the"]) {
                return Some((Agent::Addressee, at + 4));
            }
            return Some((Agent::Addressee, at + 1 + usize::from(both)));
        }
        // `Ida books the hall, all to sell tickets`
        "all" if view.is(at + 1, "to") && view.base_verb(at + 2).is_some() => Agent::We,
        "someone" | "somebody" | "anyone" | "anybody" if view.is(at + 1, "else") => {
            return Some((Agent::Anyone, at + 2));
        }
        // `can someone from finance check this?`
        "someone" | "somebody" | "anyone" | "anybody"
            if view.any(at + 1, list!["from", "in", "at"])
                && at > 0
                && person::asks(view, at - 1) =>
        {
            let the = usize::from(view.any(at + 2, list!["the", "your", "our"]));
            return Some((Agent::Anyone, at + 3 + the));
        }
        "someone" | "somebody" | "anyone" | "anybody" | "whoever" | "nobody" => Agent::Anyone,
        "one" | "some" | "both" | "all" | "each" | "either"
            if view.is(at + 1, "of") && view.any(at + 2, list!["us", "you", "them"]) =>
        {
            return Some((Agent::Anyone, at + 3));
        }
        // `the two of you`
        "the"
            if view.any(at + 1, list!["two", "three", "four", "pair", "lot", "both"])
                && view.is(at + 2, "of")
                && view.is(at + 3, "you") =>
        {
            return Some((Agent::Addressee, at + 4));
        }
        // `if your office could send it`: whoever is written to.
        "your"
            if view.any(at + 1, list!["office", "department", "team", "side"])
                && (person::asks(view, at + 2) || at > 0 && person::asks(view, at - 1)) =>
        {
            return Some((Agent::Addressee, at + 2));
        }
        "he" | "she" | "they" => named_before(view, at).map_or(Agent::Third, Agent::Named),
        _ => {
            let (name, end) = person::name(view, at)?;
            let (name, end) = with_aside(view, name, end);
            return Some((Agent::Named(name), end));
        }
    };
    Some((agent, at + 1))
}

/// `and Bastien, he makes a new one`: who stands in front and is taken up by a pronoun.
fn named_before(view: &View<'_>, at: usize) -> Option<String> {
    let comma = at.checked_sub(1).filter(|comma| view.is(*comma, ","))?;
    let from = comma.saturating_sub(4).max(1);
    (from..comma).find_map(|start| {
        let (name, end) = person::name(view, start)?;
        // `Mum, he needs the form` speaks to Mum.
        let begins = view.any(start - 1, list!["and", "but", ","]);
        (end == comma && begins).then_some(name)
    })
}

/// Takes what is said of somebody before what they do: `the electrician, Desmond, has promised`,
/// `Treasurer (Mr Deshpande) to prepare`, `Ines from accounts will send it`. The name, and the index behind.
fn with_aside(view: &View<'_>, name: String, end: usize) -> (String, usize) {
    let behind = match view.lower(end) {
        "," => return between_commas(view, name, end),
        "(" => behind_brackets(view, end),
        "from" | "on" | "in" | "at" | "of" | "with" => behind_place(view, end),
        _ => None,
    };
    (name, behind.unwrap_or(end))
}

/// `the electrician, Desmond, has promised`: the proper one of two names of one person; `Hamish, who has the
/// van, collects the kits`.
fn between_commas(view: &View<'_>, name: String, end: usize) -> (String, usize) {
    if let Some((second, behind)) = apposed(view, &name, end) {
        let name = if is_proper(&second) { second } else { name };
        return (name, behind);
    }
    let told = view.any(
        end + 1,
        list!["who", "whose", "my", "our", "the", "a", "an", "his", "her"],
    );
    let close = (end + 2..view.len().min(end + 12)).find(|at| view.is(*at, ","));
    let behind = close.map(|close| close + 1).filter(|behind| {
        let acts = third_person(view, *behind)
            .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either));
        let thing = list![
            "the", "a", "an", "it", "them", "my", "our", "your", "his", "her", "their"
        ];
        told && acts && view.any(behind + 1, thing)
    });
    (name, behind.unwrap_or(end))
}

fn is_proper(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The other name of the same person, by a role and a name, and the index behind its comma.
fn apposed(view: &View<'_>, name: &str, end: usize) -> Option<(String, usize)> {
    let (second, close) = person::name(view, end + 1)?;
    let has_to = list![
        "has", "will", "'ll", "must", "should", "is", "needs", "to", "was"
    ];
    let one = is_proper(&second) != is_proper(name);
    (one && view.is(close, ",") && view.any(close + 1, has_to)).then_some((second, close + 1))
}

/// `Treasurer (Mr Deshpande) to prepare`
fn behind_brackets(view: &View<'_>, end: usize) -> Option<usize> {
    let close = (end + 1..view.len().min(end + 7)).find(|at| view.is(*at, ")"))?;
    let has_to = list!["to", "will", "must", "should", "has", "needs", "is", "'ll"];
    let acts = view.any(close + 1, has_to) || third_person(view, close + 1).is_some();
    acts.then_some(close + 1)
}

/// `Ines from accounts will send it`, `Mr Bo on the ground floor has to sign`
fn behind_place(view: &View<'_>, end: usize) -> Option<usize> {
    (end + 2..view.next_mark(end, 6)).find(|at| {
        let modal = view.any(*at, list!["will", "'ll", "must", "should", "shall"])
            || view.any(*at, list!["has", "needs", "is"]) && view.is(at + 1, "to");
        let acts = || third_person(view, *at).is_some_and(|verb| verb.lean == Lean::Verb);
        modal || acts() && !view.is_mark(at + 1)
    })
}

/// A verb that says what somebody does: `collects`.
fn third_person(view: &View<'_>, at: usize) -> Option<Verb> {
    view.verb(at).filter(|verb| verb.forms.only_third())
}
