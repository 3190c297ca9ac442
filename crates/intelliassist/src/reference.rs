//! When and where a text was written.

use anyhow::{Context, Result, anyhow};
use domain::{Clock, SystemClock};
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::cli::When;
use crate::config::Settings;

/// The moment and zone of the options; now, and the configured zone, where they say nothing.
///
/// # Errors
/// A moment or zone that does not exist.
pub(crate) fn of(when: &When, settings: &Settings) -> Result<Zoned> {
    let zone = when.timezone.as_deref().map(zone).transpose()?;
    if let Some(moment) = &when.reference_time {
        return self::moment(moment, zone);
    }
    let configured = settings.assistant.timezone.as_deref();
    let zone = match (zone, configured) {
        (Some(zone), _) => zone,
        (None, Some(name)) => self::zone(name)?,
        (None, None) => TimeZone::UTC,
    };
    Ok(SystemClock.now().to_zoned(zone))
}

/// A zone by its IANA name.
///
/// # Errors
/// A name nobody knows.
pub(crate) fn zone(name: &str) -> Result<TimeZone> {
    TimeZone::get(name)
        .map_err(|_| anyhow!("{name:?} is no time zone: use an IANA name such as Europe/Berlin"))
}

/// A moment with its offset; the zone, if given, decides where it is.
///
/// # Errors
/// A text that is no such moment.
pub(crate) fn moment(text: &str, zone: Option<TimeZone>) -> Result<Zoned> {
    let wrong = || format!("{text:?} is no RFC 3339 moment such as 2026-03-10T11:00:00+01:00");
    let moment: Timestamp = text.trim().parse().with_context(wrong)?;
    if let Some(zone) = zone {
        return Ok(moment.to_zoned(zone));
    }
    let pieces = DateTimeParser::new().parse_pieces(text.trim());
    let offset = pieces.with_context(wrong)?.to_numeric_offset();
    Ok(moment.to_zoned(TimeZone::fixed(offset.unwrap_or(Offset::UTC))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_offset_unless_a_zone_is_named() {
        let plain = moment("2026-03-10T11:00:00-04:00", None).unwrap();
        assert_eq!((plain.hour(), plain.offset()), (11, jiff::tz::offset(-4)));
        let berlin = moment("2026-07-01T10:00:00Z", Some(zone("Europe/Berlin").unwrap())).unwrap();
        assert_eq!(berlin.hour(), 12);
    }

    #[test]
    fn words_and_strange_zones_are_refused() {
        assert!(moment("tomorrow", None).is_err());
        assert!(moment("2026-02-30T00:00:00Z", None).is_err());
        assert!(zone("Berlin").is_err());
    }
}
