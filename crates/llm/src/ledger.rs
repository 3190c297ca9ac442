//! The ledger: one row for every call that was made, and for every answer that a cache saved.
//!
//! Quota, scores, monitoring, metrics and counters derive from these rows, so no two numbers
//! disagree. The gateway hands rows over and never waits; keeping them is the sink's work.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ModelError, ModelType, Use};

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallStatus {
    /// With an answer.
    Success,
    /// Without one.
    Error,
    /// It was never made: a cache had the answer.
    Cached,
    /// The caller went away.
    Aborted,
}

impl CallStatus {
    /// Its name in tables and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Error => "error",
            Self::Cached => "cached",
            Self::Aborted => "aborted",
        }
    }
}

/// One attempt at one account.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRecord {
    /// Of this row, in order of time.
    pub id: Uuid,
    /// The request it was made for; several attempts share it.
    pub request_id: Uuid,
    /// What it was for.
    pub purpose: Use,
    /// The account asked.
    pub account: String,
    /// Its provider.
    pub kind: String,
    /// Where its models run.
    pub model_type: ModelType,
    /// The model that answered, or else the one that was asked.
    pub model: String,
    /// How it ended.
    pub status: CallStatus,
    /// [`ModelError::class`] of a call that failed.
    pub error_class: Option<&'static str>,
    /// The HTTP status that fits the outcome (providers without HTTP have none of their own).
    pub http_status: Option<u16>,
    /// Tokens of the prompt.
    pub input_tokens: Option<u64>,
    /// Tokens of the answer, as far as it came.
    pub output_tokens: Option<u64>,
    /// Whether the tokens were estimated because the provider told none.
    pub estimated: bool,
    /// Characters of the prompt.
    pub characters_in: u64,
    /// Characters of the answer, as far as it came.
    pub characters_out: u64,
    /// From the call to its end.
    pub latency: Duration,
    /// From the call to the first content of a stream.
    pub first_token: Option<Duration>,
    /// Which attempt of the request this was, from 1.
    pub attempt: u32,
    /// Millionths of a US dollar; `None` is unknown, which is not zero.
    pub price: Option<u64>,
    /// When it was called.
    pub created_at: Timestamp,
    /// The caller's label.
    pub user: Option<String>,
}

impl CallRecord {
    /// Tokens of prompt and answer, if known.
    pub fn total_tokens(&self) -> Option<u64> {
        self.input_tokens?.checked_add(self.output_tokens?)
    }
}

/// Takes rows.
pub trait LedgerSink: Send + Sync + 'static {
    /// Takes one row. Called on the request path: it must neither block nor wait.
    fn record(&self, record: CallRecord);
}

/// A sink that keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLedger;

impl LedgerSink for NoLedger {
    fn record(&self, _record: CallRecord) {}
}

/// Tokens of that many characters, where a provider counts none: four characters a token.
pub(crate) fn estimated_tokens(characters: u64) -> u64 {
    characters.div_ceil(4)
}

/// The HTTP status that fits an error.
pub(crate) fn http_status(error: &ModelError) -> Option<u16> {
    match error {
        ModelError::BadRequest(_) => Some(400),
        ModelError::Unauthorized(_) => Some(401),
        ModelError::ModelGone { .. } => Some(404),
        ModelError::RateLimited { .. } => Some(429),
        ModelError::Malformed(_) => Some(502),
        ModelError::Unavailable { .. } | ModelError::Busy | ModelError::AllFailed { .. } => {
            Some(503)
        }
        ModelError::Timeout(_) => Some(504),
        ModelError::NotConfigured(_) | ModelError::Cancelled => None,
    }
}
