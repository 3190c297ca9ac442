//! Calendars of a week: lines that open with the letters of a weekday (`Mo`, `Th`, `F`), and the clock
//! times that their entries end with (`9.30`).

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::{Chosen, is_time_only};
use crate::date::{Due, Grain};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::Mask;

/// How houses shorten the days from Monday to Sunday.
const SYSTEMS: &[[&str; 7]] = &[
    ["mo", "di", "mi", "do", "fr", "sa", "so"],
    ["mo", "tu", "we", "th", "fr", "sa", "su"],
    ["m", "t", "w", "th", "f", "s", "su"],
    ["m", "tu", "w", "th", "f", "sa", "su"],
    ["ma", "di", "wo", "do", "vr", "za", "zo"],
    ["lu", "ma", "me", "je", "ve", "sa", "di"],
    ["lu", "ma", "mi", "ju", "vi", "sa", "do"],
    ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
];

/// Lines looked at on either side.
const LINES: usize = 8;

/// Bytes of a line of a calendar at most.
const LONGEST: usize = 160;

/// Distinct days that make lines a calendar.
const DAYS: usize = 3;

/// The day of an entry, with its own hour.
pub(super) fn entry(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let start = sentence.unit.range.start;
    // What begins far before is no entry.
    let near = start.saturating_sub(LONGEST + 1);
    let line = match source.text.as_bytes()[near..start]
        .iter()
        .rposition(|byte| *byte == b'\n')
    {
        Some(at) => near + at + 1,
        None if near == 0 => 0,
        None => return None,
    };
    let label = label(&source.text[line..])?;
    let known = SYSTEMS
        .iter()
        .any(|system| system.contains(&label.as_str()));
    // A longer line is none of a calendar.
    let rest = &source.text.as_bytes()[line..];
    let short = rest.len() <= LONGEST || rest[..LONGEST].contains(&b'\n');
    if !known || !short {
        return None;
    }
    // Bounded: a calendar's lines are few, and short.
    let before = source.text[..line].lines().rev().take(LINES);
    let after = source.text[line..].lines().take(LINES);
    let around: Vec<String> = before.chain(after).filter_map(self::label).collect();
    let system = SYSTEMS.iter().find(|system| {
        let mut told: Vec<&String> = around
            .iter()
            .filter(|label| system.contains(&label.as_str()))
            .collect();
        told.sort_unstable();
        told.dedup();
        system.contains(&label.as_str()) && told.len() >= DAYS
    })?;
    let place = system.iter().position(|day| *day == label)?;
    let day = day(source, i64::try_from(place).ok()?)?;
    let own: Vec<usize> = sentence
        .date_tokens()
        .into_iter()
        .map(|(_, date)| date)
        .collect();
    // A day of its own stands above the label.
    if own
        .iter()
        .any(|date| !is_time_only(source.text, &source.dates[*date]))
    {
        return None;
    }
    let time = own
        .iter()
        .find_map(|date| source.dates[*date].time_alone)
        .or_else(|| dotted(source.text, sentence));
    at(source, day, time)
}

/// The first letters of a line, where a space or a mark ends them.
fn label(line: &str) -> Option<String> {
    let line = line.trim_start_matches([' ', '-', '*', '•', '|']);
    let end = line.find(|c: char| !c.is_alphabetic())?;
    let behind = line[end..].chars().next()?;
    let ends = matches!(behind, ' ' | '\t' | ':' | '.' | '-' | '–');
    ((1..=3).contains(&end) && ends).then(|| line[..end].to_lowercase())
}

/// The weekday of the week that the text names, or the next one from today on.
fn day(source: &Source<'_>, place: i64) -> Option<Date> {
    let today = source.now.date();
    let named = source
        .dates
        .iter()
        .take(2)
        .find(|date| date.grain == Grain::Week && date.due.date() >= today);
    let base = named.map_or(today, |date| date.due.date());
    let offset = |date: Date| i64::from(date.weekday().to_monday_zero_offset());
    let day = base.checked_add((place - offset(base)).days()).ok()?;
    if named.is_none() && day < today {
        return day.checked_add(7.days()).ok();
    }
    Some(day)
}

fn at(source: &Source<'_>, day: Date, time: Option<Time>) -> Option<Chosen> {
    if day < source.now.date() {
        return None;
    }
    let due = match time {
        None => Due::Day(day),
        Some(time) => Due::Moment(
            day.to_datetime(time)
                .to_zoned(source.now.time_zone().clone())
                .ok()?,
        ),
    };
    Some(Chosen {
        grain: if time.is_some() {
            Grain::Minute
        } else {
            Grain::Day
        },
        due,
        recurrence: None,
        date: None,
    })
}

/// The clock time an entry of a calendar ends with: `flu jab, pharmacy, 4.20`.
pub(super) fn dotted(text: &str, sentence: &Sentence) -> Option<Time> {
    let last = sentence
        .tokens
        .iter()
        .rev()
        .find(|token| !token.is_mark() && token.mask != Mask::Person)?;
    let (hour, minute) = text.get(last.start..last.end)?.split_once('.')?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let digits = text[last.start..last.end].len();
    // As elsewhere: from one to six is in the afternoon.
    let hour = if (1..=6).contains(&hour) {
        hour + 12
    } else {
        hour
    };
    let whole = minute % 5 == 0 && digits >= 4;
    whole.then(|| Time::new(hour, minute, 0, 0).ok())?
}

/// A labelled day with the clock time its entry ends with.
pub(super) fn with_hour(source: &Source<'_>, sentence: &Sentence, chosen: Chosen) -> Chosen {
    let time = match &chosen.due {
        Due::Day(_) if chosen.grain == Grain::Day => dotted(source.text, sentence),
        _ => None,
    };
    match time {
        Some(_) => at(source, chosen.due.date(), time).map_or(chosen.clone(), |timed| Chosen {
            date: chosen.date,
            ..timed
        }),
        None => chosen,
    }
}
