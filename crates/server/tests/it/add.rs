//! `/api/v1/add`: a task in one line.

use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

fn line(text: &str, more: &Value) -> Value {
    let mut body = json!({ "text": text, "reference_time": "2026-03-11T10:00:00+01:00", "timezone": "Europe/Berlin" });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

#[tokio::test]
async fn a_line_becomes_a_task_with_everything_it_says() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let body = line(
            "Pay rent every 1st at 9am #finance p1 @alex",
            &json!({ "user_id": "me" }),
        );
        let added = app.http().post("/api/v1/add", body).await.expect(200);
        let id = &added["task"]["id"];
        let kept = app
            .http()
            .get(&format!("/api/v1/tasks/{id}?user_id=me"))
            .await
            .expect(200);
        assert_eq!(kept["summary"], "Pay rent");
        assert_eq!(kept["due_date"], "2026-04-01T07:00:00Z");
        assert_eq!(kept["recurrence"], "FREQ=MONTHLY;BYMONTHDAY=1");
        assert_eq!(kept["priority"], "high");
        assert_eq!(kept["assignee"], "alex");
        assert_eq!(kept["tags"], json!(["finance"]));
        assert_eq!(kept["area"], "finance");
    }
}

#[tokio::test]
async fn a_preview_names_the_words_it_understood_and_keeps_nothing() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let body = line(
        "Zoë abholen übermorgen? no, tomorrow 1h +garden",
        &json!({ "dry_run": true }),
    );
    let seen = app.http().post("/api/v1/add", body).await.expect(200);
    assert_eq!(seen["due"], "2026-03-12");
    assert_eq!(seen["project"], "garden");
    assert_eq!(seen["duration_minutes"], 60);
    assert_eq!(seen["task"], Value::Null);
    let pieces: Vec<(&str, &str)> = seen["understood"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| {
            (
                piece["kind"].as_str().unwrap(),
                piece["words"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        pieces,
        [
            ("due", "tomorrow"),
            ("duration", "1h"),
            ("project", "+garden")
        ]
    );
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 0);
}

#[tokio::test]
async fn words_that_are_refused_go_back_into_the_title() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let text = "Return Friday to Ada";
    let seen = |refused: Value| {
        let body = line(text, &json!({ "dry_run": true, "refused": refused }));
        let app = &app;
        async move { app.http().post("/api/v1/add", body).await.expect(200) }
    };
    let before = seen(json!([])).await;
    assert_eq!(before["due"], "2026-03-13");
    let span = before["understood"][0]["span"].clone();
    let after = seen(json!([span])).await;
    assert_eq!(after["title"], text);
    assert_eq!(after["due"], Value::Null);
    assert_eq!(after["understood"], json!([]));
}

#[tokio::test]
async fn a_line_without_words_or_with_too_many_is_refused_with_the_reason() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for (text, said) in [
        ("  ".to_owned(), "what is to be done"),
        ("a".repeat(2001), "at most 2000"),
    ] {
        let answer = app
            .http()
            .post("/api/v1/add", line(&text, &json!({})))
            .await;
        answer.expect(422);
        assert!(answer.text().contains(said), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_line_that_says_the_same_as_an_open_task_is_told_and_kept_only_if_that_is_wanted() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let add = async |text: &str, more: Value| {
        let answer = app.http().post("/api/v1/add", line(text, &more)).await;
        answer.expect(200)
    };
    let first = add("Call Ada on Friday p1", json!({})).await;
    assert_eq!(first["duplicate_of"], Value::Null);
    let id = &first["task"]["id"];
    for more in [json!({ "dry_run": true }), json!({ "unless_known": true })] {
        let told = add("call Ada", more).await;
        assert_eq!((&told["duplicate_of"], &told["task"]), (id, &Value::Null));
    }
    let other_day = add("Call Ada on Sunday", json!({ "unless_known": true })).await;
    assert_eq!(other_day["duplicate_of"], Value::Null);
    assert_ne!(other_day["task"], Value::Null);
    let again = add("Call Ada on Friday", json!({})).await;
    assert_eq!(&again["duplicate_of"], id);
    assert_ne!(again["task"], Value::Null);
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 3);
}
