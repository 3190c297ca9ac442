//! `/`, `/ping` and the health probes (contract 7.1). None of them waits for an upstream.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::error::ApiError;
use crate::web;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(root))
        .routes(routes!(ping))
        .routes(routes!(health))
        .routes(routes!(healthz))
        .routes(routes!(health_db))
        .routes(routes!(health_ready))
}

/// Who answers here, and where to go next.
#[derive(Debug, Serialize, ToSchema)]
struct Root {
    name: String,
    app: String,
    message: String,
    version: String,
    status: &'static str,
    docs: String,
    health: &'static str,
    ping: &'static str,
    endpoints: Endpoints,
}

#[derive(Debug, Serialize, ToSchema)]
struct Endpoints {
    extract: &'static str,
    chat: &'static str,
    tasks: &'static str,
    status: &'static str,
    openapi: String,
}

/// Who answers here (000-E1, 001-E1, 002-E2, 003-E4); browsers get the page.
#[utoipa::path(get, path = "/", tag = "probes", responses((status = 200, body = Root)))]
async fn root(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if web::wanted(&headers) {
        return web::page(&headers);
    }
    let vary = [(header::VARY, "accept")];
    (vary, Json(about(&state))).into_response()
}

fn about(state: &AppState) -> Root {
    let config = &state.config;
    let served = config.openapi_enabled && config.swagger_ui_enabled;
    Root {
        name: config.app_name.clone(),
        app: config.app_name.clone(),
        message: format!("Welcome to the {} API", config.app_name),
        version: config.version.clone(),
        status: "running",
        docs: if served {
            config.swagger_ui_path.clone()
        } else {
            "The documentation is switched off.".to_owned()
        },
        health: "/healthz",
        ping: "/ping",
        endpoints: Endpoints {
            extract: "/api/v1/extract",
            chat: "/api/v1/chat",
            tasks: "/api/v1/tasks",
            status: "/api/v1/status",
            openapi: config.openapi_path.clone(),
        },
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct Ping {
    status: &'static str,
    app: String,
    version: String,
    /// Seconds since 1970.
    timestamp: f64,
}

/// That somebody answers (002-E1).
#[utoipa::path(get, path = "/ping", tag = "probes", responses((status = 200, body = Ping)))]
async fn ping(State(state): State<AppState>) -> Json<Ping> {
    Json(Ping {
        status: "ok",
        app: state.config.app_name.clone(),
        version: state.config.version.clone(),
        timestamp: unix_seconds(state.clock.now()),
    })
}

#[derive(Debug, Serialize, ToSchema)]
struct Health {
    status: &'static str,
    timestamp: String,
    app: String,
    version: String,
    environment: String,
    database: String,
    cache: &'static str,
}

/// Liveness: 200 as long as the process serves (000-E2, 003-E3).
#[utoipa::path(get, path = "/health", tag = "probes", responses((status = 200, body = Health)))]
async fn health(State(state): State<AppState>) -> Json<Health> {
    let probe = state.assistant.database_health();
    let patience = std::time::Duration::from_millis(500);
    let database = match tokio::time::timeout(patience, probe).await {
        Ok(health) if health.tasks_count.is_some() => "connected".to_owned(),
        Ok(health) => format!("error: {}", health.message),
        Err(_) => "error: no answer in time".to_owned(),
    };
    Json(Health {
        status: "healthy",
        timestamp: state.clock.now().to_string(),
        app: state.config.app_name.clone(),
        version: state.config.version.clone(),
        environment: state.config.environment.clone(),
        database,
        cache: state.assistant.cache_state(),
    })
}

#[derive(Debug, Serialize, ToSchema)]
struct Alive {
    status: &'static str,
    timestamp: String,
}

/// Liveness in its shortest form (001-E2).
#[utoipa::path(get, path = "/healthz", tag = "probes", responses((status = 200, body = Alive)))]
async fn healthz(State(state): State<AppState>) -> Json<Alive> {
    Json(Alive {
        status: "ok",
        timestamp: state.clock.now().to_string(),
    })
}

#[derive(Debug, Serialize, ToSchema)]
struct DatabaseAlive {
    status: &'static str,
}

/// Whether the database answers (004-E1).
#[utoipa::path(
    get, path = "/health/db", tag = "probes",
    responses((status = 200, body = DatabaseAlive), (status = 503, description = "It does not"))
)]
async fn health_db(State(state): State<AppState>) -> Result<Json<DatabaseAlive>, ApiError> {
    if state
        .assistant
        .database_health()
        .await
        .tasks_count
        .is_some()
    {
        return Ok(Json(DatabaseAlive { status: "ok" }));
    }
    Err(ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "Database Unavailable",
        "Database Unavailable",
    ))
}

/// Readiness: the database takes writes.
#[utoipa::path(
    get, path = "/health/ready", tag = "probes",
    responses((status = 200, body = DatabaseAlive), (status = 503, description = "Not ready"))
)]
async fn health_ready(State(state): State<AppState>) -> Result<Json<DatabaseAlive>, ApiError> {
    state.assistant.check_ready().await?;
    Ok(Json(DatabaseAlive { status: "ready" }))
}

/// Seconds since 1970 with a fraction, as 002's clients expect.
pub(crate) fn unix_seconds(moment: jiff::Timestamp) -> f64 {
    moment.as_microsecond() as f64 / 1e6
}
