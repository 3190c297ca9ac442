//! `/api/v1/chat`.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use llm::mock::{Piece, Reply};
use serde_json::{Value, json};
use testkit::{Answer, Setup, TestApp, databases};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

fn scripted(replies: Vec<Reply>) -> Setup {
    Setup {
        replies: Some(replies),
        ..Setup::default()
    }
}

async fn say(app: &TestApp, body: Value) -> Answer {
    app.http().post("/api/v1/chat", body).await
}

const PLAN: &str = "Here is a plan:\n1. Call the movers on Friday\n2. Pack the kitchen\n\
                    3. Cancel the internet contract";

#[tokio::test]
async fn e11_002_an_answer_of_three_steps_becomes_three_saved_tasks() {
    for database in databases() {
        let app = TestApp::start(&database, scripted(vec![Reply::text(PLAN)])).await;
        let body = json!({ "message": "Plan my move", "user_id": "u1" });
        let reply = say(&app, body).await.expect(200);
        assert_eq!(reply["status"], "success");
        assert_eq!(reply["model"], "scripted-1");
        assert_eq!(reply["response"], PLAN);
        let found = reply["tasks"].as_array().unwrap();
        let from_answer = found
            .iter()
            .filter(|task| task["evidence"]["source"] == "answer")
            .count();
        assert_eq!(from_answer, 3, "{found:?}");
        assert_eq!(found.last().unwrap()["status"], "pending");
        let listed = app.http().get("/api/v1/tasks?user_id=u1").await.expect(200);
        assert_eq!(listed["count"], found.len());
    }
}

#[tokio::test]
async fn d8_5_save_tasks_false_proposes_and_saves_nothing() {
    let app = TestApp::on_sqlite(scripted(vec![Reply::text(PLAN)])).await;
    let body = json!({ "message": "Plan my move", "save_tasks": false });
    let reply = say(&app, body).await.expect(200);
    assert!(reply["tasks"].as_array().unwrap().len() >= 3);
    assert_eq!(reply["tasks"][0]["id"], Value::Null);
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 0);
}

#[tokio::test]
async fn d8_1_what_message_and_answer_both_say_is_one_task_with_the_messages_words() {
    let answer = "Sure! 1. Call the plumber about the leak tomorrow";
    let app = TestApp::on_sqlite(scripted(vec![Reply::text(answer)])).await;
    let body = json!({ "message": "I need to call the plumber about the leak tomorrow" });
    let reply = say(&app, body).await.expect(200);
    let found = reply["tasks"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["evidence"]["source"], "message");
    assert_eq!(found[0]["due"], "2026-03-11");
}

#[tokio::test]
async fn d8_11_without_any_model_the_message_is_kept_and_its_tasks_found() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let body = json!({ "message": "Remind me to pay the rent by Friday", "user_id": "u" });
        let reply = say(&app, body).await.expect(200);
        assert_eq!(reply["status"], "placeholder");
        assert_eq!(reply["tasks"][0]["due"], "2026-03-13");
        let kept = app
            .store
            .messages(Some("u"), domain::page::Page::default())
            .await
            .unwrap();
        assert_eq!(kept[0].message, "Remind me to pay the rent by Friday");
    }
}

#[tokio::test]
async fn where_local_models_are_switched_off_nobody_is_told_to_fetch_one() {
    let mut setup = Setup::default();
    setup.assistant.use_local = assistant::UseLocal::Off;
    let app = TestApp::on_sqlite(setup).await;
    let said = say(&app, json!({ "message": "Hello" })).await.expect(200);
    let asked = app
        .http()
        .post("/api/ask", json!({ "query": "Why?" }))
        .await;
    let parts = json!({ "message": "Hello" });
    let parts = app.http().post("/api/v1/multimodal", parts).await;
    for words in [
        &said["response"],
        &asked.expect(200)["answer"],
        &parts.expect(200)["response"],
    ] {
        let words = words.as_str().unwrap();
        assert!(words.contains("_API_KEY"), "{words}");
        assert!(words.contains("LOCAL_MODELS=auto"), "{words}");
        assert!(!words.contains("models pull"), "{words}");
    }
    let providers = app.http().get("/api/v1/providers").await.expect(200);
    assert_eq!(providers["use_local"], "off");
}

