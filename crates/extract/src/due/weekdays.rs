//! Days of the entries of a calendar (`Mo`, `19 Th`, `17` below `MARCH`), and the clock times that they end
//! with (`9.30`).

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::{Chosen, context, is_time_only};
use crate::date::{Due, Grain};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::text::Entry;
use crate::token::Mask;

/// The day of an entry, with its own hour.
pub(super) fn entry(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let entries = &source.document.entries;
    let start = sentence.unit.range.start;
    let place = entries.partition_point(|entry| entry.range.end <= start);
    let entry = entries
        .get(place)
        .filter(|entry| entry.range.start <= start)?;
    let day = day(source, entry)?;
    let own: Vec<usize> = sentence
        .date_tokens()
        .into_iter()
        .map(|(_, date)| date)
        .collect();
    // `the evening before` counts from it; a day of its own stands above the label, but not one that is only
    // added (`feed the fish (also Sat)`).
    if let Some(days) = context::days_ahead(&sentence.tokens) {
        return at(source, day.checked_sub(days.days()).ok()?, None);
    }
    let added = |date: &usize| {
        let before = source.text[start..source.dates[*date].bytes.start.max(start)].trim_end();
        before.ends_with("also") || before.ends_with("and again")
    };
    if own
        .iter()
        .any(|date| !is_time_only(source.text, &source.dates[*date]) && !added(date))
    {
        return None;
    }
    let time = own
        .iter()
        .find_map(|date| source.dates[*date].time_alone)
        .or_else(|| dotted(source.text, sentence));
    at(source, day, time)
}

/// The day that the label of an entry names.
fn day(source: &Source<'_>, entry: &Entry) -> Option<Date> {
    let today = source.now.date();
    let Some(number) = entry.day else {
        return weekday(source, i64::try_from(entry.weekday?).ok()?);
    };
    let fits = |date: &Date| {
        let weekday = date.weekday().to_monday_zero_offset();
        entry
            .weekday
            .is_none_or(|own| i8::try_from(own) == Ok(weekday))
    };
    // `28/9` or `9/28`: the weekday beside it decides, and else the order in which it is written.
    let readings: [(i8, Option<i8>); 2] = match entry.month {
        Some(month) if entry.weekday.is_some() => [(number, Some(month)), (month, Some(number))],
        month => [(number, month); 2],
    };
    // From a fortnight back on: what has been is not of next year.
    let from = today.checked_sub(14.days()).ok()?;
    let first = from.first_of_month();
    let months = (0..14i64).filter_map(|months| first.checked_add(months.months()).ok());
    months
        .flat_map(|first| readings.map(|reading| (first, reading)))
        .filter(|(first, (_, month))| month.is_none_or(|month| month == first.month()))
        .filter_map(|(first, (day, _))| Date::new(first.year(), first.month(), day).ok())
        .find(|date| fits(date) && *date >= from)
}

/// The weekday of the week that the text names, or the next one from today on.
fn weekday(source: &Source<'_>, place: i64) -> Option<Date> {
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
    let written = text.get(last.start..last.end)?;
    // `sign the lease, 10h`
    if let Some(hour) = written.strip_suffix('h') {
        return Time::new(hour.parse().ok()?, 0, 0, 0).ok();
    }
    let (hour, minute) = written.split_once('.')?;
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
