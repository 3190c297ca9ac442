//! Entries that only tell how things are, or what happens anyway.

use super::{DETERMINERS, away, is_open_state};
use crate::clause::Head;
use crate::lexicon;
use crate::sentence::Sentence;
use crate::token::{List, Token, list};

/// Words that say of a thing how it is.
const STATES: List<'static> = list![
    "sick",
    "holiday",
    "holidays",
    "vacation",
    "closed",
    "aob",
    "none",
    "nothing",
    "arising",
    "pto",
    "ooo",
    "absent",
    "n/a",
    "nobody",
    "wfh",
    "unchanged",
    "ok",
    "stable",
    "fine",
    "good",
    "regards",
    "attendance",
    "not",
    "no",
    "status",
    "business",
    "solved",
    "approved",
    "passed",
    "arrived",
];

/// `hits a lock on the orders table`, `Flu clinic for staff starts 14 Sept`: what is the case, or happens.
pub(in crate::detect) fn is_the_case(sentence: &Sentence) -> bool {
    let third = |word: usize| {
        sentence
            .token(word)
            .and_then(|token| token.verb)
            .filter(|verb| verb.forms.only_third())
    };
    let article = sentence
        .token(1)
        .is_some_and(|token| token.any(list!["a", "an", "the", "it", "them", "no"]));
    let last = sentence.at.len().min(9);
    let begins = || {
        (2..last).any(|word| {
            let happens = third(word).is_some_and(|verb| {
                matches!(verb.base, "start" | "begin" | "end" | "open" | "resume")
            });
            let next = sentence
                .at
                .get(word)
                .and_then(|at| sentence.tokens.get(at + 1));
            happens && next.is_some_and(Token::is_dated)
        })
    };
    let led = third(0).is_some_and(|verb| verb.base != "need") && article;
    // `new hire starts 1 Feb -> safety training by Bo`
    let points = || sentence.tokens.iter().any(Token::is_arrow);
    led || begins() && sentence.person.is_none() && !points()
}

/// Whether an entry only tells: where somebody is, how something has become, what somebody did (`We talked about a
/// new boat some day`).
fn is_told(sentence: &Sentence) -> bool {
    let narrated = sentence.at.len() > 2
        && sentence
            .token(0)
            .is_some_and(|token| token.any(list!["we", "i", "they", "he", "she", "it", "there"]));
    narrated
        || away::is_away(sentence)
        || changed(sentence)
        || sentence.clauses.len() == 1 && away::comes(sentence, 0)
}

/// `Leak above the kitchen got worse with the storm`, `the left pump broke again`: how something has become.
pub(in crate::detect) fn changed(sentence: &Sentence) -> bool {
    (1..sentence.at.len()).any(|at| {
        matches!(sentence.lower(at), "got" | "became" | "grew")
            && matches!(
                sentence.lower(at + 1),
                "worse"
                    | "better"
                    | "bigger"
                    | "smaller"
                    | "louder"
                    | "stuck"
                    | "lost"
                    | "cold"
                    | "wet"
                    | "hot"
            )
            || sentence.lower(at) == "broke" && sentence.lower(at + 1) != "the"
    })
}

/// `Halina out sick`, `public holiday`, `AOB`: how things are, and what is on the agenda anyway.
pub(super) fn states_only(sentence: &Sentence) -> bool {
    let first = sentence.token(0);
    if is_the_case(sentence) {
        return true;
    }
    let told = first.and_then(|token| token.verb).is_some_and(|verb| {
        // `labels in everything`, `notes for 3 discharges`: nouns.
        let behind = sentence.token(1).is_some_and(|token| {
            token.any(list!["in", "for", "to", "from", "of", "re", "with", "by"])
        });
        let alone = sentence.unit.place.item.is_some() && sentence.at.len() == 1;
        let noun = alone
            || verb.lean == lexicon::Lean::Noun
            || verb.lean == lexicon::Lean::Either && behind;
        // `fixed assets – Ilse`, `lost property, by Friday`: which thing it is.
        let plain = sentence.token(1).is_some_and(|token| {
            token.is_word() && !token.any(DETERMINERS) && token.kind == crate::token::Kind::Word
        });
        if verb.forms.participle && plain && sentence.person.is_some() {
            return false;
        }
        let tells = verb.forms.third && !noun;
        (verb.forms.past || tells) && !verb.forms.base
    });
    // `on leave`
    let away = sentence.lower(0) == "on"
        && matches!(
            sentence.lower(1),
            "leave" | "call" | "shift" | "track" | "the" | "it"
        );
    let refused = first.is_some_and(|token| token.any(list!["no", "not", "never", "stop"]));
    let nameless = sentence.at.iter().all(|at| {
        sentence.tokens[*at]
            .lower
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
            < 3
    });
    // `Flights done (see mail)`, `deposit paid`
    let finished = sentence.clauses.first().is_some_and(|clause| {
        let last = clause.full.end.saturating_sub(1);
        let past = sentence
            .token(last)
            .and_then(|token| token.verb)
            .is_some_and(|verb| verb.forms.participle && !verb.forms.base && !verb.forms.ing);
        // `flu shot`
        let noun = sentence.lower(last) == "shot";
        past && !noun
            && clause.head == Head::Phrase
            && clause.full.len() > 1
            && !is_open_state(sentence)
    });
    told || refused
        || is_told(sentence)
        || away
        || nameless
        || finished
        || sentence.at.len() <= 5
            && (0..sentence.at.len()).any(|word| STATES.holds(sentence.lower(word)))
}
