//! The assistant in numbers, as Prometheus reads them (contract 000-M1, 002-M4, D8.40).
//!
//! The registry is a value: every assistant has its own. What is counted elsewhere (caches, accounts,
//! jobs) is read when somebody looks.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use llm::breaker::CircuitState;
use llm::gateway::AccountStatus;
use llm::{CallRecord, CallStatus, ModelType};
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::Assistant;

/// Upper bounds in seconds: hosted models answer in tenths, models in this process in minutes.
const SECONDS: [f64; 12] = [
    0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0,
];
/// How long a look waits for the database.
const PATIENCE: Duration = Duration::from_millis(500);

type One = [(&'static str, Cow<'static, str>); 1];
type Two = [(&'static str, Cow<'static, str>); 2];
type Share = Gauge<f64, AtomicU64>;

/// What is counted of calls, and what is read of everything else.
pub(crate) struct CallMetrics {
    registry: Registry,
    requests: Family<Two, Counter>,
    duration: Family<Two, Histogram>,
    tokens: Family<Two, Counter>,
    seen: Seen,
}

/// Families that are filled when somebody looks.
#[derive(Default)]
struct Seen {
    circuit: Family<One, Gauge>,
    quota: Family<One, Share>,
    health: Family<One, Share>,
    in_flight: Family<One, Gauge>,
    queued: Family<One, Gauge>,
    cache_hits: Family<One, Counter>,
    cache_misses: Family<One, Counter>,
    cache_size: Family<One, Gauge>,
    jobs: Family<Two, Gauge>,
    up: Family<One, Gauge>,
}

impl CallMetrics {
    pub(crate) fn new() -> Self {
        let requests = Family::<Two, Counter>::default();
        // The series of contract 000-M1 are there before the first call.
        for (status, model_type) in [
            ("success", "local"),
            ("success", "cloud"),
            ("mock", "fallback"),
        ] {
            requests
                .get_or_create(&counted(status, model_type))
                .inc_by(0);
        }
        let durations = || Histogram::new(SECONDS);
        let duration = Family::new_with_constructor(durations as fn() -> Histogram);
        let tokens = Family::<Two, Counter>::default();
        let mut registry = Registry::default();
        registry.register("ai_requests", "AI analysis requests", requests.clone());
        let own = registry.sub_registry_with_prefix("intelliassist");
        own.register(
            "model_call_duration_seconds",
            "Time of a model call to its end",
            duration.clone(),
        );
        own.register(
            "model_tokens",
            "Tokens of prompts (input) and answers (output)",
            tokens.clone(),
        );
        let seen = Seen::registered(own);
        Self {
            registry,
            requests,
            duration,
            tokens,
            seen,
        }
    }

    /// Counts a row of the ledger. An answer from a cache is no call.
    pub(crate) fn record(&self, record: &CallRecord) {
        let model_type = record.model_type.as_str();
        let status = match (record.status, record.model_type) {
            (CallStatus::Cached, _) => return,
            (_, ModelType::Fallback) => "mock",
            (status, _) => status.as_str(),
        };
        self.requests
            .get_or_create(&counted(status, model_type))
            .inc();
        if record.model_type == ModelType::Fallback {
            return;
        }
        let provider: Cow<'static, str> = record.account.clone().into();
        let of_use: Two = [
            ("provider", provider.clone()),
            ("use", record.purpose.as_str().into()),
        ];
        let seconds = record.latency.as_secs_f64();
        self.duration.get_or_create(&of_use).observe(seconds);
        for (direction, tokens) in [
            ("input", record.input_tokens),
            ("output", record.output_tokens),
        ] {
            let labels: Two = [
                ("provider", provider.clone()),
                ("direction", direction.into()),
            ];
            let tokens = tokens.unwrap_or_default();
            self.tokens.get_or_create(&labels).inc_by(tokens);
        }
    }

    fn write(&self, into: &mut String) -> fmt::Result {
        encode_registry(into, &self.registry)
    }
}

