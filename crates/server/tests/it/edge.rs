//! What every request passes: ids, times, errors, origins, keys, documents.

use axum::body::Body;
use http::{Method, Request};
use serde_json::{Value, json};
use server::AuthMode;
use testkit::{Setup, TestApp};

const ID: &str = "7d9f0d6c-54b1-4d4a-9f62-0c7c2ac3b0aa";

/// A POST of a task with this body, sent as JSON.
fn task(body: String) -> Request<Body> {
    Request::post("/api/v1/tasks")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn every_failure_has_the_common_body_whoever_made_it() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let http = app.http();
    let plain = Request::post("/api/v1/tasks")
        .body(Body::from("summary=x"))
        .unwrap();
    let large = format!("{{\"summary\":\"{}\"}}", "x".repeat(3 * 1024 * 1024));
    let cases = [
        (http.get("/nowhere").await, 404, "not_found", "Not Found"),
        (
            http.send(Method::PATCH, "/ping", None).await,
            405,
            "method_not_allowed",
            "",
        ),
        (
            http.request(task("{\"summary\": ".to_owned())).await,
            422,
            "validation_error",
            "",
        ),
        (
            http.request(task("[".repeat(100_000))).await,
            422,
            "validation_error",
            "",
        ),
        (http.request(plain).await, 415, "unsupported_media_type", ""),
        (
            http.request(task(large)).await,
            413,
            "payload_too_large",
            "",
        ),
        (
            http.get("/tasks/999").await,
            404,
            "not_found",
            "Task not found",
        ),
    ];
    for (answer, status, code, detail) in cases {
        let body = answer.expect(status);
        // 7.6
        for key in [
            "detail",
            "error",
            "code",
            "message",
            "details",
            "status_code",
            "timestamp",
        ] {
            assert!(body.get(key).is_some(), "{key} in {body}");
        }
        assert_eq!(body["status_code"], status);
        assert_eq!(body["code"], code);
        assert_eq!(body["request_id"], answer.header("x-request-id"));
        if !detail.is_empty() {
            assert_eq!(body["detail"], detail);
        }
        assert!(
            answer
                .header("content-type")
                .starts_with("application/json")
        );
    }
}

#[tokio::test]
async fn m1_001_a_valid_request_id_is_kept_and_any_other_replaced() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let with = |id: &str| {
        Request::get("/ping")
            .header("x-request-id", id)
            .body(Body::empty())
    };
    let kept = app.http().request(with(ID).unwrap()).await;
    assert_eq!(kept.header("x-request-id"), ID);
    let replaced = app.http().request(with("drop table").unwrap()).await;
    assert_ne!(replaced.header("x-request-id"), "drop table");
    assert_eq!(replaced.header("x-request-id").len(), 36);
}

#[tokio::test]
async fn m1_002_every_answer_tells_its_time_in_seconds() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for path in ["/ping", "/nowhere", "/users/x"] {
        let answer = app.http().get(path).await;
        let seconds: f64 = answer.header("x-process-time").parse().unwrap();
        assert!((0.0..60.0).contains(&seconds), "{path}");
    }
}

#[tokio::test]
async fn trailing_slashes_do_not_matter() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for path in [
        "/tasks",
        "/tasks/",
        "/users/",
        "/healthz/",
        "/docs/",
        "/openapi.json/",
    ] {
        app.http().get(path).await.expect(200);
    }
}

