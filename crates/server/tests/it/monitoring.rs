//! How providers and services do: `/api/v1/ai/*`, `/api/v1/providers`, `/monitoring/*`.

use llm::mock::Reply;
use serde_json::{Value, json};
use testkit::{Setup, TestApp};

async fn app(replies: Vec<Reply>) -> TestApp {
    TestApp::on_sqlite(Setup {
        replies: Some(replies),
        ..Setup::default()
    })
    .await
}

async fn get(app: &TestApp, path: &str) -> Value {
    app.http().get(path).await.expect(200)
}

async fn chat(app: &TestApp, times: usize) {
    for _ in 0..times {
        let body = json!({ "message": "Hello" });
        app.http().post("/api/v1/chat", body).await.expect(200);
    }
}

/// The script ends with its last reply, which is given for ever.
fn refused() -> Reply {
    Reply::Fail(llm::ModelError::BadRequest("no".to_owned()))
}

/// Contract 002-B4; P-17.
#[tokio::test]
async fn e17_002_a_fresh_start_is_healthy_and_unknown_is_no_trouble() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for prefix in ["/monitoring", "/api/v1/monitoring"] {
        let health = get(&app, &format!("{prefix}/health")).await;
        assert_eq!(
            (&health["status"], &health["health"]),
            (&json!("success"), &json!("healthy"))
        );
        for service in ["groq", "huggingface", "supabase"] {
            assert_eq!(
                health["services"][service]["status"], "unknown",
                "{service}"
            );
        }
        assert_eq!(
            health["summary"],
            json!({ "total_requests": 0, "total_errors": 0, "error_rate": 0.0 })
        );
    }
}

/// Contract 002-E18, 002-E20.
#[tokio::test]
async fn a12_002_services_are_judged_by_their_calls() {
    let mut replies = vec![Reply::text("Hi"); 3];
    replies.push(refused());
    let app = app(replies).await;
    chat(&app, 4).await;
    let board = get(&app, "/monitoring/dashboard").await;
    let data = &board["data"];
    assert_eq!(data["services"]["groq"]["status"], "degraded");
    assert_eq!(data["services"]["groq"]["success_rate"], 0.75);
    assert_eq!(data["overall_health"], "degraded");
    assert_eq!(
        (&data["total_requests"], &data["total_errors"]),
        (&json!(4), &json!(1))
    );
    // 002-E21
    let limits = get(&app, "/api/v1/monitoring/rate-limits").await;
    assert_eq!(limits["rate_limits"]["groq"]["requests_per_minute"], 30);
    // 002-E20
    let service = get(&app, "/monitoring/service/groq").await;
    assert_eq!(service["service"]["error_count"], 1);
    let missing = app
        .http()
        .get("/monitoring/service/nobody")
        .await
        .expect(404);
    assert_eq!(missing["detail"], "Service not found");
}

#[tokio::test]
async fn e19_002_the_calls_of_the_last_minutes_are_listed() {
    let app = app(vec![Reply::text("Hi")]).await;
    chat(&app, 1).await;
    app.clock.advance(jiff::SignedDuration::from_mins(30));
    chat(&app, 1).await;
    let hour = get(&app, "/monitoring/metrics").await;
    assert_eq!(
        (&hour["timeframe_minutes"], &hour["metrics_count"]),
        (&json!(60), &json!(2))
    );
    let metric = &hour["metrics"][0];
    assert_eq!(
        (&metric["service"], &metric["endpoint"]),
        (&json!("groq"), &json!("chat"))
    );
    assert_eq!(metric["status_code"], 200);
    let recent = get(&app, "/api/v1/monitoring/metrics?minutes=10").await;
    assert_eq!(recent["metrics_count"], 1);
    for bad in ["0", "1441", "x"] {
        let path = format!("/monitoring/metrics?minutes={bad}");
        app.http().get(&path).await.expect(422);
    }
}

#[tokio::test]
async fn e22_002_an_export_is_a_file_with_the_calls_of_the_day() {
    let app = app(vec![Reply::text("Hi")]).await;
    chat(&app, 1).await;
    let export = app
        .http()
        .post("/monitoring/export", json!({}))
        .await
        .expect(200);
    let path = export["filepath"].as_str().unwrap();
    assert_eq!(path, "monitoring/metrics_export_20260310_100000.json");
    let written = std::fs::read(app.uploads().join(path)).unwrap();
    let written: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(written["metrics"].as_array().unwrap().len(), 1);
    assert_eq!(written["dashboard"]["overall_health"], "healthy");
}

