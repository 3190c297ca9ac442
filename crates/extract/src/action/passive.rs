//! Deeds worded from their object: `the slides need to be updated by Kim`, `the sink needs fixing`,
//! `have the kitchen painted`, `two essays to write`.

use std::ops::Range;

use super::by_then::falls_due;
pub(crate) use super::by_then::{TARGET, target};
pub(crate) use super::causative::causative;
use super::opener::{Agent, Opener, Shape, acceptable};
pub(crate) use super::sure::{SURE, is_done, made_sure};
use crate::clause::View;
use crate::lexicon::{Lean, Verb};
use crate::person;
use crate::token::{List, list};

/// Longest noun phrase taken for a subject, in words.
pub(super) const LONGEST: usize = 9;

/// Reads a passive clause whose subject starts at `start`.
pub(crate) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    // `… and has to be replaced`: a verb is no subject.
    if view.any(
        start,
        list![
            "is", "are", "was", "were", "has", "have", "'s", "'re", "and", "hopes", "expects",
            "aims", "seems",
        ],
    ) {
        return None;
    }
    let end = view.len().min(start + LONGEST);
    // `remind Noor that the keys go back`: an order to tell it.
    let tells = view
        .base_verb(start)
        .is_some_and(|verb| verb.lean == Lean::Verb);
    let (mut named, mut behind, mut inner) = (end, start, end);
    for at in start + 1..end {
        if tells && view.is(at, "that") {
            return None;
        }
        if at < behind {
            continue;
        }
        if let Some(close) = inserted(view, at, end) {
            named = at;
            behind = close + 1;
            continue;
        }
        if view.is_mark(at) || view.any(at, list!["so", "because", "but", "if", "when"]) {
            return None;
        }
        if let Some((verb, negated, rule)) = obligation(view, at) {
            // `the roof leaks and has to be mended`
            let one = view.any(at, list!["has", "needs", "is"]);
            let acts = |at: usize| view.lower(at).ends_with('s');
            let told = one && at > start + 2 && view.is(at - 1, "and") && acts(at - 2);
            let end = if told { at - 2 } else { at.min(named) };
            return passive(view, start..end, verb, negated, rule);
        }
        if behind > start {
            return super::place::read(view, start..named, at);
        }
        // `the exceptions we asked for must be withdrawn`: a clause within the subject.
        if at > start + 1 && view.any(at, list!["we", "i", "you", "they"]) {
            inner = at + 1;
            continue;
        }
        if at == inner && view.verb(at).is_some_and(|verb| verb.forms.past) {
            continue;
        }
        if let Some(opener) = falls_due(view, start, at)
            .or_else(|| super::place::read(view, start..at, at))
            .or_else(|| super::crowd::read(view, start..at, at))
            .or_else(|| super::wanted::read(view, start..at, at))
        {
            return Some(opener);
        }
        // `physical forms have to be in`: a plural before the verb.
        let plural = view.get(at).is_some_and(|token| token.lower.ends_with('s'))
            && view.any(
                at + 1,
                list![
                    "have", "need", "must", "should", "are", "were", "will", "still", "all",
                ],
            );
        if crate::clause::is_finite(view, at)
            && !plural
            && !view.any(at, list!["'s"])
            && !crate::clause::is_plural_noun(view, at)
        {
            return second(view, start..at);
        }
    }
    None
}

/// `the flyers (Ida and Jo together) need folding`, `the rent, 840 €, has to go out`: where what is said
/// in between of the thing closes.
fn inserted(view: &View<'_>, at: usize, end: usize) -> Option<usize> {
    if view.is(at, "(") {
        return (at + 1..end).find(|at| view.is(*at, ")"));
    }
    if !view.is(at, ",") {
        return None;
    }
    let close = (at + 2..end.min(at + 6)).find(|at| view.is_mark(*at))?;
    (view.is(close, ",")
        && view.any(
            close + 1,
            list![
                "has", "have", "needs", "need", "must", "still", "is", "are", "goes", "go", "to",
            ],
        ))
    .then_some(close)
}

