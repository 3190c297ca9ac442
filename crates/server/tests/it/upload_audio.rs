//! `/api/v1/upload/audio`: recordings become transcripts and tasks.

use std::time::Duration;

use llm::mock::Reply;
use llm::{ModelError, ModelType};
use serde_json::Value;
use testkit::{Setup, TestApp, databases};

use crate::forms::{Ear, answering, fixture, hearing, said, send};

const AUDIO: &str = "/api/v1/upload/audio";

fn with(accounts: Vec<llm::Account>) -> Setup {
    Setup {
        accounts,
        ..Setup::default()
    }
}

#[tokio::test]
async fn e14_002_a_recording_becomes_a_transcript_and_tasks_with_their_second() {
    for database in databases() {
        let heard = said(&[
            (0.0, 1.0, "Good morning everybody.", Some(0.95)),
            (
                1.0,
                2.5,
                "Please call Nora tomorrow about the lease.",
                Some(0.9),
            ),
            (2.5, 4.0, "Send the budget to Ben by Friday.", Some(0.3)),
        ]);
        let ear = Ear::new([Ok(heard)]);
        let (chat, model) = answering(vec![Reply::text("NEXT STEPS:\n- Contact Nora about it\n")]);
        let setup = with(vec![hearing("huggingface", ModelType::Cloud, &ear), chat]);
        let app = TestApp::start(&database, setup).await;
        let recording = fixture("speech.wav");
        let read = send(&app, AUDIO, "memo.mp3", &recording, &[("user_id", "nora")]).await;
        let read = read.expect(200);
        assert_eq!(read["status"], "success");
        assert_eq!(read["inputs_processed"][0], "audio");
        let told = &read["processing_details"]["transcription"];
        assert!(
            told["text"]
                .as_str()
                .unwrap()
                .starts_with("Good morning everybody. Please call")
        );
        assert_eq!(
            (&told["language"], &told["model_used"]),
            (&"en".into(), &"ear-1".into())
        );
        assert_eq!(told["segments"][1]["start"], 1.0);
        assert_eq!(read["processing_details"]["filename"], "memo.mp3");
        assert_eq!(
            read["processing_details"]["file_analysis"]["suggestions"][0]["actionable"],
            true
        );
        assert!(read["response"].as_str().unwrap().contains("\n\n---\n\n💬"));
        // The second it was said, and only what was heard well is saved.
        let tasks = read["tasks"].as_array().unwrap();
        assert_eq!(tasks.len(), 2, "{tasks:?}");
        assert_eq!(tasks[0]["evidence"]["source"], "transcript");
        assert_eq!(tasks[0]["evidence"]["second"], 1.0);
        assert_eq!(tasks[0]["due"], "2026-03-11");
        assert_eq!(
            (&tasks[1]["needs_confirmation"], &tasks[1]["id"]),
            (&true.into(), &Value::Null)
        );
        let listed = app
            .http()
            .get("/api/v1/tasks?user_id=nora")
            .await
            .expect(200);
        assert_eq!(listed["count"], 1);
        // Short recordings go out as they are; the insight has its own instructions.
        let given = ear.given.lock().unwrap().clone();
        assert_eq!((&*given[0].0, given[0].1), ("audio/wav", recording.len()));
        assert!(given[0].2 > 0);
        let asked = model.requests();
        assert!(asked[0].messages[0].words().contains("transcript"));
        assert!(asked[0].messages[1].words().contains("call Nora"));
    }
}

#[tokio::test]
async fn a_local_model_hears_samples_and_counts_from_the_start_of_the_piece() {
    let ear = Ear::new([Ok(said(&[(0.0, 1.0, "Buy milk tomorrow.", None)]))]);
    let app = TestApp::on_sqlite(with(vec![hearing("local", ModelType::Local, &ear)])).await;
    let read = send(&app, AUDIO, "a.ogg", &fixture("opus.ogg"), &[])
        .await
        .expect(200);
    assert_eq!(read["tasks"][0]["summary"], "Buy milk");
    let given = ear.given.lock().unwrap().clone();
    assert_eq!(given[0].1, 0, "nothing is encoded for nobody");
    assert!(given[0].2 > 0);
}

