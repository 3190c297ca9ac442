//! The JSON of `/chat/completions`. What is read has every field optional and ignores the rest.

use llm::{ChatRequest, Format, Message, Part, Role, StructuredOutput, ToolCall};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::lenient;
use crate::prompt::DataUrl;

/// A request.
#[derive(Serialize)]
pub(super) struct Request<'a> {
    pub(super) model: &'a str,
    pub(super) messages: Vec<Asked<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) top_p: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) stop: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seed: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) response_format: Option<ResponseFormat<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stream_options: Option<StreamOptions>,
}

#[derive(Serialize)]
pub(super) struct StreamOptions {
    pub(super) include_usage: bool,
}

/// A message of a request.
#[derive(Serialize)]
pub(super) struct Asked<'a> {
    role: Role,
    content: AskedContent<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<AskedCall<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_call_id: Option<&'a str>,
}

enum AskedContent<'a> {
    /// An assistant's message that only asks for tools.
    None,
    Text(String),
    Parts(&'a [Part]),
}

impl Serialize for AskedContent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Parts(parts) => serializer.collect_seq(parts.iter().map(AskedPart::from)),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum AskedPart<'a> {
    Text { text: &'a str },
    ImageUrl { image_url: ImageUrl<'a> },
}

#[derive(Serialize)]
struct ImageUrl<'a> {
    url: DataUrl<'a>,
}

impl<'a> From<&'a Part> for AskedPart<'a> {
    fn from(part: &'a Part) -> Self {
        match part {
            Part::Text(text) => Self::Text { text },
            Part::Image(image) => Self::ImageUrl {
                image_url: ImageUrl {
                    url: DataUrl(image),
                },
            },
        }
    }
}

#[derive(Serialize)]
struct AskedCall<'a> {
    id: &'a str,
    r#type: &'static str,
    function: AskedFunction<'a>,
}

#[derive(Serialize)]
struct AskedFunction<'a> {
    name: &'a str,
    arguments: &'a str,
}

impl<'a> From<&'a ToolCall> for AskedCall<'a> {
    fn from(call: &'a ToolCall) -> Self {
        Self {
            id: &call.id,
            r#type: "function",
            function: AskedFunction {
                name: &call.name,
                // Some servers parse the arguments of past calls; empty text is no JSON.
                arguments: if call.arguments.trim().is_empty() {
                    "{}"
                } else {
                    &call.arguments
                },
            },
        }
    }
}

impl<'a> From<&'a Message> for Asked<'a> {
    fn from(message: &'a Message) -> Self {
        let has_image = message
            .parts
            .iter()
            .any(|part| matches!(part, Part::Image(_)));
        let content = if has_image {
            AskedContent::Parts(&message.parts)
        } else {
            let words = message.words();
            if words.is_empty() && !message.tool_calls.is_empty() {
                AskedContent::None
            } else {
                AskedContent::Text(words)
            }
        };
        Self {
            role: message.role,
            content,
            tool_calls: message.tool_calls.iter().map(AskedCall::from).collect(),
            tool_call_id: message.tool_call_id.as_deref(),
        }
    }
}

/// A tool on offer.
#[derive(Serialize)]
pub(super) struct Tool<'a> {
    r#type: &'static str,
    function: &'a llm::Tool,
}

impl<'a> From<&'a llm::Tool> for Tool<'a> {
    fn from(tool: &'a llm::Tool) -> Self {
        Self {
            r#type: "function",
            function: tool,
        }
    }
}

/// The form the answer is held to.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ResponseFormat<'a> {
    JsonObject,
    JsonSchema { json_schema: JsonSchema<'a> },
}

#[derive(Serialize)]
pub(super) struct JsonSchema<'a> {
    name: &'a str,
    schema: &'a Value,
    strict: bool,
}

impl<'a> ResponseFormat<'a> {
    pub(super) fn of(request: &'a ChatRequest, offered: StructuredOutput) -> Option<Self> {
        match (&request.format, offered) {
            (Format::Text, _) | (_, StructuredOutput::Words) => None,
            (Format::JsonSchema { name, schema }, StructuredOutput::JsonSchema) => {
                Some(Self::JsonSchema {
                    json_schema: JsonSchema {
                        name,
                        schema,
                        strict: is_strict(schema),
                    },
                })
            }
            _ => Some(Self::JsonObject),
        }
    }
}

/// Whether a schema is one that strict mode takes: every object closed, every property required.
fn is_strict(schema: &Value) -> bool {
    let own = match schema.get("properties").and_then(Value::as_object) {
        None => schema["type"] != "object",
        Some(properties) => {
            let required = schema["required"].as_array();
            schema["additionalProperties"] == false
                && properties.keys().all(|name| {
                    required.is_some_and(|required| required.iter().any(|r| r == name.as_str()))
                })
        }
    };
    own && match schema {
        Value::Object(fields) => fields.values().all(is_strict),
        Value::Array(values) => values.iter().all(is_strict),
        _ => true,
    }
}

/// An answer, or a piece of a streamed one: they differ only in `message` and `delta`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Completion {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) model: Option<String>,
    pub(super) choices: Option<Vec<Choice>>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) usage: Option<Tokens>,
    /// Groq's own field; its streams put the tokens there.
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) x_groq: Option<XGroq>,
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    pub(super) message: Option<Said>,
    pub(super) delta: Option<Said>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) finish_reason: Option<String>,
}

/// What the model says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    pub(super) content: Option<Content>,
    /// `DeepSeek`, vLLM, llama.cpp.
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) reasoning_content: Option<String>,
    /// Groq, `OpenRouter`.
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) reasoning: Option<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) refusal: Option<String>,
    pub(super) tool_calls: Option<Vec<CallPiece>>,
}

/// Words, or parts of which some are words (Mistral).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Content {
    Text(String),
    Parts(Vec<Value>),
    Other(IgnoredAny),
}

impl Content {
    pub(super) fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(parts) => parts
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect(),
            Self::Other(_) => String::new(),
        }
    }
}

/// A tool call or a piece of one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CallPiece {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) index: Option<usize>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) id: Option<String>,
    pub(super) function: Option<FunctionPiece>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FunctionPiece {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) name: Option<String>,
    pub(super) arguments: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tokens {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) prompt_tokens: Option<u64>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) completion_tokens: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct XGroq {
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) usage: Option<Tokens>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) error: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn strict_only_where_every_object_is_closed_and_complete() {
        let closed = json!({
            "type": "object", "additionalProperties": false, "required": ["a"],
            "properties": {"a": {"type": "array", "items": {"type": "string"}}}
        });
        assert!(is_strict(&closed));
        let mut open = closed.clone();
        open["properties"]["a"]["items"] = json!({"type": "object"});
        assert!(!is_strict(&open));
        let mut optional = closed;
        optional["required"] = json!([]);
        assert!(!is_strict(&optional));
    }

    #[test]
    fn anything_odd_in_an_answer_is_passed_over() {
        let odd = json!({
            "created": 1.5, "model": null, "usage": "none", "x_groq": [], "unknown": {},
            "choices": [{"index": "0", "delta": {"content": [{"type": "text", "text": "a"}, 7],
                "reasoning": {}, "tool_calls": [{"index": null, "function": {}}]},
                "finish_reason": 3, "logprobs": null}]
        });
        let completion: Completion = serde_json::from_value(odd).unwrap();
        let choice = completion.choices.unwrap().remove(0);
        assert_eq!(choice.delta.unwrap().content.unwrap().text(), "a");
        assert_eq!(choice.finish_reason, None);
    }
}
