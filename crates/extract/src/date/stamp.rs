//! Complete dates as machines write them: ISO 8601 and RFC 3339, with offsets and zone names.

use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

/// A machine-written date.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    /// The day; for `2026-W46` the Monday, for `2026-03` the first.
    pub(super) date: Date,
    /// Time of day and whether it has seconds.
    pub(super) time: Option<(Time, bool)>,
    /// The offset or zone it is in.
    pub(super) zone: Option<TimeZone>,
    /// What was named.
    pub(super) shape: Shape,
}

/// What a stamp without a time names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Day,
    Week,
}

/// Reads a stamp at the start of `text`; gives it and its length in bytes.
pub(super) fn parse(text: &str) -> Option<(Stamp, usize)> {
    let bytes = text.as_bytes();
    let (date, shape, length, compact) = day(bytes)?;
    let mut stamp = Stamp {
        date,
        time: None,
        zone: None,
        shape,
    };
    let mut end = length;
    if shape == Shape::Day
        && matches!(bytes.get(end), Some(b'T' | b't'))
        && let Some((time, seconds, used)) = clock(bytes.get(end + 1..)?, compact)
    {
        end += 1 + used;
        stamp.time = Some((time, seconds));
        if let Some((zone, used)) = zone(text.get(end..)?) {
            stamp.zone = Some(zone);
            end += used;
        }
    } else if compact {
        return None;
    }
    match bytes.get(end) {
        Some(b) if b.is_ascii_alphanumeric() || *b == b'_' => None,
        Some(b'-' | b'/') if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => None,
        _ => Some((stamp, end)),
    }
}

fn digits(bytes: &[u8], from: usize, count: usize) -> Option<i16> {
    let mut value = 0i16;
    for b in bytes.get(from..from + count)? {
        if !b.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i16::from(b - b'0');
    }
    Some(value)
}

fn two(bytes: &[u8], from: usize) -> Option<i8> {
    i8::try_from(digits(bytes, from, 2)?).ok()
}

fn one_or_two(bytes: &[u8], from: usize) -> Option<(i8, usize)> {
    if let Some(value) = two(bytes, from) {
        return Some((value, 2));
    }
    Some((i8::try_from(digits(bytes, from, 1)?).ok()?, 1))
}

/// Day, shape, length, and whether it was written without separators.
fn day(bytes: &[u8]) -> Option<(Date, Shape, usize, bool)> {
    let year = digits(bytes, 0, 4)?;
    if !(1000..=2999).contains(&year) {
        return None;
    }
    let separator = *bytes.get(4)?;
    if separator.is_ascii_digit() {
        let date = Date::new(year, two(bytes, 4)?, two(bytes, 6)?).ok()?;
        return Some((date, Shape::Day, 8, true));
    }
    if separator == b'-' && matches!(bytes.get(5), Some(b'W' | b'w')) {
        let week = two(bytes, 6)?;
        let (weekday, length) = match (bytes.get(8), bytes.get(9)) {
            (Some(b'-'), Some(d @ b'1'..=b'7')) => (i8::try_from(d - b'0').ok()?, 10),
            _ => (1, 8),
        };
        let shape = if length == 10 {
            Shape::Day
        } else {
            Shape::Week
        };
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        let date = ISOWeekDate::new(year, week, weekday).ok()?.date();
        return Some((date, shape, length, false));
    }
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let (month, used) = one_or_two(bytes, 5)?;
    let second = 5 + used;
    if bytes.get(second) != Some(&separator) {
        return None;
    }
    let (day, used) = one_or_two(bytes, second + 1)?;
    let date = Date::new(year, month, day).ok()?;
    Some((date, Shape::Day, second + 1 + used, false))
}

/// Time, whether it has seconds, and its length.
fn clock(bytes: &[u8], compact: bool) -> Option<(Time, bool, usize)> {
    let hour = two(bytes, 0)?;
    let step = usize::from(!compact);
    if !compact && bytes.get(2) != Some(&b':') {
        return None;
    }
    let minute = two(bytes, 2 + step)?;
    let mut end = 4 + step;
    let seconds_follow = compact || bytes.get(end) == Some(&b':');
    let second = if seconds_follow {
        two(bytes, end + step)
    } else {
        None
    };
    let mut time = Time::new(hour, minute, second.unwrap_or(0).min(59), 0).ok()?;
    if second.is_some() {
        end += 2 + step;
        if matches!(bytes.get(end), Some(b'.' | b',')) {
            let fraction = bytes[end + 1..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
            if fraction > 0 {
                end += 1 + fraction;
            }
        }
    }
    if hour == 24 {
        time = Time::midnight();
    }
    Some((time, second.is_some(), end))
}

/// An offset or `Z`, and a zone name in brackets, which goes before the offset.
fn zone(text: &str) -> Option<(TimeZone, usize)> {
    let (mut zone, mut end) = match offset(text) {
        Some((offset, used)) => (Some(TimeZone::fixed(offset)), used),
        None => (None, 0),
    };
    if text.as_bytes().get(end) == Some(&b'[')
        && let Some(close) = text.get(end..)?.bytes().take(40).position(|b| b == b']')
        && let Some(name) = text.get(end + 1..end + close)
        && let Ok(named) = TimeZone::get(name)
    {
        zone = Some(named);
        end += close + 1;
    }
    zone.map(|zone| (zone, end))
}

/// `Z`, `+02:00`, `-0500`, `+2`; gives the offset and its length.
pub(super) fn offset(text: &str) -> Option<(Offset, usize)> {
    let bytes = text.as_bytes();
    let sign = match bytes.first()? {
        b'Z' | b'z' if !bytes.get(1).is_some_and(u8::is_ascii_alphanumeric) => {
            return Some((Offset::UTC, 1));
        }
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, used) = one_or_two(bytes, 1)?;
    let mut end = 1 + used;
    let mut minutes = 0;
    if bytes.get(end) == Some(&b':')
        && let Some(value) = two(bytes, end + 1)
    {
        minutes = value;
        end += 3;
    } else if used == 2
        && let Some(value) = two(bytes, end)
    {
        minutes = value;
        end += 2;
    }
    if hours > 14 || minutes > 59 || bytes.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
    Some((Offset::from_seconds(seconds).ok()?, end))
}
