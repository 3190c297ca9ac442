//! Orders and notes to oneself: a plain verb at the start of a clause, with what belongs to it.

use super::notice::{
    compounds, intransitive, is_finite_soon, kin, late_verb, left_alone, shares_object, tells,
    tells_the_past,
};
use super::opener::{Agent, Opener, Shape};
use crate::clause::{Clause, Head, Lead, View};
use crate::lexicon::{self, Lean};
use crate::person;
use crate::token::{List, list};

/// Rule of orders without a subject.
pub(crate) const ORDER: &str = "an order or a note to do it";

/// Words that show that the word before them is a verb.
pub(super) const OBJECT_STARTS: List<'static> = list![
    "the",
    "a",
    "an",
    "my",
    "your",
    "our",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "some",
    "any",
    "all",
    "both",
    "each",
    "every",
    "me",
    "him",
    "them",
    "us",
    "it",
    "you",
    "up",
    "out",
    "off",
    "back",
    "down",
    "over",
    "through",
    "around",
    "to",
    "into",
    "with",
    "about",
    "new",
    "more",
    "another",
    "everyone",
    "everybody",
    "everything",
    "something",
    "someone",
    "whether",
    "if",
    "how",
    "what",
    "who",
    "which",
    "when",
    "no",
    "enough",
];

/// Words before which an ambiguous word is a noun.
const NOUN_FOLLOWS: List<'static> = list![
    "of", "from", "is", "was", "are", "were", "will", "has", "had", "'s", "'ll", "by", "can", "at",
];

/// Whether an order can start here, after what stood before.
pub(crate) fn may_start(
    view: &View<'_>,
    start: usize,
    lead: Lead,
    before: Option<&Clause>,
) -> bool {
    let Some(before) = before else { return true };
    if lead.polite || lead.corrects {
        return true;
    }
    let previous = view.lower(before.full.end.max(1) - 1);
    let after_colon = previous == ":" || view.lower(start.wrapping_sub(1)) == ":";
    if told_by_another(view, before) || had_to(view, start, before) || goes_on(view, start, before)
    {
        return false;
    }
    match before.head {
        Head::Action(_) | Head::Negated(_) | Head::Subordinate(_) | Head::Cancel { .. } => true,
        Head::Blocked => lead.joined || lead.then || after_colon,
        Head::Statement => {
            lead.then || !lead.joined || view.any(start.wrapping_sub(1), list!["so", "but"])
        }
        Head::Phrase => after_colon || lead.then || !lead.joined,
    }
}

/// `My grandfather used to say: save your pennies`.
fn told_by_another(view: &View<'_>, before: &Clause) -> bool {
    let end = before.full.end;
    matches!(before.head, Head::Statement | Head::Blocked)
        && view.is(end, ":")
        && !(view.is(end.wrapping_sub(1), "goes") && view.is(end.wrapping_sub(2), "here"))
        && view.any(
            end.wrapping_sub(1),
            list!["say", "says", "said", "saying", "goes", "motto"],
        )
}

/// `When I was a page we had to sharpen pencils, fetch coffee and …`: what goes on was long ago.
fn had_to(view: &View<'_>, start: usize, before: &Clause) -> bool {
    view.any(start.wrapping_sub(1), list!["and", "or", ","])
        && matches!(
            before.head,
            Head::Subordinate(_) | Head::Blocked | Head::Statement | Head::Phrase
        )
        && (before.full.start..before.full.end).any(|at| {
            view.is(at, "had")
                && view.is(at + 1, "to")
                && at > before.full.start
                && view.any(at - 1, list!["i", "we", "he", "she", "they", "you"])
        })
}

