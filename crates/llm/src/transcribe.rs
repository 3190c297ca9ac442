//! Speech to text.

use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::ModelError;

/// What is asked of a transcriber.
#[derive(Debug, Clone)]
pub struct TranscriptionRequest {
    /// The recording in its container, as uploaded.
    pub audio: Bytes,
    /// Its type, found from its content: `audio/mpeg`, `audio/webm`, …
    pub media_type: String,
    /// The same decoded: 16 kHz mono samples in -1..1, for models in this process.
    pub samples: Option<std::sync::Arc<Vec<f32>>>,
    /// ISO 639-1 code when the speaker's language is known.
    pub language: Option<String>,
    /// Model to use; `None` takes the account's.
    pub model: Option<String>,
}

/// A stretch of speech.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Start in seconds.
    pub start: f32,
    /// End in seconds.
    pub end: f32,
    /// The words.
    pub text: String,
    /// From 0 to 1; `None` where the provider does not say.
    pub confidence: Option<f32>,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// All the words.
    pub text: String,
    /// ISO 639-1 code, when known.
    pub language: Option<String>,
    /// Stretches with time stamps; empty where the provider gives none.
    pub segments: Vec<Segment>,
    /// From 0 to 1; `None` where the provider does not say.
    pub confidence: Option<f32>,
    /// The model that listened.
    pub model: String,
}

/// What can turn speech into text.
pub trait Transcriber: Send + Sync + 'static {
    /// Transcribes one recording. Dropping the future cancels the call.
    ///
    /// # Errors
    /// By what the caller can do: see [`ModelError`].
    fn transcribe(
        &self,
        request: TranscriptionRequest,
    ) -> BoxFuture<'_, Result<Transcript, ModelError>>;
}
