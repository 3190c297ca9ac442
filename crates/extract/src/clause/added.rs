//! What stands behind a deed without being one: reasons, statements, indirect questions.

use super::{Head, View, dictation};
use crate::action::opener::Opener;
use crate::lexicon::Lean;
use crate::token::{List, Token, list};

/// `apply online, takes ten days`, `send it today, otherwise it is late`: what a comma adds to a deed.
pub(super) fn says_more(view: &View<'_>, behind: usize, start: usize) -> bool {
    let third = view.verb(start).is_some_and(|verb| {
        verb.forms.third
            && !verb.forms.base
            && matches!(verb.lean, Lean::Verb | Lean::State | Lean::Light)
    }) && view.get(start).is_some_and(|token| !token.capital)
        && view.get(start + 1).is_some_and(Token::is_word);
    third || view.is(behind, "otherwise")
}

/// `remind Noor that the keys go back`: what is to be told belongs to the telling.
pub(super) fn reminds(view: &View<'_>, head: &Head) -> bool {
    matches!(head, Head::Action(opener) if view.any(opener.verb, list!["remind", "tell"]))
}

/// `bring a coat it is cold`, `buy bags we're down to one`: a statement behind the deed, without a mark.
pub(super) fn adds(view: &View<'_>, at: usize, opener: &Opener) -> bool {
    let tells = view.verb(opener.verb).is_some_and(|verb| {
        matches!(
            verb.base,
            "tell"
                | "inform"
                | "remind"
                | "let"
                | "say"
                | "check"
                | "confirm"
                | "note"
                | "ensure"
                | "make"
                | "see"
                | "hope"
                | "warn"
                | "show"
                | "remember"
                | "ask"
                | "assume"
                | "text"
                | "email"
                | "message"
                | "write"
                | "announce"
                | "explain"
                | "mention"
                | "decide"
        )
    });
    let speaks = view.any(at, list!["i", "we"]);
    let be = if speaks {
        view.any(at + 1, list!["'m", "am", "'re", "are"])
    } else {
        view.any(at, list!["it", "they", "he", "she"])
            && view.any(at + 1, list!["is", "'s", "are", "'re", "was", "were"])
    };
    // `the book we're reading`, `the box it is in`: told of the thing itself.
    let relative = view.verb(at + 2).is_some_and(|verb| verb.forms.ing)
        || view.any(
            at + 2,
            list!["in", "on", "at", "from", "with", "n't", "not"],
        ) && view.is_mark(at + 3);
    be && at > opener.verb + 1 && !tells && !relative && !dictation::open(view, at - 1)
}

/// Words for those who want an answer.
const PEOPLE: List<'static> = list!["i", "we", "you", "he", "she", "they"];

/// `ask the bank which papers they need`: the question belongs to the deed of asking it.
pub(super) fn inquires(view: &View<'_>, head: &Head, at: usize) -> bool {
    let Head::Action(opener) = head else {
        return false;
    };
    let asks = view.verb(opener.verb).is_some_and(|verb| {
        matches!(
            verb.base,
            "ask"
                | "check"
                | "find"
                | "see"
                | "confirm"
                | "clarify"
                | "decide"
                | "figure"
                | "enquire"
                | "inquire"
                | "verify"
                | "determine"
                | "establish"
                | "discuss"
        )
    });
    let tells = view.verb(opener.verb).is_some_and(|verb| {
        matches!(
            verb.base,
            "tell"
                | "explain"
                | "show"
                | "note"
                | "let"
                | "inform"
                | "specify"
                | "remind"
                | "list"
                | "choose"
                | "pick"
                | "agree"
                | "write"
                | "text"
                | "email"
                | "message"
                | "say"
                | "work"
        )
    });
    // `in which`, `the one who …` behind a mark adds something.
    // `ask the bank tomorrow, which documents they need`, but not `the bank, which closes at four`.
    let behind = at + usize::from(view.is(at, ","));
    if asks && view.is(behind, "which") && view.any(behind + 2, PEOPLE) {
        return true;
    }
    // `tell us when you'd like to come`
    let when = || {
        view.is(at, "when")
            && (view.any(opener.verb, list!["tell", "inform", "ask", "say", "decide"])
                // `let me know when he can come`
                || view.is(opener.verb, "let") && view.is(at - 1, "know"))
            && view.any(at + 1, PEOPLE)
            && view.any(
                at + 2,
                list![
                    "'d", "would", "can", "could", "will", "'ll", "want", "wants",
                ],
            )
    };
    let free = !view.is_mark(at - 1);
    free && (view.any(at, list!["which", "where", "who"]) && (asks || tells)
        || when()
        || view.is(at, "when") && asks && !view.any(at - 1, list!["it", "them", "again"]))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_question_that_is_to_be_asked_stays_with_its_deed() {
        for (text, summary) in [
            (
                "Ask the embassy tomorrow which papers they want for the visa.",
                "Ask the embassy which papers they want for the visa",
            ),
            (
                "Ask the clinic on Monday, which forms they want.",
                "Ask the clinic, which forms they want",
            ),
            (
                "Tell Omar by Friday when you'd like to measure the hall.",
                "Tell Omar when you'd like to measure the hall",
            ),
            (
                "Find out by Friday where the stopcock is.",
                "Find out where the stopcock is",
            ),
            (
                "Remind Zora tomorrow that the ladders go back.",
                "Remind Zora that the ladders go back",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn a_statement_behind_a_deed_is_no_part_of_it() {
        for (text, summary) in [
            ("pack a torch it is dark up there", "Pack a torch"),
            (
                "someone needs to get filters we're down to two",
                "Get filters",
            ),
            (
                "Apply for the permit online, takes three weeks.",
                "Apply for the permit online",
            ),
            (
                "Post the form by noon, otherwise the offer lapses.",
                "Post the form",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn the_end_of_a_time_clause_needs_no_comma() {
        assert_eq!(
            found("When the results arrive call Mrs Okoro."),
            ["Call Mrs Okoro"]
        );
        assert_eq!(
            found("After receipt of the deposit I will release the keys."),
            ["Release the keys"]
        );
    }
}
