//! The day of an event that the sentence before names.

use super::Chosen;
use crate::clause::Head;
use crate::date::Grain;
use crate::detect::Source;
use crate::token::{List, list};

/// Words for what takes place on a day, and for its end.
pub(crate) const EVENTS: List<'static> = list![
    "evening",
    "party",
    "wedding",
    "birthday",
    "trip",
    "exam",
    "test",
    "interview",
    "appointment",
    "inspection",
    "viewing",
    "picnic",
    "concert",
    "fair",
    "bbq",
    "barbecue",
    "dinner",
    "lunch",
    "breakfast",
    "potluck",
    "match",
    "game",
    "camp",
    "workshop",
    "session",
    "visit",
    "event",
    "meeting",
    "deadline",
    "due",
    "expires",
    "expire",
    "show",
    "exhibition",
    "opening",
    "rehearsal",
    "ceremony",
    "funeral",
    "reunion",
    "festival",
    "guests",
    "visitors",
    "scan",
    "operation",
    "surgery",
    "check-up",
    "checkup",
    "physical",
    "recital",
    "audit",
    "launch",
    "hearing",
    "viva",
    "tournament",
    "regatta",
    "gala",
    "flight",
    "physio",
    "dentist",
    "christening",
    "graduation",
    "assembly",
    "raffle",
    "fête",
    "fete",
];

/// `The parents' evening is on Thursday. Bake something for it.`: the day of the event holds for
/// what is asked for right behind it.
pub(crate) fn carried(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let alone = source.sentences[index].date_tokens().is_empty();
    alone.then(|| event_before(source, index))?
}

/// `Order of work for Friday: Ida drains the pond; then Ben swaps the liner`: the day of the label in front of the
/// first of several deeds that semicolons part.
pub(crate) fn labelled_before(source: &Source<'_>, index: usize) -> Option<Chosen> {
    // Deeds that one label can stand before.
    const MOST: usize = 8;
    let sentence = &source.sentences[index];
    if !sentence.date_tokens().is_empty() || sentence.unit.place.item.is_some() {
        return None;
    }
    let from = index.saturating_sub(MOST);
    let parted = |at: &usize| {
        let next = source.sentences[*at + 1].unit.range.start;
        source.text[..next].trim_end().ends_with(';')
    };
    let first = (from..index).rev().take_while(parted).last()?;
    let label = &source.sentences[first];
    let (token, date) = *label.date_tokens().first()?;
    let same = label.unit.place.block == sentence.unit.place.block;
    (same && super::reach::leads(label, token)).then(|| super::context::chosen(source, date))?
}

/// The day of the event that the sentence before one states.
pub(super) fn event_before(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let before = source.sentences.get(index.checked_sub(1)?)?;
    let same = before.unit.place.block == sentence.unit.place.block && !before.question;
    let states = before.actions().next().is_none()
        && before
            .clauses
            .iter()
            .any(|clause| matches!(clause.head, Head::Statement | Head::Phrase));
    let dates = before.date_tokens();
    let [(_, date)] = dates.as_slice() else {
        return None;
    };
    let found = &source.dates[*date];
    let event = before.tokens.iter().any(|token| token.any(EVENTS));
    let ahead = found.due.date() >= source.now.date()
        && found.grain <= Grain::Day
        && found.recurrence.is_none();
    (same && states && event && ahead).then(|| Chosen {
        due: found.due.clone(),
        grain: found.grain,
        recurrence: None,
        date: Some(*date),
    })
}
