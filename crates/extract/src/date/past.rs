//! Dates that tell when something happened or what it belongs to: “the email Dario sent on Friday”,
//! “the minutes of the 28 May meeting”. They set no deadline.

use std::borrow::Cow;

use super::{FoundDate, Role};
use crate::token::{List, list};

/// Deeds that are told as done when a date follows them.
const DEEDS: List<'static> = list![
    "arrived",
    "bought",
    "broke",
    "brought",
    "called",
    "came",
    "closed",
    "dated",
    "died",
    "did",
    "discussed",
    "emailed",
    "ended",
    "failed",
    "filed",
    "finished",
    "gave",
    "got",
    "had",
    "happened",
    "held",
    "learned",
    "left",
    "lost",
    "mailed",
    "made",
    "mentioned",
    "met",
    "missed",
    "ordered",
    "paid",
    "phoned",
    "placed",
    "posted",
    "published",
    "received",
    "released",
    "reported",
    "returned",
    "saw",
    "sent",
    "shared",
    "shipped",
    "signed",
    "sold",
    "spoke",
    "spotted",
    "started",
    "submitted",
    "talked",
    "texted",
    "took",
    "uploaded",
    "visited",
    "was",
    "went",
    "were",
    "won",
    "wrote",
];

/// What was said on a day is a deed only behind “as”: “as agreed on Monday”, but “we agreed on Friday”.
const WORDS_GIVEN: List<'static> = list![
    "agreed",
    "said",
    "promised",
    "told",
    "offered",
    "asked",
    "announced",
];

/// Words before a deed that make it one still to be done: “to be sent on Friday”, “gets posted”.
const AHEAD: List<'static> = list![
    "be", "being", "is", "are", "get", "gets", "getting", "have", "having", "want", "wants",
    "need", "needs", "needed", "like", "must", "will", "shall", "should", "could", "would", "can",
    "may", "to", "if", "when", "once", "until", "unless", "by", "not", "i'd", "it's", "i'll",
    "we'll", "they'll", "he'll", "she'll",
];

/// What stands between a deed and its day: “sent it on Friday”, “came in yesterday”.
const OBJECTS: List<'static> = list![
    "it", "them", "me", "us", "him", "her", "you", "this", "that", "these", "those", "in", "back",
    "out", "up", "over", "here", "there", "home", "late",
];

/// Records, which are of the day they were made: “the minutes of 28 May”.
const RECORDS: List<'static> = list![
    "minutes",
    "notes",
    "note",
    "recording",
    "recordings",
    "invoice",
    "invoices",
    "report",
    "reports",
    "photos",
    "pictures",
    "protocol",
    "transcript",
    "summary",
    "letter",
    "email",
    "mail",
    "message",
    "receipt",
    "receipts",
    "bill",
    "statement",
    "log",
    "logs",
    "video",
    "videos",
    "results",
    "decision",
    "decisions",
    "events",
];

/// Whether the words before `date` tell of what has been.
pub(crate) fn told(text: &str, date: &FoundDate) -> bool {
    if !matches!(date.role, Role::On) || date.recurrence.is_some() {
        return false;
    }
    let Some(before) = text.get(..date.bytes.start) else {
        return false;
    };
    let led = text
        .get(date.bytes.clone())
        .is_some_and(|words| words.to_ascii_lowercase().starts_with("on "));
    let clause = before
        .rsplit(['.', '!', '?', '\n', ';', ',', ':', '(', '–', '—'])
        .next()
        .unwrap_or("");
    let words: Vec<Cow<'_, str>> = clause
        .split_whitespace()
        .rev()
        .take(6)
        .map(crate::words::lower)
        .collect();
    let word = |i: usize| words.get(i).map_or("", |word| &**word);
    let given = word(1) == "as" && WORDS_GIVEN.holds(word(0)) && led;
    record(word(0), word(1), word(2)) || deed(&words) || given
}

/// “the minutes of (the) 28 May”.
fn record(first: &str, second: &str, third: &str) -> bool {
    match (first, second) {
        ("of", noun) => RECORDS.holds(noun),
        ("the", "of") => RECORDS.holds(third),
        _ => false,
    }
}

/// A deed among the last words, told as done.
fn deed(words: &[Cow<'_, str>]) -> bool {
    let Some(at) = words.iter().take(3).position(|word| DEEDS.holds(word)) else {
        return false;
    };
    let near = words.iter().take(at).all(|word| OBJECTS.holds(word));
    let ahead = words
        .iter()
        .skip(at + 1)
        .take(3)
        .any(|word| AHEAD.holds(word));
    // `he's got Saturday` tells what he has.
    let has = words[at] == "got"
        && words.get(at + 1).is_some_and(|word| {
            matches!(&**word, "has" | "have") || word.ends_with("'s") || word.ends_with("'ve")
        });
    // The first word of a clause, with nothing before it, may be a label: “Signed Friday”.
    near && !ahead && !has && words.len() > at + 1
}
