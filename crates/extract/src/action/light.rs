//! Verbs that can mean anything: a deed only with the right words behind them.

use crate::clause::View;

/// Words behind `get` with which it is no deed.
const NO_GETTING: &[&str] = &[
    "better", "well", "used", "together", "married", "there", "here", "going", "to", "home", "rid",
    "ready", "up", "lost", "worse", "it", "sick", "started", "along", "this", "that", "paid",
    "back", "older", "tired", "more", "over", "away", "on", "off", "out", "by", "what",
];

/// Words behind `go` with which it is an errand.
const GOING: &[&str] = &[
    "to", "by", "through", "over", "and", "pick", "get", "buy", "see", "grocery", "shopping",
    "back", "down", "up",
];

/// Whether a verb that can mean anything names a deed here.
pub(crate) fn light_verb(view: &View<'_>, at: usize) -> bool {
    let next = view.lower(at + 1);
    let noun = view.get(at + 1).is_some_and(crate::token::Token::is_word);
    match view.verb(at).map_or("", |verb| verb.base) {
        "go" | "head" | "drive" | "swing" => {
            GOING.contains(&next) || (view.any(at, &["drive"]) && noun)
        }
        "get" => {
            noun && !NO_GETTING.contains(&next)
                || matches!(next, "it" | "them" | "that")
                    && view.any(at + 2, &["back", "to", "out", "over", "off", "into"])
                || (next == "back" && view.any(at + 2, &["to"]))
                || (next == "rid" && view.is(at + 2, "of"))
                || (next == "started" && view.is(at + 2, "on"))
        }
        "pop" => {
            noun && !matches!(
                next,
                "up" | "out" | "off" | "quiz" | "culture" | "music" | "song"
            )
        }
        "keep" => {
            noun && !view.any(
                at + 1,
                &[
                    "up", "going", "on", "in", "calm", "me", "us", "it", "away", "quiet", "up",
                    "out", "track", "trying", "smiling", "coming", "an", "off", "at", "this",
                    "that", "moving", "warm", "safe", "getting", "to", "you", "well", "cool",
                ],
            )
        }
        "look" => matches!(
            next,
            "into" | "up" | "for" | "over" | "through" | "after" | "at"
        ),
        "work" => matches!(next, "on" | "out" | "through"),
        "stop" => matches!(next, "by" | "at" | "the" | "off" | "over" | "in"),
        "run" => {
            noun && !matches!(
                next,
                "late" | "out" | "away" | "into" | "around" | "low" | "for" | "out."
            )
        }
        "try" => {
            matches!(next, "to" | "again" | "and")
                || view.any(at + 1, &["calling", "restarting", "out"])
        }
        _ => false,
    }
}