/// `defect, to be replaced`, said of what stands before the mark.
pub(crate) fn left_open(view: &View<'_>, subject: Range<usize>, at: usize) -> Option<Opener> {
    let (verb, negated, rule) = obligation(view, at)?;
    // What it is, without how it is.
    let end = subject
        .clone()
        .skip(1)
        .find(|at| {
            crate::clause::is_finite(view, *at)
                || view
                    .verb(*at)
                    .is_some_and(|verb| verb.forms.participle && !verb.forms.base)
                || view.any(
                    *at,
                    list![
                        "defect", "broken", "faulty", "missing", "empty", "loose", "low",
                    ],
                )
        })
        .unwrap_or(subject.end);
    passive(view, subject.start..end, verb, negated, rule)
}

/// `the tyre is worn and has to be replaced`: the second of two things said of one subject.
fn second(view: &View<'_>, subject: Range<usize>) -> Option<Opener> {
    // `Nina lands at ten and needs to be picked up`
    let acts = |verb: Verb| (verb.forms.third || verb.forms.past) && !verb.forms.base;
    let told = view.any(
        subject.end,
        list!["is", "are", "was", "were", "has", "have", "looks", "seems"],
    ) || view.verb(subject.end).is_some_and(acts);
    if !told {
        return None;
    }
    let end = view.next_mark(subject.end, LONGEST);
    let and = (subject.end + 1..end).find(|at| view.any(*at, list!["and", "so"]))?;
    let (verb, negated, rule) = obligation(view, and + 1)?;
    passive(view, subject, verb, negated, rule)
}

/// Whether the clause of the verb at `at` stands behind `agreed that`, `asked that` and the like.
fn resolved(view: &View<'_>, at: usize) -> bool {
    (at.saturating_sub(LONGEST)..at).any(|that| view.is(that, "that") && decided(view, that))
}

/// `it was agreed that`, `may I remind you that`, `please note that`: what follows is to be done.
pub(crate) fn decided(view: &View<'_>, that: usize) -> bool {
    if (that.saturating_sub(5)..that).any(|at| view.any(at, list!["nobody", "never"])) {
        return false;
    }
    // `all we ask is that the cars be moved`
    let asked = that >= 2 && view.is(that - 1, "is") && view.any(that - 2, list!["ask", "request"]);
    // `…, that Ben builds the trapdoor, and that Uma sews`: one of several things agreed.
    let chained = that > 0 && view.any(that - 1, list![",", "and"]);
    let first = || (that.saturating_sub(LONGEST)..that - 1).find(|at| view.is(*at, "that"));
    if chained && first().is_some_and(|first| decided(view, first)) {
        return true;
    }
    asked
        || (that.saturating_sub(5)..that).any(|at| {
            view.any(
                at,
                list![
                    "agreed",
                    "resolved",
                    "decided",
                    "settled",
                    "asked",
                    "requested",
                    "decreed",
                    "remind",
                    "reminded",
                    "reminder",
                    "insisted",
                    "proposed",
                    "ordered",
                    "directed",
                    "note",
                    "aware",
                    "said",
                    "says",
                    "told",
                    "forget",
                    "remember",
                ],
            )
        })
}

/// Rule of what is done by somebody named, or regularly, as agreed.
pub(crate) const IS_DONE_BY: &str = "it is done so, as agreed";

/// Skips adverbs and notes a negation among them.
fn adverbs(view: &View<'_>, mut index: usize, negated: &mut bool) -> usize {
    const KNOWN: List<'static> = list![
        "still",
        "really",
        "also",
        "just",
        "urgently",
        "not",
        "n't",
        "all",
        "both",
        "definitely",
        "now",
    ];
    while view.any(index, KNOWN) {
        *negated |= view.any(index, list!["not", "n't"]);
        index += 1;
    }
    index
}

