//! Subjects: who is to do it, by a pronoun, a name or a role.

use super::opener::Agent;
use crate::clause::View;
use crate::lexicon::Lean;
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
        "someone" | "somebody" | "anyone" | "anybody" if view.is(at + 1, "else") => {
            return Some((Agent::Anyone, at + 2));
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
        "he" | "she" | "they" => named_before(view, at).map_or(Agent::Third, Agent::Named),
        _ => {
            return person::name(view, at).map(|(name, end)| {
                let (name, end) = apposed(view, name, end);
                (Agent::Named(name), behind_brackets(view, end))
            });
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

/// `the electrician, Desmond, has promised to come`: one person by a role and a name.
fn apposed(view: &View<'_>, name: String, end: usize) -> (String, usize) {
    let proper = |name: &str| name.starts_with(char::is_uppercase);
    let second = view
        .is(end, ",")
        .then(|| person::name(view, end + 1))
        .flatten()
        .filter(|(second, close)| {
            view.is(*close, ",")
                && proper(second) != proper(&name)
                && view.any(
                    close + 1,
                    list![
                        "has", "will", "'ll", "must", "should", "is", "needs", "to", "was"
                    ],
                )
        });
    match second {
        Some((second, close)) if proper(&second) => (second, close + 1),
        Some((_, close)) => (name, close + 1),
        None => (name, end),
    }
}

/// `Treasurer (Mr Deshpande) to prepare`: the index behind the brackets, where a verb follows them.
fn behind_brackets(view: &View<'_>, end: usize) -> usize {
    let modal = |at: usize| {
        view.any(at, list!["will", "'ll", "must", "should", "shall"])
            || view.any(at, list!["has", "needs", "is"]) && view.is(at + 1, "to")
    };
    // `Ines from accounts will send it`, `Mr Bo on the ground floor has to sign`
    if view.any(end, list!["from", "on", "in", "at", "of", "with"]) {
        let stop = view.next_mark(end, 6);
        let acts = |at: usize| {
            let verb = view
                .verb(at)
                .filter(|verb| verb.forms.third && !verb.forms.base);
            let acts = verb.is_some_and(|verb| verb.lean == Lean::Verb);
            modal(at) || acts && !view.is_mark(at + 1)
        };
        return (end + 2..stop).find(|at| acts(*at)).unwrap_or(end);
    }
    // `Hamish, who has the van, collects the kits`
    if view.is(end, ",")
        && view.any(
            end + 1,
            list!["who", "whose", "my", "our", "the", "a", "an", "his", "her"],
        )
    {
        let close = (end + 2..view.len().min(end + 12)).find(|at| view.is(*at, ","));
        let behind = close.map(|close| close + 1).filter(|behind| {
            let verb = view
                .verb(*behind)
                .filter(|verb| verb.forms.third && !verb.forms.base);
            verb.is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
                && view.any(
                    behind + 1,
                    list![
                        "the", "a", "an", "it", "them", "my", "our", "your", "his", "her", "their"
                    ],
                )
        });
        return behind.unwrap_or(end);
    }
    if !view.is(end, "(") {
        return end;
    }
    let close = (end + 1..view.len().min(end + 7)).find(|at| view.is(*at, ")"));
    close
        .map(|close| close + 1)
        .filter(|behind| {
            view.any(
                *behind,
                list!["to", "will", "must", "should", "has", "needs", "is", "'ll"],
            ) || view
                .verb(*behind)
                .is_some_and(|verb| verb.forms.third && !verb.forms.base)
        })
        .unwrap_or(end)
}
