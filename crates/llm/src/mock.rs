//! Models that answer from a script: for tests, and for the provider `mock`.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};

use crate::ledger::{CallRecord, LedgerSink};
use crate::{
    Caption, CaptionRequest, Captioner, ChatEvent, ChatModel, ChatRequest, ChatStream, Finish,
    ModelError, PictureText, ReadTextRequest, TextLine, TextReader, Transcriber, Transcript,
    TranscriptionRequest, Usage,
};

/// A piece of a scripted stream.
#[derive(Debug, Clone)]
pub enum Piece {
    /// An event.
    Event(ChatEvent),
    /// Silence.
    Wait(Duration),
    /// An error inside the stream.
    Fail(ModelError),
    /// Silence for ever.
    Hang,
}

impl Piece {
    /// More words.
    pub fn text(text: &str) -> Self {
        Self::Event(ChatEvent::Text(text.to_owned()))
    }

    /// The regular end.
    pub fn stop() -> Self {
        Self::Event(ChatEvent::Finish(Finish::Stop))
    }

    /// Tokens.
    pub fn usage(input: u64, output: u64) -> Self {
        Self::Event(ChatEvent::Usage(Usage {
            input_tokens: Some(input),
            output_tokens: Some(output),
            ..Usage::default()
        }))
    }
}

/// What a scripted model does when it is called.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Answers with words: one event a word when streamed, and no tokens told.
    Text(String),
    /// Streams these pieces, and ends without a finish if there is none among them.
    Pieces(Vec<Piece>),
    /// Fails before anything is streamed.
    Fail(ModelError),
    /// Never answers.
    Hang,
    /// Does the other after a while.
    After(Duration, Box<Reply>),
}

impl Reply {
    /// Answers with words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Fails as a provider that is down.
    pub fn down() -> Self {
        Self::Fail(ModelError::Unavailable {
            message: "down".to_owned(),
            retry_after: None,
        })
    }

    /// Fails as a provider with too many requests.
    pub fn rate_limited(retry_after: Option<Duration>) -> Self {
        Self::Fail(ModelError::RateLimited { retry_after })
    }

    /// The same after a while.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self::After(wait, Box::new(self))
    }
}

/// A script: every call takes the next reply, and when there is none left the last again.
#[derive(Debug, Default)]
struct Script {
    replies: Mutex<VecDeque<Reply>>,
    last: Mutex<Option<Reply>>,
}

impl Script {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self {
            replies: Mutex::new(replies.into_iter().collect()),
            last: Mutex::new(None),
        }
    }

    fn next(&self) -> Reply {
        let next = lock(&self.replies).pop_front();
        let mut last = lock(&self.last);
        if next.is_some() {
            last.clone_from(&next);
        }
        last.clone()
            .unwrap_or(Reply::Fail(ModelError::NotConfigured(
                "an empty script".to_owned(),
            )))
    }
}

/// A chat model that answers from a script.
#[derive(Debug)]
pub struct ScriptedChat {
    model: String,
    script: Script,
    requests: Mutex<Vec<ChatRequest>>,
    dropped: Arc<AtomicUsize>,
}

impl ScriptedChat {
    /// A model of that name with these replies, in order; the last is repeated.
    pub fn new(model: impl Into<String>, replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        Arc::new(Self {
            model: model.into(),
            script: Script::new(replies),
            requests: Mutex::default(),
            dropped: Arc::default(),
        })
    }

    /// What it was asked, in order.
    pub fn requests(&self) -> Vec<ChatRequest> {
        lock(&self.requests).clone()
    }

    /// How often it was asked.
    pub fn calls(&self) -> usize {
        lock(&self.requests).len()
    }

    /// How many calls were dropped before their end.
    pub fn dropped(&self) -> usize {
        self.dropped.load(Ordering::SeqCst)
    }

    fn pieces(&self, text: &str) -> Vec<Piece> {
        let started = ChatEvent::Started {
            model: self.model.clone(),
        };
        let mut pieces = vec![Piece::Event(started)];
        pieces.extend(text.split_inclusive(' ').map(Piece::text));
        pieces.push(Piece::stop());
        pieces
    }
}

impl ChatModel for ScriptedChat {
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>> {
        lock(&self.requests).push(request);
        let reply = self.script.next();
        let mut alive = Alive {
            dropped: Arc::clone(&self.dropped),
            ended: false,
        };
        Box::pin(async move {
            let pieces = match resolve(reply).await {
                Ok(Answer::Text(text)) => self.pieces(&text),
                Ok(Answer::Pieces(pieces)) => pieces,
                Err(error) => {
                    alive.end();
                    return Err(error);
                }
            };
            Ok(play(pieces.into(), alive).boxed())
        })
    }
}

