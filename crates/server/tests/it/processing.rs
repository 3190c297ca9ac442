//! Work on files that survives: jobs, their progress, crashes, and people who leave.

use std::time::Duration;

use jiff::SignedDuration;
use llm::mock::Reply;
use llm::{ModelError, ModelType};
use serde_json::{Value, json};
use testkit::{Setup, TestApp, databases};

use crate::forms::{Ear, answering, fixture, form, hearing, said, send, work_off};

const FILE: &str = "/api/v1/upload/file";
const NOTES: &[u8] = b"- [ ] Renew the domain before the 28th\n- [ ] Call Nora tomorrow\n";
const LATER: &[(&str, &str)] = &[("wait", "false"), ("user_id", "nora")];

async fn count(app: &TestApp) -> Value {
    app.http().get("/api/v1/tasks").await.expect(200)["count"].clone()
}

#[tokio::test]
async fn d8_28_work_that_nobody_waits_for_is_a_job_that_can_be_followed() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let taken = send(&app, FILE, "notes.md", NOTES, LATER).await.expect(202);
        assert_eq!(taken["status"], "pending");
        let job = taken["links"]["job"].as_str().unwrap();
        let seen = app.http().get(job).await.expect(200);
        assert_eq!(
            (&seen["status"], &seen["progress"]),
            (&"pending".into(), &0.0.into())
        );
        let file = taken["links"]["file"].as_str().unwrap();
        let pending = app.http().get(file).await.expect(200);
        assert_eq!(pending["processing_status"], "pending");
        assert_eq!(count(&app).await, 0);
        // Followed while a worker does it.
        let events = taken["links"]["events"].as_str().unwrap();
        let (told, ()) = tokio::join!(app.http().get(events), work_off(&app));
        assert!(told.header("content-type").starts_with("text/event-stream"));
        let told = told.text();
        let last = told.rsplit("event: ").next().unwrap();
        assert!(last.starts_with("completed\n"), "{told}");
        assert!(
            last.contains("\"progress\":1.0") && last.contains("Renew the domain"),
            "{last}"
        );
        // The same answer as for those who wait, from the job and from the file.
        let done = app.http().get(job).await.expect(200);
        assert_eq!(
            (&done["status"], &done["result"]["status"]),
            (&"completed".into(), &"success".into())
        );
        let done = app.http().get(file).await.expect(200);
        assert_eq!(
            done["processing_result"]["tasks"].as_array().unwrap().len(),
            2
        );
        assert_eq!(done["processing_result"]["tasks"][1]["due"], "2026-03-11");
        assert_eq!(count(&app).await, 2);
        // D8.21
        app.http()
            .get(&format!("{job}?user_id=ben"))
            .await
            .expect(404);
        app.http()
            .get(&format!("{events}?user_id=ben"))
            .await
            .expect(404);
        app.http()
            .get(&format!("{job}?user_id=nora"))
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn the_same_bytes_are_worked_on_once_and_no_task_is_saved_twice() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let fields = [("save_tasks", "false")];
        let first = send(&app, FILE, "a.md", NOTES, &fields).await.expect(200);
        assert_eq!(
            (&first["duplicate"], count(&app).await),
            (&false.into(), 0.into())
        );
        let second = send(&app, FILE, "b.md", NOTES, &[]).await.expect(200);
        assert_eq!(
            (&second["duplicate"], &second["file_id"]),
            (&true.into(), &first["file_id"])
        );
        assert_eq!(count(&app).await, 2);
        let id = second["tasks"][0]["id"].as_i64().unwrap();
        app.http()
            .delete(&format!("/api/v1/tasks/{id}"))
            .await
            .expect(200);
        let third = send(&app, FILE, "c.md", NOTES, &[]).await.expect(200);
        assert_eq!(third["tasks"], second["tasks"]);
        assert_eq!(count(&app).await, 1, "what was deleted does not come back");
        assert_eq!(app.http().get("/api/v1/files").await.json()["count"], 1);
    }
}

