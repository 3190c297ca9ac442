//! Requests in numbers, as Prometheus reads them (contract 002-M4).

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use axum::extract::MatchedPath;
use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper bounds in seconds.
const SECONDS: [f64; 11] = [
    0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 10.0, 30.0, 120.0,
];

type Labels = [(&'static str, Cow<'static, str>); 3];

/// What is counted of requests.
pub(crate) struct HttpMetrics {
    registry: Registry,
    duration: Family<Labels, Histogram>,
    in_flight: Gauge,
    reload_good: Gauge,
    reload_at: Gauge,
}

/// A request on its way; counted as such until this value goes.
pub(crate) struct InFlight(Gauge);

impl HttpMetrics {
    pub(crate) fn new() -> Self {
        let durations = || Histogram::new(SECONDS);
        let duration = Family::new_with_constructor(durations as fn() -> Histogram);
        let in_flight = Gauge::default();
        let mut registry = Registry::default();
        let own = registry.sub_registry_with_prefix("intelliassist");
        own.register(
            "http_request_duration_seconds",
            "Time to the start of an answer",
            duration.clone(),
        );
        own.register(
            "http_requests_in_flight",
            "Requests not answered yet",
            in_flight.clone(),
        );
        let (reload_good, reload_at) = (Gauge::default(), Gauge::default());
        own.register(
            "config_reload_success",
            "1 where the last configuration that was given is in force, else 0",
            reload_good.clone(),
        );
        own.register(
            "config_reload_timestamp_seconds",
            "When another configuration was last given, 0 before that",
            reload_at.clone(),
        );
        reload_good.set(1);
        Self {
            registry,
            duration,
            in_flight,
            reload_good,
            reload_at,
        }
    }

    /// Another configuration was given, and taken or not.
    pub(crate) fn note_reload(&self, taken: bool, at: Timestamp) {
        self.reload_good.set(i64::from(taken));
        self.reload_at.set(at.as_second());
    }

    /// Counts a request that begins.
    pub(crate) fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// Counts a request that was answered. Addresses without a route share one name, so that their
    /// number stays small.
    pub(crate) fn observe(
        &self,
        method: &Method,
        route: Option<&MatchedPath>,
        status: StatusCode,
        took: Duration,
    ) {
        let route = route.map_or(Cow::Borrowed("none"), |route| {
            Cow::Owned(route.as_str().to_owned())
        });
        let method = match *method {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            _ => "other",
        };
        let labels: Labels = [
            ("method", method.into()),
            ("route", route),
            ("status", status.as_str().to_owned().into()),
        ];
        let duration = self.duration.get_or_create(&labels);
        duration.observe(took.as_secs_f64());
    }

    /// Writes the numbers as text, without the end mark.
    pub(crate) fn write(&self, into: &mut String) -> fmt::Result {
        encode_registry(into, &self.registry)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}