#[tokio::test]
async fn a7_002_what_could_not_be_heard_is_explained_and_never_made_up() {
    let unavailable = |retry_after| ModelError::Unavailable {
        message: "down".to_owned(),
        retry_after,
    };
    let cases = [
        (None, "placeholder", "models pull speech-base"),
        (
            Some(unavailable(Some(Duration::from_secs(20)))),
            "loading",
            "being loaded",
        ),
        (Some(ModelError::Timeout("total")), "timeout", "in time"),
        (
            Some(ModelError::Unauthorized("no".to_owned())),
            "error",
            "Try again",
        ),
    ];
    for (error, model_used, word) in cases {
        let ear = Ear::new(std::iter::repeat_n(error.clone(), 4).flatten().map(Err));
        let accounts = match error {
            None => Vec::new(),
            Some(_) => vec![hearing("huggingface", ModelType::Cloud, &ear)],
        };
        let app = TestApp::on_sqlite(with(accounts)).await;
        let read = send(&app, AUDIO, "a.wav", &fixture("speech.wav"), &[])
            .await
            .expect(200);
        assert_eq!(read["status"], "partial", "{model_used}");
        let told = &read["processing_details"]["transcription"];
        assert_eq!(told["model_used"], model_used);
        assert_eq!(told["confidence"], 0.0);
        assert!(told["text"].as_str().unwrap().contains(word), "{told}");
        assert_eq!(read["tasks"].as_array().unwrap().len(), 0);
        assert_eq!(app.http().get("/api/v1/tasks").await.json()["count"], 0);
    }
}

#[tokio::test]
async fn silence_is_told_as_silence() {
    let ear = Ear::new([Ok(said(&[]))]);
    let app = TestApp::on_sqlite(with(vec![hearing("huggingface", ModelType::Cloud, &ear)])).await;
    let read = send(&app, AUDIO, "s.flac", &fixture("silence.flac"), &[])
        .await
        .expect(200);
    assert!(
        read["response"]
            .as_str()
            .unwrap()
            .contains("no speech was found"),
        "{read}"
    );
    assert_eq!(read["tasks"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn d8_24_only_recordings_are_taken_whatever_they_are_called() {
    let mut setup = Setup::default();
    setup.server.max_file_size = 64 * 1024;
    let app = TestApp::on_sqlite(setup).await;
    for content in [b"just words".to_vec(), fixture("board.png"), Vec::new()] {
        let refused = send(&app, AUDIO, "memo.mp3", &content, &[])
            .await
            .expect(422);
        assert_eq!(refused["error"], "Invalid file type");
    }
    let mut large = fixture("speech.wav");
    large.resize(64 * 1024 + 1, 0);
    let refused = send(&app, AUDIO, "memo.wav", &large, &[]).await.expect(422);
    assert_eq!(refused["error"], "File too large");
    assert_eq!(std::fs::read_dir(app.uploads()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_recording_that_is_none_inside_is_an_error_of_its_own() {
    let ear = Ear::new([]);
    let app = TestApp::on_sqlite(with(vec![hearing("huggingface", ModelType::Cloud, &ear)])).await;
    let mut broken = fixture("speech.mp3");
    broken.truncate(3);
    broken.resize(4000, 0xff);
    let read = send(&app, "/api/v1/upload/file", "a.mp3", &broken, &[]).await;
    if read.status.as_u16() == 200 {
        assert_eq!(read.json()["status"], "error");
        assert!(ear.given.lock().unwrap().is_empty());
    } else {
        assert_eq!(read.expect(422)["error"], "Unsupported file type");
    }
}