/// `They can open jars, change colour and solve puzzles`: the verb goes on after `can`.
pub(crate) fn goes_on(view: &View<'_>, start: usize, before: &Clause) -> bool {
    let joined = view.any(start.wrapping_sub(1), list!["and", "or", ","]);
    let range = before.full.clone();
    let supposed = matches!(before.head, Head::Subordinate(_))
        && view.any(range.start, list!["if", "would"])
        && range.clone().any(|at| {
            view.any(at, list!["'d", "would"]) && view.any(at - 1, list!["i", "we", "they"])
        });
    joined
        && (supposed || matches!(before.head, Head::Statement | Head::Phrase))
        && view.get(range.start).is_some()
        && range.skip(1).take(12).any(|at| {
            view.any(
                at - 1,
                list![
                    "can", "could", "would", "'d", "may", "might", "to", "will", "'ll", "must",
                    "should", "shall",
                ],
            ) && view.base_verb(at).is_some()
                && !view.any(at, list!["be"])
        })
}

/// Whether the word at `start` is the verb of an order.
pub(crate) fn is(view: &View<'_>, start: usize, lead: Lead, opens: bool) -> bool {
    let Some(token) = view.get(start) else {
        return false;
    };
    let Some(verb) = lexicon::base_verb(&token.lower) else {
        return false;
    };
    if super::blocked::idiom(view, start) || is_subject_name(view, start) || happens(view, start) {
        return false;
    }
    // In the middle of a sentence a capital letter marks a name or a title.
    if !opens
        && token.capital
        && !view.listed
        && view.lower(start.wrapping_sub(1)) != ":"
        && lead == Lead::default()
    {
        return false;
    }
    let next = view.lower(start + 1);
    let ends = view.is_mark(start + 1);
    if verb.forms.past && tells_the_past(view, start) {
        return false;
    }
    if matches!(next, "nothing" | "nobody" | "as" | "no")
        || (view.is(start, "leave") && left_alone(view, start))
    {
        return false;
    }
    let enclosed = (start + 1..view.next_mark(start, 9))
        .any(|at| view.any(at, list!["attached", "enclosed", "below"]));
    if view.is(start, "find") && enclosed {
        return false;
    }
    if has_a_look(view, start) {
        return true;
    }
    if tells(view, start, lead, verb.lean, opens) {
        return false;
    }
    if lead.polite && !matches!(verb.lean, Lean::State | Lean::Light) {
        return true;
    }
    // `Hedge: cut on 9 May` may tell what was done.
    let told = matches!(verb.lean, Lean::Verb | Lean::Either) && !verb.forms.past;
    if told && super::topic::object(view, start).is_some() {
        return true;
    }
    if (opens || view.any(start - 1, list!["so", "and", "then", ","])) && by_a_day(view, start) {
        return true;
    }
    match verb.lean {
        Lean::State => {
            super::light::lets_know(view, start)
                || super::light::state_verb(view, start)
                || view.is(start, "have")
                    && (ready(view, start) || super::passive::causative(view, start).is_some())
        }
        Lean::Light => {
            (super::light::light_verb(view, start) && !is_finite_soon(view, start))
                || (view.is(start, "get")
                    && (ready(view, start) || super::passive::causative(view, start).is_some()))
        }
        Lean::Verb => {
            // `camp beds – borrow from Ruth`
            let behind = start > 0
                && view.any(start - 1, list!["–", "—", "-", ":"])
                && matches!(next, "from" | "at" | "by");
            (!NOUN_FOLLOWS.holds(next) || lead.then && next == "at" || behind)
                && (!ends
                    || lead.then && !opens
                    || (view.listed && opens)
                    || intransitive(view, start)
                    || shares_object(view, start))
                && !(token.any(list!["do", "have"])
                    && view.any(
                        start + 1,
                        list!["you", "we", "i", "they", "n't", "not", "it"],
                    )
                    && view.question)
                && !late_verb(view, start, verb.forms.past)
        }
        Lean::Either | Lean::Noun => ambiguous(view, start, verb.lean, opens),
    }
}

/// `Set up starts in May`, `Check in opens at two`: a noun of two words, and what it does.
fn happens(view: &View<'_>, start: usize) -> bool {
    view.any(start + 1, list!["up", "in", "out", "off", "over"])
        && view.any(
            start + 2,
            list![
                "starts", "begins", "ends", "opens", "closes", "takes", "is", "was"
            ],
        )
}

