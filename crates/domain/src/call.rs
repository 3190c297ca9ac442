//! The ledger of model calls (contract 7.3): one row per call, whatever became of it.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::words::words;

words! {
    /// What became of a call.
    CallStatus as "call status" {
        /// Answered.
        Success = "success",
        /// Failed.
        Error = "error",
        /// Answered from the cache, no upstream call.
        Cached = "cached",
        /// The caller left before the end.
        Aborted = "aborted",
    }
}

/// One call of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelCall {
    /// Identity.
    pub id: Uuid,
    /// The request it served.
    pub request_id: Uuid,
    /// Label of the person, if given.
    pub user_id: Option<String>,
    /// What it was for: `chat`, `suggestion`, …
    pub purpose: String,
    /// The account: `groq_1`, `local`, …
    pub provider: String,
    /// `local`, `cloud` or `fallback` (contract 7.8).
    pub model_type: String,
    /// The model.
    pub model: String,
    /// What became of it.
    pub status: CallStatus,
    /// Class of the error, if it failed.
    pub error_class: Option<String>,
    /// Tokens of the prompt.
    pub input_tokens: Option<i64>,
    /// Tokens of the answer.
    pub output_tokens: Option<i64>,
    /// Characters of prompt and answer together.
    pub characters: i64,
    /// Whether the token counts are estimates.
    pub usage_estimated: bool,
    /// Price in millionths of a US dollar; `None` where the price is not known.
    pub cost_micros: Option<i64>,
    /// Time to the end in milliseconds.
    pub latency_ms: i64,
    /// Time to the first content in milliseconds.
    pub first_token_ms: Option<i64>,
    /// When it began.
    pub created_at: Timestamp,
}

/// What one account used on one day (contract 003-T `ai_provider_usage`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderUsage {
    /// The account.
    pub provider_name: String,
    /// UTC day.
    pub date: Date,
    /// Calls made.
    pub request_count: i64,
    /// Characters sent and received.
    pub character_count: i64,
}
