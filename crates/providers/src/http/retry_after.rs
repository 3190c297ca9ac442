//! How long a provider asks to wait, from its headers.

use std::time::Duration;

use http::header::{DATE, HeaderMap, RETRY_AFTER};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Longer waits are cut to this: a month.
const LONGEST: Duration = Duration::from_hours(31 * 24);

/// The wait asked for: `retry-after-ms`, then `Retry-After` (RFC 9110 §10.2.3), then the reset of
/// whichever limit has nothing left.
///
/// An absolute time is measured from the answer's own `Date`, so that no clock has to agree with
/// the provider's; without `Date` it says nothing.
pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    text("retry-after-ms")
        .and_then(|value| seconds(value.parse::<f64>().ok()? / 1000.0))
        .or_else(|| {
            let value = text(RETRY_AFTER.as_str())?;
            match value.parse::<f64>() {
                Ok(delta) => seconds(delta),
                Err(_) => until(http_date(value)?, headers),
            }
        })
        .or_else(|| exhausted_limit(headers))
        .map(|wait| wait.min(LONGEST))
}

/// `x-ratelimit-*` as `OpenAI`, Groq, `OpenRouter` and others send it, and Anthropic's own names.
fn exhausted_limit(headers: &HeaderMap) -> Option<Duration> {
    const LIMITS: [(&str, &str); 6] = [
        (
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests",
        ),
        ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
        ("x-ratelimit-remaining", "x-ratelimit-reset"),
        (
            "anthropic-ratelimit-requests-remaining",
            "anthropic-ratelimit-requests-reset",
        ),
        (
            "anthropic-ratelimit-input-tokens-remaining",
            "anthropic-ratelimit-input-tokens-reset",
        ),
        (
            "anthropic-ratelimit-output-tokens-remaining",
            "anthropic-ratelimit-output-tokens-reset",
        ),
    ];
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    LIMITS
        .into_iter()
        .filter(|(remaining, _)| text(remaining).is_none_or(|left| left == "0"))
        .filter_map(|(_, reset)| reset_time(text(reset)?, headers))
        .max()
}

/// `12`, `1.5s`, `2m59.56s`, `120ms`, a Unix time in seconds or milliseconds, or RFC 3339.
fn reset_time(text: &str, headers: &HeaderMap) -> Option<Duration> {
    if let Ok(number) = text.parse::<f64>() {
        // No wait is thirty years: beyond that it is a point in time.
        return if number < 1e9 {
            seconds(number)
        } else {
            let at = if number < 1e11 {
                number
            } else {
                number / 1000.0
            };
            let since = Duration::try_from_secs_f64(at).ok()?;
            until(Timestamp::UNIX_EPOCH.checked_add(since).ok()?, headers)
        };
    }
    spelled(text).or_else(|| until(text.parse().ok()?, headers))
}

/// A duration as Go prints it: `1h2m3.5s`, `7.66s`, `120ms`. Also Google's `34s`.
pub(crate) fn spelled(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let number: f64 = number.parse().ok()?;
        let unit = tail
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit);
        total += number
            * match unit {
                "d" => 86_400.0,
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = tail;
    }
    seconds(total)
}

/// A number of seconds as a wait; nothing for what is no time.
pub(crate) fn seconds(number: f64) -> Option<Duration> {
    let wait = Duration::try_from_secs_f64(number).ok()?;
    Some(wait.min(LONGEST))
}

fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

/// From the answer's `Date` until then; zero if that is past.
fn until(then: Timestamp, headers: &HeaderMap) -> Option<Duration> {
    let now = http_date(headers.get(DATE)?.to_str().ok()?)?;
    Some(then.duration_since(now).try_into().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn wait(pairs: &[(&'static str, &str)]) -> Option<f64> {
        from_headers(&headers(pairs)).map(|wait| wait.as_secs_f64())
    }

    const DATE: (&str, &str) = ("date", "Sat, 21 Nov 2026 09:00:00 GMT");

    #[test]
    fn seconds_milliseconds_and_dates() {
        assert_eq!(wait(&[("retry-after", "7")]), Some(7.0));
        assert_eq!(wait(&[("retry-after", "0.25")]), Some(0.25));
        assert_eq!(
            wait(&[("retry-after", "7"), ("retry-after-ms", "1500")]),
            Some(1.5)
        );
        let later = ("retry-after", "Sat, 21 Nov 2026 09:01:30 GMT");
        assert_eq!(wait(&[DATE, later]), Some(90.0));
        let earlier = ("retry-after", "Sat, 21 Nov 2026 08:00:00 GMT");
        assert_eq!(wait(&[DATE, earlier]), Some(0.0));
        assert_eq!(wait(&[later]), None);
    }

    #[test]
    fn the_exhausted_limit_counts() {
        let full = [
            ("x-ratelimit-remaining-requests", "0"),
            ("x-ratelimit-reset-requests", "2m59.56s"),
            ("x-ratelimit-remaining-tokens", "17000"),
            ("x-ratelimit-reset-tokens", "23h"),
        ];
        assert_eq!(wait(&full), Some(179.56));
        assert_eq!(
            wait(&[DATE, ("x-ratelimit-reset", "1795251660000")]),
            Some(60.0)
        );
        let anthropic = ("anthropic-ratelimit-requests-reset", "2026-11-21T09:00:05Z");
        assert_eq!(wait(&[DATE, anthropic]), Some(5.0));
    }

    #[test]
    fn nonsense_says_nothing() {
        for text in [
            "",
            "soon",
            "-1",
            "NaN",
            "inf",
            "1e400",
            "5 x",
            "9999999999999999999999",
        ] {
            assert_eq!(
                wait(&[("retry-after", text)]).filter(|wait| *wait < 1e6),
                None,
                "{text}"
            );
        }
        assert_eq!(wait(&[]), None);
        assert_eq!(spelled("34s"), Some(Duration::from_secs(34)));
        assert_eq!(spelled("1m"), Some(Duration::from_mins(1)));
        assert_eq!(spelled("s"), None);
    }
}
