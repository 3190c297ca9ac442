//! `GET /api/v1/chat`: what was said in a session, and what a model is told of it.

use std::time::Duration;

use domain::message::{MessageKind, NewMessage};
use jiff::SignedDuration;
use llm::mock::Reply;
use serde_json::{Map, Value, json};
use testkit::{Setup, TestApp, databases};

fn scripted(replies: Vec<Reply>) -> Setup {
    Setup {
        replies: Some(replies),
        ..Setup::default()
    }
}

async fn say(app: &TestApp, message: &str, session: &str, user: Option<&str>) -> Value {
    let body = json!({ "message": message, "session_id": session, "user_id": user });
    app.http().post("/api/v1/chat", body).await.expect(200)
}

async fn read(app: &TestApp, query: &str) -> Value {
    let path = format!("/api/v1/chat?{query}");
    app.http().get(&path).await.expect(200)
}

/// What was said in a session, in order.
async fn said(app: &TestApp, query: &str) -> Vec<String> {
    let session = read(app, query).await;
    let messages = session["messages"].as_array().unwrap();
    assert_eq!(session["count"], messages.len());
    let words = |message: &Value| message["message"].as_str().unwrap().to_owned();
    messages.iter().map(words).collect()
}

/// What the model was told in a call besides the system's words.
fn told(app: &TestApp, call: usize) -> Vec<String> {
    let request = &app.chat.as_ref().unwrap().requests()[call];
    let spoken = request.messages.iter().skip(1);
    spoken.map(llm::Message::words).collect()
}

#[tokio::test]
async fn a_session_is_read_in_order_with_who_answered() {
    for database in databases() {
        let replies = vec![Reply::text("Noted."), Reply::text("Rex.")];
        let app = TestApp::start(&database, scripted(replies)).await;
        let first = say(&app, "My dog is Rex", "s", None).await;
        say(&app, "Who is my dog?", "s", None).await;
        say(&app, "Elsewhere", "t", None).await;
        let session = read(&app, "session_id=s").await;
        assert_eq!(
            (&session["session_id"], &session["count"]),
            (&json!("s"), &json!(2))
        );
        let message = &session["messages"][0];
        assert_eq!(message["message"], "My dog is Rex");
        assert_eq!(message["response"], "Noted.");
        for field in ["message_id", "status", "model", "provider"] {
            assert_eq!(message[field], first[field], "{field}");
            assert!(!message[field].is_null(), "{field}");
        }
        assert_eq!(session["messages"][1]["response"], "Rex.");
    }
}

#[tokio::test]
async fn only_the_last_hundred_messages_of_a_session_are_read() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    for number in 0..102 {
        say(&app, &format!("Number {number}"), "s", None).await;
    }
    let said = said(&app, "session_id=s").await;
    assert_eq!(said.len(), 100);
    assert_eq!((&*said[0], &*said[99]), ("Number 2", "Number 101"));
}

#[tokio::test]
async fn tasks_of_a_session_are_told_as_proposed_and_as_kept() {
    for database in databases() {
        let app = TestApp::start(&database, scripted(vec![Reply::text("Fine.")])).await;
        let message = "Please call Ada tomorrow. Please call Ben on Friday.";
        let body = json!({ "message": message, "session_id": "s", "save_tasks": false });
        let found = app.http().post("/api/v1/chat", body).await.expect(200);
        let before = read(&app, "session_id=s").await;
        assert_eq!(before["messages"][0]["tasks"], found["tasks"]);
        assert_eq!(before["messages"][0]["kept"], json!([]));

        let mut ada = found["tasks"][0].clone();
        ada["summary"] = json!("Call Ada and Eve");
        let accepted = json!({ "tasks": [ada] });
        let made = app.http().post("/api/v1/tasks/accept", accepted).await;
        let made = made.expect(200)["tasks"][0].clone();
        let after = read(&app, "session_id=s").await;
        assert_eq!(after["messages"][0]["kept"], json!([made]));
        let ids = |session: &Value| {
            let tasks = session["messages"][0]["tasks"].as_array().unwrap();
            let ids: Vec<Value> = tasks.iter().map(|task| task["id"].clone()).collect();
            ids
        };
        assert_eq!(ids(&after), [made["id"].clone(), Value::Null]);

        let path = format!("/api/v1/tasks/{}", made["id"]);
        app.http().delete(&path).await.expect(200);
        assert_eq!(read(&app, "session_id=s").await, before);
    }
}

#[tokio::test]
async fn of_a_kept_task_that_repeats_the_newest_is_told() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    say(&app, "Please water the plants every Monday.", "s", None).await;
    let kept = |session: &Value| session["messages"][0]["kept"].clone();
    let first = kept(&read(&app, "session_id=s").await)[0]["id"].clone();
    let path = format!("/api/v1/tasks/{first}");
    let done = json!({ "status": "completed" });
    let next = app.http().put(&path, done).await.expect(200)["next_id"].clone();
    let kept = kept(&read(&app, "session_id=s").await);
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!(kept[0]["id"], next);
}

#[tokio::test]
async fn a_task_that_somebody_has_already_is_told_as_such_in_the_chat() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let task = json!({ "summary": "Call Ada" });
    let id = app.http().post("/api/v1/tasks", task).await.expect(200)["id"].clone();
    let body = json!({ "message": "Please call Ada.", "session_id": "s", "save_tasks": false });
    let found = app.http().post("/api/v1/chat", body).await.expect(200);
    assert_eq!(found["tasks"][0]["duplicate_of"], id);
    app.http()
        .delete(&format!("/api/v1/tasks/{id}"))
        .await
        .expect(200);
    let session = read(&app, "session_id=s").await;
    let task = &session["messages"][0]["tasks"][0];
    assert_eq!(
        (&task["id"], &task["duplicate_of"]),
        (&Value::Null, &Value::Null)
    );
}

