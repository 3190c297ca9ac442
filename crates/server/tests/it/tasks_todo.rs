//! `/tasks`: the to-do vocabulary.

use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

#[tokio::test]
async fn e3_000_the_worked_example_holds() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let new = json!({ "title": "Write the quarterly report", "priority": "high" });
        let made = app.http().post("/tasks/", new).await.expect(200);
        assert_eq!(made["id"], 1);
        assert_eq!(made["status"], "todo");
        assert_eq!(made["ai_suggestion"], Value::Null);
        let done = app
            .http()
            .put("/tasks/1", json!({ "status": "done" }))
            .await
            .expect(200);
        assert_eq!(done["status"], "done");
        assert_eq!(done["title"], "Write the quarterly report");
        let listed = app.http().get("/tasks/?status=done").await.expect(200);
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
        let summary = app.http().get("/tasks/analytics/summary").await.expect(200);
        assert_eq!(summary["total_tasks"], 1);
        assert_eq!(
            summary["by_status"],
            json!({ "todo": 0, "in_progress": 0, "done": 1, "cancelled": 0 })
        );
        assert_eq!(summary["by_priority"]["high"], 1);
        assert_eq!(summary["by_priority"]["urgent"], 0);
        let gone = app.http().delete("/tasks/1").await.expect(200);
        assert_eq!(gone, json!({ "message": "Task deleted successfully" }));
        let missing = app.http().get("/tasks/1").await.expect(404);
        assert_eq!(missing["detail"], "Task not found");
        assert_eq!(missing["error"], "Task not found");
    }
}

#[tokio::test]
async fn e3_000_a_deadline_must_lie_ahead() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let with = |due: &str| json!({ "title": "x", "due_date": due });
    app.http()
        .post("/tasks", with("2026-03-09T10:00:00Z"))
        .await
        .expect(422);
    app.http()
        .post("/tasks", with("2026-03-09"))
        .await
        .expect(422);
    let made = app
        .http()
        .post("/tasks", with("2026-03-11T10:00:00+02:00"))
        .await
        .expect(200);
    assert_eq!(made["due_date"], "2026-03-11T08:00:00Z");
    let refused = app
        .http()
        .put("/tasks/1", json!({ "due_date": "2020-01-01" }))
        .await;
    assert_eq!(
        refused.expect(422)["detail"][0]["loc"],
        json!(["body", "due_date"])
    );
    let kept = app
        .http()
        .put("/tasks/1", json!({ "title": "y" }))
        .await
        .expect(200);
    assert_eq!(kept["due_date"], "2026-03-11T08:00:00Z");
}

#[tokio::test]
async fn e4_000_filters_are_combined_and_unknown_words_refused() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        for (title, priority) in [("a", "high"), ("b", "low"), ("c", "high")] {
            let new = json!({ "title": title, "priority": priority });
            app.http().post("/tasks", new).await.expect(200);
        }
        app.http()
            .put("/tasks/3", json!({ "status": "in_progress" }))
            .await
            .expect(200);
        let titles = async |query: &str| {
            let listed = app.http().get(&format!("/tasks{query}")).await.expect(200);
            let titles = listed.as_array().unwrap().iter();
            titles
                .map(|task| task["title"].as_str().unwrap().to_owned())
                .collect::<String>()
        };
        assert_eq!(titles("").await, "abc");
        assert_eq!(titles("?priority=high&status=todo").await, "a");
        assert_eq!(titles("?limit=1&after=1").await, "b");
        let refused = app.http().get("/tasks?status=finished").await.expect(422);
        assert_eq!(refused["detail"][0]["type"], "enum");
        assert_eq!(refused["detail"][0]["loc"], json!(["query", "status"]));
    }
}

#[tokio::test]
async fn a8_000_overdue_counts_what_is_open_and_past_its_deadline() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        for due in ["2026-03-10T11:00:00Z", "2026-03-10", "2026-03-12"] {
            app.http()
                .post("/tasks", json!({ "title": "x", "due_date": due }))
                .await
                .expect(200);
        }
        let overdue = async || {
            app.http().get("/tasks/analytics/summary").await.expect(200)["overdue_count"].clone()
        };
        assert_eq!(overdue().await, 0);
        app.clock.advance(jiff::SignedDuration::from_hours(2));
        assert_eq!(overdue().await, 1);
        app.clock.advance(jiff::SignedDuration::from_hours(24));
        assert_eq!(overdue().await, 2);
        app.http()
            .put("/tasks/1", json!({ "status": "done" }))
            .await
            .expect(200);
        assert_eq!(overdue().await, 1);
    }
}

#[tokio::test]
async fn titles_and_descriptions_have_their_limits() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let cases = [
        (json!({}), "missing"),
        (json!({ "title": "" }), "string_too_short"),
        (json!({ "title": "   " }), "string_too_short"),
        (json!({ "title": "x".repeat(201) }), "string_too_long"),
        (
            json!({ "title": "x", "description": "x".repeat(5001) }),
            "string_too_long",
        ),
        (json!({ "title": "x", "priority": "highest" }), "enum"),
        (json!({ "title": null }), "string_type"),
    ];
    for (body, kind) in cases {
        let refused = app.http().post("/tasks", body.clone()).await.expect(422);
        assert_eq!(refused["detail"][0]["type"], kind, "{body}");
    }
    app.http().get("/tasks/abc").await.expect(422);
    let exact = json!({ "title": "ü".repeat(200) });
    app.http().post("/tasks", exact).await.expect(200);
}