/// `have a look`, `take a stab`.
pub(super) fn has_a_look(view: &View<'_>, start: usize) -> bool {
    let looks = list![
        "look", "word", "chat", "read", "peek", "stab", "go", "think"
    ];
    view.any(start, list!["have", "take"])
        && view.any(start + 1, list!["a"])
        && view.any(start + 2, looks)
}

/// `then gloss it`, `if it freezes, fleece the beds`: a verb that is not on the list, where an order is
/// likely and its object stands behind it.
pub(crate) fn is_unlisted(
    view: &View<'_>,
    start: usize,
    lead: Lead,
    before: Option<&Clause>,
) -> bool {
    let called = before.is_some_and(|clause| {
        matches!(clause.head, Head::Subordinate(_))
            || clause.head == Head::Phrase
                && clause.full.len() <= 2
                && view.is(clause.full.end, ",")
                && person::name(view, clause.start).is_some()
    });
    let listed = view.listed && before.is_none();
    // `re-sole my clogs`: a prefix that verbs have.
    let again = ["re-", "un-", "de-"]
        .iter()
        .any(|prefix| view.lower(start).starts_with(prefix));
    // `To the night baker: drench the loaves`
    let told = before.is_some_and(|clause| view.any(clause.start, list!["to", "for"]))
        && view.is(start.wrapping_sub(1), ":");
    (lead.then || lead.polite || called || listed || again || told)
        && !view.question
        && super::unlisted::governs(view, start)
}

/// `Apply by the 10th`, `confirm before Friday`: nothing but the day stands behind.
fn by_a_day(view: &View<'_>, start: usize) -> bool {
    const ENOUGH: List<'static> = list![
        "apply",
        "register",
        "enrol",
        "enroll",
        "confirm",
        "vote",
        "pay",
        "reply",
        "respond",
        "rsvp",
        "decide",
        "submit",
        "subscribe",
    ];
    view.any(start, ENOUGH) && view.is_mark(start + 1) && view.is_behind_gap(start + 1)
}

/// `if the tests pass, ship on Monday`: what it is about is plain.
fn goes_out(view: &View<'_>, start: usize) -> bool {
    view.any(
        start,
        list!["ship", "merge", "release", "launch", "escalate"],
    ) && (0..start).any(|at| view.any(at, list!["if", "once", "when", "after"]))
}

/// Whether a word that is also a noun is a verb here.
fn ambiguous(view: &View<'_>, start: usize, lean: Lean, opens: bool) -> bool {
    let next = view.lower(start + 1);
    // `Change "due" to "paid"`: what is acted on is quoted.
    if opens && view.any(start + 1, list!["\"", "“", "„"]) {
        return view.get(start + 1).is_some_and(|token| token.quoted);
    }
    // `Paint brushes and water` are things; `paint the wall` is a deed.
    if compounds(view, start) {
        return false;
    }
    // `we fly on Friday, check in the day before`
    if view.is(start, "check") && view.any(start + 1, list!["in", "out"]) && view.is_mark(start + 2)
    {
        return true;
    }
    // `demo with the client went fine`
    if view.any(start + 1, list!["with", "about"]) && is_finite_soon(view, start) {
        return false;
    }
    // `Update to the visit: …`
    if opens && view.is(start, "update") && view.any(start + 1, list!["to", "on", "about", "from"])
    {
        return false;
    }
    // `Transfer 22 at Depot`, `Offer 5530`: which one it is.
    let which = view
        .get(start + 1)
        .is_some_and(|token| token.kind == crate::token::Kind::Number)
        && (start + 2 >= view.len() || view.any(start + 2, list![".", ",", ";", ":", "/", "at"]));
    if which && (opens || !view.listed) {
        return false;
    }
    if OBJECT_STARTS.holds(next) {
        return !(next == "to" && lean == Lean::Noun);
    }
    if view.is_mark(start + 1) {
        return shares_object(view, start) || !opens && goes_out(view, start);
    }
    if NOUN_FOLLOWS.holds(next)
        || view.any(
            start + 1,
            list!["and", "or", "for", "on", "in", "after", "before"],
        ) && lean == Lean::Noun
    {
        return false;
    }
    if view.any(start + 1, list!["and", "or"]) {
        return shares_object(view, start);
    }
    let named = view
        .get(start + 1)
        .is_some_and(|token| token.capital || token.kind == crate::token::Kind::Number)
        || kin(next);
    if named && lean == Lean::Either {
        return !is_finite_soon(view, start);
    }
    let free = opens || lean == Lean::Either;
    free && (lean == Lean::Either || view.listed && opens && named) && !is_finite_soon(view, start)
}