/// `needs to be fixed`, `must be fixed`, `to be fixed`, `needs fixing`: the index of the verb.
fn obligation(view: &View<'_>, at: usize) -> Option<(usize, bool, &'static str)> {
    let mut next = at;
    let mut negated = false;
    next = adverbs(view, next, &mut negated);
    match view.lower(next) {
        "need" | "needs" | "requires" | "require" | "want" | "wants" => {
            let after = adverbs(view, next + 1, &mut negated);
            let ends = view.is_mark(after + 1)
                || view.any(
                    after + 1,
                    list![
                        "by", "before", "at", "on", "up", "out", "again", "and", "soon", "for",
                        "too", "in", "as", "or", "off", "down", "but", "because", "when", "once",
                        "if", "from", "with", "first", "this", "before", "until", "to", "into",
                        "over", "right", "properly", "away", "back", "down", "asap",
                    ],
                );
            let doing = view.verb(after).map_or_else(
                || unlisted_ing(view, after),
                |verb| verb.forms.ing && acceptable(view, after, verb.lean),
            );
            if ends && doing {
                return Some((after, negated, "something needs doing"));
            }
            (view.is(after, "to") && view.any(after + 1, list!["be", "get"])).then_some(())?;
            next = after + 2;
        }
        "have" | "has" | "is" | "are" | "ought" | "'s" if has_to_be(view, next + 1).is_some() => {
            next = has_to_be(view, next + 1)?;
        }
        // `the order is placed by Ilka`, `the heap gets turned each Sunday`
        "is" | "are" | "get" | "gets" => {
            let verb = adverbs(view, next + 1, &mut negated);
            return done_by(view, next, verb).then_some((verb, negated, IS_DONE_BY));
        }
        // `those do need printing`
        "do" | "does" if view.any(next + 1, list!["need", "want"]) => {
            return obligation(view, next + 1);
        }
        "have" | "has" if view.is(next + 1, "n't") || view.is(next + 1, "not") => return None,
        "must" | "should" | "shall" | "will" | "'ll" => {
            let will = view.any(next, list!["will", "'ll"]);
            let after = adverbs(view, next + 1, &mut negated);
            view.is(after, "be").then_some(())?;
            next = after + 1;
            if will {
                let verb = adverbs(view, next, &mut negated);
                let by =
                    (verb + 1..view.len().min(verb + 8)).find(|index| view.is(*index, "by"))?;
                person::name(view, by + 1)?;
            }
        }
        "to" if view.is(next + 1, "be") => next += 2,
        // `it was resolved that the gift be given`
        "be" if resolved(view, at) => next += 1,
        "does" | "do"
            if view.any(next + 1, list!["n't", "not"])
                && view.any(next + 2, list!["need", "have"])
                && view.is(next + 3, "to")
                && view.any(next + 4, list!["be", "get"]) =>
        {
            negated = true;
            next += 5;
        }
        _ => return None,
    }
    let verb = adverbs(view, next, &mut negated);
    // `be reworded`: a verb we do not know shows itself by its ending.
    let Some(read) = view.verb(verb) else {
        let unknown = view
            .get(verb)
            .is_some_and(|token| token.lower.ends_with("ed") && token.lower.len() > 5);
        return unknown.then_some((verb, negated, "something is to be done"));
    };
    (read.forms.participle && acceptable(view, verb, read.lean)).then_some((
        verb,
        negated,
        "something is to be done",
    ))
}

/// `to be`, `got to be`: the index behind it.
fn has_to_be(view: &View<'_>, at: usize) -> Option<usize> {
    let to = at + usize::from(view.is(at, "got"));
    (view.is(to, "to") && view.is(to + 1, "be")).then_some(to + 2)
}

/// Whether the passive verb at `verb` names who does it, or is what gets done: `is placed by Ilka`.
fn done_by(view: &View<'_>, be: usize, verb: usize) -> bool {
    let Some(read) = view.verb(verb) else {
        return false;
    };
    let by = (verb + 1..view.next_mark(verb + 1, 6)).find(|at| view.is(*at, "by"));
    let named = by.is_some_and(|by| person::name(view, by + 1).is_some());
    read.forms.participle
        && !read.forms.ing
        && (named || view.any(be, list!["get", "gets"]) || taken_on(view, verb))
        && acceptable(view, verb, read.lean)
}

/// `the tap is turned on in April (Ida does it)`, `the cups are rinsed daily, Ida does that`: who does it, behind.
fn taken_on(view: &View<'_>, verb: usize) -> bool {
    let mark = view.next_mark(verb + 1, LONGEST);
    let Some((_, end)) = person::name(view, mark + 1).filter(|_| mark < view.len()) else {
        return false;
    };
    let does = if view.any(end, list!["will", "'ll"]) {
        end + 1
    } else {
        end
    };
    view.any(does, list!["does", "do"]) && view.any(does + 1, list!["it", "that", "this"])
}

/// `need tasselling`: a verb that is not on the list, by its ending.
fn unlisted_ing(view: &View<'_>, at: usize) -> bool {
    view.get(at).is_some_and(|token| {
        !token.capital
            && token.verb.is_none()
            && token.lower.len() > 6
            && token.lower.ends_with("ing")
            && !token.lower.ends_with("thing")
            && !crate::area::knows(&token.lower)
    })
}

