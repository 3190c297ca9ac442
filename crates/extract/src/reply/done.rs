//! Messages that say that what was asked is done: `booked it yesterday`, `that worked`, `already did`.

use super::answers::has_been;
use super::between;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{Kind, list};

/// `I'll call the bank` – `already did`: what the one before promised is done; true where something was.
pub(super) fn done_for(
    source: &Source<'_>,
    index: usize,
    speaker: &str,
    drafts: &mut [Draft],
) -> bool {
    let block = source.sentences[index].unit.place.block;
    let last = drafts.iter_mut().rev().find(|draft| draft.alive);
    let promised = last.filter(|draft| {
        let place = &source.sentences[draft.sentence].unit.place;
        let by = place.owner.as_ref().and_then(|owner| owner.name.as_deref());
        draft.agent == crate::action::opener::Agent::Speaker
            && place.block + 1 == block
            && by.is_some_and(|by| by != speaker)
    });
    match promised {
        Some(draft) => {
            draft.alive = false;
            true
        }
        None => false,
    }
}

/// Takes back what was asked and is said to be done; true where something was.
pub(super) fn is_done(
    source: &Source<'_>,
    index: usize,
    (asked, words): (&[usize], &[&str]),
    (own, drafts): (bool, &mut [Draft]),
) -> bool {
    if between(source, index, asked, drafts) {
        return false;
    }
    let sentence = &source.sentences[index];
    // `filed it yesterday`
    let past = sentence.tokens.first().is_some_and(|token| {
        token
            .verb
            .is_some_and(|verb| verb.forms.past && !verb.forms.base)
    });
    let points =
        (words.get(1)).is_some_and(|word| matches!(*word, "it" | "them" | "that" | "already"));
    if past {
        // Of several things only the one that is named, where one is.
        let stem = (sentence.tokens.first().and_then(|token| token.verb))
            .map(|verb| crate::words::stem(verb.base));
        let same = |at: &usize| {
            stem.as_ref()
                .is_some_and(|stem| drafts[*at].stems.contains(stem))
        };
        let named: Vec<usize> = asked.iter().copied().filter(same).collect();
        // `checked, all correct`
        let well = || {
            matches!(
                words.get(1..),
                Some(
                    ["all" | "everything" | "nothing" | "looks", ..]
                        | [
                            "they" | "it",
                            "'re" | "'s" | "is" | "are" | "looks" | "look",
                            ..
                        ]
                        | ["correct" | "fine" | "good" | "works" | "ok" | "okay"]
                )
            )
        };
        let points = points || !named.is_empty() && well();
        // `booked the room ✅ the coffee I'll order later`
        if points || !sentence.question && tells_of(sentence, &named, drafts) {
            let done = if named.is_empty() { asked } else { &named };
            for at in done {
                drafts[*at].alive = false;
            }
            return true;
        }
    }
    let done: Vec<usize> = (asked.iter().copied())
        .filter(|at| !own && !is_for_all(source, &drafts[*at]))
        .filter(|at| has_been(sentence.question, words, &drafts[*at]))
        .collect();
    for at in &done {
        drafts[*at].alive = false;
    }
    !done.is_empty()
}

/// Whether a message that opens with a verb names behind it one of these deeds by another of its words.
fn tells_of(sentence: &Sentence, named: &[usize], drafts: &[Draft]) -> bool {
    let behind = sentence.tokens.iter().skip(1).take(6);
    let words = behind.take_while(|token| !token.is_mark() && token.kind != Kind::Symbol);
    let stems = crate::words::stems_of(words);
    named
        .iter()
        .any(|at| crate::words::shared(&stems, &drafts[*at].stems) > 0)
}

/// Whether each of several is asked for a part of it.
pub(super) fn is_for_each(source: &Source<'_>, draft: &Draft) -> bool {
    source.sentences[draft.sentence]
        .tokens
        .iter()
        .any(|token| token.any(list!["each", "everyone", "everybody"]))
}

/// Whether everybody is asked for it.
pub(super) fn is_for_all(source: &Source<'_>, draft: &Draft) -> bool {
    source.sentences[draft.sentence].tokens.iter().any(|token| {
        token.any(list![
            "everyone",
            "everybody",
            "y'all",
            "all",
            "both",
            "each"
        ])
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_several_things_only_the_one_that_is_done_is_taken_back() {
        assert_eq!(
            crate::testing::found(
                "Cleo: Omar, please sand the step. And book the hall for May.\nOmar: Booked it yesterday.\n"
            ),
            ["Sand the step"]
        );
        assert_eq!(
            crate::testing::found(
                "Cleo: I'll ring the plumber on Monday\nOmar: already did. just sweep the step by Friday\n"
            ),
            ["Sweep the step"]
        );
    }

    #[test]
    fn an_answer_that_it_is_done_takes_it_back() {
        for text in [
            "Rui: could you move the tables to the hall?\nAda: I've moved them to the hall.\nRui: splendid\n",
            "Rui: can you take the banner down?\nAda: it's down\n",
            "Rui: can you post the flyers?\nAda: they went out on Monday already\n",
        ] {
            assert_eq!(crate::testing::found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_worked_is_done_and_each_has_a_part() {
        for text in [
            "Gus: the router is down\nIda: Hi Gus. Please reset it at setup.example.org, then restart the laptop.\nGus: OK that worked! Thanks.\n",
            "Rui: Ada, would you book the room for Friday\nAda: booked the room ✅\n",
        ] {
            assert_eq!(crate::testing::found(text), [""; 0], "{text}");
        }
        assert_eq!(
            crate::testing::found(
                "Rui: everyone please send me the form by Sunday\nAda: done\nBo: sent\n"
            )
            .len(),
            1
        );
        assert_eq!(
            crate::testing::found(
                "Rui: Ada, can you print the badges and call the caterer?\nAda: printed the badges ✅ caterer tomorrow\n"
            ),
            ["Call the caterer"]
        );
    }
}
