//! Attributes of a task beside its words: `Owner: Kim`, `Due: 3 May`, `Priority: low`.
//!
//! They stand behind the words (`Order chairs. Owner: Kim. Due: 3 May`) or on lines of their own, as
//! in tickets and forms. Here they are only found; [`super::record`] says what they belong to.

mod charged;

use std::ops::Range;

use super::graded;
use super::label::{self, Owner};
use super::section::{self, Section};
use crate::task::Priority;
use crate::token::{List, list};
use crate::words;

/// What an attribute tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// The task itself.
    Task,
    /// Who is to do it.
    Owner,
    /// By when.
    Due,
    Priority,
    /// How far it is.
    State,
    /// Nothing that a task needs.
    Aside,
}

/// An attribute of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) key: Key,
    /// First byte of its key.
    pub(super) start: usize,
    pub(super) value: Range<usize>,
}

/// What the attributes of a task say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The words of its deadline.
    pub due: Option<Range<usize>>,
    /// How much it presses, and the words that say so.
    pub priority: Option<(Priority, Range<usize>)>,
    pub(super) owner: Option<Range<usize>>,
    pub(super) done: bool,
}

impl Fields {
    /// Takes an attribute in.
    pub(super) fn put(&mut self, text: &str, attribute: &Attribute) {
        let value = attribute.value.clone();
        match attribute.key {
            Key::Owner => self.owner = Some(value),
            Key::Due => self.due = Some(value),
            Key::Priority => {
                self.priority =
                    grade(&text[value.clone()]).map(|grade| (grade, attribute.start..value.end));
            }
            Key::State => self.done = closed(&text[value]),
            Key::Task | Key::Aside => {}
        }
    }

    /// Takes over what `other` says and this does not.
    pub(super) fn join(&mut self, other: Self) {
        self.due = self.due.take().or(other.due);
        self.priority = self.priority.take().or(other.priority);
        self.owner = self.owner.take().or(other.owner);
        self.done |= other.done;
    }

    /// Whose work it is; `Owner: me` names nobody.
    pub(super) fn owner(&self, text: &str) -> Option<Owner> {
        let words = &text[self.owner.clone()?];
        let first = words.split([' ', ',', '.', ';']).next().unwrap_or_default();
        if matches!(
            crate::words::lower(first).as_ref(),
            "me" | "myself" | "us" | "tbd"
        ) {
            return None;
        }
        Some(Owner::of_work(label::person(words)))
    }

    pub(super) fn of(text: &str, attributes: &[Attribute]) -> Self {
        let mut fields = Self::default();
        for attribute in attributes {
            fields.put(text, attribute);
        }
        fields
    }
}

/// What stands between words and attributes.
pub(super) const PARTS: &[char] = &[
    ' ', '\n', '\t', '.', ',', ';', '|', '/', '(', ')', '[', ']', '–', '—', '-', '·', '•', '*', '_',
];

/// Whether attributes behind words are those of a task: in a list any of them, elsewhere with an owner.
pub(super) fn tells(found: &[Attribute], listed: bool) -> bool {
    let has = |key: Key| found.iter().any(|attribute| attribute.key == key);
    let told = has(Key::Due) || has(Key::Priority) || has(Key::State);
    // `Get the times down by May. Owner: Ravi.`
    let owned = found
        .first()
        .is_some_and(|attribute| attribute.key == Key::Owner);
    !has(Key::Task) && (has(Key::Owner) && (listed || told) || listed && told || owned)
}

/// Longest key, in bytes.
const LONGEST: usize = 20;

