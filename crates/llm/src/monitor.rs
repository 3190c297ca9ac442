//! The health of services as their callers see it (contract 002-A12), from what was called.
//!
//! A value: whoever owns it feeds it with ledger rows, and with calls of other services (a database)
//! that leave no row there.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::clock::since;
use crate::ledger::{CallRecord, CallStatus};

/// Calls remembered per service.
const REMEMBERED: usize = 10_000;
/// Response times that make the average.
const AVERAGED: usize = 100;
/// A slower call is worth a warning.
const SLOW: Duration = Duration::from_secs(10);
/// A service that answers slower than this on average is down.
const DOWN_SECONDS: f64 = 30.0;

/// One call of a service, in the fields of contract 002-A13.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApiMetric {
    /// When it was made.
    pub timestamp: Timestamp,
    /// Which service.
    pub service: String,
    /// What of it.
    pub endpoint: String,
    /// How.
    pub method: String,
    /// HTTP status of the answer, or the one that fits.
    pub status_code: u16,
    /// Seconds.
    pub response_time: f64,
    /// Characters sent.
    pub request_size: u64,
    /// Characters received.
    pub response_size: u64,
    /// Class of the error.
    pub error_message: Option<String>,
    /// The user's label.
    pub user_id: Option<String>,
}

impl ApiMetric {
    /// The call of a ledger row; `None` where none was made, or its caller did not wait.
    pub fn of(record: &CallRecord) -> Option<Self> {
        let status_code = match record.status {
            CallStatus::Success => 200,
            CallStatus::Error => record.http_status.unwrap_or(500),
            CallStatus::Cached | CallStatus::Aborted => return None,
        };
        Some(Self {
            timestamp: record.created_at,
            service: record.kind.clone(),
            endpoint: record.purpose.as_str().to_owned(),
            method: "POST".to_owned(),
            status_code,
            response_time: record.latency.as_secs_f64(),
            request_size: record.characters_in,
            response_size: record.characters_out,
            error_message: record.error_class.map(str::to_owned),
            user_id: record.user.clone(),
        })
    }
}

/// How a service does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceStatus {
    /// It was never called.
    Unknown,
    /// At least 95 % of calls are answered.
    Healthy,
    /// Fewer are.
    Degraded,
    /// Fewer than half are, or they take longer than 30 s.
    Down,
}

/// How a service does, in the fields of contract 002-A13.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceHealth {
    /// Its name.
    pub service: String,
    /// How it does.
    pub status: ServiceStatus,
    /// The last call answered.
    pub last_success: Option<Timestamp>,
    /// The last call that failed.
    pub last_failure: Option<Timestamp>,
    /// Answered of all, from 0 to 1; 1 without a call.
    pub success_rate: f64,
    /// Mean seconds of the last 100 calls.
    pub avg_response_time: f64,
    /// Calls.
    pub total_requests: u64,
    /// Calls with status 400 or above.
    pub error_count: u64,
}

#[derive(Debug, Clone, Default)]
struct Service {
    metrics: VecDeque<ApiMetric>,
    times: VecDeque<f64>,
    total: u64,
    errors: u64,
    last_success: Option<Timestamp>,
    last_failure: Option<Timestamp>,
}

/// Remembers the calls of services.
#[derive(Debug, Clone, Default)]
pub struct Monitor {
    services: BTreeMap<String, Service>,
}

impl Monitor {
    /// One that knows these services before they are called.
    pub fn new<'a>(services: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |name: &str| (name.to_owned(), Service::default());
        Self {
            services: services.into_iter().map(known).collect(),
        }
    }

    /// Takes a row of the ledger.
    pub fn record(&mut self, record: &CallRecord) {
        if let Some(metric) = ApiMetric::of(record) {
            self.add(metric);
        }
    }

    /// Takes a call of any service.
    pub fn add(&mut self, metric: ApiMetric) {
        if metric.response_time > SLOW.as_secs_f64() {
            let (service, seconds) = (metric.service.as_str(), metric.response_time);
            tracing::warn!(service, seconds, "slow call");
        }
        let service = self.services.entry(metric.service.clone()).or_default();
        service.total += 1;
        if metric.status_code >= 400 {
            service.errors += 1;
            service.last_failure = Some(metric.timestamp);
        } else {
            service.last_success = Some(metric.timestamp);
        }
        push(&mut service.times, metric.response_time, AVERAGED);
        push(&mut service.metrics, metric, REMEMBERED);
    }

    /// How one service does; `None` when nobody knows it.
    pub fn service(&self, name: &str) -> Option<ServiceHealth> {
        Some(health_of(name, self.services.get(name)?))
    }

    /// How all services do, by name.
    pub fn services(&self) -> BTreeMap<String, ServiceHealth> {
        let each = self.services.iter();
        each.map(|(name, service)| (name.clone(), health_of(name, service)))
            .collect()
    }

    /// How everything does: one service with trouble degrades it, two take it down. A service that
    /// was never called has no trouble.
    pub fn overall(&self) -> ServiceStatus {
        let troubled = |health: &ServiceHealth| {
            matches!(health.status, ServiceStatus::Degraded | ServiceStatus::Down)
        };
        match self.services().values().filter(|h| troubled(h)).count() {
            0 => ServiceStatus::Healthy,
            1 => ServiceStatus::Degraded,
            _ => ServiceStatus::Down,
        }
    }

    /// The remembered calls of the last while, oldest first.
    pub fn recent(&self, last: Duration, now: Timestamp) -> Vec<&ApiMetric> {
        let all = self.services.values().flat_map(|service| &service.metrics);
        let mut recent: Vec<&ApiMetric> = all
            .filter(|metric| since(now, metric.timestamp) <= last)
            .collect();
        recent.sort_by_key(|metric| metric.timestamp);
        recent
    }
}

