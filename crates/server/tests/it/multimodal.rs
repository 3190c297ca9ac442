//! `/api/v1/multimodal`: a message with parts.

use std::sync::Arc;

use llm::ModelType;
use llm::mock::{Reply, ScriptedChat};
use serde_json::{Value, json};
use testkit::{Setup, TestApp, TestDatabase, databases};

use crate::forms::{Ear, answering, fixture, hearing, reading, said, seeing, send};

const PATH: &str = "/api/v1/multimodal";

/// Uploads without work, and gives the id.
async fn keep(app: &TestApp, name: &str, user: &str) -> String {
    let fields = [("user_id", user)];
    let kept = send(app, "/api/v1/upload", name, &fixture(name), &fields)
        .await
        .expect(200);
    kept["file_id"].as_str().unwrap().to_owned()
}

/// An assistant that hears, reads, sees and answers, and was sent a message with two parts.
struct Scene {
    app: TestApp,
    ear: Arc<Ear>,
    model: Arc<ScriptedChat>,
    audio: String,
    reply: Value,
}

impl Scene {
    async fn play(database: &TestDatabase) -> Self {
        let ear = Ear::new([Ok(said(&[(
            2.0,
            4.0,
            "Please call Nora tomorrow.",
            Some(0.9),
        )]))]);
        let answer = "Do this:\n- Review the budget with Ben on Friday\n";
        let (chat, model) = answering(vec![Reply::text(answer)]);
        let accounts = vec![
            hearing("openai", ModelType::Cloud, &ear),
            reading(vec![Reply::text("- Order 25 chairs\n- Call Nora tomorrow")]),
            seeing(vec![Reply::text("a bar chart showing sales data")]),
            chat,
        ];
        let setup = Setup {
            accounts,
            ..Setup::default()
        };
        let app = TestApp::start(database, setup).await;
        let audio = keep(&app, "speech.wav", "nora").await;
        let image = keep(&app, "board.png", "nora").await;
        let asked = json!({
            "message": "What follows from these? I also have to pay the rent by Monday.",
            "audio_file_id": audio, "image_file_id": image, "user_id": "nora",
            "session_id": "s1", "context": "we move in May",
        });
        let reply = app.http().post(PATH, asked).await.expect(200);
        Self {
            app,
            ear,
            model,
            audio,
            reply,
        }
    }

    /// How many tasks were saved.
    async fn saved(&self) -> i64 {
        let tasks = self.app.http().get("/api/v1/tasks?user_id=nora").await;
        tasks.expect(200)["count"].as_i64().unwrap()
    }
}

#[tokio::test]
async fn a8_002_recording_picture_and_message_become_one_answer_with_their_tasks() {
    for database in databases() {
        let scene = Scene::play(&database).await;
        let reply = &scene.reply;
        assert_eq!(reply["status"], "success", "{reply}");
        assert_eq!(reply["inputs_processed"], json!(["audio", "image", "text"]));
        let details = &reply["processing_details"];
        assert_eq!(details["image_processing"]["context_type"], "chart");
        let heard = &details["audio_processing"]["transcription"]["text"];
        assert_eq!(heard, "Please call Nora tomorrow.");
        let words = reply["response"].as_str().unwrap();
        assert!(!words.contains("💬"), "A10: none here");
        // One call over everything, with its labels.
        let asked = scene.model.requests();
        let words: String = asked[0].messages.iter().map(llm::Message::words).collect();
        let parts = ["Recording (speech.wav)", "Picture (board.png)", "bar chart"];
        for part in parts.into_iter().chain(["pay the rent", "we move in May"]) {
            assert!(words.contains(part), "{part}: {words}");
        }
        // D8.1, D8.5: message, parts and answer, each task once.
        let tasks = reply["tasks"].as_array().unwrap();
        let source = |task: &Value| task["evidence"]["source"].as_str().unwrap().to_owned();
        let sources: Vec<String> = tasks.iter().map(source).collect();
        assert_eq!(
            sources,
            ["message", "transcript", "image", "answer"],
            "{tasks:?}"
        );
        assert_eq!(scene.saved().await, 4);
    }
}

#[tokio::test]
async fn d8_6_asked_again_nothing_is_made_out_anew_and_the_session_is_remembered() {
    for database in databases() {
        let scene = Scene::play(&database).await;
        let again = json!({
            "audio_file_id": scene.audio, "user_id": "nora", "session_id": "s1"
        });
        let reply = scene.app.http().post(PATH, again).await.expect(200);
        assert_eq!(reply["inputs_processed"], json!(["audio"]));
        assert_eq!(scene.ear.given.lock().unwrap().len(), 1);
        assert_eq!(reply["tasks"][0]["summary"], "Call Nora");
        let saved = scene.saved().await;
        assert!(saved <= 5, "the answer may add one, the recording none");
        let history = &scene.model.requests()[1].messages;
        let earlier = |message: &llm::Message| message.words().contains("What follows from these?");
        assert!(history.iter().any(earlier));
    }
}

#[tokio::test]
async fn what_cannot_be_made_out_is_named_and_the_rest_is_answered() {
    let (chat, _model) = answering(vec![Reply::text("Call Nora first.")]);
    let setup = Setup {
        accounts: vec![chat, reading(vec![Reply::text("Call Nora tomorrow")])],
        ..Setup::default()
    };
    let app = TestApp::on_sqlite(setup).await;
    let audio = keep(&app, "speech.wav", "nora").await;
    let image = keep(&app, "board.png", "nora").await;
    let asked = json!({ "audio_file_id": audio, "image_file_id": image, "save_tasks": false });
    let reply = app.http().post(PATH, asked).await.expect(200);
    assert_eq!(reply["status"], "partial");
    assert_eq!(reply["response"], "Call Nora first.");
    let note = reply["notes"][0].as_str().unwrap();
    assert!(
        note.starts_with("speech.wav:") && note.contains("models pull"),
        "{note}"
    );
    assert_eq!(reply["tasks"][0]["summary"], "Call Nora");
    assert_eq!(reply["tasks"][0]["id"], Value::Null);
    let nothing = json!({ "audio_file_id": audio });
    let reply = app.http().post(PATH, nothing).await.expect(200);
    assert_eq!(reply["status"], "error");
}

#[tokio::test]
async fn e12_002_files_of_others_and_empty_requests_are_refused() {
    let app = TestApp::on_sqlite(Setup::default()).await;
    let image = keep(&app, "board.png", "nora").await;
    let whose = json!({ "image_file_id": image, "user_id": "ben" });
    let missing = app.http().post(PATH, whose).await.expect(404);
    assert_eq!(missing["error"], "File not found");
    assert!(missing["message"].as_str().unwrap().contains(&image));
    for path in ["../../etc/passwd", "nope"] {
        let asked = json!({ "audio_file_id": path });
        let missing = app.http().post(PATH, asked).await.expect(404);
        assert!(missing["message"].as_str().unwrap().contains(path));
    }
    for empty in [
        json!({}),
        json!({ "message": "  " }),
        json!({ "context": "x" }),
    ] {
        app.http().post(PATH, empty).await.expect(422);
    }
    let odd = json!({ "message": "x", "task_type": "poem" });
    app.http().post(PATH, odd).await.expect(422);
    // Without any model the tasks are found all the same.
    let asked = json!({ "message": "Remember to call Nora tomorrow." });
    let reply = app.http().post(PATH, asked).await.expect(200);
    assert_eq!(reply["status"], "partial");
    assert_eq!(reply["tasks"].as_array().unwrap().len(), 1);
}
