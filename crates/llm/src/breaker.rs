//! The circuit breaker of one account (contract 003-A6, D8.13).
//!
//! Closed, it counts failures; enough of them within the window, with no success between, open it.
//! Open, it lets nothing through until its time is over. Then exactly one request may probe; its
//! outcome closes the circuit or opens it for another full time. Outcomes carry the [`Ticket`] they
//! were admitted with: one that was admitted in an earlier state changes nothing.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::GatewayConfig;
use crate::clock::{later, since};

/// When a breaker opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerSettings {
    /// Failures that open it.
    pub failure_threshold: u32,
    /// Time within which they must happen.
    pub window: Duration,
    /// How long it stays open.
    pub timeout: Duration,
    /// Probes that must succeed to close it.
    pub success_threshold: u32,
}

impl From<&GatewayConfig> for BreakerSettings {
    fn from(config: &GatewayConfig) -> Self {
        Self {
            failure_threshold: config.breaker_failure_threshold,
            window: config.breaker_window,
            timeout: config.breaker_timeout,
            success_threshold: config.breaker_success_threshold,
        }
    }
}

/// The state of a circuit as pages show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CircuitState {
    /// Requests pass.
    Closed,
    /// None passes.
    Open,
    /// One at a time may probe.
    HalfOpen,
}

/// The permission under which one call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    generation: u64,
    probe: bool,
}

/// How an admitted call ended, as far as the provider is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It answered.
    Success,
    /// It failed.
    Failure,
    /// Nothing can be said: the caller was wrong or left, or a rate limit was hit.
    Neutral,
}

/// What a breaker says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It would pass.
    Passes,
    /// It would be the probe.
    Probes,
    /// It would not pass; `None` while a probe is on its way.
    Blocks(Option<Duration>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed,
    Open { since: Timestamp },
    HalfOpen { probing: bool, successes: u32 },
}

/// The breaker of one account.
#[derive(Debug, Clone)]
pub struct Breaker {
    settings: BreakerSettings,
    state: State,
    generation: u64,
    /// Times of the last failures with no success between, oldest first, at most the threshold.
    failures: VecDeque<Timestamp>,
}

impl Breaker {
    /// A closed one.
    pub fn new(settings: BreakerSettings) -> Self {
        Self {
            settings,
            state: State::Closed,
            generation: 0,
            failures: VecDeque::new(),
        }
    }

    /// Takes other settings, keeping its state.
    pub fn configure(&mut self, settings: BreakerSettings) {
        self.settings = settings;
    }

    /// What [`Breaker::admit`] would say. Changes nothing.
    pub fn look(&self, now: Timestamp) -> Gate {
        match self.state {
            State::Closed => Gate::Passes,
            State::Open { .. } => {
                let left = self.time_until_retry(now).unwrap_or_default();
                if left.is_zero() {
                    Gate::Probes
                } else {
                    Gate::Blocks(Some(left))
                }
            }
            State::HalfOpen { probing: true, .. } => Gate::Blocks(None),
            State::HalfOpen { probing: false, .. } => Gate::Probes,
        }
    }

    /// Asks for permission. To be asked last, just before the call: it may hand out the only probe.
    ///
    /// # Errors
    /// How long the circuit stays open; `None` while a probe is on its way.
    pub fn admit(&mut self, now: Timestamp) -> Result<Ticket, Option<Duration>> {
        let probe = match self.look(now) {
            Gate::Passes => false,
            Gate::Blocks(wait) => return Err(wait),
            Gate::Probes => {
                let successes = match self.state {
                    State::HalfOpen { successes, .. } => successes,
                    State::Open { .. } | State::Closed => {
                        self.generation += 1;
                        0
                    }
                };
                self.state = State::HalfOpen {
                    probing: true,
                    successes,
                };
                true
            }
        };
        Ok(Ticket {
            generation: self.generation,
            probe,
        })
    }

