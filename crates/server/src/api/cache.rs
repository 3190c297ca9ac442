//! `/healthz/cache` and `/cache/metrics` (contract 001-E3, 003-E5, 7.5).

use std::collections::BTreeMap;

use assistant::{CacheState, CacheUse};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(metrics))
}

/// The namespace `ask`, and every namespace by name.
#[derive(Debug, Serialize, ToSchema)]
struct CacheHealth {
    #[serde(flatten)]
    ask: CacheNamespace,
    namespaces: BTreeMap<&'static str, CacheNamespace>,
}

#[derive(Debug, Clone, Default, Serialize, ToSchema)]
struct CacheNamespace {
    /// Answers kept now.
    size: u64,
    /// The most that are kept; null is no limit.
    max_size: Option<u64>,
    /// Seconds.
    ttl: f64,
    hits: u64,
    misses: u64,
    /// Percent, two decimals.
    hit_rate: f64,
}

impl From<CacheState> for CacheNamespace {
    fn from(state: CacheState) -> Self {
        Self {
            size: state.size,
            max_size: state.max_size,
            ttl: state.ttl.as_secs_f64(),
            hits: state.used.hits,
            misses: state.used.misses,
            hit_rate: state.used.hit_rate(),
        }
    }
}

/// How many answers are kept, and how often that helped (001-E3).
#[utoipa::path(get, path = "/healthz/cache", tag = "probes", responses((status = 200, body = CacheHealth)))]
async fn health(State(state): State<AppState>) -> Json<CacheHealth> {
    let states = state.assistant.caches().await;
    let namespaces: BTreeMap<_, CacheNamespace> = states
        .into_iter()
        .map(|(name, state)| (name, state.into()))
        .collect();
    let ask = namespaces.get("ask").cloned().unwrap_or_default();
    Json(CacheHealth { ask, namespaces })
}

#[derive(Debug, Serialize, ToSchema)]
struct CacheMetrics {
    /// Whether answers can be kept at all.
    available: bool,
    hits: u64,
    misses: u64,
    total_requests: u64,
    /// Percent, two decimals.
    hit_rate: f64,
}

/// How often an answer was found, over all namespaces (003-E5).
#[utoipa::path(get, path = "/cache/metrics", tag = "monitoring", responses((status = 200, body = CacheMetrics)))]
async fn metrics(State(state): State<AppState>) -> Json<CacheMetrics> {
    let states = state.assistant.caches().await;
    let all = states
        .values()
        .fold(CacheUse::default(), |all, state| CacheUse {
            hits: all.hits + state.used.hits,
            misses: all.misses + state.used.misses,
        });
    Json(CacheMetrics {
        available: state.assistant.cache_state() == "connected",
        hits: all.hits,
        misses: all.misses,
        total_requests: all.requests(),
        hit_rate: all.hit_rate(),
    })
}