/// Whoever gives a label reads what the model would be told for them, and no more.
#[tokio::test]
async fn d8_21_a_session_of_somebody_else_is_not_read() {
    for database in databases() {
        let app = TestApp::start(&database, Setup::default()).await;
        say(&app, "My PIN is 1234", "s", Some("me")).await;
        say(&app, "Hello", "s", Some("you")).await;
        assert_eq!(said(&app, "session_id=s&user_id=you").await, ["Hello"]);
        assert_eq!(
            said(&app, "session_id=s&user_id=me").await,
            ["My PIN is 1234"]
        );
        assert!(said(&app, "session_id=s&user_id=them").await.is_empty());
        assert!(said(&app, "session_id=unknown").await.is_empty());
        // Without login, who gives no label sees all.
        assert_eq!(said(&app, "session_id=s").await.len(), 2);
    }
}

#[tokio::test]
async fn d8_19_a_session_is_behind_the_door_like_all_else() {
    let mut setup = Setup {
        keys: vec!["canary-key".to_owned()],
        ..Setup::default()
    };
    setup.server.auth_mode = server::AuthMode::Keys;
    let app = TestApp::on_sqlite(setup).await;
    app.http()
        .get("/api/v1/chat?session_id=s")
        .await
        .expect(401);
}

#[tokio::test]
async fn a_session_has_a_name_that_fits() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let long = "s".repeat(65);
    for query in [
        String::new(),
        "?session_id=".to_owned(),
        format!("?session_id={long}"),
        "?session_id=s&user_id=".to_owned(),
    ] {
        let path = format!("/api/v1/chat{query}");
        app.http().get(&path).await.expect(422);
    }
}

/// What became of the only message of a session.
async fn status(app: &TestApp, session: &str) -> String {
    let session = read(app, &format!("session_id={session}")).await;
    assert_eq!(session["count"], 1);
    session["messages"][0]["status"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_message_is_told_as_being_answered_as_long_as_somebody_does() {
    for database in databases() {
        let slow = Reply::text("At last.").after(Duration::from_hours(1));
        let mut setup = scripted(vec![slow.clone(), slow]);
        setup.assistant.note_answering_every = Duration::from_millis(1);
        let app = TestApp::start(&database, setup).await;
        for (calls, path) in ["/api/v1/chat", "/api/v1/multimodal"].iter().enumerate() {
            let session = format!("s{calls}");
            let answer = async {
                let body = json!({ "message": "Hello", "session_id": session });
                app.http().post(path, body).await;
                panic!("it was not answered within the hour");
            };
            let look = async {
                while app.chat.as_ref().unwrap().calls() == calls {
                    tokio::task::yield_now().await;
                }
                assert_eq!(status(&app, &session).await, "pending");
                // It counts as given up until it is noted again that somebody is at it.
                app.clock.advance(SignedDuration::from_mins(5));
                while status(&app, &session).await != "pending" {}
            };
            tokio::select! {
                () = look => {}
                () = answer => {}
            }
        }
    }
}

#[tokio::test]
async fn a_message_that_nobody_answers_any_more_is_told_as_aborted() {
    for database in databases() {
        let app = TestApp::start(&database, Setup::default()).await;
        // As a server leaves them that is stopped at once.
        for (session, kind) in [("s", MessageKind::Chat), ("t", MessageKind::Multimodal)] {
            let left = NewMessage {
                user_id: None,
                session_id: Some(session.to_owned()),
                kind,
                message: "Hello".to_owned(),
                context: None,
                metadata: Map::new(),
            };
            app.store.add_message(left).await.unwrap();
            app.clock.advance(SignedDuration::from_secs(30));
            assert_eq!(status(&app, session).await, "pending");
            app.clock.advance(SignedDuration::from_secs(1));
            assert_eq!(status(&app, session).await, "aborted");
        }
    }
}

#[tokio::test]
async fn a_message_that_is_said_again_for_want_of_an_answer_is_told_and_shown_once() {
    for database in databases() {
        let refused = Reply::Fail(llm::ModelError::BadRequest("no".to_owned()));
        let replies = vec![Reply::text("Hi."), refused, Reply::text("At nine.")];
        let app = TestApp::start(&database, scripted(replies)).await;
        say(&app, "Hello", "s", None).await;
        let failed = say(&app, "When is the call?", "s", None).await;
        assert_eq!(failed["status"], "api_error");
        assert_eq!(
            said(&app, "session_id=s").await,
            ["Hello", "When is the call?"]
        );
        let calls = app.chat.as_ref().unwrap().calls();
        say(&app, "When is the call?", "s", None).await;
        assert_eq!(told(&app, calls), ["Hello", "Hi.", "When is the call?"]);
        assert_eq!(
            said(&app, "session_id=s").await,
            ["Hello", "When is the call?"]
        );
        // What was answered may be asked twice.
        say(&app, "When is the call?", "s", None).await;
        assert_eq!(told(&app, calls + 1).len(), 5);
        assert_eq!(said(&app, "session_id=s").await.len(), 3);
    }
}
