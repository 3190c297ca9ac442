//! An account in its place: what it may do now, and what is known of it.
//!
//! The gates are asked in one order: disabled, paused, model gone, minute, quota, and the breaker
//! last, as it may hand out its only probe. All of them are asked, and told, under one short lock.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::breaker::{Breaker, BreakerSettings, Gate, Ticket};
use crate::clock::{later, since};
use crate::quota::{QuotaLevel, QuotaMeter, Reservation};
use crate::score::Health;
use crate::window::Window;
use crate::{Account, AccountLimits, GatewayConfig};

/// Models remembered as gone, per account.
const GONE_MODELS: usize = 64;

/// An account with its state.
pub(super) struct Slot {
    pub account: Account,
    pub state: Arc<State>,
    pub turns: Arc<Turns>,
}

/// What is known of an account; survives a reload.
pub(super) struct State {
    known: Mutex<Known>,
}

pub(super) struct Known {
    pub breaker: Breaker,
    pub health: Health,
    pub quota: QuotaMeter,
    pub window: Window,
    /// Not to be asked before, and why.
    pub paused: Option<(Timestamp, &'static str)>,
    /// 429s since the last answer.
    pub rate_limited: u32,
    /// Models that do not exist (any more), until they are tried again.
    pub gone: BTreeMap<String, Timestamp>,
    pub last_call: Option<Timestamp>,
    pub last_error: Option<&'static str>,
    pub calls: u64,
    pub failures: u64,
}

/// Why an account was not asked, and when it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub class: &'static str,
    pub wait: Option<Duration>,
}

/// The permissions under which one call is made.
pub(super) struct Admission {
    pub ticket: Ticket,
    pub reservation: Reservation,
    /// Whether this call reaches 80 % of its minute.
    pub window_warning: bool,
}

impl State {
    pub(super) fn new(limits: &AccountLimits, config: &GatewayConfig, now: Timestamp) -> Self {
        let known = Known {
            breaker: Breaker::new(BreakerSettings::from(config)),
            health: Health::default(),
            quota: QuotaMeter::new(limits.quota, now),
            window: window_of(limits, config),
            paused: None,
            rate_limited: 0,
            gone: BTreeMap::new(),
            last_call: None,
            last_error: None,
            calls: 0,
            failures: 0,
        };
        Self {
            known: Mutex::new(known),
        }
    }

    /// Takes the limits of a new configuration.
    pub(super) fn configure(&self, limits: &AccountLimits, config: &GatewayConfig, now: Timestamp) {
        let mut known = self.known();
        known.breaker.configure(BreakerSettings::from(config));
        known.quota.configure(limits.quota, now);
        let window = window_of(limits, config);
        known.window.configure_as(&window);
        known.paused = None;
        known.gone.clear();
    }

    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn window_of(limits: &AccountLimits, config: &GatewayConfig) -> Window {
    Window::new(
        limits.per_minute,
        limits.enforce_per_minute || config.enforce_per_minute,
    )
}

impl Known {
    /// Whether a call would be refused now. Changes nothing.
    pub(super) fn refusal(&self, model: &str, now: Timestamp) -> Option<Refusal> {
        let refused = |class, wait| Some(Refusal { class, wait });
        if let Some((until, class)) = self.paused.filter(|(until, _)| *until > now) {
            return refused(class, Some(since(until, now)));
        }
        if self.gone.get(model).is_some_and(|until| *until > now) {
            return refused("model_gone", None);
        }
        if let Some(wait) = self.window.blocked(now) {
            return refused("rate_window", Some(wait));
        }
        if let Some(until) = self.quota.used_up(now) {
            return refused("quota", Some(since(until, now)));
        }
        match self.breaker.look(now) {
            Gate::Blocks(wait) => refused("circuit_open", wait),
            Gate::Passes | Gate::Probes => None,
        }
    }

