//! What somebody asks to be given: `they'd like the revised version by Friday`, `I'd also like a written
//! confirmation`, `we will need your last three payslips`.

use std::ops::Range;

use crate::action::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::token::{List, list};

/// Which form it is, in words, where it is not the writer who wants it.
pub(crate) const RULE: &str = "somebody wants it by a day";

const DETERMINERS: List<'static> = list![
    "the", "a", "an", "my", "our", "your", "his", "her", "their", "its", "both", "all", "another",
];

/// What only the one who is written to can give.
const ANSWERS: List<'static> = list![
    "answer",
    "confirmation",
    "explanation",
    "receipt",
    "refund",
    "reply",
    "response",
    "statement",
    "quote",
    "invoice",
];

/// What is wished for and nobody has at hand to send.
const NO_THINGS: List<'static> = list![
    "break", "chance", "writing", "holiday", "house", "job", "life", "lift", "seat", "table",
    "word",
];

/// Reads the words behind a subject as the wish to be given a thing.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let modal = view.any(at, list!["'d", "would", "'ll", "will"]);
    let plain = view.any(at, list!["want", "wants", "need", "needs"]);
    if !(modal || plain) {
        return None;
    }
    let verb = (at..at + 3).find(|word| {
        !view.any(
            *word,
            list!["'d", "would", "'ll", "will", "also", "really", "still"],
        )
    })?;
    if !view.any(verb + 1, DETERMINERS) || super::super::passive::causative(view, verb).is_some() {
        return None;
    }
    let mark = view.next_pause(verb + 1, 12);
    let end = (verb + 2..mark)
        .find(|word| view.any(*word, list!["to", "that", "which", "so", "because", "from"]))
        .unwrap_or(mark);
    let alone = subject.len() == 1;
    let speaks = alone && view.any(subject.start, list!["i", "we"]);
    let other = alone && view.any(subject.start, list!["he", "she", "they"])
        || modal && is_party(view, &subject);
    let likes = view.any(at, list!["'d", "would"]) && view.any(verb, list!["like", "need", "want"]);
    let told = match (speaks, other) {
        // `we will need your payslips`
        (true, _) if view.any(at, list!["'ll", "will"]) => {
            view.is(verb, "need") && view.is(verb + 1, "your")
        }
        (true, _) => {
            likes
                && ((verb + 2..end).any(|word| view.any(word, ANSWERS))
                    || is_dated(view, verb, mark))
        }
        (_, true) => (likes || plain) && is_dated(view, verb, mark),
        _ => false,
    };
    let nothing =
        (verb + 2..end).any(|word| view.any(word, NO_THINGS) || !speaks && view.any(word, ANSWERS));
    // `they want the tenants out`: how it is to be.
    let nothing = nothing || view.any(end - 1, list!["out", "off", "gone", "in", "down"]);
    let verbless = !view.is(end, "to") && end > verb + 2;
    (told && !nothing && verbless).then(|| {
        let agent = if speaks {
            Agent::Addressee
        } else {
            Agent::Unsaid
        };
        Opener {
            shape: Shape::Thing {
                verb: "send",
                object: verb + 1..end,
            },
            weak: !speaks,
            resume: end,
            ..Opener::said(if speaks { super::RULE } else { RULE }, agent, verb, 0.6)
        }
    })
}

/// `the client`, `our landlord`, `Mrs Lund`: somebody who is spoken of.
fn is_party(view: &View<'_>, subject: &Range<usize>) -> bool {
    let named = view.get(subject.start).is_some_and(|token| token.capital)
        && !view.any(
            subject.start,
            list!["i", "we", "you", "it", "that", "this", "who", "what"],
        );
    (1..=3).contains(&subject.len())
        && (view.any(subject.start, list!["the", "my", "our"]) || named)
        && !subject.clone().any(|word| {
            view.any(
                word,
                list!["if", "whether", "what", "who", "i", "we", "you"],
            )
        })
}

/// Whether the day by which it is wanted stands behind: `by Friday`, `until noon`.
fn is_dated(view: &View<'_>, verb: usize, mark: usize) -> bool {
    let end = view.at.get(mark).copied().unwrap_or(view.tokens.len());
    let tokens = &view.tokens[view.at[verb]..end];
    tokens.windows(2).any(|pair| {
        pair[0].any(list!["by", "until", "till", "before"]) && pair[1].is_dated()
            || pair[0].is_dated() && pair[0].any(list!["by", "until", "till"])
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, found};

    #[test]
    fn what_somebody_wants_by_a_day_is_sent() {
        for (text, summary) in [
            (
                "They'd like the new floor plan by Friday.",
                "Send the new floor plan",
            ),
            (
                "She wants a shorter summary by Friday.",
                "Send a shorter summary",
            ),
            (
                "The museum would like the loan form by Friday.",
                "Send the loan form",
            ),
            (
                "We'd like the signed minutes by Friday.",
                "Send the signed minutes",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(dues(text), [Some("2026-03-13".to_owned())], "{text}");
        }
    }

    #[test]
    fn what_only_the_reader_can_give_is_sent() {
        for (text, summary) in [
            (
                "I'd also like a written confirmation that the fee was dropped.",
                "Send a written confirmation",
            ),
            (
                "We will need your last two bills.",
                "Send your last two bills",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn wishes_ask_for_nothing() {
        for text in [
            "They'd like a bigger house.",
            "I'd like a coffee.",
            "She would like the summer back.",
            "We'd like a table by the window.",
            "We will need a bigger boat.",
            "He asked whether they'd like the red one by Friday.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
