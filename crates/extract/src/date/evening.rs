//! “Dinner at 8”, “the early shift starts at 6”: hours whose half of the day the words around them tell.

use crate::token::{List, list};
use jiff::{SignedDuration, Zoned};

use super::{Due, FoundDate, Grain, Role};

/// What is had in the evening.
const EVENINGS: List<'static> = list![
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
    "night",
    "curfew",
];

/// What people gather for after work.
const GATHERINGS: List<'static> = list![
    "doors",
    "practice",
    "training",
    "rehearsal",
    "choir",
    "concert",
    "show",
    "match",
    "game",
    "class",
    "classes",
    "club",
    "party",
    "reception",
    "meeting",
    "council",
    "curtain",
    "soundcheck",
    "load-in",
    "yoga",
    "closing",
    "close",
    "closes",
    "barbecue",
    "quiz",
    "lecture",
    "talk",
    "mass",
    "vigil",
];

/// Words between it and its hour at most.
const WORDS: usize = 4;

/// What is done or happens in the small hours of a working day.
const MORNINGS: List<'static> = list![
    "early",
    "departure",
    "departs",
    "depart",
    "flight",
    "airport",
    "taxi",
    "bin",
    "bins",
    "rubbish",
    "recycling",
    "truck",
    "lorry",
    "unlock",
    "unlocks",
    "trailhead",
    "milking",
    "milk",
    "weekday",
    "weekdays",
    "delivery",
    "bakery",
    "toolbox",
];

/// Words by which it can only be the morning.
const EARLIEST: List<'static> = list![
    "morning",
    "mornings",
    "dawn",
    "sunrise",
    "daybreak",
    "breakfast",
    "wake",
    "wakes",
    "wake-up",
    "alarm",
    "alarms",
];

/// Words by which it is not the morning, whatever else is said.
const LATER: List<'static> = list![
    "evening",
    "evenings",
    "night",
    "tonight",
    "afternoon",
    "late",
    "pm",
    "school",
    "work",
    "lunch",
    "tea",
    "shut",
    "shuts",
];

/// Moves hours that no half of the day was said of to where the words beside them put them: from seven to
/// eleven into the evening, behind what is had then (“drinks at 7 on Friday”, “table for four at 8”); from
/// three to six into the morning, beside what is done then (“wake me at 5”, “bins out by 6:30”).
pub(super) fn mark(text: &str, now: &Zoned, dates: &mut [FoundDate]) {
    for date in dates {
        let Due::Moment(moment) = &date.due else {
            continue;
        };
        let clock = date.grain >= Grain::Minute && date.grain <= Grain::Hour;
        if !clock || says_half(text, date) {
            continue;
        }
        let hour = moment.hour();
        // “the portal shuts at 11:59”: a minute before the day ends.
        let last_minute = || {
            let minute = hour == 11 && moment.minute() == 59;
            minute && (date.role != Role::On || closes(text, date.bytes.start))
        };
        if last_minute() || (7..=11).contains(&hour) && had(text, date.bytes.start) {
            shift(date, 12);
            // `before the night shift at ten`, said at noon: ten of this evening.
            let alone = date.time_alone.is_some() && date.recurrence.is_none();
            let today = matches!(&date.due, Due::Moment(moment)
                if moment.date() > now.date() && moment.time() > now.time());
            if alone && today {
                let time = date.time_alone;
                shift(date, -24);
                date.time_alone = time;
            }
        } else if (15..=18).contains(&hour)
            && (dawns(text, date, hour) || to_the_minute(text, date, hour))
        {
            shift(date, -12);
            let passed = matches!(&date.due, Due::Moment(moment) if moment <= now);
            if passed && date.time_alone.is_some() && date.recurrence.is_none() {
                let time = date.time_alone;
                shift(date, 24);
                date.time_alone = time;
            }
        }
    }
}

