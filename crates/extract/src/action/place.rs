//! Deeds worded from where a thing has to be: `timesheets must be in by six`, `the letter has to go
//! out`, `forms have to be in my office`.

use std::ops::Range;

use super::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::token::{List, list};

/// Why it is a deed.
pub(crate) const RULE: &str = "something has to be somewhere";

/// Prepositions and particles that say where.
const WHERE: List<'static> = list![
    "in", "on", "at", "with", "out", "off", "back", "to", "up", "down", "into", "over", "away",
    "there", "here", "home", "by", "before",
];

/// Reads what follows the subject at `subject`: an obligation to be, go or come somewhere.
pub(super) fn read(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let (verb, negated) = obligation(view, at).or_else(|| goes(view, at).then_some((at, false)))?;
    // `the parcel should be here tomorrow`: what is expected.
    if view.is(at, "should") && view.is(verb, "be") && view.is(verb + 1, "here") {
        return None;
    }
    let deed = deed(view, verb)?;
    let reached = usize::from(view.is(verb, "reach") && view.any(verb + 1, list!["us", "me"]));
    let worded = subject.clone().any(|at| {
        view.get(at)
            .is_some_and(|token| token.is_word() && crate::words::is_content(token))
    });
    let person = view.any(
        subject.start,
        list![
            "i",
            "we",
            "you",
            "he",
            "she",
            "they",
            "who",
            "what",
            "there",
            "it",
            "that",
            "this",
            "everyone",
            "everybody",
            "somebody",
            "someone",
            "nobody",
            "if",
            "when",
            "how",
            "why",
            "to",
            "which",
            "and",
        ],
    ) || crate::person::name(view, subject.start)
        .is_some_and(|(_, end)| end == subject.end);
    // `the poster, that has to be at the printer's`: named first, then pointed at.
    let pointed = subject.len() == 1
        && view.any(subject.start, list!["that", "those", "it", "they"])
        && view.is(subject.start.wrapping_sub(1), ",");
    // `it has to come back by Monday`, but not `the kids have to come back`
    if view.is(verb, "come") && view.is(verb + 1, "back") && worded {
        return None;
    }
    (worded && !person || pointed).then_some(Opener {
        shape: Shape::Placed {
            verb: deed,
            object: subject,
        },
        negated,
        weak: true,
        resume: verb + 1 + reached,
        ..Opener::said(RULE, Agent::Unsaid, verb, 0.7)
    })
}

/// `the bins have to go out`: what is put outside, and not sent.
pub(super) fn carried(view: &View<'_>, verb: usize) -> bool {
    (verb.saturating_sub(6)..verb).any(|at| {
        view.any(
            at,
            list![
                "bin",
                "bins",
                "trash",
                "rubbish",
                "garbage",
                "recycling",
                "paper",
                "bags",
                "cans",
                "waste",
                "compost",
                "glass",
                "chairs",
                "furniture",
                "plants",
                "dog",
                "cat",
            ],
        )
    })
}

/// `must be`, `has to go`, `needs to arrive`: the index of the verb, and whether it is denied.
fn obligation(view: &View<'_>, at: usize) -> Option<(usize, bool)> {
    let skip =
        |at: usize| at + usize::from(view.any(at, list!["all", "both", "also", "still", "really"]));
    let at = skip(at);
    let (verb, negated) = match view.lower(at) {
        "must" | "should" | "shall" => {
            let not = usize::from(view.any(at + 1, list!["not", "n't"]));
            (at + 1 + not, not > 0)
        }
        "need" | "needs" | "has" | "have" | "is" | "are" | "ought" if view.is(at + 1, "to") => {
            (at + 2, false)
        }
        // `the card's got to be on the window`
        "has" | "have" | "'s" | "'ve" if view.is(at + 1, "got") && view.is(at + 2, "to") => {
            (at + 3, false)
        }
        // `the signed deed to reach us by 7 April`
        "to" if view.is(at + 1, "reach") && view.any(at + 2, list!["us", "me"]) => (at + 1, false),
        _ => return None,
    };
    Some((skip(verb), negated))
}

