//! Forms, files to send in them, and models that hear and see what a test wants.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::Request;
use llm::mock::{Reply, ScriptedCaptioner, ScriptedChat, ScriptedTextReader};
use llm::{
    Account, ModelError, ModelType, Models, Segment, Transcriber, Transcript, TranscriptionRequest,
};
use serde_json::Value;
use testkit::{Answer, TestApp};
use tokio_util::sync::CancellationToken;

/// A form with a file and further fields.
pub(crate) fn form(
    path: &str,
    name: &str,
    content: &[u8],
    fields: &[(&str, &str)],
) -> Request<Body> {
    let mut body = Vec::new();
    for (field, value) in fields {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: image/png\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    Request::post(path)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap()
}

/// Sends a file.
pub(crate) async fn send(
    app: &TestApp,
    path: &str,
    name: &str,
    content: &[u8],
    fields: &[(&str, &str)],
) -> Answer {
    app.http().request(form(path, name, content, fields)).await
}

/// One of the recordings, pictures and documents that the reader is tested with.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../media/tests/fixtures");
    std::fs::read(folder.join(name)).unwrap()
}

/// Works until nothing is left to be done at once.
pub(crate) async fn work_off(app: &TestApp) {
    let stop = CancellationToken::new();
    let (assistant, ending) = (app.assistant.clone(), stop.clone());
    let worker = tokio::spawn(async move { assistant.work(ending).await });
    loop {
        let jobs = app.http().get("/api/v1/jobs").await.expect(200);
        let jobs = jobs["jobs"].as_array().unwrap().clone();
        let now = domain::Clock::now(&*app.clock);
        let due = |job: &Value| {
            job["run_at"]
                .as_str()
                .unwrap()
                .parse::<jiff::Timestamp>()
                .unwrap()
                <= now
        };
        let open = |job: &Value| job["state"] == "running" || (job["state"] == "ready" && due(job));
        if !jobs.iter().any(open) {
            break;
        }
        tokio::task::yield_now().await;
    }
    stop.cancel();
    worker.await.unwrap();
}

/// Hears what a test wants, and keeps what it was given.
pub(crate) struct Ear {
    answers: Mutex<VecDeque<Result<Transcript, ModelError>>>,
    /// Type of the recording, its bytes, its samples.
    pub(crate) given: Mutex<Vec<(String, usize, usize)>>,
}

impl Ear {
    pub(crate) fn new(
        answers: impl IntoIterator<Item = Result<Transcript, ModelError>>,
    ) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            given: Mutex::default(),
        })
    }
}

impl Transcriber for Ear {
    fn transcribe(
        &self,
        request: TranscriptionRequest,
    ) -> BoxFuture<'_, Result<Transcript, ModelError>> {
        let samples = request.samples.map_or(0, |samples| samples.len());
        let given = (request.media_type, request.audio.len(), samples);
        self.given.lock().unwrap().push(given);
        let answer = self.answers.lock().unwrap().pop_front();
        let none = || Err(ModelError::Malformed("nothing is scripted".to_owned()));
        std::future::ready(answer.unwrap_or_else(none)).boxed()
    }
}

/// What was said, from second to second.
pub(crate) fn said(segments: &[(f32, f32, &str, Option<f32>)]) -> Transcript {
    let segments = segments.iter();
    let segments: Vec<Segment> = segments
        .map(|&(start, end, text, confidence)| Segment {
            start,
            end,
            text: text.to_owned(),
            confidence,
        })
        .collect();
    let words: Vec<&str> = segments.iter().map(|segment| &*segment.text).collect();
    Transcript {
        text: words.join(" "),
        language: Some("en".to_owned()),
        segments,
        confidence: None,
        model: "ear-1".to_owned(),
    }
}

fn account(name: &str, kind: &str, place: ModelType) -> Account {
    let mut account = Account::new(name, kind, place);
    account.models = Models::one(format!("{kind}-1"));
    account
}

/// An account that hears.
pub(crate) fn hearing(kind: &str, place: ModelType, ear: &Arc<Ear>) -> Account {
    let mut account = account(kind, kind, place);
    account.transcriber = Some(Arc::clone(ear) as Arc<dyn Transcriber>);
    account
}

/// An account that reads the text in pictures.
pub(crate) fn reading(replies: Vec<Reply>) -> Account {
    let mut account = account("local", "local", ModelType::Local);
    account.text_reader = Some(ScriptedTextReader::new(replies));
    account
}

/// An account that describes pictures.
pub(crate) fn seeing(replies: Vec<Reply>) -> Account {
    let mut account = account("huggingface_1", "huggingface", ModelType::Cloud);
    account.captioner = Some(ScriptedCaptioner::new(replies));
    account
}

/// An account that answers, and the model behind it.
pub(crate) fn answering(replies: Vec<Reply>) -> (Account, Arc<ScriptedChat>) {
    let chat = ScriptedChat::new("chat-1", replies);
    let mut account = account("groq_1", "groq", ModelType::Cloud);
    account.chat = Some(Arc::clone(&chat) as Arc<dyn llm::ChatModel>);
    (account, chat)
}