fn push<T>(ring: &mut VecDeque<T>, value: T, most: usize) {
    if ring.len() == most {
        ring.pop_front();
    }
    ring.push_back(value);
}

fn health_of(name: &str, service: &Service) -> ServiceHealth {
    let average = match service.times.len() {
        0 => 0.0,
        count => service.times.iter().sum::<f64>() / count as f64,
    };
    let rate = match service.total {
        0 => 1.0,
        total => 1.0 - service.errors as f64 / total as f64,
    };
    let status = if service.total == 0 {
        ServiceStatus::Unknown
    } else if rate < 0.5 || average > DOWN_SECONDS {
        ServiceStatus::Down
    } else if rate < 0.95 {
        ServiceStatus::Degraded
    } else {
        ServiceStatus::Healthy
    };
    ServiceHealth {
        service: name.to_owned(),
        status,
        last_success: service.last_success,
        last_failure: service.last_failure,
        success_rate: rate,
        avg_response_time: average,
        total_requests: service.total,
        error_count: service.errors,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(service: &str, second: i64, status_code: u16, response_time: f64) -> ApiMetric {
        ApiMetric {
            timestamp: Timestamp::from_second(second).unwrap(),
            service: service.to_owned(),
            endpoint: "chat".to_owned(),
            method: "POST".to_owned(),
            status_code,
            response_time,
            request_size: 1,
            response_size: 1,
            error_message: None,
            user_id: None,
        }
    }

    /// Contract 002-A12: calls, failures, seconds each, and what they say.
    #[test]
    fn service_health_is_the_contracts() {
        let table = [
            (0, 0, 1.0, ServiceStatus::Unknown),
            (100, 5, 1.0, ServiceStatus::Healthy),
            (100, 6, 1.0, ServiceStatus::Degraded),
            (100, 50, 1.0, ServiceStatus::Degraded),
            (100, 51, 1.0, ServiceStatus::Down),
            (100, 0, 30.0, ServiceStatus::Healthy),
            (100, 0, 30.1, ServiceStatus::Down),
        ];
        for (calls, failures, seconds, status) in table {
            let mut monitor = Monitor::new(["groq"]);
            for n in 0..calls {
                let code = if n < failures { 400 } else { 200 };
                monitor.add(call("groq", n, code, seconds));
            }
            let health = monitor.service("groq").unwrap();
            assert_eq!(
                health.status, status,
                "{failures} of {calls} at {seconds} s"
            );
            assert_eq!(
                (health.total_requests, health.error_count),
                (calls.cast_unsigned(), failures.cast_unsigned())
            );
        }
        assert!(Monitor::new(["groq"]).service("other").is_none());
    }

    /// Contract 002-A12 and 7.8: unknown is no trouble.
    #[test]
    fn one_troubled_service_degrades_and_two_take_down() {
        let mut monitor = Monitor::new(["groq", "huggingface", "supabase"]);
        assert_eq!(monitor.overall(), ServiceStatus::Healthy);
        monitor.add(call("groq", 1, 503, 1.0));
        assert_eq!(monitor.overall(), ServiceStatus::Degraded);
        monitor.add(call("huggingface", 1, 200, 1.0));
        assert_eq!(monitor.overall(), ServiceStatus::Degraded);
        monitor.add(call("supabase", 1, 500, 1.0));
        assert_eq!(monitor.overall(), ServiceStatus::Down);
    }

    #[test]
    fn remembers_ten_thousand_calls_and_averages_a_hundred() {
        let mut monitor = Monitor::default();
        for second in 0..20_000 {
            let time = if second < 19_900 { 9.0 } else { 1.0 };
            monitor.add(call("groq", second, 200, time));
        }
        let now = Timestamp::from_second(20_000).unwrap();
        assert_eq!(monitor.recent(Duration::MAX, now).len(), 10_000);
        assert_eq!(monitor.recent(Duration::from_mins(1), now).len(), 60);
        let health = monitor.service("groq").unwrap();
        assert_eq!(
            (health.total_requests, health.avg_response_time),
            (20_000, 1.0)
        );
    }
}
