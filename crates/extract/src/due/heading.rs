//! The date that a heading gives to what stands below it.

use std::ops::Range;

use super::Chosen;
use crate::date::{Due, Role};
use crate::detect::Source;

/// The date a heading gives to what stands below it: only where it is about nothing else.
pub(crate) fn heading_due(source: &Source<'_>, heading: Range<usize>) -> Option<Chosen> {
    const PLAIN: &[&str] = &[
        "to", "do", "todo", "todos", "to-do", "tasks", "task", "for", "by", "due", "on", "jobs",
        "list", "things", "plan", "the", "errands", "chores", "deadline", "this", "until",
        "before", "what", "s", "of", "in", "must", "done", "goals",
    ];
    const PARTS: &[&str] = &["phase", "stage", "step", "milestone", "sprint", "part", "block"];
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
    // `Phase 1 – Content (until 30 January)`
    let part = others.first().is_some_and(|word| PARTS.contains(&word.as_str()));
    let bound = matches!(date.role, Role::By) && others.len() <= 6;
    let only = event || part || bound || others.iter().all(|word| PLAIN.contains(&word.as_str()));
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
    (only && !week && !past).then(|| Chosen {
        due: if own_day {
            Due::Day(source.now.date())
        } else {
            date.due.clone()
        },
        grain: date.grain,
        recurrence: date.recurrence.clone(),
        date: Some(first),
    })
}
