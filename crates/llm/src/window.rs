//! Calls per minute of an account (contract 002-A13): always counted, held where that is wanted.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::clock::{later, since};

const MINUTE: Duration = Duration::from_mins(1);

/// Counts the calls of the current minute. A window begins with the first call after the last ended.
#[derive(Debug, Clone, Default)]
pub struct Window {
    limit: Option<u32>,
    enforced: bool,
    started: Option<Timestamp>,
    count: u32,
}

impl Window {
    /// A window with so many calls a minute.
    pub fn new(limit: Option<u32>, enforced: bool) -> Self {
        Self {
            limit,
            enforced,
            started: None,
            count: 0,
        }
    }

    /// Takes another's limit; the current minute goes on.
    pub fn configure_as(&mut self, other: &Self) {
        (self.limit, self.enforced) = (other.limit, other.enforced);
    }

    /// How long to wait until a call is allowed; `None` when it is now. Changes nothing.
    pub fn blocked(&self, now: Timestamp) -> Option<Duration> {
        let full = self.enforced && self.limit.is_some_and(|limit| self.current(now) >= limit);
        full.then(|| self.left(now))
    }

    /// Counts a call. Returns whether it is the one that reaches 80 % of the limit.
    pub fn count(&mut self, now: Timestamp) -> bool {
        if self.left(now).is_zero() {
            (self.started, self.count) = (Some(now), 0);
        }
        self.count = self.count.saturating_add(1);
        self.limit.is_some_and(|limit| {
            let (count, limit) = (u64::from(self.count) * 100, u64::from(limit) * 80);
            count >= limit && count - 100 < limit
        })
    }

    /// How the current minute stands; `None` without a limit.
    pub fn status(&self, now: Timestamp) -> Option<WindowStatus> {
        Some(WindowStatus {
            requests_per_minute: self.limit?,
            current_count: self.current(now),
            reset_time: later(now, self.left(now)),
        })
    }

    fn current(&self, now: Timestamp) -> u32 {
        if self.left(now).is_zero() {
            0
        } else {
            self.count
        }
    }

    fn left(&self, now: Timestamp) -> Duration {
        // A clock that was set back starts a new window.
        let started = self.started.filter(|started| *started <= now);
        started.map_or(Duration::ZERO, |started| {
            MINUTE.saturating_sub(since(now, started))
        })
    }
}

/// How a minute stands, in the fields of contract 002-E21.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WindowStatus {
    /// The limit.
    pub requests_per_minute: u32,
    /// Calls in the current minute.
    pub current_count: u32,
    /// When the minute ends.
    pub reset_time: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// Contract 002-A13: the window restarts with the first call after its end, and warns at 80 %.
    #[test]
    fn counts_per_minute_and_warns_once() {
        let mut window = Window::new(Some(30), false);
        let warned: Vec<bool> = (0..30).map(|_| window.count(at(5))).collect();
        assert_eq!(warned.iter().position(|w| *w), Some(23), "the 24th of 30");
        assert_eq!(warned.iter().filter(|w| **w).count(), 1);
        assert_eq!(window.blocked(at(6)), None, "only counted");
        let status = window.status(at(20)).unwrap();
        assert_eq!((status.current_count, status.reset_time), (30, at(65)));
        assert_eq!(window.status(at(65)).unwrap().current_count, 0);
        window.count(at(90));
        let status = window.status(at(91)).unwrap();
        assert_eq!((status.current_count, status.reset_time), (1, at(150)));
    }

    #[test]
    fn holds_the_limit_where_that_is_wanted() {
        let mut window = Window::new(Some(2), true);
        window.count(at(0));
        assert_eq!(window.blocked(at(1)), None);
        window.count(at(1));
        assert_eq!(window.blocked(at(10)), Some(Duration::from_secs(50)));
        assert_eq!(window.blocked(at(60)), None);
        window.configure_as(&Window::new(Some(3), true));
        assert_eq!(window.blocked(at(10)), None);
        assert!(Window::new(None, true).status(at(0)).is_none());
    }

    #[test]
    fn a_clock_set_back_does_not_freeze_the_window() {
        let mut window = Window::new(Some(1), true);
        window.count(at(1000));
        assert_eq!(window.blocked(at(0)), None);
    }
}