/// What goes somewhere by itself, or is only said to go up or down.
const GOES_ITSELF: List<'static> = list![
    "bus",
    "train",
    "flight",
    "ferry",
    "plane",
    "tram",
    "trip",
    "excursion",
    "outing",
    "tour",
    "holiday",
    "journey",
    "cruise",
    "retreat",
    "hike",
    "road",
    "path",
    "trail",
    "price",
    "prices",
    "rent",
    "fee",
    "fees",
    "fares",
    "rates",
    "taxes",
    "costs",
    "thanks",
    "life",
    "time",
    "things",
    "everything",
    "it",
    "that",
    "kids",
    "proceeds",
    "profits",
    "ticket",
    "tickets",
    "credit",
];

/// `bins go out tonight`, `entry fees go to Mel by the 12th`: how it is arranged.
fn goes(view: &View<'_>, at: usize) -> bool {
    if !view.any(at, list!["go", "goes"]) {
        return false;
    }
    // `the blinds go up at three since the update`: how it is.
    let already = (at + 2..view.next_mark(at, 9)).any(|word| view.is(word, "since"));
    // `the 12 goes back to its normal route`, `they go back into stock`
    let settles = view.is(at + 1, "back")
        && (view.any(at + 2, list!["into", "in"])
            || view.is(at + 2, "to") && view.any(at + 3, list!["its", "their", "normal", "being"]));
    if already || settles {
        return false;
    }
    let thing = !view.any(at.wrapping_sub(1), GOES_ITSELF);
    let onto = view.any(at + 1, list!["on", "onto"])
        && view.any(at + 2, list!["the", "my", "our", "your", "her", "his"]);
    (onto
        || view.any(
            at + 1,
            list!["out", "back", "to", "in", "into", "up", "over"],
        ))
        && !view.any(
            at + 2,
            list![
                "print",
                "press",
                "plan",
                "school",
                "bed",
                "work",
                "sleep",
                "waste",
                "market",
                "court",
                "trial",
                "show",
                "production",
                "live",
            ],
        )
        && thing
}

/// `your parcel should reach you within two days`, `the money should arrive today`: what is on its way.
fn is_expected(view: &View<'_>, verb: usize) -> bool {
    const ON_ITS_WAY: List<'static> = list![
        "bus",
        "card",
        "delivery",
        "goods",
        "it",
        "luggage",
        "mail",
        "money",
        "order",
        "package",
        "parcel",
        "payment",
        "refund",
        "replacement",
        "shipment",
        "they",
        "train",
        "toner",
    ];
    let hoped = (verb.saturating_sub(3)..verb).any(|word| view.is(word, "should"));
    hoped
        && (view.any(verb + 1, list!["you", "your"])
            || (verb.saturating_sub(7)..verb).any(|word| view.any(word, ON_ITS_WAY)))
}

/// What somebody does so that the thing comes to be there.
pub(super) fn deed(view: &View<'_>, verb: usize) -> Option<&'static str> {
    let next = view.lower(verb + 1);
    let somewhere = WHERE.holds(next);
    match view.lower(verb) {
        "be" if matches!(
            next,
            "in" | "on" | "at" | "with" | "out" | "off" | "back" | "there" | "here" | "up"
        ) =>
        {
            Some("get")
        }
        "be" if view.is_mark(verb + 1)
            || matches!(next, "ready" | "clear" | "clean" | "empty" | "complete") =>
        {
            Some("get")
        }
        "go" | "goes" if matches!(next, "out" | "off") => {
            Some(if carried(view, verb) { "put" } else { "send" })
        }
        "go" | "goes" | "come" if next == "back" => Some("return"),
        "go" | "goes" if matches!(next, "to" | "over") => Some("send"),
        "go" | "goes" if matches!(next, "in" | "into" | "on" | "onto" | "up") => Some("put"),
        "come" if matches!(next, "in" | "out" | "off" | "down") => Some("get"),
        "arrive" | "reach" if is_expected(view, verb) => None,
        "arrive" | "reach" => Some("send"),
        "be" if somewhere && next == "to" => None,
        _ => None,
    }
}
