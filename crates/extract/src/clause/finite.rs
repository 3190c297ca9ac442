//! Verbs with a subject, and the conjunctions of clauses that depend on another one.

use super::{Order, View};
use crate::lexicon::Lean;
use crate::token::list;
use crate::words::is_drawer;

/// Reads a subordinating conjunction.
pub(super) fn subordinate(view: &View<'_>, at: usize) -> Option<Order> {
    let clause_follows = |from: usize| {
        let end = view.next_mark(from, 9);
        (from..end).any(|index| {
            is_finite(view, index)
                || view
                    .verb(index)
                    .is_some_and(|verb| verb.forms.ing && index == from)
                || index > from && plural_acts(view, index)
        })
    };
    if only_looks_so(view, at) {
        return None;
    }
    match view.lower(at) {
        "if" | "unless" | "in" | "provided" | "assuming" => {
            let in_case = view.is(at + 1, "case") && !view.is(at + 2, "of");
            (!view.is(at, "in") || in_case).then_some(Order::Condition)
        }
        "should" if inverted(view, at) => Some(Order::Condition),
        "supposing" if at + 2 < view.len() => Some(Order::Condition),
        // `Dad pays it, once, by the 4th`: how often, and no clause behind it.
        "once"
            if !view.any(at + 1, list!["a", "again", "more", "per", "every"])
                && !view.any(at + 1, list![",", ")", ";"]) =>
        {
            Some(Order::After)
        }
        "after" | "following" if clause_follows(at + 1) => Some(Order::After),
        "as" if view.is(at + 1, "soon")
            && view.is(at + 2, "as")
            && !view.is(at + 3, "possible") =>
        {
            Some(Order::After)
        }
        // `he prints them as long as he gets the file by Friday`
        "as" if view.is(at + 1, "long") && view.is(at + 2, "as") && clause_follows(at + 3) => {
            Some(Order::Aside)
        }
        "as" if view.any(
            at + 1,
            list!["i", "we", "you", "he", "she", "they", "it", "there"],
        ) || at > 0
            && view.any(
                at + 1,
                list!["the", "this", "our", "my", "their", "his", "her"],
            )
            && clause_follows(at + 2) =>
        {
            Some(Order::Aside)
        }
        "when" | "whenever" | "until" | "till" | "now" if !view.question || at > 0 => {
            if view.is(at, "now") && !view.is(at + 1, "that") {
                return None;
            }
            clause_follows(at + 1).then_some(Order::After)
        }
        "before" if meal_follows(view, at + 1) => None,
        "before" if clause_follows(at + 1) => Some(Order::Before),
        "because" | "cause" | "cos" | "coz" | "although" | "though" | "whereas"
            if !view.is_mark(at + 1) && !view.any(at + 1, list!["so", "and", "but", "then"]) =>
        {
            Some(Order::Aside)
        }
        "since" | "while" if clause_follows(at + 1) => Some(Order::Aside),
        "so" if view.is(at + 1, "that")
            || (at > 0
                && view.any(
                    at + 1,
                    list!["he", "she", "they", "it", "nobody", "everyone", "people"],
                )) =>
        {
            Some(Order::Aside)
        }
        "so" if at > 0 && purpose(view, at) => Some(Order::Aside),
        "which" | "where" | "who" if at > 0 => Some(Order::Aside),
        _ => None,
    }
}

/// `every Friday before lunch Joaquim turns the cheeses`: a time of the day, and no clause.
fn meal_follows(view: &View<'_>, at: usize) -> bool {
    let time = view.any(
        at,
        list![
            "lunch",
            "dinner",
            "breakfast",
            "supper",
            "school",
            "work",
            "bed",
            "church",
            "mass",
            "closing",
            "opening"
        ],
    );
    let next = view.get(at + 1);
    time && next
        .is_some_and(|next| next.capital || next.any(list!["i", "we", "you", "he", "she", "they"]))
}

