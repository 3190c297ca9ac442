//! Chat completion: the request, the answer, whole or streamed, and the trait of what can give one.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ModelError, Usage};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Instructions that stand above the conversation.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
    /// The result of a tool.
    Tool,
}

/// An image sent along with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// `image/jpeg`, `image/png`, …
    pub media_type: String,
    /// The encoded picture.
    pub bytes: Bytes,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words.
    Text(String),
    /// A picture.
    Image(Image),
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub parts: Vec<Part>,
    /// Tools the assistant asked for in this message.
    pub tool_calls: Vec<ToolCall>,
    /// For [`Role::Tool`]: the call this is the result of.
    pub tool_call_id: Option<String>,
}

impl Message {
    /// A message of words only.
    pub fn text(role: Role, text: impl Into<String>) -> Self {
        Self {
            role,
            parts: vec![Part::Text(text.into())],
            tool_calls: Vec::new(),
            tool_call_id: None,
        }
    }

    /// System instructions.
    pub fn system(text: impl Into<String>) -> Self {
        Self::text(Role::System, text)
    }

    /// A person's words.
    pub fn user(text: impl Into<String>) -> Self {
        Self::text(Role::User, text)
    }

    /// A model's words.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self::text(Role::Assistant, text)
    }

    /// The words of all text parts, joined by line breaks.
    pub fn words(&self) -> String {
        let texts: Vec<&str> = self
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Text(text) => Some(text.as_str()),
                Part::Image(_) => None,
            })
            .collect();
        texts.join("\n")
    }
}

/// A tool the model may ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// What it does, for the model.
    #[serde(default)]
    pub description: String,
    /// JSON schema of its arguments.
    pub parameters: Value,
}

/// A model's request to run a tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The provider's id of the call; results refer to it.
    pub id: String,
    /// Name of the tool.
    pub name: String,
    /// Its arguments, as the JSON text the model wrote.
    pub arguments: String,
}

/// The form the answer must have (contract D8.17).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Format {
    /// Words.
    #[default]
    Text,
    /// Any JSON object.
    JsonObject,
    /// JSON that satisfies a schema.
    JsonSchema {
        /// Name of the schema, as some wires want one.
        name: String,
        /// The schema.
        schema: Value,
    },
}

/// What is asked of a chat model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChatRequest {
    /// Model to use; `None` takes the account's model for the use.
    pub model: Option<String>,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// Form of the answer.
    pub format: Format,
    /// Randomness, 0 to 2; `None` takes the provider's default.
    pub temperature: Option<f32>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f32>,
    /// Upper bound of the answer in tokens.
    pub max_tokens: Option<u32>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// Seed for providers that have one.
    pub seed: Option<u64>,
    /// Tools the model may ask for.
    pub tools: Vec<Tool>,
}

/// Why an answer ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The model was done.
    Stop,
    /// `max_tokens` was reached: the answer is cut.
    Length,
    /// The model asks for tools.
    ToolCalls,
    /// The provider withheld the answer.
    ContentFilter,
    /// The provider's own word for anything else.
    Other(String),
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatAnswer {
    /// The words.
    pub text: String,
    /// Tools asked for.
    pub tool_calls: Vec<ToolCall>,
    /// Why it ended.
    pub finish: Finish,
    /// Tokens, as far as the provider tells.
    pub usage: Usage,
    /// The model that answered, as it names itself.
    pub model: String,
}

/// A piece of a streamed answer. A stream that ends without [`ChatEvent::Finish`] was cut.
#[derive(Debug, Clone, PartialEq)]
pub enum ChatEvent {
    /// The model that answers, before any content.
    Started {
        /// The model, as it names itself.
        model: String,
    },
    /// More words.
    Text(String),
    /// More of the model's thinking; never part of the answer.
    Reasoning(String),
    /// More of a tool call.
    ToolCall {
        /// Which call of this answer.
        index: usize,
        /// Id, in the first piece.
        id: Option<String>,
        /// Name, in the first piece.
        name: Option<String>,
        /// More of the arguments' JSON text.
        arguments: String,
    },
    /// Tokens; may come more than once, the last counts.
    Usage(Usage),
    /// The end.
    Finish(Finish),
}

impl ChatEvent {
    /// Whether a user would see something of this event.
    pub fn is_content(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::ToolCall { .. } => true,
            Self::Started { .. } | Self::Reasoning(_) | Self::Usage(_) | Self::Finish(_) => false,
        }
    }
}

/// A streamed answer. Dropping it cancels the call upstream.
pub type ChatStream = BoxStream<'static, Result<ChatEvent, ModelError>>;

/// What can answer a chat.
pub trait ChatModel: Send + Sync + 'static {
    /// Starts an answer; resolves when the provider has accepted the request.
    /// Dropping the future or the stream cancels the call.
    ///
    /// # Errors
    /// Before the stream or inside it, by what the caller can do: see [`ModelError`].
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>>;

    /// The whole answer at once. Providers with a cheaper way override it.
    ///
    /// # Errors
    /// As [`ChatModel::stream`]; an answer that ends without a finish is [`ModelError::Malformed`].
    fn chat(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatAnswer, ModelError>> {
        Box::pin(async move { collect(self.stream(request).await?).await })
    }
}

/// Reads a stream to its end and puts the answer together.
///
/// # Errors
/// The stream's own error, or [`ModelError::Malformed`] when it ends without a finish.
pub async fn collect(mut stream: ChatStream) -> Result<ChatAnswer, ModelError> {
    let mut text = String::new();
    let mut calls: BTreeMap<usize, ToolCall> = BTreeMap::new();
    let mut usage = Usage::default();
    let mut finish = None;
    let mut answered_by = String::new();
    while let Some(event) = stream.next().await {
        match event? {
            ChatEvent::Started { model } => answered_by = model,
            ChatEvent::Text(more) => text.push_str(&more),
            ChatEvent::Reasoning(_) => {}
            ChatEvent::ToolCall {
                index,
                id,
                name,
                arguments,
            } => {
                let call = calls.entry(index).or_insert_with(|| ToolCall {
                    id: String::new(),
                    name: String::new(),
                    arguments: String::new(),
                });
                call.id.push_str(id.as_deref().unwrap_or_default());
                call.name.push_str(name.as_deref().unwrap_or_default());
                call.arguments.push_str(&arguments);
            }
            ChatEvent::Usage(tokens) => usage = tokens,
            ChatEvent::Finish(reason) => finish = Some(reason),
        }
    }
    let finish = finish
        .ok_or_else(|| ModelError::Malformed("the answer ended without a finish".to_owned()))?;
    let tool_calls = calls.into_values().collect();
    Ok(ChatAnswer {
        text,
        tool_calls,
        finish,
        usage,
        model: answered_by,
    })
}
