//! The moment a text was written, in its writer's zone.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::{AssistantError, View};

impl View {
    /// The reference for “tomorrow”: the given moment in the given zone, else with its own offset; without
    /// a moment, now in the given or configured zone.
    ///
    /// # Errors
    /// `Invalid` for a moment or zone that does not exist.
    pub fn reference(
        &self,
        moment: Option<&str>,
        zone: Option<&str>,
    ) -> Result<Zoned, AssistantError> {
        let given = zone.map(known_zone).transpose()?;
        let Some(text) = moment else {
            let zone = given.unwrap_or_else(|| self.own_zone());
            return Ok(self.parts.clock.now().to_zoned(zone));
        };
        read(text, given).ok_or_else(|| {
            let message =
                format!("{text:?} is no RFC 3339 moment such as 2026-03-10T11:00:00+01:00");
            AssistantError::invalid("reference_time", message)
        })
    }

    /// The zone of people who do not say theirs.
    pub(crate) fn own_zone(&self) -> TimeZone {
        let configured = self.parts.config.timezone.as_deref();
        configured
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC)
    }
}

fn known_zone(name: &str) -> Result<TimeZone, AssistantError> {
    TimeZone::get(name).map_err(|_| {
        let message = format!("{name:?} is no time zone: use an IANA name such as Europe/Berlin");
        AssistantError::invalid("timezone", message)
    })
}

/// A moment with its offset; the zone, if given, decides where it is.
fn read(text: &str, zone: Option<TimeZone>) -> Option<Zoned> {
    let moment: Timestamp = text.parse().ok()?;
    let zone = match zone {
        Some(zone) => zone,
        None => TimeZone::fixed(offset(text)?),
    };
    Some(moment.to_zoned(zone))
}

/// The offset at the end of an RFC 3339 moment.
fn offset(text: &str) -> Option<jiff::tz::Offset> {
    let pieces = jiff::fmt::temporal::DateTimeParser::new()
        .parse_pieces(text)
        .ok()?;
    pieces.to_numeric_offset().or(Some(jiff::tz::Offset::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_without_a_zone_keeps_its_own_offset() {
        let read = read("2026-03-10T11:00:00+01:00", None).unwrap();
        assert_eq!(read.offset(), jiff::tz::offset(1));
        assert_eq!(read.hour(), 11);
    }

    #[test]
    fn a_zone_decides_where_the_moment_is() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let read = read("2026-07-01T10:00:00Z", Some(berlin)).unwrap();
        assert_eq!(read.hour(), 12);
    }
}