impl Seen {
    fn registered(own: &mut Registry) -> Self {
        let seen = Self::default();
        own.register(
            "provider_circuit_state",
            "0 is closed, 1 is half open, 2 is open",
            seen.circuit.clone(),
        );
        own.register(
            "provider_quota_remaining_ratio",
            "Share of the quota that is left, 0 to 1",
            seen.quota.clone(),
        );
        own.register(
            "provider_health_score",
            "How well the account did lately, 0 to 1",
            seen.health.clone(),
        );
        own.register(
            "provider_calls_in_flight",
            "Calls on their way",
            seen.in_flight.clone(),
        );
        own.register(
            "provider_calls_queued",
            "Calls that wait for their turn",
            seen.queued.clone(),
        );
        own.register("cache_hits", "Answers found", seen.cache_hits.clone());
        own.register(
            "cache_misses",
            "Answers not found",
            seen.cache_misses.clone(),
        );
        own.register("cache_entries", "Answers kept", seen.cache_size.clone());
        own.register("jobs", "Jobs by kind and state", seen.jobs.clone());
        own.register(
            "dependency_up",
            "1 where the database, or the Redis that is set up, answers, else 0",
            seen.up.clone(),
        );
        seen
    }

    fn account(&self, status: &AccountStatus) {
        let labels = one("provider", status.provider.provider_name.clone());
        let circuit = match status.circuit_breaker.state {
            CircuitState::Closed => 0,
            CircuitState::HalfOpen => 1,
            CircuitState::Open => 2,
        };
        let left = status.quota.remaining_percentage;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.circuit.get_or_create(&labels).set(circuit);
        self.quota.get_or_create(&labels).set(left);
        let score = status.provider.health_score;
        self.health.get_or_create(&labels).set(score);
        let in_flight = count(status.in_flight);
        self.in_flight.get_or_create(&labels).set(in_flight);
        let queued = count(status.queued);
        self.queued.get_or_create(&labels).set(queued);
    }

    /// Accounts can go, and jobs of a kind and state can come to an end.
    fn forget(&self) {
        self.circuit.clear();
        self.quota.clear();
        self.health.clear();
        self.in_flight.clear();
        self.queued.clear();
        self.jobs.clear();
    }
}

impl Assistant {
    /// Writes the numbers as text, without the end mark. A database that does not answer leaves the
    /// jobs out.
    ///
    /// # Errors
    /// None that a `String` has.
    pub async fn write_metrics(&self, into: &mut String) -> fmt::Result {
        let caches = self.caches().await;
        let depth = tokio::time::timeout(PATIENCE, self.parts.store.queue_depth()).await;
        let metrics = self.parts.calls.metrics();
        let seen = &metrics.seen;
        // Two looks at once would fill what the other forgets.
        let _looking = self.parts.calls.looking();
        seen.forget();
        for status in self.parts.gateway.status() {
            seen.account(&status);
        }
        for (name, state) in caches {
            let labels = one("namespace", name);
            let (hits, misses) = (state.used.hits, state.used.misses);
            set(&seen.cache_hits, &labels, hits);
            set(&seen.cache_misses, &labels, misses);
            let size = i64::try_from(state.size).unwrap_or(i64::MAX);
            seen.cache_size.get_or_create(&labels).set(size);
        }
        let database = one("name", "database");
        let answers = matches!(depth, Ok(Ok(_)));
        seen.up.get_or_create(&database).set(i64::from(answers));
        if let Some(answers) = self.shared_answers() {
            let redis = one("name", "redis");
            seen.up.get_or_create(&redis).set(i64::from(answers));
        }
        if let Ok(Ok(depth)) = depth {
            for (kind, state, count) in depth {
                let labels: Two = [("kind", kind.into()), ("state", state.as_str().into())];
                seen.jobs.get_or_create(&labels).set(count);
            }
        }
        metrics.write(into)
    }
}

fn one(name: &'static str, value: impl Into<Cow<'static, str>>) -> One {
    [(name, value.into())]
}

fn counted(status: &'static str, model_type: &'static str) -> Two {
    [("status", status.into()), ("model_type", model_type.into())]
}

/// Takes over what is counted elsewhere.
fn set(family: &Family<One, Counter>, labels: &One, count: u64) {
    let counter = family.get_or_create(labels);
    counter.inner().store(count, Ordering::Relaxed);
}
