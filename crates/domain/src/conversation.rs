//! One prompt and its response by one model version (contract 004-E10…E14).

use jiff::Timestamp;
use uuid::Uuid;

/// A prompt, its response and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// Identity.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// By which model.
    pub model_version_id: Uuid,
    /// What was asked, as the person wrote it.
    pub prompt: String,
    /// What was answered.
    pub response: String,
    /// Randomness, 0 to 2.
    pub temperature: Option<f64>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f64>,
    /// Bound of the answer in tokens.
    pub max_tokens: Option<i64>,
    /// Tokens of the prompt.
    pub input_tokens: Option<i64>,
    /// Tokens of the answer.
    pub output_tokens: Option<i64>,
    /// Both together.
    pub total_tokens: Option<i64>,
    /// Time the model took, in milliseconds.
    pub latency_ms: Option<i64>,
    /// When the record was made.
    pub created_at: Timestamp,
    /// False once deleted.
    pub is_active: bool,
}

/// A conversation to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewConversation {
    /// Identity.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// By which model.
    pub model_version_id: Uuid,
    /// What was asked, as the person wrote it.
    pub prompt: String,
    /// What was answered.
    pub response: String,
    /// Randomness, 0 to 2.
    pub temperature: Option<f64>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f64>,
    /// Bound of the answer in tokens.
    pub max_tokens: Option<i64>,
    /// Tokens of the prompt.
    pub input_tokens: Option<i64>,
    /// Tokens of the answer.
    pub output_tokens: Option<i64>,
    /// Both together.
    pub total_tokens: Option<i64>,
    /// Time the model took, in milliseconds.
    pub latency_ms: Option<i64>,
}

/// Fields to change; `None` leaves a field as it is, `Some(None)` empties it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ConversationPatch {
    /// Give it to another user.
    pub user_id: Option<Uuid>,
    /// Refer to another model version.
    pub model_version_id: Option<Uuid>,
    /// New prompt; nothing is generated anew.
    pub prompt: Option<String>,
    /// New response.
    pub response: Option<String>,
    /// New temperature.
    pub temperature: Option<Option<f64>>,
    /// New nucleus sampling.
    pub top_p: Option<Option<f64>>,
    /// New bound in tokens.
    pub max_tokens: Option<Option<i64>>,
    /// New count.
    pub input_tokens: Option<Option<i64>>,
    /// New count.
    pub output_tokens: Option<Option<i64>>,
    /// New count.
    pub total_tokens: Option<Option<i64>>,
    /// New time in milliseconds.
    pub latency_ms: Option<Option<i64>>,
}

/// By what a list of conversations is ordered; rows without a latency come last either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConversationOrder {
    /// When the record was made.
    #[default]
    CreatedAt,
    /// Time the model took.
    Latency,
}