    /// Takes the outcome of an admitted call. Returns the new state when it changed.
    pub fn settle(
        &mut self,
        ticket: Ticket,
        verdict: Verdict,
        now: Timestamp,
    ) -> Option<CircuitState> {
        if ticket.generation != self.generation {
            return None;
        }
        match (self.state, verdict) {
            (State::Closed, Verdict::Success) => self.failures.clear(),
            (State::Closed, Verdict::Failure) => {
                self.note_failure(now);
                if self.failures.len() >= self.settings.failure_threshold as usize {
                    return Some(self.enter(State::Open { since: now }));
                }
            }
            (State::HalfOpen { successes, .. }, Verdict::Success) if ticket.probe => {
                if successes + 1 >= self.settings.success_threshold {
                    self.failures.clear();
                    return Some(self.enter(State::Closed));
                }
                self.state = State::HalfOpen {
                    probing: false,
                    successes: successes + 1,
                };
            }
            (State::HalfOpen { .. }, Verdict::Failure) if ticket.probe => {
                self.note_failure(now);
                return Some(self.enter(State::Open { since: now }));
            }
            (State::HalfOpen { successes, .. }, Verdict::Neutral) if ticket.probe => {
                self.state = State::HalfOpen {
                    probing: false,
                    successes,
                };
            }
            _ => {}
        }
        None
    }

    /// Closes the circuit by hand and forgets all failures.
    pub fn reset(&mut self) {
        self.failures.clear();
        self.enter(State::Closed);
    }

    /// Opens the circuit until a time that was stored before a restart.
    pub fn restore(&mut self, open_until: Timestamp) {
        let since = open_until
            .checked_sub(self.settings.timeout)
            .unwrap_or(Timestamp::MIN);
        self.enter(State::Open { since });
    }

    /// Until when the circuit is open, to be stored for a restart; long past where a probe may go at
    /// once.
    pub fn open_until(&self) -> Option<Timestamp> {
        match self.state {
            State::Open { since } => Some(later(since, self.settings.timeout)),
            State::HalfOpen { .. } => Some(Timestamp::UNIX_EPOCH),
            State::Closed => None,
        }
    }

    /// How it stands, in the fields of contract 003-A6.
    pub fn status(&self, name: &str, now: Timestamp) -> CircuitStatus {
        let (state, success_count, opened_at) = match self.state {
            State::Closed => (CircuitState::Closed, 0, None),
            State::Open { since } => (CircuitState::Open, 0, Some(since)),
            State::HalfOpen { successes, .. } => (CircuitState::HalfOpen, successes, None),
        };
        CircuitStatus {
            name: name.to_owned(),
            state,
            failure_count: self.failures.len(),
            success_count,
            failure_threshold: self.settings.failure_threshold,
            timeout_duration: self.settings.timeout.as_secs_f64(),
            success_threshold: self.settings.success_threshold,
            last_failure_time: self.failures.back().copied(),
            opened_at,
            time_since_opened: opened_at.map(|opened| since(now, opened).as_secs_f64()),
            time_until_retry: self.time_until_retry(now).map(|left| left.as_secs_f64()),
        }
    }

    fn time_until_retry(&self, now: Timestamp) -> Option<Duration> {
        let timeout = self.settings.timeout;
        match self.state {
            // The clock was set back: the circuit must not stay open until it has caught up.
            State::Open { since: opened } if since(opened, now) > timeout => Some(Duration::ZERO),
            State::Open { since: opened } => Some(timeout.saturating_sub(since(now, opened))),
            State::Closed | State::HalfOpen { .. } => None,
        }
    }

    fn note_failure(&mut self, now: Timestamp) {
        self.failures.push_back(now);
        let (window, most) = (
            self.settings.window,
            self.settings.failure_threshold as usize,
        );
        while self.failures.len() > most
            || self
                .failures
                .front()
                .is_some_and(|first| since(now, *first) > window)
        {
            self.failures.pop_front();
        }
    }

    fn enter(&mut self, state: State) -> CircuitState {
        self.generation += 1;
        self.state = state;
        match state {
            State::Closed => CircuitState::Closed,
            State::Open { .. } => CircuitState::Open,
            State::HalfOpen { .. } => CircuitState::HalfOpen,
        }
    }
}

/// How a breaker stands, in the fields of contract 003-A6. Durations are seconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CircuitStatus {
    /// The account.
    pub name: String,
    /// Its state.
    pub state: CircuitState,
    /// Failures with no success between, within the window.
    pub failure_count: usize,
    /// Probes that succeeded since it was half open.
    pub success_count: u32,
    /// Failures that open it.
    pub failure_threshold: u32,
    /// How long it stays open.
    pub timeout_duration: f64,
    /// Probes that must succeed.
    pub success_threshold: u32,
    /// The last failure counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_failure_time: Option<Timestamp>,
    /// When it opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// How long ago that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_since_opened: Option<f64>,
    /// When a probe is let through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_until_retry: Option<f64>,
}

#[cfg(test)]
mod tests;