/// Whether the words of a date tell the half of the day themselves.
fn says_half(text: &str, date: &FoundDate) -> bool {
    let own = text
        .get(date.bytes.clone())
        .unwrap_or_default()
        .to_lowercase();
    // The minutes of a time tell no half.
    let hours = own.split([' ', '-', '–', ',', '(', ')']).any(|word| {
        let hour = word.split([':', '.']).next().unwrap_or_default();
        hour.starts_with('0') || matches!(hour, "15" | "16" | "17" | "18")
    });
    hours
        || own.split(|c: char| !c.is_alphanumeric()).any(|word| {
            word.ends_with("am")
                || word.ends_with("pm")
                || matches!(word, "afternoon" | "evening" | "night" | "tonight")
        })
        || ["a.m", "p.m", "morning", "noon", "hour", "min"]
            .iter()
            .any(|word| own.contains(word))
        || own.contains('t') && own.contains('-')
}

/// Moves a moment by some hours.
fn shift(date: &mut FoundDate, hours: i64) {
    let by = SignedDuration::from_hours(hours);
    let Due::Moment(moment) = &date.due else {
        return;
    };
    let moved = |moment: &Zoned| moment.checked_add(by).ok();
    let (Some(due), Some(start), Some(end)) = (moved(moment), moved(&date.start), moved(&date.end))
    else {
        return;
    };
    date.time_alone = date.time_alone.map(|time| time.wrapping_add(by));
    (date.due, date.start, date.end) = (Due::Moment(due), start, end);
}

/// Whether the sentence around a date tells of what is done in the morning.
fn dawns(text: &str, date: &FoundDate, hour: i8) -> bool {
    const REACH: usize = 120;
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n' | ';');
    let before = text.get(..date.bytes.start).unwrap_or_default();
    let near = before
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| !ends(*c))
        .last()
        .map_or(before.len(), |(at, _)| at);
    let after = text.get(date.bytes.end..).unwrap_or_default();
    let far = after
        .char_indices()
        .take(REACH)
        .find(|(_, c)| ends(*c))
        .map_or(after.len().min(REACH), |(at, _)| at);
    let words = |stretch: &str, list: List<'_>| {
        stretch
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .any(|word| list.holds(&word.to_lowercase()))
    };
    let before = before.get(near..).unwrap_or_default();
    // `in the morning drop it off, and collect it at 5`: another deed.
    let deed = [", and ", ", then ", " and then "]
        .iter()
        .filter_map(|joint| before.rfind(joint));
    let around = [
        &before[deed.max().unwrap_or_default()..],
        text.get(date.bytes.clone()).unwrap_or_default(),
        after.get(..far).unwrap_or_default(),
    ];
    let says = |list: List<'_>| around.iter().any(|stretch| words(stretch, list));
    let first_shift = around.iter().any(|stretch| {
        let lower = stretch.to_lowercase();
        [
            "first shift",
            "day shift",
            "early shift",
            "first bus",
            "first train",
        ]
        .iter()
        .any(|shift| lower.contains(shift))
    });
    !says(LATER) && (says(EARLIEST) || hour >= 17 && (first_shift || says(MORNINGS)))
}

/// `let him in at 6:30`, `the van leaves Friday 6:00`: six with its minutes written is in the morning, unless
/// something of the evening stands near.
fn to_the_minute(text: &str, date: &FoundDate, hour: i8) -> bool {
    const REACH: usize = 100;
    let own = text.get(date.bytes.clone()).unwrap_or_default();
    let written = own
        .split(|c: char| c.is_whitespace() || c == '-' || c == '–')
        .any(|word| {
            let word = word.trim_matches(|c: char| !c.is_ascii_digit());
            word.len() == 4 && (word.starts_with("6:") || word.starts_with("6."))
        });
    if hour != 18 || !written {
        return false;
    }
    let ends = |c: char| matches!(c, '!' | '?' | '\n' | ';');
    let before = text.get(..date.bytes.start).unwrap_or_default();
    let after = text.get(date.bytes.end..).unwrap_or_default();
    let near = before.chars().rev().take(REACH).take_while(|c| !ends(*c));
    let near: String = near.collect::<Vec<char>>().into_iter().rev().collect();
    let far: String = after
        .chars()
        .take(REACH)
        .take_while(|c| !ends(*c))
        .collect();
    ![near, far].iter().any(|stretch| {
        stretch
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .map(str::to_lowercase)
            .any(|word| {
                let word = word.as_str();
                LATER.holds(word) || EVENINGS.holds(word) || GATHERINGS.holds(word)
            })
    })
}

