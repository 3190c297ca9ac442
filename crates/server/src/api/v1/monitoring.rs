//! `/api/v1/monitoring/*` and the same under `/monitoring/*` (contract 002-E17…E22).

use std::collections::BTreeMap;
use std::time::Duration;

use assistant::Overview;
use axum::Json;
use axum::extract::State;
use axum::routing::{get, post};
use llm::gateway::ServiceWindow;
use llm::monitor::{ApiMetric, ServiceHealth, ServiceStatus};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::body::{Params, PathId};
use crate::error::ApiError;
use crate::problem::Problems;

/// Minutes that are shown unless the query says otherwise.
const MINUTES: i64 = 60;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(dashboard))
        .routes(routes!(metrics))
        .routes(routes!(service))
        .routes(routes!(rate_limits))
        .routes(routes!(export))
        .route("/monitoring/health", get(health))
        .route("/monitoring/dashboard", get(dashboard))
        .route("/monitoring/metrics", get(metrics))
        .route("/monitoring/service/{name}", get(service))
        .route("/monitoring/rate-limits", get(rate_limits))
        .route("/monitoring/export", post(export))
}

#[derive(Debug, Serialize, ToSchema)]
struct MonitoringHealth {
    status: &'static str,
    /// `healthy`, `degraded` (one service has trouble) or `down` (two have).
    #[schema(value_type = String)]
    health: ServiceStatus,
    timestamp: String,
    #[schema(value_type = Object)]
    services: BTreeMap<String, ServiceHealth>,
    summary: CallSummary,
}

#[derive(Debug, Serialize, ToSchema)]
struct CallSummary {
    total_requests: u64,
    total_errors: u64,
    /// From 0 to 1.
    error_rate: f64,
}

impl From<&Overview> for CallSummary {
    fn from(overview: &Overview) -> Self {
        Self {
            total_requests: overview.total_requests,
            total_errors: overview.total_errors,
            error_rate: overview.error_rate(),
        }
    }
}

/// How the services do, by what was called (002-E17).
#[utoipa::path(
    get, path = "/api/v1/monitoring/health", tag = "monitoring", responses((status = 200, body = MonitoringHealth))
)]
async fn health(State(state): State<AppState>) -> Json<MonitoringHealth> {
    let overview = state.assistant.overview();
    Json(MonitoringHealth {
        status: "success",
        health: overview.overall,
        timestamp: state.clock.now().to_string(),
        summary: CallSummary::from(&overview),
        services: overview.services,
    })
}

#[derive(Debug, Serialize, ToSchema)]
struct Dashboard {
    status: &'static str,
    data: DashboardData,
}

#[derive(Debug, Serialize, ToSchema)]
struct DashboardData {
    timestamp: String,
    #[schema(value_type = Object)]
    services: BTreeMap<String, ServiceHealth>,
    #[schema(value_type = String)]
    overall_health: ServiceStatus,
    total_requests: u64,
    total_errors: u64,
    #[schema(value_type = Object)]
    rate_limits: BTreeMap<String, ServiceWindow>,
}

/// Everything at a glance (002-E18).
#[utoipa::path(
    get, path = "/api/v1/monitoring/dashboard", tag = "monitoring",
    responses((status = 200, body = Dashboard))
)]
async fn dashboard(State(state): State<AppState>) -> Json<Dashboard> {
    let overview = state.assistant.overview();
    Json(Dashboard {
        status: "success",
        data: DashboardData {
            timestamp: state.clock.now().to_string(),
            overall_health: overview.overall,
            total_requests: overview.total_requests,
            total_errors: overview.total_errors,
            services: overview.services,
            rate_limits: state.assistant.rate_limits(),
        },
    })
}

#[derive(Debug, Deserialize, IntoParams)]
struct Timeframe {
    /// How far to look back, 1 to 1440; 60 if absent.
    minutes: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct RecentCalls {
    status: &'static str,
    timeframe_minutes: u64,
    metrics_count: usize,
    #[schema(value_type = Vec<Object>)]
    metrics: Vec<ApiMetric>,
}

/// The calls of the last while, oldest first (002-E19).
#[utoipa::path(
    get, path = "/api/v1/monitoring/metrics", tag = "monitoring", params(Timeframe),
    responses((status = 200, body = RecentCalls), (status = 422, description = "Not 1 to 1440 minutes"))
)]
async fn metrics(
    State(state): State<AppState>,
    Params(timeframe): Params<Timeframe>,
) -> Result<Json<RecentCalls>, ApiError> {
    let minutes = timeframe.minutes.unwrap_or(MINUTES);
    let mut problems = Problems::of("query");
    problems.range("minutes", minutes as f64, 1.0, 1440.0);
    problems.finish()?;
    let timeframe_minutes = minutes.unsigned_abs();
    let last = Duration::from_mins(timeframe_minutes);
    let metrics = state.assistant.recent_calls(last);
    Ok(Json(RecentCalls {
        status: "success",
        timeframe_minutes,
        metrics_count: metrics.len(),
        metrics,
    }))
}

#[derive(Debug, Serialize, ToSchema)]
struct ServiceRead {
    status: &'static str,
    #[schema(value_type = Object)]
    service: ServiceHealth,
}

/// How one service does (002-E20).
#[utoipa::path(
    get, path = "/api/v1/monitoring/service/{name}", tag = "monitoring",
    params(("name" = String, Path)),
    responses((status = 200, body = ServiceRead), (status = 404, description = "Service not found"))
)]
async fn service(
    State(state): State<AppState>,
    PathId(name): PathId<String>,
) -> Result<Json<ServiceRead>, ApiError> {
    Ok(Json(ServiceRead {
        status: "success",
        service: state.assistant.service_health(&name)?,
    }))
}

#[derive(Debug, Serialize, ToSchema)]
struct LimitsRead {
    status: &'static str,
    #[schema(value_type = Object)]
    rate_limits: BTreeMap<String, ServiceWindow>,
    timestamp: String,
}

/// The current minute of every service that has a limit (002-E21).
#[utoipa::path(
    get, path = "/api/v1/monitoring/rate-limits", tag = "monitoring",
    responses((status = 200, body = LimitsRead))
)]
async fn rate_limits(State(state): State<AppState>) -> Json<LimitsRead> {
    Json(LimitsRead {
        status: "success",
        rate_limits: state.assistant.rate_limits(),
        timestamp: state.clock.now().to_string(),
    })
}

#[derive(Debug, Serialize, ToSchema)]
struct MetricsExport {
    status: &'static str,
    message: &'static str,
    /// Below the data directory.
    filepath: String,
    timestamp: String,
}

/// Writes the dashboard and the calls of the last day into a file of the server (002-E22).
#[utoipa::path(
    post, path = "/api/v1/monitoring/export", tag = "monitoring",
    responses((status = 200, body = MetricsExport))
)]
async fn export(State(state): State<AppState>) -> Result<Json<MetricsExport>, ApiError> {
    let path = state.assistant.export_monitoring().await?;
    Ok(Json(MetricsExport {
        status: "success",
        message: "Metrics exported",
        filepath: path.display().to_string(),
        timestamp: state.clock.now().to_string(),
    }))
}
