//! The one deadline of a phrase or sentence: which of the dates in it binds, after corrections.

use jiff::Zoned;

use super::{Due, FoundDate, Grain, Policy, Role, find, past};

/// Words by which a speaker takes back the date before them.
const CORRECTIONS: &[&str] = &[
    "no wait",
    "wait no",
    "no, wait",
    "wait, no",
    "i mean",
    "i meant",
    "scratch that",
    "make that",
    "make it",
    "sorry",
    "correction",
    "actually",
    "rather",
    "or better",
    "better yet",
    "moved to",
    "moved it to",
    "move it to",
    "move to",
    "moves to",
    "pushed to",
    "push to",
    "pushed back to",
    "postponed to",
    "postponed until",
    "rescheduled to",
    "rescheduled for",
    "extended to",
    "extended until",
    "changed to",
    "change to",
    "new deadline",
    "instead",
    "is now",
    "brought forward to",
    "ignore that",
    "hmm no",
    "no no",
    "nope",
    "strike that",
    "delayed until",
    "delayed to",
    "shifted to",
    "slipped to",
    "not anymore",
    "update:",
    "edit:",
];

/// Words directly before a date that is not the one that counts.
const REPLACED: &[&str] = &[
    "instead of",
    "rather than",
    "moved from",
    "originally",
    "not",
    "not on",
    "not by",
    "was due",
    "was",
    "was planned for",
    "no longer",
    "move from",
    "pushed from",
    "initially",
    "previously",
];

/// The day or moment by which what `text` says must be done, or on which it happens.
///
/// Of several dates one that bounds (“by”, “before”) stands above one that only happens, and a
/// later correction (“no wait, Saturday”) above both. Dates that have passed, that tell how long,
/// or from when on, set no deadline.
pub fn deadline(text: &str, now: &Zoned, policy: &Policy) -> Option<Due> {
    deadline_of(text, &find(text, now, policy), now)
}

/// As [`deadline`], of dates already found in `text`: all of them, or those of one clause.
pub fn deadline_of(text: &str, dates: &[FoundDate], now: &Zoned) -> Option<Due> {
    let mut best: Option<&FoundDate> = None;
    for date in dates.iter().filter(|date| binds(date, text, now)) {
        best = match best {
            None => Some(date),
            Some(held) if corrected(text, held, date) => Some(date),
            Some(held) if either(text, held, date) => Some(date),
            Some(held) if weight(text, date) > weight(text, held) => Some(date),
            // “at 9 with Anna on Friday”: the day counts, and takes the time.
            Some(held) if names_day(text, held, date) => Some(date),
            held => held,
        };
    }
    let best = best?;
    let timed = dates
        .iter()
        .find(|date| date.time_alone.is_some() && same_sentence(text, best, date));
    match (&best.due, timed.and_then(|date| date.time_alone)) {
        // “Saturday I have to take the car to the garage at nine.”
        (Due::Day(day), Some(time)) if best.grain == Grain::Day => {
            let moment = day
                .to_datetime(time)
                .to_zoned(now.time_zone().clone())
                .ok()?;
            Some(Due::Moment(moment))
        }
        (due, _) => Some(due.clone()),
    }
}

fn same_sentence(text: &str, a: &FoundDate, b: &FoundDate) -> bool {
    let (start, end) = if a.bytes.end <= b.bytes.start {
        (a.bytes.end, b.bytes.start)
    } else {
        (b.bytes.end, a.bytes.start)
    };
    text.get(start..end).is_some_and(|between| {
        let apart = between.trim_matches(|c: char| c.is_whitespace() || "(;,:-–—".contains(c));
        apart.is_empty() && !between.contains('\n')
            || !between.contains(['.', '!', '?', '\n', ';', '('])
    })
}

