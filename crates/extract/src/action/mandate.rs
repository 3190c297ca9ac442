//! What is asked for in a clause of its own: `we ask that the oven be cleaned`, `I'd ask that you rebook
//! it`, `may I ask whether you would sign it`, `I'd be obliged if the lines were learnt`.
//!
//! The deed stands in the clause behind `that`, `whether` or `if`, and who is to do it is its subject.

use std::ops::Range;

use super::opener::{Agent, Opener, Shape, acceptable, subject};
use super::{passive, place, unlisted};
use crate::clause::View;
use crate::token::{List, list};

/// Which form it is, in words.
pub(crate) const RULE: &str = "asked for in a clause";

/// Words up to the verb that asks, and from its clause to the verb of the deed.
const LEAD: usize = 14;
const LONGEST: usize = 10;

/// Verbs and nouns behind which a clause says what is asked for.
const ASKS: List<'static> = list![
    "ask",
    "asks",
    "asked",
    "request",
    "requests",
    "requested",
    "insist",
    "insists",
    "insisted",
    "demand",
    "demands",
    "demanded",
    "require",
    "requires",
    "required",
    "prefer",
    "beg",
    "begs",
    "begged",
    "urge",
    "urges",
    "stipulate",
    "stipulates",
    "stipulated",
    "instructs",
    "orders",
];

/// Verbs that only advise: a deed where it has a day.
const ADVISES: List<'static> = list![
    "suggest",
    "suggests",
    "suggested",
    "propose",
    "proposes",
    "proposed",
    "recommend",
    "recommends",
    "recommended",
    "advise",
    "advises",
    "advised",
];

/// Words of a courtesy behind which `if` opens what is asked for.
const OBLIGED: List<'static> = list![
    "help",
    "obliged",
    "grateful",
    "glad",
    "pleased",
    "thankful",
    "delighted",
    "appreciate",
    "welcome",
    "kind",
    "good",
    "great",
    "lovely",
    "ideal",
    "best",
    "happy",
    "happier",
];

/// Words between the parts of a request that change nothing in it.
const BETWEEN: List<'static> = list![
    "please",
    "kindly",
    "now",
    "also",
    "all",
    "both",
    "either",
    "only",
    "then",
    "perhaps",
    "possibly",
    "therefore",
    "should",
    "properly",
    "fully",
    "just",
];

/// Reads what is asked for in the clause behind the words at `start`.
pub(super) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    let mark = view.next_mark(start, LEAD);
    could_be(view, start, mark)
        .or_else(|| said_yes(view, start, mark))
        .or_else(|| obliged(view, start, mark))
        .or_else(|| asked(view, start, mark))
}

fn skip(view: &View<'_>, at: usize) -> usize {
    (at..view.len())
        .find(|at| !view.any(*at, BETWEEN))
        .unwrap_or(view.len())
}

/// `Margit asked whether I could do the programme, and I said yes`
fn said_yes(view: &View<'_>, start: usize, mark: usize) -> Option<Opener> {
    const AGREES: List<'static> = list!["yes", "ok", "okay", "sure"];
    if !view.may_have(list!["asked"]) || !(view.may_have(AGREES) || view.may_have(list!["agreed"]))
    {
        return None;
    }
    let asked = (start..mark).find(|at| view.is(*at, "asked"))?;
    let at = asked + 1 + usize::from(view.any(asked + 1, list!["me", "us"]));
    let could = at + 2;
    let mine = view.any(at, list!["if", "whether"])
        && view.any(at + 1, list!["i", "we"])
        && view.any(could, list!["could", "can", "would", "'d"]);
    let verb = skip(view, could + 1);
    let read = view.base_verb(verb).filter(|_| mine)?;
    let yes = (verb + 1..view.len()).any(|at| {
        let says =
            view.any(at, list!["said", "told"]) && (at + 1..at + 4).any(|at| view.any(at, AGREES));
        says || view.is(at, "agreed")
    });
    (yes && acceptable(view, verb, read.lean)).then(|| Opener {
        firm: true,
        ..Opener::said(RULE, Agent::Speaker, verb, 0.8)
    })
}

