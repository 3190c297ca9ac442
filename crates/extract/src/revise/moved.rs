//! Deeds that stand, on another day than was said first.

use crate::detect::Source;
use crate::draft::Draft;
use crate::{due, words};

/// `the review moved to Monday`, `no, Friday`: the last task with such words gets the new date.
pub(crate) fn move_date(source: &Source<'_>, index: usize, clause: usize, drafts: &mut [Draft]) {
    let sentence = &source.sentences[index];
    let Some(chosen) = due::choose(source, sentence, clause) else {
        return;
    };
    let stems = words::stems_of(sentence.words(clause));
    let named = drafts.iter().rposition(|draft| {
        draft.alive && draft.due.is_some() && words::shared(&stems, &draft.stems) > 0
    });
    let last = drafts
        .iter()
        .rposition(|draft| draft.alive && draft.sentence + 1 >= index);
    if let Some(at) =
        named.or(last.filter(|_| sentence.clauses[clause].lead.corrects || stems.len() <= 3))
    {
        date(source, &mut drafts[at], chosen);
    }
}

/// Gives a task a new date; an hour alone is of the day it had.
pub(super) fn date(source: &Source<'_>, draft: &mut Draft, chosen: due::Chosen) {
    // `at 9 tomorrow. Correction: 10:30`: an hour set anew is of the same day.
    let timed = draft.due.as_ref().and_then(|old| {
        let day = due::day_of(old);
        due::on_day(source, &chosen, Some(&day))
    });
    let old = draft.due.as_ref().map(|old| old.due.date());
    let moved = old.and_then(|old| due::in_the_week_of(source, old, &chosen));
    draft.due = Some(timed.or(moved).unwrap_or(chosen));
}

/// `Strike that, Monday's fine`: another day, which the deed has been given, and nothing but that.
pub(super) fn is_moved_in(source: &Source<'_>, draft: &Draft, index: usize) -> bool {
    const PLAIN: &[&str] = &[
        "is", "'s", "fine", "ok", "okay", "better", "enough", "good", "will", "'ll", "do", "works",
        "make", "it", "please", "would", "be",
    ];
    let Some(date) = draft.due.as_ref().and_then(|due| due.date) else {
        return false;
    };
    let own = &source.sentences[index];
    let words = own.plain_words();
    own.unit.range.contains(&source.dates[date].bytes.start)
        && words.len() <= 6
        && words.iter().skip(2).all(|word| PLAIN.contains(word))
}
