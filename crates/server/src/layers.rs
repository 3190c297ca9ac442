//! What every request passes: identity, time, logs, the common error body, the door.

use std::net::SocketAddr;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;
use uuid::Uuid;

use crate::AppState;
use crate::error::ApiError;
use crate::web;

const REQUEST_ID: &str = "x-request-id";
const PROCESS_TIME: &str = "x-process-time";

/// The id of a request (contract 7.8): the caller's own if it is a UUID, else a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) Uuid);

/// Gives the request its id, opens its span, times it, writes its log lines (contract 001-M2,
/// 002-M2, 003-M4), and puts `X-Request-ID` and `X-Process-Time` on every answer.
pub(crate) async fn identity(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let given = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok());
    let id = given
        .and_then(|id| id.parse().ok())
        .unwrap_or_else(|| state.ids.next());
    request.extensions_mut().insert(RequestId(id));
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let client = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip().to_string());
    let span = tracing::info_span!("request", request_id = %id, %method, path);
    let in_flight = state.http.begin();
    async move {
        tracing::info!(client, "request started");
        let start = Instant::now();
        let mut response = next.run(request).await;
        let elapsed = start.elapsed();
        drop(in_flight);
        finish(&state, &mut response, id);
        let seconds = format!("{:.4}", elapsed.as_secs_f64());
        if let Ok(seconds) = HeaderValue::from_str(&seconds) {
            response.headers_mut().insert(PROCESS_TIME, seconds);
        }
        if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let status = response.status();
        let http = &state.http;
        http.observe(&method, route.as_ref(), status, elapsed);
        let status_code = status.as_u16();
        let duration_ms = (elapsed.as_secs_f64() * 1000.0 * 1000.0).round() / 1000.0;
        tracing::info!(status_code, duration_ms, "request completed");
        response
    }
    .instrument(span)
    .await
}

/// Gives every failure the body of contract 7.6, wherever in the stack it arose.
fn finish(state: &AppState, response: &mut Response, id: Uuid) {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return;
    }
    let failure = match response.extensions_mut().remove::<ApiError>() {
        Some(failure) => failure,
        None if is_json(response) => return,
        None => ApiError::from_status(status),
    };
    let body = failure.body(&id.to_string(), &state.clock.now().to_string());
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    *response.body_mut() = Body::from(body.to_string());
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// Lets in who may come in; probes (contract D8.19) and the files of the page need no key.
pub(crate) async fn door(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if is_free(&request) || state.live().door.admits(request.headers()) {
        return next.run(request).await;
    }
    let mut response = ApiError::new(
        StatusCode::UNAUTHORIZED,
        "Unauthorized",
        "A key is needed: send `Authorization: Bearer <key>` or `X-API-Key: <key>`.",
    )
    .into_response();
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// Whether a request reads nothing of anybody: a probe, or a file of the page.
pub(crate) fn is_free(request: &Request) -> bool {
    let path = request.uri().path();
    is_probe(path) || web::is_page(path, request.headers())
}

/// Whether a path only asks if the service is well.
fn is_probe(path: &str) -> bool {
    path == "/ping" || path.starts_with("/health")
}

/// Bounds the time to the start of an answer; streams run on after it. Uploads have bounds of their own:
/// a large file may come slowly, as long as it comes.
pub(crate) async fn deadline(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if request.uri().path().starts_with("/api/v1/upload") {
        return next.run(request).await;
    }
    match tokio::time::timeout(state.config.request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Service Unavailable",
            "The request took longer than the server allows. Try again, or ask for less at once.",
        )
        .into_response(),
    }
}

/// Turns a panic in a handler into a 500 without internals.
pub(crate) fn panicked(_cause: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    ApiError::from_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}
