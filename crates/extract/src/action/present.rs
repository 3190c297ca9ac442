//! Deeds in the present tense: told to somebody by name, or done by somebody as agreed.

mod of_thing;

use of_thing::acts_by_shape;
pub(super) use of_thing::of_thing;

use super::light::makes_food;
use super::opener::{Agent, acceptable};
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// Verbs that say what happens, unless they have an object of their own.
const EVENTS: List<'static> = list![
    "start",
    "begin",
    "end",
    "move",
    "leave",
    "open",
    "close",
    "launch",
    "visit",
    "join",
    "return",
    "retire",
    "celebrate",
    "release",
    "run",
    "show",
    "study",
    "do",
    "use",
    "make",
    "host",
    "play",
    "own",
    "support",
    "drive",
    "head",
    "question",
    "back",
    "turn",
    "change",
    "continue",
    "commute",
    "travel",
    "smoke",
    "train",
    "volunteer",
    "lead",
    "manage",
    "speak",
    "teach",
    "pass",
];

/// Verbs that say what happens, whatever stands behind them.
const HAPPENS: List<'static> = list![
    "start",
    "begin",
    "end",
    "retire",
    "celebrate",
    "own",
    "smoke",
    "commute",
    "use",
    "support",
    "pass",
    "join",
    "travel",
    "continue",
];

/// Verbs that, with nothing behind them, say what somebody or something does anyway.
const NEWS: List<'static> = list![
    "open",
    "close",
    "leave",
    "move",
    "return",
    "insist",
    "volunteer",
    "change",
    "turn",
    "do",
    "show",
    "work",
    "help",
    "play",
    "call",
    "wait",
    "check",
    "stay",
    "pick",
    "stamp",
];

/// `Lou bring the spare box`, `Farid run it at 60 %`: a name, and an order to it.
pub(super) fn told(view: &View<'_>, at: usize, agent: &Agent) -> bool {
    let Agent::Named(name) = agent else {
        return false;
    };
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let known = capital
        && name.split(' ').take(1).all(|part| {
            let lower = part.to_lowercase();
            crate::lexicon::is_first_name(&lower)
                || view.people.contains(&lower)
                || crate::lexicon::is_role(&lower)
        });
    let Some(verb) = view.base_verb(at) else {
        return false;
    };
    // `Mum said`, `Dan put it there`: the past has the same form.
    let past = verb.forms.past;
    let object = view.get(at + 1).is_some_and(|token| {
        token.is_word()
            && !token.any(list![
                "is", "are", "was", "has", "will", "first", "again", "soon", "now", "too", "next",
            ])
    });
    let noun = verb.lean == Lean::Noun
        && !view.any(at + 1, list!["the", "a", "an", "it", "my", "your", "them"]);
    // `Vendor shortlist reduced to two`
    let compound = view
        .verb(at + 1)
        .is_some_and(|next| (next.forms.participle || next.forms.past) && !next.forms.base);
    // `Vet update for the aunts`, `Maintenance request #12`: a role, and what it is of.
    let of_role = matches!(verb.lean, Lean::Noun | Lean::Either)
        && crate::lexicon::is_role(&name.to_lowercase())
        && view.get(at + 1).is_some_and(|token| {
            token.any(list!["for", "from", "of", "about", "on"])
                || token.lower.starts_with('#')
                || token.kind == crate::token::Kind::Number
        });
    known && object && !past && !noun && !of_role && !compound && acceptable(view, at, verb.lean)
}

