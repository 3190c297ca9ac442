//! What was said to the assistant and what it answered (contract 002-T `chat_messages`).

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::words::words;

words! {
    /// Which flow a message belongs to.
    MessageKind as "message kind" {
        /// `/api/v1/chat`.
        Chat = "chat",
        /// `/api/ask`.
        Ask = "ask",
        /// `/api/v1/multimodal` and uploads.
        Multimodal = "multimodal",
    }
}

words! {
    /// How far an answer has come.
    MessageStatus as "message status" {
        /// Kept, and being answered.
        Pending = "pending",
        /// Answered by a model.
        Success = "success",
        /// Answered without a model, because none is set up.
        Placeholder = "placeholder",
        /// Every model failed.
        ApiError = "api_error",
        /// Something else failed.
        Error = "error",
        /// The person left before the end; what was said so far is kept.
        Aborted = "aborted",
    }
}

/// Where the metadata of a message say which account answered it.
pub const PROVIDER: &str = "provider";

/// Where the metadata of a message keep the tasks that were found in it and in its answer.
pub const FOUND: &str = "found";

/// One exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Identity.
    pub id: i64,
    /// Label of the person, if given.
    pub user_id: Option<String>,
    /// Label of the session whose messages form a history.
    pub session_id: Option<String>,
    /// Which flow it belongs to.
    pub kind: MessageKind,
    /// How far it has come.
    pub status: MessageStatus,
    /// What was said to the assistant.
    pub message: String,
    /// What it answered; empty while pending.
    pub response: String,
    /// The model that answered.
    pub model: Option<String>,
    /// Time to the answer in seconds.
    pub response_time: Option<f64>,
    /// Tokens of prompt and answer.
    pub tokens_used: Option<i64>,
    /// Context given with the message.
    pub context: Option<String>,
    /// Anything else.
    pub metadata: Map<String, Value>,
    /// When it was said.
    pub created_at: Timestamp,
    /// When something was last noted of it.
    pub updated_at: Timestamp,
}

impl Message {
    /// The account that answered, where that is known.
    pub fn provider(&self) -> Option<&str> {
        self.metadata.get(PROVIDER)?.as_str()
    }

    /// The tasks that were found in it and in its answer, as they were kept; `None` where nobody looked
    /// for any.
    pub fn found(&self) -> Option<&Value> {
        self.metadata.get(FOUND)
    }
}

/// A message as it arrives, kept before any model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
    /// Label of the person, if given.
    pub user_id: Option<String>,
    /// Label of the session.
    pub session_id: Option<String>,
    /// Which flow it belongs to.
    pub kind: MessageKind,
    /// What was said.
    pub message: String,
    /// Context given with it.
    pub context: Option<String>,
    /// Anything else.
    pub metadata: Map<String, Value>,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageAnswer {
    /// How it ended.
    pub status: MessageStatus,
    /// What was answered.
    pub response: String,
    /// The model that answered.
    pub model: Option<String>,
    /// The account that was asked; kept in the metadata of the message.
    pub provider: Option<String>,
    /// Time to the answer in seconds.
    pub response_time: f64,
    /// Tokens of prompt and answer.
    pub tokens_used: Option<i64>,
    /// The tasks that were found in both, where somebody looked for any; kept in the metadata of the
    /// message.
    pub found: Option<Value>,
}
