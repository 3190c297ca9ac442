//! Days of events: what is to be done at or before something whose day the text tells elsewhere.

use jiff::ToSpan;

use super::Chosen;
use super::carried::EVENTS;
use super::context::chosen;
use crate::action::opener::Agent;
use crate::clause::{Head, Order};
use crate::date::{Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};

/// Deeds that are done where people meet.
const AT_EVENTS: List<'static> = list![
    "bring", "present", "carve", "grill", "host", "guard", "referee", "umpire", "usher", "man",
    "steward", "marshal", "moderate", "emcee",
];

/// What people and things do at the time that was named for them.
const COMES: List<'static> = list![
    "come", "comes", "arrive", "arrives", "leave", "leaves", "go", "goes", "start", "starts",
    "open", "opens", "visit", "visits", "land", "lands", "begin", "begins", "ring", "rings",
    "call", "calls", "collect", "collects", "close", "closes", "ends", "ship", "ships", "depart",
    "departs", "move", "moves", "here", "back", "round", "in", "do", "does",
];

/// Sentences looked back for the event that something is brought to.
const NEAR: usize = 24;

/// `I'm on leave from Friday. Before I go I'll finish the forecast`: the day before.
pub(super) fn before_leaving(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let leaves = (0..sentence.clauses.len()).any(|clause| {
        let before = matches!(
            sentence.clauses[clause].head,
            Head::Subordinate(Order::Before)
        );
        before
            && sentence
                .words(clause)
                .any(|token| token.any(list!["go", "leave", "fly", "travel", "off", "away"]))
    });
    let end = sentence.unit.range.start;
    let last = source.dates.partition_point(|date| date.bytes.end <= end);
    let date = last.checked_sub(1).filter(|_| leaves)?;
    let found = &source.dates[date];
    let day = found.start.date().yesterday().ok()?;
    let near = source.text.get(found.bytes.end..end)?.len() < 200;
    let starts = found.grain == Grain::Day && found.recurrence.is_none();
    (near && starts && day >= source.now.date()).then_some(Chosen {
        due: Due::Day(day),
        grain: Grain::Day,
        recurrence: None,
        date: Some(date),
    })
}

/// `The inspector visits on 9 May. Before she arrives, Ana must clear the desk`: the day before, or the moment that
/// was named.
pub(super) fn before_they_come(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let (clause, words, start) = (0..sentence.clauses.len()).find_map(|clause| {
        let before = matches!(
            sentence.clauses[clause].head,
            Head::Subordinate(Order::Before)
        );
        let words: Vec<&Token> = sentence
            .words(clause)
            .filter(|token| token.is_word() && !token.any(list!["before", "b4"]))
            .collect();
        let comes = words.len() <= 4 && words.iter().any(|token| token.any(COMES));
        let start = sentence.bytes(clause..clause + 1).start;
        (before && comes).then_some((clause, words, start))
    })?;
    let dated = sentence.span(clause).is_some_and(|span| {
        sentence
            .date_tokens()
            .iter()
            .any(|(at, _)| span.contains(at))
    });
    if dated {
        return None;
    }
    let them = words
        .first()
        .is_some_and(|token| token.any(list!["he", "she", "it", "they"]));
    if them {
        return ahead_of(source, index, start);
    }
    // `before the bus leaves`, where a sentence tells when it does
    let comes = words.iter().position(|token| token.any(COMES))?;
    let thing = words[..comes]
        .iter()
        .rfind(|token| !token.any(list!["is", "are", "'s", "gets", "get"]))?;
    day_before(event_called(source, index, &thing.lower)?)
}

/// The day before, or the moment of, what was named last before byte `start`.
fn ahead_of(source: &Source<'_>, index: usize, start: usize) -> Option<Chosen> {
    let from = source.sentences[index.saturating_sub(4)].unit.range.start;
    let end = source.dates.partition_point(|date| date.bytes.end <= start);
    let date = (0..end)
        .rev()
        .take_while(|date| source.dates[*date].bytes.start >= from)
        .find(|date| {
            let found = &source.dates[*date];
            let starts = found.role == Role::After && found.grain == Grain::Day;
            let hour = found.time_alone.is_some() && found.role == Role::On;
            (exact(found) || starts) && found.due.date() > source.now.date() || hour
        })?;
    let found = &source.dates[date];
    day_before(Chosen {
        due: found.due.clone(),
        grain: found.grain,
        recurrence: None,
        date: Some(date),
    })
}

