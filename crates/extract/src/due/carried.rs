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

/// `is it bins tonight?` – `yes, I'll take them out`: the day for which somebody asks what there is to do.
pub(super) fn asked_before(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let own = source.sentences[index].unit.place.block;
    let before = source.sentences[..index]
        .iter()
        .rfind(|before| before.unit.place.block != own)
        .filter(|before| before.unit.place.block + 1 == own && before.question)?;
    let asks = matches!(before.lower(0), "is" | "are") && matches!(before.lower(1), "it" | "they");
    let [(_, date)] = before.date_tokens()[..] else {
        return None;
    };
    let found = &source.dates[date];
    let ahead = found.grain <= Grain::Day && found.due.date() >= source.now.date();
    let speaks_of = source.sentences[index]
        .tokens
        .iter()
        .any(|token| token.any(list!["it", "them"]));
    (asks && ahead && speaks_of).then(|| super::context::chosen(source, date))?
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
    (same && super::leads::leads(label, token)).then(|| super::context::chosen(source, date))?
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

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, summaries};

    #[test]
    fn the_day_that_is_asked_about_is_that_of_the_answer() {
        for (text, summary) in [
            (
                "Gail: is it recycling tonight?\nTom: yep. i'll put it out\n",
                "Put recycling out",
            ),
            (
                "Gail: is it bins tonight?\nTom: yes, I'll take them out\n",
                "Take bins out",
            ),
        ] {
            assert_eq!(summaries(text), [summary]);
            assert_eq!(dues(text), [Some("2026-03-10".to_owned())], "{text}");
        }
        let other = "Gail: is it garden waste tomorrow?\nTom: yeah will put it out tonight\n";
        assert_eq!(dues(other), [Some("2026-03-10".to_owned())]);
        assert_eq!(assignees(other), [Some("Tom".to_owned())]);
        let none = "Gail: is it raining tomorrow?\nTom: no idea. I'll wash the car\n";
        assert_eq!(dues(none), [None]);
    }
}