/// `we ask that …`, `the one thing I insist on is that …`, `I hope I may ask whether you would …`.
fn asked(view: &View<'_>, start: usize, mark: usize) -> Option<Opener> {
    if !(view.may_have(ASKS) || view.may_have(ADVISES)) {
        return None;
    }
    let verb = (start..mark).find(|at| view.any(*at, ASKS) || view.any(*at, ADVISES))?;
    let advises = view.any(verb, ADVISES);
    let own = !view.any(verb - usize::from(verb > 0), list!["not", "n't", "had"])
        && view.any(start, list!["i", "we", "may", "might", "can", "could"])
        || view.any(verb.wrapping_sub(1), list!["to", "i", "we"]);
    if own && view.any(verb + 1, list!["whether", "if"]) && view.is(verb + 2, "you") {
        let would = view.any(
            verb + 3,
            list!["would", "might", "could", "'d", "can", "will"],
        );
        let deed = skip(view, verb + 4);
        let read = view.base_verb(deed).filter(|_| would)?;
        return acceptable(view, deed, read.lean).then(|| Opener {
            firm: true,
            ..Opener::said(RULE, Agent::Addressee, deed, 0.85)
        });
    }
    // `nobody asked that`, `I had asked that`, `do you ask that …?`
    let denied =
        (start..verb).any(|at| view.any(at, list!["not", "n't", "never", "nobody", "had", "if"]));
    if denied || view.question && view.any(start, list!["do", "did", "does", "who", "why"]) {
        return None;
    }
    let that = (verb + 1..mark.min(verb + 5)).find(|at| view.is(*at, "that"));
    let from = match that {
        // `insist on is that`, `ask of you is that`, and nothing that is a deed itself.
        Some(that) => {
            let plain = (verb + 1..that).all(|at| {
                view.any(
                    at,
                    list!["on", "is", "of", "you", "only", "kindly", "me", "us", "now"],
                )
            });
            plain.then_some(that + 1)?
        }
        None if advises && view.is(verb + 1, "you") => verb + 1,
        None => return None,
    };
    let opener = wanted(view, from)?;
    Some(Opener {
        weak: advises,
        ..opener
    })
}

/// What the clause at `from` wants: `the oven be cleaned`, `you rebook it`, `the bills go out on paper`.
pub(crate) fn wanted(view: &View<'_>, from: usize) -> Option<Opener> {
    let mark = view.next_mark(from, LONGEST);
    let be = (from + 1..mark).find(|at| view.is(*at, "be"));
    if let Some(be) = be {
        return done_or_there(view, from..be, be);
    }
    if let Some((agent, end)) = subject(view, from) {
        let verb = skip(view, end);
        let read = view.base_verb(verb);
        let deed = match read {
            Some(read) => acceptable(view, verb, read.lean),
            None => unlisted::unknown_base(view, verb) || repeats(view, verb),
        };
        return deed.then(|| Opener {
            firm: true,
            ..Opener::said(RULE, agent, verb, 0.85)
        });
    }
    (from + 2..mark).find_map(|at| {
        let read = view.base_verb(at)?;
        let object = from..at;
        if let Some(verb) = place::deed(view, at) {
            let shape = Shape::Placed { verb, object };
            return Some(Opener {
                shape,
                firm: true,
                ..Opener::said(RULE, Agent::Unsaid, at, 0.8)
            });
        }
        let yours = view.is(from, "your") && !view.any(at - 1, list!["to", "and", "of"]);
        (yours && acceptable(view, at, read.lean)).then(|| Opener {
            firm: true,
            ..Opener::said(RULE, Agent::Addressee, at, 0.8)
        })
    })
}

/// `re-book the room`: a verb that is done again.
fn repeats(view: &View<'_>, at: usize) -> bool {
    view.lower(at)
        .strip_prefix("re")
        .map(|rest| rest.trim_start_matches('-'))
        .and_then(crate::lexicon::base_verb)
        .is_some()
}

/// What is to be done with a thing by the words behind its `be`: `be cleaned`, `be in the folder`.
fn done_or_there(view: &View<'_>, object: Range<usize>, be: usize) -> Option<Opener> {
    let negated = view.any(be + 1, list!["not", "n't"]) || view.any(be - 1, list!["not", "n't"]);
    let end = object
        .clone()
        .rev()
        .find(|at| !view.any(*at, BETWEEN) && !view.any(*at, list!["not", "n't"]))?
        + 1;
    let object = object.start..end;
    let verb = skip(
        view,
        be + 1 + usize::from(negated && view.any(be + 1, list!["not", "n't"])),
    );
    if view.verb(verb).is_some_and(|verb| verb.forms.participle) {
        return passive::passive(view, object, verb, negated, RULE).map(|opener| Opener {
            firm: true,
            weak: false,
            ..opener
        });
    }
    // `be with us`, `be in our hands`
    let ours =
        view.any(be + 1, list!["with", "in"]) && view.any(be + 2, list!["us", "me", "our", "my"]);
    let (verb, at) = if ours {
        (
            "send",
            be + 2 + usize::from(view.any(be + 2, list!["our", "my"])),
        )
    } else {
        (place::deed(view, be)?, be)
    };
    let shape = Shape::Placed { verb, object };
    Some(Opener {
        shape,
        negated,
        firm: true,
        ..Opener::said(RULE, Agent::Unsaid, at, 0.8)
    })
}