/// `regrout the edge so the course can start`: what it is done for.
fn purpose(view: &View<'_>, at: usize) -> bool {
    let subject = view.any(
        at + 1,
        list![
            "the",
            "our",
            "my",
            "your",
            "his",
            "her",
            "their",
            "everybody",
            "we",
            "i",
            "you",
        ],
    );
    let end = view.next_mark(at + 1, 8);
    let modal =
        (at + 2..end).find(|at| view.any(*at, list!["can", "could", "wo", "does", "do", "will"]));
    let verb = (at.saturating_sub(8)..at).any(|at| view.base_verb(at).is_some());
    subject
        && verb
        && !view.question
        && modal.is_some_and(|modal| {
            view.any(modal, list!["can", "could"]) || view.any(modal + 1, list!["n't", "not"])
        })
        && !view.is_mark(at - 1)
}

/// `should the fridge climb above 6 degrees, ring Luis`: the condition by its order of words.
fn inverted(view: &View<'_>, at: usize) -> bool {
    let opens = at == 0
        || view.is_mark(at - 1)
        || view.any(at - 1, list!["and", "but"]) && view.is_mark(at.wrapping_sub(2));
    let subject = view.any(
        at + 1,
        list![
            "the", "a", "an", "any", "anyone", "anybody", "anything", "nobody", "no", "my", "your",
            "our", "his", "her", "their", "this", "that", "it", "he", "she", "they", "you",
            "there",
        ],
    ) || crate::person::name(view, at + 1).is_some()
        // `should payment have crossed`
        || view.any(at + 2, list!["have", "be"]) && view.get(at + 1).is_some_and(|token| !token.capital);
    let mark = view.next_mark(at + 1, 18);
    // A main clause stands behind it.
    let goes_on = view.is(mark, ",") || view.any(mark, list!["–", "—", "-"]);
    opens && !view.question && subject && goes_on && mark > at + 3
}

/// Words that join clauses elsewhere: `at once`, `look after the shop`, `the day before tell me`, `the
/// till is short`.
fn only_looks_so(view: &View<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return view.any(at, list!["until", "till", "before", "after"])
            && view.any(at + 1, list!["then", "now"]);
    };
    match view.lower(at) {
        "once" => {
            let often = view.any(
                at + 1,
                list!["a", "per", "every", "in", "more", "this", "again", "each"],
            );
            view.any(before, list!["at", "just"])
                || view.is(before, "only") && (often || view.get(at + 1).is_none())
        }
        "until" | "till" | "before" | "after" if view.any(at + 1, list!["then", "now"]) => true,
        "after"
            if view
                .verb(before)
                .is_some_and(|verb| matches!(verb.base, "look" | "take" | "chase" | "ask")) =>
        {
            true
        }
        "before" | "after" => {
            before > 0
                && view.any(
                    before,
                    list!["day", "night", "evening", "week", "morning", "weekend"],
                )
                && view.any(before - 1, list!["the", "a"])
                && view.base_verb(at + 1).is_some()
        }
        "till" => is_drawer(view.lower(before), "till"),
        "cause" => view.any(
            before,
            list!["root", "the", "a", "common", "likely", "probable"],
        ),
        _ => false,
    }
}

/// `the parts arrive`, `the children wake`: a plain verb behind a plural.
fn plural_acts(view: &View<'_>, at: usize) -> bool {
    let verb = view
        .base_verb(at)
        .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::State | Lean::Light));
    verb && view.get(at - 1).is_some_and(|before| {
        before.any(list!["people", "children", "men", "women", "both", "all"])
            || before.verb.is_none_or(|verb| !verb.forms.base)
                && before.lower.len() > 3
                && before.lower.ends_with('s')
                && !before.lower.ends_with("ss")
    })
}

