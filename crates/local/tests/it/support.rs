//! The model, engines and requests of these tests.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt;
use llm::{ChatRequest, Message};
use local::models::Models;
use local::text::{
    Form, Piece, Pieces, Request, Speaker, Text, TextConfig, TextError, TextFile, Turn, Used,
};
use local::worker::Worker;
use local::{LocalConfig, LocalText};

pub(crate) const MODEL: &str = "text-135m";

/// Longer than anything here should take on a busy machine.
pub(crate) const LONG: Duration = Duration::from_mins(2);

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told where the models are"
)]
fn models_dir() -> PathBuf {
    match std::env::var("TEST_MODELS_DIR") {
        Ok(dir) => PathBuf::from(dir),
        Err(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models"),
    }
}

/// The model's file; `None`, said aloud, where it is missing.
pub(crate) fn model() -> Option<PathBuf> {
    let dir = models_dir();
    match Models::open(&dir).unwrap().path_of(MODEL, "model.gguf") {
        Ok(path) => Some(path),
        Err(error) => {
            println!("SKIPPED: {MODEL} in {}: {error}", dir.display());
            None
        }
    }
}

/// Tests run beside each other: threads that wait for each other on too few cores take minutes.
pub(crate) fn one_thread() -> Worker {
    Worker::new(Some(NonZeroUsize::MIN))
}

pub(crate) fn config() -> TextConfig {
    TextConfig {
        context: 2048,
        answer_threads: None,
        idle: LONG,
        queue: 8,
    }
}

pub(crate) fn engine(path: PathBuf, config: TextConfig) -> Text {
    let file = TextFile {
        name: MODEL.to_owned(),
        locate: Box::new(move || Ok(path.clone())),
        memory_bytes: None,
    };
    Text::start(file, config, one_thread()).unwrap()
}

pub(crate) fn local() -> LocalText {
    let config = LocalConfig {
        text_model: Some(MODEL.to_owned()),
        ..LocalConfig::default()
    };
    LocalText::new(models_dir(), config, one_thread()).unwrap()
}

pub(crate) fn turn(speaker: Speaker, text: &str) -> Turn {
    Turn {
        speaker,
        text: text.to_owned(),
    }
}

/// A greedy request of one user message.
pub(crate) fn ask(text: &str, max_tokens: u32) -> Request {
    Request {
        turns: vec![turn(Speaker::User, text)],
        max_tokens,
        temperature: Some(0.0),
        ..Request::default()
    }
}

/// A request that will not end by itself soon: a grammar wants more letters than are ever allowed.
pub(crate) fn endless() -> Request {
    Request {
        form: Form::Gbnf("root ::= [a-z ]+".to_owned()),
        ..ask("Tell a story.", 900)
    }
}

pub(crate) fn chat(text: &str) -> ChatRequest {
    ChatRequest {
        messages: vec![Message::user(text)],
        temperature: Some(0.0),
        max_tokens: Some(24),
        ..ChatRequest::default()
    }
}

/// The whole answer of a request.
pub(crate) async fn whole(
    text: &Text,
    request: Request,
) -> Result<(String, llm::Finish, Used), TextError> {
    let mut pieces = text.generate(request)?;
    let mut answer = String::new();
    while let Some(piece) = pieces.next().await {
        match piece? {
            Piece::Started => {}
            Piece::Text(more) => answer.push_str(&more),
            Piece::End { finish, used } => return Ok((answer, finish, used)),
        }
    }
    panic!("the answer was cut after {answer:?}");
}

/// Waits until the request has left the queue.
pub(crate) async fn started(pieces: &mut Pieces) {
    assert_eq!(pieces.next().await, Some(Ok(Piece::Started)));
}
