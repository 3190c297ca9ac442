//! “before the review on Thursday”, “before half term (starts 26 Oct)”: the day is the event's, and
//! what is to be done before it is due the day before.

use super::{Due, FoundDate, Grain, Role};

/// Words before a day that only join it to its event.
const JOINTS: &[&str] = &[
    "on", "starts", "start", "begins", "starting", "is", "comes", "from",
];

/// Words behind “before” by which it is no event of another day.
const OTHER: &[&str] = &[
    "lunch", "work", "bed", "bedtime", "noon", "school", "then", "that", "i", "leaving", "going",
    "you",
];

/// Words between “before” and a day at most.
const WORDS: usize = 7;

/// Steps back from days of an event that something is to be done before.
pub(super) fn mark(text: &str, dates: &mut [FoundDate]) {
    let mut last_end = 0;
    for date in dates {
        let day = match date.due {
            Due::Day(day) if is_plain(date) => Some(day),
            _ => None,
        };
        let between = text.get(last_end..date.bytes.start).unwrap_or("");
        last_end = date.bytes.end;
        if let Some(day) = day
            && follows_before(between)
            && let Ok(before) = day.yesterday()
        {
            date.due = Due::Day(before);
            date.role = Role::Before;
            date.why = "before an event: the day before it";
        }
    }
}

fn is_plain(date: &FoundDate) -> bool {
    let day = date.grain == Grain::Day && date.role == Role::On && date.time_alone.is_none();
    day && date.recurrence.is_none() && date.start.date() == date.due.date()
}

/// Whether the last words before a day are “before” and an event.
fn follows_before(text: &str) -> bool {
    let clause = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '('));
    let from = clause
        .rfind(['.', '!', '?', '\n', ';', ':', ',', '–', '—', ')', '/'])
        .map_or(0, |at| {
            at + clause[at..].chars().next().map_or(1, char::len_utf8)
        });
    let words = clause[from..].split_whitespace().rev().take(WORDS + 1);
    let mut event: Vec<String> = Vec::new();
    for word in words {
        let opens = word.starts_with('(');
        let word = word.trim_matches('(').to_lowercase();
        // “(needed on the 23rd)” tells of something else, “(starts 26 Oct)” of the event.
        let joins = |word: &String| JOINTS.contains(&word.as_str());
        if opens && !(joins(&word) && event.iter().all(joins)) {
            return false;
        }
        if matches!(word.as_str(), "before" | "b4") {
            let told = event.iter().any(|word| !JOINTS.contains(&word.as_str()));
            let first = event.last().map_or("", String::as_str);
            let clause = first == "i" && event.len() > 1;
            return told && (clause || !OTHER.contains(&first));
        }
        if matches!(word.as_str(), "and" | "please" | "then" | "or" | "not") {
            return false;
        }
        event.push(word);
    }
    false
}
