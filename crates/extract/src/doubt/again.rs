//! A deed that the next words tell again in other words: what is owed and when it is given (`I owe you 20 euros, will
//! pay you back on Friday`), what was asked for and when it is needed (`can you send me the slides?` … `I need them by
//! two`), and a dish that is promised for the kind of dish that was asked for (`can you do a dessert?` – `sure, I'll
//! make a cheesecake`).

use crate::action::opener::Agent;
use crate::action::{ASKED, IS_NEEDED, IS_OWED, REQUEST};
use crate::detect::Source;
use crate::draft::Draft;
use crate::token::{List, list};

use super::double::{absorb, verb_of};

/// Sentences within which the other wording stands.
const REACH: usize = 3;

/// Verbs by which a debt is settled.
const GIVING: List<'static> = list![
    "pay", "give", "send", "bring", "transfer", "return", "email", "mail", "hand", "drop",
    "forward",
];

/// Verbs for seeing to some dish or thing, whatever it is.
const SEEING_TO: List<'static> = list![
    "do", "make", "bring", "bake", "cook", "get", "buy", "organise", "organize", "provide", "sort",
    "handle", "arrange", "prepare",
];

/// Words with which somebody says yes.
const YES: List<'static> = list![
    "sure",
    "yes",
    "yeah",
    "yep",
    "ok",
    "okay",
    "fine",
    "course",
    "gladly",
    "happily",
    "absolutely",
    "definitely",
    "alright",
];

/// Makes one of each two.
pub(super) fn merge(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        if !drafts[at].alive {
            continue;
        }
        let mut earlier = (at.saturating_sub(REACH)..at).rev();
        let Some(before) = earlier.find(|before| drafts[*before].alive) else {
            continue;
        };
        let (one, other) = (&drafts[before], &drafts[at]);
        if other.sentence.abs_diff(one.sentence) > REACH {
            continue;
        }
        if one.rule == IS_OWED && settles(source, one, other) {
            settled(source, drafts, before, at);
        } else if other.rule == IS_NEEDED
            && (is_needed(source, one, other) || is_answered(one, other))
        {
            absorb(drafts, at, before);
        } else if [REQUEST, ASKED].contains(&one.rule) && is_kind(source, one, other) {
            absorb(drafts, before, at);
        }
    }
}

/// Who says the sentence of a draft.
fn speaker<'a>(source: &'a Source<'_>, draft: &Draft) -> Option<&'a String> {
    let owner = source.sentences[draft.sentence].unit.place.owner.as_ref()?;
    owner.name.as_ref().filter(|_| owner.speaks)
}

/// The words of the clause of a draft that point at what was named before.
fn points(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    sentence.words(draft.clause).any(|token| {
        token.any(list![
            "it", "them", "that", "those", "this", "these", "back"
        ])
    })
}

/// `I owe you 20 euros` – `will pay you back on Friday`, `I'll bring it on Monday`
fn settles(source: &Source<'_>, owed: &Draft, deed: &Draft) -> bool {
    speaker(source, owed) == speaker(source, deed)
        && owed.due.is_none()
        && matches!(deed.agent, Agent::Speaker | Agent::Unsaid)
        && verb_of(source, deed).is_some_and(|verb| GIVING.holds(verb.as_str()))
        && points(source, deed)
}

/// Keeps what is owed, with the verb and the day by which it is given.
fn settled(source: &Source<'_>, drafts: &mut [Draft], owed: usize, deed: usize) {
    let sentence = &source.sentences[drafts[deed].sentence];
    let back = sentence
        .words(drafts[deed].clause)
        .any(|token| token.is("back"));
    let verb = drafts[deed]
        .summary
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_owned();
    if let Some((_, thing)) = drafts[owed].summary.split_once(' ') {
        drafts[owed].summary = format!("{verb} {}{thing}", if back { "back " } else { "" });
    }
    absorb(drafts, deed, owed);
}