/// `Oiling must be finished`: the deed stands in front.
fn brought_to_an_end(view: &View<'_>, subject: Range<usize>, verb: usize) -> Option<Opener> {
    let ends = view
        .verb(verb)
        .is_some_and(|verb| matches!(verb.base, "finish" | "do" | "complete"));
    let deed = view
        .verb(subject.start)
        .filter(|deed| ends && deed.forms.ing && matches!(deed.lean, Lean::Verb | Lean::Either))?;
    Some(Opener {
        shape: Shape::Thing {
            verb: deed.base,
            object: subject.start + 1..subject.end,
        },
        ..Opener::said("something is to be done", Agent::Unsaid, subject.start, 0.8)
    })
}

pub(super) fn passive(
    view: &View<'_>,
    subject: Range<usize>,
    verb: usize,
    negated: bool,
    rule: &'static str,
) -> Option<Opener> {
    // `Legal asked that the clause be reworded`: the subject stands behind `that`.
    let start = subject
        .clone()
        .rev()
        .find(|at| view.is(*at, "that"))
        .map(|that| that + 1)
        // `that needs paying`: the word is itself the subject.
        .filter(|start| *start < subject.end)
        .unwrap_or(subject.start);
    let subject = start..subject.end;
    let first = view.lower(subject.start);
    // `children must be accompanied`: a rule for all of a kind, unless it has a date.
    let kind = subject.len() <= 2
        && !view.any(
            subject.start,
            list!["the", "my", "our", "your", "his", "her", "their", "all"],
        )
        && view.any(subject.end, list!["must", "should", "shall"])
        && view.get(subject.end - 1).is_some_and(|token| {
            token.lower.ends_with('s') || token.any(list!["children", "people"])
        });
    // `thank you for the flowers; they need changing`, `the mugs came, they need to be rinsed`
    let things =
        first == "they" && (rule == "something needs doing" || view.is(subject.end, "need"));
    let agentless = !things
        && matches!(
            first,
            "i" | "we"
                | "you"
                | "he"
                | "she"
                | "they"
                | "who"
                | "what"
                | "there"
                | "only"
                | "nothing"
                | "if"
                | "when"
                | "how"
                | "why"
                | "to"
        );
    let worded = subject
        .clone()
        .any(|at| view.get(at).is_some_and(crate::token::Token::is_word));
    if agentless || !worded {
        return None;
    }
    if let Some(opener) = brought_to_an_end(view, subject.clone(), verb) {
        return Some(Opener {
            rule,
            negated,
            ..opener
        });
    }
    // What is only expected of a person or said in general is no deed.
    let agent = (verb + 1..view.len().min(verb + 10))
        .take_while(|at| !view.is_mark(*at) || view.is(*at, "("))
        .find(|at| view.is(*at, "by"))
        .and_then(|by| {
            person::name(view, by + 1).or_else(|| {
                view.any(by + 1, list!["me", "us", "you"])
                    .then(|| (view.lower(by + 1).to_owned(), by + 2))
            })
        });
    let agent = match agent {
        Some((name, _)) if name == "me" => Agent::Speaker,
        Some((name, _)) if name == "you" => Agent::Addressee,
        Some((name, _)) if name == "us" => Agent::We,
        Some((name, _)) => Agent::Named(name),
        None => Agent::Unsaid,
    };
    // `no seats to be kept free`
    let negated = negated || view.any(subject.start, list!["no", "neither", "none"]);
    Some(Opener {
        shape: Shape::Passive { object: subject },
        negated,
        weak: kind || rule == IS_DONE_BY,
        firm: rule == IS_DONE_BY,
        ..Opener::said(rule, agent, verb, 0.85)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn passives_name_deeds() {
        for (text, summary) in [
            ("The order is placed by Ilka on Friday.", "Place the order"),
            ("The badges do need printing by Friday.", "Print the badges"),
            (
                "The lid, however, has to be fixed by Friday.",
                "Fix the lid",
            ),
            (
                "The rent, 840 euros, has to be transferred by Friday.",
                "Transfer the rent",
            ),
            ("The deed has got to be copied by Friday.", "Copy the deed"),
            (
                "The chairs we borrowed must be returned by Friday.",
                "Return the chairs we borrowed",
            ),
            (
                "The mugs came on Monday. They need to be rinsed by Friday.",
                "Rinse the mugs",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
        assert!(found("No seats are to be kept free.").is_empty());
    }
}