/// How each attribute is called.
const KEYS: [(Key, List<'static>); 6] = [
    (
        Key::Task,
        list![
            "task",
            "title",
            "action",
            "action item",
            "what",
            "job",
            "request",
            "requested",
            "summary",
            "issue",
            "problem",
            "subject",
            "to do",
            "todo",
        ],
    ),
    (
        Key::Owner,
        list![
            "owner",
            "who",
            "assignee",
            "assigned to",
            "assigned",
            "responsible",
            "resp",
            "person responsible",
            "responsibility",
            "lead",
            "dri",
            "implementer",
            "action owner",
            "by whom",
            "handled by",
            "in charge",
            "technician",
            "pic",
            "owned by",
            "owner of both",
            "owner for both",
            "owner of all",
        ],
    ),
    (
        Key::Due,
        list![
            "due",
            "due date",
            "deadline",
            "by",
            "by when",
            "when",
            "due by",
            "target",
            "target date",
            "eta",
            "until",
            "needed by",
            "complete by",
            "finish by",
            "date due",
            "window",
            "due on",
            "return by",
        ],
    ),
    (
        Key::Priority,
        list!["priority", "prio", "severity", "urgency",],
    ),
    (Key::State, list!["status", "state", "progress",]),
    (
        Key::Aside,
        list![
            "reporter",
            "reported by",
            "requested by",
            "requester",
            "requestor",
            "created",
            "created by",
            "opened",
            "opened by",
            "raised by",
            "raised",
            "updated",
            "last updated",
            "type",
            "category",
            "component",
            "components",
            "version",
            "environment",
            "labels",
            "label",
            "tags",
            "tag",
            "ref",
            "reference",
            "ticket",
            "ticket no",
            "id",
            "estimate",
            "effort",
            "points",
            "story points",
            "sprint",
            "milestone",
            "epic",
            "project",
            "phone",
            "tel",
            "cost",
            "location",
            "room",
            "client",
            "customer",
            "affects",
            "resolution",
            "watchers",
            "department",
            "dept",
            "site",
            "area",
            "est",
            "reported",
            "logged by",
            "asset",
        ],
    ),
];

fn key(words: &str) -> Option<Key> {
    let called = |(_, list): &&(Key, List<'_>)| list.holds(words);
    KEYS.iter().find(called).map(|(key, _)| *key)
}

/// The attributes in a stretch of text, in their order.
pub(super) fn find(text: &str, range: Range<usize>) -> Vec<Attribute> {
    let body = &text[range.clone()];
    let mut found: Vec<Attribute> = Vec::new();
    for (at, _) in body.match_indices(':') {
        let Some((key, start)) = key_before(&body[..at], !found.is_empty()) else {
            continue;
        };
        let rest = &body[at + 1..];
        // `10:30`, `https://…`
        if rest.starts_with(|c: char| c.is_ascii_digit() || c == '/') {
            continue;
        }
        let from = at + 1 + rest.len() - rest.trim_start_matches([' ', '*', '_', '\t']).len();
        found.push(Attribute {
            key,
            start: range.start + start,
            value: range.start + from..range.end,
        });
    }
    let mut limit = range.end;
    for attribute in found.iter_mut().rev() {
        let from = attribute.value.start;
        let reach = length(
            attribute.key,
            &text[from..range.end],
            limit.saturating_sub(from),
        );
        attribute.value.end = from + reach;
        limit = attribute.start;
        let value = &text[attribute.value.clone()];
        let trimmed = value.trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '.' | ',' | ';' | '|' | '/' | '(' | '[' | '*' | '–' | '-' | '·'
                )
        });
        attribute.value.end = attribute.value.start + trimmed.len();
    }
    found.retain(|attribute| !attribute.value.is_empty());
    found
        .into_iter()
        .flat_map(|attribute| charged::read(text, attribute))
        .collect()
}

/// The key that ends the text before a colon, and where it starts. After another attribute a space
/// is enough before it; else it opens a line or stands behind a mark.
fn key_before(before: &str, among: bool) -> Option<(Key, usize)> {
    let words = before.trim_end_matches([' ', '*', '_']);
    let mut floor = words.len().saturating_sub(LONGEST);
    while !words.is_char_boundary(floor) {
        floor += 1;
    }
    let mut starts: Vec<usize> = words[floor..]
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, c)| floor + at + c.len_utf8())
        .collect();
    if floor == 0 {
        starts.insert(0, 0);
    }
    starts.into_iter().find_map(|start| {
        let found = key(&words::lower(&words[start..]))?;
        let ahead = words[..start].trim_end_matches(['*', '_']);
        let marked = ahead.trim_end_matches(' ').ends_with([
            '.', ';', ',', '(', '[', '|', '/', '–', '—', '-', '\n', '\t', '·', '•', '!', ')', '>',
        ]);
        let opens = ahead.trim().is_empty() || marked || ahead.ends_with("  ");
        (opens || among && ahead.ends_with(' ')).then_some((found, start))
    })
}

