//! `/api/v1/tasks/accept`: what was proposed is kept as it was accepted.

use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

const NOTE: &str = "Nora to send the beta list to legal by Thursday noon. Once legal has signed off, \
                    Yusuf writes the announcement.";

async fn proposed(app: &TestApp) -> Value {
    let body = json!({ "text": NOTE, "reference_time": "2026-03-10T11:00:00+01:00" });
    let found = app.http().post("/api/v1/extract", body).await.expect(200);
    found["tasks"].clone()
}

#[tokio::test]
async fn proposals_sent_back_as_they_came_are_kept_with_links_and_evidence() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let tasks = proposed(&app).await;
        let body = json!({ "tasks": tasks, "user_id": "nora" });
        let saved = app
            .http()
            .post("/api/v1/tasks/accept", body)
            .await
            .expect(200);
        assert_eq!(saved["count"], 2);
        let first = &saved["tasks"][0];
        assert_eq!(first["due_date"], "2026-03-12T11:00:00Z");
        assert_eq!(first["assignee"], "Nora");
        assert_eq!(first["user_id"], "nora");
        assert_eq!(first["evidence"]["quote"], tasks[0]["evidence"]["quote"]);
        assert_eq!(saved["tasks"][1]["depends_on"], json!([first["id"]]));
    }
}

#[tokio::test]
async fn what_was_changed_or_refused_before_accepting_is_kept_so() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let mut tasks = proposed(&app).await;
    tasks[0]["summary"] = "  Send the list  ".into();
    tasks[0]["due"] = Value::Null;
    tasks[0]["priority"] = "urgent".into();
    let body = json!({ "tasks": [tasks[0]] });
    let saved = app
        .http()
        .post("/api/v1/tasks/accept", body)
        .await
        .expect(200);
    let kept = &saved["tasks"][0];
    assert_eq!(kept["summary"], "Send the list");
    assert_eq!(kept["due_date"], Value::Null);
    assert_eq!(kept["priority"], "urgent");
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 1);
}

#[tokio::test]
async fn a_list_with_a_fault_keeps_nothing_and_says_which() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let quote = |start: usize, end: usize| json!({ "source": "message", "start": start, "end": end, "quote": "x" });
    let table = [
        (json!([]), "tasks"),
        (json!([{ "summary": "  " }]), "summary"),
        (
            json!([{ "summary": "Sow", "depends_on": [7] }]),
            "depends_on",
        ),
        (json!([{ "summary": "Sow", "parent": 1 }]), "parent"),
        (
            json!([{ "summary": "Sow", "evidence": quote(5, 2) }]),
            "evidence",
        ),
        (json!([{ "summary": "Sow", "due": "soonish" }]), "due_date"),
        (
            json!([{ "summary": "Sow" }, { "summary": "Reap", "priority": "vast" }]),
            "priority",
        ),
        (
            json!([{ "summary": "Sow", "depends_on": [1] }, { "summary": "Reap", "depends_on": [0] }]),
            "before itself",
        ),
    ];
    for (tasks, field) in table {
        let body = json!({ "tasks": tasks });
        let answer = app.http().post("/api/v1/tasks/accept", body).await;
        answer.expect(422);
        assert!(answer.text().contains(field), "{tasks}: {}", answer.text());
    }
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 0);
}

#[tokio::test]
async fn what_became_a_task_meanwhile_is_told_and_nothing_is_kept_until_it_is_known() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let mut tasks = proposed(&app).await;
    let accept = async |tasks: &Value| {
        let body = json!({ "tasks": tasks, "unless_known": true });
        let answer = app.http().post("/api/v1/tasks/accept", body).await;
        answer.expect(200)
    };
    let task = json!({ "summary": "Write the announcement" });
    let id = app.http().post("/api/v1/tasks", task).await.expect(200)["id"].clone();
    let told = accept(&tasks).await;
    assert_eq!((&told["count"], &told["tasks"]), (&json!(0), &json!([])));
    let duplicates = json!([{ "place": 1, "duplicate_of": id }]);
    assert_eq!(told["duplicates"], duplicates);
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 1);
    tasks[1]["duplicate_of"] = id;
    let kept = accept(&tasks).await;
    assert_eq!(
        (&kept["count"], &kept["duplicates"]),
        (&json!(2), &json!([]))
    );
}