#[tokio::test]
async fn a_file_sent_again_is_saved_where_the_task_it_doubled_is_gone() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let twin = json!({ "summary": "Call Nora", "due_date": "2026-03-11" });
        let twin = app.http().post("/api/v1/tasks", twin).await.expect(200);
        let known = |answer: &Value| answer["tasks"][1]["duplicate_of"].clone();
        let first = send(&app, FILE, "a.md", NOTES, &[]).await.expect(200);
        assert_eq!(known(&first), twin["id"]);
        assert_eq!(first["tasks"][1]["id"], Value::Null);
        assert_eq!(count(&app).await, 2);
        let path = format!("/api/v1/tasks/{}", twin["id"]);
        app.http().delete(&path).await.expect(200);
        let shown = [("save_tasks", "false")];
        let shown = send(&app, FILE, "b.md", NOTES, &shown).await.expect(200);
        assert_eq!(known(&shown), Value::Null);
        let again = send(&app, FILE, "c.md", NOTES, &[]).await.expect(200);
        assert_eq!(known(&again), Value::Null);
        assert!(again["tasks"][1]["id"].is_i64(), "{again}");
        assert_eq!(count(&app).await, 2);
    }
}

/// As after `kill -9`: the worker is silent, its lease runs out, another does it.
#[tokio::test]
async fn work_that_a_crash_cut_off_is_done_once() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let taken = send(&app, FILE, "notes.md", NOTES, LATER).await.expect(202);
        let lease = SignedDuration::from_secs(60);
        let claimed = app
            .store
            .claim("killed", &["process_file"], lease, 1)
            .await
            .unwrap();
        assert_eq!(claimed.len(), 1);
        let file = taken["links"]["file"].as_str().unwrap();
        assert_eq!(
            app.http().get(file).await.expect(200)["processing_status"],
            "processing"
        );
        app.clock.advance(SignedDuration::from_secs(61));
        work_off(&app).await;
        assert_eq!(count(&app).await, 2);
        let done = app.http().get(file).await.expect(200);
        assert_eq!(done["processing_status"], "completed");
        // The one that was given up comes back, and changes nothing.
        let job = claimed[0].id;
        assert!(!app.store.finish(job, "killed", None).await.unwrap());
        work_off(&app).await;
        assert_eq!(count(&app).await, 2);
    }
}