enum Answer {
    Text(String),
    Pieces(Vec<Piece>),
}

async fn resolve(mut reply: Reply) -> Result<Answer, ModelError> {
    loop {
        match reply {
            Reply::Text(text) => return Ok(Answer::Text(text)),
            Reply::Pieces(pieces) => return Ok(Answer::Pieces(pieces)),
            Reply::Fail(error) => return Err(error),
            Reply::Hang => std::future::pending().await,
            Reply::After(wait, next) => {
                tokio::time::sleep(wait).await;
                reply = *next;
            }
        }
    }
}

/// Counts a call that is dropped before its end.
struct Alive {
    dropped: Arc<AtomicUsize>,
    ended: bool,
}

impl Alive {
    fn end(&mut self) {
        self.ended = true;
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        if !self.ended {
            self.dropped.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn play(
    pieces: VecDeque<Piece>,
    alive: Alive,
) -> impl stream::Stream<Item = Result<ChatEvent, ModelError>> + Send + 'static {
    stream::unfold((pieces, alive), |(mut pieces, mut alive)| async move {
        loop {
            let event = match pieces.pop_front() {
                Some(Piece::Wait(wait)) => {
                    tokio::time::sleep(wait).await;
                    continue;
                }
                Some(Piece::Hang) => std::future::pending().await,
                Some(Piece::Event(event)) => Ok(event),
                Some(Piece::Fail(error)) => Err(error),
                None => {
                    alive.end();
                    return None;
                }
            };
            if matches!(event, Err(_) | Ok(ChatEvent::Finish(_))) {
                alive.end();
            }
            return Some((event, (pieces, alive)));
        }
    })
}

/// A transcriber that hears what its script says.
#[derive(Debug)]
pub struct ScriptedTranscriber(Script);

impl ScriptedTranscriber {
    /// With these replies, in order; the last is repeated.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        Arc::new(Self(Script::new(replies)))
    }
}

impl Transcriber for ScriptedTranscriber {
    fn transcribe(
        &self,
        request: TranscriptionRequest,
    ) -> BoxFuture<'_, Result<Transcript, ModelError>> {
        let reply = self.0.next();
        Box::pin(async move {
            Ok(Transcript {
                text: words(resolve(reply).await?),
                language: request.language,
                segments: Vec::new(),
                confidence: None,
                model: request.model.unwrap_or_default(),
            })
        })
    }
}

/// A captioner that sees what its script says.
#[derive(Debug)]
pub struct ScriptedCaptioner(Script);

impl ScriptedCaptioner {
    /// With these replies, in order; the last is repeated.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        Arc::new(Self(Script::new(replies)))
    }
}

impl Captioner for ScriptedCaptioner {
    fn caption(&self, request: CaptionRequest) -> BoxFuture<'_, Result<Caption, ModelError>> {
        let reply = self.0.next();
        Box::pin(async move {
            Ok(Caption {
                text: words(resolve(reply).await?),
                confidence: None,
                model: request.model.unwrap_or_default(),
            })
        })
    }
}

/// A reader that finds the lines of its script in every picture.
#[derive(Debug)]
pub struct ScriptedTextReader(Script);

impl ScriptedTextReader {
    /// With these replies, in order; the last is repeated.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        Arc::new(Self(Script::new(replies)))
    }
}

impl TextReader for ScriptedTextReader {
    fn read_text(
        &self,
        request: ReadTextRequest,
    ) -> BoxFuture<'_, Result<PictureText, ModelError>> {
        let reply = self.0.next();
        Box::pin(async move {
            let text = words(resolve(reply).await?);
            let lines = text.lines().filter(|line| !line.is_empty());
            let lines = lines.map(|line| TextLine {
                text: line.to_owned(),
                confidence: 1.0,
                bounds: [0.0; 4],
            });
            Ok(PictureText {
                lines: lines.collect(),
                text,
                model: request.model.unwrap_or_default(),
            })
        })
    }
}

fn words(answer: Answer) -> String {
    match answer {
        Answer::Text(text) => text,
        Answer::Pieces(pieces) => pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Event(ChatEvent::Text(text)) => Some(text),
                _ => None,
            })
            .collect(),
    }
}

/// A ledger that keeps its rows in memory.
#[derive(Debug, Default)]
pub struct MemoryLedger(Mutex<Vec<CallRecord>>);

impl MemoryLedger {
    /// An empty one.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// The rows so far.
    pub fn rows(&self) -> Vec<CallRecord> {
        lock(&self.0).clone()
    }
}

impl LedgerSink for MemoryLedger {
    fn record(&self, record: CallRecord) {
        lock(&self.0).push(record);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
