//! Addresses, refusals and secrets.

use http::{HeaderMap, StatusCode};
use llm::ModelError;
use secrecy::SecretString;

use super::{Scrub, checked_base, fault, with_default_path};
use crate::ConfigError;

#[test]
fn an_address_without_a_path_gets_the_usual_one() {
    for (base, expected) in [
        ("http://127.0.0.1:9", "http://127.0.0.1:9/v1"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/v1"),
        ("http://127.0.0.1:9/openai", "http://127.0.0.1:9/openai"),
        ("https://example.org/v2/", "https://example.org/v2/"),
    ] {
        assert_eq!(with_default_path(base, "/v1"), expected);
    }
}

#[test]
fn only_plain_http_addresses_pass() {
    assert_eq!(
        checked_base("a", " http://h:1/v1/ ").unwrap(),
        "http://h:1/v1"
    );
    for bad in [
        "localhost:11434",
        "ftp://h",
        "http://",
        "",
        "http://h/?key=secret",
        "http://user:secret@h",
    ] {
        let error = checked_base("a", bad).unwrap_err();
        assert!(matches!(error, ConfigError::BadUrl { .. }), "{bad}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

fn refused(status: u16, body: &str) -> ModelError {
    let status = StatusCode::from_u16(status).unwrap();
    fault::of_status(status, &HeaderMap::new(), body.as_bytes(), "m")
}

/// Contract 6, “names that no longer work”: every provider's way to say that a model is gone.
#[test]
fn a_model_that_is_gone() {
    for (status, body) in [
        (
            400,
            r#"{"error": {"code": "model_decommissioned", "message": "m"}}"#,
        ),
        (
            404,
            r#"{"error": {"code": "model_not_found", "type": "invalid_request_error"}}"#,
        ),
        (404, r#"{"error": {"code": 404, "status": "NOT_FOUND"}}"#),
        (
            404,
            r#"{"error": "model 'm' not found, try pulling it first"}"#,
        ),
        (
            400,
            r#"{"error": {"message": "The requested model 'm' is not supported by any provider you have enabled.", "code": "model_not_supported"}}"#,
        ),
        (
            403,
            r#"{"error": {"message": "Project does not have access to model m", "code": "model_not_found"}}"#,
        ),
        (410, "api-inference.huggingface.co is no longer supported"),
        (404, "404 page not found"),
        (
            404,
            r#"{"object": "error", "message": "The model `m` does not exist.", "code": 404}"#,
        ),
    ] {
        let error = refused(status, body);
        assert!(
            matches!(error, ModelError::ModelGone { .. }),
            "{status} {body}: {error:?}"
        );
    }
}

#[test]
fn what_a_refusal_means() {
    for (status, body, class) in [
        (400, "{}", "bad_request"),
        (400, "", "bad_request"),
        (
            400,
            r#"{"error": {"message": "This model does not support images"}}"#,
            "bad_request",
        ),
        (
            422,
            r#"{"detail": [{"msg": "too long", "loc": ["body"]}]}"#,
            "bad_request",
        ),
        (
            413,
            r#"{"error": {"code": "rate_limit_exceeded", "type": "tokens"}}"#,
            "rate_limited",
        ),
        (413, "{}", "bad_request"),
        (
            400,
            r#"{"error": {"code": "json_validate_failed"}}"#,
            "malformed",
        ),
        (
            400,
            r#"{"error": {"status": "INVALID_ARGUMENT", "details": [{"reason": "API_KEY_INVALID"}]}}"#,
            "unauthorized",
        ),
        (
            400,
            r#"{"error": {"message": "Your credit balance is too low"}}"#,
            "unauthorized",
        ),
        (400, r#"{"error": {"type": "server_error"}}"#, "bad_request"),
        (401, "no", "unauthorized"),
        (402, "{}", "unauthorized"),
        (403, "<html>", "unauthorized"),
        (408, "{}", "timeout"),
        (409, "{}", "unavailable"),
        (
            429,
            r#"{"error": {"code": "insufficient_quota"}}"#,
            "rate_limited",
        ),
        (498, "{}", "unavailable"),
        (
            529,
            r#"{"error": {"type": "overloaded_error"}}"#,
            "unavailable",
        ),
        (302, "", "unavailable"),
        (418, "{}", "bad_request"),
    ] {
        assert_eq!(refused(status, body).class(), class, "{status} {body}");
    }
}

#[test]
fn waits_in_bodies_count() {
    let seconds = |error: ModelError| error.retry_after().map(|wait| wait.as_secs());
    let loading = r#"{"error": "Model is currently loading", "estimated_time": 20.5}"#;
    assert_eq!(seconds(refused(503, loading)), Some(20));
    let google =
        r#"{"error": {"code": 429, "details": [{"@type": "RetryInfo", "retryDelay": "34s"}]}}"#;
    assert_eq!(seconds(refused(429, google)), Some(34));
    assert_eq!(seconds(refused(429, "{}")), None);
}

#[test]
fn errors_inside_good_answers() {
    for (error, class) in [
        (
            r#"{"type": "overloaded_error", "message": "Overloaded"}"#,
            "unavailable",
        ),
        (r#"{"type": "rate_limit_error"}"#, "rate_limited"),
        (
            r#"{"code": 502, "message": "Provider disconnected"}"#,
            "unavailable",
        ),
        (r#"{"code": 429}"#, "rate_limited"),
        (r#"{"code": 503, "status": "UNAVAILABLE"}"#, "unavailable"),
        (r#"{"type": "invalid_request_error"}"#, "bad_request"),
        (r#"{"code": 401}"#, "unauthorized"),
        (r#""an unexpected error""#, "unavailable"),
        (r#""model 'x' not found""#, "model_gone"),
        ("{}", "unavailable"),
    ] {
        let value = serde_json::from_str(error).unwrap();
        assert_eq!(fault::in_answer(&value, "m").class(), class, "{error}");
    }
}

#[test]
fn messages_lose_the_key_and_their_length() {
    let scrub = Scrub::of(SecretString::from("sk-canary"));
    assert_eq!(scrub.text("key sk-canary\nis bad"), "key [key] is bad");
    assert_eq!(scrub.text(&"ü".repeat(600)).chars().count(), 501);
    let gone = ModelError::ModelGone {
        model: "sk-canary".to_owned(),
        message: "no sk-canary".to_owned(),
    };
    assert!(!format!("{:?}", scrub.error(gone)).contains("sk-canary"));
}
