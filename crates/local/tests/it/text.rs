//! The text engine with a real, small model. Nothing here depends on wording: answers are greedy, and
//! their shape is checked.

mod answers;
mod cache;
mod files;
mod queue;

use std::path::PathBuf;
use std::time::Duration;

use futures_util::StreamExt;
use llm::{ChatRequest, Message};
use local::text::{
    Form, Piece, Pieces, Request, Speaker, Text, TextConfig, TextError, TextFile, Turn, Used,
};
use local::{LocalConfig, LocalText};

use crate::support::{file_of, models_dir, one_thread};

const MODEL: &str = "text-135m";

/// Longer than anything here should take on a busy machine.
const LONG: Duration = Duration::from_mins(2);

/// The model's file; `None`, said aloud, where it is missing.
fn model() -> Option<PathBuf> {
    file_of(MODEL, "model.gguf")
}

fn config() -> TextConfig {
    TextConfig {
        context: 2048,
        answer_threads: None,
        idle: LONG,
        queue: 8,
    }
}

fn engine(path: PathBuf, config: TextConfig) -> Text {
    let file = TextFile {
        name: MODEL.to_owned(),
        locate: Box::new(move || Ok(path.clone())),
        memory_bytes: None,
    };
    Text::start(file, config, one_thread()).unwrap()
}

fn local() -> LocalText {
    let config = LocalConfig {
        text_model: Some(MODEL.to_owned()),
        ..LocalConfig::default()
    };
    LocalText::new(models_dir(), config, one_thread()).unwrap()
}

fn turn(speaker: Speaker, text: &str) -> Turn {
    Turn {
        speaker,
        text: text.to_owned(),
    }
}

/// A greedy request of one user message.
fn ask(text: &str, max_tokens: u32) -> Request {
    Request {
        turns: vec![turn(Speaker::User, text)],
        max_tokens,
        temperature: Some(0.0),
        ..Request::default()
    }
}

/// A request that will not end by itself soon: a grammar wants more letters than are ever allowed.
fn endless() -> Request {
    Request {
        form: Form::Gbnf("root ::= [a-z ]+".to_owned()),
        ..ask("Tell a story.", 900)
    }
}

fn chat(text: &str) -> ChatRequest {
    ChatRequest {
        messages: vec![Message::user(text)],
        temperature: Some(0.0),
        max_tokens: Some(24),
        ..ChatRequest::default()
    }
}

/// The whole answer of a request.
async fn whole(text: &Text, request: Request) -> Result<(String, llm::Finish, Used), TextError> {
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
async fn started(pieces: &mut Pieces) {
    assert_eq!(pieces.next().await, Some(Ok(Piece::Started)));
}