/// How far a value reaches, at most to where the next key starts.
fn length(key: Key, rest: &str, limit: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        if at >= limit {
            return limit;
        }
        let next = &rest[at + c.len_utf8()..];
        let spaced = next.chars().next().is_none_or(char::is_whitespace);
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return at,
            ')' | ']' => depth -= 1,
            '\n' | '|' | '\t' => return at,
            ';' if key != Key::Task => return at,
            ' ' if next.starts_with(' ') => return at,
            ' ' if next.starts_with("/ ") => return at,
            ',' if matches!(key, Key::Owner | Key::Priority | Key::State) => return at,
            '.' if spaced && key != Key::Task => {
                let goes_on = next
                    .trim_start()
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_alphanumeric() && !c.is_uppercase());
                let title = key == Key::Owner && at <= 4 && titles(rest[..at].trim());
                if !goes_on && !title {
                    return at;
                }
            }
            _ => {}
        }
    }
    rest.len()
}

/// `Dr`, `K`: what stands in front of a name, with a stop.
fn titles(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().count() == 1
        || matches!(
            lower.as_str(),
            "dr" | "mr" | "mrs" | "ms" | "prof" | "st" | "fr" | "hr" | "rev" | "sr"
        )
}

/// `P1`, `critical`, `low`; nothing is said by the middle one.
fn grade(value: &str) -> Option<Priority> {
    let lower = words::lower(value.trim());
    let first = lower
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty())?;
    // `Priority: 1`
    let grade = if first == "1" {
        Some(Priority::High)
    } else {
        graded::grade(first)
    };
    grade.filter(|grade| *grade != Priority::Medium)
}

/// Whether a state says that nothing is to be done any more.
pub(super) fn closed(value: &str) -> bool {
    let lower = value.trim().to_lowercase();
    let first = lower.split([' ', ',', '(']).next().unwrap_or_default();
    section::read(&lower) == Section::Done
        || value.contains(['✔', '✓', '✅'])
        || words::ENDED.holds(first)
        || matches!(
            first,
            "closed"
                | "resolved"
                | "complete"
                | "shipped"
                | "fixed"
                | "delivered"
                | "sent"
                | "paid"
                | "ordered"
                | "booked"
                | "signed"
        )
        || matches!(
            lower.as_str(),
            "x" | "yes" | "[x]" | "ok" | "100%" | "100 %" | "y"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn pairs(text: &str) -> Vec<(Key, &str)> {
        find(text, 0..text.len())
            .into_iter()
            .map(|found| (found.key, &text[found.value]))
            .collect()
    }

    #[test]
    fn attributes_stand_behind_the_words_or_alone() {
        assert_eq!(
            pairs("Order chairs for the hall. Owner: Kim. Due: 3 May. Priority: low"),
            [
                (Key::Owner, "Kim"),
                (Key::Due, "3 May"),
                (Key::Priority, "low")
            ]
        );
        assert_eq!(
            pairs("Owner: Dr. Kim / Due: 3 May / Task: order chairs, tables"),
            [
                (Key::Owner, "Dr. Kim"),
                (Key::Due, "3 May"),
                (Key::Task, "order chairs, tables")
            ]
        );
        assert_eq!(
            pairs("**Status:** open   Prio: P3 Assignee: Wen"),
            [
                (Key::State, "open"),
                (Key::Priority, "P3"),
                (Key::Owner, "Wen")
            ]
        );
        assert_eq!(
            pairs("fix the tap (owner: Jo, due: Friday)"),
            [(Key::Owner, "Jo"), (Key::Due, "Friday")]
        );
    }

    #[test]
    fn words_before_a_colon_are_no_keys() {
        assert_eq!(
            pairs("I know when: at ten. We met at 10:30 by: https://x.y"),
            []
        );
        assert_eq!(pairs("the landlord owner: a nice man"), []);
    }

    #[test]
    fn grades_and_states() {
        assert_eq!(grade("P1 – now"), Some(Priority::High));
        assert_eq!(grade("medium"), None);
        assert_eq!(grade("Low"), Some(Priority::Low));
        assert!(closed("Done (May)") && closed("closed") && !closed("in progress"));
    }
}