/// `Bring the speaker`, `give them back at the rehearsal`: the day of the event named before.
pub(super) fn at_event(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let words: Vec<&Token> = sentence.words(clause).collect();
    let brings = match &sentence.clauses[clause].head {
        Head::Action(opener) => sentence
            .token(opener.verb)
            .and_then(|verb| verb.verb)
            .is_some_and(|verb| AT_EVENTS.holds(verb.base)),
        _ => false,
    };
    let beforehand = words.iter().any(|token| token.is("beforehand"));
    if brings
        && listed_agenda(source, index)
        && let Some(found) = title_called(source, index, "meeting")
    {
        return Some(found);
    }
    if beforehand {
        let own = sentence.bytes(clause..clause + 1).start;
        return ahead_of(source, index, own);
    }
    let named = named_event(source, index, &words, brings)
        .or_else(|| named_event(source, index, &in_front(sentence, clause), false));
    if named.is_some() {
        return named;
    }
    if brings {
        return last_event(source, index);
    }
    on_the_way_there(&words).then(|| stated(source, index))?
}

/// The words of a sentence in front of its first deed.
fn in_front(sentence: &Sentence, clause: usize) -> Vec<&Token> {
    if sentence.actions().next() != Some(clause) || !sentence.date_tokens().is_empty() {
        return Vec::new();
    }
    (0..clause)
        .flat_map(|before| sentence.words(before))
        .collect()
}

/// `before the fair`, `at the rehearsal`: the day that the text gives to the thing that is named.
fn named_event(
    source: &Source<'_>,
    index: usize,
    words: &[&Token],
    brings: bool,
) -> Option<Chosen> {
    words.windows(3).enumerate().find_map(|(place, row)| {
        let leads = row[0].any(list!["at", "before", "during", "to"])
            // `for the audit`, but not `blocked by the review`
            || row[0].any(list!["by", "for"]) && row[2].any(EVENTS);
        let thing = row[1].any(list!["the", "our", "my", "your", "his", "her", "their"]);
        let named = leads && thing && row[2].is_word() && row[2].lower.len() > 2;
        let last = words
            .get(place + 3)
            .filter(|word| word.is_word())
            .unwrap_or(&row[2]);
        let told = || dated_by(source, index, &[&row[2].lower, &last.lower]);
        let found = if row[0].is("to") {
            // `bring it to the open day`, but not `to the bank`
            (brings && named).then(told)??
        } else {
            named.then(|| event_called(source, index, &row[2].lower).or_else(told))??
        };
        if row[0].is("before") {
            // `three weeks before the carnival`
            let ahead: Vec<String> = words[..place]
                .iter()
                .rev()
                .take(2)
                .map(|word| word.lower.clone())
                .collect();
            return days_before(found, crate::date::steps_back(&ahead));
        }
        Some(found)
    })
}

/// The day of the last sentence before that only tells of something.
fn stated(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let from = index.saturating_sub(NEAR);
    let mut before = (from..index).rev();
    before.find_map(|at| day_told(source, &source.sentences[at]))
}

/// The day of a sentence that names one day and asks for nothing.
fn day_told(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let [(_, date)] = sentence.date_tokens()[..] else {
        return None;
    };
    let tells = exact(&source.dates[date]) && sentence.actions().next().is_none();
    tells.then(|| chosen(source, date))?
}

/// `get the rolls on your way`: to where people meet, and not home.
fn on_the_way_there(words: &[&Token]) -> bool {
    words.windows(3).enumerate().any(|(at, row)| {
        row[0].is("on")
            && row[1].any(list!["your", "the"])
            && row[2].is("way")
            && words.get(at + 3).is_none_or(|next| {
                next.is_mark() || next.any(list!["there", "over", "in", "here"]) || next.capital
            })
    })
}

/// An item of an agenda, whose title names the day.
fn listed_agenda(source: &Source<'_>, index: usize) -> bool {
    source.sentences[index].unit.place.item.is_some()
}

fn day_before(chosen: Chosen) -> Option<Chosen> {
    days_before(chosen, 1)
}

