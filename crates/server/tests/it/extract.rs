//! `/api/v1/extract`.

use llm::mock::Reply;
use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

const NOTE: &str = "Hi Noor, can you please send the signed offer to Lukas by Thursday noon? \
                    After that I'll set up his accounts. – Elena";

fn ask(more: &Value) -> Value {
    let mut body = json!({ "text": NOTE, "reference_time": "2026-02-10T09:00:00+01:00" });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

#[tokio::test]
async fn d8_2_a_mail_becomes_tasks_with_evidence_and_nothing_is_saved() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let found = app
        .http()
        .post("/api/v1/extract", ask(&json!({})))
        .await
        .expect(200);
    assert_eq!(found["status"], "success");
    assert_eq!(found["model_info"]["method"], "rules");
    let task = &found["tasks"][0];
    assert_eq!(task["due"], "2026-02-12T12:00:00+01:00");
    assert_eq!(task["assignee"], "Noor");
    assert_eq!(task["id"], Value::Null);
    let place = |end: &str| {
        let at = task["evidence"][end].as_u64().unwrap();
        usize::try_from(at).unwrap()
    };
    let (start, end) = (place("start"), place("end"));
    let quote: String = NOTE.chars().skip(start).take(end - start).collect();
    assert_eq!(task["evidence"]["quote"], quote);
    assert_eq!(found["tasks"][1]["depends_on"], json!([0]));
    assert!(task.get("reasons").is_none());
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 0);
}

#[tokio::test]
async fn d8_2_saving_keeps_deadlines_links_and_evidence() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let body = ask(&json!({ "save": true, "user_id": "noor" }));
        let found = app.http().post("/api/v1/extract", body).await.expect(200);
        let (first, second) = (&found["tasks"][0]["id"], &found["tasks"][1]["id"]);
        let saved = app
            .http()
            .get(&format!("/api/v1/tasks/{first}?user_id=noor"))
            .await
            .expect(200);
        assert_eq!(saved["due_date"], "2026-02-12T11:00:00Z");
        assert_eq!(saved["evidence"]["source"], "message");
        let after = app
            .http()
            .get(&format!("/api/v1/tasks/{second}"))
            .await
            .expect(200);
        assert_eq!(after["depends_on"], json!([first]));
    }
}

#[tokio::test]
async fn explain_shows_which_words_led_to_which_field() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let found = app
        .http()
        .post("/api/v1/extract", ask(&json!({ "explain": true })))
        .await;
    let reasons = &found.expect(200)["tasks"][0]["reasons"];
    assert!(
        reasons["due"]["evidence"]["quote"]
            .as_str()
            .unwrap()
            .contains("Thursday")
    );
}

#[tokio::test]
async fn bad_requests_say_what_would_be_right() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let cases = [
        (json!({ "text": "  " }), "text"),
        (
            json!({ "text": "x", "timezone": "Mars/Olympus" }),
            "timezone",
        ),
        (
            json!({ "text": "x", "reference_time": "yesterday" }),
            "reference_time",
        ),
        (json!({ "text": "x", "model": "gpt" }), "model"),
        (json!({ "text": "x", "sav": true }), "sav"),
        (json!({ "text": "y".repeat(1024 * 1024 + 1) }), "text"),
    ];
    for (body, field) in cases {
        let refused = app.http().post("/api/v1/extract", body).await.expect(422);
        let problem = &refused["detail"][0];
        let named = problem["loc"][1] == field || problem["msg"].to_string().contains(field);
        assert!(named, "{field}: {problem}");
    }
}

#[tokio::test]
async fn a_moment_keeps_its_own_offset_whatever_the_servers_zone() {
    let mut setup = Setup::default();
    setup.assistant.timezone = Some("Asia/Tokyo".to_owned());
    let app = TestApp::on_sqlite(setup).await;
    let found = app
        .http()
        .post("/api/v1/extract", ask(&json!({})))
        .await
        .expect(200);
    assert_eq!(found["tasks"][0]["due"], "2026-02-12T12:00:00+01:00");
    let now = app.http().post(
        "/api/v1/extract",
        json!({ "text": "Call Anna at noon tomorrow" }),
    );
    assert_eq!(
        now.await.expect(200)["tasks"][0]["due"],
        "2026-03-11T12:00:00+09:00"
    );
}

