//! What tells an order from what only looks like one: titles, notices, nouns, the past.

use super::imperative::OBJECT_STARTS;
use crate::clause::{Lead, View, is_finite, is_plural_noun};
use crate::lexicon::{self, Lean};
use crate::token::{List, list};

/// Words that no noun is.
const NOT_NOUNS: List<'static> = list![
    "from", "to", "for", "by", "at", "in", "on", "with", "of", "through", "again", "out", "up",
    "down", "off", "away", "back",
];

/// What things do of themselves.
const HAPPENS: List<'static> = list![
    "run", "expire", "end", "start", "begin", "close", "open", "shut", "stay", "remain", "arrive",
    "lapse", "apply", "resume", "last", "continue", "depart", "land",
];

/// `Patch notes: …`, `Update on the parcel: it turned up`: words that say what follows is about.
pub(crate) fn titles(view: &View<'_>, start: usize, opens: bool) -> bool {
    let colon = view.next_mark(start, 8);
    let noun = view
        .base_verb(start)
        .is_some_and(|verb| matches!(verb.lean, Lean::Either | Lean::Noun));
    if !(opens && noun && view.is(colon, ":") && colon + 2 < view.len()) {
        return false;
    }
    let object = view.any(start + 1, OBJECT_STARTS);
    // `Water butt: Kofi to get two quotes`
    let shared_out = super::opener::read(view, colon + 1)
        .is_some_and(|opener| matches!(opener.agent, super::opener::Agent::Named(_)));
    let told = shared_out || crate::clause::states(view, colon + 1);
    !object && told
}

/// `Read in the hammock, picked cherries`, `slugs ate the lettuce, put down tape`: the same form as
/// the past, among others of the past.
pub(super) fn tells_the_past(view: &View<'_>, start: usize) -> bool {
    let past = |at: usize| {
        view.verb(at)
            .is_some_and(|verb| verb.forms.past && !verb.forms.base)
    };
    let mark = view.next_mark(start, 12);
    let behind = view.is(mark, ",")
        && (past(mark + 1) || view.any(mark + 1, list!["and", "then"]) && past(mark + 2));
    // `leave approved, put it in the calendar`: what is settled, and what follows from it.
    let settled = start > 1
        && view.any(
            start - 2,
            list![
                "approved",
                "confirmed",
                "booked",
                "agreed",
                "accepted",
                "granted",
                "scheduled",
            ],
        );
    let before = start > 1
        && view.is(start - 1, ",")
        && !settled
        && (start.saturating_sub(8)..start - 1).any(past)
        && !(start.saturating_sub(8)..start - 1).any(|at| view.is(at, "to"));
    behind || before
}

/// What only looks like an order: a notice, a title.
pub(super) fn tells(view: &View<'_>, start: usize, lead: Lead, kind: Lean, opens: bool) -> bool {
    // `Call 1800-11-0000` is what a notice says; `Tidy Towns.` is a title.
    let dials = view.is(start, "call")
        && !view.listed
        && view
            .get(start + 1)
            .is_some_and(|token| token.kind == crate::token::Kind::Number);
    let title = opens
        && kind == Lean::Noun
        && !view.listed
        && (2..=4).contains(&view.len())
        && (start..view.len())
            .all(|at| view.is_mark(at) || view.get(at).is_some_and(|token| token.capital))
        && !(start + 1..view.len()).any(|at| lexicon::is_first_name(view.lower(at)));
    // `kindly note that …`, `please find my replies below` only tell something.
    let telling = view.any(
        start,
        list!["note", "accept", "ignore", "excuse", "disregard"],
    ) || view.is(start, "find")
        && view.any(start + 1, list!["the", "my", "our", "your", "below"])
        || view.is(start, "find")
            && (start + 1..view.next_mark(start, 9)).any(|at| {
                view.any(
                    at,
                    list!["inline", "attached", "enclosed", "below", "herewith"],
                )
            });
    // `label printer ok now`, `delete flow ok`: how it is stands behind.
    let mark = view.next_mark(start, 7);
    let last = mark - usize::from(mark > start && view.any(mark - 1, list!["now", "again"]));
    let works =
        !lead.polite && last > start + 2 && view.any(last - 1, list!["ok", "okay", "intact"]);
    // `give me until the 20th`, `give it a week`: time, and no deed.
    let waits = view.is(start, "give")
        && view.any(start + 1, list!["me", "us", "it", "him", "her", "them"])
        && (view.is_mark(start + 2)
            || view.any(start + 2, list!["until", "till", "time"])
            || view.any(start + 2, list!["a", "some", "another", "more"])
                && view.any(
                    start + 3,
                    list!["week", "day", "moment", "minute", "second", "time", "few"],
                ));
    dials || title || works || waits || (lead.polite && telling)
}

