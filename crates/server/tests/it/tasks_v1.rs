//! `/api/v1/tasks`.

use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

async fn make(app: &TestApp, body: Value) -> Value {
    app.http().post("/api/v1/tasks", body).await.expect(200)
}

#[tokio::test]
async fn e7_002_the_worked_example_holds() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let new = json!({ "summary": "Order chairs", "priority": "urgent", "tags": ["office"],
                          "user_id": "u1", "metadata": { "k": [1, null] } });
        let made = make(&app, new).await;
        assert_eq!(made["category"], "general");
        assert_eq!(made["status"], "pending");
        assert_eq!(made["tags"], json!(["office"]));
        assert_eq!(made["metadata"], json!({ "k": [1, null] }));
        assert_eq!(made["created_at"], "2026-03-10T10:00:00Z");
        make(
            &app,
            json!({ "summary": "Somebody else's", "user_id": "u2" }),
        )
        .await;
        let listed = app.http().get("/api/v1/tasks?user_id=u1").await.expect(200);
        assert_eq!(listed["count"], 1);
        assert_eq!(listed["status"], "success");
        let all = app.http().get("/api/v1/tasks").await.expect(200);
        assert_eq!(all["tasks"][0]["summary"], "Somebody else's");
        let path = format!("/api/v1/tasks/{}", made["id"]);
        app.clock.advance(jiff::SignedDuration::from_secs(5));
        let done = app
            .http()
            .put(&path, json!({ "status": "completed" }))
            .await
            .expect(200);
        assert_eq!(done["status"], "completed");
        assert_eq!(done["updated_at"], "2026-03-10T10:00:05Z");
        let cleared = app
            .http()
            .delete("/api/v1/tasks?user_id=u1")
            .await
            .expect(200);
        assert_eq!(cleared["count"], 1);
        assert_eq!(cleared["message"], "Successfully cleared 1 tasks");
        assert_eq!(
            app.http().get("/api/v1/tasks").await.expect(200)["count"],
            1
        );
    }
}

#[tokio::test]
async fn e9_002_a_deleted_task_is_gone_and_can_be_restored() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        make(&app, json!({ "summary": "Water the plants" })).await;
        let gone = app.http().delete("/api/v1/tasks/1").await.expect(200);
        assert_eq!(
            gone,
            json!({ "message": "Task 1 deleted successfully", "status": "success" })
        );
        let missing = app
            .http()
            .put("/api/v1/tasks/1", json!({}))
            .await
            .expect(404);
        assert_eq!(missing["error"], "Task not found");
        assert_eq!(missing["message"], "Task with ID 1 not found.");
        let back = app
            .http()
            .post("/api/v1/tasks/1/restore", json!({}))
            .await
            .expect(200);
        assert_eq!(back["summary"], "Water the plants");
        app.http().get("/api/v1/tasks/1").await.expect(200);
    }
}

#[tokio::test]
async fn d8_21_a_labelled_request_touches_only_its_own_records() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        make(&app, json!({ "summary": "Mine", "user_id": "me" })).await;
        app.http()
            .get("/api/v1/tasks/1?user_id=you")
            .await
            .expect(404);
        app.http()
            .put("/api/v1/tasks/1?user_id=you", json!({}))
            .await
            .expect(404);
        app.http()
            .delete("/api/v1/tasks/1?user_id=you")
            .await
            .expect(404);
        let batch = json!({ "ids": [1], "delete": true, "user_id": "you" });
        app.http()
            .post("/api/v1/tasks/batch", batch)
            .await
            .expect(404);
        app.http()
            .get("/api/v1/tasks/1?user_id=me")
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn d8_28_a_batch_is_done_whole_or_not_at_all() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        for summary in ["a", "b", "c"] {
            make(&app, json!({ "summary": summary })).await;
        }
        let batch = async |body: Value| app.http().post("/api/v1/tasks/batch", body).await;
        let refused = batch(json!({ "ids": [1, 99, 2], "set": { "priority": "low" } })).await;
        assert!(
            refused.expect(404)["message"]
                .as_str()
                .unwrap()
                .contains("99")
        );
        assert_eq!(
            app.http().get("/api/v1/tasks/1").await.json()["priority"],
            "medium"
        );
        let set = batch(json!({ "ids": [1, 2], "set": { "priority": "low" } }))
            .await
            .expect(200);
        assert_eq!(set["count"], 2);
        batch(json!({ "ids": [1, 2], "delete": true }))
            .await
            .expect(200);
        assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 1);
        batch(json!({ "ids": [2], "restore": true }))
            .await
            .expect(200);
        assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 2);
        for wrong in [
            json!({ "ids": [1] }),
            json!({ "ids": [1], "delete": true, "restore": true }),
            json!({ "ids": [], "delete": true }),
            json!({ "ids": [1], "remove": true }),
        ] {
            batch(wrong).await.expect(422);
        }
    }
}

