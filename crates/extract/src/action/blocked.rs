//! What only looks like a task: wishes, questions, advice, set phrases, and what takes a task back.

mod wordings;

use crate::clause::{Lead, View};
use crate::rows::Rows;
use crate::token::list;
use wordings::{
    ADVICE, ASKING, ASKING_FOR_DEEDS, CANCEL_ROWS, CANCELS, COURTESY, HYPOTHETICAL, IDIOM_ROWS,
    WISHED,
};

/// Whether the words at `at` match a row of words, each with alternatives.
pub(crate) fn row(view: &View<'_>, at: usize, pattern: &str) -> bool {
    pattern.split(' ').enumerate().all(|(offset, words)| {
        words == "*" || words.split('|').any(|word| view.is(at + offset, word))
    })
}

fn here(rows: &Rows, view: &View<'_>, at: usize) -> bool {
    rows.starts(|offset| view.lower(at + offset))
}

/// Whether a set phrase starts at `at`.
pub(crate) fn idiom(view: &View<'_>, at: usize) -> bool {
    // `call IT` is no `call it`.
    let office = view.is(at + 1, "it") && view.get(at + 1).is_some_and(|token| token.upper);
    !office
        && IDIOM_ROWS.starts(|offset| view.lower(at + offset))
        && !super::light::known_by_then(view, at)
}

/// Whether the clause at `at` opens as a wish, a question for information, advice or a set phrase.
pub(crate) fn blocks(view: &View<'_>, at: usize, lead: Lead) -> bool {
    // `Hi Kim, could you tell me which one it was?`
    let called = crate::action::opener::subject(view, at)
        .filter(|(agent, _)| matches!(agent, crate::action::opener::Agent::Named(_)))
        .map(|(_, end)| end + usize::from(view.is(end, ",")))
        .filter(|end| {
            // `Ana and Bo do it` asks nothing.
            let does_it = !view.question && view.is(*end, "do") && view.is(end + 1, "it");
            *end > at
                && !does_it
                && view.any(*end, list!["can", "could", "would", "will", "do", "did"])
        });
    let blocked = called.is_some_and(|at| question(view, at))
        || reported(view, at)
        || wish(view, at, lead)
        || question(view, at)
        || advice(view, at)
        || past(view, at)
        || courtesy(view, at);
    blocked && super::mandate::read(view, at).is_none()
}

/// `it would be lovely to`, `we could maybe`, `I'd love to`, `I wish`.
fn wish(view: &View<'_>, at: usize, lead: Lead) -> bool {
    // `wish lists to Ken by Friday`
    if view.is(at, "wish") && view.any(at + 1, list!["list", "lists"]) {
        return false;
    }
    // `it would be great if you could …` asks for something.
    let asks = (at..view.len().min(at + 9)).any(|index| {
        view.is(index, "if")
            && view.any(index + 2, list!["could", "can", "would"])
            && !view.any(index + 1, list!["we", "i", "it", "they"])
            || view.any(index, list!["if", "rather", "prefer"])
                && (view.is(index + 1, "you") || crate::person::name(view, index + 1).is_some())
                && view.verb(index + 2).is_some_and(|verb| verb.forms.past)
    });
    if here(&WISHED, view, at) && !asks {
        return true;
    }
    if !asks && here(&HYPOTHETICAL, view, at) {
        // `you would like`, `could you` are handled elsewhere; `I'd like you to` is a request.
        return !(0..6).any(|offset| view.is(at + offset, "you") && view.is(at + offset + 1, "to"));
    }
    let some_day = at >= 2 && view.is(at - 1, "day") && view.any(at - 2, list!["one", "some"]);
    let vague = some_day
        || (at..view.next_mark(at, 14)).any(|index| {
            view.any(index, list!["sometime", "someday"]) && !view.listed
                || (view.is(index, "more") && view.is(index + 1, "often"))
                || (view.is(index, "one") && view.is(index + 1, "day"))
                || (view.is(index, "at") && row(view, index, "at some point in life"))
        });
    let subject = view.any(at, list!["i", "we"]);
    subject && (vague || lead.hedged)
}

/// `who buys`, `do you want me to`, `should I`, `have you booked`, `can I`.
fn question(view: &View<'_>, at: usize) -> bool {
    // `can you make a list`, `could you explain it to Kim by Friday` ask for deeds.
    // `could you have Kim redraw it`
    let through = view.is(at + 1, "you")
        && view.any(at + 2, list!["have", "get"])
        && crate::person::name(view, at + 3)
            .is_some_and(|(_, end)| view.is(end, "to") || view.base_verb(end).is_some());
    let deed = through || here(&ASKING_FOR_DEEDS, view, at);
    if deed {
        return false;
    }
    let head = view.lower(at);
    // `have it looked at`
    if head == "have" && !view.question && super::passive::causative(view, at).is_some() {
        return false;
    }
    // `you said you'd bring yours, still good?`
    if view.question && head == "you" && view.any(at + 1, list!["said", "promised", "wanted"]) {
        return true;
    }
    let word = matches!(
        head,
        "who" | "whose" | "why" | "how" | "where" | "what" | "which" | "whether"
    );
    // `what we do need is your ids`
    let needed = view.any(at + 1, list!["i", "we"])
        && (at + 2..at + 5).any(|at| view.any(at, list!["need", "require", "want"]))
        && (at + 3..at + 7).any(|at| view.any(at, list!["is", "are", "'s"]));
    if head == "what" && (needed || !view.question && super::opener::read(view, at).is_some()) {
        return false;
    }
    if word {
        return view.question || head != "where" && at == 0 || matches!(head, "whether");
    }
    here(&ASKING, view, at)
}

