//! Labels that are no names: headings, places, states of work.

use crate::text::section::{self, Section};
use crate::token::{List, list};

/// Places and means by which lists of tasks are sorted.
pub(super) const CONTEXTS: List<'static> = list![
    "home", "calls", "call", "phone", "errands", "errand", "computer", "office", "work", "online",
    "anywhere", "email", "shop", "town", "garden", "laptop", "desk", "house", "car", "read",
];

/// Words before a colon that are a heading, not a person.
pub(super) fn stop_label(name: &str) -> bool {
    const STOP: List<'static> = list![
        "subject",
        "re",
        "from",
        "to",
        "cc",
        "bcc",
        "date",
        "sent",
        "note",
        "notes",
        "deadline",
        "due",
        "ps",
        "p.s",
        "agenda",
        "attendees",
        "present",
        "topic",
        "location",
        "where",
        "when",
        "who",
        "what",
        "why",
        "how",
        "question",
        "answer",
        "update",
        "status",
        "budget",
        "goal",
        "decision",
        "decided",
        "summary",
        "important",
        "fyi",
        "btw",
        "edit",
        "next sync",
        "next meeting",
        "warning",
        "time",
        "kitchen",
        "links",
    ];
    let lower = crate::words::lower(name);
    // `wk 1`, `Phase 2`, `Bed 4`: a number makes a part of it, unless it is a speaker's.
    let numbered = lower.split_once(' ').is_some_and(|(word, rest)| {
        !matches!(
            word,
            "speaker" | "person" | "voice" | "participant" | "guest" | "agent"
        ) && rest.len() <= 3
            && rest.bytes().all(|b| b.is_ascii_digit())
    });
    numbered || STOP.holds(&lower)
}

/// Labels of who was there.
pub(super) const PEOPLE: List<'static> = list![
    "present",
    "attendees",
    "attending",
    "absent",
    "apologies",
    "participants",
    "attendance",
    "agenda",
];

/// Labels of what was seen of a fault, and what should have been.
pub(super) const SEEN: List<'static> = list![
    "expected",
    "actual",
    "observed",
    "impact",
    "expected result",
    "actual result",
    "expected behaviour",
    "actual behaviour",
];

/// Labels of what is planned for the day, in a stand-up's notes.
pub(super) const TODAY: List<'static> = list!["today", "t", "tdy"];

/// Labels of what is to be done.
const TASKS: List<'static> = list![
    "todo",
    "fixme",
    "still to do",
    "left to do",
    "to do",
    "to-do",
    "t0do",
    "action",
    "action item",
    "ai",
    "ap",
    "task",
    "reminder",
    "note to self",
    "don't forget",
    "don’t forget",
    "dont forget",
    "next step",
    "next steps",
    "action items",
    "to-dos",
    "todos",
    "tasks",
    "must do",
    "follow-up",
    "follow up",
    "actions",
    "errands",
];

/// Labels that make what follows something to do, or the opposite.
pub(super) fn task_label(lower: &str) -> Option<Section> {
    const DONE: List<'static> = list![
        "done",
        "finished",
        "erl",
        "erl.",
        "completed",
        "fixed",
        "yesterday",
        "y",
        "yday",
        "yest",
        "y'day",
        "y’day",
        "yesterday's",
        "previously",
        "prev",
        "won't do",
        "won’t do",
        "wont do",
        "on ice",
        "not needed",
        "rejected",
        "cancelled",
        "canceled",
        "skip",
        "parked",
        "dropped",
        "wish",
        "idea",
    ];
    /// What they head is neither over nor, by them alone, a task.
    const NEITHER: List<'static> = list![
        "blockers", "blocker", "b", "blocked", "absences", "out", "next", "next up", "up next",
    ];
    if TODAY.holds(lower) || spans_today(lower) {
        return Some(Section::Tasks);
    }
    // `already packed: tent, mugs`, `not taking: the kayak`
    if lower.starts_with("already ") && lower.split(' ').count() == 2 || STAYS.holds(lower) {
        return Some(Section::Done);
    }
    if NEITHER.holds(lower) {
        return Some(Section::Plain);
    }
    if TASKS.holds(lower) {
        return Some(Section::Tasks);
    }
    if DONE.holds(lower) {
        return Some(Section::Done);
    }
    match section::read(lower) {
        Section::Plain | Section::Tasks | Section::Done => None,
        section => Some(section),
    }
}

/// `today/tomorrow`, `today / next`: what is planned for the day and those behind it.
fn spans_today(lower: &str) -> bool {
    const FURTHER: List<'static> = list!["tomorrow", "tmrw", "next", "next up", "this week"];
    lower.split_once('/').is_some_and(|(first, rest)| {
        TODAY.holds(first.trim_end()) && FURTHER.holds(rest.trim_start())
    })
}

/// Labels of what is to be got.
pub(super) const WANTING: List<'static> = list![
    "need",
    "we need",
    "i need",
    "still need",
    "needed",
    "need to get",
    "to get",
    "get",
];

/// Labels of what is left where it is.
const STAYS: List<'static> = list![
    "not taking",
    "not bringing",
    "not packing",
    "not coming",
    "not needed",
    "not buying",
    "leaving behind",
    "leaving here",
    "staying home",
    "staying here",
];

/// What people are called who talk with one another.
pub(super) const SPEAKERS: List<'static> = list![
    "guest",
    "caller",
    "customer",
    "client",
    "patient",
    "student",
    "pupil",
    "teacher",
    "doctor",
    "nurse",
    "interviewer",
    "agent",
    "officer",
    "visitor",
    "tenant",
    "mum",
    "mom",
    "dad",
    "narrator",
    "audience",
    "reporter",
    "presenter",
    "clerk",
    "driver",
    "waiter",
    "chef",
    "coach",
    "buyer",
    "seller",
    "host",
];

/// Last words of the names of groups.
pub(super) const GROUPS: List<'static> = list![
    "team",
    "shift",
    "crew",
    "group",
    "board",
    "committee",
    "dept",
    "department",
    "desk",
    "office",
    "squad",
    "lead",
    "leads",
    "lab",
    "support",
    "ops",
    "studio",
    "agency",
    "officer",
];
