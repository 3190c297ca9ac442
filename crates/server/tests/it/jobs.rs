//! Suggestions in the background, and the jobs behind them.

use std::sync::Arc;

use llm::mock::{Reply, ScriptedChat};
use llm::{Account, ChatModel, ModelError, ModelType, Models};
use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

use crate::forms::work_off;

fn account(name: &str, kind: &str, place: ModelType, replies: Vec<Reply>) -> Account {
    let mut account = Account::new(name, kind, place);
    account.models = Models::one("m");
    account.chat = Some(ScriptedChat::new("m", replies) as Arc<dyn ChatModel>);
    account
}

fn with(accounts: Vec<Account>) -> Setup {
    Setup {
        accounts,
        ..Setup::default()
    }
}

/// Contract D8.26.
#[tokio::test]
async fn e3_000_a_new_task_gets_its_suggestion_in_the_background_on_both_paths() {
    for database in databases() {
        let local = account(
            "local",
            "local",
            ModelType::Local,
            vec![Reply::text(" Do it. ")],
        );
        let app = TestApp::start(&database, with(vec![local])).await;
        let made = app
            .http()
            .post("/tasks", json!({ "title": "Write" }))
            .await
            .expect(200);
        assert_eq!(made["ai_suggestion"], Value::Null);
        app.http()
            .post("/api/v1/tasks", json!({ "summary": "Read" }))
            .await
            .expect(200);
        work_off(&app).await;
        for path in ["/tasks/1", "/tasks/2"] {
            assert_eq!(
                app.http().get(path).await.expect(200)["ai_suggestion"],
                "Do it."
            );
        }
        let jobs = app
            .http()
            .get("/api/v1/jobs?state=done&kind=suggest")
            .await
            .expect(200);
        assert_eq!(jobs["count"], 2);
    }
}

/// Contract 000-B8, D8.9, D8.16.
#[tokio::test]
async fn a1_000_the_decision_table_of_who_suggests_holds() {
    let local = || {
        account(
            "local",
            "local",
            ModelType::Local,
            vec![Reply::text("local")],
        )
    };
    let cloud = || {
        account(
            "gemini",
            "gemini",
            ModelType::Cloud,
            vec![Reply::text("cloud")],
        )
    };
    let broken = |name: &str, place| account(name, name, place, vec![Reply::down()]);
    let ask = async |accounts: Vec<Account>, query: &str| {
        let app = TestApp::on_sqlite(with(accounts)).await;
        let new = json!({ "title": "Write", "priority": "urgent" });
        app.http().post("/tasks", new).await.expect(200);
        app.http()
            .get(&format!("/tasks/1/ai-suggestion{query}"))
            .await
    };
    let text = async |accounts, query: &str| {
        let answer: testkit::Answer = ask(accounts, query).await;
        answer.expect(200)["suggestion"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(text(vec![local(), cloud()], "").await, "local");
    assert_eq!(
        text(vec![broken("local", ModelType::Local), cloud()], "").await,
        "cloud"
    );
    assert!(text(vec![], "").await.contains("small steps"));
    assert_eq!(text(vec![local(), cloud()], "?model=cloud").await, "cloud");
    let broken_cloud = broken("gemini", ModelType::Cloud);
    assert!(
        text(vec![local(), broken_cloud], "?model=cloud")
            .await
            .contains("small steps")
    );
    assert!(
        text(vec![local(), cloud()], "?model=mock")
            .await
            .contains("small steps")
    );
    let refused = ask(
        vec![broken("local", ModelType::Local), cloud()],
        "?model=local",
    )
    .await;
    assert_eq!(refused.expect(503)["detail"], "Local LLM unavailable");
    assert_eq!(
        ask(vec![cloud()], "?model=local").await.status.as_u16(),
        503
    );
    ask(vec![], "?model=gpt").await.expect(422);
}

#[tokio::test]
async fn a2_000_a_stored_suggestion_is_given_again_unless_a_model_is_named() {
    let replies = vec![Reply::text("first"), Reply::text("second")];
    let local = account("local", "local", ModelType::Local, replies);
    let app = TestApp::on_sqlite(with(vec![local])).await;
    app.http()
        .post("/tasks", json!({ "title": "Write" }))
        .await
        .expect(200);
    let ask = async |query: &str| {
        let path = format!("/tasks/1/ai-suggestion{query}");
        app.http().get(&path).await.expect(200)["suggestion"].clone()
    };
    assert_eq!(ask("").await, "first");
    assert_eq!(ask("").await, "first");
    assert_eq!(ask("?model=local").await, "second");
    assert_eq!(ask("").await, "second");
    app.http().get("/tasks/9/ai-suggestion").await.expect(404);
}

/// Contract 000-B6.
#[tokio::test]
async fn a_suggestion_for_a_task_that_is_gone_is_no_failure() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        app.http()
            .post("/tasks", json!({ "title": "Write" }))
            .await
            .expect(200);
        app.http().delete("/tasks/1").await.expect(200);
        work_off(&app).await;
        let job = app.http().get("/api/v1/jobs/1").await.expect(200);
        assert_eq!(job["state"], "done");
        assert_eq!(job["result"]["skipped"], "the task is gone");
    }
}