/// How a thing is, or what it is called by, behind its first noun.
const HEADS: List<'static> = list![
    "delivery",
    "backlog",
    "window",
    "log",
    "rights",
    "summary",
    "results",
    "training",
    "workshop",
    "session",
    "fee",
    "fees",
    "times",
    "rate",
    "rates",
    "status",
    "protocol",
    "low",
    "high",
    "completed",
    "reduced",
    "ok",
    "okay",
    "full",
    "failed",
    "passed",
    "late",
    "intact",
    "fine",
    "recap",
    "management",
    "club",
    "committee",
    "supper",
    "society",
    "unknown",
    "brown",
    "closed",
    "unclear",
    "undecided",
];
/// `Visit report`, `Study group`, `Print shop catch-up`: what they are of.
const OF: List<'static> = list![
    "visit", "match", "harvest", "study", "field", "test", "trip", "travel", "progress", "book",
    "bake", "work", "support", "focus", "review", "lab", "watch", "print", "process", "design",
    "market", "research", "project", "group", "board", "stage", "tidy", "release", "repair",
    "paint", "sail", "garden", "record",
];
/// What a gathering or its record is called.
const MEETINGS: List<'static> = list![
    "report",
    "group",
    "record",
    "sale",
    "log",
    "club",
    "circle",
    "call",
    "catch-up",
    "meeting",
    "committee",
    "huddle",
    "session",
    "sync",
    "round",
    "diary",
    "recap",
    "briefing",
    "debrief",
    "notes",
    "minutes",
    "standup",
    "stand-up",
    "update",
    "crew",
    "shop",
];

/// `Compost delivery`, `Iron low`, `Back in 1987 my uncle …`: the first word is no verb.
pub(super) fn compounds(view: &View<'_>, start: usize) -> bool {
    // `Invoice 77 – check it`
    let counted = view
        .get(start + 1)
        .is_some_and(|token| token.kind == crate::token::Kind::Number)
        && view.any(start + 2, list!["–", "—", "-", ":", "--"]);
    if counted {
        return true;
    }
    let bare = |at: usize| {
        view.get(at).is_some_and(|token| {
            token.is_word() && !token.any(OBJECT_STARTS) && !token.any(NOT_NOUNS)
        })
    };
    let titled = view.any(start, OF)
        && (start + 1..start + 4).take_while(|at| bare(*at)).any(|at| {
            view.any(at, MEETINGS) && (view.is_mark(at + 1) || view.verb(at + 1).is_some())
        });
    if titled && !view.listed {
        return true;
    }
    // `order withdrawn`, `visit postponed to June`
    let undone = view
        .verb(start + 1)
        .is_some_and(|verb| verb.forms.participle && !verb.forms.base && !verb.forms.ing)
        && (view.is_mark(start + 2)
            || view.any(start + 2, list!["to", "until", "till", "by", "again"]));
    // `root cause analysis`
    if view.is(start, "root") && view.any(start + 1, list!["cause", "causes"]) {
        return true;
    }
    // `ironer 2: belt worn, order pending`
    let waits = view.any(
        start + 1,
        list!["pending", "overdue", "outstanding", "underway"],
    ) && view.is_mark(start + 2);
    let state = undone
        || waits
        || view.any(start + 1, HEADS) && (view.is_mark(start + 2) || !view.is(start + 2, "for"));
    // A date between the two: `Back in 1987 my uncle …`
    let parted = view
        .at
        .get(start + 1)
        .is_some_and(|next| *next > view.at[start] + 1);
    let noun = view
        .base_verb(start)
        .is_some_and(|verb| verb.lean == Lean::Noun);
    state || parted && noun && view.is(start, "back")
}

/// `I'll leave the ticket open until Thursday`: nothing is done to it till then.
pub(crate) fn stays_open(view: &View<'_>, start: usize) -> bool {
    let end = view.next_mark(start, 9);
    view.any(start, list!["leave", "keep"]) && end > start + 2 && view.is(end - 1, "open")
}

/// `I need somebody to talk to about the tone`: who is wanted for company, and asked for nothing.
pub(crate) fn wanted_company(view: &View<'_>, start: usize) -> bool {
    view.any(start, list!["talk", "speak", "chat", "turn", "lean"])
        && view.any(start + 1, list!["to", "with", "on"])
        && (view.is_mark(start + 2)
            || start + 2 >= view.len()
            || view.any(start + 2, list!["about", "on", "in", "when", "if", "and"]))
}

