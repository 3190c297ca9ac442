//! Pictures to words.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::ModelError;

/// What is asked of a captioner.
#[derive(Debug, Clone)]
pub struct CaptionRequest {
    /// The encoded picture.
    pub image: Bytes,
    /// `image/jpeg`, `image/png`, …
    pub media_type: String,
    /// Model to use; `None` takes the account's.
    pub model: Option<String>,
}

/// What is to be seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// One sentence.
    pub text: String,
    /// From 0 to 1; `None` where the provider does not say.
    pub confidence: Option<f32>,
    /// The model that looked.
    pub model: String,
}

/// What can say what a picture shows.
pub trait Captioner: Send + Sync + 'static {
    /// Describes one picture. Dropping the future cancels the call.
    ///
    /// # Errors
    /// By what the caller can do: see [`ModelError`].
    fn caption(&self, request: CaptionRequest) -> BoxFuture<'_, Result<Caption, ModelError>>;
}