/// `have the figures ready`.
fn ready(view: &View<'_>, start: usize) -> bool {
    let end = view.next_mark(start, 8);
    (start + 2..end).any(|at| {
        view.any(
            at,
            list![
                "ready",
                "empty",
                "clear",
                "clean",
                "open",
                "available",
                "handy",
            ],
        ) && (at + 1 >= end || view.any(at + 1, list!["for", "by", "when", "before", "at", "on"]))
    })
}

/// Reads the order at `start`.
pub(crate) fn read(view: &View<'_>, start: usize, lead: Lead) -> Opener {
    let mut verb = start;
    if let Some((object, participle)) = view
        .any(start, list!["have", "get"])
        .then(|| super::passive::causative(view, start))
        .flatten()
    {
        let shape = Shape::Causative { object };
        return order(participle, shape, participle + 1, lead);
    }
    // `try to fix`, `go and buy`, `start to write`: the second verb is the deed.
    if view.any(
        start,
        list!["try", "start", "begin", "continue", "go", "come", "help"],
    ) && view.any(start + 1, list!["to", "and"])
        && view
            .base_verb(start + 2)
            .is_some_and(|verb| verb.lean != Lean::State)
    {
        verb = start + 2;
    }
    let shape = match super::topic::object(view, start) {
        Some(object) => Shape::Passive { object },
        None => Shape::Active,
    };
    order(verb, shape, verb + 1, lead)
}

fn order(verb: usize, shape: Shape, resume: usize, lead: Lead) -> Opener {
    Opener {
        rule: if lead.polite { "a polite order" } else { ORDER },
        agent: Agent::Unsaid,
        verb,
        shape,
        negated: false,
        subject_said: false,
        firm: lead.polite,
        weak: false,
        confidence: if lead.polite { 0.9 } else { 0.8 },
        resume,
    }
}

/// `… and the windows cleaned`
pub(crate) fn causative(object: std::ops::Range<usize>, verb: usize, lead: Lead) -> Opener {
    order(verb, Shape::Causative { object }, verb + 1, lead)
}

/// An order not to do it.
pub(crate) fn negated(verb: usize) -> Opener {
    Opener {
        negated: true,
        rule: "an order not to do it",
        ..order(verb, Shape::Active, verb + 1, Lead::default())
    }
}

/// `Mark will call`, `Practice Dr. Moser`: a name, though the word can be a verb.
fn is_subject_name(view: &View<'_>, start: usize) -> bool {
    if view.any(start, list!["practice", "practise"]) {
        return person::is_title(view.lower(start + 1));
    }
    view.get(start).is_some_and(|token| token.capital)
        && lexicon::is_first_name(view.lower(start))
        && (view.any(
            start + 1,
            list![
                "will", "to", "has", "is", "can", "'s", "'ll", "needs", "should", "must", "and",
                "said", "was",
            ],
        ) || view
            .verb(start + 1)
            .is_some_and(|verb| (verb.forms.third || verb.forms.past) && !verb.forms.base)
            || view.get(start + 1).is_some_and(|token| {
                !token.capital && token.verb.is_none() && token.lower.ends_with("ed")
            }))
}
