//! Ollama's JSON. What is read has every field optional and ignores the rest.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient;
use crate::prompt::Base64;

/// A request to `/api/generate` (contract 004-A1).
#[derive(Serialize)]
pub(super) struct Generate<'a> {
    pub(super) model: &'a str,
    pub(super) prompt: &'a str,
    pub(super) stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) options: Option<Options<'a>>,
}

/// A request to `/api/chat`.
#[derive(Serialize)]
pub(super) struct Chat<'a> {
    pub(super) model: &'a str,
    pub(super) messages: Vec<Asked<'a>>,
    pub(super) stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) options: Option<Options<'a>>,
    /// `"json"` or a schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tools: Vec<Tool<'a>>,
}

/// Only what is set is sent; without any, the object itself is left out.
#[derive(Serialize, PartialEq)]
pub(super) struct Options<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) top_p: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) num_predict: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seed: Option<u64>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) stop: &'a [String],
}

#[derive(Serialize)]
pub(super) struct Asked<'a> {
    pub(super) role: llm::Role,
    pub(super) content: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) images: Vec<Base64<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tool_calls: Vec<AskedCall<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tool_name: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct AskedCall<'a> {
    pub(super) function: AskedFunction<'a>,
}

#[derive(Serialize)]
pub(super) struct AskedFunction<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: Value,
}

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) r#type: &'static str,
    pub(super) function: &'a llm::Tool,
}

/// An answer, or a piece of one, of either route.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) model: Option<String>,
    /// `/api/generate`.
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) response: Option<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) thinking: Option<String>,
    /// `/api/chat`.
    pub(super) message: Option<Said>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) done: Option<bool>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) done_reason: Option<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) prompt_eval_count: Option<u64>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) eval_count: Option<u64>,
    /// Nanoseconds.
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) total_duration: Option<u64>,
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) content: Option<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) thinking: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    pub(super) tool_calls: Vec<SaidCall>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SaidCall {
    pub(super) id: Option<String>,
    pub(super) function: SaidFunction,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SaidFunction {
    pub(super) name: String,
    pub(super) arguments: Value,
}

/// `/api/tags`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tags {
    #[serde(deserialize_with = "lenient::list")]
    pub(super) models: Vec<Tag>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tag {
    pub(super) name: String,
}
