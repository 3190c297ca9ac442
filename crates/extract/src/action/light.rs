//! Verbs that can mean anything: a deed only with the right words behind them.

use crate::clause::View;
use crate::token::{List, Token, list};

/// Words behind `get` with which it is no deed.
const NO_GETTING: List<'static> = list![
    "better", "well", "used", "together", "married", "there", "here", "going", "to", "home", "rid",
    "ready", "up", "lost", "worse", "it", "sick", "started", "along", "this", "that", "paid",
    "back", "older", "tired", "more", "over", "away", "on", "off", "out", "by", "what",
];

/// Where one goes to get something done.
const ERRAND_PLACES: List<'static> = list![
    "bank",
    "post",
    "shop",
    "shops",
    "supermarket",
    "pharmacy",
    "chemist",
    "chemist's",
    "tip",
    "dump",
    "library",
    "garage",
    "vet",
    "vet's",
    "dentist",
    "dentist's",
    "bakery",
    "market",
    "cleaners",
    "launderette",
    "embassy",
    "consulate",
];

/// Words behind `go` with which it is an errand.
const GOING: List<'static> = list![
    "to", "by", "through", "over", "and", "pick", "get", "buy", "see", "grocery", "shopping",
    "back", "down", "up",
];

/// Whether a verb that can mean anything names a deed here.
pub(crate) fn light_verb(view: &View<'_>, at: usize) -> bool {
    let next = view.lower(at + 1);
    let noun = view.get(at + 1).is_some_and(Token::is_word);
    match view.verb(at).map_or("", |verb| verb.base) {
        "go" | "head" | "drive" | "swing" => {
            let with = next == "with" && accompanied(view, at + 2);
            let drives = view.verb(at).is_some_and(|verb| verb.base == "drive");
            with || GOING.holds(next)
                || drives && noun && !view.any(at + 1, list!["so", "and", "because"])
        }
        "get" => gets(view, at),
        "nip" => matches!(
            next,
            "to" | "into" | "by" | "in" | "over" | "down" | "out" | "round" | "and"
        ),
        "pop" => {
            noun && !matches!(
                next,
                "up" | "out" | "off" | "quiz" | "culture" | "music" | "song"
            )
        }
        "keep" => {
            noun && !view.any(
                at + 1,
                list![
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
                || view.any(at + 1, list!["calling", "restarting", "out"])
        }
        _ => false,
    }
}

/// `I make noodle salad`, `make a quiche`: food, within three words behind the verb at `at`.
pub(crate) fn makes_food(view: &View<'_>, at: usize) -> bool {
    view.verb(at).is_some_and(|verb| verb.base == "make")
        && (at + 1..at + 4)
            .map_while(|word| view.get(word).filter(|token| token.is_word()))
            .any(|token| crate::area::is_bought(&token.lower))
}

/// `get the keys`, `get it back`: a thing is got, and nothing is understood or reached.
fn gets(view: &View<'_>, at: usize) -> bool {
    let next = view.lower(at + 1);
    let noun = view.get(at + 1).is_some_and(Token::is_word);
    let us = || view.any(at - 1, list!["'ll", "will", "can"]) && view.any(at - 2, list!["i", "we"]);
    // `you'll get it for review on Monday` promises.
    let promised = at > 1
        && matches!(next, "it" | "them")
        && view.any(at - 1, list!["'ll", "will"])
        && view.is(at - 2, "you")
        && view.is(at + 2, "for");
    if promised {
        return false;
    }
    noun && !NO_GETTING.holds(next)
        || matches!(next, "it" | "them" | "that")
            && view.any(
                at + 2,
                list!["back", "to", "out", "over", "off", "into", "from", "if", "before", "for"],
            )
        // `we need sugar, I'll get it on Monday`, but not `you'll get it tomorrow`
        || at > 1
            && matches!(next, "it" | "them" | "that" | "those")
            && us()
            && (at + 2 >= view.len() || view.is_mark(at + 2) || view.is(at + 2, "when"))
        || matches!(next, "that" | "this")
            && view.get(at + 2).is_some_and(Token::is_word)
            && view.any(at + 3, list!["out", "off", "to", "from", "back", "over", "into"])
        // `I need to get to the bank before it closes`
        || next == "to"
            && view.any(at + 2, list!["the", "my", "our"])
            && (at + 3..at + 5).any(|word| view.any(word, ERRAND_PLACES))
        || next == "back" && view.is(at + 2, "to")
        || next == "rid" && view.is(at + 2, "of")
        || next == "started" && view.is(at + 2, "on")
}

/// `let the driver know`
pub(crate) fn lets_know(view: &View<'_>, at: usize) -> bool {
    if !view.is(at, "let") {
        return false;
    }
    // `let the plumber in`
    let opens = (at + 2..view.len().min(at + 6))
        .take_while(|word| !view.is_mark(*word))
        .any(|word| {
            view.any(word, list!["in", "out"])
                && (view.is_mark(word + 1)
                    || view.any(
                        word + 1,
                        list![
                            "at", "on", "by", "from", "before", "for", "when", "and", "so", "then",
                            "if", "please", "around", "between", "after",
                        ],
                    ))
        });
    if opens && !view.any(at + 1, list!["it", "me", "us"]) {
        return true;
    }
    // `let Priya have the draft`
    let given = view.get(at + 1).is_some_and(|token| token.capital)
        || view.any(at + 1, list!["him", "her", "them"]);
    if given && view.is(at + 2, "have") && view.any(at + 3, DETERMINERS) {
        return true;
    }
    if view.any(at + 1, list!["me", "us"]) {
        // `let me know whether`, `let us know of any allergies`, `let me have the list`.
        return known_by_then(view, at)
            || view.is(at + 2, "have") && !view.is_mark(at + 3)
            || view.is(at + 2, "know")
                && !view.is_mark(at + 3)
                && !super::blocked::idiom(view, at);
    }
    !view.is(at + 1, "it")
        && (at + 2..view.next_mark(at + 1, 10))
            .take_while(|word| !crate::clause::is_finite(view, *word))
            .any(|word| view.is(word, "know"))
}

/// `let me know by Sunday (whether you come)`
pub(super) fn known_by_then(view: &View<'_>, at: usize) -> bool {
    view.is(at, "let")
        && view.any(at + 1, list!["me", "us"])
        && view.is(at + 2, "know")
        && view.is_behind_gap(at + 3)
}

/// `go with Ilse to the notary`: somebody is taken along somewhere.
fn accompanied(view: &View<'_>, at: usize) -> bool {
    let who = view.any(at, list!["him", "her", "them", "mum", "mom", "dad", "you"])
        || view.any(at, DETERMINERS)
        || crate::person::name(view, at).is_some();
    who && (at + 1..view.next_mark(at, 6)).any(|to| view.is(to, "to"))
}

const DETERMINERS: List<'static> = list![
    "the", "a", "an", "my", "your", "our", "his", "her", "their", "both", "all", "these", "those",
    "new", "two", "three",
];

/// What stands on both sides of a verb.
struct Around<'v> {
    /// A thing begins right behind it.
    object: bool,
    /// The word before it.
    before: &'v str,
    /// It is said that it has to be done.
    asked: bool,
}

