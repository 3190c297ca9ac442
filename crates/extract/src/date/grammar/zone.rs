//! Zones behind a time: “CET”, “UTC+2”, “+02:00”, “Europe/Berlin”, “Berlin time”.

use jiff::tz::{Offset, TimeZone};

use super::{Parser, Step};
use crate::date::lexer::Kind;
use crate::date::stamp;

impl Parser<'_> {
    /// A zone behind a time: “CET”, “UTC+2”, “+02:00”, “Europe/Berlin”, “Berlin time”.
    pub(super) fn zone(&self, i: usize) -> Step<TimeZone> {
        let bracket = matches!(self.kind(i), Kind::Mark('(' | '['));
        let at = if bracket { i + 1 } else { i };
        let (zone, end) = self.zone_name(at)?;
        if !bracket {
            return Some((zone, end));
        }
        matches!(self.kind(end), Kind::Mark(')' | ']')).then_some((zone, end + 1))
    }

    pub(super) fn zone_name(&self, i: usize) -> Step<TimeZone> {
        let token = self.token(i)?;
        let rest = self.lexed.text.get(token.start..)?;
        if matches!(token.kind, Kind::Mark('+' | '-')) {
            let tight =
                matches!(self.kind(i + 1), Kind::Number { digits: 4, .. }) || self.mark(i + 2, ':');
            let (offset, used) = stamp::offset(rest)?;
            return tight.then(|| {
                (
                    TimeZone::fixed(offset),
                    self.index_at(i, token.start + used),
                )
            });
        }
        let name: &str = rest.get(..name_length(rest))?;
        if name.contains('/') {
            let zone = TimeZone::get(name).ok()?;
            return Some((zone, self.index_at(i, token.start + name.len())));
        }
        if matches!(self.low(i), "utc" | "gmt") {
            let after = rest.get(3..)?;
            if let Some((offset, used)) =
                stamp::offset(after).filter(|_| !after.starts_with(['z', 'Z']))
            {
                return Some((
                    TimeZone::fixed(offset),
                    self.index_at(i, token.start + 3 + used),
                ));
            }
            return Some((TimeZone::UTC, i + 1));
        }
        if self.low(i) == "z" && self.glued(i) {
            return Some((TimeZone::UTC, i + 1));
        }
        let region = matches!(self.low(i), "eastern" | "central" | "mountain" | "pacific");
        let upper = name.chars().all(char::is_uppercase) || region && self.capital(i);
        // “New York time”, “Los Angeles time”
        let first = matches!(self.low(i), "new" | "los" | "san" | "são" | "sao");
        let i = i + usize::from(first && self.low(i + 2) == "time");
        let (_, iana) = ZONES.iter().find(|(short, _)| *short == self.low(i))?;
        let time = usize::from(self.low(i + 1) == "time");
        if !upper && time == 0 {
            return None;
        }
        let zone = match iana.parse::<i32>() {
            Ok(hours) => TimeZone::fixed(Offset::from_seconds(hours * 3600).ok()?),
            Err(_) => TimeZone::get(iana).ok()?,
        };
        Some((zone, i + 1 + time))
    }

    /// Index of the first token at or after byte `byte`.
    pub(super) fn index_at(&self, from: usize, byte: usize) -> usize {
        let mut i = from;
        while self.token(i).is_some_and(|t| t.start < byte) {
            i += 1;
        }
        i
    }
}

/// Bytes of a zone name at the start of `text`.
fn name_length(text: &str) -> usize {
    text.bytes()
        .take(40)
        .take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'_'))
        .count()
}

/// Abbreviations and city names, and the zone (or fixed offset in hours) they mean.
#[rustfmt::skip]
const ZONES: &[(&str, &str)] = &[
    ("cet", "Europe/Berlin"), ("cest", "2"), ("mez", "1"), ("mesz", "2"), ("bst", "1"), ("wet", "Europe/Lisbon"), ("west", "1"), ("eet", "Europe/Helsinki"), ("eest", "3"), ("msk", "3"),
    ("est", "-5"), ("edt", "-4"), ("et", "America/New_York"), ("eastern", "America/New_York"), ("cst", "-6"), ("cdt", "-5"), ("ct", "America/Chicago"), ("central", "America/Chicago"), ("mst", "-7"), ("mdt", "-6"), ("mt", "America/Denver"), ("mountain", "America/Denver"), ("pst", "-8"), ("pdt", "-7"), ("pt", "America/Los_Angeles"), ("pacific", "America/Los_Angeles"),
    ("jst", "9"), ("kst", "9"), ("sgt", "8"), ("hkt", "8"), ("aest", "10"), ("aedt", "11"), ("nzst", "12"), ("nzdt", "13"),
    ("berlin", "Europe/Berlin"), ("london", "Europe/London"), ("paris", "Europe/Paris"), ("tokyo", "Asia/Tokyo"), ("sydney", "Australia/Sydney"), ("vienna", "Europe/Vienna"), ("zurich", "Europe/Zurich"), ("madrid", "Europe/Madrid"), ("rome", "Europe/Rome"), ("singapore", "Asia/Singapore"), ("delhi", "Asia/Kolkata"), ("chicago", "America/Chicago"), ("uk", "Europe/London"),
    ("ist", "Asia/Kolkata"), ("mumbai", "Asia/Kolkata"), ("dubai", "Asia/Dubai"), ("beijing", "Asia/Shanghai"), ("shanghai", "Asia/Shanghai"), ("seoul", "Asia/Seoul"), ("bangkok", "Asia/Bangkok"), ("manila", "Asia/Manila"), ("jakarta", "Asia/Jakarta"), ("moscow", "Europe/Moscow"), ("istanbul", "Europe/Istanbul"), ("cairo", "Africa/Cairo"), ("lagos", "Africa/Lagos"), ("nairobi", "Africa/Nairobi"), ("lisbon", "Europe/Lisbon"), ("dublin", "Europe/Dublin"), ("amsterdam", "Europe/Amsterdam"), ("brussels", "Europe/Brussels"), ("oslo", "Europe/Oslo"), ("stockholm", "Europe/Stockholm"), ("copenhagen", "Europe/Copenhagen"), ("helsinki", "Europe/Helsinki"), ("warsaw", "Europe/Warsaw"), ("prague", "Europe/Prague"), ("athens", "Europe/Athens"), ("boston", "America/New_York"), ("toronto", "America/Toronto"), ("denver", "America/Denver"), ("seattle", "America/Los_Angeles"), ("melbourne", "Australia/Melbourne"), ("brisbane", "Australia/Brisbane"), ("perth", "Australia/Perth"), ("auckland", "Pacific/Auckland"), ("york", "America/New_York"), ("angeles", "America/Los_Angeles"), ("francisco", "America/Los_Angeles"), ("paulo", "America/Sao_Paulo"),
];