#[tokio::test]
async fn d8_28_search_finds_words_whatever_their_case_and_any_query_is_safe() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        make(
            &app,
            json!({ "summary": "Call the Plumber", "description": "kitchen sink" }),
        )
        .await;
        make(&app, json!({ "summary": "Buy paint" })).await;
        let found = async |query: &str| {
            let path = format!("/api/v1/tasks/search?q={query}");
            app.http().get(&path).await.expect(200)["count"]
                .as_u64()
                .unwrap()
        };
        assert_eq!(found("plumber").await, 1);
        assert_eq!(found("plum").await, 1);
        assert_eq!(found("sink").await, 1);
        assert_eq!(found("nothing").await, 0);
        for query in ["%22", "a%20OR%20b", "*", "%27%3B--", "NEAR(", "%26%26%7C"] {
            found(query).await;
        }
        app.http().get("/api/v1/tasks/search").await.expect(422);
        app.http()
            .get("/api/v1/tasks/search?q=%20")
            .await
            .expect(422);
    }
}

#[tokio::test]
async fn tasks_are_filtered_by_every_facet_and_by_a_range_of_deadlines() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let rows = [
            ("a", "2026-03-12", "work", "high"),
            ("b", "2026-03-14T12:00:00Z", "household", "low"),
            ("c", "2026-04-01", "work", "low"),
        ];
        for (summary, due, area, priority) in rows {
            let row = json!({ "summary": summary, "due_date": due, "area": area,
                              "priority": priority, "category": "planning" });
            make(&app, row).await;
        }
        let found = async |query: &str| {
            let listed = app
                .http()
                .get(&format!("/api/v1/tasks?{query}"))
                .await
                .expect(200);
            let rows = listed["tasks"].as_array().unwrap().iter();
            rows.map(|task| task["summary"].as_str().unwrap().to_owned())
                .collect::<String>()
        };
        assert_eq!(found("area=work").await, "ca");
        assert_eq!(found("area=work&priority=high").await, "a");
        assert_eq!(found("due_from=2026-03-12&due_to=2026-03-14").await, "ba");
        assert_eq!(found("due_to=2026-03-12").await, "a");
        assert_eq!(found("category=general").await, "");
        assert_eq!(found("limit=2").await, "cb");
        let page = app.http().get("/api/v1/tasks?limit=2").await.json();
        assert_eq!(page["next"], 2);
        assert_eq!(found("limit=2&after=2").await, "a");
        app.http()
            .get("/api/v1/tasks?due_from=tomorrow")
            .await
            .expect(422);
    }
}

#[tokio::test]
async fn d8_41_limits_and_nulls_are_held() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let refused = [
        json!({}),
        json!({ "summary": "" }),
        json!({ "summary": "x".repeat(2001) }),
        json!({ "summary": "x", "description": "x".repeat(20_001) }),
        json!({ "summary": "x", "category": "x".repeat(101) }),
        json!({ "summary": "x", "tags": vec!["t"; 51] }),
        json!({ "summary": "x", "metadata": { "k": "x".repeat(17_000) } }),
        json!({ "summary": "x", "due_date": "2026-02-30" }),
        json!({ "summary": "x", "status": "open" }),
        json!({ "summary": "x", "user_id": "x".repeat(101) }),
        json!("text"),
        json!([]),
    ];
    for body in refused {
        let answer = app.http().post("/api/v1/tasks", body.clone()).await;
        assert_eq!(
            answer.status.as_u16(),
            422,
            "{}",
            body.to_string().get(..60).unwrap_or("…")
        );
    }
    make(
        &app,
        json!({ "summary": "x", "description": "d", "due_date": "2026-05-01" }),
    )
    .await;
    for field in ["summary", "priority", "status", "category", "tags"] {
        app.http()
            .put("/api/v1/tasks/1", json!({ field: null }))
            .await
            .expect(422);
    }
    let emptied = json!({ "description": null, "due_date": null });
    let emptied = app.http().put("/api/v1/tasks/1", emptied).await.expect(200);
    assert_eq!(emptied["due_date"], Value::Null);
    assert_eq!(emptied["description"], Value::Null);
}

#[tokio::test]
async fn both_vocabularies_are_read_on_both_paths() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let made = make(
        &app,
        json!({ "title": "From the other side", "status": "todo" }),
    )
    .await;
    assert_eq!(made["status"], "pending");
    let seen = app.http().get("/tasks/1").await.expect(200);
    assert_eq!(seen["title"], "From the other side");
    let cancelled = app
        .http()
        .put("/tasks/1", json!({ "status": "cancelled" }))
        .await
        .expect(200);
    assert_eq!(cancelled["status"], "cancelled");
}

#[tokio::test]
async fn a_chain_of_tasks_that_would_bite_its_tail_is_refused() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        make(&app, json!({ "summary": "first" })).await;
        let second = make(&app, json!({ "summary": "second", "depends_on": [1] })).await;
        assert_eq!(second["depends_on"], json!([1]));
        app.http()
            .put("/api/v1/tasks/1", json!({ "depends_on": [2] }))
            .await
            .expect(422);
        app.http()
            .put("/api/v1/tasks/1", json!({ "depends_on": [77] }))
            .await
            .expect(422);
    }
}