/// `Ingrid prints the leaflet`: a deed in the present, done by somebody named or by the speaker.
pub(crate) fn does(view: &View<'_>, at: usize, agent: &Agent) -> bool {
    let Some(verb) = view.verb(at) else {
        return matches!(agent, Agent::Named(_)) && unknown_third(view, at);
    };
    let form = match agent {
        Agent::Speaker | Agent::Addressee => {
            // `then you read me the code`: with `then` it is no past.
            let then = view.is(at.wrapping_sub(2), "then");
            verb.forms.base && (!verb.forms.past || then) && view.get(at + 1).is_some()
        }
        Agent::Named(name) if name.contains(" and ") => verb.forms.base,
        Agent::Named(_) | Agent::Third => verb.forms.third,
        Agent::We => verb.forms.base && !verb.forms.past,
        Agent::Anyone => {
            verb.forms.third
                && matches!(verb.lean, Lean::Verb | Lean::Either)
                && view.any(at.wrapping_sub(1), list!["somebody", "someone"])
        }
        Agent::Unsaid => false,
    };
    let object = view.get(at + 1).is_some_and(|token| {
        token.is_word()
            && !token.any(list![
                "again", "too", "also", "now", "there", "here", "always", "not", "n't", "well",
                "still", "already", "is", "are", "was", "were", "has", "have", "had", "will",
                "can",
            ])
    });
    let particle = usize::from(view.any(at + 1, list!["out", "up", "down", "off", "over", "back"]));
    let determined = view.any(
        at + 1 + particle,
        list![
            "the", "a", "an", "my", "our", "her", "his", "their", "it", "them", "both", "all",
            "some", "two", "three", "your", "this", "that", "these", "those",
        ],
    );
    // `Ida speaks with the priest before the feast`
    let speaks = matches!(verb.base, "speak" | "talk")
        && view.any(at + 1, list!["with", "to"])
        && view.get(at + 2).is_some_and(|token| {
            token.capital || token.any(list!["the", "our", "my", "her", "his"])
        });
    let determined = determined
        || speaks
        || matches!(agent, Agent::Named(_))
            && view.any(at + 1 + particle, list!["him", "us", "me"]);
    // `Felix does it` speaks of what was said, `she does not` of nothing.
    let other = matches!(agent, Agent::Named(_) | Agent::Third)
        && view.any(at + 1, list!["it", "that"])
        && (view.is_mark(at + 2) || view.any(at + 2, list!["once", "before", "after", "first"]));
    let said =
        verb.base == "do" && view.any(at + 1, list!["it", "that", "this", "them", "so"]) && !other;
    // `Consent forms to the office`: a word that is no name we know, and two nouns.
    let unnamed = match agent {
        Agent::Named(name) => {
            let lower = name.to_lowercase();
            view.any(at + 1, list!["to", "of", "for", "from"])
                && !(crate::lexicon::is_first_name(&lower)
                    || view.people.contains(&lower)
                    || crate::lexicon::is_role(&lower)
                    || lower.contains(' ')
                    || lower.chars().count() <= 2)
        }
        _ => false,
    };
    // `Papa keeps taking the drops`: as he does already.
    let goes_on = matches!(agent, Agent::Named(_) | Agent::Third)
        && verb.base == "keep"
        && view
            .verb(at + 1)
            .is_some_and(|next| next.forms.ing && !next.forms.base);
    // `Ravi makes sure the doors are shut`
    let ensures = verb.base == "make"
        && matches!(agent, Agent::Named(_) | Agent::Third)
        && view.any(at + 1, list!["sure", "certain"]);
    form && !goes_on
        && !was_done(view, at + 1, agent)
        && !goes_so(view, at, verb.base, agent)
        && (object || done_to_what_is_named(view, at, verb.base, agent))
        && !unnamed
        && !said
        && (!EVENTS.holds(verb.base)
            || (view.listed || determined || makes_food(view, at)) && !HAPPENS.holds(verb.base)
            || ensures
            || verb.base == "pass" && determined && hands_over(view, at))
        && (ensures || acceptable(view, at, verb.lean))
}

/// `Phonics groups reshuffled after the tests`: a plural, and what was done to it.
fn was_done(view: &View<'_>, at: usize, agent: &Agent) -> bool {
    let Some(token) = view.get(at).filter(|_| matches!(agent, Agent::Named(_))) else {
        return false;
    };
    let past = token.verb.map_or(token.lower.ends_with("ed"), |verb| {
        verb.forms.participle && !verb.forms.base && !verb.forms.ing
    });
    past && (at + 1 >= view.len()
        || view.is_mark(at + 1)
        || view.any(
            at + 1,
            list![
                "after", "before", "by", "in", "on", "at", "for", "with", "and", "because", "last",
                "to",
            ],
        ))
}

/// `she takes 200 pages to get him on the ferry`, `Sasha finds the rota too heavy`: how it goes.
fn goes_so(view: &View<'_>, at: usize, base: &str, agent: &Agent) -> bool {
    if !matches!(agent, Agent::Named(_) | Agent::Third) {
        return false;
    }
    let mut behind = at + 2..view.next_mark(at + 1, 9);
    let counted = || {
        view.get(at + 1)
            .is_some_and(|token| token.kind == crate::token::Kind::Number)
    };
    match base {
        "take" => {
            counted() && behind.any(|at| view.is(at, "to") && view.base_verb(at + 1).is_some())
        }
        "find" => behind.any(|at| view.is(at, "too")),
        // `the owner offers a discount of ten per cent`: what may be had.
        "offer" => true,
        _ => false,
    }
}

/// `Abe passes the ladle to Orla`, `passes it on`
fn hands_over(view: &View<'_>, at: usize) -> bool {
    (at + 2..view.len().min(at + 12)).any(|word| view.any(word, list!["to", "on"]))
}

/// `Agenda: Ida drafts`, `40 kg of sand, Jo orders`: what it is done to stands in front, or goes without
/// saying.
fn done_to_what_is_named(view: &View<'_>, at: usize, base: &str, agent: &Agent) -> bool {
    let Agent::Named(name) = agent else {
        return false;
    };
    let lower = name.to_lowercase();
    let known = crate::lexicon::is_first_name(&lower)
        || view.people.contains(&lower)
        || crate::lexicon::is_role(&lower)
        || view.any(
            at.saturating_sub(2),
            list!["mr", "mrs", "ms", "dr", "herr", "frau"],
        );
    let ends = view.get(at + 1).is_none_or(|token| {
        !token.is_word() || token.any(list!["and", "by", "on", "before", "for"])
    });
    known && ends && UPON.holds(base)
}