/// `leave the ironing`, `leave the pump as it is`, `leave Tom to his scones`: it is not to be done.
pub(crate) fn left_alone(view: &View<'_>, start: usize) -> bool {
    let end = view.next_mark(start, 9);
    let be = (start + 1..end).any(|at| {
        let closes = view.is_mark(at + 1)
            || view.any(
                at + 1,
                list![
                    "this", "for", "until", "please", "now", "today", "anyway", "so",
                ],
            );
        view.any(
            at,
            list![
                "alone",
                "be",
                "untouched",
                "unchanged",
                "cancelled",
                "canceled",
            ],
        ) && closes
            || view.is(at, "in") && view.is(at + 1, "peace")
            || view.any(at, list!["as", "where"])
                && view.any(at + 1, list!["it", "they", "is", "you", "he", "she"])
            || view.is(at, "to")
                && view.any(at + 1, list!["his", "her", "their", "its"])
                && !view.is_mark(at + 2)
    });
    be || view.next_mark(start, 6) <= start + 3
        && view.any(start + 1, list!["the", "it", "that", "them"])
}

/// For verbs that are surely verbs only the forms of `be` count: `Send is broken`, and what happens
/// behind another noun: `Feed shop opens at six`, `Bake sale made €211`.
pub(super) fn late_verb(view: &View<'_>, start: usize, same_in_past: bool) -> bool {
    let bare = |at: usize| {
        view.get(at).is_some_and(|token| {
            token.is_word() && !token.any(OBJECT_STARTS) && !token.any(NOT_NOUNS)
        })
    };
    let happened = bare(start + 1)
        && (start + 2..start + 4).take_while(|at| bare(*at)).any(|at| {
            view.verb(at).is_some_and(|verb| {
                verb.forms.only_third() && HAPPENS.holds(verb.base)
                    || verb.base == "make" && verb.forms.past
            })
        });
    happened
        || view.any(start + 1, list!["is", "are", "was", "were", "has", "'s"])
        || (same_in_past && view.any(start + 1, list!["is"]))
}

pub(super) fn kin(word: &str) -> bool {
    matches!(
        word,
        "mum"
            | "mom"
            | "dad"
            | "grandma"
            | "grandpa"
            | "granny"
            | "oma"
            | "opa"
            | "mama"
            | "papa"
            | "home"
            | "back"
            | "grandad"
            | "auntie"
            | "customer"
            | "clients"
            | "customers"
            | "people"
            | "guests"
    )
}

/// `print and sign the contract`: the first verb has its object behind the second.
pub(super) fn shares_object(view: &View<'_>, start: usize) -> bool {
    view.any(start + 1, list!["and", "or", "&", ","])
        && view
            .base_verb(start + 2)
            .is_some_and(|verb| verb.lean != Lean::State)
        && view
            .get(start + 3)
            .is_some_and(crate::token::Token::is_word)
}

/// Deeds that need no object: `clean up`, `tidy`, `cook`.
pub(super) fn intransitive(view: &View<'_>, start: usize) -> bool {
    view.any(
        start,
        list![
            "declutter",
            "defrost",
            "exercise",
            "meditate",
            "unpack",
            "deploy",
            "practise",
            "respond",
            "apologise",
            "apologize",
        ],
    )
}

/// A finite verb in the same clause shows that the first word is a noun: `Test results are in`.
pub(super) fn is_finite_soon(view: &View<'_>, start: usize) -> bool {
    let end = view.next_mark(start + 1, 8);
    for at in start + 1..end {
        if view.any(
            at,
            list![
                "that", "which", "who", "what", "how", "if", "when", "where", "whether", "because",
                "before", "after", "once", "until", "so", "and", "to", "as", "than", "we", "i",
                "you", "they", "he", "she",
            ],
        ) {
            return false;
        }
        // `block lost card`: right behind the verb a participle belongs to the noun.
        let noun_behind = view.get(at + 1).is_some_and(|token| {
            token.is_word()
                && !token.any(NOT_NOUNS)
                && !token.any(list![
                    "them", "him", "her", "me", "us", "it", "the", "a", "an", "that", "you",
                ])
        });
        let adjective = at == start + 1
            && noun_behind
            && view
                .verb(at)
                .is_some_and(|verb| verb.forms.past || verb.forms.participle);
        // `Offer runs until Sunday`, `plan expires 2 May`: what things do of themselves.
        let happens = view.verb(at).is_some_and(|verb| {
            verb.forms.only_third() && (HAPPENS.holds(verb.base) || verb.lean == Lean::State)
        });
        // `order chairs`: what would be a verb ends the clause right behind, and is its object.
        let object = at == start + 1
            && !happens
            && at + 1 >= end
            && view
                .get(at)
                .is_some_and(|token| token.lower.ends_with('s') && token.lower.len() > 3);
        // `get quotes from two firms`
        let plural = at == start + 1
            && view.verb(at).is_some_and(|verb| verb.forms.only_third())
            && view.any(
                at + 1,
                list!["from", "for", "of", "with", "about", "and", "or"],
            );
        // `Dry cleaner closes at 5`: two nouns, and what happens.
        let behind = happens && at > start + 1;
        let noun = adjective || object || plural || is_plural_noun(view, at) && !behind;
        if is_finite(view, at) && !noun {
            return true;
        }
    }
    false
}
