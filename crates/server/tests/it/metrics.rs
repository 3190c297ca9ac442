//! `/metrics`.

use std::collections::HashSet;

use llm::mock::Reply;
use serde_json::json;
use testkit::{Setup, TestApp, databases};

async fn metrics(app: &TestApp) -> String {
    let answer = app.http().get("/metrics").await;
    assert!(answer.status.is_success(), "{}", answer.text());
    assert!(answer.header("content-type").contains("openmetrics-text"));
    answer.text()
}

#[track_caller]
fn told(text: &str, line: &str) {
    assert!(text.lines().any(|one| one == line), "{line}\n{text}");
}

/// Contract 000-E10, 000-B3; P-01, P-17.
#[tokio::test]
async fn m1_000_the_three_series_are_there_before_the_first_call() {
    let text = metrics(&TestApp::on_sqlite(Setup::default()).await).await;
    told(
        &text,
        r#"ai_requests_total{status="success",model_type="local"} 0"#,
    );
    told(
        &text,
        r#"ai_requests_total{status="success",model_type="cloud"} 0"#,
    );
    told(
        &text,
        r#"ai_requests_total{status="mock",model_type="fallback"} 0"#,
    );
    told(&text, "# TYPE ai_requests counter");
    assert!(text.ends_with("# EOF\n"));
    assert_eq!(text.matches("# EOF").count(), 1);
}

#[tokio::test]
async fn d8_40_every_call_is_counted_and_a_tip_is_a_mock() {
    for database in databases() {
        let refused = Reply::Fail(llm::ModelError::BadRequest("no".to_owned()));
        let setup = Setup {
            replies: Some(vec![Reply::text("Hi"), refused]),
            ..Setup::default()
        };
        let app = TestApp::start(&database, setup).await;
        for _ in 0..3 {
            let body = json!({ "message": "Hello" });
            app.http().post("/api/v1/chat", body).await.expect(200);
        }
        let body = json!({ "title": "Write" });
        let task = app.http().post("/tasks", body).await.expect(200);
        let path = format!("/tasks/{}/ai-suggestion?model=mock", task["id"]);
        app.http().get(&path).await.expect(200);
        let text = metrics(&app).await;
        told(
            &text,
            r#"ai_requests_total{status="success",model_type="cloud"} 1"#,
        );
        told(
            &text,
            r#"ai_requests_total{status="error",model_type="cloud"} 2"#,
        );
        told(
            &text,
            r#"ai_requests_total{status="mock",model_type="fallback"} 1"#,
        );
        told(
            &text,
            r#"intelliassist_model_call_duration_seconds_count{provider="groq_1",use="chat"} 3"#,
        );
        told(
            &text,
            r#"intelliassist_provider_circuit_state{provider="groq_1"} 0"#,
        );
        told(
            &text,
            r#"intelliassist_provider_quota_remaining_ratio{provider="groq_1"} 1.0"#,
        );
        told(
            &text,
            r#"intelliassist_provider_calls_in_flight{provider="groq_1"} 0"#,
        );
        assert!(text.contains("intelliassist_jobs{kind="), "{text}");
    }
}

#[tokio::test]
async fn requests_are_counted_by_route_and_strangers_share_one_name() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for id in 1..=3 {
        app.http().get(&format!("/tasks/{id}")).await.expect(404);
        app.http().get(&format!("/nowhere/{id}")).await.expect(404);
    }
    app.http()
        .post("/api/ask", json!({ "query": "Why?" }))
        .await
        .expect(200);
    let text = metrics(&app).await;
    let count = "intelliassist_http_request_duration_seconds_count";
    told(
        &text,
        &format!(r#"{count}{{method="GET",route="/tasks/{{task_id}}",status="404"}} 3"#),
    );
    told(
        &text,
        &format!(r#"{count}{{method="GET",route="none",status="404"}} 3"#),
    );
    told(&text, "intelliassist_http_requests_in_flight 1");
    told(
        &text,
        r#"intelliassist_cache_misses_total{namespace="ask"} 1"#,
    );
    told(
        &text,
        r#"intelliassist_cache_hits_total{namespace="ask"} 0"#,
    );
}

/// The rules in `deploy/examples/alerts.yml` speak of metrics that are there.
#[tokio::test]
async fn every_metric_of_the_example_rules_exists() {
    let rules = include_str!("../../../../deploy/examples/alerts.yml");
    // What has no series yet is not told, so there is an account and a job.
    let app = TestApp::on_sqlite(Setup {
        replies: Some(vec![Reply::text("Hi")]),
        ..Setup::default()
    })
    .await;
    let task = json!({ "title": "Write" });
    app.http().post("/tasks", task).await.expect(200);
    let text = metrics(&app).await;
    let mut known = HashSet::new();
    for line in text.lines() {
        let Some((name, kind)) = line
            .strip_prefix("# TYPE ")
            .and_then(|line| line.split_once(' '))
        else {
            continue;
        };
        let ends: &[&str] = match kind {
            "counter" => &["_total"],
            "histogram" => &["_bucket", "_sum", "_count"],
            _ => &[""],
        };
        known.extend(ends.iter().map(|end| format!("{name}{end}")));
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let named: HashSet<&str> = rules
        .split(|c: char| !is_part(c))
        .filter(|word| word.starts_with("ai_") || word.starts_with("intelliassist_"))
        .collect();
    assert!(named.len() > 8, "{named:?}");
    for name in named {
        assert!(known.contains(name), "{name} is in no answer of /metrics");
    }
}

#[tokio::test]
async fn what_the_service_stands_on_is_a_number() {
    let text = metrics(&TestApp::on_sqlite(Setup::default()).await).await;
    told(&text, r#"intelliassist_dependency_up{name="database"} 1"#);
    assert!(!text.contains(r#"name="redis""#), "none is set up");
    told(&text, "intelliassist_config_reload_success 1");
    told(&text, "intelliassist_config_reload_timestamp_seconds 0");
}