#[tokio::test]
async fn a_date_that_is_refused_stays_in_the_summary() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let text = "We need to return Man Friday by Monday.";
    let ask = |refused: Value| {
        let now = "2026-02-10T09:00:00+01:00";
        let body = json!({ "text": text, "reference_time": now, "refused": refused });
        let app = &app;
        async move { app.http().post("/api/v1/extract", body).await.expect(200) }
    };
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        json!([[start, start + words.len()]])
    };
    let found = ask(span("Friday")).await;
    assert_eq!(found["tasks"][0]["due"], "2026-02-16");
    assert_eq!(found["dates"].as_array().unwrap().len(), 1);
    let found = ask(span("Monday")).await;
    assert_ne!(found["tasks"][0]["due"], "2026-02-16");
}

#[tokio::test]
async fn a_model_adds_what_the_text_says_and_no_date_that_was_refused() {
    let text = "It would be good if the shed were dry by Monday.";
    let proposed = |quote: &str, summary: &str| json!({ "quote": quote, "summary": summary, "when": "by monday", "assignee": "Zoe", "priority": "high" });
    let answer = json!({ "tasks": [
        proposed("the shed were  dry by Monday", "Mend the roof of the shed"),
        proposed("the barn were dry", "Mend the roof of the barn"),
    ]});
    let setup = || Setup {
        replies: Some(vec![Reply::text(answer.to_string())]),
        ..Setup::default()
    };
    let ask = async |refused: Value| {
        let app = TestApp::on_sqlite(setup()).await;
        let now = "2026-02-10T09:00:00+01:00";
        let body =
            json!({ "text": text, "reference_time": now, "model": "always", "refused": refused });
        app.http().post("/api/v1/extract", body).await.expect(200)
    };
    let found = ask(json!([])).await;
    let tasks = found["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), 1, "{found}");
    assert_eq!(tasks[0]["summary"], "Mend the roof of the shed");
    assert_eq!(tasks[0]["evidence"]["quote"], "the shed were dry by Monday");
    assert_eq!(tasks[0]["due"], "2026-02-16");
    assert_eq!(tasks[0]["assignee"], Value::Null, "the text names no Zoe");
    let start = text.find("Monday").unwrap();
    let found = ask(json!([[start, start + 6]])).await;
    assert_eq!(found["tasks"][0]["summary"], "Mend the roof of the shed");
    assert_eq!(found["tasks"][0]["due"], Value::Null);
}

#[tokio::test]
async fn what_is_an_open_task_already_is_recognised_and_not_saved_twice() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let twice = |text: &str, save: bool| {
            let body = json!({ "text": text, "save": save, "user_id": "noor", "reference_time": "2026-02-10T09:00:00+01:00" });
            let app = &app;
            async move { app.http().post("/api/v1/extract", body).await.expect(200) }
        };
        let first = twice("Please renew the domain by Friday.", true).await;
        let id = first["tasks"][0]["id"].clone();
        assert!(id.is_i64());
        let shown = twice("We have to renew the domain.", false).await;
        assert_eq!(shown["tasks"][0]["duplicate_of"], id);
        let saved = twice("We have to renew the domain. Please call Ada.", true).await;
        assert_eq!(saved["tasks"][0]["id"], Value::Null);
        assert_eq!(saved["tasks"][0]["duplicate_of"], id);
        assert!(saved["tasks"][1]["id"].is_i64());
        let other_day = twice("Please renew the domain by Monday.", false).await;
        assert_eq!(other_day["tasks"][0]["duplicate_of"], Value::Null);
        let done = json!({ "status": "completed" });
        let path = format!("/api/v1/tasks/{id}?user_id=noor");
        app.http().put(&path, done).await.expect(200);
        let again = twice("We have to renew the domain.", false).await;
        assert_eq!(again["tasks"][0]["duplicate_of"], Value::Null);
    }
}