#[tokio::test]
async fn m1_000_every_suggestion_is_in_the_ledger_tips_too() {
    let refuse = Reply::Fail(ModelError::Timeout("total"));
    let cloud = account("gemini", "gemini", ModelType::Cloud, vec![refuse]);
    let app = TestApp::on_sqlite(with(vec![cloud])).await;
    app.http()
        .post("/tasks", json!({ "title": "Write" }))
        .await
        .expect(200);
    app.http().get("/tasks/1/ai-suggestion").await.expect(200);
    let rows = app.ledger.rows();
    let last = rows.last().unwrap();
    assert_eq!(
        (last.account.as_str(), last.model_type),
        ("mock", ModelType::Fallback)
    );
    assert!(
        rows.iter()
            .any(|row| row.account == "gemini" && row.error_class == Some("timeout"))
    );
}

#[tokio::test]
async fn a_job_that_waits_can_be_hurried_and_one_that_is_done_is_not_done_again() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        app.http()
            .post("/tasks", json!({ "title": "Write" }))
            .await
            .expect(200);
        let retry = async || app.http().post("/api/v1/jobs/1/retry", json!({})).await;
        assert_eq!(retry().await.expect(200)["state"], "ready");
        work_off(&app).await;
        retry().await.expect(409);
        app.http()
            .post("/api/v1/jobs/77/retry", json!({}))
            .await
            .expect(404);
        app.http().get("/api/v1/jobs?state=lost").await.expect(422);
    }
}

/// What a model is told (000-A5, 000-A6).
#[tokio::test]
async fn a6_000_the_prompt_holds_the_brief_and_the_task() {
    let chat = ScriptedChat::new("gemini-1", vec![Reply::text("Do it.")]);
    let mut gemini = Account::new("gemini", "gemini", ModelType::Cloud);
    gemini.models = Models::one("gemini-1");
    gemini.chat = Some(Arc::clone(&chat) as Arc<dyn ChatModel>);
    let app = TestApp::on_sqlite(with(vec![gemini])).await;
    let due = "2026-03-20T12:00:00Z";
    let new = json!({ "title": "Write the report", "priority": "high", "due_date": due });
    app.http().post("/tasks", new).await.expect(200);
    let path = "/tasks/1/ai-suggestion";
    app.http().get(path).await.expect(200);
    let asked = chat.requests().pop().unwrap();
    assert_eq!(
        (asked.temperature, asked.max_tokens),
        (Some(0.7), Some(100))
    );
    let told: Vec<String> = asked.messages.iter().map(llm::Message::words).collect();
    assert!(told[0].contains("fewer than 100 words"), "{told:?}");
    for part in [
        "Task: Write the report",
        "Description: none",
        "Priority: high",
        "Due: 2026-03-20",
    ] {
        assert!(told[1].contains(part), "{part} is not in {told:?}");
    }
}
