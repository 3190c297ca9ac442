//! “before the review on Thursday”, “before half term (starts 26 Oct)”: the day is the event's, and
//! what is to be done before it is due the day before.

use std::borrow::Cow;

use crate::token::{List, list};
use jiff::{ToSpan, Zoned};

use super::{Due, FoundDate, Grain, Role};

/// Words before a day that only join it to its event.
const JOINTS: List<'static> = list![
    "on", "starts", "start", "begins", "starting", "is", "comes", "from",
];

/// Words behind “before” by which it is no event of another day.
const OTHER: List<'static> = list![
    "lunch",
    "work",
    "bed",
    "bedtime",
    "noon",
    "school",
    "then",
    "that",
    "i",
    "leaving",
    "going",
    "you",
    "first",
    "opening",
    "breakfast",
    "dinner",
    "close",
    "closing",
    "doors",
    "shift",
    "class",
    "assembly",
    "registration",
];

/// Why a date is a day or more ahead of the one that was named.
pub(crate) const BEFORE_EVENT: &str = "before an event";

/// Words between “before” and a day at most.
const WORDS: usize = 7;

/// Steps back from days of an event that something is to be done before.
pub(super) fn mark(text: &str, now: &Zoned, dates: &mut [FoundDate]) {
    let mut last_end = 0;
    for date in dates {
        let day = match date.due {
            Due::Day(day) if is_plain(date) => Some(day),
            _ => None,
        };
        let between = text.get(last_end..date.bytes.start).unwrap_or("");
        last_end = date.bytes.end;
        // “before the review on Thursday at 10”: the moment of the event bounds.
        let moment = matches!(date.due, Due::Moment(_)) && date.recurrence.is_none();
        if moment && date.role == Role::On && days_before(between) == Some(1) {
            date.role = Role::Before;
        }
        if let Some(day) = day
            && let Some(days) = days_before(between)
            && let Ok(before) = day.checked_sub(days.days())
        {
            // “before the guests come tonight”: the day before is gone, today is left.
            let left = day >= now.date();
            date.due = Due::Day(if left { before.max(now.date()) } else { before });
            date.role = Role::Before;
            date.why = BEFORE_EVENT;
        }
    }
}

/// “by Thanksgiving (the 12th)”, “by All Souls', that's Monday”, “before the autumn break begins on 12 October”: a
/// named time whose day is told behind it is that day.
pub(super) fn told_behind(text: &str, dates: &mut Vec<FoundDate>) {
    let mut at = 0;
    while at + 1 < dates.len() {
        let named = matches!(dates[at].why, "day with a name" | "season");
        let between = text
            .get(dates[at].bytes.end..dates[at + 1].bytes.start)
            .unwrap_or("");
        if named && is_plain(&dates[at + 1]) && explains(between) {
            let name = dates.remove(at);
            let date = &mut dates[at];
            date.bytes.start = name.bytes.start;
            date.span.start = name.span.start;
            date.role = name.role;
            if name.role == Role::Before
                && let Ok(eve) = date.due.date().yesterday()
            {
                date.due = Due::Day(eve);
            }
            date.why = "named, and dated behind it";
        }
        at += 1;
    }
}

/// Whether the words between a name and a day only lead from one to the other.
fn explains(between: &str) -> bool {
    const LINKS: List<'static> = list![
        "that's", "that’s", "that", "is", "which", "this", "year", "so", "i.e", "ie", "it's",
        "it’s", "on", "falls", "the",
    ];
    if between.len() > 32
        || between.contains(['\n', '!', '?', ';', ')'])
        || between.trim().is_empty()
    {
        return false;
    }
    let words: Vec<String> = between
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | '–' | '-' | '.'))
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let links = words.iter().all(|word| LINKS.holds(word.as_str()));
    let begins = words.len() <= 4
        && words.last().is_some_and(|word| JOINTS.holds(word.as_str()))
        && words.iter().any(|word| {
            matches!(
                word.as_str(),
                "starts" | "begins" | "start" | "is" | "opens"
            )
        });
    let parted = between.contains(['.', ',']);
    (links && !between.contains('.')) || begins && !parted
}

fn is_plain(date: &FoundDate) -> bool {
    let day = date.grain == Grain::Day && date.role == Role::On && date.time_alone.is_none();
    day && date.recurrence.is_none() && date.start.date() == date.due.date()
}

/// How many days ahead of the day behind `text` its last words are, where they are “before” and an
/// event: one, or as many as stand before “before”.
fn days_before(text: &str) -> Option<i64> {
    let clause = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '('));
    // “before the holidays, which start on”
    let clause = [
        ", which starts",
        ", which start",
        ", which begin",
        ", which begins",
        ", which is",
    ]
    .iter()
    .find_map(|link| clause.strip_suffix(link))
    .unwrap_or(clause);
    let from = clause
        .rfind(['.', '!', '?', '\n', ';', ':', ',', '–', '—', ')', '/'])
        .map_or(0, |at| {
            at + clause[at..].chars().next().map_or(1, char::len_utf8)
        });
    let mut words = clause[from..].split_whitespace().rev().take(WORDS + 3);
    let mut event: Vec<Cow<'_, str>> = Vec::new();
    while let Some(word) = words.next() {
        if event.len() > WORDS {
            return None;
        }
        let opens = word.starts_with('(');
        let word = crate::words::lower(word.trim_matches('('));
        // “(needed on the 23rd)” tells of something else, “(starts 26 Oct)” and “(the fair is on the 9th)”
        // of the event.
        let joins = |word: &Cow<'_, str>| JOINTS.holds(word);
        let states = event
            .iter()
            .any(|word| matches!(&**word, "is" | "starts" | "begins"));
        if opens && !(joins(&word) && event.iter().all(joins) || states) {
            return None;
        }
        if matches!(&*word, "before" | "b4" | "befor" | "bfore") {
            let told = event.iter().any(|word| !JOINTS.holds(word));
            let first = event.last().map_or("", |word| &**word);
            // “before I leave on Friday”, but not “before I forget, Friday is …”
            let forgets = event.iter().any(|word| word.starts_with("forget"));
            let clause = first == "i" && event.len() > 1 && !forgets;
            let fits = told && (clause || !OTHER.holds(first));
            return fits
                .then(|| counted(&words.map(str::to_lowercase).take(2).collect::<Vec<_>>()));
        }
        // “on the eve of the launch (6 June)”
        if word == "eve" && event.last().is_some_and(|next| next == "of") {
            return (event.len() > 1).then_some(1);
        }
        if matches!(&*word, "and" | "please" | "then" | "or" | "not") {
            return None;
        }
        event.push(word);
    }
    None
}

/// “one week”, “the day”, “2 wks”, read from behind.
pub(crate) fn counted(words: &[String]) -> i64 {
    let unit = match words
        .first()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
    {
        Some("week" | "weeks" | "wk" | "wks") => 7,
        Some("fortnight") => 14,
        Some("day" | "days" | "night" | "evening") => 1,
        _ => return 1,
    };
    let count = match words.get(1).map_or("", String::as_str) {
        "two" | "2" => 2,
        "three" | "3" => 3,
        "four" | "4" => 4,
        "five" | "5" => 5,
        "six" | "6" => 6,
        "ten" | "10" => 10,
        _ => 1,
    };
    unit * count
}
