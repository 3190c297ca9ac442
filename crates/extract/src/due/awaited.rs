//! Deeds that wait for something without a date: `once it has gone through`, `whenever you like`. A day of another
//! clause is none of theirs.

use super::statement;
use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::task::Priority;
use crate::token::Mask;

/// Whether the day that a draft was given is of something else, as its own words put it off.
pub(super) fn waits(source: &Source<'_>, draft: &Draft) -> bool {
    let Some(chosen) = &draft.due else {
        return false;
    };
    let sentence = &source.sentences[draft.sentence];
    let own = draft.clause;
    // `the letter by Friday, and ring Ida, no hurry with that one`
    if hurries_not(source, draft, chosen.date) {
        return true;
    }
    let Some(date) = chosen.date else {
        // `Low: the confetti, whenever`, under `Today`: also where it is a word of urgency.
        return idles(sentence, own) || sentence.tokens.iter().any(|token| token.is("whenever"));
    };
    let first = sentence
        .tokens
        .iter()
        .position(|token| token.mask == Mask::Date(date));
    let Some(place) = first.map(|token| sentence.clause_of(token)) else {
        return false;
    };
    if place == own {
        return false;
    }
    // `Tomorrow you can stretch it, and I'll rivet it as soon as it's dry`
    let acts = match sentence.clauses[place].head {
        Head::Action(_) => true,
        Head::Statement | Head::Blocked => {
            let found = &source.dates[date];
            sentence.words(place).any(|token| token.verb.is_some())
                && !statement::says_deadline(sentence, place, found)
        }
        _ => false,
    };
    let ahead = place < own && acts;
    if idles(sentence, own) {
        return ahead;
    }
    // `as soon as the man has been, and he is promised for the 16th`, `once the press is back, which Ben fetches on
    // Friday`
    let told = |after: usize| {
        let relative = sentence
            .words(place)
            .next()
            .is_some_and(|token| token.is("which"));
        let head = &sentence.clauses[place].head;
        let tells = matches!(head, Head::Statement | Head::Subordinate(Order::Aside)) || relative;
        after > own && place > after && tells
    };
    awaited(sentence, own).is_some_and(|after| ahead && after != place || told(after))
}

/// Whether a deed of which is said that there is no hurry was given the day of another one.
fn hurries_not(source: &Source<'_>, draft: &Draft, date: Option<usize>) -> bool {
    let Some((Priority::Low, Some(marker))) = &draft.priority else {
        return false;
    };
    let sentence = &source.sentences[draft.sentence];
    let said = sentence.unit.range.contains(&marker.start);
    let Some(date) = date.filter(|_| said) else {
        return false;
    };
    let place = &sentence.unit.place;
    let listed = place.item.is_some() || place.heading.is_some();
    let within = sentence
        .unit
        .scope
        .contains(&source.dates[date].bytes.start);
    let token = (sentence.tokens.iter()).position(|token| token.mask == Mask::Date(date));
    let clause = token.map(|token| sentence.clause_of(token));
    clause.map_or(!within && !listed, |at| {
        at < draft.clause && matches!(sentence.clauses[at].head, Head::Action(_))
    })
}

/// Whether a deed waits for another one whose day is not told with it.
pub(super) fn is_open(source: &Source<'_>, draft: &Draft) -> bool {
    awaited(&source.sentences[draft.sentence], draft.clause).is_some()
}

/// The clause that a deed waits for: the nearest one before or behind it, with no other deed between.
fn awaited(sentence: &Sentence, own: usize) -> Option<usize> {
    let after = |at: &usize| matches!(sentence.clauses[*at].head, Head::Subordinate(Order::After));
    let acts = |at: &usize| matches!(sentence.clauses[*at].head, Head::Action(_));
    let ahead = (0..own).rev().take_while(|at| !acts(at)).find(after);
    let behind = (own + 1..sentence.clauses.len())
        .take_while(|at| !acts(at))
        .find(after);
    let dated = |at: &usize| {
        sentence
            .date_tokens()
            .iter()
            .any(|(token, _)| sentence.clause_of(*token) == *at)
    };
    ahead.into_iter().chain(behind).find(|at| !dated(at))
}

/// `whenever`, `whenever we're next there`
fn idles(sentence: &Sentence, own: usize) -> bool {
    let behind = (own..sentence.clauses.len().min(own + 2))
        .filter(|at| *at == own || !matches!(sentence.clauses[*at].head, Head::Action(_)));
    behind
        .into_iter()
        .any(|at| sentence.words(at).any(|token| token.is("whenever")))
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn what_waits_for_something_has_no_day_of_another_deed() {
        for text in [
            "Ida drafts the letter by Friday, and once she's done, Ben signs it.",
            "Ida is taking the van at noon tomorrow and will bring the key back whenever we're next there.",
        ] {
            assert_eq!(dues(text).last(), Some(&None), "{text}");
        }
    }

    #[test]
    fn a_day_said_with_it_stands() {
        for text in [
            "Once the paint is dry, Ben hangs the door on Friday.",
            "Please hang the door on Friday once the paint is dry.",
        ] {
            assert_eq!(dues(text), [Some("2026-03-13".to_owned())], "{text}");
        }
    }
}