/// `always`, `you should try`, `feel free to`, `the trick is to`.
fn advice(view: &View<'_>, at: usize) -> bool {
    if view.is(at, "to") {
        return !view.listed;
    }
    // `You can scan it for me?` asks for it.
    let asks = view.question && (at == 0 || view.is_mark(at - 1)) && view.is(at, "you");
    if asks && view.is(at + 1, "can") && view.base_verb(at + 2).is_some() {
        return false;
    }
    if view.is(at, "never") {
        return !row(view, at, "never forget to") && !row(view, at, "never mind");
    }
    if view.is(at, "do")
        && (row(view, at, "do n't|not let * forget")
            || row(view, at, "do n't|not let * leave|go|out|off without"))
    {
        return false;
    }
    let praises = view.any(at, list!["it", "that"])
        && row(
            view,
            at,
            "it|that 's|is important|best|better|good|a * you|we",
        );
    if praises {
        return false;
    }
    here(&ADVICE, view, at)
}

/// `have you`, `was going to`, `already sent`.
fn past(view: &View<'_>, at: usize) -> bool {
    let first = view.lower(at);
    if matches!(first, "already" | "just") {
        return view
            .verb(at + 1)
            .is_some_and(|verb| verb.forms.past || verb.forms.participle);
    }
    let subject = matches!(first, "i" | "we" | "he" | "she" | "they" | "you");
    // `we've run out of oil`: some is to be bought.
    let lacks = || row(view, at, "we|i 've|have run out of");
    subject
        && !lacks()
        && !pledges(view, at + 1)
        && (view.any(at + 1, list!["already", "just"])
            && view
                .verb(at + 2)
                .is_some_and(|verb| verb.forms.past && !verb.forms.base)
            || view.any(at + 1, list!["did", "had"])
            || (view.any(at + 1, list!["have", "'ve", "has"])
                && view
                    .verb(
                        at + 2
                            + usize::from(view.any(at + 2, list!["already", "just", "all", "now"])),
                    )
                    .is_some_and(|verb| verb.forms.participle && !view.is(at + 2, "got"))))
}

/// `have promised Kim I'd tune it`, `did say I'd test it`: what was said binds still.
fn pledges(view: &View<'_>, at: usize) -> bool {
    let verb = at + 1 + usize::from(view.any(at + 1, list!["also", "already", "just"]));
    view.any(at, list!["have", "'ve", "has", "'s", "did"])
        && view.any(
            verb,
            list![
                "promised",
                "promise",
                "told",
                "tell",
                "said",
                "say",
                "agreed",
                "agree",
                "sworn",
                "offered",
                "volunteered",
                "undertaken",
                "pledged",
            ],
        )
        && (verb + 1..view.next_mark(verb, 8))
            .any(|at| view.any(at, list!["'d", "'ll", "will", "would", "to"]))
}

/// `He always said you should buy land`: what somebody used to say.
fn reported(view: &View<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at + 4).any(|word| {
        view.any(word, list!["always", "often", "never"])
            && view.any(
                word + 1,
                list!["said", "says", "say", "told", "tells", "taught"],
            )
            || view.is(word, "used")
                && view.is(word + 1, "to")
                && view.any(word + 2, list!["say", "tell", "joke"])
    }) && !view.any(at, list!["please", "so", "but"])
}

/// `thank you`, `have a nice day`, `looking forward`.
fn courtesy(view: &View<'_>, at: usize) -> bool {
    here(&COURTESY, view, at)
        && !row(view, at, "be sure|a|an|there|at")
        && !row(view, at, "be so kind|good")
        && !row(view, at, "take care of")
        && !row(view, at, "have|take a look|peek|stab|go at")
        && !row(view, at, "have a read of|through")
        && !row(view, at, "have a think about")
        && !row(view, at, "have a quiet word|chat")
        && !row(view, at, "i 'm|am happy|glad to")
        && !row(view, at, "please do n't forget")
        && !row(view, at, "please be sure")
        && !super::light::known_by_then(view, at)
}

/// Whether the clause takes back what was said; the index of the words that say what.
pub(crate) fn cancels(view: &View<'_>, at: usize) -> Option<usize> {
    let (index, _) = CANCEL_ROWS.find(|offset| view.lower(at + offset))?;
    let kept = row(view, at, "do n't|not forget")
        || row(view, at, "forget to")
        || row(view, at, "let 's not forget to")
        || row(
            view,
            at,
            "drop it|that|this|them off|at|by|in|to|into|over|through|round|around|down|behind|on|with|back|inside|under",
        );
    // `nope, will do it tonight` answers a question.
    let answers = view.any(at, list!["nah", "nope"]) && {
        let next = at + 1 + usize::from(view.is(at + 1, ","));
        view.any(
            next,
            list!["will", "'ll", "i", "i'll", "doing", "gonna", "on", "not"],
        ) && !(next..next + 4).any(|at| view.any(at, list!["forget", "skip", "drop"]))
    };
    (!kept && !answers).then_some(at + CANCELS[index].1)
}
