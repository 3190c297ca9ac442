//! The time of day, which is given and never read here.
//!
//! Durations inside a call are measured on tokio's clock, which tests pause; points in time that are
//! kept (quota days, open circuits, ledger rows) come from [`Clock`].

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long ago `earlier` was; zero when the clock was set back meanwhile.
pub(crate) fn since(now: Timestamp, earlier: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(earlier)).unwrap_or(Duration::ZERO)
}

/// The moment `wait` after `now`, at most the last one there is.
pub(crate) fn later(now: Timestamp, wait: Duration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// The moment a wait ends on tokio's clock. Waits without end are a year: clocks overflow.
pub(crate) fn ends(from: Instant, wait: Duration) -> Instant {
    const YEAR: Duration = Duration::from_hours(365 * 24);
    from + wait.min(YEAR)
}
