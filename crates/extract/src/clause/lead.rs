//! What leads into a clause: conjunctions, interjections, courtesies.

use super::View;
use crate::token::{Kind, List, list};

/// What stands before a clause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations about the same few words"
)]
pub(crate) struct Lead {
    /// `then`, `after that`, `afterwards`, `next`.
    pub then: bool,
    /// `maybe`, `perhaps`.
    pub hedged: bool,
    /// `please`.
    pub polite: bool,
    /// `and`, `or`.
    pub joined: bool,
    /// `or`.
    pub or: bool,
    /// `instead`, `actually`, `no`, `sorry`, `wait`.
    pub corrects: bool,
    /// `always`, `never`, `usually`.
    pub general: bool,
}

const PLAIN: List<'static> = list![
    "so",
    "ok",
    "okay",
    "well",
    "oh",
    "hey",
    "hi",
    "hello",
    "also",
    "plus",
    "just",
    "yes",
    "yeah",
    "yep",
    "right",
    "alright",
    "anyway",
    "finally",
    "first",
    "firstly",
    "second",
    "secondly",
    "third",
    "thirdly",
    "last",
    "lastly",
    "additionally",
    "furthermore",
    "moreover",
    "besides",
    "otherwise",
    "therefore",
    "meanwhile",
    "still",
    "again",
    "btw",
    "fyi",
    "ps",
    "p.s",
    "great",
    "perfect",
    "cool",
    "good",
    "nice",
    "quickly",
    "now",
    "hmm",
    "question",
    "reminder",
    "thanks",
    "everyone",
    "guys",
    "folks",
    "all",
    "team",
    "yo",
    "hiya",
    "heya",
    "oi",
    "omg",
    "bro",
    "mate",
    "dude",
    "lads",
    "gang",
    "ta",
    "cheers",
    "ugh",
    "ah",
    "alternatively",
    "separately",
    "ideally",
    "similarly",
    "likewise",
    "next up",
];

/// What a word of order stands before: a verb that orders, one who acts.
fn orders(view: &View<'_>, at: usize) -> bool {
    let named = view.get(at).is_some_and(|token| {
        token.capital && token.is_first_name()
            || token.any(list!["i", "i'll", "we", "you", "we'll", "you'll"])
    });
    named
        || view.base_verb(at).is_some_and(|verb| {
            verb.lean == crate::lexicon::Lean::Verb
                || view.any(
                    at + 1,
                    list!["the", "it", "them", "a", "an", "your", "our", "my"],
                )
        })
}

/// Whether the word at `at` tells where a deed stands in an order: `then`, `only afterwards`, `second`.
fn puts_in_order(view: &View<'_>, at: usize, opens: bool, lead: &mut Lead) -> bool {
    match view.lower(at) {
        "then" | "afterwards" | "afterward" | "thereafter" | "thereupon" | "whereupon"
        | "subsequently" => lead.then = true,
        // `only afterwards does Ida file it`
        "only" => {
            return view.any(at + 1, list!["then", "afterwards", "thereafter"])
                || view.is(at + 1, "after") && view.any(at + 2, list!["that", "this"]);
        }
        "does" | "do" | "will" | "can" | "may" => {
            let speaks = view.any(at + 1, list!["i", "we", "he", "she", "they", "the"]);
            return lead.then && (speaks || crate::person::name(view, at + 1).is_some());
        }
        "next" if view.is(at + 1, ",") || !view.any(at + 1, list!["step", "steps"]) => {
            lead.then = true;
        }
        // `first sand it, then prime it`, `second, Ana trains the model; third, I test it`
        "first" | "firstly" => return orders(view, at + 1),
        "second" | "secondly" | "third" | "thirdly" | "fourth" | "finally" | "lastly"
            if !opens && (view.is(at + 1, ",") || orders(view, at + 1)) =>
        {
            lead.then = true;
        }
        _ => return false,
    }
    true
}

