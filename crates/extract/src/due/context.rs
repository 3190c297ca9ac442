//! The date of an action that has none in its own sentence: a label before it, a deadline told
//! right behind it, one told of what it is about, or the event it is for.

use super::{Chosen, arrival, correction, event, met, needed, told};
use crate::clause::Head;
use crate::date::Role;
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Token, list};

/// The date that the text around an action of `sentence` gives it: always one of the text's own.
pub(super) fn around(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Option<Chosen> {
    // A text without dates has none to give.
    if source.dates.is_empty() {
        return None;
    }
    let found = given(source, sentence, clause);
    debug_assert!(
        found.as_ref().is_none_or(|chosen| chosen.date.is_some()),
        "a day that no date of the text stands for would be lost where the text has no other"
    );
    found
}

fn given(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Option<Chosen> {
    let acts = matches!(sentence.clauses.get(clause)?.head, Head::Action(_));
    let listed = sentence.unit.place.item.is_some() && clause == 0;
    let asked = sentence.lower(0) == "who" && source.document.chat;
    if asked && !acts {
        let index = place_of(source, sentence)?;
        return arrival::answered(source, index)
            .or_else(|| arrival::received(source, index, clause))
            .or_else(|| told::told_before(source, index, clause));
    }
    if !acts && !listed {
        return None;
    }
    let index = place_of(source, sentence)?;
    if let Some(days) = days_ahead(&sentence.tokens) {
        return super::heading::event_day(source, sentence.unit.range.start, days);
    }
    let labelled = labelled(source, sentence)
        .map(|chosen| super::weekdays::with_hour(source, sentence, chosen));
    labelled
        .or_else(|| event::before_leaving(source, index))
        .or_else(|| event::before_they_come(source, index))
        .or_else(|| told::told_behind(source, index))
        .or_else(|| told::told_further_on(source, index))
        .or_else(|| correction::added(source, index))
        .or_else(|| told::told_of_all(source, index))
        .or_else(|| acts.then(|| told::told_before(source, index, clause))?)
        .or_else(|| acts.then(|| event::at_event(source, index, clause))?)
        .or_else(|| acts.then(|| met::arriving(source, index, clause))?)
        .or_else(|| acts.then(|| met::instead(source, index, clause))?)
        .or_else(|| acts.then(|| arrival::received(source, index, clause))?)
        .or_else(|| acts.then(|| arrival::named_before(source, index, clause))?)
        .or_else(|| arrival::answered(source, index))
        .or_else(|| acts.then(|| needed::in_next_message(source, index))?)
}

/// `Rough cut ........ May 22 (Inez)`: the date at the other end of a line with leaders.
pub(super) fn behind_leader(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    // A longer line has no leaders.
    const LONGEST: usize = 300;
    let start = sentence.unit.range.start;
    // No date stands behind the last one.
    if source.dates.last()?.bytes.start < start {
        return None;
    }
    let rest = &source.text[start..];
    let length = rest[..rest.floor_char_boundary(LONGEST)].find('\n');
    let length = length.or_else(|| (rest.len() < LONGEST).then_some(rest.len()))?;
    let (line, end) = (&rest[..length], start + length);
    // Few lines have any, which is told sooner than where they are.
    let dots = line.contains("...").then(|| line.find("...")).flatten();
    let leader = dots.or_else(|| line.find('…'))?;
    let first = source
        .dates
        .partition_point(|date| date.bytes.start < start + leader);
    let found = source.dates.get(first)?;
    let behind = source.text.get(found.bytes.end..end)?;
    let words = behind.split(['(', ',']).next().unwrap_or("");
    let short = words.split_whitespace().count() <= 3;
    let told = line[leader..].starts_with("....") || line.contains(" … ") || line.contains(" ...");
    (told && short).then(|| chosen(source, first))?
}

/// Where a sentence stands among those of the text.
pub(super) fn place_of(source: &Source<'_>, sentence: &Sentence) -> Option<usize> {
    let start = sentence.unit.range.start;
    let index = source
        .sentences
        .partition_point(|other| other.unit.range.start < start);
    let found = source.sentences.get(index)?;
    (found.unit.range == sentence.unit.range).then_some(index)
}

pub(super) fn chosen(source: &Source<'_>, date: usize) -> Option<Chosen> {
    let found = source.dates.get(date)?;
    let open = matches!(found.role, Role::Duration | Role::After);
    let ahead = found.due.date() >= source.now.date() && found.recurrence.is_none();
    (ahead && !open).then(|| Chosen {
        due: found.due.clone(),
        grain: found.grain,
        recurrence: None,
        date: Some(date),
    })
}

/// A date that may repeat, with its first time.
pub(super) fn repeating(source: &Source<'_>, date: usize) -> Option<Chosen> {
    let found = source.dates.get(date)?;
    match &found.recurrence {
        None => chosen(source, date),
        Some(rule) => Some(Chosen {
            due: found.due.clone(),
            grain: found.grain,
            recurrence: Some(rule.clone()),
            date: Some(date),
        }),
    }
}

/// The day whose part `part` names: `Sunday: mop the hall, finish the form in the evening`, `The party is on
/// Saturday. Collect the cake in the morning.`
pub(super) fn part_of(source: &Source<'_>, sentence: &Sentence, part: usize) -> Option<Chosen> {
    super::hour::own_day(source, sentence, part)
        .and_then(|day| chosen(source, day))
        .or_else(|| super::carried::event_before(source, place_of(source, sentence)?))
        .or_else(|| labelled(source, sentence))
}

/// `Mon: Antti buys coffee`, `weekend: wash the car`: nothing but a date stands before it.
fn labelled(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let start = sentence.unit.range.start;
    let date = source
        .dates
        .partition_point(|date| date.bytes.end <= start)
        .checked_sub(1)?;
    let found = &source.dates[date];
    let behind = source.text.get(found.bytes.start..start)?;
    if behind.contains('\n') || source.document.chat {
        return None;
    }
    let line = source.text[..found.bytes.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let plain = |text: &str| !text.contains(char::is_alphabetic);
    // `FR 17.12. hand it in`: the weekday of another language.
    let label = source.text[line..found.bytes.start].trim();
    let weekday = label.chars().count() <= 3 && label.chars().all(char::is_alphabetic);
    // `Ben (by Friday): paint the fence`
    let opens = source.text[..found.bytes.start]
        .rfind(['.', '!', '?', '\n'])
        .map_or(0, |at| at + 1);
    let called = source.text[opens..found.bytes.start]
        .trim()
        .trim_end_matches(['(', ',', ' ', '–', '-']);
    let place = &sentence.unit.place;
    let owned = place
        .owner
        .as_ref()
        .and_then(|whose| whose.name.as_ref())
        .is_some_and(|name| name == called);
    // `Shopping list for Saturday: …`
    let shops = place.section == Section::Shopping
        && ["shopping", "grocer"]
            .iter()
            .any(|word| called.to_lowercase().starts_with(word));
    let alone =
        (weekday || owned || shops || plain(label)) && plain(&source.text[found.bytes.end..start]);
    alone.then(|| repeating(source, date))?
}

/// `collect the drinks on the day`, `cake (Ana, day before)`: how many days ahead of the event of the title.
pub(super) fn days_ahead(tokens: &[Token]) -> Option<i64> {
    let ends = |at: usize| {
        tokens
            .get(at)
            .is_none_or(|next| next.is_mark() || next.any(list!["please", "pls"]))
    };
    (1..tokens.len()).find_map(|at| {
        let before = &tokens[at - 1];
        if tokens[at].is("day")
            && before.is("the")
            && at > 1
            && tokens[at - 2].is("on")
            && ends(at + 1)
        {
            return Some(0);
        }
        let eve =
            before.any(list!["day", "night", "evening"]) && tokens[at].is("before") && ends(at + 1);
        eve.then_some(1)
    })
}
