//! What leads into a clause: conjunctions, interjections, courtesies.

use super::View;

/// What stands before a clause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

/// Skips what leads into a clause: conjunctions, interjections, marks.
pub(super) fn skip_lead(view: &View<'_>, from: usize, opens: bool) -> (usize, Lead) {
    const PLAIN: &[&str] = &[
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
    ];
    let mut lead = Lead::default();
    let mut at = from;
    while let Some(token) = view.get(at) {
        let next_ends = view.is_mark(at + 1);
        match token.lower.as_str() {
            "and" | "&" | "but" => lead.joined |= !token.is("but"),
            "or" => {
                lead.joined = true;
                lead.or = true;
            }
            "please" | "pls" | "plz" | "kindly" | "pleas" => lead.polite = true,
            "maybe" | "perhaps" | "possibly" | "hopefully" => lead.hedged = true,
            "then" | "afterwards" | "afterward" | "thereafter" | "subsequently" => lead.then = true,
            "next" if view.is(at + 1, ",") || !view.any(at + 1, &["step", "steps"]) => {
                lead.then = true
            }
            "never" if view.any(at + 1, &["mind", "forget"]) => break,
            "always" | "never" | "usually" | "generally" | "often" => lead.general = true,
            "after" | "once" if after_that(view, at).is_some() => {
                lead.then = true;
                at = after_that(view, at).unwrap_or(at + 1);
                continue;
            }
            "no" | "wait" | "actually" | "sorry" | "instead" | "correction" | "rather"
                if next_ends
                    || view.any(at + 1, &["wait", "sorry", "actually", "no"])
                    || token.is("actually")
                    || token.is("instead") =>
            {
                lead.corrects = true;
            }
            "note" if view.is(at + 1, "to") && view.any(at + 2, &["self", "myself"]) => {
                at += 3;
                continue;
            }
            word if word.starts_with('@') && view.base_verb(at + 1).is_some() => {}
            "quick"
                if view.any(
                    at + 1,
                    &[
                        "reminder", "note", "one", "question", "thing", "ask", "favour", "favor",
                    ],
                ) =>
            {
                at += 2;
                continue;
            }
            "one" if view.any(at + 1, &["more", "last", "other"]) && view.is(at + 2, "thing") => {
                at += 3;
                continue;
            }
            "to" if view.is(at + 1, "do") && view.is(at + 2, ":") => {
                at += 3;
                continue;
            }
            "question" | "reminder" | "thanks" | "first" | "second" | "third" | "last" | "all"
            | "team" | "everyone" | "guys" | "folks" | "great" | "good" | "nice" | "cool"
            | "perfect" | "right" | "well"
                if !(next_ends
                    || opens
                        && token.any(&["first", "firstly", "second", "third", "reminder"])
                        && !view.any(at + 1, &["thing", "of", "to"])) =>
            {
                break;
            }
            word if PLAIN.contains(&word) => {}
            _ if (token.kind == crate::token::Kind::Number || token.lower.len() == 1)
                && view.is(at + 1, ")") =>
            {
                at += 2;
                continue;
            }
            _ if token.is_mark() && !token.any(&["\"", "“", "'"]) => {}
            _ => break,
        }
        at += 1;
    }
    (at, lead)
}

/// `after that`, `once that is done`: the index behind it.
fn after_that(view: &View<'_>, at: usize) -> Option<usize> {
    if !view.any(at + 1, &["that", "this", "which", "it"]) {
        return None;
    }
    if view.is(at, "after") {
        return Some(at + 2 + usize::from(view.any(at + 2, &[","])));
    }
    let be = at + 2;
    let done = be + 1 + usize::from(view.any(be + 1, &["been", "all"]));
    (view.any(be, &["is", "'s", "has"])
        && view.any(
            done,
            &[
                "done", "finished", "sorted", "ready", "complete", "out", "through", "settled",
                "fixed", "sent", "merged", "approved",
            ],
        ))
    .then_some(done + 1)
}
