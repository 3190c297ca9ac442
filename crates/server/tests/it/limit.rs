//! The limit of requests that come in (contract D8.27).

use axum::body::Body;
use http::Request;
use jiff::SignedDuration;
use serde_json::json;
use server::AuthMode;
use testkit::{Answer, Setup, TestApp, TestRedis, redis};

fn three_a_minute() -> Setup {
    let mut setup = Setup::default();
    setup.server.rate_limit_per_minute = Some(3);
    setup
}

async fn with_key(app: &TestApp, path: &str, key: &str) -> Answer {
    let request = Request::get(path).header("x-api-key", key);
    app.http()
        .request(request.body(Body::empty()).unwrap())
        .await
}

/// P-15.
#[tokio::test]
async fn d8_27_the_fourth_request_of_a_minute_is_refused_and_told_when_to_come_back() {
    let app = TestApp::on_sqlite(three_a_minute()).await;
    for remaining in ["2", "1", "0"] {
        let answer = app.http().get("/api/v1/tasks").await;
        answer.expect(200);
        assert_eq!(answer.header("x-ratelimit-limit"), "3");
        assert_eq!(answer.header("x-ratelimit-remaining"), remaining);
        app.clock.advance(SignedDuration::from_secs(10));
    }
    let refused = app
        .http()
        .post("/api/v1/tasks", json!({ "summary": "x" }))
        .await;
    let body = refused.expect(429);
    assert_eq!(body["code"], "too_many_requests");
    assert_eq!(body["error"], "Too Many Requests");
    assert_eq!(refused.header("retry-after"), "30");
    assert_eq!(refused.header("x-ratelimit-remaining"), "0");
    // 2026-03-10T10:01:00Z
    assert_eq!(refused.header("x-ratelimit-reset"), "1773136860");
    for probe in [
        "/ping",
        "/health",
        "/healthz",
        "/health/ready",
        "/web/main.js",
    ] {
        let answer = app.http().get(probe).await;
        answer.expect(200);
        assert_eq!(answer.header("x-ratelimit-limit"), "", "{probe} is free");
    }
    app.clock.advance(SignedDuration::from_secs(30));
    let listed = app.http().get("/api/v1/tasks").await.expect(200);
    assert_eq!(listed["count"], 0, "what was refused was not done");
}

#[tokio::test]
async fn d8_27_every_key_has_its_own_count_and_guesses_have_none() {
    let mut setup = three_a_minute();
    setup.server.auth_mode = AuthMode::Keys;
    setup.keys = vec!["one".to_owned(), "two".to_owned()];
    let app = TestApp::on_sqlite(setup).await;
    for key in ["one", "two"] {
        for status in [200, 200, 200, 429] {
            with_key(&app, "/api/v1/tasks", key).await.expect(status);
        }
    }
    for (guess, status) in [("a", 401), ("b", 401), ("c", 401), ("d", 429)] {
        with_key(&app, "/api/v1/tasks", guess).await.expect(status);
    }
}

#[tokio::test]
async fn d8_27_no_limit_and_no_headers_unless_it_is_set() {
    for limit in [None, Some(0)] {
        let mut setup = Setup::default();
        setup.server.rate_limit_per_minute = limit;
        let app = TestApp::on_sqlite(setup).await;
        for _ in 0..5 {
            let answer = app.http().get("/api/v1/tasks").await;
            answer.expect(200);
            assert_eq!(answer.header("x-ratelimit-limit"), "");
        }
    }
}

#[tokio::test]
async fn d8_27_processes_that_share_a_redis_count_together() {
    let server = redis();
    let setup = || Setup {
        shared: Some(server.config()),
        ..three_a_minute()
    };
    let (one, other) = (
        TestApp::on_sqlite(setup()).await,
        TestApp::on_sqlite(setup()).await,
    );
    for (app, status) in [
        (&one, 200),
        (&other, 200),
        (&one, 200),
        (&other, 429),
        (&one, 429),
    ] {
        app.http().get("/api/v1/tasks").await.expect(status);
    }
}

#[tokio::test]
async fn d8_27_without_its_redis_a_process_counts_for_itself() {
    let mut setup = three_a_minute();
    let nobody = TestRedis {
        url: "redis://127.0.0.1:1/".to_owned(),
        prefix: String::new(),
    };
    setup.shared = Some(nobody.config());
    let app = TestApp::on_sqlite(setup).await;
    for status in [200, 200, 200, 429] {
        app.http().get("/api/v1/tasks").await.expect(status);
    }
    let health = app.http().get("/health").await.expect(200);
    assert_eq!(health["cache"], "unavailable");
}