#[tokio::test]
async fn d8_11_where_every_model_failed_the_answer_is_api_error_with_200() {
    let app = TestApp::on_sqlite(scripted(vec![Reply::down()])).await;
    let reply = say(&app, json!({ "message": "Buy milk tomorrow" }))
        .await
        .expect(200);
    assert_eq!(reply["status"], "api_error");
    assert_eq!(reply["tokens_used"], 0);
    assert_eq!(reply["tasks"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn d8_6_a_session_remembers_and_without_one_nothing_is_remembered() {
    let replies = vec![
        Reply::text("Noted."),
        Reply::text("Again."),
        Reply::text("Alone."),
    ];
    let app = TestApp::on_sqlite(scripted(replies)).await;
    say(
        &app,
        json!({ "message": "My dog is Rex", "session_id": "s1" }),
    )
    .await
    .expect(200);
    say(
        &app,
        json!({ "message": "Who is my dog?", "session_id": "s1" }),
    )
    .await
    .expect(200);
    say(&app, json!({ "message": "Who?" })).await.expect(200);
    let requests = app.chat.as_ref().unwrap().requests();
    let words = |call: usize| -> Vec<String> {
        requests[call]
            .messages
            .iter()
            .skip(1)
            .map(llm::Message::words)
            .collect()
    };
    assert_eq!(words(1), ["My dog is Rex", "Noted.", "Who is my dog?"]);
    assert_eq!(words(2), ["Who?"]);
}

#[tokio::test]
async fn d8_21_a_session_of_somebody_else_is_not_remembered() {
    let app = TestApp::on_sqlite(scripted(vec![Reply::text("Noted.")])).await;
    let mine = json!({ "message": "My PIN is 1234", "session_id": "s", "user_id": "me" });
    say(&app, mine).await.expect(200);
    let yours = json!({ "message": "What is the PIN?", "session_id": "s", "user_id": "you" });
    say(&app, yours).await.expect(200);
    assert_eq!(app.chat.as_ref().unwrap().requests()[1].messages.len(), 2);
}

#[tokio::test]
async fn a1_002_the_context_is_cut_and_stands_before_the_message() {
    let app = TestApp::on_sqlite(scripted(vec![Reply::text("ok")])).await;
    let body = json!({ "message": "And now?", "context": "c".repeat(600) });
    say(&app, body).await.expect(200);
    let request = &app.chat.as_ref().unwrap().requests()[0];
    assert_eq!(request.temperature, Some(0.7));
    assert_eq!(request.max_tokens, Some(1024));
    let context = request.messages[1].words();
    assert!(context.ends_with("[truncated]") && context.chars().count() < 530);
    assert_eq!(request.messages[2].words(), "And now?");
}

#[tokio::test]
async fn bad_messages_are_refused_and_long_ones_shown_the_way() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let blank = say(&app, json!({ "message": " \n " })).await.expect(422);
    assert_eq!(blank["error"], "Invalid input");
    say(&app, json!({ "message": "" })).await.expect(422);
    say(&app, json!({})).await.expect(422);
    let long = say(&app, json!({ "message": "x".repeat(2001) }))
        .await
        .expect(422);
    assert_eq!(long["detail"][0]["type"], "string_too_long");
    assert!(
        long["detail"][0]["msg"]
            .as_str()
            .unwrap()
            .contains("/api/v1/extract")
    );
    say(&app, json!({ "message": "ü".repeat(2000) }))
        .await
        .expect(200);
    say(
        &app,
        json!({ "message": "x", "session_id": "s".repeat(65) }),
    )
    .await
    .expect(422);
}

fn streamed(body: &Value) -> Request<Body> {
    Request::post("/api/v1/chat")
        .header("content-type", "application/json")
        .header("accept", "text/event-stream")
        .body(Body::from(body.to_string()))
        .unwrap()
}

/// Names and data of the events of a stream.
fn events(answer: &Answer) -> Vec<(String, Value)> {
    answer
        .text()
        .split("\n\n")
        .filter_map(|event| {
            let line = |name: &str| {
                event
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .map(str::trim)
            };
            Some((
                line("event:")?.to_owned(),
                serde_json::from_str(line("data:")?).ok()?,
            ))
        })
        .collect()
}

#[tokio::test]
async fn a_streamed_answer_is_words_then_tasks_then_the_end() {
    let app = TestApp::on_sqlite(scripted(vec![Reply::text("- Call Anna tomorrow")])).await;
    let answer = app
        .http()
        .request(streamed(&json!({ "message": "What next?" })))
        .await;
    assert!(
        answer
            .header("content-type")
            .starts_with("text/event-stream")
    );
    let events = events(&answer);
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    let texts = names.iter().take_while(|name| **name == "text").count();
    assert!(texts >= 2, "{names:?}");
    assert_eq!(&names[texts..], ["tasks", "done"]);
    let words: String = events[..texts]
        .iter()
        .map(|(_, data)| data["text"].as_str().unwrap())
        .collect();
    assert_eq!(words.trim(), "- Call Anna tomorrow");
    assert_eq!(events[texts].1["tasks"][0]["due"], "2026-03-11");
    assert_eq!(events[texts + 1].1["status"], "success");
    assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_ends_with_a_typed_error_and_keeps_what_was_said() {
    let pieces = vec![Piece::text("Half an "), Piece::text("answer")];
    let app = TestApp::on_sqlite(scripted(vec![Reply::Pieces(pieces)])).await;
    let body = json!({ "message": "Tell me", "user_id": "u" });
    let answer = app.http().request(streamed(&body)).await;
    let events = events(&answer);
    let (name, data) = events.last().unwrap();
    assert_eq!(name, "error");
    assert_eq!(data["code"], "service_unavailable");
    let kept = app
        .store
        .messages(Some("u"), domain::page::Page::default())
        .await
        .unwrap();
    assert_eq!(kept[0].response, "Half an answer");
    assert_eq!(kept[0].status.as_str(), "aborted");
}

#[tokio::test]
async fn what_is_asked_of_the_assistant_itself_is_no_task() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let body = json!({ "message": "Could you please give me two tips for packing books?\n\
                                   I have to return the van by Friday." });
    let reply = say(&app, body).await.expect(200);
    let found = reply["tasks"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["due"], "2026-03-13");
}

/// Row 12 and contract 001-B8: a silent stream is kept open, also before its first word, and who leaves
/// it leaves the model too. So does who leaves an answer that is not streamed.
#[tokio::test]
async fn silence_is_filled_with_comments_and_who_leaves_cancels_the_call() {
    for streamed in [true, false] {
        let mut setup = scripted(vec![Reply::Hang]);
        setup.server.stream_ping = Duration::from_millis(5);
        let app = TestApp::on_sqlite(setup).await;
        let chat = app.chat.as_ref().unwrap();
        let accept = if streamed { "text/event-stream" } else { "*/*" };
        let body = json!({ "message": "Hello" }).to_string();
        let mut socket = TcpStream::connect(app.http().address()).await.unwrap();
        let head = format!(
            "POST /api/v1/chat HTTP/1.1\r\nhost: x\r\naccept: {accept}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        if streamed {
            let mut lines = BufReader::new(&mut socket).lines();
            let mut comments = 0;
            while comments < 2 {
                let line = lines.next_line().await.unwrap().unwrap();
                assert!(!line.starts_with("data:"), "{line}");
                comments += usize::from(line.starts_with(':'));
            }
        }
        while chat.calls() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(chat.dropped(), 0);
        drop(socket);
        while chat.dropped() == 0 {
            tokio::task::yield_now().await;
        }
    }
}
