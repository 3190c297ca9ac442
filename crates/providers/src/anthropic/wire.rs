//! The JSON of the Messages API. What is read has every field optional and ignores the rest.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient;
use crate::prompt::Base64;

/// A request.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    pub(super) model: &'a str,
    pub(super) max_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) system: Option<String>,
    pub(super) messages: Vec<Asked<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) top_p: Option<f32>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) stop_sequences: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tool_choice: Option<Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) stream: bool,
}

#[derive(Serialize)]
pub(super) struct Asked<'a> {
    pub(super) role: &'static str,
    pub(super) content: Vec<Block<'a>>,
}

/// A piece of a message.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Block<'a> {
    Text {
        text: &'a str,
    },
    Image {
        source: Source<'a>,
    },
    ToolUse {
        id: &'a str,
        name: &'a str,
        input: Value,
    },
    ToolResult {
        tool_use_id: &'a str,
        content: String,
    },
}

#[derive(Serialize)]
pub(super) struct Source<'a> {
    pub(super) r#type: &'static str,
    pub(super) media_type: &'a str,
    pub(super) data: Base64<'a>,
}

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) input_schema: &'a Value,
}

/// An event of a stream; which fields are set depends on its type.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Event {
    pub(super) r#type: String,
    pub(super) index: Option<usize>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) message: Option<Message>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) content_block: Option<Said>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) delta: Option<Delta>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) usage: Option<Counts>,
    pub(super) error: Option<Value>,
}

/// A whole message, or the beginning of a streamed one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) model: Option<String>,
    pub(super) content: Option<Vec<Said>>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) stop_reason: Option<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) usage: Option<Counts>,
    pub(super) error: Option<Value>,
}

/// A block of an answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    pub(super) r#type: String,
    pub(super) text: Option<String>,
    pub(super) thinking: Option<String>,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) input: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    pub(super) text: Option<String>,
    pub(super) thinking: Option<String>,
    pub(super) partial_json: Option<String>,
    pub(super) stop_reason: Option<String>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
pub(super) struct Counts {
    #[serde(rename = "input_tokens")]
    pub(super) input: Option<u64>,
    #[serde(rename = "cache_creation_input_tokens")]
    cache_written: Option<u64>,
    #[serde(rename = "cache_read_input_tokens")]
    cache_read: Option<u64>,
    #[serde(rename = "output_tokens")]
    pub(super) output: Option<u64>,
}

impl Counts {
    /// Tokens of the prompt, cached or not.
    pub(super) fn prompt(self) -> Option<u64> {
        let cached = self
            .cache_written
            .unwrap_or(0)
            .saturating_add(self.cache_read.unwrap_or(0));
        Some(self.input?.saturating_add(cached))
    }
}
