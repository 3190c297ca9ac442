//! The text model in this process.
//!
//! One thread owns the library, the model and its context; everyone else speaks to it through a bounded
//! queue and gets pieces back. Several answers advance together, a token each per step, beside a slice
//! of a waiting prompt. Dropping the pieces is the cancel: it is seen before the next step.

mod chat;
mod cpu;
mod engine;
mod error;
mod grammar;
mod local;
mod owner;
mod sampling;
mod sequence;
mod session;
mod slots;
mod steps;
mod template;
mod thread;
mod words;

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_util::Stream;
use llm::Finish;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::{Semaphore, watch};

use crate::worker::Worker;

pub use crate::state::{ANY, LocalState, Status};
pub use error::{LoadError, TextError};
pub use local::LocalText;

use owner::{Job, Owner};
use thread::Thread;

/// Settings of one engine.
#[derive(Debug, Clone)]
pub struct TextConfig {
    /// Tokens of one conversation, prompt and answer together.
    pub context: u32,
    /// Threads while answering; prompts are read with the whole budget of the worker.
    pub answer_threads: Option<usize>,
    /// How long the model stays loaded without work.
    pub idle: Duration,
    /// Requests that may wait.
    pub queue: usize,
}

/// Which file to load.
pub struct TextFile {
    /// Its name in answers and logs.
    pub name: String,
    /// Finds the file and makes sure that it is whole; what it says is for the user.
    pub locate: Box<dyn Fn() -> Result<PathBuf, String> + Send>,
    /// What the loaded model occupies, in bytes; unknown: guessed from the size of the file.
    pub memory_bytes: Option<u64>,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// Instructions.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
    /// The result of a tool.
    Tool,
}

impl Speaker {
    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
        }
    }

    fn is_system(self) -> bool {
        self == Self::System
    }

    fn is_answer(self) -> bool {
        matches!(self, Self::Assistant | Self::Tool)
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks.
    pub speaker: Speaker,
    /// What is said.
    pub text: String,
}

/// The form an answer must have.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Form {
    /// Words.
    #[default]
    Free,
    /// Any JSON object.
    Object,
    /// JSON that satisfies a schema. Bound everything in it, or a small model writes until the limit.
    Schema(Value),
    /// A grammar in the library's own notation, with the rule `root`.
    Gbnf(String),
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The conversation, oldest first.
    pub turns: Vec<Turn>,
    /// Form of the answer.
    pub form: Form,
    /// Upper bound of the answer in tokens.
    pub max_tokens: u32,
    /// Randomness; `None`: 0.7, or none when a form is asked for.
    pub temperature: Option<f32>,
    /// Nucleus sampling; `None`: 0.95.
    pub top_p: Option<f32>,
    /// Seed; `None`: another one each time.
    pub seed: Option<u32>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// When the answer must be done.
    pub deadline: Option<Instant>,
}

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// The request left the queue and its prompt fits.
    Started,
    /// More words.
    Text(String),
    /// The end.
    End {
        /// Why.
        finish: Finish,
        /// What was computed.
        used: Used,
    },
}

/// What one answer took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Those of them that were in the cache already.
    pub reused_tokens: usize,
    /// Tokens of the answer.
    pub answer_tokens: usize,
    /// Time from leaving the queue to the end.
    pub worked: Duration,
}

/// What the engine is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineState {
    /// Nothing is loaded; the first request loads the model.
    Ready,
    /// The model is being loaded.
    Loading {
        /// From 0 to 100.
        percent: u8,
    },
    /// The model is loaded.
    Loaded {
        /// Threads while answering.
        answer_threads: usize,
    },
    /// The last attempt to load it failed; the next request tries again.
    Failed(LoadError),
}

/// A running engine. Dropping it ends what runs and waits for its thread: for a step of the model at
/// most.
pub struct Text {
    // Before the thread: it ends when nobody can send requests any more.
    jobs: Sender<Job>,
    places: Arc<Semaphore>,
    state: watch::Receiver<EngineState>,
    thread: Thread,
}

impl Text {
    /// Starts the engine's thread; the model is loaded when the first request comes.
    ///
    /// # Errors
    /// [`TextError::Engine`] when no thread can be had.
    pub fn start(file: TextFile, config: TextConfig, worker: Worker) -> Result<Self, TextError> {
        let (jobs, waiting) = std::sync::mpsc::channel();
        let (tell, state) = watch::channel(EngineState::Ready);
        let places = Arc::new(Semaphore::new(config.queue));
        let thread = Thread::start(|stopping| {
            Owner::new(file, config, worker, waiting, tell, stopping).run();
        })?;
        Ok(Self {
            jobs,
            places,
            state,
            thread,
        })
    }

    /// Asks for an answer. Dropping the pieces cancels it.
    ///
    /// # Errors
    /// [`TextError::Busy`] when the queue is full, [`TextError::Format`] when the form cannot be kept
    /// to, [`TextError::Engine`] when the engine has ended. Later failures are in the stream.
    pub fn generate(&self, request: Request) -> Result<Pieces, TextError> {
        let grammar = grammar::grammar_of(&request.form)?;
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| TextError::Busy)?;
        let (to, pieces) = unbounded_channel();
        let job = Job {
            request,
            grammar,
            to,
            place,
        };
        self.jobs
            .send(job)
            .map_err(|_| TextError::Engine("its thread has ended".to_owned()))?;
        Ok(Pieces(pieces))
    }

    /// What the engine is doing, now and from now on.
    pub fn state(&self) -> watch::Receiver<EngineState> {
        self.state.clone()
    }

    /// Whether the engine's thread has ended, which only a defect makes it do.
    pub fn has_ended(&self) -> bool {
        self.thread.has_ended()
    }

    /// Takes no more requests: the thread finishes those it has and then ends by itself.
    fn retire(self) -> Thread {
        self.thread
    }
}

/// The pieces of one answer, in order; it ends with [`Piece::End`] or an error.
#[derive(Debug)]
pub struct Pieces(UnboundedReceiver<Result<Piece, TextError>>);

impl Stream for Pieces {
    type Item = Result<Piece, TextError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}
