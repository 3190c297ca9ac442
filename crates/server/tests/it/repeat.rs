//! Tasks that repeat: done, the next one is made, once.

use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

async fn make(app: &TestApp, rule: &str, due: Value) -> Value {
    let new = json!({
        "summary": "Water the plants", "recurrence": rule, "due_date": due, "priority": "high",
        "tags": ["home"], "assignee": "Anna", "area": "household",
    });
    app.http().post("/api/v1/tasks", new).await.expect(200)
}

async fn done(app: &TestApp, id: &Value) -> Value {
    let path = format!("/api/v1/tasks/{id}");
    let patch = json!({ "status": "completed" });
    app.http().put(&path, patch).await.expect(200)
}

async fn task(app: &TestApp, id: &Value) -> Value {
    let path = format!("/api/v1/tasks/{id}");
    app.http().get(&path).await.expect(200)
}

async fn count(app: &TestApp) -> Value {
    let listed = app.http().get("/api/v1/tasks").await.expect(200);
    listed["count"].clone()
}

#[tokio::test]
async fn the_next_one_is_made_in_either_vocabulary_and_once() {
    for database in databases() {
        let app = TestApp::start(&database, Setup::default()).await;
        // The test happens on Tuesday, the 10th.
        let first = make(&app, "FREQ=WEEKLY;BYDAY=TU", json!("2026-03-10")).await;
        assert_eq!(first["next_id"], Value::Null);
        let closed = done(&app, &first["id"]).await;
        let next = task(&app, &closed["next_id"]).await;
        for (field, value) in [
            ("due_date", json!("2026-03-17")),
            ("status", json!("pending")),
            ("recurrence", json!("FREQ=WEEKLY;BYDAY=TU")),
            ("completed_at", Value::Null),
            ("next_id", Value::Null),
        ] {
            assert_eq!(next[field], value, "{field}");
        }
        for same in [
            "summary", "priority", "tags", "assignee", "area", "category",
        ] {
            assert_eq!(next[same], first[same], "{same}");
        }
        // Done again, or undone and done again: nothing more comes of it.
        assert_eq!(done(&app, &first["id"]).await["next_id"], next["id"]);
        let path = format!("/api/v1/tasks/{}", first["id"]);
        app.http()
            .put(&path, json!({ "status": "pending" }))
            .await
            .expect(200);
        assert_eq!(done(&app, &first["id"]).await["next_id"], next["id"]);
        assert_eq!(count(&app).await, 2);
        let path = format!("/tasks/{}", next["id"]);
        let closed = app
            .http()
            .put(&path, json!({ "status": "done" }))
            .await
            .expect(200);
        let third = task(&app, &closed["next_id"]).await;
        assert_eq!(third["due_date"], "2026-03-24");
        // Each has its suggestion in the background.
        let jobs = app
            .http()
            .get("/api/v1/jobs?kind=suggest")
            .await
            .expect(200);
        assert_eq!(jobs["count"], 3);
    }
}

#[tokio::test]
async fn a_batch_repeats_what_repeats_and_nothing_else() {
    for database in databases() {
        let app = TestApp::start(&database, Setup::default()).await;
        let daily = make(&app, "FREQ=DAILY", json!("2026-03-10T09:00:00Z")).await;
        let once = json!({ "summary": "Call Ben" });
        let once = app.http().post("/api/v1/tasks", once).await.expect(200);
        let set = json!({ "ids": [daily["id"], once["id"]], "set": { "status": "completed" } });
        let closed = app
            .http()
            .post("/api/v1/tasks/batch", set)
            .await
            .expect(200);
        let next = &closed["tasks"][0]["next_id"];
        assert_eq!(task(&app, next).await["due_date"], "2026-03-11T09:00:00Z");
        assert_eq!(closed["tasks"][1]["next_id"], Value::Null);
        assert_eq!(count(&app).await, 3);
        // Any other change makes nothing.
        let set = json!({ "ids": [next], "set": { "status": "in_progress" } });
        app.http()
            .post("/api/v1/tasks/batch", set)
            .await
            .expect(200);
        let gone = json!({ "ids": [next, 99], "set": { "status": "completed" } });
        app.http()
            .post("/api/v1/tasks/batch", gone)
            .await
            .expect(404);
        assert_eq!(count(&app).await, 3, "all or nothing");
    }
}

#[tokio::test]
async fn a_series_ends_and_what_has_no_deadline_repeats_from_the_day_it_was_done() {
    for database in databases() {
        let app = TestApp::start(&database, Setup::default()).await;
        let first = make(&app, "FREQ=DAILY;COUNT=2", json!("2026-03-10")).await;
        let second = task(&app, &done(&app, &first["id"]).await["next_id"]).await;
        assert_eq!(second["due_date"], "2026-03-11");
        let last = done(&app, &second["id"]).await;
        assert_eq!(last["next_id"], Value::Null, "{last}");
        let free = make(&app, "FREQ=MONTHLY", Value::Null).await;
        let next = task(&app, &done(&app, &free["id"]).await["next_id"]).await;
        assert_eq!(next["due_date"], "2026-04-10");
        // A rule that nobody can read repeats nothing.
        let strange = make(&app, "now and then", json!("2026-03-10")).await;
        assert_eq!(done(&app, &strange["id"]).await["next_id"], Value::Null);
    }
}

#[tokio::test]
async fn two_who_close_it_at_once_make_one() {
    for database in databases() {
        let app = TestApp::start(&database, Setup::default()).await;
        for _ in 0..5 {
            let each = make(&app, "FREQ=DAILY", json!("2026-03-10")).await;
            let (one, other) = tokio::join!(done(&app, &each["id"]), done(&app, &each["id"]));
            assert_eq!(one["next_id"], other["next_id"]);
        }
        assert_eq!(count(&app).await, 10);
    }
}
