//! `/api/v1/database/health` (contract 002-E5).

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::probes::unix_seconds;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(health))
}

#[derive(Debug, Serialize, ToSchema)]
struct DatabaseHealthRead {
    /// Seconds since 1970.
    timestamp: f64,
    database: Database,
}

#[derive(Debug, Serialize, ToSchema)]
struct Database {
    /// `connected`, `development_mode` or `error`.
    status: &'static str,
    /// `postgresql`, `sqlite` or `memory`.
    #[serde(rename = "type")]
    kind: &'static str,
    message: String,
    timestamp: String,
    tasks_count: Option<i64>,
}

/// How the database is; always 200 (002-E5).
#[utoipa::path(
    get, path = "/api/v1/database/health", tag = "probes", responses((status = 200, body = DatabaseHealthRead))
)]
async fn health(State(state): State<AppState>) -> Json<DatabaseHealthRead> {
    let found = state.assistant.database_health().await;
    let now = state.clock.now();
    Json(DatabaseHealthRead {
        timestamp: unix_seconds(now),
        database: Database {
            status: found.status.as_str(),
            kind: found.kind,
            message: found.message,
            timestamp: now.to_string(),
            tasks_count: found.tasks_count,
        },
    })
}