fn days_before(mut chosen: Chosen, days: i64) -> Option<Chosen> {
    if let Due::Day(day) = chosen.due {
        chosen.due = Due::Day(day.checked_sub(days.days()).ok()?);
    }
    Some(chosen)
}

/// `our open day on 29 March`: the day that stands right behind the last of these words anywhere near.
fn dated_by(source: &Source<'_>, index: usize, words: &[&str]) -> Option<Chosen> {
    let from = index.saturating_sub(NEAR);
    let until = (index + 4).min(source.sentences.len());
    (from..until).find_map(|at| {
        let other = &source.sentences[at];
        other.date_tokens().into_iter().find_map(|(token, date)| {
            let before = token.checked_sub(1).map(|before| &other.tokens[before])?;
            let named = words.contains(&before.lower.as_str()) && before.mask == Mask::None;
            let day =
                exact(&source.dates[date]) || source.dates[date].why == crate::date::BEFORE_EVENT;
            (named && day && before.verb.is_none_or(|verb| !verb.forms.third))
                .then(|| on_its_day(source, date))?
        })
    })
}

/// A date as the day that was named, also where it was read as what comes before it.
fn on_its_day(source: &Source<'_>, date: usize) -> Option<Chosen> {
    let mut chosen = chosen(source, date)?;
    if source.dates[date].role == Role::Before {
        chosen.due = Due::Day(source.dates[date].start.date());
    }
    Some(chosen)
}

/// The date said last before a sentence, or at its own beginning.
fn last_event(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let start = source.sentences[index].unit.range.end;
    let from = source.sentences[index.saturating_sub(NEAR)]
        .unit
        .range
        .start;
    let end = source.dates.partition_point(|date| date.bytes.end <= start);
    (0..end)
        .rev()
        .take_while(|date| source.dates[*date].bytes.start >= from)
        .filter(|date| !of_another_deed(source, index, *date))
        .find_map(|date| exact(&source.dates[date]).then(|| chosen(source, date))?)
}

/// Whether a date stands in another sentence that asks for something: it is of that deed.
fn of_another_deed(source: &Source<'_>, index: usize, date: usize) -> bool {
    let start = source.dates[date].bytes.start;
    let at = source
        .sentences
        .partition_point(|sentence| sentence.unit.range.end <= start);
    // `On Saturday we clear the pond. Ida brings the nets`: what all do together.
    let other = |sentence: &Sentence, clause: usize| {
        let head = &sentence.clauses[clause].head;
        !matches!(head, Head::Action(opener) if opener.agent == Agent::We)
    };
    at != index
        && source.sentences.get(at).is_some_and(|sentence| {
            sentence.unit.range.contains(&start)
                && sentence.actions().any(|clause| other(sentence, clause))
        })
}

/// `at the talk`, `at the meeting`, where the title names it and its day.
fn title_called(source: &Source<'_>, index: usize, name: &str) -> Option<Chosen> {
    const ANY: List<'static> = list!["meeting", "event", "day", "session"];
    let own = source.sentences[index].unit.range.start;
    let title = source.document.title.clone()?;
    let words = source.text.get(title.clone())?.to_lowercase();
    let named = ANY.holds(name)
        || words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == name);
    let first = source
        .dates
        .partition_point(|date| date.bytes.end <= title.start);
    let found = source.dates.get(first)?;
    let inside = found.bytes.start < title.end && title.end <= own;
    (named && inside && exact(found)).then(|| chosen(source, first))?
}

/// The date of another sentence that names the event.
fn event_called(source: &Source<'_>, index: usize, name: &str) -> Option<Chosen> {
    let from = index.saturating_sub(NEAR);
    let until = (index + 4).min(source.sentences.len());
    if let Some(found) = title_called(source, index, name) {
        return Some(found);
    }
    (from..until).filter(|at| *at != index).find_map(|at| {
        let other = &source.sentences[at];
        let named = other
            .tokens
            .iter()
            .any(|token| token.mask == Mask::None && token.is(name));
        named.then(|| day_told(source, other))?
    })
}

fn exact(date: &FoundDate) -> bool {
    date.grain <= Grain::Day && matches!(date.role, Role::On) && date.time_alone.is_none()
}
