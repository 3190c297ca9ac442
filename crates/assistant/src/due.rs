//! Deadlines as clients write them: dates and date-times, never words (contract 7.2).

use domain::task::Due;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A deadline that is neither a date nor a date-time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no date: write 2026-03-31, 2026-03-31T17:00:00Z or 2026-03-31T17:00:00+01:00 \
     (words such as “next Friday” are understood by POST /api/v1/extract and by chat)"
)]
pub struct UnreadableDue(pub String);

/// Reads `YYYY-MM-DD`, or a date-time with offset; one without is taken as UTC.
///
/// # Errors
/// [`UnreadableDue`] for anything else.
pub fn parse_due(text: &str) -> Result<Due, UnreadableDue> {
    let text = text.trim();
    let unreadable = || UnreadableDue(text.chars().take(60).collect());
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(Due::Moment(moment));
    }
    // A bare date would also read as a date-time at midnight, so the length decides.
    if text.len() <= 10 {
        return text.parse::<Date>().map(Due::Day).map_err(|_| unreadable());
    }
    let naive: DateTime = text.parse().map_err(|_| unreadable())?;
    let zoned = naive.to_zoned(TimeZone::UTC).map_err(|_| unreadable())?;
    Ok(Due::Moment(zoned.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_date_times_are_told_apart() {
        let day: Date = "2026-03-31".parse().unwrap();
        assert_eq!(parse_due("2026-03-31"), Ok(Due::Day(day)));
        let moment: Timestamp = "2026-03-31T16:00:00Z".parse().unwrap();
        for same in [
            "2026-03-31T17:00:00+01:00",
            "2026-03-31T16:00:00Z",
            "2026-03-31T16:00:00",
        ] {
            assert_eq!(parse_due(same), Ok(Due::Moment(moment)), "{same}");
        }
    }

    #[test]
    fn words_and_impossible_dates_are_refused() {
        for wrong in [
            "next Friday",
            "2026-02-30",
            "31.12.2026",
            "",
            "2026-13-01T00:00:00Z",
        ] {
            assert!(parse_due(wrong).is_err(), "{wrong}");
        }
    }
}