/// Skips what leads into a clause: conjunctions, interjections, marks.
pub(super) fn skip_lead(view: &View<'_>, from: usize, opens: bool) -> (usize, Lead) {
    let mut lead = Lead::default();
    let mut at = from;
    while let Some(token) = view.get(at) {
        let next_ends = view.is_mark(at + 1);
        if let Some(behind) = after_that(view, at) {
            lead.then = true;
            at = behind;
            continue;
        }
        // `before that I need to print the form`
        if view.is(at, "before") && view.any(at + 1, list!["that", "this", "then"]) {
            at += 2;
            continue;
        }
        if let Some(length) = announcement(view, at) {
            at += length;
            continue;
        }
        match token.lower.as_str() {
            "and" | "&" | "+" | "but" => lead.joined |= !token.is("but"),
            "or" => {
                lead.joined = true;
                lead.or = true;
            }
            "@all" | "@everyone" | "@everybody" | "@channel" | "@here" | "@team" => {}
            "please" | "pls" | "plz" | "kindly" | "pleas" | "plis" | "abeg" => lead.polite = true,
            "maybe" | "perhaps" | "possibly" | "hopefully" => lead.hedged = true,
            _ if puts_in_order(view, at, opens, &mut lead) => {}
            "that" if at == from && !opens => {}
            // `do reorder toner`: an order with weight on it.
            "do" if !view.question
                && view.base_verb(at + 1).is_some_and(|verb| {
                    !matches!(
                        verb.lean,
                        crate::lexicon::Lean::Noun | crate::lexicon::Lean::State
                    )
                }) =>
            {
                lead.polite = true;
            }
            "never" if view.any(at + 1, list!["mind", "forget"]) => break,
            "always" | "never" | "usually" | "generally" | "often" => lead.general = true,
            "no" | "wait" | "actually" | "sorry" | "instead" | "correction" | "rather"
                if next_ends
                    || view.any(at + 1, list!["wait", "sorry", "actually", "no"])
                    || token.is("actually")
                    || token.is("instead") =>
            {
                lead.corrects = true;
            }
            word if word.starts_with('@') && view.base_verb(at + 1).is_some() => {}
            // `kindly both sign it`
            "both" | "all" | "each" if lead.polite && view.base_verb(at + 1).is_some() => {}
            "question" | "reminder" | "thanks" | "first" | "second" | "third" | "last" | "all"
            | "team" | "everyone" | "guys" | "folks" | "great" | "good" | "nice" | "cool"
            | "perfect" | "right" | "well" | "cheers" | "ta"
                if !(next_ends
                    || token.is("first") && led_first(view, at)
                    || opens
                        && token.any(list!["first", "firstly", "second", "third", "reminder"])
                        && !view.any(at + 1, list!["thing", "of", "to"])) =>
            {
                break;
            }
            // `SO to paint the door`: the initials of somebody.
            _ if token.any(PLAIN) && !(token.upper && view.people.has(token)) => {}
            symbol
                if token.kind == Kind::Symbol
                    && !symbol.starts_with(['€', '$', '£', '#', '@', '%', '+', '~', '^']) => {}
            _ if token.is_mark() && !token.any(list!["\"", "“", "'"]) => {}
            _ => break,
        }
        at += 1;
    }
    (at, lead)
}

/// `Front door: first sand it, then prime it`: the first of several steps.
fn led_first(view: &View<'_>, at: usize) -> bool {
    view.any(at.wrapping_sub(1), list![":", ",", "–", "—", "-"])
        && (view.base_verb(at + 1).is_some() || crate::action::opener::starts_subject(view, at + 1))
        && (at + 2..view.len()).any(|next| view.is(next, "then"))
}

/// `after that`, `once that is done`: the index behind it.
fn after_that(view: &View<'_>, at: usize) -> Option<usize> {
    if !view.any(at, list!["after", "once"])
        || !view.any(at + 1, list!["that", "this", "which", "it"])
    {
        return None;
    }
    if view.is(at, "after") {
        return Some(at + 2 + usize::from(view.any(at + 2, list![","])));
    }
    let be = at + 2;
    let done = be + 1 + usize::from(view.any(be + 1, list!["been", "all"]));
    (view.any(be, list!["is", "'s", "has"])
        && view.any(
            done,
            list![
                "done", "finished", "sorted", "ready", "complete", "out", "through", "settled",
                "fixed", "sent", "merged", "approved",
            ],
        ))
    .then_some(done + 1)
}

/// `note to self`, `quick reminder`, `one more thing`, `to do:`, `2)`: how many words it is.
fn announcement(view: &View<'_>, at: usize) -> Option<usize> {
    const QUICK: List<'static> = list![
        "reminder", "note", "one", "question", "thing", "ask", "favour", "favor",
    ];
    const SPEAKS: List<'static> = list!["i", "we", "you", "please"];
    let token = view.get(at)?;
    let row =
        |second: List<'_>, third: List<'_>| view.any(at + 1, second) && view.any(at + 2, third);
    match token.lower.as_str() {
        "note" if row(list!["to"], list!["self", "myself"]) => Some(3),
        "one" if row(list!["more", "last", "other"], list!["thing"]) => Some(3),
        "to" if row(list!["do"], list![":"]) => Some(3),
        "quick" if view.any(at + 1, QUICK) => Some(2),
        "that" | "this" if view.any(at + 1, list!["means", "meant"]) => {
            Some(2 + usize::from(view.is(at + 2, "that")))
        }
        "by" | "until" | "till" if view.is(at + 1, "then") && !view.is_mark(at + 2) => Some(2),
        "in" if row(list!["the"], list!["meantime", "meanwhile"]) => Some(3),
        "in" if view.any(at + 1, list!["addition", "short"]) => Some(2),
        "in" if row(list!["any"], list!["case", "event"]) => Some(3),
        "at" if row(list!["any"], list!["rate"]) => Some(3),
        "either" if view.is(at + 1, "way") => Some(2),
        "once" if view.is(at + 1, "again") => Some(2),
        "on" if row(list!["top"], list!["of"]) && view.any(at + 3, list!["that", "this"]) => {
            Some(4)
        }
        "if" if view.any(at + 1, list!["so", "not", "yes"]) && view.is(at + 2, ",") => Some(2),
        // `if yes I'll have them collected`, `for that we need new photos`
        "if" if view.any(at + 1, list!["so", "yes"]) && view.any(at + 2, SPEAKS) => Some(2),
        "for" if view.any(at + 1, list!["that", "this"]) && view.any(at + 2, SPEAKS) => Some(2),
        word if (token.kind == Kind::Number || word.len() == 1) && view.is(at + 1, ")") => Some(2),
        _ => None,
    }
}