/// Whether the word is a verb with a subject before it: `is`, `has`, `can't`, `replied`.
pub(crate) fn is_finite(view: &View<'_>, at: usize) -> bool {
    let word = view.lower(at);
    if matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "'s"
            | "'re"
            | "'m"
            | "'ve"
            | "'d"
            | "'ll"
            | "will"
            | "would"
            | "can"
            | "cannot"
            | "could"
            | "should"
            | "must"
            | "may"
            | "might"
            | "does"
            | "do"
            | "did"
            | "am"
    ) {
        // A possessive `'s` has a noun behind it; as a verb it is followed by something else.
        return word != "'s" || possessive_follows(view, at);
    }
    let Some(verb) = view.verb(at) else {
        return false;
    };
    if verb.forms.third || verb.forms.past {
        // `the forecast`, `a cut`: the same form as noun and as past, which wants its object.
        if verb.forms.past
            && verb.forms.base
            && matches!(verb.lean, Lean::Either | Lean::Noun)
            && view.is_mark(at + 1)
        {
            return false;
        }
        let before = view.lower(at.wrapping_sub(1));
        // `flu shot for the twins`
        if word == "shot" && at > 0 && !matches!(before, "i" | "we" | "you" | "he" | "she" | "they")
        {
            return false;
        }
        let noun = matches!(
            before,
            "the"
                | "a"
                | "an"
                | "my"
                | "your"
                | "our"
                | "his"
                | "her"
                | "their"
                | "to"
                | "of"
                | "all"
                | "some"
                | "two"
                | "three"
        );
        return !noun;
    }
    let pronoun = at > 0 && matches!(view.lower(at - 1), "i" | "you" | "we" | "they");
    pronoun && verb.forms.base
}

/// `print boarding passes`: the plural of a noun that is also a verb, where nothing is its object.
pub(crate) fn is_plural_noun(view: &View<'_>, at: usize) -> bool {
    let Some(verb) = view.verb(at) else {
        return false;
    };
    verb.forms.third
        && !verb.forms.base
        && matches!(verb.lean, Lean::Either | Lean::Noun)
        && at > 0
        && !view.get(at - 1).is_some_and(|before| before.capital)
        && !view.any(
            at - 1,
            list!["he", "she", "it", "who", "which", "that", "this"],
        )
        && !view.any(
            at + 1,
            list![
                "the", "a", "an", "my", "your", "our", "his", "her", "their", "it", "them", "out",
                "up", "off", "to", "back", "in",
            ],
        )
}

fn possessive_follows(view: &View<'_>, at: usize) -> bool {
    let pronoun = at > 0
        && matches!(
            view.lower(at - 1),
            "it" | "he"
                | "she"
                | "that"
                | "this"
                | "there"
                | "who"
                | "what"
                | "everything"
                | "here"
        );
    let next = view.lower(at + 1);
    pronoun
        || matches!(
            next,
            "" | "not"
                | "n't"
                | "a"
                | "an"
                | "the"
                | "already"
                | "been"
                | "done"
                | "still"
                | "so"
                | "very"
                | "too"
                | "off"
                | "out"
                | "on"
                | "in"
        )
        || view
            .verb(at + 1)
            .is_some_and(|verb| verb.forms.participle && !verb.forms.base && next.ends_with('d'))
}

/// Whether a finite verb stands before the next mark.
pub(crate) fn is_statement(view: &View<'_>, start: usize) -> bool {
    let mark = view.next_mark(start, 14);
    let end = (start..mark)
        .find(|at| view.is(*at, "please"))
        .unwrap_or(mark);
    let determined = view.any(
        start,
        list![
            "the", "a", "an", "my", "our", "your", "his", "her", "their", "this", "that", "these",
        ],
    );
    // `the old keys stay valid`
    let many = (start + 2..end).any(|at| {
        plural_acts(view, at)
            && view
                .base_verb(at)
                .is_some_and(|verb| verb.lean == Lean::State)
    });
    if determined && many {
        return true;
    }
    (start..end).any(|at| {
        is_finite(view, at)
            && (determined || !is_plural_noun(view, at))
            && (at > start
                || view
                    .verb(at)
                    .is_some_and(|verb| verb.forms.past && !verb.forms.base))
    })
}
