//! Speech to text.

use bytes::Bytes;
use llm::{Transcript, TranscriptionRequest};
use providers::Kind;
use testkit::upstream::{Behaviour, Upstream};

use crate::support::{config, connected};

fn recording(media_type: &str) -> TranscriptionRequest {
    TranscriptionRequest {
        audio: Bytes::from_static(b"\x00\xffsound"),
        media_type: media_type.to_owned(),
        samples: None,
        language: Some("de".to_owned()),
        model: None,
    }
}

async fn heard(kind: Kind, upstream: &Upstream, request: TranscriptionRequest) -> Transcript {
    let account = connected(&config(kind, upstream));
    account
        .transcriber
        .unwrap()
        .transcribe(request)
        .await
        .unwrap()
}

#[tokio::test]
async fn whisper_gives_segments_with_confidence() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::json(include_str!(
        "../fixtures/whisper_verbose.json"
    )));
    for (kind, path, model) in [
        (Kind::OpenAi, "/v1/audio/transcriptions", "whisper-1"),
        (
            Kind::Groq,
            "/openai/v1/audio/transcriptions",
            "whisper-large-v3",
        ),
    ] {
        let transcript = heard(kind, &upstream, recording("audio/mp4")).await;
        assert_eq!(transcript.text, "Ruf bitte Anna an. Morgen um zehn.");
        assert_eq!(transcript.language.as_deref(), Some("de"));
        assert_eq!(transcript.segments.len(), 2);
        assert_eq!(transcript.segments[1].text, "Morgen um zehn.");
        // exp(-0.2860786) over 3.32 s and exp(-0.1) over 5.15 s.
        assert!((transcript.segments[0].confidence.unwrap() - 0.7512).abs() < 1e-3);
        assert!((transcript.confidence.unwrap() - 0.8446).abs() < 1e-3);
        assert_eq!(transcript.model, model);

        let sent = upstream.last().unwrap();
        assert_eq!(sent.path, path);
        assert!(sent.header("content-length").is_some());
        let body = sent.text();
        for part in [
            "name=\"model\"\r\n\r\n",
            "name=\"response_format\"\r\n\r\nverbose_json",
            "name=\"language\"\r\n\r\nde",
            "filename=\"audio.m4a\"\r\nContent-Type: audio/mp4",
        ] {
            assert!(body.contains(part), "{part}: {body}");
        }
        assert!(body.contains(model));
    }
}

#[tokio::test]
async fn models_without_segments_are_not_asked_for_them() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::json(
        r#"{"text": "Call Anna.", "usage": {"type": "tokens"}}"#,
    ));
    let request = TranscriptionRequest {
        model: Some("gpt-4o-transcribe".to_owned()),
        language: None,
        ..recording("audio/wav")
    };
    let transcript = heard(Kind::OpenAi, &upstream, request).await;
    assert_eq!(transcript.text, "Call Anna.");
    assert_eq!(transcript.confidence, None);
    let body = upstream.last().unwrap().text();
    assert!(body.contains("name=\"response_format\"\r\n\r\njson"));
    assert!(!body.contains("name=\"language\""));
}

/// Contract 002-A7 and 6: raw bytes, with a type for every kind of recording.
#[tokio::test]
async fn hugging_face_gets_the_bytes_themselves() {
    let upstream = Upstream::start().await.unwrap();
    for (given, sent) in [
        ("audio/mpeg", "audio/mpeg"),
        ("audio/mp4", "audio/m4a"),
        ("audio/webm;codecs=opus", "audio/webm"),
    ] {
        let transcript = heard(Kind::HuggingFace, &upstream, recording(given)).await;
        assert_eq!(transcript.text, "Buy milk tomorrow.");
        let request = upstream.last().unwrap();
        assert_eq!(request.path, "/models/openai/whisper-large-v3");
        assert_eq!(request.header("content-type"), Some(sent));
        assert_eq!(request.body, b"\x00\xffsound");
    }
}

#[tokio::test]
async fn a_model_that_is_loading_says_how_long() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::status(503));
    let account = connected(&config(Kind::HuggingFace, &upstream));
    let transcriber = account.transcriber.unwrap();
    let error = transcriber
        .transcribe(recording("audio/wav"))
        .await
        .unwrap_err();
    assert_eq!(error.class(), "unavailable");
    assert_eq!(error.retry_after().unwrap().as_secs(), 20);
}

#[tokio::test]
async fn a_name_cannot_climb_out_of_the_path() {
    let upstream = Upstream::start().await.unwrap();
    for model in ["../../v1/admin", "a//b", "a b", "", "m?x=1", "m#x"] {
        let account = connected(&config(Kind::HuggingFace, &upstream));
        let request = TranscriptionRequest {
            model: Some(model.to_owned()),
            ..recording("audio/wav")
        };
        let error = account
            .transcriber
            .unwrap()
            .transcribe(request)
            .await
            .unwrap_err();
        assert_eq!(error.class(), "model_gone", "{model}");
        let chat = connected(&config(Kind::Gemini, &upstream)).chat.unwrap();
        let request = llm::ChatRequest {
            model: Some(model.to_owned()),
            ..crate::support::hello()
        };
        assert_eq!(
            chat.chat(request).await.unwrap_err().class(),
            "model_gone",
            "{model}"
        );
    }
    assert_eq!(upstream.requests(), 0);
}