/// Contract 003-M1, 003-M2, 003-M3; P-26.
#[tokio::test]
async fn e7_003_providers_are_shown_with_health_breaker_and_counts() {
    let app = app(vec![Reply::text("Hi"), refused()]).await;
    chat(&app, 2).await;
    let all = get(&app, "/api/v1/ai/providers").await;
    assert_eq!(all["count"], 1);
    assert_eq!(all, get(&app, "/api/v1/providers").await);
    let one = get(&app, "/api/v1/ai/providers/groq_1").await;
    assert_eq!(one, all["providers"][0]);
    assert_eq!((&one["calls"], &one["failures"]), (&json!(2), &json!(1)));
    assert_eq!(one["provider"]["provider_type"], "groq");
    assert_eq!(one["circuit_breaker"]["state"], "closed");
    let missing = app
        .http()
        .get("/api/v1/ai/providers/nobody")
        .await
        .expect(404);
    assert_eq!(missing["error"], "Provider not found");
    let metrics = get(&app, "/api/v1/ai/metrics").await;
    assert_eq!(metrics["total_requests"], 2);
    assert_eq!(metrics["provider_calls"]["groq_1"], 2);
    assert_eq!(metrics["registered_providers"], 1);
    let quota = get(&app, "/api/v1/ai/quota").await;
    assert_eq!(quota["providers"][0]["provider_name"], "groq_1");
    assert_eq!(quota["providers"][0]["request_count"], 2);
}

#[tokio::test]
async fn e7_003_an_account_that_rests_is_asked_again_after_a_reset_by_hand() {
    let key_refused = Reply::Fail(llm::ModelError::Unauthorized("no".to_owned()));
    let app = app(vec![key_refused, Reply::text("Hi")]).await;
    chat(&app, 2).await;
    assert_eq!(app.chat.as_ref().unwrap().calls(), 1);
    let resting = get(&app, "/api/v1/ai/providers/groq_1").await;
    assert_eq!(resting["paused_for"], "unauthorized");
    let services = &get(&app, "/api/v1/ai/health").await["ai_services"];
    assert_eq!(services["groq_status"], "error");
    assert_eq!(services["error"], "unauthorized");
    let path = |name: &str| format!("/api/v1/ai/providers/{name}/circuit/reset");
    let stranger = app.http().post(&path("nobody"), json!({})).await;
    stranger.expect(404);
    let reset = app.http().post(&path("groq_1"), json!({})).await;
    let provider = &reset.expect(200)["provider"];
    assert_eq!(provider["paused_for"], Value::Null);
    assert_eq!(provider["circuit_breaker"]["state"], "closed");
    chat(&app, 1).await;
    assert_eq!(app.chat.as_ref().unwrap().calls(), 2);
}

#[tokio::test]
async fn e4_002_ai_health_spends_no_completion() {
    let mut setup = Setup {
        replies: Some(vec![Reply::text("Hi"), refused()]),
        ..Setup::default()
    };
    setup.assistant.known_providers = vec!["groq".to_owned(), "groq_1".to_owned()];
    let app = TestApp::on_sqlite(setup).await;
    let services = &get(&app, "/api/v1/ai/health").await["ai_services"];
    assert_eq!(services["groq_status"], "healthy");
    assert_eq!(services["model"], "scripted-1");
    assert!(services["test_response"].as_str().unwrap().chars().count() <= 50);
    assert_eq!(services["groq"]["status"], "healthy");
    assert_eq!(services["huggingface"]["status"], "not_configured");
    assert_eq!(app.chat.as_ref().unwrap().calls(), 0);
    assert_eq!(services["groq_1"], Value::Null, "an account is no provider");
    let plain = TestApp::on_sqlite(Setup::default()).await;
    let services = &get(&plain, "/api/v1/ai/health").await["ai_services"];
    assert_eq!(services["groq_status"], "not_configured");
    assert!(
        services["message"]
            .as_str()
            .unwrap()
            .contains("GROQ_API_KEY")
    );
}