#[tokio::test]
async fn d8_22_configured_origins_may_call_with_credentials_and_others_may_not() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let preflight = |origin: &str| {
        Request::builder()
            .method(Method::OPTIONS)
            .uri("/users")
            .header("origin", origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "x-anything")
            .body(Body::empty())
            .unwrap()
    };
    let ours = app.http().request(preflight("http://localhost:5173")).await;
    assert_eq!(
        ours.header("access-control-allow-origin"),
        "http://localhost:5173"
    );
    assert_eq!(ours.header("access-control-allow-credentials"), "true");
    assert!(
        ours.header("access-control-allow-methods")
            .contains("PATCH")
    );
    assert_eq!(ours.header("access-control-max-age"), "600");
    let strange = app.http().request(preflight("https://evil.example")).await;
    assert_eq!(strange.header("access-control-allow-origin"), "");

    let mut setup = Setup::default();
    setup.server.cors_origins = vec!["*".to_owned()];
    let app = TestApp::on_sqlite(setup).await;
    let any = app.http().request(preflight("https://evil.example")).await;
    assert_eq!(any.header("access-control-allow-origin"), "*");
    assert_eq!(any.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn d8_19_with_keys_only_probes_are_open() {
    let mut setup = Setup {
        keys: vec!["canary-key".to_owned()],
        ..Setup::default()
    };
    setup.server.auth_mode = AuthMode::Keys;
    let app = TestApp::on_sqlite(setup).await;
    for path in [
        "/ping",
        "/health",
        "/healthz",
        "/health/db",
        "/health/ready",
    ] {
        app.http().get(path).await.expect(200);
    }
    let refused = app.http().get("/api/v1/tasks").await;
    let body = refused.expect(401);
    assert_eq!(body["code"], "unauthorized");
    assert!(!refused.text().contains("canary-key"));
    let keyed = |name: &str, value: &str| {
        Request::get("/api/v1/tasks")
            .header(name, value)
            .body(Body::empty())
            .unwrap()
    };
    app.http()
        .request(keyed("x-api-key", "canary-key"))
        .await
        .expect(200);
    app.http()
        .request(keyed("authorization", "Bearer canary-key"))
        .await
        .expect(200);
    app.http()
        .request(keyed("authorization", "Bearer wrong"))
        .await
        .expect(401);
}

#[tokio::test]
async fn the_document_names_every_route_and_the_page_is_served_from_the_binary() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let document = app.http().get("/openapi.json").await.expect(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
    assert_eq!(document["info"]["version"], "1.0.0");
    for path in [
        "/tasks/{task_id}",
        "/api/v1/chat",
        "/api/v1/extract",
        "/users",
        "/health/ready",
    ] {
        assert!(document["paths"].get(path).is_some(), "{path}");
    }
    let page = app.http().get("/docs").await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.text().contains("Swagger UI"));
    let script = app.http().get("/docs/swagger-ui-bundle.js").await;
    assert_eq!(script.status.as_u16(), 200);
    let redoc = app.http().get("/redoc").await;
    assert_eq!(
        (redoc.status.as_u16(), redoc.header("location")),
        (307, "/docs")
    );
}

#[tokio::test]
async fn c4_004_the_switches_of_the_document_and_its_page_hold() {
    let with = async |openapi: bool, swagger: bool| {
        let mut setup = Setup::default();
        setup.server.openapi_enabled = openapi;
        setup.server.swagger_ui_enabled = swagger;
        let app = TestApp::on_sqlite(setup).await;
        let document = app.http().get("/openapi.json").await.status.as_u16();
        (document, app.http().get("/docs").await.status.as_u16())
    };
    assert_eq!(with(true, true).await, (200, 200));
    assert_eq!(with(true, false).await, (200, 404));
    assert_eq!(with(false, true).await, (404, 404));
}

#[tokio::test]
async fn long_answers_are_compressed_when_the_client_can() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let request = Request::get("/openapi.json").header("accept-encoding", "gzip");
    let answer = app
        .http()
        .request(request.body(Body::empty()).unwrap())
        .await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(answer.json(), Value::Null);
}

#[tokio::test]
async fn wrong_types_name_the_place_and_what_stood_there() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let body = json!({ "summary": "x", "tags": ["a", 7] });
    let refused = app.http().post("/api/v1/tasks", body).await.expect(422);
    assert_eq!(refused["detail"][0]["loc"], json!(["body", "tags", 1]));
    assert_eq!(refused["detail"][0]["input"], 7);
}