/// Whether the words before byte `end` say that something closes.
fn closes(text: &str, end: usize) -> bool {
    const CLOSING: List<'static> = list![
        "deadline",
        "due",
        "closes",
        "close",
        "shuts",
        "ends",
        "submit",
        "submission",
        "cutoff",
        "cut-off",
        "until",
        "till",
    ];
    last_words(clause_before(text, end)).any(|word| CLOSING.holds(&word))
}

/// What of its clause stands before byte `end`. A sentence of any length is not read again for each of its hours.
fn clause_before(text: &str, end: usize) -> &str {
    const REACH: usize = 160;
    let before = text.get(..end).unwrap_or_default();
    let near = before.char_indices().rev().nth(REACH);
    before[near.map_or(0, |(at, _)| at)..]
        .rsplit(['.', '!', '?', '\n', ';'])
        .next()
        .unwrap_or_default()
}

/// The last few words of a clause, in lower case and without their marks, the last one first.
fn last_words(clause: &str) -> impl Iterator<Item = String> {
    clause.split_whitespace().rev().take(WORDS).map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    })
}

/// Whether the words before byte `end` are what is had in the evening.
fn had(text: &str, end: usize) -> bool {
    let clause = clause_before(text, end);
    let words: Vec<String> = last_words(clause).collect();
    // `reserve a table at Chez Nous instead, half eight`
    let says = |word: &str| {
        clause
            .split_whitespace()
            .any(|other| other.eq_ignore_ascii_case(word))
    };
    let table = words
        .windows(2)
        .any(|pair| pair[0] == "for" && pair[1] == "table")
        || says("table") && (says("reserve") || says("book"));
    // “Theatre 1”: a room with a number is nothing that is had.
    let room = |at: usize| {
        at.checked_sub(1)
            .is_some_and(|behind| words[behind].starts_with(|c: char| c.is_ascii_digit()))
    };
    let evening = |at: usize| EVENINGS.holds(words[at].as_str()) && !room(at);
    table || (0..words.len()).any(evening)
}

#[cfg(test)]
mod tests {
    use crate::date::Policy;

    fn due(text: &str) -> Option<String> {
        let now: jiff::Zoned = "2026-03-10T11:00:00+01:00[+01:00]"
            .parse()
            .expect("a moment");
        let dates = crate::date::find(text, &now, &Policy::default());
        dates.last().map(|date| date.due.to_string())
    }

    #[test]
    fn what_is_done_early_is_done_in_the_morning() {
        for text in [
            "The taxi to the airport comes tomorrow at 5:15",
            "Bins out tomorrow at 5:15",
            "The early shift opens up tomorrow at 5:15",
            "Wake me tomorrow at 5:15",
        ] {
            assert_eq!(
                due(text).as_deref(),
                Some("2026-03-11T05:15:00+01:00"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_table_is_reserved_for_the_evening() {
        assert_eq!(
            due("Reserve a table at Chez Nous for tomorrow at half eight").as_deref(),
            Some("2026-03-11T20:30:00+01:00")
        );
    }

    #[test]
    fn other_hours_stay_in_the_afternoon() {
        for text in [
            "Dentist tomorrow at 5:15",
            "The late shift starts tomorrow at 5:15",
            "Airport pick-up after school tomorrow at 5:15",
        ] {
            assert_eq!(
                due(text).as_deref(),
                Some("2026-03-11T17:15:00+01:00"),
                "{text}"
            );
        }
    }
}