    /// Asks all gates for one call that may use so many characters, the breaker last.
    pub(super) fn admit(
        &mut self,
        model: &str,
        characters: u64,
        now: Timestamp,
    ) -> Result<Admission, Refusal> {
        if let Some(refusal) = self.refusal(model, now) {
            return Err(refusal);
        }
        let refused = |wait| Refusal {
            class: "circuit_open",
            wait,
        };
        let ticket = self.breaker.admit(now).map_err(refused)?;
        self.last_call = Some(now);
        self.calls += 1;
        Ok(Admission {
            ticket,
            reservation: self.quota.reserve(characters, now),
            window_warning: self.window.count(now),
        })
    }

    /// Whether it is asked last in its tier: a low score, or nearly nothing left of its quota.
    pub(super) fn is_demoted(&self, config: &GatewayConfig, now: Timestamp) -> bool {
        self.health.score(self.quota.remaining(now)) < config.demote_below
            || self.quota.level(now) >= QuotaLevel::Critical
    }

    /// Whether the next request should try it, to find out if it has recovered (fixes 003-B2): its
    /// circuit waits for a probe, or it has been passed over for a low score for that long.
    pub(super) fn is_due(&self, config: &GatewayConfig, now: Timestamp) -> bool {
        match self.breaker.look(now) {
            Gate::Probes => true,
            Gate::Blocks(_) => false,
            Gate::Passes => {
                self.health.score(self.quota.remaining(now)) < config.demote_below
                    && self
                        .last_call
                        .is_none_or(|last| since(now, last) >= config.breaker_timeout)
            }
        }
    }

    pub(super) fn pause(&mut self, class: &'static str, wait: Duration, now: Timestamp) {
        let until = later(now, wait);
        // Of several answers at the same time the longest wait counts.
        if self.paused.is_none_or(|(before, _)| before < until) {
            self.paused = Some((until, class));
        }
    }

    pub(super) fn note_gone(&mut self, model: &str, wait: Duration, now: Timestamp) {
        if self.gone.len() >= GONE_MODELS {
            self.gone.retain(|_, until| *until > now);
        }
        if self.gone.len() < GONE_MODELS {
            self.gone.insert(model.to_owned(), later(now, wait));
        }
    }
}

/// Calls at the same time, and those that wait for their turn.
pub(super) struct Turns {
    limits: (usize, usize),
    free: Option<Arc<Semaphore>>,
    waiting: AtomicUsize,
    running: AtomicUsize,
}

/// A turn; given back when dropped.
pub(super) struct Turn {
    turns: Arc<Turns>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.running.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A place in the queue; given back when dropped.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turns {
    pub(super) fn new(limits: &AccountLimits) -> Self {
        let most = limits.max_concurrency.min(Semaphore::MAX_PERMITS);
        Self {
            limits: (limits.max_concurrency, limits.queue),
            free: (most > 0).then(|| Arc::new(Semaphore::new(most))),
            waiting: AtomicUsize::new(0),
            running: AtomicUsize::new(0),
        }
    }

    pub(super) fn fits(&self, limits: &AccountLimits) -> bool {
        self.limits == (limits.max_concurrency, limits.queue)
    }

    pub(super) fn running(&self) -> usize {
        self.running.load(Ordering::Relaxed)
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    pub(super) fn is_full(&self) -> bool {
        self.free
            .as_ref()
            .is_some_and(|free| free.available_permits() == 0)
    }

    /// Waits for a turn, at most until `end`.
    pub(super) async fn take(self: &Arc<Self>, end: Instant) -> Result<Turn, Refusal> {
        const BUSY: Refusal = Refusal {
            class: "busy",
            wait: Some(Duration::from_secs(1)),
        };
        let Some(free) = &self.free else {
            return Ok(self.begin(None));
        };
        if let Ok(permit) = Arc::clone(free).try_acquire_owned() {
            return Ok(self.begin(Some(permit)));
        }
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _place = Place(&self.waiting);
        if ahead >= self.limits.1 {
            return Err(BUSY);
        }
        match tokio::time::timeout_at(end, Arc::clone(free).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(self.begin(Some(permit))),
            Ok(Err(_)) | Err(_) => Err(BUSY),
        }
    }

    fn begin(self: &Arc<Self>, permit: Option<OwnedSemaphorePermit>) -> Turn {
        self.running.fetch_add(1, Ordering::Relaxed);
        Turn {
            turns: Arc::clone(self),
            _permit: permit,
        }
    }
}
