//! What a refusal means for the caller, from its status and what its body says.
//!
//! Providers agree on neither: a model that is gone is a 400 at Groq, a 404 at OpenAI, Gemini and
//! Ollama, a 410 at Hugging Face; a wrong key is a 400 at Gemini. So the words of the body are
//! looked at first where the status leaves room.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use llm::ModelError;
use serde_json::Value;

use super::retry_after;

/// What happened to a request that got no status.
pub(crate) fn of_transport(error: reqwest::Error) -> ModelError {
    let error = error.without_url();
    if error.is_timeout() {
        let stage = if error.is_connect() {
            "connect"
        } else {
            "headers"
        };
        return ModelError::Timeout(stage);
    }
    if error.is_builder() {
        return ModelError::BadRequest("the request could not be put together".to_owned());
    }
    let message = if error.is_connect() {
        format!("could not connect{}", cause(&error))
    } else {
        format!("the connection was lost{}", cause(&error))
    };
    ModelError::Unavailable {
        message,
        retry_after: None,
    }
}

/// What happened to an answer whose status was good.
pub(crate) fn of_body(error: reqwest::Error) -> ModelError {
    let error = error.without_url();
    if error.is_timeout() {
        return ModelError::Timeout("between pieces");
    }
    ModelError::Malformed(format!("the answer was cut{}", cause(&error)))
}

/// The innermost cause: the outer ones only repeat that sending failed.
fn cause(error: &reqwest::Error) -> String {
    let mut source = std::error::Error::source(error);
    let mut innermost = None;
    while let Some(inner) = source {
        innermost = Some(inner.to_string());
        source = inner.source();
    }
    innermost.map_or_else(String::new, |text| format!(": {text}"))
}

/// A refusal by status.
pub(crate) fn of_status(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    model: &str,
) -> ModelError {
    let said = Said::of(body);
    let wait = retry_after::from_headers(headers).or(said.wait);
    let meaning = match status.as_u16() {
        401 | 402 => Meaning::Unauthorized,
        403 => said
            .meaning()
            .filter(|m| *m == Meaning::Gone)
            .unwrap_or(Meaning::Unauthorized),
        // The only thing a request names is its model: no such thing means no such model, or a
        // wrong base URL. Either way another account may do, and this one will not.
        404 | 405 | 410 => Meaning::Gone,
        408 => Meaning::Timeout,
        429 => Meaning::RateLimited,
        409 | 423 | 425 | 498 | 499 | 300..=399 | 500..=599 => Meaning::Unavailable,
        _ => said
            .meaning()
            // A refusal of the request stays one, whatever the body calls it, unless the body is
            // about the model, the key or a limit.
            .filter(|meaning| !matches!(meaning, Meaning::Unavailable | Meaning::Timeout))
            .unwrap_or(Meaning::BadRequest),
    };
    let message = if said.message.is_empty() {
        format!("status {}", status.as_u16())
    } else {
        format!("status {}: {}", status.as_u16(), said.message)
    };
    meaning.error(message, wait, model)
}

/// An error that came inside an answer whose status was good.
pub(crate) fn in_answer(error: &Value, model: &str) -> ModelError {
    let said = Said::of_value(error);
    let by_number = said.codes.iter().find_map(|code| {
        let number: u16 = code.parse().ok()?;
        (400..600).contains(&number).then_some(number)
    });
    let meaning = said.meaning().unwrap_or(match by_number {
        Some(401..=403) => Meaning::Unauthorized,
        Some(404 | 410) => Meaning::Gone,
        Some(408) => Meaning::Timeout,
        Some(429) => Meaning::RateLimited,
        Some(400..=499) => Meaning::BadRequest,
        _ => Meaning::Unavailable,
    });
    let message = if said.message.is_empty() {
        "an error without words".to_owned()
    } else {
        said.message
    };
    meaning.error(message, said.wait, model)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    BadRequest,
    Gone,
    Unauthorized,
    RateLimited,
    Unavailable,
    Timeout,
    Malformed,
}

impl Meaning {
    fn error(self, message: String, retry_after: Option<Duration>, model: &str) -> ModelError {
        match self {
            Self::BadRequest => ModelError::BadRequest(message),
            Self::Gone => ModelError::ModelGone {
                model: model.to_owned(),
                message,
            },
            Self::Unauthorized => ModelError::Unauthorized(message),
            Self::RateLimited => ModelError::RateLimited { retry_after },
            Self::Unavailable => ModelError::Unavailable {
                message,
                retry_after,
            },
            Self::Timeout => ModelError::Timeout("provider"),
            Self::Malformed => ModelError::Malformed(message),
        }
    }
}

