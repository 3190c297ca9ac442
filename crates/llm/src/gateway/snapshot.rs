//! How the accounts stand, for pages and metrics (contract 003-M1…M3, 002-E21), and what an operator
//! may change by hand.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::slot::Slot;
use super::{Call, Gateway};
use crate::breaker::CircuitStatus;
use crate::ledger::{CallRecord, CallStatus};
use crate::quota::QuotaStatus;
use crate::{ModelType, Use};

/// The health of an account, in the fields of contract 003-M1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProviderHealth {
    /// The account.
    pub provider_name: String,
    /// Its provider.
    pub provider_type: String,
    /// Its default model.
    pub model: String,
    /// 1 to 10.
    pub priority: u8,
    /// Whether it is used.
    pub enabled: bool,
    /// Whether fewer than five calls in a row have failed.
    pub is_healthy: bool,
    /// From 0 to 1, two decimals.
    pub health_score: f64,
    /// From 0 to 1, two decimals.
    pub quota_remaining: f64,
    /// Calls that said something about the provider.
    pub total_requests: u64,
    /// Those answered.
    pub successful_requests: u64,
    /// Those not.
    pub failed_requests: u64,
    /// Since the last answer.
    pub consecutive_failures: u32,
    /// Seconds, three decimals.
    pub average_response_time: f64,
    /// The last answer.
    pub last_success: Option<Timestamp>,
    /// The last failure.
    pub last_failure: Option<Timestamp>,
}

/// How an account stands: the fields of contract 003-M2, and ours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountStatus {
    /// Its health.
    pub provider: ProviderHealth,
    /// Its breaker.
    pub circuit_breaker: CircuitStatus,
    /// Calls made.
    pub calls: u64,
    /// Calls that failed for any reason.
    pub failures: u64,
    /// Where its models run.
    pub model_type: ModelType,
    /// How far its quota is used.
    pub quota: QuotaStatus,
    /// Class of the last error.
    pub last_error: Option<&'static str>,
    /// Not asked before, and why: a rate limit, a key that was refused.
    pub paused_until: Option<Timestamp>,
    /// See `paused_until`.
    pub paused_for: Option<&'static str>,
    /// Models it was asked for that do not exist (any more) at the provider.
    pub models_gone: Vec<String>,
    /// Calls on their way.
    pub in_flight: usize,
    /// Calls that wait for their turn.
    pub queued: usize,
}

/// What was asked and made, in the fields of contract 003-M3.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// Requests of use cases, with those that a cache answered.
    pub total_requests: u64,
    /// Answered by a cache.
    pub cache_hits: u64,
    /// Not in the cache that was asked.
    pub cache_misses: u64,
    /// Hits of all requests in percent, two decimals.
    pub cache_hit_rate: f64,
    /// Calls by account.
    pub provider_calls: BTreeMap<String, u64>,
    /// Failed calls by account.
    pub provider_failures: BTreeMap<String, u64>,
    /// Accounts set up.
    pub registered_providers: usize,
}

/// The current minute of a provider over all its accounts, in the fields of contract 002-E21.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ServiceWindow {
    /// Calls allowed a minute.
    pub requests_per_minute: u32,
    /// Calls made in it.
    pub current_count: u32,
    /// When the first of its minutes ends.
    pub reset_time: Timestamp,
}

impl Gateway {
    /// How every account stands, as registered.
    pub fn status(&self) -> Vec<AccountStatus> {
        let now = self.now();
        self.current()
            .slots
            .iter()
            .map(|slot| status_of(slot, now))
            .collect()
    }

    /// How one account stands; `None` when there is none of that name.
    pub fn account(&self, name: &str) -> Option<AccountStatus> {
        Some(status_of(self.current().slot(name)?, self.now()))
    }

    /// What was asked and made since the start or the last [`Gateway::reset_metrics`].
    pub fn metrics(&self) -> Metrics {
        let counters = self.core.counters().clone();
        let rate = match counters.requests {
            0 => 0.0,
            requests => rounded(100.0 * counters.cache_hits as f64 / requests as f64, 2),
        };
        Metrics {
            total_requests: counters.requests,
            cache_hits: counters.cache_hits,
            cache_misses: counters.cache_misses,
            cache_hit_rate: rate,
            provider_calls: counters.calls,
            provider_failures: counters.failures,
            registered_providers: self.current().slots.len(),
        }
    }

    /// Starts [`Gateway::metrics`] anew.
    pub fn reset_metrics(&self) {
        *self.core.counters() = super::core::Counters::default();
    }

    /// How every account's quota stands.
    pub fn quota(&self) -> Vec<QuotaStatus> {
        self.status()
            .into_iter()
            .map(|status| status.quota)
            .collect()
    }