impl<'v> Around<'v> {
    fn of(view: &'v View<'_>, at: usize) -> Self {
        let before = at.checked_sub(1).map_or("", |at| view.lower(at));
        let asked = matches!(before, "must" | "please" | "gotta")
            || before == "to"
                && at >= 2
                && view.any(
                    at - 2,
                    list![
                        "have", "has", "need", "needs", "got", "'ve", "ought", "'m", "am", "are",
                        "'re", "is",
                    ],
                );
        Self {
            object: view.any(at + 1, DETERMINERS),
            before,
            asked,
        }
    }
}

/// `Ola is going to see if her brother can lend us his`
fn is_going_to(view: &View<'_>, at: usize) -> bool {
    at > 1 && view.is(at - 1, "to") && view.is(at - 2, "going")
}

/// Whether a verb of states and habits names a deed here, by what stands around it: `fit the lock`,
/// `sit with Grandpa`, `you have to be at the gate by six`.
pub(crate) fn state_verb(view: &View<'_>, at: usize) -> bool {
    let around = Around::of(view, at);
    let Around {
        object,
        before,
        asked,
    } = around;
    let next = at + 1;
    match view.verb(at).map_or("", |verb| verb.base) {
        base if has_object(view, at, base, &around) => true,
        "sound" => view.is(next, "out"),
        "land" => object || view.any(next, list!["it", "them"]),
        "see" => {
            // `see whether Ida still wants Saturdays off`
            let asks = view.any(next, list!["whether", "if"]);
            (asks && (at == 0 || view.is_mark(at - 1) || is_going_to(view, at))
                || view.any(next, list!["to", "about"]))
                && view
                    .get(next + 1)
                    .is_some_and(|token| token.is_word() && !token.any(list!["it", "that"]))
        }
        "fit" => {
            (object || view.any(next, list!["it", "them"]))
                && !view.any(
                    next + 1,
                    list![
                        "bill",
                        "description",
                        "budget",
                        "schedule",
                        "frame",
                        "space",
                        "profile",
                    ],
                )
        }
        "sit" => {
            view.is(next, "with")
                || view.is(next, "down") && view.is(next + 1, "with")
                || object && view.any(next + 1, list!["exam", "test", "paper", "exams"])
                || view.is(next, "in") && view.any(next + 1, list!["for", "on"])
        }
        "complain" => {
            view.any(next, list!["to", "about"])
                && (asked || matches!(before, "" | "and" | "shall" | "will" | "'ll" | "should"))
        }
        "stay" => {
            view.any(next, list!["behind", "late", "longer"])
                || view
                    .get(next)
                    .is_some_and(|token| token.kind == crate::token::Kind::Number)
        }
        "listen" => view.is(next, "to") && (asked || view.any(next + 1, DETERMINERS)),
        "stand" => (asked || before == "to") && view.is(next, "in") && view.is(next + 1, "for"),
        "come" if view.is(next, "up") && view.is(next + 1, "with") => true,
        // `I should come back in three months`
        "come" if before == "should" && view.is(next, "back") && view.is_mark(next + 1) => true,
        "come" => {
            (asked || view.question || matches!(before, "you" | "by" | "and"))
                && view.any(
                    next,
                    list!["by", "over", "round", "around", "back", "about", "and"],
                )
                && !view.is_mark(next + 1)
        }
        "catch" => asked && (object || view.any(next, list!["it", "him", "her", "them"])),
        "be" => present(view, next) && (asked || is_called_there(view, at, before)),
        "have" => {
            let object = object
                || view.get(next).is_some_and(|token| {
                    token.is_word()
                        && (token.capital || token.lower.bytes().any(|byte| byte.is_ascii_digit()))
                });
            let opens = at == 0
                || matches!(
                    before,
                    "and" | "," | "to" | "will" | "'ll" | "you" | "could" | "can" | "would"
                );
            super::imperative::has_a_look(view, at)
                || (asked || opens) && object && placed(view, next + 1)
        }
        _ => false,
    }
}

