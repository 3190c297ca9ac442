//! What is told not to be done yet by whoever is to do it: `we still haven't paid the plumber`, `nobody has
//! booked the hall yet`.

use super::opener::{Agent, Opener, acceptable};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// Which form it is, in words.
pub(crate) const RULE: &str = "said not to be done yet";

/// Words by which it is still to come.
const TO_COME: List<'static> = list!["still", "yet"];

/// What comes to people, or has an end of its own: nobody does it by being told of it.
const BEFALLS: List<'static> = list![
    "hear", "get", "receive", "see", "find", "decide", "meet", "make", "forget", "recover",
    "sleep", "give", "lose", "manage", "use", "touch", "eat", "stop", "start", "finish", "unpack",
    "open", "work", "play", "go", "come", "begin", "win", "reach", "break", "claim", "ask",
];

/// Words between the auxiliary and the verb, and the longest way to a `yet`.
const BETWEEN: List<'static> = list!["still", "not", "n't", "even", "actually", "yet"];
const LONGEST: usize = 12;

/// Reads what the one whose words begin at `start` has not done.
pub(super) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    if !view.may_have(TO_COME) || view.question {
        return None;
    }
    let (agent, from) = whose(view, start)?;
    let mut at = from;
    let (mut has, mut denied, mut to_come) = (false, agent == Agent::Anyone, false);
    loop {
        if !has && view.any(at, list!["have", "'ve", "has", "'s"]) {
            has = true;
        } else if view.any(at, BETWEEN) {
            denied |= view.any(at, list!["not", "n't"]);
            to_come |= view.any(at, TO_COME);
        } else {
            break;
        }
        at += 1;
    }
    let read = view
        .verb(at)
        .filter(|verb| has && denied && verb.forms.participle)?;
    let mark = view.next_mark(at, LONGEST);
    let to_come = to_come || view.is(mark.wrapping_sub(1), "yet");
    let object = view.get(at + 1).is_some_and(|token| {
        token.is_word()
            && !token.any(list![
                "to", "for", "about", "on", "in", "at", "yet", "it", "that"
            ])
    });
    let deed = matches!(read.lean, Lean::Verb | Lean::Either)
        && !BEFALLS.holds(read.base)
        && acceptable(view, at, read.lean);
    (to_come && object && deed).then(|| Opener::said(RULE, agent, at, 0.6))
}

/// Who has not done it, and where what is said of them goes on: the writer, or nobody at all.
fn whose(view: &View<'_>, start: usize) -> Option<(Agent, usize)> {
    Some(match view.lower(start) {
        "i" => (Agent::Speaker, start + 1),
        "we" => (Agent::We, start + 1),
        "nobody" | "noone" => (Agent::Anyone, start + 1),
        "no" if view.is(start + 1, "one") => (Agent::Anyone, start + 2),
        // `still haven't paid the plumber`
        "still" if view.is(start + 1, "have") => (Agent::Unsaid, start),
        "have" if start > 0 && view.is(start - 1, "still") => (Agent::Unsaid, start - 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_the_writer_has_still_not_done_is_to_be_done() {
        for (text, summary) in [
            ("We still haven't paid the plumber.", "Pay the plumber"),
            ("I've still not booked the ferry.", "Book the ferry"),
            ("I haven't written the speech yet.", "Write the speech"),
            ("Still haven't cancelled the gym!!", "Cancel the gym"),
            ("Nobody has ordered the cake yet.", "Order the cake"),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn what_has_not_come_to_somebody_is_no_deed() {
        for text in [
            "We still haven't heard from the plumber.",
            "I haven't decided yet.",
            "They still haven't paid the plumber.",
            "Nobody has ordered the cake.",
            "Have you paid the plumber yet?",
            "The sun hasn't come out yet.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