    /// The current minute of every provider that has a limit.
    pub fn windows(&self) -> BTreeMap<String, ServiceWindow> {
        let now = self.now();
        let mut windows: BTreeMap<String, ServiceWindow> = BTreeMap::new();
        for slot in &self.current().slots {
            let Some(own) = slot.state.known().window.status(now) else {
                continue;
            };
            windows
                .entry(slot.account.kind.clone())
                .and_modify(|all| {
                    all.requests_per_minute = all
                        .requests_per_minute
                        .saturating_add(own.requests_per_minute);
                    all.current_count = all.current_count.saturating_add(own.current_count);
                    all.reset_time = all.reset_time.min(own.reset_time);
                })
                .or_insert(ServiceWindow {
                    requests_per_minute: own.requests_per_minute,
                    current_count: own.current_count,
                    reset_time: own.reset_time,
                });
        }
        windows
    }

    /// Closes a circuit by hand, and ends a pause. `false` when there is no such account.
    pub fn reset_circuit(&self, name: &str) -> bool {
        self.change(name, |slot| {
            let mut known = slot.state.known();
            known.breaker.reset();
            known.paused = None;
            known.gone.clear();
            drop(known);
            self.core.note_circuit();
        })
    }

    /// Forgets what was used of the quota: of one account, or of all. `false` when there is none.
    pub fn reset_quota(&self, name: Option<&str>) -> bool {
        let Some(name) = name else {
            let lineup = self.current();
            lineup
                .slots
                .iter()
                .for_each(|slot| slot.state.known().quota.reset());
            return true;
        };
        self.change(name, |slot| slot.state.known().quota.reset())
    }

    /// A cache had the answer: counts the request and writes its row. `kind`, `account` and `model`
    /// are of the model that once gave the answer.
    pub fn record_cached(&self, purpose: Use, call: &Call, origin: &Origin) {
        let mut counters = self.core.counters();
        counters.requests += 1;
        counters.cache_hits += 1;
        drop(counters);
        self.core
            .record(self.answer_without_call(purpose, call, origin, CallStatus::Cached));
    }

    /// The row of an answer that no account was asked for.
    fn answer_without_call(
        &self,
        purpose: Use,
        call: &Call,
        origin: &Origin,
        status: CallStatus,
    ) -> CallRecord {
        CallRecord {
            id: self.core.new_id(),
            request_id: call.request_id,
            purpose,
            account: origin.account.clone(),
            kind: origin.kind.clone(),
            model_type: origin.model_type,
            model: origin.model.clone(),
            status,
            error_class: None,
            http_status: None,
            input_tokens: None,
            output_tokens: None,
            estimated: false,
            characters_in: 0,
            characters_out: 0,
            latency: std::time::Duration::ZERO,
            first_token: None,
            attempt: 0,
            price: Some(0),
            created_at: self.now(),
            user: call.user.clone(),
        }
    }

    /// No model answered and the caller made do with words of its own: writes a row of an account
    /// named `mock` (contract 000-M1).
    pub fn record_fallback(&self, purpose: Use, call: &Call) {
        let origin = Origin {
            account: "mock".to_owned(),
            kind: "mock".to_owned(),
            model_type: ModelType::Fallback,
            model: "mock".to_owned(),
        };
        self.core
            .record(self.answer_without_call(purpose, call, &origin, CallStatus::Success));
    }

    /// A new id for a request, ordered by time.
    pub fn new_request_id(&self) -> Uuid {
        self.core.new_id()
    }

    pub(super) fn change(&self, name: &str, change: impl FnOnce(&Slot)) -> bool {
        self.current().slot(name).map(|slot| change(slot)).is_some()
    }
}

/// The model that once gave a cached answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The account.
    pub account: String,
    /// Its provider.
    pub kind: String,
    /// The model.
    pub model: String,
    /// Where it runs.
    pub model_type: ModelType,
}

fn status_of(slot: &Slot, now: Timestamp) -> AccountStatus {
    let account = &slot.account;
    let known = slot.state.known();
    let quota = known.quota.status(&account.name, now);
    let left = quota.remaining_percentage;
    let health = &known.health;
    let paused = known.paused.filter(|(until, _)| *until > now);
    let provider = ProviderHealth {
        provider_name: account.name.clone(),
        provider_type: account.kind.clone(),
        model: account.models.default.clone(),
        priority: account.limits.priority,
        enabled: account.limits.enabled,
        is_healthy: health.is_healthy(),
        health_score: rounded(health.score(left), 2),
        quota_remaining: rounded(left, 2),
        total_requests: health.total,
        successful_requests: health.successes,
        failed_requests: health.total - health.successes,
        consecutive_failures: health.consecutive_failures,
        average_response_time: rounded(health.average_seconds(), 3),
        last_success: health.last_success,
        last_failure: health.last_failure,
    };
    AccountStatus {
        provider,
        circuit_breaker: known.breaker.status(&account.name, now),
        calls: known.calls,
        failures: known.failures,
        model_type: account.model_type,
        quota,
        last_error: known.last_error,
        paused_until: paused.map(|(until, _)| until),
        paused_for: paused.map(|(_, class)| class),
        models_gone: known
            .gone
            .iter()
            .filter(|(_, u)| **u > now)
            .map(|(m, _)| m.clone())
            .collect(),
        in_flight: slot.turns.running(),
        queued: slot.turns.waiting(),
    }
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let factor = 10_f64.powi(decimals);
    (value * factor).round() / factor
}
