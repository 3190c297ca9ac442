//! “Dinner at 8”: the hour of what is had in the evening.

use jiff::SignedDuration;

use super::{Due, FoundDate, Grain};

/// What is had in the evening.
const EVENINGS: &[&str] = &[
    "dinner",
    "supper",
    "drinks",
    "film",
    "cinema",
    "gig",
    "pub",
    "cocktails",
    "bbq",
    "theatre",
];

/// Words between it and its hour at most.
const WORDS: usize = 4;

/// Moves hours from seven to eleven that no half of the day was said of into the evening, where they stand
/// behind what is had then: “drinks at 7 on Friday”, “table for four at 8”.
pub(super) fn mark(text: &str, dates: &mut [FoundDate]) {
    for date in dates {
        let Due::Moment(moment) = &date.due else {
            continue;
        };
        let own = text
            .get(date.bytes.clone())
            .unwrap_or_default()
            .to_lowercase();
        let said = own
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.starts_with('0') || word.ends_with("am") || word.ends_with("pm"))
            || own.contains("a.m")
            || own.contains("morning")
            || own.contains("noon")
            || own.contains("hour")
            || own.contains("min")
            || own.contains('t') && own.contains('-');
        let clock = date.grain >= Grain::Minute && date.grain <= Grain::Hour;
        let hour = moment.hour();
        if said || !clock || !(7..=11).contains(&hour) || !had(text, date.bytes.start) {
            continue;
        }
        let later = |moment: &jiff::Zoned| moment.checked_add(SignedDuration::from_hours(12)).ok();
        let (Some(due), Some(start), Some(end)) =
            (later(moment), later(&date.start), later(&date.end))
        else {
            continue;
        };
        date.time_alone = date
            .time_alone
            .map(|time| time.saturating_add(SignedDuration::from_hours(12)));
        (date.due, date.start, date.end) = (Due::Moment(due), start, end);
    }
}

/// Whether the words before byte `end` are what is had in the evening.
fn had(text: &str, end: usize) -> bool {
    let Some(before) = text.get(..end) else {
        return false;
    };
    let clause = before
        .rsplit(['.', '!', '?', '\n', ';'])
        .next()
        .unwrap_or("");
    let words: Vec<String> = clause
        .split_whitespace()
        .rev()
        .take(WORDS)
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .collect();
    let table = words
        .windows(2)
        .any(|pair| pair[0] == "for" && pair[1] == "table");
    table || words.iter().any(|word| EVENINGS.contains(&word.as_str()))
}