/// What an error body says, whoever wrote it.
#[derive(Debug, Default)]
struct Said {
    message: String,
    /// Codes, types and reasons, in lower case.
    codes: Vec<String>,
    wait: Option<Duration>,
}

impl Said {
    fn of(body: &[u8]) -> Self {
        if let Ok(value) = serde_json::from_slice::<Value>(body) {
            return Self::of_value(&value);
        }
        let text = String::from_utf8_lossy(body);
        let text = text.trim();
        Self {
            // A page is for people with browsers; its tags say nothing in a log.
            message: if text.starts_with('<') {
                "a page instead of an answer".to_owned()
            } else {
                text.to_owned()
            },
            ..Self::default()
        }
    }

    fn of_value(value: &Value) -> Self {
        // Gemini wraps errors of a stream in a list.
        let value = value.get(0).unwrap_or(value);
        let error = value.get("error").unwrap_or(value);
        let message = [
            error,
            &error["message"],
            &error[0],
            &value["message"],
            &value["detail"],
            &value["detail"][0]["msg"],
        ]
        .into_iter()
        .find_map(Value::as_str)
        .unwrap_or_default()
        .to_owned();
        let details = error["details"].as_array();
        let reasons = details
            .into_iter()
            .flatten()
            .map(|detail| &detail["reason"]);
        let codes = [
            &error["code"],
            &error["type"],
            &error["status"],
            &value["code"],
        ]
        .into_iter()
        .chain(reasons)
        .filter_map(word)
        .collect();
        let wait = details
            .into_iter()
            .flatten()
            .find_map(|detail| retry_after::spelled(detail["retryDelay"].as_str()?))
            .or_else(|| retry_after::seconds(value["estimated_time"].as_f64()?));
        Self {
            message,
            codes,
            wait,
        }
    }

    /// What codes and words mean, if they mean anything to us.
    fn meaning(&self) -> Option<Meaning> {
        let has = |known: &[&str]| self.codes.iter().any(|code| known.contains(&code.as_str()));
        let message = self.message.to_lowercase();
        if has(GONE) || speaks_of_a_lost_model(&message) {
            Some(Meaning::Gone)
        } else if has(UNAUTHORIZED) || message.contains("credit balance") {
            Some(Meaning::Unauthorized)
        } else if has(RATE_LIMITED) {
            Some(Meaning::RateLimited)
        } else if has(MALFORMED) {
            Some(Meaning::Malformed)
        } else if has(TIMEOUT) {
            Some(Meaning::Timeout)
        } else if has(UNAVAILABLE) {
            Some(Meaning::Unavailable)
        } else if has(BAD_REQUEST) {
            Some(Meaning::BadRequest)
        } else {
            None
        }
    }
}

const GONE: &[&str] = &[
    "model_not_found",
    "model_decommissioned",
    "model_not_active",
    "model_not_supported",
    "not_found_error",
    "notfounderror",
    "not_found",
];
const UNAUTHORIZED: &[&str] = &[
    "invalid_api_key",
    "api_key_invalid",
    "authentication_error",
    "permission_error",
    "permission_denied",
    "unauthenticated",
    "billing_error",
];
const RATE_LIMITED: &[&str] = &[
    "rate_limit_exceeded",
    "rate_limit_error",
    "resource_exhausted",
    "insufficient_quota",
];
/// Groq: the model wrote something that is no JSON or no tool call. Another attempt may do.
const MALFORMED: &[&str] = &["json_validate_failed", "tool_use_failed"];
const TIMEOUT: &[&str] = &["timeout_error", "deadline_exceeded", "timeout"];
const UNAVAILABLE: &[&str] = &[
    "overloaded_error",
    "api_error",
    "server_error",
    "internal_error",
    "internal_server_error",
    "service_unavailable",
    "unavailable",
    "internal",
];
const BAD_REQUEST: &[&str] = &[
    "invalid_request_error",
    "invalid_argument",
    "failed_precondition",
    "request_too_large",
    "context_length_exceeded",
    "badrequesterror",
];

/// `model 'x' not found, try pulling it first`, `The model … has been decommissioned`, …
fn speaks_of_a_lost_model(message: &str) -> bool {
    const LOST: [&str; 8] = [
        "not found",
        "does not exist",
        "decommissioned",
        "no longer available",
        "no longer supported",
        "has been retired",
        "has been deprecated",
        "not supported by any provider",
    ];
    message.contains("model") && LOST.iter().any(|words| message.contains(words))
}

/// A code as a word: some are numbers.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_lowercase()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
