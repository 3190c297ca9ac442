//! What grows without end is forgotten after a while, and nothing else is.

use domain::call::{CallStatus, ModelCall};
use jiff::SignedDuration;
use serde_json::json;
use testkit::{Setup, TestApp, TestDatabase, databases};
use uuid::Uuid;

use crate::forms::work_off;

fn call(app: &TestApp, age: SignedDuration) -> ModelCall {
    ModelCall {
        id: Uuid::now_v7(),
        request_id: Uuid::now_v7(),
        user_id: None,
        purpose: "chat".to_owned(),
        provider: "groq_1".to_owned(),
        model_type: "cloud".to_owned(),
        model: "m".to_owned(),
        status: CallStatus::Success,
        error_class: None,
        input_tokens: Some(1),
        output_tokens: Some(1),
        characters: 10,
        usage_estimated: false,
        cost_micros: None,
        latency_ms: 5,
        first_token_ms: None,
        created_at: domain::Clock::now(&*app.clock) - age,
    }
}

async fn app(database: &TestDatabase, keep_calls_days: u32) -> TestApp {
    let assistant = assistant::Config {
        keep_calls_days,
        ..assistant::Config::default()
    };
    let setup = Setup {
        assistant,
        ..Setup::default()
    };
    Box::pin(TestApp::start(database, setup)).await
}

#[tokio::test]
async fn calls_are_forgotten_after_their_days_and_jobs_a_week_after_they_are_done() {
    for database in databases() {
        let app = app(&database, 30).await;
        let days = |count: i64| SignedDuration::from_hours(24 * count);
        // More old ones than go at once.
        let mut calls: Vec<ModelCall> = (0..501).map(|_| call(&app, days(31))).collect();
        calls.push(call(&app, days(29)));
        app.store.add_calls(&calls).await.unwrap();
        app.http()
            .post("/tasks", json!({ "title": "Write" }))
            .await
            .expect(200);
        work_off(&app).await;
        assert_eq!(app.assistant.forget_old().await.unwrap(), 501);
        assert_eq!(app.assistant.forget_old().await.unwrap(), 0);

        app.clock.advance(days(8));
        let jobs = || async { app.http().get("/api/v1/jobs").await.expect(200)["count"].clone() };
        assert_eq!(jobs().await, 1);
        assert_eq!(app.assistant.forget_old().await.unwrap(), 2);
        assert_eq!(jobs().await, 0);
        // What was used on those days is still known.
        let used = app.store.provider_usage(
            None,
            jiff::civil::date(2026, 1, 1),
            jiff::civil::date(2026, 3, 31),
        );
        let requests: i64 = used
            .await
            .unwrap()
            .iter()
            .map(|day| day.request_count)
            .sum();
        assert_eq!(requests, 502);
    }
}

#[tokio::test]
async fn calls_are_kept_for_ever_where_that_is_wanted() {
    for database in databases() {
        let app = app(&database, 0).await;
        let old = call(&app, SignedDuration::from_hours(24 * 4000));
        app.store.add_calls(&[old]).await.unwrap();
        assert_eq!(app.assistant.forget_old().await.unwrap(), 0);
    }
}
