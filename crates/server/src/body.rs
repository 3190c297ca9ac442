//! Reading requests: JSON bodies, queries and paths whose failures have the common form.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

use crate::error::ApiError;
use crate::problem::Problem;

/// A JSON body.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let parsed = axum::Json::<Value>::from_request(request, state).await;
        let value = match parsed {
            Ok(axum::Json(value)) => value,
            Err(JsonRejection::JsonSyntaxError(cause)) => {
                return Err(ApiError::validation(vec![Problem::new(
                    "json_invalid",
                    &["body"],
                    format!("JSON decode error: {}", source_text(&cause)),
                    Value::Null,
                )]));
            }
            Err(other) => return Err(ApiError::from_status(other.status())),
        };
        from_value(&value, "body").map(Self)
    }
}

/// A query string.
#[derive(Debug)]
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(QueryRejection::FailedToDeserializeQueryString(cause)) => {
                let text = source_text(&cause);
                let (field, msg) = text.split_once(": ").unwrap_or(("", &text));
                let loc: &[&str] = if field.is_empty() {
                    &["query"]
                } else {
                    &["query", field]
                };
                let problem = Problem::new(kind_of(msg), loc, sentence(msg), Value::Null);
                Err(ApiError::validation(vec![problem]))
            }
            Err(other) => Err(ApiError::from_status(other.status())),
        }
    }
}

/// A value in the path; the name is for the error.
#[derive(Debug)]
pub(crate) struct PathId<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(PathRejection::FailedToDeserializePathParams(cause)) => {
                let text = cause.body_text();
                let kind = if text.contains("UUID") || text.contains("uuid") {
                    "uuid_parsing"
                } else {
                    "int_parsing"
                };
                let msg = match kind {
                    "uuid_parsing" => "Input should be a valid UUID",
                    _ => "Input should be a valid integer",
                };
                let given = parts.uri.path().rsplit('/').next().unwrap_or_default();
                let problem = Problem::new(kind, &["path", "id"], msg, Value::from(given));
                Err(ApiError::validation(vec![problem]))
            }
            Err(_) => Err(ApiError::from_status(StatusCode::NOT_FOUND)),
        }
    }
}

/// For fields that may be absent but not null (contract 004-B2, D8.41).
///
/// # Errors
/// The value's own, null among them.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// For fields that may be absent (leave as it is) or null (empty it).
///
/// # Errors
/// The value's own.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Reads a typed request out of JSON; a failure names the place and shows what stood there.
///
/// # Errors
/// 422 in the common form.
pub(crate) fn from_value<T: DeserializeOwned>(
    value: &Value,
    place: &'static str,
) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(value).map_err(|failure| {
        let mut loc = vec![Value::from(place)];
        let mut input = value;
        for step in failure.path() {
            use serde_path_to_error::Segment;
            let next = match step {
                Segment::Seq { index } => {
                    loc.push(Value::from(*index));
                    input.get(*index)
                }
                Segment::Map { key } => {
                    loc.push(Value::from(key.as_str()));
                    input.get(key)
                }
                Segment::Enum { .. } | Segment::Unknown => None,
            };
            input = next.unwrap_or(&Value::Null);
        }
        let text = failure.inner().to_string();
        let mut problem = Problem::new(kind_of(&text), &[], sentence(&text), Value::Null);
        if let Some(field) = quoted(&text)
            && problem.kind == "missing"
        {
            loc.push(Value::from(field));
            "Field required".clone_into(&mut problem.msg);
        }
        if problem.kind == "extra_forbidden" {
            "Extra inputs are not permitted".clone_into(&mut problem.msg);
        }
        problem.loc = loc;
        problem.input = shortened(input);
        ApiError::validation(vec![problem])
    })
}

/// The type word for one of serde's messages.
fn kind_of(text: &str) -> &'static str {
    const KINDS: [(&str, &str); 12] = [
        ("missing field", "missing"),
        ("unknown field", "extra_forbidden"),
        ("UUID", "uuid_parsing"),
        ("expected a string", "string_type"),
        ("expected a formatted", "uuid_parsing"),
        ("expected u", "int_parsing"),
        ("expected i", "int_parsing"),
        ("invalid digit", "int_parsing"),
        ("expected f", "float_parsing"),
        ("expected a boolean", "bool_parsing"),
        ("provided string was not", "bool_parsing"),
        ("use one of", "enum"),
    ];
    KINDS
        .iter()
        .find(|(mark, _)| text.contains(mark))
        .map_or("value_error", |(_, kind)| kind)
}

/// The first word between backticks.
fn quoted(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What stood there, short enough to be shown.
fn shortened(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > 200 => {
            Value::String(text.chars().take(200).collect())
        }
        Value::Array(_) | Value::Object(_) => Value::Null,
        other => other.clone(),
    }
}

fn source_text(error: &(dyn std::error::Error + 'static)) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