/// Deeds that are done to something, whether it is named or not.
const UPON: List<'static> = list![
    "bake",
    "book",
    "bring",
    "buy",
    "collect",
    "cook",
    "deliver",
    "draft",
    "edit",
    "fetch",
    "film",
    "fix",
    "grind",
    "host",
    "iron",
    "laminate",
    "mop",
    "mow",
    "order",
    "organise",
    "organize",
    "pack",
    "paint",
    "pay",
    "photocopy",
    "photograph",
    "prepare",
    "print",
    "proofread",
    "reorder",
    "repair",
    "replace",
    "reserve",
    "rewire",
    "scan",
    "seal",
    "sew",
    "sign",
    "translate",
    "transcribe",
    "trim",
    "type",
    "varnish",
    "weed",
];

/// Verbs that are not on the list because they name no deed.
const NO_DEEDS: List<'static> = list![
    "adores",
    "loathes",
    "fancies",
    "dislikes",
    "resembles",
    "possesses",
    "loves",
    "dreads",
    "regrets",
    "doubts",
    "fears",
    "misses",
    "envies",
    "admires",
    "gives",
    "takes",
];

/// `Baz winches it`, `Mr Ode saws six posts`: a verb that is not on the list, with a name in front and
/// an object behind.
fn unknown_third(view: &View<'_>, at: usize) -> bool {
    let counted = view.get(at + 1).is_some_and(|token| {
        token.kind == crate::token::Kind::Number
            || token.any(list![
                "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "a", "an",
                "his", "her", "their", "this", "these", "those", "some", "another", "every",
            ])
    });
    // `Clementine shucks corn`: a name we know, and a bare thing.
    let bare = || {
        at > 0
            && crate::lexicon::is_first_name(view.lower(at - 1))
            && view.get(at + 1).is_some_and(|token| {
                token.kind == crate::token::Kind::Word
                    && !token.capital
                    && (token.verb.is_none() && crate::area::knows(&token.lower)
                        || token.lower.len() > 4
                            && token.lower.ends_with('s')
                            && !token.lower.ends_with("ss"))
            })
    };
    let listed = view.get(at).is_some_and(|token| token.any(NO_DEEDS));
    acts_by_shape(view, at)
        && !listed
        && (counted
            || bare()
            || view.any(
                at + 1,
                list!["the", "my", "our", "your", "it", "them", "both", "all"],
            ))
        && at > 0
        && view.get(at - 1).is_some_and(|token| token.capital)
}

/// `Physio says do the exercises`: whether an order as it could stand alone starts at `at`.
pub(super) fn ordered(view: &View<'_>, at: usize) -> bool {
    // `practice cancelled`
    let told = view
        .verb(at + 1)
        .is_some_and(|verb| verb.forms.participle && !verb.forms.base && !verb.forms.ing);
    view.get(at + 1).is_some_and(crate::token::Token::is_word)
        && !told
        && !view.any(at + 1, list!["n't", "not"])
        && super::imperative::is(view, at, crate::clause::Lead::default(), true)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn what_somebody_does_to_the_thing_in_front_is_a_task() {
        for (text, summary) in [
            (
                "Yard huddle. Gate hinge (loose): Ravi oils, Friday.",
                "Oil gate hinge",
            ),
            (
                "Notes\n- roof tiles → Ines orders\n- till: fine",
                "Order roof tiles",
            ),
            (
                "Fair sync\nlantern walk – Saturday, Ilse leads.\nRain plan: none",
                "Lead lantern walk",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert!(assignees(text)[0].is_some(), "{text}");
        }
    }

    #[test]
    fn a_handle_in_front_of_what_is_done_is_its_subject() {
        for (text, name) in [
            ("- Summer fete: @nora books the band by Friday", "nora"),
            ("- The lease ends in May. @Sara renews it asap", "sara"),
            ("- Mugs are gone, @tom orders new ones tomorrow", "tom"),
        ] {
            assert_eq!(assignees(text), [Some(name.to_owned())], "{text}");
        }
        assert_eq!(
            assignees(
                "- The plates came. @vera washes them by Thursday, @jo stacks them on Friday."
            ),
            [Some("vera".to_owned()), Some("jo".to_owned())]
        );
        assert_eq!(assignees("- wipe boards @tom"), [Some("tom".to_owned())]);
    }

    #[test]
    fn what_happens_anyway_is_none() {
        for text in [
            "Rush hour, Ilse insists.",
            "Opa keeps taking the drops.",
            "Vet update for the aunts: the lump was benign.",
            "Notes\n- the shop on Pine Street, Ilse works",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn who_makes_sure_of_something_does_it_and_who_offers_something_does_not() {
        assert_eq!(
            found("Gig on Friday at nine. Ilse makes sure the amps are on."),
            ["Make sure the amps are on"]
        );
        assert_eq!(
            found("Rent is 900 a month, the owner offers two months free."),
            [""; 0]
        );
    }
}
