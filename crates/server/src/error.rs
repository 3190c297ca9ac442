//! The one place that turns a failure into HTTP (contract 7.6).
//!
//! Handlers return [`ApiError`] with `?`. Status and words are decided here; request id and time
//! stamp are filled in by [`crate::layers::errors`], which also dresses failures that never reached
//! a handler (404, 405, 413, 415, …).

use std::time::Duration;

use assistant::{AssistantError, Missing};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::problem::Problem;

/// A failure on its way to the client.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    /// 002's type text: "Validation Error", "Task not found", …
    pub(crate) error: &'static str,
    /// Words for a person.
    pub(crate) message: String,
    /// The list of a 422, else object, string or null.
    pub(crate) details: Box<Value>,
    pub(crate) retry_after: Option<Duration>,
}

impl ApiError {
    /// A failure with its status, type text and message.
    pub(crate) fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            error,
            message: message.into(),
            details: Box::new(Value::Null),
            retry_after: None,
        }
    }

    /// A request that does not hold what it must (422).
    pub(crate) fn validation(problems: Vec<Problem>) -> Self {
        let details = serde_json::to_value(problems).unwrap_or_default();
        let details = Box::new(details);
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            error: "Validation Error",
            message: "Request validation failed".to_owned(),
            details,
            retry_after: None,
        }
    }

    /// A 422 whose type text clients compare (`Invalid file`, `File too large`, …).
    pub(crate) fn unprocessable(error: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error, message)
    }

    /// For answers that no handler made.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        let (error, message) = match status {
            StatusCode::NOT_FOUND => ("HTTP Error", "Not Found".to_owned()),
            StatusCode::METHOD_NOT_ALLOWED => ("HTTP Error", "Method Not Allowed".to_owned()),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "HTTP Error",
                "The request body is larger than this route accepts.".to_owned(),
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "HTTP Error",
                "Unsupported content type: send `Content-Type: application/json`.".to_owned(),
            ),
            StatusCode::REQUEST_TIMEOUT => (
                "HTTP Error",
                "The request took too long to arrive.".to_owned(),
            ),
            status if status.is_server_error() => (
                "Internal Server Error",
                "An unexpected error occurred. Please try again later.".to_owned(),
            ),
            status => (
                "HTTP Error",
                status.canonical_reason().unwrap_or("Error").to_owned(),
            ),
        };
        Self::new(status, error, message)
    }

    /// The body of contract 7.6.
    pub(crate) fn body(&self, request_id: &str, timestamp: &str) -> Value {
        let detail = if self.details.is_array() {
            (*self.details).clone()
        } else {
            Value::String(self.message.clone())
        };
        json!({
            "detail": detail,
            "error": self.error,
            "code": code(self.status),
            "message": self.message,
            "details": self.details,
            "status_code": self.status.as_u16(),
            "timestamp": timestamp,
            "request_id": request_id,
        })
    }
}

/// The code word of a status (contract 004-A7).
fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "bad_request",
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::CONFLICT => "conflict",
        StatusCode::PAYLOAD_TOO_LARGE => "payload_too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::UNPROCESSABLE_ENTITY => "validation_error",
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        StatusCode::INTERNAL_SERVER_ERROR => "internal_error",
        StatusCode::SERVICE_UNAVAILABLE => "service_unavailable",
        StatusCode::INSUFFICIENT_STORAGE => "insufficient_storage",
        _ => "error",
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs().max(1);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<AssistantError> for ApiError {
    fn from(error: AssistantError) -> Self {
        match error {
            AssistantError::NotFound(missing) => missing.into(),
            AssistantError::Conflict(what) => Self::new(StatusCode::CONFLICT, "Conflict", what),
            AssistantError::Invalid { field, message } => {
                Self::validation(vec![Problem::value(&["body", field], message)])
            }
            AssistantError::Unsupported(what) => {
                Self::new(StatusCode::BAD_REQUEST, "Bad Request", what)
            }
            AssistantError::Unavailable {
                message,
                retry_after,
                cause,
            } => {
                if let Some(cause) = &cause {
                    tracing::warn!(error = %chain(&**cause), "service unavailable: {message}");
                }
                Self {
                    retry_after: Some(retry_after.unwrap_or(Duration::from_secs(5))),
                    ..Self::new(
                        StatusCode::SERVICE_UNAVAILABLE,
                        "Service Unavailable",
                        message,
                    )
                }
            }
            AssistantError::Full(cause) => {
                tracing::error!(error = %chain(&*cause), "no room left on the disk");
                let message = "There is no room left to store files. Nothing was kept; free some \
                               space and try again.";
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "Upload failed", message)
            }
            AssistantError::Internal(cause) => {
                tracing::error!(error = %chain(&*cause), "internal error");
                Self::from_status(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl From<Missing> for ApiError {
    fn from(missing: Missing) -> Self {
        let error = match &missing {
            Missing::Task(_) | Missing::Tasks(_) => "Task not found",
            Missing::User => "User not found",
            Missing::ModelVersion => "Model version not found",
            Missing::Conversation => "Conversation not found",
            Missing::File(_) => "File not found",
            Missing::Job(_) => "Job not found",
            Missing::Provider(_) => "Provider not found",
            Missing::Service => "Service not found",
        };
        Self::new(StatusCode::NOT_FOUND, error, missing.to_string())
    }
}

/// An error and its causes, for the log.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}
