//! `/metrics` (contract 000-E10, 000-M1, 002-M4).

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::text::encode_eof;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::error::ApiError;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(metrics))
}

/// Everything that is counted, as Prometheus reads it (000-E10).
#[utoipa::path(
    get, path = "/metrics", tag = "monitoring",
    responses((status = 200, body = String, content_type = "application/openmetrics-text"))
)]
async fn metrics(State(state): State<AppState>) -> Result<Response, ApiError> {
    let mut text = String::new();
    let written = match state.assistant.write_metrics(&mut text).await {
        Ok(()) => state.http.write(&mut text),
        failed => failed,
    };
    written
        .and_then(|()| encode_eof(&mut text))
        .map_err(assistant::AssistantError::internal)?;
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}