/// Whether `held` is a time alone and `date` the day of the same sentence.
fn names_day(text: &str, held: &FoundDate, date: &FoundDate) -> bool {
    held.time_alone.is_some()
        && date.time_alone.is_none()
        && date.grain == Grain::Day
        && matches!(date.due, Due::Day(_))
        && (strength(date) == strength(held) || names_occasion(text, held, date))
        && same_sentence(text, held, date)
}

/// “before the 2pm meeting on Monday”: the day of what the time was said of.
fn names_occasion(text: &str, held: &FoundDate, date: &FoundDate) -> bool {
    let between = text.get(held.bytes.end..date.bytes.start).unwrap_or("");
    let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || c == '-';
    strength(date) == 1
        && (1..=3).contains(&between.split_whitespace().count())
        && between.chars().all(plain)
}

/// “Saturday or Sunday”: done by the later of the two.
fn either(text: &str, held: &FoundDate, date: &FoundDate) -> bool {
    let between = text.get(held.bytes.end..date.bytes.start).unwrap_or("");
    matches!(between.trim(), "or" | "/")
        && strength(date) >= strength(held).min(1)
        && date.due.date() > held.due.date()
}

fn strength(date: &FoundDate) -> u8 {
    match date.role {
        Role::By | Role::Before => 2,
        Role::On => 1,
        Role::After | Role::Duration => 0,
    }
}

/// As [`strength`]; “closes 13 Nov” bounds as “by 13 Nov” does.
fn weight(text: &str, date: &FoundDate) -> u8 {
    let before = crate::words::lower(tail(text, date.bytes.start, 16));
    let closes = ["closes", "closing", "expires", "ends", "deadline:", "due:"]
        .iter()
        .any(|cue| before.trim_end().ends_with(cue));
    strength(date).max(if closes { 2 } else { 0 })
}

fn binds(date: &FoundDate, text: &str, now: &Zoned) -> bool {
    let timed = matches!(date.due, Due::Moment(_));
    let when = match date.role {
        Role::Duration => false,
        Role::After => timed,
        Role::On | Role::By | Role::Before => true,
    };
    let past = date.due.date() < now.date();
    // “now” is a priority, not a day; “2 hours ago” is past.
    let back = matches!(date.why, "now" | "counted back from now");
    let overdue = past && strength(date) == 1 || back;
    when && !overdue && !replaced(text, date) && !past::told(text, date)
}

/// Whether the words before a date say that another one counts.
pub(crate) fn replaced(text: &str, date: &FoundDate) -> bool {
    let before = tail(text, date.bytes.start, 24);
    let lower = crate::words::lower(before);
    let words = lower.trim_end().trim_end_matches(':');
    REPLACED.iter().any(|cue| {
        words
            .strip_suffix(cue)
            .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// Whether the words between two dates, or just behind the second, take the first one back.
fn corrected(text: &str, held: &FoundDate, date: &FoundDate) -> bool {
    let Some(between) = text.get(held.bytes.end..date.bytes.start) else {
        return false;
    };
    let between = tail(between, between.len(), 80).to_lowercase();
    let behind: String = text
        .get(date.bytes.end..)
        .unwrap_or("")
        .chars()
        .take(12)
        .collect();
    let bare = between.trim_matches(|c: char| !c.is_alphanumeric());
    if matches!(bare, "no" | "nope" | "oops" | "er" | "err") {
        return true;
    }
    let replaces = behind.trim_start().to_lowercase().starts_with("instead");
    let cue = CORRECTIONS.iter().any(|cue| {
        between.rfind(cue).is_some_and(|at| {
            let (left, right) = (between.get(..at), between.get(at + cue.len()..));
            left.is_none_or(|rest| !rest.ends_with(char::is_alphanumeric))
                && right.is_none_or(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    });
    cue || replaces && !behind.to_lowercase().contains("instead of")
}

/// The last `count` bytes (at least) of `text` before byte `end`, on a character boundary.
fn tail(text: &str, end: usize, count: usize) -> &str {
    let mut start = end.saturating_sub(count);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or("")
}