/// `can you send me the slides?` – `I need them by two`
fn is_needed(source: &Source<'_>, deed: &Draft, need: &Draft) -> bool {
    let sentence = &source.sentences[need.sentence];
    let only = need
        .tokens
        .iter()
        .all(|at| sentence.tokens[*at].any(list!["it", "them", "that", "those", "this", "these"]));
    let thing = need
        .stems
        .iter()
        .filter(|stem| deed.stems.contains(stem))
        .count();
    only && deed.due.is_none()
        && deed.sentence != need.sentence
        && speaker(source, deed) == speaker(source, need)
        && thing > 0
}

/// `Ida to chase the agency, needs an answer by Friday`: what comes of the deed, by when.
fn is_answered(deed: &Draft, need: &Draft) -> bool {
    let answer = |stem: &String| {
        matches!(
            stem.as_str(),
            "answer" | "repli" | "reply" | "respons" | "response" | "decision"
        )
    };
    deed.sentence == need.sentence && need.stems.len() <= 2 && need.stems.iter().any(answer)
}

/// `can you do a dessert?` – `sure, I'll make a cheesecake`
fn is_kind(source: &Source<'_>, asked: &Draft, promised: &Draft) -> bool {
    let sentence = &source.sentences[promised.sentence];
    let answered = speaker(source, asked)
        .zip(speaker(source, promised))
        .is_some_and(|(one, other)| one != other);
    let said = |draft: &Draft| verb_of(source, draft);
    let sees = |draft: &Draft| said(draft).is_some_and(|verb| SEEING_TO.holds(verb.as_str()));
    let agrees = sentence.tokens.iter().take(3).any(|token| token.any(YES));
    let more = sentence.tokens.iter().any(|token| {
        token.any(list![
            "too", "also", "and", "as", "plus", "another", "list", "but"
        ])
    });
    let some = |draft: &Draft| {
        let own = &source.sentences[draft.sentence];
        own.words(draft.clause)
            .any(|token| token.any(list!["a", "an", "some", "something"]))
    };
    answered
        && promised.agent == Agent::Speaker
        && promised.sentence == asked.sentence + 1
        && agrees
        && !more
        && some(asked)
        && some(promised)
        && sees(asked)
        && sees(promised)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, found};

    #[test]
    fn what_is_owed_is_given_once() {
        for (text, summary) in [
            (
                "I owe you 30 euros, will pay you back on Friday.",
                "Pay back 30 euros",
            ),
            (
                "I promised Ida the recipe, I'll send it on Friday.",
                "Send Ida the recipe",
            ),
            (
                "Rui: I owe you 8 euros for the taxi\nAda: no rush\nRui: I'll bring it on Friday\n",
                "Bring 8 euros for the taxi",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(dues(text), [Some("2026-03-13".to_owned())], "{text}");
        }
        let two = "I owe Ida an answer. I'll pay the plumber on Friday.";
        assert_eq!(found(two).len(), 2);
    }

    #[test]
    fn when_it_is_needed_is_said_of_what_was_asked_for() {
        let text = "Rui: can you send me the floor plan?\nAda: will do\nRui: I need it by Friday\n";
        assert_eq!(found(text), ["Send Rui the floor plan"]);
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
        assert_eq!(assignees(text), [Some("Ada".to_owned())]);
        let two =
            "Rui: can you send me the floor plan?\nAda: will do\nRui: I need a stamp by Friday\n";
        assert_eq!(found(two).len(), 2);
    }

    #[test]
    fn the_dish_that_is_promised_is_the_one_that_was_asked_for() {
        let text = "Rui: can you bring a starter?\nAda: sure, I'll make a soup\n";
        assert_eq!(found(text), ["Make a soup"]);
        for two in [
            "Rui: can you bring a tent?\nAda: sure, I'll get some firewood too\n",
            "Rui: can you bring a starter?\nAda: sure, I'll ring a taxi\n",
            "Rui: can you bring the tent?\nAda: sure, I'll make a cake\n",
        ] {
            assert_eq!(found(two).len(), 2, "{two}");
        }
    }
}
