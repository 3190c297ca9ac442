//! By when the one who was asked wants to be done: `I'd like to have it off my desk by Friday though`.

use crate::date::{Grain, Role};
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::list;

/// The day that the one who takes a deed on sets for themself.
pub(super) fn own_term(source: &Source<'_>, draft: &Draft, sentence: &Sentence) -> Option<usize> {
    if sentence.question || !wants_it_done(sentence) || !is_by_taker(source, draft, sentence) {
        return None;
    }
    let (_, date) = *sentence.date_tokens().first()?;
    let found = &source.dates[date];
    let ahead = found.due.date() >= source.now.date() && found.recurrence.is_none();
    let bound = matches!(found.role, Role::By | Role::Before | Role::On);
    (ahead && bound && found.grain <= Grain::Week).then_some(date)
}

/// `have it off my desk`, `want that done`, `get it out of the way`
fn wants_it_done(sentence: &Sentence) -> bool {
    let own = sentence
        .tokens
        .iter()
        .any(|token| token.any(list!["i", "we"]));
    own && sentence.tokens.windows(3).any(|row| {
        row[1].any(list!["it", "that", "this", "them"])
            && row[0].any(list!["have", "want", "get"])
            && row[2].any(list![
                "off", "done", "finished", "out", "ready", "sorted", "over"
            ])
    })
}

/// Whether a message is of the one who does it; who only has a number answers what was said just before.
fn is_by_taker(source: &Source<'_>, draft: &Draft, sentence: &Sentence) -> bool {
    let place = &sentence.unit.place;
    let asked = &source.sentences[draft.sentence].unit.place;
    let Some(owner) = place.owner.as_ref().filter(|owner| owner.speaks) else {
        return false;
    };
    match (&owner.name, &draft.assignee) {
        (Some(own), Some((taker, _))) => own.eq_ignore_ascii_case(taker),
        (None, taker) => taker.is_some() && place.block == asked.block + 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn who_is_asked_may_set_the_day() {
        for (text, day) in [
            (
                "Jo: Ben, can you write the blurb?\nBen: ok. I want it done by the 12th, I'm off after that\n",
                "2026-03-12",
            ),
            (
                "Jo: Ben, can you write the blurb?\nBen: sure. I'd like to have it off my desk by Friday though\n",
                "2026-03-13",
            ),
            (
                "[00:01] SPEAKER 1: Could you draft the blurb, Ben?\n\
                 [00:02] SPEAKER 2: Yeah fine. I'd want to have it off my desk by the twentieth though.\n",
                "2026-03-20",
            ),
        ] {
            assert_eq!(dues(text), [Some(day.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_others_have_by_a_day_is_no_term() {
        for text in [
            "Jo: Ben, can you write the blurb?\nBen: sure. I have it ready in my head\n",
            "Jo: Ben, can you write the blurb?\nAda: did you get it done by last Friday?\n",
        ] {
            assert_eq!(dues(text)[0], None, "{text}");
        }
    }
}
