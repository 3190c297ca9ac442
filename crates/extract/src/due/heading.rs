//! The date that a heading gives to what stands below it.

use std::ops::Range;

use crate::token::{List, list};

use jiff::ToSpan;

use super::Chosen;
use crate::date::{Due, Grain, Role};
use crate::detect::Source;
use crate::text::Section;

/// Words that open the heading of a part of a plan.
const STAGES: List<'static> = list![
    "phase",
    "stage",
    "sprint",
    "step",
    "part",
    "round",
    "milestone",
];

/// What a heading calls the tasks below it.
const LISTS: List<'static> = list![
    "jobs",
    "tasks",
    "chores",
    "errands",
    "todo",
    "todos",
    "to-dos",
    "duties",
    "list",
    "checklist",
    "actions",
    "prep",
];

/// Words of a heading that is about nothing but when.
const PLAIN: List<'static> = list![
    "remember",
    "to",
    "do",
    "todo",
    "todos",
    "to-do",
    "tasks",
    "task",
    "for",
    "by",
    "due",
    "on",
    "jobs",
    "list",
    "lists",
    "rota",
    "roster",
    "errand",
    "things",
    "plan",
    "the",
    "errands",
    "chores",
    "deadline",
    "this",
    "until",
    "before",
    "what",
    "s",
    "of",
    "in",
    "must",
    "done",
    "goals",
    "shopping",
    "groceries",
    "grocery",
    "buy",
];

/// Days that the title of a plan is ahead at most; `Meeting 3 March` on the 4th tells of yesterday.
const AHEAD: i64 = 200;

/// `Moving day tomorrow (26 Sept)`, above lines that open with an hour, or items that have one: the day they are of.
pub(crate) fn title_day(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let own = &source.sentences[index].unit;
    let opening = source
        .dates
        .partition_point(|date| date.bytes.start < own.scope.start);
    // Few sentences open with an hour, and the title need not be read for the others. An item may have its one
    // hour anywhere: `Wedding 14 March` above `- fetch the flowers 9:30`.
    let mut dates = source.dates[opening..]
        .iter()
        .take_while(|date| date.bytes.end <= own.scope.end);
    let opens = dates.next().is_some_and(|date| {
        date.time_alone.is_some()
            && (date.bytes.start == own.scope.start
                || own.place.item.is_some() && dates.next().is_none())
    });
    if !opens {
        return None;
    }
    let line = source.text.trim_start();
    let start = source.text.len() - line.len();
    // A longer line is no title.
    let end = start + line.bytes().take(200).position(|byte| byte == b'\n')?;
    // An item below another one has no title.
    let first_line =
        (own.place.item.is_none() || source.document.title.is_some()).then_some(start..end);
    let title = own.place.heading.clone().or(first_line)?;
    let first = source
        .dates
        .partition_point(|date| date.bytes.end <= title.start);
    let date = source.dates.get(first)?;
    let exact = date.grain <= Grain::Day
        && (date.role == Role::On || date.role == Role::After && date.grain < Grain::Day)
        && date.time_alone.is_none()
        && date.recurrence.is_none()
        && date.due.date() > source.now.date()
        && date.due.date() <= source.now.date().saturating_add(AHEAD.days());
    let inside = date.bytes.start < title.end && title.end <= own.range.start;
    // A weekday that is today's own is today.
    let stamped = source.text[date.bytes.clone()]
        .split_whitespace()
        .any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let day = date.due.date();
    let day = if !stamped && day.weekday() == source.now.weekday() {
        source.now.date()
    } else {
        day
    };
    (exact && inside).then(|| Chosen {
        due: Due::Day(day),
        grain: Grain::Day,
        recurrence: None,
        date: Some(first),
    })
}

