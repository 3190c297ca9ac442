//! `/`, the probes and the status page.

use assistant::LocalModelState;
use testkit::{Setup, TestApp, databases};

#[tokio::test]
async fn the_root_says_who_answers_and_where_to_go() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let root = app.http().get("/").await.expect(200);
    // 000-E1, 001-E1, 002-E2, 003-E4
    assert_eq!(root["status"], "running");
    assert_eq!(root["version"], "1.0.0");
    assert_eq!(root["health"], "/healthz");
    assert_eq!(root["ping"], "/ping");
    assert_eq!(root["docs"], "/docs");
    for key in ["name", "app", "message"] {
        assert!(
            root[key].as_str().is_some_and(|text| !text.is_empty()),
            "{key}"
        );
    }
}

#[tokio::test]
async fn e1_002_ping_answers_with_a_unix_time() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let ping = app.http().get("/ping").await.expect(200);
    assert_eq!(ping["status"], "ok");
    assert_eq!(ping["timestamp"].as_f64(), Some(1_773_136_800.0));
}

#[tokio::test]
async fn health_tells_of_the_database_on_both() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        // 000-E2, 003-E3
        let health = app.http().get("/health").await.expect(200);
        assert_eq!(health["status"], "healthy");
        assert_eq!(health["database"], "connected");
        assert_eq!(health["timestamp"], "2026-03-10T10:00:00Z");
        // 001-E2, 004-E1
        assert_eq!(app.http().get("/healthz").await.expect(200)["status"], "ok");
        assert_eq!(
            app.http().get("/health/db").await.expect(200)["status"],
            "ok"
        );
        app.http().get("/health/ready").await.expect(200);
        // 002-E5, D8.33
        let health = app.http().get("/api/v1/database/health").await.expect(200);
        let kind = if database.engine() == "sqlite" {
            "sqlite"
        } else {
            "postgresql"
        };
        assert_eq!(health["database"]["type"], kind);
        assert_eq!(health["database"]["status"], "connected");
        assert_eq!(health["database"]["tasks_count"], 0);
    }
}

#[tokio::test]
async fn d8_20_a_database_that_is_gone_turns_readiness_red_and_liveness_stays_green() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    app.store.close().await;
    let failure = app.http().get("/health/ready").await;
    assert_eq!(failure.expect(503)["code"], "service_unavailable");
    assert!(!failure.header("retry-after").is_empty());
    assert_eq!(
        app.http().get("/health").await.expect(200)["status"],
        "healthy"
    );
    let failure = app.http().get("/health/db").await.expect(503);
    assert_eq!(failure["detail"], "Database Unavailable");
    let failure = app.http().get("/api/v1/tasks").await;
    failure.expect(503);
    assert!(!failure.header("retry-after").is_empty());
    let health = app.http().get("/api/v1/database/health").await.expect(200);
    assert_eq!(health["database"]["status"], "error");
}

#[tokio::test]
async fn e3_002_status_shows_how_far_a_model_is_and_what_is_missing() {
    let model = |name: &str, status: &str, percent, hint: Option<&str>| LocalModelState {
        name: name.to_owned(),
        purpose: "text".to_owned(),
        status: status.to_owned(),
        percent,
        hint: hint.map(str::to_owned),
    };
    let setup = Setup {
        local_models: vec![
            model("text-0.5b", "downloading", Some(42.5), None),
            model(
                "text-1.5b",
                "missing",
                None,
                Some("intelliassist models pull full"),
            ),
        ],
        ..Setup::default()
    };
    let app = TestApp::on_sqlite(setup).await;
    let status = app.http().get("/api/v1/status").await.expect(200);
    assert_eq!(status["status"], "operational");
    assert_eq!(status["max_file_size_mb"], 5);
    assert_eq!(status["local_models"][0]["percent"], 42.5);
    let accounts = app.http().get("/api/v1/providers").await.expect(200);
    assert_eq!(accounts["local_models"], status["local_models"]);
    let warnings = status["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].as_str().unwrap().contains("models pull full"));
}