/// `wake him`, `play the organ`, `Kim soaks the beans`: done to a thing that stands behind it.
fn has_object(view: &View<'_>, at: usize, base: &str, around: &Around<'_>) -> bool {
    let (next, object) = (at + 1, around.object);
    match base {
        "wake" => object || view.any(next, list!["him", "her", "them"]),
        "serve" | "soak" | "roast" | "burn" | "stir" | "beat" | "drag" | "weave" => object,
        "play" | "sing" => object && view.any(next, list!["the", "my", "your"]),
        // Cooks do so in recipes, too.
        "marinate" | "knead" | "simmer" | "fry" | "preheat" | "grate" | "garnish" => {
            let told = view.verb(at).is_some_and(|verb| verb.forms.only_third());
            object && (around.asked || told || matches!(around.before, "will" | "'ll"))
        }
        _ => false,
    }
}

/// `Hugo, be there at five on Thursday`, `could you be at the gate at six?`; but `repair the pump at the mill, be
/// there at six` only says when.
fn is_called_there(view: &View<'_>, at: usize, before: &str) -> bool {
    let called = before == ","
        && at >= 2
        && view.get(at - 2).is_some_and(|name| name.capital)
        && (at == 2 || view.is_mark(at - 3));
    (at == 0 || called || matches!(before, ":" | "you")) && dated(view, at)
}

/// Whether a day or an hour stands behind the verb, in its words.
fn dated(view: &View<'_>, at: usize) -> bool {
    let end = view.next_mark(at, 10);
    let until = view.at.get(end).copied().unwrap_or(view.tokens.len());
    let mut behind = view.tokens[view.at[at]..until].iter();
    behind.any(Token::is_dated)
}

/// Where somebody has to be: `home`, `at the gate`, `in for the plumber`.
fn present(view: &View<'_>, at: usize) -> bool {
    match view.lower(at) {
        "home" | "outside" | "downstairs" | "present" | "there" | "here" | "back" => true,
        "at" => !view.any(at + 1, list!["least", "most", "all", "risk"]),
        "in" => view.is_mark(at + 1) || view.any(at + 1, list!["for", "from", "when", "all"]),
        "on" => view.any(
            at + 1,
            list!["time", "site", "call", "duty", "hand", "stage"],
        ),
        _ => false,
    }
}

/// `have the permit on my desk`, `have the calves inside`: where a thing is to be.
fn placed(view: &View<'_>, at: usize) -> bool {
    let end = view.next_mark(at, 8);
    (at + 1..end).any(|word| {
        view.any(word, list!["on", "in", "at", "with"]) && view.any(word + 1, DETERMINERS)
            || view.any(word, list!["inside", "outside", "indoors", "ready"])
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn verbs_of_states_are_deeds_in_the_right_company() {
        for (text, summary) in [
            (
                "Kim sits down with the tenants on Friday.",
                "Sit down with the tenants",
            ),
            ("Please fit the new hinge by Friday.", "Fit the new hinge"),
            ("Somebody has to sit with Opa on Friday.", "Sit with Opa"),
            (
                "You have to be at the ferry by six on Friday.",
                "Be at the ferry",
            ),
            (
                "Please have the ladder on my van by Friday.",
                "Have the ladder on my van",
            ),
            (
                "On Friday I will go with Ines to the registry.",
                "Go with Ines to the registry",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
        for text in [
            "The jacket should fit the description.",
            "You have to be at least 18.",
            "I will stay in touch.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