/// The date a heading gives to what stands below it: only where it is about nothing else.
pub(crate) fn heading_due(source: &Source<'_>, heading: Range<usize>) -> Option<Chosen> {
    if let Some(days) = relative(&source.text[heading.clone()]) {
        return event_day(source, heading.start, days);
    }
    if is_weekend(&source.text[heading.clone()]) {
        let now = source.now.date();
        let ahead = jiff::civil::Weekday::Sunday.since(now.weekday());
        return Some(Chosen {
            due: Due::Day(now.checked_add(i64::from(ahead).days()).ok()?),
            grain: Grain::Week,
            recurrence: None,
            date: None,
        });
    }
    let first = source
        .dates
        .partition_point(|date| date.bytes.end <= heading.start);
    let date = source
        .dates
        .get(first)
        .filter(|date| date.bytes.start < heading.end)?;
    let before = &source.text[heading.start..date.bytes.start.max(heading.start)];
    let after = &source.text[date.bytes.end.min(heading.end)..heading.end];
    let words = before
        .split(|c: char| !c.is_alphanumeric())
        .chain(after.split(|c: char| !c.is_alphanumeric()));
    let others: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    // `before the baby shower (Sun 2pm)`
    let event = others.first().is_some_and(|word| word == "before") && others.len() <= 6;
    // `Phase 2 – Build (until Feb 20)`, `Week 3: 12 May`
    let bounds = matches!(date.role, Role::By | Role::Before) && others.len() <= 9;
    let staged = others
        .first()
        .is_some_and(|word| STAGES.holds(word.as_str()));
    // `Closing jobs (tonight)`, `Errand list – Friday`
    let apart = before
        .trim_end()
        .ends_with(['(', '[', '-', '–', '—', ',', ':', '|']);
    // `Kitchen prep Fri`
    let behind_list = before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| LISTS.holds(word.to_lowercase().as_str()));
    let listed = (apart || behind_list)
        && after.chars().all(|c| !c.is_alphanumeric())
        && others.len() <= 5
        && others.iter().any(|word| LISTS.holds(word.as_str()));
    let only =
        event || bounds || staged || listed || others.iter().all(|word| PLAIN.holds(word.as_str()));
    let stamped = source.text[date.bytes.clone()]
        .bytes()
        .any(|byte| byte.is_ascii_digit());
    let day = date.due.date();
    let week = date.grain >= crate::date::Grain::Week && !others.is_empty() && stamped;
    // A weekday that is today's own heads today's list.
    let own_day = day.weekday() == source.now.weekday()
        && day != source.now.date()
        && date.grain == crate::date::Grain::Day
        && !stamped;
    let past = day < source.now.date() || (stamped && day == source.now.date());
    if only && own_day {
        return Some(super::today(source.now));
    }
    (only && !week && !past).then(|| Chosen {
        due: date.due.clone(),
        grain: date.grain,
        recurrence: date.recurrence.clone(),
        date: Some(first),
    })
}

/// `Shopping list for Saturday: eggs, milk`: the day that the label in front of a list names.
pub(crate) fn label_due(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let place = &source.sentences[index].unit.place;
    if place.section != Section::Shopping && !place.marked {
        return None;
    }
    let end = source.sentences[index].unit.range.start;
    let line = source.text[..end].rfind('\n').map_or(0, |at| at + 1);
    let label = source.text[line..end].trim_end();
    if !label.ends_with(':') {
        return None;
    }
    heading_due(source, line..line + label.len())
}

/// `Weekend jobs`, `weekend to-do`: a list for the weekend to come, where no word says which.
fn is_weekend(heading: &str) -> bool {
    if heading.len() > 30 || !heading.starts_with(['W', 'w']) {
        return false;
    }
    let lower = heading.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty());
    matches!(words.next(), Some("weekend" | "wknd" | "w-end"))
        && words.all(|word| LISTS.holds(word) || matches!(word, "to" | "do" | "to-do"))
}

/// How many days ahead of the event a heading such as `On the day` or `The night before` is.
fn relative(heading: &str) -> Option<i64> {
    let words: Vec<String> = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the"))
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["on", "day"] | ["day"] | ["day", "of" | "itself"] => Some(0),
        ["day" | "night" | "evening", "before"] | ["on", "day" | "night", "before"] => Some(1),
        ["week", "before"] | ["one", "week", "before"] => Some(7),
        ["two", "days", "before"] => Some(2),
        _ => None,
    }
}

/// The day of the event that the text opens with, `days` ahead of it.
pub(super) fn event_day(source: &Source<'_>, before: usize, days: i64) -> Option<Chosen> {
    let end = source
        .dates
        .partition_point(|date| date.bytes.end <= before);
    let exact = |date: &usize| {
        let found = &source.dates[*date];
        found.grain <= Grain::Day
            && found.role == Role::On
            && found.time_alone.is_none()
            && found.recurrence.is_none()
            && found.due.date() >= source.now.date()
    };
    let first_line = source.text.trim_start().find('\n')?;
    let date = (0..end).find(exact)?;
    let titled = source.dates[date].bytes.start
        <= first_line + source.text.len() - source.text.trim_start().len();
    let day = source.dates[date]
        .due
        .date()
        .checked_sub(days.days())
        .ok()?;
    (titled && day >= source.now.date()).then_some(Chosen {
        due: Due::Day(day),
        grain: Grain::Day,
        recurrence: None,
        date: Some(date),
    })
}