/// `we'd be obliged if the lines were learnt`, `it would help if the readings were with us by Friday`.
fn obliged(view: &View<'_>, start: usize, mark: usize) -> Option<Opener> {
    if !view.may_have(OBLIGED) {
        return None;
    }
    let would = (start..mark).find(|at| view.any(*at, list!["would", "'d", "should"]))?;
    let asks = (would + 1..mark).find(|at| view.any(*at, OBLIGED))?;
    // `we would appreciate receiving the balance`
    if view.is(asks, "appreciate") && view.any(asks + 1, list!["receiving", "having", "getting"]) {
        let end = unlisted::thing_end(view, asks + 2);
        let shape = Shape::Thing {
            verb: "send",
            object: asks + 2..end,
        };
        return (end > asks + 2).then(|| Opener {
            shape,
            firm: true,
            resume: end,
            ..Opener::said(RULE, Agent::Addressee, asks + 1, 0.8)
        });
    }
    let whether = (asks + 1..mark).find(|at| view.is(*at, "if"))?;
    let end = view.next_mark(whether, LONGEST);
    let be = (whether + 2..end).find(|at| {
        view.any(*at, list!["were", "was"])
            || view.is(*at, "be") && view.any(at - 1, list!["could", "can", "would", "might"])
    })?;
    let stop = be - usize::from(view.is(be, "be"));
    let person = view.any(
        whether + 1,
        list!["i", "we", "you", "he", "she", "they", "there"],
    );
    (!person && stop > whether + 1)
        .then(|| done_or_there(view, whether + 1..stop, be))
        .flatten()
}

/// `could the chairs please be moved before Friday?`
fn could_be(view: &View<'_>, start: usize, mark: usize) -> Option<Opener> {
    if !(view.question && view.any(start, list!["could", "would", "might", "can"])) {
        return None;
    }
    // `could the chairs please, please be moved`
    let end = view.len().min(start + LEAD);
    let polite = (start..end).any(|at| view.any(at, list!["please", "kindly"]));
    let be = (start + 2..if polite { end } else { mark }).find(|at| view.is(*at, "be"))?;
    let object_end = (start + 1..be)
        .find(|at| view.is_mark(*at) || view.any(*at, BETWEEN))
        .unwrap_or(be);
    let person = view.any(
        start + 1,
        list![
            "i", "we", "you", "he", "she", "they", "there", "somebody", "someone",
        ],
    );
    // By a time, which is no word of the view where it is a date.
    let bounded = (be..end).any(|at| view.any(at, list!["before", "by"]) || view.is_behind_gap(at));
    // `can the log be mailed to me?`
    let for_us = || {
        (be + 2..end).any(|at| {
            view.any(at, list!["to", "for"])
                && view.any(at + 1, list!["me", "us"])
                && view.is_mark(at + 2)
        })
    };
    let asks = polite || bounded && !view.is(start, "can") || for_us();
    (asks && !person && object_end > start + 1)
        .then(|| done_or_there(view, start + 1..object_end, be))
        .flatten()
        .filter(|opener| matches!(opener.shape, Shape::Passive { .. }))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_clause_says_what_is_asked_for() {
        for (text, summary) in [
            (
                "We ask that the cellar be emptied by Friday.",
                "Empty the cellar",
            ),
            (
                "The club requests that it be mown by Friday. The lawn is long.",
                "Mow it",
            ),
            ("I'd ask that you re-label the jars.", "Re-label the jars"),
            (
                "They asked that you write a short speech.",
                "Write a short speech",
            ),
            (
                "The one thing I must insist on is that the fuse be replaced.",
                "Replace the fuse",
            ),
            (
                "I hope it is not too bold to ask whether you might sign the card.",
                "Sign the card",
            ),
            (
                "We would be obliged if the hedge were trimmed by Friday.",
                "Trim the hedge",
            ),
            (
                "We would appreciate receiving the deposit by Friday.",
                "Send the deposit",
            ),
            (
                "Could the benches please be moved out of the hall?",
                "Move the benches out of the hall",
            ),
            ("Can the report be mailed to me?", "Mail the report to me"),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
        assert_eq!(
            found("We ask that the cellar be emptied and both lamps be returned."),
            ["Empty the cellar", "Return both lamps"]
        );
    }

    #[test]
    fn what_nobody_asks_for_is_no_deed() {
        for text in [
            "Nobody asked that the cellar be emptied.",
            "I suggest you try the soup.",
            "Could it be broken?",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