#[tokio::test]
async fn a_request_that_waits_holds_the_job_of_its_work() {
    let (chat, model) = answering(vec![Reply::Hang]);
    let setup = Setup {
        accounts: vec![chat],
        ..Setup::default()
    };
    let app = TestApp::on_sqlite(setup).await;
    let request = app.http().request(form(FILE, "notes.md", NOTES, &[]));
    let begun = async {
        while model.calls() == 0 {
            tokio::task::yield_now().await;
        }
        let jobs = app.http().get("/api/v1/jobs").await.expect(200);
        assert_eq!(
            (&jobs["jobs"][0]["state"], &jobs["jobs"][0]["attempts"]),
            (&"running".into(), &1.into())
        );
    };
    tokio::select! {
        _ = request => panic!("the model never answers"),
        () = begun => {}
    }
    // The person has left: the call upstream ends, and nothing is half-stored.
    while model.dropped() == 0 {
        tokio::task::yield_now().await;
    }
    let file = loop {
        let files = app.http().get("/api/v1/files").await.expect(200);
        if files["files"][0]["processing_status"] == "failed" {
            break files["files"][0].clone();
        }
        tokio::task::yield_now().await;
    };
    assert!(file["reason"].as_str().unwrap().contains("left"));
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn work_that_takes_long_goes_on_without_the_request() {
    let slow = Reply::text("CONTENT ANALYSIS: fine").after(Duration::from_millis(300));
    let (chat, _model) = answering(vec![slow]);
    let mut setup = Setup {
        accounts: vec![chat],
        ..Setup::default()
    };
    setup.server.request_timeout = Duration::from_millis(100);
    let app = TestApp::on_sqlite(setup).await;
    let taken = send(&app, FILE, "notes.md", NOTES, &[]).await.expect(202);
    let told = app
        .http()
        .get(taken["links"]["events"].as_str().unwrap())
        .await
        .text();
    assert!(told.contains("event: completed"), "{told}");
    assert_eq!(count(&app).await, 2);
}

#[tokio::test]
async fn a_job_tries_again_where_that_may_help_and_then_tells_what_it_has() {
    let down = || {
        Err(ModelError::Unavailable {
            message: "down".to_owned(),
            retry_after: None,
        })
    };
    let heard = said(&[(0.0, 1.0, "Buy milk tomorrow.", None)]);
    // A first attempt with its repetitions fails, the second hears.
    let ear = Ear::new([down(), down(), down(), Ok(heard)]);
    let setup = Setup {
        accounts: vec![hearing("huggingface", ModelType::Cloud, &ear)],
        ..Setup::default()
    };
    let app = TestApp::on_sqlite(setup).await;
    let taken = send(&app, FILE, "a.wav", &fixture("speech.wav"), LATER)
        .await
        .expect(202);
    work_off(&app).await;
    let job = taken["links"]["job"].as_str().unwrap();
    let waiting = app.http().get(job).await.expect(200);
    assert_eq!(waiting["status"], "pending", "{waiting}");
    assert!(
        waiting["last_error"]
            .as_str()
            .unwrap()
            .contains("Try again")
    );
    app.clock.advance(SignedDuration::from_secs(60));
    work_off(&app).await;
    assert_eq!(app.http().get(job).await.expect(200)["status"], "completed");
    assert_eq!(count(&app).await, 1);
}

#[tokio::test]
async fn jobs_of_files_that_are_gone_do_no_harm() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let taken = send(&app, FILE, "notes.md", NOTES, LATER).await.expect(202);
        let file = taken["links"]["file"].as_str().unwrap();
        app.http().delete(file).await.expect(200);
        work_off(&app).await;
        let job = app
            .http()
            .get(taken["links"]["job"].as_str().unwrap())
            .await
            .expect(200);
        assert_eq!(job["status"], "completed");
        assert_eq!(job["result"]["skipped"], "the file is gone");
        assert_eq!(count(&app).await, 0);
    }
}

#[tokio::test]
async fn many_at_once_are_all_done_and_other_requests_go_on() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let texts: Vec<String> = (0..10)
        .map(|n| format!("- [ ] Call person number {n}\n"))
        .collect();
    let sent = texts
        .iter()
        .map(|text| send(&app, FILE, "n.md", text.as_bytes(), &[]));
    let all = futures_util::future::join_all(sent);
    let (answers, ping) = tokio::join!(all, app.http().get("/ping"));
    ping.expect(200);
    for answer in answers {
        assert_eq!(answer.expect(200)["tasks"].as_array().unwrap().len(), 1);
    }
    assert_eq!(count(&app).await, 10);
    let none = app.http().post("/api/v1/jobs/1/retry", json!({})).await;
    none.expect(409);
}

/// The memory that work takes does not grow with the file.
#[tokio::test]
async fn of_a_very_long_text_the_beginning_is_searched_and_that_is_said() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let mut text = String::from("- [ ] Call Nora tomorrow\n\n");
    text.push_str(&"Schön war’s am Meer. ".repeat(90_000));
    text.push_str("\n\n- [ ] Renew the domain\n");
    let done = send(&app, FILE, "diary.md", text.as_bytes(), &[]).await;
    let done = done.expect(200);
    assert_eq!(done["status"], "partial");
    let tasks = done["tasks"].as_array().unwrap();
    assert_eq!(
        (tasks.len(), &tasks[0]["summary"]),
        (1, &"Call Nora".into())
    );
    let said = done["response"].as_str().unwrap();
    assert!(said.contains("first 48 %"), "{said}");
}
